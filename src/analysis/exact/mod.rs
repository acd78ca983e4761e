//! Exact probabilities: what an ensemble estimates, computed from every state that can be reached.

mod answer;
mod extrapolation;
mod feasibility;
mod tally;

use crate::domain::{InstrumentState, Model, Quantity as Q};
use crate::drivers::enumerate::{LayerSize, Limits, MARKS, Mass, Swept, TrackedCells, sweep};

use super::counters::Measure;

pub use answer::{
    Certificate, Exact, Expected, FrontEnd, InstrumentChances, ItemEnd, MeasureChances, Named, Probability,
    RewardSum, SeatEnd, Size, answer,
};
pub use extrapolation::extrapolation;
pub use feasibility::{FeasibilityBound, feasibility};
pub use tally::Tally;

use tally::Watch;

/// Too many things to be remembered beside the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{asked} measures and ratified texts are more than the {MARKS} that can be remembered at once: ask for fewer measures"
)]
pub struct TooMany {
    /// How many there are.
    pub asked: usize,
}

/// Sweeps through all reachable states and adds up what they show at the end of each round.
///
/// # Errors
/// When there are more measures than can be remembered.
pub fn exact<M: Mass>(
    model: &Model,
    measures: &[Measure],
    limits: Limits,
    tracked: &mut TrackedCells,
    progress: impl FnMut(&LayerSize) -> bool,
) -> Result<Swept<Tally<M>, M>, TooMany> {
    let watch = Watch::new(model, measures);
    match watch.asked() {
        asked if asked > MARKS => Err(TooMany { asked }),
        _ => Ok(sweep(model, &watch, limits, tracked, progress)),
    }
}

/// The last state of an instrument's lifecycle that a cell holds.
fn text_state(model: &Model, state: &crate::kernel::State, k: usize) -> InstrumentState {
    InstrumentState::of(state.get(model, Q::InstrumentState(k.into())))
}
