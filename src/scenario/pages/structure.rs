//! Pages about keys, types and ids.

use super::super::code::Page;

pub(in crate::scenario) static UNKNOWN_KEY: Page = Page {
    text: r#"Every table has a fixed set of keys. A key that is not among them is usually misspelled; passing it over would mean to
run another scenario than the one that was written."#,
    wrong: r#"[party.east]
alternativ = 40"#,
    right: r#"[party.east]
alternative = 40"#,
};

pub(in crate::scenario) static WRONG_TYPE: Page = Page {
    text: r#"Each key has a type. Numbers and dates stand without quotes, texts, names and conditions with quotes, lists in square
brackets."#,
    wrong: r#"[party.east]
alternative = "40""#,
    right: r#"[party.east]
alternative = 40"#,
};

pub(in crate::scenario) static MISSING_KEY: Page = Page {
    text: r#"Some keys have no sensible default: the scenario's title, start and rounds, a track's seats, an item's track and
options, a front's holder and belligerents, and a few more."#,
    wrong: r#"[front.ford]
holder = "north""#,
    right: r#"[front.ford]
holder = "north"
belligerents = ["north", "south"]"#,
};

pub(in crate::scenario) static OUT_OF_RANGE: Page = Page {
    text: "Every number has bounds: points go from 0 to 100, odds from 0 to 1, rounds from 1 to 200.",
    wrong: r#"[party.east]
alternative = 140"#,
    right: r#"[party.east]
alternative = 40"#,
};

pub(in crate::scenario) static UNKNOWN_WORD: Page = Page {
    text: r#"Where a key takes one of a few words, only these words are possible. Levels are `very-low`, `low`, `medium`, `high` and
`very-high`."#,
    wrong: r#"[party.east]
capability = "strong""#,
    right: r#"[party.east]
capability = "high""#,
};

pub(in crate::scenario) static UNKNOWN_ID: Page = Page {
    text: r#"A key that names another agent must name one that the file has. Ids are the keys of the tables: `[party.north]` is
`north`."#,
    wrong: r#"[front.ford]
holder = "noth"
belligerents = ["north"]"#,
    right: r#"[front.ford]
holder = "north"
belligerents = ["north"]"#,
};

pub(in crate::scenario) static BAD_ID: Page = Page {
    text: r#"Ids are small letters, digits and hyphens, at most 40 of them, beginning with a letter or digit. Some words are taken:
those of the condition language everywhere, and levels and states where a condition could not tell them from an id.
The spelling for people belongs into `title` or `name`."#,
    wrong: r#"[front.The_Ford]
holder = "north"
belligerents = ["north"]"#,
    right: r#"[front.the-ford]
holder = "north"
belligerents = ["north"]"#,
};

pub(in crate::scenario) static TOO_FEW: Page = Page {
    text: r#"Some lists and tables cannot be empty: a track needs a seat, an item an option, a what-if a change. Tables by level need
exactly five numbers."#,
    wrong: r#"[track.second]
seats = []"#,
    right: r#"[track.second]
seats = ["north"]"#,
};

pub(in crate::scenario) static DUPLICATE: Page = Page {
    text: "A list of agents or words names each of them once.",
    wrong: r#"[track.second]
seats = ["north", "north"]"#,
    right: r#"[track.second]
seats = ["north", "south"]"#,
};

pub(in crate::scenario) static UNUSED_KEY: Page = Page {
    text: r#"Some keys mean something only to some kinds: `beta` shapes the polynomial and exponential tactics, `demand` is what a
fixed tactic asks, a grievance is what would stop a limited spoiler. Elsewhere they would silently do nothing."#,
    wrong: r#"[party.east]
tactic = { kind = "hardliner", beta = 2 }"#,
    right: r#"[party.east]
tactic = { kind = "boulware", beta = 0.3 }"#,
};
