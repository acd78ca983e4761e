//! Whole packages: what one is worth to a seat, and which one a seat would offer (docs/model.md, "alternating offers").

use crate::domain::{
    ItemId, ItemState, Model, Offering, OptionId, POINT, Packages, PartyId, Quantity, Score, SeatId,
    TacticKind, TrackId, settled,
};

use super::chronicle::Assessment;
use super::state::State;
use super::worth::{self, credit, need, settled_option, standing, target};

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

/// How a seat sees a package: what it needs of the whole agenda, and its credit for these options.
pub fn assess(
    model: &Model,
    state: &mut State,
    seat: SeatId,
    needs: Score,
    option: impl Fn(&State, usize, ItemId) -> Option<OptionId>,
) -> Assessment {
    let party = model.world.seat(seat).party;
    let of = model.worth.seats[seat.at()].total;
    let (mut sees, mut red_line) = (0, false);
    for (k, item) in model.world.track(model.world.seat(seat).track).items.iter().enumerate() {
        if let Some(option) = option(state, k, *item) {
            sees += credit(model, state, party, *item, option);
            red_line |= model.worth.refuses(party, *item, option);
        }
    }
    Assessment { seat, needs, sees, of, red_line, present: true }
}

/// How a seat sees the standing offer or the mediator's text.
pub fn assess_draft(model: &Model, state: &mut State, seat: SeatId) -> Assessment {
    let needs = needs(model, state, seat);
    assess(model, state, seat, needs, |state, _, item| draft(model, state, item))
}

/// What a seat needs of a package of the whole agenda today.
pub fn needs(model: &Model, state: &mut State, seat: SeatId) -> Score {
    need(target(model, state, seat), model.worth.seats[seat.at()].total)
}

/// What no agreement is worth to a seat, as a package of the whole agenda.
pub fn floor(model: &Model, state: &mut State, seat: SeatId) -> Score {
    let alternative = standing(model, state, seat).alternative;
    need(alternative * POINT, model.worth.seats[seat.at()].total)
}

/// A seat's packages as things stand: those that keep what is settled.
pub struct Choice<'a> {
    model: &'a Model,
    packages: &'a Packages,
    party: PartyId,
    /// The seat's place on its track.
    at: usize,
    /// Whether nothing is settled, so that every package keeps it.
    free: bool,
}

impl<'a> Choice<'a> {
    /// The choice of the `at`-th seat of a track; `None` where the track does not deal in packages.
    pub fn of(model: &'a Model, state: &State, track: TrackId, at: usize) -> Option<Self> {
        let packages = model.packages[track.at()].as_ref()?;
        let party = model.world.seat(model.world.track(track).seats[at]).party;
        let free = packages.items().iter().all(|i| settled_option(model, state, *i).is_none());
        Some(Self { model, packages, party, at, free })
    }

    /// The track's packages.
    pub fn packages(&self) -> &'a Packages {
        self.packages
    }

    fn keeps(&self, state: &State, package: u32) -> bool {
        self.free
            || self.packages.items().iter().enumerate().all(|(k, item)| {
                let fixed = settled_option(self.model, state, *item);
                fixed.is_none_or(|o| o == self.packages.option(package, k))
            })
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
        let mut order = self.packages.order(self.at).iter().copied().filter(|p| self.keeps(state, *p));
        if !self.packages.exposed(self.at) {
            return order.next();
        }
        order.min_by_key(|p| (-self.worth(state, *p), *p))
    }

    /// The package that the seat offers when it needs so much: none where none is worth it.
    pub fn offer(&self, state: &State, needs: Score, offering: Offering) -> Option<u32> {
        let least = needs + Score::from(self.model.world.dynamics.strict);
        // Credit is never more than points: what is worth enough stands above this place.
        let end = self.packages.ranked_points(self.at).partition_point(|points| *points >= least);
        let exposed = self.packages.exposed(self.at);
        let answers = || self.packages.items().iter().any(|i| draft(self.model, state, *i).is_some());
        match offering {
            Offering::Closest if answers() => Search::run(self, state, least),
            _ if !exposed => self.least(state, end),
            _ => {
                let enough = self.packages.order(self.at)[..end].iter().copied();
                let kept = enough.filter(|p| self.keeps(state, *p));
                let valued = kept.map(|p| (self.worth(state, p), p)).filter(|(worth, _)| *worth >= least);
                valued.min().map(|(_, p)| p)
            }
        }
    }

    /// The package with the fewest points in the first `end` of the order; ties go to the one listed first.
    fn least(&self, state: &State, mut end: usize) -> Option<u32> {
        let (order, ranked) = (self.packages.order(self.at), self.packages.ranked_points(self.at));
        while end > 0 {
            let start = ranked[..end].partition_point(|points| *points > ranked[end - 1]);
            if let Some(found) = order[start..end].iter().find(|p| self.keeps(state, **p)) {
                return Some(*found);
            }
            end = start;
        }
        None
    }

    /// The `n`-th package of the seat's order among those that keep what is settled, counted from 0.
    pub fn nth(&self, state: &State, n: usize) -> Option<u32> {
        let order = self.packages.order(self.at);
        if self.free {
            return order.get(n).copied();
        }
        order.iter().copied().filter(|p| self.keeps(state, *p)).nth(n)
    }
}

/// Looks for the package most like the standing offer among those worth enough: the largest sum of the seat's best points over the
/// items on which both agree, then the least worth, then the one listed first. Item by item, and no further where what is left
/// can make up neither for the worth nor for the likeness.
struct Search<'a, 'b> {
    choice: &'b Choice<'a>,
    state: &'b State,
    least: Score,
    /// Likeness turned round, worth, number: the smallest is the answer.
    found: Option<(Score, Score, u32)>,
}

/// A package put together as far as some item.
#[derive(Clone, Copy)]
struct Part {
    likeness: Score,
    worth: Score,
    number: u32,
}

impl Search<'_, '_> {
    fn run(choice: &Choice, state: &State, least: Score) -> Option<u32> {
        let mut search = Search { choice, state, least, found: None };
        search.visit(0, Part { likeness: 0, worth: 0, number: 0 });
        search.found.map(|(.., number)| number)
    }

    fn visit(&mut self, k: usize, part: Part) {
        let Choice { model, packages, party, .. } = *self.choice;
        if self.hopeless(k, part) {
            return;
        }
        let Some(item) = packages.items().get(k).copied() else {
            let key = (-part.likeness, part.worth, part.number);
            self.found = Some(self.found.map_or(key, |found| found.min(key)));
            return;
        };
        let standing = draft(model, self.state, item);
        let fixed = settled_option(model, self.state, item);
        let mut add = |option: OptionId| {
            if model.worth.refuses(party, item, option) || fixed.is_some_and(|o| o != option) {
                return;
            }
            let alike = if standing == Some(option) { model.worth.best(party, item) } else { 0 };
            let worth = part.worth + credit(model, self.state, party, item, option);
            let number = part.number + packages.part(k, option);
            self.visit(k + 1, Part { likeness: part.likeness + alike, worth, number });
        };
        // What agrees comes first, so that the rest is soon hopeless.
        standing.into_iter().for_each(&mut add);
        model.world.item(item).option_ids().filter(|o| Some(*o) != standing).for_each(add);
    }

    /// Whether nothing that begins so can be worth enough, or come before what has been found.
    fn hopeless(&self, k: usize, part: Part) -> bool {
        let Choice { packages, at, .. } = *self.choice;
        let (least, most) = packages.rest(at, k);
        if part.worth + most < self.least {
            return true;
        }
        let Some((unlike, worth, _)) = self.found else { return false };
        let likeness = part.likeness + most;
        // Where promises count, what is left may be worth less than its points.
        let cheapest = if packages.exposed(at) { Score::MIN } else { part.worth + least };
        likeness < -unlike || likeness == -unlike && cheapest > worth
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

/// The points of the last package of its own order that a seat has offered, in scores of 100; 100 before the first. Points
/// and not credit: more trust makes no offer of others less acceptable.
pub(super) fn last_offer(model: &Model, state: &State, seat: SeatId) -> Score {
    let made = offers_made(model, state, seat);
    let track = model.world.seat(seat).track;
    let at = model.world.track(track).seats.iter().position(|s| *s == seat).unwrap_or(0);
    let last = made.checked_sub(1).and_then(|n| {
        let choice = Choice::of(model, state, track, at)?;
        Some(choice.points(choice.nth(state, n)?))
    });
    let total = i64::from(model.worth.seats[seat.at()].total.max(1));
    last.map_or(100 * POINT, |worth| (i64::from(worth) * i64::from(100 * POINT) / total) as Score)
}

/// What the standing offer gives a seat, in points of 100 of its best.
pub fn offered(model: &Model, state: &mut State, seat: SeatId) -> u8 {
    let of = model.worth.seats[seat.at()].total.max(1);
    let sees = assess_draft(model, state, seat).sees.max(0);
    (i64::from(sees) * 100 / i64::from(of)).clamp(0, 100) as u8
}

/// How far the mediator's text, with one item's option changed, falls short of what a seat needs; `None` beyond its red line.
pub fn shortfall_with(
    model: &Model,
    state: &mut State,
    seat: SeatId,
    change: Option<(ItemId, OptionId)>,
) -> Option<Score> {
    let needs = needs(model, state, seat);
    let a = assess(model, state, seat, needs, |state, _, item| match change {
        Some((changed, option)) if changed == item => Some(option),
        _ => draft(model, state, item),
    });
    let crossed = change.is_some_and(|(i, o)| model.worth.refuses(model.world.seat(seat).party, i, o));
    (!crossed).then_some((a.needs - a.sees).max(0))
}

/// Whether a seat sees enough in a package.
pub fn acceptable(model: &Model, a: &Assessment) -> bool {
    !a.red_line && worth::enough(model, a.sees, a.needs)
}
