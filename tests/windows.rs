//! In which rounds the rules of a scenario leave room for something, and the reference that knows it.

mod support;

use baraza::analysis::counters::{Plan, Reading};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::analysis::windows::{Window, window};
use baraza::domain::{Condition, EventId, EventState, InstrumentId, Model, Operand, Quantity as Q, Relation};
use baraza::scenario::parse_condition;
use proptest::prelude::*;
use support::generate::{LARGE, SMALL, scenarios};
use support::{model, shipped};

/// Talks of ten rounds between two parties; three questions are tabled one after the other, each is sealed by a text of its own.
const TALKS: &str = r#"
[scenario]
title = "Windows"
start = 2031-01-01
rounds = 10
round_days = 10
normalise = true
[party.a]
[party.b]
[track.table]
seats = ["a", "b"]
package = "step-by-step"
[item.one]
track = "table"
option.x = { a = 40, b = 40 }
[item.two]
track = "table"
option.x = { a = 30, b = 30 }
[item.three]
track = "table"
option.x = { a = 30, b = 30 }
[instrument.first]
track = "table"
seals = ["one"]
[instrument.second]
track = "table"
seals = ["two"]
[instrument.third]
track = "table"
seals = ["three"]
"#;

fn of(model: &Model, condition: &str) -> Option<(u8, u8)> {
    let condition = parse_condition(condition, &model.world).expect("a condition");
    window(model, &condition).map(|w| (w.first, w.last))
}

/// The talks with more keys: each is added below the header of its table, or with a new one.
fn with(more: &[(&str, &str)]) -> Model {
    let mut text = TALKS.to_owned();
    for (header, keys) in more {
        let header = format!("[{header}]\n");
        match text.find(&header) {
            Some(at) => text.insert_str(at + header.len(), &format!("{keys}\n")),
            None => text.push_str(&format!("{header}{keys}\n")),
        }
    }
    model(&text)
}

#[test]
fn an_agenda_that_opens_one_item_a_session_takes_a_round_for_each() {
    let model = with(&[]);
    let texts = ["first", "second", "third"].map(|t| of(&model, &format!("instrument.{t}.signed")));
    assert_eq!(texts, [Some((1, 10)), Some((2, 10)), Some((3, 10))]);
    let two_at_once = with(&[("track.table", "opens = 2")]);
    assert_eq!(of(&two_at_once, "instrument.third.signed"), Some((2, 10)));
    let all = with(&[("track.table", "agenda = \"all-at-once\"")]);
    assert_eq!(of(&all, "instrument.third.signed"), Some((1, 10)));
}

#[test]
fn a_chain_of_requires_adds_up() {
    // The first item waits for a date, the second for the first text: the third, which waits for nothing, goes before them.
    let model = with(&[
        ("item.one", "requires = \"date >= 2031-01-31\""),
        ("item.two", "requires = \"instrument.first.signed\""),
        ("instrument.third", "requires = \"instrument.second.signed\""),
    ]);
    assert_eq!(of(&model, "item.three.settled"), Some((1, 10)));
    assert_eq!(of(&model, "instrument.first.signed"), Some((4, 10)));
    // The text of round 4 is signed after its session, so what waits for it is tabled in the next.
    assert_eq!(of(&model, "instrument.second.signed"), Some((5, 10)));
    assert_eq!(of(&model, "instrument.third.signed"), Some((5, 10)));
    let both = "instrument.first.signed and instrument.third.signed";
    assert_eq!(of(&model, both), Some((5, 10)));
    assert_eq!(of(&model, "instrument.first.signed or instrument.third.signed"), Some((4, 10)));
}

/// Each item waits for the one before it in some way: whatever else is open, there is one place a session.
#[test]
fn what_needs_three_items_needs_three_sessions() {
    let model = with(&[
        ("item.two", "requires = \"item.one.settled\""),
        ("item.three", "requires = \"item.two.state != dormant\""),
        ("instrument.first", "requires = \"item.two.settled and item.three.settled\""),
    ]);
    assert_eq!(of(&model, "instrument.first.signed"), Some((3, 10)));
    assert_eq!(of(&model, "track.table.settled >= 2"), Some((2, 10)));
    assert_eq!(of(&model, "not (item.three.state == dormant)"), Some((3, 10)));
}

#[test]
fn a_text_that_comes_up_before_what_it_needs_waits_a_round() {
    let model = with(&[
        ("track.table", "agenda = \"all-at-once\""),
        ("instrument.first", "requires = \"instrument.second.signed\""),
    ]);
    assert_eq!(of(&model, "instrument.second.signed"), Some((1, 10)));
    assert_eq!(of(&model, "instrument.first.signed"), Some((2, 10)));
}

#[test]
fn an_event_has_the_window_of_its_condition() {
    let event =
        |keys: &str| with(&[("event.news", &format!("{keys}\neffect = [\"party.a.pressure += 1\"]"))]);
    let fired = "event.news.state == fired";
    assert_eq!(of(&event("odds = 0.5"), fired), Some((1, 10)));
    assert_eq!(of(&event("odds = 0.5\ndate = 2031-02-05"), fired), Some((4, 10)));
    let window = "odds = 0.5\nwhen = \"date >= 2031-01-21 and date < 2031-03-02\"";
    assert_eq!(of(&event(window), fired), Some((3, 6)));
    assert_eq!(of(&event("odds = 0.5\nwhen = \"round == 7\""), fired), Some((7, 7)));
    assert_eq!(of(&event("odds = 0.0"), fired), None);
    // An effect of a text that cannot be there before round 3.
    let after = event("odds = 0.5\nwhen = \"instrument.third.signed\"");
    assert_eq!(of(&after, fired), Some((3, 10)));
}

#[test]
fn an_event_that_is_certain_comes_in_its_round() {
    let model = with(&[("event.news", "date = 2031-02-05\neffect = [\"party.a.pressure += 1\"]")]);
    let fired = parse_condition("event.news.state == fired", &model.world).expect("a condition");
    assert_eq!(window(&model, &fired), Some(Window { first: 4, last: 4, certain: true }));
}

#[test]
fn what_waits_for_an_event_waits_for_its_date() {
    let news = ("event.news", "odds = 0.5\ndate = 2031-02-05\neffect = [\"party.a.pressure += 1\"]");
    let opens = with(&[news, ("track.table", "opens_when = \"event.news.state == fired\"")]);
    // Events are tried after the sessions.
    assert_eq!(of(&opens, "instrument.first.signed"), Some((5, 10)));
    assert_eq!(of(&opens, "instrument.second.signed"), Some((6, 10)));
    let text = with(&[news, ("instrument.first", "requires = \"event.news.state == fired\"")]);
    assert_eq!(of(&text, "instrument.first.signed"), Some((5, 10)));
}

#[test]
fn a_hard_deadline_and_an_end_close_the_window() {
    let no_stall = ("dynamics.stalling", "rise = 0.0\nripe = 0.0");
    let deadline = ("track.table", "deadline = 6\nhard_deadline = true");
    let hard = with(&[deadline, no_stall]);
    assert_eq!(of(&hard, "instrument.second.signed"), Some((2, 6)));
    // Talks that broke down are not reconvened after it.
    assert_eq!(of(&with(&[deadline]), "instrument.second.signed"), Some((2, 6)));
    let soft = with(&[("track.table", "deadline = 6")]);
    assert_eq!(of(&soft, "instrument.second.signed"), Some((2, 10)));
    let ends = with(&[("outcome.over", "when = \"round >= 4\"\nends = true")]);
    assert_eq!(of(&ends, "instrument.second.signed"), Some((2, 4)));
    let suspended = with(&[("track.table", "suspended_when = \"round < 4\"")]);
    assert_eq!(of(&suspended, "instrument.second.signed"), Some((5, 10)));
}

#[test]
fn who_is_not_admitted_cannot_sign() {
    let model = with(&[("party.b", "admitted_when = \"round >= 5\"")]);
    assert_eq!(of(&model, "instrument.first.signed"), Some((5, 10)));
}

#[test]
fn steps_of_implementation_take_a_round_each() {
    let model = with(&[("instrument.first", "phases = 3")]);
    // Signed and in force in round 1, carried out in rounds 2 to 4.
    assert_eq!(of(&model, "item.one.state == implemented"), Some((4, 10)));
}

#[test]
fn what_is_not_followed_is_possible_from_the_first_round() {
    let model = with(&[("instrument.first", "requires = \"party.a.trust.b >= high\"")]);
    assert_eq!(of(&model, "instrument.first.signed"), Some((1, 10)));
}

/// Doha tables one item a round, one may be tabled by an event, and the whole needs all eight.
#[test]
fn the_whole_of_doha_takes_seven_rounds_at_least() {
    let doha = shipped("doha-2025", &[]);
    assert_eq!(of(&doha, "instrument.declaration.signed"), Some((1, 13)));
    assert_eq!(of(&doha, "instrument.framework.signed").map(|w| w.0), Some(2));
    assert_eq!(of(&doha, "instrument.comprehensive.signed").map(|w| w.0), Some(7));
    // White House date not before 1 October, round 5, and after the sessions of that round.
    assert_eq!(of(&doha, "instrument.washington-accords.signed").map(|w| w.0), Some(6));
    assert_eq!(of(&doha, "event.rubaya-strike.state == fired"), Some((10, 13)));
}

#[test]
fn the_reference_holds_a_flat_hazard_with_even_odds() {
    let window = Window { first: 3, last: 6, certain: false };
    let by: Vec<f64> = (0..=8).map(|round| window.odds_by(round)).collect();
    assert_eq!((by[0], by[2]), (0.0, 0.0));
    for (round, odds) in by.iter().enumerate().skip(6) {
        assert!((odds - 0.5).abs() < 1e-15, "round {round}: {odds}");
    }
    // The same odds each round, of what has not come about yet.
    let hazard = |round: usize| (by[round] - by[round - 1]) / (1.0 - by[round - 1]);
    for round in 4..=6 {
        assert!((hazard(round) - hazard(3)).abs() < 1e-12);
    }
    // Twice as many rounds for the same time change nothing at the ends that stay.
    let finer = Window { first: 5, last: 12, certain: false };
    for round in 2..=6 {
        assert!((finer.odds_by(2 * round) - window.odds_by(round)).abs() < 1e-15);
    }
    let certain = Window { certain: true, ..window };
    let by: Vec<f64> = (2..=7).map(|round| certain.odds_by(round)).collect();
    assert_eq!(by, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]);
}

/// Nothing comes about outside its window, in any run.
fn sound(model: &Model, runs: u32) {
    let world = &model.world;
    let plan = Plan::new(model, 0);
    let counts = ensemble(model, &plan, &[], Range { seed: 7, from: 0, to: runs });
    let reading = Reading::new(&plan, &counts);
    let check = |condition: Condition, first: &[u64]| {
        let found = window(model, &condition);
        for (round, _) in (1u8..).zip(first).filter(|(_, runs)| **runs > 0) {
            let room = found.is_some_and(|w| (w.first..=w.last).contains(&round));
            assert!(room, "{condition:?} in round {round}, but {found:?}");
        }
        if found.is_some_and(|w| w.certain) {
            assert_eq!(first.iter().sum::<u64>(), u64::from(runs), "{condition:?}");
        }
    };
    for k in 0..world.instruments.len() {
        let signed = Q::SignedEver(InstrumentId::new(k));
        check(Condition::Compare(signed, Relation::Equal, Operand::Value(1)), reading.signed(k));
    }
    for (k, _) in world.events.iter().enumerate().filter(|(_, e)| !e.repeats) {
        let state = Q::EventState(EventId::new(k));
        let fired = Operand::Value(EventState::Fired as i32);
        check(Condition::Compare(state, Relation::Equal, fired), reading.event(k));
    }
}

#[test]
fn no_run_of_a_shipped_scenario_leaves_the_windows() {
    for name in ["doha-2025", "doha-core", "camp-david-1978", "tutorial/3-spoiler-and-front"] {
        sound(&shipped(name, &[]), 400);
    }
    sound(&shipped("doha-2025", &[("track.doha.deadline", "7"), ("track.doha.hard_deadline", "true")]), 400);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_run_of_a_generated_scenario_leaves_the_windows(
        draft in prop_oneof![scenarios(SMALL), scenarios(LARGE)],
    ) {
        sound(&model(&draft.text()), 64);
    }
}
