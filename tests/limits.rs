//! Scenarios at the documented limits: every study of them stays within eight gibibytes, or is refused with a reason.
//!
//! `cargo test --test limits -- --ignored` tries many more; `LIMITS_SECONDS` says how long a study may take [60],
//! `LIMITS_FROM` with which scenario to begin [2].

#![cfg(unix)]

mod support;

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use baraza::domain::Action;
use support::numbers::Numbers;

/// Bytes of addresses that a study may take.
const MOST: u64 = 8 << 30;

/// The limit, or a small number.
fn size(n: &mut Numbers, limit: usize) -> usize {
    if n.below(2) == 0 { limit } else { n.below(3).min(limit) }
}

fn ids(letter: char, n: usize) -> Vec<String> {
    (0..n).map(|k| format!("{letter}{k}")).collect()
}

fn quoted(ids: &[String]) -> String {
    ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ")
}

/// A scenario with each of the documented limits reached or not.
fn scenario(seed: u64) -> String {
    let n = &mut Numbers(seed);
    let mut text = String::new();
    let (parties, mediators) = (ids('p', 2 + size(n, 14)), ids('m', size(n, 16)));
    let rounds = if n.below(2) == 0 { 200 } else { 1 + n.below(6) };
    let _ = writeln!(
        text,
        "[scenario]\ntitle = \"At the limits\"\nstart = 2025-01-01\nrounds = {rounds}\nround_days = 1\nnormalise = true"
    );
    for p in &parties {
        let tactic = n.pick(&[
            "{ kind = \"linear\" }",
            "{ kind = \"tit-for-tat\" }",
            "{ kind = \"mixture\", parts = [{ kind = \"boulware\" }, { kind = \"hardliner\" }] }",
            "{ kind = \"resource\" }",
        ]);
        let _ = writeln!(text, "[party.{p}]\nalternative = {}\ntactic = {tactic}", n.below(60));
    }
    for m in &mediators {
        let style = Action::NAMES.map(|name| format!("{name} = 1")).join(", ");
        let _ = writeln!(text, "[mediator.{m}]\nstyle = {{ {style} }}\nleverage = \"high\"");
    }
    let tracks = ids('t', 1 + size(n, 7));
    let mut left = size(n, 64 - tracks.len());
    let mut items = Vec::new();
    for (k, t) in tracks.iter().enumerate() {
        let procedure = n.pick(&["item-by-item", "vote", "single-text", "alternating-offers"]);
        let more = match procedure {
            "alternating-offers" => {
                format!("steps = {}\noffers = \"{}\"\n", size(n, 199) + 1, n.pick(&["own-best", "closest"]))
            }
            _ => String::new(),
        };
        // A mediator sits at one table.
        let here: Vec<String> = mediators.iter().skip(k).step_by(tracks.len()).cloned().collect();
        let procedure = if procedure == "single-text" && here.is_empty() { "vote" } else { procedure };
        let _ = writeln!(
            text,
            "[track.{t}]\nseats = [{}]\nmediators = [{}]\nprocedure = \"{procedure}\"\n{more}",
            quoted(&parties),
            quoted(&here)
        );
        let here = 1 + if k + 1 == tracks.len() { left } else { n.below(left + 1) };
        left -= here - 1;
        // No more packages than can be numbered, and options as many as the procedure and a file of a mebibyte allow.
        let mut packages = 1 << 22;
        for _ in 0..here {
            let most = match procedure {
                "alternating-offers" => 254.min(packages),
                _ => 32,
            };
            let options = (2 + size(n, most.max(2) - 2)).min(600_000 / (64 * 10 * parties.len()));
            let options = if most < 2 { 1 } else { options.max(2) };
            packages /= options;
            let i = format!("i{}", items.len());
            let _ = writeln!(text, "[item.{i}]\ntrack = \"{t}\"\n[item.{i}.option]");
            for o in 0..options {
                let points: Vec<String> = parties.iter().map(|p| format!("{p} = {}", n.below(30))).collect();
                let exposes =
                    format!(", exposes = {{ {} = {{ to = \"{}\", risk = 2 }} }}", parties[0], parties[1]);
                let exposes = if n.below(8) == 0 { exposes } else { String::new() };
                let _ = writeln!(text, "o{o} = {{ {}{exposes} }}", points.join(", "));
            }
            items.push((i, t.clone()));
        }
    }
    for k in 0..size(n, 64) {
        let (item, track) = &items[k % items.len()];
        let seals = if k < items.len() { format!("seals = [\"{item}\"]\n") } else { String::new() };
        let _ = writeln!(
            text,
            "[instrument.n{k}]\ntrack = \"{track}\"\n{seals}phases = 8\nprovides = [\"ceasefire\", \"verification\"]"
        );
    }
    let fronts = ids('f', size(n, 32));
    for f in &fronts {
        let _ = writeln!(
            text,
            "[front.{f}]\nholder = \"p0\"\nintensity = \"clashes\"\nbelligerents = [\"p0\", \"p1\"]"
        );
    }
    for k in 0..size(n, 16) {
        let _ = writeln!(text, "[spoiler.s{k}]\nkind = \"greedy\"\nodds = 0.3\nvictim = \"p0\"");
    }
    let backers = ids('b', size(n, 16));
    for (k, b) in backers.iter().enumerate() {
        let _ = writeln!(text, "[backer.{b}]\nsupports = \"p{}\"", k % parties.len());
    }
    if let Some(b) = backers.first() {
        for k in 0..size(n, 16) {
            let _ = writeln!(text, "[observer.o{k}]\nwatches = [\"backer.{b}\"]\nodds = 0.5");
        }
    }
    for k in 0..size(n, 128) {
        let _ = writeln!(
            text,
            "[event.e{k}]\nodds = 0.1\nrepeats = true\neffect = [\"party.p{}.pressure += 1\"]",
            k % parties.len()
        );
    }
    for k in 0..size(n, 32) {
        let _ = writeln!(text, "[outcome.u{k}]\nwhen = \"count(item.*.settled) > {k}\"");
    }
    for k in 0..size(n, 32) {
        let _ =
            writeln!(text, "[reward.r{k}]\ncounts = [{{ when = \"round >= {}\", add = 1 }}]", 1 + k % rounds);
    }
    for k in 0..size(n, 64) {
        let p = &parties[k % parties.len()];
        let _ = writeln!(text, "[what-if.w{k}]\nset = {{ \"party.{p}.alternative\" = {} }}", 70 + k % 20);
    }
    for k in 0..size(n, 64) {
        let _ = writeln!(
            text,
            "[property.v{k}]\nnever = \"party.p{}.pressure == very-high and round > {k}\"",
            k % parties.len()
        );
    }
    for k in 0..size(n, 256) {
        let _ = writeln!(
            text,
            "[[history]]\ndate = 2025-01-01\nthat = \"item.{}.settled\"",
            items[k % items.len()].0
        );
    }
    let ranges = size(n, parties.len());
    if ranges > 0 {
        text += "[ranges]\n";
        for p in &parties[..ranges] {
            let _ = writeln!(text, "\"party.{p}.alternative\" = [0, 100]");
        }
    }
    text
}

/// Every study, as small as it can be made: what a scenario takes is what is asked here, not what many runs do.
const STUDIES: [&[&str]; 12] = [
    &["check"],
    &["run", "--detail", "full"],
    &["ensemble", "--runs", "2"],
    &["what-if", "--runs", "2"],
    &["backtest", "--runs", "2"],
    &["sensitivity", "--method", "tornado", "--runs", "2"],
    &["analyze", "--runs", "2"],
    &["exact", "--max-states", "500"],
    &["exact"],
    &["verify", "--max-states", "500"],
    &["resolve", "--agent", "p0"],
    &["sheets"],
];

/// Seconds after which somebody who has asked a study to stop asks again: one run at the limits can take seconds, on a busy machine many.
const AGAIN: u32 = 60;

/// A study within so many bytes of addresses and a time that only what never ends takes; then it is asked to stop, and asked again.
fn study(words: &[&str], file: &Path, bytes: u64, seconds: u32) -> Output {
    let script = format!(
        "ulimit -v {}; exec timeout -s INT {} timeout -s INT {seconds} \"$@\"",
        bytes / 1024,
        seconds + AGAIN
    );
    let mut command = Command::new("bash");
    command
        .args(["-c", &script, "study", env!("CARGO_BIN_EXE_baraza"), words[0]])
        .arg(file)
        .args(&words[1..]);
    command.output().expect("there is a shell")
}

/// Plays every study of a scenario; each is done, refused in words, or stopped by request.
fn try_out(seed: u64, seconds: u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("limits.toml");
    std::fs::write(&file, scenario(seed)).expect("written");
    for words in STUDIES {
        let output = study(words, &file, MOST, seconds);
        let said = String::from_utf8_lossy(&output.stderr);
        let told = |code: i32| matches!(code, 0..=3) || matches!(code, 124 | 130);
        assert!(
            output.status.code().is_some_and(told) && !said.contains("panicked"),
            "scenario {seed}, {words:?}: {} {said}",
            output.status
        );
        let refused = output.status.code().is_some_and(|c| matches!(c, 1..=3));
        assert!(
            !refused || !said.trim().is_empty() || !output.stdout.is_empty(),
            "scenario {seed}, {words:?}: no reason"
        );
    }
}

#[test]
fn studies_at_the_limits_are_done_or_refused() {
    try_out(0, 1);
}

/// A turn of open decisions that goes very many ways takes no more than there is, and is refused in words.
#[test]
fn open_decisions_keep_to_the_room_within_a_turn() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("limits.toml");
    std::fs::write(&file, scenario(2)).expect("written");
    let output = study(&["resolve", "--agent", "p0"], &file, 1 << 30, 600);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{} {said}", output.status);
    assert!(said.contains("too large: "), "{said}");
}

/// With as many what-ifs as there may be, what that will take is said while it can still be stopped.
#[test]
fn many_what_ifs_say_beforehand_what_they_will_take() {
    let most = (0..).map(scenario).find(|text| text.contains("[what-if.w63]")).expect("some have as many");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("limits.toml");
    std::fs::write(&file, most).expect("written");
    let script = format!("ulimit -v {}; exec \"$@\"", MOST / 1024);
    let mut child = Command::new("bash")
        .args(["-c", &script, "study", env!("CARGO_BIN_EXE_baraza"), "what-if"])
        .arg(&file)
        .args(["--runs", "4000000000"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("there is a shell");
    let said = BufReader::new(child.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
    let found: Vec<String> = said.take_while(|line| !line.contains("minutes")).collect();
    let still = child.try_wait().expect("it can be asked").is_none();
    let _ = child.kill();
    let _ = child.wait();
    assert!(still, "it ended without a word about how long it takes: {found:?}");
}

#[test]
#[ignore = "takes many minutes"]
fn many_studies_at_the_limits_are_done_or_refused() {
    // Seconds for a study: what goes on without an end is stopped then, by request.
    let seconds = std::env::var("LIMITS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(60);
    let first = std::env::var("LIMITS_FROM").ok().and_then(|s| s.parse().ok()).unwrap_or(2);
    for seed in first..60 {
        try_out(seed, seconds);
        println!("scenario {seed}: every study done, refused in words or stopped by request");
    }
}
