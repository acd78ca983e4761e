//! Comparing worlds with the same luck.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::cli::parted::Kept;
use crate::studies::values::flip;
use crate::studies::what_if::Options;
use crate::telling::chronicle::Detail;

use super::profiles::Profiles;

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
  baraza what-if talks.toml --runs 20000 --part 1/10 --out part-01.json  a part, for `baraza merge`

The same file, seed, number of runs and changes give the same answer on any number of threads. Ctrl-C shows what the pairs so far say; a second one ends the program.")]
pub struct WhatIf {
    /// The scenario, or a negotiation domain (GENIUS, GeniusWeb, NegMAS, NegoLog, scoreable game); `-` reads standard input
    pub file: PathBuf,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// What is asked
    #[command(flatten)]
    pub asked: Options,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Lay one run of one change side by side with the scenario as it stands
    #[arg(long, value_name = "N", conflicts_with_all = ["combine", "show_flip", "measure", "outcome", "rank_by", "each_pair"])]
    pub pair: Option<u32>,
    /// Lay the first run side by side whose outcome goes from one to the other
    #[arg(long, value_name = "FROM:TO", value_parser = flip, conflicts_with_all = ["combine", "measure", "outcome", "rank_by", "each_pair"])]
    pub show_flip: Option<(String, String)>,
    /// Also write a table of single pairs, a row a pair: the change, both outcomes, the round of parting, reserves, measures
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"], conflicts_with_all = ["pair", "show_flip"])]
    pub each_pair: Option<PathBuf>,
    /// How much to tell of a pair side by side; `full` also tells each of several what-ifs in full, on the page as well
    #[arg(long, value_enum, default_value_t = Detail::Normal)]
    pub detail: Detail,
    /// A part of it
    #[command(flatten)]
    pub kept: Kept,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
