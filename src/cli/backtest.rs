//! `baraza backtest`: what really happened, beside many runs.

use crate::studies::backtest::Record;
use crate::studies::study::Study;

use super::args;
use super::exit::{Exit, Failure};
use super::parted;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

/// Plays, compares and tells.
pub(super) fn carry_out(options: &args::Backtest, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, asked) = (&options.subject, &options.asked);
    let door = options.outputs.door([subject.file.as_path()]);
    options.outputs.check(&door)?;
    let study = Record::plan(subject.world(terminal)?, subject.changed(), asked.clone())?;
    if let Some(out) = &options.kept.out {
        let place = (subject.name(), &door);
        return parted::carry_out(&study, (&options.kept, out), place, options.threads, terminal);
    }
    let counts = conduct(&study, &pool(options.threads)?, terminal)?;
    let made = subject.made("backtest", asked.words(counts.runs));
    let findings = study.findings(counts, &made).ok_or_else(nothing)?;
    options.outputs.tell(&*findings, false, &door, terminal)
}
