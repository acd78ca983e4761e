//! Pages about the file as a whole.

use super::super::code::Page;

pub(in crate::scenario) static SYNTAX: Page = Page {
    text: r#"The file must be TOML before anything else can be said about it: texts in quotes, every bracket and quote closed,
every key once. While there is such a mistake it is reported alone, because what follows it cannot be trusted."#,
    wrong: r#"[party.east]
name = Eastern villages"#,
    right: r#"[party.east]
name = "Eastern villages""#,
};

pub(in crate::scenario) static FILE_TOO_LARGE: Page = Page {
    text: "A scenario file may have at most 1 MiB. A talk with sixteen parties and sixty items needs a few thousand lines.",
    wrong: "",
    right: "",
};

pub(in crate::scenario) static TOO_MANY: Page = Page {
    text: r#"There are limits, so that every scenario can be computed: 16 parties, 8 tracks, 16 mediators, 64 items with 32 options
each (254 where whole packages are offered), 64 instruments, 32 fronts, 16 spoilers, backers and observers, 128 events, 32 outcomes, 32 rewards, 64 what-ifs, 128 ranges,
256 entries of history. Nothing else is checked until the file is within them."#,
    wrong: r#"[track.t1]
seats = ["north"]
[track.t2]
seats = ["north"]
[track.t3]
seats = ["north"]
[track.t4]
seats = ["north"]
[track.t5]
seats = ["north"]
[track.t6]
seats = ["north"]
[track.t7]
seats = ["north"]
[track.t8]
seats = ["north"]"#,
    right: r#"[track.t1]
seats = ["north"]"#,
};

pub(in crate::scenario) static TEXT_TOO_LONG: Page = Page {
    text: r#"Titles and names may have 200 bytes, other texts 4,000. Put long explanations into `note` or `summary`, or into a
document that `source` names."#,
    wrong: r#"[party.east]
name = "East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East East ""#,
    right: r#"[party.east]
name = "East""#,
};
