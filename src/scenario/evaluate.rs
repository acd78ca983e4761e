//! From a tree to a world: checks, lowers, lints.

use crate::domain::World;

use super::code::Code;
use super::ids::Ids;
use super::lower::{self, Lowered};
use super::report::Report;
use super::tree::Table;
use super::{check, lint};

/// Checks and lowers a tree; `file` is the world of its file, where the tree is one with changes. Nothing is lowered where there is
/// too much of something.
pub(super) fn evaluate(tree: &Table, file: Option<&World>, report: &mut Report) -> Option<Lowered> {
    let ids = Ids::of(tree);
    check::check(tree, &ids, report);
    if report.diagnostics().iter().any(|d| d.code == Code::TooMany) {
        return None;
    }
    Some(lower::lower(tree, &ids, file, report))
}

/// Lints a file without errors.
pub(super) fn warn(tree: &Table, lowered: Option<&Lowered>, report: &mut Report) {
    if let Some(lowered) = lowered.filter(|_| report.errors() == 0) {
        lint::lint(tree, &Ids::of(tree), lowered, report);
    }
}
