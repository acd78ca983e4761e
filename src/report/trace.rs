//! The trace: every choice of a run, one JSON line a turn, so that the run can be had again (docs/formats.md).
//!
//! A trace is read back strictly. Its last line carries a hash of all lines before it; and since a replay gives the
//! same lines again, the first line that was tampered with can be named.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::domain::{Model, Quantity, Turn, Weight};
use crate::drivers::{self, GENERATOR, Mismatch, Recorded, Step, Transcript};
use crate::kernel::What;

use super::{Origin, Run};

/// The name of the format.
pub const FORMAT: &str = "baraza-trace/1";

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The first line: where the run came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// The version of the program that wrote it.
    pub version: String,
    /// The random generator and the way its draws are addressed.
    pub generator: String,
    /// The scenario file as it was named; `-` where it came from standard input.
    pub scenario: String,
    /// The fingerprint of the scenario with its changes.
    pub fingerprint: String,
    /// The seed.
    pub seed: u64,
    /// The run under that seed.
    pub run: u32,
    /// The what-if in force.
    pub what_if: Option<String>,
    /// Further changes, in the order given.
    pub set: Vec<Setting>,
}

/// A change to the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Such as `backer.rwanda.tolerance`.
    pub path: String,
    /// Such as `low`.
    pub value: String,
}

/// A line between the first and the last: a turn in which something was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnLine {
    /// The round.
    pub round: u8,
    /// The kind of turn.
    pub turn: String,
    /// The agent whose turn it is.
    pub agent: String,
    /// For a party: at which track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// What was chosen.
    pub choices: Vec<ChoiceLine>,
    /// What changed.
    pub changes: Vec<ChangeLine>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceLine {
    /// What was chosen.
    pub what: What,
    /// The weights of the alternatives, in units of 2⁻³².
    pub weights: Vec<Weight>,
    /// The place of the one picked, from 0.
    pub pick: usize,
}

/// One change of a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeLine {
    /// The quantity's path.
    pub path: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footer {
    /// The outcome's id.
    pub end: String,
    /// How many lines stand between the first and the last.
    pub turns: usize,
    /// SHA-256, in hex, of all bytes before this line.
    pub hash: String,
}

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
    #[error("the trace does not fit the talks: {0}")]
    Mismatch(Mismatch),
    #[error(
        "line {line}: the hash does not fit the lines before it: the trace was changed after it was written"
    )]
    Hash { line: usize },
}

fn short(fingerprint: &str) -> String {
    fingerprint.chars().take(12).collect()
}

/// A trace as it was read.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Its first line.
    pub header: Header,
    turns: Vec<TurnLine>,
    text: String,
    sound: bool,
}

/// The trace of a run of the scenario named `scenario`.
pub fn write(run: &Run, scenario: &str) -> String {
    let header = Header {
        format: FORMAT.into(),
        version: VERSION.into(),
        generator: GENERATOR.into(),
        scenario: scenario.into(),
        fingerprint: run.origin.fingerprint.clone(),
        seed: run.origin.seed,
        run: run.origin.run,
        what_if: run.origin.what_if.clone(),
        set: run
            .origin
            .set
            .iter()
            .map(|(path, value)| Setting { path: path.clone(), value: value.clone() })
            .collect(),
    };
    lines(&header, run.model, run.transcript)
}

fn lines(header: &Header, model: &Model, transcript: &Transcript) -> String {
    let mut text = line(header);
    let mut turns = 0;
    for step in transcript.steps.iter().filter(|s| !s.choices.is_empty()) {
        text.push_str(&line(&turn_line(model, step)));
        turns += 1;
    }
    let footer = Footer { end: outcome(model, transcript), turns, hash: hash(&text) };
    text.push_str(&line(&footer));
    text
}

/// These are plain data: they always have a JSON text.
fn line<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn outcome(model: &Model, transcript: &Transcript) -> String {
    let place = transcript.end[model.cell(Quantity::Outcome)];
    model.value_name(Quantity::Outcome, place)
}

/// The track of a seat's turn.
pub(super) fn track_of(model: &Model, turn: Turn) -> Option<String> {
    match turn {
        Turn::Convene(s) | Turn::Instruct(s) => {
            Some(model.world.track(model.world.seat(s).track).name.id.clone())
        }
        _ => None,
    }
}

/// The changes of a step by path and name.
pub(super) fn changes(model: &Model, step: &Step) -> Vec<ChangeLine> {
    let change = |(cell, from, to): &(usize, u8, u8)| {
        let quantity = model.cells[*cell].quantity;
        ChangeLine {
            path: model.world.path(quantity),
            from: model.value_name(quantity, *from),
            to: model.value_name(quantity, *to),
        }
    };
    step.changes.iter().map(change).collect()
}

fn turn_line(model: &Model, step: &Step) -> TurnLine {
    TurnLine {
        round: step.round,
        turn: step.turn.name().into(),
        agent: step.turn.agent(&model.world).into(),
        track: track_of(model, step.turn),
        choices: step
            .choices
            .iter()
            .map(|c| ChoiceLine { what: c.site.what, weights: c.weights.clone(), pick: c.pick })
            .collect(),
        changes: changes(model, step),
    }
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
        let Header { fingerprint, seed, run, what_if, set, .. } = self.header.clone();
        let set = set.into_iter().map(|s| (s.path, s.value)).collect();
        Origin { fingerprint, seed, run, what_if, set }
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
    if fingerprint != trace.header.fingerprint {
        let found = trace.header.fingerprint.clone();
        return Err(Refusal::Scenario { found, here: fingerprint.into() });
    }
    let transcript = drivers::replay(model, &trace.recorded()).map_err(Refusal::Mismatch)?;
    let again = lines(&trace.header, model, &transcript);
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
