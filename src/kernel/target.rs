//! What a seat asks for today, and how it sees the options of an item by that (docs/model.md, submodel "preferences").

use crate::domain::{
    Aim, ItemId, ItemState, Mandate, Model, OptionId, PORTION, PartyId, Portion, Quantity, Score, SeatId,
};

use super::package;
use super::state::State;
use super::worth::{credit, enough, exposure, need, preferences, standing, table, within};

/// The target of a seat on the mandate it has now.
#[inline]
pub fn target(model: &Model, state: &mut State, seat: SeatId) -> Portion {
    let standing = standing(model, state, seat);
    match table(model, state, seat).aim {
        Aim::Fixed(_) => return standing.target,
        Aim::LastOffer => {
            let last = package::last_offer(model, state, seat);
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
