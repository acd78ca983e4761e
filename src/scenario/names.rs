//! What conditions and effects can speak of: ids, seats, options, and who is obliged by what.

use time::Date;

use super::shape::Agent;
use crate::domain::{INITIAL_PROFILE, PartyId, SeatId, TrackId, World};

/// The vocabulary of one scenario; built from a file while it is lowered, or from a finished world.
pub(super) struct Names {
    /// First day.
    pub start: Date,
    /// Ids by kind, in the order of the world's lists.
    pub ids: Vec<Vec<String>>,
    /// Party and track of every seat.
    pub seats: Vec<(PartyId, TrackId)>,
    /// Whether the seats of every track are known: a mistake in them must not cause others.
    pub sound: Vec<bool>,
    /// The options of every item.
    pub options: Vec<Vec<String>>,
    /// The profiles of every party, the initial one first.
    pub profiles: Vec<Vec<String>>,
    /// The procedure of every track, as the file has it.
    pub procedures: Vec<&'static str>,
    /// The parties that every instrument obliges.
    pub obliged: Vec<Vec<PartyId>>,
}

impl Names {
    /// The vocabulary of a world.
    pub fn of(world: &World) -> Self {
        let ids = Agent::ALL.iter().map(|agent| world_ids(world, *agent)).collect();
        Self {
            start: world.start,
            ids,
            seats: world.seats.iter().map(|s| (s.party, s.track)).collect(),
            sound: vec![true; world.tracks.len()],
            options: world
                .items
                .iter()
                .map(|i| i.options.iter().map(|o| o.name.id.clone()).collect())
                .collect(),
            profiles: world
                .parties
                .iter()
                .map(|p| with_initial(p.profiles.iter().map(|x| x.name.id.clone())))
                .collect(),
            procedures: world.tracks.iter().map(|t| t.procedure.told().id).collect(),
            obliged: world.instruments.iter().map(|n| n.obliges.clone()).collect(),
        }
    }

    /// The ids of a kind.
    pub fn all(&self, agent: Agent) -> &[String] {
        &self.ids[agent as usize]
    }

    /// The place of an agent in its list.
    pub fn find(&self, agent: Agent, id: &str) -> Option<usize> {
        self.all(agent).iter().position(|known| known == id)
    }

    /// The id of an agent.
    pub fn id(&self, agent: Agent, at: usize) -> &str {
        self.all(agent).get(at).map_or("?", String::as_str)
    }

    /// The seats of a party with their tracks.
    pub fn seats_of(&self, party: PartyId) -> impl Iterator<Item = (SeatId, TrackId)> + '_ {
        let all = self.seats.iter().enumerate();
        all.filter(move |(_, (p, _))| *p == party).map(|(at, (_, track))| (SeatId::new(at), *track))
    }
}

/// The names of a party's profiles, with that of its initial preferences.
pub(super) fn with_initial(ids: impl Iterator<Item = String>) -> Vec<String> {
    std::iter::once(INITIAL_PROFILE.to_owned()).chain(ids).collect()
}

fn world_ids(world: &World, agent: Agent) -> Vec<String> {
    macro_rules! of {
        ($list:expr) => {
            $list.iter().map(|x| x.name.id.clone()).collect()
        };
    }
    match agent {
        Agent::Party => of!(world.parties),
        Agent::Mediator => of!(world.mediators),
        Agent::Track => of!(world.tracks),
        Agent::Item => of!(world.items),
        Agent::Instrument => of!(world.instruments),
        Agent::Front => of!(world.fronts),
        Agent::Spoiler => of!(world.spoilers),
        Agent::Backer => of!(world.backers),
        Agent::Observer => of!(world.observers),
        Agent::Event => of!(world.events),
        Agent::Outcome => of!(world.outcomes),
        Agent::Reward => of!(world.rewards),
        Agent::WhatIf => of!(world.what_ifs),
        Agent::Property => of!(world.properties),
    }
}
