//! What the property tests share: whole random scenarios as text, and walks through them.
#![allow(dead_code)]

pub mod draft;
pub mod exact;
pub mod foreign;
pub mod generate;
pub mod stahl;

use baraza::domain::{Model, World};
use baraza::report::diagnostics::render;
use baraza::scenario::{Source, load};

/// Loads a scenario that must be valid.
pub fn world(text: &str) -> World {
    let loaded = load(&Source { name: "generated.toml".into(), text: text.into() }, &[], None);
    let problems = render(&loaded.diagnostics, false);
    loaded.world.unwrap_or_else(|| panic!("a generated scenario does not load:\n{problems}\n{text}"))
}

/// Loads a scenario that must be valid, ready to run.
pub fn model(text: &str) -> Model {
    Model::new(world(text))
}
