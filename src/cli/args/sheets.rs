//! Sheets for an exercise.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::subject::Subject;

/// Options of `sheets`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza sheets talks.toml                     everything, as Markdown
  baraza sheets talks.toml --role upstream     the sheet of one role
  baraza sheets talks.toml --out handouts      briefing.md, role-ID.md, teacher.md
  baraza sheets talks.toml --format html --out handouts --force
  baraza sheets talks.toml --format html > all.html  one page, to be printed
  baraza sheets talks.toml --what-if dry-year  as the scenario is with this change

Where a party and a mediator share an id, it is the party's, and `--role mediator.ID` is the mediator. A role's sheet holds what is public and what is its own. What another role keeps to itself moves nothing in it.")]
pub struct Sheets {
    /// What it is about
    #[command(flatten)]
    pub subject: Subject,
    /// Only the sheet of this party or mediator, without briefing and guide; may be given several times
    #[arg(long, value_name = "ID")]
    pub role: Vec<String>,
    /// Write one file each into this folder instead of printing all
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// The form of the sheets
    #[arg(long, value_enum, default_value_t = SheetFormat::Md)]
    pub format: SheetFormat,
    /// Overwrite files that exist
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// Forms of sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SheetFormat {
    /// Markdown
    Md,
    /// Pages without scripts, to be read or printed
    Html,
}
