//! Orders by round: an empty sheet is the model, a full one leaves no choice open, and orders that say what a person said at prompts
//! give the same talks.

mod support;

use std::collections::BTreeMap;

use baraza::analysis::resolve::{self, Aim, evaluate};
use baraza::domain::{Model, Quantity, World};
use baraza::drivers::decider::Decider;
use baraza::drivers::enumerate::{Always, MemoryBudget};
use baraza::drivers::philox::Stream;
use baraza::drivers::{Head, Sampler, Transcript, record};
use baraza::kernel::{Entry, State, What};
use baraza::scenario::parse_condition;
use baraza::session::orders::{self, Kind, Ordered, Sheet, Topic};
use baraza::session::{
    self, About, Closed, Event, Header, Holder, Pace, Question, Refused, Session, Sight, Table,
};
use baraza::telling::play::{View, weighs};
use proptest::prelude::*;
use rand::Rng;
use support::generate::{LARGE, SMALL, scenarios};
use support::secrets::changed as changed_world;
use support::{model, shipped};

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 500, ..ProptestConfig::default() }
}

fn everybody(world: &World) -> Vec<Decider> {
    world.all_roles().map(Decider::from).collect()
}

fn header(world: &World, seed: u64, by: Pace) -> Header {
    Header {
        format: session::FORMAT.into(),
        head: Head::new(&world.title, "f", seed, session::NOTE),
        run: 3,
        scenario: "generated.toml".into(),
        seats: everybody(world).iter().map(|s| s.id(world).into_owned()).collect(),
        by,
    }
}

fn begun<'a>(model: &'a Model, seed: u64, by: Pace) -> Session<'a> {
    Session::new(model, header(&model.world, seed, by)).expect("they sit")
}

/// Plays a session by round to its end; `sheet` gives a role's orders, where it gives any. Returns the events.
fn play(
    session: &mut Session,
    mut sheet: impl FnMut(&Session, Decider) -> Option<Sheet>,
    away: &[String],
) -> Vec<Event> {
    let mut events = Vec::new();
    while !session.table().over() {
        let round = session.table().round();
        for role in everybody(&session.model().world) {
            if let Some(sheet) = sheet(session, role) {
                let role = role.id(&session.model().world).into_owned();
                events.push(Event::Orders { round, role, sheet, by: String::new(), key: String::new() });
                session.apply(events.last().expect("it was added")).expect("the sheet can be");
            }
        }
        events.push(session.closing(away).expect("a round is due"));
        session.apply(events.last().expect("it was added")).expect("it fits");
    }
    events
}

/// The cells that changed in each step, with the round: which, from what, to what.
type Changes = Vec<(u8, Vec<(usize, u8, u8)>)>;

/// The record without the choices that are put to orders alone: whether to walk away from an exchange of offers.
fn asked_by_all(mut transcript: Transcript) -> Transcript {
    transcript.steps.iter_mut().for_each(|s| s.choices.retain(|c| c.site.what != What::WalkAway));
    transcript
}

/// What changed, without the choices and the numbers behind them, which are not told of people.
fn changed(transcript: &Transcript) -> Changes {
    let steps = transcript.steps.iter().filter(|s| !s.changes.is_empty());
    steps.map(|s| (s.round, s.changes.clone())).collect()
}

/// The state as a role may know it.
fn known(model: &Model, role: Decider, cells: &[u8]) -> State {
    let mut state = State::new(model);
    state.restore(&Sight::of(&model.world, role).cells(model, cells));
    state
}

/// A sheet in which every field of the round is decided, in some way that is always open.
fn full(model: &Model, role: Decider, state: &State, luck: &mut Stream) -> Sheet {
    let mut sheet = Sheet::default();
    let mut below = |n: usize| luck.next_u32() as usize % n.max(1);
    for field in orders::fields(model, role, &known(model, role, state.cells())) {
        let red = |word: &String| match (field.topic, role) {
            (Topic::Accept(_, i) | Topic::Motion(_, i) | Topic::Offer(_, i), Decider::Party(p)) => {
                let options = &model.world.item(i).options;
                let place = options.iter().position(|o| o.name.id == *word);
                place.is_some_and(|k| model.worth.never_accepts(p, i, baraza::domain::OptionId::new(k)))
            }
            _ => false,
        };
        let words = match &field.kind {
            Kind::Share => vec![format!("{}.{}", below(100), below(10))],
            Kind::One(words) => {
                let open: Vec<_> = words.iter().filter(|w| !red(w)).collect();
                // Where everything is beyond a red line, everything is open.
                match open.is_empty() {
                    true => vec![words[below(words.len())].clone()],
                    false => vec![open[below(open.len())].clone()],
                }
            }
            Kind::Moves(words, moves) => {
                let open: Vec<_> = words.iter().filter(|w| !red(w)).collect();
                let open = if open.is_empty() { words.iter().collect() } else { open };
                (0..1 + below(usize::from(*moves))).map(|_| open[below(open.len())].clone()).collect()
            }
            Kind::Ranked(words) => {
                let mut words = words.clone();
                for k in (1..words.len()).rev() {
                    words.swap(k, below(k + 1));
                }
                words
            }
            Kind::Several(words) => words.iter().filter(|_| below(2) == 0).cloned().collect(),
        };
        sheet.set(&field.key, words);
    }
    orders::check(model, role, &sheet).expect("fields take their own words");
    sheet
}

/// A person at prompts, who makes up its mind as it goes and sticks to it within a round; and the sheets that say the same.
#[derive(Default)]
struct Person {
    sheets: BTreeMap<(u8, String), Sheet>,
}

impl Person {
    /// Decides at a prompt; `None`: the person says `auto`.
    fn pick(&mut self, model: &Model, question: &Question, luck: &mut Stream) -> Option<usize> {
        let world = &model.world;
        let sheet =
            self.sheets.entry((question.site.round, question.who.id(world).into_owned())).or_default();
        let mut any =
            || question.alternatives[luck.next_u32() as usize % question.alternatives.len()].clone();
        let topic = match question.about {
            About::Seat(s) => match question.site.what {
                What::Attendance => Topic::Attendance(s),
                What::Return => Topic::Return(s),
                _ => Topic::Mandate(s),
            },
            About::Position(s, i) => Topic::Accept(s, i),
            About::Motion(s, i) => Topic::Motion(s, i),
            About::Offer(s, i) => Topic::Offer(s, i),
            About::Sign(p, n) => Topic::Sign(world.seat_at(p, world.instrument(n).track)?, n),
            About::Keep(p, n) => Topic::Keep(world.seat_at(p, world.instrument(n).track)?, n),
            About::Press(_, f) => Topic::Press(f),
            About::BreakDown(m, _) => Topic::EndTalks(m),
            About::Guarantee(m, _) => Topic::Guarantee(m),
            About::Action(m, _) => Topic::Actions(m),
            About::Matter(m, _, Some(_)) | About::Formula(m, _, Some(_)) => Topic::Matters(m),
            About::Formula(m, i, None) => Topic::Text(m, i),
            About::Matter(m, _, None) => Topic::Changes(m),
            About::Ballot(s, i, ..) => {
                // It votes for nothing on every second item.
                (i.at() % 2 == 0).then_some(())?;
                sheet.set(&Topic::Accept(s, i).key(model), vec!["none".into()]);
                return question.find("no").map(|a| a.pick);
            }
            About::Standing(..) | About::Change(..) | About::Text(..) | About::Proposal(..) => return None,
        };
        let key = topic.key(model);
        let mut words = sheet.words(&key).to_vec();
        let pick = match topic {
            Topic::Offer(..) => {
                let chosen = any();
                // A move that was not this person's to make had the one before it repeated: there was none to make.
                let baraza::domain::Turn::Offer(_, step) = question.site.turn else { unreachable!() };
                let last = words.last().cloned().unwrap_or_else(|| chosen.word.clone());
                words.resize(usize::from(step), last);
                words.push(chosen.word.clone());
                chosen.pick
            }
            Topic::Actions(_) => match words.iter().find_map(|w| question.find(w)) {
                Some(known) => known.pick,
                None => {
                    let chosen = any();
                    words.push(chosen.word);
                    chosen.pick
                }
            },
            Topic::Matters(_) => match question.about {
                About::Formula(_, i, _) => {
                    let id = &world.item(i).name.id;
                    let mut wanted =
                        words.iter().filter_map(|w| w.split_once(':').filter(|p| p.0 == id)).map(|p| p.1);
                    match wanted.find_map(|o| question.find(o)) {
                        Some(known) => known.pick,
                        None => {
                            let chosen = any();
                            words.push(format!("{id}:{}", chosen.word));
                            chosen.pick
                        }
                    }
                }
                _ => {
                    let mut wanted = words.iter().filter_map(|w| w.split(':').next());
                    match wanted.find_map(|i| question.find(i)) {
                        Some(known) => known.pick,
                        None => {
                            let chosen = any();
                            let options = &world.item(chosen.item.expect("an item")).options;
                            let option = &options[luck.next_u32() as usize % options.len()].name.id;
                            words.push(format!("{}:{option}", chosen.word));
                            chosen.pick
                        }
                    }
                }
            },
            Topic::Changes(m) => {
                let chosen = any();
                let draft = |i| question.package.iter().find(|p| p.0 == i).map(|p| p.1);
                let now = |i| draft(i).map(|o| world.item(i).options[o.at()].name.id.clone());
                match chosen.item {
                    Some(i) if world.item(i).options.len() > 1 => {
                        let options = &world.item(i).options;
                        let other = options.iter().map(|o| &o.name.id).find(|o| Some(*o) != now(i).as_ref());
                        sheet.set(&Topic::Text(m, i).key(model), vec![other.expect("another").clone()]);
                        words = vec![chosen.word];
                        chosen.pick
                    }
                    _ => {
                        // To leave the text as it is, it wants what the text has.
                        let (i, o) = *question.package.first().expect("the text");
                        let option = world.item(i).options[o.at()].name.id.clone();
                        sheet.set(&Topic::Text(m, i).key(model), vec![option]);
                        question.find("none").expect("nothing can be changed").pick
                    }
                }
            }
            _ => match words.first().and_then(|w| question.find(w)) {
                Some(known) => known.pick,
                None if !words.is_empty() => return None,
                None => {
                    let chosen = any();
                    words = vec![chosen.word];
                    chosen.pick
                }
            },
        };
        let sheet = self.sheets.get_mut(&(question.site.round, question.who.id(world).into_owned()))?;
        if !words.is_empty() {
            sheet.set(&key, words);
        }
        Some(pick)
    }
}

proptest! {
    #![proptest_config(config(150))]

    /// An untouched sheet, a team that is away, a seat that the model holds and `auto` at every prompt give the same bytes; and
    /// what is told of them is what is told of talks without people.
    #[test]
    fn an_empty_sheet_is_the_model(draft in scenarios(LARGE), seed in 0u64..1000) {
        let model = model(&draft.text());
        let sampled = record(&model, &mut Sampler::new(seed, 3));
        let mut prompts = Table::new(&model, &everybody(&model.world), seed, 3);
        while !prompts.over() {
            prompts.leave_to_model().expect("a decision is due");
        }
        let untouched = {
            let mut session = begun(&model, seed, Pace::Round);
            play(&mut session, |_, _| Some(Sheet::default()), &[]);
            session.table().transcript()
        };
        let absent = {
            let mut session = begun(&model, seed, Pace::Round);
            play(&mut session, |_, _| None, &[]);
            session.table().transcript()
        };
        let handed = {
            let mut session = begun(&model, seed, Pace::Round);
            for role in session.header().seats.clone() {
                session.apply(&Event::Seat { role, to: Holder::Model }).expect("it sits");
            }
            let mut luck = Stream::new(seed, 7);
            play(&mut session, |s, role| Some(full(s.model(), role, s.table().state(), &mut luck)), &[]);
            session.table().transcript()
        };
        prop_assert_eq!(&asked_by_all(untouched.clone()), &prompts.transcript());
        prop_assert_eq!(&untouched, &absent);
        prop_assert_eq!(&untouched, &handed);
        prop_assert_eq!(changed(&untouched), changed(&sampled));
        prop_assert_eq!(untouched.end, sampled.end);
    }

    /// Where every field is decided, every choice of the role is answered from its sheet, and stands on the sheet of the round.
    #[test]
    fn a_full_sheet_leaves_nothing_open(draft in scenarios(LARGE), seed in 0u64..1000) {
        let model = model(&draft.text());
        let mut luck = Stream::new(seed, 1);
        let mut table = Table::held(&model, &everybody(&model.world), seed, 3);
        while !table.over() {
            let sheets: Vec<(Decider, Sheet)> = everybody(&model.world)
                .into_iter()
                .map(|role| (role, full(&model, role, table.state(), &mut luck)))
                .collect();
            table.play_until(table.round());
            while let Some(question) = table.question() {
                let sheet = &sheets.iter().find(|s| s.0 == question.who).expect("everybody sits").1;
                let pick = orders::answer(&model, table.state(), orders::Past::Steps(table.steps()), question, sheet);
                prop_assert!(pick.is_some(), "{:?} is left open by {:?}", question, sheet);
                table.decide(pick.expect("it was just checked")).expect("it is open");
            }
        }
    }

    /// Orders that say what a person said at the prompts give the same talks, and a log of them gives the same talks again.
    #[test]
    fn orders_say_what_prompts_said(draft in scenarios(LARGE), seed in 0u64..1000) {
        let model = model(&draft.text());
        let mut luck = Stream::new(seed, 2);
        let mut person = Person::default();
        let mut prompts = Table::new(&model, &everybody(&model.world), seed, 3);
        while let Some(question) = prompts.question().cloned() {
            match person.pick(&model, &question, &mut luck) {
                Some(pick) => prompts.decide(pick).expect("it is open"),
                None => prompts.leave_to_model().expect("it is due"),
            };
        }
        let mut session = begun(&model, seed, Pace::Round);
        let events = play(&mut session, |session, role| {
            let role = role.id(&session.model().world).into_owned();
            person.sheets.get(&(session.table().round(), role)).cloned()
        }, &[]);
        prop_assert_eq!(&asked_by_all(session.table().transcript()), &prompts.transcript());
        let mut log = session::write(session.header());
        events.iter().for_each(|e| log.push_str(&session::write(e)));
        let read = session::read(&log).expect("it is a log");
        prop_assert_eq!(&read.events, &events);
        let again = Session::resume(&model, read.header, &read.events).expect("it fits");
        prop_assert_eq!(again.table().transcript(), session.table().transcript());
        prop_assert_eq!(again.table_of(1).expect("it is there").transcript(), session.table().transcript());
    }

    /// A round that is taken back is played again from the same luck; the other branch stays.
    #[test]
    fn a_round_is_taken_back(draft in scenarios(SMALL), seed in 0u64..1000, back in 0.0..1.0f64) {
        let model = model(&draft.text());
        let mut luck = Stream::new(seed, 3);
        let mut session = begun(&model, seed, Pace::Round);
        let events = play(&mut session, |s, role| Some(full(s.model(), role, s.table().state(), &mut luck)), &[]);
        let first = session.table().transcript();
        let last = session.branches()[0].closed;
        let round = 1 + (f64::from(last - 1) * back) as u8;
        let later = session.apply(&Event::Rewind { from: 1, round: last + 1 });
        prop_assert!(later.is_err());
        session.apply(&Event::Rewind { from: 1, round }).expect("it was closed");
        prop_assert_eq!(session.table().round(), round);
        let at = |e: &&Event| matches!(e, Event::Orders { round: r, .. } | Event::Close { round: r, .. } if *r >= round);
        events.iter().filter(at).for_each(|e| session.apply(e).expect("it fits"));
        prop_assert_eq!(session.table().transcript(), first.clone());
        prop_assert_eq!(session.table_of(1).expect("it is there").transcript(), first);
    }

    /// What the sheet of a role lists does not depend on what it may not know.
    #[test]
    fn what_is_hidden_changes_no_sheet(draft in scenarios(LARGE), seed in 0u64..1000, noise: u64) {
        let model = model(&draft.text());
        let mut luck = Stream::new(noise, 4);
        let mut table = Table::held(&model, &everybody(&model.world), seed, 3);
        while !table.over() {
            for role in everybody(&model.world) {
                let sight = Sight::of(&model.world, role);
                let mut cells = table.state().cells().to_vec();
                for (value, cell) in cells.iter_mut().zip(&model.cells) {
                    if !sight.knows(cell.quantity) {
                        *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
                    }
                }
                let here = orders::fields(&model, role, &known(&model, role, table.state().cells()));
                prop_assert_eq!(here, orders::fields(&model, role, &known(&model, role, &cells)));
            }
            table.play_until(table.round());
            while table.question().is_some() {
                table.leave_to_model().expect("it is due");
            }
        }
    }
}

const LESSON: &str = "tutorial/3-spoiler-and-front";

#[test]
fn what_is_injected_happens_before_the_round() {
    let model = shipped(LESSON, &[]);
    let front = model.cells.iter().map(|c| c.quantity).find(|q| matches!(q, Quantity::Intensity(_)));
    let path = model.world.path(front.expect("there is a front"));
    let mut session = begun(&model, 5, Pace::Round);
    let before = session.table().state().get(&model, front.expect("there is a front"));
    let other = if before == 4 { "quiet" } else { "offensive" };
    let inject = |effect: String, round: u8| Event::Inject { round, effect };
    session.apply(&inject(format!("{path} = {other}"), 1)).expect("it can be");
    assert_ne!(session.table().state().get(&model, front.expect("there is a front")), before);
    assert!(matches!(session.apply(&inject(format!("{path} = {other}"), 2)), Err(Refused::Round { .. })));
    assert!(matches!(session.apply(&inject("round = 3".into(), 1)), Err(Refused::Injection(_))));
    assert!(matches!(session.apply(&inject(format!("{path} = nowhere"), 1)), Err(Refused::Injection(_))));
    assert!(matches!(session.apply(&inject(format!("{path} += 0"), 1)), Err(Refused::Injection(_))));
    let event = &model.world.events[0].name.id;
    session.apply(&inject(format!("event.{event}"), 1)).expect("it can be");
    let entries: Vec<Entry> = session.table().transcript().entries().map(|e| e.2).collect();
    assert!(entries.iter().any(|e| matches!(e, Entry::Fires { .. })), "{entries:?}");
    play(&mut session, |_, _| None, &[]);
    let end = session.table().transcript();
    assert_eq!(session.table_of(1).expect("it is there").transcript(), end);
    // Going back to round 1 undoes it, going back to round 2 does not.
    session.apply(&Event::Rewind { from: 1, round: 2 }).expect("it was closed");
    play(&mut session, |_, _| None, &[]);
    assert_eq!(session.table().transcript(), end);
    session.apply(&Event::Rewind { from: 1, round: 1 }).expect("it was closed");
    assert!(session.table().steps().is_empty());
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let model = shipped("tutorial/2-mediator", &[]);
    let mut session = begun(&model, 5, Pace::Round);
    let role = session.header().seats[0].clone();
    let order = |key: &str, words: &[&str], round: u8| {
        let mut sheet = Sheet::default();
        sheet.set(key, words.iter().map(|w| (*w).to_owned()).collect());
        Event::Orders { round, role: role.clone(), sheet, by: String::new(), key: String::new() }
    };
    let floor = orders::topics(&model, session.seats()[0])
        .into_iter()
        .find(|t| matches!(t, Topic::Floor(_)))
        .expect("it sits")
        .key(&model);
    assert!(session.apply(&order(&floor, &["50"], 1)).is_ok());
    for (wrong, said) in [
        (order("floor.nowhere", &["50"], 1), "no field `floor.nowhere`"),
        (order(&floor, &["150"], 1), "0 to 100"),
        (order(&floor, &["50", "60"], 1), "one number"),
        (order(&floor, &["50"], 2), "round 1 is due"),
        (order("actions", &["facilitate"], 1), "no field"),
    ] {
        let refused = session.apply(&wrong).expect_err("it cannot be").to_string();
        assert!(refused.contains(said), "{refused}");
    }
    assert_eq!(session.sheet(&role).expect("it gave orders").word(&floor), Some("50"));
    let Ok(Event::Close { round, model: by, state }) = session.closing(&[]) else {
        panic!("it can be closed")
    };
    let other =
        Event::Close { round, model: by.clone(), state: state.replace(|c: char| c.is_ascii_digit(), "f") };
    assert!(matches!(session.apply(&other), Err(Refused::State { .. })));
    assert_eq!(session.table().round(), 1);
    session.apply(&Event::Close { round, model: by, state }).expect("it fits");
    assert!(session.sheet(&role).is_none(), "orders hold for one round");
    assert!(matches!(session.deciding(0), Err(Refused::Pace(Pace::Round))));
    let mut prompts = begun(&model, 5, Pace::Decision);
    assert!(matches!(prompts.apply(&order(&floor, &["50"], 1)), Err(Refused::Pace(Pace::Decision))));
}

/// The floor takes the place of what the party needs: at 0 something is always accepted, at 100 what is left to be named is rare.
#[test]
fn a_floor_stands_for_what_is_needed() {
    let model = shipped("tutorial/2-mediator", &[]);
    let refused = |floor: &str| {
        let mut table = Table::held(&model, &everybody(&model.world), 5, 3);
        let (mut all, mut nothing) = (0, 0);
        table.play_until(3);
        while let Some(question) = table.question() {
            let mut sheet = Sheet::default();
            for topic in orders::topics(&model, question.who) {
                if let Topic::Floor(_) = topic {
                    sheet.set(&topic.key(&model), vec![floor.into()]);
                }
            }
            let pick =
                orders::answer(&model, table.state(), orders::Past::Steps(table.steps()), question, &sheet);
            if let (About::Position(..), Some(pick)) = (question.about, pick) {
                all += 1;
                nothing += usize::from(question.picked(pick).expect("it is open").option.is_none());
            }
            match pick {
                Some(pick) => table.decide(pick).expect("it is open"),
                None => table.leave_to_model().expect("it is due"),
            };
        }
        (all, nothing)
    };
    let ((all, none), (asked, refused)) = (refused("0"), refused("100"));
    assert!(all > 0 && asked > 0, "positions are asked for");
    assert_eq!(none, 0, "nothing is worth less than nothing");
    assert!(refused < asked, "the best option of an item alone is worth all of it");
}

/// The same sheet of a role in every round, as a session would have closed them.
fn every_round(model: &Model, role: &str, sheet: &Sheet) -> Vec<Closed> {
    let closed = |round| {
        let sheets = [(role.to_owned(), sheet.clone())].into();
        Closed { round, sheets, model: Vec::new() }
    };
    (1..=model.world.rounds).map(closed).collect()
}

proptest! {
    #![proptest_config(config(12))]

    /// What orders are worth, worked out exactly, is how often sessions with these orders end so.
    #[test]
    fn orders_are_worth_what_sessions_come_to(draft in scenarios(SMALL), seed: u64, who: prop::sample::Index) {
        let model = model(&draft.text());
        let roles = everybody(&model.world);
        let role = roles[who.index(roles.len())];
        let id = role.id(&model.world).into_owned();
        let sheet = full(&model, role, &State::new(&model), &mut Stream::new(seed, 2));
        let deciders = [role];
        let outcome = parse_condition(&format!("outcome == {}", model.world.outcomes[0].name.id), &model.world).expect("it is one");
        let aims = [Aim::of(&model, &outcome, false)];
        let question = resolve::Question { model: &model, deciders: &deciders, aims: &aims, room: MemoryBudget::of(150_000) };
        let empty = Ordered::of(&model, &deciders, &every_round(&model, &id, &Sheet::default())).expect("it can be followed");
        let Ok(left) = evaluate(question, &empty, |_, _| true) else { return Ok(()) };
        let own = evaluate(question, &Always(&[]), |_, _| true).expect("as large");
        prop_assert!((left.values[0] - own.values[0]).abs() < 1e-12, "an empty sheet is the model: {:?} {:?}", left.values, own.values);
        let ordered = Ordered::of(&model, &deciders, &every_round(&model, &id, &sheet)).expect("it can be followed");
        let Ok(worth) = evaluate(question, &ordered, |_, _| true) else { return Ok(()) };
        let (p, share) = (worth.values[0], share_of_sessions(&model, role, &sheet, seed));
        prop_assert!(near(p, share), "{share} of {SESSIONS} sessions, {p} worked out, for {sheet:?}");
    }
}

const SESSIONS: u32 = 300;

/// In how many sessions by this sheet of a role in every round the first outcome comes about.
fn share_of_sessions(model: &Model, role: Decider, sheet: &Sheet, seed: u64) -> f64 {
    let ends = |run: u32| {
        let mut session =
            Session::new(model, Header { run, ..header(&model.world, seed, Pace::Round) }).expect("they sit");
        play(&mut session, |_, r| (r == role).then(|| sheet.clone()), &[]);
        session.table().state().get(model, Quantity::Outcome) == 1
    };
    f64::from((0..SESSIONS).filter(|run| ends(*run)).count() as u32) / f64::from(SESSIONS)
}

/// Whether a share of sessions can be of this probability.
fn near(p: f64, share: f64) -> bool {
    (share - p).abs() <= 5.0 * libm::sqrt(p * (1.0 - p) / f64::from(SESSIONS)) + 1e-9
}

/// Two who keep a truce.
const TRUCE: &str = r#"
[scenario]
title = "A truce"
start = 2031-01-01
rounds = 5
[party.a]
[party.b]
[track.t]
seats = ["a", "b"]
[instrument.truce]
track = "t"
breach_limit = 2
provides = ["verification"]
[outcome.lost]
when = "instrument.truce.state == broken"
[outcome.kept]
[dynamics]
consult = 0
mandate = { firm = 0, planned = 1, flexible = 0 }
walk_out = { base = 0, distrust = 0 }
compliance = { base = 0.2, restore = 0.9 }
"#;

/// Orders for the first party to keep what it has signed unless something happens, and for how much that changes their worth.
fn released_by(word: &str, model: &Model) -> f64 {
    let world = &model.world;
    let role = everybody(world)[0];
    let (deciders, id) = ([role], role.id(world).into_owned());
    let outcome = parse_condition("outcome == lost", world).expect("it is one");
    let aims = [Aim::of(model, &outcome, false)];
    let question =
        resolve::Question { model, deciders: &deciders, aims: &aims, room: MemoryBudget::of(500_000) };
    let worth = |sheet: &Sheet| {
        let ordered =
            Ordered::of(model, &deciders, &every_round(model, &id, sheet)).expect("it can be followed");
        evaluate(question, &ordered, |_, _| true).expect("there is room").values[0]
    };
    let mut sheet = Sheet::default();
    sheet.set("keep.truce", vec!["keep".into()]);
    let kept = worth(&sheet);
    sheet.set("unless.truce", vec![word.to_owned()]);
    let (p, share) = (worth(&sheet), share_of_sessions(model, role, &sheet, 7));
    assert!(near(p, share), "{word}: {share} of sessions, {p} worked out");
    p - kept
}

#[test]
fn orders_that_hang_on_what_happened_are_worth_what_sessions_come_to() {
    assert!(released_by("broken", &model(TRUCE)) > 0.01);
    let front =
        "[front.ford]\nholder = \"a\"\nintensity = \"heavy\"\nbelligerents = [\"a\", \"b\"]\n[outcome.lost]";
    let fought = model(
        &TRUCE
            .replace("[outcome.lost]", front)
            .replace("rounds = 5", "rounds = 3")
            .replace("breach_limit = 2", "breach_limit = 1"),
    );
    assert!(released_by("lost", &fought) > 0.01);
    assert!(released_by("offensive", &fought) > 0.01);
}

#[test]
fn orders_of_nobody_are_refused() {
    let model = shipped("tutorial/3-spoiler-and-front", &[]);
    let role = everybody(&model.world)[0];
    assert!(Ordered::of(&model, &[role], &[]).is_err(), "there are none");
}

proptest! {
    #![proptest_config(config(25))]

    /// What the model would weigh beside a field hangs on nothing that others hide, and on no luck of the talks.
    #[test]
    fn what_is_weighed_beside_a_field_tells_nothing_hidden(draft in scenarios(SMALL), seed: u64, who: prop::sample::Index) {
        let open = model(&draft.text());
        let roles = everybody(&open.world);
        let role = roles[who.index(roles.len())];
        let mut luck = Stream::new(seed, 4);
        let hidden = Model::new(changed_world(&open.world, role, &mut luck));
        let mut session = begun(&open, seed, Pace::Round);
        for _ in 0..4 {
            let cells = session.table().state().cells().to_vec();
            let mut other = cells.clone();
            let sight = Sight::of(&open.world, role);
            for (value, cell) in other.iter_mut().zip(&open.cells) {
                if !sight.knows(cell.quantity) {
                    *value = (luck.next_u32() % (u32::from(cell.max) + 1)) as u8;
                }
            }
            let here = weighs(&View::new(&open, role, &cells));
            prop_assert_eq!(&here, &weighs(&View::new(&hidden, role, &other)));
            let keys: Vec<String> = orders::topics(&open, role).iter().map(|t| t.key(&open)).collect();
            prop_assert!(here.keys().all(|key| keys.contains(key)), "{:?}", here);
            if session.table().over() {
                break;
            }
            let event = session.closing(&[]).expect("a round is due");
            session.apply(&event).expect("it fits");
        }
    }
}

/// An exchange of offers in which nobody would leave, or one party once its deadline has passed.
fn offers(leaves: bool) -> Model {
    model(&format!(
        r#"
[scenario]
title = "An exchange of offers"
start = 2031-03-01
rounds = 3
round_days = 14

[party.a]
alternative = 60
consult = 0
tactic = {{ kind = "boulware", beta = 0.1, deadline = 1, walks_away = {leaves} }}
[party.b]
alternative = 0
consult = 0
tactic = {{ kind = "fixed", demand = 100 }}

[track.t]
seats = ["a", "b"]
procedure = "alternating-offers"

[item.i]
track = "t"
[item.i.option]
x = {{ a = 60, b = 30 }}
y = {{ a = 30, b = 60 }}
[item.j]
track = "t"
[item.j.option]
x = {{ a = 40, b = 20 }}
y = {{ a = 20, b = 40 }}

[outcome.done]
when = "item.i.settled"
"#
    ))
}

/// Walking away from an exchange of offers is a field: as the model unless it is set, either way.
#[test]
fn a_role_walks_away_from_an_exchange_of_offers_or_stays() {
    let walked = |model: &Model, word: Option<&str>| {
        let mut sheet = Sheet::default();
        sheet.set("leave.t", word.map(str::to_owned).into_iter().collect());
        let mut session = begun(model, 3, Pace::Round);
        play(&mut session, |_, role| (role.id(&model.world) == "a").then(|| sheet.clone()), &[]);
        let steps = session.table().transcript();
        let own =
            |seat: baraza::domain::SeatId| model.world.party(model.world.seat(seat).party).name.id == "a";
        let out = baraza::domain::SeatState::WalkedOut;
        let leaves = |e: &Entry| matches!(*e, Entry::Seat { seat, to, .. } if own(seat) && to == out);
        let left = steps.entries().find(|(_, _, e)| leaves(e)).map(|(round, ..)| round);
        let rule = |e: &Entry| matches!(*e, Entry::WalksAway { assessment, .. } if own(assessment.seat));
        (left, steps.entries().any(|(_, _, e)| rule(&e)))
    };
    let (patient, hasty) = (offers(false), offers(true));
    assert_eq!(walked(&patient, None), (None, false));
    assert_eq!(walked(&patient, Some("walk-away")), (Some(1), false), "for reasons of its own");
    assert_eq!(walked(&patient, Some("bargain-on")), (None, false));
    assert_eq!(walked(&hasty, None), (Some(2), true), "its deadline has passed");
    assert_eq!(walked(&hasty, Some("walk-away")).0, Some(1), "before its deadline");
    assert_eq!(walked(&hasty, Some("bargain-on")), (None, false));
}
