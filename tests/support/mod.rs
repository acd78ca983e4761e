//! What the property tests share: whole random scenarios as text, and walks through them.
#![allow(dead_code)]

pub mod draft;
pub mod exact;
pub mod generate;

use baraza::domain::{Model, World};
use baraza::scenario::{Source, load};

/// Loads a scenario that must be valid.
pub fn world(text: &str) -> World {
    let source = Source { name: "generated.toml".into(), text: text.into() };
    let loaded = load(&source, &[], None);
    match loaded.world {
        Some(world) => world,
        None => panic!("a generated scenario does not load: {:#?}\n{text}", loaded.diagnostics),
    }
}

/// Loads a scenario that must be valid, ready to run.
pub fn model(text: &str) -> Model {
    Model::new(world(text))
}
