//! A shard: the counts of some of an ensemble's runs, to be added to those of the others (docs/formats.md).
//!
//! It holds whole numbers only, so that shards added in any order are the whole, bit for bit.

mod join;
mod whole;

use serde::{Deserialize, Serialize};

use crate::analysis::counters::{Counts, Plan};
use crate::domain::Model;
use crate::drivers::{Difference, Head, measures_differ};
use crate::studies::sealed::{self, Sealed, Unusable};

pub use join::{Mismatch, join};
pub use whole::sum;

/// The name of the format.
pub const FORMAT: &str = "baraza-shard/2";

/// Which runs of which study: shards of one study differ in `from` and `to` only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Study {
    /// As in every document.
    #[serde(flatten)]
    pub head: Head,
    /// The file of the scenario, as the command line called it; it may have moved.
    pub scenario: String,
    /// The first run.
    pub from: u32,
    /// The run after the last.
    pub to: u32,
    /// Questions of one's own, in order.
    pub measures: Vec<String>,
}

/// What counts are, and are not.
pub const NOTE: &str =
    "Counts of runs of a teaching model, to be added to those of other runs; not chances of real events.";

impl Study {
    /// Whether it is about the same runs of the same study. The name of the scenario's file does not count: its
    /// fingerprint does.
    pub fn same(&self, other: &Self) -> bool {
        self.differs(other).is_none() && (self.from, self.to) == (other.from, other.to)
    }

    /// The first thing in which two studies differ, their runs apart.
    pub fn differs(&self, other: &Self) -> Option<Difference> {
        self.head.differs(&other.head).or_else(|| measures_differ(&self.measures, &other.measures))
    }
}

/// A shard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shard {
    /// Which runs of which study.
    pub study: Study,
    /// The run after the last one counted: that of the study where the shard is finished.
    reached: u32,
    /// The counts, in the order in which this version of the program counts.
    cells: Vec<u64>,
    /// Sum and sum of squares of each counted reward, as decimal text: they may be longer than 64 bits.
    rewards: Vec<(String, String)>,
}

impl Sealed for Shard {
    const FORMAT: &'static str = FORMAT;
    const WHAT: &'static str = "shard of an ensemble";

    fn head(&self) -> &Head {
        &self.study.head
    }
}

impl Shard {
    /// The counts of the study's runs, as many as were played from the first on.
    pub fn new(study: Study, counts: &Counts) -> Self {
        let reached = study.to.min(study.from.saturating_add(u32::try_from(counts.runs).unwrap_or(u32::MAX)));
        let (cells, rewards) = counts.parts();
        let text = |(sum, squares): &(u128, u128)| (sum.to_string(), squares.to_string());
        Self { study, reached, cells: cells.to_vec(), rewards: rewards.iter().map(text).collect() }
    }

    /// The run after the last one counted.
    pub fn reached(&self) -> u32 {
        self.reached
    }

    /// Whether all runs of the study are counted.
    pub fn finished(&self) -> bool {
        self.reached == self.study.to
    }

    /// The shard as one line of JSON, which [`Shard::read`] reads.
    pub fn write(&self) -> String {
        sealed::write(self)
    }

    /// Reads a shard that this version of the program has written.
    ///
    /// # Errors
    /// When it is none, damaged, or another version's.
    pub fn read(text: &str) -> Result<Self, Unusable> {
        sealed::read(text)
    }

    /// Its counts, for the scenario and as many measures as the study names.
    ///
    /// # Errors
    /// When they do not fit.
    pub fn counts(&self, model: &Model, plan: &Plan) -> Result<Counts, Unusable> {
        let number = |text: &String| text.parse::<u128>().ok();
        let rewards: Option<Vec<_>> =
            self.rewards.iter().map(|(sum, squares)| Some((number(sum)?, number(squares)?))).collect();
        let runs = u64::from(self.reached.saturating_sub(self.study.from));
        rewards
            .and_then(|rewards| Counts::from_parts(model, plan, runs, self.cells.clone(), rewards))
            .ok_or(Unusable::Counts("the scenario"))
    }
}
