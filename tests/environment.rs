//! Seats that are open to agents: rounds without a record are those of a session, an agent that leaves everything to the model is the
//! model, and nobody sees what is hidden.

mod support;

use baraza::domain::{Model, Quantity, World};
use baraza::drivers::decider::Decider;
use baraza::drivers::philox::Stream;
use baraza::drivers::{Head, Sampler, record};
use baraza::kernel::worth;
use baraza::session::orders::{self, Menu, Sheet};
use baraza::session::{self, Event, Header, Observation, Pace, Session, Sight};
use baraza::studies::environment::{Environment, Options, Talks};
use proptest::prelude::*;
use rand::Rng;
use support::generate::{LARGE, SMALL, scenarios};
use support::secrets::{changed, secret};
use support::shipped;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 500, ..ProptestConfig::default() }
}

fn environment(world: World) -> Environment {
    Environment::plan(world, &Options::default()).expect("somebody decides something")
}

fn session<'a>(model: &'a Model, roles: &[Decider], seed: u64, run: u32) -> Session<'a> {
    let header = Header {
        format: session::FORMAT.into(),
        head: Head::new(&model.world.title, "f", seed, session::NOTE),
        run,
        scenario: "generated.toml".into(),
        seats: roles.iter().map(|s| s.id(&model.world).into_owned()).collect(),
        by: Pace::Round,
    };
    Session::new(model, header).expect("they sit")
}

/// Picks from the menus, some of them entries that are not open now.
fn picks(menu: &Menu, luck: &mut Stream) -> Vec<i64> {
    let pick = |entries: usize, luck: &mut Stream| match luck.next_u32() % 3 {
        0 => 0,
        _ => i64::from(luck.next_u32() % entries as u32),
    };
    menu.groups.iter().map(|group| pick(group.entries.len(), luck)).collect()
}

/// The open entries that a role sees, and its numbers, bit by bit.
fn seen(environment: &Environment, talks: &mut Talks) -> Vec<(Vec<u32>, Vec<i8>)> {
    let bits = |numbers: &[f32]| numbers.iter().map(|x| x.to_bits()).collect();
    environment.seen(talks).iter().map(|seen| (bits(&seen.numbers), seen.open.clone())).collect()
}

proptest! {
    #![proptest_config(config(24))]

    /// Rounds that keep no record come to the state of a session with the same sheets, round by round.
    #[test]
    fn rounds_are_those_of_a_session(draft in scenarios(LARGE), seed in 0u64..1000, run in 0u32..100) {
        let environment = environment(support::world(&draft.text()));
        let model = &environment.model;
        let mut luck = Stream::new(seed, 1);
        let roles: Vec<Decider> = environment.roles.iter().map(|role| role.who).collect();
        let mut session = session(model, &roles, seed, run);
        let mut talks = environment.open(seed, run);
        while !environment.over(&talks) {
            let round = environment.round(&talks);
            prop_assert_eq!(round, session.table().round());
            let mut sheets: Vec<Sheet> = Vec::new();
            for role in &environment.roles {
                let sheet = role.menu.sheet(&picks(&role.menu, &mut luck)).expect("it is on the menus");
                prop_assert!(orders::check(model, role.who, &sheet).is_ok(), "{:?}", sheet);
                let event = Event::Orders {
                    round,
                    role: role.id.clone(),
                    sheet: sheet.clone(),
                    by: String::new(),
                    key: String::new(),
                };
                session.apply(&event).expect("the sheet can be");
                sheets.push(sheet);
            }
            session.apply(&session.closing(&[]).expect("a round is due")).expect("it fits");
            environment.step(&mut talks, sheets);
            prop_assert_eq!(environment.state(&talks).cells(), session.table().state().cells());
        }
        prop_assert!(session.table().over());
        // What is told is of the same talks.
        for role in &environment.roles {
            let told = baraza::telling::play::history(model, role.who, session.table().steps(), 1, false);
            prop_assert_eq!(environment.told(&talks, role, 1), told);
        }
    }

    /// An agent that leaves everything to the model is the model.
    #[test]
    fn the_first_entries_are_the_model(draft in scenarios(LARGE), seed in 0u64..1000, run in 0u32..100) {
        let environment = environment(support::world(&draft.text()));
        let nothing: Vec<Vec<i64>> = environment.roles.iter().map(|r| vec![0; r.menu.groups.len()]).collect();
        let nothing: Vec<&[i64]> = nothing.iter().map(Vec::as_slice).collect();
        let mut talks = environment.open(seed, run);
        while !environment.over(&talks) {
            environment.step(&mut talks, environment.sheets(&nothing).expect("the first entries are there"));
        }
        let modelled = record(&environment.model, &mut Sampler::new(seed, run));
        prop_assert_eq!(environment.state(&talks).cells(), modelled.end.as_slice());
    }

    /// Many talks at once are each of them alone, and talks that end are opened again under their next run.
    #[test]
    fn many_talks_are_each_of_them_alone(draft in scenarios(SMALL), seed in 0u64..1000) {
        let environment = environment(support::world(&draft.text()));
        const TALKS: u32 = 11;
        let open = |run| environment.open(seed, run);
        let mut many: Vec<Talks> = (0..TALKS).map(open).collect();
        let mut alone: Vec<Talks> = many.clone();
        let mut next: Vec<u32> = (0..TALKS).map(|run| run + TALKS).collect();
        for round in 0..20 {
            let sheets: Vec<Vec<Sheet>> = (0..TALKS)
                .map(|k| {
                    let mut luck = Stream::new(seed, u128::from(100 * round + k));
                    let sheet = |role: &baraza::studies::environment::Role, luck: &mut Stream| {
                        role.menu.sheet(&picks(&role.menu, luck)).expect("it is on the menus")
                    };
                    environment.roles.iter().map(|role| sheet(role, &mut luck)).collect()
                })
                .collect();
            let answers = environment.step_all(&mut many, sheets.clone(), Some(TALKS));
            for (k, (answer, sheets)) in answers.into_iter().zip(sheets).enumerate() {
                let rewards = environment.step(&mut alone[k], sheets);
                prop_assert_eq!(&answer.rewards, &rewards);
                prop_assert_eq!(answer.ended, environment.over(&alone[k]));
                if answer.ended {
                    alone[k] = open(next[k]);
                    next[k] += TALKS;
                } else {
                    prop_assert!(rewards.iter().all(|r| *r == 0.0));
                }
                prop_assert_eq!(answer.seen, environment.seen(&mut alone[k]));
            }
        }
    }

    /// What a role sees and may pick does not depend on what it may not know: with other numbers of everybody else and other hidden
    /// quantities it is the same to the bit.
    #[test]
    fn what_is_hidden_changes_nothing_that_is_seen(draft in scenarios(LARGE), seed in 0u64..1000, noise: u64) {
        let world = support::world(&draft.text());
        let mut luck = Stream::new(noise, 5);
        let open = environment(world.clone());
        let mut talks = open.open(seed, 3);
        let others: Vec<Environment> =
            open.roles.iter().map(|role| environment(changed(&world, role.who, &mut luck))).collect();
        loop {
            let here = seen(&open, &mut talks);
            for (place, role) in open.roles.iter().enumerate() {
                let other = &others[place];
                prop_assert_eq!(&other.roles[place].menu, &role.menu);
                let mut cells = open.state(&talks).cells().to_vec();
                let sight = Sight::of(&open.model.world, role.who);
                for (value, cell) in cells.iter_mut().zip(&open.model.cells) {
                    let hidden = secret(&open.model.world, cell.quantity, role.who);
                    prop_assert!(!(hidden && sight.knows(cell.quantity)));
                    if !sight.knows(cell.quantity) {
                        *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
                    }
                }
                let (mut state, mut known) =
                    (open.state(&talks).clone(), open.state(&talks).clone());
                state.restore(&cells);
                let observation = Observation::of(&other.model, role.who);
                prop_assert_eq!(observation.names(), role.observation.names());
                observation.known(&state, &mut known);
                let mut numbers = vec![0.0f32; observation.names().len()];
                observation.write(&other.model, &known, &mut numbers);
                let bits: Vec<u32> = numbers.iter().map(|x| x.to_bits()).collect();
                prop_assert_eq!(&bits, &here[place].0);
                prop_assert!(numbers.iter().all(|x| (0.0..=1.0).contains(x)));
                let mask: Vec<i8> = role.menu.open(&other.model, &known).map(i8::from).collect();
                prop_assert_eq!(&mask, &here[place].1);
            }
            if open.over(&talks) {
                break;
            }
            let sheet = |role: &baraza::studies::environment::Role| {
                role.menu.sheet(&picks(&role.menu, &mut luck)).expect("it is on the menus")
            };
            let sheets = open.roles.iter().map(sheet).collect();
            open.step(&mut talks, sheets);
        }
    }
}

const LESSON: &str = "tutorial/2-mediator";

#[test]
fn a_party_gets_what_it_gains_and_a_mediator_what_they_gain_on_average() {
    let environment = environment(shipped(LESSON, &[("party.highlands.alternative", "62")]).world);
    let model = &environment.model;
    let (mut gained, mut nothing) = (0, 0);
    for run in 0..200 {
        let mut talks = environment.open(1, run);
        let mut got = Vec::new();
        while !environment.over(&talks) {
            got = environment.step(&mut talks, vec![Sheet::default(); environment.roles.len()]);
        }
        let state = environment.state(&talks);
        let mut parties = Vec::new();
        for (role, got) in environment.roles.iter().zip(&got) {
            if let Decider::Party(p) = role.who {
                let seat = model.world.seats_of(p).next().expect("it sits");
                let gain = worth::payoff(model, state, p) - worth::alternative(model, state, seat);
                assert_eq!(*got, gain);
                parties.push(gain);
            }
        }
        let average = parties.iter().sum::<f64>() / parties.len() as f64;
        let mediator = environment.roles.iter().position(|r| matches!(r.who, Decider::Mediator(_)));
        assert_eq!(got[mediator.expect("there is one")], average);
        match average {
            0.0 => nothing += 1,
            _ => gained += 1,
        }
    }
    assert!(gained > 2 && nothing > 2, "{gained} with and {nothing} without an agreement");
}

#[test]
fn an_aim_is_a_condition_on_the_end() {
    let world = shipped(LESSON, &[]).world;
    let aim = |id: &str, text: &str| Options { roles: Vec::new(), aim: vec![(id.into(), text.into())] };
    let outcome = world.outcomes[0].name.id.clone();
    let environment = Environment::plan(world.clone(), &aim("elders", &format!("outcome == {outcome}")))
        .expect("it is one");
    let place = environment.roles.iter().position(|r| r.id == "elders").expect("they sit");
    for run in 0..50 {
        let mut talks = environment.open(1, run);
        let mut got = Vec::new();
        while !environment.over(&talks) {
            got = environment.step(&mut talks, vec![Sheet::default(); environment.roles.len()]);
        }
        let ended = environment.state(&talks).get(&environment.model, Quantity::Outcome) == 1;
        assert_eq!(got[place], f64::from(u8::from(ended)));
    }
    for (options, says) in [
        (aim("elders", "peace"), "aims: what `elders` is after"),
        (aim("elder", "points"), "did you mean `elders`"),
        (Options { roles: vec!["elder".into()], aim: Vec::new() }, "did you mean `elders`"),
        (Options { roles: vec!["elders".into(); 2], aim: Vec::new() }, "named twice"),
    ] {
        let refused = Environment::plan(world.clone(), &options).expect_err(says);
        assert!(refused.message.contains(says), "{}", refused.message);
    }
}

#[test]
fn picks_that_are_on_no_menu_are_refused() {
    let environment = environment(shipped(LESSON, &[]).world);
    let menu = &environment.roles[0].menu;
    let wrong = menu.sheet(&[0]).expect_err("one pick").to_string();
    assert!(wrong.contains(&format!("{} menus", menu.groups.len())), "{wrong}");
    let mut picks = vec![0; menu.groups.len()];
    picks[1] = 99;
    let wrong = menu.sheet(&picks).expect_err("no such entry").to_string();
    assert!(wrong.contains(&menu.groups[1].key) && wrong.contains("not 99"), "{wrong}");
    picks[1] = -1;
    assert!(menu.sheet(&picks).is_err());
    // A sheet of the first entries says nothing.
    assert!(menu.sheet(&vec![0; menu.groups.len()]).expect("they are there").is_empty());
}

#[test]
fn what_lies_beyond_a_red_line_is_not_open() {
    let environment = environment(support::model(RED).world);
    let mut talks = environment.open(1, 0);
    let seen = environment.seen(&mut talks);
    let role = environment.roles.iter().position(|r| r.id == "highland").expect("it sits");
    let menu = &environment.roles[role].menu;
    let before: usize =
        menu.groups.iter().take_while(|g| g.key != "accept.pasture").map(|g| g.entries.len()).sum();
    let group = menu.groups.iter().find(|g| g.key == "accept.pasture").expect("there is an item");
    let entries: Vec<&str> = group.entries.iter().map(|e| e.first().map_or("", String::as_str)).collect();
    assert_eq!(entries, ["", "half", "nothing", "none"]);
    assert_eq!(seen[role].open[before..before + 4], [1, 1, 0, 1]);
}

const RED: &str = r#"
    [scenario]
    title = "Who may graze where?"
    start = 2025-03-01
    rounds = 6
    [party.highland]
    alternative = 30
    [party.lowland]
    alternative = 30
    [track.talks]
    seats = ["highland", "lowland"]
    [item.pasture]
    track = "talks"
    [item.pasture.option.half]
    highland = 65
    lowland = 70
    [item.pasture.option.nothing]
    highland = 5
    lowland = 100
    red_line_of = ["highland"]
    [instrument.accord]
    track = "talks"
    seals = ["pasture"]
"#;

proptest! {
    #![proptest_config(config(24))]

    /// Talks that are decided one question after the other are those of a table, and what is told of them is the same.
    #[test]
    fn decisions_are_those_of_a_table(draft in scenarios(LARGE), seed in 0u64..1000, run in 0u32..100) {
        let environment = environment(support::world(&draft.text()));
        let model = &environment.model;
        let mut luck = Stream::new(seed, 6);
        let seats: Vec<Decider> = environment.roles.iter().map(|role| role.who).collect();
        let mut table = session::Table::new(model, &seats, seed, run);
        let mut talks = environment.open(seed, run);
        while !environment.over(&talks) {
            environment.begin(&mut talks);
            while let Some(asked) = environment.question(&talks) {
                let question = table.question().expect("the same is due").clone();
                prop_assert_eq!(&asked.role, &question.who.id(&model.world));
                prop_assert_eq!(asked.decision, question.site.what);
                let words: Vec<String> = question.alternatives.iter().map(|a| a.word.clone()).collect();
                prop_assert_eq!(&asked.alternatives, &words);
                if luck.next_u32().is_multiple_of(2) {
                    environment.decide(&mut talks, None).expect("it is due");
                    table.leave_to_model().expect("it is due");
                } else {
                    let alternative = &question.alternatives[luck.next_u32() as usize % words.len()];
                    environment.decide(&mut talks, Some(&alternative.word)).expect("it is open");
                    table.decide(alternative.pick).expect("it is open");
                }
            }
        }
        prop_assert!(table.over());
        prop_assert_eq!(environment.state(&talks).cells(), table.state().cells());
        for role in &environment.roles {
            let told = baraza::telling::play::history(model, role.who, table.steps(), 1, false);
            prop_assert_eq!(environment.told(&talks, role, 1), told);
        }
    }
}

#[test]
fn a_word_that_is_not_open_is_refused() {
    let environment = environment(shipped(LESSON, &[]).world);
    let mut talks = environment.open(1, 0);
    let refused = environment.decide(&mut talks, None).expect_err("no round has begun");
    assert!(refused.message.contains("round 1 has not begun"), "{}", refused.message);
    environment.begin(&mut talks);
    let asked = environment.question(&talks).expect("somebody decides");
    let refused = environment.decide(&mut talks, Some("perhaps")).expect_err("it is no word");
    assert!(refused.message.contains(&asked.alternatives[0]), "{}", refused.message);
    // Nothing has changed.
    assert_eq!(environment.question(&talks), Some(asked));
}
