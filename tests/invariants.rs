//! The invariants of the model (docs/model.md, "Invariants"), over whole random scenarios.
//!
//! `PROPTEST_CASES=20000 cargo test --release --test invariants` is the long run.

mod support;

use std::collections::BTreeMap;

use baraza::agents::take_turn;
use baraza::domain::{
    InstrumentState, ItemState, Lifecycle, Model, ONE, PackageRule, PartyId, Quantity as Q, SeatId,
    SeatState, Turn, Weight,
};
use baraza::drivers::{Recorded, Sampler, Transcript, record, replay};
use baraza::kernel::{Assessment, Cause, Chooser, Chronicle, Entry, Site, State, Way, target, worth};
use proptest::prelude::*;
use support::draft::Draft;
use support::generate::{LARGE, SMALL, scenarios};
use support::luck::{luck, repeated};
use support::model;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 2000, ..ProptestConfig::default() }
}

fn run(model: &Model, seed: u64, run: u32) -> Transcript {
    record(model, &mut Sampler::new(seed, run))
}

/// A transcript in words that do not depend on the order of listing: the choices of every turn, and what changed in
/// every phase of a round (two observers may both raise an exposure; which of them comes first is not told).
fn told(model: &Model, transcript: &Transcript) -> BTreeMap<String, Vec<String>> {
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for step in &transcript.steps {
        let phase = format!("{:03} {}", step.round, step.turn.name());
        let turn = format!("{phase} {}", place(model, step.turn));
        let choices = step.choices.iter().map(|c| format!("{:?} {:?} {}", c.site.what, c.weights, c.pick));
        told.entry(turn).or_default().extend(choices);
        // Whom a party wronged is kept as places in the list of parties.
        let told_of = |cell: &usize| !matches!(model.cells[*cell].quantity, Q::Wronged(..));
        let changes = step.changes.iter().filter(|c| told_of(&c.0));
        let changes = changes.map(|(cell, from, to)| change(model, *cell, *from, *to));
        told.entry(phase).or_default().extend(changes);
    }
    told.retain(|_, lines| !lines.is_empty());
    told.values_mut().for_each(|lines| lines.sort());
    told
}

fn place(model: &Model, turn: Turn) -> String {
    let track = match turn {
        Turn::Convene(s) | Turn::Instruct(s) => &model.world.track(model.world.seat(s).track).name.id,
        _ => "",
    };
    format!("{} {track}", turn.agent(&model.world))
}

fn change(model: &Model, cell: usize, from: u8, to: u8) -> String {
    let q = model.cells[cell].quantity;
    format!("{}: {} -> {}", model.world.path(q), model.value_name(q, from), model.value_name(q, to))
}

/// Plays a run turn by turn and shows each: the state before, after, and what was chosen and noted.
struct Watch<'a> {
    model: &'a Model,
    sampler: Sampler,
    choices: Vec<(Site, Vec<Weight>)>,
    entries: Vec<Entry>,
}

impl Chooser for Watch<'_> {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        self.choices.push((site, weights.to_vec()));
        self.sampler.choose(site, weights)
    }
}

#[derive(Default)]
struct Notes(Vec<Entry>);

impl Chronicle for Notes {
    fn note(&mut self, _turn: Turn, entry: Entry) {
        self.0.push(entry);
    }
}

fn watch(model: &Model, seed: u64, mut see: impl FnMut(Turn, &State, &State, &Watch)) {
    let mut watch = Watch { model, sampler: Sampler::new(seed, 0), choices: Vec::new(), entries: Vec::new() };
    let mut state = State::new(model);
    while state.get(model, Q::Outcome) == 0 {
        for turn in &model.turns {
            let before = state.clone();
            let mut notes = Notes::default();
            watch.choices.clear();
            take_turn(model, &mut state, *turn, &mut watch, &mut notes);
            watch.entries = notes.0;
            see(*turn, &before, &state, &watch);
        }
    }
    assert_eq!(watch.model.cells.len(), state.cells().len());
}

/// The quantities that a turn may change besides those that effects and breaches reach.
fn may_change(model: &Model, turn: Turn, q: Q) -> bool {
    let world = &model.world;
    let on_track = |t| match q {
        Q::ItemState(i) | Q::ItemOption(i) | Q::Imposed(i) | Q::Guarantee(i) => world.item(i).track == t,
        _ => false,
    };
    // Where an item comes to be settled or open again, so may the whole agenda.
    if let Q::AgreedIn(t) = q {
        return world.track(t).items.iter().any(|i| may_change(model, turn, Q::ItemState(*i)));
    }
    // Where talks get further, that is remembered until the round is assessed.
    if let Q::Advanced(t) = q {
        let settles = world.track(t).items.iter().any(|i| may_change(model, turn, Q::ItemState(*i)));
        return settles || matches!(turn, Turn::Assess | Turn::Conclude(_));
    }
    match turn {
        Turn::Reserve(p) => q == Q::Reserve(p),
        Turn::Open(t) => match q {
            Q::TrackState(x) | Q::Stall(x) => x == t,
            Q::SeatState(s) => world.seat(s).track == t,
            _ => false,
        },
        Turn::Convene(s) => q == Q::SeatState(s),
        Turn::Instruct(s) => matches!(q, Q::Mandate(x) | Q::Memory(x, _) if x == s),
        Turn::Table(t) => {
            q == Q::TrackState(t)
                || q == Q::Stall(t)
                || matches!(q, Q::ItemState(i) if world.item(i).track == t)
        }
        Turn::Bargain(i) => matches!(q, Q::ItemState(x) | Q::ItemOption(x) | Q::Imposed(x) if x == i),
        Turn::Offer(t, _) => match q {
            Q::Offerer(x) => x == t,
            Q::SeatState(s) | Q::Assent(s) | Q::Tally(s, _) | Q::Memory(s, _) => world.seat(s).track == t,
            Q::ItemState(i) | Q::ItemOption(i) | Q::Imposed(i) | Q::Draft(i) => world.item(i).track == t,
            _ => false,
        },
        Turn::Text(t) => match q {
            Q::ItemState(i) | Q::ItemOption(i) | Q::Imposed(i) | Q::Draft(i) | Q::Refused(i) => {
                world.item(i).track == t
            }
            _ => false,
        },
        Turn::Recess(t) => matches!(q, Q::Mandate(s) if world.seat(s).track == t),
        Turn::Mediate(m) => {
            let track = world.mediator(m).track.expect("it acts");
            on_track(track)
                || q == Q::MediatorState(m)
                || q == Q::Leverage(m)
                || q == Q::Deadline(track)
                || matches!(q, Q::BackerPressure(_))
                || matches!(q, Q::Pressure(p) | Q::Optimism(p) if world.seat_at(p, track).is_some())
                || matches!(q, Q::Trust(a, b) if world.seat_at(a, track).is_some() && world.seat_at(b, track).is_some())
        }
        Turn::Front(f) => match q {
            Q::Intensity(x) | Q::Holder(x) | Q::PressedBy(x) => x == f,
            _ => false,
        },
        Turn::Spoiler(s) => {
            let it = world.spoiler(s);
            matches!(q, Q::SpoilerState(x) | Q::Blame(x) | Q::Strength(x) if x == s)
                || matches!(q, Q::Trust(a, b) if Some(a) == it.victim && Some(b) == it.blamed_on)
        }
        Turn::Backer(b) => matches!(q, Q::Support(x) | Q::Exposure(x) | Q::BackerPressure(x) if x == b),
        Turn::Observer(o) => {
            q == Q::ObserverState(o) || matches!(q, Q::Exposure(_) | Q::Blame(_) | Q::Trust(..))
        }
        Turn::Endure(p) => {
            matches!(q, Q::Weariness(x) | Q::Pressure(x) | Q::Optimism(x) | Q::Ceasefire(x) if x == p)
                || matches!(q, Q::Trust(a, _) if a == p)
        }
        Turn::Assess => matches!(
            q,
            Q::Round
                | Q::Outcome
                | Q::TrackState(_)
                | Q::Stall(_)
                | Q::Conceded(_)
                | Q::Wronged(..)
                | Q::PressedBy(_)
        ),
        // Effects reach whatever the scenario names; breaches reach trust, items and ceasefires.
        Turn::Conclude(_) | Turn::Comply(_) | Turn::Event(_) => {
            !matches!(q, Q::Round | Q::Outcome | Q::Mandate(_))
        }
    }
}

/// Whether the table of a state's kind has a path of one or two rows (two when a turn makes two moves).
fn allowed<S: Lifecycle>(from: u8, to: u8) -> bool {
    let (from, to) = (S::ALL[from as usize], S::ALL[to as usize]);
    from.may_become(to) || S::ALL.iter().any(|mid| from.may_become(*mid) && mid.may_become(to))
}

fn state_move_allowed(q: Q, from: u8, to: u8) -> bool {
    use baraza::domain as d;
    match q {
        Q::SeatState(_) => allowed::<d::SeatState>(from, to),
        Q::MediatorState(_) => allowed::<d::MediatorState>(from, to),
        Q::TrackState(_) => allowed::<d::TrackState>(from, to),
        Q::ItemState(_) => allowed::<d::ItemState>(from, to),
        Q::InstrumentState(_) => allowed::<d::InstrumentState>(from, to),
        Q::SpoilerState(_) => allowed::<d::SpoilerState>(from, to),
        Q::ObserverState(_) => allowed::<d::ObserverState>(from, to),
        Q::EventState(_) => allowed::<d::EventState>(from, to),
        _ => true,
    }
}

proptest! {
    #![proptest_config(config(150))]

    /// 1. Same scenario, seed and run: the same run, whatever else happens at the same time.
    #[test]
    fn runs_repeat_on_any_thread(draft in scenarios(LARGE), seed: u64, n: u32) {
        let model = model(&draft.text());
        let here = run(&model, seed, n);
        let there = std::thread::scope(|s| {
            let a = s.spawn(|| run(&model, seed, n));
            let b = s.spawn(|| run(&model, seed, n.wrapping_add(1)));
            b.join().expect("no panic");
            a.join().expect("no panic")
        });
        prop_assert_eq!(here, there);
    }

    /// 1. Listening changes nothing.
    #[test]
    fn listening_changes_nothing(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        let mut state = State::new(&model);
        Sampler::new(seed, 0).play(&model, &mut state);
        prop_assert_eq!(state.cells(), &run(&model, seed, 0).end[..]);
    }

    /// 2. Replaying a run's recorded choices gives the same run.
    #[test]
    fn replay_gives_the_same_run(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        let first = run(&model, seed, 0);
        let choices: Vec<Recorded> =
            first.steps.iter().flat_map(|s| &s.choices).map(|c| (c.site.what, c.pick)).collect();
        prop_assert_eq!(&replay(&model, &choices).expect("the record fits"), &first);
        if let Some((_, short)) = choices.split_last() {
            prop_assert!(replay(&model, short).is_err(), "a torn record was accepted");
        }
    }

    /// 3. Only table transitions happen, and a turn changes only what its rule names.
    #[test]
    fn turns_change_only_what_they_may(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, before, after, _| {
            for (cell, info) in model.cells.iter().enumerate() {
                let (from, to) = (before.cell(cell), after.cell(cell));
                if from != to {
                    let what = change(&model, cell, from, to);
                    assert!(may_change(&model, turn, info.quantity), "{turn:?} changed {what}");
                    assert!(state_move_allowed(info.quantity, from, to), "{turn:?} moved {what}");
                }
            }
        });
    }

    /// 4. A sealed item keeps its option until a breach or a broken instrument reopens it.
    #[test]
    fn sealed_items_keep_their_option(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, before, after, _| {
            for i in (0..model.world.items.len()).map(|k| k.into()) {
                let was = ItemState::of(before.get(&model, Q::ItemState(i)));
                let is = ItemState::of(after.get(&model, Q::ItemState(i)));
                if !matches!(was, ItemState::Sealed | ItemState::Implemented) {
                    continue;
                }
                if matches!(is, ItemState::Sealed | ItemState::Implemented) {
                    assert_eq!(before.get(&model, Q::ItemOption(i)), after.get(&model, Q::ItemOption(i)));
                } else {
                    let texts = || (0..model.world.instruments.len()).map(baraza::domain::InstrumentId::new);
                    let state = |s: &State, n| InstrumentState::of(s.get(&model, Q::InstrumentState(n)));
                    let cause = texts().any(|n| {
                        model.world.instrument(n).seals.contains(&i)
                            && state(before, n) != state(after, n)
                            && matches!(state(after, n), InstrumentState::Broken | InstrumentState::Drafting)
                    });
                    assert!(cause, "{turn:?} unsealed an item without breaking an instrument");
                }
            }
        });
    }

    /// 5. No instrument is signed while an item it needs is open, a signatory is out, or its red line is in it.
    #[test]
    fn signatures_are_proper(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, _, after, watch| {
            for entry in &watch.entries {
                let Entry::Instrument { instrument, to: InstrumentState::Signed, .. } = entry else { continue };
                let text = model.world.instrument(*instrument);
                for entry in &watch.entries {
                    if let Entry::Signs { instrument: n, assessment: Assessment { seat, red_line, .. }, signs, .. } = entry
                        && n == instrument
                    {
                        assert!(*signs && !red_line, "{turn:?}: signed without a signature");
                        let state = SeatState::of(after.get(&model, Q::SeatState(*seat)));
                        assert_ne!(state, SeatState::WalkedOut);
                    }
                }
                let signed = watch.entries.iter().filter(|e| matches!(e, Entry::Signs { instrument: n, .. } if n == instrument));
                assert_eq!(signed.count(), text.signatories.len());
            }
        });
        watch(&model, seed, |turn, before, after, _| {
            let Turn::Conclude(n) = turn else { return };
            let state = |s: &State| InstrumentState::of(s.get(&model, Q::InstrumentState(n)));
            let signed = state(before) != InstrumentState::Signed && state(after) == InstrumentState::Signed;
            if !signed {
                return;
            }
            let text = model.world.instrument(n);
            for p in &text.signatories {
                let seat = model.world.seat_at(*p, text.track).expect("signatories have seats");
                assert_eq!(SeatState::of(before.get(&model, Q::SeatState(seat))), SeatState::Seated);
                for i in &text.seals {
                    let option = before.get(&model, Q::ItemOption(*i));
                    assert!(option > 0, "an open item was signed");
                    let option = baraza::domain::OptionId(option - 1);
                    assert!(!worth::refuses(&model, before, *p, *i, option));
                }
            }
        });
    }

    /// 6. Under nothing-until-everything no item is sealed before the last one is agreed.
    #[test]
    fn nothing_until_everything(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, before, after, _| {
            for (k, track) in model.world.tracks.iter().enumerate() {
                if track.package != PackageRule::NothingUntilEverything {
                    continue;
                }
                let sealed_now = track.items.iter().any(|i| {
                    before.get(&model, Q::ItemState(*i)) == ItemState::Agreed as u8
                        && after.get(&model, Q::ItemState(*i)) == ItemState::Sealed as u8
                });
                let open = track.items.iter().any(|i| before.get(&model, Q::ItemOption(*i)) == 0);
                assert!(!(sealed_now && open), "{turn:?}: track {k} sealed an item while another was open");
            }
        });
    }

    /// 7. A party that is out makes no offer, accepts nothing, signs nothing.
    #[test]
    fn the_absent_do_nothing(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, before, _, watch| {
            let seated = |s: SeatId| SeatState::of(before.get(&model, Q::SeatState(s))) == SeatState::Seated;
            for entry in &watch.entries {
                match *entry {
                    Entry::View { assessment, accepts, .. } => assert!(!accepts || seated(assessment.seat)),
                    Entry::Agreed { way: Way::Package(s), .. } => assert!(seated(s), "{turn:?}"),
                    Entry::Offers { assessment } => assert!(seated(assessment.seat), "{turn:?}"),
                    Entry::Answers { assessment, accepts: true } => {
                        assert!(seated(assessment.seat), "{turn:?}");
                        assert!(!assessment.red_line, "{turn:?}");
                    }
                    Entry::Agreed { way: Way::Proposal(s) | Way::Vote(s), .. } => assert!(seated(s), "{turn:?}"),
                    Entry::Contested { moved_by: Some(s), .. } => assert!(seated(s), "{turn:?}"),
                    Entry::Signs { assessment, .. } => assert!(seated(assessment.seat)),
                    Entry::Mandate { seat, .. } => assert!(seated(seat)),
                    _ => {}
                }
            }
        });
    }

    /// 8. Cells stay in their bounds, and the weights of every choice sum to certainty.
    #[test]
    fn bounds_hold(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, _, after, watch| {
            for (cell, info) in model.cells.iter().enumerate() {
                assert!(after.cell(cell) <= info.max, "{turn:?}: {} is {}", model.world.path(info.quantity), after.cell(cell));
            }
            // What is not settled was not imposed.
            for i in (0..model.world.items.len()).map(baraza::domain::ItemId::new) {
                let imposed = after.get(&model, Q::Imposed(i)) == 1;
                assert!(!imposed || after.get(&model, Q::ItemOption(i)) > 0, "{turn:?}: {}", model.world.item(i).name.id);
            }
            for (site, weights) in &watch.choices {
                assert_eq!(weights.iter().sum::<Weight>(), ONE, "{site:?}");
                assert!(weights.iter().all(|w| *w < ONE), "{site:?} was no choice");
            }
            for s in (0..model.world.seats.len()).map(SeatId::new) {
                let alternative = baraza::kernel::worth::alternative(&model, after, s);
                assert!((0.0..=100.0).contains(&alternative));
                let gained = baraza::kernel::worth::gained(&model, after, s);
                assert!((0.0..=100.0).contains(&gained));
            }
        });
    }

    /// A ceasefire begins by an effect or because a text enters into force; a breach, a suspension or an ending begins none.
    #[test]
    fn nothing_that_ends_begins_a_ceasefire(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, _, after, watch| {
            for entry in &watch.entries {
                let Entry::Changed { quantity: Q::Ceasefire(_), to: 1, cause, .. } = entry else { continue };
                let begins = match cause {
                    Cause::Force(text) => {
                        let state = after.get(&model, Q::InstrumentState(*text));
                        InstrumentState::of(state) == InstrumentState::InForce
                    }
                    Cause::Event(_) | Cause::Signing(_) => true,
                    _ => false,
                };
                assert!(begins, "{turn:?}: {entry:?}");
            }
        });
    }

    /// A text that expires is kept no longer than its time and lapses no sooner; what it settled stays as it was.
    #[test]
    fn texts_lapse_in_time(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        let world = &model.world;
        watch(&model, seed, |turn, before, after, _| {
            let Turn::Comply(id) = turn else { return };
            let text = world.instrument(id);
            let Some(days) = text.expires_after else { return };
            let state = |s: &State| InstrumentState::of(s.get(&model, Q::InstrumentState(id)));
            let entered = before.get(&model, Q::Entered(id));
            let since = |round| world.day_of(after.get(&model, Q::Round)) - world.day_of(round);
            let binds = |s: InstrumentState| matches!(s, InstrumentState::InForce | InstrumentState::Suspended);
            assert_eq!(binds(state(before)), entered > 0, "{turn:?}");
            if binds(state(after)) && entered > 0 {
                assert!(since(entered) < i32::from(days), "{turn:?}: it should have lapsed");
            }
            if state(after) == InstrumentState::Lapsed && state(before) != InstrumentState::Lapsed {
                assert!(since(entered) >= i32::from(days), "{turn:?}: it lapsed too soon");
                for item in &text.seals {
                    assert_eq!(before.get(&model, Q::ItemState(*item)), after.get(&model, Q::ItemState(*item)));
                }
            }
        });
    }

    /// What would have been agreed without pressure is not imposed: who was moved did not accept before.
    #[test]
    fn only_what_somebody_was_moved_to_is_imposed(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, before, after, _| {
            let Turn::Mediate(m) = turn else { return };
            let track = model.world.mediator(m).track.expect("it acts");
            for item in model.world.track(track).items.iter().copied() {
                let settled = (after.get(&model, Q::Imposed(item)), after.get(&model, Q::ItemOption(item)));
                let (1, option @ 1..) = settled else { continue };
                if before.get(&model, Q::Imposed(item)) == 1 {
                    continue;
                }
                let mut then = before.clone();
                let option = baraza::domain::OptionId(option - 1);
                let short = model.world.track(track).seats.iter().any(|s| {
                    let seated = SeatState::of(then.get(&model, Q::SeatState(*s))) == SeatState::Seated;
                    let position = baraza::kernel::target::position(&model, &mut then, *s, item);
                    seated && !position.accepts(&model, &then, item, option, 0)
                });
                assert!(short, "{turn:?} imposed what everybody would have accepted");
            }
        });
    }

    /// 10. No change that is proposed crosses a red line of those in the room; with tolerance 0 each adopted text is worth no less to
    /// anybody than the last.
    #[test]
    fn adopted_texts_improve(draft in scenarios(LARGE), seed: u64) {
        use baraza::kernel::{package, worth};
        let model = model(&draft.text());
        watch(&model, seed, |turn, before, after, watch| {
            let Turn::Text(track) = turn else { return };
            let proposed = watch.entries.iter().filter_map(|e| match *e {
                Entry::Revises { item, to, .. } => Some((item, to)),
                _ => None,
            });
            for (item, to) in proposed {
                let seats = model.world.track(track).seats.iter().copied();
                let here = seats.filter(|s| SeatState::of(before.get(&model, Q::SeatState(*s))) == SeatState::Seated);
                for seat in here {
                    let party = model.world.seat(seat).party;
                    assert!(!worth::refuses(&model, before, party, item, to), "beyond a red line");
                }
            }
            let adopted = watch.entries.iter().find_map(|e| match *e {
                Entry::Revises { item, from, to, adopted: true, .. } => Some((item, from, to)),
                _ => None,
            });
            let Some((item, from, to)) = adopted else { return };
            let tolerance = model.world.track(track).tolerance().expect("a text");
            assert_eq!(package::draft(&model, before, item), Some(from));
            assert_eq!(package::draft(&model, after, item), Some(to));
            for seat in model.world.track(track).seats.iter().copied() {
                let party = model.world.seat(seat).party;
                if SeatState::of(before.get(&model, Q::SeatState(seat))) != SeatState::Seated {
                    continue;
                }
                let credit = |o| worth::credit(&model, before, party, item, o);
                let lets = i32::from(tolerance) * worth::table(&model, before, seat).total / 100;
                assert!(credit(to) >= credit(from) - lets, "{turn:?} cost somebody");
                assert!(!worth::refuses(&model, before, party, item, to));
            }
        });
    }

    /// A package is agreed only when every member of the track made or accepted it, and none beyond a red line.
    #[test]
    fn packages_have_consent(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, before, after, watch| {
            let Turn::Offer(track, _) = turn else { return };
            let agreed = watch.entries.iter().any(|e| matches!(e, Entry::Agreed { .. }));
            offers_are_followed(&model, (before, after), track, &watch.entries, agreed);
            for seat in model.world.track(track).seats.iter().copied().filter(|_| agreed) {
                let state = SeatState::of(after.get(&model, Q::SeatState(seat)));
                let now = watch.entries.iter().any(|e| match e {
                    Entry::Answers { assessment, accepts } => *accepts && assessment.seat == seat,
                    Entry::Offers { assessment } => assessment.seat == seat,
                    _ => false,
                });
                let said = now || before.get(&model, Q::Assent(seat)) == 1;
                assert!(state == SeatState::Barred || state == SeatState::Seated && said, "{turn:?}");
            }
            for item in model.world.track(track).items.iter().copied().filter(|_| agreed) {
                let option = baraza::kernel::worth::settled_option(&model, after, item).expect("settled");
                if baraza::kernel::worth::settled_option(&model, before, item).is_none() {
                    for seat in model.world.track(track).seats.iter().copied() {
                        let seated = SeatState::of(after.get(&model, Q::SeatState(seat))) == SeatState::Seated;
                        assert!(!seated || !model.worth.refuses(model.world.seat(seat).party, item, option));
                    }
                }
            }
        });
    }

    /// What the state remembers of a seat is what would be computed afresh.
    #[test]
    fn memory_is_never_stale(draft in scenarios(LARGE), seed: u64) {
        use baraza::kernel::ripe::{outlook, remembered};
        use baraza::kernel::worth::{compute_standing, standing};
        let model = model(&draft.text());
        // One state remembers from turn to turn; it takes over what changed.
        let mut state = State::new(&model);
        watch(&model, seed, |turn, _, after, _| {
            for (cell, value) in after.cells().iter().enumerate() {
                state.put(cell, *value);
            }
            for s in (0..model.world.seats.len()).map(SeatId::new) {
                assert_eq!(standing(&model, &mut after.clone(), s), compute_standing(&model, after, s), "{turn:?}");
                assert_eq!(standing(&model, &mut state, s), compute_standing(&model, after, s), "{turn:?}");
            }
            for t in (0..model.world.tracks.len()).map(baraza::domain::TrackId::new) {
                assert_eq!(remembered(&model, &mut after.clone(), t), outlook(&model, after, t), "{turn:?}");
                assert_eq!(remembered(&model, &mut state, t), outlook(&model, after, t), "{turn:?}");
            }
        });
    }

    /// 14. The order in which agents are listed changes nothing.
    #[test]
    fn listing_order_changes_nothing(draft in scenarios(LARGE), seed: u64) {
        let one = model(&draft.text());
        let other = model(&draft.reversed().text());
        prop_assert_eq!(told(&one, &run(&one, seed, 0)), told(&other, &run(&other, seed, 0)));
    }

    /// 15. Adding agents that never act and that nothing refers to changes nobody else's draws.
    #[test]
    fn idle_agents_change_nothing(draft in scenarios(LARGE), seed: u64) {
        let one = model(&draft.text());
        let other = model(&with_idlers(&draft).text());
        prop_assert_eq!(told(&one, &run(&one, seed, 0)), told(&other, &run(&other, seed, 0)));
    }

    /// A draw is the luck of the agents whose ids it is made of, and of nobody else: it hangs neither on the order of listing nor
    /// on what an agent is like, no two choices of a run share one, and other runs, rounds and purposes draw anew.
    #[test]
    fn draws_are_addressed(draft in scenarios(LARGE), seed: u64) {
        let one = model(&draft.text());
        let mut changed = with_idlers(&draft).reversed();
        let party = changed.tables.iter_mut().find(|t| t.kind == "party").expect("a party");
        party.keys.retain(|(k, _)| k != "alternative" && k != "tactic");
        party.keys.push(("alternative".into(), "71".into()));
        let other = model(&changed.text());
        let (ours, theirs) = (luck(&one, seed, 0..2), luck(&other, seed, 0..1));
        let (a, next, b) = (&ours[0], &ours[1], &theirs[0]);
        let mut shared = 0;
        for (whose, draw) in a {
            prop_assert!(b.get(whose).is_none_or(|d| d == draw), "{} is drawn anew", whose);
            shared += usize::from(b.contains_key(whose));
        }
        prop_assert!(shared > 0 || a.is_empty(), "nothing to compare");
        prop_assert!(repeated(a) <= 2);
        let same = a.iter().filter(|(whose, draw)| next.get(*whose) == Some(*draw)).count();
        prop_assert!(same <= 2, "{} draws of the next run are the same", same);
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// 9. Acceptable sets grow with trust, guarantee and weariness, shrink with the alternative and a firm mandate;
    /// the zone of agreement shrinks as consenting parties are added.
    #[test]
    fn acceptance_is_monotone(draft in scenarios(LARGE), seed: u64) {
        let model = model(&draft.text());
        watch(&model, seed, |turn, _, after, _| {
            if matches!(turn, Turn::Table(_) | Turn::Assess) {
                check_monotone(&model, after);
            }
        });
    }

    /// What a seat accepts of an item is the same asked option by option and asked for all of them, and is what the comparison of needs
    /// with what it sees says, red lines apart.
    #[test]
    fn sets_of_options_agree_with_single_ones(draft in scenarios(LARGE), seed: u64) {
        use baraza::domain::OptionId;
        let model = model(&draft.text());
        watch(&model, seed, |turn, _, after, _| {
            if !matches!(turn, Turn::Table(_) | Turn::Assess) {
                return;
            }
            let mut state = after.clone();
            for s in (0..model.world.seats.len()).map(SeatId::new) {
                for item in model.world.track(model.world.seat(s).track).items.clone() {
                    if worth::settled_option(&model, &state, item).is_some() {
                        continue;
                    }
                    let position = target::position(&model, &mut state, s, item);
                    let options = model.world.item(item).options.len();
                    let mask = position.mask(&model, &state, item, options);
                    for o in (0..options).map(OptionId::new) {
                        let sees = position.sees(&model, &state, item, o);
                        let strict = model.world.dynamics.strict;
                        let enough = if strict { sees > position.needs } else { sees >= position.needs };
                        let accepts = enough && !worth::refuses(&model, &state, position.party, item, o);
                        assert_eq!(position.accepts(&model, &state, item, o, 0), accepts);
                        assert_eq!(mask >> o.at() & 1 == 1, accepts);
                    }
                }
            }
        });
    }

    /// 14. Renaming an agent changes names only: exact results stay the same.
    #[test]
    fn renaming_keeps_exact_results(draft in scenarios(SMALL)) {
        let names = BTreeMap::from([("p0", "zebra"), ("p1", "aardvark"), ("m00", "quail"), ("i0", "well")]);
        let (one, other) = (model(&draft.text()), model(&draft.renamed(&names).text()));
        let (a, b) = (support::exact::outcomes(&one, 3000), support::exact::outcomes(&other, 3000));
        prop_assert_eq!(a.is_some(), b.is_some());
        if let (Some(a), Some(b)) = (a, b) {
            prop_assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
            prop_assert!((a.values().sum::<f64>() - 1.0).abs() < 1e-12);
            for (id, p) in &a {
                prop_assert!((p - b[id]).abs() < 1e-12, "{}: {} and {}", id, p, b[id]);
            }
        }
    }
}

/// Nobody answers an offer whose maker has left; what is refused is contested; after an agreement offers are counted anew.
fn offers_are_followed(
    model: &Model,
    (before, after): (&State, &State),
    track: baraza::domain::TrackId,
    entries: &[Entry],
    agreed: bool,
) {
    let seats = &model.world.track(track).seats;
    let answered = entries.iter().any(|e| matches!(e, Entry::Answers { .. }));
    let offered = entries.iter().any(|e| matches!(e, Entry::Offers { .. }));
    let maker = before.get(model, Q::Offerer(track)).checked_sub(1);
    if let (true, false, Some(maker)) = (answered, offered, maker) {
        let state = SeatState::of(before.get(model, Q::SeatState(seats[usize::from(maker)])));
        assert_eq!(state, SeatState::Seated, "the offer of somebody who has left was answered");
    }
    let refused = entries.iter().any(|e| matches!(e, Entry::Answers { accepts: false, .. }));
    // What is voted down is contested at the next move.
    if refused && !agreed && !model.world.track(track).by_vote() {
        let tabled = |i: &baraza::domain::ItemId| {
            ItemState::of(after.get(model, Q::ItemState(*i))) == ItemState::Tabled
        };
        assert!(!model.world.track(track).items.iter().any(tabled), "a refused package is contested");
    }
    let counts = model.cells.iter().filter(|c| match c.quantity {
        Q::Tally(s, _) => seats.contains(&s),
        Q::Memory(s, _) => {
            let tactic = &model.world.party(model.world.seat(s).party).tactic.kind;
            seats.contains(&s) && *tactic == baraza::domain::TacticKind::Micro
        }
        _ => false,
    });
    for count in counts.filter(|_| agreed) {
        assert_eq!(after.get(model, count.quantity), 0, "offers are counted anew");
    }
}

fn with_idlers(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    let keys =
        |list: &[(&str, &str)]| list.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect::<Vec<_>>();
    draft.table("party", "idle-party", keys(&[("capability", "\"high\"")]));
    draft.table("mediator", "idle-mediator", keys(&[("leverage", "\"high\"")]));
    draft.table("spoiler", "idle-spoiler", keys(&[("odds", "0")]));
    draft.table(
        "event",
        "idle-event",
        keys(&[("odds", "0"), ("effect", "[\"party.idle-party.pressure += 1\"]")]),
    );
    draft.table(
        "backer",
        "idle-backer",
        keys(&[("supports", "\"idle-party\""), ("support", "\"very-low\"")]),
    );
    draft.table("observer", "idle-observer", keys(&[("watches", "[\"backer.idle-backer\"]"), ("odds", "1")]));
    draft
}

/// Compares acceptable sets in a state with those in states that differ by one quantity.
fn check_monotone(model: &Model, state: &State) {
    use baraza::kernel::target::position;
    let mask = |state: &State, s: SeatId, i| {
        let mut state = state.clone();
        position(model, &mut state, s, i).mask(model, &state, i, model.world.item(i).options.len())
    };
    let with = |q: Q, value: u8| {
        let mut changed = state.clone();
        changed.put(model.cell(q), value);
        changed
    };
    let raised = |q: Q| {
        let value = state.get(model, q);
        (value < 4).then(|| with(q, value + 1))
    };
    for s in (0..model.world.seats.len()).map(SeatId::new) {
        let seat = model.world.seat(s);
        for i in model.world.track(seat.track).items.iter().copied() {
            if baraza::kernel::worth::settled_option(model, state, i).is_some() {
                continue;
            }
            let now = mask(state, s, i);
            let mut growing = vec![Q::Guarantee(i), Q::Weariness(seat.party)];
            growing.extend((0..model.world.parties.len()).map(|q| Q::Trust(seat.party, PartyId::new(q))));
            for q in growing {
                if let Some(state) = raised(q) {
                    let then = mask(&state, s, i);
                    assert_eq!(now & then, now, "raising {} lost options", model.world.path(q));
                }
            }
            for b in (0..model.world.backers.len()).filter(|b| model.world.backers[*b].supports == seat.party)
            {
                if let Some(state) = raised(Q::Support(b.into())) {
                    let then = mask(&state, s, i);
                    assert_eq!(now & then, then, "a better alternative gained options");
                }
            }
            let [firm, planned, flexible] = [0, 1, 2].map(|m| mask(&with(Q::Mandate(s), m), s, i));
            assert_eq!(firm & planned, firm);
            assert_eq!(planned & flexible, planned);
        }
    }
    for track in 0..model.tracks.len() {
        let seats = model.world.tracks[track].seats.len() as u32;
        for i in model.world.tracks[track].items.iter().copied() {
            let masks: Vec<_> = model.world.tracks[track].seats.iter().map(|s| mask(state, *s, i)).collect();
            let zone = |n: u32| masks[..n as usize].iter().fold(u32::MAX, |zone, m| zone & m);
            for n in 1..seats {
                assert_eq!(zone(n + 1) & zone(n), zone(n + 1), "the zone grew with a party added");
            }
        }
    }
}
