//! What a line that a player typed asks for.

use crate::telling::play::{help, not_possible};

/// An order of a player.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Order {
    /// Nothing was typed.
    Nothing,
    /// The alternative at a place, from 0.
    Pick(usize),
    /// What the model proposes; on all questions of the kind this round.
    Ok {
        rest: bool,
    },
    /// What was decided the last time this was asked; on all questions of the kind this round.
    Same {
        rest: bool,
    },
    /// The model decides: for this round, or to the end.
    Auto {
        all: bool,
    },
    Why,
    Items(Option<String>),
    State,
    Sheet,
    History(Option<u8>),
    Hint,
    /// The questions, or a probability of one, by number or id.
    Predict(Option<(String, f64)>),
    Predictions,
    Rewind(u8),
    Branches,
    Branch(usize),
    Compare(usize, usize),
    Save,
    Help(Option<String>),
    Quit,
}

/// Reads a line. `words` are the alternatives. A word is taken for an alternative before it is taken for a command; after `/`
/// it is a command.
///
/// # Errors
/// What is possible instead.
pub(super) fn parse(line: &str, words: &[String]) -> Result<Order, String> {
    let line = line.trim();
    let lower = line.to_lowercase();
    if let Some(command) = lower.strip_prefix('/') {
        return command_of(command, words).unwrap_or_else(|| Err(not_possible(line, words, &help::names())));
    }
    if lower.is_empty() {
        return Ok(Order::Nothing);
    }
    if let Some(k) = words.iter().position(|w| w.to_lowercase() == lower) {
        return Ok(Order::Pick(k));
    }
    if let Ok(number) = lower.parse::<usize>() {
        return match number.checked_sub(1).filter(|k| *k < words.len()) {
            Some(k) => Ok(Order::Pick(k)),
            None if words.is_empty() => Err(not_possible(line, words, &help::names())),
            None => Err(format!("There is no alternative {number}: choose 1 to {}.", words.len())),
        };
    }
    if let Some(order) = command_of(&lower, words) {
        return order;
    }
    begun(line, &lower, words)
}

/// A word that begins exactly one alternative or command.
fn begun(line: &str, lower: &str, words: &[String]) -> Result<Order, String> {
    let (first, rest) = lower.split_once(' ').map_or((lower, ""), |(f, r)| (f, r.trim()));
    let alternatives: Vec<usize> =
        (0..words.len()).filter(|k| words[*k].to_lowercase().starts_with(lower)).collect();
    let commands: Vec<&str> = help::names().into_iter().filter(|c| c.starts_with(first)).collect();
    match (alternatives.as_slice(), commands.as_slice()) {
        ([one], []) => Ok(Order::Pick(*one)),
        ([], [one]) => {
            let whole = format!("{one} {rest}");
            command_of(whole.trim(), words).unwrap_or_else(|| Err(not_possible(line, words, &help::names())))
        }
        ([], []) => Err(not_possible(line, words, &help::names())),
        _ => {
            let all: Vec<String> = alternatives
                .iter()
                .map(|k| words[*k].clone())
                .chain(commands.iter().map(|c| (*c).to_owned()))
                .collect();
            Err(format!(
                "`{}` could be any of: {}. Type more of it.",
                crate::telling::play::plain(line),
                all.join(", ")
            ))
        }
    }
}

/// The command of a line; `None` where its first word is none.
fn command_of(line: &str, words: &[String]) -> Option<Result<Order, String>> {
    let mut parts = line.split_whitespace();
    let (name, first, second) = (parts.next().unwrap_or(""), parts.next(), parts.next());
    let text = |t: Option<&str>| t.map(str::to_owned);
    let order = match name {
        "ok" => Order::Ok { rest: first == Some("rest") },
        "same" => Order::Same { rest: first == Some("rest") },
        "auto" => Order::Auto { all: first == Some("all") },
        "why" => Order::Why,
        "items" => Order::Items(text(first)),
        "state" => Order::State,
        "sheet" => Order::Sheet,
        "history" => match first.map(str::parse) {
            None => Order::History(None),
            Some(Ok(round)) => Order::History(Some(round)),
            Some(Err(_)) => {
                return Some(Err("Write `history` or `history ROUND`, such as `history 3`.".into()));
            }
        },
        "hint" => Order::Hint,
        "predict" => return Some(predict(first, second)),
        "predictions" => Order::Predictions,
        "rewind" => match first.map(str::parse) {
            Some(Ok(round)) => Order::Rewind(round),
            _ => return Some(Err("Write `rewind ROUND`, such as `rewind 3`.".into())),
        },
        "branches" => Order::Branches,
        "branch" => match first.map(str::parse) {
            Some(Ok(branch)) => Order::Branch(branch),
            _ => return Some(Err("Write `branch N`; `branches` lists them.".into())),
        },
        "compare" => match (first.map(str::parse), second.map(str::parse)) {
            (Some(Ok(a)), Some(Ok(b))) => Order::Compare(a, b),
            _ => {
                return Some(
                    Err("Write `compare A B`, such as `compare 1 2`; `branches` lists them.".into()),
                );
            }
        },
        "save" => Order::Save,
        "help" | "?" => Order::Help(text(first)),
        "quit" | "exit" => Order::Quit,
        _ => return None,
    };
    let allowed: &[&str] = match name {
        "ok" | "same" => &["rest"],
        "auto" => &["all"],
        _ => return Some(Ok(order)),
    };
    match first {
        Some(other) if !allowed.contains(&other) => Some(Err(not_possible(line, words, &help::names()))),
        _ => Some(Ok(order)),
    }
}

fn predict(question: Option<&str>, probability: Option<&str>) -> Result<Order, String> {
    match (question, probability.map(self::probability)) {
        (None, _) => Ok(Order::Predict(None)),
        (Some(question), Some(Some(p))) => Ok(Order::Predict(Some((question.to_owned(), p)))),
        _ => Err("Write `predict QUESTION P`, such as `predict 1 30%`; `predict` alone lists the questions."
            .into()),
    }
}

/// A probability as `30%`, `30`, `0.3` or `.3`: a number is one of a hundred, unless it has a point and is at most 1.
pub(super) fn probability(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".");
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let value = match text.strip_suffix('%') {
        Some(percent) => number(percent)? / 100.0,
        None => match number(&text)? {
            share if text.contains('.') && share <= 1.0 => share,
            percent => percent / 100.0,
        },
    };
    (0.0..=1.0).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<String> {
        ["stay", "consult", "walk-out"].map(str::to_owned).to_vec()
    }

    fn parsed(line: &str) -> Result<Order, String> {
        parse(line, &words())
    }

    #[test]
    fn alternatives_are_picked_by_number_word_and_beginning() {
        for (line, place) in [("1", 0), ("stay", 0), ("STAY", 0), (" 3 ", 2), ("w", 1 + 1), ("con", 1)] {
            let whys = line == "w";
            match parsed(line) {
                Ok(order) => assert_eq!(order, Order::Pick(place), "{line}"),
                // `w` begins `why`, too.
                Err(text) => assert!(whys && text.contains("walk-out, why"), "{line}: {text}"),
            }
        }
        assert_eq!(parsed("wa"), Ok(Order::Pick(2)));
    }

    #[test]
    fn nothing_typed_does_nothing() {
        assert_eq!(parsed("  "), Ok(Order::Nothing));
    }

    #[test]
    fn what_is_ambiguous_is_refused() {
        let text = parsed("st").expect_err("stay or state");
        assert!(text.contains("stay, state"), "{text}");
        assert!(parsed("4").expect_err("three").contains("1 to 3"));
        assert!(parsed("0").expect_err("three").contains("1 to 3"));
    }

    #[test]
    fn bad_words_get_the_nearest() {
        let text = parsed("walkout").expect_err("a hyphen is missing");
        assert!(text.contains("walk-out") && text.contains("mean"), "{text}");
        assert!(parsed("histry").expect_err("misspelt").contains("`history`"));
        assert!(parsed("\u{1b}[31mxyz").expect_err("noise").contains("help"));
    }

    #[test]
    fn commands_take_their_arguments() {
        assert_eq!(parsed("ok rest"), Ok(Order::Ok { rest: true }));
        assert_eq!(parsed("auto"), Ok(Order::Auto { all: false }));
        assert_eq!(parsed("auto all"), Ok(Order::Auto { all: true }));
        assert!(parsed("auto everything").is_err());
        assert_eq!(parsed("hist 3"), Ok(Order::History(Some(3))));
        assert_eq!(parsed("rewind 2"), Ok(Order::Rewind(2)));
        assert!(parsed("rewind").is_err() && parsed("rewind x").is_err());
        assert_eq!(parsed("compare 1 2"), Ok(Order::Compare(1, 2)));
        assert_eq!(parsed("predict q 30%"), Ok(Order::Predict(Some(("q".into(), 0.3)))));
        assert_eq!(parsed("predict q 30"), Ok(Order::Predict(Some(("q".into(), 0.3)))));
        assert!(parsed("predict q 130").is_err());
    }

    #[test]
    fn an_alternative_named_like_a_command_leaves_the_command_a_way() {
        let words = vec!["state".to_owned(), "why".to_owned()];
        assert_eq!(parse("state", &words), Ok(Order::Pick(0)));
        assert_eq!(parse("/state", &words), Ok(Order::State));
    }

    #[test]
    fn probabilities_are_read() {
        for (text, p) in
            [("30%", 0.3), ("0.3", 0.3), (".3", 0.3), ("0,3", 0.3), ("100%", 1.0), ("0%", 0.0), ("1.0", 1.0)]
        {
            assert_eq!(probability(text), Some(p), "{text}");
        }
        for (text, p) in [("60", 0.6), ("60%", 0.6), ("0", 0.0), ("1", 0.01), ("100", 1.0), ("2.5", 0.025)] {
            assert_eq!(probability(text), Some(p), "{text}");
        }
        for text in ["-1%", "-0.5", "101", "101%", "nan", "inf", "1e400", "x", "", "%"] {
            assert_eq!(probability(text), None, "{text}");
        }
    }
}
