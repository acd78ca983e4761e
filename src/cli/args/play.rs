//! Playing a role.

use std::path::PathBuf;

use clap::Args;

use crate::session::Pace;
use crate::studies::values::setting;

use super::profiles::Profiles;

/// Options of `play`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza play talks.toml --as neighbour  as the mediator
  baraza play talks.toml --as upstream --as downstream --seed 7
  baraza play talks.toml --as upstream --session mine.jsonl
  baraza play talks.toml --as upstream --by round  one sheet of orders a round
  baraza play --resume mine.jsonl        go on at the last decision
  baraza play --resume mine.jsonl --lines 9  go on from its first nine lines, in a new log

Every decision is on the disk before its effect is shown. Without `--session` the log is written to a file in the current folder that is named after the scenario, the roles, the seed and the run. `help` at the prompt lists the commands; at the end of the input, or with Ctrl-D, the session is kept and can be resumed.")]
pub struct Play {
    /// The scenario, or a negotiation domain (GENIUS, GeniusWeb, NegMAS, NegoLog, scoreable game)
    #[arg(required_unless_present = "resume", conflicts_with = "resume")]
    pub file: Option<PathBuf>,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// The party or mediator that you play; several take turns at one keyboard
    #[arg(long = "as", value_name = "ID", conflicts_with = "resume")]
    pub seats: Vec<String>,
    /// The seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N", conflicts_with = "resume")]
    pub seed: u64,
    /// Which run under that seed
    #[arg(long, default_value_t = 0, value_name = "N", conflicts_with = "resume")]
    pub run: u32,
    /// Change a value of the scenario; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting, conflicts_with = "resume")]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID", conflicts_with = "resume")]
    pub what_if: Option<String>,
    /// The log of the session; it must not exist yet
    #[arg(long, value_name = "FILE.jsonl")]
    pub session: Option<PathBuf>,
    /// Go on with the session of this log, at its last decision
    #[arg(long, value_name = "FILE.jsonl")]
    pub resume: Option<PathBuf>,
    /// Of the log to be resumed, take the first N lines only, and go on from there in a new log: `--session`, or one named after the
    /// old log, which stays as it is
    #[arg(long, value_name = "N", requires = "resume", value_parser = clap::value_parser!(u32).range(1..))]
    pub lines: Option<u32>,
    /// Whether you decide when a decision is due, or write orders for a whole round
    #[arg(long, value_enum, default_value_t, value_name = "PACE", conflicts_with = "resume")]
    pub by: Pace,
    /// Do not ask for the predictions of the scenario's exercise; `predict` still takes them
    #[arg(long)]
    pub no_predict: bool,
    /// The scenario of a resumed session, where it is not in the log's folder under the name that the log gives
    #[arg(long, value_name = "FILE", requires = "resume")]
    pub scenario: Option<PathBuf>,
}
