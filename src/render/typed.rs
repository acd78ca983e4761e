//! Tables within a JSON document: cells as numbers, flags and nothing, by what their columns hold.

use std::fmt::Write;

use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::document::columns::{Column, Kind, column};
use crate::document::dataset::Dataset;

/// Tables by name, each `{"columns": [...], "rows": [[...], ...]}` with a row a line.
pub struct Typed(pub Vec<Dataset>);

impl Serialize for Typed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for table in &self.0 {
            let text = RawValue::from_string(json(table)).map_err(S::Error::custom)?;
            map.serialize_entry(table.name, &text)?;
        }
        map.end()
    }
}

fn json(table: &Dataset) -> String {
    let kinds: Vec<Kind> = table.columns.iter().map(|name| kind(table.name, name)).collect();
    let names: Vec<String> = table.columns.iter().map(|name| string(name)).collect();
    let mut out = format!("{{\"columns\": [{}], \"rows\": [", names.join(", "));
    for (k, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().zip(&kinds).map(|(text, kind)| cell(text, *kind)).collect();
        // Writing to a string does not fail.
        let _ = write!(out, "{}\n[{}]", if k > 0 { "," } else { "" }, cells.join(", "));
    }
    out.push_str("]}");
    out
}

fn kind(table: &str, name: &str) -> Kind {
    column(table, name).map_or(Kind::Text, |column: &Column| column.kind)
}

/// A cell; an empty one has no value. What is no number where one is due, such as an infinite one, stays a text.
fn cell(text: &str, kind: Kind) -> String {
    let number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    match kind {
        _ if text.is_empty() => "null".into(),
        Kind::Whole | Kind::Number if number() => text.strip_prefix('+').unwrap_or(text).into(),
        Kind::Flag if matches!(text, "true" | "false") => text.into(),
        _ => string(text),
    }
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_types_of_their_columns() {
        let mut table = Dataset::new("outcomes", &["id", "title", "runs", "share", "taken"]);
        table.push(["a".into(), "x \"y\"".into(), "12".into(), "0.5".into(), "true".into()]);
        table.push(["b".into(), "7".into(), String::new(), "inf".into(), String::new()]);
        let text = serde_json::to_string(&Typed(vec![table])).expect("it has a text");
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let rows = &value["outcomes"]["rows"];
        assert_eq!(rows[0], serde_json::json!(["a", "x \"y\"", 12, 0.5, true]));
        assert_eq!(rows[1], serde_json::json!(["b", "7", null, "inf", null]));
    }
}
