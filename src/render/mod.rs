//! A document in its forms. None knows a study.

pub mod diagnostics;
pub mod html;
pub(crate) mod markdown;
pub mod package;
pub(crate) mod terminal;
pub(crate) mod typed;
