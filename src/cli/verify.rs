//! `baraza verify`: properties proved over all reachable states, or refuted.

use crate::studies::study::Study;
use crate::studies::verify::{Claims, TRACE};

use super::args;
use super::exit::{Exit, Failure};
use super::memory;
use super::single::Single;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

/// Verifies and tells.
pub(super) fn carry_out(options: &args::Verify, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, asked, outputs) = (&options.subject, &options.asked, &options.outputs);
    let door = outputs.door([subject.file.as_path()]);
    outputs.check(&door)?;
    let kept = Single::new(&door, "--trace", options.trace.as_deref())?;
    let world = subject.world(terminal)?;
    let origin = subject.origin(&world);
    let study = Claims::plan(world, origin, asked.clone(), memory::room(asked.max_states))?;
    let verified = conduct(&study, &pool(options.threads)?, terminal)?;
    let made = subject.made("verify", asked.words());
    let findings = study.findings(verified, &made).ok_or_else(nothing)?;
    kept.put_artifact(findings.artifact(TRACE), outputs.excel, terminal)?;
    outputs.tell(&*findings, false, &door, terminal)
}
