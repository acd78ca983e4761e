//! The one place where things can go more than one way.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::{ONE, Turn, Weight};

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum What {
    /// A seated party: stay, consult, walk out.
    Attendance,
    /// A party that is out: stay out, return, give the talks up.
    Return,
    /// Firm, planned, flexible.
    Mandate,
    /// The random step of an imitating tactic.
    Imitation,
    /// Whether an item is put aside.
    Park,
    /// Whether an agreed item stays agreed or is reopened.
    Reopen,
    /// The mediator's action, in the order of `Action::ALL`.
    Action,
    /// Whether a mediator guarantees something: no, yes.
    Guarantee,
    /// Whether trust rises.
    Trust,
    /// Whether a backer is impressed.
    PressBacker,
    /// Whether a signatory signs: sign, refuse.
    Sign,
    /// Fighting at a front: falls; raised by each of its active spoilers, then by each of its belligerents, in the order of their ids;
    /// stays.
    Fighting,
    /// Whether an offensive takes the place.
    Capture,
    /// Whether a spoiler attacks.
    Attack,
    /// Whether an attack is blamed on another party.
    Blame,
    /// Whether a greedy spoiler grows.
    Growth,
    /// Whether a backer draws back.
    Withdraw,
    /// Whether exposure fades.
    ExposureFades,
    /// Whether pressure fades.
    PressureFades,
    /// Whether an observer reports.
    Report,
    /// Ratification: pending, passes, is rejected.
    Ratify,
    /// Whether a promise is kept: keep, break.
    Keep,
    /// A suspended instrument: stays suspended, is kept again, is given up.
    Restore,
    /// Whether trust in a party that keeps its promises rises.
    Kept,
    /// What is left open of a party's alternative: weak, expected, strong.
    Reserve,
    /// Whether optimism falls.
    Learning,
    /// Whether weariness falls.
    Recovery,
    /// Whether talks without progress stall further.
    Stall,
    /// Whether a stalled track breaks down: its mediator's decision, where there is one.
    BreakDown,
    /// Whether a track that broke down is reconvened.
    Reconvene,
    /// Whether a belligerent presses at a front: holds, presses. Asked for only where somebody takes it.
    Press,
    /// Whether an event fires.
    Fire,
    /// Whether weariness rises.
    Weariness,
    /// Whether trust falls after fighting.
    Distrust,
    /// The worst option that a seat accepts today, in the order of options; last none. Asked for only where somebody takes it.
    Position,
    /// The option that a proposer moves. Asked for only where somebody takes it.
    Motion,
    /// The answer to a motion: yes, no. Asked for only where somebody takes it.
    Ballot,
    /// The answer to a standing offer or a mediator's text: yes, no. Asked for only where somebody takes it.
    Answer,
    /// The option of an offer on one item, in the order of options. Asked for only where somebody takes it.
    Offer,
    /// Which item a mediator takes up: those it could, in the order of the agenda; for a change to its text, last none. Asked
    /// for only where somebody takes it.
    Matter,
    /// The option that a mediator floats or writes into its text, in the order of options. Asked for only where somebody
    /// takes it.
    Formula,
    /// Whether a party walks away from an exchange of offers: walks away, stays. Asked for only where somebody takes it.
    WalkAway,
}

/// The word by which traces and logs call it.
impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Where a choice is made. The address names the agents it concerns by their ids, so that a draw does not depend
/// on what others do or on the order in which agents are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Whose turn it is.
    pub turn: Turn,
    /// What is chosen.
    pub what: What,
    /// The round.
    pub round: u8,
    /// The stable address of the agents concerned.
    pub address: u64,
}

/// Decides every choice of the kernel: by chance, by record, by a person, or by visiting all.
pub trait Chooser {
    /// Picks one alternative. The whole distribution is shown, never a sample of it: `weights` sum to
    /// [`ONE`]. The answer is below `weights.len()`.
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize;

    /// Whether the choice is asked for even where the rule leaves one alternative only: a person's seat.
    #[inline(always)]
    fn takes(&self, _site: Site) -> bool {
        false
    }
}

impl<C: Chooser + ?Sized> Chooser for &mut C {
    #[inline(always)]
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        (**self).choose(site, weights)
    }
    #[inline(always)]
    fn takes(&self, site: Site) -> bool {
        (**self).takes(site)
    }
}

/// The only alternative that has any weight, if there is just one.
#[inline(always)]
pub(crate) fn certain(weights: &[Weight]) -> Option<usize> {
    weights.iter().position(|w| *w == ONE)
}
