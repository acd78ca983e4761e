//! What levels are counted from: the world as its file describes it, whatever is changed afterwards.

use super::{Front, Level, Mediator, Name, Party, PartyId, World};

/// The start of the talks as the file has it, before `--set`, what-ifs and ranges. Every "at the start" in a formula means this, so
/// that a change of the start moves what no agreement is worth. Lists go with those of the world that is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Per party.
    pub parties: Vec<Burden>,
    /// Per front: who holds it.
    pub holders: Vec<PartyId>,
    /// Per backer: its support.
    pub support: Vec<Level>,
    /// Per mediator: its credibility.
    pub credibility: Vec<Level>,
    /// Rounds to the horizon.
    pub rounds: u8,
}

/// What a party has and bears at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burden {
    /// Its weariness.
    pub weariness: Level,
    /// Pressure on it.
    pub pressure: Level,
    /// Its capability.
    pub capability: Level,
}

impl Burden {
    fn of(party: &Party) -> Self {
        Self { weariness: party.weariness, pressure: party.pressure, capability: party.capability }
    }
}

impl Reference {
    /// What a world's own start says.
    pub fn of(world: &World) -> Self {
        Self {
            parties: world.parties.iter().map(Burden::of).collect(),
            holders: world.fronts.iter().map(|f| f.holder).collect(),
            support: world.backers.iter().map(|b| b.support).collect(),
            credibility: world.mediators.iter().map(|m| m.credibility).collect(),
            rounds: world.rounds,
        }
    }

    /// A party's own capability and all its backing.
    pub fn strength(&self, world: &World, party: PartyId) -> i32 {
        let backing = world.backers_of(party).map(|b| self.support[b.at()] as i32);
        self.parties[party.at()].capability as i32 + backing.sum::<i32>()
    }

    /// What the file says, for a world that is the file's with changes: agents are matched by their ids. A backer that only the changes
    /// know counts from very low, any other agent from its own table.
    pub fn carried(file: &World, world: &World) -> Self {
        let party = |p: &Party| found(&file.parties, |q| &q.name, &p.name).map_or(Burden::of(p), Burden::of);
        let same = |holder: PartyId| {
            let name = &file.party(holder).name;
            world.parties.iter().position(|p| p.name.id == name.id).map(PartyId::new)
        };
        let holder = |f: &Front| {
            let then = found(&file.fronts, |g| &g.name, &f.name);
            then.and_then(|then| same(then.holder)).unwrap_or(f.holder)
        };
        let credibility = |m: &Mediator| {
            found(&file.mediators, |n| &n.name, &m.name).map_or(m.credibility, |n| n.credibility)
        };
        let support =
            |name: &Name| found(&file.backers, |c| &c.name, name).map_or(Level::VeryLow, |c| c.support);
        Self {
            parties: world.parties.iter().map(party).collect(),
            holders: world.fronts.iter().map(holder).collect(),
            support: world.backers.iter().map(|b| support(&b.name)).collect(),
            credibility: world.mediators.iter().map(credibility).collect(),
            rounds: file.rounds,
        }
    }
}

fn found<'a, T>(list: &'a [T], name: impl Fn(&T) -> &Name, wanted: &Name) -> Option<&'a T> {
    list.iter().find(|x| name(x).id == wanted.id)
}
