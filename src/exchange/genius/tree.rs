//! The elements of an XML file with their attributes, however it was parsed.

use super::super::error::Error;
use super::super::node::DEEPEST;

/// The most elements of a file.
pub(super) const MOST_ELEMENTS: usize = 4_000_000;

/// The elements of a file, in its order.
#[derive(Debug, Default)]
pub(super) struct Tree {
    elements: Vec<Element>,
    /// The elements that are open while the tree is built.
    open: Vec<usize>,
}

#[derive(Debug)]
struct Element {
    name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    /// Where it begins in the text.
    start: usize,
    parent: Option<usize>,
    /// The place behind its last descendant.
    end: usize,
}

/// Why a tree does not grow on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Depth,
    Size,
}

impl Limit {
    /// The error at a line.
    pub fn error(self, file: &str, line: usize) -> Error {
        let what = match self {
            Limit::Depth => format!("elements lie more than {DEEPEST} deep: this is no file of GENIUS"),
            Limit::Size => format!("more than {MOST_ELEMENTS} elements: this is no file of GENIUS"),
        };
        Error::new(file, Some(line), what)
    }
}

impl Tree {
    /// Opens an element within the one that is open. Of attributes of one name the last counts.
    pub fn open(
        &mut self,
        name: &str,
        attributes: Vec<(Box<str>, Box<str>)>,
        start: usize,
    ) -> Result<(), Limit> {
        if self.open.len() >= DEEPEST {
            return Err(Limit::Depth);
        }
        let at = self.elements.len();
        if at >= MOST_ELEMENTS {
            return Err(Limit::Size);
        }
        let parent = self.open.last().copied();
        self.elements.push(Element { name: name.into(), attributes, start, parent, end: at + 1 });
        self.open.push(at);
        Ok(())
    }

    /// Closes the element that is open.
    pub fn close(&mut self) {
        if let Some(at) = self.open.pop() {
            self.elements[at].end = self.elements.len();
        }
    }

    /// The name and the start of the element that is open.
    pub fn current(&self) -> Option<(&str, usize)> {
        self.open.last().map(|at| (&*self.elements[*at].name, self.elements[*at].start))
    }

    /// The first element; `None` only in a tree without any.
    pub fn root(&self) -> Option<Node<'_>> {
        (!self.elements.is_empty()).then_some(Node { tree: self, at: 0 })
    }
}

/// An element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    tree: &'t Tree,
    at: usize,
}

impl<'t> Node<'t> {
    fn element(self) -> &'t Element {
        &self.tree.elements[self.at]
    }

    /// Its name.
    pub fn name(self) -> &'t str {
        &self.element().name
    }

    /// Whether it is called so.
    pub fn is(self, name: &str) -> bool {
        self.name() == name
    }

    /// The value of an attribute.
    pub fn attribute(self, key: &str) -> Option<&'t str> {
        self.element().attributes.iter().rfind(|(k, _)| **k == *key).map(|(_, value)| &**value)
    }

    /// Where it begins in the text.
    pub fn start(self) -> usize {
        self.element().start
    }

    /// The element that it is in.
    pub fn parent(self) -> Option<Self> {
        self.element().parent.map(|at| Self { at, ..self })
    }

    /// The elements within it, but not within these.
    pub fn children(self) -> impl Iterator<Item = Self> + Clone {
        let end = self.element().end;
        let first = Some(self.at + 1).filter(|at| *at < end);
        let next = move |at: &usize| Some(self.tree.elements[*at].end).filter(|at| *at < end);
        std::iter::successors(first, next).map(move |at| Self { at, ..self })
    }

    /// All elements within it, in the order of the file; itself first.
    pub fn descendants(self) -> impl Iterator<Item = Self> + Clone {
        (self.at..self.element().end).map(move |at| Self { at, ..self })
    }
}
