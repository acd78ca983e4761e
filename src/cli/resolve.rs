//! `baraza resolve`: what agents could reach by deciding otherwise.

use std::path::{Path, PathBuf};

use crate::studies::resolve::{Decisions, Follow, POLICY};
use crate::studies::study::Study;

use super::args;
use super::exit::{Exit, Failure};
use super::single::Single;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;
use super::{files, memory};

/// Resolves and tells.
pub(super) fn carry_out(options: &args::Resolve, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, asked, outputs) = (&options.subject, &options.asked, &options.outputs);
    let inputs = std::iter::once(&subject.file).chain(&options.follow).map(PathBuf::as_path);
    let door = outputs.door(inputs);
    outputs.check(&door)?;
    let kept = Single::new(&door, "--policy", options.policy.as_deref())?;
    let world = subject.world(terminal)?;
    let origin = subject.origin(&world);
    let follow = options.follow.as_deref().map(follow).transpose()?;
    let room = memory::room(asked.max_states);
    let study = Decisions::plan(world, origin, subject.named(), (asked, follow), room)?;
    let resolved = conduct(&study, &pool(options.threads)?, terminal)?;
    let mut words = asked.words();
    words.extend(options.follow.iter().flat_map(|path| ["--follow".into(), path.display().to_string()]));
    let made = subject.made("resolve", words);
    let findings = study.findings(resolved, &made).ok_or_else(nothing)?;
    kept.put_artifact(findings.artifact(POLICY), outputs.excel, terminal)?;
    outputs.tell(&*findings, false, &door, terminal)
}

/// The policy of a file.
fn follow(path: &Path) -> Result<Follow, Failure> {
    Ok(Follow { name: path.display().to_string(), text: files::read(path)? })
}
