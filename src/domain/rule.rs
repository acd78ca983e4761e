//! Conditions and effects as the kernel evaluates them: quantities replaced by cells.

use super::layout::{Cell, Layout};
use super::{Condition, Effect, Operand, Operation, Quantity, Relation};

/// A number to read: a cell, something derived, or a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// A stored quantity.
    Cell(Cell),
    /// A derived one.
    Derived(Quantity),
    /// A constant.
    Value(i32),
}

impl Read {
    fn of(quantity: Quantity, layout: &Layout) -> Self {
        if quantity.derived() { Read::Derived(quantity) } else { Read::Cell(layout.cell(quantity)) }
    }
}

/// A condition over cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Always or never.
    Constant(bool),
    /// A stored quantity against a constant: the usual case.
    Test(Cell, Relation, i32),
    /// Anything else that is compared.
    Compare(Read, Relation, Read),
    /// Every part holds.
    All(Box<[Rule]>),
    /// Some part holds.
    Any(Box<[Rule]>),
    /// The part does not hold.
    Not(Box<Rule>),
    /// The number of parts that hold.
    Count(Box<[Rule]>, Relation, i32),
}

impl Rule {
    /// Compiles a condition.
    pub fn of(condition: &Condition, layout: &Layout) -> Self {
        let parts = |list: &[Condition]| list.iter().map(|c| Rule::of(c, layout)).collect();
        match condition {
            Condition::Constant(value) => Rule::Constant(*value),
            Condition::Compare(left, relation, right) => {
                let left = Read::of(*left, layout);
                match (left, right) {
                    (Read::Cell(cell), Operand::Value(value)) => Rule::Test(cell, *relation, *value),
                    (_, Operand::Value(value)) => Rule::Compare(left, *relation, Read::Value(*value)),
                    (_, Operand::Quantity(q)) => Rule::Compare(left, *relation, Read::of(*q, layout)),
                }
            }
            Condition::All(list) => Rule::All(parts(list)),
            Condition::Any(list) => Rule::Any(parts(list)),
            Condition::Not(part) => Rule::Not(Box::new(Rule::of(part, layout))),
            Condition::Count(list, relation, n) => Rule::Count(parts(list), *relation, *n),
        }
    }
}

/// An effect over a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changes, for the record.
    pub target: Quantity,
    /// Its cell.
    pub cell: Cell,
    /// How.
    pub operation: Operation,
    /// By or to how much.
    pub value: i32,
    /// The largest value the cell can hold.
    pub max: i32,
}

impl Change {
    /// Compiles an effect.
    pub fn of(effect: &Effect, layout: &Layout, max: impl Fn(Cell) -> u8) -> Self {
        let cell = layout.cell(effect.target);
        let Effect { target, operation, value } = *effect;
        Self { target, cell, operation, value, max: i32::from(max(cell)) }
    }

    /// The value after the effect, kept inside the bounds.
    #[inline]
    pub fn apply(&self, old: u8) -> u8 {
        let old = i32::from(old);
        let new = match self.operation {
            Operation::Set => self.value,
            Operation::Raise => old + self.value,
            Operation::Lower => old - self.value,
        };
        new.clamp(0, self.max) as u8
    }
}
