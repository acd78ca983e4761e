//! Loads a scenario for a command that needs a sound one.

use std::path::Path;
use std::sync::Once;

use crate::domain::World;
use crate::render::diagnostics;
use crate::scenario::{self, Change, Code, Diagnostic, Severity, Source};

use super::again::named;
use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{files, foreign};

/// Reads a scenario file; of a negotiation domain of another program, the scenario that it is imported as, with these profiles
/// or all.
///
/// # Errors
/// When it cannot be read, or is a scenario for which profiles are named.
pub fn source(path: &Path, parties: &[String]) -> Result<Source, Failure> {
    if foreign::is(path) {
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
    if !foreign::is(path) {
        return of_source(&source(path, parties)?, path, set, what_if, terminal);
    }
    let (source, notes) = foreign::source(path, parties)?;
    // A command may load the same files more than once.
    TOLD.call_once(|| terminal.remark(&notes.count(path, parties)));
    of_source(&source, path, set, what_if, terminal)
}

/// Whether it was said that there are notes on foreign files.
static TOLD: Once = Once::new();

/// The changes of the command line.
pub fn changes(set: &[(String, String)]) -> Vec<Change> {
    set.iter().map(|(path, value)| Change { path: path.clone(), value: value.clone() }).collect()
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
    let loaded = scenario::load(source, &changes(set), what_if);
    match loaded.world {
        Some(world) => {
            doubts(path, &loaded.diagnostics, terminal);
            Ok(world)
        }
        None => {
            let errors: Vec<Diagnostic> =
                loaded.diagnostics.into_iter().filter(|d| d.severity == Severity::Error).collect();
            if let Some(unknown) = errors.iter().find(|d| d.code == Code::UnknownWhatIf) {
                return Err(Failure::new(Exit::Usage, in_one_sentence(unknown)));
            }
            terminal.remark(&diagnostics::render(&errors, terminal.styled_errors));
            let count = diagnostics::summary(&errors);
            let (exit, whose) = match errors.iter().all(|d| d.primary.span.source.name == scenario::CHANGE) {
                true => (Exit::Usage, "the changes of the command line have mistakes"),
                false => (Exit::No, "the scenario has mistakes"),
            };
            Err(Failure::new(exit, format!("{whose} ({count}): `baraza explain CODE` says more about each")))
        }
    }
}

/// The world of a scenario under one of its what-ifs, or two of them as `a+b`; doubts about it are not repeated.
///
/// # Errors
/// When it cannot be read or has mistakes.
pub fn changed(
    path: &Path,
    parties: &[String],
    what_if: &str,
    terminal: &Terminal,
) -> Result<World, Failure> {
    let loaded = scenario::load(&source(path, parties)?, &[], Some(what_if));
    loaded.world.ok_or_else(|| {
        terminal.remark(&diagnostics::render(&loaded.diagnostics, terminal.styled_errors));
        let which = match what_if.split_once('+') {
            Some((one, other)) => format!("the what-ifs `{one}` and `{other}` cannot be applied together"),
            None => format!("the what-if `{what_if}` cannot be applied"),
        };
        Failure::new(Exit::No, which)
    })
}

fn in_one_sentence(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}; {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

fn doubts(path: &Path, diagnostics: &[Diagnostic], terminal: &Terminal) {
    let n = diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    if n > 0 {
        let (word, them) = if n == 1 { ("warning", "it") } else { ("warnings", "them") };
        terminal.remark(&format!("{n} {word}: `baraza check {}` shows {them}\n", named(path)));
    }
}
