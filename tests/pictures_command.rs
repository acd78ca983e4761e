//! `--svg` and `--html` from outside.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

const LESSON: &str = "scenarios/tutorial/3-spoiler-and-front.toml";

/// A scenario whose every text tries to be markup.
const HOSTILE: &str = r#"
[scenario]
title = "<script>alert('title')</script> & \"more\""
summary = "</p><img src=x onerror=alert(1)>"
start = 2025-01-01
rounds = 4
note = "<iframe src='https://example.org'></iframe>"
[party.a]
name = "A</text></svg><script>alert(1)</script>"
alternative = 60
[party.b]
name = "B\" onload=\"alert(1)"
alternative = 60
[track.talks]
title = "Talks ]]> <!-- & -->"
seats = ["a", "b"]
[item.water]
track = "talks"
title = "Water <style>*{display:none}</style>"
note = "'><script>"
[item.water.option]
whole = { a = 100, b = 10 }
half = { title = "Half <b>each</b>", a = 55, b = 50 }
nothing = { a = 5, b = 100 }
[instrument.pact]
track = "talks"
title = "Pact \u0007 <script src='https://example.org/x.js'>"
seals = ["water"]
[outcome.fine]
title = "<script>fine</script>"
when = "instrument.pact.signed"
[outcome.poor]
title = "poor & \"sad\""
when = "true"
[what-if.kind]
title = "Kind <script>"
question = "Would <b>that</b> help?"
set = { "party.a.alternative" = 20, "party.b.alternative" = 20 }
[what-if.stern]
title = "Stern </text> & \"hard\""
set = { "party.a.audience" = "very-high" }
[ranges]
"party.a.alternative" = [20, 80]
"party.b.alternative" = [20, 80]
[[history]]
title = "Signed <b>at last</b>"
date = 2025-02-01
that = "instrument.pact.signed"
source = "</td><script>alert(1)</script>"
[[base-rate]]
title = "Elsewhere <i>too</i>"
about = "instrument.pact.signed"
happened = 3
of = 9
source = "A book & \"more\""
"#;

fn run(args: &[&str]) -> Output {
    Command::cargo_bin("baraza").expect("it is built").args(args).output().expect("it runs")
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The names of the files of a folder with what they hold.
fn held(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let read = |path: &Path| fs::read_to_string(path).expect("a text");
    let mut held: Vec<_> =
        entries.map(|e| (e.file_name().into_string().expect("UTF-8"), read(&e.path()))).collect();
    held.sort();
    held
}

/// Writes the page and the pictures of a study into a fresh folder.
fn written(study: &str, file: &str, more: &[&str]) -> (String, Vec<(String, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (html, svg) = (folder.path().join("page.html"), folder.path().join("svg"));
    let [html_name, svg_name] = [&html, &svg].map(|p| p.to_str().expect("UTF-8"));
    let args = [&[study, file, "--html", html_name, "--svg", svg_name][..], more].concat();
    let output = run(&args);
    assert!(output.status.success(), "{}", told(&output));
    assert!(told(&output).contains("wrote"), "{}", told(&output));
    (fs::read_to_string(html).expect("a page"), held(&svg))
}

fn hostile(study: &str) -> (String, Vec<(String, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.toml");
    fs::write(&file, HOSTILE).expect("written");
    written(study, file.to_str().expect("UTF-8"), few(study))
}

/// Options for a study of few runs.
fn few(study: &str) -> &'static [&'static str] {
    match study {
        "sensitivity" => {
            &["--runs", "40", "--walks", "3", "--walk-runs", "20", "--rows", "16", "--method", "all"]
        }
        _ => &["--runs", "40"],
    }
}

/// The studies that have pages.
const STUDIES: [&str; 4] = ["ensemble", "what-if", "sensitivity", "backtest"];

fn names(pictures: &[(String, String)]) -> Vec<&str> {
    pictures.iter().map(|p| p.0.as_str()).collect()
}

/// The tags of a page, without what is quoted in their attributes.
fn tags(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .map(|t| t.split(|c: char| !c.is_alphanumeric() && c != '/').next().unwrap_or(""))
        .collect()
}

#[test]
fn pages_load_nothing_and_run_nothing() {
    let lessons =
        [written("ensemble", LESSON, &["--runs", "60"]), written("what-if", LESSON, &["--runs", "40"])];
    for (page, pictures) in lessons.into_iter().chain(STUDIES.map(hostile)) {
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
        assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"));
        // One script, the page's own: no other could run.
        let script = page.split("<script>").nth(1).and_then(|rest| rest.split("</script>").next());
        let hash = BASE64_STANDARD.encode(Sha256::digest(script.expect("there is one").as_bytes()));
        assert!(page.contains(&format!("script-src 'sha256-{hash}'")), "{hash}");
        assert_eq!(tags(&page).iter().filter(|tag| **tag == "script").count(), 1);
        for tag in ["iframe", "img", "image", "link", "object", "embed", "base", "use", "b"] {
            assert!(!tags(&page).contains(&tag), "<{tag}>");
        }
        assert!(!page.contains("src=\"") && !page.contains("@import") && !page.contains("xlink"));
        let targets: Vec<_> = page.split("href=\"").skip(1).collect();
        assert!(targets.iter().all(|t| t.starts_with('#')), "only within the page");
        assert!(page.split("url(").skip(1).all(|t| t.starts_with('#')));
        assert!(!pictures.is_empty());
        for (name, text) in pictures {
            assert!(name.ends_with(".svg"));
            let document = roxmltree::Document::parse(&text).expect("well-formed");
            assert!(document.descendants().all(|n| n.tag_name().name() != "script"));
            let spaces = text.replacen("http://www.w3.org/2000/svg", "", 1);
            assert!(!spaces.contains("xlink") && !spaces.contains("href="), "{name}");
        }
    }
}

/// Every start tag has its end, in the right order, and no id is given twice.
#[test]
fn pages_are_well_formed() {
    let void = ["meta", "!DOCTYPE", "!"];
    let lesson = written("what-if", LESSON, &["--runs", "40"]);
    for (page, _) in STUDIES.map(hostile).into_iter().chain([lesson]) {
        let mut open: Vec<&str> = Vec::new();
        for part in page.split('<').skip(1) {
            let (inside, _) = part.split_once('>').expect("a tag ends");
            let name = inside.split([' ', '\n', '/']).next().unwrap_or("");
            match inside.strip_prefix('/') {
                Some(end) => assert_eq!(open.pop(), Some(end)),
                None if inside.ends_with('/') || void.contains(&name) => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
        let mut ids: Vec<_> = page.split(" id=\"").skip(1).filter_map(|t| t.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}

#[test]
fn texts_of_scenarios_are_shown_as_they_are() {
    for study in STUDIES {
        let (page, _) = hostile(study);
        assert!(page.contains("&lt;script&gt;alert(&#39;title&#39;)&lt;/script&gt; &amp; &quot;more&quot;"));
        let named = page.contains("poor &amp; &quot;sad&quot;") && page.contains("&lt;script&gt;fine");
        assert!(named || study == "backtest", "all but the record name the outcomes");
        assert!(!page.contains('\u{7}'));
    }
}

#[test]
fn pages_say_what_the_study_says() {
    let document = run(&["ensemble", LESSON, "--runs", "60", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&document.stdout).expect("JSON");
    let (page, pictures) = written("ensemble", LESSON, &["--runs", "60"]);
    let escaped = |text: &str| text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
    let summary = &document["summary"];
    for list in ["outcomes", "instruments", "items", "fronts", "events", "tracks", "seats"] {
        for entry in summary[list].as_array().expect("a list") {
            let title = entry["title"].as_str().expect("a title");
            assert!(page.contains(&escaped(title)), "{title}");
        }
    }
    for outcome in summary["outcomes"].as_array().expect("a list") {
        let share = &outcome["share"];
        let ends = ["low", "high"].map(|end| share[end].as_f64().expect("a number") * 100.0);
        assert!(page.contains(&format!("{:.1}–{:.1}%", ends[0], ends[1])), "{outcome}");
    }
    let fingerprint = document["fingerprint"].as_str().expect("a text");
    assert!(page.contains(fingerprint) && page.contains("philox4x32-10/v1"));
    assert!(page.contains(&format!("baraza ensemble {LESSON} --runs 60 --seed 1")));
    for standing in ["teaching model", "not chances of real events", "a forecast"] {
        assert!(page.contains(standing), "{standing}");
    }
    let names: Vec<_> = pictures.iter().map(|p| p.0.as_str()).collect();
    for name in ["outcomes.svg", "parties.svg", "tracks.svg", "fronts.svg"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert_eq!(page.matches("<figure").count(), pictures.len());
    assert_eq!(page.matches("The figures of this picture").count(), pictures.len(), "each with its table");
}

#[test]
fn what_ifs_show_who_flips_and_why() {
    let (page, pictures) = hostile("what-if");
    assert!(page.contains("Would &lt;b&gt;that&lt;/b&gt; help?") && page.contains("party.a.alternative"));
    assert!(page.contains("hostile.toml kind --seed 1 --pair") && page.contains("first parted over"));
    let drawn = names(&pictures);
    for name in ["ranking.svg", "difference-fine.svg", "flips-kind.svg", "outcomes-kind.svg"] {
        assert!(drawn.contains(&name), "{drawn:?}");
    }
    assert!(
        page.contains("Newcombe&#39;s for differences") && !drawn.iter().any(|n| n.starts_with("together"))
    );
}

/// A document as another program reads it.
fn document(args: &[&str]) -> serde_json::Value {
    let output = run(&[args, &["--json"]].concat());
    assert!(output.status.success(), "{}", told(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn figure(value: &serde_json::Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn what_ifs_show_measures_combinations_and_the_method() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.toml");
    fs::write(&file, HOSTILE).expect("written");
    let file = file.to_str().expect("UTF-8");
    let more =
        ["--runs", "40", "--interval", "tango", "--measure", "item.water.settled", "--combine", "kind+stern"];
    let (page, pictures) = written("what-if", file, &more);
    assert!(page.contains("Tango&#39;s for differences") && !page.contains("Newcombe"));
    let drawn = names(&pictures);
    for name in ["ranking.svg", "measure-1-ever.svg", "together-kind+stern.svg"] {
        assert!(drawn.contains(&name), "{drawn:?}");
    }
    assert!(!drawn.contains(&"measure-1-last.svg"), "they are ranked by it: it is `ranking`");
    let data = document(&[&["what-if", file][..], &more].concat());
    for answer in data["answers"].as_array().expect("a list") {
        let d = &answer["effect"]["measures"][0]["ever"];
        let ends = ["low", "high"].map(|end| figure(&d[end]) * 100.0);
        let shown = ends.map(|v| format!("{}{:.1}", if v < 0.0 { "−" } else { "+" }, v.abs()));
        let shown = shown.map(|s| if s.ends_with("0.0") && s.len() == 4 { "0.0".into() } else { s });
        assert!(page.contains(&shown.join(" to ")), "{shown:?}");
    }
    let joint = &data["combinations"][0]["ever"][0];
    let beyond = figure(&joint["interaction"]) * 100.0;
    assert!(page.contains(&format!("{:.1}", beyond.abs())), "{beyond}");
    assert!(page.contains("with the first change") && page.contains("Two changes together"));
}

#[test]
fn assumptions_are_shown_with_what_they_do() {
    let (page, pictures) = hostile("sensitivity");
    assert_eq!(names(&pictures), ["chance.svg", "morris-fine.svg", "sobol-fine.svg", "tornado-fine.svg"]);
    for text in
        ["party.a.alternative", "Chance alone makes up", "not converged", "the scenario", "--method all"]
    {
        assert!(page.contains(text), "{text}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.toml");
    fs::write(&file, HOSTILE).expect("written");
    let data = document(&[&["sensitivity", file.to_str().expect("UTF-8")], few("sensitivity")].concat());
    let answer = &data["answers"][0];
    for s in answer["morris"].as_array().expect("a list") {
        let [low, high] = ["low", "high"].map(|end| figure(&s[end]) * 100.0);
        assert!(page.contains(&format!("{low:.1} to {high:.1}")), "{s}");
    }
    let base = figure(&answer["tornado"]["baseline"]) * 100.0;
    assert!(page.contains(&format!("as it stands: {base:.0}%")), "{base}");
}

#[test]
fn the_record_is_shown_beside_the_runs() {
    let (page, pictures) = hostile("backtest");
    let drawn = names(&pictures);
    assert_eq!(drawn, ["base-rates.svg", "calibration.svg", "history.svg", "timing.svg"]);
    for text in [
        "Signed &lt;b&gt;at last&lt;/b&gt;",
        "One case is one draw",
        "3 of 9",
        "Brier score",
        "no target for",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.contains("&lt;/td&gt;&lt;script&gt;alert(1)"), "the source is shown as it is");
}

/// Every study writes its tables, says so, and can have them again from the command that the page names.
#[test]
fn studies_write_tables_and_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hostile.toml");
    fs::write(&file, HOSTILE).expect("written");
    let expected: [(&str, &[&str]); 2] = [
        ("sensitivity", &["chance", "morris", "ranges", "sobol", "tornado"]),
        ("backtest", &["base_rates", "calibration", "history", "scores", "timing"]),
    ];
    for (study, tables) in expected {
        let place = folder.path().join(study);
        let [file, place_name] = [&file, &place].map(|p| p.to_str().expect("UTF-8"));
        let args = [&[study, file, "--csv", place_name][..], few(study)].concat();
        let output = run(&args);
        assert!(output.status.success(), "{}", told(&output));
        assert!(told(&output).contains("wrote 5 tables into"), "{}", told(&output));
        let held = held(&place);
        let manifest = &held.iter().find(|f| f.0 == "manifest.json").expect("a manifest").1;
        let manifest: serde_json::Value = serde_json::from_str(manifest).expect("JSON");
        assert_eq!(manifest["study"], study);
        let names: Vec<_> = held.iter().filter_map(|f| f.0.strip_suffix(".csv")).collect();
        assert_eq!(names, tables);
        for table in manifest["tables"].as_array().expect("a list") {
            assert!(table["rows"].as_u64().expect("a number") > 0, "{table}");
        }
        assert_eq!(run(&args).status.code(), Some(3), "a full folder is refused");
    }
}

#[test]
fn bytes_do_not_depend_on_threads() {
    let with = |threads| written("ensemble", LESSON, &["--runs", "5000", "--threads", threads]);
    assert_eq!(with("1"), with("2"));
}

#[test]
fn the_text_is_still_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let plain = run(&["ensemble", LESSON, "--runs", "60"]);
    let both = run(&["ensemble", LESSON, "--runs", "60", "--html", page.to_str().expect("UTF-8")]);
    assert_eq!(plain.stdout, both.stdout);
}

#[test]
fn nothing_is_overwritten_unless_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let (page, full) = (folder.path().join("page.html"), folder.path().join("full"));
    fs::write(&page, "mine").expect("written");
    fs::create_dir(&full).expect("made");
    fs::write(full.join("outcomes.svg"), "mine").expect("written");
    let [page_name, full_name] = [&page, &full].map(|p| p.to_str().expect("UTF-8"));
    for study in STUDIES {
        for place in [["--html", page_name], ["--svg", full_name], ["--svg", page_name]] {
            let args = [&[study, LESSON, "--runs", "40"], &place[..]].concat();
            let output = run(&args);
            assert_eq!(output.status.code(), Some(3), "{place:?}");
            assert!(told(&output).contains(place[0]) && output.stdout.is_empty(), "{}", told(&output));
        }
    }
    assert_eq!(fs::read_to_string(&page).expect("a text"), "mine");
    assert_eq!(held(&full), [("outcomes.svg".to_owned(), "mine".to_owned())]);
    let args = ["ensemble", LESSON, "--runs", "40", "--html", page_name, "--svg", full_name, "--force"];
    assert!(run(&args).status.success());
    assert!(fs::read_to_string(&page).expect("a text").starts_with("<!DOCTYPE"));
    assert!(held(&full).len() > 3 && held(&full).iter().all(|f| f.1.starts_with("<svg")));
}

#[test]
fn an_impossible_place_is_named() {
    let output = run(&["ensemble", LESSON, "--runs", "40", "--html", "no/such/folder/page.html"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(told(&output).contains("no/such/folder/page.html"), "{}", told(&output));
}

/// The command at the foot of a page makes the very same page.
#[test]
fn the_command_at_the_foot_makes_the_page_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = |words: &[&str], name: &str| {
        let path = folder.path().join(name);
        let mut command = Command::cargo_bin("baraza").expect("it is built");
        let output = command.args(words).arg("--html").arg(&path).output().expect("it runs");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{words:?}: {output:?}");
        fs::read_to_string(path).expect("a page")
    };
    let small = "scenarios/tutorial/1-two-parties.toml";
    let studies: [&[&str]; 6] = [
        &["run", small, "--seed", "5", "--run", "2", "--detail", "full"],
        &["what-if", small, "patient-highlands", "--pair", "3", "--detail", "brief"],
        &["what-if", small, "--runs", "40", "--detail", "full"],
        &["exact", small, "--what-if", "proud-highlands"],
        &["verify", small, "--property", "possible", "--detail", "full", "--max-states", "1000"],
        &["resolve", small, "--agent", "highlands", "--always", "keep=keep"],
    ];
    for (k, study) in studies.iter().enumerate() {
        // A claim is one word of the command line, and several of this list.
        let claim = "possible item.water.settled";
        let words: Vec<&str> = study.iter().map(|w| if *w == "possible" { claim } else { w }).collect();
        let first = page(&words, &format!("{k}-first.html"));
        let told = first.split_once("<dt>To have it again</dt><dd>").expect("a command").1;
        let told = told.split_once("</dd>").expect("its end").0.replace("&#39;", "'");
        let parts: Vec<&str> = told.split('\'').collect();
        let again: Vec<&str> = parts
            .iter()
            .enumerate()
            .flat_map(|(k, part)| if k % 2 == 1 { vec![*part] } else { part.split_whitespace().collect() })
            .collect();
        assert_eq!(again[0], "baraza");
        assert_eq!(page(&again[1..], &format!("{k}-again.html")), first, "{told}");
    }
}
