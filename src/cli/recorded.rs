//! The scenario that a record names: a session's log, a trace, a shard. Whoever hands a record over chooses that name, so by
//! itself it opens nothing outside the record's own folder.

use std::path::{Path, PathBuf};

use crate::domain::World;
use crate::drivers::Head;
use crate::store::folder;

use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{files, load};

/// The scenario of a session's log, which others hand over: the file that the command line names, or else the one that the log
/// names, where it lies in the log's folder or below it.
///
/// # Errors
/// When the log names none, or one elsewhere.
pub(super) fn of_log(log: &Path, named: Option<&Path>, recorded: &str) -> Result<PathBuf, Failure> {
    within(&[folder(log)], log, named, recorded)
}

/// The scenario of a trace or a shard, which may be kept apart: it may lie in the working folder or below it as well.
///
/// # Errors
/// When the record names none, or one elsewhere.
pub(super) fn of_work(record: &Path, named: Option<&Path>, recorded: &str) -> Result<PathBuf, Failure> {
    within(&[folder(record), Path::new(".")], record, named, recorded)
}

/// The file, seen from the working folder or from the record's own, where it lies in one of these folders or below it.
fn within(
    folders: &[&Path],
    record: &Path,
    named: Option<&Path>,
    recorded: &str,
) -> Result<PathBuf, Failure> {
    let name = record.display();
    let refused = |exit, what: String| Err(Failure::new(exit, format!("{name}: {what}")));
    if let Some(file) = named {
        return Ok(file.to_owned());
    }
    if recorded == files::STDIN {
        let what = "the scenario came from standard input; name its file with `--scenario FILE`";
        return refused(Exit::Usage, what.into());
    }
    let found = [PathBuf::from(recorded), folder(record).join(recorded)];
    match found.iter().find(|file| folders.iter().any(|folder| holds(folder, file))) {
        Some(file) => Ok(file.clone()),
        None if found.iter().any(|file| file.exists()) => refused(
            Exit::Usage,
            format!(
                "the scenario it names, {recorded}, is not in its folder, and nothing elsewhere is opened because a record says \
                 so; name it with `--scenario {recorded}` if it is the one you mean"
            ),
        ),
        None => refused(
            Exit::Files,
            format!(
                "the scenario it names, {recorded}, cannot be read: there is no such file or folder; if the scenario has \
                 moved, name it with `--scenario FILE`"
            ),
        ),
    }
}

/// Whether a log opens this scenario by itself.
pub(super) fn is_beside(log: &Path, file: &Path) -> bool {
    holds(folder(log), file)
}

/// Whether a file lies in a folder, or below it, once links are followed.
fn holds(folder: &Path, file: &Path) -> bool {
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(file)) => file.starts_with(folder),
        _ => false,
    }
}

/// That scenario's world, with the changes of the record's head.
///
/// # Errors
/// When it cannot be read or has mistakes.
pub(super) fn world<Seed>(
    file: &Path,
    named: Option<&Path>,
    parties: &[String],
    head: &Head<Seed>,
    terminal: &Terminal,
) -> Result<World, Failure> {
    load::world(file, parties, &head.set, head.what_if.as_deref(), terminal)
        .map_err(|failure| moved(failure, named))
}

/// A failure to read that scenario, with what to do where the command line does not name it.
fn moved(failure: Failure, named: Option<&Path>) -> Failure {
    match named {
        None if failure.exit == Exit::Files => Failure::new(
            Exit::Files,
            format!("{}; if the scenario has moved, name it with `--scenario FILE`", failure.message),
        ),
        _ => failure,
    }
}
