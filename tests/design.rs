//! `baraza design` from outside: cells are what `ensemble` plays, parts are the whole, and nothing is lost or taken for something else.

use std::fs;
use std::path::Path;
use std::process::{Command as Shell, Output};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";
const ELDERS: &str = "scenarios/tutorial/2-mediator.toml";

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The exit code and what was said on standard error, lines joined.
fn refused(args: &[&str]) -> (Option<i32>, String) {
    let output = run(args);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code(), said.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&printed(&[args, &["--json"]].concat())).expect("JSON")
}

/// The rows of a table of a document, by the names of its columns.
fn rows(document: &Value, table: &str) -> Vec<Vec<Value>> {
    let rows = document["tables"][table]["rows"].as_array().expect("rows");
    rows.iter().map(|row| row.as_array().expect("a row").clone()).collect()
}

/// The share and the interval of an outcome in a cell of a design.
fn share(document: &Value, cell: u64, outcome: &str) -> [f64; 3] {
    let of = rows(document, "estimates");
    let row = of.iter().find(|r| r[0] == cell && r[1] == "outcome" && r[2] == outcome).expect("a row");
    [4, 5, 6].map(|k| row[k].as_f64().expect("a number"))
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
fn a_cell_is_the_ensemble_with_its_changes() {
    let folder = TempDir::new().expect("a folder");
    let table = "what_if,party.lowlands.audience,spoiler.raiders.odds\n,,\nno-monitors,low,\nno-monitors+neighbour-yields,,0.5\n";
    let cells = write(&folder, "cells.csv", table);
    let design = json(&[
        "design",
        FORD,
        "--cells",
        &cells,
        "--runs",
        "200",
        "--seed",
        "9",
        "--set",
        "front.ford.intensity=heavy",
    ]);
    let changes: [&[&str]; 3] = [
        &[],
        &["--what-if", "no-monitors", "--set", "party.lowlands.audience=low"],
        &["--what-if", "no-monitors+neighbour-yields", "--set", "spoiler.raiders.odds=0.5"],
    ];
    for (cell, change) in (0..).zip(changes) {
        let whole = [
            &["ensemble", FORD, "--runs", "200", "--seed", "9", "--set", "front.ford.intensity=heavy"],
            change,
        ];
        let ensemble = json(&whole.concat());
        for row in rows(&ensemble, "outcomes") {
            let id = row[0].as_str().expect("an id");
            let expected = [3, 4, 5].map(|k| row[k].as_f64().expect("a number"));
            assert_eq!(share(&design, cell, id), expected, "cell {cell}, {id}");
        }
    }
    assert_ne!(
        share(&design, 0, "peace-holding"),
        share(&design, 1, "peace-holding"),
        "they are other worlds"
    );
}

#[test]
fn points_lie_in_the_ranges_and_levers_meet_all_of_them() {
    let list = printed(&["design", FORD, "--sample", "lhs", "--points", "8", "--levers", "each", "--list"]);
    let mut table = csv::Reader::from_reader(list.as_bytes());
    let names = table.headers().expect("names").clone();
    let column = |name: &str| names.iter().position(|n| n == name).expect("a column");
    let records: Vec<csv::StringRecord> = table.records().map(|r| r.expect("a row")).collect();
    assert_eq!(records.len(), 8 * 4, "no what-if and each of three");
    let odds = column("spoiler.raiders.odds");
    for point in records.chunks(4) {
        let value: f64 = point[0][odds].parse().expect("a number");
        assert!((0.15..0.6).contains(&value));
        assert!(point.iter().all(|cell| cell[odds] == point[0][odds]), "one point under four levers");
        let levers: Vec<&str> = point.iter().map(|cell| &cell[1]).collect();
        assert_eq!(levers, ["", "raiders-included", "no-monitors", "neighbour-yields"]);
    }
    let factorial = ["design", FORD, "--sample", "factorial", "--steps", "3", "--only", "backer.*", "--list"];
    assert_eq!(printed(&factorial).lines().count(), 1 + 9);
}

/// A list of cells given back as a table plays the same.
#[test]
fn a_list_of_cells_is_a_table_of_cells() {
    let folder = TempDir::new().expect("a folder");
    let sampled = ["design", FORD, "--sample", "sobol", "--points", "4", "--seed", "3"];
    let cells = write(&folder, "cells.csv", &printed(&[&sampled[..], &["--list"]].concat()));
    let one = json(&[&sampled[..], &["--runs", "30"]].concat());
    let other = json(&["design", FORD, "--cells", &cells, "--seed", "3", "--runs", "30"]);
    assert_eq!(one["tables"], other["tables"]);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn merged_parts_give_the_bytes_of_the_whole() {
    let folder = TempDir::new().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let design = [
        "design",
        FORD,
        "--sample",
        "lhs",
        "--points",
        "5",
        "--levers",
        "each",
        "--runs",
        "40",
        "--measure",
        "round >= 12",
    ];
    let parts: Vec<String> = (1..=3)
        .map(|k| {
            let (part, out) = (format!("{k}/3"), place(&format!("part-{k}.json")));
            printed(&[&design[..], &["--part", &part, "--out", &out]].concat());
            out
        })
        .collect();
    let merge = ["merge", &parts[1], &parts[2], &parts[0]];
    for more in [&[][..], &["--json"]] {
        assert_eq!(printed(&[&merge[..], more].concat()), printed(&[&design[..], more].concat()));
    }
    let forms = |name: &str| {
        let [csv, html, table] = ["csv", "html", "table"].map(|form| place(&format!("{name}-{form}")));
        (
            csv.clone(),
            [
                "--csv".to_owned(),
                csv,
                "--html".into(),
                html,
                "--table".into(),
                table,
                "--level".into(),
                "0.9".into(),
            ],
        )
    };
    let ((one, merged), (two, whole)) = (forms("merged"), forms("whole"));
    printed(&[&merge[..], &merged.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    printed(&[&design[..], &whole.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    assert_eq!(
        names(Path::new(&one)),
        ["cells.csv", "datapackage.json", "estimates.csv", "manifest.json", "settings.csv"]
    );
    for name in names(Path::new(&one)) {
        let text = |folder: &str| fs::read(Path::new(folder).join(&name)).expect("readable");
        assert_eq!(text(&one), text(&two), "{name}");
    }
    for form in ["html", "table"] {
        let text = |name: &str| fs::read(place(&format!("{name}-{form}"))).expect("readable");
        assert_eq!(text("merged"), text("whole"), "{form}");
    }
}

#[test]
fn what_is_no_whole_design_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let part = |name: &str, part: &str, more: &[&str]| {
        let out = place(name);
        let design = ["design", ELDERS, "--levers", "pairs", "--part", part, "--out", &out];
        printed(&[&design[..], more].concat());
        out
    };
    let [one, two, three] =
        [1, 2, 3].map(|k| part(&format!("{k}.json"), &format!("{k}/3"), &["--runs", "20"]));
    let half = part("half.json", "1/2", &["--runs", "20"]);
    let seed = part("seed.json", "3/3", &["--runs", "20", "--seed", "2"]);
    let twenty = part("runs.json", "3/3", &["--runs", "21"]);
    let damaged = place("damaged.json");
    let text = fs::read_to_string(&three).expect("readable").replacen("\"runs\":20", "\"runs\":21", 1);
    fs::write(&damaged, text).expect("written");
    let cases: [(&[&str], &str); 6] = [
        (&[&one, &three], "cells are missing: cells 2 to 3"),
        (&[&one, &two], "cells are missing: cells 4 to 6"),
        (&[&one, &half, &two, &three], "overlap: both hold"),
        (&[&one, &two, &seed], "seed is 2"),
        (&[&one, &two, &twenty], "number of runs a cell is 21"),
        (&[&one, &two, &damaged], "damaged"),
    ];
    for (parts, says) in cases {
        let (code, said) = refused(&[&["merge"], parts].concat());
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(says), "{said}");
    }
    let (code, said) = refused(&["merge", &one, &two, &three, "--runs", "20"]);
    assert!(code == Some(2) && said.contains("--runs is for parts of an ensemble"), "{said}");
}

#[test]
fn a_finished_part_is_kept_and_another_file_refused() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("part.json").display().to_string();
    let design = ["design", ELDERS, "--levers", "each", "--runs", "20", "--part", "2/2", "--out", &out];
    printed(&design);
    let before = fs::read(&out).expect("readable");
    assert!(printed(&design).contains("already and is kept"));
    // Not even the scenario is read.
    let skipped = ["design", "gone.toml", "--part", "2/2", "--out", &out, "--skip-existing"];
    assert!(printed(&skipped).contains("is there already and is kept"));
    let (code, said) = refused(&[&design[..], &["--seed", "8"]].concat());
    assert!(code == Some(3) && said.contains("its seed is 1, not 8"), "{said}");
    assert_eq!(fs::read(&out).expect("readable"), before);
    fs::write(&out, "something else").expect("written");
    let (code, said) = refused(&[&design[..], &["--skip-existing"]].concat());
    assert!(code == Some(3) && said.contains("this is no part of a design"), "{said}");
    assert_eq!(fs::read_to_string(&out).expect("readable"), "something else");
}

#[test]
fn mistakes_are_told_with_the_row_and_a_caret() {
    let folder = TempDir::new().expect("a folder");
    let cases = [
        ("party.lowlands.audience\nlow\nhuge\n", 1, "cell 1 (row 2 of ", "party.lowlands.audience=huge"),
        ("party.nobody.audience\nlow\n", 1, "cell 0 (row 1 of ", "nobody"),
        ("party.lowlands.audience,x\nlow\n", 2, "line 2: it has 1 cells, the first line 2", ""),
        ("what_if\nno-monitor\n", 2, "no what-if `no-monitor`", "no-monitors"),
    ];
    for (k, (table, code, says, shows)) in cases.into_iter().enumerate() {
        let cells = write(&folder, &format!("{k}.csv"), table);
        let (exit, said) = refused(&["design", FORD, "--cells", &cells, "--runs", "5"]);
        assert_eq!(exit, Some(code), "{said}");
        assert!(said.contains(says) && said.contains(shows), "{said}");
    }
    for (args, says) in [
        (&["--runs", "5"][..], "nothing is varied"),
        (&["--lever", "no-monitor"], "no-monitors"),
        (&["--levers", "each", "--part", "9/9", "--out", "never.json"], "the design has 4 cells"),
        (&["--sample", "factorial", "--steps", "9"], "choose with --only"),
        (&["--cells", "x.csv", "--sample", "lhs"], "cannot be used with"),
    ] {
        let (exit, said) = refused(&[&["design", FORD], args].concat());
        assert!(exit == Some(2) && said.contains(says), "{said}");
    }
}

#[test]
fn the_rows_of_runs_are_those_of_ensembles() {
    let folder = TempDir::new().expect("a folder");
    let [mine, theirs] =
        ["mine.csv", "theirs.csv"].map(|name| folder.path().join(name).display().to_string());
    printed(&[
        "design",
        FORD,
        "--lever",
        "no-monitors",
        "--runs",
        "12",
        "--measure",
        "round >= 12",
        "--each-run",
        &mine,
    ]);
    printed(&[
        "ensemble",
        FORD,
        "--what-if",
        "no-monitors",
        "--runs",
        "12",
        "--measure",
        "round >= 12",
        "--each-run",
        &theirs,
    ]);
    let read = |path: &str| fs::read_to_string(path).expect("readable");
    let (mine, theirs) = (read(&mine), read(&theirs));
    assert_eq!(mine.lines().count(), 1 + 2 * 12);
    let mut lines = mine.lines();
    assert_eq!(lines.next(), Some(format!("cell,{}", theirs.lines().next().expect("names")).as_str()));
    let second: Vec<&str> = lines.filter_map(|line| line.strip_prefix("1,")).collect();
    assert_eq!(second, theirs.lines().skip(1).collect::<Vec<_>>());
}

/// A program on the path that plays the part of a cluster's scheduler: it runs every task of an array at once, as a job's own shell.
const SBATCH: &str = r#"#!/bin/sh
set -eu
echo "$*" >> sbatch.log
array='' wrap=''
while [ $# -gt 0 ]; do
    case $1 in
        --array=1-*) array=${1#--array=1-} ;;
        --wrap) shift; wrap=$1 ;;
    esac
    shift
done
if [ -n "$array" ]; then
    k=1
    while [ "$k" -le "$array" ]; do SLURM_ARRAY_TASK_ID=$k sh -c "$wrap" >> tasks.log; k=$((k + 1)); done
else
    sh -c "$wrap" > merged.txt
fi
echo "4711;cluster"
"#;
const HQ: &str = r#"#!/bin/sh
set -eu
echo "$*" >> hq.log
array=0
while [ "$1" != -- ]; do
    [ "$1" != --array ] || array=${2#1-}
    shift
done
shift
k=1
while [ "$k" -le "$array" ]; do HQ_TASK_ID=$k "$@" >> tasks.log; k=$((k + 1)); done
"#;

/// The scripts run as they are, and the merged answer is that of the whole, word for word.
#[cfg(unix)]
#[test]
fn a_job_array_plays_the_design() {
    use std::os::unix::fs::PermissionsExt;
    for (scheduler, program, text) in [("slurm", "sbatch", SBATCH), ("hq", "hq", HQ)] {
        let folder = TempDir::new().expect("a folder");
        // A name that every shell on the way would split.
        let file = "the ford's talks.toml";
        fs::copy(FORD, folder.path().join(file)).expect("copied");
        let path = write(&folder, program, text);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made a program");
        let baraza = assert_cmd::cargo::cargo_bin("baraza");
        let bin = baraza.parent().expect("a folder").display();
        let path = format!("{}:{bin}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
        let shell = |line: &str| {
            let mut shell = Shell::new("sh");
            let output = shell
                .args(["-c", line])
                .current_dir(folder.path())
                .env("PATH", &path)
                .output()
                .expect("a shell");
            assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        let design = format!("baraza design \"{file}\" --levers each --runs 20 --measure 'round >= 12'");
        shell(&format!(
            "{design} --script {scheduler} --parts 3 --folder 'my parts' --csv 'all tables' > design.sh"
        ));
        if Shell::new("shellcheck").arg("--version").output().is_ok() {
            shell("shellcheck design.sh");
        }
        let told = shell("sh design.sh");
        assert_eq!(names(&folder.path().join("my parts")), ["part-1.json", "part-2.json", "part-3.json"]);
        let merged = fs::read_to_string(folder.path().join("merged.txt")).unwrap_or(told);
        assert_eq!(merged, shell(&design), "{scheduler}");
        assert!(folder.path().join("all tables/estimates.csv").exists());
        if scheduler == "slurm" {
            let log = fs::read_to_string(folder.path().join("sbatch.log")).expect("readable");
            assert!(
                log.contains("--array=1-3 --requeue") && log.contains("--dependency=afterok:4711 "),
                "{log}"
            );
        }
    }
}
