//! The cells of a design: from a table, from ranges, from what-ifs and their pairs.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::analysis::design::{Sampling, points};
use crate::domain::{Assumption, World, hex};
use crate::studies::ids;
use crate::studies::refusal::Refusal;
use crate::studies::sheet::Sheet;

use super::{Levers, Options};

/// The most cells of a design.
pub(super) const MOST: usize = 100_000;
/// The column of a table of cells that names a what-if.
const WHAT_IF: &str = "what_if";
/// The column that numbers cells, which a table may have.
const CELL: &str = "cell";

/// One world of a design.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The what-if in force, by id; two as `a+b`.
    pub what_if: Option<String>,
    /// Further changes: path and value, as `--set` takes them.
    pub set: Vec<(String, String)>,
}

impl Cell {
    /// What is changed in it, for people: numbers with three decimals at most.
    pub(super) fn told(&self) -> String {
        let set = self.set.iter().map(|(path, value)| format!("{path} = {}", short(value)));
        let all: Vec<String> = self.what_if.iter().cloned().chain(set).collect();
        if all.is_empty() { "as it stands".to_owned() } else { all.join("; ") }
    }

    /// Its value at a path, if it changes it.
    pub(super) fn value(&self, path: &str) -> &str {
        self.set.iter().find(|(own, _)| own == path).map_or("", |(_, value)| value)
    }
}

/// A value with three decimals at most, where it is a number with more.
pub(super) fn short(value: &str) -> String {
    let long = value.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 3);
    match value.parse::<f64>() {
        Ok(number) if long => format!("{number:.3}").trim_end_matches('0').trim_end_matches('.').to_owned(),
        _ => value.to_owned(),
    }
}

/// The hash of all cells, by which parts of one design know each other.
pub(super) fn digest(cells: &[Cell]) -> String {
    let text = serde_json::to_string(cells).unwrap_or_default();
    hex(&Sha256::digest(text.as_bytes()))
}

/// The paths that cells change, in the order in which they first come.
pub(super) fn paths(cells: &[Cell]) -> Vec<&str> {
    let mut paths: Vec<&str> = Vec::new();
    let mut known = rustc_hash::FxHashSet::default();
    for (path, _) in cells.iter().flat_map(|cell| &cell.set) {
        if known.insert(path.as_str()) {
            paths.push(path);
        }
    }
    paths
}

/// All cells: every point under every lever, of which the lever changes fastest.
///
/// # Errors
/// When a table or a lever makes no sense, or there are too many.
pub(super) fn cells(
    options: &Options,
    sheet: Option<&Sheet>,
    ranges: &[Assumption],
    world: &World,
) -> Result<Vec<Cell>, Refusal> {
    let points = match (sheet, options.sample) {
        (Some(_), Some(_)) => {
            return Err(Refusal::usage(
                "--cells and --sample both say which cells there are: give one of them",
            ));
        }
        (Some(sheet), None) => read(sheet)?,
        (None, Some(sampling)) => sampled(options, sampling, ranges)?,
        (None, None) => vec![Cell::default()],
    };
    let levers = levers(options, world)?;
    if levers.len() == 1 && sheet.is_none() && options.sample.is_none() {
        return Err(Refusal::usage(
            "nothing is varied: give --cells FILE.csv, --sample lhs, sobol or factorial, --levers each or pairs, or --lever ID",
        ));
    }
    if levers.len() > 1 && points.iter().any(|p| p.what_if.is_some()) {
        return Err(Refusal::usage(format!(
            "the table of cells names what-ifs in its column `{WHAT_IF}` itself: leave --levers and --lever out"
        )));
    }
    if points.len().saturating_mul(levers.len()) > MOST {
        let n = points.len() * levers.len();
        return Err(Refusal::usage(format!("{n} cells are too many, a design has {MOST} at most")));
    }
    let under = |point: &Cell| {
        let with = |lever: &Option<String>| Cell {
            what_if: lever.clone().or_else(|| point.what_if.clone()),
            set: point.set.clone(),
        };
        levers.iter().map(with).collect::<Vec<_>>()
    };
    Ok(points.iter().flat_map(under).collect())
}

/// What is applied to every point: nothing first, then the what-ifs that are asked for.
fn levers(options: &Options, world: &World) -> Result<Vec<Option<String>>, Refusal> {
    let all: Vec<&str> = world.what_ifs.iter().map(|w| w.name.id.as_str()).collect();
    let mut chosen: Vec<String> = Vec::new();
    if let Some(which) = options.levers {
        if all.is_empty() {
            return Err(Refusal::usage("--levers: the scenario has no what-ifs; write some as [what-if.ID]"));
        }
        chosen.extend(all.iter().map(|id| (*id).to_owned()));
        if which == Levers::Pairs {
            let pairs = all
                .iter()
                .enumerate()
                .flat_map(|(k, one)| all[k + 1..].iter().map(move |other| (one, other)));
            chosen.extend(pairs.map(|(one, other)| format!("{one}+{other}")));
        }
    }
    for lever in &options.lever {
        for id in lever.split('+') {
            ids::place("what-if", id, world.what_ifs.iter().map(|w| &w.name))?;
        }
        if !chosen.contains(lever) {
            chosen.push(lever.clone());
        }
    }
    Ok(std::iter::once(None).chain(chosen.into_iter().map(Some)).collect())
}

fn sampled(options: &Options, sampling: Sampling, ranges: &[Assumption]) -> Result<Vec<Cell>, Refusal> {
    if sampling == Sampling::Factorial {
        let most = f64::from(options.steps.max(2));
        let each = ranges.iter().map(|a| a.steps().map_or(most, |n| most.min(n as f64)));
        let n: f64 = each.product();
        if n > MOST as f64 {
            return Err(Refusal::usage(format!(
                "a full factorial of {} ranges with {} steps has {n:.0} cells, {MOST} are the most: choose with --only, or sample with \
                 lhs or sobol",
                ranges.len(),
                options.steps
            )));
        }
    }
    let all = points(sampling, ranges, options.points, options.steps, options.seed);
    let cell = |point: &Vec<f64>| Cell {
        what_if: None,
        set: ranges.iter().zip(point).map(|(a, v)| (a.path.clone(), a.plain(*v))).collect(),
    };
    Ok(all.iter().map(cell).collect())
}

/// The cells of a table; an empty one of its own leaves what it is about as it is.
fn read(sheet: &Sheet) -> Result<Vec<Cell>, Refusal> {
    let name = &sheet.name;
    let wrong = |what: String| Refusal::usage(format!("{name}: {what}"));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(sheet.text.as_bytes());
    let head = reader.headers().map_err(|e| wrong(told(&e)))?.clone();
    for (k, column) in head.iter().enumerate() {
        if column.is_empty() {
            return Err(wrong(format!(
                "line 1: column {} has no name; write a path, such as party.m23.alternative",
                k + 1
            )));
        }
        if head.iter().take(k).any(|other| other == column) {
            return Err(wrong(format!("line 1: the column `{column}` is there twice")));
        }
    }
    if !head.iter().any(|column| column != CELL) {
        return Err(wrong(
            "line 1: there is no column that names a path, such as party.m23.alternative".into(),
        ));
    }
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| wrong(told(&e)))?;
        let mut cell = Cell::default();
        for (column, value) in
            head.iter().zip(&record).filter(|(column, value)| *column != CELL && !value.is_empty())
        {
            match column {
                WHAT_IF => cell.what_if = Some(value.to_owned()),
                path => cell.set.push((path.to_owned(), value.to_owned())),
            }
        }
        cells.push(cell);
        if cells.len() > MOST {
            return Err(wrong(format!("it has more than {MOST} rows, the most cells of a design")));
        }
    }
    if cells.is_empty() {
        return Err(wrong("there is no row under the names of the columns: a row is a cell".into()));
    }
    Ok(cells)
}

/// What is wrong with a table, with its line.
fn told(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line}: it has {len} cells, the first line {expected_len}")
        }
        _ => format!("it is no table: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Result<Vec<Cell>, String> {
        read(&Sheet { name: "cells.csv".into(), text: text.into() }).map_err(|refusal| refusal.message)
    }

    #[test]
    fn a_row_is_a_cell_and_an_empty_place_changes_nothing() {
        let cells = sheet("cell,what_if,a.b,\"c.d\"\n0,,1, low \n1,x+y,,\"[1, 2]\"\n").expect("a table");
        let set = |path: &str, value: &str| (path.to_owned(), value.to_owned());
        assert_eq!(cells[0], Cell { what_if: None, set: vec![set("a.b", "1"), set("c.d", "low")] });
        assert_eq!(cells[1], Cell { what_if: Some("x+y".into()), set: vec![set("c.d", "[1, 2]")] });
        assert_eq!(paths(&cells), ["a.b", "c.d"]);
        assert_ne!(digest(&cells), digest(&cells[..1]));
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told_with_its_line() {
        for (text, says) in [
            ("a.b,\n1,2\n", "line 1: column 2 has no name"),
            ("a.b,a.b\n1,2\n", "`a.b` is there twice"),
            ("cell\n1\n", "no column that names a path"),
            ("a.b\n", "no row"),
            ("a.b,c.d\n1,2\n3\n", "line 3: it has 1 cells, the first line 2"),
        ] {
            let message = sheet(text).expect_err(text);
            assert!(message.starts_with("cells.csv: ") && message.contains(says), "{message}");
        }
    }
}
