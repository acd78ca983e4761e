//! What the program says of itself to shells and manuals.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// Options of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza completions bash > baraza.bash  sourced by a bash, it completes commands and options
  baraza completions fish > baraza.fish
  baraza completions zsh > _baraza")]
pub struct Completions {
    /// For which shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  baraza man > baraza.1     the page of the program itself
  baraza man --out manuals  one page for every command as well")]
pub struct Man {
    /// Write the page of the program and one for each of its commands into this folder
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Overwrite files that exist
    #[arg(long, requires = "out")]
    pub force: bool,
}
