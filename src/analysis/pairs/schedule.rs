//! How the turns and the cells of two scenarios answer to each other.

use crate::domain::layout::Cell;
use crate::domain::{Model, Quantity as Q, SeatId, Turn, World};

use super::counterpart::Worlds;

/// A turn of a pair's round: its place among the turns of the scenario as it stands, of the changed one, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The place among the baseline's turns.
    pub baseline: Option<usize>,
    /// The place among the variant's turns.
    pub variant: Option<usize>,
}

/// What makes a turn the same in both: its kind, whose it is, and at which table or as which move.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key<'w> {
    kind: &'static str,
    agent: &'w str,
    track: Option<&'w str>,
    step: u8,
}

fn key(world: &World, turn: Turn) -> Key<'_> {
    let at = |s: SeatId| world.track(world.seat(s).track).name.id.as_str();
    let (track, step) = match turn {
        Turn::Convene(s) | Turn::Instruct(s) => (Some(at(s)), 0),
        Turn::Offer(_, step) => (None, step),
        _ => (None, 0),
    };
    Key { kind: turn.name(), agent: turn.agent(world), track, step }
}

fn keys(model: &Model) -> Vec<Key<'_>> {
    model.turns.iter().map(|turn| key(&model.world, *turn)).collect()
}

/// The round of both: turns that they share in the order of the variant, and between them those of one alone. A turn
/// that the change moved stands where the variant has it.
pub(super) fn schedule(baseline: &Model, variant: &Model) -> Vec<Place> {
    let (a, b) = (keys(baseline), keys(variant));
    let longest = common(&a, &b);
    let (mut i, mut j) = (0, 0);
    let mut places = Vec::new();
    while i < a.len() || j < b.len() {
        let shared = i < a.len() && j < b.len() && a[i] == b[j];
        let first = i < a.len() && (j == b.len() || longest[i + 1][j] >= longest[i][j + 1]);
        places.push(Place {
            baseline: (shared || first).then_some(i),
            variant: (shared || !first).then_some(j),
        });
        i += usize::from(shared || first);
        j += usize::from(shared || !first);
    }
    let moved = |j: usize| a.iter().position(|k| *k == b[j]);
    for place in &mut places {
        place.baseline = place.baseline.or_else(|| place.variant.and_then(moved));
    }
    places.retain(|p| p.variant.is_some() || p.baseline.is_some_and(|i| !b.contains(&a[i])));
    places
}

/// The length of the longest common subsequence of what is left of `a` from i and of `b` from j.
fn common(a: &[Key<'_>], b: &[Key<'_>]) -> Vec<Vec<u16>> {
    let mut longest = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = match a[i] == b[j] {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    longest
}

/// For every cell of the baseline the variant's cell of the same quantity.
pub(super) fn cells(baseline: &Model, variant: &Model) -> Vec<Option<Cell>> {
    let worlds = Worlds { from: &baseline.world, to: &variant.world };
    let place = |q: Q| variant.cells.iter().position(|c| c.quantity == q);
    baseline.cells.iter().map(|c| place(worlds.quantity(c.quantity)?)).collect()
}
