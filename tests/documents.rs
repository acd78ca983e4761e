//! Every document that the program writes begins with the same head (docs/formats.md).

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const HEAD: [&str; 9] =
    ["format", "version", "generator", "title", "fingerprint", "seed", "what_if", "set", "note"];
/// Two rounds, so that all that can happen is little.
const SET: &str = "scenario.rounds=2";

fn baraza(folder: &Path, args: &[&str], typed: &str) -> String {
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let output = command.current_dir(folder).args(args).write_stdin(typed).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| code < 2), "{args:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The keys stand in the text in the order of the head, before all others.
#[track_caller]
fn begins_with_the_head(text: &str, format: &str) -> Value {
    let document: Value = serde_json::from_str(text).expect("JSON");
    let place =
        |key: &str| text.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{format} has no `{key}`"));
    let places: Vec<usize> = HEAD.iter().map(|key| place(key)).collect();
    assert!(places.is_sorted(), "{format}: {places:?}");
    let keys = document.as_object().expect("an object").keys();
    for other in keys.filter(|key| !HEAD.contains(&key.as_str())) {
        assert!(place(other) > places[0], "{format}: {other}");
    }
    assert!(document["format"].as_str().is_some_and(|f| f.starts_with(format)), "{}", document["format"]);
    assert!(
        ["version", "generator", "title", "fingerprint", "note"].iter().all(|key| document[key].is_string())
    );
    assert!(document["set"].is_array());
    document
}

#[track_caller]
fn has_the_change(document: &Value) {
    let change = serde_json::json!([{ "path": "scenario.rounds", "value": "2" }]);
    assert_eq!(document["set"], change, "{}", document["format"]);
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    baraza(folder.path(), &["new", "talks.toml"], "");
    let file = folder.path().join("talks.toml");
    let mut text = fs::read_to_string(&file).expect("it is there");
    text += "\n[[history]]\ndate = 2026-03-20\nthat = \"item.water.settled\"\n";
    fs::write(&file, text).expect("written");
    folder
}

#[test]
fn every_document_begins_with_one_head() {
    let folder = folder();
    let of = |format: &str, args: &[&str]| {
        let document = begins_with_the_head(&baraza(folder.path(), args, ""), format);
        has_the_change(&document);
        document
    };
    let small = ["--set", SET, "--json", "--runs", "20"];
    let bare = ["--set", SET, "--json"];
    let told = |command: &[&'static str], rest: &[&'static str]| [command, &["talks.toml"], rest].concat();
    of("baraza-run/", &told(&["run"], &bare));
    of("baraza-ensemble/", &told(&["ensemble"], &small));
    let compared = of("baraza-what-if/", &told(&["what-if"], &small));
    has_the_change(&compared["answers"][0]);
    of("baraza-pair/", &told(&["what-if"], &["--set", SET, "--json", "--pair", "1"]));
    of("baraza-design/", &told(&["design", "--levers", "each"], &small));
    of("baraza-backtest/", &told(&["backtest"], &small));
    of("baraza-analysis/", &told(&["analyze"], &small));
    let few = ["--set", SET, "--json", "--runs", "5", "--walks", "2", "--walk-runs", "2"];
    of("baraza-sensitivity/", &told(&["sensitivity"], &few));
    for (format, command) in
        [("baraza-exact/", &["exact"][..]), ("baraza-verify/", &["verify"]), ("baraza-list/", &["list"])]
    {
        assert_eq!(of(format, &told(command, &bare))["seed"], Value::Null);
    }
    let agent = ["--set", SET, "--json", "--agent", "neighbour"];
    assert_eq!(of("baraza-resolve/", &told(&["resolve"], &agent))["seed"], Value::Null);
}

#[test]
fn files_begin_with_the_same_head() {
    let folder = folder();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it was written");
    let line = |name: &str| read(name).lines().next().expect("a line").to_owned();
    let set = ["--set", SET];
    let write = |args: &[&str], typed: &str| baraza(folder.path(), &[args, &set].concat(), typed);
    write(&["run", "talks.toml", "--trace", "run.jsonl"], "");
    has_the_change(&begins_with_the_head(&line("run.jsonl"), "baraza-trace/"));
    write(
        &["play", "talks.toml", "--as", "neighbour", "--no-predict", "--session", "mine.jsonl"],
        &"auto\n".repeat(9),
    );
    has_the_change(&begins_with_the_head(&line("mine.jsonl"), "baraza-session/"));
    let looked_back =
        baraza(folder.path(), &["debrief", "mine.jsonl", "--runs", "20", "--json", "--now"], "");
    has_the_change(&begins_with_the_head(&looked_back, "baraza-debrief/"));
    write(&["ensemble", "talks.toml", "--runs", "20", "--csv", "tables"], "");
    has_the_change(&begins_with_the_head(&read("tables/manifest.json"), "baraza-tables/"));
    write(&["ensemble", "talks.toml", "--to", "20", "--out", "part.json"], "");
    let part: Value = serde_json::from_str(&read("part.json")).expect("JSON");
    let study = &part["body"]["study"];
    assert!(HEAD[1..].iter().all(|key| study.get(key).is_some()), "{study}");
    has_the_change(study);
}

#[test]
fn a_log_of_another_format_is_told_by_its_number() {
    let folder = folder();
    let log = r#"{"format":"baraza-session/1","version":"0.1.0"}"#;
    fs::write(folder.path().join("old.jsonl"), format!("{log}\n")).expect("written");
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let output = command.current_dir(folder.path()).args(["debrief", "old.jsonl"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("baraza-session/1") && said.contains("baraza-session/3"), "{said}");
}
