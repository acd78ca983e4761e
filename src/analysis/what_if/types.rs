//! What a change does where this or that was drawn for reserves.

use serde::Serialize;

use super::{Difference, Estimate, Subject};
use crate::analysis::Held;
use crate::analysis::pairs::{Ends, Pair, PairCounts};
use crate::analysis::reserves::Type;

/// A share with and without the change, which no test is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shift {
    /// Share of pairs in which it is so as the scenario stands, 0..=1.
    pub baseline: f64,
    /// Share in which it is so with the change.
    pub changed: f64,
    /// Changed less baseline.
    pub difference: f64,
    /// Lower end of the interval for the difference.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl From<Difference> for Shift {
    fn from(d: Difference) -> Self {
        let Difference { baseline, changed, difference, low, high, .. } = d;
        Self { baseline, changed, difference, low, high }
    }
}

/// One outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeShift {
    /// Its id.
    pub id: String,
    /// Its shares.
    #[serde(flatten)]
    pub shift: Shift,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureShift {
    /// The condition as written.
    pub condition: String,
    /// Whether it held at the end of some round.
    pub ever: Shift,
    /// Whether it held at the end of the last round.
    pub last: Shift,
}

/// What a change does in the pairs whose unchanged world drew this.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeEffect {
    /// What was drawn for whom.
    #[serde(flatten)]
    pub of: Type,
    /// How many pairs.
    pub pairs: u64,
    /// Outcomes in the order of the scenario.
    pub outcomes: Vec<OutcomeShift>,
    /// Conditions of one's own, in the order in which they were asked.
    pub measures: Vec<MeasureShift>,
}

impl TypeEffect {
    /// What it does to a subject; `None` for flips, which are no difference.
    pub fn on(&self, subject: Subject) -> Option<Shift> {
        match subject {
            Subject::Flips => None,
            Subject::Outcome(o) => Some(self.outcomes[o].shift),
            Subject::Measure(m, Held::Ever) => Some(self.measures[m].ever),
            Subject::Measure(m, Held::Last) => Some(self.measures[m].last),
        }
    }
}

/// For every type that was drawn in some pair.
pub(super) fn effects(
    pair: &Pair,
    counts: &PairCounts,
    conditions: &[String],
    estimate: Estimate,
) -> Vec<TypeEffect> {
    let groups = pair.groups().iter().zip(&counts.drawn);
    let types =
        groups.flat_map(|(group, types)| types.iter().enumerate().map(move |(k, ends)| (group, k, ends)));
    let drawn = types.filter(|(.., ends)| ends.pairs() > 0);
    drawn
        .map(|(group, k, ends)| effect(pair, group.named(pair.baseline, k), ends, conditions, estimate))
        .collect()
}

fn effect(pair: &Pair, of: Type, ends: &Ends, conditions: &[String], estimate: Estimate) -> TypeEffect {
    let shift = |table| Shift::from(Difference::of(table, estimate));
    let outcomes = pair.baseline.world.outcomes.iter().enumerate();
    let measures = conditions.iter().enumerate();
    TypeEffect {
        of,
        pairs: ends.pairs(),
        outcomes: outcomes
            .map(|(o, outcome)| OutcomeShift { id: outcome.name.id.clone(), shift: shift(ends.table(o)) })
            .collect(),
        measures: measures
            .map(|(m, condition)| MeasureShift {
                condition: condition.clone(),
                ever: shift(ends.ever[m]),
                last: shift(ends.last[m]),
            })
            .collect(),
    }
}
