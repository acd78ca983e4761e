//! Reading a trace back, strictly, and playing by it.

use serde::Deserialize;

use crate::domain::Model;
use crate::drivers::{self, GENERATOR, Head, Mismatch, Recorded, Transcript};

use super::lines::{Footer, Header, TurnLine};
use super::write::{hash, text_of, word};
use super::{FORMAT, Origin, Refusal, VERSION};

/// A trace as it was read.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Its first line.
    pub header: Header,
    turns: Vec<TurnLine>,
    text: String,
    sound: bool,
}

/// Reads a trace.
///
/// # Errors
/// When it is none, is torn, or was written by another version or with another generator. Whether its lines are
/// the ones that were written shows in [`replay`].
pub fn read(text: &str) -> Result<Trace, Refusal> {
    let first = text.lines().next().filter(|l| !l.trim().is_empty()).ok_or(Refusal::Empty)?;
    let header = read_header(first)?;
    let lines: Vec<&str> = text.lines().collect();
    let mut turns = Vec::new();
    let mut start = first.len() + 1;
    for (k, content) in lines.iter().enumerate().skip(1) {
        let number = k + 1;
        if content.starts_with("{\"end\"") {
            let footer: Footer = parse(number, content)?;
            if number < lines.len() {
                return Err(Refusal::GoesOn { line: number });
            }
            let before = text.get(..start).unwrap_or_default();
            let sound = footer.hash == hash(before) && footer.turns == turns.len();
            return Ok(Trace { header, turns, text: text.into(), sound });
        }
        match parse(number, content) {
            Ok(turn) => turns.push(turn),
            // A last line that stops in the middle was torn off, not changed.
            Err(_) if number == lines.len() && !text.ends_with('\n') => {
                return Err(Refusal::Torn { line: number });
            }
            Err(refusal) => return Err(refusal),
        }
        start += content.len() + 1;
    }
    Err(Refusal::Torn { line: lines.len() })
}

fn read_header(first: &str) -> Result<Header, Refusal> {
    let value: serde_json::Value =
        serde_json::from_str(first).map_err(|e| Refusal::NoHeader { why: message(&e) })?;
    let found = value.get("format").and_then(serde_json::Value::as_str);
    match found {
        None => return Err(Refusal::NoHeader { why: "it names no format".into() }),
        Some(FORMAT) => {}
        Some(other) => return Err(Refusal::Format { found: other.into() }),
    }
    let text = |key: &str| value.get(key).and_then(serde_json::Value::as_str).unwrap_or("unknown").to_owned();
    if text("version") != VERSION {
        return Err(Refusal::Version { found: text("version") });
    }
    if text("generator") != GENERATOR {
        return Err(Refusal::Generator { found: text("generator") });
    }
    serde_json::from_value(value).map_err(|e| Refusal::NoHeader { why: message(&e) })
}

fn parse<'a, T: Deserialize<'a>>(line: usize, content: &'a str) -> Result<T, Refusal> {
    serde_json::from_str(content).map_err(|e| Refusal::Line { line, why: message(&e) })
}

/// The parser's words without its own line, which is always 1 here.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

impl Trace {
    /// Where the run came from.
    pub fn origin(&self) -> Origin {
        let Header { head: Head { fingerprint, seed, what_if, set, .. }, run, .. } = self.header.clone();
        Origin { fingerprint, seed, run, what_if, set }
    }

    /// The line of the `at`-th choice, counted from 1.
    fn line_of(&self, at: usize) -> usize {
        let mut before = 0;
        for (k, turn) in self.turns.iter().enumerate() {
            before += turn.choices.len();
            if at <= before {
                return k + 2;
            }
        }
        self.turns.len() + 2
    }

    fn mismatch(&self, mismatch: &Mismatch) -> Refusal {
        let (line, why) = match *mismatch {
            Mismatch::TooShort { round } => {
                (self.turns.len() + 2, format!("the talks go on in round {round}"))
            }
            Mismatch::TooLong { left } => {
                let choices: usize = self.turns.iter().map(|t| t.choices.len()).sum();
                (self.line_of(choices + 1 - left), "the talks end before it".into())
            }
            Mismatch::OtherChoice { at, recorded, asked, .. } => {
                let why =
                    format!("it records `{}` where the talks ask for `{}`", word(recorded), word(asked));
                (self.line_of(at), why)
            }
            Mismatch::NoSuchAlternative { at, pick, .. } => {
                (self.line_of(at), format!("alternative {pick} of its choice is impossible"))
            }
        };
        Refusal::Mismatch { line, why }
    }

    fn recorded(&self) -> Vec<Recorded> {
        self.turns.iter().flat_map(|t| &t.choices).map(|c| (c.what, c.pick)).collect()
    }
}

/// Plays the talks by a trace.
///
/// # Errors
/// When the trace belongs to another scenario or was changed.
pub fn replay(model: &Model, fingerprint: &str, trace: &Trace) -> Result<Transcript, Refusal> {
    if fingerprint != trace.header.head.fingerprint {
        let found = trace.header.head.fingerprint.clone();
        return Err(Refusal::Scenario { found, here: fingerprint.into() });
    }
    let transcript = drivers::replay(model, &trace.recorded()).map_err(|m| trace.mismatch(&m))?;
    let again = text_of(&trace.header, model, &transcript);
    let count = again.lines().count();
    let differs = again.lines().zip(trace.text.lines()).position(|(a, b)| a != b).map(|k| k + 1);
    match differs {
        Some(line) if line < count => {
            let expected = again.lines().nth(line - 1).unwrap_or_default().to_owned();
            Err(Refusal::Differs { line, expected })
        }
        Some(line) => Err(Refusal::Hash { line }),
        None if !trace.sound => Err(Refusal::Hash { line: count }),
        None => Ok(transcript),
    }
}
