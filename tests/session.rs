//! People at the table: every decision that is asked for can be taken, is kept, and changes nothing but what follows from it;
//! and nobody sees what is hidden from their role.

mod support;

use baraza::domain::{Model, ONE, OptionId, PORTION, Portion, Quantity as Q, SeatState, Weight, World};
use baraza::drivers::decider::Decider;
use baraza::drivers::philox::Stream;
use baraza::drivers::{Head, Sampler, Step, Transcript, record};
use baraza::kernel::{Assessment, Chooser, Entry, State, Way};
use baraza::session::{self, About, Event, Header, Moment, Question, Session, Sight, Table};
use baraza::telling::chronicle::{Detail, seen};
use proptest::prelude::*;
use rand::Rng;
use support::generate::{LARGE, SMALL, scenarios};
use support::model;
use support::secrets::{changed, foreign, secret};

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 500, ..ProptestConfig::default() }
}

/// Everybody who can take a seat.
fn everybody(world: &World) -> Vec<Decider> {
    world.all_roles().map(Decider::from).collect()
}

/// Some of them, by the bits of a number.
fn some(world: &World, bits: u32) -> Vec<Decider> {
    let all = everybody(world);
    let chosen: Vec<_> = (0..all.len()).filter(|k| bits >> k & 1 == 1).map(|k| all[k]).collect();
    if chosen.is_empty() { all[..1].to_vec() } else { chosen }
}

fn header(world: &World, seats: &[Decider], seed: u64) -> Header {
    Header {
        format: session::FORMAT.into(),
        head: Head::new(&world.title, "f", seed, session::NOTE),
        run: 3,
        scenario: "generated.toml".into(),
        seats: seats.iter().map(|s| s.id(world).into_owned()).collect(),
        by: baraza::session::Pace::Decision,
    }
}

/// What chance would pick at a question: what the model does in an empty seat.
fn by_the_model(question: &Question, seed: u64) -> usize {
    let most = question.alternatives.iter().map(|a| a.pick).max().unwrap_or(0);
    let mut weights: Vec<Weight> = vec![0; most + 1];
    question.alternatives.iter().for_each(|a| weights[a.pick] = a.weight);
    if weights.iter().sum::<Weight>() != ONE {
        return question.own().pick;
    }
    Sampler::new(seed, 3).choose(question.site, &weights)
}

/// Plays to the end with a player's picks, and returns the events.
fn play(session: &mut Session, mut player: impl FnMut(&Question) -> usize) -> Vec<Event> {
    let mut events = Vec::new();
    while let Some(question) = session.table().question() {
        assert!(question.alternatives.len() > 1, "nothing to decide: {question:?}");
        let words: std::collections::BTreeSet<_> = question.alternatives.iter().map(|a| &a.word).collect();
        assert_eq!(words.len(), question.alternatives.len(), "words are not unique: {question:?}");
        assert!(!words.contains(&String::new()), "no word: {question:?}");
        let event = session.deciding(player(question)).expect("it is open");
        session.apply(&event).expect("it fits");
        events.push(event);
    }
    events
}

fn at_random(luck: &mut Stream) -> impl FnMut(&Question) -> usize + '_ {
    |question| {
        let at = luck.next_u32() as usize % question.alternatives.len();
        question.alternatives[at].pick
    }
}

proptest! {
    #![proptest_config(config(200))]

    /// Whatever people decide, the talks go on to an end; the log gives the same talks again.
    #[test]
    fn a_session_replays(draft in scenarios(LARGE), seed in 0u64..1000, bits: u32) {
        let model = model(&draft.text());
        let seats = some(&model.world, bits);
        let mut first = Session::new(&model, header(&model.world, &seats, seed)).expect("they sit");
        let events = play(&mut first, at_random(&mut Stream::new(seed, 0)));
        let mut log = session::write(first.header());
        events.iter().for_each(|e| log.push_str(&session::write(e)));
        let read = session::read(&log).expect("it is a log");
        prop_assert_eq!(&read.torn, &None);
        prop_assert_eq!(&read.events, &events);
        let again = Session::resume(&model, read.header, &read.events).expect("it fits");
        prop_assert_eq!(again.table().transcript(), first.table().transcript());
    }

    /// Wherever a log is cut off, what is left is the beginning of the session, which can be played to the same end.
    #[test]
    fn a_cut_log_resumes(draft in scenarios(SMALL), seed in 0u64..1000, bits: u32, cut in 0.0..1.0f64) {
        let model = model(&draft.text());
        let seats = some(&model.world, bits);
        let mut first = Session::new(&model, header(&model.world, &seats, seed)).expect("they sit");
        let events = play(&mut first, at_random(&mut Stream::new(seed, 0)));
        let mut log = session::write(first.header());
        let head = log.len();
        events.iter().for_each(|e| log.push_str(&session::write(e)));
        let at = head + ((log.len() - head) as f64 * cut) as usize;
        let read = session::read(&log[..at]).expect("it is a log");
        let whole = read.whole;
        prop_assert!(log[..whole].ends_with('\n'));
        let lines = log[..whole].lines().count();
        prop_assert_eq!(read.events.len(), lines - 1);
        let mut again = Session::resume(&model, read.header, &read.events).expect("it fits");
        events[read.events.len()..].iter().for_each(|e| again.apply(e).expect("it fits"));
        prop_assert_eq!(again.table().transcript(), first.table().transcript());
    }

    /// A person who does what the model would do changes nothing.
    #[test]
    fn deciding_like_the_model_changes_nothing(draft in scenarios(LARGE), seed in 0u64..1000, bits: u32) {
        let model = model(&draft.text());
        let seats = some(&model.world, bits);
        let mut session = Session::new(&model, header(&model.world, &seats, seed)).expect("they sit");
        play(&mut session, |question| by_the_model(question, seed));
        let sampled = record(&model, &mut Sampler::new(seed, 3));
        let played = session.table().transcript();
        prop_assert_eq!(&played.end, &sampled.end);
        prop_assert_eq!(&played.rewards, &sampled.rewards);
        prop_assert_eq!(told(&played), told(&sampled));
    }

    /// Played on from any decision by the model and the same luck, talks in which nobody departs from the model come out as
    /// they did.
    #[test]
    fn playing_on_like_the_model_changes_nothing(draft in scenarios(SMALL), seed in 0u64..1000, bits: u32) {
        let model = model(&draft.text());
        let seats = some(&model.world, bits);
        let mut session = Session::new(&model, header(&model.world, &seats, seed)).expect("they sit");
        play(&mut session, |question| by_the_model(question, seed));
        let end = session.table().transcript().end;
        let mut state = State::new(&model);
        for moment in session.table().moments() {
            let mut chance = Sampler::new(seed, 3);
            moment.play_on(&model, &mut state, moment.pick, &mut chance);
            prop_assert_eq!(state.cells(), end.as_slice());
        }
    }

    /// Going back opens a branch in which the same decisions lead to the same end, and leaves the other as it was.
    #[test]
    fn going_back_keeps_luck(draft in scenarios(SMALL), seed in 0u64..1000, bits: u32, back in 0.0..1.0f64) {
        let model = model(&draft.text());
        let seats = some(&model.world, bits);
        let mut session = Session::new(&model, header(&model.world, &seats, seed)).expect("they sit");
        let events = play(&mut session, at_random(&mut Stream::new(seed, 0)));
        let first = session.table().transcript();
        let latest = session.table().round();
        let round = 1 + (f64::from(latest - 1) * back) as u8;
        session.apply(&Event::Rewind { from: 1, round }).expect("the round has begun");
        prop_assert_eq!(session.current(), 2);
        prop_assert!(session.table().moments().iter().all(|m| m.round() < round));
        let kept = session.table().moments().len();
        events[kept..].iter().for_each(|e| session.apply(e).expect("it fits"));
        prop_assert_eq!(session.table().transcript(), first.clone());
        session.apply(&Event::Rewind { from: 2, round }).expect("the round has begun");
        play(&mut session, at_random(&mut Stream::new(seed, 1 << 40)));
        prop_assert_eq!(session.table_of(1).expect("it is there").transcript(), first);
        let (later, nowhere) = (Event::Rewind { from: 1, round: latest + 1 }, Event::Go { branch: 4 });
        prop_assert!(session.apply(&later).is_err());
        prop_assert!(session.apply(&nowhere).is_err());
    }

    /// Where consent takes everybody, what a person refuses is not agreed: not in the room, and not by a mediator's doing.
    #[test]
    fn nothing_is_agreed_over_a_refusal(draft in scenarios(LARGE), seed in 0u64..1000, who: prop::sample::Index) {
        let model = model(&draft.text());
        let party = who.index(model.world.parties.len()).into();
        refuse_everything(&model, party, seed);
    }

    /// What a role sees does not depend on what it may not see.
    #[test]
    fn what_is_hidden_changes_no_view(draft in scenarios(LARGE), seed in 0u64..1000, bits: u32, who: prop::sample::Index) {
        let open = model(&draft.text());
        let seats = some(&open.world, bits);
        let mut session = Session::new(&open, header(&open.world, &seats, seed)).expect("they sit");
        play(&mut session, at_random(&mut Stream::new(seed, 0)));
        let all = everybody(&open.world);
        let role = all[who.index(all.len())];
        let mut luck = Stream::new(seed, 2 << 40);
        let mut other = Model::new(changed(&open.world, role, &mut luck));
        let steps = session.table().transcript().steps;
        let mut hidden: Vec<Step> = steps.clone();
        hidden.iter_mut().for_each(|step| disguise(&open, step, role, &mut luck));
        for (value, cell) in other.initial.iter_mut().zip(&open.cells) {
            if secret(&open.world, cell.quantity, role) {
                *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
            }
        }
        let told = seen(&open, Sight::of(&open.world, role), &steps, 0, Detail::Full, false);
        let again = seen(&other, Sight::of(&other.world, role), &hidden, 0, Detail::Full, false);
        prop_assert_eq!(told, again);
        let cells = session.table().state().cells();
        let mut masked = cells.to_vec();
        for (value, cell) in masked.iter_mut().zip(&open.cells) {
            if secret(&open.world, cell.quantity, role) {
                *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
            }
        }
        prop_assert_eq!(
            Sight::of(&open.world, role).cells(&open, cells),
            Sight::of(&other.world, role).cells(&other, &masked)
        );
    }
}

/// A cell that changed: which, before, after.
type Changed = (usize, u8, u8);

/// What happened, without the record of choices: a seat's certain choices are recorded where a person takes them. How a
/// person sees an option is told as it says, not by the numbers of the rule, and what came closest with it.
fn told(transcript: &Transcript) -> Vec<(Vec<Entry>, Vec<Changed>)> {
    let entry = |e: &Entry| match *e {
        Entry::View { .. } => None,
        Entry::Contested { item, moved_by: None, .. } => {
            Some(Entry::Contested { item, moved_by: None, closest: OptionId(0) })
        }
        other => Some(other),
    };
    let steps = transcript.steps.iter();
    let steps = steps.map(|s| (s.entries.iter().filter_map(entry).collect::<Vec<_>>(), s.changes.clone()));
    steps.filter(|(entries, changes)| !(entries.is_empty() && changes.is_empty())).collect()
}

/// Changes every number in a step that is not the role's.
fn disguise(model: &Model, step: &mut Step, role: Decider, luck: &mut Stream) {
    let world = &model.world;
    let mut number = || (luck.next_u32() % 1_000_000) as i32;
    let mut mask = |a: &mut Assessment| {
        if foreign(role, world.seat(a.seat).party) {
            (a.needs, a.sees, a.of, a.red_line) = (number(), number(), number(), !a.red_line);
        }
    };
    for entry in &mut step.entries {
        match entry {
            Entry::View { assessment, .. }
            | Entry::Offers { assessment }
            | Entry::Answers { assessment, .. }
            | Entry::WalksAway { assessment, .. }
            | Entry::Signs { assessment, .. } => mask(assessment),
            _ => {}
        }
    }
    for entry in &mut step.entries {
        match entry {
            Entry::Doubts { seat, needs, sees, .. } if foreign(role, world.seat(*seat).party) => {
                (*needs, *sees) = ((luck.next_u32() % 1000) as i32, (luck.next_u32() % 1000) as i32);
            }
            Entry::Stands { alternative, feasible, .. } => {
                *alternative = Portion::from(luck.next_u32() % 101) * PORTION;
                *feasible = Portion::from(luck.next_u32() % 101) * PORTION;
            }
            Entry::Ripeness { ripe, .. } => *ripe = luck.next_u32().is_multiple_of(2),
            Entry::Seat { seat, reasons, .. } if foreign(role, world.seat(*seat).party) => *reasons = None,
            Entry::Keeps { party, odds, .. } if foreign(role, *party) => *odds = u64::from(luck.next_u32()),
            Entry::Captured { odds, .. } | Entry::Repelled { odds, .. } | Entry::Attacks { odds, .. } => {
                *odds = u64::from(luck.next_u32());
            }
            Entry::Strained { load, tolerance, .. } => (*load, *tolerance) = (*tolerance, *load),
            _ => {}
        }
    }
    let keep = |entry: &Entry| match entry {
        Entry::Mandate { seat, .. } | Entry::Stays { seat, .. } => !foreign(role, world.seat(*seat).party),
        Entry::Changed { quantity, .. } | Entry::Failed { quantity, .. } => !secret(world, *quantity, role),
        _ => true,
    };
    step.entries.retain(keep);
    step.changes.retain(|change| !secret(world, model.cells[change.0].quantity, role));
}

#[test]
fn a_log_says_what_is_wrong_with_it() {
    use baraza::session::{Problem, read};
    assert_eq!(read(""), Err(Problem::Empty));
    assert_eq!(read("{}\n"), Err(Problem::Foreign));
    let model = model(GRAZING);
    let seats = everybody(&model.world);
    let mut session = Session::new(&model, header(&model.world, &seats, 1)).expect("they sit");
    let events = play(&mut session, |question| question.own().pick);
    let mut log = session::write(session.header());
    log.push_str("half a li\n");
    log.push_str(&session::write(&events[0]));
    assert!(matches!(read(&log), Err(Problem::Damaged { line: 2, .. })), "{:?}", read(&log));
    let wrong = [events[0].clone(), events[0].clone()];
    let refused = Session::resume(&model, session.header().clone(), &wrong);
    assert_eq!(refused.map(|_| ()).map_err(|(line, _)| line), Err(2));
    let nobody = Header { seats: vec!["nobody".into()], ..session.header().clone() };
    assert!(Session::new(&model, nobody).is_err());
}

#[test]
fn a_person_can_refuse_everything() {
    let model = model(GRAZING);
    let seats = [everybody(&model.world)[0]];
    let mut table = Table::new(&model, &seats, 1, 0);
    while let Some(question) = table.question() {
        let none = question.find("none").or(question.find("stay")).unwrap_or(question.own()).pick;
        assert!(table.decide(99).is_err(), "nobody can pick what is not there");
        table.decide(none).expect("it is open");
    }
    let agreed = table.steps().iter().any(|s| s.entries.iter().any(|e| matches!(e, Entry::Agreed { .. })));
    assert!(!agreed && table.over() && table.decide(0).is_err());
    let moments: &[Moment] = table.moments();
    assert!(moments.iter().any(|m| m.question.find("none").is_some()), "it was asked what it accepts");
}

/// With a person in every seat, what one sees follows from what the others decide: not from what the rule would have made of
/// points that nobody else knows.
#[test]
fn what_others_want_shows_only_in_what_they_decide() {
    let other =
        GRAZING.replace("lowland = 10 }", "lowland = 45 }").replace("lowland = 70 }", "lowland = 95 }");
    let (open, other) = (model(GRAZING), model(&other));
    let role = Decider::find(&open.world, "highland").expect("it is there");
    for answers in [["none", "none"], ["whole", "nothing"], ["half", "half"]] {
        let told = |model: &Model| {
            let mut table = Table::new(model, &everybody(&model.world), 1, 0);
            while let Some(question) = table.question() {
                let answer = answers[usize::from(question.who != role)];
                let named = question.find(answer).or(question.find("sign")).or(question.find("keep"));
                let pick = named.map_or(question.alternatives[0].pick, |a| a.pick);
                table.decide(pick).expect("it is open");
            }
            let sight = Sight::of(&model.world, role);
            seen(model, sight, table.steps(), 0, Detail::Full, false)
        };
        let text = told(&open);
        assert_eq!(text, told(&other), "{answers:?}");
        assert!(!text.contains("short"), "nobody's rule decided: {text}");
    }
}

#[test]
fn nothing_is_agreed_over_a_refusal_in_doha() {
    let model = model(include_str!("../scenarios/doha-2025.toml"));
    let Ok(Decider::Party(drc)) = Decider::find(&model.world, "drc") else { panic!("it is a party") };
    let proposals: usize = (1..=6).map(|seed| refuse_everything(&model, drc, seed)).sum();
    assert!(proposals > 0, "a mediator proposed something");
}

/// Refuses whatever is asked, and comes each round; on tracks where all have to agree nothing is settled while the party is
/// in the room. How many proposals of mediators it refused.
fn refuse_everything(model: &Model, party: baraza::domain::PartyId, seed: u64) -> usize {
    let world = &model.world;
    let mut table = Table::new(model, &[Decider::Party(party)], seed, 0);
    while let Some(question) = table.question() {
        let refusal = ["none", "no", "refuse", "stay", "return"].iter().find_map(|word| question.find(word));
        let pick = refusal.unwrap_or(question.own()).pick;
        table.decide(pick).expect("it is open");
    }
    let needed = |t: baraza::domain::TrackId| {
        let seat = world.seat_at(party, t);
        // A seat that is not admitted is not counted.
        let barred = |e: &Entry| match *e {
            Entry::Seat { seat: s, from, to, .. } => {
                Some(s) == seat && (from == SeatState::Barred || to == SeatState::Barred)
            }
            _ => false,
        };
        let initial = seat.map(|s| State::new(model).get(model, Q::SeatState(s)));
        let counted = initial != Some(SeatState::Barred as u8)
            && !table.steps().iter().any(|s| s.entries.iter().any(barred));
        seat.is_some() && counted && world.track(t).rule == baraza::domain::DecisionRule::Consensus
    };
    for entry in table.steps().iter().flat_map(|s| &s.entries) {
        if let Entry::Agreed { item, way, .. } = *entry {
            let formula =
                matches!(way, Way::Formula(_) | Way::Manipulation(..) | Way::Balance | Way::Proposal(_));
            assert!(!(formula && needed(world.item(item).track)), "{way:?} settled {item:?}");
        }
    }
    let proposed = |m: &&Moment| matches!(m.question.about, About::Proposal(..));
    table.moments().iter().filter(proposed).count()
}

/// Where a person puts a text before the parties, it is that text which is answered.
#[test]
fn a_mediator_writes_its_own_text() {
    let model = model(include_str!("../scenarios/camp-david-1978.toml"));
    let mediator = Decider::find(&model.world, &model.world.mediators[0].name.id).expect("there is one");
    let mut table = Table::new(&model, &[mediator], 1, 0);
    let mut wrote = Vec::new();
    while let Some(question) = table.question() {
        let last = question.alternatives.iter().rev().find(|a| a.option.is_some());
        if let Some(Some((item, option))) = last.map(|a| a.item.zip(a.option)) {
            wrote.push((item, option));
        }
        let pick = last.unwrap_or(question.own()).pick;
        table.decide(pick).expect("it is open");
        if table.round() > 1 {
            break;
        }
    }
    let drafted: Vec<(_, OptionId)> = table
        .steps()
        .iter()
        .flat_map(|s| &s.entries)
        .filter_map(|e| match e {
            Entry::Drafted { item, option } => Some((*item, *option)),
            _ => None,
        })
        .collect();
    assert!(!drafted.is_empty(), "a text was laid before the parties");
    assert_eq!(drafted, wrote[..drafted.len()]);
}

const GRAZING: &str = r#"
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
[item.pasture.option]
whole   = { highland = 100, lowland = 10 }
half    = { highland = 65, lowland = 70 }
nothing = { highland = 5, lowland = 100 }
[instrument.accord]
track = "talks"
seals = ["pasture"]
"#;
