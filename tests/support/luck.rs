//! Whose luck a draw is: addresses of draws, read back as the agents that they stand for.

use std::collections::BTreeMap;

use baraza::domain::{Model, World, address, shared_address};
use baraza::drivers::{Sampler, record};

/// Addresses by the ids of the agents that they stand for, worked out from the ids alone.
fn addresses(world: &World) -> BTreeMap<u64, String> {
    let mut all = BTreeMap::new();
    let mut add = |at: u64, name: String| {
        let other = all.insert(at, name.clone());
        assert!(other.is_none(), "{name} and {other:?} have one address");
    };
    macro_rules! agents {
        ($list:ident, $kind:literal) => {{
            let ids = world.$list.iter().map(|a| a.name.id.as_str());
            ids.map(|id| (address($kind, id), format!("{}.{id}", $kind))).collect::<Vec<_>>()
        }};
    }
    let parties = agents!(parties, "party");
    let tracks = agents!(tracks, "track");
    let mediators = agents!(mediators, "mediator");
    let items = agents!(items, "item");
    let instruments = agents!(instruments, "instrument");
    let spoilers = agents!(spoilers, "spoiler");
    let backers = agents!(backers, "backer");
    let both = |one: &(u64, String), other: &(u64, String)| {
        (shared_address(one.0, other.0), format!("{} with {}", one.1, other.1))
    };
    let seats: Vec<_> =
        world.seats.iter().map(|s| both(&parties[s.party.at()], &tracks[s.track.at()])).collect();
    let mut pairs = |ones: &[(u64, String)], others: &[(u64, String)]| {
        ones.iter()
            .flat_map(|one| others.iter().map(move |other| both(one, other)))
            .for_each(|(at, name)| add(at, name));
    };
    pairs(&parties, &parties);
    pairs(&instruments, &parties);
    pairs(&spoilers, &parties);
    pairs(&mediators, &parties);
    pairs(&mediators, &items);
    pairs(&mediators, &tracks);
    pairs(&tracks, &mediators);
    pairs(&mediators, &backers);
    pairs(&seats, &items);
    pairs(&seats, &tracks);
    let moves: Vec<_> = (1..=200).map(|n| (n, format!("move {n}"))).collect();
    pairs(&seats, &moves);
    let singles = [parties, tracks, mediators, items, instruments, spoilers, backers, seats];
    singles.into_iter().flatten().for_each(|(at, name)| add(at, name));
    let others = [agents!(fronts, "front"), agents!(observers, "observer"), agents!(events, "event")];
    others.into_iter().flatten().for_each(|(at, name)| add(at, name));
    all
}

/// Every draw of a run by round, purpose and the agents whose luck it is.
pub type Luck = BTreeMap<String, u32>;

/// The draws of these runs.
///
/// # Panics
/// When a draw stands for no agents by their ids, or two choices of a run share one.
pub fn luck(model: &Model, seed: u64, runs: std::ops::Range<u32>) -> Vec<Luck> {
    let names = addresses(&model.world);
    runs.map(|run| of_run(model, &names, seed, run)).collect()
}

fn of_run(model: &Model, names: &BTreeMap<u64, String>, seed: u64, run: u32) -> Luck {
    let sampler = Sampler::new(seed, run);
    let transcript = record(model, &mut sampler.clone());
    let mut luck = BTreeMap::new();
    for step in &transcript.steps {
        for choice in &step.choices {
            let site = choice.site;
            let whose = names.get(&site.address);
            let whose = whose.unwrap_or_else(|| panic!("{:?} of {:?} is nobody's", site.what, step.turn));
            let name = format!("{} {:?} {whose}", site.round, site.what);
            let twice = luck.insert(name.clone(), sampler.draw(site));
            assert!(twice.is_none(), "{name} is drawn twice, the second time in {:?}", step.turn);
        }
    }
    luck
}

/// How many draws of a run are the same as another one of it: next to none, by chance.
pub fn repeated(luck: &Luck) -> usize {
    let different: std::collections::BTreeSet<u32> = luck.values().copied().collect();
    luck.len() - different.len()
}
