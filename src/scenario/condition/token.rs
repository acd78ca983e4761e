//! Text to tokens, each with its place.

use super::super::code::Code;
use super::Fault;
use crate::domain::Relation;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A path, name, number or keyword.
    Word,
    /// A relation.
    Relation(Relation),
    /// `=`
    Set,
    /// `+=`
    Raise,
    /// `-=`
    Lower,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenList,
    /// `]`
    CloseList,
    /// `,`
    Comma,
    /// The end of the text.
    End,
}

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// As written.
    pub text: &'a str,
    /// First byte.
    pub at: usize,
}

impl Token<'_> {
    /// First byte and one past the last.
    pub fn range(&self) -> (usize, usize) {
        (self.at, self.at + self.text.len())
    }
}

/// The longest symbols first.
const SYMBOLS: [(&str, Kind); 14] = [
    ("==", Kind::Relation(Relation::Equal)),
    ("!=", Kind::Relation(Relation::NotEqual)),
    ("<=", Kind::Relation(Relation::AtMost)),
    (">=", Kind::Relation(Relation::AtLeast)),
    ("+=", Kind::Raise),
    ("-=", Kind::Lower),
    ("<", Kind::Relation(Relation::Less)),
    (">", Kind::Relation(Relation::Greater)),
    ("=", Kind::Set),
    ("(", Kind::Open),
    (")", Kind::Close),
    ("[", Kind::OpenList),
    ("]", Kind::CloseList),
    (",", Kind::Comma),
];

/// Splits a text; the last token is [`Kind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Fault> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if let Some((symbol, kind)) = SYMBOLS.iter().find(|(s, _)| rest.starts_with(s)) {
            out.push(Token { kind: *kind, text: &rest[..symbol.len()], at });
            at += symbol.len();
        } else if word_character(first) {
            let length = word_length(rest);
            out.push(Token { kind: Kind::Word, text: &rest[..length], at });
            at += length;
        } else {
            return Err(stray(first, rest, at));
        }
    }
    out.push(Token { kind: Kind::End, text: "", at: text.len() });
    Ok(out)
}

fn word_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '*')
}

/// A word ends before `-=`, so that `round-=1` is read as one would expect.
fn word_length(rest: &str) -> usize {
    rest.char_indices()
        .find(|(i, c)| !word_character(*c) || rest[*i..].starts_with("-="))
        .map_or(rest.len(), |(i, _)| i)
}

fn stray(first: char, rest: &str, at: usize) -> Fault {
    let (length, help) = match first {
        '&' if rest.starts_with("&&") => (2, "write `and`"),
        '|' if rest.starts_with("||") => (2, "write `or`"),
        '!' => (1, "write `not`"),
        '"' | '\'' => (1, "names stand without quotes inside a condition"),
        '≥' => (first.len_utf8(), "write `>=`"),
        '≤' => (first.len_utf8(), "write `<=`"),
        '≠' => (first.len_utf8(), "write `!=`"),
        _ => (first.len_utf8(), ""),
    };
    Fault::new(Code::ConditionSyntax, (at, at + length), format!("`{}` has no meaning here", &rest[..length]))
        .label("unexpected character")
        .help(help)
}
