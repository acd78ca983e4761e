//! Exact answers.

use std::path::PathBuf;

use clap::Args;

use crate::cli::subject::Subject;

use super::run::Detail;
use super::values::{Held, budget, setting, states};

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
    /// A question of your own: a condition, looked at when rounds end; may be given several times
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// The most states to keep after a turn; by default as many as fit into the memory that is free
    #[arg(long, value_name = "N", value_parser = states)]
    pub max_states: Option<usize>,
    /// Probability that may be dropped with light states, to be faster
    #[arg(long, default_value_t = 0.0, value_name = "P", value_parser = budget, conflicts_with = "rational")]
    pub budget: f64,
    /// Exact fractions, for small scenarios
    #[arg(long)]
    pub rational: bool,
    /// Write how many states there are after every turn, and how many ways led to them, into this file (CSV)
    #[arg(long, value_name = "FILE.csv")]
    pub layers: Option<PathBuf>,
    /// Begin that file with a byte order mark, so that Excel reads accented letters right
    #[arg(long, requires = "layers")]
    pub excel: bool,
    /// Overwrite the file of `--layers` if there is one
    #[arg(long, requires = "layers")]
    pub force: bool,
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
    /// Leave this party's or mediator's decisions open; several decide each for itself
    #[arg(long, value_name = "ID", required = true)]
    pub agent: Vec<String>,
    /// What is wanted: a condition
    #[arg(long, value_name = "CONDITION", conflicts_with = "outcome")]
    pub measure: Option<String>,
    /// What is wanted: an outcome
    #[arg(long, value_name = "ID")]
    pub outcome: Option<String>,
    /// When a condition must hold for a run to count
    #[arg(long, value_enum, default_value_t = Held::Last)]
    pub held: Held,
    /// What one agent wants, where several decide: a condition, or `points`
    #[arg(long = "for", value_name = "ID=AIM", value_parser = setting)]
    pub aim: Vec<(String, String)>,
    /// Not the best and the worst, but a given policy: this decision always so, where possible; all others by the scenario's odds
    #[arg(long, value_name = "DECISION=CHOICE", value_parser = setting)]
    pub always: Vec<(String, String)>,
    /// Not the best and the worst, but the policy of this file, as `--policy` writes it (CSV): of decisions that it does not have, the
    /// scenario's odds
    #[arg(long, value_name = "FILE.csv", conflicts_with = "always")]
    pub follow: Option<PathBuf>,
    /// Write every decision in every state of the first policy told into this file (CSV)
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["always", "follow"])]
    pub policy: Option<PathBuf>,
    /// Begin that file with a byte order mark, so that Excel reads accented letters right
    #[arg(long, requires = "policy")]
    pub excel: bool,
    /// Overwrite the file of `--policy` if there is one
    #[arg(long, requires = "policy")]
    pub force: bool,
    /// The most states to keep, over all turns together; by default as many as fit into the memory that is free
    #[arg(long, value_name = "N", value_parser = states)]
    pub max_states: Option<usize>,
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
    /// Properties of the file; all of them where none is named
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// A claim of your own; may be given several times
    #[arg(long, value_name = "CLAIM")]
    pub property: Vec<String>,
    /// The most states to keep after a turn; by default as many as fit into the memory that is free
    #[arg(long, value_name = "N", value_parser = states)]
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
