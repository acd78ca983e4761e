//! Morris screening: which of many assumptions matter at all, for few runs.

use libm::{fabs, sqrt};
use rand::Rng;

use super::interval::Interval;
use super::resample::{below, percentile_intervals};

/// A walk through the grid of assumptions that changes each factor once. Morris (1991), *Technometrics* 33,
/// 161–174.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trajectory {
    levels: u32,
    points: Vec<Vec<u32>>,
}

/// What one factor does, in units of the measure per full range of the factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The mean elementary effect: which way it works.
    pub mu: f64,
    /// The mean size of the elementary effects: how much it matters (Campolongo, Cariboni & Saltelli 2007,
    /// *Environmental Modelling & Software* 22, 1509–1518).
    pub mu_star: f64,
    /// The bootstrap interval of `mu_star`, over the trajectories.
    pub interval: Interval,
    /// The standard deviation of the elementary effects: large when the factor works through others or bends.
    pub sigma: f64,
}

impl Trajectory {
    /// A random walk on `levels` levels, an even number: from a random corner, the factors in random order,
    /// each by half the levels, up from the lower half and down from the upper, which is Δ = levels / (2
    /// (levels − 1)) of the range.
    pub fn random(factors: usize, levels: u32, random: &mut impl Rng) -> Self {
        check_levels(levels);
        let mut point: Vec<u32> = (0..factors).map(|_| below(random, levels as usize) as u32).collect();
        let mut order: Vec<usize> = (0..factors).collect();
        for last in (1..factors).rev() {
            order.swap(last, below(random, last + 1));
        }
        let mut points = vec![point.clone()];
        for factor in order {
            let half = levels / 2;
            point[factor] = if point[factor] < half { point[factor] + half } else { point[factor] - half };
            points.push(point.clone());
        }
        Self { levels, points }
    }

    /// A walk given by the levels of its points. Panics unless every step moves one factor by half the
    /// levels, each factor once.
    pub fn from_levels(levels: u32, points: Vec<Vec<u32>>) -> Self {
        check_levels(levels);
        let walk = Self { levels, points };
        let mut moved: Vec<usize> = walk.steps().map(|(factor, _)| factor).collect();
        moved.sort_unstable();
        assert!(moved.iter().copied().eq(0..walk.factors()), "each factor moves once");
        walk
    }

    /// How many factors; there is one point more.
    pub fn factors(&self) -> usize {
        self.points.len() - 1
    }

    /// The points to run, in order: each factor on the scale from 0 to 1, both ends included.
    pub fn points(&self) -> impl Iterator<Item = Vec<f64>> + '_ {
        let scale = f64::from(self.levels - 1);
        self.points.iter().map(move |point| point.iter().map(|&level| f64::from(level) / scale).collect())
    }

    /// Which factor each step moves, and by how much of its range.
    fn steps(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.points.windows(2).map(|pair| {
            let mut changes = (0..pair[0].len()).filter(|&factor| pair[0][factor] != pair[1][factor]);
            let factor = changes.next().expect("a step moves a factor");
            assert!(changes.next().is_none(), "a step moves one factor");
            let moved = i64::from(pair[1][factor]) - i64::from(pair[0][factor]);
            assert!(moved.unsigned_abs() == u64::from(self.levels / 2), "a step moves by half the levels");
            (factor, moved as f64 / f64::from(self.levels - 1))
        })
    }

    /// The elementary effect of each factor from the outputs at the points: change of output over change of
    /// input.
    pub fn elementary_effects(&self, outputs: &[f64]) -> Vec<f64> {
        assert!(outputs.len() == self.points.len(), "one output for each point");
        let mut effects = vec![0.0; self.factors()];
        for (step, (factor, moved)) in self.steps().enumerate() {
            effects[factor] = (outputs[step + 1] - outputs[step]) / moved;
        }
        effects
    }
}

/// What each factor does, from the elementary effects of every trajectory, with so many bootstrap resamples
/// of these. Ten to twenty trajectories are usual. `sigma` has n − 1 below it and is 0 for a single
/// trajectory.
pub fn effects(elementary: &[Vec<f64>], resamples: usize, alpha: f64, random: &mut impl Rng) -> Vec<Effect> {
    let Some(first) = elementary.first() else { return Vec::new() };
    let (walks, factors) = (elementary.len(), first.len());
    let size = |rows: &[usize]| {
        let mean =
            |factor| rows.iter().map(|&row| fabs(elementary[row][factor])).sum::<f64>() / rows.len() as f64;
        (0..factors).map(mean).collect::<Vec<f64>>()
    };
    let stars = size(&(0..walks).collect::<Vec<_>>());
    let intervals = percentile_intervals(walks, resamples, alpha, random, size);
    let effect = |factor: usize| {
        let mu = elementary.iter().map(|walk| walk[factor]).sum::<f64>() / walks as f64;
        let squares: f64 = elementary.iter().map(|walk| (walk[factor] - mu) * (walk[factor] - mu)).sum();
        let sigma = sqrt(squares / walks.saturating_sub(1).max(1) as f64);
        let interval = intervals.get(factor).copied().unwrap_or(Interval { low: 0.0, high: f64::INFINITY });
        Effect { mu, mu_star: stars[factor], interval, sigma }
    };
    (0..factors).map(effect).collect()
}

fn check_levels(levels: u32) {
    assert!(levels >= 2 && levels.is_multiple_of(2), "an even number of levels, not {levels}");
}
