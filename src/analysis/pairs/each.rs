//! What single pairs come to, one by one.

use crate::analysis::ensemble::Range;
use crate::drivers::parallel;

use super::Pair;
use super::play::{Follower, Record};

/// Runs that one worker plays in one go.
const CHUNK: u32 = 64;

/// What one pair of runs comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The run under the seed.
    pub run: u32,
    /// The place of the change among the pairs.
    pub pair: usize,
    /// The places of the outcomes, as the scenario stands and with the change.
    pub outcomes: [usize; 2],
    /// The round in which the two part, from 1, if they do.
    pub parted: Option<u8>,
    /// For each group of reserves the type that the scenario as it stands has drawn.
    pub drawn: Vec<usize>,
    /// For each condition whether it held at the end of some round, as the scenario stands and with the change.
    pub ever: Vec<[bool; 2]>,
    /// The same at the end of the last round.
    pub last: Vec<[bool; 2]>,
}

/// Plays a range of runs of one baseline and all its variants on all threads of the current pool. The pairs, which must have the same
/// baseline and the same questions, come run by run, and those of a run in their order, on any number of threads.
pub fn each(pairs: &[Pair], range: Range) -> Vec<Ended> {
    let Some(first) = pairs.first() else { return Vec::new() };
    let pieces = range.cut(CHUNK);
    let piece = |k: usize| {
        let mut record = Record::new(first);
        let mut followers: Vec<Follower> = pairs.iter().map(Follower::new).collect();
        let mut ended = Vec::new();
        for run in pieces[k].from..pieces[k].to {
            record.play(range.seed, run);
            for (pair, follower) in followers.iter_mut().enumerate() {
                follower.play(&record, range.seed, run);
                ended.push(told(run, pair, &record, follower));
            }
        }
        ended
    };
    parallel::map(pieces.len(), piece).concat()
}

fn told(run: u32, pair: usize, record: &Record, follower: &Follower) -> Ended {
    let (one, other) = (&record.course, &follower.course);
    let both = |one: &[bool], other: &[bool]| one.iter().zip(other).map(|(a, b)| [*a, *b]).collect();
    Ended {
        run,
        pair,
        outcomes: [one.outcome, other.outcome],
        parted: follower.parted.map(|(round, _)| round),
        drawn: record.drawn.clone(),
        ever: both(&one.ever, &other.ever),
        last: both(&one.last, &other.last),
    }
}
