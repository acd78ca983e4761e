//! What happened, as the role may know it.

use std::ops::Range;

use crate::domain::Model;
use crate::drivers::Step;
use crate::drivers::decider::Decider;
use crate::report::chronicle::{Detail, NOTHING, list, seen};
use crate::session::{Sight, Table};

/// What happened in `steps` from a place on; those before it tell where things stood. Of the round under way only what is of
/// note, under a line of its own: its heading stands over the question.
pub fn news(model: &Model, role: Decider, steps: &[Step], from: usize, now: u8, styled: bool) -> String {
    let sight = Sight::of(&model.world, role);
    let current = steps.iter().position(|s| s.round == now).unwrap_or(steps.len()).max(from);
    let before = seen(model, sight, &steps[..current], from, Detail::Normal, styled);
    let here = seen(model, sight, steps, current, Detail::Normal, styled);
    let told: Vec<&str> = here.lines().skip(2).collect();
    match told.as_slice() {
        [] => before,
        [only] if only.contains(NOTHING) => before,
        told => {
            let gap = if before.is_empty() { "" } else { "\n" };
            format!("{before}{gap}So far in round {now}:\n{}\n", told.join("\n"))
        }
    }
}

/// Says in which of the rounds that have passed in these steps nothing was to be decided by the role; nothing where there is none.
pub fn passed(table: &Table, role: Decider, steps: Range<usize>) -> String {
    let told = &table.steps()[steps];
    let under_way = if table.over() { 0 } else { table.round() };
    let decided = |round: u8| table.moments().iter().any(|m| m.question.who == role && m.round() == round);
    let mut rounds: Vec<u8> = told.iter().map(|s| s.round).collect();
    rounds.dedup();
    rounds.retain(|r| *r != under_way && !decided(*r));
    let word = if rounds.len() == 1 { "round" } else { "rounds" };
    let told: Vec<String> = rounds.iter().map(u8::to_string).collect();
    if told.is_empty() {
        String::new()
    } else {
        format!("\nIn {word} {} nothing was yours to decide.\n", list(&told))
    }
}

/// What happened from the start of a round on.
pub fn history(model: &Model, role: Decider, steps: &[Step], from: u8, styled: bool) -> String {
    let start = steps.iter().position(|s| s.round >= from).unwrap_or(steps.len());
    match seen(model, Sight::of(&model.world, role), steps, start, Detail::Normal, styled) {
        empty if empty.is_empty() => "Nothing has happened yet.\n".into(),
        text => text,
    }
}
