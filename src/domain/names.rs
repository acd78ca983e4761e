//! The names of values, as scenario files write them.

use super::{
    EventState, INITIAL_PROFILE, INTENSITIES, InstrumentState, ItemState, Level, Lifecycle, Mandate,
    MediatorState, ObserverState, PartyId, Procedure, Quantity, RESERVES, SeatState, SpoilerState,
    TrackState, World,
};

/// The name of a stored quantity's value: a level, a state, an option, a party, or the number itself.
pub(super) fn value_name(world: &World, quantity: Quantity, value: u8) -> String {
    use Quantity as Q;
    let k = value as usize;
    match quantity {
        Q::SeatState(_) => named(SeatState::NAMES, k),
        Q::Mandate(_) => named(&Mandate::NAMES, k),
        Q::MediatorState(_) => named(MediatorState::NAMES, k),
        Q::TrackState(_) => named(TrackState::NAMES, k),
        Q::ItemState(_) => named(ItemState::NAMES, k),
        Q::InstrumentState(_) => named(InstrumentState::NAMES, k),
        Q::SpoilerState(_) => named(SpoilerState::NAMES, k),
        Q::ObserverState(_) => named(ObserverState::NAMES, k),
        Q::EventState(_) => named(EventState::NAMES, k),
        Q::Intensity(_) => named(&INTENSITIES, k),
        Q::Weariness(_)
        | Q::Pressure(_)
        | Q::Audience(_)
        | Q::Capability(_)
        | Q::Trust(..)
        | Q::Leverage(_)
        | Q::Credibility(_)
        | Q::Guarantee(_)
        | Q::Strength(_)
        | Q::Support(_)
        | Q::Exposure(_)
        | Q::BackerPressure(_)
        | Q::Optimism(_)
        | Q::Stall(_)
        | Q::Tolerance(_) => named(&Level::NAMES, k),
        Q::Reserve(_) => named(&RESERVES, k),
        Q::Profile(p) => match value {
            0 => INITIAL_PROFILE.into(),
            _ => world.party(p).profiles[k - 1].name.id.clone(),
        },
        Q::Procedure(t) => match value {
            0 => world.track(t).procedure.row().told.id.into(),
            _ => Procedure::SINGLE_TEXT.into(),
        },
        Q::PressedBy(_) => match value {
            0 => "none".into(),
            _ if k > world.parties.len() => "none (beaten back)".into(),
            _ => world.party(PartyId(value - 1)).name.id.clone(),
        },
        Q::Assent(_)
        | Q::Advanced(_)
        | Q::Refused(_)
        | Q::Ceasefire(_)
        | Q::Imposed(_)
        | Q::Blame(_)
        | Q::Rejected(_)
        | Q::Ripe(_)
        | Q::ItemSettled(_)
        | Q::SignedEver(_) => (value != 0).to_string(),
        Q::Holder(_) => world.party(PartyId(value)).name.id.clone(),
        Q::ItemOption(i) | Q::Draft(i) => match value {
            0 => "none".into(),
            _ => world.item(i).options[k - 1].name.id.clone(),
        },
        Q::Outcome => match value {
            0 => "none".into(),
            _ => world.outcomes[k - 1].name.id.clone(),
        },
        Q::Offerer(t) => match value {
            0 => "none".into(),
            _ => world.party(world.seat(world.track(t).seats[k - 1]).party).name.id.clone(),
        },
        Q::Round
        | Q::Memory(..)
        | Q::Tally(..)
        | Q::AgreedIn(_)
        | Q::Entered(_)
        | Q::Wronged(..)
        | Q::Conceded(_)
        | Q::Deadline(_)
        | Q::Breaches(_)
        | Q::Progress(..)
        | Q::Date
        | Q::Alternative(_)
        | Q::Points(_)
        | Q::Settled(_) => value.to_string(),
    }
}

fn named(names: &[&str], k: usize) -> String {
    names.get(k).map_or_else(|| k.to_string(), |n| (*n).to_string())
}
