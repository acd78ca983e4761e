//! The folder of a class: its log, one log a group, the names, and the secret from which the tokens of seats follow.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use crate::session::{self, Register, Written, group_log};
use crate::store::{self, Door, Fault, File, Log};

use super::ballots::Ballots;
use super::class::{BEFORE, FORMAT, Header, Line};
use super::register::register;

/// The log of the class.
pub const CLASS: &str = "class.jsonl";
/// The names of students by their ids: the one place where they stand.
pub const NAMES: &str = "names.json";
/// The votes, without who voted for what.
pub const BALLOTS: &str = "ballots.json";
/// The file by which the teacher opens the console.
pub const TEACHER: &str = "teacher.html";
/// The page of all students by name, wherever it lies.
pub const STUDENTS: &str = "students.html";
/// The secret of the room. Whoever has it can take every seat.
pub const SECRET: &str = "secret.key";

/// The logs of a class, held by this process.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    class: Log,
    groups: Vec<Log>,
}

/// What a folder held.
#[derive(Debug)]
pub struct Opened {
    /// The logs.
    pub folder: Folder,
    /// The first line of the class's log.
    pub header: Header,
    /// The lines after it.
    pub lines: Vec<Line>,
    /// What the groups' logs hold.
    pub groups: Vec<Written>,
    /// Names by id.
    pub names: BTreeMap<String, String>,
    /// The votes.
    pub ballots: Ballots,
    /// The secret.
    pub secret: String,
    /// Lines that were not written to their end and were dropped.
    pub torn: usize,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A file cannot be read or written.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A group's log is damaged.
    #[error("{}: {problem}", path.display())]
    Log {
        /// The log.
        path: PathBuf,
        /// What is wrong with it.
        problem: session::Problem,
    },
    /// The class's log is damaged.
    #[error("{}: line {line}: {message}", path.display())]
    Class {
        /// The log.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A line does not fit the scenario.
    #[error("{}: line {line} does not fit the talks: {message}", path.display())]
    Misfit {
        /// The log.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        message: String,
    },
}

impl Folder {
    /// Whether a class was begun here.
    pub fn exists(path: &Path) -> bool {
        path.join(CLASS).exists()
    }

    /// Begins a class in a folder that is new or empty. Its own log comes last: where that is missing, nothing was begun.
    ///
    /// # Errors
    /// When the folder holds files, or cannot be written.
    pub fn begin(
        path: &Path,
        header: &Header,
        groups: &[session::Header],
        secret: &str,
    ) -> Result<Self, Problem> {
        let door = Door::default();
        door.check_folder(path)?;
        let files = [
            File { name: SECRET.into(), text: format!("{secret}\n") },
            File { name: NAMES.into(), text: "{}\n".into() },
        ];
        door.private().put_all(path, &files, false)?;
        let logs = groups
            .iter()
            .enumerate()
            .map(|(k, header)| Log::begin(&path.join(group_log(k + 1)), &session::write(header)));
        let groups = logs.collect::<Result<Vec<_>, _>>()?;
        let class = Log::begin(&path.join(CLASS), &session::write(header))?;
        Ok(Self { path: path.to_owned(), class, groups })
    }

    /// Opens the folder of a class that goes on. Lines that were not written to their end are dropped.
    ///
    /// # Errors
    /// When something is missing or damaged, or another process holds it.
    pub fn open(path: &Path) -> Result<Opened, Problem> {
        let place = path.join(CLASS);
        let (mut class, text) = Log::open(&place)?;
        let (header, lines, whole) = read(&place, &text)?;
        let mut torn = usize::from(whole < text.len());
        class.cut(whole)?;
        let (mut logs, mut groups) = (Vec::new(), Vec::new());
        for number in 1..=header.groups {
            let place = path.join(group_log(number));
            let (mut log, text) = Log::open(&place)?;
            let written = session::read(&text).map_err(|problem| Problem::Log { path: place, problem })?;
            torn += usize::from(written.torn.is_some());
            log.cut(written.whole)?;
            logs.push(log);
            groups.push(written);
        }
        let names = names(path)?;
        let ballots = ballots(path)?;
        let secret = store::read(&path.join(SECRET))?.trim().to_owned();
        let folder = Self { path: path.to_owned(), class, groups: logs };
        Ok(Opened { folder, header, lines, groups, names, ballots, secret, torn })
    }

    /// Reads what a class did, whether or not somebody holds its folder; a line in the making is left out.
    ///
    /// # Errors
    /// When its log or its names are missing or damaged.
    pub fn look(path: &Path) -> Result<(Header, Register), Problem> {
        let place = path.join(CLASS);
        let (header, lines, _) = read(&place, &store::read(&place)?)?;
        Ok((header, register(&lines, &names(path)?)))
    }

    /// Deletes the names; whether there were any.
    ///
    /// # Errors
    /// When they cannot be deleted.
    pub fn forget(&self) -> Result<bool, Fault> {
        crate::store::remove(&self.path.join(NAMES))
    }

    /// Adds lines, each ending in a line feed, to the logs of groups (from 1) and then to that of the class, and makes sure of them.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn append(&mut self, groups: &BTreeMap<usize, String>, class: &str) -> Result<(), Fault> {
        let numbered = self.groups.iter_mut().enumerate();
        let mut logs: Vec<_> = numbered.filter_map(|(k, log)| Some((log, groups.get(&(k + 1))?))).collect();
        match &mut logs[..] {
            [] => {}
            [(log, lines)] => log.append(lines)?,
            // Each waits for the disk by itself: many groups wait no longer than one.
            _ => std::thread::scope(|scope| {
                let begun = logs.into_iter().map(|(log, lines)| scope.spawn(move || log.append(lines)));
                let begun: Vec<_> = begun.collect();
                let ended = begun.into_iter().map(|one| one.join().unwrap_or_else(|e| resume_unwind(e)));
                ended.collect::<Result<(), Fault>>()
            })?,
        }
        if class.is_empty() { Ok(()) } else { self.class.append(class) }
    }

    /// Writes the names anew.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn put_names(&self, names: &BTreeMap<String, String>) -> Result<(), Fault> {
        let text = serde_json::to_string_pretty(names).unwrap_or_default() + "\n";
        Door::new(true).private().put(&self.path.join(NAMES), &text)
    }

    /// Its own name; `class` where it has none that is a plain one.
    pub fn name(&self) -> String {
        let name = self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if !name.is_empty() && name.chars().all(plain) { name } else { "class".into() }
    }

    /// Everything in it but secrets, by name, with what is in the folders within it; with `names` also what says who is who.
    ///
    /// # Errors
    /// When something cannot be read.
    pub fn files(&self, names: bool) -> Result<Vec<(String, Vec<u8>)>, Fault> {
        let named = |name: &str| name == NAMES || name.ends_with(STUDENTS);
        let secret = |name: &str| [SECRET, TEACHER].contains(&name) || !names && named(name);
        let files = store::files(&self.path)?;
        Ok(files.into_iter().filter(|(name, _)| !secret(name)).collect())
    }

    /// Writes the votes anew.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn put_ballots(&self, ballots: &Ballots) -> Result<(), Fault> {
        let text = serde_json::to_string_pretty(ballots).unwrap_or_default() + "\n";
        Door::new(true).private().put(&self.path.join(BALLOTS), &text)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Writes the pages of a class into a folder, that with names for its owner alone; how many files there are.
///
/// # Errors
/// When they cannot be written.
pub fn keep_pages<'p>(
    out: &Path,
    door: Door,
    files: impl Iterator<Item = (String, &'p str)>,
    students: &str,
) -> Result<usize, Fault> {
    let files: Vec<File<&str>> = files.map(|(name, text)| File { name, text }).collect();
    door.put_all(out, &files, false)?;
    door.private().put(&out.join(STUDENTS), students)?;
    Ok(files.len() + 1)
}

/// The names of students by their ids; none where they were deleted.
fn names(path: &Path) -> Result<BTreeMap<String, String>, Problem> {
    document(&path.join(NAMES))
}

/// The votes; none where nobody has voted.
fn ballots(path: &Path) -> Result<Ballots, Problem> {
    let place = path.join(BALLOTS);
    let ballots: Ballots = document(&place)?;
    if ballots.format == super::ballots::FORMAT {
        return Ok(ballots);
    }
    let message =
        format!("it has the format {}, this program reads {}", ballots.format, super::ballots::FORMAT);
    Err(Problem::Class { path: place, line: 1, message })
}

/// A document that is written as a whole; an empty one where it is missing.
fn document<T: Default + serde::de::DeserializeOwned>(place: &Path) -> Result<T, Problem> {
    if !place.exists() {
        return Ok(T::default());
    }
    let wrong = |e: serde_json::Error| (e.line(), e.to_string());
    serde_json::from_str(&store::read(place)?).map_err(wrong).map_err(|(line, message)| Problem::Class {
        path: place.to_owned(),
        line,
        message,
    })
}

fn read(path: &Path, text: &str) -> Result<(Header, Vec<Line>, usize), Problem> {
    let wrong = |line: usize, message: String| Problem::Class { path: path.to_owned(), line, message };
    let mut lines = text.split_inclusive('\n').filter(|l| l.ends_with('\n'));
    let first = lines.next().ok_or_else(|| wrong(1, "no class has been begun in it".into()))?;
    let header: Header = serde_json::from_str(first).map_err(|e| wrong(1, e.to_string()))?;
    if ![FORMAT, BEFORE].contains(&header.format.as_str()) {
        let found = &header.format;
        return Err(wrong(1, format!("it has the format {found}, this program reads {FORMAT} and {BEFORE}")));
    }
    let (mut read, mut whole) = (Vec::new(), first.len());
    for (k, line) in lines.enumerate() {
        read.push(serde_json::from_str(line).map_err(|e| wrong(k + 2, e.to_string()))?);
        whole += line.len();
    }
    Ok((header, read, whole))
}
