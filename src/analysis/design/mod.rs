//! Experiments: one scenario in many worlds (cells), the same runs with the same luck in each, and what is counted there.

mod measured;
mod points;

pub use measured::{Counted, Kind, Measured, estimate, measured, value};
pub use points::{Sampling, points};

use crate::domain::Model;

use super::counters::{Measure, Plan, Reading};
use super::ensemble::{Range, ensemble};

/// Plays a cell's runs and counts them. Run r has the luck of run r in every other cell: common random numbers.
pub fn play(model: &Model, measures: &[Measure], asked: &[Measured], runs: Range) -> Counted {
    let plan = Plan::new(model, measures.len());
    let counts = ensemble(model, &plan, measures, runs);
    Counted::of(model, Reading::new(&plan, &counts), asked)
}
