//! Tables with a row a run and a row a pair: in order, the same on any number of threads and however they are cut into parts.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";
const MEASURE: [&str; 2] = ["--measure", "front.ford.intensity >= heavy"];

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn place(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn text(path: &str) -> String {
    fs::read_to_string(path).expect("it is written")
}

/// Computes a part with the table of its runs; the text of the table.
fn part(folder: &TempDir, [from, to]: [&str; 2], more: &[&str]) -> String {
    let (shard, table) = (place(folder, &format!("{from}.json")), place(folder, &format!("{from}.csv")));
    let args = ["ensemble", FORD, "--from", from, "--to", to, "--out", &shard, "--each-run", &table];
    printed(&[&args[..], &MEASURE, more].concat());
    text(&table)
}

#[test]
fn tables_of_parts_one_after_another_are_the_table_of_the_whole() {
    let folder = TempDir::new().expect("a folder");
    let whole = place(&folder, "whole.csv");
    printed(&[&["ensemble", FORD, "--runs", "400", "--each-run", &whole], &MEASURE[..]].concat());
    let whole = text(&whole);
    let parts = [(["0", "1"], "1"), (["1", "150"], "3"), (["150", "400"], "2")];
    let parts = parts.map(|(runs, threads)| part(&folder, runs, &["--threads", threads]));
    let (head, rows) = whole.split_once('\n').expect("a head");
    let mut joined = String::new();
    for part in &parts {
        let (own, rows) = part.split_once('\n').expect("a head");
        assert_eq!(own, head);
        joined += rows;
    }
    assert_eq!(joined, rows);
    assert_eq!(rows.lines().count(), 400);
}

#[test]
fn a_part_that_is_there_gets_its_table_and_one_that_fits_is_kept() {
    let folder = TempDir::new().expect("a folder");
    let (shard, table) = (place(&folder, "part.json"), place(&folder, "part.csv"));
    let part = ["ensemble", FORD, "--from", "10", "--to", "60", "--out", &shard];
    let both = [&part[..], &["--each-run", &table]].concat();
    printed(&part);
    // The counts are there: only the rows are made.
    assert!(printed(&both).contains("is kept"));
    let rows = text(&table);
    assert!(rows.lines().nth(1).is_some_and(|row| row.starts_with("10,")), "{rows}");
    let again = run(&both);
    assert!(again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("holds these rows already"));
    // Any other file stays as it is, be it cut short or longer.
    let last = rows.trim_end().rfind('\n').expect("rows") + 1;
    for other in [rows[..last].to_owned(), format!("{rows}60,"), rows.replacen(",", ";", 1)] {
        fs::write(&table, &other).expect("it is written");
        assert_eq!(run(&both).status.code(), Some(3));
        assert_eq!(text(&table), other);
    }
    printed(&[&both[..], &["--force"]].concat());
    assert_eq!(text(&table), rows);
}

#[test]
fn a_place_that_cannot_be_written_is_refused_before_the_part_is_computed() {
    let folder = TempDir::new().expect("a folder");
    let (shard, table) = (place(&folder, "part.json"), place(&folder, "none/part.csv"));
    let args = ["ensemble", FORD, "--to", "60", "--out", &shard, "--each-run", &table];
    assert_eq!(run(&args).status.code(), Some(3));
    assert!(!Path::new(&shard).exists());
    let args = ["ensemble", FORD, "--to", "60", "--out", &shard, "--each-run", &shard];
    assert_eq!(run(&args).status.code(), Some(2), "two outputs in one place");
}

/// The table of pairs of a study, and its document.
fn pairs(folder: &TempDir, name: &str, more: &[&str]) -> (String, Value) {
    let table = place(folder, name);
    let args = ["what-if", FORD, "--runs", "300", "--json", "--each-pair", &table];
    let told = printed(&[&args[..], &MEASURE, more].concat());
    (text(&table), serde_json::from_str(&told).expect("JSON"))
}

#[test]
fn every_pair_is_a_row_and_rows_add_up_to_the_study() {
    let folder = TempDir::new().expect("a folder");
    let (one, told) = pairs(&folder, "one.csv", &["--threads", "1"]);
    assert_eq!(one, pairs(&folder, "three.csv", &["--threads", "3"]).0);
    let mut reader = csv::Reader::from_reader(one.as_bytes());
    let rows: Vec<HashMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    let answers = told["answers"].as_array().expect("answers");
    assert!(answers.len() > 1);
    assert_eq!(rows.len(), 300 * answers.len());
    assert!(
        rows.iter().enumerate().all(|(k, row)| row["run"] == (k / answers.len()).to_string()),
        "in order"
    );
    for answer in answers {
        let effect = &answer["effect"];
        let own: Vec<_> = rows.iter().filter(|row| effect["id"] == row["what_if"].as_str()).collect();
        assert_eq!(own.len(), 300, "{}", effect["id"]);
        let count = |is: &dyn Fn(&HashMap<String, String>) -> bool| own.iter().filter(|row| is(row)).count();
        assert_eq!(effect["flipped"], count(&|row| row["outcome_as_is"] != row["outcome_changed"]));
        assert_eq!(effect["parted"], count(&|row| !row["parted_round"].is_empty()));
        let share = |n: usize| n as f64 / 300.0;
        for outcome in effect["outcomes"].as_array().expect("outcomes") {
            for (world, column) in [("baseline", "outcome_as_is"), ("changed", "outcome_changed")] {
                let counted = share(count(&|row| outcome["id"] == row[column].as_str()));
                assert!((outcome[world].as_f64().expect("a share") - counted).abs() < 1e-9, "{outcome}");
            }
        }
        for (held, column) in [("ever", "measure_1_ever_changed"), ("last", "measure_1_last_changed")] {
            let counted = share(count(&|row| row[column] == "1"));
            let told = effect["measures"][0][held]["changed"].as_f64().expect("a share");
            assert!((told - counted).abs() < 1e-9, "{held}: {told}, {counted}");
        }
    }
    // A pair is the two runs that it is made of.
    for row in rows.iter().step_by(211) {
        for (column, more) in [("outcome_as_is", None), ("outcome_changed", Some(row["what_if"].as_str()))] {
            let mut args = vec!["run", FORD, "--json", "--run", &row["run"]];
            args.extend(more.iter().flat_map(|id| ["--what-if", id]));
            let alone: Value = serde_json::from_str(&printed(&args)).expect("JSON");
            assert_eq!(alone["end"]["outcome"], row[column].as_str(), "{row:?}");
        }
    }
}

#[test]
fn changes_of_the_command_line_have_rows_that_no_spreadsheet_runs() {
    let folder = TempDir::new().expect("a folder");
    let (table, _) = pairs(&folder, "own.csv", &["--set", "front.ford.intensity=quiet", "--excel"]);
    assert!(table.starts_with("\u{feff}run,what_if,outcome_as_is,outcome_changed,parted_round"));
    assert!(table.lines().skip(1).all(|row| row.split(',').nth(1) == Some("'--set")), "{table}");
    assert_eq!(
        run(&["what-if", FORD, "no-monitors", "--pair", "3", "--each-pair", "x.csv"]).status.code(),
        Some(2)
    );
}
