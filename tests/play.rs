//! `baraza play` through a pipe: it plays to the end, keeps every decision, and goes on after any interruption.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a command left.
struct Done {
    code: Option<i32>,
    out: String,
    err: String,
}

fn baraza() -> PathBuf {
    assert_cmd::cargo::cargo_bin("baraza")
}

fn scenario(name: &str) -> String {
    format!("{ROOT}/scenarios/{name}")
}

/// A shipped scenario, copied into the folder of a session: a log opens what lies beside it.
fn copied(place: &Path, name: &str) -> String {
    let file = Path::new(name).file_name().and_then(|n| n.to_str()).expect("a name");
    fs::copy(scenario(name), place.join(file)).expect("copied");
    file.to_owned()
}

/// Runs `baraza` in a folder with lines on standard input.
fn run(folder: &Path, args: &[&str], lines: &str) -> Done {
    let mut child = Command::new(baraza())
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("piped");
    let lines = lines.to_owned();
    let writer = std::thread::spawn(move || {
        // A program that stops early closes the pipe: what is left of the lines is not wanted.
        let _ = input.write_all(lines.as_bytes());
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("written");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Done { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A session under way in a process of its own.
struct UnderWay {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    shown: String,
}

impl UnderWay {
    fn begin(folder: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(baraza());
        command.args(args).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let (input, output) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
        Self { child, input, output, shown: String::new() }
    }

    fn write(&mut self, lines: &str) {
        self.input.write_all(lines.as_bytes()).expect("written");
        self.input.flush().expect("written");
    }

    /// Reads until a text has been shown so many times.
    fn read_until(&mut self, text: &str, times: usize) {
        let mut buffer = [0; 4096];
        while self.shown.matches(text).count() < times {
            let n = self.output.read(&mut buffer).expect("it shows something");
            assert!(n > 0, "it ended early: {}", self.shown);
            self.shown.push_str(&String::from_utf8_lossy(&buffer[..n]));
        }
    }

    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn decisions(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a log");
    text.lines().filter(|l| l.starts_with("{\"decide\"")).map(str::to_owned).collect()
}

/// How a run of a scenario without people ends, in words.
fn outcome(file: &str) -> String {
    let done = run(Path::new(ROOT), &["run", file], "");
    let (_, end) = done.out.split_once("How the talks ended in this run").expect("it ends");
    let words: Vec<&str> = end.split_whitespace().skip(1).collect();
    let text = words.join(" ");
    let at = text.find(" (after the last round)").or(text.find(" (in round ")).expect("when");
    text[..at].to_owned()
}

/// A text on one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Left to the model, every role plays the run as it is without people.
#[test]
fn a_role_left_to_the_model_changes_nothing() {
    for (name, roles) in [
        ("doha-2025.toml", &["qatar", "m23", "drc"][..]),
        ("camp-david-1978.toml", &["carter", "egypt"]),
        ("scoreable.toml", &["council"]),
        ("tutorial/2-mediator.toml", &["highlands"]),
    ] {
        let file = scenario(name);
        let expected = outcome(&file);
        for role in roles {
            let place = folder();
            let done = run(
                place.path(),
                &["play", &file, "--no-predict", "--as", role, "--session", "s.jsonl"],
                "auto all\n",
            );
            assert_eq!(done.code, Some(0), "{name} {role}: {}", done.err);
            let plain = joined(&done.out);
            assert!(plain.contains("The talks are over"), "{name} {role}: {}", done.out);
            assert!(plain.contains(&expected), "{name} {role}: {expected}\n{}", done.out);
        }
    }
}

/// Lines are plain and fit 80 columns, whatever is asked for.
#[test]
fn texts_fit_and_have_no_escapes() {
    let orders = "help\nhint\nwhy\nstate\nsheet\nitems\nsave\n\nbranches\npredictions\npredict\n";
    let more = "ok\nok rest\nsame rest\nauto\nwhy\nhint\nauto\nok\n1\n2\nauto\nhistory\nrewind 2\nauto all\nbranches\ncompare 1 2\n";
    for (name, role) in [
        ("doha-2025.toml", "qatar"),
        ("doha-2025.toml", "m23"),
        ("camp-david-1978.toml", "israel"),
        ("camp-david-1978.toml", "carter"),
        ("scoreable.toml", "fund"),
        ("tutorial/3-spoiler-and-front.toml", "elders"),
    ] {
        let place = folder();
        let file = scenario(name);
        let lines = format!("{orders}{more}");
        let done = run(place.path(), &["play", &file, "--no-predict", "--as", role], &lines);
        assert_eq!(done.code, Some(0), "{}", done.err);
        assert!(!done.out.contains('\u{1b}') && !done.out.contains('\u{1}'), "{name} {role}");
        for line in done.out.lines().filter(|l| !l.contains("> ")) {
            assert!(line.chars().count() <= 80, "{name} {role}: {line}");
        }
        for part in ["Branches", "Branch 1 beside branch 2", "What the model would do", "Everything is kept"]
        {
            assert!(done.out.contains(part), "{name} {role}: {part}\n{}", done.out);
        }
    }
}

#[test]
fn what_is_typed_is_taken_or_answered() {
    let place = folder();
    let file = copied(place.path(), "doha-2025.toml");
    let lines = "\n9\nfasilitate\nfac\nstate x\nquit\n";
    let done = run(place.path(), &["play", &file, "--no-predict", "--as", "qatar"], lines);
    assert!(done.out.contains("There is no alternative 9: choose 1 to 4."), "{}", done.out);
    assert!(
        done.out.contains("did you mean") || done.out.contains("Did you mean `facilitate`"),
        "{}",
        done.out
    );
    assert!(done.out.contains("Qatar worked on trust"), "{}", done.out);
    let log = place.path().join("doha-2025-qatar-1-0.session.jsonl");
    assert_eq!(decisions(&log).len(), 1, "Enter and bad words decide nothing");
    assert!(done.out.contains("--resume doha-2025-qatar-1-0.session.jsonl"), "{}", done.out);
}

#[test]
fn a_log_is_never_overwritten() {
    let place = folder();
    let file = copied(place.path(), "tutorial/1-two-parties.toml");
    let args = ["play", &file, "--no-predict", "--as", "highlands"];
    assert_eq!(run(place.path(), &args, "1\n").code, Some(0));
    let log = place.path().join("1-two-parties-highlands-1-0.session.jsonl");
    let before = fs::read(&log).expect("a log");
    let again = run(place.path(), &args, "1\n");
    assert_eq!(again.code, Some(3));
    assert!(again.err.contains("--resume"), "{}", again.err);
    assert_eq!(fs::read(&log).expect("a log"), before);
}

/// Wherever the log is torn, the session goes on and comes to the same end.
#[test]
fn a_torn_log_goes_on_to_the_same_end() {
    let place = folder();
    let file = copied(place.path(), "tutorial/2-mediator.toml");
    let script = "ok\nok\nauto\nok\nauto all\n";
    let done = run(
        place.path(),
        &["play", &file, "--no-predict", "--as", "highlands", "--session", "whole.jsonl"],
        script,
    );
    assert_eq!(done.code, Some(0), "{}", done.err);
    let whole = fs::read(place.path().join("whole.jsonl")).expect("a log");
    let all = decisions(&place.path().join("whole.jsonl"));
    let head = whole.iter().position(|b| *b == b'\n').expect("a first line") + 1;
    // Every decision was the model's: left to it again, the rest is the same.
    let played = decisions(&place.path().join("whole.jsonl"));
    assert!(played.len() > 5);
    let steps = 24;
    for k in 0..=steps {
        let cut = head + (whole.len() - head) * k / steps;
        let torn = place.path().join(format!("torn-{k}.jsonl"));
        fs::write(&torn, &whole[..cut]).expect("written");
        let name = torn.display().to_string();
        let done = run(place.path(), &["play", "--no-predict", "--resume", &name], "auto all\n");
        assert_eq!(done.code, Some(0), "{cut}: {}", done.err);
        let mends = whole[cut - 1] != b'\n';
        assert_eq!(done.out.contains("is dropped"), mends, "{cut}: {}", done.out);
        let kept = whole[..cut].iter().filter(|b| **b == b'\n').count() - 1;
        assert_eq!(decisions(&torn)[..kept], all[..kept], "{cut}");
        assert!(done.out.contains("The talks are over"), "{cut}");
    }
}

/// A process that is killed has kept every decision whose effect it had shown.
#[test]
fn a_killed_session_goes_on() {
    let place = folder();
    let file = copied(place.path(), "doha-2025.toml");
    let whole = run(
        place.path(),
        &["play", &file, "--no-predict", "--as", "qatar", "--session", "a.jsonl"],
        &"facilitate\n".repeat(6),
    );
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    let all = decisions(&place.path().join("a.jsonl"));
    assert_eq!(all.len(), 6);
    for orders in [0, 1, 3, 5] {
        let name = format!("b{orders}.jsonl");
        let mut game = UnderWay::begin(
            place.path(),
            &["play", &file, "--no-predict", "--as", "qatar", "--session", &name],
        );
        game.write(&"facilitate\n".repeat(orders));
        // Until the question after the last order is shown.
        game.read_until("What do you do this round?", orders + 1);
        game.kill();
        let log = place.path().join(&name);
        assert_eq!(decisions(&log).len(), orders, "what was shown is kept");
        let rest = run(
            place.path(),
            &["play", "--no-predict", "--resume", &name],
            &"facilitate\n".repeat(6 - orders),
        );
        assert_eq!(rest.code, Some(0), "{}", rest.err);
        assert_eq!(decisions(&log), all);
    }
}

/// Killed at a random moment while a decision is taken, the session goes on to the course that it would have taken. The seed is told
/// where that fails; BARAZA_KILL_SEED repeats it.
#[test]
fn a_session_killed_at_any_moment_takes_the_same_course() {
    let seed = std::env::var("BARAZA_KILL_SEED").ok().and_then(|s| s.parse().ok());
    let seed: u64 = seed.unwrap_or_else(|| {
        use std::hash::{BuildHasher, Hasher};
        std::collections::hash_map::RandomState::new().build_hasher().finish()
    });
    let mut random = seed | 1;
    let mut below = |n: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % n
    };
    let place = folder();
    let file = copied(place.path(), "tutorial/2-mediator.toml");
    let play = |name: &str| -> Vec<String> {
        ["play", &file, "--no-predict", "--as", "highlands", "--session", name].map(str::to_owned).to_vec()
    };
    let orders = 20usize;
    let args = play("whole.jsonl");
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let whole = run(place.path(), &args, &format!("{}history\n", "1\n".repeat(orders)));
    let all = decisions(&place.path().join("whole.jsonl"));
    assert_eq!(all.len(), orders, "{}", whole.err);
    let course = whole.out.rsplit("> history\n").next().expect("a history").to_owned();
    for k in 0..12 {
        let name = format!("killed-{k}.jsonl");
        let before = below(orders as u64) as usize;
        let args = play(&name);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let mut game = UnderWay::begin(place.path(), &args);
        game.write(&"1\n".repeat(before));
        // The prompt is shown with what was typed at it.
        game.read_until("highlands> ", before);
        game.write("1\n");
        std::thread::sleep(std::time::Duration::from_micros(below(4000)));
        game.kill();
        let log = place.path().join(&name);
        if !log.exists() {
            continue;
        }
        let kept = decisions(&log).len();
        assert!(kept <= before + 1, "seed {seed}: {kept} kept of {before}");
        let lines = format!("{}history\n", "1\n".repeat(orders - kept));
        let rest = run(place.path(), &["play", "--no-predict", "--resume", &name], &lines);
        assert_eq!(rest.code, Some(0), "seed {seed}: {}", rest.err);
        assert_eq!(decisions(&log), all, "seed {seed}");
        let rest = rest.out.replace(&name, "whole.jsonl");
        assert!(rest.ends_with(&course), "seed {seed}: {rest}");
    }
}

#[test]
fn a_log_of_another_scenario_is_refused() {
    let place = folder();
    let text = fs::read_to_string(scenario("tutorial/1-two-parties.toml")).expect("a scenario");
    let file = place.path().join("talks.toml");
    fs::write(&file, &text).expect("written");
    let begun =
        run(place.path(), &["play", "talks.toml", "--as", "highlands", "--session", "s.jsonl"], "1\n");
    assert_eq!(begun.code, Some(0), "{}", begun.err);
    let changed = text.replacen("rounds = ", "rounds = 1", 1);
    assert_ne!(changed, text);
    fs::write(&file, changed).expect("written");
    let done = run(place.path(), &["play", "--resume", "s.jsonl"], "");
    assert_eq!(done.code, Some(1));
    assert!(done.err.contains("--scenario") && done.err.contains("new session"), "{}", done.err);
    fs::rename(&file, place.path().join("gone.toml")).expect("moved");
    let done = run(place.path(), &["play", "--resume", "s.jsonl"], "");
    assert_eq!(done.code, Some(3));
    assert!(done.err.contains("--scenario FILE"), "{}", done.err);
    fs::write(place.path().join("moved.toml"), &text).expect("written");
    let done = run(place.path(), &["play", "--resume", "s.jsonl", "--scenario", "moved.toml"], "");
    assert_eq!(done.code, Some(0), "{}", done.err);
    fs::write(place.path().join("no.jsonl"), "{\"some\":1}\n").expect("written");
    assert_eq!(run(place.path(), &["play", "--resume", "no.jsonl"], "").code, Some(1));
    assert_eq!(run(place.path(), &["play", "--resume", "none.jsonl"], "").code, Some(3));
}

#[test]
fn wrong_usage_says_what_to_write() {
    let place = folder();
    let file = scenario("doha-2025.toml");
    let done = run(place.path(), &["play", &file], "");
    assert_eq!(done.code, Some(2));
    assert!(done.err.contains("--as") && done.err.contains("qatar"), "{}", done.err);
    let done = run(place.path(), &["play", &file, "--no-predict", "--as", "quatar"], "");
    assert_eq!(done.code, Some(2));
    assert!(done.err.contains("did you mean `qatar`"), "{}", done.err);
    assert_eq!(run(place.path(), &["play", "-", "--as", "qatar"], "").code, Some(2));
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0, "no log is left behind");
}

#[test]
fn several_players_are_told_who_is_next() {
    let place = folder();
    let file = copied(place.path(), "tutorial/1-two-parties.toml");
    let args =
        ["play", &file, "--no-predict", "--as", "highlands", "--as", "lowlands", "--session", "s.jsonl"];
    let done = run(place.path(), &args, &"ok\n".repeat(200));
    assert_eq!(done.code, Some(0), "{}", done.err);
    assert!(
        done.out.contains("(party highlands) ──") && done.out.contains("(party lowlands) ──"),
        "{}",
        done.out
    );
    assert_eq!(done.out.matches("The talks are over\n").count(), 2, "each is told the end: {}", done.out);
}

const PREDICT: &str = r#"
[exercise.predict.deal]
question = "Is something signed by the end?"
that = "round >= 1"
[exercise.predict.never]
question = "Do they meet for a hundred rounds?"
that = "round >= 100"
at = [2]
"#;

/// What is known already needs no foresight: it is not asked for, and what was stated too late is not scored.
#[test]
fn decided_questions_are_neither_asked_nor_scored() {
    let place = folder();
    let text = fs::read_to_string(scenario("tutorial/1-two-parties.toml")).expect("a scenario");
    let exercise = r#"
[exercise]
minutes = 10
[exercise.predict.soon]
question = "Is it the second round or later by the end of round 2?"
that = "round >= 2"
by = 2
at = [3]
[exercise.predict.open]
question = "Do the talks last to the last round?"
that = "round >= 12"
at = [3]
"#;
    fs::write(place.path().join("talks.toml"), format!("{text}{exercise}")).expect("written");
    let args = ["play", "talks.toml", "--as", "highlands", "--session", "s.jsonl"];
    let lines = "skip all\nauto\nauto\n40%\npredict soon 99%\nauto all\n";
    let done = run(place.path(), &args, lines);
    assert_eq!(done.code, Some(0), "{}", done.err);
    let asked = done.out.split("Before round 3: how probable").nth(1).expect("a checkpoint");
    let asked = asked.split("probability> ").next().unwrap_or_default();
    assert!(asked.contains("last round?") && !asked.contains("second round or later"), "{asked}");
    assert!(done.out.contains("Kept: 99% before round"), "{}", done.out);
    assert!(joined(&done.out).contains("Means of 1 answer:"), "{}", done.out);
    let told = run(place.path(), &["debrief", "s.jsonl", "--runs", "50"], "");
    assert!(joined(&told.out).contains("decided by then, and so not scored"), "{}{}", told.out, told.err);
}

/// Rounds in which a role has nothing to decide do not pass in silence.
#[test]
fn rounds_without_a_decision_are_named() {
    let place = folder();
    let file = copied(place.path(), "doha-2025.toml");
    let args = ["play", &file, "--no-predict", "--as", "angola", "--session", "s.jsonl"];
    let other = ["play", &file, "--no-predict", "--as", "qatar", "--session", "s.jsonl"];
    let found = [args, other].iter().any(|args| {
        let _ = fs::remove_file(place.path().join("s.jsonl"));
        run(place.path(), args, &"1\n".repeat(40)).out.contains("nothing was yours to decide")
    });
    assert!(found, "in thirteen rounds of doing the first thing open there is one that passes by");
}

#[test]
fn predictions_are_asked_for_kept_and_scored() {
    let place = folder();
    let text = fs::read_to_string(scenario("tutorial/1-two-parties.toml")).expect("a scenario");
    fs::write(place.path().join("talks.toml"), format!("{text}{PREDICT}")).expect("written");
    let args = ["play", "talks.toml", "--as", "highlands", "--session", "s.jsonl"];
    let lines = "maybe\n80%\nskip\nauto\n0.25\npredict deal 10%\npredictions\nrewind 2\nauto all\n";
    let done = run(place.path(), &args, lines);
    assert_eq!(done.code, Some(0), "{}", done.err);
    assert!(done.out.contains("A probability is written as 30%, 30 or 0.3"), "{}", done.out);
    let log = fs::read_to_string(place.path().join("s.jsonl")).expect("a log");
    let stated: Vec<serde_json::Value> = log
        .lines()
        .filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok()?.get("predict").cloned())
        .collect();
    let told: Vec<(&str, u64, f64)> = stated
        .iter()
        .map(|p| {
            let text = |k: &str| p[k].as_str().expect("text");
            (
                text("question"),
                p["round"].as_u64().expect("a round"),
                p["probability"].as_f64().expect("a share"),
            )
        })
        .collect();
    assert_eq!(told[..3], [("deal", 1, 0.8), ("never", 2, 0.25), ("deal", 2, 0.1)], "{log}");
    assert_eq!(told.len(), 3, "what was said before round 2 holds on a branch that parts there: {log}");
    // (1 − 0.8)², (1 − 0.1)² and 0.25², and their mean.
    let plain = joined(&done.out);
    for score in [
        "Brier score 0.04, logarithmic 0.22",
        "Brier score 0.81",
        "Brier score 0.06",
        "Means of 3 answers: Brier 0.304",
    ] {
        assert!(plain.contains(score), "{score}: {}", done.out);
    }
}

/// A log of a session that was played to its end, in the folder.
fn played(place: &Path, name: &str) -> PathBuf {
    let file = copied(place, "tutorial/2-mediator.toml");
    let args = ["play", &file, "--no-predict", "--as", "highlands", "--session", name];
    let done = run(place, &args, "auto all\n");
    assert_eq!(done.code, Some(0), "{}", done.err);
    place.join(name)
}

#[test]
fn one_session_is_played_in_one_place_at_a_time() {
    let place = folder();
    let file = copied(place.path(), "tutorial/2-mediator.toml");
    let args = ["play", &file, "--no-predict", "--as", "highlands", "--session", "a.jsonl"];
    let mut first = UnderWay::begin(place.path(), &args);
    // The log is there before anything is told.
    first.read_until("You play", 1);
    let log = place.path().join("a.jsonl");
    let before = fs::read(&log).expect("a log");
    for lines in ["1\n", "auto all\n"] {
        let second = run(place.path(), &["play", "--no-predict", "--resume", "a.jsonl"], lines);
        assert!(second.code == Some(3) && second.err.contains("is being played"), "{}", second.err);
        assert!(second.out.is_empty());
    }
    assert_eq!(fs::read(&log).expect("a log"), before, "the second has written nothing");
    let reader = run(place.path(), &["debrief", "a.jsonl", "--runs", "20"], "");
    assert!(!reader.err.contains("is being played"), "readers need no lock: {}", reader.err);
    // Whoever is killed holds nothing.
    first.kill();
    let third = run(place.path(), &["play", "--no-predict", "--resume", "a.jsonl"], "auto all\n");
    assert_eq!(third.code, Some(0), "{}", third.err);
    assert!(third.out.contains("The talks are over"));
}

/// Whatever is wrong with a line, nothing of the log is lost, and the session goes on from the lines before it.
#[test]
fn a_log_with_a_line_that_does_not_fit_goes_on_from_those_that_do() {
    let place = folder();
    let whole = fs::read_to_string(played(place.path(), "whole.jsonl")).expect("a log");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    assert!(lines.len() > 6);
    let cases = [
        // What two writers left.
        ("twice.jsonl", [&lines[..4], &lines[1..]].concat().concat(), 4),
        ("damaged.jsonl", [&lines[..3], &["{\"decide\":\n"], &lines[3..]].concat().concat(), 3),
        // Complete, and the last: never taken for torn.
        ("last.jsonl", format!("{}no line of a log\n", lines[..5].concat()), 5),
    ];
    for (name, text, fits) in cases {
        let log = place.path().join(name);
        fs::write(&log, &text).expect("written");
        let refused = run(place.path(), &["play", "--no-predict", "--resume", name], "auto all\n");
        let offer = format!("`baraza play --resume {name} --lines {fits}` goes on from line {fits}");
        assert!(refused.code == Some(1) && refused.err.contains(&offer), "{}", refused.err);
        let n = fits.to_string();
        let gone_on =
            run(place.path(), &["play", "--no-predict", "--resume", name, "--lines", &n], "auto all\n");
        assert_eq!(gone_on.code, Some(0), "{}", gone_on.err);
        let stem = name.strip_suffix(".jsonl").expect("its ending");
        let new = format!("{stem}-from-line-{fits}.session.jsonl");
        assert!(gone_on.out.contains(&new) && gone_on.out.contains("The talks are over"), "{}", gone_on.out);
        assert_eq!(fs::read_to_string(&log).expect("a log"), text, "the old log stays as it is");
        let new = fs::read_to_string(place.path().join(new)).expect("a log");
        assert!(new.starts_with(&lines[..fits].concat()) && new.lines().count() > fits);
        // Not once more into the same file; into another one.
        let again = ["play", "--no-predict", "--resume", name, "--lines", &n];
        assert_eq!(run(place.path(), &again, "").code, Some(3));
        let named = format!("named-{name}");
        assert_eq!(run(place.path(), &[&again[..], &["--session", &named]].concat(), "").code, Some(0));
    }
    let alone = run(place.path(), &["play", "--resume", "whole.jsonl", "--session", "b.jsonl"], "");
    assert!(alone.code == Some(2) && alone.err.contains("--lines"), "{}", alone.err);
}

#[test]
fn a_log_without_seats_is_refused() {
    let place = folder();
    let whole = fs::read_to_string(played(place.path(), "whole.jsonl")).expect("a log");
    let head = whole.lines().next().expect("a first line");
    let log = place.path().join("noseat.jsonl");
    fs::write(&log, format!("{}\n", head.replace("[\"highlands\"]", "[]"))).expect("written");
    for command in [&["play", "--resume"][..], &["debrief"]] {
        let done = run(place.path(), &[command, &["noseat.jsonl"]].concat(), "state\n");
        assert!(done.code == Some(1) && done.err.contains("nobody plays"), "{:?} {}", done.code, done.err);
    }
}

/// What is due and what the log has are told in words.
#[test]
fn a_decision_that_does_not_fit_is_told_without_the_inside_of_the_program() {
    let place = folder();
    let whole = fs::read_to_string(played(place.path(), "whole.jsonl")).expect("a log");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    fs::write(place.path().join("bad.jsonl"), [&lines[..3], &lines[1..2]].concat().concat())
        .expect("written");
    let done = run(place.path(), &["play", "--resume", "bad.jsonl"], "");
    assert_eq!(done.code, Some(1));
    assert!(done.err.contains("the decision due is `"), "{}", done.err);
    for inside in ["Site", "Turn", "Id(", "{ ", "address"] {
        assert!(!done.err.contains(inside), "{inside}: {}", done.err);
    }
}

/// A party and a mediator of one id: the id alone is the party's.
#[test]
fn a_party_and_a_mediator_of_one_id_can_both_be_played() {
    let place = folder();
    let text = "[scenario]\ntitle = \"x\"\nstart = 2025-01-01\nrounds = 2\n[party.x]\n[party.y]\n[mediator.x]\n\
        [track.t]\nseats = [\"x\", \"y\"]\nmediators = [\"x\"]\n[item.i]\ntrack = \"t\"\n\
        option = { a = { x = 100 }, b = { y = 100 } }\n[exercise]\nroles = [\"x\", \"mediator.x\"]\n";
    fs::write(place.path().join("t.toml"), text).expect("written");
    for (names, what) in
        [(["x", "party.x"], "You play x (`x`)"), (["mediator.x", "mediator.x"], "You play x (`mediator.x`)")]
    {
        for name in names {
            let done =
                run(place.path(), &["play", "t.toml", "--as", name, "--session", "s.jsonl"], "auto all\n");
            assert!(done.code == Some(0) && done.out.contains(what), "{name}: {}{}", done.out, done.err);
            let again = run(place.path(), &["play", "--resume", "s.jsonl"], "");
            assert_eq!(again.code, Some(0), "{}", again.err);
            fs::remove_file(place.path().join("s.jsonl")).expect("removed");
        }
    }
    let both = ["play", "t.toml", "--as", "party.x", "--as", "mediator.x", "--session", "both.jsonl"];
    assert_eq!(run(place.path(), &both, "auto all\nauto all\n").code, Some(0));
    let head = fs::read_to_string(place.path().join("both.jsonl")).expect("a log");
    assert!(head.contains("\"seats\":[\"x\",\"mediator.x\"]"), "{head}");
    let wrong = run(place.path(), &["play", "t.toml", "--as", "z"], "");
    assert!(wrong.code == Some(2) && wrong.err.contains("mediator.x"), "{}", wrong.err);
}

/// A number is one of a hundred; what is refused is asked again, and the answer after it is one to the same question.
#[test]
fn a_refused_probability_is_asked_again() {
    let place = folder();
    let text = fs::read_to_string(scenario("tutorial/1-two-parties.toml")).expect("a scenario");
    fs::write(place.path().join("talks.toml"), format!("{text}{PREDICT}")).expect("written");
    let args = ["play", "talks.toml", "--as", "highlands", "--session", "s.jsonl"];
    let done = run(place.path(), &args, "160\nperhaps\n60\nskip all\nauto all\n");
    assert_eq!(done.code, Some(0), "{}", done.err);
    let log = fs::read_to_string(place.path().join("s.jsonl")).expect("a log");
    assert!(log.contains(r#""question":"deal","round":1,"probability":0.6}"#), "{log}");
    assert_eq!(done.out.matches("\n1. ").count(), 3, "put once, and again after each refusal: {}", done.out);
    assert!(done.out.contains("Kept: 60%."), "{}", done.out);
}

const DECISIVE: &str = r#"
[scenario]
title = "Two questions"
start = 2031-03-01
rounds = 6

[party.a]
alternative = 37
precondition = "party.b.weariness <= low"
[party.b]
weariness = "high"

[track.t]
seats = ["a", "b"]
[item.i]
track = "t"
option = { x = { a = 92.5, b = 20 }, y = { a = 20, b = 60 } }
[item.later]
track = "t"
requires = "event.summit.state == fired"
option = { x = { a = 7.5, b = 20 }, y = { a = 5, b = 40 } }
[instrument.n]
track = "t"
seals = ["i", "later"]
requires = "event.summit.state == fired"

[event.summit]
title = "A summit in the capital"
when = "round == 5"
effect = ["party.a.weariness += 1"]
[outcome.o]
when = "instrument.n.signed"

[exercise]
rewind = false
"#;

fn decisive(place: &Path, text: &str) {
    fs::write(place.join("talks.toml"), text).expect("written");
}

/// Where decisions stand nobody goes back, at the prompt or by a log, and it is said from the start.
#[test]
fn an_exercise_can_rule_going_back_out() {
    let place = folder();
    decisive(place.path(), DECISIVE);
    let args = ["play", "talks.toml", "--as", "a", "--session", "s.jsonl"];
    let done = run(place.path(), &args, "auto\nrewind 1\nbranches\nquit\n");
    let told = joined(&done.out);
    assert!(told.contains("Decisions stand: nobody goes back to an earlier round."), "{}", done.out);
    assert!(
        told.contains("In this exercise decisions stand: nobody goes back to an earlier round."),
        "{}",
        done.out
    );
    let log = place.path().join("s.jsonl");
    let text = fs::read_to_string(&log).expect("a log");
    assert!(!text.contains("rewind"), "{text}");
    fs::write(&log, text + "{\"rewind\":{\"from\":1,\"round\":1}}\n").expect("written");
    let forged = run(place.path(), &["play", "--resume", "s.jsonl"], "quit\n");
    assert_eq!(forged.code, Some(1), "{}", forged.out);
    assert!(forged.err.contains("nobody goes back"), "{}", forged.err);
    let briefing = run(place.path(), &["sheets", "talks.toml"], "");
    assert!(briefing.out.contains("Decisions stand"), "{}", briefing.out);
}

/// A debrief shows what the others hide: of talks that go on it is had only by asking for it.
#[test]
fn unfinished_talks_are_looked_back_on_only_when_that_is_meant() {
    let place = folder();
    decisive(place.path(), DECISIVE);
    let args = ["play", "talks.toml", "--as", "a", "--session", "s.jsonl"];
    run(place.path(), &args, "auto\nquit\n");
    let refused = run(place.path(), &["debrief", "s.jsonl", "--runs", "20"], "");
    assert_eq!(refused.code, Some(2));
    assert!(refused.out.is_empty() && refused.err.contains("--now"), "{}{}", refused.out, refused.err);
    let told = run(place.path(), &["debrief", "s.jsonl", "--runs", "20", "--now"], "");
    assert_eq!(told.code, Some(0), "{}", told.err);
    run(place.path(), &["play", "--resume", "s.jsonl"], "auto all\nquit\n");
    let over = run(place.path(), &["debrief", "s.jsonl", "--runs", "20"], "");
    assert_eq!(over.code, Some(0), "{}", over.err);
}

/// Nothing that is shown tells of events to come, nor whether a condition on another's secret holds.
#[test]
fn what_is_to_come_and_what_others_hide_stays_unsaid() {
    let shown = |weariness: &str, known: &str| {
        let place = folder();
        let text = DECISIVE.replace("\"high\"", weariness).replace("rewind = false", known);
        decisive(place.path(), &text);
        let args = ["play", "talks.toml", "--as", "a", "--seed", "3", "--session", "s.jsonl"];
        run(place.path(), &args, "why\nitems\nhint\nok\nquit\n").out
    };
    let high = shown("\"high\"", "rewind = false");
    assert!(!high.contains("summit"), "{high}");
    assert!(joined(&high).contains("is tabled when its time has come"), "{high}");
    assert!(joined(&high).contains("no odds are given"), "{high}");
    assert_eq!(high, shown("\"very-low\"", "rewind = false"), "the same whether the demand is met or not");
    let announced = shown("\"high\"", "events = [\"summit\"]");
    assert!(announced.contains("summit"), "what everybody was told may be named: {announced}");
}

/// Who decides by a number reads it as it is.
#[test]
fn a_need_of_half_a_point_is_told_to_the_half_point() {
    let place = folder();
    decisive(
        place.path(),
        &DECISIVE.replace(
            "precondition = \"party.b.weariness <= low\"",
            "tactic = { kind = \"fixed\", demand = 100 }",
        ),
    );
    let args = ["play", "talks.toml", "--as", "a", "--session", "s.jsonl"];
    let done = run(place.path(), &args, "stay\nplanned\nquit\n");
    assert!(joined(&done.out).contains("you need 92.5 of 92.5 points"), "{}", done.out);
}

/// A log opens no scenario outside its folder, whatever it says; named on the command line, it is opened.
#[test]
fn a_log_opens_nothing_outside_its_folder() {
    let place = folder();
    let inner = place.path().join("class");
    fs::create_dir(&inner).expect("a folder");
    decisive(place.path(), DECISIVE);
    let args = ["play", "talks.toml", "--as", "a", "--session", "class/s.jsonl"];
    let done = run(place.path(), &args, "auto\nquit\n");
    assert!(joined(&done.out).contains("--resume class/s.jsonl --scenario talks.toml"), "{}", done.out);
    for command in [&["play", "--resume", "class/s.jsonl"][..], &["debrief", "class/s.jsonl", "--now"]] {
        let refused = run(place.path(), command, "quit\n");
        assert_eq!(refused.code, Some(2), "{command:?}: {}", refused.out);
        assert!(
            refused.err.contains("not in its folder") && refused.err.contains("--scenario talks.toml"),
            "{}",
            refused.err
        );
    }
    let named =
        run(place.path(), &["play", "--resume", "class/s.jsonl", "--scenario", "talks.toml"], "quit\n");
    assert_eq!(named.code, Some(0), "{}", named.err);
    // Seen from the log's own folder, and below it, it is found by its name alone.
    fs::copy(place.path().join("talks.toml"), inner.join("talks.toml")).expect("copied");
    let beside = run(
        &std::env::temp_dir(),
        &["play", "--resume", inner.join("s.jsonl").to_str().expect("UTF-8")],
        "quit\n",
    );
    assert_eq!(beside.code, Some(0), "{}", beside.err);
    // A trace may be kept apart from the scenario in the working folder, not from one elsewhere.
    let traced = run(place.path(), &["run", "talks.toml", "--trace", "class/t.jsonl"], "");
    assert_eq!(traced.code, Some(0), "{}", traced.err);
    fs::remove_file(inner.join("talks.toml")).expect("removed");
    assert_eq!(run(place.path(), &["replay", "class/t.jsonl"], "").code, Some(0));
    let traced = run(&inner, &["run", "../talks.toml", "--trace", "u.jsonl"], "");
    assert_eq!(traced.code, Some(0), "{}", traced.err);
    let replayed = run(&inner, &["replay", "u.jsonl"], "");
    assert_eq!(replayed.code, Some(2), "{}", replayed.err);
}
