//! Small words: lists, plurals, odds, points and dates.

use time::{Date, Duration};

use crate::domain::{POINT, PORTION, Portion, Score, Weight, portion_points, probability, visible};
use crate::kernel::UNKNOWN_SCORE;
use crate::session::UNKNOWN_ODDS;

/// Stands in a text for a number that the reader may not know; see [`known`].
const UNKNOWN: &str = "\u{1}";

/// What a party needs for which no package is good enough: more points than there are.
const MORE_THAN_ALL: &str = "more than all";

/// A text without what the reader may not know: brackets in which an unknown number stands are left out, and where it stands
/// elsewhere there is nothing to say.
pub(crate) fn known(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(at) = text.find(UNKNOWN) {
        let (open, close) = (text[..at].rfind(" ("), text[at..].find(')'));
        let Some((open, close)) = open.zip(close) else { return String::new() };
        text.replace_range(open..=at + close, "");
    }
    text
}

/// `a, b and c`.
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 round`, `2 rounds`.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The text with a capital letter at its head.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence: a capital letter and a full stop, unless the text ends in a mark of its own.
pub(crate) fn sentence(text: &str) -> String {
    let text = capital(text.trim());
    let inner = text.trim_end_matches(['”', ')']);
    if text.is_empty() || inner.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
}

/// A text on one line; what would be obeyed and not seen is written out.
pub(crate) fn clean(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title in quotation marks.
pub(crate) fn quoted(title: &str) -> String {
    format!("“{}”", clean(title))
}

/// Odds as a whole percentage; what is neither impossible nor certain never looks so.
pub(crate) fn odds(weight: Weight) -> String {
    if weight == UNKNOWN_ODDS {
        return UNKNOWN.into();
    }
    let percent = probability(weight) * 100.0;
    if percent > 0.0 && percent < 1.0 {
        "under 1%".into()
    } else if percent > 99.0 && percent < 100.0 {
        "over 99%".into()
    } else {
        format!("{percent:.0}%")
    }
}

/// An assumption of the scenario, given as a share of 1, as a percentage with at most one decimal.
pub(crate) fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// A need and what is seen of it, with as few decimals as let the difference add up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// What is needed: a number of points, or “more than all”.
    pub needs: String,
    /// What is seen.
    pub sees: String,
    /// What the best package would give.
    pub of: String,
    /// How far it falls short or goes beyond; never negative.
    pub gap: String,
}

/// Points, with one decimal where there is one.
pub(crate) fn tenths(points: f64) -> String {
    let text = format!("{points:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A portion of what is best in points of 100: where a discount has made what is asked for more than there is, that is what is said.
pub(crate) fn of_hundred(portion: Portion) -> String {
    if portion > 100 * PORTION { MORE_THAN_ALL.into() } else { tenths(portion_points(portion)) }
}

/// Compares two scores where the gap between them is said.
pub(crate) fn compare(needs: Score, sees: Score, of: Score) -> Comparison {
    compared(needs, sees, of, least(needs, sees, of))
}

/// The same for a person who has to decide by it: not rounded to whole points.
pub(crate) fn fine(needs: Score, sees: Score, of: Score) -> Comparison {
    compared(needs, sees, of, 1)
}

fn compared(needs: Score, sees: Score, of: Score, least: u32) -> Comparison {
    if hidden(needs) {
        return unknown();
    }
    // A score has four decimals: with all of them everything adds up.
    let decimals = (least..=4).find(|d| adds_up(needs, sees, *d)).unwrap_or(4);
    shown(needs, sees, of, decimals)
}

/// Compares two scores where only their order matters.
pub(crate) fn rank(needs: Score, sees: Score, of: Score) -> Comparison {
    ranked(needs, sees, of, least(needs, sees, of))
}

/// The same for a person who has to decide by it: not rounded to whole points.
pub(crate) fn fine_rank(needs: Score, sees: Score, of: Score) -> Comparison {
    ranked(needs, sees, of, 1)
}

fn ranked(needs: Score, sees: Score, of: Score, least: u32) -> Comparison {
    if hidden(needs) {
        return unknown();
    }
    let keeps = |d: &u32| rounded(needs, *d).cmp(&rounded(sees, *d)) == needs.cmp(&sees);
    let decimals = (least..=4).find(keeps).unwrap_or(4);
    shown(needs, sees, of, decimals)
}

/// Whether the reader may not know a score.
pub(crate) fn hidden(score: Score) -> bool {
    score == UNKNOWN_SCORE
}

fn unknown() -> Comparison {
    let none = || UNKNOWN.to_owned();
    Comparison { needs: none(), sees: none(), of: none(), gap: none() }
}

/// Small packages are shown with a decimal from the start: there a whole point is much.
fn least(needs: Score, sees: Score, of: Score) -> u32 {
    u32::from(of < 20 * POINT && (needs % POINT != 0 || sees % POINT != 0))
}

fn shown(needs: Score, sees: Score, of: Score, decimals: u32) -> Comparison {
    let show = |score| decimal(rounded(score, decimals), decimals);
    // To a party that discounts there comes a day when no package is worth as much as no agreement.
    let beyond = needs > of;
    let gap = if beyond { format!("over {}", show((of - sees).max(0))) } else { show((needs - sees).abs()) };
    let needs = if beyond { MORE_THAN_ALL.into() } else { show(needs) };
    Comparison { needs, sees: show(sees), of: decimal(rounded(of, 1), 1), gap }
}

fn adds_up(needs: Score, sees: Score, decimals: u32) -> bool {
    let gap = rounded(needs - sees, decimals);
    rounded(needs, decimals) - rounded(sees, decimals) == gap && (gap == 0) == (needs == sees)
}

/// A score in units of its last decimal, halves away from zero.
fn rounded(score: Score, decimals: u32) -> i64 {
    let unit = i64::from(POINT) / 10_i64.pow(decimals);
    let score = i64::from(score);
    (score.abs() + unit / 2) / unit * score.signum()
}

fn decimal(value: i64, decimals: u32) -> String {
    let unit = 10_i64.pow(decimals);
    let sign = if value < 0 { "−" } else { "" };
    let whole = format!("{sign}{}", value.abs() / unit);
    match value.abs() % unit {
        0 => whole,
        part => {
            let part = format!("{part:0width$}", width = decimals as usize);
            format!("{whole}.{}", part.trim_end_matches('0'))
        }
    }
}

/// `20 August – 9 September 2025`; the year and the month are said once where they are the same.
pub(crate) fn dates(first: Date, days: u16) -> String {
    let last = first.saturating_add(Duration::days(i64::from(days.max(1)) - 1));
    let end = date(last);
    if first == last {
        end
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{end}", first.day())
    } else if first.year() == last.year() {
        format!("{} {} – {end}", first.day(), first.month())
    } else {
        format!("{} – {end}", date(first))
    }
}

/// `9 September 2025`.
pub(crate) fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), date.month(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Month;

    #[test]
    fn differences_add_up() {
        let whole = compare(34 * POINT, 27 * POINT, 60 * POINT);
        assert_eq!((whole.needs.as_str(), whole.sees.as_str(), whole.gap.as_str()), ("34", "27", "7"));
        let tenths = compare(343_000, 274_000, 600_000);
        assert_eq!((tenths.needs.as_str(), tenths.sees.as_str(), tenths.gap.as_str()), ("34", "27", "7"));
        let near = compare(345_000, 344_000, 600_000);
        assert_eq!((near.needs.as_str(), near.sees.as_str(), near.gap.as_str()), ("34.5", "34.4", "0.1"));
        let own = fine(925_000, 805_000, 1_000_000);
        assert_eq!((own.needs.as_str(), own.sees.as_str(), own.gap.as_str()), ("92.5", "80.5", "12"));
        let hair = compare(100_001, 100_000, 100_001);
        assert_eq!(hair.gap, "0.0001");
    }

    #[test]
    fn more_than_there_is_is_told_as_such() {
        let c = compare(200 * POINT, 45 * POINT, 100 * POINT);
        assert_eq!((c.needs.as_str(), c.of.as_str(), c.gap.as_str()), ("more than all", "100", "over 55"));
        assert_eq!(rank(100 * POINT, 45 * POINT, 100 * POINT).needs, "100");
    }

    #[test]
    fn dates_say_what_is_needed() {
        let day = |y, m, d| Date::from_calendar_date(y, m, d).expect("a date");
        assert_eq!(dates(day(2025, Month::August, 20), 21), "20 August – 9 September 2025");
        assert_eq!(dates(day(2031, Month::March, 1), 14), "1–14 March 2031");
        assert_eq!(dates(day(2025, Month::December, 24), 21), "24 December 2025 – 13 January 2026");
        assert_eq!(dates(day(2031, Month::March, 1), 1), "1 March 2031");
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let o = odds(UNKNOWN_ODDS);
        assert_eq!(known(&format!("They stayed away (odds of a return: {o})")), "They stayed away");
        assert_eq!(known(&format!("The odds were {o}")), "");
        let c = compare(UNKNOWN_SCORE, UNKNOWN_SCORE, UNKNOWN_SCORE);
        assert_eq!(known(&format!("They needed {} and saw {}: {} short", c.needs, c.sees, c.gap)), "");
        assert_eq!(known("They stayed (as before)"), "They stayed (as before)");
    }

    #[test]
    fn sentences_end_once() {
        assert_eq!(sentence("the river runs low"), "The river runs low.");
        assert_eq!(sentence("“Who governs?”"), "“Who governs?”");
        assert_eq!(clean("a\u{1b}[31m\n b"), "a\\u001b[31m b");
    }
}
