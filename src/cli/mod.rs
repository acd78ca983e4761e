//! The command line: arguments, commands and the terminal. One file a command.

mod again;
mod analyze;
pub mod args;
mod backtest;
mod check;
mod class;
mod completions;
mod debrief;
mod design;
mod diagram;
mod discover;
mod each_run;
mod ensemble;
mod exact;
pub mod exit;
mod explain;
mod export;
mod files;
mod folder;
mod foreign;
mod import;
mod list;
mod load;
mod man;
mod memory;
mod merge;
mod new;
pub mod outputs;
mod pace;
mod part_file;
pub mod parted;
mod parts;
mod pictures;
pub mod play;
mod recorded;
mod replay;
mod resolve;
mod rows;
mod run;
mod schema;
mod sensitivity;
#[cfg(feature = "serve")]
mod serve;
mod shard;
mod sheets;
mod single;
mod study;
pub mod subject;
mod terminal;
mod verify;
mod what_if;
mod workbench;

use crate::render::diagnostics::render;

use args::{Arguments, Command};
use exit::{Exit, Failure};
use terminal::Terminal;

pub use terminal::complain;

/// Carries out a command.
///
/// # Errors
/// When it was asked wrongly, or when reading or writing failed.
pub fn carry_out(arguments: Arguments) -> Result<Exit, Failure> {
    let terminal = Terminal::new(arguments.color);
    // Whoever plays is at a prompt of its own.
    let paged = !arguments.no_pager && !arguments.command.stays();
    let terminal = if paged { terminal.paged() } else { terminal };
    let done = command(arguments.command, &terminal);
    if let Err(Failure { diagnostics, .. }) = &done {
        terminal.remark(&render(diagnostics, terminal.styled_errors));
    }
    done
}

fn command(command: Command, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Run(options) => run::carry_out(&options, terminal),
        Command::Replay(options) => replay::carry_out(&options, terminal),
        Command::Sheets(options) => sheets::carry_out(&options, terminal),
        Command::Play(options) => play::carry_out(&options, terminal),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::carry_out(&options, terminal),
        Command::Debrief(options) => debrief::carry_out(&options, terminal),
        Command::Forget(options) => class::forget(&options, terminal),
        Command::Ensemble(options) => ensemble::carry_out(&options, terminal),
        Command::Merge(options) => merge::carry_out(&options, terminal),
        Command::WhatIf(options) => what_if::carry_out(&options, terminal),
        Command::Workbench(options) => workbench::carry_out(&options, terminal),
        Command::Design(options) => design::carry_out(&options, terminal),
        Command::Discover(options) => discover::carry_out(&options, terminal),
        Command::Exact(options) => exact::carry_out(&options, terminal),
        Command::Resolve(options) => resolve::carry_out(&options, terminal),
        Command::Verify(options) => verify::carry_out(&options, terminal),
        Command::Backtest(options) => backtest::carry_out(&options, terminal),
        Command::Sensitivity(options) => sensitivity::carry_out(&options, terminal),
        Command::Export(options) => export::carry_out(&options, terminal),
        Command::Check(options) => check::carry_out(&options, terminal),
        Command::List(options) => list::carry_out(&options, terminal),
        Command::Explain(options) => explain::carry_out(&options, terminal),
        Command::Schema => schema::carry_out(terminal),
        Command::Analyze(options) => analyze::carry_out(&options, terminal),
        Command::Import(options) => import::carry_out(&options, terminal),
        Command::New(options) => new::carry_out(&options, terminal),
        Command::Diagram(options) => diagram::carry_out(&options, terminal),
        Command::Completions(options) => completions::carry_out(&options, terminal),
        Command::Man(options) => man::carry_out(&options, terminal),
    }
}
