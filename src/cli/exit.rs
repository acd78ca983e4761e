//! Exit codes, and the failures that lead to them.

use std::process::ExitCode;

use crate::scenario::Diagnostic;
use crate::studies::refusal::{Refusal, Why};

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// It did what it was asked to.
    Fine = 0,
    /// It worked, and the answer is no: mistakes in a scenario, a trace that does not fit.
    No = 1,
    /// It was asked wrongly. The argument parser uses the same code.
    Usage = 2,
    /// Reading or writing failed.
    Files = 3,
    /// Ctrl-C, or the system, stopped it before there was an answer.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is wrong and what to do, in a sentence without a full stop; empty where all is said already.
    pub message: String,
    /// Where in a text it is wrong, if it is: to be shown before the message.
    pub diagnostics: Vec<Diagnostic>,
}

impl Failure {
    /// A failure with a message.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), diagnostics: Vec::new() }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let exit = match refusal.why {
            Why::Usage => Exit::Usage,
            Why::No => Exit::No,
            Why::Stopped => Exit::Interrupted,
        };
        Self { exit, message: refusal.message, diagnostics: refusal.diagnostics }
    }
}
