//! The parsed file as a tree of our own: every key and value with its place, dates and texts ready to use.

use time::Date;

use crate::domain::visible;

/// A stretch of one of the sources of a load: the file is source 0, `--set` arguments follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    /// Which source.
    pub source: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    /// A place from byte offsets.
    pub fn new(source: u16, start: usize, end: usize) -> Self {
        Self { source, start: start as u32, end: end as u32 }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Where; for a table written with a `[header]`, the header.
    pub place: Place,
    /// What.
    pub value: Value,
}

/// A value of the file.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A string.
    Text(Text),
    /// A whole number; those beyond `i64` are clamped (no key allows them).
    Int(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A calendar date.
    Date(Date),
    /// A time of day, or a date with one: no key allows it.
    Moment,
    /// An array.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

impl Value {
    /// The value as TOML on one line.
    pub fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(&text.text),
            Self::Int(i) => i.to_string(),
            Self::Float(f) => format!("{f:?}"),
            Self::Bool(b) => b.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Moment => String::new(),
            Self::List(list) => {
                format!("[{}]", list.iter().map(|node| node.value.toml()).collect::<Vec<_>>().join(", "))
            }
            Self::Table(table) => {
                let entry = |e: &Entry| format!("{} = {}", quoted(&e.key), e.node.value.toml());
                format!("{{{}}}", table.entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// What a person would call the value.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Int(_) => "a whole number",
            Self::Float(_) => "a number with a fraction",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Moment => "a time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// A string and, where every character stands in the source as it is, the place of the first one.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// The string itself; what would be obeyed and not seen is written out.
    pub text: String,
    /// Whether something is.
    pub hidden: bool,
    /// Byte offset of the first character in the source; `None` with escapes or several lines.
    pub inner: Option<u32>,
}

impl Text {
    /// A string that stands in its source at `inner`.
    pub fn new(text: &str, inner: Option<u32>) -> Self {
        let shown = visible(text);
        let hidden = shown != text;
        Self { text: shown.into_owned(), hidden, inner: inner.filter(|_| !hidden) }
    }
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// The value.
    pub node: Node,
}

/// A table in the order of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Its entries.
    pub entries: Vec<Entry>,
}

impl Table {
    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|e| &e.node)
    }

    /// The table under a key.
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.get(key).and_then(Node::as_table)
    }

    /// The entry of a key, to change it.
    pub fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|e| e.key == key)
    }

    /// The entries of a table of tables: key, its place, the table; what is no table is left out.
    pub fn tables(&self, key: &str) -> impl Iterator<Item = (&Entry, &Table)> {
        let entries = self.table(key).map_or(&[][..], |t| &t.entries);
        entries.iter().filter_map(|e| Some((e, e.node.as_table()?)))
    }
}

/// A text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Node {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&Text> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The string, if it is a text.
    pub fn as_str(&self) -> Option<&str> {
        self.as_text().map(|t| t.text.as_str())
    }

    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The members of a list, if it is one.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The number, whole or not.
    pub fn as_number(&self) -> Option<f64> {
        match self.value {
            Value::Int(i) => Some(i as f64),
            Value::Float(f) => Some(f),
            _ => None,
        }
    }
}
