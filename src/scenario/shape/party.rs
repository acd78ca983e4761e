//! Shapes of parties and their tactics.

use super::*;
use crate::domain::tactic::{Those, count, words};
use crate::domain::told;

/// The words of the tactics that are such.
macro_rules! those {
    ($those:expr) => {
        const { &words::<{ count($those) }>($those) }
    };
}

/// The kinds of tactic.
pub(in crate::scenario) const TACTIC_KINDS: &[&str] = &told::ids(told::TACTICS);
/// Those that can be part of a mixture.
pub(in crate::scenario) const PART_KINDS: &[&str] = those!(Those::Parts);
/// The ways of imitating.
pub(in crate::scenario) const IMITATIONS: &[&str] = &["relative", "random-absolute", "averaged"];

/// What a discount applies to.
pub(in crate::scenario) const DISCOUNTS: &[&str] = &["agreement", "both"];

/// What a resource-dependent tactic watches.
pub(in crate::scenario) const RESOURCES: &[&str] = &["time", "parties", "patience"];

/// Points of no agreement, for all tracks or track by track.
const ALTERNATIVE: Kind =
    Kind::Either(&[POINTS, Kind::Map { of: Keys::Of(Agent::Track), to: &POINTS, least: 0, most: 256 }]);

/// `[party.ID]`
pub(in crate::scenario) static PARTY: TableShape = TableShape {
    what: "a party",
    header: "[party.ID]",
    doc: "A party to the conflict: what it wants, what it can fall back on and how it bargains.",
    keys: &[
        OWN_NAME,
        default("capability", Kind::Level, "\"medium\"", "Military capability of its own."),
        default(
            "alternative",
            ALTERNATIVE,
            "0",
            "The value of no agreement (BATNA) in points of 100, for all its tracks or track by track.",
        ),
        default(
            "trust",
            Kind::Map { of: Keys::Of(Agent::Party), to: &Kind::Level, least: 0, most: 256 },
            "{}",
            "Trust in other parties; `medium` in those not listed.",
        ),
        default("audience", Kind::Level, "\"low\"", "How firmly its home audience holds it to its demands."),
        default("weariness", Kind::Level, "\"very-low\"", "War-weariness."),
        default("pressure", Kind::Level, "\"very-low\"", "Outside pressure on it."),
        optional(
            "reserve",
            Kind::Table(&RESERVE),
            "none",
            "What the author leaves open of its alternative, drawn in the first round and hidden from the others.",
        ),
        default(
            "optimism",
            Kind::Level,
            "\"very-low\"",
            "How far it overrates what it has without agreement: `very-low` sees clearly (Blainey 1973).",
        ),
        default("allies", PARTIES, "[]", "Parties whose holding of a front counts as its own."),
        default(
            "stake",
            Kind::Map { of: Keys::Of(Agent::Front), to: &POINTS, least: 0, most: 256 },
            "{}",
            "Points its alternative gains or loses with a front.",
        ),
        default(
            "tactic",
            Kind::Table(&TACTIC),
            "{ kind = \"linear\" }",
            "How its target falls over the rounds.",
        ),
        default(
            "discount",
            Kind::Above(0.0, 1.0),
            "1",
            "What a point is worth one round later, or `odds_days` later where rounds are not as long: an agreement of the whole agenda in \
             round r is worth its points times discount^(r - 1).",
        ),
        default(
            "discounts",
            Kind::Word(DISCOUNTS),
            "\"agreement\"",
            "What `discount` applies to: agreements only, or `both` an agreement and no agreement, as in domains of GENIUS and \
             NegMAS.",
        ),
        optional(
            "mandate",
            Kind::Table(&MANDATE),
            "that of `[dynamics]`",
            "Odds of its delegation's mandates.",
        ),
        optional(
            "consult",
            ODDS,
            "that of `[dynamics]`",
            "Odds, each round, that its delegation goes home to consult.",
        ),
        default("ceasefire", Kind::Bool, "false", "Whether it observes a ceasefire from the start."),
        optional("admitted_when", Kind::Condition, "always", "It is barred until this holds."),
        optional("suspended_when", Kind::Condition, "never", "It is barred while this holds."),
        optional(
            "precondition",
            Kind::Condition,
            "none",
            "What it demands for staying; walking out is likelier while this does not hold.",
        ),
        default(
            "profile",
            Kind::Map { of: Keys::Profiles, to: &Kind::Table(&PROFILE), least: 0, most: 16 },
            "{}",
            "Other preferences that an effect can give it, by id: `party.ID.profile = autonomy`; `initial` are those it begins with.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[party.ID.profile.ID]`
pub(in crate::scenario) static PROFILE: TableShape = TableShape {
    what: "a profile",
    header: "[party.ID.profile.ID]",
    doc: "Preferences of a party from the moment on at which an effect gives it this profile. Nothing is undone by the change; what is \
          not said here stays as it was at the start.",
    keys: &[
        OWN_TITLE,
        optional(
            "alternative",
            ALTERNATIVE,
            "the party's own",
            "The value of no agreement, as the party has it.",
        ),
        optional(
            "red_lines",
            Kind::Map { of: Keys::Of(Agent::Item), to: &OPTIONS, least: 0, most: 256 },
            "those that `red_line_of` of the options names",
            "Options that it never accepts, by item, in place of all others.",
        ),
        default(
            "points",
            Kind::Map { of: Keys::Of(Agent::Item), to: &POINTS_BY_OPTION, least: 0, most: 256 },
            "{}",
            "Points that are others than in the options, by item and option.",
        ),
        optional(
            "tactic",
            Kind::Table(&TACTIC),
            "the party's own",
            "How its target falls; of a party none of whose tactics imitates or counts offers.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// Options of an item, each once.
const OPTIONS: Kind = Kind::List { of: &Kind::Text(40), least: 0, most: 254, distinct: true };
/// Points by option.
const POINTS_BY_OPTION: Kind =
    Kind::Map { of: Keys::Names, to: &Kind::Number(0.0, 100.0), least: 0, most: 254 };

/// `reserve`
pub(in crate::scenario) static RESERVE: TableShape = TableShape {
    what: "a reserve",
    header: "reserve",
    doc: "What the author of the file is unsure of: the alternative may be lower or higher than written.",
    keys: &[
        required(
            "points",
            Kind::Int(1, 50),
            "Points by which a weak or strong reserve lowers or raises the alternative.",
        ),
        default(
            "odds",
            Kind::List { of: &ODDS, least: 3, most: 3, distinct: false },
            "[0.25, 0.5, 0.25]",
            "Odds of a weak, an expected and a strong reserve; they sum to 1.",
        ),
    ],
    others: None,
};

const BETA: KeyShape = optional(
    "beta",
    Kind::Above(0.0, 100.0),
    "1; boulware 0.4, conceder 2.5",
    "Convexity: below 1 it concedes late, above 1 early.",
)
.only("kind", those!(Those::With("beta")), those!(Those::Needing("beta")));
const KAPPA: KeyShape = optional(
    "kappa",
    Kind::Number(0.0, 1.0),
    "0; exponential 0.05, hardliner 0.1",
    "The share conceded at once; for a hardliner, all it ever concedes.",
)
.only("kind", those!(Those::With("kappa")), &[]);
const DEADLINE: KeyShape = optional(
    "deadline",
    Kind::Int(1, 200),
    "that of the track",
    "The round by which it is ready to go down to its alternative.",
)
.only("kind", those!(Those::With("deadline")), &[]);
const RATE: KeyShape = default(
    "rate",
    Kind::Above(0.0, 100.0),
    "1",
    "What a unit of the resource is worth, such as a round that is left: the higher, the later it concedes.",
)
.only("kind", those!(Those::With("rate")), &[]);
const RESOURCE: KeyShape = default(
    "resource",
    Kind::Word(RESOURCES),
    "\"time\"",
    "What runs out: the rounds that are left, the other parties at the table, or the patience with them as offers go on.",
)
.only("kind", those!(Those::With("resource")), &[]);
const DEMAND: KeyShape =
    optional("demand", POINTS, "none", "What it demands, take it or leave it, in points of 100.").only(
        "kind",
        those!(Those::With("demand")),
        those!(Those::Needing("demand")),
    );
const IMITATION: KeyShape =
    default("imitation", Kind::Word(IMITATIONS), "\"relative\"", "How it answers concessions.").only(
        "kind",
        those!(Those::With("imitation")),
        &[],
    );
const WINDOW: KeyShape = default(
    "window",
    Kind::Int(1, 4),
    "1",
    "How many offers back it looks: `averaged` answers all that was conceded since, the others the step made then.",
)
.only("kind", those!(Those::With("window")), &[]);
const SPREAD: KeyShape = optional(
    "spread",
    Kind::Int(0, 20),
    "5 with `random-absolute`",
    "Its largest random step in points, with `random-absolute`.",
)
.only("kind", those!(Those::With("spread")), &[]);

/// `tactic`
pub(in crate::scenario) static TACTIC: TableShape = TableShape {
    what: "a tactic",
    header: "tactic",
    doc: "How a party's target falls over the rounds (Faratin, Sierra & Jennings 1998; `micro`: de Jonge 2022).",
    keys: &[
        default("kind", Kind::Word(TACTIC_KINDS), "\"linear\"", "The rule."),
        BETA,
        KAPPA,
        DEADLINE,
        RATE,
        RESOURCE,
        DEMAND,
        IMITATION,
        WINDOW,
        SPREAD,
        optional(
            "parts",
            Kind::List { of: &Kind::Table(&PART), least: 1, most: 8, distinct: false },
            "none",
            "The tactics of a mixture; its target is the weighted mean of theirs.",
        )
        .only("kind", those!(Those::With("parts")), those!(Those::Needing("parts"))),
        default(
            "walks_away",
            Kind::Bool,
            "false",
            "Whether it walks out of an exchange of offers once its deadline, or the track's, has passed.",
        ),
    ],
    others: None,
};

/// Entries of `parts`
pub(in crate::scenario) static PART: TableShape = TableShape {
    what: "a part of a mixture",
    header: "parts",
    doc: "A tactic with its weight.",
    keys: &[
        default("weight", Kind::Above(0.0, 1e6), "1", "Its weight beside the other parts."),
        default("kind", Kind::Word(PART_KINDS), "\"linear\"", "The rule."),
        BETA,
        KAPPA,
        DEADLINE,
        RATE,
        RESOURCE,
        DEMAND,
        IMITATION,
        WINDOW,
        SPREAD,
    ],
    others: None,
};

/// `mandate`
pub(in crate::scenario) static MANDATE: TableShape = TableShape {
    what: "a mandate",
    header: "mandate",
    doc: "Odds of a firm, planned and flexible mandate; they sum to 1.",
    keys: &[
        required("firm", ODDS, "Odds of being told to ask for more."),
        required("planned", ODDS, "Odds of no new instruction."),
        required("flexible", ODDS, "Odds of being told to settle for less."),
    ],
    others: None,
};
