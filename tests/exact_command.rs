//! `baraza exact`, `verify` and `resolve` from outside.

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const RIVER: &str = "scenarios/tutorial/1-two-parties.toml";
const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";
const CORE: &str = "scenarios/doha-core.toml";

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

fn narrow(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn exact_says_that_it_is_exact() {
    let text = printed(&["exact", RIVER, "--measure", "item.water.settled"]);
    narrow(&text);
    assert!(text.contains("every state that can be reached was visited"));
    let exact = &json(&["exact", RIVER, "--json"])["exact"];
    assert_eq!(exact["certificate"]["complete"], true);
    let low: f64 = exact["outcomes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|o| o["probability"]["low"].as_f64().unwrap_or(9.0))
        .sum();
    assert!((low - 1.0).abs() < 1e-12);
    assert_eq!(
        printed(&["exact", RIVER, "--json", "--threads", "1"]),
        printed(&["exact", RIVER, "--json", "--threads", "2"])
    );
}

#[test]
fn fractions_are_exact() {
    let args = ["exact", RIVER, "--set", "scenario.rounds=3", "--rational"];
    narrow(&printed(&args));
    let exact = &json(&[&args[..], &["--json"]].concat())["exact"];
    assert_eq!(exact["certificate"]["missing"], 0.0);
    assert!(exact["outcomes"][0]["probability"]["fraction"][0].is_string());
}

#[test]
fn bounds_are_called_bounds_and_hopeless_ones_are_refused() {
    let text = printed(&["exact", RIVER, "--max-states", "60"]);
    narrow(&text);
    assert!(text.contains("Bounds, not exact values") && !text.contains("Exact:"));
    let output = run(&["exact", FORD, "--max-states", "500"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("too large") && said.contains("baraza ensemble") && output.stdout.is_empty());
    assert!(said.contains("to drop none") || said.contains("To drop none"), "{said}");
}

#[test]
fn a_wrong_property_gets_a_counterexample_that_can_be_played_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let trace = folder.path().join("why.jsonl");
    let trace = trace.to_str().expect("a name");
    let claim = "never outcome == stalemate";
    let output = run(&["verify", RIVER, "--property", claim, "--trace", trace]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    narrow(&text);
    assert!(text.contains("REFUTED") && text.contains("A counterexample") && text.contains("walked out"));
    let told = printed(&["replay", trace]);
    assert!(told.contains("walked out") && told.contains("No agreement"), "{told}");
    assert!(fs::read_to_string(trace).expect("it is there").contains("baraza-trace/2"));
}

#[test]
fn verdicts_have_codes() {
    let code = |args: &[&str]| run(args).status.code();
    assert_eq!(code(&["verify", RIVER, "--property", "possible item.water.settled"]), Some(0));
    assert_eq!(code(&["verify", RIVER, "--property", "P(item.water.settled) >= 0.999999"]), Some(1));
    assert_eq!(code(&["verify", RIVER, "--property", "nver item.water.settled"]), Some(2));
    assert_eq!(code(&["verify", RIVER]), Some(2), "it has no properties of its own");
    let output = run(&["verify", FORD, "--property", "never round > 200", "--max-states", "200"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("no counterexample in") && !text.contains("PROVED"), "{text}");
}

#[test]
fn the_core_of_doha_keeps_its_properties_over_a_short_horizon() {
    let args =
        ["verify", CORE, "--set", "scenario.rounds=4", "no-peace-without-mechanisms", "withdrawal-ends-it"];
    let text = printed(&args);
    narrow(&text);
    assert_eq!(text.matches("PROVED").count(), 2, "{text}");
}

#[test]
fn resolve_gives_bounds_and_a_policy() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("policy.csv");
    let table = table.to_str().expect("a name");
    let text = printed(&["resolve", RIVER, "--agent", "highlands", "--policy", table]);
    narrow(&text);
    assert!(text.contains("a bound") && text.contains("at best"), "{text}");
    let rows = fs::read_to_string(table).expect("it is written");
    assert!(rows.starts_with(
        "round,place,turn,agent,earlier,decider,what,choice,probability,worth,alternatives,state\n"
    ));
    assert!(rows.lines().count() > 20);
    let answer = json(&["resolve", RIVER, "--agent", "highlands", "--outcome", "fair-share", "--json"]);
    let value = |k: usize| answer["cases"][k]["values"][0].as_f64().expect("a number");
    assert!(value(0) >= value(1) && value(1) >= value(2) && value(0) > value(2));
    let exact = json(&["exact", RIVER, "--json"]);
    let modelled = exact["exact"]["outcomes"][0]["probability"]["low"].as_f64().expect("a number");
    assert!((value(1) - modelled).abs() < 1e-12);
}

#[test]
fn a_policy_is_read_back_and_can_be_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a name").to_owned();
    fn resolve<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [&["resolve", RIVER, "--agent", "highlands"], more].concat()
    }
    let value = |args: &[&str], k: usize| json(args)["cases"][k]["values"][0].as_f64().expect("a number");
    let table = path("best.csv");
    let best = value(&resolve(&["--policy", &table, "--json"]), 0);
    assert_eq!(value(&resolve(&["--follow", &table, "--json"]), 0), best);
    let told = run(&resolve(&["--follow", &table]));
    let said = String::from_utf8_lossy(&told.stderr);
    assert!(said.contains("decisions come up") && String::from_utf8_lossy(&told.stdout).contains("as given"));
    // Asking for the least wherever the most was asked for: worse, and not what the odds of the scenario come to either.
    let rows = fs::read_to_string(&table).expect("it is written");
    let least = path("least.csv");
    let changed = rows.replace(",position,upstream,", ",position,downstream,");
    assert!(changed != rows, "something is changed");
    fs::write(&least, changed).expect("written");
    let changed = value(&resolve(&["--follow", &least, "--json"]), 0);
    let modelled = value(&resolve(&["--follow", &least, "--json"]), 1);
    assert!(changed < best && changed != modelled, "{changed} {best} {modelled}");
    // Without a line for it a decision is left to the odds.
    let head = path("head.csv");
    fs::write(&head, rows.lines().take(2).map(|l| format!("{l}\n")).collect::<String>()).expect("written");
    assert!(value(&resolve(&["--follow", &head, "--json"]), 0) <= best);
    let wrong = |name: &str, from: &str, to: &str| {
        let file = path(name);
        fs::write(&file, rows.replacen(from, to, 1)).expect("written");
        let output = run(&resolve(&["--follow", &file]));
        assert_eq!(output.status.code(), Some(2), "{name}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(wrong("choice", ",attendance,stay,", ",attendance,leave,").contains("stay, consult, walk-out"));
    assert!(wrong("decider", ",highlands,attendance,", ",lowlands,attendance,").contains("--agent lowlands"));
    assert!(wrong("turn", ",convene,", ",conclude,").contains("the table is of another one"));
    assert!(wrong("column", "earlier,", "before,").contains("`earlier` is missing"));
    assert!(wrong("state", "round=", "rond=").contains("no quantity `rond`"));
    let other = [
        "resolve",
        "scenarios/tutorial/4-shrinking-harvest.toml",
        "--agent",
        "highlands",
        "--follow",
        &table,
    ];
    assert!([Some(1), Some(2)].contains(&run(&other).status.code()));
}

/// A table of its own is marked for Excel on demand, and what Excel makes of a policy is read back.
#[test]
fn tables_are_marked_for_excel_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a name").to_owned();
    let agent = ["resolve", RIVER, "--agent", "highlands", "--json"];
    for (command, flag) in [(&agent[..], "--policy"), (&["exact", RIVER, "--json"], "--layers")] {
        let (plain, marked) = (path(&format!("plain{flag}")), path(&format!("marked{flag}")));
        printed(&[command, &[flag, &plain]].concat());
        printed(&[command, &[flag, &marked, "--excel"]].concat());
        let text = |file: &str| fs::read_to_string(file).expect("written");
        assert_eq!(text(&marked), format!("\u{feff}{}", text(&plain)));
        assert_eq!(run(&[command, &["--excel"]].concat()).status.code(), Some(2), "--excel is about {flag}");
    }
    let value = |more: &[&str]| json(&[&agent, more].concat())["cases"][0]["values"][0].clone();
    let best = value(&[]);
    assert_eq!(value(&["--follow", &path("marked--policy")]), best);
    let mut table = csv::Reader::from_path(path("plain--policy")).expect("a table");
    let mut excel = csv::WriterBuilder::new();
    let mut excel = excel
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_path(path("excel.csv"))
        .expect("it can be written");
    excel.write_record(table.headers().expect("a head")).expect("written");
    table.records().for_each(|row| excel.write_record(&row.expect("a row")).expect("written"));
    excel.flush().expect("written");
    drop(excel);
    assert_eq!(value(&["--follow", &path("excel.csv")]), best);
}

/// What to do instead names the world that was asked about, as a shell takes it.
#[test]
fn a_refusal_names_the_same_world() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("two words.toml");
    fs::copy(CORE, &file).expect("copied");
    let file = file.to_str().expect("a name");
    for command in [&["exact"][..], &["resolve", "--agent", "qatar"]] {
        let more = ["--max-states", "10", "--set", "scenario.rounds=4"];
        let args = [&command[..1], &[file], &command[1..], &more].concat();
        let output = run(&args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&format!("'{file}' --set scenario.rounds=4")), "{said}");
    }
}

#[test]
fn options_that_say_nothing_are_refused() {
    let said = |more: &[&str]| {
        let output = run(&[&["resolve", RIVER, "--agent", "highlands"], more].concat());
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(said(&["--for", "lowlands=points"]).contains("--agent lowlands"));
    assert!(said(&["--for", "highlands=points", "--for", "highlands=round > 1"]).contains("twice"));
    assert!(
        said(&["--for", "highlands=points", "--outcome", "fair-share"]).contains("leave out `fair-share`")
    );
    assert!(said(&["--held", "ever"]).contains("--measure"));
    assert!(said(&["--always", "action=facilitate"]).contains("a mediator's decision"));
    assert!(said(&["--always", "sign=sign", "--always", "sign=refuse"]).contains("twice"));
    assert!(said(&["--max-states", "0"]).contains("above 0"));
}

#[test]
fn layers_are_written_turn_by_turn() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("layers.csv");
    let args = ["exact", RIVER, "--json", "--layers", table.to_str().expect("a name")];
    let size = json(&args)["exact"]["size"].clone();
    let rows = fs::read_to_string(&table).expect("it is written");
    let mut lines = rows.lines();
    assert_eq!(lines.next(), Some("step,round,turn,agent,states,ways,merging,dropped"));
    let states: Vec<u64> =
        lines.map(|line| line.split(',').nth(4).and_then(|n| n.parse().ok()).expect("a number")).collect();
    assert_eq!(Some(states.iter().sum()), size["states"].as_u64());
    assert_eq!(states.iter().max().copied(), size["widest"].as_u64());
    assert_eq!(run(&args).status.code(), Some(3), "the table exists already");
}

#[test]
fn resolve_says_what_is_wrong() {
    let said = |args: &[&str]| {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(said(&["resolve", RIVER, "--agent", "nobody"]).contains("highlands"));
    assert!(
        said(&["resolve", RIVER, "--agent", "highlands", "--always", "mandate=hard"]).contains("flexible")
    );
    assert!(said(&["resolve", RIVER, "--agent", "highlands", "--measure", "round >"]).contains("an aim is"));
}
