//! The chronicle of every shipped scenario: whole playthroughs to be read, and properties of every line.

use std::fs;
use std::path::{Path, PathBuf};

use baraza::domain::Model;
use baraza::drivers::{Sampler, record};
use baraza::scenario::{self, Source};
use baraza::telling::chronicle::{Detail, chronicle};
use baraza::telling::{Origin, Run, json, trace};

const DETAILS: [Detail; 3] = [Detail::Brief, Detail::Normal, Detail::Full];

/// Every scenario under `scenarios/`, sorted.
fn shipped() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(Path::new("scenarios"), &mut files);
    files.sort();
    assert!(!files.is_empty());
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
}

fn model(path: &Path) -> Model {
    let source =
        Source { name: path.display().to_string(), text: fs::read_to_string(path).expect("a scenario") };
    Model::new(scenario::load(&source, &[], None).world.expect("a scenario without mistakes"))
}

fn with_run<T>(model: &Model, seed: u64, run: u32, use_it: impl FnOnce(&Run) -> T) -> T {
    let transcript = record(model, &mut Sampler::new(seed, run));
    let fingerprint = scenario::fingerprint(&model.world);
    let origin = Origin { fingerprint, seed, run, ..Origin::default() };
    use_it(&Run { model, transcript: &transcript, origin: &origin })
}

#[test]
fn playthroughs() {
    for path in shipped() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let model = model(&path);
        let told = with_run(&model, 1, 0, |run| chronicle(run, Detail::Normal, false));
        insta::assert_snapshot!(name.clone(), told);
        let full = with_run(&model, 1, 0, |run| chronicle(run, Detail::Full, false));
        insta::assert_snapshot!(format!("{name}-full"), full);
        let brief = with_run(&model, 1, 0, |run| chronicle(run, Detail::Brief, false));
        insta::assert_snapshot!(format!("{name}-brief"), brief);
    }
}

#[test]
fn lines_are_short_and_have_no_traces_of_the_machine() {
    for path in shipped() {
        let model = model(&path);
        let compound = compound_ids(&model);
        for run in 0..60 {
            for detail in DETAILS {
                let told = with_run(&model, 5, run, |run| chronicle(run, detail, false));
                for line in told.lines() {
                    check(line, &compound, &path);
                }
            }
        }
    }
}

/// Ids that no title could contain by chance: those with a hyphen that the scenario gives a title of its own.
fn compound_ids(model: &Model) -> Vec<String> {
    let w = &model.world;
    let names = w.parties.iter().map(|a| &a.name).chain(w.items.iter().map(|a| &a.name));
    let names = names.chain(w.instruments.iter().map(|a| &a.name)).chain(w.events.iter().map(|a| &a.name));
    let names = names.chain(w.items.iter().flat_map(|i| &i.options).map(|a| &a.name));
    let names = names.chain(w.observers.iter().map(|a| &a.name)).chain(w.spoilers.iter().map(|a| &a.name));
    let names: Vec<_> = names.collect();
    // A hyphenated id may be a word of English that some title uses too.
    let titles = names.iter().flat_map(|n| words(&n.title)).collect::<Vec<_>>();
    let compound = names.iter().map(|n| n.id.as_str()).filter(|id| id.contains('-') && !titles.contains(id));
    compound.map(str::to_owned).collect()
}

fn words(line: &str) -> Vec<&str> {
    line.split(|c: char| !(c.is_alphanumeric() || c == '-')).collect()
}

fn check(line: &str, ids: &[String], path: &Path) {
    let at = path.display();
    let width = textwrap::core::display_width(line);
    assert!(width <= 80, "{at}: {width} columns: {line}");
    assert!(!line.ends_with(' '), "{at}: a space at the end: {line}");
    for odd in ["Some(", "None", "Id(", "{", "}", "::", "..", " ,", " .", ",,", ";;", "\u{1b}", "NaN", "--"] {
        assert!(!line.contains(odd), "{at}: {odd:?} in: {line}");
    }
    let words = words(line);
    for id in ids {
        assert!(!words.contains(&id.as_str()), "{at}: the id {id} in: {line}");
    }
    for (one, many) in [("round", "rounds"), ("point", "points"), ("step", "steps"), ("level", "levels")] {
        let wrong = [format!(" 1 {many}"), format!(" 2 {one} "), format!(" 0 {one} ")];
        assert!(!wrong.iter().any(|w| line.contains(w.as_str())), "{at}: a plural in: {line}");
    }
}

#[test]
fn styles_change_nothing_but_escapes() {
    for path in shipped() {
        let model = model(&path);
        for detail in DETAILS {
            with_run(&model, 2, 1, |run| {
                let styled = chronicle(run, detail, true);
                let plain = chronicle(run, detail, false);
                assert_eq!(anstream::adapter::strip_str(&styled).to_string(), plain);
            });
        }
    }
}

#[test]
fn traces_give_the_same_transcript() {
    for path in shipped() {
        let model = model(&path);
        for run in 0..20 {
            with_run(&model, 3, run, |run| {
                let text = trace::write(run, &path.display().to_string());
                let read = trace::read(&text).expect("a trace");
                assert_eq!(read.origin(), *run.origin);
                let again = trace::replay(&model, &run.origin.fingerprint, &read).expect("it fits");
                assert_eq!(again, *run.transcript);
            });
        }
    }
}

#[test]
fn every_byte_of_a_trace_counts() {
    let path = Path::new("scenarios/tutorial/1-two-parties.toml");
    let model = model(path);
    with_run(&model, 1, 0, |run| {
        let text = trace::write(run, "x.toml");
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            let changed = String::from_utf8(bytes).expect("ASCII");
            let fits = trace::read(&changed)
                .and_then(|read| trace::replay(&model, &run.origin.fingerprint, &read))
                .is_ok();
            assert!(!fits, "byte {at} may be changed unnoticed");
        }
    });
}

#[test]
fn json_names_agents_and_never_places() {
    for path in shipped() {
        let model = model(&path);
        let text = with_run(&model, 1, 0, json::json);
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["format"], json::FORMAT);
        let turns = json["rounds"].as_array().into_iter().flatten().flat_map(|r| r["turns"].as_array());
        for turn in turns.flatten() {
            for entry in turn["entries"].as_array().into_iter().flatten() {
                for key in ["party", "track", "item", "option", "instrument", "mediator", "front", "event"] {
                    assert!(!entry[key].is_number(), "{key} in {entry}");
                }
            }
        }
    }
}
