//! Which assumption matters: a measure of many runs, as a function of what the scenario could as well say.
//!
//! A *point* is a set of values for the assumptions. All points of a comparison share the random numbers of their
//! runs, so an assumption that does nothing has no effect at all, and not merely a small one.

mod answer;
mod chance;
mod morris;
mod play;
mod sobol;
mod tornado;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

pub use answer::{Answer, Clear, Evidence, answer};
pub use chance::{ChanceShare, Scatter, chance_share, scatter};
pub use morris::{Screening, Walks, screening, walks};
pub use play::Masks;
use play::play;
pub use sobol::{Decomposition, Index, Table, decomposition, table};
pub use tornado::{Bars, End, Swing, Tornado, bars, tornado};

use crate::analysis::Held;
use crate::domain::{Assumption, Condition, Model, World};
use crate::scenario::{Diagnostic, Variants};

/// The most conditions that can be asked about at once.
pub const MOST_CONDITIONS: usize = 16;

/// What the share of runs is taken of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The runs that end in an outcome: its place.
    Outcome(usize),
    /// The runs in which a condition holds: its place and when.
    Condition(usize, Held),
}

/// A scenario, what is assumed in it, and what is asked.
pub struct Study<'a> {
    /// The file, ready to be varied.
    pub variants: &'a Variants,
    /// The assumptions.
    pub assumptions: &'a [Assumption],
    /// Conditions that are asked about, compiled against the scenario.
    pub conditions: &'a [Condition],
    /// How many outcomes the scenario has.
    pub outcomes: usize,
    /// The seed of all chance.
    pub seed: u64,
    /// Asked before every world and every run, on any thread: `false` ends the work, and what was begun is left out.
    pub go_on: &'a (dyn Fn() -> bool + Sync),
    /// Where the runs of a point come from.
    pub points: Points<'a>,
}

/// A point, and which of its runs are played: the places of the assumptions that have other values than the scenario, with the bits of
/// these, the first run, the one after the last.
pub type Point = (Vec<(usize, u64)>, u32, u32);

/// Where the runs of a point come from.
#[derive(Clone, Copy)]
pub enum Points<'a> {
    /// They are played.
    Played,
    /// They are not wanted yet: it is noted that they will be.
    Noted(&'a Mutex<BTreeSet<Point>>),
    /// They were played before, perhaps elsewhere. One that was not ends the work.
    Known(&'a BTreeMap<Point, Masks>),
}

/// A combination of values that the scenario refuses.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the scenario refuses {values}")]
pub struct Refused {
    /// The combination, as changes.
    pub values: String,
    /// Why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Told between two batches how many runs have just been played.
pub type Watch<'w> = &'w mut dyn FnMut(u64);

impl Study<'_> {
    /// Every measure: the outcomes in their order, then each condition at the end and at any time.
    pub fn measures(&self) -> Vec<Measure> {
        let conditions =
            (0..self.conditions.len()).flat_map(|c| Held::ALL.map(|held| Measure::Condition(c, held)));
        (0..self.outcomes).map(Measure::Outcome).chain(conditions).collect()
    }

    /// The world in which some assumptions, by their places, have these values.
    fn world(&self, settings: &[(usize, f64)]) -> Result<World, Refused> {
        let settings: Vec<(&Assumption, f64)> =
            settings.iter().map(|(at, value)| (&self.assumptions[*at], *value)).collect();
        self.variants.world(&settings).map_err(|diagnostics| {
            let values = settings.iter().map(|(a, v)| format!("{} = {}", a.path, a.toml(*v)));
            Refused { values: values.collect::<Vec<_>>().join(", "), diagnostics }
        })
    }

    /// The runs `from..to` of the world with these values; `None` if the study is stopped: worlds take time to make, too.
    fn play(&self, settings: &[(usize, f64)], from: u32, to: u32) -> Result<Option<Masks>, Refused> {
        if !(self.go_on)() {
            return Ok(None);
        }
        let point = || (settings.iter().map(|(at, value)| (*at, value.to_bits())).collect(), from, to);
        match self.points {
            Points::Played => Ok(play(self, &Model::new(self.world(settings)?), from, to)),
            Points::Noted(points) => {
                points.lock().unwrap_or_else(PoisonError::into_inner).insert(point());
                Ok(Some(Masks::new()))
            }
            Points::Known(points) => Ok(points.get(&point()).cloned()),
        }
    }

    /// Plays a point that was noted.
    ///
    /// # Errors
    /// When the scenario refuses it.
    pub fn play_point(&self, (settings, from, to): &Point) -> Result<Option<Masks>, Refused> {
        let settings: Vec<(usize, f64)> =
            settings.iter().map(|(at, bits)| (*at, f64::from_bits(*bits))).collect();
        self.play(&settings, *from, *to)
    }

    /// All assumptions at a point of the unit cube, ends excluded.
    fn inside(&self, unit: &[f64]) -> Vec<(usize, f64)> {
        unit.iter().enumerate().map(|(at, u)| (at, self.assumptions[at].at(*u))).collect()
    }

    /// All assumptions at a point of a grid, ends included.
    fn on_grid(&self, unit: &[f64]) -> Vec<(usize, f64)> {
        unit.iter().enumerate().map(|(at, u)| (at, self.assumptions[at].on_grid(*u))).collect()
    }
}

/// Of these runs, how many a measure counts.
fn hits(masks: &[u64], measure: usize) -> u64 {
    masks.iter().map(|mask| mask >> measure & 1).sum()
}

/// Of these runs, the share that a measure counts.
fn share(masks: &[u64], measure: usize) -> f64 {
    hits(masks, measure) as f64 / masks.len().max(1) as f64
}

/// Streams of random numbers for designs and resamples: an address for each use, far apart.
fn stream(seed: u64, purpose: u64, part: u64) -> crate::drivers::philox::Stream {
    crate::drivers::philox::Stream::new(seed, u128::from(purpose) << 96 | u128::from(part) << 64)
}
