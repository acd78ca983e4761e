//! A design as tidy tables: one row a cell and measure; and as a wide one, a row a cell.

use crate::analysis::design::{Kind, Measured, estimate, value};
use crate::document::dataset::{Dataset, neutral};

use super::{Cell, Designed, cells};

/// The tables `cells`, `settings` and `estimates` (docs/formats.md).
pub(super) fn tables(d: &Designed) -> Vec<Dataset> {
    vec![cells(d), settings(d), estimates(d)]
}

fn cells(d: &Designed) -> Dataset {
    let mut sheet = Dataset::new("cells", &["cell", "what_if"]);
    d.told().for_each(|(k, cell, _)| sheet.push([k.to_string(), cell.what_if.clone().unwrap_or_default()]));
    sheet
}

fn settings(d: &Designed) -> Dataset {
    let mut sheet = Dataset::new("settings", &["cell", "path", "value"]);
    for (k, cell, _) in d.told() {
        cell.set.iter().for_each(|(path, value)| sheet.push([k.to_string(), path.clone(), value.clone()]));
    }
    sheet
}

/// A number; nothing where there is none, such as the interval of a single run.
fn number(value: f64) -> String {
    if value.is_nan() { String::new() } else { value.to_string() }
}

fn estimates(d: &Designed) -> Dataset {
    let mut sheet =
        Dataset::new("estimates", &["cell", "measure", "of_what", "runs", "estimate", "low", "high"]);
    for (k, _, counted) in d.told() {
        for (of, m) in d.measured.iter().enumerate() {
            let (runs, figures) = estimate(counted, d.measured, of, 1.0 - d.options.level);
            let [value, low, high] = figures.map(number);
            let runs = runs.map_or_else(String::new, |n| n.to_string());
            sheet.push([k.to_string(), m.kind.name().into(), m.id.clone(), runs, value, low, high]);
        }
    }
    sheet
}

/// The name of a measure's column in the wide table.
pub(super) fn column(m: &Measured) -> String {
    match m.kind {
        Kind::Ever | Kind::Last => format!("{} ({})", m.id, m.kind.name()),
        kind => format!("{}.{}", kind.name(), m.id),
    }
}

/// The cells as a table of their own.
pub(super) fn list(cells: &[Cell]) -> String {
    written(cells, cells.iter().enumerate().map(|(k, cell)| (k as u32, cell, Vec::new())), &[])
}

/// A row a cell, as CSV: its number, its what-if, the value of every path that some cell changes, and every estimate.
pub(super) fn wide(d: &Designed) -> String {
    let rows = d.told().map(|(k, cell, counted)| {
        let figures = (0..d.measured.len()).map(|of| number(value(counted, d.measured, of)));
        (k, cell, figures.collect())
    });
    written(d.cells, rows, d.measured)
}

/// Rows with the values of all paths that cells change, then figures of what is measured.
fn written<'a>(
    all: &[Cell],
    rows: impl Iterator<Item = (u32, &'a Cell, Vec<String>)>,
    measured: &[Measured],
) -> String {
    let paths = cells::paths(all);
    let head = ["cell", "what_if"].map(str::to_owned).into_iter();
    let head = head.chain(paths.iter().map(|p| (*p).to_owned())).chain(measured.iter().map(column));
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(head.map(|name| neutral(&name).into_owned()));
    for (k, cell, figures) in rows {
        let row = [k.to_string(), cell.what_if.clone().unwrap_or_default()].into_iter();
        let row = row.chain(paths.iter().map(|path| cell.value(path).to_owned())).chain(figures);
        let _ = writer.write_record(row.map(|text| neutral(&text).into_owned()));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
