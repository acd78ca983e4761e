//! The door through which outputs go.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::beside::{self, Readers};
use super::fault::{Fault, Why};
use super::staged::Staged;

/// A file of a folder: its name, and its text or bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File<T = String> {
    /// Its name in the folder.
    pub name: String,
    /// What it holds.
    pub text: T,
}

/// Where a command may write. What it reads is never a place to write to.
#[derive(Clone, Debug, Default)]
pub struct Door {
    inputs: Vec<PathBuf>,
    overwrite: bool,
    readers: Readers,
    /// What was asked for already: no two outputs have one place.
    asked: RefCell<Vec<PathBuf>>,
}

impl Door {
    /// A door that lets new files through; with `overwrite` also such as take the place of others.
    pub fn new(overwrite: bool) -> Self {
        Self { overwrite, ..Self::default() }
    }

    /// The same for a command that reads a file.
    #[must_use]
    pub fn reading(mut self, input: &Path) -> Self {
        self.inputs.push(input.to_owned());
        self
    }

    /// The same for files that hold secrets: from the beginning their owner alone may read and write them, where the system knows such
    /// rights (Unix).
    #[must_use]
    pub fn private(mut self) -> Self {
        self.readers = Readers::Owner;
        self
    }

    /// Whether files may take the place of others.
    pub fn overwrites(&self) -> bool {
        self.overwrite
    }

    /// Whether a file could be written here; to be asked before the work. Nothing is changed.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn check(&self, path: &Path) -> Result<(), Fault> {
        self.may_be(path)?;
        if !self.overwrite && path.symlink_metadata().is_ok() {
            return Err(Fault::new(path, Why::Exists));
        }
        let folder = beside::folder(path);
        if !folder.is_dir() {
            return Err(Fault::new(path, Why::NoParent(folder.to_owned())));
        }
        tempfile::tempfile_in(folder).map_err(Fault::unwritable(path))?;
        self.ask(path)
    }

    /// Whether a folder of files could be written here: a new one, an empty one, or with `overwrite` any.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn check_folder(&self, path: &Path) -> Result<(), Fault> {
        if path.as_os_str().is_empty() {
            return Err(Fault::new(path, Why::NoFolder));
        }
        if path.symlink_metadata().is_ok() {
            let entries = fs::read_dir(path).map_err(|_| Fault::new(path, Why::NoFolder))?;
            if !self.overwrite && entries.flatten().any(|entry| !beside::is_one(&entry.file_name())) {
                return Err(Fault::new(path, Why::Filled));
            }
        }
        self.check_any_folder(path)
    }

    /// Whether these files could be written into a folder, whatever else it holds.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn check_in(&self, folder: &Path, names: &[&str]) -> Result<(), Fault> {
        for name in names {
            let path = folder.join(name);
            self.may_be(&path)?;
            if !self.overwrite && path.symlink_metadata().is_ok() {
                return Err(Fault::new(&path, Why::Exists));
            }
            self.ask(&path)?;
        }
        self.check_any_folder(folder)
    }

    /// Whether a folder is there, or could be made, and can be written into.
    fn check_any_folder(&self, path: &Path) -> Result<(), Fault> {
        let mut there = path;
        while there.symlink_metadata().is_err() {
            there = beside::folder(there);
        }
        if !there.is_dir() {
            return Err(Fault::new(path, Why::NoFolder));
        }
        tempfile::tempfile_in(there).map_err(Fault::unwritable(path))?;
        Ok(())
    }

    /// Writes a file.
    ///
    /// # Errors
    /// When it cannot be written, or something has appeared there; then nothing is left of it.
    pub fn put(&self, path: &Path, text: &str) -> Result<(), Fault> {
        self.may_be(path)?;
        let folder = beside::folder(path);
        beside::sweep(folder);
        let file = beside::write(folder, text.as_bytes(), self.readers).map_err(Fault::unwritable(path))?;
        beside::place(vec![(file, path.to_owned())], self.overwrite)?;
        Ok(())
    }

    /// Begins a large file whose head is known last.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn stage(&self, path: &Path) -> Result<Staged, Fault> {
        self.may_be(path)?;
        Staged::begin(path, self.overwrite)
    }

    /// Writes the files of a folder, which is made where there is none. The last one is the seal: an old one is taken away before
    /// the first file comes to its place, so that a folder with a seal is whole.
    ///
    /// # Errors
    /// When one of them cannot be written; then none is, and a folder that was made is gone.
    pub fn put_all<T: AsRef<[u8]>>(
        &self,
        folder: &Path,
        files: &[File<T>],
        sealed: bool,
    ) -> Result<(), Fault> {
        let made = make(folder).map_err(Fault::unwritable(folder))?;
        let written = self.fill(folder, files, sealed);
        if written.is_err() {
            // Only what is empty goes.
            made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
        }
        written
    }

    /// Writes files into a folder, whatever else it holds: all of them, or none.
    ///
    /// # Errors
    /// When one of them is there already and may not be overwritten, or cannot be written.
    pub fn put_in(&self, folder: &Path, files: &[File]) -> Result<(), Fault> {
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        self.check_in(folder, &names)?;
        self.put_all(folder, files, false)
    }

    fn fill<T: AsRef<[u8]>>(&self, folder: &Path, files: &[File<T>], sealed: bool) -> Result<(), Fault> {
        beside::sweep(folder);
        let mut whole = Vec::new();
        for file in files {
            let path = folder.join(&file.name);
            self.may_be(&path)?;
            let text =
                beside::write(folder, file.text.as_ref(), self.readers).map_err(Fault::unwritable(&path))?;
            whole.push((text, path));
        }
        if let (true, true, Some((_, seal))) = (sealed, self.overwrite, whole.last()) {
            match fs::remove_file(seal) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    return Err(Fault::new(seal, Why::Unwritable(e)));
                }
                _ => {}
            }
        }
        beside::place(whole, self.overwrite)?;
        Ok(())
    }

    /// Whether a path is one of a file, and none of what must stay as it is, whether or not files may be overwritten.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn may_be(&self, path: &Path) -> Result<(), Fault> {
        let refused = |why| Err(Fault::new(path, why));
        let name = path.as_os_str().to_string_lossy();
        if name == "-" || path.file_name().is_none() || name.ends_with(std::path::is_separator) {
            return refused(Why::NoName);
        }
        match path.symlink_metadata() {
            Ok(_) if self.inputs.iter().any(|input| same(input, path)) => refused(Why::Input),
            Ok(there) if there.is_dir() => refused(Why::Folder),
            Ok(there) if !there.is_file() => refused(Why::NoFile),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            // Its folder is none, or the name is too long: what is said of the folder says more, where there is something.
            Err(e) if beside::folder(path).is_dir() => refused(Why::Unwritable(e)),
            _ => Ok(()),
        }
    }

    /// Remembers that a place is asked for, once.
    fn ask(&self, path: &Path) -> Result<(), Fault> {
        let mut asked = self.asked.borrow_mut();
        if asked.iter().any(|other| other == path) {
            return Err(Fault::new(path, Why::Twice));
        }
        asked.push(path.to_owned());
        Ok(())
    }
}

/// Deletes a file, and makes sure of that; whether there was one.
///
/// # Errors
/// When it cannot be deleted.
pub fn remove(path: &Path) -> Result<bool, Fault> {
    match fs::remove_file(path) {
        Ok(()) => beside::sync(beside::folder(path)).map(|()| true).map_err(Fault::unwritable(path)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Fault::unwritable(path)(e)),
    }
}

/// Whether two paths lead to one file, by whatever names. Neither is opened: a pipe would wait for whoever writes to it.
fn same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    let identity = |path: &Path| {
        use std::os::unix::fs::MetadataExt;
        path.metadata().map(|file| (file.dev(), file.ino()))
    };
    #[cfg(not(unix))]
    let identity = fs::canonicalize;
    matches!((identity(one), identity(other)), (Ok(one), Ok(other)) if one == other)
}

/// Makes a folder and those that it is in, as far as there are none; those that were made, the innermost first.
fn make(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing: Vec<PathBuf> = folder
        .ancestors()
        .filter(|a| !a.as_os_str().is_empty())
        .take_while(|a| a.symlink_metadata().is_err())
        .map(Path::to_owned)
        .collect();
    fs::create_dir_all(folder)?;
    Ok(missing)
}
