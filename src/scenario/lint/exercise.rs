//! Doubts about the exercise: questions asked too late, and a timetable of another length than it says.

use super::super::code::Code;
use super::super::lower::Lowered;
use super::super::report::Report;
use super::super::tree::{Node, Table, Value};

/// Reports the doubts.
pub(super) fn lint(root: &Table, lowered: &Lowered, report: &mut Report) {
    let Some(exercise) = root.table("exercise") else { return };
    for (_, prediction) in exercise.tables("predict") {
        late(prediction, lowered.world.rounds, report);
    }
    timing(exercise, lowered, report);
}

fn round(node: &Node) -> Option<i64> {
    match node.value {
        Value::Int(round) => Some(round),
        _ => None,
    }
}

/// Rounds of a prediction that lie beyond the last one, or beyond the round that settles it.
fn late(prediction: &Table, rounds: u8, report: &mut Report) {
    let rounds = i64::from(rounds);
    let by = prediction.get("by").and_then(|node| Some((round(node)?, node.place)));
    if let Some((by, place)) = by.filter(|(by, _)| *by > rounds) {
        report
            .warning(Code::LateQuestion, place, format!("there is no round {by}"))
            .label(format!("the last round is {rounds}"))
            .help("choose an earlier round, or leave `by` out: then the end of the talks counts");
    }
    let last = by.map_or(rounds, |(by, _)| by.min(rounds));
    let asked = prediction.get("at").and_then(Node::as_list).unwrap_or(&[]);
    for (at, node) in asked.iter().filter_map(|node| Some((round(node)?, node))).filter(|(at, _)| *at > last)
    {
        report
            .warning(
                Code::LateQuestion,
                node.place,
                format!("before round {at} there is nothing left to predict"),
            )
            .label(if last == rounds {
                format!("the last round is {rounds}")
            } else {
                format!("settled by round {last}")
            })
            .help("leave this round out");
    }
}

fn timing(table: &Table, lowered: &Lowered, report: &mut Report) {
    let Some(exercise) = &lowered.world.exercise else { return };
    let (Some(node), timed) = (table.get("minutes"), exercise.timed()) else { return };
    let Some(minutes) = round(node).filter(|_| !exercise.timing.is_empty()) else { return };
    if minutes != i64::from(timed) {
        report
            .warning(
                Code::TimingSum,
                node.place,
                format!("the timetable takes {timed} minutes, not {minutes}"),
            )
            .label("another length")
            .help(format!("write {timed}, or change `timing`"));
    }
}
