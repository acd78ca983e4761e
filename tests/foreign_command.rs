//! Domains of other programs as direct input of every command that takes a scenario, and the traps of real files.

mod support;

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use baraza::analysis::bargaining::{Concept, Problem, study};
use baraza::domain::{Model, TrackId};
use baraza::exchange::{self, scenario::Talks};
use baraza::scenario::{self, Source};
use proptest::prelude::*;
use serde_json::Value;
use support::foreign::{
    GAME, GENIUS, GENIUSWEB, NEGMAS, NEGOLOG, Reference, name, references, request, texts,
};

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

fn folder(root: &Path, name: &str, files: &[(&str, &[u8])]) -> String {
    let folder = root.join(name);
    std::fs::create_dir_all(&folder).expect("made");
    for (file, bytes) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    folder.display().to_string()
}

fn of_texts(root: &Path, name: &str, files: &[(&str, &str)]) -> String {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    folder(root, name, &files)
}

/// Every folder of the reference data is played, from the folder and from each of its files.
#[test]
fn real_folders_are_played() {
    for (folder, _) in references().iter().flat_map(|r| [r.domains(), r.games()].concat()) {
        let (name, path) = (name(&folder), folder.display().to_string());
        let told = printed(&["run", &path]);
        assert!(told.contains("Seed 1, run 0."), "{name}: {told}");
        let files = std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").path());
        for file in files.filter(|file| file.is_file()) {
            assert_eq!(printed(&["run", &file.display().to_string()]), told, "{name}: {}", file.display());
        }
        let folder = path;
        printed(&["check", &folder, "--deny-warnings"]);
        // Under the file's own rules nothing is left to chance: every run is the same one.
        let document: Value =
            serde_json::from_str(&printed(&["ensemble", &folder, "--runs", "40", "--json"])).expect("JSON");
        let shares: Vec<f64> = shares(&document);
        assert!(shares.iter().all(|s| *s == 0.0 || *s == 1.0), "{name}: {shares:?}");
    }
}

/// Shares of the outcomes in a study's document.
fn shares(document: &Value) -> Vec<f64> {
    let outcomes = document["summary"]["outcomes"].as_array().expect("outcomes");
    outcomes.iter().map(|o| o["share"]["share"].as_f64().expect("a share")).collect()
}

/// A factor for the whole time is one for each of the rounds.
#[test]
fn a_discount_is_spread_over_the_rounds() {
    let domain = exchange::read(&texts(&GENIUS)).expect("it is read");
    for rounds in [1, 5, 30] {
        let talks = Talks { rounds: Some(rounds), ..Talks::default() };
        let written = exchange::scenario::write(&domain, &talks).expect("it is imported");
        let source = Source { name: "trip".into(), text: written.text };
        let world = scenario::load(&source, &[], None).world.expect("it is sound");
        assert_eq!(world.parties[0].discount, 1.0);
        let whole = (0..rounds).map(|_| world.parties[1].discount).product::<f64>();
        assert!((whole - 0.5).abs() < 1e-12, "{rounds} rounds: {whole}");
        assert!(written.losses.iter().any(|l| l.contains("0.5 over the whole time")), "{:?}", written.losses);
    }
}

/// The scenario that a domain is imported as has the packages, the frontier and the solutions of the files.
#[test]
fn imported_domains_analyse_to_the_expected_figures() {
    for (folder, wanted) in references().iter().flat_map(Reference::domains) {
        let (name, domain) = (name(&folder), exchange::read(&request(&folder)).expect("it is read"));
        let wanted = &wanted["genius_10_4"];
        let written = exchange::scenario::write(&domain, &Talks::default()).expect("it is imported");
        let source = Source { name: name.clone(), text: written.text };
        let model = Model::new(scenario::load(&source, &[], None).world.expect("it is sound"));
        let problem = Problem::of_track(&model, TrackId::new(0));
        let analysis = study(&problem).expect("small");
        let count = |key: &str, found: usize| {
            assert_eq!(Some(found as u64), wanted[key].as_u64(), "{name}, {key}");
        };
        count("n_outcomes", analysis.space.packages());
        count("pareto_outcomes", analysis.frontier.packages());
        count("pareto_distinct_points", analysis.frontier.points.len());
        // Points are of 100 of the best package; a party's best package in the file says what that is.
        let most = |p: usize| -> f64 {
            let worth = domain.profiles[p].worth(&domain.issues);
            worth.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).sum()
        };
        for (p, range) in analysis.ranges.iter().enumerate() {
            for (key, found) in [("min_u", range.least), ("max_u", range.most)] {
                let found = found * most(p) / 100.0;
                let wanted = wanted[key][p].as_f64().expect("a number");
                assert!((found - wanted).abs() <= 1e-9, "{name}, {key}: {found} and not {wanted}");
            }
        }
        // Alternatives are whole points of 100; where that is exact, the zone and Nash's solution are those of the file.
        if written.losses.iter().any(|l| l.contains("the alternative of")) {
            continue;
        }
        count("n_rational_outcomes", analysis.zone.packages as usize);
        let nash = analysis.solutions.iter().find(|s| s.concept == Concept::Nash);
        assert_eq!(nash.is_none(), wanted["nash_r"].is_null(), "{name}");
        for (p, u) in nash.map(|s| s.utilities[0].clone()).into_iter().flatten().enumerate() {
            let wanted = wanted["nash_r"]["utils"][0][p].as_f64().expect("a number");
            assert!((u * most(p) / 100.0 - wanted).abs() <= 1e-9, "{name}: {u} and not {wanted}");
        }
    }
}

/// An agreement in a game passes that game's own rule.
#[test]
fn agreements_of_games_pass_their_rule() {
    let root = tempfile::tempdir().expect("a folder");
    let game = of_texts(root.path(), "game", &GAME);
    let text = printed(&["import", &game]);
    for line in [
        "procedure = \"alternating-offers\"",
        "steps = 1",
        "offers = \"closest\"",
        "rule = { kind = \"all-but\", n = 1, vetoes = [\"port\", \"city\"] }",
        "signatories = [\"port\", \"city\"]",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let told = printed(&["run", &game]);
    assert!(told.contains("Agreement"), "{told}");
    // Port 50, City 40, Fishers 60: A2, B2 gives 20, 60, 100, which the port vetoes; the package must give it 50.
    let mut agreed = 0;
    for (folder, _) in references().iter().flat_map(Reference::games) {
        let (name, domain) = (name(&folder), exchange::read(&request(&folder)).expect("read"));
        let problem = Problem::of_domain(&domain).expect("small");
        let document: Value =
            serde_json::from_str(&printed(&["run", &folder.display().to_string(), "--json"])).expect("JSON");
        let Some(package) = settled(&document, &problem) else { continue };
        let accepting = (0..problem.parties.len())
            .filter(|p| problem.utility(*p, &package) >= problem.parties[*p].alternative.unwrap_or(0.0))
            .fold(0u64, |set, p| set | 1 << p);
        assert!(problem.rule.passes(accepting, problem.parties.len()), "{name}: {package:?}");
        agreed += 1;
    }
    assert!(agreed > 0, "no game ends with an agreement");
}

/// The package on which a run ended: options of games are called as in the files, in small letters.
fn settled(document: &Value, problem: &Problem) -> Option<Vec<usize>> {
    let items = document["end"]["items"].as_array().expect("items");
    let option = |item: &Value| item["option"].as_str().map(str::to_owned);
    let options = items.iter().map(option).collect::<Option<Vec<_>>>()?;
    let find = |(said, issue): (&String, &baraza::analysis::bargaining::Issue)| {
        issue.values.iter().position(|v| v.to_lowercase() == *said)
    };
    options.iter().zip(&problem.issues).map(find).collect()
}

/// Wherever a scenario is taken, a domain is.
#[test]
fn every_command_takes_a_domain() {
    let root = tempfile::tempdir().expect("a folder");
    let all: [(&str, &[(&str, &str)]); 5] = [
        ("genius", &GENIUS),
        ("geniusweb", &GENIUSWEB),
        ("negmas", &NEGMAS),
        ("negolog", &NEGOLOG),
        ("game", &GAME),
    ];
    for (name, files) in all {
        let path = of_texts(root.path(), name, files);
        let first = &baraza_party(&path);
        let (trace, chain) = (format!("{path}.trace"), format!("{path}.drn"));
        let set = format!("party.{first}.alternative=10");
        printed(&["run", &path, "--trace", &trace]);
        assert!(printed(&["replay", &trace]).contains("Seed 1, run 0."));
        printed(&["ensemble", &path, "--runs", "20"]);
        printed(&["what-if", &path, "--set", &set, "--runs", "20"]);
        printed(&["exact", &path]);
        printed(&["resolve", &path, "--agent", first]);
        printed(&["check", &path, "--deny-warnings"]);
        printed(&["diagram", &path]);
        printed(&[
            "sensitivity",
            &path,
            "--range",
            &format!("party.{first}.alternative=10..30"),
            "--runs",
            "20",
        ]);
        printed(&["export", &path, "--format", "drn", "--out", &chain]);
        let verified = run(&["verify", &path, "--property", "possible instrument.agreement.signed"]);
        assert!(
            verified.status.code().is_some_and(|c| c < 2),
            "{}",
            String::from_utf8_lossy(&verified.stderr)
        );
        // The fingerprint is that of the text that import writes.
        let scenario = format!("{path}.toml");
        printed(&["import", &path, "--out", &scenario]);
        let tail = |text: String| text.lines().skip(3).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(tail(printed(&["run", &path])), tail(printed(&["run", &scenario])));
        printed(&["replay", &trace, "--scenario", &scenario]);
    }
}

/// `--parties` goes wherever a domain is read, and nowhere else.
#[test]
fn profiles_are_chosen_with_every_command() {
    let root = tempfile::tempdir().expect("a folder");
    let mut files = GENIUS.to_vec();
    files.push(("c.xml", GENIUS[2].1));
    let path = of_texts(root.path(), "genius", &files);
    let trace = format!("{path}.trace");
    let only = |args: &[&str]| printed(&[args, &["--parties", "c,a"]].concat());
    let told = only(&["run", &path, "--trace", &trace]);
    assert!(!told.contains("b:"), "{told}");
    assert!(only(&["replay", &trace]).contains("Seed 1, run 0."));
    only(&["ensemble", &path, "--runs", "20"]);
    only(&["exact", &path]);
    only(&["check", &path, "--deny-warnings"]);
    only(&["analyze", &path, "--runs", "20"]);
    assert!(only(&["diagram", &path]).contains("c"));
    let scenario = format!("{path}.toml");
    only(&["import", &path, "--out", &scenario]);
    assert!(complaint(&["run", &scenario, "--parties", "a"], 2).contains("a scenario has seats"));
}

/// A command that makes an answer again chooses the same profiles and makes the same changes.
#[test]
fn commands_that_are_told_choose_the_same_profiles() {
    let root = tempfile::tempdir().expect("a folder");
    let mut files = GENIUS.to_vec();
    files.push(("c.xml", GENIUS[2].1));
    let path = of_texts(root.path(), "genius", &files);
    let set = "scenario.rounds=4";
    for (study, few) in [
        ("ensemble", &["--runs", "20"][..]),
        ("what-if", &["--runs", "20"]),
        ("sensitivity", &["--runs", "20", "--method", "tornado", "--range", "party.a.alternative=10..20"]),
        ("analyze", &["--runs", "20"]),
    ] {
        let page = format!("{path}-{study}.html");
        let options = ["--parties", "c,a", "--set", set, "--html", &page];
        printed(&[&[study, path.as_str()], few, &options].concat());
        let page = std::fs::read_to_string(page).expect("written");
        let again = page.lines().find(|l| l.contains(&format!("baraza {study} "))).expect("a command");
        assert!(again.contains("--parties c,a") && again.contains(&format!("--set {set}")), "{again}");
    }
    let part = format!("{path}.part.json");
    printed(&["ensemble", &path, "--parties", "c,a", "--set", set, "--to", "20", "--out", &part]);
    let page = format!("{path}-merge.html");
    printed(&["merge", &part, "--scenario", &path, "--parties", "c,a", "--html", &page]);
    let page = std::fs::read_to_string(page).expect("written");
    let again = page.lines().find(|l| l.contains("baraza ensemble ")).expect("a command");
    assert!(again.contains("--parties c,a") && again.contains(&format!("--set {set}")), "{again}");
    let guide = printed(&["sheets", &path, "--parties", "c,a", "--set", set]);
    assert!(guide.contains(&format!("baraza run {path} --parties c,a --set {set}")), "{guide}");
}

/// Time that eats up both alike leaves nothing to chance and closes no zone: every run is the same one, and nobody is asked for more
/// than there is.
#[test]
fn discounted_domains_are_not_left_to_chance() {
    let root = tempfile::tempdir().expect("a folder");
    let files: Vec<(&str, String)> = GENIUS
        .iter()
        .map(|(name, text)| {
            let text = text.replace("value=\"0.0\"/></utility_space>", "value=\"0.1\"/></utility_space>");
            (
                *name,
                text.replace("<utility_space>\n<obj", "<utility_space><reservation value=\"0.4\"/>\n<obj"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let path = of_texts(root.path(), "genius", &files);
    let document: Value =
        serde_json::from_str(&printed(&["ensemble", &path, "--runs", "40", "--json"])).expect("JSON");
    let shares = shares(&document);
    assert!(shares.iter().all(|s| *s == 0.0 || *s == 1.0), "{shares:?}");
    let told = printed(&["run", &path, "--detail", "full"]);
    assert!(!told.contains("more than all"), "{told}");
}

/// The id of the first party of the scenario that a domain is imported as.
fn baraza_party(path: &str) -> String {
    let text = printed(&["import", path]);
    let line = text.lines().find(|l| l.starts_with("[party.")).expect("a party").to_owned();
    line.trim_start_matches("[party.").trim_end_matches(']').to_owned()
}

#[test]
fn talks_are_held_as_asked() {
    let root = tempfile::tempdir().expect("a folder");
    let path = of_texts(root.path(), "genius", &GENIUS);
    let text = printed(&[
        "import", &path, "--tactic", "conceder", "--tactic", "b=micro", "--rounds", "60", "--steps", "4",
    ]);
    for line in ["rounds = 60", "steps = 4", "kind = \"conceder\"", "kind = \"micro\""] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(complaint(&["import", &path, "--tactic", "boulwar"], 2).contains("boulware"));
    assert!(complaint(&["import", &path, "--tactic", "zebra=micro"], 1).contains("there are: a, b"));
}

// --- traps -----------------------------------------------------------------------------------------------------------

const DOMAIN: &str = r#"<negotiation_template><utility_space number_of_issues="9"><objective index="0" name="deal">
<issue index="1" name="Price"><item index="1" value="low"/><item index="2" value="high "/></issue>
<issue index="2" name="Days" type="integer" lowerbound="1" upperbound="3"/>
</objective></utility_space></negotiation_template>"#;

fn profile(first: &str, weights: [f64; 2], rest: &str) -> String {
    format!(
        r#"<utility_space><objective index="0" name="deal"><weight index="2" value="{}"/><weight index="1" value="{}"/>
<issue index="1" name="Price"><item index="1" value="low" evaluation="{first}"/><item index="2" value="high " evaluation="8"/></issue>
<issue index="2" name="Days" type="integer"><evaluator ftype="linear" slope="0.5" offset="0"/></issue>
</objective>{rest}</utility_space>"#,
        weights[1], weights[0]
    )
}

struct Case {
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    /// `Ok`: what is told beside playing it; `Err`: what the refusal says.
    wanted: Result<Vec<&'static str>, Vec<&'static str>>,
}

fn genius(
    name: &'static str,
    change: impl Fn(&'static str, String) -> Vec<u8>,
    wanted: Result<Vec<&'static str>, Vec<&'static str>>,
) -> Case {
    let a = profile("4", [0.5, 0.5], "<reservation value=\"0.25\"/>");
    let b = profile("2", [0.25, 0.75], "<discount_factor value=\"1\"/>");
    let files = [("deal.xml", DOMAIN.to_owned()), ("a.xml", a), ("b.xml", b)];
    Case { name, files: files.into_iter().map(|(n, t)| (n, change(n, t))).collect(), wanted }
}

fn all_cases() -> Vec<Case> {
    let plain = |_: &'static str, t: String| t.into_bytes();
    let only = |file: &'static str, f: fn(String) -> String| {
        move |n: &'static str, t: String| if n == file { f(t).into_bytes() } else { t.into_bytes() }
    };
    let with = |mut case: Case, file: &'static str, text: String| {
        case.files.push((file, text.into_bytes()));
        case
    };
    let mut cases = vec![
        genius("plain", plain, Ok(vec![])),
        genius("bom", |_, t| ["\u{feff}", &t].concat().into_bytes(), Ok(vec![])),
        genius("windows-lines", |_, t| t.replace('\n', "\r\n").into_bytes(), Ok(vec![])),
        genius("blank-first", |_, t| format!("\n\n<?xml version=\"1.0\"?>{t}").into_bytes(), Ok(vec![])),
        genius(
            "utf-16",
            |_, t| [0xff, 0xfe].into_iter().chain(t.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            Ok(vec![]),
        ),
        genius(
            "latin-1",
            |_, t| t.replace("deal", "d\u{e9}al").chars().map(|c| c as u8).collect(),
            Ok(vec!["Latin-1"]),
        ),
        genius(
            "doctype",
            only("a.xml", |t| format!("<!DOCTYPE x>{t}")),
            Ok(vec!["document type", "skipped"]),
        ),
        genius(
            "no-reservation",
            only("a.xml", |t| t.replace("<reservation value=\"0.25\"/>", "")),
            Ok(vec![]),
        ),
        genius(
            "discount-0",
            only("b.xml", |t| t.replace("value=\"1\"/></utility_space>", "value=\"0.0\"/></utility_space>")),
            Ok(vec!["discount factor of 0 means none"]),
        ),
        genius(
            "weights-1.9",
            only("a.xml", |t| t.replace("value=\"0.5\"/>", "value=\"0.95\"/>")),
            Ok(vec!["sum to 1.9"]),
        ),
        genius(
            "all-zero",
            only("b.xml", |t| {
                t.replace("evaluation=\"2\"", "evaluation=\"0\"")
                    .replace("evaluation=\"8\"", "evaluation=\"0\"")
            }),
            Ok(vec!["no evaluation is above 0"]),
        ),
        genius(
            "null",
            only("b.xml", |t| t.replace("evaluation=\"2\"", "evaluation=\"null\"")),
            Ok(vec!["has no evaluation"]),
        ),
        genius("twice", |_, t| t.replace("\"high \"", "\"low\"").into_bytes(), Ok(vec!["comes twice"])),
        genius(
            "price",
            only("deal.xml", |t| t.replace("\"integer\"", "\"price\"")),
            Err(vec!["deal.xml, line 3", "price"]),
        ),
        genius(
            "not-a-number",
            only("a.xml", |t| t.replace("\"4\"", "\"vier\"")),
            Err(vec!["a.xml, line 2", "vier"]),
        ),
        genius(
            "nonlinear",
            only("a.xml", |t| t.replace("<utility_space>", "<utility_space type=\"nonlinear\">")),
            Err(vec!["a.xml, line 1", "nonlinear"]),
        ),
        genius(
            "namespace",
            |_, t| {
                t.replacen('>', " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">", 1).into_bytes()
            },
            Ok(vec![]),
        ),
        genius(
            "swapped-bounds",
            only("deal.xml", |t| t.replace("lowerbound=\"1\"", "lowerbound=\"7\"")),
            Err(vec!["above the upper bound"]),
        ),
        genius(
            "many-days",
            |_, t| {
                t.replace("upperbound=\"3\"", "upperbound=\"100\"")
                    .replace("slope=\"0.5\"", "slope=\"0.01\"")
                    .into_bytes()
            },
            Ok(vec![]),
        ),
        genius(
            "far-too-many-days",
            |_, t| t.replace("upperbound=\"3\"", "upperbound=\"1000\"").into_bytes(),
            Err(vec!["254 options", "baraza analyze"]),
        ),
    ];
    let other = profile("1", [0.5, 0.5], "")
        .replace("Price", "Salad")
        .replace("Days", "Soup")
        .replace("low", "green");
    let other = other.replace("high ", "red");
    cases.push(with(
        genius("other-profile", plain, Ok(vec!["profiles of other domains", "lunch.xml"])),
        "lunch.xml",
        other,
    ));
    let second = DOMAIN.replace("Price", "Salad").replace("Days", "Soup");
    cases.push(with(
        genius("two-domains", plain, Err(vec!["several domains", "deal.xml, lunch-domain.xml"])),
        "lunch-domain.xml",
        second,
    ));
    cases.push(with(
        genius("broken-beside", plain, Ok(vec!["pareto.xml"])),
        "pareto.xml",
        "<a><b></a>".into(),
    ));
    cases.push(with(genius("other-endings", plain, Ok(vec![])), "notes.md", "hello".into()));
    let upper = genius("upper", plain, Ok(vec![]));
    let upper_files = ["deal.XML", "a.Xml", "b.xML"];
    let files = upper.files.into_iter().zip(upper_files).map(|((_, t), n)| (n, t)).collect();
    cases.push(Case { name: "upper", files, wanted: Ok(vec![]) });
    let bytes = |files: &[(&'static str, &'static str)]| -> Vec<(&'static str, Vec<u8>)> {
        files.iter().map(|(n, t)| (*n, t.as_bytes().to_vec())).collect()
    };
    cases.push(Case { name: "both-dialects", files: bytes(&GENIUSWEB), wanted: Ok(vec!["has no utility"]) });
    cases.push(Case { name: "yaml", files: bytes(&NEGMAS), wanted: Ok(vec!["_info.yaml"]) });
    let tagged = NEGMAS
        .map(|(n, t)| (n, t.replace("values: [Yes, No]", "values: !!python/tuple [Yes, No]").into_bytes()));
    cases.push(Case { name: "yaml-tags", files: tagged.to_vec(), wanted: Ok(vec![]) });
    let game: Vec<_> = GAME
        .iter()
        .map(|(n, t)| (*n, ["\u{feff}", &t.replace('\n', "\r\n")].concat().into_bytes()))
        .collect();
    cases.push(Case { name: "game-bom", files: game, wanted: Ok(vec!["a deal passes"]) });
    cases.push(Case {
        name: "nested",
        files: vec![("inner/deal.xml", DOMAIN.into())],
        wanted: Err(vec!["folders inner"]),
    });
    cases.push(Case {
        name: "alone",
        files: vec![("deal.xml", DOMAIN.into())],
        wanted: Err(vec!["no profile"]),
    });
    cases
}

/// Each trap of real files is played as its own tool would read it, and told, or refused with what and where.
#[test]
fn traps_are_read_or_refused() {
    let root = tempfile::tempdir().expect("a folder");
    for case in all_cases() {
        let files: Vec<(&str, &[u8])> = case.files.iter().map(|(n, b)| (*n, &b[..])).collect();
        let path = folder(root.path(), case.name, &files);
        match case.wanted {
            Ok(told) => {
                printed(&["run", &path]);
                let output = run(&["check", &path, "--deny-warnings"]);
                let said = String::from_utf8_lossy(&output.stderr);
                let shown = String::from_utf8_lossy(&output.stdout);
                assert!(output.status.success(), "{}: {said}{shown}", case.name);
                for what in told {
                    assert!(said.contains(what), "{}: {what} is not in {said}", case.name);
                }
            }
            Err(reasons) => {
                let said = complaint(&["run", &path], 1);
                for what in reasons {
                    assert!(said.contains(what), "{}: {what} is not in {said}", case.name);
                }
            }
        }
    }
    // One of several domains is meant by its file, or by a profile that belongs to it.
    let two = root.path().join("two-domains").display().to_string();
    printed(&["run", &format!("{two}/deal.xml")]);
    printed(&["run", &format!("{two}/a.xml")]);
    // What has too many values for talks can be analysed.
    printed(&["analyze", &root.path().join("far-too-many-days").display().to_string()]);
    let empty = folder(root.path(), "empty", &[]);
    assert!(complaint(&["run", &empty], 1).contains("no file in it"));
    assert!(complaint(&["run", "no-such-folder/x.xml"], 3).contains("no such file"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Bytes of real files replaced by any others: the domain is played or refused in words.
    #[test]
    fn damaged_files_are_played_or_refused(
        form in 0usize..2,
        file in 0usize..3,
        changes in prop::collection::vec((any::<u16>(), prop::collection::vec(any::<u8>(), 0..6), 0usize..40), 1..6),
    ) {
        let root = tempfile::tempdir().expect("a folder");
        let from = Path::new("scenarios/domains/garden").join(["genius", "geniusweb"][form]);
        let mut names: Vec<_> = std::fs::read_dir(&from).expect("there").flatten().map(|e| e.file_name()).collect();
        names.sort();
        for (k, name) in names.iter().enumerate() {
            let mut bytes = std::fs::read(from.join(name)).expect("there");
            if k == file {
                for (at, new, cut) in &changes {
                    let start = usize::from(*at) % (bytes.len() + 1);
                    let end = (start + cut).min(bytes.len());
                    bytes.splice(start..end, new.iter().copied());
                }
            }
            std::fs::write(root.path().join(name), bytes).expect("written");
        }
        for command in ["analyze", "run"] {
            let output = run(&[command, &root.path().display().to_string()]);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            prop_assert!(matches!(output.status.code(), Some(0 | 1)) && !said.contains("panicked"), "{}", said);
        }
    }

    #[test]
    fn any_bytes_are_refused_in_words(bytes in prop::collection::vec(any::<u8>(), 0..300), ending in 0usize..5) {
        let root = tempfile::tempdir().expect("a folder");
        let name = ["a.xml", "a.json", "a.yml", "scores_files/a.txt", "config.txt"][ending];
        let path = folder(root.path(), "x", &[(name, &bytes)]);
        let output = run(&["run", &path]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        prop_assert!(output.status.code() == Some(1) && !said.contains("panicked"), "{}", said);
    }
}
