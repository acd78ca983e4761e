//! The course of the levels that nobody at the table could see, in words.

use crate::analysis::debrief::LevelCourse;
use crate::telling::chronicle::{capital, level, list, subject};

use super::Report;

/// What the levels are.
pub(crate) const LEVELS: &str =
    "Levels of which no seat of people knew, from the start to where this branch stands.";

/// A level that changed: what it is, where it began and ended, and when it changed.
pub(crate) fn course(report: &Report, c: &LevelCourse) -> [String; 4] {
    let changes = c.changes.iter().map(|(round, to)| format!("round {round} {}", level(*to)));
    let what = capital(&subject(report.model(), c.quantity));
    [what, level(c.start), level(c.end), changes.collect::<Vec<_>>().join(", ")]
}

/// The levels that stayed as they were, in a sentence.
pub(crate) fn unchanged(report: &Report) -> Option<String> {
    let still = report.debrief.levels.iter().filter(|c| c.changes.is_empty());
    let told: Vec<String> =
        still.map(|c| format!("{} ({})", subject(report.model(), c.quantity), level(c.start))).collect();
    (!told.is_empty()).then(|| format!("As at the start all along: {}.", list(&told)))
}
