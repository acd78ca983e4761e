//! Properties: proofs and refutations against an independent walk, and ways that can be played again.

mod support;

use std::collections::BTreeSet;

use baraza::analysis::verify::{Finding, Rounding, Verdict, verify};
use baraza::domain::rule::Rule;
use baraza::domain::{Claim, Condition, Model, Quantity};
use baraza::drivers::enumerate::{MemoryBudget, Watch, search};
use baraza::drivers::{Follow, record};
use baraza::kernel::{State, holds};
use baraza::scenario::{parse_claim, parse_condition};
use proptest::prelude::*;
use support::generate::{SMALL, scenarios};
use support::model;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 200, ..ProptestConfig::default() }
}

fn verdicts(model: &Model, claims: &[Claim], most: usize) -> (Vec<Verdict>, bool) {
    within(model, claims, MemoryBudget::of(most))
}

fn within(model: &Model, claims: &[Claim], room: MemoryBudget) -> (Vec<Verdict>, bool) {
    let claims: Vec<&Claim> = claims.iter().collect();
    let (verdicts, effort) = verify(model, &claims, room, |_, _| true).expect("few claims");
    (verdicts, effort.complete)
}

fn claim(model: &Model, text: &str) -> Claim {
    match parse_claim(text, &model.world) {
        Ok(claim) => claim,
        Err(diagnostics) => panic!("{diagnostics:?}"),
    }
}

fn rule(model: &Model, condition: &Condition) -> Rule {
    let ground = model.ground();
    Rule::of(condition, ground)
}

/// Conditions that are worth asking about in any generated scenario.
fn questions(model: &Model) -> Vec<String> {
    let w = &model.world;
    let mut all = vec!["outcome != none".to_owned(), "round >= 3".to_owned()];
    for item in &w.items {
        all.push(format!("item.{}.settled", item.name.id));
        all.push(format!("item.{}.state == breached", item.name.id));
    }
    for text in &w.instruments {
        all.push(format!("instrument.{}.state == broken", text.name.id));
        all.push(format!("instrument.{}.signed", text.name.id));
    }
    for front in &w.fronts {
        all.push(format!("front.{}.intensity == offensive", front.name.id));
    }
    all
}

/// A layer: its round and turn, and its states.
type Layer = (u8, usize, BTreeSet<Vec<u8>>);

/// Every state after every turn, by an independent walk, with the place of the first turn that shows it.
fn layers(model: &Model, limit: usize) -> Option<Vec<Layer>> {
    let mut layers = vec![(0, 0, BTreeSet::from([State::new(model).cells().to_vec()]))];
    let outcome = model.cell(Quantity::Outcome);
    for round in 1..=model.world.rounds {
        for (k, turn) in model.turns.iter().enumerate() {
            let (.., before) = layers.last()?;
            let going = before.iter().filter(|cells| cells[outcome] == 0);
            let next: BTreeSet<Vec<u8>> =
                going.flat_map(|cells| support::exact::successors(model, cells, *turn)).collect();
            if next.len() > limit {
                return None;
            }
            layers.push((round, k, next));
        }
    }
    Some(layers)
}

fn shows(model: &Model, cells: &[u8], rule: &Rule) -> bool {
    let mut state = State::new(model);
    state.restore(cells);
    holds(rule, model, &state)
}

proptest! {
    #![proptest_config(config(16))]

    /// Whatever is proved or refuted about states is so by a walk that shares no code with the search but the kernel, is seen in
    /// the same turn at the earliest, and the way that is named leads there.
    #[test]
    fn states_are_searched_completely(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        let Some(layers) = layers(&model, 1500) else { return Ok(()) };
        let texts = questions(&model);
        let conditions: Vec<Condition> =
            texts.iter().map(|t| parse_condition(t, &model.world).expect("a condition")).collect();
        let claims: Vec<Claim> = conditions.iter().cloned().map(Claim::Possible).collect();
        let (verdicts, complete) = verdicts(&model, &claims, 100_000);
        prop_assert!(complete || verdicts.iter().all(|v| v.finding == Finding::Proved));
        // The way to a finding is the same where there is no room to keep the layers that it leads through.
        prop_assert_eq!(&within(&model, &claims, MemoryBudget::bytes(1)).0, &verdicts);
        for ((text, condition), verdict) in texts.iter().zip(&conditions).zip(verdicts) {
            let rule = rule(&model, condition);
            let first = layers.iter().find(|(.., states)| states.iter().any(|c| shows(&model, c, &rule)));
            let first = first.map(|(round, turn, _)| (*round, *turn));
            prop_assert_eq!(verdict.sighting.as_ref().map(|s| (s.round, s.turn)), first, "{}", text);
            let Some(sighting) = verdict.sighting else { continue };
            prop_assert!(reaches(&model, &sighting.picks, first.unwrap_or_default(), &rule), "{}", text);
        }
    }

    /// `always C` fails where `never not C` does, and where `possible not C` is shown.
    #[test]
    fn claims_agree_with_each_other(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        for text in questions(&model) {
            let c = parse_condition(&text, &model.world).expect("a condition");
            let not = Condition::Not(Box::new(c.clone()));
            let claims = [Claim::Always(not.clone()), Claim::Never(c.clone()), Claim::Possible(c.clone())];
            let (found, complete) = verdicts(&model, &claims, 20_000);
            if complete {
                prop_assert_eq!(found[0].finding, found[1].finding);
                prop_assert_ne!(found[0].finding == Finding::Proved, found[2].finding == Finding::Proved);
            }
            prop_assert_eq!(&found[0].sighting, &found[1].sighting);
            prop_assert_eq!(&found[0].sighting, &found[2].sighting);
        }
    }

    /// Left with a part of the states, nothing is called proved that is not.
    #[test]
    fn a_partial_search_proves_nothing(draft in scenarios(SMALL), most in 5usize..50) {
        let model = model(&draft.text());
        let claims: Vec<Claim> =
            questions(&model).iter().map(|t| claim(&model, &format!("never {t}"))).collect();
        let (whole, complete) = verdicts(&model, &claims, 30_000);
        let (part, part_complete) = verdicts(&model, &claims, most);
        for (whole, part) in whole.iter().zip(&part) {
            match part.finding {
                Finding::Proved => prop_assert!(part_complete && whole.finding == Finding::Proved),
                Finding::Refuted => prop_assert!(whole.finding == Finding::Refuted || !complete),
                Finding::Undecided => prop_assert!(!part_complete),
            }
        }
    }
}

/// Whether following the picks shows the condition after that turn.
fn reaches(model: &Model, picks: &[usize], (round, turn): (u8, usize), rule: &Rule) -> bool {
    let run = record(model, &mut Follow::new(picks));
    let mut cells = model.initial.clone();
    for step in &run.steps {
        let at = model.turns.iter().position(|t| *t == step.turn).expect("a turn of the schedule");
        if (step.round, at) > (round, turn) {
            break;
        }
        step.changes.iter().for_each(|(cell, _, to)| cells[*cell] = *to);
    }
    shows(model, &cells, rule)
}

const GAME: &str = r#"
[scenario]
title = "A truce that may be broken"
start = 2025-01-01
rounds = 8
[party.a]
alternative = 20
[party.b]
alternative = 20
[track.talks]
seats = ["a", "b"]
[item.line]
track = "talks"
[item.line.option]
here = { a = 100, b = 40 }
there = { a = 40, b = 100 }
[instrument.truce]
track = "talks"
seals = ["line"]
provides = ["ceasefire"]
[event.shots]
when = "instrument.truce.signed"
odds = 0.5
effect = ["party.a.pressure += 1"]
[event.calm]
when = "party.a.pressure >= low"
odds = 0.5
effect = ["party.b.pressure += 1"]
"#;

#[test]
fn answers_that_must_come_in_time() {
    let model = model(GAME);
    let claims = [
        claim(&model, "whenever party.a.pressure >= low then party.b.pressure >= low within 1 rounds"),
        claim(&model, "whenever party.a.pressure >= low then round >= 3"),
        claim(&model, "whenever party.a.pressure >= very-high then party.b.pressure >= very-high"),
        claim(&model, "whenever instrument.truce.signed then instrument.truce.signed within 0 rounds"),
    ];
    let (found, complete) = verdicts(&model, &claims, 100_000);
    assert!(complete);
    assert_eq!(found[0].finding, Finding::Refuted);
    assert_eq!(found[1].finding, Finding::Proved);
    assert_eq!((found[2].finding, found[2].called_for), (Finding::Proved, Some(false)));
    assert_eq!((found[3].finding, found[3].called_for), (Finding::Proved, Some(true)));
    // The way shows it: pressure on a, and a whole round later none on b.
    let sighting = found[0].sighting.as_ref().expect("a counterexample");
    let b = parse_condition("party.b.pressure < low and party.a.pressure >= low", &model.world)
        .expect("a condition");
    assert!(reaches(&model, &sighting.picks, (sighting.round, sighting.turn), &rule(&model, &b)));
    assert!(reaches(&model, &sighting.picks, (sighting.round - 1, sighting.turn), &rule(&model, &b)));
}

#[test]
fn probabilities_are_held_against_their_bounds() {
    let model = model(GAME);
    let find = |text: &str, most| verdicts(&model, &[claim(&model, text)], most).0.remove(0);
    let p = find("P(party.a.pressure >= low) >= 0", 100_000).chance.expect("bounds").probability;
    assert!(p.low > 0.05 && p.high < 0.999 && p.high - p.low < 1e-12, "{p:?}");
    let at = |by: f64| format!("P(party.a.pressure >= low) >= {}", p.low + by);
    assert_eq!(find(&at(-1e-6), 100_000).finding, Finding::Proved);
    assert_eq!(find(&at(1e-6), 100_000).finding, Finding::Refuted);
    assert_eq!(find(&at(1e-6), 3).finding, Finding::Undecided);
}

/// An event with these odds in each of so many rounds.
fn rain(odds: &str, rounds: u8) -> Model {
    model(&format!(
        "[scenario]\ntitle = \"Rain\"\nstart = 2030-01-01\nrounds = {rounds}\n[party.a]\n[party.b]\n\
         [track.t]\nseats = [\"a\", \"b\"]\n[item.i]\ntrack = \"t\"\n[item.i.option]\n\
         x = {{ a = 100, red_line_of = [\"b\"] }}\ny = {{ b = 100, red_line_of = [\"a\"] }}\n\
         [event.rain]\nodds = {odds}\neffect = [\"party.a.ceasefire = true\"]\n\
         [dynamics]\nconsult = 0\nmandate = {{ firm = 0, planned = 1, flexible = 0 }}\n\
         walk_out = {{ base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }}\n"
    ))
}

/// Odds and bounds are compared as they are written, though the kernel rounds odds to units of 2⁻³²: what holds at the bound is proved, and
/// a bound that is a digit beyond is refuted, both ways.
#[test]
fn a_bound_that_is_met_exactly_is_met() {
    let find = |odds: &str, rounds, bound: &str| {
        let model = rain(odds, rounds);
        let claim = claim(&model, &format!("P(event.rain.state == fired) {bound}"));
        verdicts(&model, &[claim], 100_000).0.remove(0)
    };
    for odds in ["0.1", "0.2", "0.3", "0.7", "0.9", "0.25", "0.5", "0.123457", "0.999999", "0.000001"] {
        for bound in [">=", "<="] {
            let found = find(odds, 1, &format!("{bound} {odds}"));
            assert_eq!(found.finding, Finding::Proved, "{odds} {bound} {odds}");
            assert_eq!(found.chance.expect("it was computed").rounding, Rounding::None);
        }
        let more = format!("{odds}0000000001");
        assert_eq!(find(odds, 1, &format!("<= {more}")).finding, Finding::Proved, "{odds}");
        assert_eq!(find(odds, 1, &format!(">= {more}")).finding, Finding::Refuted, "{odds}");
    }
    // 1 − 0.9³ = 0.271 and 1 − 0.7² = 0.51, over several rounds.
    for (odds, rounds, exact) in [("0.1", 3, "0.271"), ("0.3", 2, "0.51")] {
        assert_eq!(find(odds, rounds, &format!(">= {exact}")).finding, Finding::Proved);
        assert_eq!(find(odds, rounds, &format!("<= {exact}")).finding, Finding::Proved);
        assert_eq!(find(odds, rounds, &format!(">= {exact}0000000001")).finding, Finding::Refuted);
    }
    // Far from the bound the rounding decides nothing, and the verdict says that it is there.
    let far = find("0.1", 1, ">= 0.05");
    assert_eq!(
        (far.finding, far.chance.expect("it was computed").rounding),
        (Finding::Proved, Rounding::AllOdds)
    );
}

/// The odds of a breach are an exponential: no decimal is what they are, and a bound within their rounding is left open.
#[test]
fn a_bound_within_the_rounding_of_odds_is_left_open() {
    let text = "[scenario]\ntitle = \"A promise\"\nstart = 2030-01-01\nrounds = 1\n\
        [party.a]\ntactic = { kind = \"fixed\", demand = 0 }\n[party.b]\ntactic = { kind = \"fixed\", demand = 0 }\n\
        [track.t]\nseats = [\"a\", \"b\"]\n[item.i]\ntrack = \"t\"\n[item.i.option]\nx = { a = 100, b = 100 }\n\
        [instrument.n]\ntrack = \"t\"\nseals = [\"i\"]\nobliges = [\"a\", \"b\"]\n\
        [dynamics]\nconsult = 0\nmandate = { firm = 0, planned = 1, flexible = 0 }\naudience_refusal = [0, 0, 0, 0, 0]\n\
        walk_out = { base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }\n\
        compliance = { base = 0.3, temptation = 0, excluded = 0, trust = 0.123 }\n";
    let text = text.replace("[party.a]", "[party.a]\ntrust = { b = \"high\" }");
    let model = model(&text.replace("rounds = 1", "rounds = 3"));
    let find = |bound: &str| {
        let claim = claim(&model, &format!("P(instrument.n.breaches >= 1) {bound}"));
        verdicts(&model, &[claim], 100_000).0.remove(0)
    };
    let p = find(">= 0").chance.expect("it was computed").probability;
    assert!(p.low > 0.01 && p.low < 0.99, "{p:?}");
    let at = find(&format!(">= {}", p.low));
    assert_eq!(at.finding, Finding::Undecided);
    assert_eq!(at.chance.expect("it was computed").rounding, Rounding::SomeOdds);
    assert_eq!(find(&format!(">= {}", p.low - 1e-6)).finding, Finding::Proved);
    assert_eq!(find(&format!(">= {}", p.low + 1e-6)).finding, Finding::Refuted);
}

#[test]
fn claims_are_read_and_mistakes_have_places() {
    let model = model(GAME);
    let places = |text: &str| {
        let diagnostics = parse_claim(text, &model.world).expect_err(text);
        diagnostics.iter().map(|d| (d.primary.span.range.start, d.primary.span.range.end)).collect::<Vec<_>>()
    };
    assert_eq!(places("never item.lin.settled"), [(11, 14)]);
    assert_eq!(places("whenever item.lin.settled then item.lyne.settled"), [(14, 17), (36, 40)]);
    for wrong in ["nver round == 1", "whenever round == 1", "P(round == 1)", "P(round == 1) >= 2", "always"] {
        assert_eq!(places(wrong).len(), 1, "{wrong}");
    }
    assert!(matches!(claim(&model, "P(round == 1) <= 0.5"), Claim::Probability { at_most: Some(_), .. }));
    let bounded = claim(&model, "whenever item.line.settled then instrument.truce.signed within 2 rounds");
    assert!(matches!(bounded, Claim::Whenever { within: Some(2), .. }));
}

/// Which items are settled after a turn.
struct Settled<'a>(&'a Model);

impl Watch for Settled<'_> {
    fn width(&self) -> usize {
        0
    }
    fn after_turn(&self, state: &mut State) -> u64 {
        let settled = |k: usize| u64::from(state.get(self.0, Quantity::ItemOption(k.into())) > 0);
        (0..self.0.world.items.len()).fold(0, |set, k| set | settled(k) << k)
    }
    fn after_round(&self, _: u64, _: &mut State, _: bool) -> (u64, u64) {
        (0, 0)
    }
}

/// Where states are left out, the way back to a finding is the same whether its layers were kept or made anew, and it leads there.
#[test]
fn ways_through_parts_of_the_states_lead_there() {
    let model = model(include_str!("support/golden.toml"));
    let n = model.world.items.len();
    let look = |room| search(&model, &Settled(&model), n, room, |_, _| true);
    let mut found = 0;
    for states in [12, 60] {
        let kept = look(MemoryBudget::of(states));
        let anew = look(MemoryBudget { states, bytes: 1 });
        assert!(!kept.complete);
        assert_eq!(kept.sightings, anew.sightings, "{states} states");
        for (k, s) in kept.sightings.iter().enumerate().filter_map(|(k, s)| Some((k, s.as_ref()?))) {
            let condition = format!("item.{}.settled", model.world.items[k].name.id);
            let condition = parse_condition(&condition, &model.world).expect("a condition");
            assert!(
                reaches(&model, &s.picks, (s.round, s.turn), &rule(&model, &condition)),
                "{states}: {s:?}"
            );
            found += 1;
        }
    }
    assert!(found > 2, "something was found");
}
