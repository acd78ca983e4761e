//! What is worth what to whom: alternatives, credit, targets and acceptance (docs/model.md, submodel "preferences").

use crate::domain::layout::Cell;
use crate::domain::{
    Aim, Discounts, InstrumentState, ItemId, ItemState, Mandate, Model, OptionId, PORTION, PartyId, Portion,
    Preferences, Quantity, Reserve, Score, SeatId, SeatState, SeatTables, TrackId, at_least, at_most,
    settled, signed,
};

use super::state::{Standing, State};
use super::{ripe, strength};

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

#[inline]
fn exposure(model: &Model, state: &State, party: PartyId, item: ItemId, option: OptionId) -> Score {
    if !model.worth.exposes(item) {
        return 0;
    }
    let guarantee = state.get(model, Quantity::Guarantee(item)) as usize;
    let rows = model.worth.exposures(party, item, option);
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
    state.standing(seat.at(), |state| settled_credit(model, state, seat), |state| aims(model, state, seat))
}

/// [`standing`], computed afresh.
pub fn compute_standing(model: &Model, state: &State, seat: SeatId) -> Standing {
    let (banked, bankable) = settled_credit(model, state, seat);
    let (alternative, target) = aims(model, state, seat);
    Standing { banked, bankable, alternative, target }
}

/// A seat's credit on settled items, and the points of its best options on them; those that only a lapsed text settled are left out.
fn settled_credit(model: &Model, state: &State, seat: SeatId) -> (Score, Score) {
    let party = model.world.seats[seat.at()].party;
    let track = model.world.seats[seat.at()].track;
    let who = preferences(model, state, party);
    let (mut banked, mut bankable) = (0, 0);
    for item in &model.world.tracks[track.at()].items {
        if let Some(option) = settled_option(model, state, *item).filter(|_| !lapsed(model, state, *item)) {
            banked += credit(model, state, party, *item, option);
            bankable += model.worth.best(who, *item);
        }
    }
    (banked, bankable)
}

/// A seat's alternative today, and its target on a planned mandate.
fn aims(model: &Model, state: &State, seat: SeatId) -> (Portion, Portion) {
    let alternative = alternative_today(model, state, seat);
    (alternative, planned_target(model, state, seat, alternative))
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
        // Worked out when it is asked for: it depends on more than is watched ([`target`]).
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
fn within(target: Portion, alternative: Portion) -> Portion {
    target.min(ALL).max(alternative)
}

/// The target of a seat on the mandate it has now.
#[inline]
pub fn target(model: &Model, state: &mut State, seat: SeatId) -> Portion {
    let standing = standing(model, state, seat);
    match table(model, state, seat).aim {
        Aim::Fixed(_) => return standing.target,
        Aim::LastOffer => {
            let last = super::package::last_offer(model, state, seat);
            return within(last, standing.alternative);
        }
        _ => {}
    }
    let d = &model.world.dynamics;
    let shift = match Mandate::of(state.get(model, Quantity::Mandate(seat))) {
        Mandate::Firm => Portion::from(d.firm_points) * PORTION,
        Mandate::Planned => 0,
        Mandate::Flexible => -Portion::from(d.flexible_points) * PORTION,
    };
    within(standing.target + shift, standing.alternative)
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

/// What a seat brings to the bargaining over an item.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// Whose.
    pub seat: SeatId,
    /// Its party.
    pub party: PartyId,
    /// Its target.
    target: Portion,
    /// What it takes no agreement for: nothing eases its need below that.
    alternative: Portion,
    /// What it needs of the package with this item.
    pub needs: Score,
    /// What it has in hand without this item.
    pub banked: Score,
    /// What the best package with this item would give it.
    pub of: Score,
}

/// The position of a seat on an item that is not settled.
#[inline]
pub fn position(model: &Model, state: &mut State, seat: SeatId, item: ItemId) -> Position {
    let party = model.world.seats[seat.at()].party;
    let standing = standing(model, state, seat);
    let of = standing.bankable + model.worth.best(preferences(model, state, party), item);
    let target = target(model, state, seat);
    Position {
        seat,
        party,
        target,
        alternative: standing.alternative,
        needs: need(model, target, of),
        banked: standing.banked,
        of,
    }
}

impl Position {
    /// What the seat sees in the package with this option.
    #[inline]
    pub fn sees(&self, model: &Model, state: &State, item: ItemId, option: OptionId) -> Score {
        self.banked + credit(model, state, self.party, item, option)
    }

    /// How many points (as a score) the option falls short of what is needed, never negative.
    #[inline]
    pub fn shortfall(&self, model: &Model, state: &State, item: ItemId, option: OptionId) -> Score {
        (self.needs - self.sees(model, state, item, option)).max(0)
    }

    /// Whether the seat accepts the option when what it asks for is eased by so many points of 100, down to its alternative and no
    /// further.
    #[inline]
    pub fn accepts(&self, model: &Model, state: &State, item: ItemId, option: OptionId, eased: u8) -> bool {
        let needs = match eased {
            0 => self.needs,
            points => {
                let eased = self.target - Portion::from(points) * PORTION;
                need(model, eased.max(self.alternative), self.of)
            }
        };
        !model.worth.refuses(preferences(model, state, self.party), item, option)
            && enough(model, self.sees(model, state, item, option), needs)
    }

    /// The options that the seat accepts, as a bit set.
    #[inline]
    pub fn mask(&self, model: &Model, state: &State, item: ItemId, options: usize) -> u32 {
        let who = preferences(model, state, self.party);
        let row = model.worth.row(who, item, options);
        let needs = self.needs - self.banked + Score::from(model.world.dynamics.strict);
        let mut mask = 0;
        if model.worth.exposes(item) {
            for (o, points) in row.iter().enumerate() {
                let sees = points - exposure(model, state, self.party, item, OptionId::new(o));
                mask |= u32::from(sees >= needs) << o;
            }
        } else {
            for (o, points) in row.iter().enumerate() {
                mask |= u32::from(*points >= needs) << o;
            }
        }
        mask & !model.worth.red_lines(who, item)
    }
}

/// A seat's share of what the others offer it, in points of 100: what it has banked and, on every open item of the
/// track, its best option among those that all other seats would accept today.
pub fn offered(model: &Model, state: &mut State, seat: SeatId) -> u8 {
    let track = model.world.seats[seat.at()].track;
    let party = model.world.seats[seat.at()].party;
    let mut value = standing(model, state, seat).banked;
    for k in 0..model.world.track(track).items.len() {
        let item = model.world.track(track).items[k];
        let item_state = ItemState::of(state.get(model, Quantity::ItemState(item)));
        if !matches!(item_state, ItemState::Tabled | ItemState::Contested) {
            continue;
        }
        let options = model.world.item(item).options.len();
        let mut common = u32::MAX;
        for other in 0..model.world.track(track).seats.len() {
            let other = model.world.track(track).seats[other];
            if other != seat {
                common &= position(model, state, other, item).mask(model, state, item, options);
            }
        }
        let best = (0..options)
            .filter(|o| common >> o & 1 == 1)
            .map(|o| credit(model, state, party, item, OptionId::new(o)))
            .max();
        value += best.unwrap_or(0).max(0);
    }
    let total = table(model, state, seat).total.max(1);
    (i64::from(value.max(0)) * 100 / i64::from(total)).clamp(0, 100) as u8
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
        if sealable { matches!(now, ItemState::Sealed | ItemState::Implemented) } else { settled(now) }
    })
}

/// Credit on everything settled in points of 100, not discounted.
fn percent(model: &Model, state: &State, seat: SeatId) -> f64 {
    let (banked, _) = settled_credit(model, state, seat);
    let total = f64::from(table(model, state, seat).total.max(1));
    (f64::from(banked.max(0)) * 100.0 / total).min(100.0)
}

/// The value of a derived quantity.
pub fn derived(model: &Model, state: &State, quantity: Quantity) -> i32 {
    use Quantity as Q;
    let item_settled = |item: ItemId| settled_option(model, state, item).is_some();
    match quantity {
        Q::Date => model.world.day_of(state.get(model, Q::Round)),
        // Conditions read whole points, rounded down.
        Q::Alternative(seat) => alternative(model, state, seat) as i32,
        Q::Points(seat) => gained(model, state, seat) as i32,
        Q::Ripe(track) => i32::from(ripe::outlook(model, state, track).ripe),
        Q::Settled(track) => {
            model.world.track(track).items.iter().filter(|i| item_settled(**i)).count() as i32
        }
        Q::ItemSettled(item) => i32::from(item_settled(item)),
        Q::SignedEver(text) => {
            i32::from(signed(InstrumentState::of(state.get(model, Q::InstrumentState(text)))))
        }
        stored => i32::from(state.get(model, stored)),
    }
}
