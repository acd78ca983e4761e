//! All packages at once, as pictures need them.

use super::frontier::Frontier;
use super::problem::Problem;
use super::solution::everybody;
use super::space::Grid;
use super::study::{Analysis, feasible, levels};
use super::zone::Acceptance;

/// How a package stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It crosses somebody's red line.
    Barred,
    /// It crosses nobody's red line, but some party does better without agreement.
    Outside,
    /// Some party does better without agreement, but the decision rule passes it all the same.
    Passing,
    /// Every party accepts it.
    InZone,
}

/// Every package of a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Packages {
    /// `utilities[party][package]`.
    pub utilities: Vec<Vec<f64>>,
    /// By package.
    pub standing: Vec<Standing>,
    levels: Vec<Vec<i64>>,
}

impl Packages {
    /// The packages of a problem that was analysed.
    pub fn of(problem: &Problem, analysis: &Analysis) -> Self {
        let space = &analysis.space;
        let (utilities, grids, levels): (_, Vec<Grid>, _) = levels(problem);
        let acceptance = Acceptance::of(problem, space, &levels, &grids);
        let all = everybody(problem.parties.len());
        let mut standing = match feasible(problem, space) {
            None => vec![Standing::Outside; space.packages()],
            Some(kept) => {
                let mut standing = vec![Standing::Barred; space.packages()];
                kept.iter().for_each(|k| standing[*k as usize] = Standing::Outside);
                standing
            }
        };
        for (standing, set) in standing.iter_mut().zip(acceptance.sets()) {
            match *set {
                set if set == all => *standing = Standing::InZone,
                set if *standing == Standing::Outside && problem.rule.passes(set, problem.parties.len()) => {
                    *standing = Standing::Passing;
                }
                _ => {}
            }
        }
        Self { utilities, standing, levels }
    }

    /// The frontier of two parties alone among the packages that cross nobody's red line: what it gives the one and the
    /// other, the least for the one first.
    pub fn edge(&self, one: usize, other: usize) -> Vec<(f64, f64)> {
        let kept: Vec<usize> =
            (0..self.standing.len()).filter(|k| self.standing[*k] != Standing::Barred).collect();
        let row = |party: usize| kept.iter().map(|k| self.levels[party][*k]).collect();
        let points = Frontier::of(&[row(one), row(other)]).points;
        let place = |k: usize| (self.utilities[one][k], self.utilities[other][k]);
        points.iter().rev().map(|point| place(kept[point.packages[0] as usize])).collect()
    }
}
