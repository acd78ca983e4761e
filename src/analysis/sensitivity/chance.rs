//! How much of the variance of single runs is chance: repeated runs at points spread over all assumptions.

use serde::Serialize;

use super::{Masks, Refused, Study, Watch, hits, stream};
use crate::analysis::statistics::chance::{chance, share_interval};
use crate::analysis::statistics::design::Design;
use crate::analysis::statistics::moments::Moments;
use crate::drivers::parallel;

/// The use of random numbers for resampling.
const RESAMPLING: u64 = 3;
const RESAMPLES: usize = 1000;
/// Points played between two looks at the clock.
const BATCH: usize = 32;

/// The runs at each point.
#[derive(Clone, Debug)]
pub struct Scatter {
    points: Vec<Masks>,
}

/// Plays so many runs at each of so many points from a scrambled Sobol' sequence; every point has runs of its own.
/// `None` if it was stopped.
///
/// # Errors
/// When the scenario refuses a point.
pub fn scatter(study: &Study, points: usize, runs: u32, watch: Watch) -> Result<Option<Scatter>, Refused> {
    let design = Design::scrambled(points, study.assumptions.len(), study.seed as u32);
    let blocks = design.indices() + 2;
    let mut all = Vec::new();
    for start in (0..points).step_by(BATCH) {
        let batch = parallel::map(BATCH.min(points - start), |k| {
            let row = start + k;
            let point = design.point(row * blocks);
            let from = row as u32 * runs;
            study.play(&study.inside(&point.values), from, from + runs)
        });
        let batch: Option<Vec<Masks>> = batch.into_iter().collect::<Result<_, Refused>>()?;
        let Some(batch) = batch else { return Ok(None) };
        watch(batch.len() as u64 * u64::from(runs));
        all.extend(batch);
    }
    Ok(Some(Scatter { points: all }))
}

/// The share of the variance of a single run's answer that is chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ChanceShare {
    /// 0..=1; what is left is due to the assumptions.
    pub share: f64,
    /// Lower end of its bootstrap interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The mean of the measure over the space of assumptions.
    pub mean: f64,
}

/// The chance share of one measure; `None` where it never varies.
pub fn chance_share(study: &Study, scatter: &Scatter, measure: usize, alpha: f64) -> Option<ChanceShare> {
    let set = |masks: &Masks| {
        let (n, hits) = (masks.len() as u64, hits(masks, measure));
        let extremes = Some((i64::from(hits == n), i64::from(hits > 0)));
        Moments { count: n, sum: hits.into(), squares: hits.into(), extremes }
    };
    let sets: Vec<Moments> = scatter.points.iter().map(set).collect();
    let parts = chance(&sets)?;
    let interval =
        share_interval(&sets, RESAMPLES, alpha, &mut stream(study.seed, RESAMPLING, measure as u64))?;
    let mut all = Moments::default();
    sets.iter().for_each(|set| all.merge(set));
    Some(ChanceShare {
        share: parts.share,
        low: interval.low,
        high: interval.high,
        mean: all.mean().unwrap_or(0.0),
    })
}
