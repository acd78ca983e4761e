//! Reading and writing files.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure};

/// The most that is read of a file, in bytes; no scenario and no trace is nearly as large.
const MOST: u64 = 256 * 1024 * 1024;

/// The name under which standard input is asked for.
pub const STDIN: &str = "-";

/// Reads a text file, or standard input for `-`.
///
/// # Errors
/// When it cannot be read, or is no text.
pub fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let failed = |what: String| Failure::new(Exit::Files, what);
    let mut bytes = Vec::new();
    let result = if path.as_os_str() == STDIN {
        std::io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
    };
    result.map_err(|e| failed(format!("{name} cannot be read: {}", plain(&e))))?;
    if bytes.len() as u64 > MOST {
        return Err(failed(format!("{name} is larger than 256 MiB: it is no scenario and no trace")));
    }
    String::from_utf8(bytes).map_err(|_| failed(format!("{name} is not a text file (UTF-8)")))
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// When it exists, or cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let open = OpenOptions::new().write(true).create_new(true).open(path);
    let result = open.and_then(|mut file| file.write_all(text.as_bytes()));
    result.map_err(|e| match e.kind() {
        ErrorKind::AlreadyExists => Failure::new(
            Exit::Files,
            format!("{} exists already and is left as it is: choose another name", path.display()),
        ),
        _ => unwritable(path, &e),
    })
}

/// Refuses a file that exists, unless it may be overwritten. `flag` is where it was named.
///
/// # Errors
/// When it exists and `force` is not set.
pub fn refuse_to_overwrite(flag: &str, path: &Path, force: bool) -> Result<(), Failure> {
    if !force && path.symlink_metadata().is_ok() {
        let name = path.display();
        let message = format!("{flag} {name}: the file exists already; choose another name, or add --force");
        return Err(Failure::new(Exit::Files, message));
    }
    Ok(())
}

/// Writes a file beside its place and moves it there, so that nobody sees half of it.
///
/// # Errors
/// When it cannot be written.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = beside(path);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|e| {
        if e.kind() != ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&beside);
        }
        unwritable(path, &e)
    })
}

/// A name in the same folder that no other process uses.
fn beside(path: &Path) -> PathBuf {
    beside_as(path, "tmp")
}

/// As [`beside`], for several files of different purposes.
pub(super) fn beside_as(path: &Path, purpose: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.{purpose}", std::process::id()))
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Files, format!("{} cannot be written: {}", path.display(), plain(error)))
}

/// The words of an error without the number of the system.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        ErrorKind::IsADirectory => "it is a folder".into(),
        _ => error.to_string(),
    }
}
