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

/// Refuses a file that exists, unless it may be overwritten; `flag` is the option that named it.
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

/// Refuses a place where a file is put by moving it there and where that would destroy something else: a device, a pipe, a link;
/// and `-`, which would be a file of that name.
///
/// # Errors
/// When it is such a place.
pub fn refuse_no_file(flag: &str, path: &Path) -> Result<(), Failure> {
    let refused = |exit, what: &str| Err(Failure::new(exit, format!("{flag} {}: {what}", path.display())));
    if path.as_os_str() == STDIN {
        return refused(Exit::Usage, "this is written to a file; name one, such as talks.drn");
    }
    match path.symlink_metadata() {
        Ok(there) if there.is_dir() => refused(Exit::Files, "this is a folder; name a file"),
        Ok(there) if !there.is_file() => {
            refused(Exit::Files, "this is a link or a device and is left as it is; name a file")
        }
        _ => Ok(()),
    }
}

/// Refuses a file that could not be written in the end: to be asked before a long study, not after it. `flag` is the
/// option that named it.
///
/// # Errors
/// When it exists and `force` is not set, when it is a folder, or when there is no folder to put it into.
pub fn refuse_unwritable(flag: &str, path: &Path, force: bool) -> Result<(), Failure> {
    refuse_no_file(flag, path)?;
    refuse_to_overwrite(flag, path, force)?;
    let failed = |what: String| Err(Failure::new(Exit::Files, format!("{flag} {}: {what}", path.display())));
    match folder(path) {
        there if there.is_dir() => Ok(()),
        missing => {
            failed(format!("there is no folder {}; make it first, or name another", missing.display()))
        }
    }
}

/// The folder that a file is in.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes a file beside its place, makes sure of it on the disk, and moves it there, so that nobody ever sees half of
/// it. The name beside is a new one each time: what a killed process left behind is in nobody's way.
///
/// # Errors
/// When it cannot be written; then nothing is left behind.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    put(folder(path), path, text).map_err(|e| unwritable(path, &e))
}

fn put(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
    // As any new file: the rights that the user's mask leaves, not those of a private temporary file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    // The new name itself is on the disk once the folder is.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// A name in the same folder, by process and purpose.
pub(super) fn beside_as(path: &Path, purpose: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.{purpose}", std::process::id()))
}

pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Files, format!("{} cannot be written: {}", path.display(), plain(error)))
}

/// The words of an error without the number of the system.
pub(super) fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        ErrorKind::IsADirectory => "it is a folder".into(),
        _ => error.to_string(),
    }
}
