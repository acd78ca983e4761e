//! Tidy tables: one row a cell and measure, for other programs to read.

/// A table of a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it holds; the name of its file without `.csv`.
    pub name: &'static str,
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// Its rows, as long as there are columns. Shares are written as numbers in 0..=1 with a point.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A table without rows.
    pub fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push<const N: usize>(&mut self, row: [String; N]) {
        debug_assert_eq!(N, self.columns.len(), "{}", self.name);
        self.rows.push(row.into());
    }

    /// The table as CSV (RFC 4180): a line of names, then the rows, lines ending in a line feed.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing into memory does not fail, and text in is text out.
        let _ = writer.write_record(self.columns);
        self.rows.iter().for_each(|row| drop(writer.write_record(row)));
        writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_are_quoted() {
        let mut sheet = Sheet::new("outcomes", &["id", "title"]);
        sheet.push(["peace".into(), "Signed, and kept".into()]);
        assert_eq!(sheet.csv(), "id,title\npeace,\"Signed, and kept\"\n");
    }
}
