//! Conditions and effects as the kernel evaluates them: quantities replaced by cells.

use super::layout::{Cell, CellInfo, Layout};
use super::{
    Condition, Effect, InstrumentState, ItemState, Operand, Operation, Quantity, Relation, Reserve, World,
    settled, signed,
};

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
        match quantity {
            _ if quantity.derived() => Read::Derived(quantity),
            _ if layout.keeps(quantity) => Read::Cell(layout.cell(quantity)),
            _ => Read::Value(unkept(quantity)),
        }
    }
}

/// A condition over cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Always or never.
    Constant(bool),
    /// A stored quantity has one of the values of a bit set: the usual case.
    Among(Cell, u64),
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

/// What compiling a condition needs to know of the scenario.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Where quantities are kept.
    pub layout: &'a Layout,
    /// Their bounds.
    pub cells: &'a [CellInfo],
    /// The scenario, for its calendar.
    pub world: &'a World,
}

impl Ground<'_> {
    /// The largest value of a cell.
    fn max(&self, cell: Cell) -> u8 {
        self.cells[cell].max
    }
}

impl Rule {
    /// Compiles a condition.
    pub fn of(condition: &Condition, ground: Ground) -> Self {
        let parts = |list: &[Condition]| list.iter().map(|c| Rule::of(c, ground)).collect();
        match condition {
            Condition::Constant(value) => Rule::Constant(*value),
            Condition::Compare(left, relation, right) => compare(*left, *relation, *right, ground),
            Condition::All(list) => Rule::All(parts(list)),
            Condition::Any(list) => Rule::Any(parts(list)),
            Condition::Not(part) => Rule::Not(Box::new(Rule::of(part, ground))),
            Condition::Count(list, relation, n) => Rule::Count(parts(list), *relation, *n),
        }
    }
}

/// What a quantity is that its scenario does not keep.
fn unkept(quantity: Quantity) -> i32 {
    match quantity {
        Quantity::Reserve(_) => Reserve::EXPECTED.into(),
        _ => 0,
    }
}

/// The largest value of a cell whose values fit a bit set.
const SET: u8 = 63;

fn compare(left: Quantity, relation: Relation, right: Operand, ground: Ground) -> Rule {
    let read = |quantity| Read::of(quantity, ground.layout);
    let right = match right {
        Operand::Value(day) if left == Quantity::Date => ground.world.first_day(day),
        Operand::Value(value) => value,
        Operand::Quantity(right) => return Rule::Compare(read(left), relation, read(right)),
    };
    let among = |quantity, value: &dyn Fn(u8) -> i32| {
        let cell = ground.layout.cell(quantity);
        let values = (0..=ground.max(cell)).filter(|v| relation.holds(value(*v), right));
        (ground.max(cell) <= SET).then(|| Rule::Among(cell, values.fold(0u64, |set, v| set | 1 << v)))
    };
    let set = match left {
        Quantity::ItemSettled(item) => {
            among(Quantity::ItemState(item), &|v| i32::from(settled(ItemState::of(v))))
        }
        Quantity::SignedEver(text) => {
            among(Quantity::InstrumentState(text), &|v| i32::from(signed(InstrumentState::of(v))))
        }
        Quantity::Date => among(Quantity::Round, &|v| ground.world.day_of(v)),
        derived if derived.derived() => None,
        unkept if !ground.layout.keeps(unkept) => None,
        stored => among(stored, &|v| i32::from(v)),
    };
    set.unwrap_or_else(|| Rule::Compare(read(left), relation, Read::Value(right)))
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
    pub fn of(effect: &Effect, ground: Ground) -> Self {
        let cell = ground.layout.cell(effect.target);
        let Effect { target, operation, value } = *effect;
        Self { target, cell, operation, value, max: i32::from(ground.max(cell)) }
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
