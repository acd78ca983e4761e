//! What the property tests share: whole random scenarios as text, and walks through them.
#![allow(dead_code)]

pub mod chance;
pub mod draft;
pub mod exact;
pub mod family;
pub mod foreign;
pub mod generate;
pub mod luck;
pub mod numbers;
pub mod secrets;
pub mod stahl;

use std::io::Write;
use std::path::{Path, PathBuf};

use baraza::domain::{Model, World};
use baraza::render::diagnostics::render;
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

/// Says that something was not tested, where tests that pass are not heard.
pub fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// The folder of reference data outside of the repository.
pub fn outside() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("BARAZA_REFERENCE").map_or_else(beside, PathBuf::from)
}

/// A file of the reference data; `None`, with a word about it, where there is none.
pub fn reference(name: &str) -> Option<String> {
    let text = std::fs::read_to_string(outside().join(name)).ok();
    if text.is_none() {
        skipped(&format!("{name} of the reference data is not on this machine"));
    }
    text
}

/// Values of published formulas: those beside the tests (`tests/scripts/formulas.py`), and the reference data where it is there.
pub fn formulas() -> Vec<serde_json::Value> {
    let beside = include_str!("../data/formulas.json").to_owned();
    let texts = [Some(beside), reference("formula_oracles.json")];
    texts.into_iter().flatten().map(|text| serde_json::from_str(&text).expect("JSON")).collect()
}

/// The rows of a formula in all of its tables.
pub fn rows(formula: &str) -> Vec<serde_json::Value> {
    let tables = formulas();
    let rows = |table: &serde_json::Value| table[formula].as_array().expect("rows").clone();
    tables.iter().flat_map(rows).collect()
}
