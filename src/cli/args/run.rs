//! Playing once.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::cli::subject::Subject;
use crate::telling::chronicle::Detail;

use super::profiles::Profiles;

/// Options of `run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza run talks.toml                      run 0 under seed 1
  baraza run talks.toml --run 5              another run under the same seed
  baraza run talks.toml --set mediator.neighbour.credibility=low
  baraza run talks.toml --what-if dry-year   one of the questions in the file
  baraza run talks.toml --trace talks.jsonl  keep the run, for `baraza replay`
  baraza run talks.toml --json > talks.json  as data, for other programs
  baraza run talks.toml --html run.html      as a page to be projected or printed

The same file, seed, run and changes give the same text on every machine.")]
pub struct Run {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// The seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Which run under that seed
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub run: u32,
    /// Record every choice in this file, so that the run can be told again
    #[arg(long, value_name = "FILE.jsonl", group = "written")]
    pub trace: Option<PathBuf>,
    /// How it is told
    #[command(flatten)]
    pub telling: Telling,
}

/// How a run is told.
#[derive(Debug, Args)]
pub struct Telling {
    /// How much to tell
    #[arg(long, value_enum, default_value_t = Detail::Brief, conflicts_with = "json")]
    pub detail: Detail,
    /// Other forms of it
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `replay`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza replay talks.jsonl                the text of the recorded run
  baraza replay talks.jsonl --detail full  with every detail
  baraza replay talks.jsonl --scenario talks.toml  where the scenario is in another folder

A trace is refused if the scenario or the version of this program is not the one it was made with, or if it was changed.")]
pub struct Replay {
    /// The trace that `baraza run --trace` wrote
    pub trace: PathBuf,
    /// The scenario, where it is neither in the trace's folder nor in the working folder under the name that the trace gives
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// How it is told
    #[command(flatten)]
    pub telling: Telling,
}
