//! Looking at the assumptions and at what really happened.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::cli::parted::Kept;
use crate::cli::subject::Subject;
use crate::studies::{backtest, sensitivity};

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
    /// What is asked
    #[command(flatten)]
    pub asked: sensitivity::Options,
    /// Print the ranges in use as TOML and do nothing else
    #[arg(long, conflicts_with_all = ["json", "csv", "svg", "html"])]
    pub list: bool,
    /// Sobol: write every point of the design with its outputs into this CSV file, which must not exist yet
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"])]
    pub table: Option<PathBuf>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// A part of it
    #[command(flatten)]
    pub kept: Kept,
    /// Other forms of the answer; JSON, tables and page tell of every outcome
    #[command(flatten)]
    pub outputs: Outputs,
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
  baraza backtest scenarios/doha-2025.toml --part 1/4 --out part-1.json  a part, for `baraza merge`

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
    /// A part of it
    #[command(flatten)]
    pub kept: Kept,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
