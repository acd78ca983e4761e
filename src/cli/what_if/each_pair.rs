//! `--each-pair FILE.csv`: a row for every pair of runs.

use crate::analysis::ensemble::Range;
use crate::analysis::pairs::each;
use crate::cli::exit::Failure;
use crate::cli::rows::Rows;
use crate::cli::single::Single;
use crate::cli::terminal::Terminal;
use crate::drivers::parallel::Pool;
use crate::studies::pairs::Pairs;
use crate::studies::what_if::Changes;

/// The option.
pub(super) const FLAG: &str = "--each-pair";

/// Plays the pairs and writes their rows, where they are asked for.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(
    place: &Single,
    study: &Changes,
    (range, pool): (Range, &Pool),
    excel: bool,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let (pairs, ids) = (study.pairs(), study.ids());
    let (Some(place), Some(first)) = (place.place(), pairs.first()) else { return Ok(()) };
    let lines = Pairs::new(first, &ids);
    let rows = Rows {
        flag: FLAG,
        place,
        head: lines.head(),
        range,
        worlds: pairs.len(),
        pool,
        excel,
        play: &|range| each(&pairs, range).iter().map(|ended| lines.row(ended)).collect(),
    };
    rows.write(terminal).map(drop)
}
