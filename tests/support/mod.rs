//! What the property tests share: whole random scenarios as text, and walks through them.
#![allow(dead_code)]

pub mod chance;
pub mod draft;
pub mod exact;
pub mod foreign;
pub mod generate;
pub mod stahl;

use baraza::domain::{Model, World};
use baraza::report::diagnostics::render;
use baraza::scenario::{Change, Source, load};

/// Loads a scenario that must be valid.
pub fn world(text: &str) -> World {
    let loaded = load(&Source { name: "generated.toml".into(), text: text.into() }, &[], None);
    let problems = render(&loaded.diagnostics, false);
    loaded.world.unwrap_or_else(|| panic!("a generated scenario does not load:\n{problems}\n{text}"))
}

/// Loads a scenario file that must be valid, with changes, ready to run.
pub fn shipped(name: &str, changes: &[(&str, &str)]) -> Model {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the scenario is there");
    let change = |(path, value): &(&str, &str)| Change { path: (*path).into(), value: (*value).into() };
    let changes: Vec<Change> = changes.iter().map(change).collect();
    Model::new(load(&Source { name: name.into(), text }, &changes, None).world.expect("it has no mistakes"))
}

/// Loads a scenario that must be valid, ready to run.
pub fn model(text: &str) -> Model {
    Model::new(world(text))
}
