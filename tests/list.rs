//! `baraza list`: every path that it names is one that `--set` takes, and the value beside it is the scenario's own.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use baraza::scenario::{Change, Source, changeable, fingerprint, load, settings};
use serde_json::Value;

const DOHA: &str = "scenarios/doha-2025.toml";

fn shipped() -> Vec<PathBuf> {
    let folders = ["scenarios", "scenarios/tutorial"].map(Path::new);
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("a folder").flatten());
    let mut files: Vec<PathBuf> = files.map(|e| e.path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

fn printed(args: &[&str]) -> String {
    let output = Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_path_takes_the_value_beside_it_and_nothing_changes() {
    let files = shipped();
    assert!(files.len() > 6, "{files:?}");
    let mut wrong = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a scenario");
        let source = Source { name: file.display().to_string(), text };
        let world = load(&source, &[], None).world.expect("it has no mistakes");
        let (own, settings) = (fingerprint(&world), settings(&source, &[], None, &world));
        assert!(settings.len() > 50, "{}", file.display());
        // Large files load slowly: of each some sixty paths are tried.
        let step = settings.len() / 60 + 1;
        for setting in settings.iter().step_by(step) {
            let Some(value) = setting.value.clone() else { continue };
            let change = Change { path: setting.path.clone(), value };
            let loaded = load(&source, std::slice::from_ref(&change), None);
            if loaded.world.is_none_or(|world| fingerprint(&world) != own) {
                wrong.push(format!("{}: {}={}", file.display(), change.path, change.value));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_value_is_within_the_bounds_beside_it() {
    for file in shipped() {
        let source =
            Source { name: "talks.toml".into(), text: fs::read_to_string(file).expect("a scenario") };
        let world = load(&source, &[], None).world.expect("it has no mistakes");
        for s in settings(&source, &[], None, &world) {
            let Some(value) = &s.value else { continue };
            if let (Ok(number), Some(least), Some(most)) = (value.parse::<f64>(), s.least, s.most) {
                let low = if s.above { least < number } else { least <= number };
                assert!(low && number <= most, "{} = {value}", s.path);
            }
            if !s.words.is_empty() {
                assert!(s.words.contains(&value.trim_matches('"')), "{} = {value}", s.path);
            }
        }
    }
}

#[test]
fn the_text_fits_and_the_document_has_all() {
    let text = printed(&["list", DOHA]);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "80 columns");
    for told in [
        "What-ifs",
        "press-kigali",
        "At the track doha",
        "qatar (mediator)",
        "Outcomes",
        "Exercise",
        "party.ID.alternative",
    ] {
        assert!(text.contains(told), "{told}");
    }
    let document: Value = serde_json::from_str(&printed(&["list", DOHA, "--json"])).expect("JSON");
    assert_eq!(document["format"], "baraza-list/1");
    let paths = document["paths"].as_array().expect("paths");
    let of = |path: &str| paths.iter().find(|p| p["path"] == path).unwrap_or_else(|| panic!("{path}"));
    assert_eq!(of("scenario.rounds")["value"], "13");
    assert_eq!(of("scenario.rounds")["step"], 1);
    let changed = printed(&["list", DOHA, "--set", "scenario.rounds=9", "--json"]);
    assert!(
        serde_json::from_str::<Value>(&changed).expect("JSON")["paths"]
            .as_array()
            .is_some_and(|paths| paths.iter().any(|p| p["path"] == "scenario.rounds" && p["value"] == "9"))
    );
}

#[test]
fn kinds_filter_paths() {
    for kind in changeable() {
        let document = printed(&["list", DOHA, "--kind", kind, "--json"]);
        let document: Value = serde_json::from_str(&document).expect("JSON");
        let paths = document["paths"].as_array().expect("paths");
        let fits = |p: &Value| p["path"].as_str().is_some_and(|p| p.split('.').next() == Some(kind));
        assert!(paths.iter().all(fits), "{kind}");
    }
    let unknown =
        Command::cargo_bin("baraza").expect("it is built").args(["list", DOHA, "--kind", "x"]).output();
    assert_eq!(unknown.expect("it runs").status.code(), Some(2));
}
