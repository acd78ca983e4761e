//! Valid scenarios load; what they say arrives in the world.

use baraza::report::diagnostics::render;
use baraza::scenario::{Change, Loaded, Source, load, starter};

fn source(name: &str) -> Source {
    let text = std::fs::read_to_string(format!("tests/valid/{name}")).expect("the file is there");
    Source { name: name.to_owned(), text }
}

fn clean(loaded: &Loaded) {
    assert_eq!(render(&loaded.diagnostics, false), "");
    assert!(loaded.world.is_some());
}

#[test]
fn valid_files_load_without_a_word() {
    for name in ["full.toml", "minimal.toml"] {
        clean(&load(&source(name), &[], None));
    }
}

#[test]
fn the_starter_loads_without_a_word() {
    clean(&load(&Source { name: "starter.toml".into(), text: starter().into() }, &[], None));
}

#[test]
fn changes_arrive() {
    let set = |path: &str, value: &str| Change { path: path.into(), value: value.into() };
    let changes = [
        set("party.m23.alternative", "50"),
        set("backer.kigali.tolerance", "low"),
        set("party.kenya.trust.drc", "high"),
        set("item.prisoners.option.via-icrc.m23", "9"),
        set("dynamics.fighting.rise", "0.5"),
    ];
    let loaded = load(&source("full.toml"), &changes, Some("press-kigali"));
    clean(&loaded);
    let world = loaded.world.expect("a world");
    assert_eq!(world.seats[1].alternative, 50);
    assert_eq!(world.backers[0].tolerance.name(), "low");
    assert_eq!(world.parties[3].trust[0].name(), "high");
    assert!((world.dynamics.fighting.rise - 0.5).abs() < 1e-9);
    assert_eq!(world.tracks[0].rule, baraza::domain::DecisionRule::Majority);
}
