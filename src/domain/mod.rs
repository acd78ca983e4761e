//! The static world of a scenario: parties, mediators, tracks, items, instruments and the ground they stand on,
//! with ids resolved and tables built. Nothing here moves; what moves is in [`crate::kernel`].

mod action;
mod address;
mod assumption;
mod compiled;
mod concession;
mod condition;
pub mod dynamics;
mod exercise;
mod ground;
mod halves;
mod hex;
mod id;
pub mod layout;
mod level;
mod lifecycle;
mod model;
mod names;
mod number;
pub mod odds;
mod packages;
mod party;
mod plot;
mod possible;
mod procedure;
mod quantity;
mod reference;
pub mod rule;
mod span;
mod tables;
pub mod tactic;
mod talks;
mod text;
pub mod told;
mod touch;
mod turn;
mod values;
mod world;
mod worth;

pub use action::{Action, ActionRow, Leverage, Object, Words};
pub use address::{Addresses, address, shared_address};
pub use assumption::{Assumption, Scale};
pub use compiled::{EventRule, Rules};
pub use concession::{believed_deadline, exponential, polynomial, resource};
pub use condition::{Condition, Effect, Operand, Operation, Relation};
pub use dynamics::{
    Backing, Compliance, Dynamics, Fighting, Mediation, Returning, Spoiling, Stalling, WalkOut,
};
pub use exercise::{Discussion, Doing, Exercise, LessonStep, Prediction, Role, RoleText, Step};
pub use ground::{Backer, Front, HEAVY, INTENSITIES, OFFENSIVE, Observer, Spoiler, SpoilerKind, Watched};
pub use halves::Halves;
pub use hex::hex;
pub use id::{
    BackerId, EventId, FrontId, InstrumentId, ItemId, MediatorId, ObserverId, OptionId, OutcomeId, PartyId,
    RewardId, SeatId, SpoilerId, TrackId,
};
pub use level::Level;
pub use lifecycle::{
    EventState, InstrumentState, ItemState, Lifecycle, Mandate, MediatorState, ObserverState, SeatState,
    SpoilerState, TrackState, Transition, sealed, settled, signed,
};
pub use model::Model;
pub use number::{
    ONE, POINT, PORTION, Portion, Score, Weight, at_least, at_most, most_portion, points, portion,
    portion_of, portion_points, probability, score, weight,
};
pub use packages::{MOST_PACKAGES, Packages};
pub use party::{
    Discounts, INITIAL_PROFILE, Imitation, Party, Profile, RESERVES, Reserve, Resource, Seat, Tactic,
    TacticKind,
};
pub use plot::{BaseRate, Claim, Count, Event, History, Outcome, Property, Rate, ReadAs, Reward, WhatIf};
pub use possible::Possibilities;
pub use procedure::{Course, Procedure, ProcedureRow, Settings};
pub use quantity::Quantity;
pub use reference::{Burden, Reference};
pub use rule::Ground;
pub use span::Span;
pub use tables::{Consent, FrontTables, Habits, Providers, RatificationOdds, TrackTables};
pub use talks::{
    AgendaRule, Bloc, Choice, DecisionRule, Exposure, Inducement, Instrument, InstrumentKind, Item, Mediator,
    Offering, PackageRule, Provisions, Ratification, Ratifier, Track,
};
pub use text::{is_hidden, visible};
pub use told::{Told, Vocabulary};
pub use touch::Touch;
pub use turn::Turn;
pub use values::Values;
pub use world::{Name, World};
pub use worth::{Aim, ExposureRow, Fallback, Preferences, SeatTables, WorthTables};

/// A list of dates, each written so.
fn serialize_dates<S: serde::Serializer>(dates: &[time::Date], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(dates.iter().map(ToString::to_string))
}

/// Dates are written as `YYYY-MM-DD` in every output.
fn serialize_date<S: serde::Serializer>(date: &time::Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}
