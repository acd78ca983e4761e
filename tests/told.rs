//! Every rule is told once: play, sheets, help and the reference of the language take the same sentence.

mod support;

use std::collections::HashSet;

use assert_cmd::Command;
use baraza::domain::tactic::{TACTICS, TacticRow};
use baraza::domain::told::{ACTIONS, AGENDA_RULES, DECISION_RULES, PACKAGE_RULES, PROCEDURES, VOCABULARIES};
use baraza::domain::{Action, Dynamics, Leverage, PartyId, Procedure, Role, Settings, told};
use baraza::scenario::{reference, schema, tables};
use baraza::telling::handouts::{briefing, markdown, sheet};
use baraza::telling::play::help;

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sentence as it stands at the head of a line or in the midst of one.
fn tells(text: &str, sentence: &str) -> bool {
    let (text, sentence) = (joined(text).replace('\\', ""), joined(sentence));
    text.contains(&sentence) || text.contains(&baraza::telling::play::capital(&sentence))
}

#[test]
fn reference_schema_and_help_tell_every_word_as_the_table_does() {
    let (reference, schema) = (reference(), schema().to_string());
    for word in VOCABULARIES.iter().flat_map(|v| v.words) {
        assert!(tells(&reference, word.sentence), "{}", word.id);
        assert!(reference.contains(word.source), "{}", word.id);
        let helped = help::help(Some(word.id), false);
        // A command of that name comes first.
        let command = help::names().contains(&word.id);
        assert!(command || tells(&helped, word.sentence), "{}: {helped}", word.id);
    }
    for word in PROCEDURES.iter().chain(told::TACTICS).chain(DECISION_RULES) {
        assert!(schema.contains(&serde_json::to_string(word.sentence).expect("text")), "{}", word.id);
    }
}

/// The words in braces of a text.
fn places(text: &str) -> Vec<String> {
    let found = std::cell::RefCell::new(Vec::new());
    let rest = told::filled(text, |place| {
        found.borrow_mut().push(place.to_owned());
        None
    });
    assert!(!rest.contains(['{', '}']), "{text}");
    found.into_inner()
}

/// An action is one row: nothing of it is left out, and what it fills in is there to be filled in.
#[test]
fn the_row_of_every_action_is_complete() {
    let dynamics = Dynamics::default();
    let mut seen = HashSet::new();
    for action in Action::ALL {
        let row = action.row();
        let name = row.told.id;
        assert_eq!((name, name), (action.name(), Action::NAMES[action as usize]));
        assert_eq!(serde_json::to_value(action).expect("a word"), name);
        assert!(seen.insert(row.done) && !row.done.is_empty(), "{name}");
        assert!(!row.needs.is_empty() && !row.effect.is_empty(), "{name}");
        assert_eq!(matches!(row.leverage, Leverage::Spent(_)), !row.leverage.costs().is_empty(), "{name}");
        assert!(row.story.all().iter().all(|s| !s.is_empty()), "{name}");
        let number = |place: &str| dynamics.figure(place).is_some();
        for (texts, words) in [
            (row.story.all(), &["party", "item", "option"][..]),
            (row.numbers.all(), &["stick", "carrot"]),
            (vec![row.means], &["believed", "leverage"]),
            (vec![row.effect], &[]),
        ] {
            for place in texts.into_iter().flat_map(places) {
                assert!(words.contains(&place.as_str()) || number(&place), "{name}: `{place}`");
            }
        }
    }
}

/// A procedure is one row: its word, what happens, and whether it is about items or about the whole agenda.
#[test]
fn the_row_of_every_procedure_is_complete() {
    struct Five;
    impl Settings for Five {
        fn whole(&self, _: &str) -> u8 {
            5
        }
        fn word(&self, _: &str) -> usize {
            1
        }
    }
    for row in Procedure::ROWS {
        let name = row.told.id;
        assert!(!row.effect.is_empty(), "{name}");
        let read = Procedure::read(name, &Five).expect("its word is known");
        assert_eq!((read.told().id, read.course()), (name, row.course));
        assert_eq!(Procedure::BY_ITEM.contains(&name), !read.whole(), "{name}");
        let written = serde_json::to_value(read).expect("JSON");
        assert!(written == name || written.get(name).is_some(), "{written}");
    }
    assert!(Procedure::read("lottery", &Five).is_none());
}

/// What a key is if nothing is said, its own row and the rows of the tactics say alike.
#[test]
fn the_reference_gives_tactics_the_defaults_of_their_rows() {
    let reference = reference();
    let missing = |key: &str| {
        let section = reference.split("## `tactic`").nth(1).expect("tactics");
        let row = section.lines().find(|l| l.starts_with(&format!("| `{key}` |"))).expect("its row");
        row.rsplit(" | ").next().unwrap_or("").trim_end_matches(" |").to_owned()
    };
    for (key, usual, of) in
        [("beta", 1.0, (|row| row.beta) as fn(&TacticRow) -> f64), ("kappa", 0.0, |row| row.kappa)]
    {
        let others = TACTICS.iter().filter(|row| of(row) != usual);
        let others = others.map(|row| format!("{} {}", row.told.id, of(row))).collect::<Vec<_>>();
        assert_eq!(missing(key), format!("{usual}; {}", others.join(", ")));
    }
}

/// The tables of the model's page stand between marks there, as they are made from the rows.
#[test]
fn the_tables_of_the_models_page_are_up_to_date() {
    let path = "docs/model.md";
    let written = std::fs::read_to_string(path).expect("the page");
    let mut page = written.clone();
    for (name, table) in tables() {
        let mark = format!("<!-- table: {name} -->\n");
        let from = page.find(&mark).unwrap_or_else(|| panic!("{path} has no `{}`", mark.trim())) + mark.len();
        let to = from + page[from..].find("<!-- end -->").expect("an end");
        page.replace_range(from..to, &table);
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).expect("written");
    } else {
        assert!(written == page, "{path} is out of date: run this test with UPDATE_DOCS=1");
    }
}

/// A sheet, a briefing, the agenda at the table: one sentence for each procedure, rule and order.
#[test]
fn sheets_and_play_tell_rules_as_the_table_does() {
    let mut met = HashSet::new();
    for file in ["doha-2025", "tutorial/2-mediator", "scoreable", "camp-david-1978", "ultimatum"] {
        let model = support::shipped(file, &[]);
        let text = markdown(&[briefing(&model.world)]);
        for track in &model.world.tracks {
            for told in [track.procedure.told(), track.package.told()] {
                assert!(tells(&text, told.sentence), "{file}: {}", told.id);
                met.insert(told.id);
            }
            if !track.procedure.whole() {
                assert!(tells(&text, track.agenda.told().sentence), "{file}: {}", track.agenda.told().id);
            }
        }
        for (k, party) in model.world.parties.iter().enumerate() {
            let own = markdown(&[sheet(&model.world, Role::Party(PartyId::new(k)))]);
            assert!(tells(&own, party.tactic.told().sentence), "{file}: {}", party.name.id);
        }
    }
    assert!(met.len() >= 3, "{met:?}");
    assert_eq!((AGENDA_RULES.len(), PACKAGE_RULES.len()), (4, 2));
}

/// `facilitate` among three is not what it is between two, and is told alike wherever it is told.
#[test]
fn an_action_is_told_alike_on_the_sheet_and_at_the_table() {
    let facilitate = ACTIONS[0].sentence;
    assert!(facilitate.contains("with more than two"), "{facilitate}");
    let file = "scenarios/doha-2025.toml";
    let run = |arguments: &[&str], input: &str| {
        let mut command = Command::cargo_bin("baraza").expect("built");
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("s.jsonl");
        command.args(arguments);
        if arguments[0] == "play" {
            command.arg("--session").arg(&log);
        }
        String::from_utf8(command.write_stdin(input).output().expect("it ran").stdout).expect("UTF-8")
    };
    let printed = run(&["sheets", file, "--role", "qatar"], "");
    let asked = run(&["play", file, "--no-predict", "--as", "qatar"], "sheet\n\nquit\n");
    let model = support::shipped("doha-2025", &[]);
    let mut told = 0;
    for word in ACTIONS {
        let mediator = model.world.mediators.iter().find(|m| m.name.id == "qatar").expect("Qatar");
        let place = ACTIONS.iter().position(|a| a.id == word.id).expect("in the table");
        if mediator.style[place] > 0.0 {
            assert!(tells(&printed, word.sentence), "{}: {printed}", word.id);
            told += usize::from(tells(
                asked.rsplit("What do you do this round?").next().unwrap_or(""),
                word.sentence,
            ));
        }
    }
    assert!(told >= 2, "{asked}");
}
