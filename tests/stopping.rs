//! Whoever wants the work to end is heard between two runs or two layers, wherever the work stands.

mod support;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use baraza::analysis::bargaining::{NotFollowed, Problem, Ripeness, Watch, watch};
use baraza::analysis::ensemble::Range;
use baraza::analysis::resolve::{Aim, Extreme, Question, resolve};
use baraza::analysis::sensitivity::{Points, Study, bars, scatter, table, walks};
use baraza::domain::{PartyId, TrackId};
use baraza::drivers::decider::Decider;
use baraza::drivers::enumerate::{MemoryBudget, TrackedCells};
use baraza::scenario::{Source, Variants};
use support::shipped;

/// Works on a study, tells how many runs were played, and says how many stand in what came of it.
type Work<'a> = &'a dyn Fn(&Study, &mut dyn FnMut(u64)) -> u64;

/// Says yes so many times, then no; counts how often it was asked.
struct Patience {
    most: usize,
    asked: AtomicUsize,
}

impl Patience {
    fn new(most: usize) -> Self {
        Self { most, asked: AtomicUsize::new(0) }
    }

    fn go_on(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) < self.most
    }

    /// How often it was asked after it had said no; every thread may ask once more before it hears.
    fn unheard(&self) -> usize {
        self.asked.load(Ordering::Relaxed).saturating_sub(self.most + 1)
    }
}

#[test]
fn a_sensitivity_study_stops_within_a_batch() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/1-two-parties.toml");
    let text = std::fs::read_to_string(&path).expect("it is shipped");
    let source = Source { name: "1-two-parties.toml".into(), text };
    let variants = Variants::of(&source, &[], None).expect("it has no mistakes");
    let assumptions = variants.proposals();
    assert!(assumptions.len() >= 2);
    for most in [0, 1, 7, 130, 300] {
        let tried = |what: &str, work: Work| {
            let patience = Patience::new(most);
            let go_on = || patience.go_on();
            let study = Study {
                points: Points::Played,
                variants: &variants,
                assumptions: &assumptions,
                conditions: &[],
                outcomes: 2,
                seed: 1,
                go_on: &go_on,
            };
            let mut told = 0;
            let finished = work(&study, &mut |runs| told += runs);
            // A bar of which one end was played is left out.
            assert!(finished <= told && told < finished + 200, "{what}, {most}: {finished} of {told}");
            assert!(told <= most as u64, "{what}, {most}: {told} runs");
            // Each point of a batch asks once more and then plays nothing.
            assert!(patience.unheard() < 600, "{what}, {most}: asked {} times too often", patience.unheard());
        };
        tried("tornado", &|study, told| {
            let found = bars(study, 100, told).expect("values are accepted");
            found.map_or(0, |b| {
                (b.baseline.len() + b.ends.iter().flatten().map(Vec::len).sum::<usize>()) as u64
            })
        });
        tried("walks", &|study, told| {
            let found = walks(study, 4, 100, told).expect("values are accepted");
            found.count() as u64 * 100 * (assumptions.len() as u64 + 1)
        });
        let nothing = |found: bool| assert!(!found, "there is no part of a design");
        tried("scatter", &|study, told| {
            nothing(scatter(study, 16, 100, told).expect("values are accepted").is_some());
            0
        });
        tried("table", &|study, told| {
            nothing(table(study, 16, 100, told).expect("values are accepted").is_some());
            0
        });
    }
}

#[test]
fn the_zone_by_round_stops_before_the_next_situation() {
    let model = shipped("doha-core", &[]);
    let track = TrackId::new(0);
    let problem = Problem::of_track(&model, track);
    let of = Watch::new(&model, track);
    let watched = watch(&model, std::slice::from_ref(&of), Range { seed: 3, from: 0, to: 40 });
    let followed = |patience: &Patience| {
        Ripeness::of(&model, track, &problem.rule, &of, &watched[0], &|_| patience.go_on())
    };
    let (hasty, patient) = (Patience::new(1), Patience::new(usize::MAX - 1));
    assert_eq!(followed(&hasty).err(), Some(NotFollowed::Stopped));
    assert!(followed(&patient).is_ok());
    assert!(patient.asked.load(Ordering::Relaxed) > 1, "one situation would show nothing");
}

#[test]
fn cells_are_guessed_no_further_than_is_wanted() {
    let model = shipped("doha-2025", &[]);
    let patience = Patience::new(3);
    TrackedCells::guess_while(&model, || patience.go_on());
    assert_eq!(patience.asked.load(Ordering::Relaxed), 4);
}

/// A search for the best decisions goes forward and back: it can be stopped on either way.
#[test]
fn the_best_decisions_can_be_given_up_at_any_time() {
    let model = shipped("ultimatum", &[]);
    let deciders = [Decider::find(&model.world, "north").expect("it is there")];
    let aims = [Aim::Payoff(PartyId::new(0))];
    let solved = |patience: &Patience| {
        let room = MemoryBudget::of(1_000_000);
        resolve(Question { model: &model, deciders: &deciders, aims: &aims, room }, Extreme::Best, |_, _| {
            patience.go_on()
        })
    };
    let whole = Patience::new(usize::MAX - 1);
    assert!(solved(&whole).is_ok());
    let all = whole.asked.load(Ordering::Relaxed);
    for most in (0..all).step_by((all / 40).max(1)).chain([all - 1]) {
        let patience = Patience::new(most);
        assert!(solved(&patience).is_err(), "stopped after {most} of {all}");
        assert!(patience.unheard() <= 256, "{most} of {all}");
    }
}

/// Turns on the way back are told as those on the way forward, so that progress on them is the same.
#[test]
fn the_way_back_is_told_turn_by_turn() {
    let model = shipped("ultimatum", &[]);
    let deciders = [Decider::find(&model.world, "north").expect("it is there")];
    let aims = [Aim::Payoff(PartyId::new(0))];
    let mut turns = Vec::new();
    let room = MemoryBudget::of(1_000_000);
    let question = Question { model: &model, deciders: &deciders, aims: &aims, room };
    resolve(question, Extreme::Best, |turn, _| {
        turns.push(turn);
        true
    })
    .expect("it is small");
    let last = model.all_turns() - 1;
    let turned = turns.iter().rposition(|t| *t == last).expect("it comes to the last turn");
    let back: Vec<usize> = turns[turned..].to_vec();
    assert_eq!(back, (0..=last).rev().collect::<Vec<_>>());
}
