//! What JSON and YAML have in common: a tree whose maps keep their order, and a way to ask it questions that names the
//! file and the place in every answer.

use super::error::{Error, shown};

/// The deepest nesting of a tree.
pub(super) const DEEPEST: usize = 64;
/// The most nodes of a tree; repeated ones (YAML aliases) count every time.
pub(super) const MOST_NODES: usize = 4_000_000;

/// A file's name and its tree.
pub(super) type File<'a> = (&'a str, &'a Node);

/// A tree of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Flag(bool, String),
    /// A number and how it is written.
    Number(f64, String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The member of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Map(members) => members.iter().find(|(k, _)| k == key).map(|(_, node)| node),
            _ => None,
        }
    }

    fn kind(&self) -> String {
        match self {
            Node::Null => "nothing".into(),
            Node::Flag(flag, _) => format!("{flag}"),
            Node::Number(_, text) => format!("the number {text}"),
            Node::Text(text) => format!("the text “{}”", shown(text)),
            Node::List(_) => "a list".into(),
            Node::Map(_) => "a table".into(),
        }
    }
}

/// A place in a tree.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    pub file: &'a str,
    pub node: &'a Node,
    path: String,
}

impl<'a> Cursor<'a> {
    pub fn new(file: &'a str, node: &'a Node) -> Self {
        Self { file, node, path: String::new() }
    }

    fn step(&self, node: &'a Node, key: &str) -> Self {
        let path =
            if self.path.is_empty() { shown(key) } else { format!("{} › {}", self.path, shown(key)) };
        Self { file: self.file, node, path }
    }

    /// An error at this place.
    pub fn error(&self, message: impl AsRef<str>) -> Error {
        let message = message.as_ref();
        let message = if self.path.is_empty() { message.into() } else { format!("{}: {message}", self.path) };
        Error::new(self.file, None, message)
    }

    fn wanted(&self, what: &str) -> Error {
        self.error(format!("{what} is expected here, and there is {}", self.node.kind()))
    }

    /// A member, if it is there.
    pub fn get(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.step(node, key))
    }

    /// A member that must be there.
    pub fn need(&self, key: &str) -> Result<Self, Error> {
        match self.node {
            Node::Map(_) => self.get(key).ok_or_else(|| self.error(format!("`{key}` is missing"))),
            _ => Err(self.wanted(&format!("a table with `{key}`"))),
        }
    }

    /// The members of a map.
    pub fn members(&self) -> Result<Vec<(&'a str, Self)>, Error> {
        match self.node {
            Node::Map(members) => {
                Ok(members.iter().map(|(key, node)| (key.as_str(), self.step(node, key))).collect())
            }
            _ => Err(self.wanted("a table")),
        }
    }

    /// The members of a list.
    pub fn list(&self) -> Result<Vec<Self>, Error> {
        match self.node {
            Node::List(members) => {
                let places = members.iter().enumerate();
                Ok(places.map(|(k, node)| self.step(node, &format!("{}", k + 1))).collect())
            }
            _ => Err(self.wanted("a list")),
        }
    }

    /// A finite number.
    pub fn number(&self) -> Result<f64, Error> {
        match self.node {
            Node::Number(n, _) if n.is_finite() => Ok(*n),
            _ => Err(self.wanted("a finite number")),
        }
    }

    /// A number that may be infinite.
    pub fn any_number(&self) -> Result<f64, Error> {
        match self.node {
            Node::Number(n, _) if !n.is_nan() => Ok(*n),
            _ => Err(self.wanted("a number")),
        }
    }

    /// A text.
    pub fn text(&self) -> Result<&'a str, Error> {
        match self.node {
            Node::Text(text) => Ok(text),
            _ => Err(self.wanted("a text")),
        }
    }

    /// A text, or a number or flag as it is written.
    pub fn label(&self) -> Result<String, Error> {
        match self.node {
            Node::Text(text) | Node::Number(_, text) | Node::Flag(_, text) => Ok(text.clone()),
            Node::Null => Ok("null".into()),
            _ => Err(self.wanted("a value")),
        }
    }
}
