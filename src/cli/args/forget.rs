//! Forgetting the names of a class.

use std::path::PathBuf;

use clap::Args;

use super::profiles::Profiles;

/// Options of `forget`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza forget talks-class      delete the names of a class, and make its pages anew without them
  baraza forget talks-class --scenario talks.toml  where the scenario is in another folder

Names stand in names.json and in the page of the students alone; logs and tables hold ids drawn at random. What was copied or exported before is not reached.")]
pub struct Forget {
    /// The folder of the class
    pub folder: PathBuf,
    /// The scenario, where it is not in the folder under the name that the log gives
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// Runs with each alternative on the pages that are made anew; 200 if not said, as the server plays
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub runs: Option<u32>,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
}
