//! A session looked back on: chances that are known on paper, decisions that change nothing, branches, refused logs, and
//! `baraza debrief` from outside.

mod support;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use baraza::analysis::debrief::{BUDGET, Debrief, Ending, Options, Played, debrief};
use baraza::domain::Model;
use baraza::drivers::{GENERATOR, Head};
use baraza::scenario::fingerprint;
use baraza::session::{self, Event, Header, Question, Session};
use baraza::studies::forms::COLUMNS;
use serde_json::Value;
use support::{exact, model};

const RIVER: &str = include_str!("../scenarios/tutorial/1-two-parties.toml");
const FILE: &str = "scenarios/tutorial/1-two-parties.toml";
/// One party's word decides: it signs or not, and nothing else can happen.
const WORD: &str = r#"
[scenario]
title = "A word"
start = 2031-03-01
rounds = 1
round_days = 14

[dynamics]
mandate = { firm = 0, planned = 1, flexible = 0 }

[party.a]
alternative = 0
consult = 0
tactic = { kind = "fixed", demand = 0 }
[party.b]
alternative = 0
consult = 0
tactic = { kind = "fixed", demand = 0 }

[track.t]
seats = ["a", "b"]

[item.i]
track = "t"
[item.i.option]
x = { a = 100, b = 100 }

[instrument.n]
track = "t"
seals = ["i"]

[outcome.signed]
when = "instrument.n.signed"

[exercise.predict.soon]
question = "Is it signed?"
that = "instrument.n.signed"
"#;

fn header(model: &Model, seats: &[&str], file: &str) -> Header {
    Header {
        format: session::FORMAT.into(),
        head: Head::new(&model.world.title, &fingerprint(&model.world), 1, session::NOTE),
        run: 3,
        scenario: file.into(),
        seats: seats.iter().map(|s| (*s).to_owned()).collect(),
        by: baraza::session::Pace::Decision,
    }
}

fn begin<'a>(model: &'a Model, seats: &[&str]) -> Session<'a> {
    Session::new(model, header(model, seats, FILE)).expect("they sit")
}

/// Plays to the end and returns the lines of the log.
fn play(session: &mut Session, mut pick: impl FnMut(&Question) -> usize) -> Vec<Event> {
    let mut events = Vec::new();
    while let Some(question) = session.table().question() {
        let event = session.deciding(pick(question)).expect("it is open");
        session.apply(&event).expect("it fits");
        events.push(event);
    }
    events
}

fn word(question: &Question, wanted: &str) -> usize {
    question.find(wanted).map_or(question.own().pick, |a| a.pick)
}

fn look(session: &Session, branch: usize, runs: u32) -> Debrief {
    look_with(session, branch, Options { runs, top: 5, budget: BUDGET, alpha: 0.05 })
}

fn look_with(session: &Session, branch: usize, options: Options) -> Debrief {
    let played = Played::new(session, branch).expect("it is there");
    debrief(session, &played, &options, &mut |_, _| true).expect("it plays").expect("it was not stopped")
}

#[test]
fn chances_before_the_first_decision_are_the_exact_ones() {
    let model = model(RIVER);
    let known = exact::outcomes(&model, 500_000).expect("it is small");
    let mut session = begin(&model, &["highlands"]);
    play(&mut session, |q| q.own().pick);
    let found = look_with(&session, 1, Options { runs: 4000, top: 0, budget: 0, alpha: 0.05 });
    let exact = look(&session, 1, 50);
    for (k, (result, share)) in found.turning.results.iter().zip(&found.turning.start).enumerate() {
        let Ending::Outcome(outcome) = result else { continue };
        let p = known.get(&model.world.outcomes[*outcome].name.id).copied().unwrap_or(0.0);
        assert!((exact.turning.start[k].share - p).abs() < 1e-9, "{result:?}: {exact:?} beside {p}");
        // Four standard errors: one of ten thousand such checks fails by luck, and luck is fixed by the seed.
        let room = 4.0 * libm::sqrt(p * (1.0 - p) / 4000.0) + 1e-9;
        assert!((share.share - p).abs() <= room, "{result:?}: {} beside {p}", share.share);
    }
}

#[test]
fn exact_chances_lie_within_the_sampled_intervals() {
    let model = model(RIVER);
    let mut session = begin(&model, &["highlands", "lowlands"]);
    let mut n = 0;
    play(&mut session, |q| {
        n += 1;
        q.alternatives[if n % 3 == 0 { n % q.alternatives.len() } else { 0 }].pick
    });
    // Intervals so wide that none of the hundreds of them misses by luck.
    let options = |budget| Options { runs: 400, top: 3, budget, alpha: 1e-6 };
    let [exact, sampled] = [BUDGET, 0].map(|b| look_with(&session, 1, options(b)).turning);
    assert!(exact.course.iter().all(|c| c.exact) && !sampled.course.iter().any(|c| c.exact));
    for (a, b) in exact.course.iter().zip(&sampled.course) {
        let whole: f64 =
            exact.results.iter().zip(&a.shares).filter(|(r, _)| outcome(r)).map(|(_, s)| s.share).sum();
        assert!((whole - 1.0).abs() < 1e-9, "{a:?}");
        for (a, b) in a.shares.iter().zip(&b.shares) {
            assert!(b.low - 1e-9 <= a.share && a.share <= b.high + 1e-9, "{a:?} beside {b:?}");
        }
    }
    assert!(exact.points.iter().all(|p| p.exact && p.shift.low == p.shift.high));
}

fn outcome(result: &Ending) -> bool {
    matches!(result, Ending::Outcome(_))
}

#[test]
fn a_small_budget_is_spent_on_the_last_decisions() {
    let model = model(RIVER);
    let mut session = begin(&model, &["highlands", "lowlands"]);
    play(&mut session, |q| q.own().pick);
    let mut mixed = false;
    for budget in [100, 300, 1000, 3000, 10_000] {
        let options = Options { runs: 50, top: 0, budget, alpha: 0.05 };
        let course = look_with(&session, 1, options).turning.course;
        let exact: Vec<bool> = course.iter().map(|c| c.exact).collect();
        assert!(exact.is_sorted(), "{budget}: {exact:?}");
        mixed |= exact.contains(&true) && exact.contains(&false);
    }
    assert!(mixed);
}

#[test]
fn one_word_that_decides_everything_is_the_turning_point() {
    let model = model(WORD);
    let mut session = begin(&model, &["a"]);
    play(&mut session, |q| word(q, "refuse"));
    let found = look(&session, 1, 200);
    let point = found.turning.points.first().expect("there is one");
    assert_eq!((point.shift.from.share, point.shift.to.share, point.shift.difference), (1.0, 0.0, -1.0));
    assert!(point.shift.low <= -0.9 && point.shift.high < -0.9, "{:?}", point.shift);
    let sign = point.prospects.iter().find(|p| p.word == "sign").expect("it was open");
    let signed = found.turning.results.iter().position(|r| *r == Ending::Text(0)).expect("it is watched");
    assert_eq!((sign.shares[signed].share, sign.taken), (1.0, false));
    // Somebody may still stay away, with small odds.
    assert!(found.turning.start[0].share > 0.9);
    assert!(found.settlement.texts[0].signed.is_empty());
}

#[test]
fn whoever_walks_out_of_a_good_deal_misses_all_of_it() {
    let model = model(WORD);
    let mut session = begin(&model, &["a"]);
    play(&mut session, |q| word(q, "walk-out"));
    let found = look(&session, 1, 100);
    let missed = found.turning.missed.first().expect("there is one");
    assert_eq!(missed.prospects[missed.best.expect("there is a better one")].word, "stay");
    // All but what is lost where the other stays away.
    assert!(missed.missed.low > 90.0 && missed.missed.value <= 100.0, "{:?}", missed.missed);
}

#[test]
fn what_the_model_would_have_done_anyway_moves_nothing() {
    let model = model(WORD);
    let mut session = begin(&model, &["a"]);
    play(&mut session, |q| q.own().pick);
    let found = look(&session, 1, 100);
    assert!(!found.turning.course.is_empty());
    // To stay is certain now; before, small odds spoke for something else.
    assert!(found.turning.course.iter().all(|c| c.screened < 0.01), "{:?}", found.turning.course);
    assert!(found.turning.points.is_empty() && found.turning.missed.is_empty());
    assert_eq!(found.settlement.texts[0].signed, [1]);
    let distance = found.settlement.tracks[0].settlement.as_ref().expect("all is settled");
    assert!(distance.efficient == Some(true) && distance.utilities == [100.0, 100.0]);
    assert!(distance.solutions.iter().all(|s| s.reached), "{:?}", distance.solutions);
}

#[test]
fn predictions_are_scored_by_what_happened_and_beside_the_model() {
    let model = model(WORD);
    let mut session = begin(&model, &["a"]);
    let predict = Event::Predict {
        who: "a".into(),
        question: "soon".into(),
        round: 1,
        probability: 0.75,
        key: String::new(),
    };
    session.apply(&predict).expect("a probability");
    play(&mut session, |q| word(q, "refuse"));
    let found = look(&session, 1, 100);
    let answer = &found.predicted.answers[0];
    let scored = answer.scored.expect("it is known");
    assert!(!scored.happened && (scored.score.brier - 0.5625).abs() < 1e-12);
    // The model would have signed, and so it was wrong.
    let share = answer.share.expect("a share");
    assert!(share > 0.9);
    assert!((scored.beside.expect("a share").model.brier - share * share).abs() < 1e-12);
    assert_eq!(found.predicted.scores.len(), 1);
}

#[test]
fn branches_tell_where_they_part_and_predictions_follow_them() {
    let model = model(WORD);
    let mut session = begin(&model, &["a"]);
    let predict = Event::Predict {
        who: "a".into(),
        question: "soon".into(),
        round: 1,
        probability: 0.75,
        key: String::new(),
    };
    session.apply(&predict).expect("a probability");
    play(&mut session, |q| word(q, "refuse"));
    session.apply(&Event::Rewind { from: 1, round: 1 }).expect("round 1 has begun");
    play(&mut session, |q| word(q, "sign"));
    let found = look(&session, 2, 100);
    let parting = found.branches[1].parting.as_ref().expect("it parts");
    assert_eq!(parting.words, Some(("refuse".into(), "sign".into())));
    assert_eq!((parting.gained.len(), parting.lost.len()), (1, 0));
    assert_eq!(found.branches[0].parting, None);
    assert_eq!(found.predicted.answers[0].scored.map(|s| s.happened), Some(true));
    assert_eq!(look(&session, 1, 100).predicted.answers[0].scored.map(|s| s.happened), Some(false));
    assert!(Played::new(&session, 3).is_err());
}

/// Groups of the same luck are branches of one tree; what each predicted stays its own.
#[test]
fn sessions_of_the_same_talks_are_one_tree() {
    let model = model(WORD);
    let group = |said: f64, wanted: &str| {
        let mut session = begin(&model, &["a"]);
        let (who, question) = ("a".to_owned(), "soon".to_owned());
        let predict = Event::Predict { who, question, round: 1, probability: said, key: String::new() };
        session.apply(&predict).expect("a probability");
        play(&mut session, |q| word(q, wanted));
        session
    };
    let mut tree = group(0.25, "refuse");
    assert_eq!(tree.graft(&group(0.75, "sign")), Ok(2));
    // Nothing tells the third from the first: it parts after its end.
    assert_eq!(tree.graft(&group(0.5, "refuse")), Ok(3));
    let of = |branch: usize| look(&tree, branch, 100);
    let parting = of(1).branches[1].parting.clone().expect("it parts");
    assert_eq!(parting.words, Some(("refuse".into(), "sign".into())));
    let last = tree.table_of(3).expect("it is there").decisions().last().map(|d| d.site.round);
    assert_eq!(tree.branches()[2].parent, last.map(|round| (1, round + 1)));
    for (branch, said, happened) in [(1, 0.25, false), (2, 0.75, true), (3, 0.5, false)] {
        let answers = of(branch).predicted.answers;
        let told: Vec<_> = answers.iter().map(|a| (a.probability, a.scored.map(|s| s.happened))).collect();
        assert_eq!(told, [(said, Some(happened))], "{branch}");
        assert_eq!(
            of(branch).settlement,
            look(&group(said, if happened { "sign" } else { "refuse" }), 1, 100).settlement
        );
    }
    let other = Session::new(&model, Header { run: 4, ..header(&model, &["a"], FILE) }).expect("they sit");
    let refused = tree.graft(&other).expect_err("its luck is another").to_string();
    assert!(refused.contains("other luck") && tree.branches().len() == 3, "{refused}");
}

#[test]
fn a_session_under_way_has_chances_and_no_outcome() {
    let model = model(RIVER);
    let mut session = begin(&model, &["highlands", "lowlands"]);
    for _ in 0..5 {
        let own = session.table().question().expect("it goes on").own().pick;
        let event = session.deciding(own).expect("it is open");
        session.apply(&event).expect("it fits");
    }
    let found = look(&session, 1, 60);
    assert_eq!(found.settlement.outcome, None);
    assert_eq!(found.turning.course.len(), 5);
    assert_eq!(found.settlement.tracks[0].open.len(), 1);
    // Nothing is settled, and yet the frontier is known.
    let distance = found.settlement.tracks[0].settlement.as_ref().expect("it is small");
    assert_eq!((distance.complete, distance.efficient), (false, None));
    assert!(
        distance.utilities == [0.0, 0.0] && distance.frontier.len() > 1 && !distance.solutions.is_empty()
    );
}

#[test]
fn what_was_hidden_is_what_the_scenario_says() {
    let model = model(RIVER);
    let mut session = begin(&model, &["highlands"]);
    // Whoever accepts nothing but its best keeps the item open.
    play(&mut session, |q| word(q, "upstream"));
    let found = look(&session, 1, 50);
    let lowlands = found.hidden.iter().find(|h| h.party == "lowlands").expect("it sits");
    assert_eq!((lowlands.alternative_at_start, lowlands.options.len()), (25.0, 5));
    assert_eq!(lowlands.options[1].points, 38.0);
    // Who plays one party sees its own levels and not those of the other.
    assert!(found.levels.iter().all(|l| !l.path.starts_with("party.highlands")));
    let weary = found.levels.iter().find(|l| l.path == "party.lowlands.weariness").expect("it is hidden");
    assert_eq!(weary.changes.last().map_or(weary.start, |c| c.1), weary.end);
    let failure = &found.failures[0];
    assert_eq!((failure.item.as_str(), failure.parties.len()), ("water", 2));
    for (k, party) in failure.parties.iter().enumerate() {
        for stand in &failure.options {
            assert_eq!(stand.accepts[k], stand.short[k] == Some(0.0), "{party}: {stand:?}");
        }
    }
}

#[test]
fn a_debrief_can_be_stopped() {
    let model = model(RIVER);
    let mut session = begin(&model, &["highlands"]);
    play(&mut session, |q| q.own().pick);
    let played = Played::new(&session, 1).expect("it is there");
    let options = Options { runs: 50, top: 5, budget: 0, alpha: 0.05 };
    let mut steps = 0;
    let stopped = debrief(&session, &played, &options, &mut |_, _| {
        steps += 1;
        steps < 3
    });
    assert_eq!(stopped.expect("it plays"), None);
    assert_eq!(steps, 3);
}

fn baraza(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = baraza(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A played log in a folder of its own.
fn log() -> (tempfile::TempDir, PathBuf) {
    let model = model(RIVER);
    let mut session = begin(&model, &["highlands", "lowlands"]);
    let mut text = session::write(session.header());
    // Every other question is answered in another way than the model's.
    let mut n = 0;
    let events = play(&mut session, |q| {
        n += 1;
        q.alternatives[if n % 3 == 0 { n % q.alternatives.len() } else { 0 }].pick
    });
    events.iter().for_each(|e| text.push_str(&session::write(e)));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("talks.session");
    std::fs::write(&path, text).expect("written");
    // A log opens what lies beside it.
    let scenario = folder.path().join(FILE);
    std::fs::create_dir_all(scenario.parent().expect("it has one")).expect("folders");
    std::fs::write(&scenario, RIVER).expect("written");
    (folder, path)
}

fn name(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn the_command_tells_the_same_on_any_number_of_threads() {
    let (_folder, path) = log();
    let told =
        |threads: &str| printed(&["debrief", name(&path), "--runs", "100", "--json", "--threads", threads]);
    let one = told("1");
    assert_eq!(one, told("2"));
    let document: Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(document["format"], "baraza-debrief/4");
    let decisions = document["decisions"].as_array().expect("a list").len();
    assert_eq!(document["debrief"]["turning"]["course"].as_array().expect("a list").len(), decisions);
    assert!(decisions > 2);
}

#[test]
fn the_text_keeps_its_columns_and_says_what_it_is() {
    let (_folder, path) = log();
    let text = printed(&["debrief", name(&path), "--runs", "100"]);
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
    for part in [
        "How it ended",
        "Turning points",
        "the chances are exact",
        "What the others were hiding",
        "no forecasts",
    ] {
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(part), "{part}: {text}");
    }
}

#[test]
fn tables_and_page_are_written() {
    let (folder, path) = log();
    let [csv, page, svg] = ["tables", "page.html", "pictures"].map(|n| folder.path().join(n));
    let args = [
        "debrief",
        name(&path),
        "--runs",
        "100",
        "--csv",
        name(&csv),
        "--html",
        name(&page),
        "--svg",
        name(&svg),
    ];
    printed(&args);
    let html = std::fs::read_to_string(&page).expect("it is written");
    assert!(html.contains("How the chances moved") && html.matches("<script").count() == 1);
    assert!(svg.join("course.svg").exists() && csv.join("manifest.json").exists());
    let course = std::fs::read_to_string(csv.join("course.csv")).expect("it is written");
    assert!(course.starts_with("decision,kind,id,runs,share,low,high\n"));
    assert_eq!(baraza(&args).status.code(), Some(3), "nothing is overwritten");
}

#[test]
fn several_logs_are_one_tree_on_the_command_line() {
    let (_folder, path) = log();
    let other = path.with_file_name("other.session");
    let text = std::fs::read_to_string(&path).expect("readable");
    // The first line alone: the same talks, nobody has decided anything.
    let header = text.split_inclusive('\n').next().expect("a line");
    std::fs::write(&other, header).expect("written");
    let both = ["debrief", name(&path), name(&other), "--runs", "20"];
    let early = baraza(&both);
    assert_eq!(early.status.code(), Some(2), "the other one still plays");
    let both = [&both[..], &["--now"]].concat();
    let told = printed(&both);
    assert!(told.contains("Branch 1 of 2") && told.contains("Branch 2, from branch 1 at round 1"), "{told}");
    let wrong = text.replacen("\"run\":3", "\"run\":4", 1);
    std::fs::write(&other, wrong.split_inclusive('\n').next().expect("a line")).expect("written");
    let output = baraza(&both);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("other.session: it is a session with other luck"), "{said}");
}

#[test]
fn logs_that_do_not_fit_are_refused() {
    let (folder, path) = log();
    let text = std::fs::read_to_string(&path).expect("it is there");
    let refused = |text: &str, code: i32, says: &str| {
        let path = folder.path().join("other.session");
        std::fs::write(&path, text).expect("written");
        let output = baraza(&["debrief", name(&path), "--runs", "50"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{error}");
        assert!(error.contains(says), "{error}");
    };
    let model = model(RIVER);
    refused(&text.replace(&fingerprint(&model.world), "0000"), 1, "another scenario");
    refused(&text.replace(GENERATOR, "other/v1"), 1, "generator");
    refused("no log", 1, "no log of a session");
    refused(&text.replace(FILE, "nowhere.toml"), 3, "--scenario FILE");
    let second = text.lines().nth(1).expect("a decision").to_owned();
    refused(&text.replacen(&second, &second.replace("\"pick\":", "\"pick\":9"), 1), 1, "line 2");
    let output = baraza(&["debrief", name(&path), "--branch", "7"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no branch 7"));
}

#[test]
fn a_log_beside_its_scenario_is_found_from_another_folder() {
    let (_folder, path) = log();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    let output =
        command.current_dir(elsewhere.path()).args(["debrief", name(&path), "--runs", "50"]).output();
    let output = output.expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_torn_line_is_left_out_and_said_to_be() {
    let (_folder, path) = log();
    let text = std::fs::read_to_string(&path).expect("it is there");
    std::fs::write(&path, &text[..text.len() - 5]).expect("written");
    let output = baraza(&["debrief", name(&path), "--runs", "50", "--now"]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("was not written to its end"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("How it stands"));
}

#[test]
fn a_session_that_is_not_over_says_so() {
    let (_folder, path) = log();
    let text = std::fs::read_to_string(&path).expect("a log");
    let begun: String = text.lines().take(3).map(|line| format!("{line}\n")).collect();
    std::fs::write(&path, begun).expect("written");
    let text = printed(&["debrief", name(&path), "--runs", "100", "--now"]);
    assert!(text.contains("How it stands") && text.contains("still under way in round"), "{text}");
    assert!(!text.contains("How it ended"), "{text}");
}

/// What the workbench hands out is what `--predictions` reads.
#[test]
fn the_workbench_hands_out_forms_with_the_columns_that_are_read() {
    let script = include_str!("../src/workbench/page/guess.js");
    let columns = COLUMNS.map(|c| format!("\"{c}\"")).join(", ");
    assert!(script.contains(&format!("const columns = [{columns}]")), "{columns}");
}

#[test]
fn forms_are_scored_by_what_came_of_them_and_kinds_are_never_pooled() {
    let (folder, path) = log();
    let told = printed(&["debrief", name(&path), "--runs", "50", "--json"]);
    let document: Value = serde_json::from_str(&told).expect("JSON");
    let place = document["debrief"]["settlement"]["outcome"].as_u64().expect("it ended") as usize;
    let model = model(RIVER);
    let ids: Vec<&str> = model.world.outcomes.iter().map(|o| o.name.id.as_str()).collect();
    let (ended, other) = (ids[place], ids[usize::from(place == 0)]);
    let table = folder.path().join("forms.csv");
    // As the workbench writes it, and as somebody types it from paper: with fewer columns filled.
    let text = format!(
        "who,kind,question,outcome,set,seed,round,probability\r\n\
         Ada,event,{ended},,,,1,0.8\r\n\"B, b\",event,{other},0,\"a=1; b=2\",7,1,30%\r\nAda,event,{other},,,1,,0.5\r\n\
         Ada,share,{ended},0.25,a=1,7,0,0.75\r\n"
    );
    std::fs::write(&table, &text).expect("written");
    let args = ["debrief", name(&path), "--runs", "50", "--predictions", name(&table)];
    let json: Value = serde_json::from_str(&printed(&[&args[..], &["--json"]].concat())).expect("JSON");
    let squared: Vec<f64> = json["forms"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|f| f["squared"].as_f64().expect("a number"))
        .collect();
    let expected = [0.04, 0.09, 0.25, 0.25];
    assert!(squared.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{squared:?}");
    let scores: Vec<(Option<&str>, &str, u64, f64)> = json["form_scores"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|s| {
            let mean = s["mean"].as_f64().expect("a number");
            (
                s["who"].as_str(),
                s["kind"].as_str().expect("a word"),
                s["forms"].as_u64().expect("a number"),
                mean,
            )
        })
        .collect();
    let wanted = [
        (Some("Ada"), "event", 2, (0.04 + 0.25) / 2.0),
        (Some("B, b"), "event", 1, 0.09),
        (None, "event", 3, (0.04 + 0.25 + 0.09) / 3.0),
        (Some("Ada"), "share", 1, 0.25),
    ];
    assert_eq!(scores.len(), wanted.len(), "{scores:?}");
    for (found, wanted) in scores.iter().zip(wanted) {
        assert_eq!((found.0, found.1, found.2), (wanted.0, wanted.1, wanted.2));
        assert!((found.3 - wanted.3).abs() < 1e-12, "{found:?}");
    }
    let page = folder.path().join("forms.html");
    let text = printed(&[&args[..], &["--html", name(&page)]].concat());
    assert!(text.contains("Predictions handed in") && text.contains("squared distance"), "{text}");
    let html = std::fs::read_to_string(&page).expect("it is written");
    assert!(html.contains("Predictions handed in") && html.contains("--predictions"), "the command names it");
}

#[test]
fn forms_that_cannot_be_scored_are_named_with_their_line() {
    let (folder, path) = log();
    let table = folder.path().join("forms.csv");
    let first = model(RIVER).world.outcomes[0].name.id.clone();
    for (text, line, says) in [
        ("who,kind,question\nA,event,x\n", 1, "column `probability` is missing"),
        ("who,kind,question,probability\n", 1, "nobody predicted"),
        ("who,kind,question,probability\nA,guess,x,0.5\n", 2, "write event or share"),
        (
            "who,kind,question,probability\nA,event,nowhere,0.5\n",
            2,
            "there is no question or outcome `nowhere`",
        ),
        (&format!("who,kind,question,probability\nA,event,{first},1.5\n"), 2, "from 0 to 1"),
        (
            &format!("who,kind,question,probability\nA,event,{first},0.5\nA,share,{first},0.5\n"),
            3,
            "needs an outcome",
        ),
        (
            &format!("who;kind;question;probability;seed\nA;event;{first};0,5;99\n"),
            2,
            "played with that seed",
        ),
        (&format!("who,kind,question,probability,set\nA,event,{first},0.5,a=1\n"), 2, "changed scenario"),
        (&format!("who,kind,question,probability\nA,event,{first}\n"), 2, "another number of cells"),
    ] {
        std::fs::write(&table, text).expect("written");
        let output = baraza(&["debrief", name(&path), "--runs", "50", "--predictions", name(&table)]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{text}: {error}");
        assert!(error.contains(&format!("line {line}: ")) && error.contains(says), "{text}: {error}");
    }
}
