//! Reads the files of a negotiation domain: a folder, or the folder that a file is in.

use std::fs;
use std::path::{Path, PathBuf};

use crate::exchange::{Finding, Request, Text};
use crate::store::plain;

use super::exit::{Exit, Failure};

/// The most bytes of one file, and of a folder.
const MOST_FILE: u64 = 64 << 20;
const MOST_FOLDER: u64 = 256 << 20;
/// The most files of a folder.
const MOST_FILES: usize = 2_000;
/// The folder of the score files of a game.
const SCORES: &str = "scores_files";
/// The endings of files that may belong to a domain.
const ENDINGS: [&str; 5] = ["xml", "json", "yml", "yaml", "txt"];

/// Files of scoreable games: of texts these alone, and those of the folder of score files, are known by their names.
const GAME: [&str; 3] = ["config.txt", "initial_deal.txt", "global_instructions.txt"];

/// Whether a path is a negotiation domain rather than a scenario: a folder, or a file by its name.
pub(super) fn is_domain(path: &Path) -> bool {
    let lower = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().to_lowercase();
    let (name, ending) = (lower(path.file_name()), lower(path.extension()));
    let known = ending != "txt"
        || GAME.contains(&name.as_str())
        || path.parent().is_some_and(|p| lower(p.file_name()) == SCORES);
    known && ENDINGS.contains(&ending.as_str()) || path.is_dir()
}

/// What a folder holds, with what was odd about reading it.
pub(super) fn request(path: &Path, parties: &[String]) -> Result<(Request, Vec<Finding>), Failure> {
    let failed = |path: &Path, e: &std::io::Error| {
        Failure::new(Exit::Files, format!("{} cannot be read: {}", path.display(), plain(e)))
    };
    let about = fs::metadata(path).map_err(|e| failed(path, &e))?;
    let (folder, file) = if about.is_dir() { (path.to_path_buf(), None) } else { around(path) };
    let mut findings = Vec::new();
    let mut texts = Vec::new();
    let mut size = 0;
    for (name, path) in listed(&folder).map_err(|e| failed(&folder, &e))? {
        let bytes = fs::metadata(&path).map_err(|e| failed(&path, &e))?.len();
        size += bytes;
        if bytes > MOST_FILE || size > MOST_FOLDER {
            let message = format!(
                "{}: files of at most {} MiB are read, {} MiB in all: this is no negotiation domain",
                path.display(),
                MOST_FILE >> 20,
                MOST_FOLDER >> 20
            );
            return Err(Failure::new(Exit::Files, message));
        }
        let bytes = fs::read(&path).map_err(|e| failed(&path, &e))?;
        texts.push(Text { text: decoded(bytes, &name, &mut findings), name });
    }
    if texts.is_empty() {
        let within = inner(&folder);
        let advice = match within.is_empty() {
            true => String::new(),
            false => format!("; it has the folders {}: name one of them", within.join(", ")),
        };
        let message = format!(
            "{}: there is no file in it that could be part of a negotiation domain (.xml, .json, .yml, .yaml, \
             {SCORES}/*.txt){advice}",
            path.display()
        );
        return Err(Failure::new(Exit::No, message));
    }
    let name = fs::canonicalize(&folder).unwrap_or(folder);
    let name = name.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((Request { texts, folder: name, file, parties: parties.to_vec() }, findings))
}

/// The folder that a file of a domain stands for, and the file's name in it.
fn around(path: &Path) -> (PathBuf, Option<String>) {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    // A score file stands for the game whose folder of score files it is in.
    match parent.file_name().is_some_and(|n| n == SCORES) {
        true => (parent.join(".."), name.map(|n| format!("{SCORES}/{n}"))),
        false => (parent.to_path_buf(), name),
    }
}

/// The files that a command reads which is given this path: a scenario, or the files of a domain.
pub(super) fn files(path: &Path) -> Vec<PathBuf> {
    if !is_domain(path) {
        return vec![path.to_owned()];
    }
    let folder = if path.is_dir() { path.to_path_buf() } else { around(path).0 };
    listed(&folder).into_iter().flatten().map(|(_, file)| file).collect()
}

/// Some folders within a folder, by name.
fn inner(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|e| e.path().is_dir());
    let mut names: Vec<String> = folders.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    if names.len() > 8 {
        names.truncate(8);
        names.push("…".into());
    }
    names
}

/// Files of the folder and of its folder of score files, by name.
fn listed(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut out = Vec::new();
    for (prefix, folder) in [("", folder.to_path_buf()), ("scores_files/", folder.join(SCORES))] {
        if !prefix.is_empty() && !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let ending =
                path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
            if path.is_file() && ENDINGS.contains(&ending.as_str()) {
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                out.push((format!("{prefix}{name}"), path));
            }
            if out.len() > MOST_FILES {
                let message = format!("it has more than {MOST_FILES} files");
                return Err(std::io::Error::other(message));
            }
        }
    }
    out.sort();
    Ok(out)
}

/// The text of a file: UTF-8, UTF-16 with a mark, or else Latin-1, as old tools wrote it.
fn decoded(bytes: Vec<u8>, name: &str, findings: &mut Vec<Finding>) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|b| unit([b[0], b[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let mut text = match &bytes[..] {
        [0xff, 0xfe, ..] => wide(&bytes, u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(&bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes).unwrap_or_else(|e| {
            findings.push(Finding::new(name, None, "it is not UTF-8 and was read as Latin-1"));
            e.into_bytes().into_iter().map(char::from).collect()
        }),
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}
