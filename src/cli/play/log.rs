//! The log of a session on the disk: appended to, line by line, each on the disk before its effect is shown.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::session::{Header, Written, read, write};

/// Keeps the lines of a session.
pub trait Keep {
    /// Adds a line and makes sure of it.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn append(&mut self, line: &str) -> Result<(), Failure>;

    /// Where it is kept.
    fn place(&self) -> String;
}

/// A log in a file.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    file: File,
}

impl Log {
    /// Begins a log in a file that must not exist yet.
    pub(super) fn begin(path: &Path, header: &Header) -> Result<Self, Failure> {
        let open = OpenOptions::new().append(true).create_new(true).open(path);
        let file = open.map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => Failure::new(
                Exit::Files,
                format!(
                    "{0} exists already and is left as it is: go on with it by `baraza play --resume {0}`, or name another \
                     file with --session",
                    path.display()
                ),
            ),
            _ => files::unwritable(path, &e),
        })?;
        let mut log = Self { path: path.to_owned(), file };
        log.append(&write(header))?;
        // The new name itself is on the disk once the folder is.
        #[cfg(unix)]
        {
            let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let synced = File::open(folder).and_then(|f| f.sync_all());
            synced.map_err(|e| files::unwritable(path, &e))?;
        }
        Ok(log)
    }

    /// Reads a log. Nothing is changed yet.
    pub(super) fn read(path: &Path) -> Result<Written, Failure> {
        let text = read_whole(path)?;
        read(&text).map_err(|problem| Failure::new(Exit::No, format!("{}: {problem}", path.display())))
    }

    /// Opens a log that was read to add to it; a torn end is cut off.
    pub(super) fn go_on(path: &Path, written: &Written) -> Result<Self, Failure> {
        let failed = |e: std::io::Error| files::unwritable(path, &e);
        let file = OpenOptions::new().append(true).open(path).map_err(failed)?;
        if let Some(torn) = &written.torn {
            file.set_len(torn.whole as u64).map_err(failed)?;
            file.sync_all().map_err(failed)?;
        }
        Ok(Self { path: path.to_owned(), file })
    }
}

/// The text of a log. A line that was cut in the middle of a letter is torn like any other.
fn read_whole(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|e| {
        Failure::new(Exit::Files, format!("{} cannot be read: {}", path.display(), files::plain(&e)))
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if error.utf8_error().error_len().is_none() => {
            let whole = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(&error.as_bytes()[..whole]).into_owned();
            Ok(text)
        }
        Err(_) => Err(Failure::new(Exit::Files, format!("{} is not a text file (UTF-8)", path.display()))),
    }
}

impl Keep for Log {
    fn append(&mut self, line: &str) -> Result<(), Failure> {
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|e| files::unwritable(&self.path, &e))
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}
