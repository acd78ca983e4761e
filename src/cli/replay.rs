//! `baraza replay`: tells a recorded run again.

use crate::cli::again::made;
use crate::domain::Model;
use crate::scenario;
use crate::telling::chronicle::Detail;
use crate::telling::{Run, trace};

use super::args;
use super::exit::{Exit, Failure};
use super::files;
use super::recorded;
use super::run::tell;
use super::terminal::Terminal;

/// Reads the trace and its scenario, plays by it, and tells.
pub(super) fn carry_out(options: &args::Replay, terminal: &Terminal) -> Result<Exit, Failure> {
    let name = options.trace.display();
    let refused = |refusal: trace::Refusal| Failure::new(Exit::No, format!("{name}: {refusal}"));
    let read = trace::read(&files::read(&options.trace)?).map_err(refused)?;
    let origin = read.origin();
    let named = options.scenario.as_deref();
    let file = recorded::of_work(&options.trace, named, &read.header.scenario)?;
    let outputs = &options.telling.outputs;
    let door = outputs.door([options.trace.as_path(), &file]);
    outputs.check(&door)?;
    let world = recorded::world(&file, named, &options.profiles.parties, &read.header.head, terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let transcript = trace::replay(&model, &fingerprint, &read).map_err(refused)?;
    let detail = options.telling.detail.words(Detail::Brief);
    let words = std::iter::once(options.trace.display().to_string()).chain(detail);
    let made = made("replay", &file, words);
    let run = Run { model: &model, transcript: &transcript, origin: &origin };
    tell(run, &options.telling, &made, (&door, terminal))
}
