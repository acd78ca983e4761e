//! Small words of the sheets.

use crate::domain::{Condition, Level, Name, Operand, PartyId, Quantity, World};
use crate::telling::chronicle::{clean, list};

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    clean(text)
}

/// How something is called, on one line.
pub(super) fn title(name: &Name) -> String {
    clean(&name.title)
}

/// The paragraphs of a text: they are parted by empty lines.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut out = vec![Vec::new()];
    for line in text.lines() {
        match line.trim() {
            "" => out.push(Vec::new()),
            line => out.last_mut().into_iter().for_each(|p: &mut Vec<&str>| p.push(line)),
        }
    }
    out.iter().map(|p| clean(&p.join(" "))).filter(|p| !p.is_empty()).collect()
}

/// A level in words.
pub(super) fn level(level: Level) -> String {
    level.name().replace('-', " ")
}

/// Parties in a list.
pub(super) fn parties(world: &World, of: impl IntoIterator<Item = PartyId>) -> String {
    names(of.into_iter().map(|p| &world.party(p).name))
}

/// Names in a list.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a Name>) -> String {
    list(&names.into_iter().map(title).collect::<Vec<_>>())
}

/// Whether a condition speaks only of what everybody can see: the calendar, who is in the room, what is agreed, signed and
/// kept, who holds what and how hard it is fought over.
pub(super) fn public(condition: &Condition) -> bool {
    match condition {
        Condition::Constant(_) => true,
        Condition::Compare(left, _, right) => {
            visible(*left)
                && match right {
                    Operand::Quantity(right) => visible(*right),
                    Operand::Value(_) => true,
                }
        }
        Condition::Not(part) => public(part),
        Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, ..) => {
            parts.iter().all(public)
        }
    }
}

fn visible(quantity: Quantity) -> bool {
    use Quantity as Q;
    matches!(
        quantity,
        Q::Round
            | Q::Date
            | Q::Outcome
            | Q::SeatState(_)
            | Q::Ceasefire(_)
            | Q::MediatorState(_)
            | Q::TrackState(_)
            | Q::Procedure(_)
            | Q::Deadline(_)
            | Q::Settled(_)
            | Q::ItemState(_)
            | Q::ItemOption(_)
            | Q::ItemSettled(_)
            | Q::InstrumentState(_)
            | Q::Breaches(_)
            | Q::Progress(..)
            | Q::SignedEver(_)
            | Q::Holder(_)
            | Q::Intensity(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telling::chronicle::tenths;

    #[test]
    fn paragraphs_are_parted_by_empty_lines() {
        assert_eq!(paragraphs("One\ntwo.\n\n  Three. \n\n\n"), ["One two.", "Three."]);
        assert!(paragraphs(" \n ").is_empty());
    }

    #[test]
    fn points_have_a_decimal_where_they_need_one() {
        assert_eq!([tenths(4.5), tenths(14.0), tenths(0.0)], ["4.5", "14", "0"]);
    }
}
