//! `baraza list`: what a scenario has, and what of it can be changed.

use crate::scenario;
use crate::telling::list::{self, List};

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::terminal::Terminal;

/// Lists it.
pub(super) fn carry_out(options: &args::List, terminal: &Terminal) -> Result<Exit, Failure> {
    let subject = &options.subject;
    let source = load::source(&subject.file, &subject.profiles.parties)?;
    let what_if = subject.what_if.as_deref();
    let world = load::of_source(&source, &subject.file, &subject.set, what_if, terminal)?;
    let changes = crate::studies::load::changes(&subject.set);
    let mut settings = scenario::settings(&source, &changes, what_if, &world);
    if let Some(kind) = &options.kind {
        settings.retain(|s| s.path.split('.').next() == Some(kind));
    }
    let list = List {
        world: &world,
        origin: &subject.origin(&world),
        settings: &settings,
        only_paths: options.kind.is_some(),
    };
    terminal.print(&match options.json {
        true => list::json(&list),
        false => list::text(&list, terminal.styled),
    })?;
    Ok(Exit::Fine)
}
