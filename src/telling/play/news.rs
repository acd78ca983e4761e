//! What happened, as the role may know it.

use std::ops::Range;

use crate::domain::Model;
use crate::drivers::Step;
use crate::drivers::decider::Decider;
use crate::session::{Sight, Table};
use crate::telling::chronicle::{Detail, NOTHING, list, seen};
use crate::text::paper::Paper;

/// What happened in these steps of the talks; those before them tell where things stood. After the rounds that have passed it says in
/// which of them nothing was to be decided by the role; of the round under way only what is of note is told, under a line of its own:
/// its heading stands over the question.
pub fn news(table: &Table, role: Decider, steps: Range<usize>, paper: impl Into<Paper>) -> String {
    let paper = paper.into();
    let (model, all) = (table.model(), &table.steps()[..steps.end]);
    let now = if table.over() { 0 } else { table.round() };
    let sight = Sight::of(&model.world, role);
    let current = all.iter().position(|s| s.round == now).unwrap_or(all.len()).max(steps.start);
    let mut text = seen(model, sight, &all[..current], steps.start, Detail::Normal, paper);
    text.push_str(&passed(table, role, &all[steps.start..current], now));
    let here = seen(model, sight, all, current, Detail::Normal, paper);
    let told: Vec<&str> = here.lines().skip(2).collect();
    match told.as_slice() {
        [] => {}
        [only] if only.contains(NOTHING) => {}
        told => {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}So far in round {now}:\n{}\n", told.join("\n")));
        }
    }
    text
}

/// Says in which of the rounds of these steps nothing was to be decided by the role; nothing where there is none.
fn passed(table: &Table, role: Decider, steps: &[Step], now: u8) -> String {
    let decided = |round: u8| table.moments().iter().any(|m| m.question.who == role && m.round() == round);
    let mut rounds: Vec<u8> = steps.iter().map(|s| s.round).collect();
    rounds.dedup();
    rounds.retain(|r| *r != now && !decided(*r));
    let word = if rounds.len() == 1 { "round" } else { "rounds" };
    let told: Vec<String> = rounds.iter().map(u8::to_string).collect();
    if told.is_empty() {
        String::new()
    } else {
        format!("\nIn {word} {} nothing was yours to decide.\n", list(&told))
    }
}

/// What happened from the start of a round on.
pub fn history(model: &Model, role: Decider, steps: &[Step], from: u8, paper: impl Into<Paper>) -> String {
    let start = steps.iter().position(|s| s.round >= from).unwrap_or(steps.len());
    match seen(model, Sight::of(&model.world, role), steps, start, Detail::Normal, paper) {
        empty if empty.is_empty() => "Nothing has happened yet.\n".into(),
        text => text,
    }
}
