//! What all texts have in common: lines that are wrapped, shares beside their intervals, documents of JSON.

pub(crate) mod caveat;
pub(crate) mod column;
pub(crate) mod command;
pub(crate) mod number;
pub(crate) mod paper;
pub(crate) mod share;
pub(crate) mod writer;

/// A document as indented JSON, ending in a line feed.
pub(crate) fn pretty(document: &impl serde::Serialize) -> String {
    // Plain data: it always has a JSON text.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
