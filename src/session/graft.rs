//! Sessions of the same talks as one tree: groups that played with the same luck differ by what they decided alone.

use super::Refused;
use super::tree::{Branch, Session};

impl Session<'_> {
    /// Takes the branches of another session of the same talks into this one's tree. Its first branch parts from the branch here that it
    /// shares the most rounds with, the lowest number among equals. Which branch its current one is now.
    ///
    /// # Errors
    /// When they are not the same talks: another scenario, other luck, other seats, or another pace.
    pub fn graft(&mut self, other: &Session) -> Result<usize, Refused> {
        if let Some(what) = self.differs(other) {
            return Err(Refused::Other(what));
        }
        let before = self.branches.len();
        let root = other.branches.first();
        let shared = |(k, own): (usize, &Branch)| root.map(|root| (k + 1, parting(own, root)));
        let near = self.branches.iter().enumerate().filter_map(shared);
        // The last of the largest: so they are looked at from behind.
        let near = near.rev().max_by_key(|(_, round)| *round);
        let taken = other.branches.iter().map(|branch| Branch {
            parent: branch.parent.map(|(parent, round)| (parent + before, round)).or(near),
            grafted: branch.grafted || branch.parent.is_none(),
            ..branch.clone()
        });
        self.branches.extend(taken);
        let moved = |p: &super::Prediction| super::Prediction { branch: p.branch + before, ..p.clone() };
        self.predictions.extend(other.predictions.iter().map(moved));
        Ok(other.current + before)
    }

    fn differs(&self, other: &Session) -> Option<&'static str> {
        let (ours, theirs) = (&self.header, &other.header);
        match () {
            () if ours.head.fingerprint != theirs.head.fingerprint => Some("another scenario"),
            () if (ours.head.seed, ours.run) != (theirs.head.seed, theirs.run) => Some("other luck"),
            () if ours.seats != theirs.seats => Some("other seats of people"),
            () if ours.by != theirs.by => Some("decisions in place of orders, or the other way round"),
            () => None,
        }
    }
}

/// The round from which on two branches go different ways; the one after the last where they never do.
fn parting(one: &Branch, other: &Branch) -> u8 {
    fn first<T: PartialEq>(one: &[T], other: &[T], round: impl Fn(&T) -> u8) -> Option<u8> {
        let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        one.get(same).into_iter().chain(other.get(same)).map(round).min()
    }
    let decided = first(&one.decisions, &other.decisions, |d| d.site.round);
    let ordered = first(&one.rounds, &other.rounds, |closed| closed.round);
    let injected = first(&one.injected, &other.injected, |(round, _)| *round);
    let last = one.decisions.last().map_or(0, |d| d.site.round).max(one.closed);
    decided.into_iter().chain(ordered).chain(injected).min().unwrap_or(last + 1)
}
