//! `baraza ensemble` from outside.

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const SHIPPED: [&str; 4] = [
    "scenarios/doha-2025.toml",
    "scenarios/tutorial/1-two-parties.toml",
    "scenarios/tutorial/2-mediator.toml",
    "scenarios/tutorial/3-spoiler-and-front.toml",
];

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&printed(args)).expect("JSON")
}

#[test]
fn the_text_fits_and_has_no_escapes_in_a_pipe() {
    for scenario in SHIPPED {
        let text = printed(&["ensemble", scenario, "--runs", "300", "--measure", "round >= 3"]);
        assert!(text.contains("300 runs under seed 1") && text.contains("not chances of"));
        assert!(!text.contains('\u{1b}'));
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let args = |threads| ["ensemble", SHIPPED[0], "--runs", "9000", "--json", "--threads", threads];
    assert_eq!(printed(&args("1")), printed(&args("2")));
}

#[test]
fn the_document_adds_up() {
    let measure = "item.prisoners.settled";
    let document =
        json(&["ensemble", SHIPPED[0], "--runs", "2000", "--seed", "7", "--measure", measure, "--json"]);
    assert_eq!(document["format"], "baraza-ensemble/1");
    assert_eq!(document["seed"], 7);
    let summary = &document["summary"];
    let runs = |list: &Value| {
        list.as_array().expect("a list").iter().map(|o| o["share"]["runs"].as_u64()).sum::<Option<u64>>()
    };
    assert_eq!(runs(&summary["outcomes"]), Some(2000));
    for item in summary["items"].as_array().expect("items") {
        assert_eq!(runs(&item["options"]), item["settled"]["runs"].as_u64());
        for round in item["by_round"].as_array().expect("rounds") {
            let sum: f64 = round.as_array().expect("shares").iter().filter_map(Value::as_f64).sum();
            assert!((sum - 1.0).abs() < 1e-9);
        }
    }
    for text in summary["instruments"].as_array().expect("instruments") {
        let by_round = text["by_round"].as_array().expect("rounds");
        let shares: Vec<_> = by_round.iter().filter_map(|s| s["share"].as_f64()).collect();
        assert!(shares.windows(2).all(|w| w[0] <= w[1]));
        assert_eq!(by_round.last().map(|s| &s["runs"]), Some(&text["signed"]["runs"]));
    }
    let asked = &summary["measures"][0];
    assert_eq!(asked["condition"], measure);
    assert!(asked["last"]["runs"].as_u64() <= asked["ever"]["runs"].as_u64());
}

#[test]
fn single_runs_are_the_runs_of_the_ensemble() {
    let document = json(&["ensemble", SHIPPED[3], "--runs", "25", "--json"]);
    let mut counted = std::collections::BTreeMap::new();
    for run in 0..25 {
        let end = json(&["run", SHIPPED[3], "--run", &run.to_string(), "--json"])["end"]["outcome"].clone();
        *counted.entry(end.as_str().expect("an id").to_owned()).or_insert(0u64) += 1;
    }
    for outcome in document["summary"]["outcomes"].as_array().expect("outcomes") {
        let id = outcome["id"].as_str().expect("an id");
        assert_eq!(outcome["share"]["runs"].as_u64(), Some(counted.get(id).copied().unwrap_or(0)), "{id}");
    }
}

#[test]
fn changes_are_applied_and_named() {
    let lesson = SHIPPED[0];
    let told = printed(&["ensemble", lesson, "--runs", "50", "--set", "scenario.rounds=2"]);
    assert!(told.contains("Changed: scenario.rounds = 2."));
    let id = json(&["ensemble", lesson, "--runs", "50", "--json", "--set", "scenario.rounds=2"]);
    assert_eq!(id["summary"]["dates"].as_array().map(Vec::len), Some(2));
    assert_eq!(id["set"][0]["path"], "scenario.rounds");
}

#[test]
fn wrong_usage_says_what_to_write() {
    for (args, said) in [
        (vec!["--runs", "0"], "--runs"),
        (vec!["--level", "2"], "0.95"),
        (vec!["--measure", "item.nothing.settled"], "item.water.settled"),
        (vec!["--threads", "many"], "--threads"),
    ] {
        let output = run(&[&["ensemble", SHIPPED[3]], &args[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let complaint = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(complaint.contains(said), "{complaint}");
    }
    assert_eq!(run(&["ensemble", "missing.toml"]).status.code(), Some(3));
}

/// When every run has signed or ended early, the estimate goes on to the horizon.
#[test]
fn shares_of_signatures_reach_the_horizon() {
    let scenario = "[scenario]\ntitle = \"Soon over\"\nstart = 2025-01-01\nrounds = 9\n\
        [party.a]\n[party.b]\n[track.talks]\nseats = [\"a\", \"b\"]\n\
        [instrument.pact]\ntrack = \"talks\"\nseals = []\n\
        [outcome.over]\nwhen = \"round >= 2\"\nends = true\n";
    for json in [false, true] {
        let mut command = Command::cargo_bin("baraza").expect("it is built");
        command.args(["ensemble", "-", "--runs", "50"]).args(json.then_some("--json")).write_stdin(scenario);
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        if json {
            let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            let by_round = &document["summary"]["instruments"][0]["by_round"];
            assert_eq!(by_round.as_array().map(Vec::len), Some(9));
        }
    }
}
