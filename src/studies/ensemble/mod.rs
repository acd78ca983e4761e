//! Many runs of one scenario, and what they show.

mod json;
mod page;
mod tables;
mod text;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::analysis::counters::{Counts, Measure, Plan, Reading};
use crate::analysis::ensemble::{self, ensemble};
use crate::analysis::summary::{Method, Summary, summarise_by};
use crate::analysis::until::Goal;
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Model, World};
use crate::drivers::Head;
use crate::render::package;
use crate::scenario;
use crate::text::paper::Paper;

use super::ids;
use super::questions::measures;
use super::refusal::Refusal;
use super::study::{Extent, Findings, Made, Study, Watch};
#[cfg(feature = "cli")]
use super::values;

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-ensemble/3";

/// Runs where nobody says how many.
const RUNS: u32 = 20_000;
/// The most runs where the intervals decide.
const MOST: u32 = 1_000_000;

/// What is asked of an ensemble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// How many runs, 20,000 if not said; with `--until-width` the most, 1,000,000 if not said
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..)))]
    pub runs: Option<u32>,
    /// Play until the interval of every outcome and measure is at most this wide, such as 0.01
    #[cfg_attr(feature = "cli", arg(long, value_name = "WIDTH", value_parser = values::width, conflicts_with_all = ["to", "from"]))]
    pub until_width: Option<f64>,
    /// Only the interval of this outcome (its id) or measure has to be; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "OUTCOME", requires = "until_width"))]
    pub of: Vec<String>,
    /// The first run of a part
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", requires = "to"))]
    pub from: Option<u32>,
    /// The run after the last of a part
    #[cfg_attr(feature = "cli", arg(long, value_name = "N", conflicts_with = "runs", value_parser = clap::value_parser!(u32).range(1..)))]
    pub to: Option<u32>,
    /// The seed of all chance
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().seed, value_name = "N"))]
    pub seed: u64,
    /// A question of your own: a condition, counted over the rounds; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "CONDITION"))]
    pub measure: Vec<String>,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().level, value_name = "SHARE", value_parser = values::level))]
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runs: None,
            until_width: None,
            of: Vec::new(),
            from: None,
            to: None,
            seed: 1,
            measure: Vec::new(),
            level: 0.95,
        }
    }
}

impl Options {
    /// Which runs are asked for.
    ///
    /// # Errors
    /// When there are none among them.
    pub fn range(&self) -> Result<Range<u32>, Refusal> {
        let most = if self.until_width.is_some() { MOST } else { RUNS };
        let (from, to) = match self.to {
            Some(to) => (self.from.unwrap_or(0), to),
            None => (0, self.runs.unwrap_or(most)),
        };
        match from < to {
            true => Ok(from..to),
            false => Err(Refusal::usage(format!(
                "--from {from} --to {to}: there are no runs in it; --to is the run after the last"
            ))),
        }
    }

    /// The same as words of a command, for so many runs.
    pub fn words(&self, runs: u64) -> Vec<String> {
        let mut words: Vec<String> = match self.until_width {
            Some(width) => vec!["--until-width".into(), width.to_string()],
            None => vec!["--runs".into(), runs.to_string()],
        };
        let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
        self.of.iter().for_each(|of| named("--of", of));
        named("--seed", &self.seed.to_string());
        named("--level", &self.level.to_string());
        self.measure.iter().for_each(|text| named("--measure", text));
        words
    }
}

/// Many runs of a scenario, planned.
#[derive(Debug)]
pub struct Runs {
    /// The scenario.
    pub model: Model,
    /// Its fingerprint, with its changes.
    pub fingerprint: String,
    /// The questions.
    pub measures: Vec<Measure>,
    /// What is counted.
    pub plan: Plan,
    options: Options,
    what_if: Option<String>,
    set: Vec<(String, String)>,
    range: Range<u32>,
    goal: Option<Goal>,
}

impl Runs {
    /// What a scenario is asked; its changes are named as they were made.
    ///
    /// # Errors
    /// When a question is no condition, when no runs are asked for, or when a name of `of` is neither an outcome nor a question.
    pub fn plan(
        world: World,
        (what_if, set): (Option<&str>, &[(String, String)]),
        options: Options,
    ) -> Result<Self, Refusal> {
        let range = options.range()?;
        let fingerprint = scenario::fingerprint(&world);
        let model = Model::new(world);
        let measures = measures(&options.measure, &model)?;
        let plan = Plan::new(&model, measures.len());
        let goal = goal(&options, &model, &measures)?;
        let (what_if, set) = (what_if.map(str::to_owned), set.to_vec());
        Ok(Self { model, fingerprint, measures, plan, options, what_if, set, range, goal })
    }

    /// What was asked.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Whether the runs counted so far know what they were to know.
    fn met(&self, goal: &Goal, counts: &Counts) -> bool {
        goal.met(&self.model, Reading::new(&self.plan, counts), 1.0 - self.options.level)
    }

    fn until(&self, counts: &Counts) -> Option<Until> {
        self.goal.as_ref().map(|goal| Until {
            width: goal.width,
            of: goal.names(&self.model, &self.measures),
            most: self.range.end,
            reached: self.met(goal, counts),
        })
    }
}

/// How well the shares are to be known, where that decides how many runs there are.
fn goal(options: &Options, model: &Model, measures: &[Measure]) -> Result<Option<Goal>, Refusal> {
    let Some(width) = options.until_width else { return Ok(None) };
    if options.of.is_empty() {
        return Ok(Some(Goal::all(model, measures.len(), width)));
    }
    Goal::named(model, measures, width, &options.of).map(Some).map_err(|name| {
        let known = Goal::all(model, measures.len(), width).names(model, measures);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        ids::unknown("outcome, and the command no `--measure`,", &name, &known)
    })
}

impl Study for Runs {
    type Partial = Counts;

    fn extent(&self) -> Extent {
        Extent::Runs { range: self.range.clone(), worlds: 1, what: "runs" }
    }

    fn begin(&self) -> Counts {
        Counts::new(&self.model, &self.plan)
    }

    fn step(&self, counts: &mut Counts, range: Range<u32>, _: &dyn Watch) -> Result<(), Refusal> {
        let runs = ensemble::Range::of(self.options.seed, range);
        counts.merge(&ensemble(&self.model, &self.plan, &self.measures, runs));
        Ok(())
    }

    fn merge(&self, into: &mut Counts, other: Counts) {
        into.merge(&other);
    }

    fn enough(&self, counts: &Counts) -> bool {
        self.goal.as_ref().is_some_and(|goal| self.met(goal, counts))
    }

    fn open(&self) -> bool {
        self.goal.is_some()
    }

    fn findings<'a>(&'a self, counts: Counts, made: &'a Made) -> Option<Box<dyn Findings + 'a>> {
        // Where the data decided when to stop, only intervals that hold at every stop will do.
        let method = if self.goal.is_some() { Method::Anytime } else { Method::Wilson };
        let reading = Reading::new(&self.plan, &counts);
        let level = self.options.level;
        Some(Box::new(Ensemble {
            world: &self.model.world,
            fingerprint: &self.fingerprint,
            seed: self.options.seed,
            from: self.range.start,
            until: self.until(&counts),
            what_if: self.what_if.as_deref(),
            set: &self.set,
            summary: summarise_by(method, &self.model, &self.measures, reading, 1.0 - level),
            level,
            made,
        }))
    }
}

/// An ensemble to be reported on.
#[derive(Clone, Debug)]
pub struct Ensemble<'a> {
    /// The scenario.
    pub world: &'a World,
    /// The fingerprint of the scenario with its changes.
    pub fingerprint: &'a str,
    /// The seed.
    pub seed: u64,
    /// The first run.
    pub from: u32,
    /// What decided how many runs there are, if not their number itself.
    pub until: Option<Until>,
    /// The what-if in force, by id.
    pub what_if: Option<&'a str>,
    /// Further changes: path and value.
    pub set: &'a [(String, String)],
    /// What the runs show.
    pub summary: Summary,
    /// Level of the intervals.
    pub level: f64,
    /// How it can be had again.
    pub made: &'a Made,
}

/// A goal that was to end the runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Until {
    /// The widest that an interval might be, in 0..1.
    pub width: f64,
    /// Outcomes by id, measures by their text.
    pub of: Vec<String>,
    /// The most runs that were to be played.
    pub most: u32,
    /// Whether all were narrow enough; if not, the last run came first, or somebody stopped the runs.
    pub reached: bool,
}

/// What the figures are, and are not.
const NOTE: &str = "Shares of runs of a teaching model under its assumptions, not chances of real events.";

impl Ensemble<'_> {
    /// The head of what is written about it.
    pub fn head(&self) -> Head {
        Head::new(&self.world.title, self.fingerprint, self.seed, NOTE).changed(self.what_if, self.set)
    }
}

impl Findings for Ensemble<'_> {
    fn source(&self) -> package::Study {
        let (from, runs) = (u64::from(self.from), self.summary.runs);
        package::Study::of_runs("ensemble", self.head(), from, from + runs, self.level)
    }

    fn document(&self, _: bool) -> Document {
        page::document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables::tables(self.world, &self.summary)
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
}
