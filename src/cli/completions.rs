//! `baraza completions`: what a shell needs to complete commands and options.

use clap::CommandFactory;

use super::args::{Arguments, Completions};
use super::exit::{Exit, Failure};
use super::terminal::Terminal;

/// Prints the script of a shell.
pub(super) fn carry_out(options: &Completions, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "baraza", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
