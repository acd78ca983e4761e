//! Scales with round steps, and the axes drawn from them.

use super::canvas::{Anchor, Canvas, SMALL};
use super::text::width;

/// What the figures of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Shares in 0..=1, shown in per cent.
    Share,
    /// Differences of shares, shown in percentage points with their sign.
    Difference,
    /// Sizes of differences of shares, shown in percentage points without a sign.
    Points,
    /// Any other number.
    Number,
}

impl Unit {
    /// A value with `places` decimals.
    fn show(self, value: f64, places: usize) -> String {
        match self {
            Self::Share => format!("{:.places$}%", value * 100.0),
            Self::Difference => signed(value * 100.0, places),
            Self::Points => format!("{:.places$}", value * 100.0),
            Self::Number if value < 0.0 => format!("−{:.places$}", -value),
            Self::Number => format!("{value:.places$}"),
        }
    }

    /// A value as a reader needs it.
    pub fn tell(self, value: f64) -> String {
        match self {
            // Estimates of shares of a variance may fall below zero.
            Self::Share if value < 0.0 => format!("{}%", signed(value * 100.0, 0)),
            Self::Share => crate::text::number::percent(value),
            Self::Difference | Self::Points | Self::Number => self.show(value, 1),
        }
    }

    /// A value beside the ends of its interval, with as many decimals.
    pub fn beside(self, value: f64) -> String {
        match self {
            Self::Share if value < 0.0 => format!("{}%", signed(value * 100.0, 1)),
            Self::Share => crate::text::share::share(value),
            other => other.tell(value),
        }
    }

    /// The ends of an interval; a dash where there is none.
    pub fn interval(self, low: f64, high: f64) -> String {
        match self {
            _ if low.is_nan() => "–".into(),
            Self::Share if low < 0.0 => {
                let high = if high < 0.0 { signed(high * 100.0, 1) } else { format!("{:.1}", high * 100.0) };
                format!("{} to {high}%", signed(low * 100.0, 1))
            }
            Self::Share => crate::text::share::interval(low, high),
            Self::Difference | Self::Points | Self::Number => {
                format!("{} to {}", self.show(low, 1), self.show(high, 1))
            }
        }
    }
}

/// A number with its sign, a true minus among them.
fn signed(value: f64, places: usize) -> String {
    let text = format!("{:.places$}", value.abs());
    let nothing = text.chars().all(|c| c == '0' || c == '.');
    match nothing {
        true => text,
        false => format!("{}{text}", if value < 0.0 { '−' } else { '+' }),
    }
}

/// From values to places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
    step: f64,
    unit: Unit,
}

impl Scale {
    /// A scale over at least `low` to `high`, widened to whole steps, drawn from `start` to `end`.
    pub fn new(low: f64, high: f64, start: f64, end: f64, unit: Unit) -> Self {
        let span = if high > low { high - low } else { 1.0 };
        let step = step(span / 4.0);
        // A hair's breadth against roundings: 0.3 is three steps of 0.1.
        let from = ((low / step) + 1e-9).floor() * step;
        let mut to = ((low + span) / step - 1e-9).ceil() * step;
        if unit == Unit::Share {
            to = to.min(1.0);
        }
        Self { from, to, start, end, step, unit }
    }

    /// Where a value stands; values outside stand at the ends.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value.clamp(self.from, self.to) - self.from) / (self.to - self.from);
        self.start + share * (self.end - self.start)
    }

    /// The values of the ticks with their labels.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let unit = if self.unit == Unit::Number { self.step } else { self.step * 100.0 };
        let whole = |x: f64| (x - x.round()).abs() < 1e-6;
        let places = (0..6).find(|p| whole(unit * [1.0, 1e1, 1e2, 1e3, 1e4, 1e5][*p])).unwrap_or(6);
        let first = (self.from / self.step).round() as i64;
        let last = (self.to / self.step + 1e-9).floor() as i64;
        (first..=last)
            .map(|k| k as f64 * self.step)
            .map(|value| (value, self.unit.show(value, places)))
            .collect()
    }
}

/// The least of 1, 2, 2.5, 5, 10, ... times a power of ten that is not below `raw`.
fn step(raw: f64) -> f64 {
    let mut power = 1e-6;
    loop {
        for digit in [1.0, 2.0, 2.5, 5.0] {
            if power * digit >= raw * 0.999_999 || power > 1e12 {
                return power * digit;
            }
        }
        power *= 10.0;
    }
}

/// The rounds as an axis: one column a round, with its number and its first day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rounds<'a> {
    pub dates: &'a [String],
    pub left: f64,
    pub right: f64,
}

impl Rounds<'_> {
    /// Where the column of round `r` (from 0) begins.
    pub fn at(&self, r: usize) -> f64 {
        self.left + (self.right - self.left) * r as f64 / self.dates.len().max(1) as f64
    }

    /// Width of a column.
    pub fn wide(&self) -> f64 {
        self.at(1) - self.at(0)
    }

    /// Numbers and dates under the columns, as many as fit.
    pub fn draw(&self, canvas: &mut Canvas, y: f64) {
        let rounds = self.dates.len();
        let room = self.dates.iter().map(|d| width(d, SMALL)).fold(24.0, f64::max) + 10.0;
        let every = (1..=rounds.max(1)).find(|k| self.wide() * *k as f64 >= room).unwrap_or(1);
        canvas.line((self.left, y), (self.right, y), "axis");
        let middle = |r: usize| self.at(r) + self.wide() / 2.0;
        let ticks: Vec<f64> = (0..rounds).step_by(every).map(middle).collect();
        canvas.uprights(&ticks, &[(y, y + 5.0)], "axis");
        for r in (0..rounds).step_by(every) {
            let x = middle(r);
            canvas.text(x, y + 19.0, Anchor::Middle, "small", &(r + 1).to_string());
            // The first date must not stick out to the left.
            let x = x.max(width(&self.dates[r], SMALL) / 2.0 + 4.0);
            canvas.text(x, y + 35.0, Anchor::Middle, "small quiet", &self.dates[r]);
        }
        canvas.text(
            (self.left + self.right) / 2.0,
            y + 56.0,
            Anchor::Middle,
            "small",
            "Round, with its first day",
        );
        canvas.y = y + 66.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        for (low, high) in [(0.0, 0.34), (0.0, 1.0), (-0.031, 0.002), (0.0, 0.004), (0.0, 0.0)] {
            let scale = Scale::new(low, high, 0.0, 100.0, Unit::Difference);
            let ticks = scale.ticks();
            assert!((2..=7).contains(&ticks.len()), "{low} {high}: {ticks:?}");
            assert!(ticks[0].0 <= low + 1e-12 && ticks[ticks.len() - 1].0 >= high - 1e-12);
            let mut labels: Vec<_> = ticks.iter().map(|t| &t.1).collect();
            labels.dedup();
            assert_eq!(labels.len(), ticks.len(), "{ticks:?}");
        }
    }

    #[test]
    fn signs_are_true_ones() {
        assert_eq!(Unit::Difference.tell(-0.034), "−3.4");
        assert_eq!(Unit::Difference.tell(0.034), "+3.4");
        assert_eq!(Unit::Difference.tell(-0.0), "0.0");
    }
}
