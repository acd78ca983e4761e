//! `baraza new`: a scenario to begin with.

use crate::cli::again::named;
use crate::scenario;
use crate::store::Door;

use super::args::New;
use super::exit::{Exit, Failure};
use super::files;
use super::terminal::Terminal;

/// Writes the starter, unless the file exists.
pub(super) fn carry_out(options: &New, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = Door::new(false);
    let written = door.check(&options.file).and_then(|()| door.put(&options.file, scenario::starter()));
    written.map_err(files::refused_new(""))?;
    let (name, again) = (options.file.display(), named(&options.file));
    terminal.print(&format!("Wrote {name}. Play it with `baraza run {again}`.\n"))?;
    Ok(Exit::Fine)
}
