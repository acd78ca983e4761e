//! Parts of a study that are put together: reading them, and the scenario that they are of.

use std::path::{Path, PathBuf};

use crate::domain::World;
use crate::drivers::Head;
use crate::scenario::fingerprint;
use crate::store::Door;
use crate::studies::sealed::{self, Sealed};

use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{args, recorded};

/// Reads texts, each with its name, as what they should be.
///
/// # Errors
/// When one is something else, damaged, or another version's.
pub(super) fn all<T: Sealed>(texts: &[(String, String)]) -> Result<Vec<(String, T)>, Failure> {
    let read = |(name, text): &(String, String)| match sealed::read(text) {
        Ok(part) => Ok((name.clone(), part)),
        Err(why) => Err(Failure::new(Exit::No, format!("{name}: {why}"))),
    };
    texts.iter().map(read).collect()
}

/// The scenario that parts are of, once it is known that what is asked for can be written: its file, the way to write, its world.
/// `first` is the name of the first part, `what` says what they are.
///
/// # Errors
/// When it cannot be had, is another one, or something is in the way.
pub(super) fn of_scenario(
    options: &args::Merge,
    first: &str,
    (recorded, head): (&str, &Head),
    what: &str,
    terminal: &Terminal,
) -> Result<(PathBuf, Door, World), Failure> {
    let named = options.scenario.as_deref();
    let scenario = recorded::of_work(Path::new(first), named, recorded)?;
    let door = options.outputs.door(options.shards.iter().chain([&scenario]).map(PathBuf::as_path));
    options.outputs.check(&door)?;
    let world = recorded::world(&scenario, named, &options.profiles.parties, head, terminal)?;
    let found = fingerprint(&world);
    if found == head.fingerprint {
        return Ok((scenario, door, world));
    }
    let message = format!(
        "{} is not the scenario of the {what}, or it was changed since: its fingerprint is {found}, theirs is {}; name theirs with \
         `--scenario FILE`, or compute the {what} again",
        scenario.display(),
        head.fingerprint
    );
    Err(Failure::new(Exit::No, message))
}
