//! `baraza backtest`: what really happened, beside many runs.

use crate::analysis::backtest::{Questions, backtest};
use crate::analysis::counters::{Plan, Reading};
use crate::analysis::ensemble::Range;
use crate::domain::Model;
use crate::report;
use crate::scenario;

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::study::{catch_interrupts, play, pool};
use super::terminal::Terminal;

/// Plays, compares and tells.
pub(super) fn carry_out(options: &args::Backtest, terminal: &Terminal) -> Result<Exit, Failure> {
    let world = load::world(&options.file, &options.set, options.what_if.as_deref(), terminal)?;
    if world.history.is_empty() {
        let message = "the scenario has no history: write what happened as [[history]] entries, with a date and a condition";
        return Err(Failure::new(Exit::Usage, message));
    }
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let questions = Questions::of(&model);
    let plan = Plan::new(&model, questions.measures.len());
    let pool = pool(options.threads)?;
    catch_interrupts();
    let range = Range { seed: options.seed, from: 0, to: options.runs };
    let counts = pool.install(|| play((&model, &plan, &questions.measures), range, None));
    if counts.runs < u64::from(options.runs) {
        terminal.remark(&format!("stopped: what follows is runs 0 to {}\n", counts.runs.saturating_sub(1)));
    }
    let found = backtest(&model, &questions, Reading::new(&plan, &counts), 1.0 - options.level);
    let told = report::backtest::Report {
        world: &model.world,
        fingerprint: &fingerprint,
        seed: options.seed,
        what_if: options.what_if.as_deref(),
        set: &options.set,
        backtest: &found,
    };
    terminal.print(&match options.json {
        true => report::backtest::json(&told),
        false => report::backtest::text(&told, terminal.styled),
    })?;
    Ok(Exit::Fine)
}
