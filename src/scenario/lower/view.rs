//! Reading a table by its shape, in silence: what does not fit has been reported, and its default is taken.

use super::super::ids::Ids;
use super::super::kinds::same_type;
use super::super::parse::parse_value;
use super::super::shape::{Agent, Kind, Need, TableShape};
use super::super::tree::{Entry, Node, Table, Value};
use crate::domain::Level;

/// A table and its shape.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct View<'t> {
    /// The table.
    pub table: &'t Table,
    shape: &'static TableShape,
}

static EMPTY: Table = Table { entries: Vec::new() };

impl<'t> View<'t> {
    /// Reads a table by a shape.
    pub fn new(table: &'t Table, shape: &'static TableShape) -> Self {
        Self { table, shape }
    }

    /// Reads a table that may be missing.
    pub fn maybe(table: Option<&'t Table>, shape: &'static TableShape) -> Self {
        Self { table: table.unwrap_or(&EMPTY), shape }
    }

    /// The value of a key as the file has it, if its type fits.
    pub fn node(&self, key: &str) -> Option<&'t Node> {
        let kind = &self.shape.key(key)?.kind;
        self.table.get(key).filter(|n| same_type(kind, &n.value))
    }

    /// The entry of a key as the file has it, if its type fits.
    pub fn entry(&self, key: &str) -> Option<&'t Entry> {
        self.node(key).and_then(|_| self.table.entry(key))
    }

    /// The table under a key.
    pub fn table(&self, key: &str) -> Option<&'t Table> {
        self.node(key).and_then(Node::as_table)
    }

    /// The table under a key, by the shape that it has there.
    pub fn nested(&self, key: &str) -> Self {
        match self.shape.key(key).map(|k| k.kind) {
            Some(Kind::Table(shape)) => Self::maybe(self.table(key), shape),
            _ => Self::maybe(None, self.shape),
        }
    }

    /// What `read` makes of the value, or else of the default.
    pub fn pick<T>(&self, key: &str, read: impl Fn(&Node, &Kind) -> Option<T>) -> Option<T> {
        let shape = self.shape.key(key)?;
        let own = self.table.get(key).and_then(|n| read(n, &shape.kind));
        own.or_else(|| match shape.need {
            Need::Default(text) => parse_value(text, 0, 0).ok().and_then(|n| read(&n, &shape.kind)),
            _ => None,
        })
    }

    /// A whole number; 0 where there is neither value nor default.
    pub fn int(&self, key: &str) -> i64 {
        self.maybe_int(key).unwrap_or(0)
    }

    /// A whole number, if there is one.
    pub fn maybe_int(&self, key: &str) -> Option<i64> {
        self.pick(key, whole)
    }

    /// A small whole number.
    pub fn small(&self, key: &str) -> u8 {
        u8::try_from(self.int(key)).unwrap_or(0)
    }

    /// A small whole number, if there is one.
    pub fn maybe_small(&self, key: &str) -> Option<u8> {
        self.maybe_int(key).and_then(|i| u8::try_from(i).ok())
    }

    /// A number; 0 where there is neither value nor default.
    pub fn number(&self, key: &str) -> f64 {
        self.maybe_number(key).unwrap_or(0.0)
    }

    /// A number, if there is one.
    pub fn maybe_number(&self, key: &str) -> Option<f64> {
        self.pick(key, number)
    }

    /// Five numbers.
    pub fn five(&self, key: &str) -> [f64; 5] {
        self.several(key)
    }

    /// Three numbers.
    pub fn three(&self, key: &str) -> [f64; 3] {
        self.several(key)
    }

    fn several<const N: usize>(&self, key: &str) -> [f64; N]
    where
        [f64; N]: Default,
    {
        let read = |n: &Node, kind: &Kind| {
            let Kind::List { of, .. } = kind else { return None };
            let all: Option<Vec<f64>> = n.as_list()?.iter().map(|m| number(m, of)).collect();
            all?.try_into().ok()
        };
        self.pick(key, read).unwrap_or_default()
    }

    /// True or false.
    pub fn flag(&self, key: &str) -> bool {
        let read = |n: &Node, _: &Kind| match n.value {
            Value::Bool(b) => Some(b),
            _ => None,
        };
        self.pick(key, read).unwrap_or(false)
    }

    /// A level.
    pub fn level(&self, key: &str) -> Level {
        self.pick(key, |n, _| n.as_str().and_then(Level::parse)).unwrap_or(Level::Medium)
    }

    /// The place of a word in its list; 0 where there is neither value nor default.
    pub fn word(&self, key: &str) -> usize {
        self.pick(key, word).unwrap_or(0)
    }

    /// The places of the words of a list.
    pub fn words(&self, key: &str) -> Vec<usize> {
        let read = |n: &Node, kind: &Kind| match kind {
            Kind::List { of, .. } => Some(n.as_list()?.iter().filter_map(|m| word(m, of)).collect()),
            _ => None,
        };
        self.pick(key, read).unwrap_or_default()
    }

    /// A text.
    pub fn text(&self, key: &str) -> Option<String> {
        self.node(key).and_then(Node::as_str).map(str::to_owned)
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let list = self.node(key).and_then(Node::as_list).unwrap_or_default();
        list.iter().filter_map(Node::as_str).map(str::to_owned).collect()
    }

    /// A number of days.
    pub fn days(&self, key: &str) -> Option<u16> {
        super::super::kinds::days(self.node(key)?.as_str()?)
    }

    /// A date.
    pub fn date(&self, key: &str) -> Option<time::Date> {
        match self.node(key)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// The place of the agent that a key names.
    pub fn reference(&self, key: &str, agent: Agent, ids: &Ids) -> Option<usize> {
        ids.find(agent, self.node(key)?.as_str()?)
    }

    /// The agents that a list names, each once, with their nodes.
    pub fn references(&self, key: &str, agent: Agent, ids: &Ids) -> Vec<(usize, &'t Node)> {
        let members = self.node(key).and_then(Node::as_list).unwrap_or(&[]);
        references(members, agent, ids)
    }
}

/// The agents that a list names, each once, with their nodes.
pub(in crate::scenario) fn references<'t>(
    members: &'t [Node],
    agent: Agent,
    ids: &Ids,
) -> Vec<(usize, &'t Node)> {
    let mut out: Vec<(usize, &Node)> = Vec::new();
    for member in members {
        if let Some(at) = member.as_str().and_then(|id| ids.find(agent, id))
            && out.iter().all(|(known, _)| *known != at)
        {
            out.push((at, member));
        }
    }
    out
}

/// A number within its kind's bounds.
pub(in crate::scenario) fn number(node: &Node, kind: &Kind) -> Option<f64> {
    let n = node.as_number()?;
    match kind {
        Kind::Number(from, to) => (*from..=*to).contains(&n).then_some(n),
        Kind::Above(from, to) => (n > *from && n <= *to).then_some(n),
        Kind::Int(from, to) => (*from as f64..=*to as f64).contains(&n).then_some(n),
        _ => None,
    }
}

/// A whole number within its kind's bounds.
fn whole(node: &Node, kind: &Kind) -> Option<i64> {
    match (&node.value, kind) {
        (Value::Int(i), Kind::Int(from, to)) => (*from..=*to).contains(i).then_some(*i),
        (_, Kind::Either(kinds)) => kinds.iter().find_map(|k| whole(node, k)),
        _ => None,
    }
}

fn word(node: &Node, kind: &Kind) -> Option<usize> {
    let Kind::Word(words) = kind else { return None };
    let text = node.as_str()?;
    words.iter().position(|w| *w == text)
}
