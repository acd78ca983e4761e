//! `baraza new`: a scenario to begin with.

use crate::scenario;

use super::args::New;
use super::exit::{Exit, Failure};
use super::files;
use super::terminal::Terminal;

/// Writes the starter, unless the file exists.
pub(super) fn carry_out(options: &New, terminal: &Terminal) -> Result<Exit, Failure> {
    files::create(&options.file, scenario::starter())?;
    let name = options.file.display();
    terminal.print(&format!("Wrote {name}. Play it with `baraza run {name}`.\n"))?;
    Ok(Exit::Fine)
}
