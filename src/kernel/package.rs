//! Whole packages: the standing one, and those that a seat can offer (docs/model.md, "alternating offers").

use crate::domain::{
    Halves, ItemId, ItemState, Model, Offering, OptionId, PORTION, Packages, PartyId, Portion, Quantity,
    Score, SeatId, TacticKind, TrackId, portion_of, settled,
};

use super::state::State;
use super::worth::{self, credit, settled_option};

/// Whether an item waits to be settled.
pub fn open(model: &Model, state: &State, item: ItemId) -> bool {
    matches!(
        ItemState::of(state.get(model, Quantity::ItemState(item))),
        ItemState::Tabled | ItemState::Contested
    )
}

/// Whether a track's items are all settled or open, and some are open: then a package can be put together.
pub fn on_the_table(model: &Model, state: &State, track: TrackId) -> bool {
    let items = &model.world.track(track).items;
    let fixed = |i: &ItemId| settled(ItemState::of(state.get(model, Quantity::ItemState(*i))));
    items.iter().all(|i| fixed(i) || open(model, state, *i)) && items.iter().any(|i| open(model, state, *i))
}

/// The option of the standing offer or of the mediator's text on an item.
#[inline]
pub fn draft(model: &Model, state: &State, item: ItemId) -> Option<OptionId> {
    match state.get(model, Quantity::Draft(item)) {
        0 => None,
        option => Some(OptionId(option - 1)),
    }
}

/// A seat's packages as things stand: those that keep what is settled.
pub struct Choice<'a> {
    model: &'a Model,
    packages: &'a Packages,
    seat: SeatId,
    party: PartyId,
    /// The seat's place on its track.
    at: usize,
}

impl<'a> Choice<'a> {
    /// The choice of the `at`-th seat of a track; `None` where the track does not deal in packages.
    pub fn of(model: &'a Model, track: TrackId, at: usize) -> Option<Self> {
        let packages = model.packages[track.at()].as_ref()?;
        let seat = model.world.track(track).seats[at];
        Some(Self { model, packages, seat, party: model.world.seat(seat).party, at })
    }

    /// The track's packages.
    pub fn packages(&self) -> &'a Packages {
        self.packages
    }

    /// Whether a package may have this option: it crosses no red line and changes nothing that is settled.
    fn may_have(&self, state: &State, item: ItemId, option: OptionId) -> bool {
        !worth::refuses(self.model, state, self.party, item, option)
            && settled_option(self.model, state, item).is_none_or(|fixed| fixed == option)
    }

    #[inline]
    fn points(&self, package: u32) -> Score {
        self.packages.points(&self.model.worth, self.at, package)
    }

    /// The seat's credit for a package.
    pub fn worth(&self, state: &State, package: u32) -> Score {
        if !self.packages.exposed(self.at) {
            return self.points(package);
        }
        let items = self.packages.items().iter().enumerate();
        items.map(|(k, i)| credit(self.model, state, self.party, *i, self.packages.option(package, k))).sum()
    }

    /// The package worth most to the seat; ties go to the one listed first.
    pub fn best(&self, state: &State) -> Option<u32> {
        let mut number = 0;
        for (k, item) in self.packages.items().iter().copied().enumerate() {
            let options = self.model.world.item(item).option_ids().filter(|o| self.may_have(state, item, *o));
            let best = options.min_by_key(|o| -credit(self.model, state, self.party, item, *o))?;
            number += self.packages.part(k, best);
        }
        Some(number)
    }

    /// The package that the seat offers when it needs so much: none where none is worth it.
    pub fn offer(&self, state: &mut State, needs: Score, offering: Offering) -> Option<u32> {
        let model = self.model;
        let least = needs + Score::from(model.world.dynamics.strict);
        let items = self.packages.items();
        let answers = items.iter().any(|i| draft(model, state, *i).is_some());
        if offering == Offering::Closest && answers {
            return self.ask(state, |state, halves| {
                halves.closest(self.packages.halved(), least, |k| {
                    let standing = draft(model, state, items[k])?;
                    Some((standing, model.worth.best(self.party, items[k])))
                })
            });
        }
        let free = || items.iter().all(|i| settled_option(model, state, *i).is_none());
        if !self.packages.exposed(self.at) && free() {
            return self.packages.halves(self.at).cheapest(least);
        }
        self.ask(state, |_, halves| halves.cheapest(least))
    }

    /// The `n`-th package of the seat's order among those that keep what is settled, counted from 0.
    pub fn nth(&self, state: &mut State, n: usize) -> Option<u32> {
        self.ask(state, |_, halves| halves.nth(n))
    }

    /// Asks the packages that the seat can offer now, by its credit; by its points where it goes down its own order of them.
    fn ask<T>(&self, state: &mut State, question: impl FnOnce(&State, &mut Halves) -> T) -> T {
        let Self { model, packages, party, .. } = *self;
        let by_points = model.world.party(party).tactic.kind == TacticKind::Micro;
        let fill = |state: &State, halves: &mut Halves| {
            halves.fill(packages.halved(), |k, option| {
                let item = packages.items()[k];
                let worth = || match by_points {
                    true => model.worth.points(party, item, option),
                    false => credit(model, state, party, item, option),
                };
                self.may_have(state, item, option).then(worth)
            });
        };
        state.halves(self.seat.at(), fill, question)
    }
}

/// How many different packages a seat has offered, where that is counted.
pub fn offers_made(model: &Model, state: &State, seat: SeatId) -> usize {
    let party = model.world.seat(seat).party;
    let byte = |k| match model.world.party(party).tactic.kind {
        TacticKind::Micro => state.get(model, Quantity::Memory(seat, k)),
        _ => state.get(model, Quantity::Tally(seat, k)),
    };
    usize::from(u16::from_le_bytes([byte(0), byte(1)]))
}

/// What the points of the last package of its own order that a seat has offered are of its best; all of it before the first. Points
/// and not credit: more trust makes no offer of others less acceptable.
pub(super) fn last_offer(model: &Model, state: &mut State, seat: SeatId) -> Portion {
    let made = offers_made(model, state, seat);
    let track = model.world.seat(seat).track;
    let at = model.world.track(track).seats.iter().position(|s| *s == seat).unwrap_or(0);
    let last = made.checked_sub(1).and_then(|n| {
        let choice = Choice::of(model, track, at)?;
        Some(choice.points(choice.nth(state, n)?))
    });
    let total = i64::from(model.worth.seats[seat.at()].total);
    last.map_or(100 * PORTION, |worth| portion_of(i64::from(worth), total))
}
