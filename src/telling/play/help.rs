//! Help for players.

use crate::domain::Told;
use crate::domain::told::VOCABULARIES;
use crate::text::paper::Paper;
use crate::text::writer::Writer;

/// A command: what one types, what it does in a line, and more.
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    /// More, for `help COMMAND`.
    pub more: &'static str,
}

macro_rules! entries {
    ($(($name:literal, $usage:literal, $about:literal, $more:literal)),+ $(,)?) => {
        &[$(Entry { name: $name, usage: $usage, about: $about, more: $more }),+]
    };
}

/// Every command.
pub const COMMANDS: &[Entry] = entries![
    (
        "ok",
        "ok [rest]",
        "take what the model proposes, marked (ok)",
        "`ok rest` takes what the model proposes on this and on all further questions of the same kind in this round, such as your positions on all items. Where the proposal would rest on numbers that you cannot know there is none."
    ),
    (
        "same",
        "same [rest]",
        "take what you took the last time this was asked",
        "`same rest` does so on all further questions of the same kind in this round, where what you took then is still open."
    ),
    (
        "auto",
        "auto [all]",
        "the model decides, this round; `all`: to the end",
        "The model decides as it would have with your seat empty, with the luck of this seed and run; every such decision is in the log like one of yours."
    ),
    ("why", "why", "what came closest, who refused it, what texts wait for", "Only what your role may know."),
    ("items", "items [ITEM]", "the agenda: options with your points, what is settled", ""),
    ("state", "state", "where things stand in public, and your own levels", ""),
    ("sheet", "sheet", "your role: points, alternative, red lines", ""),
    ("history", "history [ROUND]", "what happened so far, or from a round on", ""),
    (
        "hint",
        "hint",
        "what the model would do in your place, and why",
        "It reads your own numbers alone. It is no good advice: the model's tactics are simple."
    ),
    (
        "predict",
        "predict [QUESTION P]",
        "list the questions, or state a probability",
        "QUESTION is a number or an id, P is written as 30%, 30 or 0.3. The last word before a round counts."
    ),
    ("predictions", "predictions", "what you have predicted so far", ""),
    (
        "rewind",
        "rewind ROUND",
        "go back to a round: a new branch, the old one stays",
        "The luck of what your change does not touch stays as it was. An exercise can rule going back out."
    ),
    ("branches", "branches", "the tree of branches", ""),
    ("branch", "branch N", "go to another branch and play on there", ""),
    (
        "compare",
        "compare A B",
        "two branches side by side from where they part",
        "As far as your role may know them."
    ),
    (
        "save",
        "save",
        "say where the session is kept",
        "Every decision is on the disk before its effect is shown: there is nothing to save."
    ),
    ("help", "help [WORD]", "this list, or more about a command or a word of the talks", ""),
    ("quit", "quit", "stop; `baraza play --resume FILE` goes on", ""),
];

/// The names of the commands.
pub fn names() -> Vec<&'static str> {
    COMMANDS.iter().map(|c| c.name).collect()
}

/// A word of the talks: an action, a procedure, a rule, an alternative.
fn word(id: &str) -> Option<&'static Told> {
    VOCABULARIES.iter().flat_map(|v| v.words).find(|t| t.id == id)
}

/// The list of commands, or more about one, or what a word of the talks stands for.
pub fn help(topic: Option<&str>, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    if let Some(entry) = topic.and_then(|t| COMMANDS.iter().find(|c| c.name == t)) {
        page.section(entry.usage);
        page.paragraph(&format!("{}.", crate::telling::chronicle::capital(entry.about)));
        if !entry.more.is_empty() {
            page.paragraph(entry.more);
        }
        return page.finish();
    }
    if let Some(word) = topic.and_then(word) {
        page.section(word.id);
        page.paragraph(&crate::telling::chronicle::sentence(word.sentence));
        return page.finish();
    }
    if let Some(unknown) = topic {
        let ids = names();
        let help = crate::scenario::suggest(unknown, &ids, "there are");
        page.paragraph(&format!("There is no command `{}`; {help}.", super::plain(unknown)));
        return page.finish();
    }
    page.paragraph("Answer with the number or the word of an alternative, or with its beginning. Commands:");
    for entry in COMMANDS {
        page.row(&format!("  {:<22}{}", entry.usage, entry.about));
    }
    page.finish()
}
