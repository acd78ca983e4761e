//! `[ranges]`: what numbers and levels of the file could as well be. The paths are those of changes.

use std::collections::HashSet;

use super::change::{self, Edit};
use super::code::Code;
use super::kinds::describe;
use super::lower::Lowered;
use super::parse::parse_value;
use super::pipeline::{Key, adopt_new, evaluate, keys};
use super::report::{Report, shown};
use super::shape::{Kind, Need, ROOT, TableShape};
use super::tree::{Node, Place, Table, Text, Value};
use crate::domain::{Assumption, INTENSITIES, Level, Scale};

/// What stands behind a path.
struct Found<'t> {
    scale: Scale,
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
fn ends(whole: &Edit) -> Option<Written> {
    let [low, high] = whole.node.as_list()? else { return None };
    let with = |node: &Node| Edit { node: node.clone(), ..whole.clone() };
    Some(Written { low: with(low), high: with(high), place: whole.node.place })
}

/// Why a range is none.
enum Fault {
    /// The path leads to something that is neither a number nor a level.
    NoScale,
    /// The path leads to a table with entries of its own.
    Table(Vec<String>),
    /// An end is no value of the scale.
    NoValue,
    /// The low end is not below the high one.
    Order,
}

fn read(root: &Table, range: &Written) -> Result<Assumption, Fault> {
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
fn find<'t>(root: &'t Table, shape: &'static TableShape, path: &str) -> Option<Found<'t>> {
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

/// Reports the mistakes of the file's ranges.
///
/// Whether the scenario takes the ends is tried on all ranges at once, for that is rarely in vain. Every rule over several numbers asks for a sum, so what holds at the lowest and at the
/// highest corner holds between them.
pub(super) fn check(root: &Table, base: Option<&Lowered>, report: &mut Report) {
    let entries = root.table("ranges").map_or(&[][..], |t| &t.entries);
    let written: Vec<Written> =
        entries.iter().filter_map(|e| ends(&change::of_entry(e, report))).take(MOST).collect();
    if base.is_none() || written.is_empty() {
        return;
    }
    let known = keys(report);
    let mut sound = Vec::new();
    for range in &written {
        // A path that leads nowhere is reported once, at its low end.
        if change::apply(&mut root.clone(), &range.low, report) && reads(root, range, report, true) {
            sound.push(range);
        }
    }
    let lows: Vec<&Edit> = sound.iter().map(|r| &r.low).collect();
    let highs: Vec<&Edit> = sound.iter().map(|r| &r.high).collect();
    blame(root, &lows, &known, report);
    blame(root, &highs, &known, report);
}

/// Reports the changes that the scenario refuses: half by half, so that the few are found without trying all. Where
/// both halves alone are taken, what is wrong is that they come together.
fn blame(root: &Table, edits: &[&Edit], known: &HashSet<Key>, report: &mut Report) {
    if takes(root, edits, known, false, report) {
        return;
    }
    let before = report.errors();
    if edits.len() > 1 {
        let (first, second) = edits.split_at(edits.len() / 2);
        blame(root, first, known, report);
        blame(root, second, known, report);
    }
    if report.errors() == before {
        takes(root, edits, known, true, report);
    }
}

/// The most ranges of a file.
pub(super) const MOST: usize = 128;

/// Whether the scenario takes the changes; `tell`: reports the mistakes that they cause.
fn takes(root: &Table, edits: &[&Edit], known: &HashSet<Key>, tell: bool, report: &mut Report) -> bool {
    let mut tree = root.clone();
    let mut after = report.sibling();
    let applied: Vec<Place> = edits.iter().map(|e| e.place()).collect();
    for edit in edits {
        change::apply(&mut tree, edit, &mut after);
    }
    evaluate(&tree, None, &mut after);
    let mut new = report.sibling();
    adopt_new(&after, known, &applied, &mut new);
    if tell {
        new.diagnostics().iter().for_each(|d| report.adopt(d.clone()));
    }
    new.errors() == 0
}

/// Reports what is wrong with a range itself; whether nothing is. `doubts`: also warns about a range without the
/// file's own value.
fn reads(root: &Table, range: &Written, report: &mut Report, doubts: bool) -> bool {
    let path = shown(&range.low.path);
    match read(root, range) {
        Ok(a) => {
            if let Some(own) = a.value.filter(|v| doubts && (*v < a.low || *v > a.high)) {
                report
                    .warning(
                        Code::RangeExcludes,
                        range.place,
                        format!("the range of `{path}` leaves out the value of the scenario"),
                    )
                    .label(format!("{} is not in it", a.plain(own)))
                    .help("a study then compares worlds that do not surround the scenario; widen the range");
            }
            return true;
        }
        Err(Fault::NoScale) => {
            report
                .error(
                    Code::RangeScale,
                    range.low.path_place,
                    format!("`{path}` has no range: it is neither a number nor a level"),
                )
                .label("nothing lies between two of its values")
                .help("name a number, a level or an intensity, such as party.north.alternative");
        }
        Err(Fault::Table(entries)) => {
            let one = entries.first().map_or("KEY", String::as_str);
            report
                .error(Code::RangeScale, range.low.path_place, format!("`{path}` is a table in this file"))
                .label("several numbers")
                .help(format!("name one of its numbers, such as {path}.{one}"));
        }
        Err(Fault::NoValue) => {
            let kind = find(root, &ROOT, &range.low.path).map(|f| match f.scale {
                Scale::Whole => "whole numbers".to_owned(),
                Scale::Number => "numbers".to_owned(),
                Scale::Words(words) => format!("of {}", super::nearest::or_list(words.iter().copied())),
            });
            report
                .error(Code::RangeEnds, range.place, format!("these are no ends for `{path}`"))
                .label("from the lower to the higher value")
                .help(format!("both ends are {}", kind.unwrap_or_else(|| describe(&Kind::Any))));
        }
        Err(Fault::Order) => {
            report
                .error(Code::RangeEnds, range.place, format!("the range of `{path}` has no room"))
                .label("from the lower to the higher value")
                .help("write the lower end first and a higher one after it, such as [30, 60]");
        }
    }
    false
}

/// Reads a range from outside the file and tries its ends.
pub(super) fn read_outside(root: &Table, whole: &Edit, report: &mut Report) -> Option<Assumption> {
    let range = ends(whole)?;
    if !change::apply(&mut root.clone(), &range.low, report) || !reads(root, &range, report, false) {
        return None;
    }
    let known = HashSet::new();
    let low = takes(root, &[&range.low], &known, true, report);
    let high = takes(root, &[&range.high], &known, true, report);
    if low && high { read(root, &range).ok() } else { None }
}
