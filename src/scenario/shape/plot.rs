//! Shapes of the file itself, the scenario, and what it schedules, counts and asks.

use super::*;

/// The whole file.
pub(in crate::scenario) static ROOT: TableShape = TableShape {
    what: "a scenario file",
    header: "the file",
    doc: "A scenario: one TOML file.",
    keys: &[
        required("scenario", Kind::Table(&SCENARIO), "The frame."),
        default("party", agents(Agent::Party, &Kind::Table(&PARTY), 16), "{}", "Parties, by id."),
        default("mediator", agents(Agent::Mediator, &Kind::Table(&MEDIATOR), 16), "{}", "Mediators, by id."),
        default("track", agents(Agent::Track, &Kind::Table(&TRACK), 8), "{}", "Tracks, by id."),
        default("item", agents(Agent::Item, &Kind::Table(&ITEM), 64), "{}", "Agenda items, by id."),
        default(
            "instrument",
            agents(Agent::Instrument, &Kind::Table(&INSTRUMENT), 64),
            "{}",
            "Instruments, by id.",
        ),
        default("front", agents(Agent::Front, &Kind::Table(&FRONT), 32), "{}", "Fronts, by id."),
        default("spoiler", agents(Agent::Spoiler, &Kind::Table(&SPOILER), 16), "{}", "Spoilers, by id."),
        default("backer", agents(Agent::Backer, &Kind::Table(&BACKER), 16), "{}", "Backers, by id."),
        default("observer", agents(Agent::Observer, &Kind::Table(&OBSERVER), 16), "{}", "Observers, by id."),
        default("event", agents(Agent::Event, &Kind::Table(&EVENT), 128), "{}", "Events, by id."),
        optional(
            "outcome",
            agents(Agent::Outcome, &Kind::Table(&OUTCOME), 32),
            "the usual ones",
            "Outcomes, by id, tried in order.",
        ),
        default("reward", agents(Agent::Reward, &Kind::Table(&REWARD), 32), "{}", "Counted rewards, by id."),
        default("what-if", agents(Agent::WhatIf, &Kind::Table(&WHAT_IF), 64), "{}", "What-ifs, by id."),
        default("property", agents(Agent::Property, &Kind::Table(&PROPERTY), 64), "{}", "Properties, by id."),
        default(
            "ranges",
            RANGES,
            "{}",
            "What numbers and levels could as well be, for `baraza sensitivity`.",
        ),
        default(
            "history",
            Kind::List { of: &Kind::Table(&HISTORY), least: 0, most: 256, distinct: false },
            "[]",
            "What really happened.",
        ),
        default(
            "base-rate",
            Kind::List { of: &Kind::Table(&BASE_RATE), least: 0, most: 64, distinct: false },
            "[]",
            "How often such things came about elsewhere.",
        ),
        optional("exercise", Kind::Table(&EXERCISE), "none", "How it is used in class."),
        default("dynamics", Kind::Table(&DYNAMICS), "{}", "The numbers of the rules."),
    ],
    others: None,
};

/// The most ranges of a file.
pub(in crate::scenario) const MOST_RANGES: usize = 128;

/// `[ranges]`: a list of two for each path. The largest number that any key takes is a million.
const RANGES: Kind = Kind::Map {
    of: Keys::Paths,
    to: &Kind::List {
        of: &Kind::Either(&[Kind::Number(0.0, 1e6), Kind::Text(40)]),
        least: 2,
        most: 2,
        distinct: false,
    },
    least: 0,
    most: MOST_RANGES,
};

/// `[scenario]`
pub(in crate::scenario) static SCENARIO: TableShape = TableShape {
    what: "the scenario",
    header: "[scenario]",
    doc: "The frame: title, start and length.",
    keys: &[
        required("title", TITLE, "The title of the scenario."),
        optional("summary", PROSE, "none", "What it is about."),
        unless("sessions", "start", Kind::Date, "First day of the first round, such as 2025-07-09."),
        unless("sessions", "rounds", Kind::Int(1, 200), "Number of rounds."),
        default("round_days", Kind::Int(1, 366), "14", "Days from one round to the next."),
        optional(
            "sessions",
            Kind::List { of: &Kind::Date, least: 2, most: 200, distinct: true },
            "every `round_days` days",
            "The days on which the rounds begin, in order, instead of `start`, `rounds` and `round_days`; the last round is as long as \
             the one before it. Needs `odds_days`.",
        ),
        optional(
            "odds_days",
            Kind::Int(1, 366),
            "`round_days` as the file writes it",
            "The days that odds of what happens between sessions are for; where a round has other days they are converted.",
        ),
        default(
            "normalise",
            Kind::Bool,
            "false",
            "Whether each party's points are scaled so that its best options sum to 100.",
        ),
        default(
            "sources",
            Kind::List { of: &PROSE, least: 0, most: 256, distinct: false },
            "[]",
            "Where its facts are documented.",
        ),
        NOTE,
    ],
    others: None,
};

/// `[event.ID]`
pub(in crate::scenario) static EVENT: TableShape = TableShape {
    what: "an event",
    header: "[event.ID]",
    doc: "Something scheduled or conditional that changes the world.",
    keys: &[
        OWN_TITLE,
        optional("when", Kind::Condition, "always", "When it can happen."),
        optional("date", Kind::Date, "any day", "It cannot happen before the round that contains this date."),
        default("odds", ODDS, "1", "Odds, each round in which it can."),
        required("effect", EFFECTS, "What it changes."),
        default("repeats", Kind::Bool, "false", "Whether it can happen again."),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[outcome.ID]`
pub(in crate::scenario) static OUTCOME: TableShape = TableShape {
    what: "an outcome",
    header: "[outcome.ID]",
    doc: "A way for the talks to end; tried in the order of the file.",
    keys: &[
        OWN_TITLE,
        optional("when", Kind::Condition, "always", "The condition."),
        default("ends", Kind::Bool, "false", "Whether it ends the talks as soon as it holds."),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// `[reward.ID]`
pub(in crate::scenario) static REWARD: TableShape = TableShape {
    what: "a reward",
    header: "[reward.ID]",
    doc: "A quantity counted beside the state, such as people displaced.",
    keys: &[
        OWN_TITLE,
        default("unit", TITLE, "\"\"", "What it is counted in."),
        default(
            "counts",
            Kind::List { of: &Kind::Table(&COUNT), least: 0, most: 64, distinct: false },
            "[]",
            "What adds to it, each round.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// Entries of `counts`
pub(in crate::scenario) static COUNT: TableShape = TableShape {
    what: "a count",
    header: "[[reward.ID.counts]]",
    doc: "One rule of a counted reward.",
    keys: &[
        optional("when", Kind::Condition, "always", "When it adds."),
        required("add", Kind::Int(0, 1_000_000), "How much it adds."),
    ],
    others: None,
};

/// `[what-if.ID]`
pub(in crate::scenario) static WHAT_IF: TableShape = TableShape {
    what: "a what-if",
    header: "[what-if.ID]",
    doc: "A change to the scenario that a teacher would ask about.",
    keys: &[
        OWN_TITLE,
        optional("question", PROSE, "none", "The question."),
        default(
            "set",
            Kind::Map { of: Keys::Paths, to: &Kind::Any, least: 0, most: 64 },
            "{}",
            "Changes: paths in quotes and their new values.",
        ),
        default(
            "unset",
            Kind::List { of: &Kind::Text(200), least: 0, most: 64, distinct: true },
            "[]",
            "Paths of keys, or of agents, that the file has and the change takes away.",
        ),
        default(
            "add",
            Kind::Map { of: Keys::Words(ADDED), to: &ADDED_AGENTS, least: 0, most: 10 },
            "{}",
            "Agents that there are with the change, by kind and id, each a table as it would stand in the file.",
        ),
        NOTE,
        SOURCE,
    ],
    others: None,
};

/// The kinds of agent that a what-if can add.
const ADDED: &[&str] =
    &["party", "mediator", "track", "item", "instrument", "front", "spoiler", "backer", "observer", "event"];
/// What they are is checked where they are added.
const ADDED_AGENTS: Kind = Kind::Map { of: Keys::Names, to: &Kind::Any, least: 1, most: 16 };

/// `[[history]]`
pub(in crate::scenario) static HISTORY: TableShape = TableShape {
    what: "an entry of the history",
    header: "[[history]]",
    doc: "Something that really happened, for the backtest and the debrief.",
    keys: &[
        required("date", Kind::Date, "When."),
        required("that", Kind::Condition, "The condition it made true."),
        optional("title", TITLE, "the condition", "What it is called, in a few words."),
        default(
            "reading",
            Kind::Word(READINGS),
            "\"at\"",
            "`at`: it was the case on that date, so it should hold at the end of the round that contains the date. `by`: \
             it came about on that date, whatever was later, so it should have held at the end of some round up to that \
             one.",
        ),
        SOURCE,
        NOTE,
    ],
    others: None,
};

/// How an entry of the history is read, in the order of [`crate::domain::ReadAs`].
pub(in crate::scenario) const READINGS: &[&str] = &["at", "by"];

/// The largest number of cases.
const CASES: Kind = Kind::Int(0, 10_000_000);

/// `[[base-rate]]`
pub(in crate::scenario) static BASE_RATE: TableShape = TableShape {
    what: "a base rate",
    header: "[[base-rate]]",
    doc: "How often something came about in other cases, shown beside the model's own share by `baraza backtest`. It \
          changes nothing in a run. Give either `share`, or `happened` and `of`: only counts have an interval.",
    keys: &[
        required("title", TITLE, "What was counted, and among which cases."),
        required(
            "about",
            Kind::Condition,
            "What it can be compared with: a condition, read at the end of the last round unless `within` says otherwise.",
        ),
        optional(
            "given",
            Kind::Condition,
            "all runs",
            "Only runs in which this holds at the end of the last round are compared; with `within`, those in which it held at the end of \
             some round.",
        ),
        optional(
            "within",
            Kind::Days(9999),
            "at the end of the last round",
            "The days that the rate counts, such as \"365 days\": the model's share is that of runs in which `about` held at the end of \
             some round that began at most so many days after the first in which `given` held, as far as the talks last.",
        ),
        optional("share", ODDS, "`happened` and `of`", "The rate, where the number of cases is not known."),
        optional("happened", CASES, "`share`", "In how many cases it came about."),
        optional("of", CASES, "`share`", "How many cases there were, at least 1."),
        required("source", PROSE, "Where it is documented."),
        NOTE,
    ],
    others: None,
};

/// `[property.ID]`
pub(in crate::scenario) static PROPERTY: TableShape = TableShape {
    what: "a property",
    header: "[property.ID]",
    doc: "A claim about all that can happen, for `baraza verify`: one of `always`, `never`, `possible`, `whenever` with `then`, or `probability` with a bound.",
    keys: &[
        OWN_TITLE,
        optional("always", Kind::Condition, "none", "Holds after every turn of every run."),
        optional("never", Kind::Condition, "none", "Holds after no turn of any run."),
        optional("possible", Kind::Condition, "none", "Holds after some turn of some run."),
        optional(
            "whenever",
            Kind::Condition,
            "none",
            "Whenever this holds at the end of a round, `then` follows.",
        ),
        optional("then", Kind::Condition, "none", "What follows: at the end of that round or a later one."),
        optional(
            "within",
            Kind::Int(0, 200),
            "before the talks end",
            "How many rounds later at most, for `whenever`.",
        ),
        optional(
            "probability",
            Kind::Condition,
            "none",
            "Holds when the talks end, with a probability within bounds.",
        ),
        optional("at_least", Kind::Number(0.0, 1.0), "none", "The least probability."),
        optional("at_most", Kind::Number(0.0, 1.0), "none", "The greatest probability."),
        NOTE,
        SOURCE,
    ],
    others: None,
};
