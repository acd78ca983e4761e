//! A part of a study in its file: what of it is there is gone on with, and nothing else is overwritten.

use std::path::Path;

use crate::store::{Door, Fault, Why};

use super::exit::{Exit, Failure};
use super::files;

/// Where a part goes, and what of it is there.
pub(super) struct PartFile<'a, T> {
    out: &'a Path,
    door: &'a Door,
    /// A part that is gone on with takes the place of what it goes on from.
    over: Door,
    /// What is there, where it is the part that is asked for.
    pub held: Option<T>,
}

impl<'a, T> PartFile<'a, T> {
    /// Looks at what is there, which `begun` reads, unless it is to be overwritten. `scenario` is the file that the study reads.
    ///
    /// # Errors
    /// When nothing may be written there, or it is something else.
    pub fn look(
        (out, door): (&'a Path, &'a Door),
        scenario: &Path,
        begun: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<Self, Failure> {
        door.may_be(out).map_err(files::refused("--out"))?;
        let held = match out.symlink_metadata().is_ok() && !door.overwrites() {
            true => Some(begun()?),
            false => None,
        };
        Ok(Self { out, door, over: files::door(true, [scenario]), held })
    }

    fn door(&self) -> &Door {
        if self.held.is_some() { &self.over } else { self.door }
    }

    /// Refuses what could not be written in the end, before anything is played.
    ///
    /// # Errors
    /// When it could not.
    pub fn check(&self) -> Result<(), Failure> {
        self.door().check(self.out).map_err(files::refused("--out"))
    }

    /// That the work was stopped before `what`.
    pub fn stopped_before(&self, what: &str) -> Failure {
        let kept = if self.held.is_some() { "stays as it was" } else { "is not written" };
        let message = format!("stopped before {what}: {} {kept}", self.out.display());
        Failure::new(Exit::Interrupted, message)
    }

    /// Writes the part. `as_far` says of what has appeared there meanwhile whether another process has played the same, and perhaps more.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, text: &str, as_far: impl FnOnce() -> bool) -> Result<(), Failure> {
        match self.door().put(self.out, text) {
            Err(Fault { why: Why::Appeared, .. }) if as_far() => Ok(()),
            written => written.map_err(files::refused("--out")),
        }
    }
}

/// Why a file that is there is not gone on with.
pub(super) fn taken(out: &Path, why: &str) -> Failure {
    let name = out.display();
    let what = "choose another name, or add --force to overwrite it";
    Failure::new(Exit::Files, format!("--out {name}: the file exists already, and {why}; {what}"))
}
