//! What can be wrong with a place on the disk.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What is wrong with which path.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub struct Fault {
    /// The path as it was named.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a path.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// No file can have this name: it is empty, `-`, or ends like a folder's.
    #[error("this is written to a file, and this names none")]
    NoName,
    /// A file is there and may not be overwritten.
    #[error("the file exists already")]
    Exists,
    /// It was not there before the work, and is now.
    #[error("a file of this name has appeared since the command began, and is left as it is")]
    Appeared,
    /// A folder is there where a file is to be written.
    #[error("this is a folder; name a file")]
    Folder,
    /// A link, a device or a pipe is there.
    #[error("this is a link or a device and is left as it is; name a file")]
    NoFile,
    /// There is no folder to put it into.
    #[error("there is no folder {}; make it first, or name another", .0.display())]
    NoParent(PathBuf),
    /// Something else is there where a folder is to be.
    #[error("this is no folder that can be read; name a new one")]
    NoFolder,
    /// A folder that is to be new or empty is not.
    #[error("the folder holds files already")]
    Filled,
    /// The command reads it.
    #[error("the command reads this file, and never overwrites it")]
    Input,
    /// Two outputs have one place.
    #[error("two outputs are to be written here; give each a place of its own")]
    Twice,
    /// Another process writes to it.
    #[error("another program is writing to it")]
    Busy,
    /// It is to be read as a text and is none.
    #[error("this is not a text file (UTF-8)")]
    NoText,
    /// Reading failed.
    #[error("it cannot be read: {}", plain(.0))]
    Unreadable(io::Error),
    /// Writing failed, or would.
    #[error("it cannot be written: {}", plain(.0))]
    Unwritable(io::Error),
}

impl Fault {
    /// What is wrong with a path.
    pub(super) fn new(path: &Path, why: Why) -> Self {
        Self { path: path.to_owned(), why }
    }

    /// A place that cannot be written.
    pub(super) fn unwritable(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::new(path, Why::Unwritable(error))
    }

    /// A file that cannot be read.
    pub(super) fn unreadable(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::new(path, Why::Unreadable(error))
    }
}

/// The words of an error of the system without its number.
pub fn plain(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        ErrorKind::IsADirectory => "it is a folder".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read".into(),
        _ => error.to_string(),
    }
}
