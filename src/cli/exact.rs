//! `baraza exact`: the probability of every outcome, from all states that can be reached.

use crate::studies::exact::{LAYERS, States};
use crate::studies::study::Study;

use super::args;
use super::exit::{Exit, Failure};
use super::memory;
use super::single::Single;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

/// Sweeps and tells.
pub(super) fn carry_out(options: &args::Exact, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, asked, outputs) = (&options.subject, &options.asked, &options.outputs);
    let door = outputs.door([subject.file.as_path()]);
    outputs.check(&door)?;
    let kept = Single::new(&door, "--layers", options.layers.as_deref())?;
    let world = subject.world(terminal)?;
    let origin = subject.origin(&world);
    let room = memory::room(asked.max_states);
    let study = States::plan(world, origin, subject.named(), asked.clone(), room)?;
    let solved = conduct(&study, &pool(options.threads)?, terminal)?;
    let made = subject.made("exact", asked.words());
    let findings = study.findings(solved, &made).ok_or_else(nothing)?;
    kept.put_artifact(findings.artifact(LAYERS), outputs.excel, terminal)?;
    outputs.tell(&*findings, false, &door, terminal)
}
