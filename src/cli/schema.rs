//! `baraza schema`: the JSON Schema of scenario files.

use crate::scenario;

use super::exit::{Exit, Failure};
use super::terminal::Terminal;

/// Prints the schema.
pub(super) fn carry_out(terminal: &Terminal) -> Result<Exit, Failure> {
    let mut text = serde_json::to_string_pretty(&scenario::schema()).unwrap_or_default();
    text.push('\n');
    terminal.print(&text)?;
    Ok(Exit::Fine)
}
