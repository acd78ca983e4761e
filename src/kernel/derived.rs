//! Quantities that have no cell: they follow from others.

use crate::domain::{InstrumentState, ItemId, Model, Quantity, signed};

use super::ripe;
use super::state::State;
use super::worth::{alternative, gained, settled_option};

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
