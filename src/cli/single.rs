//! One file that a command writes beside its answer, where that is asked for: a trace, a table.

use std::path::Path;

use crate::document::dataset;
use crate::store::Door;
use crate::studies::study::Artifact;

use super::exit::Failure;
use super::files;
use super::terminal::Terminal;

/// A place for such a file, checked before the work.
pub(super) struct Single<'a> {
    door: &'a Door,
    flag: &'static str,
    path: Option<&'a Path>,
}

impl<'a> Single<'a> {
    /// The place that an option names, if it is given.
    ///
    /// # Errors
    /// When nothing could be written there in the end.
    pub(super) fn new(door: &'a Door, flag: &'static str, path: Option<&'a Path>) -> Result<Self, Failure> {
        if let Some(path) = path {
            door.check(path).map_err(files::refused(flag))?;
        }
        Ok(Self { door, flag, path })
    }

    /// The place, where there is to be a file.
    pub(super) fn path(&self) -> Option<&'a Path> {
        self.path
    }

    /// The same with the door, for what writes the file by itself.
    pub(super) fn place(&self) -> Option<(&'a Door, &'a Path)> {
        Some((self.door, self.path?))
    }

    /// Writes the file where it is asked for.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn put(&self, text: impl FnOnce() -> String) -> Result<(), Failure> {
        let Some(path) = self.path else { return Ok(()) };
        self.door.put(path, &text()).map_err(files::refused(self.flag))
    }

    /// Writes a table where it is asked for, marked for Excel or not, and remarks that.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn put_table(
        &self,
        excel: bool,
        text: impl FnOnce() -> String,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        self.put(|| dataset::marked(text(), excel))?;
        if let Some(path) = self.path {
            terminal.remark(&format!("wrote {}\n", path.display()));
        }
        Ok(())
    }

    /// Writes a file that a study gives beside what it says, where it is asked for, and remarks that.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn put_artifact(
        &self,
        artifact: Option<Artifact>,
        excel: bool,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let (Some(path), Some(artifact)) = (self.path, artifact) else { return Ok(()) };
        match artifact {
            Artifact::Table(table) => self.put_table(excel, || table.csv(), terminal),
            Artifact::Csv(text) => self.put_table(excel, || text, terminal),
            Artifact::Text(text, what) => {
                self.put(|| text)?;
                terminal.remark(&format!("{} {what}\n", path.display()));
                Ok(())
            }
            Artifact::Missing(why) => {
                terminal.remark(&format!("{why}: {} wrote nothing\n", self.flag));
                Ok(())
            }
        }
    }
}
