//! The tables of transitions as drawings see them.

use crate::domain::{
    EventState, InstrumentState, ItemState, Lifecycle, MediatorState, ObserverState, SeatState, SpoilerState,
    TrackState,
};

/// One kind of agent: its states and moves.
pub(super) struct Machine {
    /// The kind, as paths call it.
    pub kind: &'static str,
    /// The names of its states.
    pub states: &'static [&'static str],
    /// From, to and cause.
    pub moves: Vec<(&'static str, &'static str, &'static str)>,
}

/// Every kind of agent that has a table.
pub(super) fn machines() -> Vec<Machine> {
    vec![
        machine::<SeatState>(),
        machine::<MediatorState>(),
        machine::<TrackState>(),
        machine::<ItemState>(),
        machine::<InstrumentState>(),
        machine::<SpoilerState>(),
        machine::<ObserverState>(),
        machine::<EventState>(),
    ]
}

fn machine<S: Lifecycle>() -> Machine {
    let moves = S::TABLE.iter().map(|t| (t.from.name(), t.to.name(), t.cause)).collect();
    Machine { kind: S::KIND, states: S::NAMES, moves }
}
