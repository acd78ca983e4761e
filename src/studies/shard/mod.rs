//! A shard: the counts of some of an ensemble's runs, to be added to those of the others (docs/formats.md).
//!
//! It holds whole numbers only, so that shards added in any order are the whole, bit for bit.

mod join;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::analysis::counters::{Counts, Plan};
use crate::domain::Model;
use crate::drivers::{GENERATOR, Head};

pub use join::{Mismatch, join};

/// The name of the format.
pub const FORMAT: &str = "baraza-shard/2";

/// Why a text is no shard that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something else.
    #[error("this is no shard of an ensemble: {0}")]
    NoShard(String),
    /// Another format.
    #[error("its format is `{0}`, this program reads `{FORMAT}`")]
    Format(String),
    /// The hash does not fit.
    #[error("it is damaged: its content does not fit its hash; compute it again")]
    Damaged,
    /// Another version of the program.
    #[error("it was computed by version {0}, this is {version}; their runs may differ", version = env!("CARGO_PKG_VERSION"))]
    Version(String),
    /// Another generator.
    #[error("its random generator is `{0}`, this program's is `{GENERATOR}`")]
    Generator(String),
    /// More or fewer counts than the scenario and its questions have.
    #[error("its counts do not fit the scenario; compute it again")]
    Counts,
}

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

    /// The first thing in which two studies differ, their runs apart: what it is, here and there.
    pub fn differs(&self, other: &Self) -> Option<(&'static str, String, String)> {
        let set = |s: &Self| {
            let list: Vec<String> =
                s.head.set.iter().map(|(path, value)| format!("{path}={value}")).collect();
            list.join(", ")
        };
        let what_if = |s: &Self| s.head.what_if.clone().unwrap_or_else(|| "none".into());
        let aspects = [
            ("version", self.head.version.clone(), other.head.version.clone()),
            ("random generator", self.head.generator.clone(), other.head.generator.clone()),
            ("what-if", what_if(self), what_if(other)),
            ("list of changes", set(self), set(other)),
            ("scenario's fingerprint", self.head.fingerprint.clone(), other.head.fingerprint.clone()),
            ("seed", self.head.seed.to_string(), other.head.seed.to_string()),
            ("list of measures", self.measures.join(", "), other.measures.join(", ")),
        ];
        let list = (self.head.set != other.head.set).then(|| ("list of changes", set(self), set(other)));
        let measures = (self.measures != other.measures)
            .then(|| ("list of measures", self.measures.join(", "), other.measures.join(", ")));
        aspects.into_iter().find(|(_, one, two)| one != two).or(list).or(measures)
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

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    sha256: String,
    body: &'a Shard,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "format")]
    _format: String,
    sha256: String,
    body: Shard,
}

#[derive(Deserialize)]
struct Named {
    format: String,
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

    /// The shard as one line of JSON. The hash is that of the body's compact JSON.
    pub fn write(&self) -> String {
        let document = Written { format: FORMAT, sha256: self.hash(), body: self };
        // Plain data: it always has a JSON text.
        let mut text = serde_json::to_string(&document).unwrap_or_default();
        text.push('\n');
        text
    }

    fn hash(&self) -> String {
        let body = serde_json::to_string(self).unwrap_or_default();
        Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads a shard that this version of the program has written.
    ///
    /// # Errors
    /// When it is none, damaged, or another version's.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let named: Named = serde_json::from_str(text).map_err(|e| Refusal::NoShard(e.to_string()))?;
        if named.format != FORMAT {
            return Err(Refusal::Format(named.format));
        }
        let read: Read = serde_json::from_str(text).map_err(|_| Refusal::Damaged)?;
        let shard = read.body;
        if shard.hash() != read.sha256 {
            return Err(Refusal::Damaged);
        }
        match &shard.study {
            s if s.head.version != env!("CARGO_PKG_VERSION") => Err(Refusal::Version(s.head.version.clone())),
            s if s.head.generator != GENERATOR => Err(Refusal::Generator(s.head.generator.clone())),
            _ => Ok(shard),
        }
    }

    /// Its counts, for the scenario and as many measures as the study names.
    ///
    /// # Errors
    /// When they do not fit.
    pub fn counts(&self, model: &Model, plan: &Plan) -> Result<Counts, Refusal> {
        let number = |text: &String| text.parse::<u128>().ok();
        let rewards: Option<Vec<_>> =
            self.rewards.iter().map(|(sum, squares)| Some((number(sum)?, number(squares)?))).collect();
        let runs = u64::from(self.reached.saturating_sub(self.study.from));
        rewards
            .and_then(|rewards| Counts::from_parts(model, plan, runs, self.cells.clone(), rewards))
            .ok_or(Refusal::Counts)
    }
}
