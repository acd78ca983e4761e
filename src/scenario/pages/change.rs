//! Pages about changes.

use super::super::code::Page;

pub(in crate::scenario) static PATH: Page = Page {
    text: r#"A change walks the tables of the file: kind, id, key. The agent must exist; a change can add a key that the file leaves at
its default, but no agent. Inside `set` the whole path stands in one pair of quotes."#,
    wrong: r#"[what-if.x]
set = { "party.nort.alternative" = 50 }"#,
    right: r#"[what-if.x]
set = { "party.north.alternative" = 50 }"#,
};

pub(in crate::scenario) static FORM: Page = Page {
    text: r#"A change on the command line is path=value, with a TOML value; a bare word is taken as a text. Brackets and quotes must be
closed."#,
    wrong: "",
    right: "",
};

pub(in crate::scenario) static UNKNOWN_WHAT_IF: Page =
    Page { text: "The what-if that was asked for is not in the file.", wrong: "", right: "" };

pub(in crate::scenario) static RANGE_SCALE: Page = Page {
    text: r#"A range needs something that has a lower and a higher value: a number, a level, or the intensity of a front. Where the file
gives a number for each track or party, the path names one of them."#,
    wrong: r#"[ranges]
"party.north.name" = ["A", "B"]"#,
    right: r#"[ranges]
"party.north.alternative" = [20, 40]"#,
};

pub(in crate::scenario) static RANGE_ENDS: Page = Page {
    text: r#"A range is a list of two: the lower end, then the higher one. Levels and intensities are words, from the weaker to the stronger."#,
    wrong: r#"[ranges]
"party.north.alternative" = [40, 20]"#,
    right: r#"[ranges]
"party.north.alternative" = [20, 40]"#,
};
