//! A document in its forms. None knows a study.

pub mod diagnostics;
pub mod html;
pub(crate) mod markdown;
pub mod package;
#[cfg(feature = "parquet")]
pub mod parquet;
pub(crate) mod terminal;
pub(crate) mod typed;
