//! Conditions in words, near enough to a sentence for a reader who does not know the language of scenario files.

use crate::domain::{Condition, Operand, Quantity, Relation};

use super::names::{Names, intensity, level};
use super::story::Story;
use super::words::{date, list};

impl Story<'_> {
    /// A condition as a clause, such as `“Truce” is signed and fighting at the ford is at most clashes`.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Constant(true) => "always".into(),
            Condition::Constant(false) => "never".into(),
            Condition::Compare(quantity, relation, operand) => {
                self.comparison(*quantity, *relation, *operand)
            }
            Condition::All(parts) => self.joined(parts, "and"),
            Condition::Any(parts) => self.joined(parts, "or"),
            Condition::Not(part) => match part.as_ref() {
                Condition::Compare(quantity, relation, operand) => {
                    self.comparison(*quantity, relation.opposite(), *operand)
                }
                other => format!("it is not so that {}", self.condition(other)),
            },
            Condition::Count(parts, relation, n) => {
                let parts: Vec<_> = parts.iter().map(|p| self.condition(p)).collect();
                format!("{} {n} of these hold: {}", how_many(*relation), list(&parts))
            }
        }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> String {
        let parts: Vec<_> = parts
            .iter()
            .map(|p| match p {
                Condition::All(_) | Condition::Any(_) => format!("({})", self.condition(p)),
                _ => self.condition(p),
            })
            .collect();
        parts.join(&format!(" {word} "))
    }

    fn comparison(&self, quantity: Quantity, relation: Relation, operand: Operand) -> String {
        let value = match operand {
            Operand::Value(value) => value,
            Operand::Quantity(other) => {
                return format!("{} {} {}", self.measured(quantity), is(relation), self.measured(other));
            }
        };
        match (quantity, relation) {
            (q, Relation::Equal | Relation::NotEqual) if flag(q) => {
                let holds = (value == 1) == (relation == Relation::Equal);
                self.flagged(q, holds)
            }
            (Quantity::Date, relation) => dated(relation, &self.shown(quantity, value)),
            (q, Relation::Equal | Relation::NotEqual) if titled(q) => {
                self.stated(q, relation == Relation::Equal, &self.shown(q, value))
            }
            _ => {
                let shown = self.shown(quantity, value);
                format!("{} {} {shown}", self.measured(quantity), is(relation))
            }
        }
    }

    /// What is measured, as the subject of a comparison.
    fn measured(&self, quantity: Quantity) -> String {
        use Quantity as Q;
        match quantity {
            Q::Round => "the round".into(),
            Q::Date => "the date".into(),
            Q::Outcome => "the outcome".into(),
            Q::Holder(f) => format!("the holder of {}", self.front(f)),
            Q::ItemOption(i) | Q::Draft(i) => format!("the option of {}", self.item(i)),
            Q::Mandate(s) => format!("the mandate of {}", self.seat(s)),
            Q::Alternative(s) => format!("the alternative of {}", self.seat(s)),
            Q::Points(s) => format!("what {} has settled", self.seat(s)),
            Q::Profile(p) => format!("what {} wants", self.party(p)),
            Q::Procedure(t) => format!("the procedure of {}", self.track(t)),
            Q::Settled(t) => format!("the number of settled items of {}", self.track(t)),
            Q::SeatState(_)
            | Q::MediatorState(_)
            | Q::TrackState(_)
            | Q::ItemState(_)
            | Q::InstrumentState(_)
            | Q::SpoilerState(_)
            | Q::ObserverState(_)
            | Q::EventState(_) => {
                format!("the state of {}", self.what(quantity))
            }
            _ => self.what(quantity),
        }
    }

    fn shown(&self, quantity: Quantity, value: i32) -> String {
        use Quantity as Q;
        let byte = u8::try_from(value.clamp(0, 255)).unwrap_or(0);
        let world = self.world();
        match quantity {
            Q::Date => date(world.start.saturating_add(time::Duration::days(i64::from(value)))),
            Q::Intensity(_) => intensity(byte).into(),
            Q::Holder(_) => self.party(crate::domain::PartyId(byte)),
            Q::ItemOption(_) | Q::Draft(_) if byte == 0 => "none".into(),
            Q::ItemOption(i) => self.option(i, crate::domain::OptionId(byte - 1)),
            Q::Outcome if byte == 0 => "open".into(),
            Q::Outcome => super::words::quoted(&world.outcomes[usize::from(byte) - 1].name.title),
            Q::Round
            | Q::Deadline(_)
            | Q::Breaches(_)
            | Q::Progress(..)
            | Q::Alternative(_)
            | Q::Points(_)
            | Q::Settled(_)
            | Q::Tally(..)
            | Q::Offerer(_)
            | Q::AgreedIn(_)
            | Q::Memory(..) => value.to_string(),
            Q::Weariness(_)
            | Q::Pressure(_)
            | Q::Audience(_)
            | Q::Capability(_)
            | Q::Trust(..)
            | Q::Leverage(_)
            | Q::Credibility(_)
            | Q::Guarantee(_)
            | Q::Strength(_)
            | Q::Support(_)
            | Q::Exposure(_)
            | Q::BackerPressure(_)
            | Q::Tolerance(_) => level(byte),
            _ => self.model.value_name(quantity, byte).replace('-', " "),
        }
    }

    /// The state of something that has a title, and so is singular.
    fn stated(&self, quantity: Quantity, holds: bool, state: &str) -> String {
        let what = self.what(quantity);
        let not = if holds { "" } else { "not " };
        match (quantity, state) {
            (Quantity::ItemState(_), "dormant") if holds => format!("{what} has not been tabled"),
            (Quantity::ItemState(_), "dormant") => format!("{what} has been tabled"),
            (Quantity::EventState(_), "fired") => format!("{what} has {not}happened"),
            _ => format!("{what} is {not}{state}"),
        }
    }

    fn flagged(&self, quantity: Quantity, holds: bool) -> String {
        use Quantity as Q;
        let not = if holds { "" } else { "not " };
        match quantity {
            Q::Ceasefire(p) => format!("a ceasefire is {not}observed by {}", self.party(p)),
            Q::Ripe(t) => format!("the moment is {not}ripe in {}", self.track(t)),
            Q::ItemSettled(i) => format!("{} is {not}settled", self.item(i)),
            Q::SignedEver(n) => format!("{} is {not}signed", self.text(n)),
            Q::Imposed(i) => format!("{} is {not}imposed", self.item(i)),
            _ => format!("attacks of {} are {not}laid at another's door", self.what(quantity)),
        }
    }
}

/// A date means the round that contains it.
fn dated(relation: Relation, date: &str) -> String {
    match relation {
        Relation::Equal => format!("it is the round of {date}"),
        Relation::NotEqual => format!("it is not the round of {date}"),
        Relation::Less => format!("it is before the round of {date}"),
        Relation::AtMost => format!("the round of {date} is not over"),
        Relation::Greater => format!("the round of {date} is over"),
        Relation::AtLeast => format!("it is the round of {date} or later"),
    }
}

fn titled(quantity: Quantity) -> bool {
    use Quantity as Q;
    matches!(quantity, Q::ItemState(_) | Q::InstrumentState(_) | Q::TrackState(_) | Q::EventState(_))
}

fn flag(quantity: Quantity) -> bool {
    use Quantity as Q;
    matches!(
        quantity,
        Q::Ceasefire(_) | Q::Ripe(_) | Q::ItemSettled(_) | Q::SignedEver(_) | Q::Imposed(_) | Q::Blame(_)
    )
}

const fn is(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "is",
        Relation::NotEqual => "is not",
        Relation::Less => "is below",
        Relation::AtMost => "is at most",
        Relation::Greater => "is above",
        Relation::AtLeast => "is at least",
    }
}

const fn how_many(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "exactly",
        Relation::NotEqual => "other than",
        Relation::Less => "fewer than",
        Relation::AtMost => "at most",
        Relation::Greater => "more than",
        Relation::AtLeast => "at least",
    }
}
