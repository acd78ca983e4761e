//! `baraza run`: plays a scenario once.

use crate::domain::Model;
use crate::drivers::{Sampler, record};
use crate::report::{Origin, Run, chronicle, json, trace};
use crate::scenario;

use super::args;
use super::exit::{Exit, Failure};
use super::files;
use super::load;
use super::terminal::Terminal;

/// Plays, keeps the trace where one is asked for, and tells.
pub(super) fn carry_out(options: &args::Run, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = files::door(options.force, [options.file.as_path()]);
    if let Some(path) = &options.trace {
        door.check(path).map_err(files::refused("--trace"))?;
    }
    let world = load::world(
        &options.file,
        &options.profiles.parties,
        &options.set,
        options.what_if.as_deref(),
        terminal,
    )?;
    let origin = Origin {
        fingerprint: scenario::fingerprint(&world),
        seed: options.seed,
        run: options.run,
        what_if: options.what_if.clone(),
        set: options.set.clone(),
    };
    let model = Model::new(world);
    let transcript = record(&model, &mut Sampler::new(options.seed, options.run));
    let run = Run { model: &model, transcript: &transcript, origin: &origin };
    if let Some(path) = &options.trace {
        let text = trace::write(&run, &options.file.display().to_string());
        door.put(path, &text).map_err(files::refused("--trace"))?;
    }
    tell(&run, &options.telling, terminal)?;
    Ok(Exit::Fine)
}

/// Prints a run as text or as JSON.
pub(super) fn tell(run: &Run, telling: &args::Telling, terminal: &Terminal) -> Result<(), Failure> {
    let text = match telling.json {
        true => json::json(run),
        false => chronicle::chronicle(run, telling.detail.into(), terminal.styled),
    };
    terminal.print(&text)
}
