//! `baraza analyze`, `import` and `export` from outside.

mod support;

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use support::foreign::{GAME, GENIUS, GENIUSWEB, NEGMAS, NEGOLOG};

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn complaint(args: &[&str], code: i32) -> String {
    let output = run(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    said
}

fn folder(root: &Path, name: &str, files: &[(&str, &str)]) -> String {
    let folder = root.join(name);
    for (file, text) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder.display().to_string()
}

const ALL: [(&str, &[(&str, &str)]); 5] = [
    ("genius", &GENIUS),
    ("geniusweb", &GENIUSWEB),
    ("negmas", &NEGMAS),
    ("negolog", &NEGOLOG),
    ("scoreable", &GAME),
];

#[test]
fn every_format_is_analysed() {
    let root = tempfile::tempdir().expect("a folder");
    for (format, files) in ALL {
        let path = folder(root.path(), format, files);
        let text = printed(&["analyze", &path]);
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(text.contains("zone of possible agreement") && !text.contains('\u{1b}'));
        let document: Value = serde_json::from_str(&printed(&["analyze", &path, "--json"])).expect("JSON");
        assert_eq!(document["format"], "baraza-analysis/3");
        assert_eq!(document["source"], format);
        let board = &document["boards"][0];
        let by = board["zone"]["by_acceptance"].as_array().expect("counts");
        let sum: u64 = by.iter().filter_map(Value::as_u64).sum();
        assert_eq!(Some(sum), board["packages"].as_u64());
        assert_eq!(board["zone"]["packages"], *by.last().expect("one"));
        let points = board["frontier"]["list"].as_array().expect("points").len() as u64;
        assert_eq!(Some(points), board["frontier"]["points"].as_u64());
        // A file stands for the folder it is in.
        let file = format!("{path}/{}", files[0].0);
        assert_eq!(printed(&["analyze", &file, "--json"]), printed(&["analyze", &path, "--json"]));
    }
}

#[test]
fn every_format_becomes_a_scenario_that_plays() {
    let root = tempfile::tempdir().expect("a folder");
    // The integer and the real issue of the GENIUS domain: 21 values are an item, too.
    for (format, files) in ALL {
        let path = folder(root.path(), format, files);
        let scenario = root.path().join(format!("{format}.toml")).display().to_string();
        printed(&["import", &path, "--out", &scenario]);
        printed(&["check", &scenario, "--deny-warnings"]);
        printed(&["run", &scenario]);
        assert!(printed(&["ensemble", &scenario, "--runs", "200"]).contains("200 runs"));
        let text = std::fs::read_to_string(&scenario).expect("written");
        assert_eq!(printed(&["import", &path]), text);
        // Again it is refused.
        assert!(complaint(&["import", &path, "--out", &scenario], 3).contains("exists already"));

        // Utilities keep their proportions: who accepts how much is the same, up to what is said about rounding.
        let count = |path: &str| -> Value {
            let document: Value = serde_json::from_str(&printed(&["analyze", path, "--json"])).expect("JSON");
            document["boards"][0]["packages"].clone()
        };
        assert_eq!(count(&path), count(&scenario), "{format}");
    }
}

#[test]
fn scenarios_are_analysed_track_by_track() {
    for scenario in ["scenarios/doha-2025.toml", "scenarios/tutorial/2-mediator.toml"] {
        let text = printed(&["analyze", scenario]);
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
    let lesson = "scenarios/tutorial/1-two-parties.toml";
    let document = |args: &[&str]| -> Value {
        serde_json::from_str(&printed(&[&["analyze", lesson, "--json"], args].concat())).expect("JSON")
    };
    let open = document(&[]);
    assert_eq!(open["source"], Value::Null);
    // The Highlands need 40, the Lowlands 25: two thirds, day about.
    assert_eq!(open["boards"][0]["zone"]["packages"], 2);
    assert_eq!(open["boards"][0]["solutions"][0]["concept"], "nash");
    assert_eq!(open["boards"][0]["solutions"][0]["package"][0], "Day about");
    let closed = document(&["--set", "party.highlands.alternative=90"]);
    assert_eq!(closed["boards"][0]["zone"]["packages"], 0);
    let steps = closed["boards"][0]["zone"]["concessions"].as_array().expect("steps");
    assert_eq!(
        (steps[0]["party"].as_str(), steps[0]["amount"].as_f64()),
        (Some("The Highlands"), Some(10.0))
    );
    let proud = document(&["--what-if", "proud-highlands"]);
    assert_eq!(proud["boards"][0]["zone"]["packages"], 1);
}

#[test]
fn what_is_exported_comes_back() {
    let root = tempfile::tempdir().expect("a folder");
    for (format, files) in [ALL[0], ALL[1]] {
        let path = folder(root.path(), format, files);
        let out = root.path().join(format!("{format}-again")).display().to_string();
        let wrote = printed(&["export", &path, "--format", format, "--out", &out]);
        assert!(wrote.starts_with("Wrote 3 files"), "{wrote}");
        let boards = |path: &str| -> Value {
            let document: Value = serde_json::from_str(&printed(&["analyze", path, "--json"])).expect("JSON");
            document["boards"].clone()
        };
        assert_eq!(boards(&path), boards(&out));
        let said = complaint(&["export", &path, "--format", format, "--out", &out], 3);
        assert!(said.contains("exists already"), "{said}");
    }
    // What a format cannot say is told.
    let game = folder(root.path(), "game", &GAME);
    let out = root.path().join("game-genius").display().to_string();
    let output = run(&["export", &game, "--format", "genius", "--out", &out]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("decision rule") && said.contains("initial deal"),
        "{said}"
    );
}

#[test]
fn failures_have_their_exit_codes() {
    let root = tempfile::tempdir().expect("a folder");
    let empty = folder(root.path(), "empty", &[("notes.txt", "nothing")]);
    assert!(complaint(&["analyze", &empty], 1).contains("no negotiation domain"));
    assert!(complaint(&["analyze", "missing-folder"], 3).contains("no such file"));
    assert!(complaint(&["import", "missing-folder"], 3).contains("no such file"));
    let genius = folder(root.path(), "genius", &GENIUS);
    assert!(complaint(&["analyze", &genius, "--set", "a.b=1"], 2).contains("B0401"));
    assert!(complaint(&["analyze", &genius, "--parties", "a,zebra"], 1).contains("zebra"));
    assert!(complaint(&["analyze", "scenarios/doha-2025.toml", "--parties", "drc"], 2).contains("seats"));
    assert!(complaint(&["export", &genius, "--format", "klingon", "--out", "x"], 2).contains("geniusweb"));
    let large = GENIUS[0].1.replace("upperbound=\"4\"", "upperbound=\"999\"");
    let large = folder(root.path(), "large", &[("trip.xml", &large), GENIUS[1], GENIUS[2]]);
    assert!(complaint(&["import", &large], 1).contains("at most 254 options"));
    printed(&["analyze", &large]);
}

/// The tables of an analysis: every one is in the manifest with its rows, and figures agree with the JSON document.
#[test]
fn tables_agree_with_the_document() {
    let root = tempfile::tempdir().expect("a folder");
    let out = root.path().join("tables").display().to_string();
    let scenario = "scenarios/camp-david-1978.toml";
    let text = printed(&["analyze", scenario, "--runs", "200", "--json", "--csv", &out]);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let manifest = std::fs::read_to_string(format!("{out}/manifest.json")).expect("written");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!((manifest["study"].as_str(), manifest["to"].as_u64()), (Some("analyze"), Some(200)));
    assert_eq!(manifest["fingerprint"], document["fingerprint"]);
    let rows = |name: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::Reader::from_path(format!("{out}/{name}.csv")).expect("a table");
        let rows: Vec<_> = reader.records().map(|r| r.expect("a row")).collect();
        let listed = manifest["tables"].as_array().expect("tables").iter().find(|t| t["name"] == name);
        assert_eq!(listed.expect("listed")["rows"].as_u64(), Some(rows.len() as u64), "{name}");
        rows
    };
    let board = &document["boards"][0];
    let simulated = &board["simulated"];
    let summary = rows("simulated");
    let told = |what: &str| summary.iter().find(|r| &r[1] == what).expect("a measure")[2].parse::<f64>().ok();
    for what in ["runs", "agreed", "held", "partial", "none", "efficient", "in_zone"] {
        assert_eq!(told(what), simulated[what].as_f64(), "{what}");
    }
    assert_eq!(told("distance_mean"), simulated["distance"]["mean"].as_f64());
    let runs = |what: &str| simulated[what].as_u64().expect("a count");
    assert_eq!(runs("agreed") + runs("partial") + runs("none"), 200);
    let packages = simulated["packages"].as_array().expect("packages");
    let sum = |rows: &[Value]| rows.iter().filter_map(|p| p["runs"].as_u64()).sum::<u64>();
    assert_eq!(sum(packages), runs("agreed"));
    assert!(packages.iter().all(|p| p["efficient"] == false || p["left"] == 0.0));
    let of_track: Vec<_> = rows("agreements").into_iter().filter(|r| &r[0] == "summit").collect();
    assert_eq!(of_track.len(), packages.len());
    assert_eq!(of_track[0][2].parse::<u64>().ok(), packages[0]["runs"].as_u64());
    let offers = board["negotiation"]["offers"].as_array().expect("texts");
    assert_eq!(rows("offers").iter().filter(|r| &r[0] == "summit").count(), offers.len());
    // Start and thirteen rounds, three shares and three quantiles each.
    assert_eq!(rows("zone_by_round").iter().filter(|r| &r[0] == "summit").count(), 14 * 6);
    for row in rows("zone_by_round") {
        let filled = |at: usize| row[at].parse::<f64>().ok();
        match row[3].starts_with("packages") {
            true => assert!(filled(5).is_none() && filled(8).is_some_and(|n| n.fract() == 0.0), "{row:?}"),
            false => {
                assert!(filled(5).is_some_and(|s| (0.0..=1.0).contains(&s)) && filled(8).is_none(), "{row:?}")
            }
        }
    }
    let said = complaint(&["analyze", scenario, "--csv", &out], 3);
    assert!(said.contains("--force"), "{said}");
    printed(&["analyze", scenario, "--runs", "20", "--csv", &out, "--force"]);
}

#[test]
fn the_same_on_any_number_of_threads() {
    let scenario = "scenarios/doha-2025.toml";
    let root = tempfile::tempdir().expect("a folder");
    let told = |threads: &str| {
        let page = root.path().join(format!("{threads}.html"));
        let path = page.display().to_string();
        let args = ["analyze", scenario, "--runs", "150", "--json", "--threads", threads, "--html", &path];
        (printed(&args), std::fs::read_to_string(&page).expect("written"))
    };
    let one = told("1");
    assert_eq!(one, told("4"));
    let other = printed(&["analyze", scenario, "--runs", "150", "--json", "--seed", "2"]);
    assert_ne!(one.0, other);
    // The zone of round 0 is that of the start.
    let document: Value = serde_json::from_str(&one.0).expect("JSON");
    for board in document["boards"].as_array().expect("boards") {
        let start = &board["zone_by_round"][0];
        assert_eq!(start["packages"][1], board["zone"]["packages"]);
        assert_eq!(start["open"]["runs"], 150);
    }
}

#[test]
fn pictures_are_drawn() {
    let root = tempfile::tempdir().expect("a folder");
    let names = |args: &[&str], folder: &str| -> Vec<String> {
        let out = root.path().join(folder).display().to_string();
        printed(&[&["analyze"], args, &["--runs", "60", "--svg", &out]].concat());
        let entries = std::fs::read_dir(&out).expect("written").map(|e| e.expect("an entry").file_name());
        let mut names: Vec<String> = entries.map(|n| n.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let lesson = "scenarios/tutorial/3-spoiler-and-front.toml";
    let moving = names(&[lesson], "lesson");
    for name in ["alternatives-valley.svg", "plane-valley.svg", "room-valley.svg"] {
        assert!(moving.contains(&name.to_owned()), "{moving:?}");
    }
    // Six parties make fifteen pairs; nothing moves the zone there, and whole packages are exchanged.
    let game = names(&["scenarios/scoreable.toml"], "game");
    assert_eq!(game.len(), 16);
    assert_eq!(game[0], "offers-table.svg");
    // A domain has pictures of its own, without runs.
    let genius = folder(root.path(), "genius", &GENIUS);
    let (svg, html) = (root.path().join("plain"), root.path().join("plain.html"));
    printed(&[
        "analyze",
        &genius,
        "--svg",
        &svg.display().to_string(),
        "--html",
        &html.display().to_string(),
    ]);
    assert_eq!(std::fs::read_dir(&svg).expect("written").count(), 1);
    let page = std::fs::read_to_string(&html).expect("written");
    assert!(page.contains("no package lies beyond") && !page.contains("simulated runs"));
}

#[test]
fn runs_can_be_left_out() {
    let lesson = "scenarios/tutorial/1-two-parties.toml";
    let text = printed(&["analyze", lesson, "--runs", "0"]);
    assert!(!text.contains("simulated runs"));
    let document: Value =
        serde_json::from_str(&printed(&["analyze", lesson, "--runs", "0", "--json"])).expect("JSON");
    assert_eq!(document["boards"][0]["simulated"], Value::Null);
    let text = printed(&["analyze", lesson]);
    assert!(text.contains("Of 1,000 runs"), "{text}");
    let root = tempfile::tempdir().expect("a folder");
    let genius = folder(root.path(), "genius", &GENIUS);
    // A domain that is played is the scenario that an import would write.
    let played: Value =
        serde_json::from_str(&printed(&["analyze", &genius, "--runs", "10", "--json"])).expect("JSON");
    let simulated = &played["boards"][0]["simulated"];
    assert!(simulated.is_object(), "{simulated}");
    assert!(printed(&["analyze", &genius]).contains("GENIUS"));
    // Profiles can be chosen where it is played as well.
    let parties = ["analyze", &genius, "--runs", "10", "--parties", "a,b", "--json"];
    let chosen: Value = serde_json::from_str(&printed(&parties)).expect("JSON");
    assert!(chosen["boards"][0]["simulated"].is_object(), "{chosen}");
}
