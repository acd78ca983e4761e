//! `baraza ensemble --out` and `baraza merge` from outside: the parts are the whole, and nothing else is taken for it.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const FORD: &str = "scenarios/tutorial/3-spoiler-and-front.toml";
const ELDERS: &str = "scenarios/tutorial/2-mediator.toml";

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The exit code and what was said on standard error, lines joined.
fn refused(args: &[&str]) -> (Option<i32>, String) {
    let output = run(args);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

/// Computes runs `from` to `to` of a scenario into a file of the folder.
fn shard(folder: &TempDir, name: &str, scenario: &str, [from, to]: [u32; 2], more: &[&str]) -> String {
    let path = folder.path().join(name).display().to_string();
    let (from, to) = (from.to_string(), to.to_string());
    let args = ["ensemble", scenario, "--from", &from, "--to", &to, "--out", &path];
    printed(&[&args[..], more].concat());
    path
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn merged_shards_give_the_bytes_of_the_whole() {
    let folder = TempDir::new().expect("a folder");
    let study = ["--measure", "round >= 3", "--seed", "9", "--what-if", "no-monitors"];
    let parts: Vec<String> = [[0, 1], [1, 700], [700, 1500]]
        .into_iter()
        .enumerate()
        .map(|(k, runs)| shard(&folder, &format!("{k}.json"), FORD, runs, &study))
        .collect();
    let shuffled = ["merge", &parts[2], &parts[0], &parts[1]];
    let whole = [&["ensemble", FORD, "--runs", "1500"], &study[..]].concat();
    assert_eq!(printed(&shuffled), printed(&whole));
    for more in [&["--json"][..], &["--level", "0.9"]] {
        assert_eq!(printed(&[&shuffled, more].concat()), printed(&[&whole[..], more].concat()));
    }
    let [one, two] = ["merged", "single"].map(|name| folder.path().join(name).display().to_string());
    printed(&[&shuffled, &["--csv", &one][..]].concat());
    printed(&[&whole[..], &["--csv", &two]].concat());
    let tables = names(Path::new(&one));
    assert_eq!(tables, names(Path::new(&two)));
    assert!(tables.len() > 10 && tables.contains(&"manifest.json".to_owned()));
    for name in tables {
        let text = |folder: &str| fs::read(Path::new(folder).join(&name)).expect("readable");
        assert_eq!(text(&one), text(&two), "{name}");
    }
}

#[test]
fn a_finished_shard_is_kept_and_another_file_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = shard(&folder, "part.json", ELDERS, [0, 300], &[]);
    let before = fs::metadata(&path).and_then(|m| m.modified()).expect("a time");
    let text = fs::read_to_string(&path).expect("readable");
    let again = ["ensemble", ELDERS, "--to", "300", "--out", &path];
    assert!(printed(&again).contains("runs 0 to 299") && printed(&again).contains("is kept"));
    assert_eq!(fs::metadata(&path).and_then(|m| m.modified()).expect("a time"), before);
    let notes = folder.path().join("notes").display().to_string();
    fs::write(&notes, "mine").expect("written");
    let others: [(&[&str], &str); 4] = [
        (&["ensemble", ELDERS, "--to", "301", "--out", &path], "holds runs 0 to 299"),
        (&["ensemble", ELDERS, "--to", "300", "--out", &path, "--seed", "2"], "its seed is 1, not 2"),
        (&["ensemble", FORD, "--to", "300", "--out", &path], "fingerprint"),
        (&["ensemble", ELDERS, "--to", "300", "--out", &notes], "no shard"),
    ];
    for (args, said) in others {
        let (code, told) = refused(args);
        assert!(code == Some(3) && told.contains(said) && told.contains("--force"), "{told}");
    }
    assert_eq!(fs::read_to_string(&path).expect("readable"), text);
    printed(&[others[1].0, &["--force"]].concat());
    assert_ne!(fs::read_to_string(&path).expect("readable"), text);
    assert_eq!(names(folder.path()), ["notes", "part.json"]);
}

#[test]
fn what_is_no_whole_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let part = |name: &str, runs: [u32; 2], more: &[&str]| shard(&folder, name, ELDERS, runs, more);
    let (a, b, c) = (part("a", [0, 100], &[]), part("b", [100, 200], &[]), part("c", [250, 300], &[]));
    let (wide, seed) = (part("wide", [50, 150], &[]), part("seed", [100, 200], &["--seed", "2"]));
    let asked = part("asked", [100, 200], &["--measure", "round >= 2"]);
    let set = part("set", [100, 200], &["--set", "scenario.round_days=9"]);
    let other = shard(&folder, "other", FORD, [100, 200], &[]);
    let cases: [(&[&str], &str); 10] = [
        (&["merge", &a, &b, &c], "runs are missing: runs 200 to 249"),
        (&["merge", &b, &c], "runs are missing: runs 0 to 99, runs 200 to 249"),
        (&["merge", &a, &b, "--runs", "201"], "runs are missing: run 200"),
        (&["merge", &a, &b, "--runs", "150"], "only 150 runs were asked for"),
        (&["merge", &a, &wide], "overlap: both hold runs 50 to 99"),
        (&["merge", &a, &a], "overlap: both hold runs 0 to 99"),
        (&["merge", &a, &seed], "its seed is 2, that of"),
        (&["merge", &a, &asked], "list of measures is round >= 2"),
        (&["merge", &a, &set], "list of changes is scenario.round_days=9"),
        (&["merge", &a, &other], "fingerprint"),
    ];
    for (args, said) in cases {
        let (code, told) = refused(args);
        assert!(code == Some(1) && told.contains(said), "{args:?}: {told}");
    }
    let (code, told) = refused(&["merge", &a, "--scenario", FORD]);
    assert!(code == Some(1) && told.contains(FORD) && told.contains("--scenario"), "{told}");
    assert_eq!(refused(&["merge", &a, "missing.json"]).0, Some(3));
    assert_eq!(refused(&["merge"]).0, Some(2));
}

#[test]
fn a_damaged_or_foreign_shard_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = shard(&folder, "part", ELDERS, [0, 100], &[]);
    let text = fs::read_to_string(&path).expect("readable");
    // Another version's shard, whole in itself: its hash fits.
    let start = text.find("\"body\":").expect("a body") + "\"body\":".len();
    let body = text[start..].trim_end().strip_suffix('}').expect("the end");
    let foreign =
        body.replace(&format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION")), "\"version\":\"9.9.9\"");
    let hash = |text: &str| -> String {
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    assert!(text.contains(&hash(body)), "the hash is that of the body as it stands");
    let foreign = text.replace(&hash(body), &hash(&foreign)).replace(body, &foreign);
    let cases = [
        (text.replacen("\"cells\":[", "\"cells\":[1,", 1), "damaged"),
        (text.replacen("\"seed\":1", "\"seed\":3", 1), "damaged"),
        (text[..text.len() / 2].to_owned(), "no shard"),
        (text.replace("baraza-shard/2", "baraza-shard/1"), "its format is `baraza-shard/1`"),
        (foreign, "version 9.9.9"),
        (String::new(), "no shard"),
    ];
    for (text, said) in cases {
        fs::write(&path, text).expect("writable");
        let (code, told) = refused(&["merge", &path]);
        assert!(code == Some(1) && told.contains(said) && told.contains("part"), "{told}");
    }
}

#[test]
fn the_scenario_may_have_moved() {
    let folder = TempDir::new().expect("a folder");
    let scenario = folder.path().join("talks.toml");
    fs::copy(ELDERS, &scenario).expect("copied");
    let scenario = scenario.display().to_string();
    let path = shard(&folder, "part", &scenario, [0, 100], &[]);
    fs::remove_file(&scenario).expect("gone");
    let (code, told) = refused(&["merge", &path]);
    assert!(code == Some(3) && told.contains("--scenario FILE"), "{told}");
    assert_eq!(
        printed(&["merge", &path, "--scenario", ELDERS]),
        printed(&["ensemble", ELDERS, "--runs", "100"])
    );
}

#[test]
fn wrong_usage_is_said() {
    let cases: [(&[&str], &str); 6] = [
        (&["--runs", "5", "--to", "5"], "cannot be used with"),
        (&["--from", "5"], "--to"),
        (&["--from", "5", "--to", "5"], "no runs"),
        (&["--out", "x.json"], "--to"),
        (&["--to", "5", "--out", "x.json", "--json"], "cannot be used with"),
        (&["--until-width", "0.1", "--to", "5"], "cannot be used with"),
    ];
    for (args, said) in cases {
        let (code, told) = refused(&[&["ensemble", ELDERS], args].concat());
        assert!(code == Some(2) && told.contains(said), "{args:?}: {told}");
    }
}

#[cfg(unix)]
mod killed {
    use std::process::{Child, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    /// Starts the program; its output is kept.
    fn start(args: &[&str]) -> Child {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("baraza"));
        let child = command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        child.expect("it starts")
    }

    fn signal(child: &Child, name: &str) {
        let sent = std::process::Command::new("kill").args([name, &child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Long enough for it to have begun, and it is not yet done.
    fn let_it_work(child: &mut Child) {
        std::thread::sleep(Duration::from_millis(700));
        assert!(child.try_wait().expect("a child").is_none(), "it was done too soon for this test");
    }

    const DOHA: &str = "scenarios/doha-2025.toml";
    const MANY: &str = "4000000000";

    #[test]
    fn a_killed_shard_leaves_nothing_half_written() {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("part").display().to_string();
        let mut child = start(&["ensemble", DOHA, "--to", MANY, "--out", &path]);
        let_it_work(&mut child);
        signal(&child, "-KILL");
        child.wait().expect("it ends");
        assert_eq!(names(folder.path()), [""; 0]);
        // Killed while it wrote: whoever writes next takes away what is left beside the place.
        for k in 0..20 {
            fs::write(folder.path().join(format!(".baraza-{k}.tmp")), "{\"format\":").expect("writable");
        }
        let args = ["ensemble", DOHA, "--to", "3000", "--out", &path];
        printed(&args);
        let first = fs::read(&path).expect("readable");
        fs::remove_file(&path).expect("gone");
        printed(&args);
        assert_eq!(fs::read(&path).expect("readable"), first);
        assert_eq!(names(folder.path()), ["part"]);
    }

    /// How many runs an unfinished shard holds, by what is said of it.
    fn runs_kept(output: &std::process::Output, from: u32, to: u32) -> u32 {
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(130), "{said}");
        let (_, rest) = said.split_once(&format!("keeps runs {from} to ")).expect(&said);
        let (last, rest) = rest.split_once(' ').expect("a number");
        let goes_on = format!("of {from} to {}; the same command goes on from there", to - 1);
        assert!(rest.trim_end().ends_with(&goes_on), "{said}");
        last.parse::<u32>().expect("a number") + 1 - from
    }

    /// What it says by when it ends, or is ended because it has not by then.
    fn ended(mut child: Child, within: Duration) -> std::process::Output {
        fn read(mut from: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
            std::thread::spawn(move || {
                let mut bytes = Vec::new();
                from.read_to_end(&mut bytes).expect("readable");
                bytes
            })
        }
        let [out, err] =
            [read(child.stdout.take().expect("a pipe")), read(child.stderr.take().expect("a pipe"))];
        let until = Instant::now() + within;
        while child.try_wait().expect("a child").is_none() {
            if Instant::now() > until {
                child.kill().expect("it can be");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let status = child.wait().expect("it has ended");
        std::process::Output {
            status,
            stdout: out.join().expect("bytes"),
            stderr: err.join().expect("bytes"),
        }
    }

    /// What is said by one that is stopped once it hears: a slow machine is given the time that it needs. Where signals are ignored from
    /// the outset, as in some shells' background, one that comes too early is lost: that try is given up.
    fn stopped(
        args: &[&str],
        name: &str,
        heard: impl Fn(&std::process::Output) -> bool,
    ) -> std::process::Output {
        for tries in 0..7 {
            let mut child = start(args);
            std::thread::sleep(Duration::from_millis(500 << tries));
            assert!(child.try_wait().expect("a child").is_none(), "it was done too soon for this test");
            signal(&child, name);
            let output = ended(child, Duration::from_secs(2 << tries));
            if heard(&output) {
                return output;
            }
        }
        panic!("it did not hear within half a minute");
    }

    fn keeps(output: &std::process::Output) -> bool {
        String::from_utf8_lossy(&output.stderr).contains("keeps runs")
    }

    /// A part that was stopped, by Ctrl-C or by the system, is gone on with: what it comes to is what an undisturbed one is.
    #[test]
    fn a_stopped_part_goes_on_to_the_same_bytes() {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("part").display().to_string();
        let (from, to) = (100, 200_100);
        let args = ["ensemble", DOHA, "--from", "100", "--to", "200100", "--threads", "1", "--out", &path];
        let mut kept = 0;
        for name in ["-INT", "-TERM"] {
            let now = runs_kept(&stopped(&args, name, keeps), from, to);
            assert!(now > kept, "{now} after {kept}");
            kept = now;
            let (code, told) = refused(&["merge", &path]);
            assert!(code == Some(1) && told.contains("is unfinished"), "{told}");
        }
        // Not gone on with where something else is asked for.
        let (code, told) = refused(&["ensemble", DOHA, "--from", "100", "--to", "200200", "--out", &path]);
        assert!(code == Some(3) && told.contains("holds runs 100 to 200099"), "{told}");
        assert!(printed(&args).contains("runs 100 to 200099"));
        let whole = folder.path().join("whole").display().to_string();
        printed(&["ensemble", DOHA, "--from", "100", "--to", "200100", "--out", &whole]);
        assert!(fs::read(&path).expect("readable") == fs::read(&whole).expect("readable"));
        assert!(printed(&args).contains("holds runs 100 to 200099 of"));
    }

    /// Ctrl-C ends an ensemble with what the runs so far say, the same as if so many had been asked for.
    #[test]
    fn an_interrupted_ensemble_says_what_it_has() {
        let output = stopped(&["ensemble", DOHA, "--runs", MANY, "--json"], "-INT", |o| o.status.success());
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.starts_with("stopped: what follows is runs 0 to "), "{stderr}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let runs = document["summary"]["runs"].to_string();
        assert_eq!(text, printed(&["ensemble", DOHA, "--runs", &runs, "--json"]));
    }

    /// In a pipe there is no progress, and nothing else on standard error.
    #[test]
    fn it_is_quiet_in_a_pipe() {
        let output = run(&["ensemble", DOHA, "--runs", "20000"]);
        assert!(output.status.success() && output.stderr.is_empty());
    }
}
