//! What a player reads: the question that is due, what happened, where things stand, the agenda, advice and help.
//!
//! Everything is made of a [`View`]: the scenario, a role, and the state as that role may know it. What others need, what
//! things are worth to them, their mandates and moods are not in it, and nothing here looks past it.

mod alternative;
mod ask;
pub mod branches;
pub mod compare;
mod ending;
pub mod help;
mod hint;
mod items;
pub mod lines;
mod mediation;
mod news;
pub mod orders;
pub mod predictions;
mod question;
mod sheet;
mod signing;
mod state;
mod view;
mod welcome;
mod why;

pub use ask::{listed, not_possible};
pub use ending::ending;
pub use hint::{hint, proposal, weighs};
pub use items::items;
pub use news::{history, news};
pub use question::{handed, question};
pub use sheet::sheet;
pub use state::state;
pub use view::View;
pub use welcome::{welcome, welcome_back};
pub use why::why;

/// A text without control characters.
pub fn plain(text: &str) -> String {
    crate::telling::chronicle::clean(text)
}

/// A text in lines of at most 80 columns.
pub fn paragraph(text: &str) -> String {
    let mut page = crate::text::writer::Writer::new(false);
    page.paragraph(text);
    page.finish()
}

/// The text with a capital letter at its head.
pub fn capital(text: &str) -> String {
    crate::telling::chronicle::capital(text)
}
