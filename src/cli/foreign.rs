//! Files of other programs where a scenario is asked for: they are read, and what `baraza import` would write is loaded.

use std::path::Path;

use crate::cli::again::profiles;
use crate::exchange::scenario::{self, Talks};
use crate::exchange::{self, Domain};
use crate::scenario::Source;
use crate::text::command::command;

use super::exit::{Exit, Failure};
use super::folder;

/// Reads a domain; the findings of reading its files come first.
///
/// # Errors
/// When its files cannot be read, or are no domain.
pub(super) fn domain(path: &Path, parties: &[String]) -> Result<Domain, Failure> {
    let (request, mut findings) = folder::request(path, parties)?;
    let mut domain = exchange::read(&request)
        .map_err(|e| Failure::new(Exit::No, format!("{} is not read: {e}", path.display())))?;
    findings.append(&mut domain.findings);
    domain.findings = findings;
    Ok(domain)
}

/// The scenario that a domain is imported as; also how many things there are to tell about it.
///
/// # Errors
/// When the files cannot be read, or a scenario cannot hold what they say; the failure names the file.
pub(super) fn source(path: &Path, parties: &[String]) -> Result<(Source, Notes), Failure> {
    let domain = domain(path, parties)?;
    let written = scenario::write(&domain, &Talks::default())
        .map_err(|e| Failure::new(Exit::No, format!("{} cannot be played: {e}", path.display())))?;
    let notes = domain.findings.iter().map(|f| format!("note: {f}"));
    let notes = notes.chain(written.losses.iter().map(|loss| format!("changed: {loss}"))).collect();
    let name = format!("{} (imported)", path.display());
    Ok((Source { name, text: written.text }, Notes(notes)))
}

/// What is odd in the files, and what the scenario does not say as they do.
pub(super) struct Notes(Vec<String>);

impl Notes {
    /// One line: how many there are and where they are.
    pub(super) fn count(&self, path: &Path, parties: &[String]) -> String {
        match self.0.len() {
            0 => String::new(),
            n => {
                let (word, them) = if n == 1 { ("note", "it") } else { ("notes", "them") };
                let again = command(&profiles(path, parties));
                format!("{n} {word} on reading {}: `baraza check {again}` shows {them}\n", path.display())
            }
        }
    }

    /// All of them, a line each.
    pub(super) fn lines(&self) -> String {
        self.0.iter().map(|line| format!("{line}\n")).collect()
    }
}
