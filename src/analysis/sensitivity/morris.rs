//! Morris screening: many walks through the whole space of assumptions, each step changing one.

use libm::{fabs, sqrt};
use serde::Serialize;

use super::{Masks, Refused, Study, Watch, share, stream};
use crate::analysis::statistics::morris::{Trajectory, effects};
use crate::drivers::parallel;

/// Levels of the grid: four are usual (Saltelli et al. 2008).
const LEVELS: u32 = 4;
/// The use of random numbers for walks, and for resampling them.
const WALKS: u64 = 1;
const RESAMPLING: u64 = 2;
/// Resamples behind the intervals.
const RESAMPLES: usize = 1000;
/// The mean size of a standard normal number, √(2/π): what is left of an effect of nothing once its sign is gone.
const MEAN_SIZE: f64 = 0.797_884_560_802_865_4;

/// The walks with the runs of each of their points.
#[derive(Clone, Debug)]
pub struct Walks {
    done: Vec<(Trajectory, Vec<Masks>)>,
}

impl Walks {
    /// How many walks were finished.
    pub fn count(&self) -> usize {
        self.done.len()
    }
}

/// Makes so many walks and plays so many runs at each of their points. All points of a walk share the same runs,
/// every walk has runs of its own. A walk that is stopped is left out.
///
/// # Errors
/// When the scenario refuses a point.
pub fn walks(study: &Study, walks: u32, runs: u32, watch: Watch) -> Result<Walks, Refused> {
    let mut done = Vec::new();
    for walk in 0..walks {
        let trajectory =
            Trajectory::random(study.assumptions.len(), LEVELS, &mut stream(study.seed, WALKS, walk.into()));
        let points: Vec<Vec<f64>> = trajectory.points().collect();
        let masks = parallel::map(points.len(), |k| {
            study.play(&study.on_grid(&points[k]), walk * runs, (walk + 1) * runs)
        });
        let masks: Option<Vec<Masks>> = masks.into_iter().collect::<Result<_, Refused>>()?;
        let Some(masks) = masks else { break };
        watch(masks.len() as u64 * u64::from(runs));
        done.push((trajectory, masks));
    }
    Ok(Walks { done })
}

/// What an assumption does to a measure, anywhere in the space of assumptions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Screening {
    /// The place of the assumption.
    #[serde(skip)]
    pub assumption: usize,
    /// Its path.
    pub path: String,
    /// Mean effect of a step upwards, which covers about two thirds of the range: a change of the share, so within −1 and 1.
    pub mu: f64,
    /// Mean size of these effects.
    pub mu_star: f64,
    /// Lower end of its bootstrap interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Their standard deviation.
    pub sigma: f64,
    /// What `mu_star` would be by luck alone, had the assumption no mean effect but flipped as many runs.
    pub noise: f64,
}

/// The screening of one measure, the largest `mu_star` first; empty with fewer than two walks.
pub fn screening(study: &Study, walks: &Walks, measure: usize, alpha: f64) -> Vec<Screening> {
    if walks.done.len() < 2 {
        return Vec::new();
    }
    let each: Vec<(Vec<f64>, Vec<f64>)> =
        walks.done.iter().map(|(walk, masks)| moved(walk, masks, measure)).collect();
    let elementary: Vec<Vec<f64>> = each.iter().map(|(effects, _)| effects.clone()).collect();
    let found = effects(&elementary, RESAMPLES, alpha, &mut stream(study.seed, RESAMPLING, measure as u64));
    let named = |(at, effect): (usize, &crate::analysis::statistics::morris::Effect)| Screening {
        assumption: at,
        path: study.assumptions[at].path.clone(),
        mu: effect.mu,
        mu_star: effect.mu_star,
        low: effect.interval.low,
        high: effect.interval.high,
        sigma: effect.sigma,
        noise: MEAN_SIZE * each.iter().map(|(_, errors)| errors[at]).sum::<f64>() / each.len() as f64,
    };
    let mut all: Vec<Screening> = found.iter().enumerate().map(named).collect();
    all.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star).then(a.assumption.cmp(&b.assumption)));
    all
}

/// What its step on one walk does to the measure for each assumption, counted upwards, and the standard error under luck. Not
/// divided by the part of the range that the step covers, as elementary effects are: a share that jumps from 0 to 1 would then
/// change by more than there is.
fn moved(walk: &Trajectory, masks: &[Masks], measure: usize) -> (Vec<f64>, Vec<f64>) {
    let shares: Vec<f64> = masks.iter().map(|m| share(m, measure)).collect();
    let mut effects = walk.elementary_effects(&shares);
    let mut errors = vec![0.0; effects.len()];
    let points: Vec<Vec<f64>> = walk.points().collect();
    for (step, pair) in points.windows(2).enumerate() {
        let Some(at) = (0..effects.len()).find(|f| pair[0][*f] != pair[1][*f]) else { continue };
        effects[at] *= fabs(pair[1][at] - pair[0][at]);
        errors[at] = error(&masks[step], &masks[step + 1], measure);
    }
    (effects, errors)
}

/// The standard error of the difference of two shares on the same runs.
fn error(one: &[u64], other: &[u64], measure: usize) -> f64 {
    let n = one.len() as f64;
    let flips =
        |a: &[u64], b: &[u64]| a.iter().zip(b).filter(|(a, b)| (*a & !*b) >> measure & 1 == 1).count();
    let (up, down) = (flips(other, one) as f64, flips(one, other) as f64);
    sqrt((up + down - (up - down) * (up - down) / n) / (n * n))
}
