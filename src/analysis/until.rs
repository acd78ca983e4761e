//! When enough runs have been played: once the intervals asked about are narrow enough, whatever the data.

use crate::domain::Model;

use super::counters::{Measure, Reading};
use super::statistics::proportion::Proportion;
use super::statistics::sequence::{Mixture, confidence_sequence};

/// A share that is to be known well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// How often the talks end so: its place among the outcomes.
    Outcome(usize),
    /// How often a measure held at the end of some round, and of the last.
    Measure(usize),
}

/// How well.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The widest that an interval may be, in 0..1.
    pub width: f64,
    /// Of what.
    pub of: Vec<Target>,
}

impl Goal {
    /// Every outcome and every measure.
    pub fn all(model: &Model, measures: usize, width: f64) -> Self {
        let outcomes = (0..model.world.outcomes.len()).map(Target::Outcome);
        Self { width, of: outcomes.chain((0..measures).map(Target::Measure)).collect() }
    }

    /// Outcomes by id, measures by their text.
    ///
    /// # Errors
    /// The first name that is neither.
    pub fn named(model: &Model, measures: &[Measure], width: f64, names: &[String]) -> Result<Self, String> {
        let outcomes = &model.world.outcomes;
        let find = |name: &String| {
            let outcome = outcomes.iter().position(|o| o.name.id == *name).map(Target::Outcome);
            let measure = || measures.iter().position(|m| m.text == *name).map(Target::Measure);
            outcome.or_else(measure).ok_or_else(|| name.clone())
        };
        Ok(Self { width, of: names.iter().map(find).collect::<Result<_, _>>()? })
    }

    /// The names of what it is about.
    pub fn names(&self, model: &Model, measures: &[Measure]) -> Vec<String> {
        let name = |target: &Target| match *target {
            Target::Outcome(k) => model.world.outcomes[k].name.id.clone(),
            Target::Measure(k) => measures[k].text.clone(),
        };
        self.of.iter().map(name).collect()
    }

    /// Whether every interval of the confidence sequence at level 1 − `alpha` is narrow enough. One may ask after any
    /// number of runs and stop at the first yes: the sequence covers after every run at once.
    pub fn met(&self, model: &Model, reading: Reading, alpha: f64) -> bool {
        self.widest(model, reading, alpha) <= self.width
    }

    /// The width of the widest of these intervals.
    pub fn widest(&self, model: &Model, reading: Reading, alpha: f64) -> f64 {
        let width = |runs: u64| {
            let seen = Proportion::new(runs, reading.runs());
            let interval = confidence_sequence(seen, alpha, Mixture::UNIFORM);
            interval.high - interval.low
        };
        let target = |target: &Target| match *target {
            Target::Outcome(k) => width(reading.outcomes(model)[k]),
            Target::Measure(k) => {
                let last = reading.held(k)[reading.rounds() - 1];
                width(reading.first(k).iter().sum()).max(width(last))
            }
        };
        self.of.iter().map(target).fold(0.0, f64::max)
    }
}
