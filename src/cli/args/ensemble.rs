//! Playing many times.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::cli::subject::Subject;
use crate::studies::ensemble::Options;
use crate::studies::values::level;

use super::profiles::Profiles;

/// Options of `ensemble`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza ensemble talks.toml                     20,000 runs under seed 1
  baraza ensemble talks.toml --what-if dry-year
  baraza ensemble talks.toml --measure 'item.water.settled and round <= 4'
  baraza ensemble talks.toml --until-width 0.01  as many runs as that takes
  baraza ensemble talks.toml --csv tables        with tables for other programs
  baraza ensemble talks.toml --each-run runs.csv  a row a run
  baraza ensemble talks.toml --html talks.html   with a page to be projected or printed
  baraza ensemble talks.toml --runs 1000000 --json > talks.json
  baraza ensemble talks.toml --from 0 --to 500000 --out part-1.json
                                                 a part, for `baraza merge`
  baraza ensemble talks.toml --from 0 --to 500000 --out part-1.json --each-run part-1.csv
                                                 with the rows of its runs

The same file, seed, number of runs and changes give the same answer on any number of threads. Ctrl-C shows what the runs so far say; a second one ends the program. A part (`--out`) that Ctrl-C stops keeps the runs that are done, and the same command goes on from there; if it is there already, nothing is computed again.")]
pub struct Ensemble {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// What is asked
    #[command(flatten)]
    pub asked: Options,
    /// Write the counts of the part into this file, for `baraza merge`, and show nothing
    #[arg(long, value_name = "SHARD.json", group = "written", requires = "to", conflicts_with_all = ["json", "csv", "svg", "html", "level"])]
    pub out: Option<PathBuf>,
    /// Also write a table of single runs, a row a run: outcome, rounds, when texts were signed, points, reserves, measures
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"])]
    pub each_run: Option<PathBuf>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `merge`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza ensemble talks.toml --to 500000 --out part-1.json
  baraza ensemble talks.toml --from 500000 --to 1000000 --out part-2.json
  baraza merge part-1.json part-2.json            the answer of all 1,000,000 runs
  baraza merge part-*.json --runs 1000000         and refuse if one is missing
  baraza merge part-*.json --scenario talks.toml  where the scenario is in another folder
  baraza design talks.toml --levers each --out design.json
  baraza merge design.json --html design.html     the parts of a design

The answer is that of `baraza ensemble talks.toml --runs 1000000`, byte for byte. Parts of other studies or versions, damaged ones, runs that overlap or are missing are refused, with exit code 1.")]
pub struct Merge {
    /// The shards that `baraza ensemble --out` wrote, or the parts that `baraza design --out` wrote, in any order
    #[arg(required = true, value_name = "SHARD")]
    pub shards: Vec<PathBuf>,
    /// The scenario, where it is neither in the shards' folder nor in the working folder under the name that they give
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// How many runs there have to be; as many as the shards reach if not said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: Option<u32>,
    /// Of a design: also write a table with a row a cell: its values and every estimate
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"])]
    pub table: Option<PathBuf>,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = level)]
    pub level: f64,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
