//! `baraza run`: plays a scenario once.

use crate::domain::Model;
use crate::drivers::{Sampler, record};
use crate::store::Door;
use crate::studies::run::OneRun;
use crate::studies::study::Made;
use crate::telling::chronicle::Detail;
use crate::telling::{Origin, Run, trace};

use super::args;
use super::exit::{Exit, Failure};
use super::single::Single;
use super::terminal::Terminal;

/// Plays, keeps the trace where one is asked for, and tells.
pub(super) fn carry_out(options: &args::Run, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, outputs) = (&options.subject, &options.telling.outputs);
    let door = outputs.door([subject.file.as_path()]);
    outputs.check(&door)?;
    let kept = Single::new(&door, "--trace", options.trace.as_deref())?;
    let world = options.subject.world(terminal)?;
    let origin = Origin { seed: options.seed, run: options.run, ..options.subject.origin(&world) };
    let model = Model::new(world);
    let transcript = record(&model, &mut Sampler::new(options.seed, options.run));
    let run = Run { model: &model, transcript: &transcript, origin: &origin };
    kept.put(|| trace::write(&run, &options.subject.name()))?;
    let words = ["--seed", &options.seed.to_string(), "--run", &options.run.to_string()].map(str::to_owned);
    let detail = options.telling.detail.words(Detail::Brief);
    let made = subject.made("run", words.into_iter().chain(detail).collect());
    tell(run, &options.telling, &made, (&door, terminal))
}

/// Tells a run in the forms asked for.
pub(super) fn tell(
    run: Run,
    telling: &args::Telling,
    made: &Made,
    (door, terminal): (&Door, &Terminal),
) -> Result<Exit, Failure> {
    telling.outputs.tell(&OneRun { run, detail: telling.detail, made }, true, door, terminal)
}
