//! What is possible here, and what to say of what is not.

use crate::scenario;
use crate::session::Question;

/// The alternatives as words, for completion and for remarks.
pub fn listed(question: &Question) -> Vec<String> {
    question.alternatives.iter().map(|a| a.word.clone()).collect()
}

/// A remark on a word that is neither a command nor an alternative here.
pub fn not_possible(typed: &str, words: &[String], commands: &[&str]) -> String {
    let here: Vec<&str> = words.iter().map(String::as_str).collect();
    let all: Vec<&str> = here.iter().copied().chain(commands.iter().copied()).collect();
    let near = scenario::suggest(typed, &all, "").split('?').next().unwrap_or("").to_owned();
    let near = if near.starts_with("did you mean") { format!(" {}?", capital(&near)) } else { String::new() };
    let here = match here.is_empty() {
        true => String::new(),
        false => format!(" Possible here: {}.", here.join(", ")),
    };
    let typed: String = crate::telling::chronicle::clean(typed).chars().take(40).collect();
    format!("`{typed}` is not possible here.{near}{here} `help` lists the commands.")
}

fn capital(text: &str) -> String {
    crate::telling::chronicle::capital(text)
}
