//! `[ranges]`: what numbers and levels of the file could as well be. The paths are those of changes.

use super::change::{self, Edit};
use super::parse::parse_value;
use super::report::Report;
use super::shape::{Kind, Need, ROOT, TableShape};
use super::tree::{Node, Place, Table, Text, Value};
use crate::domain::{Assumption, INTENSITIES, Level, Scale};

/// What stands behind a path.
pub(super) struct Found<'t> {
    /// The scale of its values.
    pub scale: Scale,
    /// The value in the file.
    node: Option<&'t Node>,
    /// The value that holds where the file says nothing.
    default: Option<&'static str>,
}

/// The assumptions of the file's ranges; those with mistakes are passed over.
pub(super) fn lower(root: &Table, report: &Report) -> Vec<Assumption> {
    let entries = root.table("ranges").map_or(&[][..], |t| &t.entries);
    entries
        .iter()
        .filter_map(|e| ends(&change::of_entry(e, report)))
        .filter_map(|r| read(root, &r).ok())
        .collect()
}

/// A range as it is written: the same path with either end.
pub(super) struct Written {
    /// The path with the low end.
    pub low: Edit,
    /// The path with the high end.
    pub high: Edit,
    /// Where the list of both stands.
    pub place: Place,
}

/// Takes a range apart; `None` if it is no list of two.
pub(super) fn ends(whole: &Edit) -> Option<Written> {
    let [low, high] = whole.node.as_list()? else { return None };
    let with = |node: &Node| Edit { node: node.clone(), ..whole.clone() };
    Some(Written { low: with(low), high: with(high), place: whole.node.place })
}

/// Why a range is none.
pub(super) enum Fault {
    /// The path leads to something that is neither a number nor a level.
    NoScale,
    /// The path leads to a table with entries of its own.
    Table(Vec<String>),
    /// An end is no value of the scale.
    NoValue,
    /// The low end is not below the high one.
    Order,
}

/// Reads a range.
pub(super) fn read(root: &Table, range: &Written) -> Result<Assumption, Fault> {
    let found = find(root, &ROOT, &range.low.path).ok_or(Fault::NoScale)?;
    if let Some(table) = found.node.and_then(Node::as_table) {
        return Err(Fault::Table(table.entries.iter().map(|e| e.key.clone()).collect()));
    }
    let value = |node: &Node| number(found.scale, &node.value).ok_or(Fault::NoValue);
    let (low, high) = (value(&range.low.node)?, value(&range.high.node)?);
    if low >= high {
        return Err(Fault::Order);
    }
    let default = || number(found.scale, &parse_value(found.default?, 0, 0).ok()?.value);
    let own = match found.node {
        Some(node) => number(found.scale, &node.value),
        None => default(),
    };
    Ok(Assumption { path: range.low.path.clone(), scale: found.scale, low, high, value: own })
}

/// A value as a number; `None` if it does not lie on the scale.
pub(super) fn number(scale: Scale, value: &Value) -> Option<f64> {
    match (scale, value) {
        (Scale::Whole | Scale::Number, Value::Int(i)) => Some(*i as f64),
        (Scale::Number, Value::Float(f)) if f.is_finite() => Some(*f),
        (Scale::Words(words), Value::Text(text)) => {
            words.iter().position(|w| *w == text.text).map(|at| at as f64)
        }
        _ => None,
    }
}

/// A number as a value of the tree.
pub(super) fn value(scale: Scale, number: f64) -> Value {
    match scale {
        Scale::Whole => Value::Int(number as i64),
        Scale::Number => Value::Float(number),
        Scale::Words(words) => {
            let text = words.get(number as usize).copied().unwrap_or_default().to_owned();
            Value::Text(Text::new(&text, None))
        }
    }
}

/// The scale of a kind, if it has one.
pub(super) fn scale(kind: &Kind) -> Option<Scale> {
    match kind {
        Kind::Int(..) => Some(Scale::Whole),
        Kind::Number(..) | Kind::Above(..) => Some(Scale::Number),
        Kind::Level => Some(Scale::Words(&Level::NAMES)),
        // Intensities of fighting are words in an order too.
        Kind::Word(words) if **words == INTENSITIES => Some(Scale::Words(words)),
        Kind::Either(kinds) => kinds.iter().find_map(scale),
        _ => None,
    }
}

/// Follows a path through the shapes and, as far as the file goes, through the file.
pub(super) fn find<'t>(root: &'t Table, shape: &'static TableShape, path: &str) -> Option<Found<'t>> {
    let mut table = Some(root);
    let mut inside = Kind::Table(shape);
    let mut parts = path.split('.').peekable();
    loop {
        let part = parts.next()?;
        let node = table.and_then(|t| t.get(part));
        let (kind, default) = match inside {
            Kind::Table(shape) => match (shape.key(part), &shape.others) {
                (Some(key), _) => {
                    (key.kind, if let Need::Default(text) = key.need { Some(text) } else { None })
                }
                (None, Some((_, kind))) => (*kind, None),
                (None, None) => return None,
            },
            Kind::Map { to, .. } => (*to, None),
            _ => return None,
        };
        if parts.peek().is_none() {
            return Some(Found { scale: scale(&kind)?, node, default });
        }
        inside = match kind {
            Kind::Either(kinds) => *kinds.iter().find(|k| matches!(k, Kind::Table(_) | Kind::Map { .. }))?,
            kind => kind,
        };
        table = node.and_then(Node::as_table);
    }
}
