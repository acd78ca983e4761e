//! `baraza discover`: which assumptions cases of interest have in common.

use crate::cli::again::made;
use crate::studies::discover::{Discovery, Sheet};
use crate::studies::study::Study;

use super::args;
use super::exit::{Exit, Failure};
use super::files;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

/// Looks and tells.
pub(super) fn carry_out(options: &args::Discover, terminal: &Terminal) -> Result<Exit, Failure> {
    let table = options.table.as_path();
    let door = options.outputs.door([table]);
    options.outputs.check(&door)?;
    let sheet = Sheet { name: table.display().to_string(), text: files::read(table)? };
    let study = Discovery::plan(&sheet, options.asked.clone())?;
    let found = conduct(&study, &pool(options.threads)?, terminal)?;
    let words = std::iter::once(sheet.name.clone()).chain(options.asked.words());
    let made = made("discover", table, words);
    let findings = study.findings(found, &made).ok_or_else(nothing)?;
    options.outputs.tell(&*findings, false, &door, terminal)
}
