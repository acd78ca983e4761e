//! How pairs ended, and which questions held: of all pairs, or of those in which one thing was drawn.

use serde::{Deserialize, Serialize};

use super::Course;

/// For one thing that may be so or not: pairs in which it is so in both, in the baseline alone, in the variant alone,
/// in neither.
pub type Table = [u64; 4];

/// The ends of a set of pairs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// Pairs by the baseline's outcome and the variant's: `from · outcomes + to`.
    pub flips: Vec<u64>,
    /// For each question, pairs by whether it held at the end of some round.
    pub ever: Vec<Table>,
    /// For each question, pairs by whether it held at the end.
    pub last: Vec<Table>,
    outcomes: usize,
}

impl Ends {
    /// No pairs yet.
    pub(super) fn new(outcomes: usize, questions: usize) -> Self {
        Self {
            flips: vec![0; outcomes * outcomes],
            ever: vec![[0; 4]; questions],
            last: vec![[0; 4]; questions],
            outcomes,
        }
    }

    /// Counts one pair: the baseline's course and the variant's.
    pub(super) fn add(&mut self, one: &Course, other: &Course) {
        self.flips[one.outcome * self.outcomes + other.outcome] += 1;
        for (table, answers) in
            [(&mut self.ever, (&one.ever, &other.ever)), (&mut self.last, (&one.last, &other.last))]
        {
            for (cells, (a, b)) in table.iter_mut().zip(answers.0.iter().zip(answers.1)) {
                cells[usize::from(!a) * 2 + usize::from(!b)] += 1;
            }
        }
    }

    /// Adds the ends of other pairs.
    pub(super) fn merge(&mut self, other: &Self) {
        let sum = |a: &mut [u64], b: &[u64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        sum(&mut self.flips, &other.flips);
        self.ever.iter_mut().zip(&other.ever).for_each(|(a, b)| sum(a, b));
        self.last.iter_mut().zip(&other.last).for_each(|(a, b)| sum(a, b));
    }

    /// Whether they are about as many outcomes and questions, and about so many pairs at most.
    pub(super) fn alike(&self, other: &Self, most: u64) -> bool {
        let tables = |ends: &Self| [ends.flips.len(), ends.ever.len(), ends.last.len(), ends.outcomes];
        let all = |tables: &[Table]| tables.iter().all(|table| table.iter().sum::<u64>() <= most);
        tables(self) == tables(other) && self.pairs() <= most && all(&self.ever) && all(&self.last)
    }

    /// How many pairs.
    pub fn pairs(&self) -> u64 {
        self.flips.iter().sum()
    }

    /// For one outcome: pairs in which both end so, only the baseline, only the variant, neither.
    pub fn table(&self, outcome: usize) -> Table {
        let each = 0..self.outcomes;
        let from: u64 = each.clone().map(|to| self.flips[outcome * self.outcomes + to]).sum();
        let to: u64 = each.map(|from| self.flips[from * self.outcomes + outcome]).sum();
        let both = self.flips[outcome * self.outcomes + outcome];
        let (first, second) = (from - both, to - both);
        [both, first, second, self.pairs() - both - first - second]
    }

    /// Pairs whose outcome changed.
    pub fn flipped(&self) -> u64 {
        self.pairs() - (0..self.outcomes).map(|o| self.flips[o * self.outcomes + o]).sum::<u64>()
    }
}
