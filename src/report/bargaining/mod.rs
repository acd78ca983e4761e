//! What the analysis of a bargaining problem shows, as text and as JSON.

mod json;
mod text;

pub use json::{FORMAT, json};
pub use text::text;

use crate::analysis::bargaining::{Analysis, Lotteries, Problem, lotteries};
use crate::exchange::{Finding, Format};

/// A problem with its analysis.
#[derive(Clone, Debug)]
pub struct Board {
    /// What it is about: the domain, or a track of a scenario.
    pub title: String,
    /// What is on the board.
    pub problem: Problem,
    /// What follows.
    pub analysis: Analysis,
}

/// An analysis to be reported on.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The title of the domain or scenario.
    pub title: &'a str,
    /// The foreign format; `None`: a scenario as it stands at the start.
    pub format: Option<Format>,
    /// What is odd in the files.
    pub findings: &'a [Finding],
    /// The domain, or the tracks of a scenario.
    pub boards: &'a [Board],
}

impl Board {
    /// The names of a package's values.
    fn package(&self, index: u32) -> Vec<&str> {
        let values = self.analysis.space.package(index as usize);
        self.problem.issues.iter().zip(values).map(|(issue, v)| issue.values[v].as_str()).collect()
    }

    /// The solutions with lotteries, for two parties.
    fn lotteries(&self) -> Option<Lotteries> {
        let [a, b] = &self.analysis.ranges[..] else { return None };
        let points: Vec<[f64; 2]> = self.analysis.frontier_utilities.iter().map(|u| [u[0], u[1]]).collect();
        lotteries(&points, [a.disagreement, b.disagreement])
    }

    /// Whether somebody has red lines.
    fn red_lines(&self) -> bool {
        self.problem.parties.iter().any(|p| !p.red_lines.is_empty())
    }
}

/// A share of packages in percent: “none” and “all” only where it is true.
fn percent(part: u64, whole: u64) -> String {
    let percent = part as f64 * 100.0 / whole.max(1) as f64;
    match percent {
        _ if part == 0 => "none".into(),
        _ if part == whole => "all".into(),
        p if p < 0.1 => "<0.1%".into(),
        p if p < 1.0 => format!("{p:.1}%"),
        p if p > 99.0 => ">99%".into(),
        p => format!("{p:.0}%"),
    }
}
