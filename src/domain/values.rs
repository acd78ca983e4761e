//! Sets of whole numbers, and the values a quantity can have.

use super::{
    EventState, InstrumentState, ItemState, Lifecycle, MediatorState, ObserverState, Quantity, RESERVES,
    Relation, SeatState, SpoilerState, TrackState, World,
};

/// A set of whole numbers: sorted stretches that do not touch each other's numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values(Vec<(i32, i32)>);

impl Values {
    /// All numbers between two bounds.
    pub fn between(least: i32, most: i32) -> Self {
        Self(if least <= most { vec![(least, most)] } else { Vec::new() })
    }

    /// The numbers of a bit set: bit *n* stands for *n*.
    pub fn of_bits(set: u16) -> Self {
        Self((0..16).filter(|n| set >> n & 1 == 1).map(|n| (n, n)).collect())
    }

    /// The numbers that stand so to a number.
    pub fn related(relation: Relation, to: i32) -> Self {
        let below = Self::between(i32::MIN, to.saturating_sub(1));
        let above = Self::between(to.saturating_add(1), i32::MAX);
        match relation {
            Relation::Equal => Self::between(to, to),
            Relation::NotEqual => below.or(&above),
            Relation::Less => below,
            Relation::AtMost => Self::between(i32::MIN, to),
            Relation::Greater => above,
            Relation::AtLeast => Self::between(to, i32::MAX),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The least and the largest.
    pub fn bounds(&self) -> Option<(i32, i32)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    /// The numbers in both.
    pub fn and(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        for (a, b) in &self.0 {
            for (c, d) in &other.0 {
                let (least, most) = (*a.max(c), *b.min(d));
                if least <= most {
                    out.push((least, most));
                }
            }
        }
        Self(out)
    }

    /// The numbers in either.
    pub fn or(&self, other: &Self) -> Self {
        let mut all: Vec<(i32, i32)> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        let mut out: Vec<(i32, i32)> = Vec::new();
        for (least, most) in all {
            match out.last_mut() {
                Some(last) if least <= last.1 => last.1 = last.1.max(most),
                _ => out.push((least, most)),
            }
        }
        Self(out)
    }
}

/// What a quantity can be in this world.
pub(super) fn domain(quantity: Quantity, world: &World) -> Values {
    use Quantity as Q;
    let states = |n: usize| Values::between(0, n as i32 - 1);
    match quantity {
        Q::Round => Values::between(1, i32::from(world.rounds)),
        Q::Date => Values((1..=world.rounds).map(|r| world.day_of(r)).map(|d| (d, d)).collect()),
        Q::Outcome => Values::between(0, world.outcomes.len() as i32),
        Q::SeatState(_) => states(SeatState::ALL.len()),
        Q::Mandate(_) => states(3),
        Q::MediatorState(_) => states(MediatorState::ALL.len()),
        Q::TrackState(_) => states(TrackState::ALL.len()),
        Q::ItemState(_) => states(ItemState::ALL.len()),
        Q::InstrumentState(_) => states(InstrumentState::ALL.len()),
        Q::SpoilerState(_) => states(SpoilerState::ALL.len()),
        Q::ObserverState(_) => states(ObserverState::ALL.len()),
        Q::EventState(_) => states(EventState::ALL.len()),
        Q::ItemOption(item) | Q::Draft(item) => Values::between(0, world.item(item).options.len() as i32),
        Q::Holder(_) => states(world.parties.len()),
        Q::Settled(track) => Values::between(0, world.track(track).items.len() as i32),
        Q::Progress(instrument, _) => Values::between(0, i32::from(world.instrument(instrument).phases)),
        Q::Breaches(_) => Values::between(0, 9),
        Q::Deadline(_) => Values::between(1, 200),
        Q::Alternative(_) | Q::Points(_) => Values::between(0, 100),
        Q::Memory(..) | Q::Tally(..) => Values::between(i32::MIN, i32::MAX),
        Q::Offerer(track) => Values::between(0, world.track(track).seats.len() as i32),
        Q::AgreedIn(_) => Values::between(0, i32::from(world.rounds)),
        Q::Assent(_) | Q::Refused(_) | Q::Advanced(_) => Values::between(0, 1),
        Q::Optimism(_) | Q::Stall(_) => Values::between(0, 4),
        Q::Profile(party) => Values::between(0, world.party(party).profiles.len() as i32),
        Q::Procedure(track) => Values::between(0, world.track(track).turns.is_some().into()),
        Q::Entered(_) => Values::between(0, i32::from(world.rounds)),
        Q::Rejected(_) => Values::between(0, 1),
        Q::Reserve(_) => states(RESERVES.len()),
        // One more than a party: beaten back, until the end of the round.
        Q::PressedBy(_) => Values::between(0, world.parties.len() as i32 + 1),
        Q::Wronged(..) | Q::Conceded(_) => Values::between(0, 255),
        Q::Ceasefire(_) | Q::Imposed(_) | Q::Blame(_) | Q::Ripe(_) | Q::ItemSettled(_) | Q::SignedEver(_) => {
            Values::between(0, 1)
        }
        Q::Weariness(_) | Q::Pressure(_) | Q::Audience(_) | Q::Capability(_) | Q::Trust(..) => {
            Values::between(0, 4)
        }
        Q::Leverage(_) | Q::Credibility(_) | Q::Guarantee(_) | Q::Intensity(_) | Q::Strength(_) => {
            Values::between(0, 4)
        }
        Q::Support(_) | Q::Exposure(_) | Q::BackerPressure(_) | Q::Tolerance(_) => Values::between(0, 4),
    }
}
