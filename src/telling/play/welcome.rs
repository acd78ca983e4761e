//! What is said when a session begins or goes on.

use crate::domain::World;
use crate::drivers::decider::Decider;
use crate::session::Header;
use crate::telling::chronicle::{clean, length, list, when};
use crate::telling::handouts;
use crate::text::paper::Paper;
use crate::text::writer::Writer;

/// The start of a session: what is played, by whom, and how.
pub fn welcome(world: &World, header: &Header, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    page.heading(&clean(&world.title));
    if let Some(summary) = &world.summary {
        page.paragraph(&clean(summary));
    }
    if let Some(briefing) = world.exercise.as_ref().and_then(|e| e.briefing.as_ref()) {
        page.gap();
        page.paragraph(&clean(briefing));
    }
    page.gap();
    let roles: Vec<String> = header
        .seats
        .iter()
        .filter_map(|id| Decider::find(world, id).ok())
        .map(|role| format!("{} (`{}`)", clean(role.title(world)), role.id(world)))
        .collect();
    page.paragraph(&format!(
        "You play {}, in {}. Everybody else is played by the model. Seed {}, run {}.",
        list(&roles),
        length(world),
        header.head.seed,
        header.run
    ));
    if world.one_way() {
        page.paragraph(handouts::ONE_WAY);
    }
    page.paragraph(
        "Answer a question with the number or the word of an alternative, or its beginning. `ok` takes what the model proposes, \
         `sheet` shows your role, `help` lists all commands. Numbers are assumptions made for teaching.",
    );
    page.finish()
}

/// What is said when a session goes on.
pub fn welcome_back(world: &World, round: u8, branches: usize) -> String {
    let branches = match branches {
        1 => String::new(),
        n => format!(", {n} branches"),
    };
    super::paragraph(&format!(
        "The session goes on: {}, round {round} ({}){branches}.",
        clean(&world.title),
        when(world, round)
    ))
}
