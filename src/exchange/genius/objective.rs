//! The tree of objectives and issues in a GENIUS file, domain or profile.

use roxmltree::{Document, ParsingOptions};

use super::super::error::{Error, Finding, shown};
use super::lenient::{self, Trouble};
use super::tree::{Limit, MOST_ELEMENTS, Node, Tree};

/// A parsed file.
pub(super) struct File<'a> {
    pub name: &'a str,
    text: &'a str,
    tree: Tree,
    /// What is odd about it as a whole: that it is no XML.
    pub odd: Option<Finding>,
}

/// Parses a file: as XML, or, where it is none, as GENIUS reads it all the same.
pub(super) fn parse<'a>(name: &'a str, text: &'a str) -> Result<File<'a>, Error> {
    // Files with blank lines before the declaration are about; lines are counted from the first one all the same.
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let skipped = text.len() - trimmed.len();
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: 2 * MOST_ELEMENTS as u32,
        ..ParsingOptions::default()
    };
    let (tree, odd) = match Document::parse_with_options(trimmed, options) {
        Ok(document) => {
            let tree = strict(&document, skipped);
            let early = skipped > 0 && trimmed.starts_with("<?xml");
            let odd = early.then(|| {
                let what = "this is no plain XML (the declaration is not at its beginning); what stands before is skipped";
                Finding::new(name, Some(line(text, skipped)), what)
            });
            (tree.map_err(|(at, limit)| limit.error(name, line(text, at)))?, odd)
        }
        Err(e) => {
            let at = e.pos().row as usize + line(text, skipped) - 1;
            (lenient_tree(name, text)?, Some(Finding::new(name, Some(at), no_xml(&e))))
        }
    };
    Ok(File { name, text, tree, odd })
}

fn no_xml(error: &roxmltree::Error) -> String {
    let why = match error {
        roxmltree::Error::DtdDetected => "it has a document type, which is skipped".into(),
        error => error.to_string().split(" at ").next().unwrap_or_default().to_owned(),
    };
    format!("this is no plain XML ({why}); it is read as GENIUS reads it: text between quotes as it stands")
}

/// The number of a line, from 1.
fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1
}

fn lenient_tree(name: &str, text: &str) -> Result<Tree, Error> {
    lenient::parse(text).map_err(|(at, trouble)| match trouble {
        Trouble::Limit(limit) => limit.error(name, line(text, at)),
        Trouble::Broken(what) => {
            let what = format!("this is no XML, and GENIUS could not read it either: {what}");
            Error::new(name, Some(line(text, at)), what)
        }
    })
}

/// The tree of a document; else where it grew too large.
fn strict(document: &Document<'_>, skipped: usize) -> Result<Tree, (usize, Limit)> {
    let mut tree = Tree::default();
    // Elements come in the order of the file: those that ended before are no longer open.
    let mut ends: Vec<usize> = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let range = node.range();
        while ends.last().is_some_and(|end| *end <= range.start) {
            ends.pop();
            tree.close();
        }
        let attributes = node.attributes().map(|a| (a.name().into(), a.value().into())).collect();
        let start = skipped + range.start;
        tree.open(node.tag_name().name(), attributes, start).map_err(|limit| (start, limit))?;
        ends.push(range.end);
    }
    ends.iter().for_each(|_| tree.close());
    Ok(tree)
}

impl<'a> File<'a> {
    /// The line of an element. Only asked for messages: counting lines takes time.
    fn line(&self, node: Node<'_>) -> Option<usize> {
        Some(line(self.text, node.start()))
    }

    /// An error at an element.
    pub fn error(&self, node: Node<'_>, message: impl Into<String>) -> Error {
        Error::new(self.name, self.line(node), message)
    }

    /// A finding at an element.
    pub fn finding(&self, node: Node<'_>, message: impl Into<String>) -> Finding {
        Finding::new(self.name, self.line(node), message)
    }

    /// The outermost element.
    pub fn root(&self) -> Result<Node<'_>, Error> {
        self.tree.root().ok_or_else(|| Error::new(self.name, None, "there is no element in it"))
    }

    /// The utility space: the root, or inside of a negotiation template.
    pub fn space(&self) -> Result<Node<'_>, Error> {
        let root = self.root()?;
        if root.is("utility_space") {
            return Ok(root);
        }
        // Some old domains have the objective right inside of the template.
        match root.children().find(|n| n.is("utility_space")) {
            Some(space) => Ok(space),
            None if root.children().any(|n| n.is("objective")) => Ok(root),
            None => {
                Err(self.error(root, "`<utility_space>` is missing: this is no GENIUS domain or profile"))
            }
        }
    }

    /// All issues in the order of the file, those of nested objectives too.
    pub fn issues(&self) -> Result<Vec<Node<'_>>, Error> {
        Ok(self.space()?.descendants().filter(|n| n.is("issue")).collect())
    }

    /// A number that an attribute must have.
    pub fn number(&self, node: Node<'_>, key: &str) -> Result<f64, Error> {
        self.maybe(node, key)?
            .ok_or_else(|| self.error(node, format!("`<{}>` needs a number as `{key}`", node.name())))
    }

    /// A number that an attribute may have.
    pub fn maybe(&self, node: Node<'_>, key: &str) -> Result<Option<f64>, Error> {
        let Some(text) = node.attribute(key) else { return Ok(None) };
        match text.trim().parse::<f64>() {
            Ok(n) if n.is_finite() => Ok(Some(n)),
            _ => {
                let what = format!("{key}=\"{}\" is no finite number", shown(text));
                Err(self.error(node, what))
            }
        }
    }
}

/// What an issue's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Discrete,
    Integer,
    Real,
}

/// The kind of an issue: `type` wins over `etype` and `vtype`; without any, or with a word that GENIUS does not know, it
/// is discrete.
pub(super) fn kind(file: &File<'_>, issue: Node<'_>, findings: &mut Vec<Finding>) -> Kind {
    let said = ["type", "etype", "vtype"].into_iter().find_map(|key| issue.attribute(key));
    match said.map(|word| word.trim().to_ascii_lowercase()).as_deref() {
        None | Some("discrete" | "") => Kind::Discrete,
        Some("integer") => Kind::Integer,
        Some("real") => Kind::Real,
        Some(other) => {
            let what = format!(
                "issue “{}”: GENIUS knows no issues of type “{}” and reads them as discrete; so it is read here",
                shown(issue.attribute("name").unwrap_or_default()),
                shown(other)
            );
            findings.push(file.finding(issue, what));
            Kind::Discrete
        }
    }
}

/// The bounds of an issue of numbers: attributes of its own, of its range or of its evaluator.
pub(super) fn bounds(file: &File<'_>, issue: Node<'_>) -> Result<Option<(f64, f64)>, Error> {
    let children = issue.children().filter(|n| n.is("range") || n.is("evaluator"));
    for node in std::iter::once(issue).chain(children) {
        if let (Some(low), Some(high)) = (file.maybe(node, "lowerbound")?, file.maybe(node, "upperbound")?) {
            if low > high {
                return Err(
                    file.error(node, format!("the lower bound {low} is above the upper bound {high}"))
                );
            }
            return Ok(Some((low, high)));
        }
    }
    Ok(None)
}
