//! Shapes of mediators, tracks, items and instruments.

use super::*;
use crate::domain::{Action, Procedure, told};

/// How a mediator moves a party.
pub(in crate::scenario) const INDUCEMENTS: &[&str] = &told::ids(told::INDUCEMENTS);
/// How items are resolved.
pub(in crate::scenario) const PROCEDURES: &[&str] = &told::ids(told::PROCEDURES);
/// Procedures that settle one item at a time.
const BY_ITEM: &[&str] = &Procedure::BY_ITEM;
/// Procedures that a single text is worked on by, or can come to be.
const TEXTS: &[&str] = &["item-by-item", "vote", "single-text"];
/// Which package a party offers.
pub(in crate::scenario) const OFFERS: &[&str] = &told::ids(told::OFFERS);
/// When agreed items are sealed.
pub(in crate::scenario) const PACKAGES: &[&str] = &told::ids(told::PACKAGE_RULES);
/// In which order items are tabled.
pub(in crate::scenario) const AGENDAS: &[&str] = &told::ids(told::AGENDA_RULES);
/// Kinds of decision rule.
pub(in crate::scenario) const RULE_KINDS: &[&str] = &told::ids(told::DECISION_RULES);
/// Kinds of instrument.
pub(in crate::scenario) const INSTRUMENT_KINDS: &[&str] =
    &["declaration", "mechanism", "framework", "protocol", "comprehensive"];
/// What an instrument can provide.
pub(in crate::scenario) const PROVISIONS: &[&str] =
    &["ceasefire", "verification", "separation", "joint-body"];

const WEIGHT: Kind = Kind::Number(0.0, 1e6);
const SHARE: Kind = Kind::Number(0.0, 100.0);

/// `[mediator.ID]`
pub(in crate::scenario) static MEDIATOR: TableShape = TableShape {
    what: "a mediator",
    header: "[mediator.ID]",
    doc: "Convenes a track; takes an action or more a session.",
    keys: &[
        OWN_NAME,
        default(
            "style",
            Kind::Map { of: Keys::Words(&Action::NAMES), to: &WEIGHT, least: 1, most: Action::COUNT },
            "{ facilitate = 1 }",
            "The weight of each action it may take; at least one is above 0.",
        ),
        default(
            "actions",
            Kind::Int(1, 7),
            "1",
            "Actions it takes in a session; a guarantee comes beside them.",
        ),
        default("credibility", Kind::Level, "\"medium\"", "How far its word is believed."),
        default("leverage", Kind::Level, "\"very-low\"", "What it can spend on pressure and guarantees."),
        optional(
            "bias",
            Kind::Ref(Agent::Party),
            "none",
            "The party it favours, which believes it a level more (Kydd 2003); the others a level less.",
        ),
        default("inducement", Kind::Word(INDUCEMENTS), "\"stick\"", "Whether it presses or sweetens."),
        default(
            "partners",
            refs(&Kind::Ref(Agent::Observer), 0),
            "[]",
            "Partner organisations; each adds to its odds of being believed.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[track.ID]`
pub(in crate::scenario) static TRACK: TableShape = TableShape {
    what: "a track",
    header: "[track.ID]",
    doc: "A forum: who sits there, who mediates, how items are settled. Its agenda is its items in file order.",
    keys: &[
        OWN_TITLE,
        required("seats", SOME_PARTIES, "Who sits there, in the order of proposing."),
        default(
            "mediators",
            refs(&Kind::Ref(Agent::Mediator), 0),
            "[]",
            "Who mediates; the first leads. A mediator serves one track.",
        ),
        default("procedure", Kind::Word(PROCEDURES), "\"item-by-item\"", "How items are resolved: one by one, or the whole agenda at once."),
        optional("steps", Kind::Int(1, 200), "one for each seat", "Moves in a round; seats take them in turn.").only(
            "procedure",
            &["alternating-offers"],
            &[],
        ),
        default(
            "offers",
            Kind::Word(OFFERS),
            "\"own-best\"",
            "Which package a party offers among those worth its target: the one closest to the target, or the one most like the last offer it received.",
        )
        .only("procedure", &["alternating-offers"], &[]),
        default(
            "tolerance",
            POINTS,
            "5",
            "What a party lets one change of a single text cost it, in points of 100: of the track's own, or of that to which an effect turns it.",
        )
        .only("procedure", TEXTS, &[]),
        default(
            "rule",
            Kind::Either(&[Kind::Word(&["consensus", "majority"]), Kind::Table(&RULE)]),
            "\"consensus\"",
            "Whose consent settles an item: a word, or a table for rules with parts.",
        ),
        default(
            "weight",
            Kind::Map { of: Keys::Of(Agent::Party), to: &Kind::Int(0, 1_000_000_000), least: 0, most: 16 },
            "{}",
            "Votes of a party's seat, such as those that it won, where `majority` or `sufficient-consensus` counts; 1 for those not listed.",
        ),
        default("package", Kind::Word(PACKAGES), "\"step-by-step\"", "When agreed items are sealed."),
        default("agenda", Kind::Word(AGENDAS), "\"listed\"", "The order in which items are tabled; where the whole agenda is settled at once, all are.")
            .only("procedure", BY_ITEM, &[]),
        default("opens", Kind::Int(1, 64), "1", "Items that the agenda opens in a session; all of them where it is `all-at-once`.")
            .only("procedure", BY_ITEM, &[]),
        optional("at_most", Kind::Int(1, 64), "no limit", "The most items under discussion at a time.")
            .only("procedure", BY_ITEM, &[]),
        optional("opens_when", Kind::Condition, "at the start", "It opens once this holds."),
        optional("suspended_when", Kind::Condition, "never", "It is suspended while this holds."),
        optional("collapses_when", Kind::Condition, "never", "It collapses when this holds."),
        optional(
            "deadline",
            Kind::Either(&[Kind::Int(1, 200), Kind::Date]),
            "the last round",
            "The round by which parties plan to settle, or a date in it.",
        ),
        default("hard_deadline", Kind::Bool, "false", "Whether the track expires at its deadline."),
        optional(
            "belief",
            ODDS,
            "by the credibility of the lead mediator as the file writes it",
            "How far a soft deadline is believed: 0 not at all, 1 wholly. Wholly without a mediator.",
        ),
        optional(
            "long_run",
            Kind::Int(1, 200),
            "the last round as the file writes it",
            "The round until which the talks may go on in the eyes of the parties, where they do not believe the deadline.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `rule`
pub(in crate::scenario) static RULE: TableShape = TableShape {
    what: "a decision rule",
    header: "rule",
    doc: "Whose consent settles an item.",
    keys: &[
        required("kind", Kind::Word(RULE_KINDS), "The rule."),
        optional("n", Kind::Int(1, 16), "none", "How many seats may refuse.").only(
            "kind",
            &["all-but"],
            &["all-but"],
        ),
        default("vetoes", PARTIES, "[]", "Parties whose consent is needed in any case.").only(
            "kind",
            &["all-but"],
            &[],
        ),
        optional(
            "blocs",
            Kind::Map { of: Keys::Names, to: &SOME_PARTIES, least: 1, most: 16 },
            "none",
            "Named groups of parties; each needs a majority of its own.",
        )
        .only("kind", &["sufficient-consensus"], &["sufficient-consensus"]),
    ],
    others: None,
};

/// `[item.ID]`
pub(in crate::scenario) static ITEM: TableShape = TableShape {
    what: "an item",
    header: "[item.ID]",
    doc: "Something to settle, with the ways to settle it.",
    keys: &[
        required("track", Kind::Ref(Agent::Track), "The track whose agenda it is on."),
        OWN_TITLE,
        optional("requires", Kind::Condition, "nothing", "It can be tabled once this holds."),
        default(
            "guarantee",
            Kind::Level,
            "\"very-low\"",
            "How far its promises are guaranteed from the start.",
        ),
        optional(
            "weight",
            Kind::Map { of: Keys::Of(Agent::Party), to: &SHARE, least: 0, most: 256 },
            "none",
            "Weight for each party; the options' numbers are then scores, and points = weight × score / 100.",
        ),
        required(
            "option",
            Kind::Map { of: Keys::Options, to: &Kind::Table(&OPTION), least: 1, most: 254 },
            "The ways to settle it, by id; at most 32 where items are settled one by one or in a single text.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[item.ID.option]` entries
pub(in crate::scenario) static OPTION: TableShape = TableShape {
    what: "an option",
    header: "[item.ID.option.ID]",
    doc: "One way to settle an item. Beside these keys, a party's id gives its points (0 where missing).",
    keys: &[
        OWN_TITLE,
        default("red_line_of", PARTIES, "[]", "Parties that never accept it."),
        default(
            "exposes",
            Kind::Map {
                of: Keys::Of(Agent::Party),
                to: &Kind::Either(&[
                    Kind::Table(&EXPOSURE),
                    Kind::List { of: &Kind::Table(&EXPOSURE), least: 0, most: 16, distinct: false },
                ]),
                least: 0,
                most: 256,
            },
            "{}",
            "Promises it leaves a party exposed to.",
        ),
        NOTE,
        SOURCE,
    ],
    others: Some((Keys::Of(Agent::Party), SHARE)),
};

/// Entries of `exposes`
pub(in crate::scenario) static EXPOSURE: TableShape = TableShape {
    what: "an exposure",
    header: "exposes.PARTY",
    doc: "What a party loses if another breaks its promise (Walter 1997).",
    keys: &[
        required("to", Kind::Ref(Agent::Party), "Whose promise it relies on."),
        required("risk", SHARE, "Points at risk."),
    ],
    others: None,
};

/// `[instrument.ID]`
pub(in crate::scenario) static INSTRUMENT: TableShape = TableShape {
    what: "an instrument",
    header: "[instrument.ID]",
    doc: "A text that seals items when it is signed.",
    keys: &[
        required("track", Kind::Ref(Agent::Track), "The track where it is negotiated."),
        OWN_TITLE,
        default("kind", Kind::Word(INSTRUMENT_KINDS), "\"protocol\"", "What sort of text it is."),
        default("seals", refs(&Kind::Ref(Agent::Item), 0), "[]", "The items it seals, of the same track."),
        optional("signatories", PARTIES, "all seats of the track", "Who must sign."),
        optional("obliges", PARTIES, "its signatories", "Who must keep it."),
        optional("requires", Kind::Condition, "nothing", "It becomes ready only while this holds."),
        default("effect", EFFECTS, "[]", "What signing changes."),
        default("provides", refs(&Kind::Word(PROVISIONS), 0), "[]", "What it provides while in force."),
        optional(
            "ratify",
            Kind::Table(&RATIFY),
            "not needed",
            "Whether it must be ratified, and with what odds.",
        ),
        default("phases", Kind::Int(0, 8), "0", "Steps of implementation."),
        default(
            "matched",
            Kind::Bool,
            "false",
            "Whether a party takes its next step only after the others took theirs.",
        ),
        optional(
            "breach_limit",
            Kind::Int(1, 9),
            "that of `[dynamics.compliance]`",
            "Breaches after which it is broken.",
        ),
        optional(
            "expires_after",
            Kind::Days(9999),
            "it does not",
            "Days after its entry into force in which it lapses.",
        ),
        default(
            "renews",
            Kind::Bool,
            "false",
            "Whether its signatories may renew it, as they signed it, once it has lapsed.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `ratify`
pub(in crate::scenario) static RATIFY: TableShape = TableShape {
    what: "a ratification",
    header: "ratify",
    doc: "Ratification by plebiscite or parliament; what is left of 1 stays pending.",
    keys: &[
        PASSES,
        REJECTS,
        RATIFIED_BY,
        optional(
            "second",
            Kind::Table(&RATIFIER),
            "the same again",
            "Who ratifies the text when it is signed again after the first has rejected it (Colombia 2016).",
        ),
    ],
    others: None,
};

const PASSES: KeyShape = required("passes", ODDS, "Odds of passing, each round.");
const REJECTS: KeyShape = default("rejects", ODDS, "0", "Odds of being rejected, each round.");
const RATIFIED_BY: KeyShape = optional("by", TITLE, "not named", "Who ratifies, such as a parliament.");

/// `ratify.second`
pub(in crate::scenario) static RATIFIER: TableShape = TableShape {
    what: "a ratifier",
    header: "ratify.second",
    doc: "Who ratifies a text after another has rejected it.",
    keys: &[PASSES, REJECTS, RATIFIED_BY],
    others: None,
};
