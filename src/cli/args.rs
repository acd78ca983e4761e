//! The arguments of every command, with the help that `--help` shows.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::report::chronicle;

/// A simulator of peace talks.
///
/// It plays negotiations round by round: parties, mediators, agenda items, armed groups and outside powers act in turn, and every move is told with its reason. It is a teaching model: its numbers are assumptions, its runs are no forecasts.
#[derive(Debug, Parser)]
#[command(name = "baraza", version, propagate_version = false, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  baraza new talks.toml                 write a small scenario to begin with
  baraza check talks.toml               look for mistakes in it
  baraza run talks.toml                 play it once and tell what happened
  baraza run talks.toml --seed 7        the same with other luck
  baraza COMMAND --help                 more about a command

Exit codes: 0 fine, 1 the answer is no, 2 wrong usage, 3 reading or writing failed.")]
pub struct Arguments {
    /// Whether to use colours: `auto` asks the terminal and respects NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
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
    /// Play a scenario many times and show what the runs have in common
    Ensemble(Ensemble),
    /// Show what a change does, in pairs of worlds with the same luck
    WhatIf(WhatIf),
    /// Compute the probability of every outcome exactly, or between bounds
    Exact(Exact),
    /// Write the Markov chain or decision process behind a scenario for other programs
    Export(Export),
    /// Look for mistakes in scenarios
    Check(Check),
    /// Explain the code of a mistake, or list all codes
    Explain(Explain),
    /// Print the JSON Schema of scenario files, for editors
    Schema,
    /// Write a small scenario to begin with
    New(New),
    /// Draw a scenario, or how its agents move from state to state
    Diagram(Diagram),
}

/// Options of `run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza run talks.toml                              run 0 under seed 1
  baraza run talks.toml --run 5                      another run under the same seed
  baraza run talks.toml --set mediator.elders.credibility=low
  baraza run talks.toml --what-if more-trust         one of the questions in the file
  baraza run talks.toml --trace talks.jsonl          keep the run, for `baraza replay`
  baraza run talks.toml --json > talks.json          as data, for other programs

The same file, seed, run and changes give the same text on every machine.")]
pub struct Run {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// The seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Which run under that seed
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub run: u32,
    /// Change a value of the scenario for this run; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// Record every choice in this file, so that the run can be told again
    #[arg(long, value_name = "FILE.jsonl")]
    pub trace: Option<PathBuf>,
    /// Overwrite the file of `--trace` if there is one
    #[arg(long, requires = "trace")]
    pub force: bool,
    /// How it is told
    #[command(flatten)]
    pub telling: Telling,
}

/// How a run is told.
#[derive(Debug, Args)]
pub struct Telling {
    /// How much to tell
    #[arg(long, value_enum, default_value_t = Detail::Normal)]
    pub detail: Detail,
    /// Print one JSON document instead of a text
    #[arg(long, conflicts_with = "detail")]
    pub json: bool,
}

/// How much to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Detail {
    /// Agreements, signatures, breaches, captures, walk-outs and events
    Brief,
    /// Also who refused what and why, mediation, and the ground
    Normal,
    /// Everything, with mandates, odds and attempts that failed
    Full,
}

impl From<Detail> for chronicle::Detail {
    fn from(detail: Detail) -> Self {
        match detail {
            Detail::Brief => Self::Brief,
            Detail::Normal => Self::Normal,
            Detail::Full => Self::Full,
        }
    }
}

/// Options of `replay`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza replay talks.jsonl                          the text of the recorded run
  baraza replay talks.jsonl --detail full            with every detail
  baraza replay talks.jsonl --scenario talks.toml    where the scenario has moved

A trace is refused if the scenario or the version of this program is not the one it was made with, or if it was changed.")]
pub struct Replay {
    /// The trace that `baraza run --trace` wrote
    pub trace: PathBuf,
    /// The scenario, where it is not found under the name that the trace gives
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// How it is told
    #[command(flatten)]
    pub telling: Telling,
}

/// Options of `ensemble`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza ensemble talks.toml                         20,000 runs under seed 1
  baraza ensemble talks.toml --what-if more-trust
  baraza ensemble talks.toml --measure 'any(front.*.intensity == offensive)'
  baraza ensemble talks.toml --runs 1000000 --json > talks.json

The same file, seed, number of runs and changes give the same answer on any number of threads. Ctrl-C shows what the runs so far say; a second one ends the program.")]
pub struct Ensemble {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// How many runs
    #[arg(long, default_value_t = 20_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,
    /// The seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// A question of your own: a condition, counted over the rounds; may be given several times
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// Change a value of the scenario for all runs; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = level)]
    pub level: f64,
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
}

/// Options of `what-if`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza what-if talks.toml                          every what-if of the file, the weightiest first
  baraza what-if talks.toml more-trust late-start    two of them
  baraza what-if talks.toml --set party.north.audience=high
  baraza what-if talks.toml --runs 20000 --json > answers.json

The same file, seed, number of runs and changes give the same answer on any number of threads.")]
pub struct WhatIf {
    /// The scenario; a file, since it is read once for every what-if
    pub file: PathBuf,
    /// The what-ifs to compare; all of the file where none is named
    #[arg(value_name = "ID", conflicts_with = "set")]
    pub ids: Vec<String>,
    /// A change of your own instead of the file's what-ifs; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// How many pairs of runs for each what-if
    #[arg(long, default_value_t = 3_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,
    /// The seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = level)]
    pub level: f64,
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
}

/// Options of `exact`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza exact talks.toml                            every outcome, text, item and party
  baraza exact talks.toml --measure 'item.water.settled and round <= 4'
  baraza exact talks.toml --rational                 fractions, for small scenarios
  baraza exact talks.toml --budget 1e-6 --json       bounds, faster

Every state that can be reached is visited. Where there are too many, the lightest are dropped and every figure becomes a pair of bounds that contain it for certain; where such bounds would say nothing, the program says so and ends with code 1.")]
pub struct Exact {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// A question of your own: a condition, looked at when rounds end; may be given several times
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// Change a value of the scenario; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// The most states to keep after a turn; by default as many as fit into the memory that is free
    #[arg(long, value_name = "N")]
    pub max_states: Option<usize>,
    /// Probability that may be dropped with light states, to be faster
    #[arg(long, default_value_t = 0.0, value_name = "P", value_parser = budget, conflicts_with = "rational")]
    pub budget: f64,
    /// Exact fractions, for small scenarios
    #[arg(long)]
    pub rational: bool,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
}

/// Options of `export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza export talks.toml --format drn --out talks.drn
  baraza export talks.toml --format drn --out talks.drn --measure 'item.water.settled'
  baraza export talks.toml --format drn --agent elders --out elders.drn
  baraza export talks.toml --format prism-explicit --out talks    talks.tra, talks.lab, ...

With --agent the decisions of those agents are left open: a decision process, of which a model checker finds the best and the worst. Labels: init, end, outcome_ID, signed_ID, measure_N, measure_N_last; docs/formats.md says what they mean.")]
pub struct Export {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// The format to write
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// The file to write; for several, what their names begin with
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
    /// Leave this party's or mediator's decisions open; may be given several times
    #[arg(long, value_name = "ID")]
    pub agent: Vec<String>,
    /// A question of your own: a condition, looked at when rounds end, that becomes a label; may be given several times
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// Change a value of the scenario; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// The most states to write
    #[arg(long, default_value_t = 20_000_000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=4_000_000_000))]
    pub max_states: u64,
    /// Overwrite files that exist
    #[arg(long)]
    pub force: bool,
}

/// Formats of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// For the model checker Storm: one file
    Drn,
    /// For the model checker PRISM: transitions, labels and rewards in a file each
    PrismExplicit,
}

/// Options of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza check talks.toml
  baraza check scenarios/*.toml --deny-warnings
  baraza check talks.toml --format json              for editors and scripts

`baraza explain B0101` says more about a mistake with that code.")]
pub struct Check {
    /// The scenarios; `-` reads standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How mistakes are shown
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Take warnings for errors: exit with code 1 if there is any
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people
    Text,
    /// One JSON list, for programs
    Json,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A code such as B0101; without one, all codes are listed
    pub code: Option<String>,
}

/// Options of `new`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baraza new talks.toml && baraza run talks.toml")]
pub struct New {
    /// The file to write; it must not exist yet
    pub file: PathBuf,
}

/// Options of `diagram`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza diagram talks.toml > talks.mmd              the scenario, for Mermaid
  baraza diagram talks.toml --format dot | dot -Tsvg -o talks.svg
  baraza diagram --of agents                         how every kind of agent moves from state to state")]
pub struct Diagram {
    /// The scenario; `-` reads standard input. Not needed for `--of agents`
    #[arg(required_if_eq_any = [("of", "scenario"), ("of", "all")])]
    pub file: Option<PathBuf>,
    /// The language of the drawing
    #[arg(long, value_enum, default_value_t = DiagramFormat::Mermaid)]
    pub format: DiagramFormat,
    /// What to draw
    #[arg(long, value_enum, default_value_t = DiagramOf::Scenario)]
    pub of: DiagramOf,
}

/// Languages of drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiagramFormat {
    /// For pages in Markdown and mermaid.live
    Mermaid,
    /// For Graphviz
    Dot,
}

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiagramOf {
    /// Tracks, seats, items, texts, fronts and who is behind whom
    Scenario,
    /// The states of every kind of agent and what moves it
    Agents,
    /// Both
    All,
}

/// Splits `path=value`.
fn setting(text: &str) -> Result<(String, String), String> {
    let (path, value) = text.split_once('=').ok_or("write PATH=VALUE, such as party.m23.audience=high")?;
    let (path, value) = (path.trim(), value.trim());
    match (path.is_empty(), value.is_empty()) {
        (true, _) => Err("the path before `=` is missing, such as party.m23.audience".into()),
        (_, true) => Err(format!("the value after `{path}=` is missing")),
        _ => Ok((path.to_owned(), value.to_owned())),
    }
}

/// Probability that may be dropped.
fn budget(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(budget) if (0.0..0.5).contains(&budget) => Ok(budget),
        _ => Err("write a number from 0 to below 0.5, such as 1e-6".into()),
    }
}

/// A share of intervals that cover.
fn level(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(level) if level > 0.5 && level < 1.0 => Ok(level),
        _ => Err("write a number above 0.5 and below 1, such as 0.95".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn settings_are_split_at_the_first_equals_sign() {
        let split = |text: &str| setting(text).ok();
        let expected = Some(("a.when".to_string(), "round == 2".to_string()));
        assert_eq!(split("a.when = round == 2"), expected);
        assert_eq!(split("a"), None);
        assert_eq!(split("=1"), None);
        assert_eq!(split("a="), None);
    }
}
