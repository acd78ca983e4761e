//! The walk through a file along the shapes of the language.

use crate::domain::Scale;

use super::super::change::matters_to_no_run;
use super::super::check::selected;
use super::super::ids::Ids;
use super::super::kinds::{describe, same_type};
use super::super::parse::parse_value;
use super::super::ranges::scale;
use super::super::shape::{KeyShape, Keys, Kind, Need, Only, ROOT, TableShape};
use super::super::tree::{Node, Table, Value};
use super::Setting;
use super::trial::Trial;

/// What holds for ids that a table does not list, by the pattern of its entries. Where nothing is said here there is no such value.
const UNLISTED: [(&str, &str); 4] = [
    ("party.ID.trust.ID", "\"medium\""),
    ("mediator.ID.style.", "0"),
    ("track.ID.weight.ID", "1"),
    ("item.ID.option.ID.ID", "0"),
];
/// In place of a value, of an entry that a table does not list.
const NOT_LISTED: &str = "not listed";

/// Where a walk stands.
#[derive(Clone, Default)]
struct At<'t> {
    path: String,
    pattern: String,
    remark: Option<&'t str>,
    source: Option<&'t str>,
}

impl<'t> At<'t> {
    fn on(&self, key: &str, pattern: &str) -> Self {
        let join = |a: &str, b: &str| if a.is_empty() { b.to_owned() } else { format!("{a}.{b}") };
        Self { path: join(&self.path, key), pattern: join(&self.pattern, pattern), ..self.clone() }
    }

    /// In a table that may say more about itself.
    fn inside(&self, table: Option<&'t Table>) -> Self {
        let told = |key| table.and_then(|t| t.get(key)).and_then(Node::as_str);
        Self { remark: told("note").or(self.remark), source: told("source").or(self.source), ..self.clone() }
    }

    /// Whether a whole table stands here that no change names: that of all agents of a kind, or of one.
    fn is_too_short(&self, kind: &Kind) -> bool {
        let top = self.pattern.split('.').next().and_then(|first| ROOT.key(first));
        let agents = top.is_some_and(|key| matches!(key.kind, Kind::Map { .. }));
        match self.pattern.matches('.').count() {
            0 => true,
            1 => agents && matches!(kind, Kind::Table(_)),
            _ => false,
        }
    }

    /// Whether it is about the numbers of the rules: their tables need not be there.
    fn is_rules(&self) -> bool {
        self.path.split('.').next() == Some("dynamics")
    }

    /// The last part but so many.
    fn back(&self, parts: usize) -> &str {
        self.path.rsplit('.').nth(parts).unwrap_or_default()
    }
}

/// What a path leads to.
struct Found {
    kind: &'static Kind,
    value: Option<Value>,
    otherwise: Option<&'static str>,
    note: &'static str,
}

/// A walk that lists what it comes by.
pub(super) struct Walk<'t> {
    tree: &'t Table,
    ids: Ids,
    trial: &'t Trial<'t>,
    /// Whether the file leaves out what happens around the talks: numbers that it does not write are then not their defaults.
    bare: bool,
    out: Vec<Setting>,
}

impl<'t> Walk<'t> {
    /// A walk through a file.
    pub fn new(tree: &'t Table, trial: &'t Trial<'t>) -> Self {
        let bare = tree.table("dynamics").and_then(|d| d.get("bare")).map(|node| &node.value);
        Self {
            tree,
            ids: Ids::of(tree),
            trial,
            bare: matches!(bare, Some(Value::Bool(true))),
            out: Vec::new(),
        }
    }

    /// All that there is.
    pub fn all(mut self) -> Vec<Setting> {
        self.table(Some(self.tree), &ROOT, &At::default());
        self.out
    }

    fn table(&mut self, table: Option<&'t Table>, shape: &'static TableShape, at: &At<'t>) {
        let at = &at.inside(table);
        for key in shape.keys.iter().filter(|k| !matters_to_no_run(k.name)) {
            let here = at.on(key.name, key.name);
            match table.and_then(|t| t.get(key.name)) {
                Some(node) => self.value(&node.value, &key.kind, &here, key.doc),
                None => self.absent(table, shape, key, &here),
            }
        }
        if let Some((keys, kind)) = &shape.others {
            self.entries(table, (*keys, kind), at, (shape.doc, shape.keys));
        }
    }

    /// Entries by ids: those that are listed, then those that could be. `named` keys are none of them.
    fn entries(
        &mut self,
        table: Option<&'t Table>,
        (of, to): (Keys, &'static Kind),
        at: &At<'t>,
        (note, named): (&'static str, &[KeyShape]),
    ) {
        let entries = table.map_or(&[][..], |t| &t.entries);
        let is_entry = |key: &str| named.iter().all(|k| k.name != key);
        for entry in entries.iter().filter(|e| is_entry(&e.key)) {
            self.value(&entry.node.value, to, &at.on(&entry.key, told(of, &entry.key)), note);
        }
        let listed = |id: &str| entries.iter().any(|e| e.key == id);
        for id in self.possible(of, at).into_iter().filter(|id| is_entry(id) && !listed(id)) {
            self.unlisted(to, &at.on(&id, told(of, &id)), note);
        }
    }

    /// The keys that a table by ids can have, as far as the file says which.
    fn possible(&self, of: Keys, at: &At) -> Vec<String> {
        match of {
            Keys::Of(agent) => self.ids.all(agent).map(str::to_owned).collect(),
            Keys::Words(words) => words.iter().map(|w| (*w).to_owned()).collect(),
            // Points of a profile, by item and option.
            Keys::Names if at.pattern.ends_with(".points.ID") => {
                let item = self.tree.table("item").and_then(|items| items.table(at.back(0)));
                let options = item.and_then(|item| item.table("option"));
                options.map_or_else(Vec::new, |o| o.entries.iter().map(|e| e.key.clone()).collect())
            }
            _ => Vec::new(),
        }
    }

    /// An entry that a table by ids does not list.
    fn unlisted(&mut self, kind: &'static Kind, at: &At<'t>, note: &'static str) {
        let fits = |pattern: &str| {
            at.pattern == pattern || (pattern.ends_with('.') && at.pattern.starts_with(pattern))
        };
        let value = UNLISTED.iter().find(|(pattern, _)| fits(pattern)).and_then(|(_, value)| read(value));
        let otherwise = value.is_none().then_some(NOT_LISTED);
        if self.could_be(kind, at) {
            self.push(at, Found { kind, value, otherwise, note });
            self.parts(kind, at, note);
        }
    }

    /// A value that the file has.
    fn value(&mut self, value: &'t Value, kind: &'static Kind, at: &At<'t>, note: &'static str) {
        let chosen = chosen(kind, value);
        if !at.is_too_short(chosen) {
            self.push(at, Found { kind, value: Some(value.clone()), otherwise: None, note });
        }
        match (chosen, value) {
            (Kind::Table(shape), Value::Table(table)) => self.table(Some(table), shape, at),
            (Kind::Map { of, to, .. }, Value::Table(table)) => {
                self.entries(Some(table), (*of, to), at, (note, &[]));
            }
            _ => {}
        }
    }

    /// A key that the file does not have.
    fn absent(
        &mut self,
        table: Option<&'t Table>,
        shape: &'static TableShape,
        key: &'static KeyShape,
        at: &At<'t>,
    ) {
        let none = Table::default();
        let used = |only: Only| {
            let kind = selected(only.by, table.unwrap_or(&none), shape);
            kind.is_some_and(|kind| only.used.contains(&kind.as_str()))
        };
        if at.is_too_short(&key.kind) {
            // The numbers of the rules can be changed where the file does not speak of them.
            if let Kind::Table(inner) = &key.kind {
                self.table(None, inner, at);
            }
            return;
        }
        if !key.only.is_none_or(used) {
            return;
        }
        let (value, otherwise) = match key.need {
            Need::Required | Need::Unless(_) => (None, Some("none")),
            Need::Default(_) if self.bare && at.is_rules() => {
                (None, Some("its usual value, or nothing where `bare` leaves it out"))
            }
            // An empty table is none: some may only be written where they mean something.
            Need::Default("{}") => (None, Some("none")),
            Need::Default(text) => (read(text), None),
            Need::Optional(text) => (None, Some(text)),
        };
        let possible = match &value {
            // What only some kinds of a table use may hang on the rest of the file as well.
            Some(value) if key.only.is_some() => self.trial.takes(&at.path, &value.toml()),
            Some(_) => true,
            None => self.could_be(&key.kind, at),
        };
        if possible {
            self.push(at, Found { kind: &key.kind, value, otherwise, note: key.doc });
        }
        self.parts(&key.kind, at, key.doc);
    }

    /// The parts of a table that the file does not have, where one alone can be set.
    fn parts(&mut self, kind: &'static Kind, at: &At<'t>, note: &'static str) {
        let kinds = if let Kind::Either(kinds) = kind { kinds } else { std::slice::from_ref(kind) };
        for kind in kinds {
            match kind {
                Kind::Table(shape) => self.alone(shape, at),
                Kind::Map { of, to, .. } => self.entries(None, (*of, to), at, (note, &[])),
                _ => {}
            }
        }
    }

    /// Keys of a table that is not there: of one with a key that must be there that key, of one with several none.
    fn alone(&mut self, shape: &'static TableShape, at: &At<'t>) {
        let needed: Vec<&str> =
            shape.keys.iter().filter(|k| matches!(k.need, Need::Required)).map(|k| k.name).collect();
        for key in shape.keys.iter().filter(|k| needed.is_empty() || needed == [k.name]) {
            self.absent(None, shape, key, &at.on(key.name, key.name));
        }
    }

    /// Whether some value is taken where the file has none. Of texts and lists that cannot be told beforehand.
    fn could_be(&self, kind: &'static Kind, at: &At) -> bool {
        let some = probes(kind, &self.ids);
        some.is_empty() || some.iter().any(|value| self.trial.takes(&at.path, value))
    }

    fn push(&mut self, at: &At, found: Found) {
        let Found { kind, value, otherwise, note } = found;
        let chosen = value.as_ref().map_or(kind, |value| chosen(kind, value));
        let bounds = bounds(chosen);
        let words = match (scale(chosen), chosen) {
            (Some(Scale::Words(words)), _) => words.to_vec(),
            (_, Kind::Word(words)) => {
                let taken = |word: &&&str| self.trial.takes(&at.path, &format!("\"{word}\""));
                words.iter().filter(taken).copied().collect()
            }
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
            remark: at.remark.map(str::to_owned),
            source: at.source.map(str::to_owned),
        });
    }
}

/// A value written as TOML.
fn read(text: &str) -> Option<Value> {
    parse_value(text, 0, 0).ok().map(|node| node.value)
}

/// Values that would be taken if any is; none where that cannot be told from the kind.
fn probes(kind: &Kind, ids: &Ids) -> Vec<String> {
    let quoted = |text: &str| format!("\"{text}\"");
    match kind {
        Kind::Int(from, to) => vec![to.to_string(), from.to_string()],
        Kind::Number(from, to) | Kind::Above(from, to) => vec![to.to_string(), from.to_string()],
        Kind::Bool => vec!["true".into(), "false".into()],
        Kind::Level => vec![quoted("medium")],
        Kind::Word(words) => words.iter().map(|word| quoted(word)).collect(),
        Kind::Ref(agent) => ids.all(*agent).map(quoted).collect(),
        Kind::Either(kinds) => kinds.first().map_or_else(Vec::new, |kind| probes(kind, ids)),
        _ => Vec::new(),
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
