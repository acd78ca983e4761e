//! Pages.

use super::super::code::Page;

pub(in crate::scenario) static UNKNOWN_KEY: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static WRONG_TYPE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static MISSING_KEY: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static OUT_OF_RANGE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNKNOWN_WORD: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNKNOWN_ID: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static BAD_ID: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static TOO_FEW: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static DUPLICATE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNUSED_KEY: Page = Page { text: "", wrong: "", right: "" };
