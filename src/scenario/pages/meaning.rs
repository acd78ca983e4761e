//! Pages about what does not fit together.

use super::super::code::Page;

pub(in crate::scenario) static ODDS_SUM: Page = Page {
    text: r#"The odds of a firm, planned and flexible mandate sum to 1, since a delegation always has one of them. The odds of passing
and being rejected may sum to less than 1: the rest stays pending."#,
    wrong: r#"[party.east]
mandate = { firm = 0.5, planned = 0.5, flexible = 0.5 }"#,
    right: r#"[party.east]
mandate = { firm = 0.2, planned = 0.5, flexible = 0.3 }"#,
};

pub(in crate::scenario) static NO_SEAT: Page = Page {
    text: r#"Only parties with a seat on a track have points, red lines, vetoes and signatures there. Give the party a seat, or leave
it out."#,
    wrong: r#"[party.east]

[item.road]
track = "talks"
[item.road.option]
open = { north = 10, east = 10 }
shut = { south = 10 }"#,
    right: r#"[party.east]

[item.road]
track = "talks"
[item.road.option]
open = { north = 10 }
shut = { south = 10 }"#,
};

pub(in crate::scenario) static OTHER_TRACK: Page = Page {
    text: "An instrument is negotiated on one track and seals items of that track's agenda.",
    wrong: r#"[track.second]
seats = ["north"]

[instrument.letter]
track = "second"
seals = ["water"]"#,
    right: r#"[track.second]
seats = ["north"]

[instrument.letter]
track = "talks"
seals = ["water"]"#,
};

pub(in crate::scenario) static MEDIATOR_TWICE: Page = Page {
    text: "A mediator takes one action a round on one track. Where the same organisation serves two tracks, write two mediators.",
    wrong: r#"[mediator.town]
[track.one]
seats = ["north"]
mediators = ["town"]
[track.two]
seats = ["south"]
mediators = ["town"]"#,
    right: r#"[mediator.town]
[mediator.town-too]
[track.one]
seats = ["north"]
mediators = ["town"]
[track.two]
seats = ["south"]
mediators = ["town-too"]"#,
};

pub(in crate::scenario) static SELF_REFERENCE: Page = Page {
    text: "A party cannot back itself, be exposed to its own promise, or be blamed for attacks on itself.",
    wrong: r#"[backer.uncle]
party = "north"
supports = "north""#,
    right: r#"[backer.uncle]
party = "south"
supports = "north""#,
};

pub(in crate::scenario) static BLAME_WITHOUT_VICTIM: Page = Page {
    text: "`blamed_on` says whom the victim of a spoiler's attacks holds responsible; without a `victim` nobody does.",
    wrong: r#"[spoiler.raiders]
odds = 0.2
blamed_on = "south""#,
    right: r#"[spoiler.raiders]
odds = 0.2
victim = "north"
blamed_on = "south""#,
};

pub(in crate::scenario) static NO_ACTION: Page = Page {
    text: r#"A mediator draws one action a round by the weights of its style; at least one of them must be above 0. A mediator that
should not act is left out."#,
    wrong: r#"[mediator.town]
style = { facilitate = 0 }"#,
    right: r#"[mediator.town]
style = { facilitate = 1 }"#,
};

pub(in crate::scenario) static NO_RATE: Page = Page {
    text: "A base rate says how often something came about in other cases: either as a `share`, or as counts, `happened` of \
           so many. Counts say more: only they have an interval.",
    wrong: r#"[[base-rate]]
title = "Truces broken within a year"
about = "instrument.pact.state == broken"
happened = 12
source = "a study of truces""#,
    right: r#"[[base-rate]]
title = "Truces broken within a year"
about = "instrument.pact.state == broken"
happened = 12
of = 40
source = "a study of truces""#,
};

pub(in crate::scenario) static CLAIM: Page = Page {
    text: r#"A property makes one claim: `always`, `never` or `possible` with a condition, `whenever` with `then` (and perhaps
`within`), or `probability` with `at_least` or `at_most`."#,
    wrong: r#"[property.shared]
whenever = "item.water.state == agreed""#,
    right: r#"[property.shared]
whenever = "item.water.state == agreed"
then = "item.water.state == sealed""#,
};

pub(in crate::scenario) static PROCEDURE_RULE: Page = Page {
    text: "Where parties answer a mediator's text, all of them must say yes. Other decision rules belong to `item-by-item`, \
           `vote` and `alternating-offers`.",
    wrong: r#"[mediator.town]
[track.second]
seats = ["north", "south"]
mediators = ["town"]
procedure = "single-text"
rule = "majority""#,
    right: r#"[mediator.town]
[track.second]
seats = ["north", "south"]
mediators = ["town"]
procedure = "single-text""#,
};

pub(in crate::scenario) static NO_AUTHOR: Page = Page {
    text: "With `single-text` the parties only answer: a mediator of the track writes the text and changes it.",
    wrong: r#"[track.second]
seats = ["north", "south"]
procedure = "single-text""#,
    right: r#"[mediator.town]
[track.second]
seats = ["north", "south"]
mediators = ["town"]
procedure = "single-text""#,
};

pub(in crate::scenario) static NO_OFFERS: Page = Page {
    text: "A party with the tactic `micro` makes a new offer when the others have made as many as it has. Every track where it \
           sits must have the procedure `alternating-offers`, in which offers are made.",
    wrong: r#"[party.east]
tactic = { kind = "micro" }
[track.second]
seats = ["north", "east"]"#,
    right: r#"[party.east]
tactic = { kind = "micro" }
[track.second]
seats = ["north", "east"]
procedure = "alternating-offers""#,
};

pub(in crate::scenario) static ITEM_WAITS: Page = Page {
    text: "With `alternating-offers` and `single-text` all items of the track are settled at once, so that none of them can wait \
           for something else. The track as a whole can, with `opens_when`.",
    wrong: r#"[track.second]
seats = ["north", "south"]
procedure = "alternating-offers"
[item.road]
track = "second"
requires = "round >= 3"
option.open = { north = 0, south = 0 }
option.shut = { north = 0, south = 0 }"#,
    right: r#"[track.second]
seats = ["north", "south"]
procedure = "alternating-offers"
opens_when = "round >= 3"
[item.road]
track = "second"
option.open = { north = 0, south = 0 }
option.shut = { north = 0, south = 0 }"#,
};

pub(in crate::scenario) static TWO_IMITATE: Page = Page {
    text: "A party keeps one memory of what it was offered, so that one part of a mixture can be `tit-for-tat`. The others can \
           be any tactic that looks at time alone.",
    wrong: r#"[party.east]
tactic = { kind = "mixture", parts = [{ kind = "tit-for-tat" }, { kind = "tit-for-tat" }] }"#,
    right: r#"[party.east]
tactic = { kind = "mixture", parts = [{ kind = "tit-for-tat" }, { kind = "boulware" }] }"#,
};

pub(in crate::scenario) static CALENDAR: Page = Page {
    text: "Talks that meet at uneven distances list their days under `sessions`, in order, at most a year apart, instead of `start`, \
           `rounds` and `round_days`. Rounds then differ in length, so `odds_days` must say how many days the odds of what \
           happens between sessions are for.",
    wrong: r#"[what-if.uneven]
set = { "scenario.sessions" = [2026-03-02, 2026-02-16] }"#,
    right: r#"[what-if.uneven]
set = { "scenario.sessions" = [2026-03-02, 2026-03-30] }"#,
};

pub(in crate::scenario) static PROFILE: Page = Page {
    text: "A profile changes what a party wants from one round to the next. A tactic that imitates or counts offers has a memory \
           that means nothing to another tactic, so neither the party nor its profiles can have such a one where a profile names a \
           tactic. Where whole packages are offered, each party's packages are put in order before the talks begin, so that a party \
           with profiles has no seat there.",
    wrong: r#"[party.east]
tactic = { kind = "tit-for-tat" }
[party.east.profile.federal]
tactic = { kind = "conceder" }"#,
    right: r#"[party.east]
tactic = { kind = "boulware" }
[party.east.profile.federal]
tactic = { kind = "conceder" }"#,
};
