//! What parties ask for is what the formulas say: no rounding makes an agreement early or late.

mod support;

use baraza::domain::{ItemId, ItemState, PORTION, Quantity as Q, SeatId, TrackId};
use baraza::drivers::{Sampler, record};
use baraza::kernel::{State, ripe, target};
use support::model;

/// Two parties, one item; the other party takes whatever it is given.
fn frame(rounds: u8, a: &str, options: &str, more: &str) -> String {
    format!(
        "[scenario]\ntitle = \"Targets\"\nstart = 2030-01-01\nrounds = {rounds}\n\
         [party.a]\n{a}\n[party.b]\ntactic = {{ kind = \"fixed\", demand = 0 }}\n\
         [track.t]\nseats = [\"a\", \"b\"]\n[item.i]\ntrack = \"t\"\n[item.i.option]\n{options}\n\
         [dynamics]\nbare = true\nconsult = 0\nmandate = {{ firm = 0, planned = 1, flexible = 0 }}\n\
         walk_out = {{ base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }}\n{more}\n"
    )
}

/// The round in which the item is agreed.
fn agreed(text: &str) -> Option<u8> {
    use baraza::kernel::Entry;
    let model = model(text);
    let run = record(&model, &mut Sampler::new(1, 0));
    run.entries().find_map(|(round, _, entry)| matches!(entry, Entry::Agreed { .. }).then_some(round))
}

/// 100 − (100 − A) · t / D, which is whole in many rounds: then what is worth just that is enough, and a ten-thousandth of a point less is
/// not.
#[test]
fn a_target_that_is_whole_on_paper_is_whole() {
    for (alternative, deadline) in [(40, 3), (40, 6), (40, 9), (40, 12), (10, 7), (1, 11), (0, 13), (23, 17)]
    {
        for round in 1..=deadline {
            let conceded = (100 - alternative) * round;
            if conceded % deadline != 0 {
                continue;
            }
            let target = 100 - conceded / deadline;
            let play = |worth: f64| {
                let a = format!(
                    "alternative = {alternative}\ntactic = {{ kind = \"linear\", deadline = {deadline} }}"
                );
                let options =
                    format!("best = {{ a = 100, red_line_of = [\"b\"] }}\nshare = {{ a = {worth} }}");
                agreed(&frame(deadline as u8, &a, &options, ""))
            };
            assert_eq!(play(f64::from(target)), Some(round as u8), "A = {alternative}, D = {deadline}");
            if target == 0 {
                continue;
            }
            let later = play(f64::from(target) - 1e-4);
            assert!(
                later.is_none_or(|r| r > round as u8),
                "A = {alternative}, D = {deadline}, round {round}"
            );
        }
    }
}

/// Of a package that is not worth 100 too: what a party needs is the least score that is no less than its target's share, and where more
/// than that is asked, the greatest that is not above it.
#[test]
fn needs_are_those_of_the_formula_in_every_round() {
    for (alternative, best) in [(40i64, 30i64), (0, 30), (33, 7), (12, 90), (100, 50)] {
        for strict in [false, true] {
            let threshold = if strict { "threshold = \"above\"" } else { "" };
            let options = format!("best = {{ a = {best} }}\nrest = {{ b = 100 }}");
            let a = format!("alternative = {alternative}");
            let model = model(&frame(13, &a, &options, threshold));
            let mut state = State::new(&model);
            for deadline in 1..=13i64 {
                state.put(model.cell(Q::Deadline(TrackId::new(0))), deadline as u8);
                for round in 1..=13i64 {
                    state.put(model.cell(Q::Round), round as u8);
                    // In ten-thousandths: best · 10,000 · (100 D − (100 − A) t) / (100 D).
                    let t = round.min(deadline);
                    let exact = best * 10_000 * (100 * deadline - (100 - alternative) * t);
                    let per = 100 * deadline;
                    let needs = if strict { exact / per } else { (exact + per - 1) / per };
                    let found = target::position(&model, &mut state, SeatId::new(0), ItemId::new(0)).needs;
                    assert_eq!(i64::from(found), needs, "A = {alternative} of {best}, {round} of {deadline}");
                }
            }
        }
    }
}

#[test]
fn a_mixture_of_thirds_is_a_third_of_each() {
    let part = |demand| format!("{{ kind = \"fixed\", demand = {demand} }}");
    let parts = [90, 61, 35].map(part).join(", ");
    let a = format!("tactic = {{ kind = \"mixture\", parts = [{parts}] }}");
    let model = model(&frame(1, &a, "best = { a = 100 }\nrest = { b = 100 }", ""));
    let mut state = State::new(&model);
    assert_eq!(target::target(&model, &mut state, SeatId::new(0)), 62 * PORTION);
}

/// A discount of 0.9 makes an alternative of 40 worth 44.44… in the second round: 44.4 is too little and 44.5 is enough.
#[test]
fn a_discounted_alternative_is_not_rounded_to_whole_points() {
    let a = "alternative = 40\ndiscount = 0.9\ntactic = { kind = \"fixed\", demand = 0 }";
    for (share, round) in [("44.4", None), ("44.5", Some(2))] {
        let options = format!("best = {{ a = 100, red_line_of = [\"b\"] }}\nshare = {{ a = {share} }}");
        // It opens in the second round.
        let text = frame(2, a, &options, "").replace("[item.i]\n", "[item.i]\nrequires = \"round == 2\"\n");
        assert_eq!(agreed(&text), round, "{share} in hand");
    }
    // In the first round nothing is discounted yet.
    let options = "best = { a = 100, red_line_of = [\"b\"] }\nshare = { a = 40 }";
    assert_eq!(agreed(&frame(2, a, options, "")), Some(1));
}

/// An alternative of 40 is below 40.9, though both are 40 when they are cut.
#[test]
fn ripeness_does_not_cut_what_a_package_gives() {
    let options = "share = { a = 40.9, b = 50 }\nbest = { a = 100, red_line_of = [\"b\"] }\nrest = { b = 80, red_line_of = [\"a\"] }";
    let model = model(&frame(1, "alternative = 40", options, ""));
    assert!(ripe::outlook(&model, &State::new(&model), TrackId::new(0)).ripe);
}

/// A face saved by so many points of 100 of the package eases what is asked for by just that, down to the alternative and no further.
#[test]
fn what_is_eased_adds_up_with_the_target() {
    let options = "best = { a = 30 }\nrest = { a = 12, b = 100 }\nless = { a = 11.9, b = 100 }";
    let model = model(&frame(3, "alternative = 40", options, ""));
    let mut state = State::new(&model);
    let position = target::position(&model, &mut state, SeatId::new(0), ItemId::new(0));
    // 80 of 100 of 30 are 24; with 40 points of ease it is the alternative's share, 12.
    assert_eq!(position.needs, 240_000);
    let rest = baraza::domain::OptionId::new(1);
    assert!(position.accepts(&model, &state, ItemId::new(0), rest, 40));
    assert!(!position.accepts(&model, &state, ItemId::new(0), rest, 39));
    let less = baraza::domain::OptionId::new(2);
    assert!(!position.accepts(&model, &state, ItemId::new(0), less, 80));
    assert_eq!(state.get(&model, Q::ItemState(ItemId::new(0))), ItemState::Dormant as u8);
}
