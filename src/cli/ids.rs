//! Ids given on the command line: found, or a usage error that names the nearest.

use crate::domain::{Name, World};
use crate::drivers::decider::Decider;
use crate::scenario;

use super::exit::{Exit, Failure};

/// The place of an id among those of its kind.
///
/// # Errors
/// When it is none of them.
pub(super) fn place<'a>(
    kind: &str,
    id: &str,
    known: impl IntoIterator<Item = &'a Name>,
) -> Result<usize, Failure> {
    let known: Vec<&str> = known.into_iter().map(|name| name.id.as_str()).collect();
    known.iter().position(|other| *other == id).ok_or_else(|| unknown(kind, id, &known))
}

/// The party or mediator with an id.
///
/// # Errors
/// When there is none.
pub(super) fn decider(option: &str, id: &str, world: &World) -> Result<Decider, Failure> {
    Decider::find(world, id).map_err(|unknown| {
        let known: Vec<&str> = unknown.known.split(", ").collect();
        let failure = self::unknown("party or mediator", id, &known);
        Failure { message: format!("{option}: {}", failure.message), ..failure }
    })
}

/// The place of an outcome.
///
/// # Errors
/// When there is none of that id.
pub(super) fn outcome(id: &str, world: &World) -> Result<usize, Failure> {
    place("outcome", id, world.outcomes.iter().map(|o| &o.name))
}

/// The failure of an id that is none of those known.
pub(super) fn unknown(kind: &str, id: &str, known: &[&str]) -> Failure {
    let help = match known.is_empty() {
        true => "it has none".to_owned(),
        false => scenario::suggest(id, known, "it has"),
    };
    Failure::new(Exit::Usage, format!("the scenario has no {kind} `{id}`; {help}"))
}
