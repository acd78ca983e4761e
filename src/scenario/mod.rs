//! Scenario files: text in, a [`World`] or diagnostics out. Nothing here touches files, the clock or threads.
//!
//! The way of a file: `parse` makes a tree with places, `check` holds it against the `shape`s, `lower` resolves it
//! to a world (compiling conditions with `condition`), `lint` doubts what is legal but probably wrong. A `change`
//! edits the tree before it is checked.

mod change;
mod check;
mod claim;
mod code;
mod condition;
mod consequences;
mod diagnostic;
mod evaluate;
mod hint;
mod ids;
mod kinds;
mod lint;
mod lower;
mod meant;
mod names;
mod nearest;
mod pages;
mod parse;
mod pipeline;
mod proposals;
mod range_check;
mod ranges;
mod reference;
mod report;
mod reserved;
mod rewrite;
mod schema;
mod settings;
mod shape;
mod tree;
mod variants;

use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use code::{Code, PREAMBLE, Page};
pub use diagnostic::{Diagnostic, Label, Severity, Span};
pub use rewrite::{Unwritten, rewrite};
pub use settings::{Setting, changeable, settings};
pub use variants::{Origin, Variants};

use crate::domain::{Claim, Condition, World, hex};
use names::Names;
use report::Report;

/// A text with its name, as diagnostics show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A file name, `--set` or the like.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A change from outside the file: a path into its tables and a value as TOML (a bare word is a string).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Such as `backer.rwanda.tolerance`.
    pub path: String,
    /// Such as `low`, `40` or `{ kind = "fixed", demand = 60 }`.
    pub value: String,
}

/// The name of the source of a change from outside the file.
pub const CHANGE: &str = "--set";

/// What loading yields.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The world; there is one exactly if no diagnostic is an error.
    pub world: Option<World>,
    /// Mistakes and doubts, sorted by place: those in `--set` arguments first, then those in the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads a scenario, with one of its what-ifs and then the changes applied. Every what-if of the file is tried once
/// to report its mistakes.
pub fn load(source: &Source, changes: &[Change], what_if: Option<&str>) -> Loaded {
    pipeline::load(source, changes, what_if)
}

/// The SHA-256 of the world's JSON text, in hex: equal for equal worlds.
pub fn fingerprint(world: &World) -> String {
    let text = serde_json::to_string(world).unwrap_or_default();
    hex(&Sha256::digest(text.as_bytes()))
}

/// Compiles a condition against a finished world, for questions from outside the file.
///
/// # Errors
/// The mistakes of the condition; their source is named `condition`.
pub fn parse_condition(text: &str, world: &World) -> Result<Condition, Vec<Diagnostic>> {
    let source = Source { name: "condition".to_owned(), text: text.to_owned() };
    let mut report = Report::new(vec![Arc::new(source)]);
    match condition::outside(text, 0, &Names::of(world), &mut report) {
        Some(condition) => Ok(condition),
        None => Err(report.finish()),
    }
}

/// Reads a claim against a finished world: `always C`, `never C`, `possible C`, `whenever C then C [within N rounds]`,
/// `P(C) >= 0.2` or `P(C) <= 0.2`.
///
/// # Errors
/// The mistakes of the claim; their source is named `property`.
pub fn parse_claim(text: &str, world: &World) -> Result<Claim, Vec<Diagnostic>> {
    let source = Source { name: "property".to_owned(), text: text.to_owned() };
    let mut report = Report::new(vec![Arc::new(source)]);
    match claim::parse(text, &Names::of(world), &mut report) {
        Some(claim) => Ok(claim),
        None => Err(report.finish()),
    }
}

/// Advice on a word that is not allowed: the nearest spelling, and what is possible, after `intro`.
pub fn suggest(word: &str, allowed: &[&str], intro: &str) -> String {
    nearest::suggest(word, allowed.iter().copied(), intro)
}

/// The allowed word that was probably meant.
pub fn nearest<'a>(word: &str, allowed: &[&'a str]) -> Option<&'a str> {
    nearest::nearest(word, allowed.iter().copied())
}

/// Writes a condition as a scenario file would; [`parse_condition`] gives the same condition back.
pub fn print_condition(condition: &Condition, world: &World) -> String {
    condition::print(condition, world)
}

/// Whether a text can be the id of any agent or option, for programs that write scenarios.
pub fn free_id(id: &str) -> bool {
    reserved::free(id)
}

/// The JSON Schema (draft 2020-12) of scenario files.
pub fn schema() -> serde_json::Value {
    schema::schema()
}

/// The tables of `docs/model.md` that are made from what is declared, in Markdown: their names, and the tables.
pub fn tables() -> Vec<(&'static str, String)> {
    reference::tables()
}

/// The reference of all keys, in Markdown.
pub fn reference() -> String {
    reference::reference()
}

/// A small commented scenario to begin with.
pub fn starter() -> &'static str {
    include_str!("starter.toml")
}
