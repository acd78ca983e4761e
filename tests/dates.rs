//! A date means the round that contains it: in conditions, at events, in the history.

mod support;

use baraza::domain::rule::Rule;
use baraza::domain::{Quantity, Relation};
use baraza::kernel::{State, holds};
use baraza::scenario::parse_condition;
use support::model;

/// Rounds begin on 1, 15, 29 January and so on.
fn talks(rounds: u8, more: &str) -> String {
    format!(
        r#"
[scenario]
title = "Dated"
start = 2030-01-01
rounds = {rounds}
round_days = 14
[party.a]
[party.b]
[track.t]
seats = ["a", "b"]
[item.i]
track = "t"
[item.i.option]
x = {{ a = 100, b = 0, red_line_of = ["b"] }}
y = {{ a = 0, b = 100, red_line_of = ["a"] }}
{more}
"#
    )
}

const RELATIONS: [Relation; 6] = [
    Relation::Equal,
    Relation::NotEqual,
    Relation::Less,
    Relation::AtMost,
    Relation::Greater,
    Relation::AtLeast,
];

#[test]
fn a_date_in_a_condition_is_compared_round_by_round() {
    // With 80 rounds conditions are compiled otherwise than with 5.
    for rounds in [5, 80] {
        let model = model(&talks(rounds, ""));
        for (date, containing) in [
            ("2029-12-31", 0),
            ("2030-01-01", 1),
            ("2030-01-14", 1),
            ("2030-01-15", 2),
            ("2030-02-28", 5),
            ("2030-03-12", 6),
        ] {
            for relation in RELATIONS {
                let text = format!("date {} {date}", relation.symbol());
                let condition = parse_condition(&text, &model.world).expect("a condition");
                let ground = model.ground();
                let rule = Rule::of(&condition, ground);
                for round in 1..=5u8 {
                    let mut state = State::new(&model);
                    state.put(model.cell(Quantity::Round), round);
                    let expected = relation.holds(round.into(), containing);
                    assert_eq!(holds(&rule, &model, &state), expected, "{text}, round {round}");
                }
            }
        }
    }
}

#[test]
fn a_dated_event_happens_in_the_round_that_contains_its_date() {
    for (day, round) in [("2030-01-01", 1), ("2030-01-02", 1), ("2030-01-14", 1), ("2030-01-15", 2)] {
        let event = format!("[event.truce]\ndate = {day}\neffect = [\"party.a.ceasefire = true\"]");
        let model = model(&talks(4, &event));
        let run = baraza::drivers::record(&model, &mut baraza::drivers::Sampler::new(1, 0));
        let fired = run.entries().find(|(_, _, e)| matches!(e, baraza::kernel::Entry::Fires { .. }));
        assert_eq!(fired.map(|f| f.0), Some(round), "{day}");
    }
}

#[test]
fn a_record_of_a_dated_event_is_certain() {
    let more = r#"
[event.truce]
date = 2030-01-02
effect = ["party.a.ceasefire = true"]
[[history]]
date = 2030-01-02
that = "event.truce.state == fired"
"#;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("dated.toml");
    std::fs::write(&file, talks(3, more)).expect("written");
    let mut command = assert_cmd::Command::cargo_bin("baraza").expect("it is built");
    let output =
        command.arg("backtest").arg(&file).args(["--runs", "20", "--json"]).output().expect("it runs");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let entry = &document["backtest"]["entries"][0];
    assert_eq!(
        (&entry["round"], &entry["at"]["share"], &entry["extreme"]),
        (&1.into(), &1.0.into(), &"certain".into())
    );
}

#[test]
fn a_date_within_the_last_round_is_no_doubt() {
    let warned = |day: &str| {
        let event = format!("[event.truce]\ndate = {day}\neffect = [\"party.a.ceasefire = true\"]");
        let source = baraza::scenario::Source { name: "dated.toml".into(), text: talks(3, &event) };
        let found = baraza::scenario::load(&source, &[], None).diagnostics;
        found.iter().any(|d| d.message.contains("cannot happen"))
    };
    assert!(!warned("2030-02-11"));
    assert!(warned("2030-02-12"));
}
