//! From an ensemble to its shards and back: what a shard is of, and the ensemble that shards add up to.

use std::ops::Range;

use crate::analysis::counters::Counts;
use crate::domain::World;
use crate::drivers::Head;
use crate::studies::ensemble::{Options, Runs};
use crate::studies::refusal::Refusal;
use crate::studies::study::Study as _;

use super::{NOTE, Shard, Study};

impl Study {
    /// That of some runs of an ensemble, under changes as they were made, for a scenario that the command line calls so.
    pub fn of(
        ensemble: &Runs,
        (what_if, set): (Option<&str>, &[(String, String)]),
        scenario: String,
        range: Range<u32>,
    ) -> Self {
        let (title, seed) = (&ensemble.model.world.title, ensemble.options().seed);
        Self {
            head: Head::new(title, &ensemble.fingerprint, seed, NOTE).changed(what_if, set),
            scenario,
            from: range.start,
            to: range.end,
            measures: ensemble.options().measure.clone(),
        }
    }

    /// The ensemble of a scenario's world that shards of this study add up to, told with intervals of a level.
    ///
    /// # Errors
    /// When a question is none to this world.
    pub fn whole(&self, world: World, level: f64) -> Result<Runs, Refusal> {
        let asked = Options {
            to: Some(self.to),
            seed: self.head.seed,
            measure: self.measures.clone(),
            level,
            ..Options::default()
        };
        Runs::plan(world, (self.head.what_if.as_deref(), &self.head.set), asked)
    }
}

/// Adds up shards, each with its name, that were seen to be one whole.
///
/// # Errors
/// When the counts of one do not fit.
pub fn sum(ensemble: &Runs, shards: &[(String, Shard)]) -> Result<Counts, String> {
    let mut counts = ensemble.begin();
    for (name, shard) in shards {
        let part = shard.counts(&ensemble.model, &ensemble.plan).map_err(|why| format!("{name}: {why}"))?;
        ensemble.merge(&mut counts, part);
    }
    Ok(counts)
}
