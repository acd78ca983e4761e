//! Shapes of fronts, spoilers, backers and observers.

use super::*;
use crate::domain::INTENSITIES;

/// What a spoiler is after.
pub(in crate::scenario) const SPOILER_KINDS: &[&str] = &["limited", "greedy", "total"];

/// `[front.ID]`
pub(in crate::scenario) static FRONT: TableShape = TableShape {
    what: "a front",
    header: "[front.ID]",
    doc: "A contested place: who holds it and how hard it is fought over.",
    keys: &[
        OWN_TITLE,
        required("holder", Kind::Ref(Agent::Party), "Who holds it at the start."),
        default("intensity", Kind::Word(&INTENSITIES), "\"sporadic\"", "Fighting at the start."),
        required("belligerents", SOME_PARTIES, "Who fights there."),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[spoiler.ID]`
pub(in crate::scenario) static SPOILER: TableShape = TableShape {
    what: "a spoiler",
    header: "[spoiler.ID]",
    doc: "An armed actor with no seat (Stedman 1997).",
    keys: &[
        OWN_NAME,
        default("kind", Kind::Word(SPOILER_KINDS), "\"limited\"", "What would stop it."),
        required("odds", ODDS, "Odds of acting, each round."),
        default("strength", Kind::Level, "\"medium\"", "Strength at the start."),
        default("active", Kind::Bool, "false", "Whether it is active at the start."),
        default("opposes", refs(&Kind::Ref(Agent::Instrument), 0), "[]", "Texts it opposes."),
        default("fronts", refs(&Kind::Ref(Agent::Front), 0), "[]", "Fronts where it fights."),
        optional("victim", Kind::Ref(Agent::Party), "none", "Whom it attacks."),
        optional(
            "blamed_on",
            Kind::Ref(Agent::Party),
            "nobody",
            "Whom the victim holds responsible; needs `victim`.",
        ),
        optional("grievance", Kind::Condition, "none", "A limited spoiler stops once this holds.").only(
            "kind",
            &["limited"],
            &[],
        ),
        optional("coopted_when", Kind::Condition, "never", "It is co-opted once this holds.").only(
            "kind",
            &["limited", "greedy"],
            &[],
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[backer.ID]`
pub(in crate::scenario) static BACKER: TableShape = TableShape {
    what: "a backer",
    header: "[backer.ID]",
    doc: "An outside power behind a party (Salehyan 2009).",
    keys: &[
        OWN_NAME,
        optional(
            "party",
            Kind::Ref(Agent::Party),
            "none",
            "The party this power is, where it has a seat of its own.",
        ),
        required("supports", Kind::Ref(Agent::Party), "Whom it supports."),
        default("support", Kind::Level, "\"medium\"", "Support at the start."),
        default("exposure", Kind::Level, "\"very-low\"", "How far its support is known."),
        default("pressure", Kind::Level, "\"very-low\"", "Pressure on it at the start."),
        default(
            "tolerance",
            Kind::Level,
            "\"medium\"",
            "Exposure and pressure together beyond which it draws back.",
        ),
        default("denies", Kind::Bool, "false", "Whether it denies its support."),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[observer.ID]`
pub(in crate::scenario) static OBSERVER: TableShape = TableShape {
    what: "an observer",
    header: "[observer.ID]",
    doc: "Somebody who reports what it sees.",
    keys: &[
        OWN_NAME,
        default(
            "watches",
            refs(&Kind::Watched, 0),
            "[]",
            "What it watches: `backer.ID`, `front.ID` or `spoiler.ID`.",
        ),
        default("odds", ODDS, "0.5", "Odds of a report, each round in which there is something to see."),
        NOTE,
        SOURCE,
    ],
    others: None,
};
