//! A backtest as a study: many runs, asked what the record says.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::analysis::backtest::{Questions, backtest};
use crate::analysis::counters::{Counts, Plan, Reading};
use crate::analysis::ensemble::{self, ensemble};
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Model, World};
use crate::drivers::Head;
use crate::render::package;
use crate::scenario;
use crate::studies::parted::{NOTE, Parted};
use crate::studies::refusal::Refusal;
use crate::studies::study::{Extent, Findings, Made, Study, Watch};
#[cfg(feature = "cli")]
use crate::studies::values;
use crate::text::paper::Paper;

use super::{FORMAT, Report, json, page, tables, text};

/// What is asked of a backtest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// How many runs
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().runs, value_name = "N", value_parser = clap::value_parser!(u32).range(1..)))]
    pub runs: u32,
    /// The seed of all chance
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().seed, value_name = "N"))]
    pub seed: u64,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().level, value_name = "SHARE", value_parser = values::level))]
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { runs: 20_000, seed: 1, level: 0.95 }
    }
}

impl Options {
    /// The same as words of a command, for so many runs.
    pub fn words(&self, runs: u64) -> Vec<String> {
        let Self { seed, level, .. } = self;
        ["--runs", &runs.to_string(), "--seed", &seed.to_string(), "--level", &level.to_string()]
            .map(str::to_owned)
            .to_vec()
    }
}

/// The record of a scenario beside many runs, planned.
#[derive(Debug)]
pub struct Record {
    model: Model,
    fingerprint: String,
    questions: Questions,
    plan: Plan,
    options: Options,
    what_if: Option<String>,
    set: Vec<(String, String)>,
}

impl Record {
    /// What was asked.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// What a scenario is asked; its changes are named as they were made.
    ///
    /// # Errors
    /// When it has no history.
    pub fn plan(
        world: World,
        (what_if, set): (Option<&str>, &[(String, String)]),
        options: Options,
    ) -> Result<Self, Refusal> {
        if world.history.is_empty() {
            return Err(Refusal::usage(
                "the scenario has no history: write what happened as [[history]] entries, with a date and a condition",
            ));
        }
        let fingerprint = scenario::fingerprint(&world);
        let model = Model::new(world);
        let questions = Questions::of(&model);
        let plan = Plan::new(&model, questions.measures.len());
        let (what_if, set) = (what_if.map(str::to_owned), set.to_vec());
        Ok(Self { model, fingerprint, questions, plan, options, what_if, set })
    }
}

impl Study for Record {
    type Partial = Counts;

    fn extent(&self) -> Extent {
        Extent::Runs { range: 0..self.options.runs, worlds: 1, what: "runs" }
    }

    fn begin(&self) -> Counts {
        Counts::new(&self.model, &self.plan)
    }

    fn step(&self, counts: &mut Counts, range: Range<u32>, _: &dyn Watch) -> Result<(), Refusal> {
        let runs = ensemble::Range::of(self.options.seed, range);
        counts.merge(&ensemble(&self.model, &self.plan, &self.questions.measures, runs));
        Ok(())
    }

    fn merge(&self, into: &mut Counts, other: Counts) {
        into.merge(&other);
    }

    fn findings<'a>(&'a self, counts: Counts, made: &'a Made) -> Option<Box<dyn Findings + 'a>> {
        let level = self.options.level;
        let reading = Reading::new(&self.plan, &counts);
        Some(Box::new(Report {
            world: &self.model.world,
            fingerprint: &self.fingerprint,
            seed: self.options.seed,
            what_if: self.what_if.as_deref(),
            set: &self.set,
            backtest: backtest(&self.model, &self.questions, reading, 1.0 - level),
            level,
            made,
        }))
    }
}

impl Parted for Record {
    const COMMAND: &'static str = "backtest";

    fn head(&self) -> Head {
        let head = Head::new(&self.model.world.title, &self.fingerprint, self.options.seed, NOTE);
        head.changed(self.what_if.as_deref(), &self.set)
    }

    fn asked(&self) -> String {
        let asked = Options { level: Options::default().level, ..self.options.clone() };
        serde_json::to_string(&asked).unwrap_or_default()
    }

    fn total(&self) -> u32 {
        self.options.runs
    }

    fn fits(&self, counts: &Counts, range: Range<u32>) -> bool {
        let (cells, rewards) = counts.parts();
        let runs = u64::from(range.end - range.start);
        counts.runs == runs
            && Counts::from_parts(&self.model, &self.plan, runs, cells.to_vec(), rewards.to_vec()).is_some()
    }
}

impl Findings for Report<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_runs("backtest", self.head(), 0, self.backtest.runs, self.level)
    }

    fn document(&self, _: bool) -> Document {
        page::document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables(self)
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        text(self, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        json(self)
    }
}
