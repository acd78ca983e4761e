//! The world outside the room: fronts, spoilers, backers and observers.

use serde::Serialize;

use super::{BackerId, Condition, FrontId, InstrumentId, Level, Name, PartyId, SpoilerId};

/// A contested place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Front {
    /// Id, title and notes.
    pub name: Name,
    /// Who holds it at the start.
    pub holder: PartyId,
    /// Fighting at the start: 0 quiet, 1 sporadic, 2 clashes, 3 heavy, 4 offensive.
    pub intensity: u8,
    /// Who fights there, at least one party; whoever presses to heavy fighting attacks.
    pub belligerents: Vec<PartyId>,
}

/// The names of a front's intensities, lowest first.
pub const INTENSITIES: [&str; 5] = ["quiet", "sporadic", "clashes", "heavy", "offensive"];

/// The intensity from which fighting hurts: `heavy`.
pub const HEAVY: u8 = 3;

/// The intensity at which a place can change hands: `offensive`.
pub const OFFENSIVE: u8 = 4;

/// An armed actor with no seat (Stedman 1997).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spoiler {
    /// Id, name and notes.
    pub name: Name,
    /// What would stop it.
    pub kind: SpoilerKind,
    /// Odds of acting each round, before nearness of a text it opposes and its strength count.
    pub odds: f64,
    /// Strength at the start; only a greedy spoiler's grows.
    pub strength: Level,
    /// Whether it is active at the start.
    pub active: bool,
    /// Texts it opposes.
    pub opposes: Vec<InstrumentId>,
    /// Fronts where it fights.
    pub fronts: Vec<FrontId>,
    /// Whom it attacks.
    pub victim: Option<PartyId>,
    /// Whom the victim holds responsible.
    pub blamed_on: Option<PartyId>,
    /// A limited spoiler stops once this holds.
    pub grievance: Option<Condition>,
    /// It is co-opted once this holds.
    pub coopted_when: Option<Condition>,
}

/// What a spoiler is after (Stedman 1997).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpoilerKind {
    /// Stops once its grievance is met or it is included.
    Limited,
    /// Grows after success.
    Greedy,
    /// Never stops.
    Total,
}

/// An outside power behind a party (Salehyan 2009).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backer {
    /// Id, name and notes.
    pub name: Name,
    /// The party that this power is where it has a seat of its own: pressure on that party counts here too.
    pub party: Option<PartyId>,
    /// Whom it supports.
    pub supports: PartyId,
    /// Support at the start.
    pub support: Level,
    /// Exposure at the start.
    pub exposure: Level,
    /// Pressure at the start.
    pub pressure: Level,
    /// Exposure and pressure together beyond which it draws back a level at a time.
    pub tolerance: Level,
    /// Whether it denies its support.
    pub denies: bool,
}

/// Somebody who reports what it sees.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Observer {
    /// Id, name and notes.
    pub name: Name,
    /// What it watches.
    pub watches: Vec<Watched>,
    /// Odds of a report, each round in which there is something to see.
    pub odds: f64,
}

/// What an observer can watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Watched {
    /// A backer's support: a report raises its exposure.
    Backer(BackerId),
    /// A front: a report names the fighting; it exposes the backers of those who attack there.
    Front(FrontId),
    /// A spoiler: a report clears a wrong blame.
    Spoiler(SpoilerId),
}
