//! Pages about doubts.

use super::super::code::Page;

pub(in crate::scenario) static UNSEALED: Page = Page {
    text: "An item is agreed provisionally until an instrument that seals it is signed. Without one the talks can never conclude.",
    wrong: r#"[item.road]
track = "talks"
[item.road.option]
open = { north = 10 }
shut = { south = 10 }"#,
    right: r#"[instrument.road-letter]
track = "talks"
seals = ["road"]

[item.road]
track = "talks"
[item.road.option]
open = { north = 10 }
shut = { south = 10 }"#,
};

pub(in crate::scenario) static POINT_SUM: Page = Page {
    text: r#"Alternatives and targets are measured in points of 100, so the best options of each party should sum to 100 (red lines
left out). `normalise = true` in `[scenario]` scales them; `normalise = false` says that they are meant so."#,
    wrong: r#"[item.road]
track = "talks"
[item.road.option]
open = { north = 10 }
shut = { south = 10 }
[instrument.road-letter]
track = "talks"
seals = ["road"]"#,
    right: r#"[item.road]
track = "talks"
[item.road.option]
open = { title = "Open" }
shut = { title = "Shut" }
[instrument.road-letter]
track = "talks"
seals = ["road"]"#,
};

pub(in crate::scenario) static NEVER_HOLDS: Page = Page {
    text: r#"The condition asks for something out of reach, such as a round after the last one, a date that no round contains, or two
states at once."#,
    wrong: r#"[event.flood]
when = "round > 20"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "round > 10"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static ALWAYS_HOLDS: Page = Page {
    text: "The condition holds whatever happens, so the key says nothing. A literal `true` is not doubted.",
    wrong: r#"[event.flood]
when = "round >= 1"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "round >= 2"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static REFUSED_BY_ALL: Page = Page {
    text: "Every party of the track has a red line against the option. It can never be agreed.",
    wrong: r#"[item.road]
track = "talks"
[item.road.option]
open = { red_line_of = ["north", "south"] }
shut = { north = 0 }
[instrument.road-letter]
track = "talks"
seals = ["road"]"#,
    right: r#"[item.road]
track = "talks"
[item.road.option]
open = { red_line_of = ["north"] }
shut = { north = 0 }
[instrument.road-letter]
track = "talks"
seals = ["road"]"#,
};

pub(in crate::scenario) static CHANGES_NOTHING: Page = Page {
    text: "With the changes of the what-if the scenario is the same as without them: the comparison would show no difference.",
    wrong: r#"[what-if.x]
set = { "party.north.alternative" = 30 }"#,
    right: r#"[what-if.x]
set = { "party.north.alternative" = 50 }"#,
};

pub(in crate::scenario) static NO_EFFECT: Page = Page {
    text: "An event with an empty list of effects is recorded when it happens, but changes nothing.",
    wrong: r#"[event.flood]
when = "round >= 3"
effect = []"#,
    right: r#"[event.flood]
when = "round >= 3"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static CANNOT_FIRE: Page = Page {
    text: "With odds of 0, or a date after the last round, the event never happens.",
    wrong: r#"[event.flood]
odds = 0
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
odds = 0.1
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static NEVER_REACHED: Page = Page {
    text: "Outcomes are tried in the order of the file. One that always holds ends the list; what stands after it is never reached.",
    wrong: r#"[outcome.nothing]

[outcome.deal]
when = "instrument.pact.signed""#,
    right: r#"[outcome.deal]
when = "instrument.pact.signed"

[outcome.nothing]"#,
};

pub(in crate::scenario) static IDLE_MEDIATOR: Page = Page {
    text: "A mediator acts on the track whose `mediators` list it. This one is on no list.",
    wrong: "[mediator.town]",
    right: r#"[mediator.town]
[track.second]
seats = ["north"]
mediators = ["town"]"#,
};

pub(in crate::scenario) static SINGLE_OPTION: Page = Page {
    text: "With a single option there is nothing to bargain about, only yes or no.",
    wrong: r#"[item.road]
track = "talks"
[item.road.option]
open = { north = 0 }"#,
    right: r#"[item.road]
track = "talks"
[item.road.option]
open = { north = 0 }
shut = { south = 0 }"#,
};

pub(in crate::scenario) static HOLDER_ABSENT: Page = Page {
    text: "Whoever holds a place usually fights for it; otherwise nobody defends it and its ceasefire restrains nobody there.",
    wrong: r#"[front.ford]
holder = "north"
belligerents = ["south"]"#,
    right: r#"[front.ford]
holder = "north"
belligerents = ["north", "south"]"#,
};

pub(in crate::scenario) static UNUSED_PARTY: Page = Page {
    text: "The party has no seat, holds and fights for nothing, backs and is backed by nobody. It has no part in the scenario.",
    wrong: "[party.east]",
    right: r#"[party.east]
[front.ford]
holder = "east"
belligerents = ["east", "north"]"#,
};

pub(in crate::scenario) static SELF_TRUST: Page = Page {
    text: "Trust is trust in other parties. A party's entry for itself is never read.",
    wrong: r#"[party.east]
trust = { east = "high" }"#,
    right: r#"[party.east]
trust = { north = "high" }"#,
};

pub(in crate::scenario) static SEALED_TWICE: Page = Page {
    text: "Several instruments may seal the same item, for example a framework and a final text. The first to be signed seals it.",
    wrong: r#"[instrument.letter]
track = "talks"
seals = ["water"]"#,
    right: r#"[instrument.letter]
track = "talks"
seals = []"#,
};

pub(in crate::scenario) static RANGE_EXCLUDES: Page = Page {
    text: r#"A range says what a number could as well be; so the number that the scenario has should lie in it. Otherwise a study of
sensitivity compares worlds on one side of the scenario only."#,
    wrong: r#"[ranges]
"party.north.alternative" = [80, 90]"#,
    right: r#"[ranges]
"party.north.alternative" = [20, 40]"#,
};

pub(in crate::scenario) static LATE_QUESTION: Page = Page {
    text: "Players are asked before a round, while the answer is still open: not after the round that settles the question, nor \
           beyond the last one. What comes too late is left out.",
    wrong: r#"[exercise.predict.pact]
question = "Is the pact signed by round 6?"
that = "instrument.pact.signed"
by = 6
at = [4, 8]"#,
    right: r#"[exercise.predict.pact]
question = "Is the pact signed by round 6?"
that = "instrument.pact.signed"
by = 6
at = [4]"#,
};

pub(in crate::scenario) static TIMING_SUM: Page = Page {
    text: "`minutes` says how long the exercise takes in all, and the lines of `timing` how long its parts take. Without `minutes` \
           their sum is taken.",
    wrong: r#"[exercise]
minutes = 90
timing = [{ minutes = 15, what = "Read" }, { minutes = 60, what = "Play" }]"#,
    right: r#"[exercise]
minutes = 75
timing = [{ minutes = 15, what = "Read" }, { minutes = 60, what = "Play" }]"#,
};

pub(in crate::scenario) static MISSING_POINTS: Page = Page {
    text: "An option for which a party of the track has no points, and no red line, is worth 0 to it: it takes it as gladly as nothing \
           at all. Where that is meant, write the 0.",
    wrong: r#"[item.road]
track = "talks"
[item.road.option]
open = { north = 10, south = 5 }
shut = { south = 10 }
[instrument.road-letter]
track = "talks"
seals = ["road"]"#,
    right: r#"[item.road]
track = "talks"
[item.road.option]
open = { north = 10, south = 5 }
shut = { north = 0, south = 10 }
[instrument.road-letter]
track = "talks"
seals = ["road"]"#,
};

pub(in crate::scenario) static HIDDEN: Page = Page {
    text: "Control characters and marks that reverse the direction of writing are not seen: a terminal obeys them, and a reader \
           takes the text for another one. Nothing of them is passed on; wherever the text is shown they stand in it written \
           out, such as \\u001b. Tabs and line breaks are no such characters.",
    wrong: r#"[outcome.pact]
title = "The pact \u001b[31mstands"
when = "instrument.pact.signed""#,
    right: r#"[outcome.pact]
title = "The pact stands"
when = "instrument.pact.signed""#,
};

pub(in crate::scenario) static DEADLINE_STAYS: Page = Page {
    text: "More rounds in the same time are more work done, fewer days a round are less war between sessions, and a deadline that is \
           a round stays that round: it comes sooner or later in days, and earlier or later in the talks. Move the deadline \
           along, or write it as a date.",
    wrong: r#"[track.side]
seats = ["north", "south"]
deadline = 6
[what-if.slower]
set = { "scenario.round_days" = 28 }"#,
    right: r#"[track.side]
seats = ["north", "south"]
deadline = 2026-05-20
[what-if.slower]
set = { "scenario.round_days" = 28 }"#,
};

pub(in crate::scenario) static CEASEFIRE_ENDS: Page = Page {
    text: "Who ends its ceasefire breaks the text that binds to it. An effect that only sets `ceasefire` to false leaves the text in \
           force, and the party goes on keeping it in name. Suspend the text with the same effects, or let the party press at a front: \
           pressing to heavy fighting is a breach by itself.",
    wrong: r#"[instrument.truce]
track = "talks"
provides = ["ceasefire"]
[event.strike]
odds = 0.2
effect = ["party.north.ceasefire = false"]"#,
    right: r#"[instrument.truce]
track = "talks"
provides = ["ceasefire"]
[event.strike]
odds = 0.2
effect = ["party.north.ceasefire = false", "instrument.truce.state = suspended"]"#,
};
