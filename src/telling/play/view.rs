//! The talks through the eyes of one role.

use crate::domain::{
    Condition, ItemId, Model, OptionId, POINT, PartyId, Portion, Quantity, Score, SeatId, TrackId, World,
};
use crate::drivers::decider::Decider;
use crate::kernel::{State, target, worth};
use crate::session::Sight;
use crate::telling::chronicle::{Names, in_words};

/// A state of the talks as a role may know it.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Whose eyes.
    pub role: Decider,
    /// What the role may know.
    pub(super) sight: Sight<'a>,
    /// The cells that it may know; the others are 0.
    pub(super) state: State,
}

impl Names for View<'_> {
    fn world(&self) -> &World {
        &self.model.world
    }
}

impl<'a> View<'a> {
    /// What a role sees of the cells of a state.
    pub fn new(model: &'a Model, role: Decider, cells: &[u8]) -> Self {
        let sight = Sight::of(&model.world, role);
        let mut state = State::new(model);
        state.restore(&sight.cells(model, cells));
        Self { model, role, sight, state }
    }

    /// The state with the cells that the role may know; the others are 0.
    pub fn known(&self) -> &State {
        &self.state
    }

    /// The party, where the role is one.
    pub(super) fn own(&self) -> Option<PartyId> {
        self.role.party()
    }

    /// A stored quantity; 0 where the role does not know it.
    pub(super) fn get(&self, quantity: Quantity) -> u8 {
        self.state.get(self.model, quantity)
    }

    /// A condition as a clause, as far as the role may be told.
    pub(super) fn clause(&self, condition: &Condition) -> String {
        match self.sight.hears_of(self.model, &self.state, condition) {
            true => format!("once {}", in_words(self.model, condition)),
            false => "when its time has come".into(),
        }
    }

    /// The round under way.
    pub(super) fn round(&self) -> u8 {
        self.get(Quantity::Round)
    }

    /// The tracks on which the role sits or mediates.
    pub(super) fn tracks(&self) -> Vec<TrackId> {
        let all = (0..self.model.world.tracks.len()).map(TrackId::new);
        all.filter(|t| self.sight.attends(*t)).collect()
    }

    /// The role's seat on a track.
    pub(super) fn seat_on(&self, track: TrackId) -> Option<SeatId> {
        self.model.world.seat_at(self.own()?, track)
    }

    /// An option's id and title.
    pub(super) fn choice(&self, item: ItemId, option: OptionId) -> String {
        crate::telling::chronicle::clean(&self.model.world.item(item).options[option.at()].name.title)
    }

    /// What an option is worth to the role itself, in words; nothing for a mediator.
    pub(super) fn worth(&self, item: ItemId, option: OptionId) -> Option<String> {
        let party = self.own()?;
        if worth::refuses(self.model, &self.state, party, item, option) {
            return Some("beyond your red line".into());
        }
        let points =
            self.model.worth.points(worth::preferences(self.model, &self.state, party), item, option);
        let credit = worth::credit(self.model, &self.state, party, item, option);
        let said = points_of(points);
        Some(match credit == points {
            true => said,
            false => format!("{said}, {} after the risk of broken promises", bare(credit)),
        })
    }

    /// The seat's alternative, what it has settled, and its target, each of 100.
    pub(super) fn standing(&self, seat: SeatId) -> (f64, f64, Portion) {
        let mut state = self.state.clone();
        let alternative = worth::alternative(self.model, &state, seat);
        let settled = worth::gained(self.model, &state, seat);
        (alternative, settled, target::target(self.model, &mut state, seat))
    }

    /// What no agreement is worth to the seat in points of today: beside what packages give it.
    pub(super) fn alternative_today(&self, seat: SeatId) -> Portion {
        worth::alternative_today(self.model, &self.state, seat)
    }

    /// What the seat aims at on a mandate, of 100.
    pub(super) fn target_with(&self, seat: SeatId, mandate: u8) -> Portion {
        let mut state = self.state.clone();
        state.put(self.model.cell(Quantity::Mandate(seat)), mandate);
        target::target(self.model, &mut state, seat)
    }

    /// What a package gives the seat and what it needs of one, as scores with the best package's.
    pub(super) fn package(&self, seat: SeatId, package: &[(ItemId, OptionId)]) -> [Score; 3] {
        let party = self.model.world.seat(seat).party;
        let credit = |(i, o): &(ItemId, OptionId)| worth::credit(self.model, &self.state, party, *i, *o);
        let of = worth::table(self.model, &self.state, seat).total;
        let mut state = self.state.clone();
        let needs = crate::kernel::assess::needs(self.model, &mut state, seat);
        [needs, package.iter().map(credit).sum(), of]
    }
}

/// A score in points with at most one decimal, without the word.
pub(super) fn bare(score: Score) -> String {
    let tenths = (score.abs() + POINT / 20) / (POINT / 10) * score.signum();
    let (whole, part) = (tenths / 10, tenths % 10);
    let sign = if whole == 0 && part < 0 { "−" } else { "" };
    let whole = whole.to_string().replace('-', "−");
    if part == 0 { whole } else { format!("{sign}{whole}.{}", part.abs()) }
}

/// `1 point`, `12.5 points`.
pub(super) fn points_of(score: Score) -> String {
    let bare = bare(score);
    let word = if bare == "1" { "point" } else { "points" };
    format!("{bare} {word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_at_most_one_decimal() {
        for (score, shown) in [
            (0, "0 points"),
            (POINT, "1 point"),
            (25 * POINT / 2, "12.5 points"),
            (POINT * 1179 / 100, "11.8 points"),
            (-POINT / 2, "−0.5 points"),
            (-3 * POINT, "−3 points"),
        ] {
            assert_eq!(points_of(score), shown);
        }
    }
}
