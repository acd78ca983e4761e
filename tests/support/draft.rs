//! A scenario as a list of tables: easy to reorder, rename, extend and print.

use std::collections::BTreeMap;
use std::fmt::Write;

/// One table of a scenario file.
#[derive(Clone, Debug)]
pub struct Table {
    /// `party`, `item`, ...; empty for tables that are no agents.
    pub kind: &'static str,
    /// The agent's id, or the whole header for others.
    pub id: String,
    /// Keys and values as TOML writes them.
    pub keys: Vec<(String, String)>,
}

/// A whole scenario.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its tables in order.
    pub tables: Vec<Table>,
}

/// Kinds whose order in the file no rule names.
pub const UNORDERED: [&str; 6] = ["party", "mediator", "front", "spoiler", "backer", "observer"];

impl Draft {
    /// Adds a table.
    pub fn table(&mut self, kind: &'static str, id: impl Into<String>, keys: Vec<(String, String)>) {
        self.tables.push(Table { kind, id: id.into(), keys });
    }

    /// What a table says under a key.
    pub fn value(&self, kind: &str, id: &str, key: &str) -> Option<&str> {
        let table = self.tables.iter().find(|t| t.kind == kind && t.id == id)?;
        table.keys.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// Gives a table that is there a key, in place of what it says under it.
    pub fn set(&mut self, kind: &str, id: &str, key: &str, value: impl Into<String>) {
        let table = self.tables.iter_mut().find(|t| t.kind == kind && t.id == id).expect("a table");
        table.keys.retain(|(k, _)| k != key);
        table.keys.push((key.into(), value.into()));
    }

    /// The text of the scenario file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for table in &self.tables {
            let header =
                if table.kind.is_empty() { table.id.clone() } else { format!("{}.{}", table.kind, table.id) };
            let _ = writeln!(text, "[{header}]");
            for (key, value) in &table.keys {
                let _ = writeln!(text, "{key} = {value}");
            }
            text.push('\n');
        }
        text
    }

    /// The same scenario with the tables of every unordered kind listed the other way round.
    pub fn reversed(&self) -> Draft {
        let mut draft = self.clone();
        for kind in UNORDERED {
            let places: Vec<_> = (0..draft.tables.len()).filter(|k| draft.tables[*k].kind == kind).collect();
            let mut tables: Vec<_> = places.iter().map(|k| draft.tables[*k].clone()).collect();
            tables.reverse();
            for (place, table) in places.into_iter().zip(tables) {
                draft.tables[place] = table;
            }
        }
        draft
    }

    /// The same scenario with other ids, given as old and new; whole words only.
    pub fn renamed(&self, names: &BTreeMap<&str, &str>) -> Draft {
        let rename = |text: &str| {
            let mut out = String::new();
            let mut word = String::new();
            for c in text.chars().chain(['\n']) {
                if c.is_ascii_alphanumeric() || c == '-' {
                    word.push(c);
                } else {
                    out.push_str(names.get(word.as_str()).copied().unwrap_or(&word));
                    word.clear();
                    out.push(c);
                }
            }
            out.pop();
            out
        };
        Draft {
            tables: self
                .tables
                .iter()
                .map(|t| Table {
                    kind: t.kind,
                    id: rename(&t.id),
                    keys: t.keys.iter().map(|(k, v)| (rename(k), rename(v))).collect(),
                })
                .collect(),
        }
    }
}
