//! Loads a scenario for a command that needs a sound one.

use std::path::Path;

use crate::cli::again::named;
use crate::domain::World;
use crate::scenario::{Diagnostic, Severity, Source};
use crate::studies::load;

use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{files, folder, foreign};

/// Reads a scenario file; of a negotiation domain of another program, the scenario that it is imported as, with these profiles
/// or all.
///
/// # Errors
/// When it cannot be read, or is a scenario for which profiles are named.
pub fn source(path: &Path, parties: &[String]) -> Result<Source, Failure> {
    if folder::is_domain(path) {
        return Ok(foreign::source(path, parties)?.0);
    }
    if !parties.is_empty() {
        let what = "--parties chooses profiles of a domain: a scenario has seats";
        return Err(Failure::new(Exit::Usage, what));
    }
    let name =
        if path.as_os_str() == files::STDIN { "standard input".into() } else { path.display().to_string() };
    Ok(Source { name, text: files::read(path)? })
}

/// The same; of notes on a domain it is said how many there are.
///
/// # Errors
/// Those of [`source`].
pub fn announced(path: &Path, parties: &[String], terminal: &Terminal) -> Result<Source, Failure> {
    if !folder::is_domain(path) {
        return source(path, parties);
    }
    let (source, notes) = foreign::source(path, parties)?;
    terminal.remark(&notes.count(path, parties));
    Ok(source)
}

/// The world of a scenario with changes. Mistakes are shown; of doubts it is only said that there are some.
///
/// # Errors
/// When it cannot be read or has mistakes.
pub fn world(
    path: &Path,
    parties: &[String],
    set: &[(String, String)],
    what_if: Option<&str>,
    terminal: &Terminal,
) -> Result<World, Failure> {
    of_source(&announced(path, parties, terminal)?, path, set, what_if, terminal)
}

/// The same for a source that was read already.
///
/// # Errors
/// When it has mistakes.
pub fn of_source(
    source: &Source,
    path: &Path,
    set: &[(String, String)],
    what_if: Option<&str>,
    terminal: &Terminal,
) -> Result<World, Failure> {
    let (world, diagnostics) = load::world(source, what_if, set)?;
    doubts(path, &diagnostics, terminal);
    Ok(world)
}

fn doubts(path: &Path, diagnostics: &[Diagnostic], terminal: &Terminal) {
    let n = diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    if n > 0 {
        let (word, them) = if n == 1 { ("warning", "it") } else { ("warnings", "them") };
        terminal.remark(&format!("{n} {word}: `baraza check {}` shows {them}\n", named(path)));
    }
}
