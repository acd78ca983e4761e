//! Other people's formats: negotiation domains as GENIUS, GeniusWeb, NegMAS, NegoLog and scoreable games write them.
//!
//! Readers take texts with their names and give one neutral [`Domain`]; nothing here touches files. What is odd in a
//! file is read as the format's own tool reads it and told as a [`Finding`]; nothing is dropped silently. Writers give
//! texts back. [`drn`] and [`prism`] write chains for model checkers as they are walked. [`scenario`] turns a domain into a scenario of this program,
//! and [`of_track`] a track of one into a domain.

mod detect;
mod distinct;
mod domain;
pub mod drn;
mod error;
mod fit;
mod from_scenario;
pub mod genius;
pub mod geniusweb;
mod json;
mod negmas;
mod negolog;
mod node;
mod outline;
pub mod prism;
mod reserve;
pub mod scenario;
mod scoreable;
mod yaml;

pub use detect::{Request, detect, read};
pub use domain::{Domain, Evaluation, Format, Issue, Profile, Reservation, Values};
pub use error::{Error, Finding};
pub use from_scenario::domain as of_track;

/// A text with its name, as it came from a folder; names may contain one folder, such as `scores_files/mayor.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its name within the folder.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// Files to be written, and what the format could not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The files.
    pub files: Vec<Text>,
    /// What is lost or changed, in sentences.
    pub losses: Vec<String>,
}

/// The name of a file without its folder and its ending.
fn stem(name: &str) -> &str {
    let base = name.rsplit('/').next().unwrap_or(name);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem)
}

/// A name that can be that of a file on every system and is not taken yet.
fn file_stem(name: &str, taken: &mut Vec<String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '(' | ')');
    let safe: String = name.trim().chars().map(|c| if plain(c) { c } else { '_' }).take(80).collect();
    let safe = safe.trim_matches(['.', ' ']);
    let base = if safe.is_empty() { "unnamed" } else { safe };
    let mut stem = base.to_owned();
    let mut n = 2;
    // Some systems take small and large letters for the same.
    while taken.contains(&stem.to_lowercase()) {
        stem = format!("{base}-{n}");
        n += 1;
    }
    taken.push(stem.to_lowercase());
    stem
}

/// File names for parties, none taken yet, that are read in the order of the parties: numbered where names alone would not do.
fn party_stems(names: &[&str], ending: &str, taken: &mut Vec<String>) -> Vec<String> {
    let stems: Vec<String> = names.iter().map(|name| file_stem(name, taken)).collect();
    let files: Vec<String> = stems.iter().map(|stem| format!("{stem}.{ending}")).collect();
    if files.is_sorted() {
        return stems;
    }
    let digits = names.len().to_string().len();
    stems.iter().enumerate().map(|(k, stem)| format!("party-{:0digits$}-{stem}", k + 1)).collect()
}

/// The name behind such a number.
fn unnumbered(stem: &str) -> Option<&str> {
    let (number, name) = stem.strip_prefix("party-")?.split_once('-')?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (digits && !name.is_empty()).then_some(name)
}
