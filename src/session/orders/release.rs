//! What ends keeping a text: a breach by another, or what has happened in the round or in the one before.

use crate::domain::{InstrumentId, Model, PartyId};
use crate::drivers::Step;
use crate::kernel::Entry;

use super::field::UNLESS;

/// Something after which a party no longer keeps a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Release {
    /// Another party has ever broken the text: a broken text is suspended, and takes its time to be restored.
    Broken(PartyId, InstrumentId),
    /// The party has lost a place in this round or the one before.
    Lost(PartyId),
    /// Another party has attacked at a front where this one fights in this round or the one before.
    Offensive(PartyId),
}

impl Release {
    /// What a word of a sheet says.
    pub fn of(word: &str, party: PartyId, text: InstrumentId) -> Option<Self> {
        let [broken, lost, offensive] = UNLESS;
        match word {
            _ if word == broken => Some(Self::Broken(party, text)),
            _ if word == lost => Some(Self::Lost(party)),
            _ if word == offensive => Some(Self::Offensive(party)),
            _ => None,
        }
    }

    /// Whether it ends keeping the text for good, not only in the round after.
    fn lasts(self) -> bool {
        matches!(self, Self::Broken(..))
    }

    /// Whether something that happened is that.
    fn is(self, model: &Model, entry: &Entry) -> bool {
        let fights = |party, front| model.world.front(front).belligerents.contains(&party);
        match (self, *entry) {
            (Self::Broken(own, text), entry) => {
                entry.breach().is_some_and(|(broken, party)| broken == text && party != own)
            }
            (Self::Lost(own), Entry::Captured { from, .. }) => from == own,
            (
                Self::Offensive(own),
                Entry::Captured { front, to: by, .. }
                | Entry::Repelled { front, attacker: by, .. }
                | Entry::Presses { front, party: by, .. },
            ) => by != own && fights(own, front),
            _ => false,
        }
    }
}

/// What is known of what has happened so far.
#[derive(Clone, Copy, Debug)]
pub enum Past<'a> {
    /// What happened, turn by turn: the turns of this round and the one before, and any with a breach.
    Steps(&'a [Step]),
    /// What a policy has kept of it.
    Kept(Kept<'a>),
}

impl Past<'_> {
    /// Whether that has happened.
    pub(super) fn has(self, model: &Model, round: u8, release: Release) -> bool {
        match self {
            Self::Steps(steps) => {
                let counts = |s: &&Step| release.lasts() || s.round + 1 >= round;
                steps.iter().filter(counts).flat_map(|s| &s.entries).any(|entry| release.is(model, entry))
            }
            Self::Kept(kept) => kept.has(release),
        }
    }
}

/// Which of some releases have happened: two bits each, this round's below all those of the round before.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    pub(super) of: &'a [Release],
    pub(super) bits: u64,
}

impl Kept<'_> {
    fn has(self, release: Release) -> bool {
        let place = self.of.iter().position(|r| *r == release);
        place.is_some_and(|k| (self.bits | self.bits >> self.of.len()) >> k & 1 == 1)
    }

    /// The bits after this has happened.
    pub(super) fn after(self, model: &Model, entries: &[Entry]) -> u64 {
        let now = |release: &Release| entries.iter().any(|entry| release.is(model, entry));
        (0..).zip(self.of).fold(self.bits, |bits, (k, release)| bits | u64::from(now(release)) << k)
    }

    /// The bits with which the next round begins.
    pub(super) fn next_round(self) -> u64 {
        let all = self.of.len();
        let lasting = (0..).zip(self.of).fold(0, |bits, (k, release)| bits | u64::from(release.lasts()) << k);
        self.bits & lasting | (self.bits & ((1 << all) - 1)) << all
    }
}
