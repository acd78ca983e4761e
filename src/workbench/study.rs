//! Studies of many runs: played in parts, added up, told.

use std::ops::Range;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::studies::ensemble::Runs;
use crate::studies::refusal::Refusal;
use crate::studies::study::{Made, Study, Unwatched};
use crate::studies::what_if::Changes;

use super::desk::{Desk, Forms};
use super::request::{Asked, Form};

/// So many studies are remembered: one as the scenario stands, one with changes.
const REMEMBERED: usize = 2;

/// A study that is planned.
#[derive(Debug)]
pub(super) struct Planned {
    asked: Asked,
    study: Kind,
}

#[derive(Debug)]
enum Kind {
    Ensemble(Box<Runs>),
    WhatIf(Box<Changes>),
}

/// What counts come to.
#[derive(Serialize)]
pub(super) struct Told {
    /// How many runs were counted.
    runs: u64,
    /// All of them added up, to be added to others.
    counts: String,
    #[serde(flatten)]
    forms: Forms,
}

impl Desk {
    /// Plays some runs of a study, and gives their counts.
    pub(super) fn play(&mut self, asked: &Asked, runs: Range<u32>) -> Result<String, Refusal> {
        match &self.planned(asked)?.study {
            Kind::Ensemble(study) => play(&**study, runs),
            Kind::WhatIf(study) => play(&**study, runs),
        }
    }

    /// Adds up counts of a study and tells what they come to.
    pub(super) fn tell(&mut self, asked: &Asked, counts: &[String], forms: &[Form]) -> Result<Told, Refusal> {
        let named = match asked {
            Asked::Ensemble { what_if, set, .. } => self.words(what_if.as_deref(), set),
            Asked::WhatIf { .. } => self.words(None, &[]),
        };
        let file = self.source().name.clone();
        let made = |name: &str, words: Vec<String>| Made::of(name, &file, named.iter().cloned().chain(words));
        match &self.planned(asked)?.study {
            Kind::Ensemble(study) => {
                let sum = sum(&**study, counts)?;
                let runs = sum.runs;
                told(&**study, sum, runs, &made("ensemble", study.options().words(runs)), forms)
            }
            Kind::WhatIf(study) => {
                let sum = sum(&**study, counts)?;
                let runs = sum.pairs.first().map_or(0, |c| c.pairs);
                told(&**study, sum, runs, &made("what-if", study.options().words(runs)), forms)
            }
        }
    }

    fn planned(&mut self, asked: &Asked) -> Result<&Planned, Refusal> {
        match self.planned.iter().position(|p| p.asked == *asked) {
            Some(at) => {
                let planned = self.planned.remove(at);
                self.planned.push(planned);
            }
            None => {
                let study = self.plan(asked)?;
                if self.planned.len() == REMEMBERED {
                    self.planned.remove(0);
                }
                self.planned.push(Planned { asked: asked.clone(), study });
            }
        }
        self.planned.last().ok_or_else(|| Refusal::usage("nothing is asked"))
    }

    fn plan(&self, asked: &Asked) -> Result<Kind, Refusal> {
        match asked {
            Asked::Ensemble { what_if, set, options } => {
                let (what_if, world) = (what_if.as_deref(), self.world(what_if.as_deref(), set)?);
                Runs::plan(world, (what_if, set), options.clone()).map(|s| Kind::Ensemble(Box::new(s)))
            }
            Asked::WhatIf { options } => {
                let world = self.world(None, &[])?;
                let study = Changes::plan(self.source(), world, self.named(), options.clone());
                study.map(|s| Kind::WhatIf(Box::new(s)))
            }
        }
    }
}

fn play<S: Study>(study: &S, runs: Range<u32>) -> Result<String, Refusal>
where
    S::Partial: Serialize,
{
    let mut partial = study.begin();
    study.step(&mut partial, runs, &Unwatched)?;
    serde_json::to_string(&partial).map_err(|e| Refusal::no(format!("the counts cannot be written: {e}")))
}

fn sum<S: Study>(study: &S, counts: &[String]) -> Result<S::Partial, Refusal>
where
    S::Partial: DeserializeOwned,
{
    let mut sum = study.begin();
    for text in counts {
        let part = serde_json::from_str(text);
        study.merge(&mut sum, part.map_err(|e| Refusal::usage(format!("these are no counts: {e}")))?);
    }
    Ok(sum)
}

fn told<S: Study>(study: &S, sum: S::Partial, runs: u64, made: &Made, forms: &[Form]) -> Result<Told, Refusal>
where
    S::Partial: Serialize,
{
    let counts = serde_json::to_string(&sum);
    let counts = counts.map_err(|e| Refusal::no(format!("the counts cannot be written: {e}")))?;
    let findings = study.findings(sum, made).filter(|_| runs > 0);
    let findings = findings.ok_or_else(|| Refusal::usage("nothing has been counted that could be told"))?;
    Ok(Told { runs, counts, forms: Forms::of(&*findings, false, &made.command, forms) })
}
