//! What may happen on the way, and how a state is asked whether it has.

use super::counterpart::Worlds;
use crate::domain::layout::Cell;
use crate::domain::{
    EventState, InstrumentId, InstrumentState, ItemState, Model, PartyId, Quantity as Q, SeatState,
    SpoilerState, settled, signed,
};

/// Something that may happen on the way, and that one world of a pair may have without the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    /// An instrument was signed.
    Signed(usize),
    /// An instrument was broken by a party, for good or not: their places.
    Breached(usize, usize),
    /// An instrument was broken for good.
    Broken(usize),
    /// An instrument was suspended.
    Suspended(usize),
    /// An item was settled at the end.
    Settled(usize),
    /// A front changed hands.
    Captured(usize),
    /// A party walked out of a track: the place of its seat in the scenario as it stands.
    WalkedOut(usize),
    /// A backer drew back below its support at the start.
    DrewBack(usize),
    /// An event fired.
    Fired(usize),
    /// A spoiler was co-opted.
    CoOpted(usize),
}

impl Milestone {
    /// Every milestone of a scenario.
    pub fn all(model: &Model) -> Vec<Milestone> {
        let w = &model.world;
        let each = |n: usize, make: fn(usize) -> Milestone| (0..n).map(make);
        let mut all: Vec<_> = each(w.instruments.len(), Milestone::Signed).collect();
        // Before what comes of it: of what explains as much, who did it is told.
        for (k, text) in w.instruments.iter().enumerate() {
            all.extend(text.obliges.iter().map(|p| Milestone::Breached(k, p.at())));
        }
        all.extend(each(w.instruments.len(), Milestone::Broken));
        all.extend(each(w.instruments.len(), Milestone::Suspended));
        all.extend(each(w.items.len(), Milestone::Settled));
        all.extend(each(w.fronts.len(), Milestone::Captured));
        all.extend(each(w.seats.len(), Milestone::WalkedOut));
        all.extend(each(w.backers.len(), Milestone::DrewBack));
        all.extend(each(w.events.len(), Milestone::Fired));
        all.extend(each(w.spoilers.len(), Milestone::CoOpted));
        all
    }

    /// The same of the agent that has its part in another world.
    pub(super) fn counterpart(self, worlds: Worlds) -> Option<Self> {
        match self {
            Milestone::Signed(n) => worlds.instrument(n).map(Self::Signed),
            Milestone::Breached(n, p) => {
                let (text, party) = (worlds.instrument::<InstrumentId>(n)?, worlds.party::<PartyId>(p)?);
                let obliged = worlds.to.instrument(text).obliges.contains(&party);
                obliged.then_some(Self::Breached(text.at(), party.at()))
            }
            Milestone::Broken(n) => worlds.instrument(n).map(Self::Broken),
            Milestone::Suspended(n) => worlds.instrument(n).map(Self::Suspended),
            Milestone::Settled(i) => worlds.item(i).map(Self::Settled),
            Milestone::Captured(f) => worlds.front(f).map(Self::Captured),
            Milestone::WalkedOut(s) => worlds.seat(s.into()).map(|seat| Self::WalkedOut(seat.at())),
            Milestone::DrewBack(b) => worlds.backer(b).map(Self::DrewBack),
            Milestone::Fired(e) => worlds.event(e).map(Self::Fired),
            Milestone::CoOpted(s) => worlds.spoiler(s).map(Self::CoOpted),
        }
    }

    /// The quantity that shows it.
    fn quantity(self) -> Q {
        match self {
            Milestone::Signed(n)
            | Milestone::Breached(n, _)
            | Milestone::Broken(n)
            | Milestone::Suspended(n) => Q::InstrumentState(n.into()),
            Milestone::Settled(i) => Q::ItemState(i.into()),
            Milestone::Captured(f) => Q::Holder(f.into()),
            Milestone::WalkedOut(s) => Q::SeatState(s.into()),
            Milestone::DrewBack(b) => Q::Support(b.into()),
            Milestone::Fired(e) => Q::EventState(e.into()),
            Milestone::CoOpted(s) => Q::SpoilerState(s.into()),
        }
    }

    /// Whether this value of its quantity shows it.
    fn shows(self, model: &Model, value: u8) -> bool {
        match self {
            Milestone::Signed(_) => signed(InstrumentState::of(value)),
            // No state tells by whom: it is noted in the turn (`breach`).
            Milestone::Breached(..) => false,
            Milestone::Broken(_) => value == InstrumentState::Broken as u8,
            Milestone::Suspended(_) => value == InstrumentState::Suspended as u8,
            Milestone::Settled(_) => settled(ItemState::of(value)),
            Milestone::Captured(f) => value != model.world.fronts[f].holder.0,
            Milestone::WalkedOut(_) => value == SeatState::WalkedOut as u8,
            Milestone::DrewBack(b) => value < model.world.backers[b].support as u8,
            Milestone::Fired(_) => value == EventState::Fired as u8,
            Milestone::CoOpted(_) => value == SpoilerState::CoOpted as u8,
        }
    }
}

/// A milestone made ready for one scenario: which cell shows it, by which values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    cell: Cell,
    /// Bit `v` is set where the value `v` shows it.
    values: u64,
    /// Whether it is what stands now, rather than what was ever seen.
    standing: bool,
}

impl Mark {
    /// The mark of a milestone whose agent stands in `model` at its own place.
    pub fn new(milestone: Milestone, model: &Model) -> Self {
        let cell = model.cell(milestone.quantity());
        let largest = model.cells[cell].max.min(63);
        let shown = (0..=largest).filter(|v| milestone.shows(model, *v));
        Self {
            cell,
            values: shown.fold(0, |bits, v| bits | 1 << v),
            standing: matches!(milestone, Milestone::Settled(_)),
        }
    }

    /// Whether it is seen now, given whether it was seen before.
    #[inline]
    pub fn seen(self, cells: &[u8], before: bool) -> bool {
        let now = self.values >> cells[self.cell].min(63) & 1 == 1;
        now || before && !self.standing
    }
}
