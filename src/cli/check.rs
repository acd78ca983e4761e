//! `baraza check`: every mistake and every doubt.

use crate::render::diagnostics;
use crate::scenario::{self, Diagnostic, Severity};

use super::args::{Check, CheckFormat};
use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{folder, foreign, load};

/// Loads every file and shows what there is to say about it.
pub(super) fn carry_out(options: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for file in &options.files {
        let source = match folder::is_domain(file) {
            true => {
                let (source, notes) = foreign::source(file, &options.profiles.parties)?;
                terminal.remark(&notes.lines());
                source
            }
            false => load::source(file, &options.profiles.parties)?,
        };
        found.extend(scenario::load(&source, &[], None).diagnostics);
    }
    let text = match options.format {
        CheckFormat::Text => text(&found, options.files.len(), terminal),
        CheckFormat::Json => {
            let mut text = serde_json::to_string_pretty(&diagnostics::records(&found)).unwrap_or_default();
            text.push('\n');
            text
        }
    };
    terminal.print(&text)?;
    let bad = |d: &Diagnostic| d.severity == Severity::Error || options.deny_warnings;
    Ok(if found.iter().any(bad) { Exit::No } else { Exit::Fine })
}

fn text(found: &[Diagnostic], files: usize, terminal: &Terminal) -> String {
    let summary = diagnostics::summary(found);
    if found.is_empty() {
        let what = if files == 1 { "the scenario".to_string() } else { format!("{files} scenarios") };
        return format!("No mistakes in {what}.\n");
    }
    format!("{}\n{summary}\n", diagnostics::render(found, terminal.styled))
}
