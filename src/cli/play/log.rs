//! The log of a session: each line is on the disk before its effect is shown.

use std::path::{Path, PathBuf};

use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::session::{Header, Written, read, write};
use crate::store::{self, Fault, Log, Why};
use crate::text::command::command;

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

/// Begins a log in a file that must not exist yet.
pub(super) fn begin(path: &Path, header: &Header) -> Result<Log, Failure> {
    create(path, &write(header))
}

fn create(path: &Path, lines: &str) -> Result<Log, Failure> {
    Log::begin(path, lines).map_err(|fault| match fault.why {
        Why::Exists | Why::Appeared => Failure::new(
            Exit::Files,
            format!(
                "{0} exists already and is left as it is: go on with it by `baraza play --resume {0}`, or name another file with \
                 --session",
                path.display()
            ),
        ),
        _ => files::refused("")(fault),
    })
}

/// What a session goes on from.
pub(super) enum Basis {
    /// Its log, held.
    Log(Log),
    /// The first lines of a log, for a new one of this name.
    Lines(String, PathBuf),
}

/// Reads the log at a path, all of it or its first lines. Nothing is changed yet.
pub(super) fn basis(path: &Path, lines: Option<u32>) -> Result<(Basis, Written), Failure> {
    let (basis, text) = match lines {
        None => {
            let (log, text) = Log::open(path).map_err(busy)?;
            (Basis::Log(log), text)
        }
        Some(n) => {
            let whole = store::read(path).map_err(files::refused(""))?;
            let text: String = whole.split_inclusive('\n').take(n as usize).collect();
            (Basis::Lines(text.clone(), shortened(path, n)), text)
        }
    };
    let written = read(&text).map_err(|problem| {
        let offer = problem.last_fine().map_or(String::new(), |line| offer(path, line));
        Failure::new(Exit::No, format!("{}: {problem}{offer}", path.display()))
    })?;
    Ok((basis, written))
}

impl Basis {
    /// The log to be added to: the one that was read without its torn end, or a new one.
    pub(super) fn go_on(self, written: &Written, session: Option<&Path>) -> Result<Log, Failure> {
        match self {
            Self::Log(mut log) => log.cut(written.whole).map(|()| log).map_err(files::refused("")),
            Self::Lines(text, name) => create(session.unwrap_or(&name), &text[..written.whole]),
        }
    }
}

/// How to go on from the first lines of a log that cannot be resumed as a whole.
pub(super) fn offer(path: &Path, lines: usize) -> String {
    match lines {
        0 => String::new(),
        n => format!(
            "; `baraza play --resume {} --lines {n}` goes on from line {n}, the last that fits, in a new log, and leaves this one as it is",
            command(&[path.display().to_string()])
        ),
    }
}

/// The name of a new log that begins with the first lines of another, beside it.
fn shortened(path: &Path, lines: u32) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = [".session.jsonl", ".jsonl"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    path.with_file_name(format!("{stem}-from-line-{lines}.session.jsonl"))
}

fn busy(fault: Fault) -> Failure {
    match fault.why {
        Why::Busy => Failure::new(
            Exit::Files,
            format!(
                "{}: this session is being played, in another window or by somebody else: wait until it is left, or look back on it \
                 with `baraza debrief`",
                fault.path.display()
            ),
        ),
        _ => files::refused("")(fault),
    }
}

impl Keep for Log {
    fn append(&mut self, line: &str) -> Result<(), Failure> {
        self.append(line).map_err(files::refused(""))
    }

    fn place(&self) -> String {
        self.path().display().to_string()
    }
}
