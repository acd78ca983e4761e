//! `baraza resolve`: what agents could reach by deciding otherwise.

use std::path::{Path, PathBuf};

use crate::domain::{Model, World};
use crate::scenario;
use crate::session::Pace;
use crate::studies::resolve::{Decisions, Follow, Orders, POLICY, Way};
use crate::studies::study::Study;

use super::args;
use super::debrief::{fits, log, resume};
use super::exit::{Exit, Failure};
use super::single::Single;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;
use super::{files, memory};

/// Resolves and tells.
pub(super) fn carry_out(options: &args::Resolve, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, asked, outputs) = (&options.subject, &options.asked, &options.outputs);
    let inputs =
        std::iter::once(&subject.file).chain(&options.follow).chain(&options.orders).map(PathBuf::as_path);
    let door = outputs.door(inputs);
    outputs.check(&door)?;
    let kept = Single::new(&door, "--policy", options.policy.as_deref())?;
    let world = subject.world(terminal)?;
    let origin = subject.origin(&world);
    let way = match (&options.follow, &options.orders) {
        (Some(path), _) => Some(Way::Follow(follow(path)?)),
        (None, Some(path)) => Some(Way::Orders(orders(path, &world, terminal)?)),
        (None, None) => None,
    };
    let room = memory::room(asked.max_states);
    let study = Decisions::plan(world, origin, subject.named(), (asked, way), room)?;
    let resolved = conduct(&study, &pool(options.threads)?, terminal)?;
    let mut words = asked.words();
    words.extend(options.follow.iter().flat_map(|path| ["--follow".into(), path.display().to_string()]));
    words.extend(options.orders.iter().flat_map(|path| ["--orders".into(), path.display().to_string()]));
    let made = subject.made("resolve", words);
    let findings = study.findings(resolved, &made).ok_or_else(nothing)?;
    kept.put_artifact(findings.artifact(POLICY), outputs.excel, terminal)?;
    outputs.tell(&*findings, false, &door, terminal)
}

/// The orders by which the branch of a session was played that was played last.
fn orders(path: &Path, world: &World, terminal: &Terminal) -> Result<Orders, Failure> {
    let written = log(path, terminal)?;
    fits(path, &written.header, &scenario::fingerprint(world))?;
    if written.header.by != Pace::Round {
        let message = format!(
            "--orders {}: in this session people took every decision when it was due",
            path.display()
        );
        return Err(Failure::new(Exit::Usage, message));
    }
    let model = Model::new(world.clone());
    let session = resume(path, &model, &written)?;
    let rounds = session.closed().to_vec();
    Ok(Orders { name: path.display().to_string(), rounds })
}

/// The policy of a file.
fn follow(path: &Path) -> Result<Follow, Failure> {
    Ok(Follow { name: path.display().to_string(), text: files::read(path)? })
}
