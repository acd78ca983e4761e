//! Open decisions: bounds, policies that keep what they promise, and games with known answers.

mod support;

use baraza::analysis::exact::{answer, exact};
use baraza::analysis::resolve::{Aim, Extreme, Question, Resolved, evaluate, resolve};
use baraza::domain::{Condition, Model, PartyId, TacticKind};
use baraza::drivers::decider::Decider;
use baraza::drivers::enumerate::{Always, Fixed, Limits, MemoryBudget, TrackedCells};
use baraza::kernel::{What, derived};
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
    let question = Question { model, deciders, aims, room: MemoryBudget::of(5_000_000) };
    resolve(question, extreme, |_, _| true).expect("it is small")
}

proptest! {
    #![proptest_config(config(10))]

    /// Whoever decides, the odds of the scenario come to something between the worst and the best; a policy that is fixed gives what
    /// was worked out; and with nothing open it is the exact probability.
    #[test]
    fn the_scenario_lies_between_worst_and_best(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        let none = Limits { room: MemoryBudget::of(400), budget: 0.0, hopeless: 0.0 };
        let swept = exact::<Fixed>(&model, &[], none, &mut TrackedCells::guess(&model), |_| true).expect("no measures");
        let Some(exact) = answer(&model, &[], &swept) else { return Ok(()) };
        let outcome = &model.world.outcomes[0].name.id;
        let aims = [aim(&model, &format!("outcome == {outcome}"))];
        let parties = (0..model.world.parties.len()).map(|p| Decider::Party(PartyId::new(p)));
        let mediators = (0..model.world.mediators.len()).map(|m| Decider::Mediator(m.into()));
        for decider in parties.chain(mediators) {
            let deciders = [decider];
            let question = Question { model: &model, deciders: &deciders, aims: &aims, room: MemoryBudget::of(150_000) };
            let Ok(best) = resolve(question, Extreme::Best, |_, _| true) else { continue };
            let worst = resolve(question, Extreme::Worst, |_, _| true).expect("as large");
            let played = evaluate(question, &Always(&[]), |_, _| true).expect("smaller");
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
fn ultimatum(p: f64, cost_a: f64, range: f64) -> String {
    let largest = (range * 100.0).round() as i32;
    // Costs are the sums of five steps of weariness and of the stakes of fronts: what each adds, the odds of its event, and whether
    // the event before it must not have happened.
    let (step, fronts): (i32, &[(i32, f64, bool)]) = match largest {
        20 => (4, &[(1, 0.5, false), (2, 0.5, false)]),
        30 => (6, &[(1, 0.5, false), (2, 1.0 / 3.0, false), (4, 0.5, true)]),
        40 => (8, &[(1, 0.5, false), (2, 0.5, false), (4, 0.5, false)]),
        other => panic!("costs up to {other} points have no scenario"),
    };
    let percent = |x: f64| (x * 100.0).round() as i32;
    let (war_a, war_b) = (percent(p - cost_a), percent(1.0 - p));
    let mut text = format!(
        "[scenario]\ntitle = \"An ultimatum\"\nstart = 2025-01-01\nrounds = 2\n\
         [dynamics]\nbare = true\nconsult = 0\nreopen = 0\npark = 0\nweariness_points = {step}\nwalk_out = {{ base = 0, distrust = 0 }}\n\
         audience_refusal = [0, 0, 0, 0, 0]\n\
         [dynamics.fighting]\npress = 0\nfall = 0\nno_talks = 0\nspoiler = 0\nweariness = 0\ncapture = 0\nadvantage = 0\n\
         [party.a]\nalternative = {war_a}\ntactic = {{ kind = \"hardliner\" }}\n\
         [party.b]\nalternative = {}\nweariness = \"very-high\"\naudience = \"very-low\"\n\
         tactic = {{ kind = \"fixed\", demand = 0 }}\nstake = {{",
        war_b - (largest - 1)
    );
    let stakes: Vec<String> = fronts.iter().enumerate().map(|(f, x)| format!(" f{f} = {}", x.0)).collect();
    text += &format!("{} }}\n", stakes.join(","));
    text += "[track.talks]\nseats = [\"a\", \"b\"]\nprocedure = \"vote\"\ndeadline = 1\n[item.territory]\ntrack = \"talks\"\n";
    // The best option of each is worth all 100 points to it.
    for share in (0..30).map(|k| percent(p) + k).chain([0, 100]) {
        text += &format!("option.share-{share} = {{ a = {share}, b = {} }}\n", 100 - share);
    }
    text += "[instrument.treaty]\ntrack = \"talks\"\nseals = [\"territory\"]\nrequires = \"round >= 2\"\n";
    for (f, (_, odds, other)) in fronts.iter().enumerate() {
        let other = if *other { format!(" and event.e{}.state == waiting", f - 1) } else { String::new() };
        text +=
            &format!("[front.f{f}]\nholder = \"a\"\nintensity = \"quiet\"\nbelligerents = [\"a\", \"b\"]\n");
        text += &format!(
            "[event.e{f}]\nwhen = \"round == 1{other}\"\nodds = {odds}\neffect = [\"front.f{f}.holder = b\"]\n"
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
    let number = |row: &Value, key: &str| row[key].as_f64().expect("a number");
    for row in support::rows("fearon_risk_return_uniform") {
        let [p, cost_a, range, x, war] = ["p", "cA", "C", "x", "prob_war"].map(|k| number(&row, k));
        let model = model(&ultimatum(p, cost_a, range));
        let a = [decider(&model, "a")];
        let resolved = solve(&model, &a, &payoffs(&a), Extreme::Best);
        let demanded =
            resolved.taken.iter().find(|t| t.decision.site.what == What::Motion).expect("a demand");
        let demanded = &model.world.items[0].options[demanded.decision.pick].name.id;
        let demanded: f64 = demanded.trim_start_matches("share-").parse().expect("a share");
        // Where the formula's demand lies between two whole points, both are as good.
        assert!(
            (demanded - 100.0 * x).abs() <= 0.5 + 1e-9,
            "p {p}, C {range}: {demanded}, by the formula {x}"
        );
        let off = (demanded / 100.0 - x) / range;
        // The same policy, asked how likely war is: the demand is the only decision that matters.
        let share = 1.0 - (resolved.values[0] - 100.0 * (p - cost_a)) / (demanded - 100.0 * (p - cost_a));
        assert!((share - (war + off)).abs() < 1e-8, "war in {share}, by the formula {war}");
        let worth = 100.0 * ((1.0 - war) * x + war * (p - cost_a));
        assert!(resolved.values[0] <= worth + 1e-7 && worth < resolved.values[0] + 0.01, "{worth}");
        let risk = [aim(&model, "not instrument.treaty.signed")];
        assert!(solve(&model, &a, &risk, Extreme::Best).values[0] >= share - 1e-9);
    }
}

/// What the header of the shipped ultimatum says.
#[test]
fn the_shipped_ultimatum_is_fearons() {
    for (changes, demand, war) in
        [(&[][..], 65.0, 0.375), (&[("party.north.alternative", "30")][..], 60.0, 0.25)]
    {
        let model = support::shipped("ultimatum", changes);
        let north = [decider(&model, "north")];
        let resolved = solve(&model, &north, &payoffs(&north), Extreme::Best);
        let made = resolved.taken.iter().find(|t| t.decision.site.what == What::Motion).expect("a demand");
        let option = &model.world.items[0].options[made.decision.pick];
        assert_eq!(option.name.id, format!("share-{demand}"));
        let alternative = 40.0 - 10.0 * changes.len() as f64;
        let worth = (1.0 - war) * demand + war * alternative;
        assert!((resolved.values[0] - worth).abs() < 1e-8, "{}, not {worth}", resolved.values[0]);
    }
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
    let question =
        Question { model: &model, deciders: &deciders, aims: &aims, room: MemoryBudget::of(40_000) };
    // Whatever it always does lies between the best and the worst; too large a scenario says so.
    match resolve(question, Extreme::Best, |_, _| true) {
        Err(large) => assert!(large.states > 40_000),
        Ok(best) => {
            let facilitates =
                evaluate(question, &Always(&[(What::Action, 0)]), |_, _| true).expect("smaller");
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
    let question =
        Question { model: &model, deciders: &deciders, aims: &aims, room: MemoryBudget::of(1_000_000) };
    let best = resolve(question, Extreme::Best, |_, _| true).expect("it is small").values[0];
    let worst = resolve(question, Extreme::Worst, |_, _| true).expect("it is small").values[0];
    let always = |pick| {
        let habit = [(What::Mandate, pick)];
        evaluate(question, &Always(&habit), |_, _| true).expect("it is small").values[0]
    };
    let (firm, flexible) = (always(0), always(2));
    assert!(firm != flexible, "mandates matter");
    for value in [firm, flexible] {
        assert!(worst <= value && value <= best, "{worst} {value} {best}");
    }
}

/// What each gets in the finite game on a grid of hundredths, by the recursion: who offers leaves the other the least whole hundredth
/// that is worth what the other would have by refusing. Shares of 100 of the one who offers first and of the other.
fn on_the_grid(own: f64, other: f64, periods: u32) -> [f64; 2] {
    if periods == 1 {
        return [100.0, 0.0];
    }
    let [refused, _] = on_the_grid(other, own, periods - 1);
    // A billionth takes back what floating-point multiplication may add to a whole number.
    let left = (other * refused - 1e-9).ceil();
    [100.0 - left, left]
}

#[test]
fn a_shrinking_pie_is_divided_as_stahl_has_it() {
    use support::stahl;
    let rubinstein = |own: f64, other: f64| 100.0 * (1.0 - other) / (1.0 - own * other);
    for (own, other) in [(0.9, 0.9), (0.9, 0.8), (0.6, 0.95)] {
        let mut away = Vec::new();
        for periods in 1..=6 {
            let model = model(&stahl::discounted(periods, own, other));
            let both = [decider(&model, "first"), decider(&model, "second")];
            let resolved = solve(&model, &both, &payoffs(&both), Extreme::Best);
            let found = [resolved.values[0] / own, resolved.values[1] / other];
            let grid = on_the_grid(own, other, u32::from(periods));
            for k in 0..2 {
                assert!((found[k] - grid[k]).abs() < 1e-5, "{periods} periods: {found:?}, not {grid:?}");
                assert!((resolved.values[k] - resolved.checked[k]).abs() < 1e-6, "{resolved:?}");
            }
            // Every period before the last rounds by a hundredth at most.
            let exact = 100.0 * stahl::first_share(own, other, u32::from(periods));
            assert!((found[0] - exact).abs() <= f64::from(periods - 1), "{periods}: {found:?}, not {exact}");
            away.push((found[0] - rubinstein(own, other)).abs());
        }
        // Whoever offers last is better off by it, the less so the longer the game: from both sides it nears the infinite one's.
        for k in 2..away.len() {
            assert!(
                away[k] < away[k - 2] || away[k] <= 1.0,
                "{own}, {other}: away from Rubinstein's share by {away:?}"
            );
        }
    }
}

/// Without discounting nothing is dated; with it, what a party has is worth what it was in the round of the whole agreement.
#[test]
fn points_shrink_until_the_whole_agenda_is_agreed() {
    use baraza::domain::{ItemState, OptionId, PORTION, Quantity as Q, SeatId, TrackId, portion_points};
    use baraza::kernel::{Chooser, Scene, Silent, Site, State, worth};
    struct Never;
    impl Chooser for Never {
        fn choose(&mut self, _: Site, _: &[baraza::domain::Weight]) -> usize {
            panic!("nothing is left open")
        }
    }
    let text =
        support::stahl::discounted(5, 0.5, 1.0).replace("[party.first]", "[party.first]\nalternative = 20");
    let model = model(&text);
    assert!(!baraza::domain::World::discounts(
        &support::world(&support::stahl::scenario(5, 4)),
        TrackId::new(0)
    ));
    let (first, second) = (SeatId::new(0), SeatId::new(1));
    let mut state = State::new(&model);
    let round = model.cell(Q::Round);
    let settle = |state: &mut State, item: usize, option: u8, to: ItemState| {
        let turn = model.turns[0];
        let (mut never, mut silent) = (Never, Silent);
        let mut scene = Scene::new(&model, state, turn, &mut never, &mut silent);
        if scene.item(item.into()) == ItemState::Dormant {
            scene.move_item(item.into(), ItemState::Tabled);
        }
        scene.put(Q::ItemOption(item.into()), OptionId(option).0 + 1);
        scene.move_item(item.into(), to);
    };
    state.put(round, 2);
    settle(&mut state, 0, 8, ItemState::Agreed);
    // 80 of 100 so far; in today's points the alternative of 20 has doubled.
    let gained = |state: &State| [first, second].map(|s| worth::gained(&model, state, s));
    let today = |state: &State| portion_points(worth::alternative_today(&model, state, first));
    assert_eq!(gained(&state), [40.0, 10.0]);
    assert_eq!(today(&state), 40.0);
    state.put(round, 3);
    settle(&mut state, 1, 10, ItemState::Agreed);
    assert_eq!(state.get(&model, Q::AgreedIn(TrackId::new(0))), 3);
    for later in 3..=5 {
        state.put(round, later);
        assert_eq!(gained(&state), [22.5, 10.0]);
        // Conditions read whole points.
        assert_eq!(derived::derived(&model, &state, Q::Points(first)), 22);
        assert_eq!(today(&state), 80.0);
        assert_eq!(
            worth::standing(&model, &mut state, first),
            worth::compute_standing(&model, &state, first)
        );
    }
    // What is sealed or carried out later was agreed when it was.
    state.put(round, 4);
    settle(&mut state, 0, 8, ItemState::Sealed);
    settle(&mut state, 0, 8, ItemState::Implemented);
    assert_eq!(state.get(&model, Q::AgreedIn(TrackId::new(0))), 3);
    state.put(round, 5);
    // What is reopened is not agreed any more; agreed anew, it is dated anew.
    settle(&mut state, 1, 10, ItemState::Contested);
    assert_eq!(state.get(&model, Q::AgreedIn(TrackId::new(0))), 0);
    settle(&mut state, 1, 10, ItemState::Agreed);
    assert_eq!(gained(&state)[0], 100.0 * 0.9 / 16.0);
    let both = text.replace("[party.first]", "[party.first]\ndiscounts = \"both\"");
    let both = support::world(&both);
    let both = baraza::domain::Model::new(both);
    assert_eq!(worth::alternative_today(&both, &state, first), 20 * PORTION);
    assert_eq!(worth::alternative(&both, &state, first), 1.25);
    assert_eq!(derived::derived(&both, &state, Q::Alternative(first)), 1);
    // Above 100 no package is worth as much as none.
    assert_eq!(today(&state), 320.0);
}

/// One round, no chance; `b` takes whatever it is given.
fn still(procedure: &str, options: &str, more: &str) -> Model {
    model(&format!(
        "[scenario]\ntitle = \"Still\"\nstart = 2030-01-01\nrounds = 1\n[party.a]\n[party.b]\n\
         tactic = {{ kind = \"fixed\", demand = 0 }}\n[track.t]\nseats = [\"a\", \"b\"]\nprocedure = {procedure}\n\
         [item.i]\ntrack = \"t\"\n[item.i.option]\n{options}\n[dynamics]\nconsult = 0\n\
         mandate = {{ firm = 0, planned = 1, flexible = 0 }}\n\
         walk_out = {{ base = 0, distrust = 0, attack = 0, precondition = 0, audience = 0 }}\n{more}\n"
    ))
}

/// Points are not cut: of two options less than a point apart the better one is chosen, and what it is worth is what `exact` says.
#[test]
fn parts_of_points_count_in_a_choice() {
    let ends = "top = { a = 100, red_line_of = [\"b\"] }\nrest = { b = 100, red_line_of = [\"a\"] }";
    let options = format!("lower = {{ a = 40.1, b = 50 }}\nhigher = {{ a = 40.9, b = 50 }}\n{ends}");
    let model = still("\"vote\"", &options, "");
    let a = [decider(&model, "a")];
    let best = solve(&model, &a, &payoffs(&a), Extreme::Best);
    assert_eq!((best.values[0], best.checked[0]), (40.9, 40.9));
    let question = Question { model: &model, deciders: &a, aims: &payoffs(&a), room: MemoryBudget::of(1000) };
    let modelled = evaluate(question, &Always(&[(What::Motion, 1)]), |_, _| true).expect("it is small");
    let none = Limits { room: MemoryBudget::of(1000), budget: 0.0, hopeless: 0.0 };
    assert_eq!(modelled.values, [40.9]);
    let mut given = still("\"item-by-item\"", &format!("only = {{ a = 40.9, b = 50 }}\n{ends}"), "").world;
    given.parties[0].tactic = given.parties[1].tactic.clone();
    let given = Model::new(given);
    let swept =
        exact::<Fixed>(&given, &[], none, &mut TrackedCells::guess(&given), |_| true).expect("no measures");
    let told = answer(&given, &[], &swept).expect("it ended");
    let asked = [decider(&given, "a")];
    let question =
        Question { model: &given, deciders: &asked, aims: &payoffs(&asked), room: MemoryBudget::of(1000) };
    let found = evaluate(question, &Always(&[]), |_, _| true).expect("it is small");
    assert_eq!((told.seats[0].points.low, found.values[0]), (40.9, 40.9));
}

/// Nobody accepts, moves, offers, votes for or signs what crosses its own red line, whoever decides for it.
#[test]
fn an_open_seat_keeps_its_red_lines() {
    let options = "share = { a = 60, b = 40 }\nannex = { a = 100, b = 50, red_line_of = [\"b\"] }\n\
                   leave = { b = 100, red_line_of = [\"a\"] }";
    let text = "[instrument.n]\ntrack = \"t\"\nseals = [\"i\"]\n";
    let by_text = "\"single-text\"\nmediators = [\"m\"]";
    for more in ["", text] {
        for procedure in ["\"vote\"", "\"item-by-item\"", "\"alternating-offers\"", by_text] {
            let mediator = if procedure == by_text { "[mediator.m]\n" } else { "" };
            let more = format!("{more}{mediator}");
            let model = still(procedure, options, &more);
            let both = [decider(&model, "a"), decider(&model, "b")];
            for deciders in [&both[..], &both[..1], &both[1..]] {
                for extreme in [Extreme::Best, Extreme::Worst] {
                    let found = solve(&model, deciders, &payoffs(deciders), extreme);
                    for taken in &found.taken {
                        let decision = &taken.decision;
                        let own = deciders[decision.decider];
                        let red = usize::from(own == both[1]) + 2 * usize::from(own == both[0]);
                        let names = matches!(decision.site.what, What::Motion | What::Position | What::Offer);
                        let open = decision.worth.iter().all(|(pick, _)| *pick != red);
                        assert!(!names || open, "{procedure}: {taken:?}");
                    }
                    // No end is worth more than what both can accept.
                    let most = |who: &Decider| if *who == both[0] { 60.0 } else { 40.0 };
                    let bound = deciders.iter().zip(&found.values).all(|(who, v)| *v <= most(who));
                    assert!(bound, "{procedure}: {:?}", found.values);
                }
            }
        }
    }
    let model = still("\"vote\"", options, "");
    let both = [decider(&model, "a"), decider(&model, "b")];
    let found = solve(&model, &both, &payoffs(&both), Extreme::Best);
    assert_eq!(found.values, [60.0, 40.0]);
}

/// What somebody answers for an open seat counts, whatever the rule would have said for it.
#[test]
fn the_answer_of_an_open_seat_counts() {
    let options = "all = { a = 100, b = 30 }\nnothing = { b = 100, red_line_of = [\"a\"] }";
    for (procedure, more) in [
        ("\"vote\"", ""),
        ("\"alternating-offers\"", ""),
        ("\"single-text\"\nmediators = [\"m\"]", "[mediator.m]"),
    ] {
        // By the rule it would refuse: it asks for 60, and 30 is more than nothing.
        let mut world = still(procedure, options, more).world;
        world.parties[1].tactic.kind = TacticKind::Fixed { demand: 60 };
        let model = Model::new(world);
        let b = [decider(&model, "b")];
        let question =
            Question { model: &model, deciders: &b, aims: &payoffs(&b), room: MemoryBudget::of(10_000) };
        let modelled = evaluate(question, &Always(&[]), |_, _| true).expect("it is small").values[0];
        let best = solve(&model, &b, &payoffs(&b), Extreme::Best).values[0];
        assert_eq!((modelled, best), (0.0, 30.0), "{procedure}");
    }
}
