//! `baraza ensemble --out`: computes a part of an ensemble and keeps its counts.

use std::path::Path;

use crate::analysis::ensemble::Range;
use crate::drivers::GENERATOR;
use crate::report::shard::{Shard, Study as Origin};

use super::args;
use super::ensemble::Study;
use super::exit::{Exit, Failure};
use super::files;
use super::study::{catch_interrupts, play, pool, stopped};
use super::terminal::Terminal;

/// Computes the shard and writes it whole, unless it is there already.
pub(super) fn carry_out(
    options: &args::Ensemble,
    out: &Path,
    study: &Study,
    range: Range,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let origin = Origin {
        version: env!("CARGO_PKG_VERSION").into(),
        generator: GENERATOR.into(),
        scenario: options.file.display().to_string(),
        fingerprint: study.fingerprint.clone(),
        seed: range.seed,
        from: range.from,
        to: range.to,
        what_if: options.what_if.clone(),
        set: options.set.clone(),
        measures: options.measure.clone(),
    };
    let name = out.display();
    let runs = format!("runs {} to {} of “{}”", range.from, range.to - 1, study.model.world.title);
    if !options.outputs.force && out.symlink_metadata().is_ok() {
        finished(out, &origin)?;
        terminal.print(&format!("{name}: holds {runs} already and is kept\n"))?;
        return Ok(Exit::Fine);
    }
    let pool = pool(options.threads)?;
    catch_interrupts();
    let counts = pool.install(|| play(study.parts(), range, None));
    if stopped() && counts.runs < u64::from(range.to - range.from) {
        return Err(Failure::new(Exit::Interrupted, format!("stopped: {name} is not written")));
    }
    files::replace(out, &Shard::new(origin, &counts).write())?;
    terminal.print(&format!("{name}: {runs}\n"))?;
    Ok(Exit::Fine)
}

/// Whether the file is the shard that is asked for, finished and sound.
///
/// # Errors
/// When it is anything else: it is left as it is.
fn finished(out: &Path, origin: &Origin) -> Result<(), Failure> {
    let refused = |why: String| {
        let name = out.display();
        let what = "choose another name, or add --force to overwrite it";
        Failure::new(Exit::Files, format!("--out {name}: the file exists already, and {why}; {what}"))
    };
    let shard = Shard::read(&files::read(out)?).map_err(|refusal| refused(refusal.to_string()))?;
    if shard.study.same(origin) {
        return Ok(());
    }
    Err(refused(match shard.study.differs(origin) {
        Some((what, there, here)) => format!("its {what} is {there}, not {here}"),
        None => format!("it holds runs {} to {}", shard.study.from, shard.study.to.saturating_sub(1)),
    }))
}
