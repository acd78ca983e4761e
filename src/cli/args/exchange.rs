//! Other programs' negotiation domains.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::values::setting;

/// Options of `analyze`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza analyze talks.toml                    each track of a scenario, as it stands at the start
  baraza analyze domains/party/                a GENIUS, GeniusWeb, NegMAS or NegoLog folder
  baraza analyze domains/party/ --parties a,b  two of its profiles
  baraza analyze games/harbour/ --json         a scoreable game, as data for other programs

A file stands for the folder it is in; a file that ends in .toml is a scenario. Foreign files are read as their own tool reads them; what is odd in them is told.")]
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
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
}

/// Options of `import`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza import domains/party/ --out party.toml      a GENIUS, GeniusWeb, NegMAS or NegoLog folder
  baraza import games/harbour/ > harbour.toml        a scoreable game
  baraza import domains/grocery/ --parties mary,sam  two of many profiles

What the scenario cannot say as the files do, and what is odd in them, is told on standard error.")]
pub struct Import {
    /// A folder with a negotiation domain, or a file in it
    pub path: PathBuf,
    /// Which profiles negotiate, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub parties: Vec<String>,
    /// The scenario to write; it must not exist yet. Without it, standard output
    #[arg(long, value_name = "FILE.toml")]
    pub out: Option<PathBuf>,
}

/// Options of `export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza export domains/party/ --format genius --out party-genius/
  baraza export games/harbour/ --format geniusweb --out harbour-geniusweb/

What was imported comes back the same; what a format cannot say is told on standard error.")]
pub struct Export {
    /// A folder with a negotiation domain, or a file in it
    pub path: PathBuf,
    /// The format to write
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// The folder to write into; files that exist there are left as they are and refused
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Which profiles to write, by name; all where none is named
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub parties: Vec<String>,
}

/// Formats of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// GENIUS XML: a domain and a profile for every party
    Genius,
    /// GeniusWeb JSON, in the dialect of its Java classes
    Geniusweb,
}
