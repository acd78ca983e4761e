//! Pages.

use super::super::code::Page;

pub(in crate::scenario) static SYNTAX: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static FILE_TOO_LARGE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static TOO_MANY: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static TEXT_TOO_LONG: Page = Page { text: "", wrong: "", right: "" };
