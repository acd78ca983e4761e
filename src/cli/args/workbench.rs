//! A scenario in a browser.

use std::path::PathBuf;

use clap::Args;

use super::profiles::Profiles;

/// Options of `workbench`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza workbench talks.toml --html talks.html  one file for a course page, a stick or an e-mail

The page computes by itself, offline, and asks nobody for anything: what is changed in it is answered as `baraza what-if` answers it, to the byte. It holds every number of every role: do not hand it out before an exercise is played. docs/workbench.md says more.")]
pub struct Workbench {
    /// The scenario, or a negotiation domain (GENIUS, GeniusWeb, NegMAS, NegoLog, scoreable game); `-` reads standard input
    pub file: PathBuf,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// Where to write the page
    #[arg(long, value_name = "FILE.html", required = true)]
    pub html: PathBuf,
    /// The library for browsers, as `web/build` makes it; if not said, that of the checkout, else the one that was built in
    #[arg(long, value_name = "FILE.wasm.gz")]
    pub wasm: Option<PathBuf>,
    /// Pairs of runs for each what-if that the page shows where nothing can be computed
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,
    /// Threads to compute these on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Write over a file that exists
    #[arg(long)]
    pub force: bool,
}
