//! A scenario in a browser: what its page may ask ([`Request`]), and who answers ([`Desk`]); [`page`] is the page itself.
//!
//! A request is one JSON object, and so is an answer. An answer follows from the scenario's text and the request alone: a [`Desk`]
//! remembers nothing but what it has planned already. So a study can be played in parts on several desks, each in a thread of its own,
//! and any of them tells what all of them counted.

mod desk;
mod draft;
mod library;
mod opening;
mod page;
mod request;
mod run;
mod study;

pub use desk::Desk;
pub use library::{Foreign, Library};
pub use page::{Page, page};
pub use request::{Asked, Form, Request};

/// A hash over all sources that answers follow from. A desk that was built of others may answer otherwise.
pub const SOURCES: &str = env!("BARAZA_SOURCES");

/// The same, marked so that it can be found in what is built.
pub const MARK: &str = concat!("baraza-sources ", env!("BARAZA_SOURCES"));
