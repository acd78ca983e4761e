//! `--each-run FILE.csv`: a row a run.

use std::path::Path;

use crate::analysis::ensemble::Range;
use crate::analysis::reserves::Group;
use crate::analysis::runs::runs;
use crate::drivers::parallel::Pool;
use crate::store::Door;
use crate::studies::ensemble::Runs as Ensemble;
use crate::studies::runs::Runs;

use super::exit::Failure;
use super::rows::Rows;
use super::terminal::Terminal;

/// The option.
pub(super) const FLAG: &str = "--each-run";

/// Where the rows go, and which they are.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    /// The place of the table.
    pub(super) place: (&'a Door, &'a Path),
    /// The runs that have a row.
    pub(super) range: Range,
    /// Whether it begins with a byte order mark.
    pub(super) excel: bool,
    /// Whether a file that holds the same rows already is kept, as a part is.
    pub(super) keep: bool,
}

/// Plays the runs and writes their rows; whether it came to the end.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(
    table: Table,
    study: &Ensemble,
    pool: &Pool,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    let Ensemble { model, measures, .. } = study;
    let groups = Group::all(model);
    let lines = Runs::new(model, &groups, measures);
    let rows = Rows {
        flag: FLAG,
        place: table.place,
        head: lines.head(),
        range: table.range,
        worlds: 1,
        pool,
        excel: table.excel,
        play: &|range| runs(model, measures, &groups, range).iter().map(|run| lines.row(run)).collect(),
    };
    if table.keep { rows.write_or_keep(terminal) } else { rows.write(terminal) }
}
