//! The tree of objectives and issues in a GENIUS file, domain or profile.

use roxmltree::{Document, Node, ParsingOptions};

use super::super::error::{Error, Finding, shown};

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
    Ok(File { name, document, skipped })
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

/// The kind of an issue: `type` wins over `etype` and `vtype`; without any it is discrete.
pub(super) fn kind(file: &File<'_>, issue: Node<'_, '_>) -> Result<Kind, Error> {
    let said = ["type", "etype", "vtype"].into_iter().find_map(|key| issue.attribute(key));
    match said.map(|word| word.trim().to_ascii_lowercase()).as_deref() {
        None | Some("discrete" | "") => Ok(Kind::Discrete),
        Some("integer") => Ok(Kind::Integer),
        Some("real") => Ok(Kind::Real),
        Some(other) => {
            let what = format!(
                "issues of type “{}” are not read: GENIUS 10.4 knows discrete, integer and real",
                shown(other)
            );
            Err(file.error(issue, what))
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
