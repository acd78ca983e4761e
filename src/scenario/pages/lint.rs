//! Pages.

use super::super::code::Page;

pub(in crate::scenario) static UNSEALED: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static POINT_SUM: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static NEVER_HOLDS: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static ALWAYS_HOLDS: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static REFUSED_BY_ALL: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static CHANGES_NOTHING: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static NO_EFFECT: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static CANNOT_FIRE: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static NEVER_REACHED: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static IDLE_MEDIATOR: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static SINGLE_OPTION: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static HOLDER_ABSENT: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static UNUSED_PARTY: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static SELF_TRUST: Page = Page { text: "", wrong: "", right: "" };
pub(in crate::scenario) static SEALED_TWICE: Page = Page { text: "", wrong: "", right: "" };
