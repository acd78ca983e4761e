//! The course of the levels that nobody at the seats of people could see.

use serde::Serialize;

use crate::domain::{Model, Quantity};
use crate::drivers::Transcript;
use crate::drivers::decider::Decider;
use crate::session::Sight;

/// A level that was hidden, from the start to where the branch stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// What it is.
    #[serde(skip)]
    pub quantity: Quantity,
    /// Its path.
    pub path: String,
    /// Its value at the start, 0..=4.
    pub start: u8,
    /// What it became at the end of each round that changed it.
    pub changes: Vec<(u8, u8)>,
    /// Its value at the end.
    pub end: u8,
}

/// The levels that none of the roles knew, in the order of the state.
pub fn levels(model: &Model, roles: &[Decider], transcript: &Transcript) -> Vec<Course> {
    let unseen = |q: Quantity| !roles.iter().any(|r| Sight::of(&model.world, *r).knows(q));
    let cells = model.cells.iter().enumerate();
    let hidden = cells.filter(|(_, c)| level(c.quantity) && unseen(c.quantity));
    hidden.map(|(cell, c)| course(model, transcript, (cell, c.quantity))).collect()
}

/// Whether a quantity is a level of those that can be hidden.
fn level(quantity: Quantity) -> bool {
    use Quantity as Q;
    match quantity {
        Q::Trust(p, q) => p != q,
        Q::Weariness(_)
        | Q::Optimism(_)
        | Q::Pressure(_)
        | Q::Audience(_)
        | Q::Leverage(_)
        | Q::Support(_)
        | Q::BackerPressure(_)
        | Q::Exposure(_)
        | Q::Tolerance(_) => true,
        _ => false,
    }
}

fn course(model: &Model, transcript: &Transcript, (cell, quantity): (usize, Quantity)) -> Course {
    let start = model.initial[cell];
    let (mut changes, mut value): (Vec<(u8, u8)>, u8) = (Vec::new(), start);
    for rounds in transcript.steps.chunk_by(|a, b| a.round == b.round) {
        let mut last = value;
        let here = rounds.iter().flat_map(|s| &s.changes).filter(|c| c.0 == cell);
        here.for_each(|c| last = c.2);
        if last != value {
            changes.push((rounds[0].round, last));
            value = last;
        }
    }
    Course { quantity, path: model.world.path(quantity), start, changes, end: value }
}
