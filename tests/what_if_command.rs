//! `baraza what-if` from outside.

use std::collections::BTreeMap;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const DOHA: &str = "scenarios/doha-2025.toml";
const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";

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

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn the_text_fits() {
    for scenario in [DOHA, FORD] {
        let text = printed(&["what-if", scenario, "--runs", "60"]);
        assert!(text.contains("the same luck") && text.contains("Which changes matter most"));
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let args = |threads| ["what-if", FORD, "--runs", "3000", "--json", "--threads", threads];
    assert_eq!(printed(&args("1")), printed(&args("2")));
}

/// A change to what is the case already changes nothing.
#[test]
fn an_empty_change_changes_nothing() {
    let answer = json(&["what-if", FORD, "--runs", "500", "--json", "--set", "scenario.round_days=14"]);
    let effect = &answer["answers"][0]["effect"];
    assert_eq!((effect["parted"].as_u64(), effect["flipped"].as_u64()), (Some(0), Some(0)));
    assert_eq!(list(&effect["flips"]).len(), 0);
}

/// Every count can be had again from single runs, and the run that is named shows the flip.
#[test]
fn counts_and_examples_can_be_checked_by_single_runs() {
    let runs = 80;
    let answer = json(&["what-if", FORD, "no-monitors", "--runs", "80", "--json"]);
    let effect = &answer["answers"][0]["effect"];
    let outcome = |run: usize, changed: bool| {
        let number = run.to_string();
        let mut args = vec!["run", FORD, "--run", &number, "--json"];
        if changed {
            args.extend(["--what-if", "no-monitors"]);
        }
        json(&args)["end"]["outcome"].as_str().expect("an id").to_owned()
    };
    let mut flips: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for run in 0..runs {
        flips.entry((outcome(run, false), outcome(run, true))).or_default().push(run);
    }
    flips.retain(|(from, to), _| from != to);
    let told = list(&effect["flips"]);
    assert_eq!(told.len(), flips.len());
    for flip in told {
        let name = |k: usize| flip["outcomes"][k].as_str().expect("an id").to_owned();
        let found = &flips[&(name(0), name(1))];
        assert_eq!(flip["pairs"].as_u64(), Some(found.len() as u64));
        assert_eq!(flip["example"].as_u64(), Some(found[0] as u64));
        let signed = |side: &str| list(&flip[side]).iter().find(|r| r["what"] == "signed").cloned();
        for (side, changed) in [("gained", true), ("lost", false)] {
            let Some(reached) = signed(side) else { continue };
            let has = |run: usize, changed: bool| {
                let number = run.to_string();
                let mut args = vec!["run", FORD, "--run", &number, "--json"];
                if changed {
                    args.extend(["--what-if", "no-monitors"]);
                }
                let end = json(&args)["end"].clone();
                list(&end["instruments"])
                    .iter()
                    .any(|n| n["instrument"] == reached["id"] && !n["signed"].is_null())
            };
            let alone = found.iter().filter(|run| has(**run, changed) && !has(**run, !changed)).count();
            assert_eq!(reached["pairs"].as_u64(), Some(alone as u64), "{reached}");
        }
    }
}

#[test]
fn shares_are_those_of_the_ensemble() {
    let answer = json(&["what-if", FORD, "no-monitors", "--runs", "400", "--json"]);
    let share = |args: &[&str], o: usize| json(args)["summary"]["outcomes"][o]["share"]["share"].as_f64();
    for (o, outcome) in list(&answer["answers"][0]["effect"]["outcomes"]).iter().enumerate() {
        let plain = ["ensemble", FORD, "--runs", "400", "--json"];
        assert_eq!(outcome["baseline"].as_f64(), share(&plain, o));
        let changed = ["ensemble", FORD, "--runs", "400", "--json", "--what-if", "no-monitors"];
        assert_eq!(outcome["changed"].as_f64(), share(&changed, o));
        let bounds = ["low", "difference", "high"].map(|k| outcome[k].as_f64().expect("a number"));
        assert!(bounds[0] <= bounds[1] && bounds[1] <= bounds[2]);
        assert!(outcome["p"].as_f64() <= outcome["p_adjusted"].as_f64());
    }
}

#[test]
fn wrong_usage_says_what_to_write() {
    for (args, said) in [
        (vec!["what-if", FORD, "no-such-thing"], "no-monitors"),
        (vec!["what-if", FORD, "no-monitors", "--set", "a=b"], "cannot be used with"),
        (vec!["what-if", FORD, "--runs", "0"], "--runs"),
        (vec!["what-if", FORD, "--set", "scenario.title"], "PATH=VALUE"),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let complaint = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(complaint.contains(said), "{complaint}");
    }
}
