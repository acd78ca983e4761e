//! Whether a condition can hold at all: every quantity is a set of possible values, `and` narrows the sets, `or`
//! unites them, `not` is pushed inwards. An impossible set proves that the condition never holds; the reverse is not
//! claimed, since quantities are looked at one by one.

use std::collections::BTreeMap;

use super::values::{Values, domain};
use super::{Condition, Operand, Quantity, Relation, World};

/// Steps after which everything counts as possible: keeps hostile conditions cheap.
const FUEL: usize = 50_000;

/// What the quantities can still be; those not listed can be anything.
type Known = BTreeMap<Quantity, Values>;

/// Looks at conditions of one world.
#[derive(Clone, Debug)]
pub struct Possibilities<'w> {
    world: &'w World,
    known: Known,
    fuel: usize,
}

impl<'w> Possibilities<'w> {
    /// For a world of which nothing is known but what it says.
    pub fn of(world: &'w World) -> Self {
        Self { world, known: Known::new(), fuel: FUEL }
    }

    /// From here on a quantity has one of these values.
    pub fn know(&mut self, quantity: Quantity, values: Values) {
        self.known.insert(quantity, values);
    }

    /// Whether a condition may come out as `wanted`.
    pub fn can(&mut self, condition: &Condition, wanted: bool) -> bool {
        self.fuel = FUEL;
        // The second look knows what the later parts of a conjunction demand.
        let first = self.narrow(condition, &Known::new(), wanted);
        first.is_some_and(|known| self.narrow(condition, &known, wanted).is_some())
    }

    /// What is known once the condition comes out as wanted; `None` if it cannot.
    fn narrow(&mut self, condition: &Condition, known: &Known, wanted: bool) -> Option<Known> {
        let cost = 1 + known.len();
        if self.fuel < cost {
            return Some(known.clone());
        }
        self.fuel -= cost;
        match (condition, wanted) {
            (Condition::Constant(value), _) => (*value == wanted).then(|| known.clone()),
            (Condition::Not(part), _) => self.narrow(part, known, !wanted),
            (Condition::All(parts), true) | (Condition::Any(parts), false) => {
                let mut known = known.clone();
                for part in parts {
                    known = self.narrow(part, &known, wanted)?;
                }
                Some(known)
            }
            (Condition::All(parts), false) | (Condition::Any(parts), true) => {
                let branches = parts.iter().filter_map(|p| self.narrow(p, known, wanted));
                branches.reduce(|one, two| united(&one, &two))
            }
            (Condition::Compare(quantity, relation, operand), _) => {
                let relation = if wanted { *relation } else { relation.opposite() };
                self.compare(*quantity, relation, *operand, known)
            }
            (Condition::Count(parts, relation, number), _) => {
                let can = parts.iter().filter(|p| self.narrow(p, known, true).is_some()).count();
                let must = parts.iter().filter(|p| self.narrow(p, known, false).is_none()).count();
                let mut counts = must as i32..=can as i32;
                counts.any(|n| relation.holds(n, *number) == wanted).then(|| known.clone())
            }
        }
    }

    fn values(&self, quantity: Quantity, known: &Known) -> Values {
        known
            .get(&quantity)
            .or_else(|| self.known.get(&quantity))
            .cloned()
            .unwrap_or_else(|| domain(quantity, self.world))
    }

    fn compare(&self, left: Quantity, relation: Relation, right: Operand, known: &Known) -> Option<Known> {
        let values = self.values(left, known);
        let mut narrowed = known.clone();
        match right {
            Operand::Value(value) => {
                let value = match left {
                    Quantity::Date => self.world.first_day(value),
                    _ => value,
                };
                let values = values.and(&Values::related(relation, value));
                (!values.is_empty()).then(|| narrowed.insert(left, values))?;
            }
            Operand::Quantity(right) if right == left => return relation.holds(0, 0).then_some(narrowed),
            Operand::Quantity(right) => {
                let others = self.values(right, known);
                let one = against(&values, relation, &others)?;
                let two = against(&others, relation.mirrored(), &values)?;
                narrowed.insert(left, one);
                narrowed.insert(right, two);
            }
        }
        Some(narrowed)
    }
}

/// The values that stand so to at least one of the others.
fn against(values: &Values, relation: Relation, others: &Values) -> Option<Values> {
    let (least, most) = others.bounds()?;
    let left = match relation {
        Relation::Equal => values.and(others),
        Relation::NotEqual if least == most => values.and(&Values::related(Relation::NotEqual, least)),
        Relation::NotEqual => values.clone(),
        Relation::Less | Relation::AtMost => values.and(&Values::related(relation, most)),
        Relation::Greater | Relation::AtLeast => values.and(&Values::related(relation, least)),
    };
    (!left.is_empty()).then_some(left)
}

/// What is known when one of two branches holds.
fn united(one: &Known, two: &Known) -> Known {
    let both = one.iter().filter_map(|(q, values)| Some((*q, values.or(two.get(q)?))));
    both.collect()
}
