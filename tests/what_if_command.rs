//! `baraza what-if` from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

const DOHA: &str = "scenarios/doha-2025.toml";
const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";

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

#[test]
fn the_text_fits() {
    for scenario in [DOHA, FORD] {
        for more in
            [vec![], vec!["--detail", "full"], vec!["--measure", "round >= 2"], vec!["--combine", "all"]]
        {
            let text = printed(&[vec!["what-if", scenario, "--runs", "60"], more].concat());
            assert!(text.contains("the same luck") && text.contains("Which changes matter most"));
            for line in text.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let args = |threads| {
        let base = ["what-if", FORD, "--runs", "1500", "--json", "--threads", threads];
        [&base[..], &["--measure", "item.water.settled", "--combine", "all"]].concat()
    };
    assert_eq!(printed(&args("1")), printed(&args("3")));
}

/// A change to what is the case already changes nothing.
#[test]
fn an_empty_change_changes_nothing() {
    let answer = json(&["what-if", FORD, "--runs", "500", "--json", "--set", "scenario.round_days=14"]);
    let effect = &answer["answers"][0]["effect"];
    assert_eq!((effect["parted"].as_u64(), effect["flipped"].as_u64()), (Some(0), Some(0)));
    assert_eq!(list(&effect["flips"]).len(), 0);
}

/// A run of the small scenario, as it stands or under a what-if.
fn single(run: usize, change: &[&str]) -> Value {
    let number = run.to_string();
    let mut args = vec!["run", FORD, "--run", &number, "--json"];
    args.extend(change);
    json(&args)
}

/// What the texts of a run came to.
fn signed(run: &Value) -> BTreeSet<String> {
    let texts = list(&run["end"]["instruments"]).iter().filter(|n| !n["signed"].is_null());
    texts.map(|n| n["instrument"].as_str().expect("an id").to_owned()).collect()
}

/// The turns of a run in which something changed: round, turn, agent, changes.
fn changes(run: &Value) -> Vec<(u64, Value, Value, Value)> {
    let turns = list(&run["rounds"]).iter().flat_map(|r| {
        let round = r["round"].as_u64().expect("a number");
        list(&r["turns"])
            .iter()
            .map(move |t| (round, t["turn"].clone(), t["agent"].clone(), t["changes"].clone()))
    });
    turns.filter(|t| !list(&t.3).is_empty()).collect()
}

/// Every count can be had again from single runs; the run that is named shows the flip, and all that is said of it.
#[test]
fn counts_and_examples_can_be_checked_by_single_runs() {
    let runs = 80;
    let answer = json(&["what-if", FORD, "no-monitors", "--runs", "80", "--json"]);
    let effect = &answer["answers"][0]["effect"];
    let change = ["--what-if", "no-monitors"];
    let played: Vec<[Value; 2]> = (0..runs).map(|run| [single(run, &[]), single(run, &change)]).collect();
    let outcome = |run: &Value| run["end"]["outcome"].as_str().expect("an id").to_owned();
    let mut flips: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (run, [one, other]) in played.iter().enumerate() {
        flips.entry((outcome(one), outcome(other))).or_default().push(run);
    }
    flips.retain(|(from, to), _| from != to);
    let told = list(&effect["flips"]);
    assert_eq!(told.len(), flips.len());
    for flip in told {
        let name = |k: usize| flip["outcomes"][k].as_str().expect("an id").to_owned();
        let found = &flips[&(name(0), name(1))];
        assert_eq!(flip["pairs"].as_u64(), Some(found.len() as u64));
        let alone = |run: usize| {
            let [one, other] = &played[run];
            let (one, other) = (signed(one), signed(other));
            [&other - &one, &one - &other]
        };
        for (k, side) in ["gained", "lost"].iter().enumerate() {
            for reached in list(&flip[side]).iter().filter(|r| r["what"] == "signed") {
                let id = reached["id"].as_str().expect("an id");
                let count = found.iter().filter(|run| alone(**run)[k].contains(id)).count();
                assert_eq!(reached["pairs"].as_u64(), Some(count as u64), "{reached}");
            }
        }
        check_example(flip, found, &played, &alone);
    }
}

fn check_example(
    flip: &Value,
    found: &[usize],
    played: &[[Value; 2]],
    alone: &dyn Fn(usize) -> [BTreeSet<String>; 2],
) {
    let example = flip["example"].as_u64().expect("a run") as usize;
    assert!(found.contains(&example));
    let shown = &flip["shown"];
    let [one, other] = [0, 1].map(|k| changes(&played[example][k]));
    let at = one.iter().zip(&other).position(|(a, b)| a != b).expect("they part");
    let here = [&one[at], &other[at]].map(|t| (t.0, t.1.clone(), t.2.clone()));
    let parted = (shown["round"].as_u64().expect("a round"), shown["turn"].clone(), shown["agent"].clone());
    assert!(here.contains(&parted), "{parted:?} {here:?}");
    assert_eq!((&flip["parts"][0], &flip["parts"][1]), (&shown["turn"], &shown["agent"]));
    for (k, side) in ["gained", "lost"].iter().enumerate() {
        let texts = list(&shown[side]).iter().filter(|r| r["what"] == "signed");
        let texts: BTreeSet<String> = texts.map(|r| r["id"].as_str().expect("an id").to_owned()).collect();
        assert_eq!(texts, alone(example)[k]);
    }
    // It is the first run of its kind: no earlier one parts in that turn and gains the commonest milestone.
    let Some(commonest) = list(&flip["gained"]).first() else { return };
    let kind = |run: usize| {
        let number = run.to_string();
        let pair = json(&["what-if", FORD, "no-monitors", "--pair", &number, "--json"]);
        let parted = &pair["parted"];
        let same = |r: &Value| ["what", "id", "track", "party"].iter().all(|key| r[key] == commonest[key]);
        parted["turn"] == flip["parts"][0]
            && parted["agent"] == flip["parts"][1]
            && list(&parted["gained"]).iter().any(same)
    };
    if let Some(first) = found.iter().find(|run| kind(**run)) {
        assert_eq!(*first, example);
    }
}

/// The interaction of two changes is that of single runs of the four worlds.
#[test]
fn interactions_can_be_checked_by_single_runs() {
    let args = ["what-if", FORD, "--combine", "no-monitors+neighbour-yields", "--runs", "60", "--json"];
    let answer = json(&args);
    let combined = &answer["combinations"][0];
    assert_eq!(list(&answer["combinations"]).len(), 1);
    let settings = [
        "--set",
        "observer.monitors.odds=0.0",
        "--set",
        "instrument.truce.provides=[\"ceasefire\"]",
        "--set",
        "backer.neighbour.tolerance=very-low",
        "--set",
        "mediator.elders.style.press-backer=4",
    ];
    let worlds: [&[&str]; 4] =
        [&[], &["--what-if", "no-monitors"], &["--what-if", "neighbour-yields"], &settings];
    let played = worlds
        .map(|change| (0..60).map(|run| single(run, change)["end"]["outcome"].clone()).collect::<Vec<_>>());
    for joint in list(&combined["outcomes"]) {
        let is = |world: usize, run: usize| i64::from(played[world][run] == joint["id"]);
        let mut counts = [0u64; 5];
        for run in 0..60 {
            counts[(is(3, run) - is(2, run) - is(1, run) + is(0, run) + 2) as usize] += 1;
        }
        let told: Vec<u64> = list(&joint["counts"]).iter().map(|c| c.as_u64().expect("a count")).collect();
        assert_eq!(told, counts);
        let mean = (-2..).zip(counts).map(|(v, c)| v * c as i64).sum::<i64>() as f64 / 60.0;
        assert_eq!(joint["interaction"].as_f64(), Some(mean));
        let number = |key: &str| joint[key].as_f64().expect("a number");
        let shares = number("both") - number("second") - number("first") + number("neither");
        assert!((shares - mean).abs() < 1e-12);
        if joint["verdict"] != "add-up" {
            assert!(number("low") > 0.0 || number("high") < 0.0);
            assert!(number("p_adjusted") < 0.05);
        }
    }
}

#[test]
fn every_two_are_combined_once() {
    let answer = json(&["what-if", FORD, "--combine", "all", "--runs", "40", "--json"]);
    let n = list(&answer["answers"]).len();
    let ids: BTreeSet<String> = list(&answer["combinations"]).iter().map(|c| c["ids"].to_string()).collect();
    assert_eq!(ids.len(), n * (n - 1) / 2);
    for combined in list(&answer["combinations"]) {
        for joint in list(&combined["outcomes"]) {
            assert!(joint["p"].as_f64() <= joint["p_adjusted"].as_f64());
        }
    }
}

/// The sentences of a chronicle, by round.
fn chronicle(text: &str) -> BTreeMap<u64, Vec<String>> {
    let mut rounds: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let mut round = 0;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("Round ") {
            round = rest.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(round);
        } else if line.starts_with("How the talks ended") {
            break;
        } else if let Some(first) = line.strip_prefix("  • ").or_else(|| line.strip_prefix("    – ")) {
            rounds.entry(round).or_default().push(first.to_owned());
        } else if let (true, Some(last)) =
            (line.starts_with("    "), rounds.entry(round).or_default().last_mut())
        {
            *last += &format!(" {}", line.trim());
        }
    }
    rounds.values_mut().flatten().for_each(|s| *s = bare(s));
    rounds
}

/// A sentence without commas, and without the clause that says, at the first mention, what a backer denies.
fn bare(sentence: &str) -> String {
    let text = match sentence.split_once(", which denies backing ") {
        Some((before, after)) => {
            let end = after.find([',', '.', ';', ':']).unwrap_or(after.len());
            format!("{before}{}", &after[end..])
        }
        None => sentence.to_owned(),
    };
    text.replace(',', "")
}

/// What stands side by side is what the two chronicles say, and leaves out nothing that only one of them says.
#[test]
fn a_pair_says_what_the_two_chronicles_say() {
    let mut parted = 0;
    for run in 0..12 {
        let number = run.to_string();
        let pair = json(&["what-if", FORD, "no-monitors", "--pair", &number, "--json"]);
        let texts = [vec![], vec!["--what-if", "no-monitors"]].map(|change| {
            chronicle(&printed(&[vec!["run", FORD, "--run", &number, "--detail", "normal"], change].concat()))
        });
        let mut told = [BTreeMap::new(), BTreeMap::new()];
        for round in list(&pair["rounds"]) {
            for (k, side) in ["baseline", "changed"].iter().enumerate() {
                let said: &mut Vec<String> =
                    told[k].entry(round["round"].as_u64().expect("a round")).or_default();
                for sentence in list(&round["turns"]).iter().flat_map(|t| list(&t[side]["told"])) {
                    said.push(bare(sentence["text"].as_str().expect("a text")));
                    let remarks = sentence["remarks"].as_array().into_iter().flatten();
                    said.extend(remarks.map(|r| bare(r.as_str().expect("a text"))));
                }
            }
        }
        let Some(from) = pair["parted"]["round"].as_u64() else {
            assert_eq!(texts[0], texts[1]);
            continue;
        };
        parted += 1;
        for k in 0..2 {
            // Texts that were kept are named together in a chronicle and one by one here.
            let plain = |s: &&String| !s.contains(" kept.");
            for (round, said) in &told[k] {
                for sentence in said.iter().filter(plain) {
                    assert!(texts[k][round].contains(sentence), "run {run}, round {round}: {sentence}");
                }
            }
            for (round, said) in texts[k].iter().filter(|(round, _)| **round > from) {
                let none = Vec::new();
                let there = texts[1 - k].get(round).unwrap_or(&none);
                for sentence in said.iter().filter(plain).filter(|s| !there.contains(s)) {
                    let here = told[k].get(round).unwrap_or(&none);
                    assert!(here.contains(sentence), "run {run}, round {round}: {sentence}");
                }
            }
        }
    }
    assert!(parted > 3);
}

#[test]
fn a_pair_fits_and_a_flip_is_found() {
    let answer = json(&["what-if", FORD, "no-monitors", "--runs", "200", "--json"]);
    let flip = &answer["answers"][0]["effect"]["flips"][0];
    let [from, to] = [0, 1].map(|k| flip["outcomes"][k].as_str().expect("an id"));
    let wanted = format!("{from}:{to}");
    let base = ["what-if", FORD, "no-monitors", "--show-flip", &wanted, "--runs", "200"];
    let found = json(&[&base[..], &["--json"]].concat());
    assert_eq!(found["outcomes"], flip["outcomes"]);
    let first = found["run"].as_u64().expect("a run");
    assert!(first <= flip["example"].as_u64().expect("a run"));
    let outcome = |change: &[&str]| single(first as usize, change)["end"]["outcome"].clone();
    assert_eq!((outcome(&[]), outcome(&["--what-if", "no-monitors"])), (from.into(), to.into()));
    let text = printed(&base);
    assert!(text.contains(&format!("Run {first} is the first")), "{text}");
    for text in [text, printed(&["what-if", DOHA, "press-kigali", "--pair", "3", "--detail", "full"])] {
        assert!(text.contains("they part") && text.contains(" │ "));
        assert!(text.lines().all(|l| l.chars().count() <= 80));
    }
    // Of one run only what it shows can be found.
    let missing = missing_flip(&answer);
    let output = run(&["what-if", FORD, "no-monitors", "--show-flip", &missing, "--runs", "200"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains(&wanted));
}

/// Two outcomes between which no pair flips.
fn missing_flip(answer: &Value) -> String {
    let effect = &answer["answers"][0]["effect"];
    let ids: Vec<&str> = list(&effect["outcomes"]).iter().map(|o| o["id"].as_str().expect("an id")).collect();
    let flips: Vec<&Value> = list(&effect["flips"]).iter().map(|f| &f["outcomes"]).collect();
    let mut two = ids.iter().flat_map(|a| ids.iter().map(move |b| (a, b))).filter(|(a, b)| a != b);
    let (a, b) =
        two.find(|(a, b)| !flips.iter().any(|f| f[0] == **a && f[1] == **b)).expect("some flip is missing");
    format!("{a}:{b}")
}

/// Conditions are counted as in an ensemble, and rank the changes by how far they move them.
#[test]
fn measures_are_those_of_the_ensemble_and_rank() {
    let condition = "item.water.settled and round >= 5";
    let base = ["what-if", FORD, "--runs", "300", "--json", "--measure", condition];
    let answer = json(&base);
    assert_eq!(answer["ranked_by"]["by"], "measure");
    let mut largest = f64::INFINITY;
    for one in list(&answer["answers"]) {
        let (id, measure) = (one["effect"]["id"].as_str().expect("an id"), &one["effect"]["measures"][0]);
        for (change, key) in [(vec![], "baseline"), (vec!["--what-if", id], "changed")] {
            let plain = vec!["ensemble", FORD, "--runs", "300", "--json", "--measure", condition];
            let ensemble = json(&[plain, change].concat());
            for held in ["ever", "last"] {
                assert_eq!(
                    measure[held][key], ensemble["summary"]["measures"][0][held]["share"],
                    "{id} {held}"
                );
            }
        }
        let size = measure["ever"]["difference"].as_f64().expect("a number").abs();
        assert!(size <= largest);
        largest = size;
    }
    let by = |args: &[&str], key: &dyn Fn(&Value) -> f64| {
        let answer = json(&[&["what-if", FORD, "--runs", "200", "--json"], args].concat());
        let sizes: Vec<f64> = list(&answer["answers"]).iter().map(|a| key(&a["effect"])).collect();
        assert!(sizes.windows(2).all(|w| w[0] >= w[1]), "{args:?}: {sizes:?}");
        answer["ranked_by"]["by"].as_str().expect("a word").to_owned()
    };
    let number = |v: &Value| v.as_f64().expect("a number").abs();
    let flips = by(&["--measure", condition, "--rank-by", "flips"], &|e| number(&e["flipped"]));
    assert_eq!(flips, "flips");
    let first = answer["answers"][0]["effect"]["outcomes"][0]["id"].as_str().expect("an id");
    assert_eq!(by(&["--outcome", first], &|e| number(&e["outcomes"][0]["difference"])), "outcome");
    assert_eq!(by(&["--rank-by", first], &|e| number(&e["outcomes"][0]["difference"])), "outcome");
    let last = ["--rank-by", condition, "--held", "last"];
    assert_eq!(by(&last, &|e| number(&e["measures"][0]["last"]["difference"])), "measure");
}

#[test]
fn intervals_are_of_the_kind_asked_for() {
    let of = |kind: &str| {
        let answer = json(&["what-if", FORD, "no-monitors", "--runs", "200", "--json", "--interval", kind]);
        assert_eq!(answer["interval"], kind);
        answer["answers"][0]["effect"]["outcomes"].clone()
    };
    let (newcombe, tango) = (of("newcombe"), of("tango"));
    assert_ne!(newcombe, tango);
    for (a, b) in list(&newcombe).iter().zip(list(&tango)) {
        assert_eq!((&a["difference"], &a["p"]), (&b["difference"], &b["p"]));
        assert!(
            b["low"].as_f64() <= b["difference"].as_f64() && b["difference"].as_f64() <= b["high"].as_f64()
        );
    }
}

/// A change may take a mediator's turns away or put seats in another order; what does not differ is not said to.
#[test]
fn changes_may_change_the_turns() {
    let change = ["--set", "track.valley.mediators=[]", "--set", "mediator.elders.style={facilitate=1}"];
    let answer = json(&[&["what-if", FORD, "--runs", "200", "--json"], &change[..]].concat());
    let effect = &answer["answers"][0]["effect"];
    assert!(effect["parted"].as_u64() > Some(0));
    let plain = json(&["what-if", FORD, "no-monitors", "--runs", "200", "--json"]);
    for (a, b) in list(&effect["outcomes"]).iter().zip(list(&plain["answers"][0]["effect"]["outcomes"])) {
        assert_eq!(a["baseline"], b["baseline"]);
    }
    let turned = ["what-if", DOHA, "--set", "track.doha.seats=[\"m23\", \"drc\"]", "--runs", "60", "--json"];
    assert_eq!(json(&turned)["answers"][0]["effect"]["flipped"].as_u64(), Some(0));
}

#[test]
fn shares_are_those_of_the_ensemble() {
    let answer = json(&["what-if", FORD, "no-monitors", "--runs", "400", "--json"]);
    let share = |args: &[&str], o: usize| json(args)["summary"]["outcomes"][o]["share"]["share"].as_f64();
    for (o, outcome) in list(&answer["answers"][0]["effect"]["outcomes"]).iter().enumerate() {
        let plain = ["ensemble", FORD, "--runs", "400", "--json"];
        assert_eq!(outcome["baseline"].as_f64(), share(&plain, o));
        let changed = ["ensemble", FORD, "--runs", "400", "--json", "--what-if", "no-monitors"];
        assert_eq!(outcome["changed"].as_f64(), share(&changed, o));
        let bounds = ["low", "difference", "high"].map(|k| outcome[k].as_f64().expect("a number"));
        assert!(bounds[0] <= bounds[1] && bounds[1] <= bounds[2]);
        assert!(outcome["p"].as_f64() <= outcome["p_adjusted"].as_f64());
    }
}

#[test]
fn wrong_usage_says_what_to_write() {
    for (args, said) in [
        (vec!["what-if", FORD, "no-such-thing"], "no-monitors"),
        (vec!["what-if", FORD, "no-monitors", "--set", "a=b"], "cannot be used with"),
        (vec!["what-if", FORD, "--runs", "0"], "--runs"),
        (vec!["what-if", FORD, "--set", "scenario.title"], "PATH=VALUE"),
        (vec!["what-if", FORD, "no-monitor"], "did you mean `no-monitors`"),
        (vec!["what-if", FORD, "--pair", "1"], "name it"),
        (vec!["what-if", FORD, "no-monitors", "--pair", "4294967296"], "--pair"),
        (vec!["what-if", FORD, "no-monitors", "--show-flip", "stalemate"], "FROM:TO"),
        (vec!["what-if", FORD, "no-monitors", "--show-flip", "a:b"], "no outcome `a`"),
        (vec!["what-if", FORD, "--outcome", "no-such"], "no outcome `no-such`"),
        (vec!["what-if", FORD, "--rank-by", "no-such"], "no outcome `no-such`"),
        (vec!["what-if", FORD, "--measure", "item.no-such.settled"], "condition"),
        (vec!["what-if", FORD, "--combine", "no-monitors"], "ID+ID"),
        (vec!["what-if", FORD, "--combine", "no-monitors+no-monitors"], "twice"),
        (vec!["what-if", FORD, "--combine", "no-monitors+no-such"], "no what-if `no-such`"),
        (vec!["what-if", DOHA, "--combine", "no-deadline+hard-deadline"], "track.doha.deadline"),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let complaint = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(complaint.contains(said), "{complaint}");
    }
}

/// Two parties, each with a reserve.
const RESERVES: &str = "tests/data/reserves.toml";

/// What each change does is told for what was drawn; pairs and counts add up to those of all pairs.
#[test]
fn effects_are_told_by_what_was_drawn_for_reserves() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (tables, html, svg) = (at("tables"), at("page.html"), at("svg"));
    let args = ["what-if", RESERVES, "--runs", "600", "--measure", "instrument.pact.signed"];
    let files = ["--csv", &tables, "--html", &html, "--svg", &svg, "--json"];
    let document = json(&[&args[..], &files].concat());
    let mut rows = 1;
    for answer in list(&document["answers"]) {
        let effect = &answer["effect"];
        let number = |value: &Value| value.as_f64().expect("a number");
        for (parties, types) in [(&["a"][..], 3), (&["b"], 3), (&["a", "b"], 9)] {
            let parties = serde_json::json!(parties);
            let told: Vec<&Value> =
                list(&effect["reserves"]).iter().filter(|t| t["parties"] == parties).collect();
            assert_eq!(told.len(), types, "{parties}");
            let pairs: u64 = told.iter().filter_map(|t| t["pairs"].as_u64()).sum();
            assert_eq!(pairs, 600);
            for key in ["baseline", "changed", "difference"] {
                let sum = |of: &dyn Fn(&Value) -> f64| -> f64 {
                    told.iter().map(|t| of(t) * number(&t["pairs"])).sum::<f64>() / 600.0
                };
                for (k, outcome) in list(&effect["outcomes"]).iter().enumerate() {
                    let all = sum(&|t| number(&t["outcomes"][k][key]));
                    assert!((all - number(&outcome[key])).abs() < 1e-9);
                }
                for held in ["ever", "last"] {
                    let all = sum(&|t| number(&t["measures"][0][held][key]));
                    assert!((all - number(&effect["measures"][0][held][key])).abs() < 1e-9);
                }
            }
            rows += told.len() * (list(&effect["outcomes"]).len() + 2);
        }
    }
    let read = |name: &str| std::fs::read_to_string(name).expect("readable");
    assert_eq!(read(&format!("{tables}/what_if_by_reserve.csv")).lines().count(), rows);
    let (page, picture) = (read(&html), read(&format!("{svg}/reserves-kind.svg")));
    assert!(page.contains("By reserves") && page.contains("a: weak; b: strong"));
    assert!(picture.contains("a: weak; b: strong"));
    let text = printed(&[&args[..], &["--detail", "full"]].concat());
    let section = "By the reserves of a and b: “instrument.pact.signed” at the end of the last round";
    assert!(text.contains("By the reserve of a: ") && text.replace('\n', " ").contains(section), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80));
}

/// Without a subject the outcome is told that a change moves most.
#[test]
fn by_reserves_the_outcome_is_told_that_moves_most() {
    let args = ["what-if", RESERVES, "kind", "--runs", "300"];
    let text = printed(&args);
    let effect = &json(&[&args[..], &["--json"]].concat())["answers"][0]["effect"];
    let size = |o: &Value| o["difference"].as_f64().expect("a number").abs();
    let largest = list(&effect["outcomes"]).iter().map(size).fold(0.0, f64::max);
    let first = list(&effect["outcomes"]).iter().find(|o| size(o) == largest).expect("an outcome");
    let title = first["title"].as_str().expect("a title");
    assert!(text.contains(&format!("By the reserve of a: “{title}”")), "{text}");
}

/// Where nobody has a reserve nothing is said of them.
#[test]
fn without_reserves_no_effect_is_told_by_them() {
    let args = ["what-if", FORD, "--runs", "60"];
    assert!(!printed(&args).contains("reserve"));
    let document = json(&[&args[..], &["--json"]].concat());
    assert!(list(&document["answers"]).iter().all(|a| a["effect"].get("reserves").is_none()));
}

/// Holm's adjustment by its definition: the largest of (number of those not smaller) · p over all p that are not larger.
fn holm(p: &[f64]) -> Vec<f64> {
    let mut sorted = p.to_vec();
    sorted.sort_by(f64::total_cmp);
    let step = |k: usize| (sorted.len() - k) as f64 * sorted[k];
    let up_to = |value: f64| (0..sorted.len()).filter(|k| sorted[*k] <= value).map(step).fold(0.0, f64::max);
    p.iter().map(|p| up_to(*p).min(1.0)).collect()
}

/// Everything of a document that has a p: outcomes and conditions of all answers, then of all combinations.
fn tests(document: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    for answer in list(&document["answers"]) {
        all.extend(list(&answer["effect"]["outcomes"]).iter().cloned());
        for measure in list(&answer["effect"]["measures"]) {
            all.extend([measure["ever"].clone(), measure["last"].clone()]);
        }
    }
    for combined in list(&document["combinations"]) {
        ["outcomes", "ever", "last"].iter().for_each(|key| all.extend(list(&combined[key]).iter().cloned()));
    }
    all
}

fn is_holm(family: &[Value]) {
    let of =
        |key: &str| -> Vec<f64> { family.iter().map(|test| test[key].as_f64().expect("a number")).collect() };
    for (told, by_hand) in of("p_adjusted").iter().zip(holm(&of("p"))) {
        assert!((told - by_hand).abs() < 1e-12, "{told} {by_hand}");
    }
    assert!(family.iter().any(|test| test["p"].as_f64() < test["p_adjusted"].as_f64()));
}

/// All that is shown together is one family, across outcomes and conditions; combinations that are shown belong to it.
#[test]
fn holm_covers_all_that_is_shown_together() {
    let base = ["what-if", FORD, "--runs", "400", "--json"];
    let condition = ["--measure", "item.water.settled and round >= 3", "--rank-by", "flips"];
    for more in
        [&[][..], &condition, &["--combine", "all"], &[&condition[..], &["--combine", "all"]].concat()]
    {
        let document = json(&[&base[..], more].concat());
        let answers = list(&document["answers"]);
        let each =
            list(&answers[0]["effect"]["outcomes"]).len() + 2 * list(&answers[0]["effect"]["measures"]).len();
        let family = tests(&document);
        assert_eq!(family.len(), each * (answers.len() + list(&document["combinations"]).len()));
        is_holm(&family);
    }
}

/// Where something was chosen it alone is tested: its figures are the family, and nothing else has an adjusted p.
#[test]
fn a_subject_that_was_chosen_is_the_family() {
    let base = ["what-if", FORD, "--runs", "400", "--combine", "all"];
    let outcome =
        json(&[&base[..], &["--json"]].concat())["answers"][0]["effect"]["outcomes"][0]["id"].clone();
    let chosen = ["--outcome", outcome.as_str().expect("an id")];
    let document = json(&[&base[..], &["--json"], &chosen].concat());
    let (family, rest): (Vec<Value>, Vec<Value>) =
        tests(&document).into_iter().partition(|test| test["id"] == outcome);
    assert_eq!(family.len(), list(&document["answers"]).len() + list(&document["combinations"]).len());
    is_holm(&family);
    assert!(rest.iter().all(|test| test["p_adjusted"].is_null() && test["p"].is_number()));
    let verdicts = list(&document["combinations"]).iter().flat_map(|c| list(&c["outcomes"]));
    assert!(verdicts.into_iter().all(|j| j["verdict"].is_null() == (j["id"] != outcome)));

    let condition = "item.water.settled and round >= 3";
    let asked = json(&["what-if", FORD, "--runs", "400", "--json", "--measure", condition]);
    let held = asked["ranked_by"]["held"].as_str().expect("a word").to_owned();
    let of = |key: &str| -> Vec<Value> {
        let answers = list(&asked["answers"]).iter();
        answers.map(|a| a["effect"]["measures"][0][key].clone()).collect()
    };
    is_holm(&of(&held));
    let other = if held == "ever" { "last" } else { "ever" };
    assert!(of(other).iter().all(|test| test["p_adjusted"].is_null()));
}

/// Beside every column of p-values stands what they do not say.
#[test]
fn every_p_stands_beside_what_it_does_not_say() {
    const SAID: &str = "p measures the luck of the draws alone";
    let combined: [&[&str]; 4] = [
        &["--detail", "full"],
        &["--combine", "all"],
        &["--measure", "item.water.settled"],
        &["--measure", "item.water.settled", "--detail", "full"],
    ];
    for more in combined {
        let folder = tempfile::TempDir::new().expect("a folder");
        let html = folder.path().join("page.html").display().to_string();
        let args = [&["what-if", FORD, "--runs", "60", "--html", &html], more].concat();
        let text = printed(&args);
        let head = |line: &&str| line.starts_with(&" ".repeat(20)) && line.ends_with(" p");
        let columns = text.lines().filter(head).count();
        assert!(columns > 0 && text.matches(SAID).count() == columns, "{text}");
        let page = std::fs::read_to_string(html).expect("a page");
        let tables: Vec<&str> = page.split("<table").skip(1).collect();
        let with_p: Vec<&&str> = tables.iter().filter(|t| t.contains("p, adjusted")).collect();
        assert!(!with_p.is_empty() && with_p.iter().all(|t| t.contains(SAID)), "{more:?}");
    }
}

/// What a what-if takes away and adds is compared with the scenario as any other change is: agents are matched by their ids, and what
/// both have keeps its luck.
#[test]
fn agents_are_taken_away_and_added() {
    let scenario = |what_ifs: &str| {
        format!(
            "[scenario]\ntitle = \"Added\"\nstart = 2030-01-01\nrounds = 6\n[party.a]\nalternative = 40\nreserve = {{ points = 9 }}\n\
             [party.b]\nalternative = 40\n[mediator.town]\n[track.t]\nseats = [\"a\", \"b\"]\nmediators = [\"town\"]\n\
             [item.i]\ntrack = \"t\"\n[item.i.option]\nx = {{ a = 100, b = 30 }}\ny = {{ a = 55, b = 60 }}\nz = {{ a = 20, b = 100 }}\n\
             [instrument.pact]\ntrack = \"t\"\nseals = [\"i\"]\n[front.hill]\nholder = \"a\"\nbelligerents = [\"a\", \"b\"]\n\
             [event.news]\nodds = 0.5\neffect = [\"party.b.pressure += 1\"]\n[event.storm]\nodds = 0.3\neffect = [\"party.a.weariness += 2\"]\n\
             {what_ifs}"
        )
    };
    let what_ifs = "[what-if.calm]\nunset = [\"event.storm\", \"party.a.reserve\"]\n\
         [what-if.help]\nset = { \"track.t.mediators\" = [\"town\", \"envoy\"] }\n\
         add.mediator.envoy = { style = { formulate = 1 }, credibility = \"high\" }\n\
         [what-if.idle]\nadd.mediator.nobody = {}\nadd.event.nothing = { odds = 0, effect = [\"party.a.pressure += 1\"] }\n";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("added.toml");
    std::fs::write(&path, scenario(what_ifs)).expect("written");
    let path = path.to_str().expect("a path");
    let document = json(&["what-if", path, "--runs", "800", "--json", "--combine", "calm+help"]);
    let effect = |title: &str| {
        let answer = list(&document["answers"]).iter().find(|a| a["title"] == title).expect("an answer");
        (answer["set"].clone(), answer["effect"]["parted"].as_u64().expect("a count"))
    };
    let (set, parted) = effect("calm");
    assert_eq!(set[0]["path"], "event.storm");
    assert_eq!(set[0]["value"], "(not set)");
    assert!(parted > 0);
    let (set, parted) = effect("help");
    assert_eq!(set[0]["path"], "mediator.envoy");
    assert_eq!(set[0]["value"], "(added)");
    assert!(parted > 0);
    assert_eq!(list(&document["combinations"]).len(), 1);
    // Whom nobody meets changes nothing, wherever it stands.
    let document = json(&["what-if", path, "idle", "--runs", "800", "--json"]);
    assert_eq!(document["answers"][0]["effect"]["parted"], 0);
    // One run of both, side by side, and any other study of such a world.
    assert!(printed(&["what-if", path, "calm", "--pair", "3"]).contains("(not set)"));
    assert!(printed(&["run", path, "--what-if", "calm+help", "--detail", "normal"]).contains("Envoy"));
}
