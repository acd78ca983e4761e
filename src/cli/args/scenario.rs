//! Scenario files.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::cli::subject::Subject;
use crate::scenario::changeable;

use super::profiles::Profiles;

/// Options of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza check talks.toml
  baraza check scenarios/*.toml --deny-warnings
  baraza check talks.toml --format json  for editors and scripts

`baraza explain B0101` says more about a mistake with that code.")]
pub struct Check {
    /// The scenarios or negotiation domains; `-` reads standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// How mistakes are shown
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Take warnings for errors: exit with code 1 if there is any
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people
    Text,
    /// One JSON list, for programs
    Json,
}

/// Options of `list`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza list talks.toml               what there is, and what `--set` changes
  baraza list talks.toml --kind party  only the paths of parties
  baraza list talks.toml --json        all paths, with bounds, for programs

A path and the value beside it are what `--set PATH=VALUE` takes.")]
pub struct List {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// Only the paths that begin with this
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(changeable()))]
    pub kind: Option<String>,
    /// Print one JSON document instead of a text
    #[arg(long)]
    pub json: bool,
}

/// Options of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza explain        all codes
  baraza explain B0101  what one of them means, with an example")]
pub struct Explain {
    /// A code such as B0101; without one, all codes are listed
    pub code: Option<String>,
}

/// Options of `new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza new valley.toml  a small scenario, with remarks
  baraza new ford.toml && baraza run ford.toml")]
pub struct New {
    /// The file to write; it must not exist yet
    pub file: PathBuf,
}

/// Options of `diagram`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza diagram talks.toml > talks.mmd  the scenario, for Mermaid
  baraza diagram talks.toml --format dot | dot -Tsvg -o talks.svg
  baraza diagram --of agents             how every kind of agent moves from state to state")]
pub struct Diagram {
    /// The scenario, or a negotiation domain (GENIUS, GeniusWeb, NegMAS, NegoLog, scoreable game); `-` reads standard input. Not needed for `--of agents`
    #[arg(required_if_eq_any = [("of", "scenario"), ("of", "all")])]
    pub file: Option<PathBuf>,
    /// Which profiles of a domain negotiate
    #[command(flatten)]
    pub profiles: Profiles,
    /// The language of the drawing
    #[arg(long, value_enum, default_value_t = DiagramFormat::Mermaid)]
    pub format: DiagramFormat,
    /// What to draw
    #[arg(long, value_enum, default_value_t = DiagramOf::Scenario)]
    pub of: DiagramOf,
}

/// Languages of drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiagramFormat {
    /// For pages in Markdown and mermaid.live
    Mermaid,
    /// For Graphviz
    Dot,
}

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiagramOf {
    /// Tracks, seats, items, texts, fronts and who is behind whom
    Scenario,
    /// The states of every kind of agent and what moves it
    Agents,
    /// Both
    All,
}
