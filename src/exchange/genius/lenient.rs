//! XML as GENIUS 10.4 reads it, whose parser asks for less than XML does: values between quotes are taken as they stand,
//! attributes need no blank between them, of two of one name the last counts, what comes before the root and after its end is
//! skipped. Entities that XML itself knows are still read as such, so that a name is the same in every file of a domain.

use super::tree::{Limit, Tree};

/// Why a text cannot be read, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Limit(Limit),
    Broken(String),
}

type Attributes = Vec<(Box<str>, Box<str>)>;

/// The elements of a text; else what is wrong with it and at which byte.
pub(super) fn parse(text: &str) -> Result<Tree, (usize, Trouble)> {
    let mut tree = Tree::default();
    let mut at = prologue(text);
    loop {
        at = after_text(text, at);
        if at >= text.len() {
            return Err(unfinished(text, &tree));
        }
        let broken = |what: String| (at, Trouble::Broken(what));
        if let Some(end) = aside(text, at) {
            at = end;
            continue;
        }
        let length = text[at..].find('>').ok_or_else(|| broken("a tag has no end".into()))?;
        let tag = text[at + 1..at + length].trim();
        match tag.strip_prefix('/') {
            Some(name) => close(&mut tree, name.trim()).map_err(broken)?,
            None => {
                let (name, attributes, closed) = opening(tag).map_err(broken)?;
                tree.open(name, attributes, at).map_err(|limit| (at, Trouble::Limit(limit)))?;
                if closed {
                    tree.close();
                }
            }
        }
        if tree.current().is_none() {
            return Ok(tree);
        }
        at += length + 1;
    }
}

/// The place of the root: behind declarations, document types with what is declared in them, and whatever else is no element.
fn prologue(text: &str) -> usize {
    let mut at = after_text(text, 0);
    loop {
        let behind = match aside(text, at) {
            None if text[at..].starts_with("<!") => declared(text, at),
            None => return at,
            Some(behind) => behind,
        };
        at = after_text(text, behind);
    }
}

/// The place behind a declaration, with the declarations within it.
fn declared(text: &str, at: usize) -> usize {
    let mut depth = 0usize;
    for (n, byte) in text[at..].bytes().enumerate() {
        match byte {
            b'<' => depth += 1,
            b'>' if depth == 1 => return at + n + 1,
            b'>' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The place of the next tag.
fn after_text(text: &str, at: usize) -> usize {
    text[at..].find('<').map_or(text.len(), |n| at + n)
}

/// The place behind a comment, a stretch of plain text or an instruction.
fn aside(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let marks = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
    let (open, close) = marks.into_iter().find(|(open, _)| rest.starts_with(open))?;
    Some(rest[open.len()..].find(close).map_or(text.len(), |n| at + open.len() + n + close.len()))
}

fn unfinished(text: &str, tree: &Tree) -> (usize, Trouble) {
    match tree.current() {
        Some((name, start)) => (start, Trouble::Broken(format!("`<{name}>` is not closed"))),
        None => (text.len(), Trouble::Broken("there is no element in it".into())),
    }
}

fn close(tree: &mut Tree, name: &str) -> Result<(), String> {
    match tree.current() {
        Some((open, _)) if open == name => tree.close(),
        Some((open, _)) => return Err(format!("`</{open}>` is expected here, and there is `</{name}>`")),
        None => return Err(format!("`</{name}>` closes nothing")),
    }
    Ok(())
}

/// The name and the attributes of a tag without its brackets, and whether it closes itself.
fn opening(tag: &str) -> Result<(&str, Attributes, bool), String> {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    if rest.is_empty()
        && let Some(name) = name.strip_suffix('/')
    {
        return Ok((name, Vec::new(), true));
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim();
        if rest.is_empty() || rest == "/" {
            return Ok((name, attributes, rest == "/"));
        }
        let (key, value, behind) = attribute(rest).ok_or_else(|| {
            format!(
                "`<{name}>`: a name, `=` and a value in quotes are expected (a `>` in a value ends the tag)"
            )
        })?;
        attributes.push((key.into(), decoded(value)));
        rest = behind;
    }
}

/// The first attribute: its name, its value, and what comes after it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (key, rest) = text.split_once('=')?;
    let rest = rest.trim_start();
    let (value, behind) = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote)?,
        _ => {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.strip_suffix('/').unwrap_or(rest).len());
            rest.split_at(end)
        }
    };
    Some((key.trim(), value, behind))
}

/// A value with the entities that XML itself knows; all others stay as they stand.
fn decoded(value: &str) -> Box<str> {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').and_then(|end| Some((character(&rest[1..end])?, end + 1)));
        let (c, length) = entity.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out.into()
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            code.ok().and_then(char::from_u32).filter(|c| *c != '\0')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match parse(text) {
            Ok(tree) => {
                let root = tree.root().expect("a root");
                let one = |n: super::super::tree::Node<'_>| {
                    format!("{}={}", n.name(), n.attribute("v").unwrap_or("-"))
                };
                root.descendants().map(one).collect::<Vec<_>>().join(" ")
            }
            Err((_, Trouble::Broken(what))) => what,
            Err((_, Trouble::Limit(limit))) => format!("{limit:?}"),
        }
    }

    #[test]
    fn what_genius_reads_is_read() {
        for (text, read) in [
            ("<a v=\"x & y\"/>", "a=x & y"),
            ("<a v=\"x <1 y\"></a>", "a=x <1 y"),
            ("<a v=\"&eacute; &amp; &#233; &\"/>", "a=&eacute; & é &"),
            ("<a w=\"1\"v=\"2\"/>", "a=2"),
            ("<a v=\"1\" v=\"2\"/>", "a=2"),
            ("<a v='1'/>", "a=1"),
            ("<a v=1 />", "a=1"),
            ("<a v=1/>", "a=1"),
            ("<a v = \"1\"\n/>", "a=1"),
            ("\n<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a v=\"&b;\"/>", "a=&b;"),
            ("hello\n<a><b v=\"1\"/>text & text<c/></a> and more <", "a=- b=1 c=-"),
            ("<a><!-- <b> --><![CDATA[<c>]]><d></d ></a>", "a=- d=-"),
            ("<a/>", "a=-"),
        ] {
            assert_eq!(told(text), read, "{text}");
        }
    }

    #[test]
    fn what_genius_refuses_is_refused() {
        for (text, why) in [
            ("<a><b></a>", "`</b>` is expected here"),
            ("<a><b/>", "`<a>` is not closed"),
            ("<a v=\"1", "a tag has no end"),
            ("<a v>", "are expected"),
            ("<a v=\"1 > 0\"/>", "are expected"),
            ("</a>", "closes nothing"),
            ("", "no element"),
            ("<!-- <a/>", "no element"),
        ] {
            assert!(told(text).contains(why), "{text}: {}", told(text));
        }
        assert_eq!(told(&"<a>".repeat(100_000)), "Depth");
    }
}
