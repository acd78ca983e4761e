//! `baraza discover` from outside: a table in, boxes and leaves in every form out.

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const TABLE: &str = "tests/designs/ford.csv";

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_design_leads_to_boxes() {
    let folder = TempDir::new().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (html, svg) = (place("boxes.html"), place("svg"));
    let asked = ["discover", TABLE, "--of", "outcome.signed-then-broken >= 0.3", "--density", "0.9"];
    let text = printed(&[&asked[..], &["--html", &html, "--svg", &svg]].concat());
    assert!(text.contains("Above all with"), "{text}");
    let document: Value = serde_json::from_str(&printed(&[&asked[..], &["--json"]].concat())).expect("JSON");
    assert_eq!(document["format"], "baraza-discovery/1");
    let boxes = document["tables"]["boxes"]["rows"].as_array().expect("rows");
    // Columns: number, step, rows, of interest, coverage, density.
    let first = &boxes[0];
    let [rows, hits] = [2, 3].map(|k| first[k].as_f64().expect("a number"));
    assert!((first[5].as_f64().expect("a number") - hits / rows).abs() < 1e-12);
    assert!(hits / rows >= 0.9, "{first}");
    let page = fs::read_to_string(html).expect("readable");
    assert!(page.contains("quasi-p") && page.contains("baraza discover"));
    assert_eq!(fs::read_dir(svg).expect("a folder").count(), boxes.len());
}

#[test]
fn what_makes_no_sense_is_refused_with_the_nearest() {
    for (args, says) in [
        (&["--of", "outcome.colapse > 0"][..], "`outcome.collapse`"),
        (&["--of", "outcome.collapse"], "write COLUMN, a comparison"),
        (&["--of", "outcome.collapse > 0", "--only", "nothing.*"], "choose some with --only"),
        (&["--of", "outcome.collapse > 0", "--mass", "0.7"], "below 0.5"),
    ] {
        let output = run(&[&["discover", TABLE], args].concat());
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(output.status.code() == Some(2) && said.contains(says), "{said}");
    }
}
