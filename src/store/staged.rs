//! A large file whose head is known last: its body is written first, into a file without a name, so that nothing is left of it however
//! the process ends.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::beside::{self, Readers};
use super::fault::Fault;

/// The body of a file in the making.
pub type Body = BufWriter<File>;

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 18;

/// A file in the making.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    overwrite: bool,
    /// The folder's own file, until the head is known.
    whole: Option<NamedTempFile>,
}

impl Staged {
    pub(super) fn begin(path: &Path, overwrite: bool) -> Result<Self, Fault> {
        beside::sweep(beside::folder(path));
        Ok(Self { path: path.to_owned(), overwrite, whole: None })
    }

    /// Begins the body.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn body(&self) -> Result<Body, Fault> {
        let file = tempfile::tempfile_in(beside::folder(&self.path)).map_err(|e| self.failed(e))?;
        Ok(BufWriter::with_capacity(BUFFER, file))
    }

    /// Puts the head before the body.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(&mut self, head: &str, body: Body) -> Result<(), Fault> {
        self.whole = Some(self.join(head, body).map_err(|e| self.failed(e))?);
        Ok(())
    }

    fn join(&self, head: &str, body: Body) -> io::Result<NamedTempFile> {
        let mut body = body.into_inner().map_err(io::IntoInnerError::into_error)?;
        body.rewind()?;
        let mut whole = beside::begin(beside::folder(&self.path), Readers::Usual)?;
        whole.write_all(head.as_bytes())?;
        io::copy(&mut body, whole.as_file_mut())?;
        whole.as_file().sync_all()?;
        Ok(whole)
    }

    /// What a failed write to the body is.
    pub fn failed(&self, error: io::Error) -> Fault {
        Fault::unwritable(&self.path)(error)
    }
}

/// Moves files that are finished to their places: all of them, or none where one of the places has been taken.
///
/// # Errors
/// When one cannot be moved.
pub fn publish(files: Vec<Staged>) -> Result<(), Fault> {
    let overwrite = files.iter().all(|file| file.overwrite);
    let whole = files.into_iter().filter_map(|file| Some((file.whole?, file.path)));
    beside::place(whole.collect(), overwrite).map(drop)
}
