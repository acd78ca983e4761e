//! Which items must have been tabled before something can be so: an agenda that opens a few items a session needs as many sessions.

use crate::domain::{Condition, EventId, InstrumentId, ItemId, Operand, Quantity as Q, Relation, World};

/// A set of items: bit *n* stands for the *n*-th of the file.
pub(super) type Items = u64;

/// What every item, text and event needs.
pub(super) struct Needs {
    items: Vec<Items>,
    texts: Vec<Items>,
    events: Vec<Items>,
}

impl Needs {
    /// Those of a world. What needs each other in a circle is not followed round it twice.
    pub fn of(world: &World) -> Self {
        let mut needs = Self {
            items: vec![0; world.items.len()],
            texts: vec![0; world.instruments.len()],
            events: vec![0; world.events.len()],
        };
        while needs.grow(world) {}
        needs
    }

    /// The items that must have been tabled where an item is.
    pub fn item(&self, id: ItemId) -> Items {
        self.items[id.at()]
    }

    /// Where a text has been signed.
    pub fn text(&self, id: InstrumentId) -> Items {
        self.texts[id.at()]
    }

    /// Where an event has happened.
    pub fn event(&self, id: EventId) -> Items {
        self.events[id.at()]
    }

    /// Where a condition holds.
    pub fn condition(&self, condition: &Condition) -> Items {
        match condition {
            Condition::All(parts) => parts.iter().fold(0, |set, p| set | self.condition(p)),
            Condition::Any(parts) => {
                parts.iter().map(|p| self.condition(p)).reduce(|a, b| a & b).unwrap_or(0)
            }
            Condition::Compare(quantity, relation, Operand::Value(value)) => {
                self.compared(*quantity, *relation, *value, true)
            }
            Condition::Not(part) => match &**part {
                Condition::Compare(quantity, relation, Operand::Value(value)) => {
                    self.compared(*quantity, *relation, *value, false)
                }
                _ => 0,
            },
            _ => 0,
        }
    }

    /// A comparison needs what the quantity is about where it does not come out as wanted at the start: all of these are 0 there.
    fn compared(&self, quantity: Q, relation: Relation, value: i32, wanted: bool) -> Items {
        if relation.holds(0, value) == wanted {
            return 0;
        }
        match quantity {
            Q::ItemState(item) | Q::ItemSettled(item) | Q::ItemOption(item) => self.item(item),
            Q::InstrumentState(text) | Q::SignedEver(text) => self.text(text),
            Q::EventState(event) => self.event(event),
            _ => 0,
        }
    }

    /// One step further along the chains; whether anything was added.
    fn grow(&mut self, world: &World) -> bool {
        let of = |needs: &Self, c: &Option<Condition>| c.as_ref().map_or(0, |c| needs.condition(c));
        // What an effect may put on the table, or make happen, needs nothing.
        let items =
            world.items.iter().enumerate().map(|(k, item)| match world.writes(Q::ItemState(k.into())) {
                true => 0,
                false => 1 << k | of(self, &item.requires),
            });
        let texts = world
            .instruments
            .iter()
            .map(|text| text.seals.iter().fold(of(self, &text.requires), |set, item| set | self.item(*item)));
        let events =
            world.events.iter().enumerate().map(|(k, e)| match world.writes(Q::EventState(k.into())) {
                true => 0,
                false => of(self, &e.when),
            });
        let next = Self { items: items.collect(), texts: texts.collect(), events: events.collect() };
        let grew = next.items != self.items || next.texts != self.texts || next.events != self.events;
        *self = next;
        grew
    }
}
