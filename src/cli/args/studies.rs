//! Looking at the assumptions and at what really happened.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::analysis::Held;
use crate::cli::outputs::Outputs;
use crate::cli::subject::Subject;
use crate::studies::backtest;
use crate::studies::values::{level, range};

/// Options of `sensitivity`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza sensitivity talks.toml  one at a time, then all over their ranges
  baraza sensitivity talks.toml --list  the ranges in use, ready to paste into the file
  baraza sensitivity talks.toml --outcome stalemate
  baraza sensitivity talks.toml --measure 'item.water.settled' --held ever
  baraza sensitivity talks.toml --range party.upstream.alternative=30..60
  baraza sensitivity talks.toml --only 'party.*' --method all --json > answers.json
  baraza sensitivity talks.toml --html answers.html  with a page to be projected or printed

Ranges come from the file's [ranges]; a file without any gets proposals. The same file, seed, ranges and numbers give the same answer on any number of threads.")]
pub struct Sensitivity {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// The outcome that is asked about; the first of the scenario where nothing is asked
    #[arg(long, value_name = "ID", conflicts_with = "measure")]
    pub outcome: Option<String>,
    /// A question of your own: a condition; given several times, the first is told in the text and all in the JSON
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// When the condition must hold for a run to count
    #[arg(long, value_enum, default_value_t = Held::Last)]
    pub held: Held,
    /// How it is studied; may be given several times
    #[arg(long, value_enum, default_values_t = [Method::Tornado, Method::Morris], value_delimiter = ',')]
    pub method: Vec<Method>,
    /// Print the ranges in use as TOML and do nothing else
    #[arg(long, conflicts_with_all = ["json", "csv", "svg", "html"])]
    pub list: bool,
    /// A range of your own, added to the others or in place of one of them; may be given several times
    #[arg(long, value_name = "PATH=LOW..HIGH", value_parser = range)]
    pub range: Vec<(String, String, String)>,
    /// Only the assumptions whose path matches; `*` stands for anything; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub only: Vec<String>,
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
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"])]
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
    /// Other forms of the answer; JSON, tables and page tell of every outcome
    #[command(flatten)]
    pub outputs: Outputs,
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

/// Options of `backtest`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza backtest scenarios/doha-2025.toml  20,000 runs beside its history
  baraza backtest scenarios/doha-2025.toml --what-if more-trust
  baraza backtest scenarios/doha-2025.toml --set party.m23.alternative=45
  baraza backtest scenarios/doha-2025.toml --runs 100000 --json > record.json
  baraza backtest scenarios/doha-2025.toml --html record.html

The history is what the scenario writes as [[history]]: a date and a condition that was true then. One history neither proves nor refutes a model; the text says what the figures can show. The same file, seed, number of runs and changes give the same answer on any number of threads.")]
pub struct Backtest {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// What is asked
    #[command(flatten)]
    pub asked: backtest::Options,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
