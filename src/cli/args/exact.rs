//! Exact answers.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::cli::subject::Subject;
use crate::studies::{exact, resolve, verify};

/// Options of `exact`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza exact talks.toml                       every outcome, text, item and party
  baraza exact talks.toml --measure 'item.water.settled and round <= 4'
  baraza exact talks.toml --rational            fractions, for small scenarios
  baraza exact talks.toml --budget 1e-6 --json  bounds, faster
  baraza exact talks.toml --layers layers.csv   where the states come from

Every state that can be reached is visited. Where there are too many, the lightest are dropped and every figure becomes a pair of bounds that contain it for certain; where such bounds would say nothing, the program says so and ends with code 1.")]
pub struct Exact {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// What is asked
    #[command(flatten)]
    pub asked: exact::Options,
    /// Write how many states there are after every turn, and how many ways led to them, into this file (CSV)
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"])]
    pub layers: Option<PathBuf>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `resolve`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza resolve talks.toml --agent neighbour                     best and worst for the first outcome
  baraza resolve talks.toml --agent neighbour --outcome stalemate
  baraza resolve talks.toml --agent neighbour --measure 'item.water.settled' --held ever
  baraza resolve talks.toml --agent upstream                      the points that party could have in hand
  baraza resolve talks.toml --agent upstream --agent downstream   each for itself
  baraza resolve talks.toml --agent neighbour --always action=facilitate
  baraza resolve talks.toml --agent neighbour --policy policy.csv  every decision in every state
  baraza resolve talks.toml --agent neighbour --follow policy.csv  what that policy, changed by hand, comes to

It sees the whole state, what others keep to themselves included: bounds for what anybody could reach in this model, no advice to a real mediator or party.")]
pub struct Resolve {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// What is asked
    #[command(flatten)]
    pub asked: resolve::Options,
    /// Not the best and the worst, but the policy of this file, as `--policy` writes it (CSV): of decisions that it does not have, the
    /// scenario's odds
    #[arg(long, value_name = "FILE.csv", conflicts_with = "always")]
    pub follow: Option<PathBuf>,
    /// Not the best and the worst, but the sheets of a session by round (`baraza play --by round`, `serve`): what they say round by round, and
    /// for any other choice the scenario's odds
    #[arg(long, value_name = "LOG", conflicts_with_all = ["always", "follow"])]
    pub orders: Option<PathBuf>,
    /// Write every decision in every state of the first policy told into this file (CSV)
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"], conflicts_with_all = ["always", "follow", "orders"])]
    pub policy: Option<PathBuf>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `verify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza verify talks.toml                    every property of the file
  baraza verify talks.toml no-broken-promise  one of them
  baraza verify talks.toml --property 'never item.water.state == breached'
  baraza verify talks.toml --property 'whenever item.water.settled then round >= 2'
  baraza verify talks.toml --property 'P(outcome == peace-holding) >= 0.2'
  baraza verify talks.toml --trace why.jsonl  keep the counterexample, for `baraza replay`

always, never and possible look at the state after every turn; whenever looks at the ends of rounds; P at the end of the talks. The exit code is 1 unless every property is proved.")]
pub struct Verify {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// What is asked
    #[command(flatten)]
    pub asked: verify::Options,
    /// Keep the run of the first counterexample, or else example, in this file
    #[arg(long, value_name = "FILE.jsonl", group = "written")]
    pub trace: Option<PathBuf>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
