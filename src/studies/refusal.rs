//! Why a study is not done.

use crate::scenario::Diagnostic;

/// What a study comes to where it comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was asked wrongly.
    Usage,
    /// It was asked well, and cannot be done: too large, mistakes in the scenario.
    No,
    /// It was stopped before there was anything to tell.
    Stopped,
}

/// A study that is not done.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What kind of refusal it is.
    pub why: Why,
    /// What is wrong and what to do, in a sentence without a full stop.
    pub message: String,
    /// Where in a text it is wrong, if it is.
    pub diagnostics: Vec<Diagnostic>,
}

impl Refusal {
    /// A refusal with a message.
    pub fn new(why: Why, message: impl Into<String>) -> Self {
        Self { why, message: message.into(), diagnostics: Vec::new() }
    }

    /// It was asked wrongly.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Why::Usage, message)
    }

    /// It cannot be done.
    pub fn no(message: impl Into<String>) -> Self {
        Self::new(Why::No, message)
    }

    /// The same with the places in a text that are wrong.
    pub fn at(self, diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, ..self }
    }
}
