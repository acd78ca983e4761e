//! What is worth what to whom: alternatives, credit, what a seat has in hand, and planned targets (docs/model.md, submodel "preferences").

use crate::domain::layout::Cell;
use crate::domain::{
    Aim, Discounts, InstrumentState, ItemId, ItemState, Model, OptionId, PORTION, PartyId, Portion,
    Preferences, Quantity, Reserve, Score, SeatId, SeatState, SeatTables, TrackId, at_least, at_most, sealed,
    settled, signed,
};

use super::state::{Standing, State};
use super::strength;

/// The preferences that a party has now.
#[inline]
pub fn preferences(model: &Model, state: &State, party: PartyId) -> Preferences {
    model.worth.preferences(party, profile(model, state, party))
}

/// What a seat's worth is computed from by the preferences that its party has now.
#[inline]
pub fn table<'a>(model: &'a Model, state: &State, seat: SeatId) -> &'a SeatTables {
    model.worth.seat_of(seat, profile(model, state, model.world.seats[seat.at()].party))
}

/// The number of the profile that a party has now: 0 for its initial preferences.
#[inline]
pub fn profile(model: &Model, state: &State, party: PartyId) -> u8 {
    let changes = model.worth.changing() && model.layout.keeps(Quantity::Profile(party));
    if changes { state.get(model, Quantity::Profile(party)) } else { 0 }
}

/// Whether a party never accepts an option, as its preferences are now.
#[inline]
pub fn refuses(model: &Model, state: &State, party: PartyId, item: ItemId, option: OptionId) -> bool {
    model.worth.refuses(preferences(model, state, party), item, option)
}

/// The alternative to agreement of a seat, in points of the first round, beside which its points are laid: [`undiscounted`], or what is
/// left of it by now where the party discounts no agreement too.
pub fn alternative(model: &Model, state: &State, seat: SeatId) -> f64 {
    let value = f64::from(undiscounted(model, state, seat));
    match (table(model, state, seat).discounts, factor(model, state, seat)) {
        (Discounts::Both, Some(factor)) => tidy(value * factor),
        _ => value,
    }
}

/// What no agreement is worth to a seat before any discount, in points of 100:
/// clamp(alternative + reserve + Σ stake·(held now − held at the start) + strength, weariness and pressure terms, 0, 100); all of them
/// count against the start as the file has it ([`crate::domain::Reference`]).
pub fn undiscounted(model: &Model, state: &State, seat: SeatId) -> i32 {
    let table = table(model, state, seat);
    let party = model.world.seats[seat.at()].party;
    let d = &model.world.dynamics;
    let mut value = table.alternative;
    for (holder, friends, points) in &table.stakes {
        if friends >> state.cell(*holder) & 1 == 1 {
            value += points;
        }
    }
    value += i32::from(d.strength_points) * strength::lead(model, state, seat);
    value -= i32::from(d.weariness_points) * i32::from(state.get(model, Quantity::Weariness(party)));
    value -= i32::from(d.pressure_points) * i32::from(state.get(model, Quantity::Pressure(party)));
    if table.reserve != 0 {
        let drawn = i32::from(state.get(model, Quantity::Reserve(party)));
        value += table.reserve * (drawn - i32::from(Reserve::EXPECTED));
    }
    value.clamp(0, 100)
}

/// What a seat takes no agreement for, in points of 100: [`undiscounted`], and more where its party is optimistic (Blainey 1973). By this
/// it decides; what it has is the other.
pub fn estimate(model: &Model, state: &State, seat: SeatId) -> i32 {
    let value = undiscounted(model, state, seat);
    let party = model.world.seats[seat.at()].party;
    if !model.layout.keeps(Quantity::Optimism(party)) {
        return value;
    }
    let optimism = i32::from(state.get(model, Quantity::Optimism(party)));
    (value + i32::from(model.world.dynamics.optimism_points) * optimism).clamp(0, 100)
}

/// The most that [`alternative_today`] gives: above 100 of 100 no agreement is worth as much.
const MOST_TODAY: Portion = 1000 * PORTION;

/// What a seat takes no agreement for, in points of today: what an agreement of this round must give so as to be worth as much to it.
/// That is the [`estimate`] A where time eats up both alike, else A / d^(days/n), at most 1000. Above 100 no agreement can.
pub fn alternative_today(model: &Model, state: &State, seat: SeatId) -> Portion {
    let alternative = Portion::from(estimate(model, state, seat)) * PORTION;
    if table(model, state, seat).discounts == Discounts::Both {
        return alternative;
    }
    match factor(model, state, seat) {
        None => alternative,
        Some(factor) => {
            (libm::round(alternative as f64 / factor.max(f64::MIN_POSITIVE)) as Portion).min(MOST_TODAY)
        }
    }
}

/// d^(days/n) of a seat that discounts, with the days until the round in which its track's whole agenda was agreed, or today's.
fn factor(model: &Model, state: &State, seat: SeatId) -> Option<f64> {
    let discount = &table(model, state, seat).discount;
    if discount.is_empty() {
        return None;
    }
    let track = model.world.seats[seat.at()].track;
    let round = match state.get(model, Quantity::AgreedIn(track)) {
        0 => state.get(model, Quantity::Round),
        agreed => agreed,
    };
    discount.get(usize::from(round.max(1)) - 1).copied()
}

/// A party's credit for an option: its points less what it expects to lose by broken promises (Walter 1997).
#[inline]
pub fn credit(model: &Model, state: &State, party: PartyId, item: ItemId, option: OptionId) -> Score {
    model.worth.points(preferences(model, state, party), item, option)
        - exposure(model, state, party, item, option)
}

/// What a party expects to lose of an option's points by broken promises.
#[inline]
pub(super) fn exposure(
    model: &Model,
    state: &State,
    party: PartyId,
    item: ItemId,
    option: OptionId,
) -> Score {
    if !model.worth.exposes(item) {
        return 0;
    }
    let rows = model.worth.exposures(party, item, option);
    if rows.is_empty() {
        return 0;
    }
    let guarantee = state.get(model, Quantity::Guarantee(item)) as usize;
    // While a text is suspended, nobody counts on its promises.
    let suspended = |text: &Cell| state.cell(*text) == InstrumentState::Suspended as u8;
    if model.worth.texts(item).iter().any(suspended) {
        return rows.iter().map(|e| e.lost[guarantee]).sum();
    }
    rows.iter().map(|e| e.loss[state.cell(e.trust) as usize][guarantee]).sum()
}

/// The option on which an item is settled.
#[inline]
pub fn settled_option(model: &Model, state: &State, item: ItemId) -> Option<OptionId> {
    let item_state = ItemState::of(state.get(model, Quantity::ItemState(item)));
    match state.get(model, Quantity::ItemOption(item)) {
        option @ 1.. if settled(item_state) => Some(OptionId(option - 1)),
        _ => None,
    }
}

/// Whether what an item is settled on binds nobody any more: a text that seals it has lapsed, and none that seals it is signed and
/// neither lapsed nor broken.
#[inline]
pub fn lapsed(model: &Model, state: &State, item: ItemId) -> bool {
    let texts = model.worth.expiring(item);
    let binds = |text: &Cell| {
        let now = InstrumentState::of(state.cell(*text));
        signed(now) && !matches!(now, InstrumentState::Lapsed | InstrumentState::Broken)
    };
    texts.iter().any(|t| state.cell(*t) == InstrumentState::Lapsed as u8) && !texts.iter().any(binds)
}

/// What a seat has in hand: computed once and remembered until something it depends on changes.
#[inline]
pub fn standing(model: &Model, state: &mut State, seat: SeatId) -> Standing {
    state.standing(
        seat.at(),
        |state| settled_credit(model, state, seat),
        |state| alternative_today(model, state, seat),
        |state, alternative| planned_target(model, state, seat, alternative),
    )
}

/// [`alternative_today`], remembered as [`standing`] is.
#[inline]
pub fn expected(model: &Model, state: &mut State, seat: SeatId) -> Portion {
    state.alternative(seat.at(), |state| alternative_today(model, state, seat))
}

/// [`standing`], computed afresh.
pub fn compute_standing(model: &Model, state: &State, seat: SeatId) -> Standing {
    let alternative = alternative_today(model, state, seat);
    let target = planned_target(model, state, seat, alternative);
    Standing { alternative, target, ..settled_credit(model, state, seat) }
}

/// A seat's credit on settled and on sealed items, and the points of its best options on them; those that only a lapsed text settled are
/// left out.
fn settled_credit(model: &Model, state: &State, seat: SeatId) -> Standing {
    let party = model.world.seats[seat.at()].party;
    let track = model.world.seats[seat.at()].track;
    let who = preferences(model, state, party);
    let mut had = Standing::default();
    for item in &model.world.tracks[track.at()].items {
        if let Some(option) = settled_option(model, state, *item).filter(|_| !lapsed(model, state, *item)) {
            let (credit, best) = (credit(model, state, party, *item, option), model.worth.best(who, *item));
            had.banked += credit;
            had.bankable += best;
            let now = ItemState::of(state.get(model, Quantity::ItemState(*item)));
            if sealed(now) {
                had.sealed += credit;
                had.sealable += best;
            }
        }
    }
    had
}

/// The target on a planned mandate: 100 − (100 − A)·α(t), by the party's tactic.
fn planned_target(model: &Model, state: &State, seat: SeatId, alternative: Portion) -> Portion {
    let target = aimed(model, state, seat, alternative, &table(model, state, seat).aim);
    within(target, alternative)
}

fn aimed(model: &Model, state: &State, seat: SeatId, alternative: Portion, aim: &Aim) -> Portion {
    // Products of floating-point numbers are the same to the last bit on every platform.
    let conceded = |share: f64| ALL - libm::round((ALL - alternative) as f64 * share) as Portion;
    match aim {
        Aim::Curve { curve, believed, deadline } if !believed.is_empty() => {
            let track = model.world.seats[seat.at()].track;
            let common = believed[usize::from(state.get(model, Quantity::Conceded(track)))];
            let own = deadline.map_or(0.0, |own| {
                let row = (own as usize - 1) * model.world.rounds as usize;
                curve[row + state.get(model, Quantity::Round) as usize - 1]
            });
            conceded(common.max(own))
        }
        Aim::Curve { curve, deadline, .. } => {
            let track = model.world.seats[seat.at()].track;
            let deadline =
                deadline.unwrap_or(u8::MAX).min(state.get(model, Quantity::Deadline(track))).max(1);
            let row = (deadline as usize - 1) * model.world.rounds as usize;
            let round = state.get(model, Quantity::Round) as usize;
            conceded(curve[row + round - 1])
        }
        Aim::Company { curve } => {
            let seats = &model.world.tracks[model.world.seats[seat.at()].track.at()].seats;
            let sits =
                |s: &&SeatId| SeatState::of(state.get(model, Quantity::SeatState(**s))) == SeatState::Seated;
            let others = seats.iter().filter(|s| **s != seat).filter(sits).count();
            let round = state.get(model, Quantity::Round) as usize;
            conceded(curve[others * model.world.rounds as usize + round - 1])
        }
        Aim::Floor(demand) | Aim::Fixed(demand) => *demand,
        Aim::Memory => Portion::from(state.get(model, Quantity::Memory(seat, 0))) * PORTION,
        // Worked out when it is asked for: it depends on more than is watched ([`super::target::target`]).
        Aim::LastOffer => ALL,
        Aim::Mean(parts) => {
            let (mut sum, mut weights) = (0.0, 0.0);
            for (weight, aim) in parts {
                sum += weight * aimed(model, state, seat, alternative, aim) as f64;
                weights += weight;
            }
            libm::round(sum / weights) as Portion
        }
    }
}

/// All of what is best.
const ALL: Portion = 100 * PORTION;

/// A target no lower than the alternative and no higher than all, unless the alternative is.
#[inline]
pub(super) fn within(target: Portion, alternative: Portion) -> Portion {
    target.min(ALL).max(alternative)
}

/// What a seat needs of a package whose best options give it `of`, where it asks for this portion: in whole scores, rounded so that
/// [`enough`] says what the comparison with the portion itself would say.
#[inline]
pub fn need(model: &Model, portion: Portion, of: Score) -> Score {
    if model.world.dynamics.strict { at_most(portion, of) } else { at_least(portion, of) }
}

/// Whether `sees` is enough for `needs`.
#[inline]
pub fn enough(model: &Model, sees: Score, needs: Score) -> bool {
    if model.world.dynamics.strict { sees > needs } else { sees >= needs }
}

/// What a seat sees in everything that is settled on its track with a text of these items in force, and what the best options would
/// give it: what a lapsed text settles is not in hand, and renewing it brings it back.
pub fn in_hand(model: &Model, state: &mut State, seat: SeatId, seals: &[ItemId]) -> (Score, Score) {
    let party = model.world.seat(seat).party;
    let standing = standing(model, state, seat);
    let (mut sees, mut of) = (standing.banked, standing.bankable);
    for item in seals.iter().filter(|i| lapsed(model, state, **i)) {
        if let Some(option) = settled_option(model, state, *item) {
            sees += credit(model, state, party, *item, option);
            of += model.worth.best(preferences(model, state, party), *item);
        }
    }
    (sees, of)
}

/// Credit on everything settled, in points of 100 of the seat's best on its track; as a party that discounts values it in round 1.
/// This is what an agreement is worth to a party, whoever asks.
pub fn gained(model: &Model, state: &State, seat: SeatId) -> f64 {
    let percent = percent(model, state, seat);
    match factor(model, state, seat) {
        None => percent,
        Some(factor) => tidy(percent * factor),
    }
}

/// A product with a power, to a ten-millionth: what is equal on paper is equal here.
fn tidy(points: f64) -> f64 {
    libm::round(points * 1e7) / 1e7
}

/// What a party has in hand when the talks end, in points of 100, over its seats on average: where every item of the track
/// is sealed (or, where no text seals it, agreed), what it has gained; else its alternative.
pub fn payoff(model: &Model, state: &State, party: PartyId) -> f64 {
    let w = &model.world;
    let seats: Vec<SeatId> = w.seats_of(party).collect();
    let worth = |seat: &SeatId| match closed(model, state, w.seat(*seat).track) {
        true => gained(model, state, *seat),
        false => alternative(model, state, *seat),
    };
    seats.iter().map(worth).sum::<f64>() / seats.len().max(1) as f64
}

/// Whether every item of a track is sealed, or agreed where no text seals it.
fn closed(model: &Model, state: &State, track: TrackId) -> bool {
    model.world.track(track).items.iter().all(|item| {
        let now = ItemState::of(state.get(model, Quantity::ItemState(*item)));
        let sealable = model.world.instruments.iter().any(|n| n.seals.contains(item));
        if sealable { sealed(now) } else { settled(now) }
    })
}

/// Credit on everything settled in points of 100, not discounted.
fn percent(model: &Model, state: &State, seat: SeatId) -> f64 {
    let banked = settled_credit(model, state, seat).banked;
    let total = f64::from(table(model, state, seat).total.max(1));
    (f64::from(banked.max(0)) * 100.0 / total).min(100.0)
}
