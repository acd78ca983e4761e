//! Carrying a study out on the command line: threads, Ctrl-C, progress.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::drivers::parallel::Pool;
use crate::studies::study::{self, Extent, LOOK, Study, Watch};

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
        let line = Line::new();
        if line.is_seen() {
            line.say("\nstopping when what is being played is done; Ctrl-C again ends at once");
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

/// The most runs of all worlds between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 8192;

/// Looks on for somebody at a terminal.
struct Onlooker {
    open: bool,
    shown: RefCell<Option<Shown>>,
}

/// How far a piece of work has come, as it is shown.
enum Shown {
    Runs(Progress),
    Sweep(Layers),
}

impl Onlooker {
    /// `open` where nobody knows how long the work takes.
    fn new(open: bool) -> Self {
        Self { open, shown: RefCell::default() }
    }
}

impl Watch for Onlooker {
    fn stopped(&self) -> bool {
        stopped()
    }

    fn progress(&self, progress: study::Progress) {
        let mut shown = self.shown.borrow_mut();
        match progress {
            study::Progress::Of { done, total, what } => {
                let new = || Shown::Runs(Progress { open: self.open, ..Progress::new(total, what) });
                if let Shown::Runs(line) = shown.get_or_insert_with(new) {
                    line.show(done);
                }
            }
            study::Progress::Sweep { turns, of, states, dropped } => {
                if let Shown::Sweep(line) = shown.get_or_insert_with(|| Shown::Sweep(Layers::new(of))) {
                    line.show(turns, states, dropped);
                }
            }
            study::Progress::Over => match shown.take() {
                Some(Shown::Runs(line)) => line.clear(),
                Some(Shown::Sweep(line)) => line.clear(),
                None => {}
            },
        }
    }
}

/// Carries a study out on the threads asked for, with progress and Ctrl-C.
///
/// # Errors
/// When it turns out that it cannot be done, or is stopped before there is anything to tell.
pub(super) fn conduct<S>(study: &S, pool: &Pool, terminal: &Terminal) -> Result<S::Partial, Failure>
where
    S: Study + Sync,
    S::Partial: Send,
{
    study.notes().iter().for_each(|note| terminal.remark(&format!("{note}\n")));
    catch_interrupts();
    let mut partial = study.begin();
    match study.extent() {
        Extent::Whole => pool.install(|| study.step(&mut partial, 0..0, &Onlooker::new(false)))?,
        Extent::Runs { range, worlds, what } => {
            let done = pool.install(|| in_batches(study, &mut partial, range.clone(), (worlds, what)))?;
            if done < range.end && stopped() {
                let last = done.saturating_sub(1).max(range.start);
                let pieces = study.pieces();
                terminal.remark(&format!("stopped: what follows is {pieces} {} to {last}\n", range.start));
            }
        }
    }
    Ok(partial)
}

/// The failure of a study that was stopped before there was anything to tell.
pub(super) fn nothing() -> Failure {
    Failure::new(Exit::Interrupted, "stopped before there was anything to tell")
}

/// Plays runs batch by batch, until enough is known: whenever it stops, the runs that are counted are the first ones. Says which run
/// comes next.
///
/// # Errors
/// Those of the study.
pub(super) fn in_batches<S: Study>(
    study: &S,
    partial: &mut S::Partial,
    range: std::ops::Range<u32>,
    (worlds, what): (usize, &'static str),
) -> Result<u32, Failure> {
    let watch = Onlooker::new(study.open());
    let times = |runs: u32| u64::from(runs) * worlds as u64;
    let mut pace = Pace::among((BATCH / worlds.max(1) as u32).max(1), worlds);
    let (mut from, mut look) = (range.start, range.start);
    while from < range.end && !stopped() {
        if from == look {
            if study.enough(partial) {
                break;
            }
            look = range.end.min(look.saturating_add(LOOK));
        }
        let to = pace.next(from, if study.open() { look } else { range.end });
        study.step(partial, from..to, &watch)?;
        from = to;
        let (done, total) = (times(from - range.start), times(range.end - range.start));
        watch.progress(study::Progress::Of { done, total, what });
    }
    watch.progress(study::Progress::Over);
    Ok(from)
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
    pub(super) fn new(total: usize) -> Self {
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
