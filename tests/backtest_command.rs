//! `baraza backtest` from outside.

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const DOHA: &str = "scenarios/doha-2025.toml";
/// What a little history says of the ford: something certain, something impossible, dates outside the rounds.
const HISTORY: &str = r#"
[[history]]
date = 2031-04-25
title = "Certain"
that = "round >= 1"

[[history]]
date = 2031-04-25
title = "Impossible"
that = "round == 40"

[[history]]
date = 2020-01-01
title = "Before"
that = "any(instrument.*.signed)"

[[history]]
date = 2040-01-01
title = "After"
that = "any(front.*.intensity == offensive)"
"#;

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

/// The path of a scenario with a history of its own.
fn written(history: &str) -> (tempfile::TempDir, String) {
    let base = std::fs::read_to_string("scenarios/tutorial/3-spoiler-and-front.toml").expect("it is there");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("talks.toml");
    let own = base.find("[[history]]").unwrap_or(base.len());
    std::fs::write(&path, base[..own].to_owned() + history).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[test]
fn the_text_fits() {
    let (_folder, other) = written(HISTORY);
    for scenario in [DOHA, &other] {
        let text = printed(&["backtest", scenario, "--runs", "300"]);
        assert!(text.contains("300 runs under seed 1") && text.contains("One case is one draw"));
        assert!(!text.contains('\u{1b}'));
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
            assert!(!line.contains('(') || line.chars().count() < 80 || line.contains(')'), "cut: {line}");
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let args = |threads| ["backtest", DOHA, "--runs", "6000", "--json", "--threads", threads];
    assert_eq!(printed(&args("1")), printed(&args("2")));
}

/// Shares are those of an ensemble that is asked the same conditions.
#[test]
fn shares_are_those_of_the_ensemble() {
    let document = json(&["backtest", DOHA, "--runs", "700", "--seed", "5", "--json"]);
    let entries = list(&document["backtest"]["entries"]);
    assert_eq!(entries.len(), 22);
    let mut args = vec!["ensemble", DOHA, "--runs", "700", "--seed", "5", "--json"];
    for entry in entries {
        args.extend(["--measure", entry["condition"].as_str().expect("a text")]);
    }
    let ensemble = json(&args);
    for (entry, measure) in entries.iter().zip(list(&ensemble["summary"]["measures"])) {
        let round = entry["round"].as_u64().expect("within the rounds") as usize;
        assert_eq!(entry["at"]["share"], measure["by_round"][round - 1], "{}", entry["condition"]);
    }
    // At the end of the last round.
    let last = entries.last().expect("an entry");
    assert_eq!(last["at"]["share"].as_f64(), Some(last["at"]["runs"].as_f64().expect("runs") / 700.0));
}

/// What single runs say, counted by hand.
#[test]
fn shares_can_be_counted_from_single_runs() {
    let runs = 60;
    let document = json(&["backtest", DOHA, "--runs", "60", "--json"]);
    let signed = |id: &str, run: u32| {
        let told = json(&["run", DOHA, "--run", &run.to_string(), "--json"]);
        let first = list(&told["rounds"]).iter().find_map(|r| {
            let entries = list(&r["turns"]).iter().flat_map(|t| list(&t["entries"]));
            let mut of = entries.filter(|e| e["entry"] == "instrument" && e["instrument"] == id);
            of.any(|e| e["to"] == "signed" || e["to"] == "in-force").then(|| r["round"].as_u64())
        });
        first.flatten()
    };
    let by_4 = (0..runs).filter(|r| signed("prisoner-mechanism", *r).is_some_and(|round| round <= 4)).count();
    let entry = list(&document["backtest"]["entries"])
        .iter()
        .find(|e| e["condition"] == "instrument.prisoner-mechanism.signed")
        .expect("it is in the history");
    assert_eq!((entry["round"].as_u64(), entry["at"]["runs"].as_u64()), (Some(4), Some(by_4 as u64)));
}

#[test]
fn extremes_are_named_and_dates_outside_are_kept() {
    let (_folder, path) = written(HISTORY);
    let document = json(&["backtest", &path, "--runs", "50", "--json"]);
    let entries = list(&document["backtest"]["entries"]);
    let get = |title: &str| entries.iter().find(|e| e["title"] == title).expect("the entry");
    assert_eq!(get("Certain")["extreme"], "certain");
    assert_eq!(get("Impossible")["extreme"], "impossible");
    for (title, place) in [("Before", "before"), ("After", "after")] {
        assert_eq!(get(title)["place"], place);
        assert!(
            get(title)["at"].is_null() && get(title)["round"].is_null() && get(title)["extreme"].is_null()
        );
    }
    // One certain, one impossible: (0 + 1) / 2, and the logarithm of half a run in fifty.
    let scores = &document["backtest"]["scores"];
    assert_eq!(
        (scores["entries"].as_u64(), scores["brier"]["model"]["value"].as_f64()),
        (Some(2), Some(0.5))
    );
    let expected = (-libm::log(0.01) - libm::log(0.99)) / 2.0;
    let value = scores["log"]["model"]["value"].as_f64().expect("a score");
    assert!((value - expected).abs() < 1e-12, "{value}");
    assert_eq!(scores["brier"]["reference"].as_f64(), Some(0.25));
    assert_eq!(scores["brier"]["skill"]["value"].as_f64(), Some(-1.0));
    let text = printed(&["backtest", &path, "--runs", "50"]);
    assert!(text.contains("before the rounds") && text.contains("after the rounds"));
    assert!(text.contains("No run had") && text.contains("Every run had"));
}

#[test]
fn the_reading_chooses_the_share() {
    let entry = |reading: &str| {
        format!(
            "[[history]]\ndate = 2031-04-25\nthat = \"round == 1\"\ntitle = \"{reading}\"\nreading = \"{reading}\"\n"
        )
    };
    let (_folder, path) = written(&format!("{}{}", entry("at"), entry("by")));
    let document = json(&["backtest", &path, "--runs", "20", "--json"]);
    for entry in list(&document["backtest"]["entries"]) {
        assert!(entry["round"].as_u64() > Some(1));
        assert_eq!((&entry["at"]["runs"], &entry["by"]["runs"]), (&0.into(), &20.into()));
        let extreme = if entry["title"] == "at" { "impossible" } else { "certain" };
        assert_eq!(entry["extreme"], extreme);
    }
}

#[test]
fn the_timing_adds_up() {
    let document = json(&["backtest", DOHA, "--runs", "400", "--json"]);
    let timing = &document["backtest"]["timing"];
    let claims = list(&timing["claims"]);
    let forecasts: usize = claims.iter().map(|c| list(&c["by_round"]).len()).sum();
    let happened: usize = claims
        .iter()
        .filter_map(|c| c["happened"].as_u64().map(|h| list(&c["by_round"]).len() + 1 - h as usize))
        .sum();
    let sum = |key: &str| {
        list(&timing["calibration"]).iter().map(|c| c[key].as_u64().expect("a count") as usize).sum::<usize>()
    };
    assert_eq!((sum("forecasts"), sum("happened")), (forecasts, happened));
    let mut total = 0.0;
    for claim in claims {
        let mut sum = 0.0;
        let rounds = list(&claim["by_round"]);
        for (k, share) in rounds.iter().enumerate() {
            let outcome = claim["happened"].as_u64().is_some_and(|h| h as usize <= k + 1);
            let miss = share["share"].as_f64().expect("a share") - f64::from(u8::from(outcome));
            sum += miss * miss;
        }
        let brier = sum / rounds.len() as f64;
        assert!((claim["brier"].as_f64().expect("a score") - brier).abs() < 1e-12);
        total += brier;
    }
    let value = timing["brier"]["model"]["value"].as_f64().expect("a score");
    assert!((value - total / claims.len() as f64).abs() < 1e-12);
    // Three dates at which there was no comprehensive agreement are one claim, up to the last of them.
    let whole: Vec<&Value> =
        claims.iter().filter(|c| c["condition"] == "instrument.comprehensive.signed").collect();
    assert_eq!(whole.len(), 1);
    assert!(whole[0]["happened"].is_null() && list(&whole[0]["by_round"]).len() == 13);
}

#[test]
fn a_base_rate_has_its_own_interval_and_the_runs_it_is_compared_with() {
    let document = json(&["backtest", DOHA, "--runs", "400", "--json"]);
    let rates = list(&document["backtest"]["base_rates"]);
    let full = rates.iter().find(|r| r["cases"][0] == 17).expect("the rate of full agreements");
    assert_eq!((&full["cases"][1], full["share"].as_f64()), (&77.into(), Some(17.0 / 77.0)));
    let (low, high) = (full["interval"][0].as_f64(), full["interval"][1].as_f64());
    assert!(low < Some(17.0 / 77.0) && high > Some(17.0 / 77.0));
    let ensemble =
        json(&["ensemble", DOHA, "--runs", "400", "--json", "--measure", "instrument.comprehensive.signed"]);
    assert_eq!(full["given_runs"], ensemble["summary"]["measures"][0]["last"]["runs"]);
    let share = rates.iter().find(|r| r["cases"].is_null()).expect("a rate without counts");
    assert!(share["interval"].is_null());
}

/// What the record says of one claim is compared with what the rules leave room for.
#[test]
fn the_timing_says_when_a_claim_is_possible() {
    let document = json(&["backtest", DOHA, "--runs", "200", "--json"]);
    let timing = &document["backtest"]["timing"];
    let claims = list(&timing["claims"]);
    for claim in claims {
        let (first, last) = (claim["first_possible"].as_u64(), claim["last_possible"].as_u64());
        let (first, last) = (first.expect("possible") as usize, last.expect("possible") as usize);
        for (k, odds) in list(&claim["reference"]).iter().enumerate() {
            let part = ((k + 2) as f64 - first as f64) / (last + 1 - first) as f64;
            let expected = 1.0 - libm::pow(0.5, part.clamp(0.0, 1.0));
            assert!((odds.as_f64().expect("odds") - expected).abs() < 1e-12, "{claim}");
        }
        for share in &list(&claim["by_round"])[..first - 1] {
            assert_eq!(share["runs"], 0, "{claim}");
        }
    }
    let whole = claims.iter().find(|c| c["condition"] == "instrument.comprehensive.signed");
    assert_eq!(whole.expect("the claim")["first_possible"], 7);
    let text = printed(&["backtest", DOHA, "--runs", "200"]);
    assert!(text.contains("possible by the rules from round 7 to round 13"), "{text}");
}

#[test]
fn entries_that_lose_to_a_coin_are_said_to() {
    let entry = |that: &str| format!("[[history]]\ndate = 2031-04-25\nthat = \"{that}\"\n");
    let (_folder, path) =
        written(&[entry("round >= 1"), entry("round == 40"), entry("round == 41")].concat());
    let scores = &json(&["backtest", &path, "--runs", "20", "--json"])["backtest"]["scores"];
    assert_eq!(scores["below_half"], 2);
    assert_eq!(scores["brier"]["reference"], 0.25);
    let words = |path: &str| {
        printed(&["backtest", path, "--runs", "20"]).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = words(&path);
    assert!(
        text.contains(
            "The shares lose to a coin, which says one half of every entry: 0.667 against 0.250 by"
        ),
        "{text}"
    );
    assert!(
        text.contains("Of 2 of the 3 entries the share is below one half: a coin does better on these."),
        "{text}"
    );
    // All certain: no coin does better.
    let (_folder, path) = written(&entry("round >= 1"));
    let text = words(&path);
    assert!(!text.contains("lose to a coin") && !text.contains("a coin does better"), "{text}");
}

#[test]
fn a_base_rate_says_over_how_many_days_it_counts() {
    let rate = |given: &str, about: &str, days: &str| {
        format!(
            "[[base-rate]]\ntitle = \"Elsewhere\"\nabout = \"{about}\"\n{given}within = \"{days}\"\nshare = 0.2\nsource = \"s\"\n"
        )
    };
    let history = "[[history]]\ndate = 2031-04-25\nthat = \"round >= 1\"\n".to_owned();
    let given = "given = \"round >= 3\"\n";
    let rates = [
        rate("", "round == 40", "9999 days"),
        rate(given, "round <= 2", "30 days"),
        rate(given, "round >= 3", "1 day"),
        rate(given, "round == 4", "1 day"),
    ];
    let (_folder, path) = written(&(history + &rates.concat()));
    let document = json(&["backtest", &path, "--runs", "20", "--json"]);
    let found = list(&document["backtest"]["base_rates"]);
    let shares: Vec<_> = found.iter().map(|r| r["model"]["share"].as_f64()).collect();
    // What held only before, or comes too late, does not count.
    assert_eq!(shares, [Some(0.0), Some(0.0), Some(1.0), Some(0.0)]);
    assert!(found.iter().all(|r| r["given_runs"] == 20));
    let within = |k: usize| (&found[k]["within"]["days"], &found[k]["within"]["cut_short"]);
    assert_eq!(within(0), (&9999.into(), &20.into()));
    assert_eq!(within(1), (&30.into(), &0.into()));
    let text = printed(&["backtest", &path, "--runs", "20"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the rate counts 9999 days, the scenario has"), "{text}");
    assert!(text.contains("both count 30 days from then on"), "{text}");
    let text = printed(&["backtest", DOHA, "--runs", "400"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "the rate counts 365 days, the scenario has 273: the model's figure is for what is left"
        ),
        "{text}"
    );
    assert!(text.contains("the rate counts 180 days from then on; in"), "{text}");
}

#[test]
fn changes_apply_and_a_scenario_without_history_is_refused() {
    let changed = json(&["backtest", DOHA, "--runs", "200", "--what-if", "uvira-holds", "--json"]);
    let uvira = list(&changed["backtest"]["entries"]).iter().find(|e| e["title"] == "M23 holds Uvira");
    assert_eq!(uvira.expect("the entry")["extreme"], "impossible");
    let output = run(&["backtest", "scenarios/tutorial/1-two-parties.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("has no history"));
}

/// The table in the header of the Doha scenario is what the program prints, before the revision and after it.
#[test]
fn the_table_of_the_scenario_is_real_output() {
    let before = [
        "party.drc.alternative.doha=50",
        "party.m23.alternative=55",
        "party.drc.optimism=very-low",
        "party.m23.optimism=very-low",
        "dynamics.weariness_odds=0.25",
    ];
    let shares = |set: &[&str]| -> Vec<f64> {
        let mut args = vec!["backtest", DOHA, "--json"];
        set.iter().for_each(|s| args.extend(["--set", s]));
        let document = json(&args);
        let entries = list(&document["backtest"]["entries"]).iter();
        entries
            .map(|e| e[e["reading"].as_str().expect("a word")]["share"].as_f64().expect("a share"))
            .collect()
    };
    let percent = |share: f64| match share * 100.0 {
        p if p > 0.0 && p < 0.5 => "<1%".to_owned(),
        p if p < 100.0 && p > 99.5 => ">99%".to_owned(),
        p => format!("{p:.0}%"),
    };
    let text = std::fs::read_to_string(DOHA).expect("it is there");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|l| l.starts_with("#   202") && l.ends_with('%'))
        .map(|l| l.split_whitespace().rev().take(2).collect())
        .collect();
    let (was, is) = (shares(&before), shares(&[]));
    assert_eq!(rows.len(), is.len());
    for ((row, was), is) in rows.iter().zip(was).zip(is) {
        assert_eq!((row[1], row[0]), (percent(was).as_str(), percent(is).as_str()));
    }
}

#[test]
fn the_document_keeps_its_form() {
    let (_folder, path) = written(&format!(
        "{HISTORY}
[[history]]
date = 2031-04-25
that = \"instrument.truce.signed\"
source = \"a source\"

[[base-rate]]
title = \"Truces kept\"
about = \"instrument.truce.signed\"
happened = 3
of = 4
source = \"a study\"
"
    ));
    let document = printed(&["backtest", &path, "--runs", "200", "--json"]);
    insta::assert_snapshot!("backtest_json", document);
}

/// What a history says about when things came about.
#[test]
fn entries_about_the_same_thing_make_one_claim() {
    use baraza::analysis::record::claims;
    use baraza::scenario::{Source, load};
    let entry = |date: &str, that: &str, more: &str| {
        format!("[[history]]\ndate = {date}\nthat = \"{that}\"\n{more}\n")
    };
    let history = [
        entry("2031-03-20", "not instrument.peace.signed", ""),
        entry("2031-04-25", "instrument.truce.signed", ""),
        entry("2031-06-01", "not instrument.peace.signed", ""),
        entry("2031-06-01", "instrument.truce.signed", "title = \"Again\""),
        entry("2031-05-01", "front.ford.intensity == quiet", ""),
        entry("2031-05-01", "front.ford.intensity == clashes", "reading = \"by\""),
        entry("2040-01-01", "instrument.truce.signed and instrument.peace.signed", ""),
        entry("2020-01-01", "instrument.truce.signed or instrument.peace.signed", ""),
    ];
    let (_folder, path) = written(&history.concat());
    let source = Source { name: path.clone(), text: std::fs::read_to_string(&path).expect("it is there") };
    let world = load(&source, &[], None).world.expect("sound");
    let found: Vec<_> = claims(&world).into_iter().map(|c| (c.text, c.title, c.happened, c.known)).collect();
    let again = Some("Again".to_owned());
    let expected = [
        ("instrument.peace.signed", None, None, 7),
        ("instrument.truce.signed", again, Some(4), 16),
        ("front.ford.intensity == clashes", None, Some(5), 16),
        ("instrument.truce.signed and instrument.peace.signed", None, None, 16),
    ];
    assert_eq!(
        found,
        expected.map(|(text, title, happened, known)| (text.to_owned(), title, happened, known))
    );
}

#[test]
fn dates_map_to_the_rounds_that_contain_them() {
    use baraza::scenario::{Source, load};
    let source = Source { name: DOHA.into(), text: std::fs::read_to_string(DOHA).expect("it is there") };
    let world = load(&source, &[], None).world.expect("sound");
    for round in 1..=world.rounds {
        assert_eq!(world.round_of(world.date_of(round)), round);
        assert_eq!(world.round_of(world.last_day_of(round)), round);
        assert_eq!(world.last_day_of(round).next_day(), Some(world.date_of(round + 1)));
    }
    assert_eq!(world.round_of(world.start.previous_day().expect("a day")), 0);
    assert_eq!(world.round_of(world.date_of(world.rounds + 1)), world.rounds + 1);
}

/// The tables hold every entry, claim and class once.
#[test]
fn the_tables_are_complete() {
    use baraza::analysis::backtest::{Questions, backtest};
    use baraza::analysis::counters::{Plan, Reading};
    use baraza::analysis::ensemble::{Range, ensemble};
    use baraza::domain::Model;
    use baraza::scenario::{Source, load};
    use baraza::studies::backtest::{Report, tables};
    use baraza::studies::study::Made;
    let source = Source { name: DOHA.into(), text: std::fs::read_to_string(DOHA).expect("it is there") };
    let model = Model::new(load(&source, &[], None).world.expect("sound"));
    let questions = Questions::of(&model);
    let plan = Plan::new(&model, questions.measures.len());
    let counts = ensemble(&model, &plan, &questions.measures, Range { seed: 1, from: 0, to: 100 });
    let found = backtest(&model, &questions, Reading::new(&plan, &counts), 0.05);
    let (set, made) = ([], Made::default());
    let report = Report {
        world: &model.world,
        fingerprint: "",
        seed: 1,
        what_if: None,
        set: &set,
        backtest: found,
        level: 0.95,
        made: &made,
    };
    let timing = report.backtest.timing.as_ref().expect("claims");
    let ends: usize = timing.claims.iter().map(|c| c.by_round.len()).sum();
    let sizes: Vec<_> = tables(&report).iter().map(|s| (s.name, s.rows.len())).collect();
    assert_eq!(
        sizes,
        [("history", 44), ("scores", 12), ("timing", ends), ("calibration", 5), ("base_rates", 8)]
    );
}
