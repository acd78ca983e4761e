//! What a number of the scenario could as well be, for studies of sensitivity.

use serde::Serialize;

/// How the values of an assumption lie between its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Whole numbers.
    Whole,
    /// Any number.
    Number,
    /// Words from the lowest to the highest, such as the levels.
    Words(&'static [&'static str]),
}

/// A number or level of the scenario with the range in which it could as well lie. Values are numbers; a word
/// is its place on its scale, from 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumption {
    /// The path of the key, as changes write it.
    pub path: String,
    /// Its scale.
    pub scale: Scale,
    /// The low end.
    pub low: f64,
    /// The high end, above the low one.
    pub high: f64,
    /// What the scenario says itself, where it says something.
    pub value: Option<f64>,
}

impl Assumption {
    /// How many values there are between the ends and with them; `None` where they lie densely.
    pub fn steps(&self) -> Option<usize> {
        (self.scale != Scale::Number).then(|| (self.high - self.low) as usize + 1)
    }

    /// The value for a number from 0 to 1, 1 excluded: each of the whole steps has the same share of the unit
    /// interval, so that a uniform number gives every value with the same odds.
    pub fn at(&self, unit: f64) -> f64 {
        match self.steps() {
            None => self.low + unit * (self.high - self.low),
            Some(n) => self.low + libm::floor(unit * n as f64).min((n - 1) as f64),
        }
    }

    /// The value for a number from 0 to 1, both included, such as a level of a Morris grid: 0 is the low end,
    /// 1 the high end, and between them the nearest step.
    pub fn on_grid(&self, unit: f64) -> f64 {
        let value = self.low + unit * (self.high - self.low);
        if self.scale == Scale::Number { value } else { libm::round(value) }
    }

    /// Where a value lies between the ends, 0..=1.
    pub fn place(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// A value as people read it: `40`, `0.15`, `very-low`.
    pub fn plain(&self, value: f64) -> String {
        match self.scale {
            Scale::Words(words) => words.get(value as usize).copied().unwrap_or("?").to_owned(),
            Scale::Whole => format!("{}", value as i64),
            Scale::Number => format!("{value}"),
        }
    }

    /// A value as a scenario file writes it.
    pub fn toml(&self, value: f64) -> String {
        match self.scale {
            Scale::Words(_) => format!("\"{}\"", self.plain(value)),
            _ => self.plain(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scale: Scale, low: f64, high: f64) -> Assumption {
        Assumption { path: "a".into(), scale, low, high, value: None }
    }

    #[test]
    fn whole_steps_have_equal_shares() {
        let points = of(Scale::Whole, 30.0, 33.0);
        let mut counts = [0; 4];
        (0..1000).for_each(|k| counts[(points.at(f64::from(k) / 1000.0) - 30.0) as usize] += 1);
        assert_eq!(counts, [250; 4]);
        assert_eq!(points.at(1.0), 33.0);
        let words = of(Scale::Words(&["a", "b", "c"]), 0.0, 2.0);
        assert_eq!([0.0, 0.33, 0.34, 0.99].map(|u| words.at(u)), [0.0, 0.0, 1.0, 2.0]);
        assert_eq!(words.toml(1.0), "\"b\"");
    }

    /// Both ends of the grid are the ends of the range, and half the grid always moves by at least a step.
    #[test]
    fn the_grid_reaches_both_ends() {
        for high in 1..12 {
            let whole = of(Scale::Whole, 0.0, f64::from(high));
            assert_eq!((whole.on_grid(0.0), whole.on_grid(1.0)), (0.0, f64::from(high)));
            for low in [0.0, 1.0 / 3.0] {
                assert!(whole.on_grid(low + 2.0 / 3.0) > whole.on_grid(low));
            }
        }
        assert_eq!(of(Scale::Number, 0.1, 0.3).on_grid(0.5), 0.2);
    }
}
