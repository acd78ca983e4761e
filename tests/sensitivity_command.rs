//! `baraza sensitivity` from outside.

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const DOHA: &str = "scenarios/doha-2025.toml";
const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";
const TWO: &str = "scenarios/tutorial/2-mediator.toml";

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

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// The entry of a list with this path.
fn of<'a>(value: &'a Value, path: &str) -> &'a Value {
    list(value).iter().find(|v| v["path"] == path).expect(path)
}

#[test]
fn the_text_fits() {
    let small = ["--runs", "40", "--walks", "2", "--walk-runs", "10", "--rows", "8", "--method", "all"];
    for scenario in [DOHA, FORD, TWO] {
        let text = printed(&[&["sensitivity", scenario][..], &small].concat());
        for part in
            ["Which assumption matters most", "Chance alone makes up", "One at a time", "Morris", "Sobol'"]
        {
            assert!(text.contains(part), "{part} is missing:\n{text}");
        }
        assert!(text.contains("have not converged"), "eight rows are too few:\n{text}");
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let args = |threads| {
        let fast = ["--runs", "300", "--walks", "3", "--walk-runs", "20", "--rows", "32", "--method", "all"];
        printed(&[&["sensitivity", FORD, "--json", "--threads", threads][..], &fast].concat())
    };
    assert_eq!(args("1"), args("2"));
}

/// The carrot of mediation is read by no rule where the mediator uses the stick: under common random numbers it has
/// no effect at all, and in the design none but that of luck.
#[test]
fn what_no_rule_reads_has_no_effect() {
    let range = "dynamics.mediation.carrot=0..20";
    let answer = json(&[
        "sensitivity",
        FORD,
        "--json",
        "--method",
        "all",
        "--range",
        range,
        "--runs",
        "500",
        "--rows",
        "64",
        "--walks",
        "4",
        "--walk-runs",
        "50",
    ]);
    let path = "dynamics.mediation.carrot";
    for answer in list(&answer["answers"]) {
        let bar = of(&answer["tornado"]["bars"], path);
        assert_eq!(number(&bar["swing"]), 0.0);
        assert_eq!(bar["low"]["flipped"], serde_json::json!([0, 0]));
        let effect = of(&answer["morris"], path);
        assert_eq!(["mu", "mu_star", "sigma", "noise"].map(|k| number(&effect[k])), [0.0; 4]);
        if !answer["sobol"].is_null() {
            let index = of(&answer["sobol"]["indices"], path);
            assert_eq!((number(&index["first"]), number(&index["total"])), (0.0, 0.0));
        }
    }
    let alternative = of(&answer["answers"][0]["tornado"]["bars"], "party.lowlands.alternative");
    assert!(number(&alternative["swing"]) > 0.0);
}

/// The difference at an end is that of the same change as a what-if, pair by pair.
#[test]
fn bars_are_what_ifs() {
    let args = ["sensitivity", FORD, "--json", "--method", "tornado", "--runs", "700", "--seed", "5"];
    let study = json(&args);
    for (path, ends) in [
        ("party.lowlands.alternative", ["20", "50"]),
        ("backer.neighbour.support", ["very-low", "high"]),
        ("spoiler.raiders.odds", ["0.15", "0.6"]),
    ] {
        for (end, value) in ["low", "high"].into_iter().zip(ends) {
            let set = format!("{path}={value}");
            let what_if = json(&["what-if", FORD, "--json", "--runs", "700", "--seed", "5", "--set", &set]);
            let outcomes = list(&what_if["answers"][0]["effect"]["outcomes"]);
            for (answer, outcome) in list(&study["answers"]).iter().zip(outcomes) {
                assert_eq!(answer["id"], outcome["id"]);
                let ours = &of(&answer["tornado"]["bars"], path)[end];
                assert_eq!(ours["share"], outcome["changed"], "{set}");
                for key in ["difference", "low", "high"] {
                    assert_eq!(ours[key], outcome[key], "{set}");
                }
            }
        }
    }
}

/// A condition counts as in an ensemble: at the end and at any time.
#[test]
fn conditions_count_as_in_an_ensemble() {
    let condition = "front.ford.intensity >= heavy and round > 3";
    let only = ["--only", "observer.*", "--method", "tornado", "--runs", "400"];
    let study = json(&[&["sensitivity", FORD, "--json", "--measure", condition][..], &only].concat());
    let ensemble = json(&["ensemble", FORD, "--json", "--runs", "400", "--measure", condition]);
    let counted = &ensemble["summary"]["measures"][0];
    let answers = list(&study["answers"]);
    let [.., last, ever] = answers else { panic!("two answers for the condition") };
    assert_eq!(last["tornado"]["baseline"], counted["last"]["share"]);
    assert_eq!(ever["tornado"]["baseline"], counted["ever"]["share"]);
    assert_eq!(study["asked"], last["id"]);
    assert!(number(&ever["tornado"]["baseline"]) > number(&last["tornado"]["baseline"]));
}

/// What luck does on its own and what each assumption does on its own are parts of one variance; and the total index
/// of luck is the share that repeated runs give.
#[test]
fn shares_of_the_variance_add_up() {
    let answer = json(&[
        "sensitivity",
        DOHA,
        "--json",
        "--method",
        "sobol",
        "--rows",
        "2048",
        "--only",
        "party.m23.alternative",
        "--only",
        "party.m23.tactic.beta",
        "--only",
        "party.drc.alternative.doha",
        "--only",
        "party.drc.tactic.beta",
    ]);
    let answer = &answer["answers"][0];
    let sobol = &answer["sobol"];
    let all = list(&sobol["indices"]).iter().chain([&sobol["chance"]]);
    let (mut sum, mut slack) = (0.0, 0.0);
    for index in all {
        sum += number(&index["first"]);
        slack += number(&index["first_interval"][1]) - number(&index["first"]);
        assert!(number(&index["total"]) >= number(&index["first_interval"][0]), "{index}");
    }
    assert!(sum <= 1.0 + slack && sum > 0.3, "{sum}");
    let (low, high) =
        (number(&sobol["chance"]["total_interval"][0]), number(&sobol["chance"]["total_interval"][1]));
    let repeated = &answer["chance"];
    assert!(
        low <= number(&repeated["high"]) && number(&repeated["low"]) <= high,
        "{low} to {high} against {repeated}"
    );
}

/// The table holds what the indices were computed from.
#[test]
fn the_table_is_the_design() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    let file = path.to_str().expect("UTF-8");
    let args = [
        "sensitivity",
        FORD,
        "--only",
        "*.alternative",
        "--method",
        "sobol",
        "--rows",
        "16",
        "--table",
        file,
    ];
    printed(&args);
    let mut reader = csv::Reader::from_path(&path).expect("a table");
    let head: Vec<String> = reader.headers().expect("a head").iter().map(str::to_owned).collect();
    assert_eq!(
        head[..4],
        ["run", "party.highlands.alternative", "party.lowlands.alternative", "peace-holding"]
    );
    let rows: Vec<Vec<String>> =
        reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), 16 * 5);
    for row in &rows {
        let shares: f64 = row[3..].iter().map(|s| s.parse::<f64>().expect("a share")).sum();
        assert_eq!(shares, 1.0, "every run ends in one outcome");
        let set = [format!("{}={}", head[1], row[1]), format!("{}={}", head[2], row[2])];
        if row[0] == "6" {
            let told = json(&["run", FORD, "--json", "--run", "6", "--set", &set[0], "--set", &set[1]]);
            let at = head.iter().position(|h| *h == told["end"]["outcome"]).expect("an outcome");
            assert_eq!(row[at], "1");
        }
    }
    assert_eq!(run(&args).status.code(), Some(3), "a file is not overwritten");
    let text = std::fs::read_to_string(&path).expect("written");
    printed(&[&args[..], &["--excel", "--force"]].concat());
    assert_eq!(std::fs::read_to_string(&path).expect("written"), format!("\u{feff}{text}"));
    let alone = ["sensitivity", FORD, "--excel"];
    assert_eq!(run(&alone).status.code(), Some(2), "--excel is about tables");
}

#[test]
fn the_list_can_be_pasted() {
    let folder = tempfile::tempdir().expect("a folder");
    for scenario in [TWO, FORD, DOHA] {
        let ranges = printed(&["sensitivity", scenario, "--list"]);
        let text = std::fs::read_to_string(scenario).expect("a text");
        let path = folder.path().join("pasted.toml");
        let own = text.contains("\n[ranges]\n");
        std::fs::write(&path, if own { text } else { format!("{text}\n{ranges}") }).expect("written");
        let file = path.to_str().expect("UTF-8");
        assert_eq!(printed(&["sensitivity", file, "--list"]), ranges);
        assert!(run(&["check", file]).status.success());
    }
}

#[test]
fn ranges_do_not_change_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("without.toml");
    let text = std::fs::read_to_string(FORD).expect("a text");
    let (before, rest) = text.split_once("[ranges]").expect("ranges");
    let after = &rest[rest.find("[[history]]").expect("a history")..];
    std::fs::write(&path, format!("{before}{after}")).expect("written");
    let file = path.to_str().expect("UTF-8");
    assert_eq!(printed(&["run", FORD]), printed(&["run", file]));
}

#[test]
fn wrong_questions_are_refused() {
    for (args, said) in [
        (&["--outcome", "peace"][..], "it has: `peace-holding`"),
        (&["--only", "nothing"], "no range to study"),
        (&["--range", "party.highlands.alternative"], "PATH=LOW..HIGH"),
        (&["--range", "party.highlands.alternative=60..30"], "has no room"),
        (&["--range", "party.highlands.name=a..b"], "neither a number nor a level"),
        (&["--range", "event.drought.odds=0.1..1.5"], "a number from 0 to 1"),
        (&["--measure", "round >"], "B0301"),
        (&["--table", "table.csv"], "--method sobol"),
    ] {
        let output = run(&[&["sensitivity", FORD], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(said), "{args:?}: {text}");
    }
}
