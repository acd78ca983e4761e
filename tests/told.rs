//! Every rule is told once: play, sheets, help and the reference of the language take the same sentence.

mod support;

use std::collections::HashSet;

use assert_cmd::Command;
use baraza::domain::told::{
    ACTIONS, AGENDA_RULES, DECISION_RULES, PACKAGE_RULES, PROCEDURES, TACTICS, VOCABULARIES,
};
use baraza::domain::{PartyId, Role};
use baraza::report::play::help;
use baraza::report::sheets::{briefing, markdown, sheet};
use baraza::scenario::{reference, schema};

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sentence as it stands at the head of a line or in the midst of one.
fn tells(text: &str, sentence: &str) -> bool {
    let (text, sentence) = (joined(text).replace('\\', ""), joined(sentence));
    text.contains(&sentence) || text.contains(&baraza::report::play::capital(&sentence))
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
    for word in PROCEDURES.iter().chain(TACTICS).chain(DECISION_RULES) {
        assert!(schema.contains(&serde_json::to_string(word.sentence).expect("text")), "{}", word.id);
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
