//! What is told where a scenario leaves little open, and where an agenda runs out.

use std::path::Path;

use assert_cmd::Command;

fn told(folder: &Path, text: &str, args: &[&str]) -> String {
    std::fs::write(folder.join("talks.toml"), text).expect("written");
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let output = command.current_dir(folder).args(args).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Talks of two parties, with what the second one refuses and more of the file.
fn talks(refuses: &str, more: &str) -> String {
    format!(
        r#"
[scenario]
title = "Talks"
start = 2030-01-01
rounds = 4
[party.a]
[party.b]
[track.t]
seats = ["a", "b"]
at_most = 1
[item.i]
track = "t"
title = "Water"
[item.i.option]
x = {{ a = 100, b = 0, red_line_of = [{refuses}] }}
y = {{ a = 0, b = 100, red_line_of = ["a"] }}
{more}
[dynamics]
bare = true
park = 0
"#
    )
}

#[test]
fn an_ensemble_whose_runs_end_alike_says_so_and_what_decides_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html").display().to_string();
    let args = ["ensemble", "talks.toml", "--runs", "200", "--html", &page];
    let text = told(folder.path(), &talks("\"b\"", ""), &args);
    assert!(text.contains("Nearly every run ends alike (>99%"), "{text}");
    assert!(text.contains("“Water” stays open in 100% of runs"), "{text}");
    assert!(text.contains("--outcome"), "{text}");
    assert!(std::fs::read_to_string(page).expect("written").contains("Nearly every run ends alike"));
    let json = |text: &str| -> serde_json::Value {
        let args = ["ensemble", "talks.toml", "--runs", "200", "--json"];
        serde_json::from_str(&told(folder.path(), text, &args)).expect("JSON")
    };
    let alike = json(&talks("\"b\"", ""))["alike"].clone();
    assert_eq!(alike["signed"], serde_json::json!([]));
    assert_eq!(alike["open"], serde_json::json!([{ "item": "i", "blocked_by": "b" }]));
    assert!(text.contains("with b against the closest option"), "{text}");
    assert!(text.contains(&format!("--outcome {}", alike["outcome"].as_str().expect("an id"))), "{text}");
    assert!(json(baraza::scenario::starter())["alike"].is_null());
    let open = told(folder.path(), baraza::scenario::starter(), &["ensemble", "talks.toml", "--runs", "200"]);
    assert!(!open.contains("ends alike"), "{open}");
}

#[test]
fn an_item_that_waited_for_nothing_but_its_turn_is_not_told_to_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let more = |requires: &str| {
        format!(
            "[item.j]\ntrack = \"t\"\ntitle = \"Bridge\"\nrequires = \"{requires}\"\n[item.j.option]\nx = {{ a = 0, b = 0 }}\n\
             z = {{ a = 0, b = 0 }}\n"
        )
    };
    let run = ["run", "talks.toml"];
    let waiting = told(folder.path(), &talks("\"b\"", &more("item.i.settled")), &run);
    assert!(waiting.contains("never tabled. It requires that “Water” is settled"), "{waiting}");
    let came =
        told(folder.path(), &talks("\"b\"", &more("round >= 2")).replace("rounds = 4", "rounds = 2"), &run);
    assert!(came.contains("What it requires had come about, but the talks ended before its turn"), "{came}");
}

#[test]
fn texts_of_other_encodings_are_told_for_what_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("talks.toml");
    let run = |bytes: &[u8]| {
        std::fs::write(&file, bytes).expect("written");
        let mut command = Command::cargo_bin("baraza").expect("it is built");
        let output = command.arg("check").arg(&file).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let text = baraza::scenario::starter();
    let mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    assert_eq!(run(&mark).0, Some(0), "{}", run(&mark).1);
    let windows = text.replace('\n', "\r\n").replace("   ", "\t");
    assert_eq!(run(windows.as_bytes()).0, Some(0), "{}", run(windows.as_bytes()).1);
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (code, said) = run(&wide);
    assert!(code == Some(3) && said.contains("UTF-16"), "{said}");
    let (code, said) = run(b"[scenario]\ntitle = \"Caf\xe9\"\n");
    assert!(code == Some(3) && said.contains("Latin-1"), "{said}");
}
