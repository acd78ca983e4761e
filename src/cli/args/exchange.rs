//! What other programs read and write.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::outputs::Outputs;
use crate::cli::subject::Subject;
use crate::studies::values::{level, setting};

/// Options of `analyze`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza analyze talks.toml                            each track, as it stands at the start
  baraza analyze scenarios/domains/garden/genius/      a GENIUS, GeniusWeb, NegMAS or NegoLog folder
  baraza analyze scenarios/domains/garden/genius/ --parties regulars,newcomers
  baraza analyze scenarios/domains/garden/geniusweb/ --json
  baraza analyze talks.toml --runs 20000               what do simulated runs agree on? is the moment ripe?
  baraza analyze scenarios/domains/garden/genius/ --runs 100
  baraza analyze talks.toml --html zone.html           with pictures, to be projected or printed

A file stands for the folder it is in; a file that ends in .toml is a scenario. Foreign files are read as their own tool reads them; what is odd in them is told. A scenario is also played: its agreements are held against the frontier, and the zone is followed from round to round. The same file, seed, runs and changes give the same answer on any number of threads.")]
pub struct Analyze {
    /// A scenario (.toml), or a negotiation domain: a folder, or a file in it
    pub path: PathBuf,
    /// Which profiles of a domain negotiate, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// Change a value of the scenario first; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Apply one of the what-ifs of the scenario
    #[arg(long, value_name = "ID")]
    pub what_if: Option<String>,
    /// How many runs are played, 0 for none; a domain is played as `import` writes it [default: 1000, of a domain none]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
    pub runs: Option<u32>,
    /// The seed of all chance
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// The run whose offers are told, where whole packages are dealt in
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub run: u32,
    /// Threads to compute on; 0 for as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[arg(long, default_value_t = 0.95, value_name = "SHARE", value_parser = level)]
    pub level: f64,
    /// Other forms of the answer
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `import`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza import scenarios/domains/garden/genius/ --out garden.toml
  baraza import scenarios/domains/garden/genius/ --tactic conceder --rounds 60 > garden-60.toml
  baraza import scenarios/domains/garden/geniusweb/ --tactic regulars=micro > micro.toml
  baraza import scenarios/domains/garden/geniusweb/ --parties regulars,newcomers > two.toml

Every command that takes a scenario takes such a folder as well, and plays what import would write. What the scenario cannot say as the files do, and what is odd in them, is told on standard error.")]
pub struct Import {
    /// A folder with a negotiation domain, or a file in it
    pub path: PathBuf,
    /// Which profiles negotiate, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// A tactic for all parties, or for one as NAME=TACTIC: boulware (unless told otherwise), conceder, linear,
    /// hardliner, tit-for-tat or micro; may be given several times
    #[arg(long, value_name = "[NAME=]TACTIC")]
    pub tactic: Vec<String>,
    /// Rounds of talks; 30 unless told otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=200))]
    pub rounds: Option<u8>,
    /// Moves in a round; one for each party unless told otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=200))]
    pub steps: Option<u8>,
    /// The scenario to write; it must not exist yet. Without it, standard output
    #[arg(long, value_name = "FILE.toml")]
    pub out: Option<PathBuf>,
}

/// Options of `export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza export talks.toml --format drn --out talks.drn
  baraza export talks.toml --format drn --out water.drn --measure 'item.water.settled'
  baraza export talks.toml --format drn --agent neighbour --out neighbour.drn
  baraza export talks.toml --format prism-explicit --out talks    talks.tra, talks.lab, ...
  baraza export scenarios/domains/garden/geniusweb/ --format genius --out garden-genius/
  baraza export talks.toml --format geniusweb --track town-hall --out town-hall/

drn and prism-explicit write the Markov chain of a scenario. With --agent the decisions of those agents are left open: a decision process, of which a model checker finds the best and the worst. Labels: init, end, outcome_ID, signed_ID, measure_N, measure_N_last; docs/formats.md says what they mean. genius and geniusweb write a negotiation domain of another program, of a domain or of one track of a scenario: what was read from the same format comes back the same, and what a format cannot say is told on standard error.")]
pub struct Export {
    /// What is written
    #[command(flatten)]
    pub subject: Subject,
    /// The format to write
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// The file to write; for several, what their names begin with, or for domains the folder
    #[arg(long, value_name = "PATH")]
    pub out: PathBuf,
    /// Leave this party's or mediator's decisions open; may be given several times
    #[arg(long, value_name = "ID")]
    pub agent: Vec<String>,
    /// A question of your own: a condition, looked at when rounds end, that becomes a label; may be given several times
    #[arg(long, value_name = "CONDITION")]
    pub measure: Vec<String>,
    /// The most states to write
    #[arg(long, default_value_t = 20_000_000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=4_000_000_000))]
    pub max_states: u64,
    /// genius and geniusweb: the track of a scenario to write, by id; needed where several have items
    #[arg(long, value_name = "ID", conflicts_with_all = ["agent", "measure"])]
    pub track: Option<String>,
    /// Overwrite files that exist
    #[arg(long)]
    pub force: bool,
}

/// Formats of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// For the model checker Storm: one file
    Drn,
    /// For the model checker PRISM: transitions, labels and rewards in a file each
    PrismExplicit,
    /// GENIUS XML: a domain and a profile for every party
    Genius,
    /// GeniusWeb JSON, in the dialect of its Java classes
    Geniusweb,
}
