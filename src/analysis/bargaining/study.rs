//! One pass over a problem: ranges, zone, frontier, solutions.

use super::frontier::Frontier;
use super::problem::{Problem, TooLarge};
use super::solution::{Outcome, Solution, Unnamed, Yardstick, candidates, everybody, solutions};
use super::space::{Grid, Space};
use super::zone::{Acceptance, Zone, forbid, zone};

/// What a party can get.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The utility of its worst package.
    pub least: f64,
    /// Of its best.
    pub most: f64,
    /// Its alternative.
    pub alternative: Option<f64>,
    /// The larger of the alternative and the worst package: gains are measured from it.
    pub disagreement: f64,
    /// The best it gets in the zone, where there is one (the ideal point of Kalai and Smorodinsky).
    pub ideal: Option<f64>,
}

/// Everything there is to say about a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The packages, indexed.
    pub space: Space,
    /// Per party.
    pub ranges: Vec<Range>,
    /// What lies at or above the alternatives.
    pub zone: Zone,
    /// The packages that none dominates, of those that cross nobody's red line; what points give is in `frontier_utilities`.
    pub frontier: Frontier,
    /// Utilities of the points of the frontier, point by point and party by party.
    pub frontier_utilities: Vec<Vec<f64>>,
    /// Packages of the frontier in the zone, ties counted.
    pub frontier_in_zone: usize,
    /// Points of the frontier with a package in the zone.
    pub points_in_zone: usize,
    /// Packages of the frontier that the decision rule passes.
    pub frontier_passing: usize,
    /// The solutions that exist.
    pub solutions: Vec<Solution>,
    /// Rules that name nothing though there is something to name, and why.
    pub unnamed: Vec<Unnamed>,
    /// How far the nearest package is from utility 1 for every party: the least √Σ(1 − u)². 0: no conflict; `None`
    /// where utilities are not within 0..=1.
    pub opposition: Option<f64>,
    /// The same over the packages of the zone.
    pub opposition_in_zone: Option<f64>,
    /// How far it is from everybody's best: the least √Σ(1 − u/best)²; `None` where some party's best is not positive.
    pub opposition_relative: Option<f64>,
}

/// Analyses a problem.
///
/// # Errors
/// When it has too many packages to visit.
pub fn study(problem: &Problem) -> Result<Analysis, TooLarge> {
    let space = problem.space()?;
    let (utilities, grids, levels) = levels(problem);
    let acceptance = Acceptance::of(problem, &space, &levels, &grids);
    let zone = zone(problem, &space, &levels, &grids, &acceptance);
    let frontier = match feasible(problem, &space) {
        None => Frontier::of(&levels),
        Some(kept) => {
            let row = |row: &Vec<i64>| kept.iter().map(|k| row[*k as usize]).collect();
            let mut frontier = Frontier::of(&levels.iter().map(row).collect::<Vec<_>>());
            let packages = frontier.points.iter_mut().flat_map(|p| &mut p.packages);
            packages.for_each(|k| *k = kept[*k as usize]);
            frontier
        }
    };
    let candidates = candidates(problem, &space, &frontier.points, &utilities, |k| acceptance.of_package(k));
    let ranges = ranges(problem, &utilities, &grids, &acceptance);
    let yard = Yardstick {
        alternative: ranges.iter().zip(&grids).map(|(r, grid)| r.alternative.map(|a| grid.snap(a))).collect(),
        disagreement: ranges.iter().map(|r| r.disagreement).collect(),
        best: ranges.iter().map(|r| r.most).collect(),
        ideal: ranges.iter().map(|r| r.ideal).collect(),
        step: grids.iter().map(|grid| grid.step()).collect(),
    };
    let Outcome { solutions, unnamed } = solutions(&candidates, &yard);
    let shares = ranges.iter().all(|r| r.least >= -1e-9 && r.most <= 1.0 + 1e-9);
    let ones = vec![if shares { 1.0 } else { 0.0 }; ranges.len()];
    let opposition = |in_zone: bool, best: &[f64]| {
        let all = candidates.iter().filter(|c| !in_zone || !c.in_zone.is_empty());
        opposition(all.map(|c| &c.utilities[..]), best)
    };
    Ok(Analysis {
        opposition: opposition(false, &ones),
        opposition_in_zone: opposition(true, &ones),
        opposition_relative: opposition(false, &yard.best),
        solutions,
        unnamed,
        frontier_in_zone: candidates.iter().map(|c| c.in_zone.len()).sum(),
        points_in_zone: candidates.iter().filter(|c| !c.in_zone.is_empty()).count(),
        frontier_passing: candidates.iter().map(|c| c.passing.len()).sum(),
        frontier_utilities: candidates.iter().map(|c| c.utilities.clone()).collect(),
        space,
        ranges,
        zone,
        frontier,
    })
}

/// Utilities, grids, and utilities as levels of the grids, by party and package. The utilities are those of the grids: what is
/// 0 on paper is 0.
pub(super) fn levels(problem: &Problem) -> (Vec<Vec<f64>>, Vec<Grid>, Vec<Vec<i64>>) {
    let mut utilities: Vec<Vec<f64>> = (0..problem.parties.len()).map(|p| problem.utilities(p)).collect();
    let size = |row: &Vec<f64>| row.iter().fold(0.0f64, |size, u| size.max(u.abs()));
    let grids: Vec<Grid> = utilities.iter().map(|row| Grid::for_size(size(row))).collect();
    let levels: Vec<Vec<i64>> = utilities
        .iter()
        .zip(&grids)
        .map(|(row, grid)| row.iter().map(|u| grid.level(*u)).collect())
        .collect();
    for ((row, levels), grid) in utilities.iter_mut().zip(&levels).zip(&grids) {
        row.iter_mut().zip(levels).for_each(|(u, level)| *u = grid.value(*level));
    }
    (utilities, grids, levels)
}

/// The packages that cross nobody's red line; `None`: there are no red lines.
pub(super) fn feasible(problem: &Problem, space: &Space) -> Option<Vec<u32>> {
    let lines: Vec<(usize, usize)> = problem.parties.iter().flat_map(|p| p.red_lines.clone()).collect();
    if lines.is_empty() {
        return None;
    }
    let mut sets = vec![1u64; space.packages()];
    forbid(space, &lines, 0, &mut sets);
    Some((0..sets.len() as u32).filter(|k| sets[*k as usize] == 1).collect())
}

fn ranges(problem: &Problem, utilities: &[Vec<f64>], grids: &[Grid], acceptance: &Acceptance) -> Vec<Range> {
    let all = everybody(problem.parties.len());
    let rows = problem.parties.iter().zip(utilities).zip(grids);
    rows.map(|((party, row), grid)| {
        let least = row.iter().copied().fold(f64::INFINITY, f64::min);
        let zone = row.iter().zip(acceptance.sets()).filter(|(_, set)| **set == all);
        Range {
            least,
            most: row.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            alternative: party.alternative,
            disagreement: party.alternative.map_or(least, |a| grid.snap(a).max(least)),
            ideal: zone.map(|(u, _)| *u).max_by(f64::total_cmp),
        }
    })
    .collect()
}

/// No package is nearer to everybody's best than one of the frontier.
fn opposition<'a>(points: impl Iterator<Item = &'a [f64]>, best: &[f64]) -> Option<f64> {
    if best.iter().any(|b| *b <= 0.0) {
        return None;
    }
    let distance = |point: &[f64]| {
        let squares = point.iter().zip(best).map(|(u, b)| (1.0 - u / b) * (1.0 - u / b));
        libm::sqrt(squares.sum())
    };
    points.map(distance).min_by(f64::total_cmp)
}
