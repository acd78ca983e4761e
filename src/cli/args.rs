//! The arguments of every command, with the help that `--help` shows.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::report::chronicle;

pub use super::outputs::Outputs;

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

Exit codes: 0 fine, 1 the answer is no, 2 wrong usage, 3 reading or writing failed, 130 stopped by Ctrl-C.")]
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
    /// Add up the shards of an ensemble that was computed in parts
    Merge(Merge),
    /// Show what a change does, in pairs of worlds with the same luck
    WhatIf(WhatIf),
    /// Show which assumption matters: ranges for numbers and levels, and what they do
    Sensitivity(Sensitivity),
    /// Compare many runs with what really happened
    Backtest(Backtest),
    /// Compute the probability of every outcome exactly, or between bounds
    Exact(Exact),
    /// Work out what an agent could reach at best and at worst by deciding otherwise
    Resolve(Resolve),
    /// Prove or refute properties over all that can happen
    Verify(Verify),
    /// Look for mistakes in scenarios
    Check(Check),
    /// Explain the code of a mistake, or list all codes
    Explain(Explain),
    /// Print the JSON Schema of scenario files, for editors
    Schema,
    /// Write a small scenario to begin with
    New(New),
    /// Show the zone of agreement, the frontier and the classical solutions
    Analyze(Analyze),
    /// Turn a negotiation domain of another program into a scenario
    Import(Import),
    /// Write a negotiation domain in the format of another program
    Export(Export),
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
  baraza ensemble talks.toml --until-width 0.01      as many runs as that takes
  baraza ensemble talks.toml --csv tables            with tables for other programs
  baraza ensemble talks.toml --html talks.html       with a page to be projected or printed
  baraza ensemble talks.toml --runs 1000000 --json > talks.json
  baraza ensemble talks.toml --from 0 --to 500000 --out part-1.json
                                                     a part, for `baraza merge`

The same file, seed, number of runs and changes give the same answer on any number of threads. Ctrl-C shows what the runs so far say; a second one ends the program. A part (`--out`) is written whole or not at all; if it is there already, nothing is computed again.")]
pub struct Ensemble {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// How many runs, 20,000 if not said; with `--until-width` the most, 1,000,000 if not said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: Option<u32>,
    /// Play until the interval of every outcome and measure is at most this wide, such as 0.01
    #[arg(long, value_name = "WIDTH", value_parser = width, conflicts_with_all = ["to", "from"])]
    pub until_width: Option<f64>,
    /// Only the interval of this outcome (its id) or measure has to be; may be given several times
    #[arg(long, value_name = "OUTCOME", requires = "until_width")]
    pub of: Vec<String>,
    /// The first run of a part
    #[arg(long, value_name = "N", requires = "to")]
    pub from: Option<u32>,
    /// The run after the last of a part
    #[arg(long, value_name = "N", conflicts_with = "runs", value_parser = clap::value_parser!(u32).range(1..))]
    pub to: Option<u32>,
    /// Write the counts of the part into this file, for `baraza merge`, and show nothing
    #[arg(long, value_name = "SHARD.json", requires = "to", conflicts_with_all = ["json", "csv", "level"])]
    pub out: Option<PathBuf>,
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
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza ensemble talks.toml --to 500000 --out part-1.json
  baraza ensemble talks.toml --from 500000 --to 1000000 --out part-2.json
  baraza merge part-1.json part-2.json               the answer of all 1,000,000 runs
  baraza merge part-*.json --runs 1000000            and refuse if one is missing
  baraza merge part-*.json --scenario talks.toml     where the scenario has moved

The answer is that of `baraza ensemble talks.toml --runs 1000000`, byte for byte. Parts of other studies or versions, damaged ones, runs that overlap or are missing are refused, with exit code 1.")]
pub struct Merge {
    /// The shards that `baraza ensemble --out` wrote, in any order
    #[arg(required = true, value_name = "SHARD")]
    pub shards: Vec<PathBuf>,
    /// The scenario, where it is not found under the name that the shards give
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// How many runs there have to be; as many as the shards reach if not said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: Option<u32>,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = level)]
    pub level: f64,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `what-if`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza what-if talks.toml                          every what-if of the file, the weightiest first
  baraza what-if talks.toml more-trust late-start    two of them
  baraza what-if talks.toml --set party.north.audience=high
  baraza what-if talks.toml --measure 'item.water.settled'          ranked by how far they move that
  baraza what-if talks.toml --outcome peace-holding                 ranked by that outcome
  baraza what-if talks.toml --combine more-trust+late-start         do the two help each other?
  baraza what-if talks.toml --combine all --outcome peace-holding   every two of them
  baraza what-if talks.toml more-trust --pair 12                    run 12 of both worlds side by side
  baraza what-if talks.toml more-trust --show-flip stalemate:peace-holding
  baraza what-if talks.toml --html answers.html                     with a page to be projected or printed
  baraza what-if talks.toml --runs 20000 --json > answers.json

The same file, seed, number of runs and changes give the same answer on any number of threads. Ctrl-C shows what the pairs so far say; a second one ends the program.")]
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
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
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
    /// How intervals of differences are computed
    #[arg(long, value_enum, default_value_t = IntervalMethod::Newcombe)]
    pub interval: IntervalMethod,
    /// A question of your own: a condition whose share is compared too; may be given several times
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// Rank by this outcome, and speak of it where two changes are combined
    #[arg(long, value_name = "ID", conflicts_with = "rank_by")]
    pub outcome: Option<String>,
    /// What to rank by: `flips`, an outcome's id or a condition; else by --outcome, the first --measure, or flips
    #[arg(long, value_name = "ID|CONDITION")]
    pub rank_by: Option<String>,
    /// When a condition that changes are ranked by counts as having held
    #[arg(long, value_enum, default_value_t = WhenHeld::SomeRound)]
    pub held: WhenHeld,
    /// Two what-ifs together, as ID+ID, or `all` for every two of those chosen; may be given several times
    #[arg(long, value_name = "ID+ID", conflicts_with = "set")]
    pub combine: Vec<String>,
    /// Lay one run of one change side by side with the scenario as it stands
    #[arg(long, value_name = "N", conflicts_with_all = ["combine", "show_flip", "measure", "outcome", "rank_by"])]
    pub pair: Option<u32>,
    /// Lay the first run side by side whose outcome goes from one to the other
    #[arg(long, value_name = "FROM:TO", value_parser = flip, conflicts_with_all = ["combine", "measure", "outcome", "rank_by"])]
    pub show_flip: Option<(String, String)>,
    /// How much to tell of a pair side by side
    #[arg(long, value_enum, default_value_t = Detail::Normal)]
    pub detail: Detail,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}

/// How intervals of differences are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum IntervalMethod {
    /// From the two Wilson intervals
    Newcombe,
    /// By inverting the score test
    Tango,
}

/// When a condition counts as having held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhenHeld {
    /// At the end of some round
    SomeRound,
    /// At the end of the last round
    LastRound,
}

/// Options of `sensitivity`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza sensitivity talks.toml                      one at a time, then all over their ranges
  baraza sensitivity talks.toml --list               the ranges in use, ready to paste into the file
  baraza sensitivity talks.toml --outcome stalemate
  baraza sensitivity talks.toml --measure 'item.water.settled' --held ever
  baraza sensitivity talks.toml --range party.north.alternative=30..60 --range party.north.audience=low..high
  baraza sensitivity talks.toml --only 'party.*' --method all --json > answers.json

Ranges come from the file's [ranges]; a file without any gets proposals. The same file, seed, ranges and numbers give the same answer on any number of threads.")]
pub struct Sensitivity {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// The outcome that is asked about; the first of the scenario where nothing is asked
    #[arg(long, value_name = "ID", conflicts_with = "measure")]
    pub outcome: Option<String>,
    /// A question of your own: a condition; given several times, the first is told in the text and all in the JSON
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// When the condition must hold for a run to count
    #[arg(long, value_enum, default_value_t = Held::End)]
    pub held: Held,
    /// How it is studied; may be given several times
    #[arg(long, value_enum, default_values_t = [Method::Tornado, Method::Morris], value_delimiter = ',')]
    pub method: Vec<Method>,
    /// Print the ranges in use as TOML and do nothing else
    #[arg(long, conflicts_with = "json")]
    pub list: bool,
    /// A range of your own, added to the others or in place of one of them; may be given several times
    #[arg(long, value_name = "PATH=LOW..HIGH", value_parser = range)]
    pub range: Vec<(String, String, String)>,
    /// Only the assumptions whose path matches; `*` stands for anything; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub only: Vec<String>,
    /// Change a value of the scenario for all runs; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// Tornado: runs of the scenario and at each end of each range
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub runs: u32,
    /// Morris: walks through the ranges
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000))]
    pub walks: u32,
    /// Morris: runs at each point of a walk
    #[arg(long, default_value_t = 200, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub walk_runs: u32,
    /// Sobol: rows of the design, best a power of two
    #[arg(long, default_value_t = 1_024, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=65_536))]
    pub rows: u32,
    /// Sobol: runs at each point; more than one studies the share of so many runs
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub repeats: u32,
    /// Sobol: write every point of the design with its outputs into this CSV file, which must not exist yet
    #[arg(long, value_name = "FILE.csv")]
    pub table: Option<PathBuf>,
    /// The seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = level)]
    pub level: f64,
    /// Print one JSON document instead of a text, about every outcome
    #[arg(long)]
    pub json: bool,
}

/// Methods of `sensitivity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// Each assumption at the ends of its range, the others as they are
    Tornado,
    /// Elementary effects on walks through all ranges (Morris 1991)
    Morris,
    /// The variance taken apart (Sobol' indices)
    Sobol,
    /// All of them
    All,
}

/// When a condition must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Held {
    /// At the end of the last round
    End,
    /// At the end of some round
    Ever,
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

/// Options of `resolve`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza resolve talks.toml --agent elders                        best and worst for the first outcome
  baraza resolve talks.toml --agent elders --outcome peace-holding
  baraza resolve talks.toml --agent elders --measure 'item.water.settled' --ever
  baraza resolve talks.toml --agent north                         the points that party could have in hand
  baraza resolve talks.toml --agent north --agent south           each for itself
  baraza resolve talks.toml --agent elders --always action=facilitate
  baraza resolve talks.toml --agent elders --policy policy.csv    every decision in every state

It sees the whole state, what others keep to themselves included: bounds for what anybody could reach in this model, no advice to a real mediator or party.")]
pub struct Resolve {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// Leave this party's or mediator's decisions open; several decide each for itself
    #[arg(long, value_name = "ID", required = true)]
    pub agent: Vec<String>,
    /// What is wanted: a condition that holds when the talks end
    #[arg(long, value_name = "CONDITION", conflicts_with = "outcome")]
    pub measure: Option<String>,
    /// What is wanted: an outcome
    #[arg(long, value_name = "ID")]
    pub outcome: Option<String>,
    /// A condition counts if it holds at the end of some round, not only when the talks end
    #[arg(long)]
    pub ever: bool,
    /// What one agent wants, where several decide: a condition, or `points`
    #[arg(long = "for", value_name = "ID=AIM", value_parser = setting)]
    pub aim: Vec<(String, String)>,
    /// Not the best and the worst, but a given policy: this decision always so, where possible; all others by the scenario's odds
    #[arg(long, value_name = "DECISION=CHOICE", value_parser = setting)]
    pub always: Vec<(String, String)>,
    /// Write every decision in every state of the first policy told into this file (CSV)
    #[arg(long, value_name = "FILE.csv")]
    pub policy: Option<PathBuf>,
    /// Overwrite the file of `--policy` if there is one
    #[arg(long, requires = "policy")]
    pub force: bool,
    /// Change a value of the scenario; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// The most states to keep, over all turns together; by default as many as fit into the memory that is free
    #[arg(long, value_name = "N")]
    pub max_states: Option<u64>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
}

/// Options of `verify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza verify talks.toml                           every property of the file
  baraza verify talks.toml no-broken-promise         one of them
  baraza verify talks.toml --property 'never item.water.state == breached'
  baraza verify talks.toml --property 'whenever track.talks.state == suspended then track.talks.state == open within 2 rounds'
  baraza verify talks.toml --property 'P(outcome == peace-holding) >= 0.2'
  baraza verify talks.toml --trace why.jsonl         keep the counterexample, for `baraza replay`

always, never and possible look at the state after every turn; whenever looks at the ends of rounds; P at the end of the talks. The exit code is 1 unless every property is proved.")]
pub struct Verify {
    /// The scenario; `-` reads standard input
    pub file: PathBuf,
    /// Properties of the file; all of them where none is named
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// A claim of your own; may be given several times
    #[arg(long, value_name = "CLAIM")]
    pub property: Vec<String>,
    /// Change a value of the scenario; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// The most states to keep after a turn; by default as many as fit into the memory that is free
    #[arg(long, value_name = "N")]
    pub max_states: Option<usize>,
    /// Keep the run of the first counterexample, or else example, in this file
    #[arg(long, value_name = "FILE.jsonl")]
    pub trace: Option<PathBuf>,
    /// Overwrite the file of `--trace` if there is one
    #[arg(long, requires = "trace")]
    pub force: bool,
    /// How much to tell of counterexamples
    #[arg(long, value_enum, default_value_t = Detail::Normal)]
    pub detail: Detail,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Print one JSON document instead of a text
    #[arg(long, conflicts_with = "detail")]
    pub json: bool,
}

/// Options of `backtest`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza backtest talks.toml                         20,000 runs under seed 1 beside the file's history
  baraza backtest talks.toml --what-if more-trust    how the record looks under another assumption
  baraza backtest talks.toml --set party.north.alternative=40
  baraza backtest talks.toml --runs 100000 --json > record.json

The history is what the scenario writes as [[history]]: a date and a condition that was true then. One history neither proves nor refutes a model; the text says what the figures can show. The same file, seed, number of runs and changes give the same answer on any number of threads.")]
pub struct Backtest {
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

/// Options of `analyze`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza analyze talks.toml                          each track of a scenario, as it stands at the start
  baraza analyze domains/party/                      a GENIUS, GeniusWeb, NegMAS or NegoLog folder
  baraza analyze domains/party/ --parties a,b        two of its profiles
  baraza analyze games/harbour/ --json               a scoreable game, as data for other programs

A file stands for the folder it is in; a file that ends in .toml is a scenario. Foreign files are read as their own tool reads them; what is odd in them is told.")]
pub struct Analyze {
    /// A scenario (.toml), or a negotiation domain: a folder, or a file in it
    pub path: PathBuf,
    /// Which profiles of a domain negotiate, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// Change a value of the scenario first; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
}

/// Options of `import`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza import domains/party/ --out party.toml      a GENIUS, GeniusWeb, NegMAS or NegoLog folder
  baraza import games/harbour/ > harbour.toml        a scoreable game
  baraza import domains/grocery/ --parties mary,sam  two of many profiles

What the scenario cannot say as the files do, and what is odd in them, is told on standard error.")]
pub struct Import {
    /// A folder with a negotiation domain, or a file in it
    pub path: PathBuf,
    /// Which profiles negotiate, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// The scenario to write; it must not exist yet. Without it, standard output
    #[arg(long, value_name = "FILE.toml")]
    pub out: Option<PathBuf>,
}

/// Options of `export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza export talks.toml --format drn --out talks.drn
  baraza export talks.toml --format drn --out talks.drn --measure 'item.water.settled'
  baraza export talks.toml --format drn --agent elders --out elders.drn
  baraza export talks.toml --format prism-explicit --out talks    talks.tra, talks.lab, ...
  baraza export domains/party/ --format genius --out party-genius/

drn and prism-explicit write the Markov chain of a scenario. With --agent the decisions of those agents are left open: a decision process, of which a model checker finds the best and the worst. Labels: init, end, outcome_ID, signed_ID, measure_N, measure_N_last; docs/formats.md says what they mean. genius and geniusweb write a negotiation domain of another program: what was imported comes back the same, and what a format cannot say is told on standard error.")]
pub struct Export {
    /// The scenario; for genius and geniusweb a folder with a negotiation domain, or a file in it
    pub file: PathBuf,
    /// The format to write
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// The file to write; for several, what their names begin with, or for domains the folder
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
    /// Which profiles of a domain to write, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', conflicts_with_all = ["agent", "measure", "set", "what_if"])]
    pub parties: Vec<String>,
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
    /// GENIUS XML: a domain and a profile for every party
    Genius,
    /// GeniusWeb JSON, in the dialect of its Java classes
    Geniusweb,
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

/// Splits `from:to`.
fn flip(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((from, to)) if !from.trim().is_empty() && !to.trim().is_empty() => {
            Ok((from.trim().to_owned(), to.trim().to_owned()))
        }
        _ => Err("write two outcomes as FROM:TO, such as stalemate:peace-holding".into()),
    }
}

/// Splits `path=low..high`. Numbers may have points of their own: the ends are parted at the first two dots that
/// leave something on either side.
fn range(text: &str) -> Result<(String, String, String), String> {
    let (path, ends) = setting(text).map_err(|_| RANGE)?;
    let (low, high) = ends.split_once("..").ok_or(RANGE)?;
    let (low, high) = (low.trim(), high.trim());
    if low.is_empty() || high.is_empty() {
        return Err(RANGE.into());
    }
    Ok((path, low.to_owned(), high.to_owned()))
}

const RANGE: &str = "write PATH=LOW..HIGH, such as party.m23.alternative=30..60";

/// Probability that may be dropped.
fn budget(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(budget) if (0.0..0.5).contains(&budget) => Ok(budget),
        _ => Err("write a number from 0 to below 0.5, such as 1e-6".into()),
    }
}

/// The width of an interval.
fn width(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if width > 0.0 && width < 1.0 => Ok(width),
        _ => Err("write a number above 0 and below 1, such as 0.01 for one point of 100".into()),
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
