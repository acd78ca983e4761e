//! Pages.

use super::super::code::Page;

pub(in crate::scenario) static PATH: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static FORM: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNKNOWN_WHAT_IF: Page = Page { text: "", wrong: "", right: "" };
