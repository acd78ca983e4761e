//! `baraza play --by round`: sheets at a prompt, and what reads their log.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

const TALKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/tutorial/2-mediator.toml");

fn run(folder: &Path, args: &[&str], typed: &str) -> Output {
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    command.current_dir(folder).args(args).write_stdin(typed).output().expect("it runs")
}

#[test]
fn sheets_are_written_at_a_prompt_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("s.jsonl");
    let typed =
        "floor.valley 150\nfloor.nowhere 5\nfloor 55\nall\nshow\nclear floor\nfloor.valley 55\ndone\n";
    let first = run(
        folder.path(),
        &["play", TALKS, "--as", "highlands", "--by", "round", "--session", "s.jsonl"],
        typed,
    );
    let said = String::from_utf8_lossy(&first.stdout);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    for part in ["0 to 100", "is not possible here", "now: as the model would", "Your orders for round 2"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let text = std::fs::read_to_string(&log).expect("it is kept");
    assert!(
        text.starts_with("{\"format\":\"baraza-session/3\"") && text.contains("\"by\":\"round\""),
        "{text}"
    );
    assert!(text.contains("\"floor.valley\":\"55\"") && text.contains("\"close\""), "{text}");
    let rest =
        run(folder.path(), &["play", "--resume", "s.jsonl", "--scenario", TALKS], &"auto\n".repeat(40));
    assert!(rest.status.success(), "{}", String::from_utf8_lossy(&rest.stderr));
    assert!(String::from_utf8_lossy(&rest.stdout).contains("The talks are over"));
    let told = run(folder.path(), &["debrief", "s.jsonl", "--scenario", TALKS, "--runs", "50"], "");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
}

/// Nothing written on any sheet is what the model plays with the seat empty.
#[test]
fn sheets_left_alone_are_the_run_that_run_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = [
        "play",
        TALKS,
        "--as",
        "highlands",
        "--by",
        "round",
        "--session",
        "s.jsonl",
        "--seed",
        "4",
        "--run",
        "2",
    ];
    let played = run(folder.path(), &args, &"done\n".repeat(40));
    assert!(played.status.success());
    let told = run(folder.path(), &["run", TALKS, "--seed", "4", "--run", "2", "--json"], "");
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let title = told["end"]["title"].as_str().expect("it ends");
    let said = String::from_utf8_lossy(&played.stdout);
    assert!(said.contains(title), "{title}: {said}");
}

/// The word of one party decides whether there is a text: a sheet that refuses has no chance, and a debrief says which field it was.
const WORD: &str = r#"
[scenario]
title = "A word"
start = 2031-03-01
rounds = 2
round_days = 14

[party.a]
alternative = 0
consult = 0
tactic = { kind = "fixed", demand = 0 }
[party.b]
alternative = 0
consult = 0
tactic = { kind = "fixed", demand = 0 }

[track.t]
seats = ["a", "b"]

[item.i]
track = "t"
[item.i.option]
x = { a = 100, b = 100 }

[instrument.n]
track = "t"
seals = ["i"]

[outcome.signed]
when = "instrument.n.signed"
"#;

#[test]
fn orders_are_resolved_and_a_debrief_tells_which_field_mattered() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("word.toml"), WORD).expect("it can be");
    let args = ["play", "word.toml", "--as", "a", "--by", "round", "--session", "s.jsonl"];
    let played = run(folder.path(), &args, &"sign.n refuse\nfloor.t 10\ndone\n".repeat(3));
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    let worth = |more: &[&str]| {
        let asked = ["resolve", "word.toml", "--agent", "a", "--outcome", "signed", "--json"];
        let output = run(folder.path(), &[&asked[..], more].concat(), "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (json["cases"][0]["values"][0].as_f64(), json.to_string(), told)
    };
    let (refused, json, told) = worth(&["--orders", "s.jsonl"]);
    assert_eq!(refused, Some(0.0), "{json}");
    assert!(told.contains("its sheets, round by round"), "{told}");
    let other = run(folder.path(), &["resolve", "word.toml", "--agent", "b", "--orders", "s.jsonl"], "");
    assert_eq!(other.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&other.stderr).contains("no orders of b"));
    let changed = run(
        folder.path(),
        &["resolve", "word.toml", "--agent", "a", "--orders", "s.jsonl", "--set", "scenario.rounds=3"],
        "",
    );
    assert!(String::from_utf8_lossy(&changed.stderr).contains("another scenario"), "the log is of this one");
    let told = run(folder.path(), &["debrief", "s.jsonl", "--runs", "200", "--json", "--csv", "tables"], "");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let json: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let points = json["debrief"]["fields"]["points"].as_array().expect("a list");
    assert!(!points.is_empty(), "{}", json["debrief"]["fields"]);
    assert_eq!(points[0]["field"], "sign.n", "the refusal mattered, the floor did not");
    assert!(points[0]["shift"]["difference"].as_f64().is_some_and(|d| d.abs() > 0.2), "{}", points[0]);
    assert!(points.iter().all(|p| p["field"] != "floor.t"), "{points:?}");
    let text = run(folder.path(), &["debrief", "s.jsonl", "--runs", "200"], "");
    let text = String::from_utf8_lossy(&text.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Turning points by field") && text.contains("(sign.n)"), "{text}");
}
