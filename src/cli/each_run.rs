//! `--each-run FILE.csv`: a row a run, written as the runs are played.

use std::io::Write;
use std::path::Path;

use crate::analysis::ensemble::Range;
use crate::analysis::reserves::Group;
use crate::analysis::runs::runs;
use crate::document::dataset::BYTE_ORDER_MARK;
use crate::drivers::parallel::Pool;
use crate::store::{Door, publish};
use crate::studies::ensemble::Runs as Ensemble;
use crate::studies::runs::Runs;

use super::exit::Failure;
use super::files;
use super::study::{Progress, stopped};
use super::terminal::Terminal;

/// Runs that are kept in memory at once.
const BATCH: u32 = 8192;
/// The option.
pub(super) const FLAG: &str = "--each-run";

/// Plays the runs and writes their rows. However many there are, few are in memory; a stop leaves nothing half-written.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(
    (door, path): (&Door, &Path),
    study: &Ensemble,
    (range, pool): (Range, &Pool),
    excel: bool,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let failed = files::refused(FLAG);
    let groups = Group::all(&study.model);
    let table = Runs::new(&study.model, &groups, &study.measures);
    let mut staged = door.stage(path).map_err(&failed)?;
    let mut body = staged.body().map_err(&failed)?;
    let mut progress = Progress::new(u64::from(range.to - range.from), "rows");
    let mut from = range.from;
    while from < range.to {
        if stopped() {
            progress.clear();
            terminal.remark(&format!("{} is not written: not all of its runs were played\n", path.display()));
            return Ok(());
        }
        let to = range.to.min(from.saturating_add(BATCH));
        let played =
            pool.install(|| runs(&study.model, &study.measures, &groups, Range { from, to, ..range }));
        for run in played {
            body.write_all(table.row(&run).as_bytes()).map_err(|e| failed(staged.failed(e)))?;
        }
        from = to;
        progress.show(u64::from(from - range.from));
    }
    progress.clear();
    let mark = if excel { BYTE_ORDER_MARK.to_string() } else { String::new() };
    staged.finish(&format!("{mark}{}", table.head()), body).map_err(&failed)?;
    publish(vec![staged]).map_err(&failed)?;
    terminal.remark(&format!("wrote {}\n", path.display()));
    Ok(())
}
