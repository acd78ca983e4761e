//! The vocabulary of paths: everything a condition can read and an effect can change.

use serde::Serialize;

use super::{
    BackerId, EventId, FrontId, InstrumentId, ItemId, MediatorId, ObserverId, PartyId, SeatId, SpoilerId,
    TrackId,
};

/// A quantity of the state, or derived from it. One quantity has one path everywhere
/// (`party.m23.trust.drc`, `item.prisoners.state`, `front.uvira.holder`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// `round`: 1 and up.
    Round,
    /// `outcome`: 0 while undecided, then 1 + its place.
    Outcome,
    /// `party.P.state`, or `party.P.at.T.state` for a party with several seats.
    SeatState(SeatId),
    /// `party.P.mandate` or `party.P.at.T.mandate`.
    Mandate(SeatId),
    /// Memory of a tactic that looks back: no path. Slot 0 is its target in points, the rest what it was offered; of one that
    /// counts offers, slots 0 and 1 are how many it made, low byte first.
    Memory(SeatId, u8),
    /// What a seat has offered, kept for those who count offers: no path. 0 and 1: how many different packages, low byte
    /// first; 2, 3 and 4: how far down its own order it has gone, counted from 1.
    Tally(SeatId, u8),
    /// Whether a seat made or accepted the standing offer: no path.
    Assent(SeatId),
    /// Who made the standing offer of a track: 0 for nobody, then 1 + the seat's place there; no path.
    Offerer(TrackId),
    /// The round in which the whole agenda of a track was agreed, 0 while it is not; kept only where a party discounts: no path.
    AgreedIn(TrackId),
    /// The option of the standing offer or of the mediator's text: 0 for none, then 1 + its place; no path.
    Draft(ItemId),
    /// Whether the last change to the mediator's text on this item was refused: no path.
    Refused(ItemId),
    /// `party.P.weariness`, a level.
    Weariness(PartyId),
    /// `party.P.pressure`, a level.
    Pressure(PartyId),
    /// `party.P.audience`, a level.
    Audience(PartyId),
    /// `party.P.capability`, a level.
    Capability(PartyId),
    /// `party.P.optimism`, a level: how far it overrates what it has without agreement.
    Optimism(PartyId),
    /// `party.P.reserve`: weak, expected, strong: what the file leaves open of its alternative.
    Reserve(PartyId),
    /// `party.P.profile`: which of its profiles of preferences it has: 0 for the initial one, then 1 + a profile's place.
    Profile(PartyId),
    /// Whom a party has wronged in this round by breaking promises to them, eight parties a byte: no path.
    Wronged(PartyId, u8),
    /// `party.P.ceasefire`: whether it observes one.
    Ceasefire(PartyId),
    /// `party.P.trust.Q`, a level.
    Trust(PartyId, PartyId),
    /// `mediator.M.state`
    MediatorState(MediatorId),
    /// `mediator.M.leverage`, a level.
    Leverage(MediatorId),
    /// `mediator.M.credibility`, a level.
    Credibility(MediatorId),
    /// `track.T.state`
    TrackState(TrackId),
    /// `track.T.deadline`: a round.
    Deadline(TrackId),
    /// `track.T.stall`, a level: how long talks have gone on without progress.
    Stall(TrackId),
    /// Whether there was progress on a track in this round: no path.
    Advanced(TrackId),
    /// What share of the way to their alternatives time has brought the parties of a track, in 1/200; kept only where a soft deadline
    /// comes before the long run: no path.
    Conceded(TrackId),
    /// `track.T.procedure`: that of the file, or `single-text` once an effect has turned the track to it.
    Procedure(TrackId),
    /// `item.I.state`
    ItemState(ItemId),
    /// `item.I.option`: 0 for none, then 1 + its place.
    ItemOption(ItemId),
    /// `item.I.imposed`: whether it was settled by pressure.
    Imposed(ItemId),
    /// `item.I.guarantee`, a level.
    Guarantee(ItemId),
    /// `instrument.N.state`
    InstrumentState(InstrumentId),
    /// `instrument.N.breaches`: how many.
    Breaches(InstrumentId),
    /// `instrument.N.progress.P`: phases that P has carried out.
    Progress(InstrumentId, PartyId),
    /// The round in which an instrument that expires entered into force, 0 before and after: no path.
    Entered(InstrumentId),
    /// Whether the first of two ratifiers has rejected an instrument: no path.
    Rejected(InstrumentId),
    /// `front.F.holder`: a party's place.
    Holder(FrontId),
    /// `front.F.intensity`: quiet, sporadic, clashes, heavy, offensive.
    Intensity(FrontId),
    /// `front.F.pressed_by`: who raised the fighting to heavy or beyond: 0 for nobody, then 1 + a party's place; one
    /// more than all of these stands until the end of the round where the other side was beaten back.
    PressedBy(FrontId),
    /// `spoiler.S.state`
    SpoilerState(SpoilerId),
    /// `spoiler.S.blame`: whether its attacks are laid at another's door.
    Blame(SpoilerId),
    /// `spoiler.S.strength`, a level.
    Strength(SpoilerId),
    /// `backer.B.support`, a level.
    Support(BackerId),
    /// `backer.B.exposure`, a level.
    Exposure(BackerId),
    /// `backer.B.pressure`, a level.
    BackerPressure(BackerId),
    /// `backer.B.tolerance`, a level.
    Tolerance(BackerId),
    /// `observer.O.state`
    ObserverState(ObserverId),
    /// `event.E.state`
    EventState(EventId),

    /// Derived: `date`, in days since the start of the talks.
    Date,
    /// Derived: `party.P.alternative` or `party.P.at.T.alternative`, 0..=100.
    Alternative(SeatId),
    /// Derived: `party.P.points` or `party.P.at.T.points`: credit on what is settled, in percent of the seat's best.
    Points(SeatId),
    /// Derived: `track.T.ripe`: whether the best feasible package gives enough parties more than they expect without agreement.
    Ripe(TrackId),
    /// Derived: `track.T.settled`: how many of its items are agreed, sealed or implemented.
    Settled(TrackId),
    /// Derived: `item.I.settled`: whether it is agreed, sealed or implemented.
    ItemSettled(ItemId),
    /// Derived: `instrument.N.signed`: whether it is signed, ratified, in force, suspended or broken.
    SignedEver(InstrumentId),
}

impl Quantity {
    /// Whether it is computed from the state and not part of it.
    pub const fn derived(self) -> bool {
        matches!(
            self,
            Self::Date
                | Self::Alternative(_)
                | Self::Points(_)
                | Self::Ripe(_)
                | Self::Settled(_)
                | Self::ItemSettled(_)
                | Self::SignedEver(_)
        )
    }

    /// Whether a scenario's effects may change it.
    pub const fn writable(self) -> bool {
        !self.derived()
            && !matches!(
                self,
                Self::Round
                    | Self::Outcome
                    | Self::Mandate(_)
                    | Self::Memory(..)
                    | Self::Tally(..)
                    | Self::Assent(_)
                    | Self::Offerer(_)
                    | Self::AgreedIn(_)
                    | Self::Draft(_)
                    | Self::Refused(_)
                    | Self::ItemOption(_)
                    | Self::Wronged(..)
                    | Self::Advanced(_)
                    | Self::Conceded(_)
                    | Self::Reserve(_)
                    | Self::Progress(..)
                    | Self::Entered(_)
                    | Self::Rejected(_)
                    | Self::ObserverState(_)
            )
    }
}
