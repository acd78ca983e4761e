//! The tree of objectives and issues in a GENIUS file, domain or profile.

use roxmltree::{Document, Node, ParsingOptions};

use super::super::error::{Error, Finding, shown};
use super::super::node::DEEPEST;

/// The most elements, attributes not counted, of a file.
const MOST_ELEMENTS: u32 = 4_000_000;

/// A parsed file.
pub(super) struct File<'a> {
    pub name: &'a str,
    pub document: Document<'a>,
    /// Lines before the document.
    skipped: usize,
}

/// Parses a file. Document types, and with them entities, are refused.
pub(super) fn parse<'a>(name: &'a str, text: &'a str) -> Result<File<'a>, Error> {
    // Files with blank lines before the declaration are about; lines are counted from the first one all the same.
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let skipped = text[..text.len() - trimmed.len()].matches('\n').count();
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: MOST_ELEMENTS, ..ParsingOptions::default() };
    let document = Document::parse_with_options(trimmed, options).map_err(|e| {
        let line = e.pos().row as usize + skipped;
        let message = e.to_string();
        let message = message.split(" at ").next().unwrap_or_default().to_owned();
        let why = match e {
            roxmltree::Error::DtdDetected => "document types and entities are not read, for safety".into(),
            _ => message,
        };
        Error::new(name, Some(line), format!("this is no XML that can be read: {why}"))
    })?;
    let file = File { name, document, skipped };
    match too_deep(&file.document) {
        Some(node) => {
            Err(file.error(node, format!("elements lie more than {DEEPEST} deep: this is no file of GENIUS")))
        }
        None => Ok(file),
    }
}

/// The first element with too many around it.
fn too_deep<'n, 'a>(document: &'n Document<'a>) -> Option<Node<'n, 'a>> {
    // Elements come in the order of the file: those that ended before are no longer around.
    let mut around: Vec<usize> = Vec::new();
    document.descendants().filter(Node::is_element).find(|node| {
        let range = node.range();
        while around.last().is_some_and(|end| *end <= range.start) {
            around.pop();
        }
        around.push(range.end);
        around.len() > DEEPEST
    })
}

impl<'a> File<'a> {
    /// The line of an element. Only asked for messages: counting lines takes time.
    pub fn line(&self, node: Node<'_, '_>) -> Option<usize> {
        let text = self.document.input_text();
        Some(text[..node.range().start].matches('\n').count() + 1 + self.skipped)
    }

    /// An error at an element.
    pub fn error(&self, node: Node<'_, '_>, message: impl Into<String>) -> Error {
        Error::new(self.name, self.line(node), message)
    }

    /// A finding at an element.
    pub fn finding(&self, node: Node<'_, '_>, message: impl Into<String>) -> Finding {
        Finding::new(self.name, self.line(node), message)
    }

    /// The utility space: the root, or inside of a negotiation template.
    pub fn space(&self) -> Result<Node<'_, 'a>, Error> {
        let root = self.document.root_element();
        if root.has_tag_name("utility_space") {
            return Ok(root);
        }
        let inside = root.children().find(|n| n.has_tag_name("utility_space"));
        let missing =
            || self.error(root, "`<utility_space>` is missing: this is no GENIUS domain or profile");
        // Some old domains have the objective right inside of the template.
        match inside {
            Some(space) => Ok(space),
            None if root.children().any(|n| n.has_tag_name("objective")) => Ok(root),
            None => Err(missing()),
        }
    }

    /// All issues in the order of the file, those of nested objectives too.
    pub fn issues(&self) -> Result<Vec<Node<'_, 'a>>, Error> {
        Ok(self.space()?.descendants().filter(|n| n.has_tag_name("issue")).collect())
    }

    /// A number that an attribute must have.
    pub fn number(&self, node: Node<'_, '_>, key: &str) -> Result<f64, Error> {
        self.maybe(node, key)?.ok_or_else(|| {
            self.error(node, format!("`<{}>` needs a number as `{key}`", node.tag_name().name()))
        })
    }

    /// A number that an attribute may have.
    pub fn maybe(&self, node: Node<'_, '_>, key: &str) -> Result<Option<f64>, Error> {
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
pub(super) fn kind(file: &File<'_>, issue: Node<'_, '_>, findings: &mut Vec<Finding>) -> Kind {
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
pub(super) fn bounds(file: &File<'_>, issue: Node<'_, '_>) -> Result<Option<(f64, f64)>, Error> {
    let children = issue.children().filter(|n| n.has_tag_name("range") || n.has_tag_name("evaluator"));
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
