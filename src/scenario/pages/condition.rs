//! Pages about conditions and effects.

use super::super::code::Page;

pub(in crate::scenario) static SYNTAX: Page = Page {
    text: r#"A condition is made of comparisons joined by `and`, `or` and `not`, with parentheses; an effect is a path, an operator and
a value. Equality is written `==` in a condition, `=` in an effect."#,
    wrong: r#"[event.flood]
when = "round = 3"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "round == 3"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static UNKNOWN_PATH: Page = Page {
    text: r#"A path is a kind of agent, an id and what is asked of it: `item.water.state`. `round`, `date` and `outcome` stand
alone."#,
    wrong: r#"[event.flood]
when = "item.water.stat == agreed"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "item.water.state == agreed"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static UNKNOWN_VALUE: Page = Page {
    text: r#"The value must be one that the quantity can have: a state of that kind of agent, an option of that item, a level, a whole
number, a date such as 2026-05-01."#,
    wrong: r#"[event.flood]
when = "item.water.state == signed"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "item.water.state == sealed"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static TYPES: Page = Page {
    text: "Two quantities can be compared when they have the same type: two levels, two whole numbers, two states of the same kind.",
    wrong: r#"[event.flood]
when = "party.north.pressure > round"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "party.north.pressure > party.south.pressure"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static UNORDERED: Page = Page {
    text: r#"Whole numbers, levels, intensities and dates have an order. States, options and parties have none: they are the same or
they are not."#,
    wrong: r#"[event.flood]
when = "item.water.state >= agreed"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "item.water.state in [agreed, sealed]"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static SEATS: Page = Page {
    text: r#"State, mandate, alternative and points belong to a seat. For a party with several seats the path names the track:
`party.north.at.talks.state`. A party without a seat has none of them."#,
    wrong: r#"[party.east]

[event.flood]
when = "party.east.state == seated"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[party.east]

[event.flood]
when = "party.north.state == seated"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static STAR: Page = Page {
    text: "A `*` stands for an id inside `any`, `all` or `count`; within one call every `*` stands for the same agent.",
    wrong: r#"[event.flood]
when = "item.*.settled"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "all(item.*.settled)"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static TOO_LARGE: Page = Page {
    text: "A condition may have 2,000 bytes and be nested 32 deep. Longer ones are easier to read as several outcomes or events.",
    wrong: r#"[event.flood]
when = "(((((((((((((((((((((((((((((((((round > 3)))))))))))))))))))))))))))))))))"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "round > 3"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static CONSTANTS: Page = Page {
    text: "One side of a comparison must be a quantity; two constants compare the same in every round.",
    wrong: r#"[event.flood]
when = "3 > 2"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "round > 2"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static NOT_A_CONDITION: Page = Page {
    text: r#"Only quantities that are true or false can stand alone: `item.water.settled`, `party.north.ceasefire`. Others are compared
with something."#,
    wrong: r#"[event.flood]
when = "item.water.state"
effect = ["party.north.weariness += 1"]"#,
    right: r#"[event.flood]
when = "item.water.settled"
effect = ["party.north.weariness += 1"]"#,
};

pub(in crate::scenario) static NOT_WRITABLE: Page = Page {
    text: r#"Effects change what the world leaves open: levels, fronts, deadlines, states. What follows from the rules, such as points
or whether an item is settled, cannot be written."#,
    wrong: r#"[event.flood]
when = "round >= 3"
effect = ["item.water.settled = true"]"#,
    right: r#"[event.flood]
when = "round >= 3"
effect = ["item.water.guarantee = high"]"#,
};

pub(in crate::scenario) static EFFECT_OPERATOR: Page = Page {
    text: "`+=` and `-=` are for whole numbers, levels and intensities. Everything else is set with `=`.",
    wrong: r#"[event.flood]
when = "round >= 3"
effect = ["party.north.ceasefire += 1"]"#,
    right: r#"[event.flood]
when = "round >= 3"
effect = ["party.north.ceasefire = true"]"#,
};

pub(in crate::scenario) static EFFECT_VALUE: Page = Page {
    text: r#"An effect stays within the bounds of its quantity, and it can bring about only those states that may come from outside:
an event can suspend a track, but not sign a text."#,
    wrong: r#"[event.flood]
when = "round >= 3"
effect = ["instrument.pact.state = signed"]"#,
    right: r#"[event.flood]
when = "round >= 3"
effect = ["track.talks.state = suspended"]"#,
};
