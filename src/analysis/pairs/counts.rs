//! What pairs show, in whole numbers, so that adding up in any order gives the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Course, Ends, Pair};

/// The counts of a set of pairs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairCounts {
    /// How many pairs.
    pub pairs: u64,
    /// Pairs whose worlds part at all.
    pub parted: u64,
    /// How they ended.
    pub ends: Ends,
    /// For each of [`Pair::groups`] and each of its types: how the pairs ended whose baseline drew it.
    pub drawn: Vec<Vec<Ends>>,
    /// For each flip, pairs by the turn of the round in which they part (places of [`Pair::places`]).
    pub turns: Vec<Vec<u64>>,
    /// For each flip, the sum of the rounds in which they part.
    pub rounds: Vec<u64>,
    /// For each flip and milestone: pairs in which the variant alone reaches it, and in which the baseline alone does.
    pub milestones: Vec<Vec<(u64, u64)>>,
    /// For each flip, the first run that shows it.
    pub example: Vec<Option<u32>>,
    /// For each flip of different outcomes: the first run that parts in a turn and gains a milestone. The key is
    /// turn · (milestones + 1) + milestone; the key after the last milestone stands for any or none.
    pub first: Vec<BTreeMap<u32, u32>>,
    outcomes: usize,
}

impl PairCounts {
    /// No pairs yet.
    pub fn new(pair: &Pair) -> Self {
        let outcomes = pair.outcomes();
        let flips = outcomes * outcomes;
        let ends = Ends::new(outcomes, pair.questions.len());
        Self {
            pairs: 0,
            parted: 0,
            drawn: pair.groups.iter().map(|group| vec![ends.clone(); group.types()]).collect(),
            ends,
            turns: vec![vec![0; pair.places().len()]; flips],
            rounds: vec![0; flips],
            milestones: vec![vec![(0, 0); pair.milestones().len()]; flips],
            example: vec![None; flips],
            first: vec![BTreeMap::new(); flips],
            outcomes,
        }
    }

    /// Whether they have the shape of others, and add up.
    fn alike(&self, other: &Self) -> bool {
        let shape = |counts: &Self| {
            let types = counts.drawn.iter().map(Vec::len).collect::<Vec<_>>();
            let turns = counts.turns.iter().map(Vec::len).collect::<Vec<_>>();
            let milestones = counts.milestones.iter().map(Vec::len).collect::<Vec<_>>();
            let flips = [counts.rounds.len(), counts.example.len(), counts.first.len(), counts.outcomes];
            (types, turns, milestones, flips)
        };
        let drawn = self.drawn.iter().flatten().zip(other.drawn.iter().flatten());
        shape(self) == shape(other)
            && self.parted <= self.pairs
            && self.ends.pairs() == self.pairs
            && self.ends.alike(&other.ends, self.pairs)
            && drawn.into_iter().all(|(one, other)| one.alike(other, self.pairs))
    }

    /// Counts one pair: the baseline's course with its milestones in the order of the pair, what it drew for the
    /// reserves of each group, the variant's course, and the round and turn in which they part.
    pub(super) fn add(
        &mut self,
        run: u32,
        (one, reached, drawn): (&Course, impl Iterator<Item = bool>, &[usize]),
        other: &Course,
        parted: Option<(u8, usize)>,
    ) {
        let flip = one.outcome * self.outcomes + other.outcome;
        self.pairs += 1;
        self.ends.add(one, other);
        self.drawn.iter_mut().zip(drawn).for_each(|(types, drawn)| types[*drawn].add(one, other));
        self.example[flip] = Some(self.example[flip].map_or(run, |r| r.min(run)));
        let Some((round, turn)) = parted else { return };
        self.parted += 1;
        self.turns[flip][turn] += 1;
        self.rounds[flip] += u64::from(round);
        let width = other.reached.len() as u32 + 1;
        let firsts = &mut self.first[flip];
        let mut note = |milestone: u32| {
            let first = firsts.entry(turn as u32 * width + milestone).or_insert(run);
            *first = run.min(*first);
        };
        let flipped = one.outcome != other.outcome;
        if flipped {
            note(width - 1);
        }
        for (k, (count, (one, other))) in
            self.milestones[flip].iter_mut().zip(reached.zip(&other.reached)).enumerate()
        {
            count.0 += u64::from(*other && !one);
            count.1 += u64::from(one && !other);
            if flipped && *other && !one {
                note(k as u32);
            }
        }
    }

    /// Adds the counts of other pairs.
    pub fn merge(&mut self, other: &PairCounts) {
        self.pairs += other.pairs;
        self.parted += other.parted;
        let sum = |a: &mut [u64], b: &[u64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        self.ends.merge(&other.ends);
        let types = self.drawn.iter_mut().flatten().zip(other.drawn.iter().flatten());
        types.for_each(|(a, b)| a.merge(b));
        sum(&mut self.rounds, &other.rounds);
        self.turns.iter_mut().zip(&other.turns).for_each(|(a, b)| sum(a, b));
        for (a, b) in self.milestones.iter_mut().flatten().zip(other.milestones.iter().flatten()) {
            *a = (a.0 + b.0, a.1 + b.1);
        }
        for (a, b) in self.example.iter_mut().zip(&other.example) {
            *a = match (*a, *b) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        for (mine, theirs) in self.first.iter_mut().zip(&other.first) {
            for (key, run) in theirs {
                mine.entry(*key).and_modify(|r| *r = (*r).min(*run)).or_insert(*run);
            }
        }
    }

    /// The first run that shows a flip, parts in this turn and gains this milestone (or, without one, whatever it
    /// gains).
    pub fn first(&self, flip: usize, turn: usize, milestone: Option<usize>) -> Option<u32> {
        let milestones = self.milestones[flip].len();
        let key = turn * (milestones + 1) + milestone.unwrap_or(milestones);
        self.first[flip].get(&(key as u32)).copied()
    }
}

/// Two changes and both together, by their places among the pairs of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Combination {
    /// The pair of the first change alone.
    pub first: usize,
    /// The pair of the second change alone.
    pub second: usize,
    /// The pair of both together.
    pub both: usize,
}

/// Runs by their interaction (both − second) − (first − neither), from −2 to 2, each term 1 where it is so in that
/// world and 0 where it is not.
pub type Fifths = [u64; 5];

/// What two changes do together beyond what each does alone, run by run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionCounts {
    /// For each outcome.
    pub outcomes: Vec<Fifths>,
    /// For each question: whether it held at the end of some round.
    pub ever: Vec<Fifths>,
    /// For each question: whether it held at the end.
    pub last: Vec<Fifths>,
}

impl InteractionCounts {
    fn new(outcomes: usize, questions: usize) -> Self {
        Self {
            outcomes: vec![[0; 5]; outcomes],
            ever: vec![[0; 5]; questions],
            last: vec![[0; 5]; questions],
        }
    }

    fn alike(&self, other: &Self) -> bool {
        let shape = |counts: &Self| [counts.outcomes.len(), counts.ever.len(), counts.last.len()];
        shape(self) == shape(other)
    }

    /// Counts one run of the four worlds: as it stands, the first change, the second, both.
    pub(super) fn add(&mut self, worlds: [&Course; 4]) {
        fn count(cells: &mut Fifths, [neither, first, second, both]: [bool; 4]) {
            cells[usize::from(both) + usize::from(neither) + 2 - usize::from(first) - usize::from(second)] +=
                1;
        }
        for (o, cells) in self.outcomes.iter_mut().enumerate() {
            count(cells, worlds.map(|w| w.outcome == o));
        }
        for (q, cells) in self.ever.iter_mut().enumerate() {
            count(cells, worlds.map(|w| w.ever[q]));
        }
        for (q, cells) in self.last.iter_mut().enumerate() {
            count(cells, worlds.map(|w| w.last[q]));
        }
    }

    /// Adds the counts of other runs.
    pub fn merge(&mut self, other: &Self) {
        let lists = [
            (&mut self.outcomes, &other.outcomes),
            (&mut self.ever, &other.ever),
            (&mut self.last, &other.last),
        ];
        for (mine, theirs) in lists {
            mine.iter_mut().flatten().zip(theirs.iter().flatten()).for_each(|(a, b)| *a += b);
        }
    }
}

/// The counts of a baseline, its variants and their combinations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyCounts {
    /// For each pair.
    pub pairs: Vec<PairCounts>,
    /// For each combination.
    pub combinations: Vec<InteractionCounts>,
}

impl StudyCounts {
    /// No runs yet.
    pub fn new(pairs: &[Pair], combinations: &[Combination]) -> Self {
        let interaction = |c: &Combination| {
            let pair = &pairs[c.both];
            InteractionCounts::new(pair.outcomes(), pair.questions.len())
        };
        Self {
            pairs: pairs.iter().map(PairCounts::new).collect(),
            combinations: combinations.iter().map(interaction).collect(),
        }
    }

    /// Whether these can be counts of so many runs, and have the shape of others, such as those of no runs.
    pub fn fits(&self, none: &Self, runs: u64) -> bool {
        let pair = |(one, none): (&PairCounts, &PairCounts)| one.pairs == runs && one.alike(none);
        self.pairs.len() == none.pairs.len()
            && self.pairs.iter().zip(&none.pairs).all(pair)
            && self.combinations.len() == none.combinations.len()
            && self.combinations.iter().zip(&none.combinations).all(|(one, none)| one.alike(none))
    }

    /// Adds the counts of other runs.
    pub fn merge(&mut self, other: &Self) {
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(a, b)| a.merge(b));
        self.combinations.iter_mut().zip(&other.combinations).for_each(|(a, b)| a.merge(b));
    }
}
