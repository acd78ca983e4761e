//! Changes: a path into the file's own tables and a new value, from `--set` or from a what-if; what-ifs also take away what is there
//! and add agents.

use super::code::Code;
use super::nearest::suggest;
use super::parse::{LARGEST_FILE, parse_value};
use super::report::Report;
use super::shape::{Keys, Kind, ROOT, TableShape};
use super::tree::{Entry, Node, Place, Table, Text, Value};
use super::{CHANGE, Change, Source, report::shown};

/// What becomes of the place that a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// It has this value, whatever stood there.
    Set,
    /// What the file says there is taken away.
    Unset,
    /// An agent comes to be that there was not.
    Add,
}

/// A change that can be applied.
#[derive(Clone)]
pub(super) struct Edit {
    /// What it does.
    pub act: Act,
    /// The path.
    pub path: String,
    /// Where the path stands.
    pub path_place: Place,
    /// Byte offset of the path's first character, where it stands in the source as it is.
    pub inner: Option<u32>,
    /// The new value; for what is taken away, the text that names it.
    pub node: Node,
}

impl Edit {
    /// From the first byte of the path to the last of the value.
    pub fn place(&self) -> Place {
        let end = self.node.place.end.max(self.path_place.end);
        Place { end, ..self.path_place }
    }
}

/// Whether a table of the file is about studies and lessons: nothing in it moves a run, and no change reaches it.
pub(super) fn matters_to_no_run(key: &str) -> bool {
    matches!(key, "what-if" | "history" | "base-rate" | "ranges" | "property" | "exercise")
}

/// A change as a text of its own, as a `--set` argument writes it.
pub(super) fn text(change: &Change) -> Source {
    Source { name: CHANGE.to_owned(), text: format!("{}={}", change.path, change.value) }
}

/// Reads a `--set` argument that is a source of its own.
pub(super) fn read(change: &Change, source: u16, report: &mut Report) -> Option<Edit> {
    let path_place = Place::new(source, 0, change.path.len());
    let offset = change.path.len() + 1;
    let place = Place::new(source, offset, offset + change.value.len());
    let value = change.value.trim();
    if value.is_empty() || value.len() > LARGEST_FILE {
        report
            .error(
                Code::ChangeForm,
                place,
                format!("the change of `{}` has no usable value", shown(&change.path)),
            )
            .label("expected a value")
            .help("write path=value, such as party.north.alternative=40");
        return None;
    }
    let offset = offset + change.value.len() - change.value.trim_start().len();
    let node = match parse_value(value, source, offset) {
        Ok(node) => node,
        Err(_) if !value.starts_with(['"', '\'', '[', '{']) => {
            let text = Text::new(value, Some(offset as u32));
            Node { place: Place::new(source, offset, offset + value.len()), value: Value::Text(text) }
        }
        Err(message) => {
            report
                .error(Code::ChangeForm, place, format!("this value is not TOML: {message}"))
                .label("cannot be read")
                .help("close every bracket and quote; a bare word needs none");
            return None;
        }
    };
    Some(Edit { act: Act::Set, path: change.path.clone(), path_place, inner: Some(0), node })
}

/// The changes of a what-if: what it takes away, what it adds, what it sets.
pub(super) fn of_what_if(what_if: &Table, report: &Report) -> Vec<Edit> {
    let unset = what_if.get("unset").and_then(Node::as_list).unwrap_or(&[]);
    let mut edits: Vec<Edit> = unset.iter().filter_map(taken_away).collect();
    for (kind, agents) in what_if.table("add").map_or(&[][..], |t| &t.entries).iter().filter_map(kind_of) {
        edits.extend(agents.entries.iter().map(|e| Edit {
            act: Act::Add,
            path: format!("{kind}.{}", e.key),
            path_place: e.key_place,
            inner: None,
            node: e.node.clone(),
        }));
    }
    let set = what_if.table("set").map_or(&[][..], |t| &t.entries);
    edits.extend(set.iter().map(|e| of_entry(e, report)));
    edits
}

fn kind_of(entry: &Entry) -> Option<(&str, &Table)> {
    Some((entry.key.as_str(), entry.node.as_table()?))
}

fn taken_away(node: &Node) -> Option<Edit> {
    let Value::Text(text) = &node.value else { return None };
    let (path_place, inner) = (node.place, text.inner);
    Some(Edit { act: Act::Unset, path: text.text.clone(), path_place, inner, node: node.clone() })
}

/// The change that an entry writes: its key is the path.
pub(super) fn of_entry(entry: &Entry, report: &Report) -> Edit {
    let raw = report.text(entry.key_place);
    let quoted = raw.starts_with(['"', '\'']) && !raw.contains('\\');
    let inner = entry.key_place.start + u32::from(quoted);
    let inner = (quoted || raw == entry.key).then_some(inner);
    Edit {
        act: Act::Set,
        path: entry.key.clone(),
        path_place: entry.key_place,
        inner,
        node: entry.node.clone(),
    }
}

/// Applies a change to a tree; mistakes in the path are reported.
pub(super) fn apply(root: &mut Table, edit: &Edit, report: &mut Report) -> bool {
    let mut offset = 0;
    let mut parts = Vec::new();
    for text in edit.path.split('.') {
        let place = match edit.inner {
            Some(inner) => {
                let start = inner as usize + offset;
                Place::new(edit.path_place.source, start, start + text.len())
            }
            None => edit.path_place,
        };
        parts.push(Part { text, place });
        offset += text.len() + 1;
    }
    let mut walk = Walk { edit, report };
    !walk.too_short(&parts) && walk.table(root, &ROOT, &parts)
}

#[derive(Clone, Copy)]
struct Part<'e> {
    text: &'e str,
    place: Place,
}

struct Walk<'e, 'r> {
    edit: &'e Edit,
    report: &'r mut Report,
}

impl Walk<'_, '_> {
    fn fail(&mut self, place: Place, message: String, label: &str, help: String) -> bool {
        self.report.error(Code::ChangePath, place, message).label(label).help(help);
        false
    }

    /// Reports a path that names a whole table.
    fn too_short(&mut self, parts: &[Part<'_>]) -> bool {
        let Some(key) = ROOT.key(parts[0].text) else { return false };
        let least = if matches!(key.kind, Kind::Map { .. }) && self.edit.act == Act::Set { 3 } else { 2 };
        if parts.len() >= least {
            return false;
        }
        let mut help = "write a path down to one key, such as party.north.alternative".to_owned();
        if matches!(self.edit.node.value, Value::Table(_)) {
            help += "; inside `set` the whole path stands in one pair of quotes";
        }
        let message = format!("`{}` is a whole table", shown(&self.edit.path));
        self.fail(self.edit.path_place, message, "too short", help);
        true
    }

    fn table(&mut self, table: &mut Table, shape: &'static TableShape, parts: &[Part<'_>]) -> bool {
        let Some((first, rest)) = parts.split_first() else { return false };
        let kind = match (shape.key(first.text), &shape.others) {
            (Some(key), _) if matters_to_no_run(key.name) => {
                let message = format!("`{}` cannot be changed", first.text);
                return self.fail(first.place, message, "not part of the world", String::new());
            }
            (Some(key), _) => &key.kind,
            (None, Some((_, kind))) => kind,
            (None, None) => {
                let help = suggest(first.text, shape.keys.iter().map(|k| k.name), "possible here");
                let message = format!("`{}` is not a key of {}", shown(first.text), shape.what);
                return self.fail(first.place, message, "unknown", help);
            }
        };
        self.step(table, kind, *first, rest)
    }

    fn map(&mut self, table: &mut Table, of: Keys, to: &'static Kind, parts: &[Part<'_>]) -> bool {
        let Some((first, rest)) = parts.split_first() else { return false };
        let must_exist = match of {
            Keys::Define(agent) => Some((agent.key(), agent.plural())),
            Keys::Options => Some(("option", "options")),
            Keys::Profiles => Some(("profile", "profiles")),
            _ => None,
        };
        if self.edit.act == Act::Add && rest.is_empty() {
            return self.add(table, *first, must_exist.map_or("entry", |(noun, _)| noun));
        }
        if let (Some((noun, plural)), None) = (must_exist, table.get(first.text)) {
            let known = table.entries.iter().map(|e| e.key.as_str());
            let help = match table.entries.is_empty() {
                true => "a change cannot add one".to_owned(),
                false => suggest(first.text, known, plural),
            };
            let message = format!("there is no {noun} `{}` to change", shown(first.text));
            return self.fail(first.place, message, &format!("unknown {noun}"), help);
        }
        self.step(table, to, *first, rest)
    }

    /// Goes into the value of a key, or sets it.
    fn step(&mut self, table: &mut Table, kind: &'static Kind, part: Part<'_>, rest: &[Part<'_>]) -> bool {
        if rest.is_empty() {
            return match self.edit.act {
                Act::Unset => self.unset(table, part),
                Act::Set | Act::Add => {
                    self.set(table, part);
                    true
                }
            };
        }
        let inner = match kind {
            Kind::Either(kinds) => kinds.iter().find(|k| matches!(k, Kind::Table(_) | Kind::Map { .. })),
            kind => Some(kind),
        };
        let Some(inner @ (Kind::Table(_) | Kind::Map { .. })) = inner else {
            let message = format!("nothing can follow `{}` in a path", shown(part.text));
            return self.fail(rest[0].place, message, "leave this out", "set the whole value".to_owned());
        };
        if table.get(part.text).is_none() {
            self.insert(table, part.text, Value::Table(Table::default()), self.edit.path_place);
        }
        let Some(entry) = table.entry_mut(part.text) else { return false };
        let Value::Table(deeper) = &mut entry.node.value else {
            let message = format!("`{}` is {} in the file, not a table", part.text, entry.node.value.noun());
            return self.fail(rest[0].place, message, "cannot go further", "set the whole value".to_owned());
        };
        match inner {
            Kind::Table(shape) => self.table(deeper, shape, rest),
            Kind::Map { of, to, .. } => self.map(deeper, *of, to, rest),
            _ => false,
        }
    }

    /// Adds an agent that the file does not have.
    fn add(&mut self, table: &mut Table, part: Part<'_>, noun: &str) -> bool {
        match table.get(part.text) {
            None => {
                self.insert(table, part.text, self.edit.node.value.clone(), self.edit.node.place);
                true
            }
            Some(_) => {
                let message = format!("there is a {noun} `{}` already", part.text);
                let help = "give the new one another id, or change the one that is there with `set`";
                self.fail(part.place, message, "not a new one", help.to_owned())
            }
        }
    }

    /// Takes away what the file says.
    fn unset(&mut self, table: &mut Table, part: Part<'_>) -> bool {
        if table.get(part.text).is_some() {
            table.entries.retain(|e| e.key != part.text);
            return true;
        }
        let message =
            format!("the file does not say `{}`, so there is nothing to take away", shown(&self.edit.path));
        let known = table.entries.iter().map(|e| e.key.as_str());
        let help = suggest(part.text, known, "it says here");
        self.fail(part.place, message, "not in the file", help)
    }

    fn set(&mut self, table: &mut Table, part: Part<'_>) {
        match table.entry_mut(part.text) {
            Some(entry) => {
                entry.key_place = self.edit.path_place;
                entry.node = self.edit.node.clone();
            }
            None => self.insert(table, part.text, self.edit.node.value.clone(), self.edit.node.place),
        }
    }

    fn insert(&self, table: &mut Table, key: &str, value: Value, place: Place) {
        table.entries.push(Entry {
            key: key.to_owned(),
            key_place: self.edit.path_place,
            node: Node { place, value },
        });
    }
}
