//! How a single package stands with the parties, such as the deal with which a game begins.

use super::problem::Problem;
use super::space::Grid;

/// A package with what it is worth to whom, and who accepts it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Its values, by place.
    pub package: Vec<usize>,
    /// By party.
    pub utilities: Vec<f64>,
    /// By party.
    pub accepted: Vec<bool>,
    /// Whether the rule passes it.
    pub passes: bool,
}

impl Stand {
    /// Looks at a package: utilities are compared as a study compares them.
    pub fn of(problem: &Problem, package: &[usize]) -> Self {
        let parties = 0..problem.parties.len();
        let utilities: Vec<f64> = parties.clone().map(|p| problem.utility(p, package)).collect();
        let accepted: Vec<bool> = parties.map(|p| accepts(problem, p, package)).collect();
        let set = accepted.iter().enumerate().fold(0, |set, (p, yes)| set | u64::from(*yes) << p);
        let passes = problem.rule.passes(set, problem.parties.len());
        Self { package: package.to_vec(), utilities, accepted, passes }
    }
}

fn accepts(problem: &Problem, place: usize, package: &[usize]) -> bool {
    let party = &problem.parties[place];
    let crossed = package.iter().enumerate().any(|(issue, value)| party.red_lines.contains(&(issue, *value)));
    let size = problem.utilities(place).iter().fold(0.0f64, |size, u| size.max(u.abs()));
    let grid = Grid::for_size(size);
    let level = grid.level(problem.utility(place, package));
    let reaches = party.alternative.map(|a| grid.level(a)).is_none_or(|least| match problem.rule.strict {
        true => level > least,
        false => level >= least,
    });
    reaches && !crossed
}
