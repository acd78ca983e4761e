//! `--script`: a job array that plays a design.

use crate::cli::args;
use crate::cli::exit::{Exit, Failure};
use crate::cli::terminal::Terminal;
use crate::studies::design::Design;
use crate::studies::design::script::{Jobs, Scheduler};

/// Parts where nobody says how many.
const PARTS: u32 = 100;

/// Prints it.
pub(super) fn print(
    options: &args::Design,
    design: &Design,
    scheduler: Scheduler,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let cells = design.range().end;
    let parts = options.parts.unwrap_or(PARTS.min(cells));
    if parts > cells {
        let message = format!("--parts {parts}: the design has {cells} cells, and a part at least one");
        return Err(Failure::new(Exit::Usage, message));
    }
    let subject = &options.subject;
    let mut words = vec!["baraza".to_owned(), "design".to_owned()];
    words.extend(subject.words().into_iter().chain(design.words_of_cells()));
    // One job has one processor.
    words.extend(["--threads".into(), "1".into()]);
    let level = design.options().level.to_string();
    let merge = ["--scenario".to_owned(), subject.name(), "--level".into(), level];
    let merge = merge.into_iter().chain(forms(options)).collect();
    let jobs = Jobs { design: words, parts, folder: options.folder.clone(), merge };
    terminal.print(&jobs.script(scheduler))?;
    Ok(Exit::Fine)
}

/// The forms of the answer that are asked for, or tables.
fn forms(options: &args::Design) -> Vec<String> {
    let outputs = &options.outputs;
    let pages =
        [("--html", outputs.pictures.html.as_deref()), ("--slides", outputs.pictures.slides.as_deref())];
    let pages = pages.into_iter().filter_map(|(flag, place)| Some((flag, place?)));
    let places = outputs.folders().chain(pages);
    let mut words: Vec<String> =
        places.flat_map(|(flag, place)| [flag.to_owned(), place.display().to_string()]).collect();
    if words.is_empty() {
        words.extend(["--csv".to_owned(), "design".to_owned()]);
    }
    words.extend(outputs.force.then(|| "--force".to_owned()));
    words
}
