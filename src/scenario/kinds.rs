//! What kinds of value are, in types and in words.

use super::nearest::{list, or_list};
use super::shape::{Keys, Kind};
use super::tree::Value;

/// Whether a value has the TOML type that a kind wants.
pub(super) fn same_type(kind: &Kind, value: &Value) -> bool {
    match kind {
        Kind::Text(_)
        | Kind::Days(_)
        | Kind::Level
        | Kind::Word(_)
        | Kind::Ref(_)
        | Kind::Role
        | Kind::Watched => {
            matches!(value, Value::Text(_))
        }
        Kind::Condition | Kind::Effect => matches!(value, Value::Text(_)),
        Kind::Int(..) => matches!(value, Value::Int(_)),
        Kind::Number(..) | Kind::Above(..) => matches!(value, Value::Int(_) | Value::Float(_)),
        Kind::Bool => matches!(value, Value::Bool(_)),
        Kind::Date => matches!(value, Value::Date(_)),
        Kind::List { .. } => matches!(value, Value::List(_)),
        Kind::Table(_) | Kind::Map { .. } => matches!(value, Value::Table(_)),
        Kind::Either(kinds) => kinds.iter().any(|k| same_type(k, value)),
        Kind::Any => true,
    }
}

/// What a kind is, in words that follow "must be".
pub(super) fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Text(_) => "a text in quotes".to_owned(),
        Kind::Int(from, to) => format!("a whole number from {from} to {to}"),
        Kind::Number(from, to) => format!("a number from {from} to {to}"),
        Kind::Above(from, to) => format!("a number above {from}, at most {to}"),
        Kind::Bool => "true or false".to_owned(),
        Kind::Date => "a date such as 2025-07-09".to_owned(),
        Kind::Days(most) => format!("a number of days such as \"60 days\", from 1 to {most}"),
        Kind::Level => format!("a level: {}", or_list(crate::domain::Level::NAMES)),
        Kind::Word(words) => format!("a word: {}", or_list(words.iter().copied())),
        Kind::Ref(agent) => format!("the id of {} {} in quotes", article(agent.key()), agent.key()),
        Kind::Role => "the id of a party or a mediator in quotes".to_owned(),
        Kind::Watched => format!("a text: {}", or_list(["backer.ID", "front.ID", "spoiler.ID"])),
        Kind::Condition => "a condition in quotes".to_owned(),
        Kind::Effect => "an effect in quotes".to_owned(),
        Kind::List { of, least, most, .. } if least == most => {
            format!("a list of {least} values, each {}", describe(of))
        }
        Kind::List { of, .. } => format!("a list, each member {}", describe(of)),
        Kind::Table(shape) => {
            format!("a table with {}", list(shape.keys.iter().map(|k| k.name)))
        }
        Kind::Map { of, to, .. } => format!("a table of {}, each {}", keys_noun(*of), describe(to)),
        Kind::Either(kinds) => kinds.iter().map(describe).collect::<Vec<_>>().join(", or "),
        Kind::Any => "a value".to_owned(),
    }
}

/// How many days a text such as `60 days` says, if it says so.
pub(super) fn days(text: &str) -> Option<u16> {
    let (number, unit) = text.split_once(' ')?;
    let days: u16 = number.parse().ok().filter(|n| *n > 0 && number.bytes().all(|b| b.is_ascii_digit()))?;
    (unit == if days == 1 { "day" } else { "days" }).then_some(days)
}

fn keys_noun(keys: Keys) -> String {
    match keys {
        Keys::Define(agent) | Keys::Of(agent) => agent.plural().to_owned(),
        Keys::Options => "options".to_owned(),
        Keys::Profiles => "profiles".to_owned(),
        Keys::Names => "names".to_owned(),
        Keys::Words(words) => or_list(words.iter().copied()),
        Keys::Paths => "paths".to_owned(),
        Keys::Roles => "parties and mediators".to_owned(),
    }
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
