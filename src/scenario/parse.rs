//! Text to tree. Syntax errors are reported alone: what a parser recovers after one is distorted.

use time::{Date, Month};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::code::Code;
use super::hint::{hint, twice};
use super::report::Report;
use super::tree::{Entry, Node, Place, Table, Text, Value};
use crate::domain::visible;

/// The largest file, in bytes.
pub(super) const LARGEST_FILE: usize = 1 << 20;
/// How many syntax errors are worth reading.
const MOST_ERRORS: usize = 20;

/// Parses the file (source 0); `None` after errors.
pub(super) fn parse(text: &str, report: &mut Report) -> Option<Table> {
    if text.len() > LARGEST_FILE {
        report
            .error(Code::FileTooLarge, Place::new(0, 0, 0), "the file is larger than 1 MiB")
            .help("split long texts off: a scenario is a few thousand lines at most");
        return None;
    }
    let (tree, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(table(tree.get_ref(), text, 0, 0));
    }
    syntax_errors(text, &errors, report);
    None
}

/// Parses one value, as `--set` has it; `offset` is where it stands in its source.
pub(super) fn parse_value(text: &str, source: u16, offset: usize) -> Result<Node, String> {
    match DeValue::parse(text) {
        Ok(value) => Ok(node(&value, text, source, offset)),
        Err(error) => Err(error.message().to_owned()),
    }
}

/// One error a line, in the order of the lines: the first of a line causes the others.
fn syntax_errors(text: &str, errors: &[Error], report: &mut Report) {
    let mut found: Vec<(usize, usize, &str)> = errors
        .iter()
        .map(|e| {
            let span = e.span().unwrap_or(0..0);
            (span.start.min(text.len()), span.end.min(text.len()), e.message())
        })
        .collect();
    found.sort_by_key(|(start, ..)| *start);
    let mut last_line = None;
    let mut told = 0;
    for (start, end, message) in found {
        let line = text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count();
        if last_line == Some(line) || told == MOST_ERRORS {
            continue;
        }
        last_line = Some(line);
        told += 1;
        let (what, expected) = match message.split_once(", expected ") {
            Some((what, expected)) => (what, format!("expected {expected}")),
            None => (message, "here".to_owned()),
        };
        let diagnostic = report
            .error(Code::Syntax, Place::new(0, start, end), format!("this is not TOML: {what}"))
            .label(expected);
        let meant = match what.contains("duplicate key") {
            true => twice(text, line),
            false => text.lines().nth(line).and_then(hint),
        };
        if let Some(help) = meant {
            diagnostic.help(help);
        } else if what.contains("must be quoted") {
            let (label, help) = match text.as_bytes().get(start).is_some_and(u8::is_ascii_digit) {
                true => (
                    "neither a number nor a text",
                    "a number has digits alone, such as 60 (the letters O and l are none); a text stands in quotes: \"like this\"",
                ),
                false => ("needs quotes", "put texts, names and conditions in quotes: \"like this\""),
            };
            diagnostic.label(label).help(help);
        } else if what.ends_with("string") {
            diagnostic.help("close the text with a quote on the same line: \"like this\"; one of several lines begins and ends with \"\"\"");
        }
    }
}

fn table(from: &DeTable<'_>, text: &str, source: u16, offset: usize) -> Table {
    let entries = from
        .iter()
        .map(|(key, value)| Entry {
            key: visible(key.get_ref()).into_owned(),
            key_place: place(key.span(), source, offset),
            node: node(value, text, source, offset),
        })
        .collect();
    Table { entries }
}

fn node(from: &Spanned<DeValue<'_>>, text: &str, source: u16, offset: usize) -> Node {
    let span = from.span();
    let value = match from.get_ref() {
        DeValue::String(s) => {
            let raw = text.get(span.clone()).unwrap_or("");
            let inner = plain(raw).then(|| (offset + span.start + 1) as u32);
            Value::Text(Text::new(s, inner))
        }
        DeValue::Integer(i) => {
            let clamped = if i.as_str().starts_with('-') { i64::MIN } else { i64::MAX };
            Value::Int(i64::from_str_radix(i.as_str(), i.radix()).unwrap_or(clamped))
        }
        DeValue::Float(f) => Value::Float(f.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Value::Bool(*b),
        DeValue::Datetime(d) => match (d.date, d.time) {
            (Some(date), None) => {
                calendar(date.year, date.month, date.day).map_or(Value::Moment, Value::Date)
            }
            _ => Value::Moment,
        },
        DeValue::Array(a) => Value::List(a.iter().map(|n| node(n, text, source, offset)).collect()),
        DeValue::Table(t) => Value::Table(table(t, text, source, offset)),
    };
    Node { place: place(span, source, offset), value }
}

fn place(span: std::ops::Range<usize>, source: u16, offset: usize) -> Place {
    Place::new(source, span.start + offset, span.end + offset)
}

/// Whether a quoted string stands in the source character by character.
fn plain(raw: &str) -> bool {
    let basic = raw.starts_with('"') && !raw.starts_with("\"\"\"") && !raw.contains('\\');
    let literal = raw.starts_with('\'') && !raw.starts_with("'''");
    basic || literal
}

fn calendar(year: u16, month: u8, day: u8) -> Option<Date> {
    let month = Month::try_from(month).ok()?;
    Date::from_calendar_date(i32::from(year), month, day).ok()
}
