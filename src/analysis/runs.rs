//! What single runs come to, one by one.

use crate::domain::{InstrumentState, Model, Quantity as Q, SeatId, signed};
use crate::drivers::{Sampler, parallel};
use crate::kernel::{State, worth};

use super::counters::Measure;
use super::ensemble::Range;
use super::reserves::Group;

/// Runs that one worker plays in one go.
const CHUNK: u32 = 64;

/// What one run comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its number.
    pub run: u32,
    /// The place of its outcome.
    pub outcome: usize,
    /// The last round that was played, from 1.
    pub rounds: u8,
    /// For each text the round in which it was first signed.
    pub signed: Vec<Option<u8>>,
    /// For each seat what it has settled at the end, in points of 100 of its best ([`worth::gained`]).
    pub points: Vec<f64>,
    /// For each group of reserves the type that was drawn.
    pub drawn: Vec<usize>,
    /// For each measure whether it held at the end of some round, and of the last; after an early end the last state counts for the
    /// rounds that are left, as in an ensemble.
    pub held: Vec<[bool; 2]>,
}

/// Plays a range of runs on all threads of the current pool; they come in their order on any number of threads.
pub fn runs(model: &Model, measures: &[Measure], groups: &[Group], range: Range) -> Vec<Run> {
    let pieces = range.cut(CHUNK);
    let piece = |k: usize| {
        let mut state = State::new(model);
        let numbers = pieces[k].from..pieces[k].to;
        numbers.map(|run| one(model, (measures, groups), &mut state, range.seed, run)).collect::<Vec<_>>()
    };
    parallel::map(pieces.len(), piece).concat()
}

fn one(
    model: &Model,
    (measures, groups): (&[Measure], &[Group]),
    state: &mut State,
    seed: u64,
    run: u32,
) -> Run {
    state.reset(model);
    let (mut chance, outcome) = (Sampler::new(seed, run), model.cell(Q::Outcome));
    let mut rounds = 0;
    let mut first: Vec<Option<u8>> = vec![None; model.world.instruments.len()];
    let mut held = vec![[false; 2]; measures.len()];
    let mut since = vec![0; measures.len()];
    for round in 1..=model.world.rounds {
        if state.cell(outcome) == 0 {
            chance.play_round(model, state);
            rounds = round;
            for (k, first) in first.iter_mut().enumerate() {
                let now = InstrumentState::of(state.get(model, Q::InstrumentState(k.into())));
                if first.is_none() && signed(now) {
                    *first = Some(round);
                }
            }
        } else if measures.is_empty() {
            break;
        }
        state.at_the_end_of(model, round, |state| {
            for ((measure, since), [ever, last]) in measures.iter().zip(&mut since).zip(&mut held) {
                *last = measure.holds(model, state, round, since);
                *ever |= *last;
            }
        });
    }
    let seats = (0..model.world.seats.len()).map(SeatId::new);
    Run {
        run,
        outcome: usize::from(state.cell(outcome)) - 1,
        rounds,
        signed: first,
        points: seats.map(|s| worth::gained(model, state, s)).collect(),
        drawn: groups.iter().map(|group| group.drawn(model, state)).collect(),
        held,
    }
}
