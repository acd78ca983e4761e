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
