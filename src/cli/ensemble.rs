//! `baraza ensemble`: many runs of one scenario, and what they show.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::analysis::counters::{Counts, Measure, Plan, Reading};
use crate::analysis::ensemble::{Range, ensemble};
use crate::analysis::summary::summarise;
use crate::domain::rule::{Ground, Rule};
use crate::domain::{Model, World};
use crate::report;
use crate::scenario;

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::terminal::Terminal;

/// Runs between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 4096;

/// Set by Ctrl-C.
pub(super) static STOP: AtomicBool = AtomicBool::new(false);

/// Plays, counts and tells.
pub(super) fn carry_out(options: &args::Ensemble, terminal: &Terminal) -> Result<Exit, Failure> {
    let world = load::world(&options.file, &options.set, options.what_if.as_deref(), terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let measures = measures(options, &model, terminal)?;
    let plan = Plan::new(&model, measures.len());
    let pool = pool(options.threads)?;
    catch_interrupts();
    let counts = pool.install(|| play(&model, &plan, &measures, options));
    if counts.runs < u64::from(options.runs) {
        terminal.remark(&format!("stopped: what follows is runs 0 to {}\n", counts.runs.saturating_sub(1)));
    }
    let summary = summarise(&model, &measures, Reading::new(&plan, &counts), 1.0 - options.level);
    let told = report::ensemble::Ensemble {
        world: &model.world,
        fingerprint: &fingerprint,
        seed: options.seed,
        what_if: options.what_if.as_deref(),
        set: &options.set,
        summary: &summary,
    };
    terminal.print(&match options.json {
        true => report::ensemble::json(&told),
        false => report::ensemble::text(&told, terminal.styled),
    })?;
    Ok(Exit::Fine)
}

/// Lets Ctrl-C stop a study between two batches. A second one, or one that cannot be caught, ends the program as usual.
pub(super) fn catch_interrupts() {
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
}

/// The threads to compute on; 0: as many as there are processors.
pub(super) fn pool(threads: usize) -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|e| Failure::new(Exit::Files, format!("no threads could be started: {e}")))
}

/// Plays the runs batch by batch: whenever it stops, the runs counted are the first ones.
fn play(model: &Model, plan: &Plan, measures: &[Measure], options: &args::Ensemble) -> Counts {
    let mut counts = Counts::new(model, plan);
    let mut progress = Progress::new(u64::from(options.runs), "runs");
    let mut from = 0;
    while from < options.runs && !STOP.load(Ordering::Relaxed) {
        let to = options.runs.min(from.saturating_add(BATCH));
        counts.merge(&ensemble(model, plan, measures, Range { seed: options.seed, from, to }));
        from = to;
        progress.show(u64::from(from));
    }
    progress.clear();
    counts
}

/// The questions of the command line, compiled.
fn measures(options: &args::Ensemble, model: &Model, terminal: &Terminal) -> Result<Vec<Measure>, Failure> {
    let mut measures = Vec::new();
    for text in &options.measure {
        let rule = compile(text, &model.world, model, terminal)?;
        measures.push(Measure { text: text.clone(), rule });
    }
    Ok(measures)
}

fn compile(text: &str, world: &World, model: &Model, terminal: &Terminal) -> Result<Rule, Failure> {
    match scenario::parse_condition(text, world) {
        Ok(condition) => {
            let ground = Ground { layout: &model.layout, cells: &model.cells, round_days: world.round_days };
            Ok(Rule::of(&condition, ground))
        }
        Err(diagnostics) => {
            terminal.remark(&report::diagnostics::render(&diagnostics, terminal.styled_errors));
            Err(Failure::new(Exit::Usage, "--measure takes a condition, such as 'item.water.settled'"))
        }
    }
}

/// One line on standard error that is written again and again; nothing where that is no terminal.
pub(super) struct Progress {
    start: Instant,
    total: u64,
    shown: Option<Instant>,
    terminal: bool,
    what: &'static str,
}

impl Progress {
    pub(super) fn new(total: u64, what: &'static str) -> Self {
        Self { start: Instant::now(), total, shown: None, terminal: std::io::stderr().is_terminal(), what }
    }

    pub(super) fn show(&mut self, done: u64) {
        let pause = Duration::from_millis(200);
        let since = self.shown.unwrap_or(self.start);
        if !self.terminal || done >= self.total || since.elapsed() < pause {
            return;
        }
        self.shown = Some(Instant::now());
        let rate = done as f64 / self.start.elapsed().as_secs_f64();
        let left = (self.total - done) as f64 / rate;
        eprint!("\r\x1b[K{done} of {} {}, {rate:.0} a second, {left:.0} s left", self.total, self.what);
    }

    pub(super) fn clear(&self) {
        if self.shown.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}
