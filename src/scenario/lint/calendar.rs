//! Changes of the calendar that leave deadlines where they are.

use super::super::change::Edit;
use super::super::code::Code;
use super::super::report::Report;
use super::super::tree::{Table, Value};

/// What lengthens or cuts the rounds.
const LENGTHS: [&str; 3] = ["scenario.rounds", "scenario.round_days", "scenario.sessions"];

/// Warns of changes that move the calendar while a deadline that the file writes as a round stays that round.
pub(in crate::scenario) fn deadlines_stay(file: &Table, edits: &[Edit], report: &mut Report) {
    let Some(edit) = edits.iter().find(|e| LENGTHS.contains(&e.path.as_str())) else { return };
    let staying = file.tables("track").find(|(track, table)| {
        let path = format!("track.{}.deadline", track.key);
        matches!(table.get("deadline").map(|n| &n.value), Some(Value::Int(_)))
            && edits.iter().all(|e| e.path != path)
    });
    let Some((track, table)) = staying else { return };
    let deadline = table.entry("deadline").map(|e| report.span(e.key_place));
    let warning = report
        .warning(Code::DeadlineStays, edit.place(), "the calendar changes, and a deadline does not")
        .label("more rounds in the same time are more work, fewer days a round less war between sessions")
        .help(format!(
            "change `track.{}.deadline` along with it, or write the deadline as a date",
            track.key
        ));
    if let Some(deadline) = deadline {
        warning.also(deadline, "this stays the same round");
    }
}
