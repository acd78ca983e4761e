//! Nothing of a file reaches the terminal raw, by whatever command and on whichever stream; nor does it pass into drawings and
//! pages what others obey.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A scenario every text of which carries something that a terminal would obey.
const HOSTILE: &str = r#"
[scenario]
title = "Talks \u001b]0;owned\u0007 \u001b[8m%%{init: {'theme':'forest'}}%%"
summary = "Sum\u202emary \u009b31m"
note = "Note \u001bc"
start = 2025-01-01
rounds = 2
[party.a]
name = "Anna \u001b[2J`x` <img src=x> &#x202e;"
note = "over\rwritten"
[party.b]
name = "Ben\u202e\u009b31m\u0085\u007f"
[mediator.m]
name = "Mia\u001b[1m\u200f"
[track.t]
title = "Track\u001b[2m"
seats = ["a", "b"]
mediators = ["m"]
[item.i]
track = "t"
title = "Item\u001b[3m"
[item.i.option]
x = { title = "X\u001b[4m", a = 100, b = 20 }
y = { title = "Y\u001b[5m", b = 100, a = 20 }
[instrument.n]
title = "Text\u001b[6m"
track = "t"
seals = ["i"]
[event.e]
title = "Event\u001b[7m\b\b"
when = "round == 1"
effect = ["party.a.weariness += 1"]
[outcome.o]
title = "Outcome\u001b[7m"
when = "instrument.n.signed"
[reward.r]
title = "Reward\u001b[8m"
unit = "Unit\u001b[9m"
counts = [{ add = 1 }]
[what-if.w]
title = "What\u001b[10m"
question = "Question\u001b[11m"
set = { "party.a.alternative" = 10 }
[property.p]
title = "Property\u001b[12m"
never = "item.i.state == breached"
[ranges]
"party.a.alternative" = [0, 60]
[[history]]
date = 2025-01-05
title = "History\u001b[13m"
source = "Source\u001b[14m"
that = "item.i.settled"
[exercise]
briefing = "Brief\u001b[15m\u2067"
discuss = [{ question = "D\u001b[16m", look_for = "L\u001b[17m" }]
[exercise.predict.q]
question = "Asked\u001b[18m"
that = "item.i.settled"
[exercise.sheet.a]
text = "Sheet\u001b[19m"
hints = ["Hint\u001b[20m"]
"#;

fn baraza(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::cargo_bin("baraza").expect("built");
    command.current_dir(folder).args(arguments).write_stdin(input).output().expect("it ran")
}

/// A text without the codes of styles.
fn unstyled(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(part.len());
        if !part[end..].starts_with('m') {
            out.push_str("\x1b[");
        }
        out.push_str(part[end..].strip_prefix('m').unwrap_or(part));
    }
    out
}

/// Whether something in a text is obeyed and not seen; written out anew, so as not to ask the code under test.
fn obeyed(text: &str) -> Option<char> {
    let mark = |c: char| matches!(u32::from(c), 0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069);
    text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t') || mark(*c))
}

fn seen(what: &str, text: &str, styled: bool) {
    let text = if styled { unstyled(text) } else { text.to_owned() };
    if let Some(c) = obeyed(&text) {
        let at = text.find(c).unwrap_or(0);
        let from = text[..at].char_indices().rev().nth(60).map_or(0, |(k, _)| k);
        panic!("{what}: {c:?} after {:?}", &text[from..at]);
    }
}

fn hostile(folder: &Path) {
    fs::write(folder.join("h.toml"), HOSTILE).expect("written");
    fs::write(folder.join("typed.toml"), "[scenario]\ntitle = 1 # \u{9b}31m \u{1b}]0;owned\u{1b}\\\n")
        .expect("written");
    fs::write(folder.join("keyed.toml"), "[party.\"\\u009b31m\\u202e\\u001b\"]\n\"\\u0007\" = 1\n")
        .expect("written");
}

#[test]
fn no_command_prints_what_a_terminal_obeys() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    hostile(here);
    let play = "state\nitems\nwhy\nsheet\nhint\nhistory\npredict\n\u{1b}[31m\nnonsense\u{202e}\nauto all\npredictions\nquit\n";
    let commands: &[(&[&str], &str)] = &[
        (&["check", "h.toml", "typed.toml", "keyed.toml"], ""),
        (&["check", "h.toml", "--format", "json"], ""),
        (&["check", "keyed.toml", "--format", "json"], ""),
        (&["run", "typed.toml"], ""),
        (&["run", "h.toml", "--detail", "full", "--trace", "t.jsonl"], ""),
        (&["run", "h.toml", "--json"], ""),
        (&["run", "h.toml", "--set", "party.a.name=\u{1b}]0;x\u{7}"], ""),
        (&["run", "h.toml", "--set", "party.\u{1b}[1m.name=x"], ""),
        (&["run", "h.toml", "--what-if", "\u{9b}1m"], ""),
        (&["replay", "t.jsonl"], ""),
        (&["play", "h.toml", "--as", "a", "--session", "s.jsonl"], play),
        (&["play", "h.toml", "--as", "b", "--as", "m", "--session", "s2.jsonl"], "auto\nstate\nquit\n"),
        (&["play", "--resume", "s.jsonl"], "history\nquit\n"),
        (&["debrief", "s.jsonl", "--runs", "20"], ""),
        (&["debrief", "s.jsonl", "--runs", "20", "--json"], ""),
        (&["sheets", "h.toml"], ""),
        (&["sheets", "h.toml", "--format", "html"], ""),
        (&["ensemble", "h.toml", "--runs", "40"], ""),
        (&["ensemble", "h.toml", "--runs", "40", "--json"], ""),
        (&["ensemble", "h.toml", "--from", "0", "--to", "20", "--out", "p1.json"], ""),
        (&["ensemble", "h.toml", "--from", "20", "--to", "40", "--out", "p2.json"], ""),
        (&["merge", "p1.json", "p2.json"], ""),
        (&["what-if", "h.toml", "w", "--runs", "40"], ""),
        (&["what-if", "h.toml", "w", "--runs", "40", "--pair", "0"], ""),
        (&["sensitivity", "h.toml", "--runs", "20"], ""),
        (&["backtest", "h.toml", "--runs", "40"], ""),
        (&["exact", "h.toml"], ""),
        (&["exact", "h.toml", "--json"], ""),
        (&["resolve", "h.toml", "--agent", "a"], ""),
        (&["verify", "h.toml"], ""),
        (&["diagram", "h.toml"], ""),
        (&["diagram", "h.toml", "--format", "dot"], ""),
        (&["analyze", "h.toml"], ""),
        (&["analyze", "h.toml", "--json"], ""),
        (&["export", "h.toml", "--format", "genius", "--out", "genius"], ""),
        (&["import", "genius"], ""),
        (&["explain", "B0520"], ""),
    ];
    for (arguments, input) in commands {
        for colour in ["never", "always"] {
            let forced: Vec<&str> = ["--color", colour].iter().chain(*arguments).copied().collect();
            // What an earlier turn wrote is in the way of none of these outputs.
            for file in ["t.jsonl", "s.jsonl", "s2.jsonl", "p1.json", "p2.json"] {
                let written = arguments
                    .windows(2)
                    .any(|w| matches!(w[0], "--trace" | "--session" | "--out") && w[1] == file);
                if written {
                    let _ = fs::remove_file(here.join(file));
                }
            }
            let output = baraza(here, &forced, input);
            let told = [&output.stdout, &output.stderr].map(|b| String::from_utf8(b.clone()).expect("UTF-8"));
            assert!(!told.concat().contains("panicked"), "{arguments:?}: {}", told[1]);
            assert!(!told[1].contains("Usage:"), "{arguments:?}: {}", told[1]);
            for text in &told {
                seen(&format!("{arguments:?}"), text, colour == "always");
            }
            if arguments.contains(&"--json") {
                let json: Result<serde_json::Value, _> = serde_json::from_str(&told[0]);
                assert!(json.is_ok(), "{arguments:?}: {json:?}");
            }
        }
    }
}

#[test]
fn hidden_characters_are_shown_and_warned_of() {
    let folder = TempDir::new().expect("a folder");
    hostile(folder.path());
    let output = baraza(folder.path(), &["run", "h.toml"], "");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("\\u001b]0;owned\\u0007"), "{text}");
    let output = baraza(folder.path(), &["check", "h.toml"], "");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    let warned = text.matches("B0520").count();
    assert!(warned >= 20, "{warned} in {text}");
}

#[test]
fn written_files_hold_nothing_that_is_obeyed() {
    let folder = TempDir::new().expect("a folder");
    hostile(folder.path());
    let commands: &[&[&str]] = &[
        &["sheets", "h.toml", "--out", "md"],
        &["sheets", "h.toml", "--format", "html", "--out", "html"],
        &["ensemble", "h.toml", "--runs", "40", "--html", "e.html", "--csv", "csv", "--svg", "svg"],
        &["what-if", "h.toml", "w", "--runs", "40", "--html", "w.html"],
        &["backtest", "h.toml", "--runs", "40", "--html", "b.html"],
        &["design", "h.toml", "--levers", "each", "--runs", "40", "--html", "d.html"],
        &["analyze", "h.toml", "--html", "a.html"],
    ];
    for arguments in commands {
        let output = baraza(folder.path(), arguments, "");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let mut checked = 0;
    let folders = ["", "md", "html", "csv", "svg"].map(|f| folder.path().join(f));
    for file in folders.iter().flat_map(|f| fs::read_dir(f).expect("a folder")).flatten() {
        let path = file.path();
        if path.is_file() && path.extension().is_some_and(|e| e != "toml") {
            let text = fs::read_to_string(&path).expect("text");
            seen(&path.display().to_string(), &text, false);
            let drawn = path.extension().is_some_and(|e| e == "md" || e == "html" || e == "svg");
            assert!(!drawn || !text.contains("%%{"), "{}", path.display());
            checked += 1;
        }
    }
    assert!(checked >= 12, "{checked}");
}

#[test]
fn drawings_obey_no_title() {
    let folder = TempDir::new().expect("a folder");
    hostile(folder.path());
    let drawn = |format: &str| {
        let output = baraza(folder.path(), &["diagram", "h.toml", "--of", "all", "--format", format], "");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let mermaid = drawn("mermaid");
    assert!(!mermaid.contains("%%{") && !mermaid.contains("<img"), "{mermaid}");
    let dot = drawn("dot");
    assert!(!dot.contains("&#x202e;"), "{dot}");
}
