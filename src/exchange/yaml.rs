//! YAML into a tree, by the core schema of YAML 1.2: `No` is a text, `.inf` a number. Aliases are copied, within the
//! limit of nodes, so that a file of aliases to aliases cannot fill the memory.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::error::{Error, shown};
use super::node::{DEEPEST, MOST_NODES, Node};

/// A list or table in the making.
enum Open {
    List(Vec<Node>),
    /// Members, and the key that waits for its value.
    Map(Vec<(String, Node)>, Option<String>),
}

struct Builder<'a> {
    file: &'a str,
    open: Vec<(Open, usize)>,
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
}

/// Reads the first document of a YAML text.
pub(super) fn parse(file: &str, text: &str) -> Result<Node, Error> {
    let mut builder = Builder { file, open: Vec::new(), anchors: BTreeMap::new(), nodes: 0, root: None };
    for event in Parser::new_from_str(text.trim_start_matches('\u{feff}')) {
        let (event, span) = event.map_err(|e| {
            let message = format!("this is no YAML that can be read: {}", e.info());
            Error::new(file, Some(e.marker().line()), message)
        })?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        builder.event(event, span)?;
    }
    builder.root.ok_or_else(|| Error::new(file, None, "the file is empty"))
}

impl Builder<'_> {
    fn error(&self, span: Span, message: impl Into<String>) -> Error {
        Error::new(self.file, Some(span.start.line()), message)
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Error> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let node = if style == ScalarStyle::Plain { plain(&text) } else { Node::Text(text.into()) };
                self.finished(node, anchor, 1, span)
            }
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err(self.error(span, "an alias inside of what it stands for"));
                };
                self.finished(node, 0, size, span)
            }
            Event::SequenceStart(anchor, _) => {
                self.open.push((Open::List(Vec::new()), anchor));
                self.deep(span)
            }
            Event::MappingStart(anchor, _) => {
                self.open.push((Open::Map(Vec::new(), None), anchor));
                self.deep(span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some((open, anchor)) = self.open.pop() else { return Ok(()) };
                let node = match open {
                    Open::List(members) => Node::List(members),
                    Open::Map(members, _) => Node::Map(members),
                };
                self.finished(node, anchor, 1, span)
            }
            _ => Ok(()),
        }
    }

    fn deep(&self, span: Span) -> Result<(), Error> {
        if self.open.len() > DEEPEST {
            return Err(self.error(span, format!("nested deeper than {DEEPEST} levels")));
        }
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn finished(&mut self, node: Node, anchor: usize, size: usize, span: Span) -> Result<(), Error> {
        self.nodes += size;
        if self.nodes > MOST_NODES {
            return Err(self.error(span, format!("more than {MOST_NODES} values, aliases written out")));
        }
        if anchor > 0 {
            let size = count(&node);
            self.nodes += size;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut().map(|(open, _)| open) {
            None => self.root = Some(node),
            Some(Open::List(members)) => members.push(node),
            Some(Open::Map(members, waiting)) => match waiting.take() {
                Some(key) => members.push((key, node)),
                None => {
                    let key = match node {
                        Node::Text(text) | Node::Number(_, text) | Node::Flag(_, text) => text,
                        Node::Null => "null".into(),
                        _ => return Err(self.error(span, "a list or table cannot be a key here")),
                    };
                    if members.iter().any(|(known, _)| *known == key) {
                        return Err(self.error(span, format!("the key “{}” comes twice", shown(&key))));
                    }
                    *waiting = Some(key);
                }
            },
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    match node {
        Node::List(members) => 1 + members.iter().map(count).sum::<usize>(),
        Node::Map(members) => 1 + members.iter().map(|(_, n)| count(n)).sum::<usize>(),
        _ => 1,
    }
}

/// A plain scalar by the core schema.
fn plain(text: &str) -> Node {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Node::Null,
        "true" | "True" | "TRUE" => return Node::Flag(true, text.into()),
        "false" | "False" | "FALSE" => return Node::Flag(false, text.into()),
        _ => {}
    }
    let number = match text.trim_start_matches(['+', '-']) {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => Some(f64::NEG_INFINITY),
        ".inf" | ".Inf" | ".INF" => Some(f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        rest if rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') => text.parse().ok(),
        _ => None,
    };
    number.map_or_else(|| Node::Text(text.into()), |n| Node::Number(n, text.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_follow_the_core_schema() {
        let node = parse("x.yml", "a: No\nb: -.inf\nc: '1'\nd: 1e-3\ne: [1, x]\nf: on\n").expect("YAML");
        assert_eq!(node.get("a"), Some(&Node::Text("No".into())));
        assert_eq!(node.get("b"), Some(&Node::Number(f64::NEG_INFINITY, "-.inf".into())));
        assert_eq!(node.get("c"), Some(&Node::Text("1".into())));
        assert_eq!(node.get("d"), Some(&Node::Number(1e-3, "1e-3".into())));
        assert_eq!(node.get("f"), Some(&Node::Text("on".into())));
    }

    #[test]
    fn aliases_are_copied_and_counted() {
        let node = parse("x.yml", "a: &x [1, 2]\nb: *x\n").expect("YAML");
        assert_eq!(node.get("a"), node.get("b"));
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for k in 1..12 {
            let line = format!("*a{}, ", k - 1).repeat(10);
            bomb += &format!("a{k}: &a{k} [{}]\n", line.trim_end_matches(", "));
        }
        let error = parse("x.yml", &bomb).expect_err("too large");
        assert!(error.message.contains("aliases") && error.line.is_some(), "{error}");
    }

    #[test]
    fn the_line_of_a_mistake_is_named() {
        let error = parse("x.yml", "a: 1\nb: [1, 2\nc: 3\n").expect_err("not closed");
        assert!(error.line.is_some_and(|l| l >= 2), "{error}");
        assert!(parse("x.yml", &"[".repeat(100_000)).is_err());
    }
}
