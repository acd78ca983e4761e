//! The arguments of every command, with the help that `--help` shows. One file a group of commands.

mod debrief;
mod design;
mod discover;
mod ensemble;
mod exact;
mod exchange;
mod forget;
mod play;
mod profiles;
mod program;
mod run;
mod scenario;
#[cfg(feature = "serve")]
mod serve;
mod sheets;
mod studies;
mod what_if;
mod workbench;

use std::fmt::Write;

use clap::builder::Styles;
use clap::{Parser, Subcommand, ValueEnum};

pub use super::outputs::Outputs;
pub use super::subject::Subject;
pub use crate::analysis::Held;
pub(in crate::cli) use crate::studies::values::setting;
pub use crate::telling::chronicle::Detail;
pub use debrief::Debrief;
pub use design::Design;
pub use discover::Discover;
pub use ensemble::{Ensemble, Merge};
pub use exact::{Exact, Resolve, Verify};
pub use exchange::{Analyze, Export, ExportFormat, Import};
pub use forget::Forget;
pub use play::Play;
pub use profiles::Profiles;
pub use program::{Completions, Man};
pub use run::{Replay, Run, Telling};
pub use scenario::{Check, CheckFormat, Diagram, DiagramFormat, DiagramOf, Explain, List, New};
#[cfg(feature = "serve")]
pub use serve::Serve;
pub use sheets::{SheetFormat, Sheets};
pub use studies::{Backtest, Sensitivity};
pub use what_if::WhatIf;
pub use workbench::Workbench;

/// A simulator of peace talks.
///
/// It plays negotiations round by round: parties, mediators, agenda items, armed groups and outside powers act in turn, and every move is told with its reason. It is a teaching model: its numbers are assumptions, its runs are no forecasts.
#[derive(Debug, Parser)]
#[command(name = "baraza", version, propagate_version = false)]
#[command(help_template = template())]
#[command(after_help = "\
Examples:
  baraza new talks.toml           write a small scenario to begin with
  baraza check talks.toml         look for mistakes in it
  baraza run talks.toml           play it once and tell what happened
  baraza run talks.toml --seed 7  the same with other luck
  baraza ensemble talks.toml      play it 20,000 times
  baraza what-if talks.toml       what would have changed it?
  baraza help COMMAND             more about a command

Exit codes: 0 fine, 1 the answer is no, 2 wrong usage, 3 reading or writing failed, 130 stopped by Ctrl-C.")]
pub struct Arguments {
    /// Whether to use colours: `auto` asks the terminal and respects NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// Do not show long answers through a pager (`PAGER`, or less)
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal that has them
    Auto,
    /// Even into a file or a pipe
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play a scenario once and tell what happened, round by round
    Run(Run),
    /// Tell a recorded run again, exactly as it was
    Replay(Replay),
    /// Take the seat of a party or a mediator and decide for it
    Play(Play),
    /// Print what an exercise hands out: briefing, role sheets, guide
    Sheets(Sheets),
    /// Let a class play from its phones
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Look back on a session: on which decisions it hung
    Debrief(Debrief),
    /// Delete the names of a class
    Forget(Forget),
    /// Write a page on which everything can be changed and played
    Workbench(Workbench),
    /// Play a scenario many times and show what the runs share
    Ensemble(Ensemble),
    /// Add up an ensemble or a design that was computed in parts
    Merge(Merge),
    /// Show what a change does, in pairs of worlds with the same luck
    WhatIf(WhatIf),
    /// Show which assumption matters, over ranges of values
    Sensitivity(Sensitivity),
    /// Compare many runs with what really happened
    Backtest(Backtest),
    /// Play many worlds: points of ranges, what-ifs, cells of a table
    Design(Design),
    /// Find what cells of a design have in common (PRIM, CART)
    Discover(Discover),
    /// Compute the probability of every outcome, or bounds of it
    Exact(Exact),
    /// Work out what an agent could reach at best and at worst
    Resolve(Resolve),
    /// Prove or refute properties over all that can happen
    Verify(Verify),
    /// Write a small scenario to begin with
    New(New),
    /// Look for mistakes in scenarios
    Check(Check),
    /// List what a scenario has, and what of it can be changed
    List(List),
    /// Explain the code of a mistake, or list all codes
    Explain(Explain),
    /// Draw a scenario, or how its agents move from state to state
    Diagram(Diagram),
    /// Print the JSON Schema of scenario files, for editors
    #[command(after_help = "\
Examples:
  baraza schema > scenario.schema.json  for completion in an editor: docs/scenario-language.md says how")]
    Schema,
    /// Show the zone of agreement, the frontier, classical solutions
    Analyze(Analyze),
    /// Turn a negotiation domain of another program into a scenario
    Import(Import),
    /// Write a chain or a domain in the format of another program
    Export(Export),
    /// Print what a shell needs to complete commands and options
    Completions(Completions),
    /// Print the manual page, or write one for every command
    Man(Man),
}

impl Command {
    /// Whether it stays with the terminal for as long as people play: nothing of it is paged.
    pub(super) fn stays(&self) -> bool {
        match self {
            Self::Play(_) => true,
            #[cfg(feature = "serve")]
            Self::Serve(_) => true,
            _ => false,
        }
    }
}

/// The commands as `baraza --help` groups them.
const GROUPS: [(&str, &[&str]); 6] = [
    #[cfg(feature = "serve")]
    ("Play", &["run", "replay", "play", "sheets", "serve", "debrief", "forget", "workbench"]),
    #[cfg(not(feature = "serve"))]
    ("Play", &["run", "replay", "play", "sheets", "debrief", "forget", "workbench"]),
    ("Many runs", &["ensemble", "merge", "what-if", "sensitivity", "backtest", "design", "discover"]),
    ("Exact answers", &["exact", "resolve", "verify"]),
    ("Scenario files", &["new", "check", "list", "explain", "diagram", "schema"]),
    ("Bargaining and exchange", &["analyze", "import", "export"]),
    ("The program", &["completions", "man"]),
];

/// What `baraza --help` is made of: clap lists all commands under one heading, this under [`GROUPS`].
fn template() -> String {
    let known = Command::augment_subcommands(clap::Command::new("baraza"));
    let styles = Styles::styled();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let mut text = String::from("{about-with-newline}\n{usage-heading} {usage}\n");
    for (heading, names) in GROUPS {
        // Writing to a string does not fail.
        let _ = writeln!(text, "\n{header}{heading}:{header:#}");
        for name in names {
            let about = known.find_subcommand(name).and_then(clap::Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(text, "  {literal}{name:<11}{literal:#}  {about}");
        }
    }
    let _ = write!(text, "\n{header}Options:{header:#}\n{{options}}{{after-help}}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    /// Help shows every command once, in the order of [`Command`], within 80 columns.
    #[test]
    fn help_shows_every_command_in_its_group() {
        let command = Arguments::command();
        let known: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
        let grouped: Vec<_> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        assert_eq!(grouped, known);
        for command in command.get_subcommands() {
            let about = command.get_about().expect("each says what it does").to_string();
            assert!(about.len() <= 65, "{about}");
        }
    }
}
