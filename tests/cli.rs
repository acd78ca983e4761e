//! The command line from outside: every command, its exit codes and what it prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::prelude::*;
use tempfile::TempDir;

const FINE: i32 = 0;
const NO: i32 = 1;
const USAGE: i32 = 2;
const FILES: i32 = 3;

const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";

fn baraza(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("baraza").expect("the program is built");
    command.args(args).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command
}

fn run(args: &[&str]) -> Output {
    baraza(args).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// Runs, checks the exit code, and gives back what was printed.
fn printed(code: i32, args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", err(&output));
    out(&output)
}

/// Runs, checks the exit code, and gives back what was complained about.
fn complained(code: i32, args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", err(&output));
    assert!(output.stdout.is_empty() || code == NO, "{args:?} printed {}", out(&output));
    err(&output)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// A trace of the ford under a seed.
fn traced(folder: &TempDir, seed: &str) -> PathBuf {
    let path = folder.path().join(format!("{seed}.jsonl"));
    printed(FINE, &["run", FORD, "--seed", seed, "--trace", text(&path)]);
    path
}

/// A copy of a trace with something replaced.
fn altered(path: &Path, from: &str, to: &str) -> PathBuf {
    let before = fs::read_to_string(path).expect("a trace");
    let after = before.replacen(from, to, 1);
    assert_ne!(before, after, "nothing to replace: {from}");
    let altered = path.with_extension("altered");
    fs::write(&altered, after).expect("written");
    altered
}

#[test]
fn a_run_is_told_and_is_the_same_every_time() {
    let first = printed(FINE, &["run", FORD]);
    assert!(first.contains("Round 1 of 16") && first.contains("not a forecast"));
    assert_eq!(first, printed(FINE, &["run", FORD, "--seed", "1", "--run", "0", "--detail", "brief"]));
    assert_ne!(first, printed(FINE, &["run", FORD, "--seed", "2"]));
    assert_ne!(first, printed(FINE, &["run", FORD, "--run", "1"]));
}

#[test]
fn changes_are_applied_and_named() {
    let told = printed(FINE, &["run", FORD, "--set", "backer.neighbour.tolerance=high", "--detail", "brief"]);
    assert!(told.contains("backer.neighbour.tolerance = high"));
    let told = printed(FINE, &["run", FORD, "--what-if", "no-monitors", "--detail", "brief"]);
    assert!(told.contains("What if: Nobody watches."));
    assert!(told.contains("observer.monitors.odds = 0"));
    let wrong = complained(USAGE, &["run", FORD, "--set", "backer.neighbor.tolerance=high"]);
    assert!(wrong.contains("neighbour"), "{wrong}");
    complained(USAGE, &["run", FORD, "--what-if", "nothing-like-that"]);
    assert!(complained(USAGE, &["run", FORD, "--set", "tolerance"]).contains("PATH=VALUE"));
}

#[test]
fn a_run_as_json_is_one_document() {
    let text = printed(FINE, &["run", FORD, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["format"], "baraza-run/2");
    assert_eq!(json["end"]["outcome"], "peace-holding");
    assert_eq!(json["rounds"].as_array().map(Vec::len), Some(16));
    complained(USAGE, &["run", FORD, "--json", "--detail", "full"]);
}

#[test]
fn replays_reproduce_runs_byte_for_byte() {
    let folder = folder();
    for seed in ["1", "2", "3", "99"] {
        let trace = traced(&folder, seed);
        for telling in
            [&["--json"][..], &["--detail", "brief"], &["--detail", "normal"], &["--detail", "full"]]
        {
            let told = printed(FINE, &[&["run", FORD, "--seed", seed][..], telling].concat());
            let again = printed(FINE, &[&["replay", text(&trace)][..], telling].concat());
            assert_eq!(told, again, "seed {seed}, {telling:?}");
        }
    }
}

#[test]
fn replays_keep_changes() {
    let folder = folder();
    let path = folder.path().join("changed.jsonl");
    let what = ["--what-if", "neighbour-yields", "--set", "party.lowlands.audience=very-high"];
    let told = printed(FINE, &[&["run", FORD, "--trace", text(&path)][..], &what].concat());
    assert_eq!(told, printed(FINE, &["replay", text(&path)]));
}

#[test]
fn changed_traces_are_refused() {
    let folder = folder();
    let trace = traced(&folder, "1");
    for (from, to, said) in [
        ("\"pick\":0", "\"pick\":1", "line "),
        ("\"seed\":1", "\"seed\":2", "hash"),
        ("\"from\":\"agreed\"", "\"from\":\"parked\"", "It should say"),
        ("\"end\":\"peace-holding\"", "\"end\":\"stalemate\"", "hash"),
        ("\"choices\"", "\"choice\"", "line 2 cannot be read"),
    ] {
        let wrong = complained(NO, &["replay", text(&altered(&trace, from, to))]);
        assert!(wrong.contains(said), "{from}: {wrong}");
    }
}

#[test]
fn torn_traces_are_refused() {
    let folder = folder();
    let whole = fs::read_to_string(traced(&folder, "1")).expect("a trace");
    let torn = folder.path().join("torn.jsonl");
    let last = whole.trim_end().rfind('\n').expect("several lines");
    for end in [last + 1, last - 5, whole.len() / 2] {
        fs::write(&torn, &whole[..end]).expect("written");
        let wrong = complained(NO, &["replay", text(&torn)]);
        assert!(wrong.contains("breaks off after line"), "{wrong}");
    }
    fs::write(&torn, format!("{whole}{{}}\n")).expect("written");
    assert!(complained(NO, &["replay", text(&torn)]).contains("should be the last"));
    for nothing in ["", "\n", "hello\n", "{}\n"] {
        fs::write(&torn, nothing).expect("written");
        assert!(complained(NO, &["replay", text(&torn)]).contains("baraza run FILE --trace"));
    }
}

#[test]
fn foreign_traces_are_refused() {
    let folder = folder();
    let trace = traced(&folder, "1");
    let other = altered(&trace, "\"version\":\"", "\"version\":\"9.");
    assert!(complained(NO, &["replay", text(&other)]).contains("written by baraza 9."));
    let other = altered(&trace, "philox4x32-10/v1", "dice/v1");
    assert!(complained(NO, &["replay", text(&other)]).contains("generator dice/v1"));
    let other = altered(&trace, "baraza-trace/2", "baraza-trace/3");
    assert!(complained(NO, &["replay", text(&other)]).contains("baraza-trace/3"));
    let lesson = "scenarios/tutorial/2-mediator.toml";
    let wrong = complained(NO, &["replay", text(&trace), "--scenario", lesson]);
    assert!(wrong.contains("another scenario") && wrong.contains("--scenario FILE"), "{wrong}");
    printed(FINE, &["replay", text(&trace), "--scenario", FORD]);
    complained(FILES, &["replay", text(&folder.path().join("missing.jsonl"))]);
}

#[test]
fn moved_scenarios_are_asked_for() {
    let folder = folder();
    let moved = folder.path().join("moved.toml");
    fs::copy(FORD, &moved).expect("copied");
    let trace = folder.path().join("t.jsonl");
    printed(FINE, &["run", text(&moved), "--trace", text(&trace)]);
    fs::remove_file(&moved).expect("removed");
    assert!(complained(FILES, &["replay", text(&trace)]).contains("--scenario FILE"));
    printed(FINE, &["replay", text(&trace), "--scenario", FORD]);
}

#[test]
fn traces_are_not_overwritten_silently() {
    let folder = folder();
    let path = folder.path().join("t.jsonl");
    fs::write(&path, "mine").expect("written");
    let wrong = complained(FILES, &["run", FORD, "--trace", text(&path)]);
    assert!(wrong.contains("--trace") && wrong.contains("--force"), "{wrong}");
    assert_eq!(fs::read_to_string(&path).expect("kept"), "mine");
    printed(FINE, &["run", FORD, "--trace", text(&path), "--force"]);
    printed(FINE, &["replay", text(&path)]);
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1, "no file is left beside it");
    complained(FILES, &["run", FORD, "--trace", text(&folder.path().join("no/such/folder.jsonl"))]);
    complained(USAGE, &["run", FORD, "--force"]);
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let folder = folder();
    let trace = folder.path().join("t.jsonl");
    let mut command = baraza(&["run", "-", "--trace", text(&trace)]);
    let input = Stdio::from(fs::File::open(FORD).expect("a scenario"));
    let output = command.stdin(input).output().expect("it runs");
    assert_eq!(output.status.code(), Some(FINE));
    assert_eq!(out(&output), printed(FINE, &["run", FORD]));
    assert!(complained(USAGE, &["replay", text(&trace)]).contains("--scenario FILE"));
    printed(FINE, &["replay", text(&trace), "--scenario", FORD]);
}

#[test]
fn check_tells_mistakes() {
    assert!(printed(FINE, &["check", FORD]).contains("No mistakes"));
    let folder = folder();
    let path = folder.path().join("wrong.toml");
    let wrong = fs::read_to_string(FORD).expect("a scenario").replace("rounds = 16", "rouds = 16");
    fs::write(&path, wrong).expect("written");
    let said = printed(NO, &["check", text(&path)]);
    assert!(said.contains("rouds") && said.contains("error"), "{said}");
    let json: serde_json::Value =
        serde_json::from_str(&printed(NO, &["check", text(&path), "--format", "json"])).expect("JSON");
    assert!(json.as_array().is_some_and(|list| !list.is_empty()));
    let wrong = complained(NO, &["run", text(&path)]);
    assert!(wrong.contains("rouds") && wrong.contains("baraza explain"), "{wrong}");
    complained(FILES, &["check", text(&folder.path().join("missing.toml"))]);
    complained(USAGE, &["check"]);
}

#[test]
fn doubts_are_one_line_in_run_and_can_be_denied() {
    let lesson = "tests/broken/warn-unsealed.toml";
    let output = run(&["run", lesson]);
    assert_eq!(output.status.code(), Some(FINE));
    let said = err(&output);
    assert!(said.contains("baraza check") && said.lines().count() == 1, "{said}");
    printed(FINE, &["check", lesson]);
    printed(NO, &["check", lesson, "--deny-warnings"]);
}

#[test]
fn codes_are_explained() {
    let list = printed(FINE, &["explain"]);
    assert!(list.contains("B0101"));
    for code in baraza::scenario::Code::ALL {
        assert!(printed(FINE, &["explain", code.id()]).contains(code.title()));
    }
    assert!(complained(USAGE, &["explain", "B9999"]).contains("baraza explain"));
}

#[test]
fn the_schema_is_json() {
    let json: serde_json::Value = serde_json::from_str(&printed(FINE, &["schema"])).expect("JSON");
    assert!(json.is_object());
}

#[test]
fn a_new_scenario_runs_and_nothing_is_overwritten() {
    let folder = folder();
    let path = folder.path().join("new.toml");
    printed(FINE, &["new", text(&path)]);
    printed(FINE, &["check", text(&path)]);
    printed(FINE, &["run", text(&path)]);
    let before = fs::read_to_string(&path).expect("written");
    assert!(complained(FILES, &["new", text(&path)]).contains("exists already"));
    assert_eq!(before, fs::read_to_string(&path).expect("kept"));
}

#[test]
fn diagrams_are_drawn() {
    let mermaid = printed(FINE, &["diagram", FORD]);
    assert!(mermaid.contains("flowchart LR") && mermaid.contains("party_lowlands"));
    assert!(mermaid.contains("backs (denied)"));
    let dot = printed(FINE, &["diagram", FORD, "--format", "dot"]);
    assert!(dot.starts_with("digraph") && dot.trim_end().ends_with('}'));
    assert!(printed(FINE, &["diagram", "--of", "agents"]).starts_with("stateDiagram-v2"));
    assert!(printed(FINE, &["diagram", FORD, "--of", "all"]).matches("```mermaid").count() == 2);
    complained(USAGE, &["diagram"]);
    complained(USAGE, &["diagram", "--of", "all"]);
}

#[test]
fn pipes_have_no_colours_unless_asked_for() {
    assert!(!printed(FINE, &["run", FORD]).contains('\u{1b}'));
    let styled = printed(FINE, &["run", FORD, "--color", "always"]);
    assert!(styled.contains('\u{1b}'));
    let plain: String = anstream::adapter::strip_str(&styled).to_string();
    assert_eq!(plain, printed(FINE, &["run", FORD, "--color", "never"]));
    let output = baraza(&["run", FORD]).env("NO_COLOR", "1").output().expect("it runs");
    assert!(!out(&output).contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = baraza(&["run", FORD, "--detail", "full", "--run", "3"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(FINE));
    assert_eq!(err(&output), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let output = baraza(&["run", FORD]).stdout(Stdio::from(full)).output().expect("it runs");
    assert_eq!(output.status.code(), Some(FILES));
    assert!(err(&output).contains("standard output"));
}

#[test]
fn help_comes_with_examples() {
    for command in ["run", "replay", "check", "diagram", "new"] {
        assert!(printed(FINE, &[command, "--help"]).contains("Example"), "{command}");
    }
    assert!(printed(FINE, &["--help"]).contains("Exit codes"));
    assert!(printed(FINE, &["--version"]).contains(env!("CARGO_PKG_VERSION")));
    complained(USAGE, &["frobnicate"]);
    complained(USAGE, &[]);
}

#[test]
fn files_that_are_no_text_are_refused() {
    let folder = folder();
    let path = folder.path().join("bytes");
    fs::write(&path, [0xff, 0xfe, 0]).expect("written");
    assert!(complained(FILES, &["run", text(&path)]).contains("UTF-8"));
    let error = complained(NO, &["run", text(folder.path())]);
    assert!(error.contains("no file in it"), "{error}");
    complained(FILES, &["run", text(&folder.path().join("missing.toml"))]);
}
