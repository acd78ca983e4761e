//! Playing many worlds of one scenario.

use std::path::PathBuf;

use clap::Args;

use crate::cli::outputs::Outputs;
use crate::cli::subject::Subject;
use crate::studies::design::script::Scheduler;
use crate::studies::design::{Options, Portion};

/// Options of `design`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza design talks.toml --sample lhs --points 40 --runs 200  points in the [ranges] of the file
  baraza design talks.toml --sample factorial --only '*.alternative' --steps 3 --runs 100
  baraza design talks.toml --levers pairs --runs 200  every what-if, and every two together
  baraza design talks.toml --sample sobol --points 16 --levers each --runs 100
                                                      what-ifs crossed with points
  baraza design talks.toml --sample lhs --list > cells.csv
                                                      the cells, to be looked at or changed
  baraza design talks.toml --cells cells.csv --runs 50  cells of your own: a column a path, a row a cell
  baraza design talks.toml --cells cells.csv --runs 50 --table wide.csv
                                                      a row a cell, with every estimate
  baraza design talks.toml --cells cells.csv --runs 50 --csv cells --html cells.html
  baraza design talks.toml --cells cells.csv --runs 50 --part 1/20 --out part-01.json
                                                      a part, for `baraza merge`
  baraza design talks.toml --cells cells.csv --script slurm --parts 20 > design.sh

Run 7 has the same luck in every cell. The same file, cells, seed and runs give the same answer on any number of threads and in any parts. Ctrl-C shows the cells that were played; a part (`--out`) that it stops keeps them, and the same command goes on from there.")]
pub struct Design {
    /// What it is about; its changes hold in every cell
    #[command(flatten)]
    pub subject: Subject,
    /// Take the cells from this table: a column a path that `--set` takes, and `what_if` for what-ifs; an empty place changes nothing
    #[arg(long, value_name = "CELLS.csv", conflicts_with = "sample")]
    pub cells: Option<PathBuf>,
    /// What is asked
    #[command(flatten)]
    pub asked: Options,
    /// Print the cells as a table that `--cells` takes, and play nothing
    #[arg(long, conflicts_with_all = ["json", "csv", "svg", "html", "out", "script"])]
    pub list: bool,
    /// Play only this part of the cells, such as 3/100
    #[arg(long, value_name = "I/N", requires = "out")]
    pub part: Option<Portion>,
    /// Write what was counted into this file, for `baraza merge`, and show nothing
    #[arg(long, value_name = "PART.json", group = "written", conflicts_with_all = ["json", "csv", "svg", "html", "level", "table"])]
    pub out: Option<PathBuf>,
    /// Be content with a finished part that is there, without reading the scenario: for restarts of many jobs
    #[arg(long, requires = "out")]
    pub skip_existing: bool,
    /// Print a script that has a cluster play the design in parts and merge them, and play nothing
    #[arg(long, value_enum, value_name = "SCHEDULER", conflicts_with_all = ["out", "json", "svg", "table", "each_run"])]
    pub script: Option<Scheduler>,
    /// In how many parts the script plays it; 100, or a cell each, if not said
    #[arg(long, value_name = "N", requires = "script", value_parser = clap::value_parser!(u32).range(1..))]
    pub parts: Option<u32>,
    /// The folder in which the script keeps the parts
    #[arg(long, value_name = "FOLDER", requires = "script", default_value = "parts")]
    pub folder: String,
    /// Also write a table with a row a cell: its values and every estimate
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"])]
    pub table: Option<PathBuf>,
    /// Also write a table of single runs, a row a run of a cell
    #[arg(long, value_name = "FILE.csv", groups = ["tables", "written"])]
    pub each_run: Option<PathBuf>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}
