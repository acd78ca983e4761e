//! The bootstrap: how much an estimate would move had the sample been another.

use rand::Rng;

use super::interval::Interval;
use super::special::check_alpha;

/// A whole number below `n`, all alike. Lemire (2019), *ACM Transactions on Modeling and Computer Simulation*
/// 29(1), 3: multiply and keep the upper half, turning away the few draws that would favour some numbers.
pub fn below(random: &mut impl Rng, n: usize) -> usize {
    assert!(n > 0, "no number is below zero");
    let n = n as u64;
    let threshold = n.wrapping_neg() % n;
    loop {
        let product = u128::from(random.next_u64()) * u128::from(n);
        if product as u64 >= threshold {
            return (product >> 64) as usize;
        }
    }
}

/// Percentile intervals of several estimates from the same sample: `estimate` is asked `resamples` times for
/// all of them on `rows` row numbers drawn with replacement. Efron (1981), *Canadian Journal of Statistics*
/// 9, 139–158.
///
/// Resamples on which an estimate is no number (no spread at all) are left out of its interval; an estimate
/// that never is one has the interval from −∞ to ∞. A thousand resamples do for 95 %.
pub fn percentile_intervals(
    rows: usize,
    resamples: usize,
    alpha: f64,
    random: &mut impl Rng,
    mut estimate: impl FnMut(&[usize]) -> Vec<f64>,
) -> Vec<Interval> {
    check_alpha(alpha);
    let mut draws: Vec<Vec<f64>> = Vec::new();
    let mut sample = vec![0; rows];
    for _ in 0..resamples {
        sample.fill_with(|| below(random, rows));
        let values = estimate(&sample);
        draws.resize_with(values.len(), Vec::new);
        for (list, value) in draws.iter_mut().zip(values) {
            if value.is_finite() {
                list.push(value);
            }
        }
    }
    draws.into_iter().map(|list| middle(list, alpha)).collect()
}

/// What remains of a sorted list without `alpha`/2 at either end, between neighbours linearly (definition 7
/// of Hyndman & Fan 1996).
fn middle(mut list: Vec<f64>, alpha: f64) -> Interval {
    if list.is_empty() {
        return Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };
    }
    list.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (list.len() - 1) as f64;
        let below = libm::floor(place) as usize;
        let above = (below + 1).min(list.len() - 1);
        list[below] + (place - below as f64) * (list[above] - list[below])
    };
    Interval { low: at(alpha / 2.0), high: at(1.0 - alpha / 2.0) }
}
