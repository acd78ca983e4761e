//! An interval of the real line, as estimates come with.

/// Both ends belong to it; `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end, in the unit of what is estimated.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The interval of every probability: nothing is known yet.
    pub const UNIT: Self = Self { low: 0.0, high: 1.0 };

    /// From end to end.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether the value lies in it, ends included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether every value of the other lies in it.
    pub fn covers(&self, other: &Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    /// The same interval of one minus the value.
    pub fn complement(&self) -> Self {
        Self { low: 1.0 - self.high, high: 1.0 - self.low }
    }

    /// What both allow; `None` where they are apart.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Self { low, high })
    }
}
