//! What happened, as the role may know it.

use crate::domain::Model;
use crate::drivers::Step;
use crate::drivers::decider::Decider;
use crate::report::chronicle::{Detail, NOTHING, seen};
use crate::session::Sight;

/// What happened in `steps` from a place on; those before it tell where things stood. Of the round under way only what is of
/// note, and without its heading, which stands over the question.
pub fn news(model: &Model, role: Decider, steps: &[Step], from: usize, now: u8, styled: bool) -> String {
    let sight = Sight::of(&model.world, role);
    let current = steps.iter().position(|s| s.round == now).unwrap_or(steps.len()).max(from);
    let before = seen(model, sight, &steps[..current], from, Detail::Normal, styled);
    let here = seen(model, sight, steps, current, Detail::Normal, styled);
    let told: Vec<&str> = here.lines().skip(2).collect();
    match told.as_slice() {
        [] => before,
        [only] if only.contains(NOTHING) => before,
        told if before.is_empty() => format!("{}\n", told.join("\n")),
        told => format!("{before}\n{}\n", told.join("\n")),
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
