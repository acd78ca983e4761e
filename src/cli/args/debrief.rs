//! Looking back on a session.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::studies::values::level;

use super::profiles::Profiles;

/// Options of `debrief`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza debrief mine.jsonl                      the branch that was played last
  baraza debrief mine.jsonl --branch 1           another branch
  baraza debrief mine.jsonl theirs.jsonl         who played with the same luck: branches of one tree
  baraza debrief mine.jsonl --html debrief.html  with a page to be projected or printed
  baraza debrief mine.jsonl --runs 5000 --top 10
  baraza debrief mine.jsonl --json > debrief.json
  baraza debrief mine.jsonl --scenario talks.toml  where the scenario is in another folder
  baraza debrief talks-class --now --runs 100    a class: its groups side by side, a page a group
  baraza debrief mine.jsonl --now                although the talks are not over

From every decision the talks are played on with each alternative that was open, every seat by the model, with the same luck. The same log and numbers give the same answer on any number of threads. It shows what the roles hid from each other: for after the exercise.")]
pub struct Debrief {
    /// The log of the session, or the folder of a class; further logs of the same scenario, seed, run and seats are branches of the same tree
    #[arg(required = true, value_name = "SESSION")]
    pub sessions: Vec<PathBuf>,
    /// The scenario, where it is not in the log's folder under the name that the log gives
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// The branch, by its number from 1; the one that was played last if not said
    #[arg(long, value_name = "N")]
    pub branch: Option<usize>,
    /// Predictions on forms, on paper or from the workbench, as a table: who, kind (event or share), question, outcome, set, seed, round, probability
    #[arg(long, value_name = "FILE.csv")]
    pub predictions: Option<PathBuf>,
    /// Look back on talks that are not over: it shows what the roles still hide from each other
    #[arg(long)]
    pub now: bool,
    /// Runs with each alternative of the decisions that are told; all others are first looked at with an eighth of them
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub runs: u32,
    /// How many turning points and missed chances are told at most
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub top: usize,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = level)]
    pub level: f64,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
