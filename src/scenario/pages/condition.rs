//! Pages.

use super::super::code::Page;

pub(in crate::scenario) static SYNTAX: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNKNOWN_PATH: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNKNOWN_VALUE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static TYPES: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNORDERED: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static SEATS: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static STAR: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static TOO_LARGE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static CONSTANTS: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static NOT_A_CONDITION: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static NOT_WRITABLE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static EFFECT_OPERATOR: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static EFFECT_VALUE: Page = Page { text: "", wrong: "", right: "" };
