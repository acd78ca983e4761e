//! What somebody probably meant who wrote a value of the wrong type.

use super::report::shown;
use super::shape::{Keys, Kind};
use super::tree::Value;

/// What to write instead, where a value of another type says enough.
pub(super) fn meant(kind: &Kind, value: &Value) -> Option<String> {
    if let Kind::Either(kinds) = kind {
        return kinds.iter().find_map(|kind| meant(kind, value));
    }
    match value {
        Value::Text(text) => instead_of_text(kind, text.text.trim()),
        Value::Int(days) if matches!(kind, Kind::Days(_)) => {
            Some(format!("write \"{days} {}\"", if *days == 1 { "day" } else { "days" }))
        }
        Value::Float(number) if matches!(kind, Kind::Int(..)) && number.fract() == 0.0 => {
            Some(format!("write the number without a point: {number:.0}"))
        }
        Value::Table(_) if matches!(kind, Kind::List { least: 2, most: 2, .. }) => {
            Some("the whole path of a range stands in one pair of quotes".to_owned())
        }
        _ => None,
    }
}

fn instead_of_text(kind: &Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Date => Some(format!("write the date without quotes: {}", shown(text))),
        Kind::Bool => {
            let yes = matches!(text.to_ascii_lowercase().as_str(), "yes" | "true" | "on");
            Some(format!("write {yes} without quotes"))
        }
        Kind::Int(..) | Kind::Number(..) | Kind::Above(..) => {
            let number: f64 = text.replace(',', ".").parse().ok()?;
            Some(format!("write the number without quotes: {number}"))
        }
        Kind::List { .. } => Some("put it in brackets: [\"…\"]".to_owned()),
        Kind::Table(shape) => {
            let chooses = |kind: &Kind| matches!(kind, Kind::Word(words) if words.contains(&text));
            let key = shape.keys.iter().find(|key| chooses(&key.kind))?;
            Some(format!("write a table: {{ {} = \"{text}\" }}", key.name))
        }
        Kind::Map { of: Keys::Words(words), .. } if words.contains(&text) => {
            Some(format!("write a table: {{ {text} = 1 }}"))
        }
        _ => None,
    }
}
