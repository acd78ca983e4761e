//! Conditions and effects, resolved and typed: what `when`, `requires`, outcomes, history and events are made of.

use serde::Serialize;

use super::Quantity;

/// A comparison of two whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Relation {
    /// `==`
    #[serde(rename = "==")]
    Equal,
    /// `!=`
    #[serde(rename = "!=")]
    NotEqual,
    /// `<`
    #[serde(rename = "<")]
    Less,
    /// `<=`
    #[serde(rename = "<=")]
    AtMost,
    /// `>`
    #[serde(rename = ">")]
    Greater,
    /// `>=`
    #[serde(rename = ">=")]
    AtLeast,
}

impl Relation {
    /// Whether the relation holds between the two numbers.
    #[inline]
    pub const fn holds(self, left: i32, right: i32) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
        }
    }

    /// The relation that holds between two numbers exactly when this one does not.
    pub const fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::Greater,
            Self::Greater => Self::AtMost,
            Self::AtLeast => Self::Less,
        }
    }

    /// The relation that says the same with the two sides exchanged.
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::AtMost => Self::AtLeast,
            Self::Greater => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    /// How a scenario file writes it.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// The right side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operand {
    /// A number; names of levels, states, options and parties are numbers by now.
    Value(i32),
    /// Another quantity.
    Quantity(Quantity),
}

/// A condition on a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Always or never.
    Constant(bool),
    /// A comparison.
    Compare(Quantity, Relation, Operand),
    /// Every part holds.
    All(Vec<Condition>),
    /// Some part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// The number of parts that hold compares so with a number.
    Count(Vec<Condition>, Relation, i32),
}

impl Condition {
    /// Every quantity that it reads, in order, repeated as often as it is read.
    pub fn quantities(&self) -> Vec<Quantity> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Compare(left, _, Operand::Quantity(right)) => vec![*left, *right],
            Self::Compare(left, ..) => vec![*left],
            Self::All(parts) | Self::Any(parts) | Self::Count(parts, ..) => {
                parts.iter().flat_map(Self::quantities).collect()
            }
            Self::Not(part) => part.quantities(),
        }
    }
}

/// What an effect does to its quantity; results are kept inside the quantity's bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// `=`
    Set,
    /// `+=`
    Raise,
    /// `-=`
    Lower,
}

/// A change to one quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Effect {
    /// What changes; [`Quantity::writable`] holds for it.
    pub target: Quantity,
    /// How.
    pub operation: Operation,
    /// By or to how much.
    pub value: i32,
}
