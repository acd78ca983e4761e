//! Ids: how they are spelled, and the words that would be ambiguous in a condition.

use super::code::Code;
use super::report::Report;
use super::report::shown;
use super::shape::{Agent, Keys, OPTION};
use super::tree::Entry;
use crate::domain::{INITIAL_PROFILE, INTENSITIES, ItemState, Level, Lifecycle, SeatState};

/// The longest id, in characters.
pub(super) const LONGEST_ID: usize = 40;

/// Words of the condition language that no id may be. `any`, `all` and `count` are words only before a parenthesis, where no id stands.
const WORDS: [&str; 9] = ["and", "or", "not", "in", "true", "false", "round", "date", "outcome"];

/// Groups of reserved words with what they are.
type Reserved = Vec<(&'static [&'static str], &'static str)>;

/// The words that may not be ids here.
pub(super) fn reserved_for(keys: Keys) -> Reserved {
    let mut reserved: Reserved = vec![(&WORDS, "a word of the condition language")];
    match keys {
        Keys::Options => {
            reserved.push((&["none"], "what an item without an option has"));
            reserved.push((&Level::NAMES, "a level"));
            reserved.push((ItemState::NAMES, "a state of an item"));
        }
        Keys::Profiles => reserved.push((&[INITIAL_PROFILE], "what a party has at the start")),
        Keys::Define(Agent::Outcome) => reserved.push((&["none"], "what talks without an outcome have")),
        Keys::Define(Agent::Party) => {
            reserved.push((&Level::NAMES, "a level"));
            reserved.push((&INTENSITIES, "an intensity"));
            reserved.push((SeatState::NAMES, "a state of a party"));
            reserved.push((&["title", "note", "source", "exposes", "none"], "a key of an option"));
            debug_assert!(OPTION.keys.len() == 5);
        }
        _ => {}
    }
    reserved
}

/// Whether a text can be the id of an agent or option of any kind.
pub(super) fn free(id: &str) -> bool {
    let kinds = [Keys::Options, Keys::Define(Agent::Outcome), Keys::Define(Agent::Party)];
    well_spelled(id) && !kinds.into_iter().flat_map(reserved_for).any(|(words, _)| words.contains(&id))
}

/// Whether a text is spelled like an id.
pub(super) fn well_spelled(id: &str) -> bool {
    id.len() <= LONGEST_ID
        && id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Reports an id that is badly spelled or reserved.
pub(super) fn check_id(entry: &Entry, reserved: Reserved, report: &mut Report) {
    let id = entry.key.as_str();
    if !well_spelled(id) {
        let diagnostic = report
            .error(Code::BadId, entry.key_place, format!("`{}` cannot be an id", shown(id)))
            .label(format!("small letters, digits and hyphens, at most {LONGEST_ID}"));
        if let Some(better) = repaired(id) {
            diagnostic
                .help(format!("write `{better}`, and keep the spelling for people in `title` or `name`"));
        }
        return;
    }
    if let Some((_, why)) = reserved.iter().find(|(words, _)| words.contains(&id)) {
        report
            .error(Code::BadId, entry.key_place, format!("`{id}` cannot be an id here"))
            .label(format!("it is {why}"))
            .help("choose another id; conditions could not tell the two apart");
    }
}

fn repaired(id: &str) -> Option<String> {
    let better: String = id
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .take(LONGEST_ID)
        .collect();
    let better = better.trim_matches('-').to_owned();
    (well_spelled(&better) && better != id).then_some(better)
}
