//! `baraza play` on a terminal of its own.

#![cfg(unix)]

use std::io::Write;
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
            // Written past the test harness, which keeps what passing tests print to itself.
            let _ = writeln!(std::io::stderr(), "skipped: no pseudo-terminal here ({error})");
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
    let Some(mut p) =
        begin(folder.path(), &["play", "--resume", "s.jsonl", "--scenario", SCENARIO, "--no-predict"])
    else {
        return;
    };
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

/// The lines typed before come back with the arrow, and lines are completed word by word.
#[test]
fn lines_come_back_and_commands_are_completed_with_what_follows() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["play", SCENARIO, "--no-predict", "--as", "highlands"];
    let Some(mut p) = begin(folder.path(), &args) else { return };
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("histry 9").expect("typed");
    p.exp_string("`history`").expect("what is meant");
    p.exp_string("highlands> ").expect("the prompt");
    // Up, and the last letter changed.
    p.send("\x1b[A\x7f\x7f\x7f\x7fory 9").expect("typed");
    p.send_line("").expect("entered");
    p.exp_string("Round 9 has not begun").expect("the line that was typed before, mended");
    p.exp_string("highlands> ").expect("the prompt");
    p.send("items wa\t").expect("typed");
    p.send_line("").expect("entered");
    p.exp_string("The agenda of").expect("the item");
    p.exp_string("highlands> ").expect("the prompt");
    p.send("help rew\t").expect("typed");
    p.send_line("").expect("entered");
    p.exp_string("rewind ROUND").expect("more about it");
    p.send_control('d').expect("pressed");
    p.exp_eof().expect("it ends");
}

/// Back to the first round, otherwise, and both courses side by side.
#[test]
fn branches_are_opened_listed_and_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["play", SCENARIO, "--no-predict", "--as", "highlands", "--session", "s.jsonl"];
    let Some(mut p) = begin(folder.path(), &args) else { return };
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("auto all").expect("typed");
    p.exp_string("The talks are over").expect("the end");
    p.exp_string("over> ").expect("the prompt");
    p.send_line("rewind 1").expect("typed");
    p.exp_string("branch 2 of 2, round 1").expect("another course");
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("walk-out").expect("typed");
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("branches").expect("typed");
    p.exp_string("parted in round 1 from 1").expect("the tree");
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("compare 1 2").expect("typed");
    p.exp_string("Branch 1").expect("side by side");
    p.exp_string("Where they stand").expect("how both stand");
    p.exp_string("highlands> ").expect("the prompt");
    p.send_line("branch 1").expect("typed");
    p.exp_string("The talks are over").expect("the first course is kept");
    p.send_control('d').expect("pressed");
    p.exp_eof().expect("it ends");
}

/// At a question to predict commands work, and going elsewhere leaves it.
#[test]
fn predictions_take_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["play", SCENARIO, "--as", "elders", "--session", "s.jsonl"];
    let Some(mut p) = begin(folder.path(), &args) else { return };
    p.exp_string("probability> ").expect("a question");
    p.send_line("130").expect("typed");
    p.exp_string("A probability is written as 30%").expect("how it is written");
    p.exp_string("probability> ").expect("the question stands");
    p.send_line("state").expect("typed");
    p.exp_string("probability> ").expect("the question stands");
    p.send_line("history").expect("typed");
    p.exp_string("probability> ").expect("the question stands");
    p.send_line("30%").expect("typed");
    p.exp_string("probability> ").expect("the next question");
    p.send_line("rewind 1").expect("typed");
    p.exp_string("branch 2 of 2, round 1").expect("another course");
    p.exp_string("probability> ").expect("it is asked there as well");
    p.send_line("skip all").expect("typed");
    p.exp_string("elders> ").expect("on to the decision");
    p.send_control('d').expect("pressed");
    p.exp_eof().expect("it ends");
    let text = std::fs::read_to_string(folder.path().join("s.jsonl")).expect("a log");
    assert!(text.contains("\"probability\":0.3"), "{text}");
}
