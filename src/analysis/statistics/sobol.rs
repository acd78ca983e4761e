//! Sobol' indices: how much of the variance of a measure each assumption answers for.

use rand::Rng;

use super::interval::Interval;
use super::resample::percentile_intervals;

/// An index with its bootstrap interval. Estimates may fall a little outside of 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share of the variance.
    pub value: f64,
    /// Where resampling the rows puts it.
    pub interval: Interval,
}

/// The two indices of one factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// The share of the variance that would go if the factor were known: what it does on its own.
    pub first: Estimate,
    /// The share that would remain if all but the factor were known: what it does alone and with others.
    pub total: Estimate,
}

/// Whether the indices are settled enough to speak of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// The widest interval of all.
    pub widest: f64,
    /// The factor that has it.
    pub factor: usize,
    /// Whether it is at most the limit.
    pub converged: bool,
}

/// The width of interval below which indices count as settled: Sarrazin, Pianosi & Wagener (2016),
/// *Environmental Modelling & Software* 79, 135–152.
pub const SETTLED_WIDTH: f64 = 0.05;

/// The outputs of a [`Design`](super::design::Design), one for each of its points in order.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// A, B, and what A becomes with the column of each factor from B, as distances from the mean of all.
    rows: Vec<Row>,
    factors: usize,
}

#[derive(Clone, Debug)]
struct Row {
    a: f64,
    b: f64,
    mixed: Vec<f64>,
}

impl Outputs {
    /// Panics unless there are whole rows of `factors` + 2 outputs; `factors` counts luck where the design
    /// has it as one.
    pub fn new(outputs: &[f64], factors: usize) -> Self {
        let blocks = factors + 2;
        assert!(outputs.len().is_multiple_of(blocks), "{} outputs are no rows of {blocks}", outputs.len());
        // A mean far from zero would swamp the products of the first-order estimator.
        let mean = outputs.iter().sum::<f64>() / outputs.len().max(1) as f64;
        let rows = outputs.chunks_exact(blocks).map(|row| Row {
            a: row[0] - mean,
            b: row[blocks - 1] - mean,
            mixed: row[1..blocks - 1].iter().map(|value| value - mean).collect(),
        });
        Self { rows: rows.collect(), factors }
    }

    /// First and total index of every factor, with percentile intervals from so many resamples of the rows;
    /// `None` when the measure does not vary.
    ///
    /// With V the variance of A and B together and Aᵢ for A with column i of B: the first-order index is the
    /// mean of B(Aᵢ − A) over V (Saltelli et al. 2010, table 2 b), the total index half the mean of (A − Aᵢ)²
    /// over V (Jansen 1999, *Computer Physics Communications* 117, 35–43). The rows of a low-discrepancy
    /// sequence are more even than the resampling supposes, so their intervals are rather too wide than too
    /// narrow.
    pub fn indices(&self, resamples: usize, alpha: f64, random: &mut impl Rng) -> Option<Vec<Indices>> {
        let all: Vec<usize> = (0..self.rows.len()).collect();
        let values = self.estimate(&all);
        if values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let intervals =
            percentile_intervals(self.rows.len(), resamples, alpha, random, |rows| self.estimate(rows));
        let pair = |factor: usize| {
            let estimate = |at: usize| Estimate {
                value: values[at],
                interval: intervals
                    .get(at)
                    .copied()
                    .unwrap_or(Interval { low: f64::NEG_INFINITY, high: f64::INFINITY }),
            };
            Indices { first: estimate(factor), total: estimate(self.factors + factor) }
        };
        Some((0..self.factors).map(pair).collect())
    }

    /// The first-order indices and then the total ones, on the given rows; no numbers where nothing varies.
    fn estimate(&self, rows: &[usize]) -> Vec<f64> {
        let n = rows.len() as f64;
        let (mut sum, mut squares) = (0.0, 0.0);
        let mut result = vec![0.0; 2 * self.factors];
        for row in rows.iter().map(|&row| &self.rows[row]) {
            sum += row.a + row.b;
            squares += row.a * row.a + row.b * row.b;
            for (factor, mixed) in row.mixed.iter().enumerate() {
                let change = mixed - row.a;
                result[factor] += row.b * change;
                result[self.factors + factor] += change * change / 2.0;
            }
        }
        let mean = sum / (2.0 * n);
        let variance = squares / (2.0 * n) - mean * mean;
        // What rounding leaves of no variance at all is not to be divided by.
        let scale = if variance > 1e-14 * squares / n { 1.0 / (n * variance) } else { f64::NAN };
        result.iter().map(|total| total * scale).collect()
    }
}

/// Compares the widest interval of all indices with `limit`, such as [`SETTLED_WIDTH`]; `None` without a
/// factor.
pub fn verdict(indices: &[Indices], limit: f64) -> Option<Verdict> {
    let width = |both: &Indices| both.first.interval.width().max(both.total.interval.width());
    let widths = indices.iter().map(width).enumerate();
    let (factor, widest) = widths.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some(Verdict { widest, factor, converged: widest <= limit })
}
