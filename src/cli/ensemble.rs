//! `baraza ensemble`: many runs of one scenario, and what they show.

use crate::analysis::counters::{Counts, Measure, Plan, Reading};
use crate::analysis::ensemble::{Range, ensemble};
use crate::analysis::summary::summarise;
use crate::domain::Model;
use crate::report;
use crate::scenario;

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::pictures;
use super::study::{Progress, catch_interrupts, measures, pool, stopped};
use super::terminal::Terminal;

/// Runs between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 4096;

/// Plays, counts and tells.
pub(super) fn carry_out(options: &args::Ensemble, terminal: &Terminal) -> Result<Exit, Failure> {
    options.pictures.refuse_to_overwrite()?;
    let world = load::world(&options.file, &options.set, options.what_if.as_deref(), terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let measures = measures(&options.measure, &model, terminal)?;
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
    if options.pictures.wanted() {
        let file = options.file.display().to_string();
        let document = report::ensemble_page::document(&told, &file, &again(options, counts.runs));
        options.pictures.write(&document, terminal)?;
    }
    Ok(Exit::Fine)
}

/// The command that shows the same again.
fn again(options: &args::Ensemble, runs: u64) -> String {
    let mut words = vec!["baraza".into(), "ensemble".into(), options.file.display().to_string()];
    words.extend(["--runs".into(), runs.to_string(), "--seed".into(), options.seed.to_string()]);
    words.extend(["--level".into(), options.level.to_string()]);
    words.extend(options.what_if.iter().flat_map(|id| ["--what-if".into(), id.clone()]));
    words.extend(options.set.iter().flat_map(|(path, value)| ["--set".into(), format!("{path}={value}")]));
    words.extend(options.measure.iter().flat_map(|text| ["--measure".into(), text.clone()]));
    pictures::command(&words)
}

/// Plays the runs batch by batch: whenever it stops, the runs counted are the first ones.
fn play(model: &Model, plan: &Plan, measures: &[Measure], options: &args::Ensemble) -> Counts {
    let mut counts = Counts::new(model, plan);
    let mut progress = Progress::new(u64::from(options.runs), "runs");
    let mut from = 0;
    while from < options.runs && !stopped() {
        let to = options.runs.min(from.saturating_add(BATCH));
        counts.merge(&ensemble(model, plan, measures, Range { seed: options.seed, from, to }));
        from = to;
        progress.show(u64::from(from));
    }
    progress.clear();
    counts
}
