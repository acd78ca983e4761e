//! Ids that somebody gives: found, or a refusal that names the nearest.

use crate::domain::{Name, World};
use crate::drivers::decider::Decider;
use crate::scenario;

use super::refusal::Refusal;

/// The place of an id among those of its kind.
///
/// # Errors
/// When it is none of them.
pub fn place<'a>(kind: &str, id: &str, known: impl IntoIterator<Item = &'a Name>) -> Result<usize, Refusal> {
    let known: Vec<&str> = known.into_iter().map(|name| name.id.as_str()).collect();
    known.iter().position(|other| *other == id).ok_or_else(|| unknown(kind, id, &known))
}

/// The party or mediator with an id.
///
/// # Errors
/// When there is none.
pub fn decider(option: &str, id: &str, world: &World) -> Result<Decider, Refusal> {
    Decider::find(world, id).map_err(|unknown| {
        let known: Vec<&str> = unknown.known.split(", ").collect();
        let refusal = self::unknown("party or mediator", id, &known);
        Refusal { message: format!("{option}: {}", refusal.message), ..refusal }
    })
}

/// The place of an outcome.
///
/// # Errors
/// When there is none of that id.
pub fn outcome(id: &str, world: &World) -> Result<usize, Refusal> {
    place("outcome", id, world.outcomes.iter().map(|o| &o.name))
}

/// The refusal of an id that is none of those known.
pub fn unknown(kind: &str, id: &str, known: &[&str]) -> Refusal {
    let help = match known.is_empty() {
        true => "it has none".to_owned(),
        false => scenario::suggest(id, known, "it has"),
    };
    Refusal::usage(format!("the scenario has no {kind} `{id}`; {help}"))
}
