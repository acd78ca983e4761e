//! `baraza ensemble --out`: computes a part of an ensemble and keeps its counts.

use std::ops::Range;
use std::path::Path;

use crate::analysis::counters::Counts;
use crate::analysis::ensemble;
use crate::store::Door;
use crate::studies::ensemble::Runs;
use crate::studies::shard::{Shard, Study as Origin};
use crate::studies::study::Study;

use super::args;
use super::each_run::{self, Table};
use super::exit::{Exit, Failure};
use super::files;
use super::part_file::{PartFile, taken};
use super::study::{catch_interrupts, in_batches, pool};
use super::terminal::Terminal;

/// Computes the shard and writes it, unless it is there already. One that was stopped is gone on with.
pub(super) fn carry_out(
    options: &args::Ensemble,
    out: &Path,
    door: &Door,
    study: &Runs,
    range: Range<u32>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let rows = Rows::new(options, door, range.clone())?;
    let title = &study.model.world.title;
    let origin = Origin::of(study, options.subject.changed(), options.subject.name(), range.clone());
    let name = out.display();
    let told = |to: u32| format!("runs {} to {} of “{title}”", range.start, to - 1);
    let file = PartFile::look((out, door), &options.subject.file, || begun(out, &origin))?;
    if file.held.as_ref().is_some_and(Shard::finished) {
        terminal.print(&format!("{name}: holds {} already and is kept\n", told(range.end)))?;
        return rows.write(study, terminal);
    }
    file.check()?;
    let mut counts = match &file.held {
        Some(shard) => counts(shard, out, study)?,
        None => study.begin(),
    };
    let from = file.held.as_ref().map_or(range.start, Shard::reached);
    let pool = pool(options.threads)?;
    catch_interrupts();
    let reached = pool.install(|| in_batches(study, &mut counts, from..range.end, (1, "runs")))?;
    if reached == from {
        return Err(file.stopped_before("any run was done"));
    }
    let shard = Shard::new(origin, &counts);
    let as_far = || begun(out, &shard.study).is_ok_and(|other| other.reached() >= shard.reached());
    file.put(&shard.write(), as_far)?;
    if !shard.finished() {
        let (last, to) = (shard.reached() - 1, range.end - 1);
        let message = format!(
            "stopped: {name} keeps runs {} to {last} of {} to {to}; the same command goes on from there",
            range.start, range.start
        );
        return Err(Failure::new(Exit::Interrupted, message));
    }
    terminal.print(&format!("{name}: {}\n", told(range.end)))?;
    rows.write(study, terminal)
}

/// The table of the part's runs, where it is asked for. It is made once the part is finished, of all its runs: they are played again
/// for it, so that it does not matter how often the part was stopped.
struct Rows<'a>(Option<Table<'a>>, usize);

impl<'a> Rows<'a> {
    /// What is asked for.
    ///
    /// # Errors
    /// When nothing could be written there in the end.
    fn new(options: &'a args::Ensemble, door: &'a Door, range: Range<u32>) -> Result<Self, Failure> {
        let refused = files::refused(each_run::FLAG);
        let Some(path) = options.each_run.as_deref() else { return Ok(Self(None, 0)) };
        // One that is there may hold these very rows: that is seen once they are played.
        match path.symlink_metadata().is_ok() && !door.overwrites() {
            true => door.may_be(path).map_err(&refused)?,
            false => door.check(path).map_err(&refused)?,
        }
        let range = ensemble::Range::of(options.asked.seed, range);
        let table = Table { place: (door, path), range, excel: options.outputs.excel, keep: true };
        Ok(Self(Some(table), options.threads))
    }

    /// Writes it.
    fn write(&self, study: &Runs, terminal: &Terminal) -> Result<Exit, Failure> {
        let Some(table) = self.0 else { return Ok(Exit::Fine) };
        catch_interrupts();
        let whole = each_run::write(table, study, &pool(self.1)?, terminal)?;
        Ok(if whole { Exit::Fine } else { Exit::Interrupted })
    }
}

/// The counts of a shard that was begun.
fn counts(shard: &Shard, out: &Path, study: &Runs) -> Result<Counts, Failure> {
    let counts = shard.counts(&study.model, &study.plan);
    counts
        .map_err(|e| Failure::new(Exit::Files, format!("--out {}: {e}; --force begins anew", out.display())))
}

/// The shard in a file, finished or not, where it is the one that is asked for.
///
/// # Errors
/// When it is anything else: it is left as it is.
fn begun(out: &Path, origin: &Origin) -> Result<Shard, Failure> {
    let shard = Shard::read(&files::read(out)?).map_err(|why| taken(out, &why.to_string()))?;
    if shard.study.same(origin) {
        return Ok(shard);
    }
    let why = match shard.study.differs(origin) {
        Some((what, there, here)) => format!("its {what} is {there}, not {here}"),
        None => format!("it holds runs {} to {}", shard.study.from, shard.study.to.saturating_sub(1)),
    };
    Err(taken(out, &why))
}
