//! What the commands that play many runs share: threads, Ctrl-C, progress, questions of one's own.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::analysis::counters::{Counts, Measure, Plan};
use crate::analysis::ensemble::{Range, ensemble};
use crate::domain::rule::Rule;
use crate::domain::{Condition, Model, World};
use crate::drivers::parallel::Pool;

use crate::scenario;

use super::exit::{Exit, Failure};
use super::pace::Pace;
use super::terminal::{Line, Terminal};

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// Whether somebody has asked to stop.
pub(super) fn stopped() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Lets Ctrl-C stop a study between two batches. A second one, or one that cannot be caught, ends the program as usual.
pub(super) fn catch_interrupts() {
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
}

/// The most threads: starting more takes longer than they could save.
const THREADS: usize = 512;

/// The threads to compute on; 0: as many as there are processors.
///
/// # Errors
/// When they are too many, or cannot be started.
pub(super) fn pool(threads: usize) -> Result<Pool, Failure> {
    if threads > THREADS {
        let message =
            format!("--threads {threads}: at most {THREADS}, or 0 for as many as there are processors");
        return Err(Failure::new(Exit::Usage, message));
    }
    Pool::new(threads).map_err(|e| Failure::new(Exit::Files, format!("no threads could be started: {e}")))
}

/// The most runs between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 8192;
/// Runs between two looks at a goal: after the same ones on any number of threads, so that how many there are does not
/// depend on it.
const LOOK: u32 = 2048;

/// Plays runs batch by batch, until the goal is met where there is one: whenever it stops, the runs counted are the
/// first ones.
pub(super) fn play(
    (model, plan, measures): (&Model, &Plan, &[Measure]),
    range: Range,
    goal: Option<&dyn Fn(&Counts) -> bool>,
) -> Counts {
    let mut counts = Counts::new(model, plan);
    let total = u64::from(range.to - range.from);
    let mut progress = match goal {
        Some(_) => Progress::towards_a_goal(total, "runs"),
        None => Progress::new(total, "runs"),
    };
    let mut pace = Pace::new(BATCH);
    let (mut from, mut look) = (range.from, range.from);
    while from < range.to && !stopped() {
        if from == look {
            if goal.is_some_and(|met| met(&counts)) {
                break;
            }
            look = range.to.min(look.saturating_add(LOOK));
        }
        let to = pace.next(from, if goal.is_some() { look } else { range.to });
        counts.merge(&ensemble(model, plan, measures, Range { from, to, ..range }));
        from = to;
        progress.show(counts.runs);
    }
    progress.clear();
    counts
}

/// The questions of the command line, compiled.
///
/// # Errors
/// When one is no condition; its mistakes have been shown.
pub(super) fn measures(
    texts: &[String],
    model: &Model,
    terminal: &Terminal,
) -> Result<Vec<Measure>, Failure> {
    texts.iter().map(|text| Ok(Measure::new(text.clone(), compile(text, model, terminal)?))).collect()
}

fn compile(text: &str, model: &Model, terminal: &Terminal) -> Result<Rule, Failure> {
    let world = &model.world;
    let condition = condition(text, world, terminal)?;
    let ground = model.ground();
    Ok(Rule::of(&condition, ground))
}

/// A question of the command line; its mistakes are shown.
pub(super) fn condition(text: &str, world: &World, terminal: &Terminal) -> Result<Condition, Failure> {
    match scenario::parse_condition(text, world) {
        Ok(condition) => Ok(condition),
        Err(diagnostics) => {
            terminal.remark(&crate::render::diagnostics::render(&diagnostics, terminal.styled_errors));
            Err(Failure::new(Exit::Usage, "a question is a condition, such as 'item.water.settled'"))
        }
    }
}

/// After so long what has been done says how long the rest will take.
const SETTLED: Duration = Duration::from_secs(2);
/// Seconds from which on it is said, where standard error is no terminal, how long it will take.
const LONG: f64 = 300.0;

/// One line on standard error that is written again and again; where that is no terminal, one that says how long it will take, if
/// that is long.
pub(super) struct Progress {
    start: Instant,
    total: u64,
    shown: Option<Instant>,
    line: Line,
    what: &'static str,
    /// Whether it may be over before the total, nobody knows when.
    open: bool,
    /// Whether it has been said, where no line can be written again, how long it will take.
    foretold: bool,
}

impl Progress {
    pub(super) fn new(total: u64, what: &'static str) -> Self {
        Self {
            start: Instant::now(),
            total,
            shown: None,
            line: Line::new(),
            what,
            open: false,
            foretold: false,
        }
    }

    /// Progress of what ends once it has found enough: how long that takes is not foretold.
    pub(super) fn towards_a_goal(most: u64, what: &'static str) -> Self {
        Self { open: true, ..Self::new(most, what) }
    }

    pub(super) fn show(&mut self, done: u64) {
        let pause = Duration::from_millis(200);
        let since = self.shown.unwrap_or(self.start);
        if done >= self.total || since.elapsed() < pause {
            return;
        }
        if !self.line.is_seen() {
            return self.foretell(done);
        }
        self.shown = Some(Instant::now());
        let rate = done as f64 / self.start.elapsed().as_secs_f64();
        if self.open {
            self.line.show(&format!("{done} {}, {rate:.0} a second, at most {}", self.what, self.total));
            return;
        }
        let left = (self.total - done) as f64 / rate;
        let (total, what) = (self.total, self.what);
        self.line.show(&format!("{done} of {total} {what}, {rate:.0} a second, {left:.0} s left"));
    }

    /// Says once how long it will take, where that is long.
    fn foretell(&mut self, done: u64) {
        if self.foretold || self.open {
            return;
        }
        if let Some(takes) = takes(done, self.total, self.what, self.start.elapsed()) {
            self.foretold = true;
            self.line.say(&takes);
        }
    }

    pub(super) fn clear(&self) {
        if self.shown.is_some() {
            self.line.show("");
        }
    }
}

/// What the whole will take, where that is long, once enough has been done to say so.
fn takes(done: u64, total: u64, what: &str, so_far: Duration) -> Option<String> {
    let rate = done as f64 / so_far.as_secs_f64();
    let left = total.saturating_sub(done) as f64 / rate;
    let minutes = (left / 60.0).ceil();
    (done > 0 && so_far >= SETTLED && left >= LONG)
        .then(|| format!("{total} {what}, {rate:.1} a second: about {minutes:.0} minutes"))
}

/// Progress through the layers of a sweep, on one line.
pub(super) struct Layers {
    start: Instant,
    total: usize,
    shown: Option<Instant>,
    line: Line,
}

impl Layers {
    pub(super) fn new(model: &Model) -> Self {
        let total = model.turns.len() * model.world.rounds as usize;
        Self { start: Instant::now(), total, shown: None, line: Line::new() }
    }

    /// After so many turns there are so many states.
    pub(super) fn show(&mut self, turns: usize, states: usize, dropped: f64) {
        if !self.line.is_seen() || self.shown.unwrap_or(self.start).elapsed() < Duration::from_millis(200) {
            return;
        }
        self.shown = Some(Instant::now());
        let dropped = if dropped > 0.0 { format!(", {dropped:.1e} dropped") } else { String::new() };
        self.line.show(&format!("turn {turns} of {}: {states} states{dropped}", self.total));
    }

    pub(super) fn clear(&self) {
        if self.shown.is_some() {
            self.line.show("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_foretold_once_that_is_known() {
        let takes = |done, seconds| takes(done, 1_000, "pairs", Duration::from_secs(seconds));
        assert_eq!(takes(10, 10).as_deref(), Some("1000 pairs, 1.0 a second: about 17 minutes"));
        assert_eq!(takes(0, 10), None, "nothing has been done that could be measured");
        assert_eq!(takes(1, 1), None, "too early to say");
        assert_eq!(takes(100, 10), None, "a minute and a half is soon over");
    }
}
