//! Pages.

use super::super::code::Page;

pub(in crate::scenario) static ODDS_SUM: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static NO_SEAT: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static OTHER_TRACK: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static MEDIATOR_TWICE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static SELF_REFERENCE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static BLAME_WITHOUT_VICTIM: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static NO_ACTION: Page = Page { text: "", wrong: "", right: "" };
