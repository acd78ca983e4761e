//! What a record says about *when*: a dated entry of something that lasts says more than one date, namely that it had
//! not come about at the end of any round before, and had at the end of every round after.

use crate::domain::{Condition, EventState, History, Operand, Quantity as Q, ReadAs, Relation, World};

/// Something that lasts, with what the record says of the rounds by whose end it had come about.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What came about.
    pub condition: Condition,
    /// The condition as the file writes it; for one that is only ever denied, without the `not`.
    pub text: String,
    /// Its name, where an entry gives it one.
    pub title: Option<String>,
    /// The round in which it came about; `None`: not up to the end of the round `known`.
    pub happened: Option<u8>,
    /// The record says whether it had come about for the ends of the rounds 1 to this.
    pub known: u8,
}

/// The claims of a history, in the order in which the file first mentions them. Two entries about the same condition make one.
///
/// An entry gives a claim where its condition lasts (see [`lasts`]) or where it is read as `by`: it came about on its date.
/// An entry `not X`, where X lasts, says that X had not come about up to its date. What came about before the first round
/// is no forecast and makes no claim; what came about after the last had not up to the end of any round.
/// The earliest date on which something came about counts; a denial of later date is not heard.
pub fn claims(world: &World) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::new();
    let mut before: Vec<&Condition> = Vec::new();
    for entry in &world.history {
        let Some((condition, denied)) = about(world, entry) else { continue };
        let round = world.round_of(entry.date);
        if round == 0 {
            if !denied {
                before.push(condition);
            }
            continue;
        }
        let at = out.iter().position(|c| c.condition == *condition).unwrap_or_else(|| {
            out.push(Claim {
                condition: condition.clone(),
                text: entry.text.clone(),
                title: None,
                happened: None,
                known: 0,
            });
            out.len() - 1
        });
        let claim = &mut out[at];
        if denied {
            claim.known = claim.known.max(round.min(world.rounds));
            continue;
        }
        claim.known = world.rounds;
        claim.text = entry.text.clone();
        claim.title = claim.title.take().or_else(|| entry.title.clone());
        if round <= world.rounds {
            claim.happened = Some(claim.happened.map_or(round, |h| h.min(round)));
        }
    }
    out.retain(|c| !before.contains(&&c.condition));
    out.iter_mut().for_each(without_not);
    out
}

/// What an entry is about, and whether it denies it; `None` where the entry says something of its own day only.
fn about<'a>(world: &World, entry: &'a History) -> Option<(&'a Condition, bool)> {
    match (&entry.that, entry.reading) {
        (that, ReadAs::By) => Some((that, false)),
        (Condition::Not(inner), ReadAs::At) if lasts(world, inner) => Some((&**inner, true)),
        (that, ReadAs::At) if lasts(world, that) => Some((that, false)),
        _ => None,
    }
}

/// Whether a condition, once true, is taken to stay so: signatures, events that do not repeat, and `and` and `or` of these.
/// (A failed ratification can undo a signature; the claim is then still that it had been signed.)
pub fn lasts(world: &World, condition: &Condition) -> bool {
    match condition {
        Condition::Compare(quantity, relation, Operand::Value(value)) => match (quantity, relation, value) {
            (Q::SignedEver(_), Relation::Equal, 1) | (Q::SignedEver(_), Relation::NotEqual, 0) => true,
            (Q::EventState(e), Relation::Equal, state) => {
                *state == EventState::Fired as i32 && !world.events[e.at()].repeats
            }
            _ => false,
        },
        Condition::All(parts) | Condition::Any(parts) => {
            !parts.is_empty() && parts.iter().all(|p| lasts(world, p))
        }
        _ => false,
    }
}

/// A claim that is only ever denied is named by what is denied.
fn without_not(claim: &mut Claim) {
    if claim.happened.is_none()
        && let Some(rest) = claim.text.trim().strip_prefix("not ")
    {
        let rest = rest.trim();
        let inner =
            rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')).filter(|r| !r.contains(['(', ')']));
        claim.text = inner.unwrap_or(rest).trim().to_owned();
    }
}
