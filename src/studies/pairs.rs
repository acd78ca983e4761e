//! Single pairs of runs as a table, a row a pair.

use crate::analysis::pairs::{Ended, Pair};
use crate::document::dataset::neutral;

use super::runs::{drawn, line, reserve_names};

/// A table of pairs in the making: the line of names, then as many rows as there are pairs.
#[derive(Debug)]
pub struct Pairs<'a> {
    pair: &'a Pair<'a>,
    ids: &'a [String],
}

impl<'a> Pairs<'a> {
    /// The table of the pairs of one baseline, of which this is one; `ids` are those of all changes, in the order of the pairs.
    pub fn new(pair: &'a Pair<'a>, ids: &'a [String]) -> Self {
        Self { pair, ids }
    }

    /// The names of the columns: `run`; `what_if`, the id of the change; `outcome_as_is` and `outcome_changed`, ids; `parted_round`,
    /// the round in which the two part, empty if they never do; `reserve_PARTY`, what the scenario as it stands has drawn;
    /// `measure_N_ever_as_is`, `measure_N_ever_changed` and the same with `last`, 1 where the N-th condition held at the end of some
    /// round, and of the last, else 0.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            ["run", "what_if", "outcome_as_is", "outcome_changed", "parted_round"].map(String::from).into();
        names.extend(reserve_names(self.pair.baseline, self.pair.groups()));
        let four = |m| {
            ["ever_as_is", "ever_changed", "last_as_is", "last_changed"]
                .map(|what| format!("measure_{m}_{what}"))
        };
        names.extend((1..=self.pair.questions.len()).flat_map(four));
        names
    }

    /// The line of names, ending in a line feed.
    pub fn head(&self) -> String {
        line(self.names().into_iter())
    }

    /// The row of a pair, ending in a line feed. None of its cells needs quotes.
    pub fn row(&self, ended: &Ended) -> String {
        let baseline = self.pair.baseline;
        let [one, other] = ended.outcomes.map(|o| baseline.world.outcomes[o].name.id.clone());
        let parted = ended.parted.map_or_else(String::new, |round| round.to_string());
        let first = [ended.run.to_string(), neutral(&self.ids[ended.pair]).into_owned(), one, other, parted];
        let held = ended.ever.iter().zip(&ended.last).flat_map(|(ever, last)| [*ever, *last]).flatten();
        let held = held.map(|held| u8::from(held).to_string());
        line(first.into_iter().chain(drawn(baseline, self.pair.groups(), &ended.drawn)).chain(held))
    }
}
