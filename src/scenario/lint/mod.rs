//! Doubts: what is legal but probably wrong.

mod agents;
pub(super) mod calendar;
mod exercise;
mod hidden;
mod plot;
mod promises;

use super::code::Code;
use super::ids::Ids;
use super::lower::Lowered;
use super::report::Report;
use super::tree::Table;
use crate::domain::{Condition, Possibilities};

/// Reports what is legal but probably wrong.
pub(super) fn lint(root: &Table, ids: &Ids, lowered: &Lowered, report: &mut Report) {
    agents::lint(root, ids, lowered, report);
    plot::lint(root, ids, lowered, report);
    promises::lint(root, ids, lowered, report);
    exercise::lint(root, lowered, report);
    hidden::lint(root, report);
    conditions(lowered, report);
}

/// Conditions that can never hold, and those that cannot fail to.
fn conditions(lowered: &Lowered, report: &mut Report) {
    for written in &lowered.conditions {
        // Whoever writes `true` or `false` means it.
        if matches!(written.condition, Condition::Constant(_)) {
            continue;
        }
        let mut possibilities = Possibilities::of(&lowered.world);
        if !possibilities.can(&written.condition, true) {
            report
                .warning(Code::NeverHolds, written.place, "this condition can never hold")
                .label(format!("`{}` never comes true", written.key))
                .help("look for a number out of reach, or parts that exclude each other");
        } else if !possibilities.can(&written.condition, false) {
            report
                .warning(Code::AlwaysHolds, written.place, "this condition always holds")
                .label(format!("`{}` is never false", written.key))
                .help("leave the key out, or ask for something that can be false");
        }
    }
}
