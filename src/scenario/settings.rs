//! What of a scenario can be changed: every path that a change takes, with what may stand there and what does.

use std::sync::Arc;

use super::change::{self, matters_to_no_run};
use super::check::selected;
use super::kinds::{describe, same_type};
use super::parse::{parse, parse_value};
use super::pipeline::edits;
use super::ranges::scale;
use super::report::Report;
use super::shape::{KeyShape, Keys, Kind, Need, Only, ROOT, TableShape};
use super::tree::{Table, Value};
use super::{CHANGE, Change, Diagnostic, Source, load};
use crate::domain::Scale;

/// A path that a change takes.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Setting {
    /// The path.
    pub path: String,
    /// The same with `ID` where ids stand: `party.ID.alternative`.
    pub pattern: String,
    /// What kind of value it has: `whole`, `number`, `flag`, `date`, `days`, `level`, `word`, `id`, `text`, `condition`, `effect`,
    /// `list` or `table`.
    pub kind: &'static str,
    /// What it may be, in words.
    pub takes: String,
    /// The least number or number of days, where there is one.
    pub least: Option<f64>,
    /// Whether the value must be above `least`.
    pub above: bool,
    /// The largest number or number of days.
    pub most: Option<f64>,
    /// The words that it may be; for a level or an intensity in their order.
    pub words: Vec<&'static str>,
    /// From one value to the next: 1 for whole numbers, days and words that have an order.
    pub step: Option<u8>,
    /// What stands there, or holds where the file says nothing, as TOML.
    pub value: Option<String>,
    /// What holds where there is no value, in words.
    pub otherwise: Option<&'static str>,
    /// What it is, in a sentence or two.
    pub note: &'static str,
}

/// The first parts of paths, in the order of [`settings`].
pub fn changeable() -> Vec<&'static str> {
    ROOT.keys.iter().map(|k| k.name).filter(|name| !matters_to_no_run(name)).collect()
}

/// Every path of a scenario under changes, in the order of the language. The source must be a sound one.
///
/// # Errors
/// The mistakes that keep it from being read.
pub fn settings(
    source: &Source,
    changes: &[Change],
    what_if: Option<&str>,
) -> Result<Vec<Setting>, Vec<Diagnostic>> {
    let mut sources = vec![Arc::new(source.clone())];
    for change in changes {
        sources.push(Arc::new(Source { name: CHANGE.to_owned(), text: change::argument(change) }));
    }
    let mut report = Report::new(sources);
    let Some(mut tree) = parse(&source.text, &mut report) else { return Err(report.finish()) };
    for edit in edits(&tree, changes, what_if, &mut report) {
        change::apply(&mut tree, &edit, &mut report);
    }
    if report.errors() > 0 {
        return Err(report.finish());
    }
    let bare = tree.table("dynamics").and_then(|d| d.get("bare")).map(|node| &node.value);
    let mut walk = Walk { bare: matches!(bare, Some(Value::Bool(true))), ..Walk::default() };
    walk.table(Some(&tree), &ROOT, &At::default());
    let Walk { mut out, doubtful, .. } = walk;
    let takes = |s: &Setting| {
        let value = s.value.clone().unwrap_or_default();
        let changes = [changes, &[Change { path: s.path.clone(), value }]].concat();
        load(source, &changes, what_if).world.is_some()
    };
    out.retain(|s| !doubtful.contains(&s.path) || takes(s));
    Ok(out)
}

/// Where a walk stands.
#[derive(Clone, Default)]
struct At {
    path: String,
    pattern: String,
}

impl At {
    fn on(&self, key: &str, pattern: &str) -> Self {
        let join = |a: &str, b: &str| if a.is_empty() { b.to_owned() } else { format!("{a}.{b}") };
        Self { path: join(&self.path, key), pattern: join(&self.pattern, pattern) }
    }

    /// Whether a whole table stands here, which no change names.
    fn is_too_short(&self) -> bool {
        !self.path.contains('.')
    }

    /// Whether it is about the numbers of the rules: their tables need not be there.
    fn is_rules(&self) -> bool {
        self.path.split('.').next() == Some("dynamics")
    }
}

/// What a path leads to, where it ends.
struct Found {
    kind: &'static Kind,
    value: Option<Value>,
    otherwise: Option<&'static str>,
    note: &'static str,
}

#[derive(Default)]
struct Walk {
    /// Whether the file leaves out what happens around the talks: numbers that it does not write are then not their defaults.
    bare: bool,
    out: Vec<Setting>,
    /// Paths of what the file leaves out and only some kinds of a table use: whether this one does may hang on the rest of the file,
    /// so that it is tried.
    doubtful: Vec<String>,
}

impl Walk {
    fn table(&mut self, table: Option<&Table>, shape: &'static TableShape, at: &At) {
        for key in shape.keys.iter().filter(|k| !matters_to_no_run(k.name)) {
            let here = at.on(key.name, key.name);
            match table.and_then(|t| t.get(key.name)) {
                Some(node) => self.value(&node.value, &key.kind, &here, key.doc),
                None => self.absent(table, shape, key, &here),
            }
        }
        let Some((keys, kind)) = &shape.others else { return };
        for entry in table.map_or(&[][..], |t| &t.entries).iter().filter(|e| shape.key(&e.key).is_none()) {
            self.value(&entry.node.value, kind, &at.on(&entry.key, told(*keys, &entry.key)), shape.doc);
        }
    }

    /// A value that the file has.
    fn value(&mut self, value: &Value, kind: &'static Kind, at: &At, note: &'static str) {
        match (chosen(kind, value), value) {
            (Kind::Table(shape), Value::Table(table)) => self.table(Some(table), shape, at),
            (Kind::Map { of, to, .. }, Value::Table(table)) if !table.entries.is_empty() => {
                for entry in &table.entries {
                    self.value(&entry.node.value, to, &at.on(&entry.key, told(*of, &entry.key)), note);
                }
            }
            _ => self.push(at, Found { kind, value: Some(value.clone()), otherwise: None, note }),
        }
    }

    /// A key that the file does not have.
    fn absent(&mut self, table: Option<&Table>, shape: &'static TableShape, key: &'static KeyShape, at: &At) {
        if let (Kind::Table(inner), true) = (&key.kind, at.is_rules()) {
            return self.table(None, inner, at);
        }
        let none = Table::default();
        let used = |only: Only| {
            let kind = selected(only.by, table.unwrap_or(&none), shape);
            kind.is_some_and(|kind| only.used.contains(&kind.as_str()))
        };
        if at.is_too_short() || !key.only.is_none_or(used) {
            return;
        }
        let (value, otherwise) = match key.need {
            Need::Required | Need::Unless(_) => return,
            Need::Default(_) if self.bare && at.is_rules() => {
                (None, Some("its usual value, or nothing where `bare` leaves it out"))
            }
            // An empty table is none: some may only be written where they mean something.
            Need::Default("{}") => (None, Some("none")),
            Need::Default(text) => (parse_value(text, 0, 0).ok().map(|node| node.value), None),
            Need::Optional(text) => (None, Some(text)),
        };
        if key.only.is_some() && value.is_some() {
            self.doubtful.push(at.path.clone());
        }
        self.push(at, Found { kind: &key.kind, value, otherwise, note: key.doc });
    }

    fn push(&mut self, at: &At, found: Found) {
        let Found { kind, value, otherwise, note } = found;
        let chosen = value.as_ref().map_or(kind, |value| chosen(kind, value));
        let bounds = bounds(chosen);
        let words = match (scale(chosen), chosen) {
            (Some(Scale::Words(words)), _) => words.to_vec(),
            (_, Kind::Word(words)) => words.to_vec(),
            _ => Vec::new(),
        };
        let stepped =
            matches!(scale(chosen), Some(Scale::Whole | Scale::Words(_))) || matches!(chosen, Kind::Days(_));
        self.out.push(Setting {
            path: at.path.clone(),
            pattern: at.pattern.clone(),
            kind: name(chosen),
            takes: describe(kind),
            least: bounds.map(|b| b[0]),
            above: matches!(chosen, Kind::Above(..)),
            most: bounds.map(|b| b[1]),
            words,
            step: stepped.then_some(1),
            value: value.as_ref().map(Value::toml),
            otherwise,
            note,
        });
    }
}

/// Of several kinds the one that a value is of.
fn chosen(kind: &'static Kind, value: &Value) -> &'static Kind {
    match kind {
        Kind::Either(kinds) => {
            let found = kinds.iter().find(|k| same_type(k, value));
            found.map_or(kind, |kind| chosen(kind, value))
        }
        kind => kind,
    }
}

/// How a pattern writes a key of a map.
fn told(keys: Keys, key: &str) -> &str {
    if matches!(keys, Keys::Words(_)) { key } else { "ID" }
}

fn bounds(kind: &Kind) -> Option<[f64; 2]> {
    match kind {
        Kind::Int(from, to) => Some([*from as f64, *to as f64]),
        Kind::Number(from, to) | Kind::Above(from, to) => Some([*from, *to]),
        Kind::Days(most) => Some([1.0, f64::from(*most)]),
        Kind::Either(kinds) => kinds.iter().find_map(bounds),
        _ => None,
    }
}

fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "text",
        Kind::Int(..) => "whole",
        Kind::Number(..) | Kind::Above(..) => "number",
        Kind::Bool => "flag",
        Kind::Date => "date",
        Kind::Days(_) => "days",
        Kind::Level => "level",
        Kind::Word(_) => "word",
        Kind::Ref(_) | Kind::Watched | Kind::Role => "id",
        Kind::Condition => "condition",
        Kind::Effect => "effect",
        Kind::List { .. } => "list",
        Kind::Table(_) | Kind::Map { .. } | Kind::Any => "table",
        Kind::Either(kinds) => kinds.first().map_or("table", name),
    }
}
