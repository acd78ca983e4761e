//! Properties, proved over all reachable states, or refuted.

mod json;
mod page;
mod tables;
mod text;

use serde::{Deserialize, Serialize};

use crate::analysis::verify::{Effort, Finding, Verdict, verify};
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Claim, Model, Property, World};
use crate::drivers::enumerate::MemoryBudget;
use crate::drivers::{Follow, Head, Transcript, record};
use crate::render::package;
use crate::scenario;
use crate::telling::chronicle::Detail;
use crate::telling::{Origin, Run, trace};
use crate::text::paper::Paper;

use super::ids;
use super::refusal::Refusal;
use super::study::{Artifact, Findings, Made, Sweeping, Watch, Whole};
#[cfg(feature = "cli")]
use super::values;

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-verify/3";

/// What the verdicts are, and are not.
const NOTE: &str = "Verdicts on a teaching model under its assumptions, not on the real world.";

/// The run that shows something, as [`Findings::artifact`] names it.
pub const TRACE: &str = "trace";

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// Properties of the file; all of them where none is named
    #[cfg_attr(feature = "cli", arg(value_name = "ID"))]
    pub ids: Vec<String>,
    /// A claim of your own; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "CLAIM"))]
    pub property: Vec<String>,
    /// The most states to keep after a turn; by default as many as fit into the memory that is free
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", value_parser = values::states))]
    pub max_states: Option<usize>,
    /// How much to tell of counterexamples
    #[cfg_attr(feature = "cli", arg(long, value_enum, default_value_t = Options::default().detail, conflicts_with = "json"))]
    pub detail: Detail,
}

impl Options {
    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let mut words = self.ids.clone();
        words.extend(self.property.iter().flat_map(|text| ["--property".into(), text.clone()]));
        words.extend(self.max_states.iter().flat_map(|n| ["--max-states".into(), n.to_string()]));
        words.extend(self.detail.words(Detail::default()));
        words
    }
}

/// A property to be verified.
#[derive(Clone, Debug)]
struct Asked {
    id: String,
    title: Option<String>,
    claim: Claim,
}

/// Properties of a scenario, planned.
#[derive(Debug)]
pub struct Claims {
    model: Model,
    origin: Origin,
    asked: Vec<Asked>,
    options: Options,
    room: MemoryBudget,
}

impl Claims {
    /// What a scenario is asked, with so much room for states.
    ///
    /// # Errors
    /// When a claim is none, a property is not there, or there is nothing to verify.
    pub fn plan(world: World, origin: Origin, options: Options, room: MemoryBudget) -> Result<Self, Refusal> {
        let asked = asked(&options, &world)?;
        Ok(Self { model: Model::new(world), origin, asked, options, room })
    }
}

/// The properties of one's own, or those named, or all of the file.
fn asked(options: &Options, world: &World) -> Result<Vec<Asked>, Refusal> {
    let of = |p: &Property| Asked {
        id: p.name.id.clone(),
        title: Some(p.name.title.clone()),
        claim: p.claim.clone(),
    };
    let mut asked = Vec::new();
    for id in &options.ids {
        let place = ids::place("property", id, world.properties.iter().map(|p| &p.name))?;
        asked.push(of(&world.properties[place]));
    }
    for text in &options.property {
        let claim = scenario::parse_claim(text, world).map_err(|diagnostics| {
            Refusal::usage("--property takes a claim, such as 'never item.water.state == breached'")
                .at(diagnostics)
        })?;
        asked.push(Asked { id: text.clone(), title: None, claim });
    }
    if options.ids.is_empty() && options.property.is_empty() {
        asked.extend(world.properties.iter().map(of));
    }
    match asked.is_empty() {
        true => Err(Refusal::usage(
            "the scenario has no properties: write some, or give one with --property 'always C'",
        )),
        false => Ok(asked),
    }
}

impl Whole for Claims {
    type Answer = (Vec<Verdict>, Effort);

    fn work(&self, watch: &dyn Watch) -> Result<Self::Answer, Refusal> {
        let claims: Vec<&Claim> = self.asked.iter().map(|a| &a.claim).collect();
        let sweeping = Sweeping::new(&self.model, watch);
        verify(&self.model, &claims, self.room, |turns, states| sweeping.goes_on(turns, states, 0.0))
            .map_err(|e| Refusal::usage(e.to_string()))
    }

    fn told<'a>(&'a self, (verdicts, effort): Self::Answer, made: &'a Made) -> Box<dyn Findings + 'a> {
        let shown = |verdict: &Verdict| {
            verdict.sighting.as_ref().map(|s| record(&self.model, &mut Follow::new(&s.picks)))
        };
        let answers = self.asked.iter().zip(verdicts).map(|(asked, verdict)| Answer {
            id: asked.id.clone(),
            title: asked.title.clone(),
            claim: &asked.claim,
            shown: shown(&verdict),
            verdict,
        });
        Box::new(Verification {
            model: &self.model,
            origin: &self.origin,
            effort,
            answers: answers.collect(),
            detail: self.options.detail,
            made,
        })
    }
}

/// A property with its verdict.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// Its id, or the text of the command line.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// What is claimed.
    pub claim: &'a Claim,
    /// What came of it.
    pub verdict: Verdict,
    /// The run that shows it, completed by the likeliest choices.
    pub shown: Option<Transcript>,
}

/// Verdicts to be reported on.
#[derive(Clone, Debug)]
pub struct Verification<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Where it came from.
    pub origin: &'a Origin,
    /// What was done.
    pub effort: Effort,
    /// The properties.
    pub answers: Vec<Answer<'a>>,
    /// How much is told of runs.
    pub detail: Detail,
    /// How it can be had again.
    pub made: &'a Made,
}

/// A finding as tables and pages have it.
fn word(finding: Finding) -> &'static str {
    match finding {
        Finding::Proved => "proved",
        Finding::Refuted => "refuted",
        Finding::Undecided => "undecided",
    }
}

impl Verification<'_> {
    fn head(&self) -> Head<()> {
        self.origin.head(&self.model.world.title, NOTE)
    }

    /// The first run that shows something, a counterexample before an example.
    fn trace(&self) -> Artifact {
        let refuted = |a: &&Answer| a.verdict.finding == Finding::Refuted && a.shown.is_some();
        let first =
            self.answers.iter().find(refuted).or_else(|| self.answers.iter().find(|a| a.shown.is_some()));
        let shown = first.and_then(|answer| Some((answer, answer.shown.as_ref()?)));
        let Some((answer, transcript)) = shown else {
            return Artifact::Missing("there is no run to keep".into());
        };
        let run = Run { model: self.model, transcript, origin: self.origin };
        Artifact::Text(trace::write(&run, &self.made.file), format!("shows `{}`", answer.id))
    }
}

impl Findings for Verification<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_all("verify", self.head())
    }

    fn document(&self, _: bool) -> Document {
        page::document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables::tables(self)
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        text::text(self, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        json::json(self)
    }

    fn verdict(&self) -> bool {
        self.answers.iter().all(|a| a.verdict.finding == Finding::Proved)
    }

    fn artifact(&self, name: &str) -> Option<Artifact> {
        (name == TRACE).then(|| self.trace())
    }
}
