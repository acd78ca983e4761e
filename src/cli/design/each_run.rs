//! `--each-run FILE.csv` of a design: a row a run of a cell.

use std::ops::Range;
use std::path::Path;

use crate::analysis::ensemble;
use crate::cli::args;
use crate::cli::exit::Failure;
use crate::cli::files;
use crate::cli::rows;
use crate::cli::terminal::Terminal;
use crate::drivers::parallel::Pool;
use crate::store::Door;
use crate::studies::design::{Design, Rows};

const FLAG: &str = "--each-run";

/// The table, where it is asked for.
pub(super) struct Table<'a>(Option<Asked<'a>>);

struct Asked<'a> {
    place: (&'a Door, &'a Path),
    rows: Rows<'a>,
    runs: usize,
    excel: bool,
    /// Whether a file that holds the same rows already is kept, as a part is.
    keep: bool,
}

impl<'a> Table<'a> {
    /// What is asked for.
    ///
    /// # Errors
    /// When nothing could be written there in the end, or cells have different columns.
    pub(super) fn new(
        options: &'a args::Design,
        door: &'a Door,
        design: &'a Design,
        pool: &Pool,
    ) -> Result<Self, Failure> {
        let Some(path) = options.each_run.as_deref() else { return Ok(Self(None)) };
        let refused = files::refused(FLAG);
        let keep = options.out.is_some();
        // One that is there may hold these very rows: that is seen once they are played.
        match keep && path.symlink_metadata().is_ok() && !door.overwrites() {
            true => door.may_be(path).map_err(&refused)?,
            false => door.check(path).map_err(&refused)?,
        }
        let rows = pool.install(|| Rows::new(design))?;
        let (runs, excel) = (design.options().runs as usize, options.outputs.excel);
        Ok(Self(Some(Asked { place: (door, path), rows, runs, excel, keep })))
    }

    /// Plays the runs of some cells and writes their rows; whether it came to the end.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(&self, cells: Range<u32>, pool: &Pool, terminal: &Terminal) -> Result<bool, Failure> {
        let Some(asked) = &self.0 else { return Ok(true) };
        let rows = &asked.rows;
        let table = rows::Rows {
            flag: FLAG,
            place: asked.place,
            head: asked.rows.head(),
            // The pieces of the work are cells.
            range: ensemble::Range::of(0, cells),
            worlds: asked.runs,
            pool,
            excel: asked.excel,
            play: &|cells| rows.of(cells.from..cells.to),
        };
        if asked.keep { table.write_or_keep(terminal) } else { table.write(terminal) }
    }
}
