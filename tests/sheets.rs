//! What an exercise hands out: nobody learns from a sheet what another role keeps to itself; files are not overwritten.

mod support;

use std::path::Path;

use assert_cmd::Command;
use baraza::domain::{Action, Inducement, Level, MediatorId, PartyId, Role, World};
use baraza::drivers::decider::Decider;
use baraza::render::html;
use baraza::telling::handouts::{Source, briefing, guide, markdown, role, sheet, together};
use proptest::prelude::*;
use support::generate::{SMALL, scenarios};
use support::world;

fn shipped(file: &str) -> World {
    world(&std::fs::read_to_string(file).expect("a text"))
}

const EXERCISES: [&str; 2] = ["scenarios/doha-2025.toml", "scenarios/tutorial/2-mediator.toml"];

/// Everything that a party keeps to itself is made different.
fn scramble_party(world: &mut World, p: PartyId) {
    for item in &mut world.items {
        for (k, option) in item.options.iter_mut().enumerate() {
            option.points[p.at()] = (option.points[p.at()] + 7.0 + k as f64) % 100.0;
            match option.red_line_of.iter().position(|q| *q == p) {
                Some(at) => drop(option.red_line_of.remove(at)),
                None => option.red_line_of.push(p),
            }
            option.exposes.iter_mut().filter(|e| e.party == p).for_each(|e| e.risk += 1.0);
        }
    }
    for seat in world.seats.iter_mut().filter(|s| s.party == p) {
        seat.alternative = 100 - seat.alternative + u8::from(seat.alternative == 50);
    }
    let turned = |level: Level| Level::new((level as u8 + 2) % 5);
    let party = &mut world.parties[p.at()];
    party.trust.iter_mut().for_each(|level| *level = turned(*level));
    party.audience = turned(party.audience);
    party.weariness = turned(party.weariness);
    party.pressure = turned(party.pressure);
    party.capability = turned(party.capability);
    party.stakes.iter_mut().for_each(|(_, n)| *n += 1);
    party.tactic.kappa = 1.0 - party.tactic.kappa;
    party.tactic.kind = baraza::domain::TacticKind::Hardliner;
    party.mandate = Some([0.5, 0.25, 0.25]);
    party.consult = Some(0.5);
    party.precondition = None;
    party.name.note = Some("Another remark.".into());
    party.name.source = Some("Another source.".into());
    told(world, Role::Party(p));
}

fn scramble_mediator(world: &mut World, m: MediatorId) {
    let mediator = &mut world.mediators[m.at()];
    for action in Action::ALL {
        mediator.style[action as usize] += 1.0 + action as usize as f64;
    }
    mediator.credibility = Level::new((mediator.credibility as u8 + 2) % 5);
    mediator.leverage = Level::new((mediator.leverage as u8 + 2) % 5);
    mediator.bias = match mediator.bias {
        Some(_) => None,
        None => Some(PartyId::new(0)),
    };
    mediator.inducement = match mediator.inducement {
        Inducement::Stick => Inducement::Carrot,
        Inducement::Carrot => Inducement::Stick,
    };
    mediator.name.note = Some("Another remark.".into());
    told(world, Role::Mediator(m));
}

fn told(world: &mut World, role: Role) {
    let sheets = world.exercise.iter_mut().flat_map(|e| &mut e.sheets);
    for sheet in sheets.filter(|s| s.role == role) {
        sheet.text = Some("Another text.".into());
        sheet.hints = vec!["Another hint.".into()];
    }
}

fn scramble(world: &mut World, role: Role) {
    match role {
        Role::Party(p) => scramble_party(world, p),
        Role::Mediator(m) => scramble_mediator(world, m),
    }
}

/// A sheet in its three forms.
fn forms(world: &World, of: Role) -> [String; 3] {
    let document = sheet(world, of);
    [html::page(&document), markdown(std::slice::from_ref(&document)), role(world, Decider::from(of), false)]
}

/// The sheet of every role moves with what is its own, and with nothing that is another role's.
fn confidential(world: &World) {
    for own in world.all_roles() {
        let mut others = world.clone();
        world.all_roles().filter(|role| *role != own).for_each(|role| scramble(&mut others, role));
        assert_eq!(forms(world, own), forms(&others, own), "{own:?}");
        let mut mine = world.clone();
        scramble(&mut mine, own);
        let (before, after) = (forms(world, own), forms(&mine, own));
        assert!(before.iter().zip(&after).all(|(a, b)| a != b), "{own:?} learns nothing from its sheet");
    }
    let mut secrets = world.clone();
    world.all_roles().for_each(|role| scramble(&mut secrets, role));
    assert_eq!(html::page(&briefing(world)), html::page(&briefing(&secrets)), "the briefing tells a secret");
}

#[test]
fn a_sheet_holds_no_secret_of_others() {
    for file in EXERCISES.iter().chain(&["scenarios/scoreable.toml", "tests/valid/full.toml"]) {
        confidential(&shipped(file));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sheet_of_any_scenario_holds_a_secret(draft in scenarios(SMALL)) {
        confidential(&world(&draft.text()));
    }
}

#[test]
fn texts_for_the_terminal_keep_to_its_width() {
    for file in EXERCISES {
        let world = shipped(file);
        for of in world.all_roles() {
            let text = role(&world, of.into(), false);
            assert!(text.lines().all(|l| l.chars().count() <= 80), "{file} {of:?}");
        }
    }
}

#[test]
fn shipped_exercises_are_whole() {
    for file in EXERCISES {
        let world = shipped(file);
        let exercise = world.exercise.as_ref().expect("an exercise");
        assert!(
            !exercise.aims.is_empty() && exercise.minutes == u16::try_from(exercise.timed()).ok(),
            "{file}"
        );
        assert!(
            exercise.briefing.is_some() && exercise.discussion.iter().all(|d| d.look_for.is_some()),
            "{file}"
        );
        assert!(exercise.discussion.len() >= 4 && exercise.predictions.len() >= 3, "{file}");
        for role in world.roles() {
            let sheet = exercise.sheet(role).expect("every suggested role has a sheet");
            let text = sheet.text.as_deref().unwrap_or_default();
            assert!(text.contains("teaching assumption") && !sheet.hints.is_empty(), "{file} {role:?}");
        }
    }
}

#[test]
fn sheets_of_the_tutorial() {
    let world = shipped("scenarios/tutorial/2-mediator.toml");
    let source = Source { file: "talks.toml", what_if: None, set: "", fingerprint: "f" };
    let mut all = vec![briefing(&world)];
    all.extend(world.roles().into_iter().map(|role| sheet(&world, role)));
    all.push(guide(&world, source));
    let text = markdown(&all);
    for part in [
        "| Who may graze the high meadow? | Highland herds only | 20 | 0 |  |",
        "|  | Open to all herds | 10 | 35 | The Highlands → The Lowlands 6 |",
        "    baraza what-if talks.toml no-elders\n",
        "| Is the valley pact signed before the talks end? | valley | instrument.valley-pact.signed |",
        "| 35 | 5 | Second predictions, before round 7 |",
        "no agreement is worth 38 of 100 to you",
    ] {
        assert_eq!(text.matches(part).count(), 1, "{part}");
    }
    let own = role(&world, Decider::Party(PartyId::new(0)), false);
    // Lines are wrapped, so sentences are looked for as words.
    let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["You are The Highlands.", "no agreement is worth 38 of 100 to you", "Do not sign less."] {
        assert!(own.contains(part), "{part}\n{own}");
    }
    let page = html::page(&together(&world, all.clone()));
    assert_eq!(page.matches("<section class=\"fresh\"").count(), all.len());
    // What to look for is folded; nothing else is, and nothing runs.
    assert!(!page.contains("<script"));
    assert!(page.contains("<details class=\"key\">"));
    assert_eq!(page.matches("<details").count(), page.matches("<details class=\"key\">").count());
}

fn baraza() -> Command {
    Command::cargo_bin("baraza").expect("it is built")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|n| n.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn files_are_written_and_never_overwritten_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("handouts");
    let sheets = |more: &[&str]| {
        let mut command = baraza();
        command.args(["sheets", "scenarios/tutorial/2-mediator.toml", "--out"]).arg(&out).args(more);
        command.assert()
    };
    sheets(&[]).success();
    let expected = ["briefing.md", "role-elders.md", "role-highlands.md", "role-lowlands.md", "teacher.md"];
    assert_eq!(names(&out), expected);
    std::fs::write(out.join("role-elders.md"), "mine").expect("written");
    std::fs::remove_file(out.join("briefing.md")).expect("removed");
    let refused = sheets(&[]).code(3);
    let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(
        said.contains("role-highlands.md: the file exists already") && said.contains("--force"),
        "{said}"
    );
    assert!(!out.join("briefing.md").exists(), "nothing is written where something is refused");
    sheets(&["--force"]).success();
    assert_ne!(std::fs::read_to_string(out.join("role-elders.md")).expect("a text"), "mine");
    sheets(&["--format", "html", "--role", "elders"]).success();
    assert!(out.join("role-elders.html").exists() && !out.join("teacher.html").exists());
}

#[test]
fn one_role_is_printed_alone_and_an_unknown_one_is_named() {
    let file = "scenarios/tutorial/2-mediator.toml";
    let output = baraza().args(["sheets", file, "--role", "elders"]).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(text.starts_with("# Council of elders\n") && !text.contains("Teacher"), "{text}");
    let output = baraza().args(["sheets", file, "--role", "eldest"]).assert().code(2);
    let said = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(said.contains("--role") && said.contains("`highlands`, `lowlands`, `elders`"), "{said}");
    baraza().args(["sheets", file, "--force"]).assert().code(2);
}

/// A party `mediator-x` and a mediator `x` beside a party `x`: three files, and each role can be asked for.
#[test]
fn roles_of_one_name_have_files_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.toml");
    let text = "[scenario]\ntitle = \"x\"\nstart = 2025-01-01\nrounds = 2\n[party.x]\nname = \"Party X\"\n[party.mediator-x]\n\
        [mediator.x]\nname = \"Mediator X\"\n[track.t]\nseats = [\"x\", \"mediator-x\"]\nmediators = [\"x\"]\n[item.i]\n\
        track = \"t\"\noption = { a = { x = 100 }, b = { mediator-x = 100 } }\n[exercise.sheet.x]\ntext = \"FOR-THE-PARTY\"\n\
        [exercise.sheet.\"mediator.x\"]\ntext = \"FOR-THE-MEDIATOR\"\n";
    std::fs::write(&file, text).expect("written");
    let out = folder.path().join("out");
    let done = baraza().arg("sheets").arg(&file).arg("--out").arg(&out).assert().success();
    let expected = ["briefing.md", "role-mediator-x.md", "role-mediator.x.md", "role-x.md", "teacher.md"];
    assert_eq!(names(&out), expected);
    let said = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    assert!(said.contains("wrote 5 files into"), "{said}");
    let read = |name: &str| std::fs::read_to_string(out.join(name)).expect("a text");
    for (name, own, others) in [
        ("x", "FOR-THE-PARTY", "FOR-THE-MEDIATOR"),
        ("party.x", "FOR-THE-PARTY", "FOR-THE-MEDIATOR"),
        ("mediator.x", "FOR-THE-MEDIATOR", "FOR-THE-PARTY"),
    ] {
        let printed = baraza().arg("sheets").arg(&file).args(["--role", name]).assert().success();
        let text = String::from_utf8_lossy(&printed.get_output().stdout).into_owned();
        assert!(text.contains(own) && !text.contains(others), "{name}: {text}");
        assert_eq!(text, read(&format!("role-{}.md", name.replace("party.", ""))));
    }
    assert!(read("teacher.md").contains("--as mediator.x"));
}

/// What a change of the scenario moves stands on the sheets moved, and the guide's commands play the same world.
#[test]
fn sheets_tell_the_world_that_is_played() {
    use baraza::kernel::{State, worth};
    use clap::Parser;
    let file = "scenarios/tutorial/2-mediator.toml";
    for changes in [
        &[("party.highlands.pressure", "high")][..],
        &[("party.highlands.alternative", "26")],
        &[
            ("party.highlands.weariness", "very-high"),
            ("dynamics.pressure_points", "30"),
            ("party.highlands.pressure", "medium"),
        ],
        &[("party.highlands.pressure", "very-high"), ("dynamics.pressure_points", "90")],
    ] {
        let model = support::shipped("tutorial/2-mediator", changes);
        let world = &model.world;
        for (k, seat) in world.seats.iter().enumerate() {
            let played = worth::alternative(&model, &State::new(&model), k.into());
            assert_eq!(f64::from(world.alternative_at_start(k.into())), played, "{changes:?}");
            let text = role(world, Decider::Party(seat.party), false);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&format!("no agreement is worth {played} of 100")), "{changes:?}: {text}");
            let guide = guide(world, Source { file, what_if: None, set: "", fingerprint: "f" });
            let row = markdown(&[guide]);
            assert!(row.contains(&format!("| {played} (")), "{changes:?}: {row}");
        }
    }
    let set = ["sheets", file, "--set", "party.highlands.pressure=high", "--what-if", "no-elders"];
    let output = baraza().args(set).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    let commands: Vec<&str> =
        text.lines().filter(|l| l.starts_with("    baraza") && l.contains(file)).collect();
    assert!(commands.len() > 5, "{text}");
    for command in commands {
        // What-ifs and workbenches start from the file: changes of one's own do not go with them.
        let changed = command.contains("--set party.highlands.pressure=high --what-if no-elders")
            || command.contains("--what-if no-elders --set party.highlands.pressure=high");
        let own = ["baraza what-if", "baraza workbench"].iter().any(|name| command.contains(name));
        assert_eq!(changed, !own, "{command}");
        // What stands between quotes is one word.
        let words = command.split('\'').enumerate().flat_map(|(k, part)| match k % 2 {
            1 => vec![part],
            _ => part.split_whitespace().collect(),
        });
        let parsed = baraza::cli::args::Arguments::try_parse_from(words);
        assert!(parsed.is_ok(), "{command}: {parsed:?}");
    }
    assert!(text.contains("start from the scenario as its file has it"), "{text}");
}

/// What a domain for other programs says of a party is what it is when the talks begin.
#[test]
fn exported_reservations_are_those_of_the_world_that_is_played() {
    use baraza::exchange::{Reservation, of_track};
    let reserved = |changes: &[(&str, &str)]| {
        let model = support::shipped("tutorial/2-mediator", changes);
        match of_track(&model.world, 0.into()).0.profiles[0].reservation {
            Reservation::Utility(utility) => utility,
            ref other => panic!("{other:?}"),
        }
    };
    let (as_it_is, pressed) = (reserved(&[]), reserved(&[("party.highlands.pressure", "high")]));
    // 38 of 100 at the start, and 3 levels of pressure at 4 points each.
    assert!((pressed / as_it_is - 26.0 / 38.0).abs() < 1e-12, "{pressed} {as_it_is}");
}
