//! The zone of possible agreement: which packages who accepts, who stands alone in the way, and what would open it.

use serde::Serialize;

use super::problem::Problem;
use super::solution::everybody;
use super::space::{Grid, Space};

/// How the packages look to the parties' alternatives.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Zone {
    /// Packages that every party accepts: at or above its alternative (or above it, where the rule is strict) and
    /// outside its red lines.
    pub packages: u64,
    /// Packages that every party strictly prefers to its alternative.
    pub better: u64,
    /// Packages that the decision rule passes.
    pub passing: u64,
    /// `by_acceptance[n]`: packages that exactly n parties accept.
    pub by_acceptance: Vec<u64>,
    /// Packages that a party accepts, by party.
    pub accepted: Vec<u64>,
    /// Packages that a party alone refuses, by party.
    pub alone_refused: Vec<u64>,
    /// Packages that the rule passes and the party accepts, by party.
    pub accepted_and_passing: Vec<u64>,
    /// Every value of every issue.
    pub values: Vec<Vec<ValueUse>>,
    /// Single concessions that would open the zone, the smallest share of a party's range first; empty where it
    /// is open.
    pub concessions: Vec<Concession>,
}

/// What can become of a value of an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ValueUse {
    /// Packages of the zone that contain it.
    pub packages: u64,
    /// Parties that accept no package with it, whatever else is in it, by place.
    pub refused_by: Vec<usize>,
    /// Whether it can be part of an agreement.
    pub status: Use,
}

/// Whether a value can be part of an agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Some package of the zone contains it.
    Open,
    /// Every party accepts some package with it, but no package suits them all.
    #[default]
    Closed,
    /// Some party accepts no package with it.
    Refused,
}

/// If this party alone asked for less, the zone would open.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Concession {
    /// Who, by place.
    pub party: usize,
    /// By how much its alternative would have to fall, in its utility.
    pub amount: f64,
    /// The same as a share of its range over all packages, 0..=1 and more.
    pub share: f64,
    /// The package that would open the zone, by index.
    pub package: u32,
}

/// Who accepts which package.
pub(super) struct Acceptance {
    sets: Vec<u64>,
}

impl Acceptance {
    /// Compares every package with the alternatives.
    pub fn of(problem: &Problem, space: &Space, levels: &[Vec<i64>], grids: &[Grid]) -> Self {
        let mut sets = vec![0u64; space.packages()];
        for (p, party) in problem.parties.iter().enumerate() {
            let least = match party.alternative.map(|a| grids[p].level(a)) {
                None => i64::MIN,
                Some(level) if problem.rule.strict => level.saturating_add(1),
                Some(level) => level,
            };
            for (set, level) in sets.iter_mut().zip(&levels[p]) {
                *set |= u64::from(*level >= least) << p;
            }
            if !party.red_lines.is_empty() {
                forbid(space, &party.red_lines, p, &mut sets);
            }
        }
        Self { sets }
    }

    /// The parties that accept a package, as a bit set.
    #[inline]
    pub fn of_package(&self, package: u32) -> u64 {
        self.sets[package as usize]
    }

    /// All sets.
    pub fn sets(&self) -> &[u64] {
        &self.sets
    }
}

/// Takes a party out of the sets of the packages that cross red lines.
pub(super) fn forbid(space: &Space, red_lines: &[(usize, usize)], party: usize, sets: &mut [u64]) {
    for (issue, value) in red_lines {
        let inner: usize = space.sizes()[issue + 1..].iter().product();
        let block = inner * space.sizes()[*issue];
        for start in (value * inner..sets.len()).step_by(block) {
            sets[start..start + inner].iter_mut().for_each(|set| *set &= !(1 << party));
        }
    }
}

/// Counts the zone in one pass.
pub(super) fn zone(
    problem: &Problem,
    space: &Space,
    levels: &[Vec<i64>],
    grids: &[Grid],
    acceptance: &Acceptance,
) -> Zone {
    let parties = problem.parties.len();
    let all = everybody(parties);
    let mut out = Zone {
        by_acceptance: vec![0; parties + 1],
        accepted: vec![0; parties],
        alone_refused: vec![0; parties],
        accepted_and_passing: vec![0; parties],
        ..Zone::default()
    };
    // Few different sets of parties occur: count the sets first, look at them afterwards.
    let counts = count_sets(acceptance.sets(), parties);
    for (set, n) in counts {
        out.by_acceptance[set.count_ones() as usize] += n;
        let passes = problem.rule.passes(set, parties);
        out.passing += n * u64::from(passes);
        for p in 0..parties {
            let accepts = u64::from(set >> p & 1 == 1);
            out.accepted[p] += n * accepts;
            out.accepted_and_passing[p] += n * accepts * u64::from(passes);
            out.alone_refused[p] += n * u64::from(set | 1 << p == all && accepts == 0);
        }
    }
    out.packages = out.by_acceptance[parties];
    out.better = better(problem, levels, grids, acceptance);
    out.values = values(problem, space, acceptance);
    if out.packages == 0 {
        out.concessions = concessions(problem, levels, grids, acceptance);
    }
    out
}

fn count_sets(sets: &[u64], parties: usize) -> Vec<(u64, u64)> {
    if parties <= 16 {
        let mut counts = vec![0u64; 1 << parties];
        sets.iter().for_each(|set| counts[*set as usize] += 1);
        return counts.into_iter().enumerate().filter(|c| c.1 > 0).map(|(set, n)| (set as u64, n)).collect();
    }
    let mut counts = std::collections::BTreeMap::new();
    sets.iter().for_each(|set| *counts.entry(*set).or_insert(0) += 1);
    counts.into_iter().collect()
}

fn better(problem: &Problem, levels: &[Vec<i64>], grids: &[Grid], acceptance: &Acceptance) -> u64 {
    let all = everybody(problem.parties.len());
    let bars: Vec<i64> = problem
        .parties
        .iter()
        .zip(grids)
        .map(|(p, grid)| p.alternative.map_or(i64::MIN, |a| grid.level(a)))
        .collect();
    let sets = acceptance.sets().iter().enumerate();
    let zone = sets.filter(|(_, set)| **set == all);
    zone.filter(|(k, _)| levels.iter().zip(&bars).all(|(l, bar)| l[*k] > *bar)).count() as u64
}

/// Values in the packages of the zone, and values that a party refuses whatever else it gets.
fn values(problem: &Problem, space: &Space, acceptance: &Acceptance) -> Vec<Vec<ValueUse>> {
    let (sizes, parties) = (space.sizes(), problem.parties.len());
    let all = everybody(parties);
    // Per value: packages of the zone, and the parties that accept some package with it.
    let mut tallies: Vec<Vec<(u64, u64)>> = sizes.iter().map(|n| vec![(0, 0); *n]).collect();
    let Some((last, rest)) = sizes.split_last() else { return Vec::new() };
    let mut digits = vec![0; rest.len()];
    for block in acceptance.sets().chunks_exact(*last) {
        let (mut zone, mut any) = (0, 0);
        for (set, tally) in block.iter().zip(&mut tallies[rest.len()]) {
            let inside = u64::from(*set == all);
            zone += inside;
            any |= set;
            tally.0 += inside;
            tally.1 |= set;
        }
        for (tally, digit) in tallies.iter_mut().zip(&digits) {
            tally[*digit].0 += zone;
            tally[*digit].1 |= any;
        }
        for (digit, size) in digits.iter_mut().zip(rest).rev() {
            *digit += 1;
            if *digit < *size {
                break;
            }
            *digit = 0;
        }
    }
    let used = |(packages, some): (u64, u64)| {
        let refused_by: Vec<usize> = (0..parties).filter(|p| some >> p & 1 == 0).collect();
        let status = match (packages, refused_by.is_empty()) {
            (1.., _) => Use::Open,
            (0, true) => Use::Closed,
            (0, false) => Use::Refused,
        };
        ValueUse { packages, refused_by, status }
    };
    tallies.into_iter().map(|row| row.into_iter().map(used).collect()).collect()
}

/// For every party the least it would have to give way by, all others standing where they stand.
fn concessions(
    problem: &Problem,
    levels: &[Vec<i64>],
    grids: &[Grid],
    acceptance: &Acceptance,
) -> Vec<Concession> {
    let all = everybody(problem.parties.len());
    let mut out = Vec::new();
    for (p, party) in problem.parties.iter().enumerate() {
        let Some(alternative) = party.alternative.filter(|a| a.is_finite()) else { continue };
        let red: Vec<bool> = red_packages(problem, p, levels[p].len());
        let others = acceptance
            .sets()
            .iter()
            .enumerate()
            .filter(|(k, set)| **set | 1 << p == all && !red.get(*k).copied().unwrap_or(false));
        // `max_by_key` keeps the last of equals: of these the first is wanted.
        let Some((k, _)) = others.max_by_key(|(k, _)| (levels[p][*k], std::cmp::Reverse(*k))) else {
            continue;
        };
        let step = grids[p].step();
        let gap = grids[p].level(alternative) - levels[p][k];
        let (most, least) = (levels[p].iter().max(), levels[p].iter().min());
        let range = most.zip(least).map_or(0, |(a, b)| a - b) as f64 * step;
        let amount = gap as f64 * step;
        let share = if range > 0.0 { amount / range } else { f64::INFINITY };
        out.push(Concession { party: p, amount, share, package: k as u32 });
    }
    out.sort_by(|a, b| a.share.total_cmp(&b.share));
    out
}

/// Which packages cross a party's red line; empty where it has none.
fn red_packages(problem: &Problem, party: usize, packages: usize) -> Vec<bool> {
    let lines = &problem.parties[party].red_lines;
    if lines.is_empty() {
        return Vec::new();
    }
    let sizes: Vec<usize> = problem.issues.iter().map(|i| i.values.len()).collect();
    let mut sets = vec![1u64; packages];
    forbid(&Space::new(&sizes), lines, 0, &mut sets);
    sets.into_iter().map(|set| set == 0).collect()
}
