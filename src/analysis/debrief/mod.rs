//! What a session shows afterwards: where the talks were won or lost, what was predicted, how it ended on each branch.

mod ended;
mod forecasts;
mod futures;
mod turning;

use crate::domain::Model;
use crate::session::{Refused, Session, Table};

pub use ended::{Ended, Standing};
pub use forecasts::{Forecasts, PlayerScores};
pub use futures::{Chances, Future, Start, Thing};
pub use turning::{Course, Open, Swing, Turning};

/// How much is computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Runs for the decisions that mattered most, and for the course of the talks.
    pub runs: u32,
    /// Runs by which all decisions are first looked through.
    pub screening: u32,
    /// How many turning points are told.
    pub points: usize,
    /// One minus the level of the intervals.
    pub alpha: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { runs: 1000, screening: 100, points: 5, alpha: 0.05 }
    }
}

/// What a branch of a session came to.
#[derive(Clone, Debug)]
pub struct Debrief {
    /// The branch, by its number from 1.
    pub branch: usize,
    /// What is counted in the futures: outcomes, then instruments.
    pub things: Vec<Thing>,
    /// How every branch ended, or where it stands.
    pub branches: Vec<Ended>,
    /// The chances before the first decision and after each one.
    pub course: Course,
    /// The decisions that moved the chances most, first the largest.
    pub turning: Vec<Turning>,
    /// How many decisions were looked at.
    pub decisions: usize,
    /// Predictions and their scores.
    pub forecasts: Forecasts,
}

/// Works out what a branch of a session came to. `watch` is told of each step that is done, of how many in all; where it says
/// no, nothing more is computed and there is no debrief.
///
/// # Errors
/// When there is no such branch.
pub fn debrief(
    session: &Session,
    branch: usize,
    settings: &Settings,
    watch: &(dyn Fn(u64, u64) -> bool + Sync),
) -> Result<Option<Debrief>, Refused> {
    let model = session.model();
    let tables = (1..=session.branches().len()).map(|b| session.table_of(b));
    let tables = tables.collect::<Result<Vec<Table>, _>>()?;
    let table = session.table_of(branch)?;
    let things = Thing::all(&model.world);
    let seed = session.header().seed;
    let work = turning::Work { model, table: &table, things: &things, seed, settings, watch };
    let Some((course, turning)) = work.out() else { return Ok(None) };
    let forecasts = forecasts::forecasts(session, branch, &table, settings);
    Ok(Some(Debrief {
        branch,
        branches: tables.iter().map(|t| Ended::of(model, t)).collect(),
        course,
        turning,
        decisions: table.moments().len(),
        things,
        forecasts,
    }))
}

/// The place of a thing in a list of things.
pub fn place(things: &[Thing], thing: Thing) -> Option<usize> {
    things.iter().position(|t| *t == thing)
}

/// The name of a thing as it stands in a sentence.
pub fn title(model: &Model, thing: Thing) -> &str {
    match thing {
        Thing::Outcome(o) => &model.world.outcomes[o.at()].name.title,
        Thing::Signed(n) => &model.world.instrument(n).name.title,
    }
}
