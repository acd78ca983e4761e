//! Where in the space of assumptions a scenario is played.

use rand::Rng;
use serde::{Deserialize, Serialize};

use crate::analysis::statistics::resample::below;
use crate::domain::{Assumption, Scale};
use crate::drivers::philox::Stream;

/// How points are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Sampling {
    /// Latin hypercube: each range in as many strata as there are points, one point in each (McKay, Beckman & Conover 1979)
    Lhs,
    /// The Sobol' sequence, scrambled; best a power of two points
    Sobol,
    /// Full factorial: every combination of a few values of each range
    Factorial,
}

/// The address of a range's draws for Latin hypercubes: that of a hash of its path, so that a further range leaves the others as
/// they are.
fn stream(seed: u64, path: &str) -> Stream {
    // FNV-1a, which never changes.
    let hash = path
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    Stream::new(seed, 0xde51_u128 << 96 | u128::from(hash & 0xffff_ffff) << 64)
}

/// The values of each assumption at each point, in the order of the points: `n` points, or of a full factorial all combinations of
/// `steps` values of each, of which the last range changes fastest. The same seed gives the same points on every platform.
pub fn points(sampling: Sampling, ranges: &[Assumption], n: u32, steps: u32, seed: u64) -> Vec<Vec<f64>> {
    match sampling {
        Sampling::Lhs => transpose(n, ranges.iter().map(|a| stratified(a, n, seed)).collect()),
        Sampling::Sobol => {
            let value = |row, (column, a): (usize, &Assumption)| {
                a.at(f64::from(sobol_burley::sample(row, column as u32, seed as u32)))
            };
            (0..n).map(|row| ranges.iter().enumerate().map(|range| value(row, range)).collect()).collect()
        }
        Sampling::Factorial => factorial(&ranges.iter().map(|a| levels(a, steps)).collect::<Vec<_>>()),
    }
}

/// One value in each of `n` strata of equal odds, in random order.
fn stratified(a: &Assumption, n: u32, seed: u64) -> Vec<f64> {
    let mut random = stream(seed, &a.path);
    let mut strata: Vec<u32> = (0..n).collect();
    for k in (1..strata.len()).rev() {
        strata.swap(k, below(&mut random, k + 1));
    }
    let mut unit = || f64::from(random.next_u32()) / 4_294_967_296.0;
    strata.iter().map(|stratum| a.at((f64::from(*stratum) + unit()) / f64::from(n))).collect()
}

fn transpose(n: u32, columns: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    (0..n as usize).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

/// So many values from the low end to the high one, or all there are.
pub(super) fn levels(a: &Assumption, steps: u32) -> Vec<f64> {
    let unit = |k: u32| f64::from(k) / f64::from(steps.max(2) - 1);
    let mut values: Vec<f64> = (0..steps.max(2)).map(|k| a.on_grid(unit(k))).collect();
    if a.scale != Scale::Number {
        values.dedup();
    }
    values
}

fn factorial(levels: &[Vec<f64>]) -> Vec<Vec<f64>> {
    levels.iter().fold(vec![Vec::new()], |points, values| {
        let longer = |point: Vec<f64>| {
            values.iter().map(move |value| point.iter().copied().chain([*value]).collect::<Vec<_>>())
        };
        points.into_iter().flat_map(longer).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(path: &str, scale: Scale, low: f64, high: f64) -> Assumption {
        Assumption { path: path.into(), scale, low, high, value: None }
    }

    #[test]
    fn every_stratum_of_a_latin_hypercube_holds_one_point() {
        let ranges = [range("a", Scale::Number, 0.0, 1.0), range("b", Scale::Number, -5.0, 5.0)];
        let all = points(Sampling::Lhs, &ranges, 50, 0, 7);
        for (k, a) in ranges.iter().enumerate() {
            let mut strata: Vec<usize> = all.iter().map(|p| (a.place(p[k]) * 50.0) as usize).collect();
            assert_ne!(strata, (0..50).collect::<Vec<_>>(), "in random order");
            strata.sort_unstable();
            assert_eq!(strata, (0..50).collect::<Vec<_>>());
        }
        let alone = points(Sampling::Lhs, &ranges[1..], 50, 0, 7);
        assert!(all.iter().zip(&alone).all(|(both, one)| both[1] == one[0]), "a range has draws of its own");
        assert_ne!(points(Sampling::Lhs, &ranges, 50, 0, 8), all);
    }

    /// The first 16 points of a scrambled Sobol' sequence lie one in each sixteenth of every axis.
    #[test]
    fn the_sequence_is_even_on_every_axis() {
        let ranges = [range("a", Scale::Number, 0.0, 16.0), range("b", Scale::Number, 0.0, 16.0)];
        let all = points(Sampling::Sobol, &ranges, 16, 0, 3);
        for k in 0..2 {
            let mut cells: Vec<usize> = all.iter().map(|p| p[k] as usize).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..16).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_factorial_has_every_combination_once() {
        let words = Scale::Words(&["no", "yes"]);
        let ranges = [range("a", words, 0.0, 1.0), range("b", Scale::Whole, 1.0, 9.0)];
        let all = points(Sampling::Factorial, &ranges, 0, 3, 1);
        assert_eq!(all, [[0.0, 1.0], [0.0, 5.0], [0.0, 9.0], [1.0, 1.0], [1.0, 5.0], [1.0, 9.0]]);
    }
}
