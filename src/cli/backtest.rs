//! `baraza backtest`: what really happened, beside many runs.

use crate::analysis::backtest::{Questions, backtest};
use crate::analysis::counters::{Plan, Reading};
use crate::analysis::ensemble::Range;
use crate::domain::Model;

use crate::render::package;
use crate::scenario;

use super::again::command;
use super::args;
use super::exit::{Exit, Failure};
use super::study::{catch_interrupts, play, pool};
use super::terminal::Terminal;

/// Plays, compares and tells.
pub(super) fn carry_out(options: &args::Backtest, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = options.outputs.door([options.subject.file.as_path()]);
    options.outputs.check(&door)?;
    let world = options.subject.world(terminal)?;
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
    let told = crate::studies::backtest::Report {
        world: &model.world,
        fingerprint: &fingerprint,
        seed: options.seed,
        what_if: options.subject.what_if.as_deref(),
        set: &options.subject.set,
        backtest: &found,
    };
    let study = package::Study {
        name: "backtest",
        head: told.head().into(),
        from: 0,
        to: counts.runs,
        level: options.level,
    };
    options.outputs.write(&door, &study, || crate::studies::backtest::tables(&told), terminal)?;
    terminal.print(&match options.outputs.json {
        true => crate::studies::backtest::json(&told),
        false => crate::studies::backtest::text(&told, terminal.paper()),
    })?;
    if options.outputs.pictures.wanted() {
        let again = again(options, counts.runs);
        let document = crate::studies::backtest::page::document(&told, &options.subject.name(), &again);
        options.outputs.pictures.write(&door, &document, terminal)?;
    }
    Ok(Exit::Fine)
}

/// The command that shows the same again.
fn again(options: &args::Backtest, runs: u64) -> String {
    let mut words = vec!["baraza".into(), "backtest".into()];
    words.extend(options.subject.words());
    words.extend(["--runs".into(), runs.to_string()]);
    words.extend(["--seed".into(), options.seed.to_string(), "--level".into(), options.level.to_string()]);
    command(&words)
}
