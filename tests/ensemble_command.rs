//! `baraza ensemble` from outside.

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const SHIPPED: [&str; 5] = [
    "scenarios/doha-2025.toml",
    "scenarios/tutorial/1-two-parties.toml",
    "scenarios/tutorial/2-mediator.toml",
    "scenarios/tutorial/3-spoiler-and-front.toml",
    "scenarios/tutorial/4-shrinking-harvest.toml",
];

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&printed(args)).expect("JSON")
}

#[test]
fn the_text_fits_and_has_no_escapes_in_a_pipe() {
    for scenario in SHIPPED {
        let text = printed(&["ensemble", scenario, "--runs", "300", "--measure", "round >= 3"]);
        assert!(text.contains("300 runs under seed 1") && text.contains("not chances of"));
        assert!(!text.contains('\u{1b}'));
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let args = |threads| ["ensemble", SHIPPED[0], "--runs", "9000", "--json", "--threads", threads];
    assert_eq!(printed(&args("1")), printed(&args("2")));
}

#[test]
fn the_document_adds_up() {
    let measure = "item.prisoners.settled";
    let document =
        json(&["ensemble", SHIPPED[0], "--runs", "2000", "--seed", "7", "--measure", measure, "--json"]);
    assert_eq!(document["format"], "baraza-ensemble/3");
    assert_eq!(document["seed"], 7);
    let summary = &document["summary"];
    let runs = |list: &Value| {
        list.as_array().expect("a list").iter().map(|o| o["share"]["runs"].as_u64()).sum::<Option<u64>>()
    };
    assert_eq!(runs(&summary["outcomes"]), Some(2000));
    for item in summary["items"].as_array().expect("items") {
        assert_eq!(runs(&item["options"]), item["settled"]["runs"].as_u64());
        for round in item["by_round"].as_array().expect("rounds") {
            let sum: f64 = round.as_array().expect("shares").iter().filter_map(Value::as_f64).sum();
            assert!((sum - 1.0).abs() < 1e-9);
        }
    }
    for text in summary["instruments"].as_array().expect("instruments") {
        let by_round = text["by_round"].as_array().expect("rounds");
        let shares: Vec<_> = by_round.iter().filter_map(|s| s["share"].as_f64()).collect();
        assert!(shares.windows(2).all(|w| w[0] <= w[1]));
        assert_eq!(by_round.last().map(|s| &s["runs"]), Some(&text["signed"]["runs"]));
        let incidence = text["incidence"].as_array().expect("rounds");
        assert_eq!(incidence.last(), Some(&text["signed"]));
    }
    let asked = &summary["measures"][0];
    assert_eq!(asked["condition"], measure);
    assert!(asked["last"]["runs"].as_u64() <= asked["ever"]["runs"].as_u64());
}

#[test]
fn single_runs_are_the_runs_of_the_ensemble() {
    let document = json(&["ensemble", SHIPPED[3], "--runs", "25", "--json"]);
    let mut counted = std::collections::BTreeMap::new();
    for run in 0..25 {
        let end = json(&["run", SHIPPED[3], "--run", &run.to_string(), "--json"])["end"]["outcome"].clone();
        *counted.entry(end.as_str().expect("an id").to_owned()).or_insert(0u64) += 1;
    }
    for outcome in document["summary"]["outcomes"].as_array().expect("outcomes") {
        let id = outcome["id"].as_str().expect("an id");
        assert_eq!(outcome["share"]["runs"].as_u64(), Some(counted.get(id).copied().unwrap_or(0)), "{id}");
    }
}

#[test]
fn changes_are_applied_and_named() {
    let lesson = SHIPPED[0];
    let told = printed(&["ensemble", lesson, "--runs", "50", "--set", "scenario.rounds=2"]);
    assert!(told.contains("Changed: scenario.rounds = 2."));
    let id = json(&["ensemble", lesson, "--runs", "50", "--json", "--set", "scenario.rounds=2"]);
    assert_eq!(id["summary"]["dates"].as_array().map(Vec::len), Some(2));
    assert_eq!(id["set"][0]["path"], "scenario.rounds");
}

#[test]
fn wrong_usage_says_what_to_write() {
    for (args, said) in [
        (vec!["--runs", "0"], "--runs"),
        (vec!["--level", "2"], "0.95"),
        (vec!["--measure", "item.nothing.settled"], "item.water.settled"),
        (vec!["--threads", "many"], "--threads"),
    ] {
        let output = run(&[&["ensemble", SHIPPED[3]], &args[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let complaint = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(complaint.contains(said), "{complaint}");
    }
    assert_eq!(run(&["ensemble", "missing.toml"]).status.code(), Some(3));
}

/// When every run has signed or ended early, the estimate goes on to the horizon.
#[test]
fn shares_of_signatures_reach_the_horizon() {
    let scenario = "[scenario]\ntitle = \"Soon over\"\nstart = 2025-01-01\nrounds = 9\n\
        [party.a]\n[party.b]\n[track.talks]\nseats = [\"a\", \"b\"]\n\
        [instrument.pact]\ntrack = \"talks\"\nseals = []\n\
        [outcome.over]\nwhen = \"round >= 2\"\nends = true\n";
    for json in [false, true] {
        let mut command = Command::cargo_bin("baraza").expect("it is built");
        command.args(["ensemble", "-", "--runs", "50"]).args(json.then_some("--json")).write_stdin(scenario);
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        if json {
            let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            let by_round = &document["summary"]["instruments"][0]["by_round"];
            assert_eq!(by_round.as_array().map(Vec::len), Some(9));
        }
    }
}

/// The widest interval of the outcomes.
fn widest(document: &Value) -> f64 {
    let outcomes = document["summary"]["outcomes"].as_array().expect("outcomes").iter();
    let end = |o: &Value, end: &str| o["share"][end].as_f64().expect("a number");
    outcomes.map(|o| end(o, "high") - end(o, "low")).fold(0.0, f64::max)
}

#[test]
fn runs_end_when_the_intervals_are_narrow_enough() {
    let args =
        |width, threads| ["ensemble", SHIPPED[3], "--until-width", width, "--json", "--threads", threads];
    let text = printed(&args("0.03", "1"));
    assert_eq!(text, printed(&args("0.03", "2")));
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["until"]["reached"], true);
    assert_eq!(document["summary"]["intervals"], "anytime");
    assert!(widest(&document) <= 0.03, "{}", widest(&document));
    let runs = document["summary"]["runs"].as_u64().expect("runs");
    assert_eq!(document["to"].as_u64(), Some(runs));
    // It did not stop later than it had to: one look earlier some interval was too wide.
    assert!(runs > 2048, "{runs}");
    let most = (runs - 2048).to_string();
    let earlier = [&args("0.03", "1")[..], &["--runs", &most]].concat();
    let earlier = json(&earlier);
    assert_eq!(earlier["until"]["reached"], false);
    assert!(widest(&earlier) > 0.03);
    // At the same number of runs, fixed beforehand, Wilson's intervals are narrower.
    let fixed = json(&["ensemble", SHIPPED[3], "--json", "--runs", &runs.to_string()]);
    assert_eq!((&fixed["until"], &fixed["summary"]["intervals"]), (&Value::Null, &"wilson".into()));
    assert!(widest(&fixed) < widest(&document));
}

#[test]
fn the_goal_may_be_one_outcome_or_measure() {
    let outcome =
        json(&["ensemble", SHIPPED[3], "--runs", "10", "--json"])["summary"]["outcomes"][0]["id"].clone();
    let outcome = outcome.as_str().expect("an id");
    let args = ["ensemble", SHIPPED[3], "--until-width", "0.09", "--measure", "round >= 2"];
    let all = json(&[&args[..], &["--json"]].concat());
    let of = all["until"]["of"].as_array().expect("names");
    assert!(of.len() > 2 && of[0] == outcome && of[of.len() - 1] == "round >= 2");
    let one = json(&[&args[..], &["--json", "--of", "round >= 2"]].concat());
    assert_eq!(one["until"]["of"], serde_json::json!(["round >= 2"]));
    assert!(one["summary"]["runs"].as_u64() <= all["summary"]["runs"].as_u64());
    let told = printed(&[&args[..], &["--of", outcome]].concat());
    assert!(told.contains("confidence") && told.contains("that took"), "{told}");
    assert!(told.lines().all(|l| l.chars().count() <= 80));
    let capped = printed(&["ensemble", SHIPPED[3], "--until-width", "0.001", "--runs", "500"]);
    assert!(capped.contains("After 500 runs, of at most 500"), "{capped}");
    for (more, said) in [
        (vec!["--of", "nobody"], outcome),
        (vec!["--until-width", "1.5"], "0.01"),
        (vec!["--until-width", "none"], "0.01"),
    ] {
        let args = if more[0] == "--of" { [&args[..], &more].concat() } else { [&args[..2], &more].concat() };
        let output = run(&args);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && complaint.contains(said), "{complaint}");
    }
}

/// Every table of the manifest is there as it says, and its figures are those of the document.
#[test]
fn tables_are_those_of_the_manifest_and_the_document() {
    use sha2::{Digest, Sha256};
    let folder = tempfile::TempDir::new().expect("a folder");
    let place = folder.path().join("deep").join("tables");
    let name = place.display().to_string();
    let args = ["ensemble", SHIPPED[0], "--runs", "400", "--measure", "round >= 3", "--csv", &name];
    let document = json(&[&args[..], &["--json"]].concat());
    let read = |file: &str| std::fs::read_to_string(place.join(file)).expect("readable");
    let manifest: Value = serde_json::from_str(&read("manifest.json")).expect("JSON");
    assert_eq!((&manifest["format"], &manifest["to"]), (&"baraza-tables/4".into(), &400.into()));
    assert_eq!(manifest["fingerprint"], document["fingerprint"]);
    let tables = manifest["tables"].as_array().expect("tables");
    assert_eq!(
        std::fs::read_dir(&place).expect("a folder").count(),
        tables.len() + 2,
        "and the manifest, and the data package"
    );
    for table in tables {
        let text = read(table["file"].as_str().expect("a name"));
        let hash: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(table["sha256"], hash);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let columns: Vec<String> = reader.headers().expect("names").iter().map(str::to_owned).collect();
        assert_eq!(table["columns"], serde_json::json!(columns));
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("even rows");
        assert_eq!(table["rows"], rows.len());
        assert!(!rows.is_empty(), "{}", table["name"]);
        if let Some(at) = columns.iter().position(|c| c == "share") {
            let runs = columns.iter().position(|c| c == "runs").expect("runs beside a share");
            for row in rows.iter().filter(|row| !row.iter().any(|c| c == "kaplan_meier")) {
                let number = |k: usize| row[k].parse::<f64>().expect("a number");
                assert!((number(runs) / 400.0 - number(at)).abs() < 1e-9, "{row:?}");
            }
        }
    }
    let outcomes = read("outcomes.csv");
    for (row, told) in outcomes.lines().skip(1).zip(document["summary"]["outcomes"].as_array().expect("list"))
    {
        assert!(row.starts_with(told["id"].as_str().expect("an id")));
        assert!(row.contains(&format!(",{},", told["share"]["runs"])));
    }
    // Not empty any more: refused before anything is computed, unless forced.
    let output = run(&args);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(3) && complaint.contains("--force"), "{complaint}");
    let before = read("manifest.json");
    printed(&[&args[..], &["--force"]].concat());
    assert_eq!(read("manifest.json"), before);
    let into_file = run(&["ensemble", SHIPPED[0], "--runs", "4", "--csv", "Cargo.toml"]);
    assert_eq!(into_file.status.code(), Some(3));
}

#[test]
fn what_ifs_have_tables_too() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let name = folder.path().display().to_string();
    let document = json(&["what-if", SHIPPED[3], "--runs", "200", "--csv", &name, "--json"]);
    let read = |file: &str| std::fs::read_to_string(folder.path().join(file)).expect("readable");
    let answers = document["answers"].as_array().expect("answers");
    let count = |key: &str| -> usize {
        answers.iter().map(|a| a["effect"][key].as_array().map_or(0, Vec::len)).sum()
    };
    assert_eq!(read("what_if_outcomes.csv").lines().count(), count("outcomes") + 1);
    assert_eq!(read("flips.csv").lines().count(), count("flips") + 1);
    assert!(read("flip_milestones.csv").lines().count() > 1);
    let manifest: Value = serde_json::from_str(&read("manifest.json")).expect("JSON");
    assert_eq!((&manifest["study"], &manifest["to"]), (&"what-if".into(), &200.into()));
}

/// Talks that end early without a text count as censored for Kaplan and Meier and as never signed in the plain share; the text shows both.
#[test]
fn early_ends_part_the_two_curves() {
    let scenario = "[scenario]\ntitle = \"Hasty\"\nstart = 2025-01-01\nrounds = 6\n\
        [party.a]\n[party.b]\n[track.talks]\nseats = [\"a\", \"b\"]\n\
        [event.ready]\nwhen = \"round >= 2\"\nodds = 0.3\neffect = []\n\
        [event.fiasco]\nwhen = \"round >= 2 and event.ready.state != fired\"\nodds = 0.3\neffect = []\n\
        [instrument.pact]\ntrack = \"talks\"\nseals = []\nrequires = \"event.ready.state == fired\"\n\
        [outcome.over]\nwhen = \"event.fiasco.state == fired\"\nends = true\n\
        [outcome.done]\nwhen = \"round >= 1\"\n";
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("hasty.toml");
    std::fs::write(&path, scenario).expect("writable");
    let name = path.display().to_string();
    let document = json(&["ensemble", &name, "--runs", "1000", "--json"]);
    let pact = &document["summary"]["instruments"][0];
    let last = |key: &str| {
        let rounds = pact[key].as_array().expect("rounds");
        rounds[rounds.len() - 1]["share"].as_f64().expect("a share")
    };
    assert_eq!(last("incidence"), pact["signed"]["share"].as_f64().expect("a share"));
    assert!(last("by_round") > last("incidence") + 0.1, "{} {}", last("by_round"), last("incidence"));
    assert!(printed(&["ensemble", &name, "--runs", "1000"]).contains("had no talks ended early"));
}

/// Two parties, each with a reserve.
const RESERVES: &str = "tests/data/reserves.toml";

/// How the talks ended is told for what was drawn of each party and of both, in every form, and adds up.
#[test]
fn answers_are_told_by_what_was_drawn_for_reserves() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (tables, html, svg) = (at("tables"), at("page.html"), at("svg"));
    let args = ["ensemble", RESERVES, "--runs", "600"];
    let files = ["--csv", &tables, "--html", &html, "--svg", &svg, "--json"];
    let summary = json(&[&args[..], &files].concat())["summary"].clone();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let of = |parties: &[&str]| -> Vec<Value> {
        list(&summary["reserves"])
            .into_iter()
            .filter(|t| t["parties"] == serde_json::json!(parties))
            .collect()
    };
    for (parties, types) in [(&["a"][..], 3), (&["b"], 3), (&["a", "b"], 9)] {
        let told = of(parties);
        assert_eq!(told.len(), types, "{parties:?}");
        for (k, outcome) in list(&summary["outcomes"]).iter().enumerate() {
            let runs = |t: &Value| t["outcomes"][k]["share"]["runs"].as_u64().expect("a count");
            let sum: u64 = told.iter().map(runs).sum();
            assert_eq!(Some(sum), outcome["share"]["runs"].as_u64());
        }
        for t in &told {
            let runs = t["runs"].as_u64().expect("a count");
            for outcome in list(&t["outcomes"]) {
                let number = |key: &str| outcome["share"][key].as_f64().expect("a number");
                assert!((number("runs") / runs as f64 - number("share")).abs() < 1e-12);
                assert!(number("low") <= number("share") && number("share") <= number("high"));
            }
        }
    }
    // A party that can do much without an agreement signs less often.
    let signed = |t: &Value| t["outcomes"][0]["share"]["share"].as_f64().expect("a share");
    let told = of(&["a"]);
    assert_eq!([0, 1, 2].map(|k| told[k]["drawn"][0].clone()), ["weak", "expected", "strong"]);
    assert!(signed(&told[0]) > signed(&told[2]));

    let text = printed(&args);
    for said in ["How the answer depends on reserves", "By the reserve of a", "By the reserves of a and b"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.contains("expected, strong") && text.lines().all(|line| line.chars().count() <= 80));
    let read = |name: &str| std::fs::read_to_string(name).expect("readable");
    let page = read(&html);
    assert!(page.contains("How the answer depends on reserves") && page.contains("expected, strong"));
    for picture in ["reserves-a", "reserves-b", "reserves-a+b"] {
        assert!(read(&format!("{svg}/{picture}.svg")).contains("strong"));
        assert!(page.contains(&format!("{picture}-title")));
    }
    let rows = read(&format!("{tables}/outcomes_by_reserve.csv"));
    assert_eq!(rows.lines().count(), 1 + 15 * list(&summary["outcomes"]).len());
    assert!(rows.contains("a+b,weak+strong,"));
}

/// Shards carry what was drawn: merged they tell what the whole tells.
#[test]
fn merged_shards_tell_by_reserves_too() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let parts: Vec<String> = [("0", "90"), ("90", "300")]
        .iter()
        .map(|(from, to)| {
            let out = folder.path().join(format!("{from}.json")).display().to_string();
            printed(&["ensemble", RESERVES, "--from", from, "--to", to, "--out", &out]);
            out
        })
        .collect();
    let merged = ["merge", &parts[1], &parts[0], "--scenario", RESERVES, "--json"];
    assert_eq!(printed(&merged), printed(&["ensemble", RESERVES, "--runs", "300", "--json"]));
}

/// Where nobody has a reserve nothing is said of them.
#[test]
fn without_reserves_nothing_is_told_by_them() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let tables = folder.path().join("tables").display().to_string();
    let args = ["ensemble", SHIPPED[1], "--runs", "60"];
    assert!(!printed(&args).contains("reserve"));
    let document = json(&[&args[..], &["--json", "--csv", &tables]].concat());
    assert!(document["summary"].get("reserves").is_none());
    assert!(!folder.path().join("tables").join("outcomes_by_reserve.csv").exists());
}

/// The table of single runs: each row is that run alone, the same on any number of threads, and the rows add up to the shares.
#[test]
fn each_run_is_a_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let measure = ["--measure", "front.bridge.intensity >= heavy"];
    let write = |name: &str, threads: &str| {
        let file = path(name);
        let words = ["ensemble", SHIPPED[3], "--runs", "300", "--threads", threads, "--each-run", &file];
        let told = json(&[&words[..], &["--json"]].concat());
        (std::fs::read_to_string(file).expect("it is written"), told)
    };
    let (one, told) = write("one.csv", "1");
    assert_eq!(one, write("four.csv", "4").0);
    let mut reader = csv::Reader::from_reader(one.as_bytes());
    let names: Vec<String> = reader.headers().expect("names").iter().map(String::from).collect();
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(String::from).collect()).collect();
    assert_eq!(rows.len(), 300);
    for (k, row) in rows.iter().enumerate() {
        assert_eq!(row[0], k.to_string());
    }
    for outcome in told["summary"]["outcomes"].as_array().expect("outcomes") {
        let counted = rows.iter().filter(|row| row[1] == outcome["id"]).count();
        assert_eq!(counted as u64, outcome["share"]["runs"].as_u64().expect("a count"), "{}", outcome["id"]);
    }
    for text in told["summary"]["instruments"].as_array().expect("texts") {
        let name = format!("signed_{}", text["id"].as_str().expect("an id").replace('-', "_"));
        let column = names.iter().position(|n| *n == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
        let counted = rows.iter().filter(|row| !row[column].is_empty()).count();
        assert_eq!(counted as u64, text["signed"]["runs"].as_u64().expect("a count"), "{name}");
    }
    for (run, row) in rows.iter().enumerate().step_by(37) {
        let alone = json(&["run", SHIPPED[3], "--run", &run.to_string(), "--json"]);
        assert_eq!(alone["end"]["outcome"], row[1].as_str(), "run {run}");
    }
    let again = path("one.csv");
    let mut refused = assert_cmd::Command::cargo_bin("baraza").expect("it is built");
    refused.args(["ensemble", SHIPPED[3], "--runs", "300", "--each-run", &again]).args(measure);
    assert_eq!(refused.output().expect("it runs").status.code(), Some(3), "a file that is there stays");
}
