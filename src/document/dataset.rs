//! Tidy tables: one row a cell and measure, for other programs to read.

use std::borrow::Cow;

/// What a table begins with for programs that take a text without it for one of an old alphabet, such as Excel.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of a table; for Excel with a [`BYTE_ORDER_MARK`].
pub fn marked(text: String, excel: bool) -> String {
    if excel { format!("{BYTE_ORDER_MARK}{text}") } else { text }
}

/// What makes a spreadsheet take a text for a formula and run it, at the beginning of a cell.
const RUN: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Where a spreadsheet may see the beginning of a cell within a text: it leaves white space out, and may split cells at semicolons.
const SPLIT: [char; 4] = ['\t', '\r', '\n', ';'];

/// A text that no spreadsheet runs: an apostrophe stands before what it would take for a formula. Numbers stay as they are.
pub fn neutral(text: &str) -> Cow<'_, str> {
    let number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    if !text.contains(RUN) && !text.starts_with(SPLIT) || number() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 2);
    let mut begins = true;
    for c in text.chars() {
        if begins && RUN.contains(&c) || out.is_empty() && SPLIT[..3].contains(&c) {
            out.push('\'');
        }
        out.push(c);
        begins = SPLIT.contains(&c);
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// A table of a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// What it holds; the name of its file without `.csv`.
    pub name: &'static str,
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// Its rows, as long as there are columns. Shares are written as numbers in 0..=1 with a point.
    pub rows: Vec<Vec<String>>,
}

impl Dataset {
    /// A table without rows.
    pub fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push<const N: usize>(&mut self, row: [String; N]) {
        debug_assert_eq!(N, self.columns.len(), "{}", self.name);
        self.rows.push(row.into());
    }

    /// In how many cells something is neutralised for spreadsheets.
    pub fn neutralised(&self) -> usize {
        self.rows.iter().flatten().filter(|cell| matches!(neutral(cell), Cow::Owned(_))).count()
    }

    /// The table as CSV (RFC 4180): a line of names, then the rows, lines ending in a line feed. Cells are [`neutral`].
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing into memory does not fail, and text in is text out.
        let _ = writer.write_record(self.columns);
        let neutral = |cell: &String| neutral(cell).into_owned();
        self.rows.iter().for_each(|row| drop(writer.write_record(row.iter().map(neutral))));
        writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_are_quoted() {
        let mut sheet = Dataset::new("outcomes", &["id", "title"]);
        sheet.push(["peace".into(), "Signed, and kept".into()]);
        assert_eq!(sheet.csv(), "id,title\npeace,\"Signed, and kept\"\n");
    }

    #[test]
    fn what_a_spreadsheet_would_run_is_neutral_and_numbers_stay() {
        for (text, expected) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+1 half, half", "'+1 half, half"),
            ("-1; to define", "'-1; to define"),
            ("@SUM(1,2)", "'@SUM(1,2)"),
            ("\t=1+1", "'\t'=1+1"),
            ("\r=1", "'\r'=1"),
            ("a;=1+1", "a;'=1+1"),
            ("two\n=lines", "two\n'=lines"),
            ("＝1+1", "'＝1+1"),
            ("-inf", "'-inf"),
            ("-0.25", "-0.25"),
            ("+3", "+3"),
            ("-1.5e-7", "-1.5e-7"),
            ("a = b; c - d", "a = b; c - d"),
            ("item=option; item=option", "item=option; item=option"),
            ("", ""),
        ] {
            assert_eq!(neutral(text), expected);
        }
    }
}
