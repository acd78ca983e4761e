//! A large file whose head is known last: its body is written beside it first. Nobody sees half of it, and nothing is left of
//! it where writing fails.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::files;

/// A file in the making.
pub(super) struct Staged {
    path: PathBuf,
    body: PathBuf,
    whole: PathBuf,
    /// What the two temporary files were made by this process.
    made: [bool; 2],
}

/// The body of a file in the making.
pub(super) type Body = BufWriter<File>;

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 18;

impl Staged {
    /// Begins a file.
    pub(super) fn begin(path: &Path) -> Result<(Self, Body), Failure> {
        let named = |what| files::beside_as(path, what);
        let mut staged =
            Self { path: path.to_owned(), body: named("body"), whole: named("whole"), made: [false; 2] };
        let file = create(&staged.body).map_err(|e| files::unwritable(path, &e))?;
        staged.made[0] = true;
        Ok((staged, BufWriter::with_capacity(BUFFER, file)))
    }

    /// Puts the head before the body.
    pub(super) fn finish(&mut self, head: &str, body: Body) -> Result<(), Failure> {
        self.join(head, body).map_err(|e| files::unwritable(&self.path, &e))
    }

    fn join(&mut self, head: &str, body: Body) -> io::Result<()> {
        body.into_inner().map_err(io::IntoInnerError::into_error)?;
        let mut whole = create(&self.whole)?;
        self.made[1] = true;
        whole.write_all(head.as_bytes())?;
        io::copy(&mut File::open(&self.body)?, &mut whole)?;
        whole.sync_all()?;
        fs::remove_file(&self.body)?;
        self.made[0] = false;
        Ok(())
    }

    /// Moves it to its place.
    pub(super) fn publish(mut self) -> Result<(), Failure> {
        fs::rename(&self.whole, &self.path).map_err(|e| files::unwritable(&self.path, &e))?;
        self.made[1] = false;
        Ok(())
    }

    /// The failure that a failed write to the body is.
    pub(super) fn failed(&self, error: &io::Error) -> Failure {
        files::unwritable(&self.path, error)
    }
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (path, made) in [&self.body, &self.whole].into_iter().zip(self.made) {
            if made {
                let _ = fs::remove_file(path);
            }
        }
    }
}
