//! What the parties of a track see before them, and what a state remembers of it.

use crate::domain::{ItemId, Model, OptionId, Portion, Score, TrackId};

/// What the parties of a track see before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// The seats that would gain by the best feasible package, as a bit set over the track's list.
    pub gaining: u32,
    /// Whether those are enough for the track's rule.
    pub ripe: bool,
}

/// An outlook with all that it depends on beside credits, and the room to work it out again.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo {
    /// What was worked out last.
    pub outlook: Outlook,
    /// The seats that counted then, as a bit set over the track's list.
    pub members: u32,
    /// What each of its seats expected of no agreement.
    pub expected: Vec<Portion>,
    /// Where the next search has its lists.
    pub room: Room,
}

impl Memo {
    /// With room for all that a track can need.
    pub(super) fn of(model: &Model, track: TrackId) -> Self {
        let track = model.world.track(track);
        let ways = track.items.iter().map(|i| model.world.item(*i).options.len()).sum();
        let items = track.items.len();
        let room = Room {
            ways: Vec::with_capacity(ways),
            credits: Vec::with_capacity(ways * track.seats.len()),
            first: Vec::with_capacity(items + 1),
            begin: Vec::with_capacity(items),
            chosen: Vec::with_capacity(items),
            most: Vec::with_capacity(items * track.seats.len()),
            rises: Vec::with_capacity(items * track.seats.len()),
        };
        Self { expected: Vec::with_capacity(track.seats.len()), room, ..Self::default() }
    }
}

/// The ways to settle each item, and what they are worth.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    /// Item by item: the options that are nobody's red line, or the settled one.
    pub ways: Vec<(ItemId, OptionId)>,
    /// By way and member: its credit.
    pub credits: Vec<Score>,
    /// The first way of each item that has any, and one past the last.
    pub first: Vec<u16>,
    /// The way of each of them with which the search begins.
    pub begin: Vec<u16>,
    /// The way chosen for each of them.
    pub chosen: Vec<u16>,
    /// By item and member: the most credit that any of its ways gives.
    pub most: Vec<Score>,
    /// By item and member: how much that is beyond the way chosen now.
    pub rises: Vec<Score>,
}

impl Room {
    /// No ways yet.
    pub fn clear(&mut self) {
        self.ways.clear();
        self.credits.clear();
        self.first.clear();
        self.begin.clear();
        self.most.clear();
    }

    /// All ways of an item are listed, from this one on, with the credits of so many members: what follows from them.
    pub fn close(&mut self, before: usize, members: usize) {
        let ways = before..self.ways.len();
        let credits = |way: usize| &self.credits[way * members..][..members];
        let sum = |way: &usize| credits(*way).iter().map(|c| i64::from(*c)).sum::<i64>();
        // `rev` makes ties go to the one listed first.
        let Some(first) = ways.clone().rev().max_by_key(sum) else { return };
        self.first.push(before as u16);
        self.begin.push(first as u16);
        let most = |m: usize| ways.clone().map(|way| credits(way)[m]).max().unwrap_or(0);
        self.most.extend((0..members).map(most));
    }
}
