//! Comparing worlds with the same luck.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::outputs::Outputs;

use super::profiles::Profiles;
use super::run::Detail;
use super::values::{Held, flip, level, setting};

/// Options of `what-if`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza what-if talks.toml                          every what-if of the file, the weightiest first
  baraza what-if talks.toml dry-year high-stakes     two of them
  baraza what-if talks.toml --set party.upstream.audience=high
  baraza what-if talks.toml --measure 'item.water.settled'  ranked by how far they move that
  baraza what-if talks.toml --outcome peace-holding  ranked by that outcome
  baraza what-if talks.toml --combine dry-year+high-stakes  do the two help each other?
  baraza what-if talks.toml --combine all --outcome peace-holding  every two of them
  baraza what-if talks.toml dry-year --pair 12       run 12 of both worlds side by side
  baraza what-if talks.toml dry-year --show-flip peace-holding:stalemate
  baraza what-if talks.toml --html answers.html      with a page to be projected or printed
  baraza what-if talks.toml --runs 20000 --json > answers.json
  baraza what-if talks.toml --each-pair pairs.csv    a row a pair

The same file, seed, number of runs and changes give the same answer on any number of threads. Ctrl-C shows what the pairs so far say; a second one ends the program.")]
pub struct WhatIf {
    /// The scenario, or a negotiation domain (GENIUS, GeniusWeb, NegMAS, NegoLog, scoreable game); a file, since it is read once for every what-if
    pub file: PathBuf,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// The what-ifs to compare; all of the file where none is named
    #[arg(value_name = "ID", conflicts_with = "set")]
    pub ids: Vec<String>,
    /// A change of your own instead of the file's what-ifs; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// How many pairs of runs for each what-if
    #[arg(long, default_value_t = 6_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
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
    /// Rank by this outcome, test it alone, and speak of it where two changes are combined
    #[arg(long, value_name = "ID", conflicts_with = "rank_by")]
    pub outcome: Option<String>,
    /// What to rank by and to test: `flips` (everything is tested), an outcome's id or a condition; else --outcome, the first --measure, or flips
    #[arg(long, value_name = "ID|CONDITION")]
    pub rank_by: Option<String>,
    /// When a condition that changes are ranked by must hold for a run to count
    #[arg(long, value_enum, default_value_t = Held::Last)]
    pub held: Held,
    /// Two what-ifs together, as ID+ID, or `all` for every two of those chosen; may be given several times
    #[arg(long, value_name = "ID+ID", conflicts_with = "set")]
    pub combine: Vec<String>,
    /// Lay one run of one change side by side with the scenario as it stands
    #[arg(long, value_name = "N", conflicts_with_all = ["combine", "show_flip", "measure", "outcome", "rank_by", "csv", "svg", "html"])]
    pub pair: Option<u32>,
    /// Lay the first run side by side whose outcome goes from one to the other
    #[arg(long, value_name = "FROM:TO", value_parser = flip, conflicts_with_all = ["combine", "measure", "outcome", "rank_by", "csv", "svg", "html"])]
    pub show_flip: Option<(String, String)>,
    /// Also write a table of single pairs, a row a pair: the change, both outcomes, the round of parting, reserves, measures
    #[arg(long, value_name = "FILE.csv", group = "tables", conflicts_with_all = ["pair", "show_flip"])]
    pub each_pair: Option<PathBuf>,
    /// How much to tell of a pair side by side; `full` also tells each of several what-ifs in full, on the page as well
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
