//! `baraza ensemble`: many runs of one scenario, and what they show.

use crate::analysis::ensemble::Range;
use crate::studies::ensemble::Runs;
use crate::studies::study::Study;

use super::args;
use super::each_run;
use super::exit::{Exit, Failure};
use super::shard;
use super::single::Single;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

/// Plays, counts and tells, or keeps the counts of a part.
pub(super) fn carry_out(options: &args::Ensemble, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, asked) = (&options.subject, &options.asked);
    let range = asked.range()?;
    let door = options.outputs.door([subject.file.as_path()]);
    options.outputs.check(&door)?;
    // The table of a part that is there already may be the one that is asked for: it is looked at after the part.
    let early = options.each_run.as_deref().filter(|_| options.out.is_none());
    let each_run = Single::new(&door, each_run::FLAG, early)?;
    let study = Runs::plan(subject.world(terminal)?, subject.changed(), asked.clone())?;
    if let Some(out) = &options.out {
        return shard::carry_out(options, out, &door, &study, range, terminal);
    }
    let pool = pool(options.threads)?;
    let counts = conduct(&study, &pool, terminal)?;
    let played = Range { seed: asked.seed, from: range.start, to: range.start + counts.runs as u32 };
    let made = subject.made("ensemble", asked.words(counts.runs));
    let findings = study.findings(counts, &made).ok_or_else(nothing)?;
    let exit = options.outputs.tell(&*findings, false, &door, terminal)?;
    if let Some(place) = each_run.place() {
        let table = each_run::Table { place, range: played, excel: options.outputs.excel, keep: false };
        each_run::write(table, &study, &pool, terminal)?;
    }
    Ok(exit)
}
