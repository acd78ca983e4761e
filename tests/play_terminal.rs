//! `baraza play` on a terminal of its own.

#![cfg(unix)]

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/tutorial/2-mediator.toml");

/// Begins on a new pseudo-terminal; `None`, with a message, where the machine has none to give.
fn begin(folder: &std::path::Path, args: &[&str]) -> Option<PtySession> {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("baraza"));
    command.args(args).current_dir(folder).env("TERM", "xterm").env_remove("NO_COLOR");
    match spawn_command(command, Some(60_000)) {
        Ok(session) => Some(session),
        Err(error) => {
            eprintln!("skipped: no pseudo-terminal here ({error})");
            None
        }
    }
}

#[test]
fn lines_are_edited_completed_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut p) = begin(folder.path(), &["play", SCENARIO, "--no-predict", "--as", "highlands"]) else {
        return;
    };
    p.exp_string("highlands> ").expect("the prompt");
    // A mistyped word is taken back, and the rest of the right one completed.
    p.send("sx\x7ftay").expect("typed");
    p.send_line("").expect("entered");
    p.exp_string("mandate").expect("the next question");
    p.exp_string("highlands> ").expect("the prompt");
    p.send("plan\t").expect("typed");
    p.send_line("").expect("entered");
    p.exp_string("what is the worst you accept").expect("the next question");
    p.exp_string("highlands> ").expect("the prompt");
    p.send_control('c').expect("pressed");
    p.exp_string("Stop here?").expect("it asks");
    p.send_line("n").expect("no");
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("quit").expect("typed");
    p.exp_string("--resume").expect("how to go on");
    p.exp_eof().expect("it ends");
    let log = folder.path().join("2-mediator-highlands-1-0.session.jsonl");
    let text = std::fs::read_to_string(log).expect("a log");
    let choices: Vec<_> = text.lines().skip(1).filter(|l| l.contains("\"choice\"")).collect();
    assert_eq!(choices.len(), 2, "{text}");
    assert!(choices[0].contains("\"stay\"") && choices[1].contains("\"planned\""), "{text}");
}

#[test]
fn ctrl_d_keeps_the_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(mut p) =
        begin(folder.path(), &["play", SCENARIO, "--no-predict", "--as", "elders", "--session", "s.jsonl"])
    else {
        return;
    };
    p.exp_string("elders> ").expect("the prompt");
    p.send_line("ok").expect("typed");
    p.exp_string("elders> ").expect("the prompt");
    p.send_control('d').expect("pressed");
    p.exp_string("--resume s.jsonl").expect("how to go on");
    p.exp_eof().expect("it ends");
    let Some(mut p) = begin(folder.path(), &["play", "--resume", "s.jsonl", "--no-predict"]) else { return };
    p.exp_string("The session goes on").expect("it goes on");
    p.exp_string("elders> ").expect("the prompt");
    p.send_line("auto all").expect("typed");
    p.exp_string("The talks are over").expect("the end");
    p.exp_string("over> ").expect("the prompt");
    p.send_line("quit").expect("typed");
    p.exp_eof().expect("it ends");
}

/// Between two players the screen is wiped, and with it what the first one saw and typed.
#[test]
fn players_hand_over_a_clean_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let args =
        ["play", SCENARIO, "--no-predict", "--as", "highlands", "--as", "lowlands", "--session", "s.jsonl"];
    let Some(mut p) = begin(folder.path(), &args) else { return };
    p.exp_string("Hand over to").expect("who begins");
    p.exp_string("Press Enter").expect("asks");
    p.send_line("").expect("entered");
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("ok").expect("typed");
    let between = p.exp_string("Hand over to").expect("the other player");
    assert!(between.contains("\u{1b}[2J\u{1b}[3J\u{1b}[H"), "{between:?}");
    p.exp_string("(party lowlands)").expect("who is next");
    p.send_line("").expect("entered");
    p.exp_string("lowlands> ").expect("the prompt");
    p.send_control('d').expect("pressed");
    p.exp_string("--resume").expect("how to go on");
    p.exp_eof().expect("it ends");
}
