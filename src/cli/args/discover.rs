//! Looking at what cells of a design have in common.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::studies::discover::Options;

/// Options of `discover`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza design talks.toml --sample lhs --points 60 --runs 50 --table table.csv
  baraza discover table.csv --of 'outcome.stalemate >= 0.5'
  baraza discover table.csv --of 'outcome.stalemate < 0.2' --density 0.9 --boxes 3
  baraza discover table.csv --of 'outcome.stalemate >= 0.5' --only 'party.*' --html boxes.html

The table is that of `baraza design --table`, or any other with a row a case. What designs estimate (outcome., signed., settled., reward., questions) is no assumption, every other column is; --only chooses.")]
pub struct Discover {
    /// The table: CSV with a line of names, a row a case
    #[arg(value_name = "TABLE.csv")]
    pub table: PathBuf,
    /// What is asked
    #[command(flatten)]
    pub asked: Options,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
