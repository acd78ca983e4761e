//! The states of every kind of agent and the tables of allowed transitions.
//!
//! The kernel changes a state only along a row of these tables, the diagrams are drawn from them, and a property
//! test holds every observed move against them.

use serde::Serialize;

/// One allowed move of one kind of agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition<S> {
    /// The state before.
    pub from: S,
    /// The state after.
    pub to: S,
    /// What moves it.
    pub cause: &'static str,
    /// Whether an effect of the scenario (an event, a signing) may move it so.
    pub by_effect: bool,
}

/// A state of some kind of agent: a small number with a name.
pub trait Lifecycle: Copy + Eq + 'static {
    /// What kind of agent this is the state of, as paths call it.
    const KIND: &'static str;
    /// Every state, by number.
    const ALL: &'static [Self];
    /// Their names, by number.
    const NAMES: &'static [&'static str];
    /// The allowed moves.
    const TABLE: &'static [Transition<Self>];
    /// For every state, the bit set of the states it may move to.
    const ALLOWED: &'static [u16];
    /// The number of a state.
    fn number(self) -> u8;
    /// Its name.
    fn name(self) -> &'static str {
        Self::NAMES[self.number() as usize]
    }
    /// Whether the table allows the move.
    #[inline]
    fn may_become(self, to: Self) -> bool {
        Self::ALLOWED[self.number() as usize] >> to.number() & 1 == 1
    }
    /// Whether an effect of the scenario may make the move.
    fn may_become_by_effect(self, to: Self) -> bool {
        Self::TABLE.iter().any(|t| t.from == self && t.to == to && t.by_effect)
    }
}

macro_rules! lifecycle {
    (
        $(#[$doc:meta])* $name:ident, $kind:literal,
        { $($(#[$vdoc:meta])* $variant:ident = $label:literal),+ $(,)? }
        [ $($from:ident -> $to:ident : $cause:literal $(, $by:ident)?);+ $(;)? ]
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// The state with this number.
            ///
            /// # Panics
            /// When there is none: a cell holds only numbers that its own kind wrote.
            #[inline]
            pub const fn of(number: u8) -> Self {
                const ALL: &[$name] = &[$($name::$variant),+];
                ALL[number as usize]
            }
        }

        impl Lifecycle for $name {
            const KIND: &'static str = $kind;
            const ALL: &'static [Self] = &[$($name::$variant),+];
            const NAMES: &'static [&'static str] = &[$($label),+];
            const TABLE: &'static [Transition<Self>] = &[$(Transition {
                from: $name::$from, to: $name::$to, cause: $cause,
                by_effect: lifecycle!(@by $($by)?),
            }),+];
            const ALLOWED: &'static [u16] = {
                const MASKS: [u16; [$($label),+].len()] = {
                    let mut masks = [0u16; [$($label),+].len()];
                    $(masks[$name::$from as usize] |= 1 << $name::$to as u16;)+
                    masks
                };
                &MASKS
            };
            #[inline]
            fn number(self) -> u8 { self as u8 }
        }
    };
    (@by effect) => { true };
    (@by) => { false };
}

lifecycle! {
    /// A party at one of its seats.
    SeatState, "party",
    {
        /// In the room.
        Seated = "seated",
        /// At home for instructions, this round.
        Consulting = "consulting",
        /// Out, and may return.
        WalkedOut = "walked-out",
        /// Out for good.
        Withdrawn = "withdrawn",
        /// Not admitted, or suspended.
        Barred = "barred",
    }
    [
        Seated -> Consulting: "goes home for instructions", effect;
        Consulting -> Seated: "comes back with instructions", effect;
        Seated -> WalkedOut: "walks out", effect;
        WalkedOut -> Seated: "returns", effect;
        WalkedOut -> Withdrawn: "gives the talks up", effect;
        Barred -> Seated: "is admitted", effect;
        Seated -> Barred: "is suspended", effect;
        Consulting -> Barred: "is suspended", effect;
        WalkedOut -> Barred: "is suspended", effect;
    ]
}

lifecycle! {
    /// A mediator.
    MediatorState, "mediator",
    {
        /// Works in the room.
        Facilitating = "facilitating",
        /// Travels between the parties.
        Shuttling = "shuttling",
        /// Uses pressure or inducements.
        Pressing = "pressing",
        /// Does not act.
        Suspended = "suspended",
    }
    [
        Facilitating -> Shuttling: "shuttles";
        Facilitating -> Pressing: "presses";
        Shuttling -> Facilitating: "works in the room";
        Shuttling -> Pressing: "presses";
        Pressing -> Facilitating: "works in the room";
        Pressing -> Shuttling: "shuttles";
        Facilitating -> Suspended: "suspends its mediation", effect;
        Shuttling -> Suspended: "suspends its mediation", effect;
        Pressing -> Suspended: "suspends its mediation", effect;
        Suspended -> Facilitating: "resumes its mediation", effect;
    ]
}

lifecycle! {
    /// An agenda item.
    ItemState, "item",
    {
        /// Not yet opened.
        Dormant = "dormant",
        /// On the table, not yet bargained over.
        Tabled = "tabled",
        /// Bargained over without agreement.
        Contested = "contested",
        /// Put aside.
        Parked = "parked",
        /// An option is agreed, provisionally.
        Agreed = "agreed",
        /// The option is sealed by a signed instrument.
        Sealed = "sealed",
        /// The option is carried out.
        Implemented = "implemented",
        /// The promise was broken.
        Breached = "breached",
    }
    [
        Dormant -> Tabled: "is tabled", effect;
        Tabled -> Contested: "no option finds enough consent";
        Tabled -> Agreed: "an option finds enough consent";
        Contested -> Agreed: "an option finds enough consent";
        Contested -> Parked: "is put aside", effect;
        Parked -> Contested: "is taken up again", effect;
        Agreed -> Contested: "is reopened", effect;
        Agreed -> Sealed: "an instrument that seals it is signed";
        Sealed -> Implemented: "the instrument is carried out";
        Sealed -> Breached: "an instrument that seals it is broken or fails ratification";
        Implemented -> Breached: "an instrument that seals it is broken";
        Breached -> Contested: "is back on the table";
    ]
}

lifecycle! {
    /// An instrument.
    InstrumentState, "instrument",
    {
        /// Being drafted.
        Drafting = "drafting",
        /// Everything it needs is agreed.
        Ready = "ready",
        /// Signed, not yet in force.
        Signed = "signed",
        /// Ratified, not yet in force.
        Ratified = "ratified",
        /// In force.
        InForce = "in-force",
        /// Suspended after a breach.
        Suspended = "suspended",
        /// Broken.
        Broken = "broken",
        /// Its time has run out: signed, neither in force nor broken.
        Lapsed = "lapsed",
    }
    [
        Drafting -> Ready: "what it needs is agreed";
        Ready -> Drafting: "what it needs is no longer agreed";
        Ready -> Signed: "every signatory signs";
        Signed -> InForce: "enters into force";
        Signed -> Ratified: "is ratified";
        Signed -> Drafting: "fails ratification";
        Ratified -> InForce: "enters into force";
        InForce -> Suspended: "is suspended after a breach", effect;
        Suspended -> InForce: "is kept again", effect;
        InForce -> Broken: "its breach limit is reached", effect;
        Suspended -> Broken: "is given up", effect;
        InForce -> Lapsed: "its time runs out", effect;
        Suspended -> Lapsed: "its time runs out", effect;
        Lapsed -> Signed: "every signatory renews it";
    ]
}

/// Whether an item in this state has an option that counts as settled.
#[inline]
pub const fn settled(state: ItemState) -> bool {
    matches!(state, ItemState::Agreed) || sealed(state)
}

/// Whether a text seals an item in this state, carried out or not.
#[inline]
pub const fn sealed(state: ItemState) -> bool {
    matches!(state, ItemState::Sealed | ItemState::Implemented)
}

/// Whether an instrument in this state has been signed.
#[inline]
pub const fn signed(state: InstrumentState) -> bool {
    !matches!(state, InstrumentState::Drafting | InstrumentState::Ready)
}

lifecycle! {
    /// A track.
    TrackState, "track",
    {
        /// Not yet convened.
        Pending = "pending",
        /// In session.
        Open = "open",
        /// No session this round: too few parties are in the room.
        Adjourned = "adjourned",
        /// Suspended from outside.
        Suspended = "suspended",
        /// Everything on its agenda is sealed.
        Concluded = "concluded",
        /// Given up.
        Collapsed = "collapsed",
        /// Its time ran out.
        Expired = "expired",
    }
    [
        Pending -> Open: "is convened", effect;
        Open -> Adjourned: "too few parties are in the room", effect;
        Adjourned -> Open: "enough parties are in the room", effect;
        Open -> Suspended: "is suspended", effect;
        Adjourned -> Suspended: "is suspended", effect;
        Suspended -> Open: "is resumed", effect;
        Open -> Concluded: "its whole agenda is sealed";
        Adjourned -> Concluded: "its whole agenda is sealed";
        Concluded -> Open: "a sealed item is reopened";
        Open -> Collapsed: "collapses", effect;
        Adjourned -> Collapsed: "collapses", effect;
        Suspended -> Collapsed: "collapses", effect;
        Collapsed -> Open: "is reconvened";
        Open -> Expired: "its time runs out";
        Adjourned -> Expired: "its time runs out";
        Suspended -> Expired: "its time runs out";
    ]
}

lifecycle! {
    /// A spoiler.
    SpoilerState, "spoiler",
    {
        /// Does not attack.
        Quiet = "quiet",
        /// Attacks.
        Active = "active",
        /// Included; attacks no more.
        CoOpted = "co-opted",
    }
    [
        Quiet -> Active: "attacks", effect;
        Active -> Quiet: "holds its fire", effect;
        Quiet -> CoOpted: "is co-opted", effect;
        Active -> CoOpted: "is co-opted", effect;
        CoOpted -> Quiet: "leaves the arrangement", effect;
    ]
}

lifecycle! {
    /// An observer.
    ObserverState, "observer",
    {
        /// Nothing reported this round.
        Silent = "silent",
        /// Reported this round.
        Reporting = "reporting",
    }
    [
        Silent -> Reporting: "reports what it sees";
        Reporting -> Silent: "has nothing new to report";
    ]
}

lifecycle! {
    /// An event.
    EventState, "event",
    {
        /// Has not happened.
        Waiting = "waiting",
        /// Has happened.
        Fired = "fired",
    }
    [
        Waiting -> Fired: "its condition holds and its odds come up", effect;
        Fired -> Waiting: "can happen again", effect;
    ]
}

/// What a delegation is told for this round's bargaining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Mandate {
    /// Ask for more than planned.
    Firm,
    /// As planned; also what holds outside a session.
    Planned,
    /// Settle for less than planned.
    Flexible,
}

impl Mandate {
    /// Every mandate, by number.
    pub const ALL: [Mandate; 3] = [Mandate::Firm, Mandate::Planned, Mandate::Flexible];
    /// Their names, by number.
    pub const NAMES: [&'static str; 3] = ["firm", "planned", "flexible"];

    /// The mandate with this number (above 2: flexible).
    #[inline]
    pub const fn of(number: u8) -> Self {
        Self::ALL[if number > 2 { 2 } else { number as usize }]
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}
