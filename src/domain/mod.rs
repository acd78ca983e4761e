//! The static world of a scenario: parties, mediators, tracks, items, instruments and the ground they stand on,
//! with ids resolved and tables built. Nothing here moves; what moves is in [`crate::kernel`].

mod condition;
mod dynamics;
mod ground;
mod id;
mod level;
mod lifecycle;
mod number;
mod party;
mod plot;
mod quantity;
mod talks;
mod world;

pub use condition::{Condition, Effect, Operand, Operation, Relation};
pub use dynamics::{Backing, Compliance, Dynamics, Fighting, Mediation, Returning, Spoiling, WalkOut};
pub use ground::{Backer, Front, INTENSITIES, Observer, Spoiler, SpoilerKind, Watched};
pub use id::{
    BackerId, EventId, FrontId, InstrumentId, ItemId, MediatorId, ObserverId, OptionId, OutcomeId, PartyId, RewardId,
    SeatId, SpoilerId, TrackId,
};
pub use level::Level;
pub use lifecycle::{
    EventState, InstrumentState, ItemState, Lifecycle, Mandate, MediatorState, ObserverState, SeatState, SpoilerState,
    TrackState, Transition,
};
pub use number::{ONE, POINT, Score, Weight, points, probability, score, weight};
pub use party::{Imitation, Party, Seat, Tactic, TacticKind};
pub use plot::{Count, Event, History, Outcome, Reward, WhatIf};
pub use quantity::Quantity;
pub use talks::{
    Action, AgendaRule, Bloc, Choice, DecisionRule, Exposure, Inducement, Instrument, InstrumentKind, Item, Mediator,
    PackageRule, Procedure, Provisions, Ratification, Track,
};
pub use world::{Name, World};

/// Dates are written as `YYYY-MM-DD` in every output.
fn serialize_date<S: serde::Serializer>(date: &time::Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}
