//! Why a trace is refused, and what to do about it.

use thiserror::Error;

use crate::drivers::GENERATOR;

use super::{FORMAT, VERSION};

/// Why a trace is refused. Lines count from 1.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Refusal {
    #[error("the file is empty: it is no trace. `baraza run FILE --trace TRACE` writes one")]
    Empty,
    #[error("line 1 is no header of a trace ({why}). `baraza run FILE --trace TRACE` writes one")]
    NoHeader { why: String },
    #[error("the trace has the format {found}, this program reads {FORMAT}: use the version that wrote it")]
    Format { found: String },
    #[error(
        "the trace was written by baraza {found}, this is baraza {VERSION}, and rules may differ between versions: \
         replay it with {found}, or run the scenario again with this version"
    )]
    Version { found: String },
    #[error(
        "the trace was made with the generator {found}, this program has {GENERATOR}: replay it with the version \
         that wrote it"
    )]
    Generator { found: String },
    #[error("line {line} cannot be read ({why}): the trace was changed or damaged")]
    Line { line: usize, why: String },
    #[error("the trace breaks off after line {line}: its last line is missing. Run the scenario again")]
    Torn { line: usize },
    #[error("line {line} should be the last, but something stands after it: the trace was changed")]
    GoesOn { line: usize },
    #[error(
        "the trace belongs to another scenario (fingerprint {}…, this one has {}…): the file or its changes differ. \
         Name the scenario it was made from with `--scenario FILE`", short(.found), short(.here)
    )]
    Scenario { found: String, here: String },
    #[error("line {line} does not fit the talks: the trace was changed. It should say: {expected}")]
    Differs { line: usize, expected: String },
    #[error("line {line} does not fit the talks: {why}. The trace was changed there or before")]
    Mismatch { line: usize, why: String },
    #[error(
        "line {line}: the hash does not fit the lines before it: the trace was changed after it was written"
    )]
    Hash { line: usize },
}

fn short(fingerprint: &str) -> String {
    fingerprint.chars().take(12).collect()
}
