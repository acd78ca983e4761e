//! Files in the making: they lie hidden beside their place, under names drawn at random, until they are whole.
//!
//! Whoever makes one holds a lock on it, which ends with the process. One that nobody holds was left behind by a process that was
//! killed: whoever writes into the folder next takes it away.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::fault::{Fault, Why};

const PREFIX: &str = ".baraza-";
const SUFFIX: &str = ".tmp";

/// The folder that a file is in.
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether a name is that of a file in the making.
pub(super) fn is_one(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Readers {
    /// As any new file: the rights that the user's mask leaves.
    #[default]
    Usual,
    /// Its owner alone, where the system knows such rights.
    Owner,
}

/// A new hidden file in a folder, held by this process.
pub(super) fn begin(folder: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(12);
    // A temporary file is its owner's alone by itself.
    #[cfg(unix)]
    if readers == Readers::Usual {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    loop {
        let made = builder.tempfile_in(folder)?;
        // Where there are no locks, nobody can take it away either.
        let held = made.as_file().try_lock();
        let taken = matches!(held, Err(fs::TryLockError::WouldBlock)) || !made.path().exists();
        if !taken {
            return Ok(made);
        }
    }
}

/// The same with a text in it that is safely on the disk.
pub(super) fn write(folder: &Path, text: &[u8], readers: Readers) -> io::Result<NamedTempFile> {
    let mut made = begin(folder, readers)?;
    made.write_all(text)?;
    made.as_file().sync_all()?;
    Ok(made)
}

/// Takes away what killed processes left in a folder. What cannot be taken away is in nobody's way.
pub(super) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !plain || !is_one(&entry.file_name()) {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else { continue };
        // Held until it is gone, so that its maker, if it is just being made, sees it.
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Moves whole files to their places, all or, where nothing is overwritten, none.
pub(super) fn place(files: Vec<(NamedTempFile, PathBuf)>, overwrite: bool) -> Result<Vec<File>, Fault> {
    let mut placed: Vec<(File, PathBuf)> = Vec::new();
    for (file, path) in files {
        let moved = if overwrite { file.persist(&path) } else { file.persist_noclobber(&path) };
        match moved {
            Ok(file) => placed.push((file, path)),
            Err(failed) => {
                if !overwrite {
                    placed.iter().for_each(|(_, path)| drop(fs::remove_file(path)));
                }
                let why = match failed.error.kind() {
                    io::ErrorKind::AlreadyExists => Why::Appeared,
                    _ => Why::Unwritable(failed.error),
                };
                return Err(Fault::new(&path, why));
            }
        }
    }
    if let Some((_, path)) = placed.first() {
        sync(folder(path)).map_err(Fault::unwritable(path))?;
    }
    Ok(placed.into_iter().map(|(file, _)| file).collect())
}

/// Makes sure of the names in a folder: a new one is on the disk once the folder is.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
