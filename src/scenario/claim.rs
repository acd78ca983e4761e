//! Claims on the command line: a keyword and conditions.

use super::code::Code;
use super::condition;
use super::names::Names;
use super::report::Report;
use super::tree::Place;
use crate::domain::{Claim, Condition};

const FORMS: &str = "write `always C`, `never C`, `possible C`, `whenever C then C within 2 rounds` or `P(C) >= 0.2`, \
where C is a condition";

/// A stretch of the claim's text.
#[derive(Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Part<'t> {
    fn trimmed(self) -> Self {
        let at = self.at + self.text.len() - self.text.trim_start().len();
        Self { text: self.text.trim(), at }
    }

    fn split(self, at: usize, skip: usize) -> (Self, Self) {
        let (left, right) = (&self.text[..at], &self.text[at + skip..]);
        (Part { text: left, at: self.at }.trimmed(), Part { text: right, at: self.at + at + skip }.trimmed())
    }

    /// What stands after a keyword at the beginning.
    fn after(self, keyword: &str) -> Option<Self> {
        let rest = self.text.strip_prefix(keyword)?;
        let apart = rest.starts_with(|c: char| c.is_whitespace() || c == '(');
        apart.then(|| Part { text: rest, at: self.at + keyword.len() }.trimmed())
    }

    /// Splits at the last free-standing `word`.
    fn at_word(self, word: &str) -> Option<(Self, Self)> {
        let found = self.text.rmatch_indices(word).find(|(at, _)| {
            let before = self.text[..*at].ends_with(char::is_whitespace);
            before && self.text[at + word.len()..].starts_with(char::is_whitespace)
        });
        found.map(|(at, _)| self.split(at, word.len()))
    }

    fn place(self) -> Place {
        Place::new(0, self.at, self.at + self.text.len())
    }
}

/// Reads a claim; `None` after mistakes, which are reported.
pub(super) fn parse(text: &str, names: &Names, report: &mut Report) -> Option<Claim> {
    let whole = Part { text, at: 0 }.trimmed();
    let mut read = |part: Part| condition::outside(part.text, part.at, names, report);
    if let Some(part) = whole.after("always") {
        return read(part).map(Claim::Always);
    }
    if let Some(part) = whole.after("never") {
        return read(part).map(Claim::Never);
    }
    if let Some(part) = whole.after("possible") {
        return read(part).map(Claim::Possible);
    }
    if let Some(part) = whole.after("whenever") {
        return whenever(part, names, report);
    }
    match whole.text.starts_with("P(") {
        true => probability(whole, names, report),
        false => fault(whole, "this is no claim", report),
    }
}

fn whenever(part: Part, names: &Names, report: &mut Report) -> Option<Claim> {
    let Some((first, rest)) = part.at_word("then") else {
        return fault(part, "what follows is missing: `whenever C then C`", report);
    };
    let (then, within) = match rest.at_word("within") {
        None => (rest, None),
        Some((then, bound)) => match rounds(bound.text) {
            Some(n) => (then, Some(n)),
            None => {
                let message = "`within` wants a number of rounds from 0 to 255, such as `within 2 rounds`";
                return fault(bound, message, report);
            }
        },
    };
    // Both are read before either is missed, so that both say their mistakes.
    let first: Option<Condition> = condition::outside(first.text, first.at, names, report);
    let then = condition::outside(then.text, then.at, names, report);
    Some(Claim::Whenever { first: first?, then: then?, within })
}

fn rounds(text: &str) -> Option<u8> {
    let mut words = text.split_whitespace();
    let n = words.next()?.parse().ok()?;
    let unit = words.next();
    (matches!(unit, None | Some("round" | "rounds")) && words.next().is_none()).then_some(n)
}

fn probability(whole: Part, names: &Names, report: &mut Report) -> Option<Claim> {
    let Some(close) = whole.text.rfind(')') else { return fault(whole, "`)` is missing", report) };
    let (head, bound) = whole.split(close, 1);
    let (_, inner) = head.split(0, 2);
    let (least, number) = match (bound.text.strip_prefix(">="), bound.text.strip_prefix("<=")) {
        (Some(number), _) => (true, number),
        (_, Some(number)) => (false, number),
        _ if bound.text.trim_start().starts_with(['>', '<', '=', '!']) => {
            let message = "the bound of a probability is `>=` or `<=`: others could hang on the last digit of a rounding";
            return fault(bound, message, report);
        }
        _ => return fault(bound, "a bound is missing, such as `>= 0.2` or `<= 0.2`", report),
    };
    let Some(p) = number.trim().parse::<f64>().ok().filter(|p| (0.0..=1.0).contains(p)) else {
        return fault(bound, "a probability is a number from 0 to 1", report);
    };
    let of = condition::outside(inner.text, inner.at, names, report)?;
    Some(Claim::Probability { of, at_least: least.then_some(p), at_most: (!least).then_some(p) })
}

fn fault(part: Part, message: &str, report: &mut Report) -> Option<Claim> {
    report.error(Code::ConditionSyntax, part.place(), message.to_owned()).help(FORMS.to_owned());
    None
}
