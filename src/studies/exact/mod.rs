//! The probability of every outcome, from all states that can be reached.

mod page;
mod solver;
mod tables;
mod text;

use serde::{Deserialize, Serialize};

use crate::analysis::counters::Measure;
use crate::analysis::exact::Exact;
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Model, World};
use crate::drivers::Head;
use crate::drivers::enumerate::MemoryBudget;
use crate::render::package;
use crate::render::typed::Typed;
use crate::telling::Origin;
use crate::text::paper::Paper;
use crate::text::pretty;

use super::questions::measures;
use super::refusal::Refusal;
use super::study::{Artifact, Findings, Made, Watch, Whole};
#[cfg(feature = "cli")]
use super::values;

pub(crate) use text::number;

use solver::Solver;

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-exact/3";

/// What the figures are, and are not.
const NOTE: &str = "Probabilities within a teaching model under its assumptions, not chances of real events.";

/// The table of states after every turn, as [`Findings::artifact`] names it.
pub const LAYERS: &str = "layers";

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// A question of your own: a condition, looked at when rounds end; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "CONDITION"))]
    pub measure: Vec<String>,
    /// The most states to keep after a turn; by default as many as fit into the memory that is free
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", value_parser = values::states))]
    pub max_states: Option<usize>,
    /// Probability that may be dropped with light states, to be faster
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().budget, value_name = "P", value_parser = values::budget, conflicts_with = "rational"))]
    pub budget: f64,
    /// Exact fractions, for small scenarios
    #[cfg_attr(feature = "cli", arg(long))]
    pub rational: bool,
}

impl Options {
    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> =
            self.measure.iter().flat_map(|text| ["--measure".into(), text.clone()]).collect();
        words.extend(self.max_states.iter().flat_map(|n| ["--max-states".into(), n.to_string()]));
        if self.budget > 0.0 {
            words.extend(["--budget".into(), self.budget.to_string()]);
        }
        words.extend(self.rational.then(|| "--rational".into()));
        words
    }
}

/// All that can happen in a scenario, planned.
#[derive(Debug)]
pub struct States {
    model: Model,
    origin: Origin,
    measures: Vec<Measure>,
    options: Options,
    room: MemoryBudget,
    named: String,
}

impl States {
    /// What a scenario is asked, with so much room for states. `named` is how a command names the scenario and its changes.
    ///
    /// # Errors
    /// When a question is no condition.
    pub fn plan(
        world: World,
        origin: Origin,
        named: String,
        options: Options,
        room: MemoryBudget,
    ) -> Result<Self, Refusal> {
        let model = Model::new(world);
        let measures = measures(&options.measure, &model)?;
        Ok(Self { model, origin, measures, options, room, named })
    }
}

impl Whole for States {
    type Answer = Exact;

    fn work(&self, watch: &dyn Watch) -> Result<Exact, Refusal> {
        let solver = Solver {
            model: &self.model,
            measures: &self.measures,
            budget: self.options.budget,
            room: self.room,
            insisted: self.options.max_states.is_some(),
            named: &self.named,
            watch,
        };
        if self.options.rational { solver.fractions() } else { solver.bounds() }
    }

    fn told<'a>(&'a self, exact: Exact, made: &'a Made) -> Box<dyn Findings + 'a> {
        Box::new(Answer { world: &self.model.world, origin: &self.origin, exact, made })
    }
}

/// An exact answer to be reported on.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// The scenario.
    pub world: &'a World,
    /// Where it came from.
    pub origin: &'a Origin,
    /// The answer.
    pub exact: Exact,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Answer<'_> {
    fn head(&self) -> Head<()> {
        self.origin.head(&self.world.title, NOTE)
    }
}

#[derive(Serialize)]
struct Json<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head<()>,
    exact: &'a Exact,
    tables: Typed,
}

impl Findings for Answer<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_all("exact", self.head())
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
        let tables = Typed(self.tables());
        pretty(&Json { format: FORMAT, head: self.head(), exact: &self.exact, tables })
    }

    fn artifact(&self, name: &str) -> Option<Artifact> {
        (name == LAYERS).then(|| Artifact::Table(tables::layers(self)))
    }
}
