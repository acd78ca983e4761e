//! Many runs of a scenario as an analyst of negotiations watches them: which packages are agreed, and what moves the
//! zone of agreement from round to round.

use std::collections::BTreeMap;

use crate::analysis::ensemble::Range;
use crate::domain::layout::Cell;
use crate::domain::{ItemId, Model, PORTION, Portion, Quantity, SeatId, TrackId};
use crate::drivers::{Sampler, parallel};
use crate::kernel::{State, ripe, worth};

use super::space::Space;

/// Runs that one worker plays and counts in one go.
const CHUNK: u32 = 32;

/// What is watched on a track.
#[derive(Clone, Debug)]
pub struct Watch {
    track: TrackId,
    /// Its seats.
    pub(super) seats: Vec<SeatId>,
    /// Its items in agenda order.
    pub(super) items: Vec<ItemId>,
    /// Everything but alternatives on which credit for a package depends: trust and guarantees, where options expose.
    pub(super) cells: Vec<Cell>,
    space: Space,
}

/// What was counted on a track. Whole numbers: the sum does not depend on the order in which runs are added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Runs that reached agreement, by package: every item of the track was settled at the end of some round; the
    /// package is that of the first such round.
    pub agreed: BTreeMap<u32, u64>,
    /// Runs that reached agreement, by round, from 0.
    pub by_round: Vec<u64>,
    /// Of the runs that reached agreement, those in which every item is settled at the end of the talks.
    pub held: u64,
    /// Runs without agreement in which some items are settled at the end.
    pub partial: u64,
    /// Runs without agreement in which none is.
    pub none: u64,
    /// Runs by what the ground is like at the start (0) and at the end of each round (from 1): the seats' alternatives,
    /// then the watched cells and whether the moment was ripe. After an early end the last state counts for the rounds that are left.
    pub(super) ground: Vec<BTreeMap<Box<[u8]>, u64>>,
}

impl Watch {
    /// The watch of a track.
    pub fn new(model: &Model, id: TrackId) -> Self {
        let world = &model.world;
        let track = world.track(id);
        let mut cells = Vec::new();
        for item in track.items.iter().copied().filter(|i| model.worth.exposes(*i)) {
            cells.push(model.cell(Quantity::Guarantee(item)));
            for party in track.seats.iter().map(|s| world.seat(*s).party) {
                let rows = world.item(item).option_ids().map(|o| model.worth.exposures(party, item, o));
                cells.extend(rows.flatten().map(|row| row.trust));
            }
        }
        let parties = track.seats.iter().map(|s| Quantity::Profile(world.seat(*s).party));
        cells.extend(parties.filter(|q| model.layout.keeps(*q)).map(|q| model.cell(q)));
        cells.sort_unstable();
        cells.dedup();
        let sizes: Vec<usize> = track.items.iter().map(|i| world.item(*i).options.len()).collect();
        Self {
            track: id,
            seats: track.seats.clone(),
            items: track.items.clone(),
            cells,
            space: Space::new(&sizes),
        }
    }

    /// The settled package; `None` while an item is open.
    fn package(&self, model: &Model, state: &State) -> Option<u32> {
        let settled = self.items.iter().map(|i| Some(worth::settled_option(model, state, *i)?.at()));
        Some(self.space.index(&settled.collect::<Option<Vec<usize>>>()?) as u32)
    }

    fn settled(&self, model: &Model, state: &State) -> usize {
        self.items.iter().filter(|i| worth::settled_option(model, state, **i).is_some()).count()
    }

    fn ground(&self, model: &Model, state: &State, key: &mut Vec<u8>) {
        key.clear();
        // More than all is more than any agreement gives a party that discounts.
        let today = |s: &SeatId| worth::alternative_today(model, state, *s).min(101 * PORTION);
        key.extend(self.seats.iter().flat_map(|s| today(s).to_be_bytes()));
        key.extend(self.cells.iter().map(|c| state.cell(*c)));
        key.push(u8::from(ripe::outlook(model, state, self.track).ripe));
    }

    /// The seats' alternatives, the cells of a ground, and whether the moment was ripe there.
    pub(super) fn read<'k>(&self, key: &'k [u8]) -> (Vec<Portion>, &'k [u8], bool) {
        let (alternatives, rest) = key.split_at(self.seats.len() * size_of::<Portion>());
        let (cells, ripe) = rest.split_at(self.cells.len());
        let (each, _) = alternatives.as_chunks();
        (each.iter().map(|bytes| Portion::from_be_bytes(*bytes)).collect(), cells, ripe == [1])
    }
}

impl Watched {
    fn new(rounds: usize) -> Self {
        Self { by_round: vec![0; rounds], ground: vec![BTreeMap::new(); rounds + 1], ..Self::default() }
    }

    /// Runs that reached agreement.
    pub fn agreements(&self) -> u64 {
        self.agreed.values().sum()
    }

    /// All runs.
    pub fn runs(&self) -> u64 {
        self.agreements() + self.partial + self.none
    }

    /// Adds the counts of other runs.
    pub fn merge(&mut self, other: &Self) {
        for (package, runs) in &other.agreed {
            *self.agreed.entry(*package).or_insert(0) += runs;
        }
        self.by_round.iter_mut().zip(&other.by_round).for_each(|(a, b)| *a += b);
        self.held += other.held;
        self.partial += other.partial;
        self.none += other.none;
        for (mine, theirs) in self.ground.iter_mut().zip(&other.ground) {
            theirs.iter().for_each(|(key, runs)| add(mine, key, *runs));
        }
    }
}

fn add(counts: &mut BTreeMap<Box<[u8]>, u64>, key: &[u8], runs: u64) {
    match counts.get_mut(key) {
        Some(count) => *count += runs,
        None => drop(counts.insert(key.into(), runs)),
    }
}

/// Plays a range of runs on all threads of the current pool and watches some tracks. The result does not depend on how
/// many threads there are.
pub fn watch(model: &Model, watches: &[Watch], range: Range) -> Vec<Watched> {
    let nothing = || vec![Watched::new(usize::from(model.world.rounds)); watches.len()];
    let pieces = range.cut(CHUNK);
    let add = |(counts, state): &mut (Vec<Watched>, State), k: usize| {
        for run in pieces[k].from..pieces[k].to {
            one(model, watches, state, &mut Sampler::new(range.seed, run), counts);
        }
    };
    let join = |a: &mut (Vec<Watched>, State), b: (Vec<Watched>, State)| {
        a.0.iter_mut().zip(&b.0).for_each(|(a, b)| a.merge(b));
    };
    parallel::sum(pieces.len(), || (nothing(), State::new(model)), add, join).0
}

fn one(model: &Model, watches: &[Watch], state: &mut State, chance: &mut Sampler, counts: &mut [Watched]) {
    state.reset(model);
    let outcome = model.cell(Quantity::Outcome);
    let mut first: Vec<Option<u32>> = vec![None; watches.len()];
    let mut key = Vec::new();
    for round in 0..=usize::from(model.world.rounds) {
        if round > 0 && state.cell(outcome) == 0 {
            chance.play_round(model, state);
        }
        for ((watch, count), first) in watches.iter().zip(counts.iter_mut()).zip(&mut first) {
            // Before the first round it is the first round's ground.
            state.at_the_end_of(model, round.max(1) as u8, |state| watch.ground(model, state, &mut key));
            add(&mut count.ground[round], &key, 1);
            if round > 0 && first.is_none() {
                *first = watch.package(model, state);
                count.by_round[round - 1] += u64::from(first.is_some());
            }
        }
    }
    for ((watch, count), first) in watches.iter().zip(counts).zip(first) {
        match first {
            Some(package) => {
                *count.agreed.entry(package).or_insert(0) += 1;
                count.held += u64::from(watch.package(model, state).is_some());
            }
            None if watch.settled(model, state) > 0 => count.partial += 1,
            None => count.none += 1,
        }
    }
}
