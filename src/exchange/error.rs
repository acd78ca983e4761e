//! What is wrong in a file, and what is odd in it.

use std::fmt;

/// Why files cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The file; empty where the folder as a whole is meant.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what is expected.
    pub message: String,
}

/// Something odd in a file that was read as the format's own tool reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file; empty where the folder as a whole is meant.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is odd, and how it was read.
    pub message: String,
}

impl Error {
    /// An error in a file.
    pub fn new(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, message: message.into() }
    }
}

impl Finding {
    /// A finding in a file.
    pub fn new(file: &str, line: Option<usize>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, message: message.into() }
    }
}

fn place(f: &mut fmt::Formatter<'_>, file: &str, line: Option<usize>) -> fmt::Result {
    match (file, line) {
        ("", _) => Ok(()),
        (file, None) => write!(f, "{file}: "),
        (file, Some(line)) => write!(f, "{file}, line {line}: "),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(f, &self.file, self.line)?;
        f.write_str(&self.message)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(f, &self.file, self.line)?;
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// A stretch of a file's text for a message: short, on one line.
pub(super) fn shown(text: &str) -> String {
    let mut out: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    if text.chars().nth(60).is_some() {
        out.push('…');
    }
    out
}
