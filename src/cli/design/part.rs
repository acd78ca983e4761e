//! Parts of a design: `baraza design --out`, and `baraza merge` of what it wrote.

use std::path::Path;

use crate::cli::again::{made, profiles};
use crate::cli::args;
use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::cli::part_file::{PartFile, taken};
use crate::cli::parts::{all, of_scenario};
use crate::cli::single::Single;
use crate::cli::study::{catch_interrupts, in_batches, nothing};
use crate::cli::terminal::Terminal;
use crate::drivers::parallel::Pool;
use crate::store::Door;
use crate::studies::design::part::{Origin, join};
use crate::studies::design::{Design, Options, Part};
use crate::studies::study::{Findings, Study};
use crate::text::command::changes;

use super::each_run::Table;

/// Whether the part is there and finished, whatever design it is of; said if so.
///
/// # Errors
/// When there is a file that is none.
pub(super) fn is_there(options: &args::Design, terminal: &Terminal) -> Result<bool, Failure> {
    let Some(out) = options.out.as_deref().filter(|out| out.symlink_metadata().is_ok()) else {
        return Ok(false);
    };
    let part = read(out).map_err(|why| taken(out, &why))?;
    if part.finished() {
        terminal.print(&format!("{}: is there already and is kept\n", out.display()))?;
    }
    Ok(part.finished())
}

/// Plays the part and writes it, unless it is there already. One that was stopped is gone on with.
pub(super) fn carry_out(
    options: &args::Design,
    (out, door): (&Path, &Door),
    design: &Design,
    (each_run, pool): (&Table, &Pool),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let origin = Origin::of(design, options.subject.name());
    let name = out.display();
    let told = format!("{} of “{}”", origin.told(), design.world.title);
    let file = PartFile::look((out, door), &options.subject.file, || begun(out, &origin))?;
    if file.held.as_ref().is_some_and(Part::finished) {
        terminal.print(&format!("{name}: holds {told} already and is kept\n"))?;
    } else {
        play(out, &file, &origin, design, pool)?;
        terminal.print(&format!("{name}: {told}\n"))?;
    }
    catch_interrupts();
    let whole = each_run.write(design.range(), pool, terminal)?;
    Ok(if whole { Exit::Fine } else { Exit::Interrupted })
}

fn play(
    out: &Path,
    file: &PartFile<Part>,
    origin: &Origin,
    design: &Design,
    pool: &Pool,
) -> Result<(), Failure> {
    file.check()?;
    let mut played = file.held.as_ref().map_or_else(|| design.begin(), Part::played);
    let from = file.held.as_ref().map_or(origin.from, Part::reached);
    catch_interrupts();
    let work = (design.options().runs as usize, "runs");
    let reached = pool.install(|| in_batches(design, &mut played, from..origin.to, work))?;
    if reached == from {
        return Err(file.stopped_before("any cell was played"));
    }
    let part = Part::new(origin.clone(), design, &played);
    let as_far = || begun(out, origin).is_ok_and(|other| other.reached() >= part.reached());
    file.put(&part.write(), as_far)?;
    if part.finished() {
        return Ok(());
    }
    let message = format!(
        "stopped: {} keeps {} of {} cells; the same command goes on from there",
        out.display(),
        part.reached() - origin.from,
        origin.to - origin.from
    );
    Err(Failure::new(Exit::Interrupted, message))
}

fn read(path: &Path) -> Result<Part, String> {
    let text = files::read(path).map_err(|failure| failure.message)?;
    Part::read(&text).map_err(|why| why.to_string())
}

/// The part in a file, finished or not, where it is the one that is asked for.
///
/// # Errors
/// When it is anything else: it is left as it is.
fn begun(out: &Path, origin: &Origin) -> Result<Part, Failure> {
    let part = read(out).map_err(|why| taken(out, &why))?;
    let same = (part.origin.from, part.origin.to) == (origin.from, origin.to);
    match part.origin.differs(origin) {
        None if same => Ok(part),
        None => Err(taken(out, &format!("it holds {}, not {}", part.origin.told(), origin.told()))),
        Some((what, there, here)) => Err(taken(out, &format!("its {what} is {there}, not {here}"))),
    }
}

/// Lays parts, each with its name, together and tells the whole: `baraza merge`.
pub(in crate::cli) fn merge(
    texts: &[(String, String)],
    options: &args::Merge,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    if options.runs.is_some() {
        let message = "--runs is for parts of an ensemble: a design knows how many cells it has";
        return Err(Failure::new(Exit::Usage, message));
    }
    let parts: Vec<(String, Part)> = all(texts)?;
    let whole = join(&parts).map_err(|why| Failure::new(Exit::No, why))?;
    let (origin, head) = (&whole.origin, &whole.origin.head);
    let (scenario, door, world) =
        of_scenario(options, &parts[0].0, (&origin.scenario, head), "parts", terminal)?;
    let table = Single::new(&door, "--table", options.table.as_deref())?;
    let asked = Options { level: options.level, ..origin.options.clone() };
    let mut words = profiles(&scenario, &options.profiles.parties);
    words.extend(changes(head.what_if.as_deref(), &head.set));
    words.extend(asked.words(origin.table.as_deref()));
    let made = made("design", &scenario, words);
    let designed = whole.designed(&world, &asked, &made);
    if designed.played.is_empty() {
        return Err(nothing());
    }
    let exit = options.outputs.tell(&designed as &dyn Findings, false, &door, terminal)?;
    table.put_artifact(designed.artifact("table"), options.outputs.excel, terminal)?;
    Ok(exit)
}
