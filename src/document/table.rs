//! Tables for people: what a picture shows, in figures.

/// A table of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it holds, in a few words.
    pub caption: String,
    /// The headings of its columns; the first column heads its row.
    pub columns: Vec<String>,
    /// Its rows, as long as there are columns.
    pub rows: Vec<Vec<String>>,
    /// How strongly each cell is coloured, in per cent: above 0 for more, below 0 for less. Empty: no cell is.
    pub shades: Vec<Vec<i8>>,
}

impl Table {
    /// A table without rows.
    pub fn new<C: Into<String>>(caption: impl Into<String>, columns: impl IntoIterator<Item = C>) -> Self {
        Self {
            caption: caption.into(),
            columns: columns.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// Adds a row.
    pub fn push<C: Into<String>>(&mut self, row: impl IntoIterator<Item = C>) {
        let row: Vec<String> = row.into_iter().map(Into::into).collect();
        debug_assert_eq!(row.len(), self.columns.len(), "{}", self.caption);
        self.rows.push(row);
    }

    /// Whether a column holds nothing but figures, which are set flush right.
    pub fn is_numeric(&self, column: usize) -> bool {
        let figure = |cell: &str| {
            cell.chars().next().is_none_or(|c| c.is_ascii_digit() || "+−-–<>".contains(c))
                && cell.chars().filter(|c| c.is_alphabetic()).count() < 3
        };
        !self.rows.is_empty() && self.rows.iter().all(|row| figure(&row[column]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_figures_are_known() {
        let mut table = Table::new("Shares", ["outcome", "share"]);
        table.push(["Peace", "12%"]);
        table.push(["3 rounds of war", "<1%"]);
        assert!(!table.is_numeric(0));
        assert!(table.is_numeric(1));
    }
}
