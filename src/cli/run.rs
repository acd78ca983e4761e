//! `baraza run`: plays a scenario once.

use crate::domain::Model;
use crate::drivers::{Sampler, record};
use crate::telling::{Origin, Run, chronicle, json, trace};

use super::args;
use super::exit::{Exit, Failure};
use super::files;
use super::single::Single;
use super::terminal::Terminal;

/// Plays, keeps the trace where one is asked for, and tells.
pub(super) fn carry_out(options: &args::Run, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = files::door(options.force, [options.subject.file.as_path()]);
    let kept = Single::new(&door, "--trace", options.trace.as_deref())?;
    let world = options.subject.world(terminal)?;
    let origin = Origin { seed: options.seed, run: options.run, ..options.subject.origin(&world) };
    let model = Model::new(world);
    let transcript = record(&model, &mut Sampler::new(options.seed, options.run));
    let run = Run { model: &model, transcript: &transcript, origin: &origin };
    kept.put(|| trace::write(&run, &options.subject.name()))?;
    tell(&run, &options.telling, terminal)?;
    Ok(Exit::Fine)
}

/// Prints a run as text or as JSON.
pub(super) fn tell(run: &Run, telling: &args::Telling, terminal: &Terminal) -> Result<(), Failure> {
    let text = match telling.json {
        true => json::json(run),
        false => chronicle::chronicle(run, telling.detail, terminal.paper()),
    };
    terminal.print(&text)
}
