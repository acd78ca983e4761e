//! Conditions as text again.

use super::super::names::Names;
use super::types::Type;
use crate::domain::{Condition, Operand, Quantity, World};

/// Writes a condition so that it can be parsed again.
pub(in crate::scenario) fn print(condition: &Condition, world: &World) -> String {
    let names = Names::of(world);
    written(condition, world, &names)
}

fn written(condition: &Condition, world: &World, names: &Names) -> String {
    match condition {
        Condition::Constant(value) => value.to_string(),
        Condition::Compare(quantity, relation, operand) => {
            let right = match operand {
                Operand::Quantity(other) => world.path(*other),
                Operand::Value(value) => word(*quantity, *value, names),
            };
            format!("{} {} {right}", world.path(*quantity), relation.symbol())
        }
        // An empty list holds like its neutral element.
        Condition::All(parts) if parts.is_empty() => "true".to_owned(),
        Condition::Any(parts) if parts.is_empty() => "false".to_owned(),
        Condition::All(parts) => joined(parts, " and ", world, names),
        Condition::Any(parts) => joined(parts, " or ", world, names),
        Condition::Not(part) => format!("not {}", nested(part, world, names)),
        Condition::Count(parts, relation, number) => {
            let parts: Vec<String> = parts.iter().map(|p| written(p, world, names)).collect();
            format!("count({}) {} {number}", parts.join(", "), relation.symbol())
        }
    }
}

fn joined(parts: &[Condition], joiner: &str, world: &World, names: &Names) -> String {
    let parts: Vec<String> = parts.iter().map(|p| nested(p, world, names)).collect();
    parts.join(joiner)
}

fn nested(part: &Condition, world: &World, names: &Names) -> String {
    let text = written(part, world, names);
    match part {
        Condition::All(_) | Condition::Any(_) => format!("({text})"),
        _ => text,
    }
}

/// The word for a value of a quantity.
fn word(quantity: Quantity, value: i32, names: &Names) -> String {
    let kind = Type::of(quantity);
    if kind == Type::Date {
        return names.start.saturating_add(time::Duration::days(i64::from(value))).to_string();
    }
    match usize::try_from(value).ok().and_then(|at| kind.words(names).get(at).map(|w| (*w).to_owned())) {
        Some(word) => word,
        None => value.to_string(),
    }
}
