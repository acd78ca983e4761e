//! The folder of a class on the command line: looked back on, and without names.

#![cfg(feature = "store")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use baraza::domain::Model;
use baraza::drivers::Head;
use baraza::room::{Ask, FORMAT, Folder, Form, Header, Lesson, Luck, Order, Plan, Reply, Room};
use baraza::scenario::fingerprint;
use support::shipped;

const TALKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/tutorial/2-mediator.toml");

/// A class of two groups whose talks are over, with two students who predicted.
fn played(place: &Path) -> PathBuf {
    let path = place.join("class");
    let model = shipped("tutorial/2-mediator", &[]);
    begin(&model, &path);
    let opened = Folder::open(&path).expect("it was begun");
    let lesson = Lesson::find(&model.world, Some("rounds")).expect("there is one");
    let mut next = 0;
    let bits = move || {
        next += 1;
        next
    };
    let mut room = Room::open(&model, opened, lesson, Plan::default(), Box::new(bits)).expect("it fits");
    for (k, name) in ["Ada Lovelace", "Béla"].into_iter().enumerate() {
        let ask = Ask::Join { name: name.into() };
        let joined = room.form(&Form { who: None, key: format!("join-{k:08}"), ask });
        let Ok(Reply::Joined(who)) = joined else { panic!("{joined:?}") };
        let ask = Ask::Predict { question: "water".into(), round: 1, probability: 0.3 };
        room.form(&Form { who: Some(who), key: format!("predict-{k:08}"), ask }).expect("it is open");
    }
    while room.due(None).is_some() {
        room.order(&Order::Close { group: None }).expect("a round is due");
    }
    let mut without = vec![0; model.world.outcomes.len()];
    without[0] = 1500;
    let mut with = without.clone();
    without[1] = 500;
    with[2] = 500;
    for _ in 0..2 {
        room.found("no-elders", &without, &with).expect("it is kept once");
    }
    room.commit().expect("the disk has room");
    path
}

fn begin(model: &Model, path: &Path) {
    let world = &model.world;
    let header = Header {
        format: FORMAT.into(),
        head: Head::new(&world.title, &fingerprint(world), 17, "A class."),
        scenario: "2-mediator.toml".into(),
        roles: world.all_roles().map(|r| world.role_id(r).into_owned()).collect(),
        groups: 2,
        luck: Luck::Shared,
        lesson: "rounds".into(),
        code: "ABCDEF".into(),
    };
    drop(Folder::begin(path, &header, &Room::headers(&header), "secret").expect("the folder is new"));
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("baraza").expect("it is built");
    command.current_dir(folder).args(args).output().expect("it runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Every file of the folder as text.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        match path.is_dir() {
            true => all.extend(texts(&path)),
            false => {
                all.push((name, String::from_utf8_lossy(&std::fs::read(path).expect("a file")).into_owned()))
            }
        }
    }
    all
}

fn with_a_name(folder: &Path) -> Vec<String> {
    let named = |text: &str| text.contains("Lovelace") || text.contains("Béla");
    let mut found: Vec<String> =
        texts(folder).into_iter().filter(|(_, text)| named(text)).map(|(name, _)| name).collect();
    found.sort();
    found
}

#[test]
fn a_class_is_looked_back_on_and_its_names_are_forgotten() {
    let place = tempfile::tempdir().expect("a folder");
    let class = played(place.path());
    let told = run(place.path(), &["debrief", "class", "--scenario", TALKS, "--runs", "20"]);
    assert!(told.status.success(), "{}", said(&told));
    assert_eq!(with_a_name(&class), ["names.json", "students.html"], "names stand there and nowhere else");
    let second = std::fs::read_to_string(class.join("debrief/group-2.html")).expect("a page a group");
    assert!(second.contains("branch 2 of 2"), "groups of the same luck are branches of one tree");
    let forgotten = run(place.path(), &["forget", "class", "--scenario", TALKS, "--runs", "20"]);
    assert!(forgotten.status.success(), "{}", said(&forgotten));
    assert!(said(&forgotten).contains("2 names are forgotten"), "{}", said(&forgotten));
    assert_eq!(with_a_name(&class), Vec::<String>::new());
    assert!(!class.join("names.json").exists());
    let page = std::fs::read_to_string(class.join("debrief/students.html")).expect("it is made anew");
    assert!(page.contains("you said 30%"), "what was predicted is still there");
    let again = run(place.path(), &["forget", "class", "--scenario", TALKS, "--runs", "20"]);
    assert!(again.status.success() && said(&again).contains("no names any more"), "{}", said(&again));
}

/// The tables of a class are what their package says, and know students by ids alone.
#[test]
fn the_tables_of_a_class_lie_beside_its_pages() {
    let place = tempfile::tempdir().expect("a folder");
    let class = played(place.path());
    let told = run(place.path(), &["debrief", "class", "--scenario", TALKS, "--runs", "20"]);
    assert!(told.status.success(), "{}", said(&told));
    let out = class.join("debrief");
    let package = std::fs::read_to_string(out.join("datapackage.json")).expect("it is there");
    let package: serde_json::Value = serde_json::from_str(&package).expect("JSON");
    let mut seen = Vec::new();
    for resource in package["resources"].as_array().expect("a list") {
        let name = resource["name"].as_str().expect("a name");
        let fields = resource["schema"]["fields"].as_array().expect("a list");
        let mut table = csv::Reader::from_path(out.join(resource["path"].as_str().expect("a path")))
            .expect("it is there");
        let head: Vec<String> = table.headers().expect("names").iter().map(str::to_owned).collect();
        let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().expect("a name")).collect();
        assert_eq!(head, names, "{name}");
        assert!(fields.iter().all(|f| f["description"].as_str().is_some_and(|d| !d.is_empty())), "{name}");
        let rows: Vec<csv::StringRecord> = table.records().map(|r| r.expect("a row")).collect();
        seen.push((name.to_owned(), rows.len()));
    }
    let rows = |name: &str| seen.iter().find(|s| s.0 == name).map(|s| s.1);
    assert_eq!((rows("students"), rows("predictions"), rows("votes")), (Some(2), Some(2), Some(0)));
    assert!(rows("rounds").is_some_and(|n| n > 2), "{seen:?}");
    let answers = std::fs::read_to_string(out.join("what_ifs.csv")).expect("it is there");
    let answers: Vec<Vec<&str>> = answers.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert!(answers.iter().all(|row| row[0] == "no-elders" && row[2] == "2000"), "{answers:?}");
    let shares: Vec<[&str; 2]> = answers.iter().take(3).map(|row| [row[3], row[4]]).collect();
    assert_eq!(shares, [["0.75", "0.75"], ["0.25", "0"], ["0", "0.25"]]);
    let students = std::fs::read_to_string(out.join("students.csv")).expect("it is there");
    assert!(students.contains("s0") && !students.contains("Ada"), "{students}");
}

/// Forms on paper of a class: what came of an event follows from its groups.
#[test]
fn forms_on_paper_are_put_into_the_pages_of_a_class() {
    let place = tempfile::tempdir().expect("a folder");
    let class = played(place.path());
    std::fs::write(place.path().join("forms.csv"), "who,kind,question,probability\nCara,event,water,20%\n")
        .expect("a file");
    let args = ["debrief", "class", "--scenario", TALKS, "--runs", "20", "--predictions", "forms.csv"];
    let told = run(place.path(), &args);
    assert!(told.status.success(), "{}", said(&told));
    let page = std::fs::read_to_string(class.join("debrief/class.html")).expect("it is made");
    assert!(page.contains("Predictions handed in") && page.contains("Cara"));
}

#[test]
fn names_are_forgotten_where_no_page_was_made_and_the_class_goes_on() {
    let place = tempfile::tempdir().expect("a folder");
    let class = played(place.path());
    // No page is made, so no scenario is needed.
    let forgotten = run(place.path(), &["forget", "class"]);
    assert!(forgotten.status.success(), "{}", said(&forgotten));
    assert!(!class.join("debrief").exists() && !class.join("names.json").exists());
    let opened = Folder::open(&class).expect("it goes on");
    assert_eq!(opened.names.len(), 0);
}

#[test]
fn what_cannot_be_forgotten_is_refused_and_stays() {
    let place = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(place.path().join("other")).expect("a folder");
    std::fs::write(place.path().join("other/names.json"), "{}").expect("a file");
    let other = run(place.path(), &["forget", "other"]);
    assert_eq!(other.status.code(), Some(2), "{}", said(&other));
    assert!(said(&other).contains("is no folder of a class"), "{}", said(&other));
    assert!(place.path().join("other/names.json").exists());
    let class = played(place.path());
    // Pages cannot be made anew without the scenario: then nothing is deleted.
    std::fs::create_dir(class.join("debrief")).expect("a folder");
    let lost = run(place.path(), &["forget", "class"]);
    assert!(lost.status.code() == Some(3) && said(&lost).contains("--scenario"), "{}", said(&lost));
    assert!(class.join("names.json").exists());
    let held = Folder::open(&class).expect("nobody holds it");
    let busy = run(place.path(), &["forget", "class", "--scenario", TALKS]);
    assert!(
        busy.status.code() == Some(3) && said(&busy).contains("nobody serves the class"),
        "{}",
        said(&busy)
    );
    assert!(class.join("names.json").exists());
    drop(held);
}
