//! The five-level scale that every ordinal quantity shares.

use serde::Serialize;

/// An ordinal quantity, 0 (`very-low`) to 4 (`very-high`), as coded data sets of the field use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Level {
    /// 0
    VeryLow,
    /// 1
    Low,
    /// 2
    Medium,
    /// 3
    High,
    /// 4
    VeryHigh,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: [Level; 5] = [Level::VeryLow, Level::Low, Level::Medium, Level::High, Level::VeryHigh];

    /// The names of the levels as scenario files write them, lowest first.
    pub const NAMES: [&'static str; 5] = ["very-low", "low", "medium", "high", "very-high"];

    /// The highest value a level can have.
    pub const MAX: u8 = 4;

    /// The level of a value; values above 4 are taken as 4.
    pub const fn new(value: u8) -> Self {
        Self::ALL[if value > Self::MAX { Self::MAX } else { value } as usize]
    }

    /// The level that a scenario file calls `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|n| *n == name).map(|i| Self::ALL[i])
    }

    /// The level's name.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}
