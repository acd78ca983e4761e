//! Open decisions: bounds, policies that keep what they promise, and games with known answers.

mod support;

use baraza::analysis::exact::{answer, exact};
use baraza::analysis::resolve::{Aim, Extreme, Question, Resolved, evaluate, resolve};
use baraza::domain::{Condition, Model, PartyId};
use baraza::drivers::decider::Decider;
use baraza::drivers::enumerate::{Fixed, Limits};
use baraza::kernel::What;
use baraza::scenario::parse_condition;
use proptest::prelude::*;
use serde_json::Value;
use support::generate::{SMALL, scenarios};
use support::model;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 100, ..ProptestConfig::default() }
}

fn decider(model: &Model, id: &str) -> Decider {
    Decider::find(&model.world, id).expect("an agent")
}

fn aim(model: &Model, text: &str) -> Aim {
    let condition: Condition = parse_condition(text, &model.world).expect("a condition");
    Aim::of(model, &condition, false)
}

fn payoffs(deciders: &[Decider]) -> Vec<Aim> {
    let payoff = |d: &Decider| match d {
        Decider::Party(p) => Aim::Payoff(*p),
        Decider::Mediator(_) => panic!("a mediator has no payoff"),
    };
    deciders.iter().map(payoff).collect()
}

fn solve(model: &Model, deciders: &[Decider], aims: &[Aim], extreme: Extreme) -> Resolved {
    let question = Question { model, deciders, aims, most: 5_000_000 };
    resolve(question, extreme, |_| true).expect("it is small")
}

proptest! {
    #![proptest_config(config(10))]

    /// Whoever decides, the odds of the scenario come to something between the worst and the best; a policy that is fixed gives what
    /// was worked out; and with nothing open it is the exact probability.
    #[test]
    fn the_scenario_lies_between_worst_and_best(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        let none = Limits { states: 400, budget: 0.0, hopeless: 0.0 };
        let swept = exact::<Fixed>(&model, &[], none, |_| true).expect("no measures");
        let Some(exact) = answer(&model, &[], &swept) else { return Ok(()) };
        let outcome = &model.world.outcomes[0].name.id;
        let aims = [aim(&model, &format!("outcome == {outcome}"))];
        let parties = (0..model.world.parties.len()).map(|p| Decider::Party(PartyId::new(p)));
        let mediators = (0..model.world.mediators.len()).map(|m| Decider::Mediator(m.into()));
        for decider in parties.chain(mediators) {
            let deciders = [decider];
            let question = Question { model: &model, deciders: &deciders, aims: &aims, most: 150_000 };
            let Ok(best) = resolve(question, Extreme::Best, |_| true) else { continue };
            let worst = resolve(question, Extreme::Worst, |_| true).expect("as large");
            let played = evaluate(question, &[], |_| true).expect("smaller");
            let p = &exact.outcomes[0].probability;
            prop_assert!((played.values[0] - p.low).abs() < 1e-12, "{:?} {p:?}", played.values);
            prop_assert!(worst.values[0] <= p.low + 1e-12 && p.low <= best.values[0] + 1e-12);
            for case in [&best, &worst, &played] {
                prop_assert!((case.values[0] - case.checked[0]).abs() < 1e-9, "{case:?}");
            }
            prop_assert!(played.taken.is_empty());
        }
    }
}

/// Fearon's ultimatum under private costs (1995, as in the reference values): A demands before B's costs of war are known, B
/// accepts what is better than war for it. The whole grid is scaled to whole points, on which the formula's optimum falls: `C` points
/// of cost are as likely each, B's alternative is 100(1 − p) − cost, and A gets 100(p − cA) by war.
fn ultimatum(p: f64, cost_a: f64, fronts: u32, step: u32, largest: u32) -> String {
    let percent = |x: f64| (x * 100.0).round() as i32;
    let (war_a, war_b) = (percent(p - cost_a), percent(1.0 - p));
    let mut text = format!(
        "[scenario]\ntitle = \"An ultimatum\"\nstart = 2025-01-01\nrounds = 2\n\
         [dynamics]\nconsult = 0\nreopen = 0\npark = 0\nweariness_points = {step}\nwalk_out = {{ base = 0, distrust = 0 }}\n\
         audience_refusal = [0, 0, 0, 0, 0]\n\
         [dynamics.fighting]\nrise = 0\nfall = 0\nno_talks = 0\nspoiler = 0\nweariness = 0\ncapture = 0\nadvantage = 0\n\
         [party.a]\nalternative = {war_a}\ntactic = {{ kind = \"hardliner\" }}\n\
         [party.b]\nalternative = {}\nweariness = \"very-high\"\naudience = \"very-low\"\n\
         tactic = {{ kind = \"fixed\", demand = 0 }}\nstake = {{",
        war_b - (largest as i32 - 1)
    );
    let stakes: Vec<String> = (0..fronts).map(|f| format!(" f{f} = {}", 1 << f)).collect();
    text += &format!("{} }}\n", stakes.join(","));
    text += "[track.talks]\nseats = [\"a\", \"b\"]\nprocedure = \"vote\"\ndeadline = 1\n[item.territory]\ntrack = \"talks\"\n";
    // The best option of each is worth all 100 points to it.
    for share in (0..30).map(|k| percent(p) + k).chain([0, 100]) {
        text += &format!("option.share-{share} = {{ a = {share}, b = {} }}\n", 100 - share);
    }
    text += "[instrument.treaty]\ntrack = \"talks\"\nseals = [\"territory\"]\nrequires = \"round >= 2\"\n";
    for f in 0..fronts {
        text +=
            &format!("[front.f{f}]\nholder = \"a\"\nintensity = \"quiet\"\nbelligerents = [\"a\", \"b\"]\n");
        text += &format!(
            "[event.e{f}]\nwhen = \"round == 1\"\nodds = 0.5\neffect = [\"front.f{f}.holder = b\"]\n"
        );
    }
    let levels = ["very-low", "low", "medium", "high"];
    for (k, level) in levels.iter().enumerate() {
        let untouched: Vec<String> = (0..k).map(|j| format!(" and event.w{j}.state == waiting")).collect();
        let odds = 1.0 / (5 - k) as f64;
        text += &format!(
            "[event.w{k}]\nwhen = \"round == 1{}\"\nodds = {odds}\neffect = [\"party.b.weariness = {level}\"]\n",
            untouched.concat()
        );
    }
    text
}

#[test]
fn an_ultimatum_under_private_costs() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/formula_oracles.json");
    let rows = match std::fs::read_to_string(&path) {
        Ok(text) => {
            let oracles: Value = serde_json::from_str(&text).expect("JSON");
            let rows = oracles["fearon_risk_return_uniform"].as_array().expect("rows").clone();
            let number = |row: &Value, key: &str| row[key].as_f64().expect("a number");
            rows.iter().map(|r| ["p", "cA", "C", "x", "prob_war"].map(|k| number(r, k))).collect()
        }
        Err(_) => {
            eprintln!("the reference values are not on this machine: the formula worked out by hand is used");
            vec![[0.5, 0.1, 0.4, 0.65, 0.375]]
        }
    };
    let mut solved = 0;
    for [p, cost_a, range, x, war] in rows {
        // Costs are the sums of five steps of weariness and of the stakes of so many fronts.
        let Some((fronts, step)) = [(0.4, (3, 8)), (0.2, (2, 4))].iter().find(|r| r.0 == range).map(|r| r.1)
        else {
            continue;
        };
        let model = model(&ultimatum(p, cost_a, fronts, step, (range * 100.0).round() as u32));
        let a = [decider(&model, "a")];
        let resolved = solve(&model, &a, &payoffs(&a), Extreme::Best);
        let demanded = resolved.taken.iter().find(|t| t.decision.what == What::Motion).expect("a demand");
        let demanded = &model.world.items[0].options[demanded.decision.pick].name.id;
        assert_eq!(demanded, &format!("share-{}", (x * 100.0).round()), "p {p}, C {range}");
        let risk = [aim(&model, "not instrument.treaty.signed")];
        // The same policy, asked how likely war is: the demand is the only decision that matters.
        let share = 1.0 - (resolved.values[0] - 100.0 * (p - cost_a)) / (100.0 * (x - (p - cost_a)));
        assert!((share - war).abs() < 1e-8, "war in {share}, by the formula {war}");
        assert!(solve(&model, &a, &risk, Extreme::Best).values[0] >= war);
        solved += 1;
    }
    assert!(solved > 0);
}

/// Two parties divide 100 in steps of ten, one moves and the other answers, taking turns; without agreement each has 20. Whoever
/// moves last takes all but the other's 20, and the other can do no better than give that at once (Ståhl 1972, without discounting).
fn division(rounds: u8) -> String {
    let mut text = format!(
        "[scenario]\ntitle = \"Dividing\"\nstart = 2025-01-01\nrounds = {rounds}\n[dynamics]\nreopen = 0\npark = 0\n\
         [party.a]\nalternative = 20\n[party.b]\nalternative = 20\n\
         [track.talks]\nseats = [\"a\", \"b\"]\nprocedure = \"vote\"\n[item.cake]\ntrack = \"talks\"\n"
    );
    for share in (0..=100).step_by(10) {
        text += &format!("option.s{share} = {{ a = {share}, b = {} }}\n", 100 - share);
    }
    text
}

#[test]
fn each_for_itself() {
    for (rounds, expected) in [(1, [80.0, 20.0]), (2, [20.0, 80.0]), (3, [80.0, 20.0]), (4, [20.0, 80.0])] {
        let model = model(&division(rounds));
        let both = [decider(&model, "a"), decider(&model, "b")];
        let resolved = solve(&model, &both, &payoffs(&both), Extreme::Best);
        assert_eq!(resolved.values, expected, "{rounds} rounds");
        assert_eq!(resolved.checked, expected, "{rounds} rounds");
    }
}

#[test]
fn a_given_policy_is_evaluated() {
    let text = include_str!("support/golden.toml");
    let model = model(text);
    let Some(mediator) = model.world.mediators.first() else { panic!("it has a mediator") };
    let deciders = [decider(&model, &mediator.name.id)];
    let aims = [aim(&model, &format!("outcome == {}", model.world.outcomes[0].name.id))];
    let question = Question { model: &model, deciders: &deciders, aims: &aims, most: 40_000 };
    // Whatever it always does lies between the best and the worst; too large a scenario says so.
    match resolve(question, Extreme::Best, |_| true) {
        Err(large) => assert!(large.states > 40_000),
        Ok(best) => {
            let facilitates = evaluate(question, &[(What::Action, 0)], |_| true).expect("smaller");
            assert!(facilitates.values[0] <= best.values[0] + 1e-12);
        }
    }
}

#[test]
fn a_given_policy_lies_within_the_bounds() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/scenarios/tutorial/1-two-parties.toml"
    ));
    let model = model(&text.expect("a tutorial"));
    let deciders = [decider(&model, "highlands")];
    let aims = payoffs(&deciders);
    let question = Question { model: &model, deciders: &deciders, aims: &aims, most: 1_000_000 };
    let best = resolve(question, Extreme::Best, |_| true).expect("it is small").values[0];
    let worst = resolve(question, Extreme::Worst, |_| true).expect("it is small").values[0];
    let always =
        |pick| evaluate(question, &[(What::Mandate, pick)], |_| true).expect("it is small").values[0];
    let (firm, flexible) = (always(0), always(2));
    assert!(firm != flexible, "mandates matter");
    for value in [firm, flexible] {
        assert!(worst <= value && value <= best, "{worst} {value} {best}");
    }
}
