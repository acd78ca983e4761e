//! Parts of studies: `--part I/N --out PART`, and `baraza merge` of what it wrote.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::again::{made, profiles};
use crate::store::Door;
use crate::studies::merged::Merged;
use crate::studies::parted::{Origin, Part, Parted, join};
use crate::studies::portion::Portion;
use crate::studies::sealed;
use crate::studies::study::Extent;
use crate::text::command::{changes, command};

use super::exit::{Exit, Failure};
use super::part_file::{PartFile, taken};
use super::parts::{all, of_scenario};
use super::study::{catch_interrupts, in_batches, nothing, pool};
use super::terminal::Terminal;
use super::{args, files, load};

/// Which part of a study is played, and where it goes.
#[derive(Debug, Args)]
pub struct Kept {
    /// Play only this part, such as 3/100
    #[arg(long, value_name = "I/N", requires = "out")]
    pub part: Option<Portion>,
    /// Write what was counted into this file, for `baraza merge`, and show nothing
    #[arg(long, value_name = "PART.json", group = "written", conflicts_with_all = ["json", "csv", "svg", "html", "slides", "level"])]
    pub out: Option<PathBuf>,
}

/// The whole as its only part, where nobody says which.
const ALL: Portion = Portion { part: 1, of: 1 };

/// Plays a part and writes it, unless it is there already; one that was stopped is gone on with.
pub(super) fn carry_out<S>(
    study: &S,
    (kept, out): (&Kept, &Path),
    (scenario, door): (String, &Door),
    threads: usize,
    terminal: &Terminal,
) -> Result<Exit, Failure>
where
    S: Parted + Sync,
    S::Partial: Send,
{
    let range = kept.part.unwrap_or(ALL).within(study.total(), ("the study", study.pieces()))?;
    let origin = Origin::of(study, scenario, range.clone());
    let name = out.display();
    let told = format!("{} {} of “{}”", origin.what, origin.told(), origin.head.title);
    let file = PartFile::look((out, door), Path::new(&origin.scenario), || begun(out, &origin))?;
    if file.held.as_ref().is_some_and(Part::finished) {
        terminal.print(&format!("{name}: holds {told} already and is kept\n"))?;
        return Ok(Exit::Fine);
    }
    file.check()?;
    let mut counts = match &file.held {
        Some(part) => part.counts(study).map_err(|why| taken(out, &why.to_string()))?,
        None => study.begin(),
    };
    let from = file.held.as_ref().map_or(range.start, |part| part.reached);
    let Extent::Runs { worlds, what, .. } = study.extent() else { return Err(nothing()) };
    let pool = pool(threads)?;
    catch_interrupts();
    let reached = pool.install(|| in_batches(study, &mut counts, from..range.end, (worlds, what)))?;
    if reached == from {
        return Err(file.stopped_before(&format!("any of the {} were done", origin.what)));
    }
    let part = Part::new::<S>(origin, reached, &counts);
    let as_far = || begun(out, &part.origin).is_ok_and(|other| other.reached >= part.reached);
    file.put(&part.write(), as_far)?;
    if !part.finished() {
        let message = format!(
            "stopped: {name} keeps {} of {} {}; the same command goes on from there",
            reached - range.start,
            range.len(),
            part.origin.what
        );
        return Err(Failure::new(Exit::Interrupted, message));
    }
    terminal.print(&format!("{name}: {told}\n"))?;
    Ok(Exit::Fine)
}

/// The part in a file, finished or not, where it is the one that is asked for.
///
/// # Errors
/// When it is anything else: it is left as it is.
fn begun(out: &Path, origin: &Origin) -> Result<Part, Failure> {
    let part: Part = sealed::read(&files::read(out)?).map_err(|why| taken(out, &why.to_string()))?;
    let same = (part.origin.from, part.origin.to) == (origin.from, origin.to);
    match part.origin.differs(origin) {
        None if same => Ok(part),
        None => Err(taken(
            out,
            &format!("it holds {} {}, not {}", origin.what, part.origin.told(), origin.told()),
        )),
        Some((what, there, here)) => Err(taken(out, &format!("its {what} is {there}, not {here}"))),
    }
}

/// Adds parts up, each with its name, and tells the whole: `baraza merge`.
pub(super) fn merge(
    texts: &[(String, String)],
    options: &args::Merge,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    if options.runs.is_some() || options.table.is_some() {
        let message =
            "--runs and --table are for parts of ensembles and designs: these parts know how many there are";
        return Err(Failure::new(Exit::Usage, message));
    }
    let parts: Vec<(String, Part)> = all(texts)?;
    let refused = |why: String| Failure::new(Exit::No, why);
    let origin = join(&parts).map_err(refused)?;
    let (scenario, door, world) =
        of_scenario(options, &parts[0].0, (&origin.scenario, &origin.head), "parts", terminal)?;
    let source = load::source(&scenario, &options.profiles.parties)?;
    let mut words = profiles(&scenario, &options.profiles.parties);
    let study = Merged::plan(origin, (&source, world), command(&words), options.level)?;
    words.extend(changes(origin.head.what_if.as_deref(), &origin.head.set));
    words.extend(study.words());
    let made = made(&origin.command, &scenario, words);
    let findings = study.findings(&parts, &made)?.ok_or_else(nothing)?;
    options.outputs.tell(&*findings, false, &door, terminal)
}
