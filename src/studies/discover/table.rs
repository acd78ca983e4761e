//! A table of cases, such as that of a design, and which of its rows are of interest.

use crate::analysis::discovery::{Cases, Column, Values};
use crate::scenario;
use crate::studies::refusal::Refusal;
use crate::studies::sheet::Sheet;

/// What makes a row one of interest: a column, a comparison and a number or a word.
#[derive(Clone, Debug, PartialEq)]
struct Interest {
    column: String,
    compare: &'static str,
    value: String,
}

/// The comparisons, the longer ones first.
const COMPARISONS: [&str; 6] = [">=", "<=", "!=", "==", ">", "<"];

fn interest(text: &str) -> Result<Interest, Refusal> {
    let parted = |compare: &&'static str| text.rsplit_once(*compare).map(|parts| (*compare, parts));
    let found = COMPARISONS.iter().find_map(parted);
    match found {
        Some((compare, (column, value))) if !column.trim().is_empty() && !value.trim().is_empty() => {
            Ok(Interest { column: column.trim().into(), compare, value: value.trim().into() })
        }
        _ => Err(Refusal::usage(format!(
            "--of {text}: write COLUMN, a comparison (>=, <=, >, <, ==, !=) and a value, such as 'outcome.stalemate >= 0.5'"
        ))),
    }
}

impl Interest {
    fn holds(&self, cell: &str) -> bool {
        let numbers = cell.parse::<f64>().ok().zip(self.value.parse::<f64>().ok());
        match (numbers, self.compare) {
            (Some((cell, value)), ">=") => cell >= value,
            (Some((cell, value)), "<=") => cell <= value,
            (Some((cell, value)), ">") => cell > value,
            (Some((cell, value)), "<") => cell < value,
            (Some((cell, value)), "==") => cell == value,
            (Some((cell, value)), _) => cell != value,
            (None, "==") => cell == self.value,
            (None, "!=") => cell != self.value,
            (None, _) => false,
        }
    }
}

/// What the tables of designs say of a cell, and not of what was assumed in it.
fn found_out(column: &str) -> bool {
    let kinds = ["outcome.", "signed.", "settled.", "reward."];
    column == "cell"
        || kinds.iter().any(|kind| column.starts_with(kind))
        || column.ends_with(" (ever)")
        || column.ends_with(" (last)")
}

/// The cases of a table.
///
/// # Errors
/// When it is none, has no such column, or nothing in it is assumed.
pub(super) fn cases(sheet: &Sheet, of: &str, only: &[String]) -> Result<Cases, Refusal> {
    let name = &sheet.name;
    let wrong = |what: String| Refusal::usage(format!("{name}: {what}"));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(sheet.text.as_bytes());
    let head: Vec<String> =
        reader.headers().map_err(|e| wrong(e.to_string()))?.iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().map_err(|e| wrong(e.to_string()))?;
    if rows.is_empty() {
        return Err(wrong("it has no rows: a row is a case".into()));
    }
    let asked = interest(of)?;
    let names: Vec<&str> = head.iter().map(String::as_str).collect();
    let Some(target) = names.iter().position(|column| *column == asked.column) else {
        let help = scenario::suggest(&asked.column, &names, "it has");
        return Err(wrong(format!("there is no column `{}`; {help}", asked.column)));
    };
    let wanted = |column: &str| match only.is_empty() {
        true => !found_out(column),
        false => only.iter().any(|pattern| crate::studies::ranges::matches(pattern, column)),
    };
    let column = |k: usize| {
        let cells: Vec<&str> = rows.iter().map(|row| &row[k]).collect();
        let numbers: Option<Vec<f64>> =
            cells.iter().map(|cell| cell.parse().ok().filter(|v: &f64| v.is_finite())).collect();
        let values = numbers.map_or_else(|| words(&cells), Values::Numbers);
        Column { name: head[k].clone(), values }
    };
    let columns: Vec<Column> = (0..head.len())
        .filter(|k| *k != target && wanted(&head[*k]))
        .map(column)
        .filter(|column| column.values.vary())
        .collect();
    if columns.is_empty() {
        return Err(wrong("no column of assumptions varies: choose some with --only".into()));
    }
    Ok(Cases { columns, interest: rows.iter().map(|row| asked.holds(&row[target])).collect() })
}

fn words(cells: &[&str]) -> Values {
    let mut words: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
    words.sort_unstable();
    words.dedup();
    let place = |cell: &&str| words.iter().position(|word| word == cell).unwrap_or_default();
    let places = cells.iter().map(place).collect();
    Values::Words(words, places)
}
