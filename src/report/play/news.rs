//! What happened, as the role may know it.

use crate::domain::Model;
use crate::drivers::Step;
use crate::drivers::decider::Decider;
use crate::report::chronicle::{Detail, seen};
use crate::session::Sight;

/// What happened in `steps` from a place on; those before it tell where things stood.
pub fn news(model: &Model, role: Decider, steps: &[Step], from: usize, styled: bool) -> String {
    seen(model, Sight::of(&model.world, role), steps, from, Detail::Normal, styled)
}

/// What happened from the start of a round on.
pub fn history(model: &Model, role: Decider, steps: &[Step], from: u8, styled: bool) -> String {
    let start = steps.iter().position(|s| s.round >= from).unwrap_or(steps.len());
    match news(model, role, steps, start, styled) {
        empty if empty.is_empty() => "Nothing has happened yet.\n".into(),
        text => text,
    }
}
