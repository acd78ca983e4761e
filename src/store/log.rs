//! A log: a file of lines that is only ever added to, by one process at a time.
//!
//! Whoever writes holds a lock on the file; it ends with the process, however that ends. Readers need none: what they find at the end
//! may be torn, as after a crash.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::beside::{self, Readers};
use super::door::Door;
use super::fault::{Fault, Why};

/// A log that this process writes to.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    file: File,
    /// How long it is: all of it whole lines.
    whole: u64,
}

impl Log {
    /// Begins a log with its first lines, in a file that must not exist yet. It comes to its place with them, or not at all.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn begin(path: &Path, lines: &str) -> Result<Self, Fault> {
        Door::default().check(path)?;
        let folder = beside::folder(path);
        beside::sweep(folder);
        let failed = Fault::unwritable(path);
        let made = beside::write(folder, lines.as_bytes(), Readers::Usual).map_err(&failed)?;
        // The lock that the file was made under is that of the log.
        let mut file = beside::place(vec![(made, path.to_owned())], false)?;
        let file = file.pop().ok_or_else(|| Fault::new(path, Why::NoName))?;
        Ok(Self { path: path.to_owned(), file, whole: lines.len() as u64 })
    }

    /// Opens a log to add to it, and reads it.
    ///
    /// # Errors
    /// When another process writes to it, or it cannot be read or written.
    pub fn open(path: &Path) -> Result<(Self, String), Fault> {
        let failed = Fault::unwritable(path);
        let mut file = OpenOptions::new().read(true).append(true).open(path).map_err(&failed)?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(Fault::new(path, Why::Busy)),
            Err(fs::TryLockError::Error(e)) if e.kind() != ErrorKind::Unsupported => return Err(failed(e)),
            _ => {}
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(Fault::unreadable(path))?;
        let whole = bytes.len() as u64;
        Ok((Self { path: path.to_owned(), file, whole }, text(path, bytes)?))
    }

    /// Cuts the log off after so many bytes, where it is longer: what follows was not written to its end.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn cut(&mut self, whole: usize) -> Result<(), Fault> {
        if self.whole == whole as u64 {
            return Ok(());
        }
        self.whole = whole as u64;
        let cut = self.file.set_len(self.whole).and_then(|()| self.file.sync_all());
        cut.map_err(Fault::unwritable(&self.path))
    }

    /// Adds a line and makes sure of it. What cannot be kept whole is not kept.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append(&mut self, line: &str) -> Result<(), Fault> {
        let end = self.file.seek(std::io::SeekFrom::Start(self.whole)).map(drop);
        let written =
            end.and_then(|()| self.file.write_all(line.as_bytes())).and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => self.whole += line.len() as u64,
            Err(e) => {
                // Whoever goes on with the log cuts it off, where this fails too.
                let _ = self.file.set_len(self.whole);
                return Err(Fault::unwritable(&self.path)(e));
            }
        }
        Ok(())
    }

    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Reads a log that others may be writing to.
///
/// # Errors
/// When it cannot be read, or is no text.
pub fn read(path: &Path) -> Result<String, Fault> {
    let bytes = fs::read(path).map_err(Fault::unreadable(path))?;
    text(path, bytes)
}

/// The text of a log. A line that was cut in the midst of a letter is torn like any other.
fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Fault> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if error.utf8_error().error_len().is_none() => {
            let whole = error.utf8_error().valid_up_to();
            Ok(String::from_utf8_lossy(&error.as_bytes()[..whole]).into_owned())
        }
        Err(_) => Err(Fault::new(path, Why::NoText)),
    }
}
