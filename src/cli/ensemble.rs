//! `baraza ensemble`: many runs of one scenario, and what they show.

use crate::analysis::counters::{Counts, Measure, Plan, Reading};
use crate::analysis::ensemble::Range;
use crate::analysis::summary::{Method, summarise_by};
use crate::analysis::until::Goal;
use crate::domain::Model;

use crate::render::package;
use crate::scenario;
use crate::store::Door;
use crate::studies::ensemble::{Ensemble, Until};

use super::again::command;
use super::args::{self, Outputs};
use super::each_run;
use super::exit::{Exit, Failure};
use super::ids;
use super::shard;
use super::single::Single;
use super::study::{catch_interrupts, measures, play, pool};
use super::terminal::Terminal;

/// Runs where nobody says how many.
const RUNS: u32 = 20_000;
/// The most runs of a study that ends by itself, where nobody says how many.
const MOST: u32 = 1_000_000;

/// A scenario and what is asked of it.
pub(super) struct Study {
    pub(super) fingerprint: String,
    pub(super) model: Model,
    pub(super) measures: Vec<Measure>,
    pub(super) plan: Plan,
}

impl Study {
    /// Prepares the runs of a scenario with its changes.
    pub(super) fn new(
        world: crate::domain::World,
        questions: &[String],
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let fingerprint = scenario::fingerprint(&world);
        let model = Model::new(world);
        let measures = measures(questions, &model, terminal)?;
        let plan = Plan::new(&model, measures.len());
        Ok(Self { fingerprint, model, measures, plan })
    }

    /// What is played and counted.
    pub(super) fn parts(&self) -> (&Model, &Plan, &[Measure]) {
        (&self.model, &self.plan, &self.measures)
    }
}

/// Plays, counts and tells, or keeps the counts of a part.
pub(super) fn carry_out(options: &args::Ensemble, terminal: &Terminal) -> Result<Exit, Failure> {
    let range = range(options)?;
    let door = options.outputs.door([options.subject.file.as_path()]);
    options.outputs.check(&door)?;
    let each_run = Single::new(&door, each_run::FLAG, options.each_run.as_deref())?;
    let world = options.subject.world(terminal)?;
    let study = Study::new(world, &options.measure, terminal)?;
    let goal = goal(options, &study)?;
    if let Some(out) = &options.out {
        return shard::carry_out(options, out, &door, &study, range, terminal);
    }
    let pool = pool(options.threads)?;
    catch_interrupts();
    let alpha = 1.0 - options.level;
    let met = |goal: &Goal, counts: &Counts| goal.met(&study.model, Reading::new(&study.plan, counts), alpha);
    let counts = pool.install(|| match &goal {
        Some(goal) => play(study.parts(), range, Some(&|counts| met(goal, counts))),
        None => play(study.parts(), range, None),
    });
    let until = goal.as_ref().map(|goal| Until {
        width: goal.width,
        of: goal.names(&study.model, &study.measures),
        most: range.to,
        reached: met(goal, &counts),
    });
    let short = counts.runs < u64::from(range.to - range.from) && !until.as_ref().is_some_and(|u| u.reached);
    if short {
        let last = u64::from(range.from) + counts.runs.saturating_sub(1);
        terminal.remark(&format!("stopped: what follows is runs {} to {last}\n", range.from));
    }
    let told = Told {
        study: &study,
        counts: &counts,
        from: range.from,
        seed: options.seed,
        what_if: options.subject.what_if.as_deref(),
        set: &options.subject.set,
        until: until.as_ref(),
        level: options.level,
        file: options.subject.name(),
        again: again(options, counts.runs, until.is_some()),
    };
    tell(&told, &options.outputs, &door, terminal)?;
    if let Some(path) = each_run.path() {
        let played = Range { to: range.from + counts.runs as u32, ..range };
        each_run::write((&door, path), &study, (played, &pool), options.outputs.excel, terminal)?;
    }
    Ok(Exit::Fine)
}

/// Which runs are asked for.
fn range(options: &args::Ensemble) -> Result<Range, Failure> {
    let most = if options.until_width.is_some() { MOST } else { RUNS };
    let (from, to) = match options.to {
        Some(to) => (options.from.unwrap_or(0), to),
        None => (0, options.runs.unwrap_or(most)),
    };
    match from < to {
        true => Ok(Range { seed: options.seed, from, to }),
        false => {
            let message =
                format!("--from {from} --to {to}: there are no runs in it; --to is the run after the last");
            Err(Failure::new(Exit::Usage, message))
        }
    }
}

/// How well the shares are to be known, where that decides how many runs there are.
fn goal(options: &args::Ensemble, study: &Study) -> Result<Option<Goal>, Failure> {
    let Some(width) = options.until_width else { return Ok(None) };
    let Study { model, measures, .. } = study;
    if options.of.is_empty() {
        return Ok(Some(Goal::all(model, measures.len(), width)));
    }
    Goal::named(model, measures, width, &options.of).map(Some).map_err(|name| {
        let known = Goal::all(model, measures.len(), width).names(model, measures);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        ids::unknown("outcome, and the command no `--measure`,", &name, &known)
    })
}

/// Counts, and where they come from.
pub(super) struct Told<'a> {
    pub(super) study: &'a Study,
    pub(super) counts: &'a Counts,
    pub(super) from: u32,
    pub(super) seed: u64,
    pub(super) what_if: Option<&'a str>,
    pub(super) set: &'a [(String, String)],
    pub(super) until: Option<&'a Until>,
    pub(super) level: f64,
    /// How the command line calls the scenario.
    pub(super) file: String,
    /// The command that shows the same again.
    pub(super) again: String,
}

/// Shows what the counts say, in the forms asked for.
pub(super) fn tell(told: &Told, outputs: &Outputs, door: &Door, terminal: &Terminal) -> Result<(), Failure> {
    let Study { model, measures, plan, fingerprint } = told.study;
    // Where the data decided when to stop, only intervals that hold at every stop will do.
    let method = if told.until.is_some() { Method::Anytime } else { Method::Wilson };
    let reading = Reading::new(plan, told.counts);
    let summary = summarise_by(method, model, measures, reading, 1.0 - told.level);
    let ensemble = Ensemble {
        world: &model.world,
        fingerprint,
        seed: told.seed,
        from: told.from,
        until: told.until,
        what_if: told.what_if,
        set: told.set,
        summary: &summary,
    };
    let study = package::Study {
        name: "ensemble",
        head: ensemble.head().into(),
        from: u64::from(told.from),
        to: u64::from(told.from) + summary.runs,
        level: told.level,
    };
    outputs.write(
        door,
        &study,
        || crate::studies::ensemble::tables::tables(&model.world, &summary),
        terminal,
    )?;
    terminal.print(&match outputs.json {
        true => crate::studies::ensemble::json(&ensemble),
        false => crate::studies::ensemble::text(&ensemble, terminal.paper()),
    })?;
    if outputs.pictures.wanted() {
        let document = crate::studies::ensemble::page::document(&ensemble, &told.file, &told.again);
        outputs.pictures.write(door, &document, terminal)?;
    }
    Ok(())
}

/// The command that shows the same again.
fn again(options: &args::Ensemble, runs: u64, until: bool) -> String {
    let mut words = vec!["baraza".into(), "ensemble".into()];
    words.extend(options.subject.words());
    match options.until_width {
        Some(width) if until => words.extend(["--until-width".into(), width.to_string()]),
        _ => words.extend(["--runs".into(), runs.to_string()]),
    }
    words.extend(options.of.iter().flat_map(|of| ["--of".into(), of.clone()]));
    words.extend(["--seed".into(), options.seed.to_string(), "--level".into(), options.level.to_string()]);
    words.extend(options.measure.iter().flat_map(|text| ["--measure".into(), text.clone()]));
    command(&words)
}
