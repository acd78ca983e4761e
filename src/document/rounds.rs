//! Two courses of the same talks side by side, round by round.

/// Rounds with two columns. A page shows one at a time, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    /// What is laid side by side, in a few words.
    pub caption: String,
    /// What each column is.
    pub sides: [String; 2],
    /// The rounds, in their order.
    pub rounds: Vec<Round>,
}

/// A round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Which one, with its date where it has one: `Round 3, 1 August 2025`.
    pub label: String,
    /// What each column tells of it, an entry each; a side may be empty.
    pub sides: [Vec<String>; 2],
}

impl Rounds {
    /// What stands in a column of which nothing is told.
    pub const NOTHING: &str = "–";
}
