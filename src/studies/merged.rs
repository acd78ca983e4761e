//! A study made whole of its parts, whichever it is.

use serde::de::DeserializeOwned;

use crate::domain::World;
use crate::scenario::Source;

use super::backtest::{self, Record};
use super::parted::{Origin, Part, Parted, sum};
use super::refusal::Refusal;
use super::sensitivity::{self, Assumptions, Parts};
use super::study::{Findings, Made};
use super::what_if::{self, Changes};

/// The study that parts are of.
pub enum Merged {
    /// Changes, in pairs of runs.
    Changes(Box<Changes>),
    /// What really happened, beside many runs.
    Record(Box<Record>),
    /// Assumptions, point by point.
    Assumptions(Box<Parts>),
}

impl Merged {
    /// The study of parts of one whole: of a scenario's text and its world, with the changes that parts name; `named` is how a command
    /// names the file.
    ///
    /// # Errors
    /// When it is no study that can be had in parts, or the scenario is not what it was.
    pub fn plan(
        origin: &Origin,
        (source, world): (&Source, World),
        named: String,
        level: f64,
    ) -> Result<Self, Refusal> {
        let changed = (origin.head.what_if.as_deref(), origin.head.set.as_slice());
        match origin.command.as_str() {
            Changes::COMMAND => {
                let asked = what_if::Options { level, ..asked(origin)? };
                Ok(Self::Changes(Box::new(Changes::plan(source, world, named, asked)?)))
            }
            Record::COMMAND => {
                let asked = backtest::Options { level, ..asked(origin)? };
                Ok(Self::Record(Box::new(Record::plan(world, changed, asked)?)))
            }
            Parts::COMMAND => {
                let asked = sensitivity::Options { level, ..asked(origin)? };
                Ok(Self::Assumptions(Box::new(Parts::of(Assumptions::plan(source, world, changed, asked)?)?)))
            }
            other => Err(Refusal::no(format!(
                "these are parts of `baraza {other}`, which this program does not merge"
            ))),
        }
    }

    /// What was asked, as words of the command.
    pub fn words(&self) -> Vec<String> {
        match self {
            Self::Changes(study) => study.options().words(study.total().into()),
            Self::Record(study) => study.options().words(study.total().into()),
            Self::Assumptions(study) => study.study().options().words(),
        }
    }

    /// What parts of one whole come to.
    ///
    /// # Errors
    /// When the counts of one do not fit.
    pub fn findings<'a>(
        &'a self,
        parts: &[(String, Part)],
        made: &'a Made,
    ) -> Result<Option<Box<dyn Findings + 'a>>, Refusal> {
        match self {
            Self::Changes(study) => told(&**study, parts, made),
            Self::Record(study) => told(&**study, parts, made),
            Self::Assumptions(study) => told(&**study, parts, made),
        }
    }
}

fn told<'a, S: Parted>(
    study: &'a S,
    parts: &[(String, Part)],
    made: &'a Made,
) -> Result<Option<Box<dyn Findings + 'a>>, Refusal> {
    Ok(study.findings(sum(study, parts).map_err(Refusal::no)?, made))
}

/// What was asked, as parts have it.
fn asked<O: DeserializeOwned>(origin: &Origin) -> Result<O, Refusal> {
    serde_json::from_str(&origin.asked)
        .map_err(|e| Refusal::no(format!("what the parts were asked is not understood: {e}")))
}
