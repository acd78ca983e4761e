//! Cases to be told apart: rows of a table, what was assumed in each, and whether it is one of interest.

use super::prim::Limit;

/// The values of an assumption, row by row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Words in the order of the alphabet, and the place of each row's word among them.
    Words(Vec<String>, Vec<usize>),
}

impl Values {
    /// Whether there are two that differ.
    pub fn vary(&self) -> bool {
        match self {
            Self::Numbers(values) => values.iter().any(|v| *v != values[0]),
            Self::Words(words, _) => words.len() > 1,
        }
    }
}

/// An assumption.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its path, or what the table calls it.
    pub name: String,
    /// Its values.
    pub values: Values,
}

/// The cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Cases {
    /// What was assumed.
    pub columns: Vec<Column>,
    /// Row by row, whether it is of interest.
    pub interest: Vec<bool>,
}

impl Cases {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.interest.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.interest.is_empty()
    }

    /// Some of them, as cases of their own.
    pub fn part(&self, rows: &[usize]) -> Self {
        let of = |column: &Column| Column {
            name: column.name.clone(),
            values: match &column.values {
                Values::Numbers(values) => Values::Numbers(rows.iter().map(|row| values[*row]).collect()),
                Values::Words(words, places) => {
                    Values::Words(words.clone(), rows.iter().map(|row| places[*row]).collect())
                }
            },
        };
        Self {
            columns: self.columns.iter().map(of).collect(),
            interest: rows.iter().map(|row| self.interest[*row]).collect(),
        }
    }

    /// How many of some rows are of interest.
    pub fn hits(&self, rows: &[usize]) -> usize {
        rows.iter().filter(|row| self.interest[**row]).count()
    }

    /// The share of some rows that is of interest; of none it is nothing.
    pub fn density(&self, rows: &[usize]) -> f64 {
        if rows.is_empty() { 0.0 } else { self.hits(rows) as f64 / rows.len() as f64 }
    }

    /// Whether a row keeps to a limit of an assumption.
    pub fn allows(&self, column: usize, limit: &Limit, row: usize) -> bool {
        match (&self.columns[column].values, limit) {
            (Values::Numbers(values), Limit::Range(low, high)) => (*low..=*high).contains(&values[row]),
            (Values::Words(_, places), Limit::Words(allowed)) => allowed[places[row]],
            _ => false,
        }
    }

    /// The limits that all rows keep to.
    pub fn whole(&self) -> Vec<Limit> {
        let limit = |column: &Column| match &column.values {
            Values::Numbers(values) => {
                let ends = values
                    .iter()
                    .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], v| [low.min(*v), high.max(*v)]);
                Limit::Range(ends[0], ends[1])
            }
            Values::Words(words, _) => Limit::Words(vec![true; words.len()]),
        };
        self.columns.iter().map(limit).collect()
    }
}
