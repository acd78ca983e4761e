//! What the turns of tracks, mediators, parties and fronts look up.

use super::{
    Action, AgendaRule, DecisionRule, FrontId, InstrumentId, ItemId, ONE, PartyId, Provisions, Ratification,
    Ratifier, SpoilerId, TrackId, Weight, World, weight,
};

/// What a track's turns look up.
#[derive(Clone, Debug)]
pub struct TrackTables {
    /// Items in the order in which the agenda rule tables them.
    pub order: Vec<ItemId>,
    /// The decision rule over seats, counted within the track.
    pub consent: Consent,
    /// Whether some mediator of the track formulates.
    pub formulates: bool,
    /// How far its soft deadline is believed, 0..=1.
    pub belief: f64,
    /// The round until which its talks may go on in the eyes of the parties.
    pub long_run: u8,
}

/// A decision rule over bit sets of the track's seats (bit k = its k-th seat).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// How many of the counted seats may refuse; `None`: the rule asks for a majority.
    pub may_refuse: Option<u32>,
    /// Seats that must accept in any case.
    pub vetoes: u32,
    /// Groups in each of which a majority is needed.
    pub blocs: Vec<u32>,
    /// Votes of each seat, where majorities count other than one each; else empty.
    pub votes: Vec<u32>,
}

impl Consent {
    /// Whether `accepting` is enough when the seats of `members` count. An empty table agrees on nothing.
    #[inline]
    pub fn passes(&self, accepting: u32, members: u32) -> bool {
        let accepting = accepting & members;
        if accepting == 0 || self.vetoes & members & !accepting != 0 {
            return false;
        }
        let overall = match self.may_refuse {
            Some(n) => (members & !accepting).count_ones() <= n,
            None => self.majority(accepting, members),
        };
        overall
            && self
                .blocs
                .iter()
                .all(|bloc| bloc & members == 0 || self.majority(accepting & bloc, members & bloc))
    }

    fn majority(&self, accepting: u32, members: u32) -> bool {
        2 * self.count(accepting) > self.count(members)
    }

    /// The votes of a set of seats.
    pub fn count(&self, seats: u32) -> u64 {
        if self.votes.is_empty() {
            return seats.count_ones().into();
        }
        let votes = self.votes.iter().enumerate().filter(|(k, _)| seats >> k & 1 == 1);
        votes.map(|(_, votes)| u64::from(*votes)).sum()
    }
}

impl TrackTables {
    pub(super) fn of(world: &World, id: TrackId) -> Self {
        let track = world.track(id);
        let bit =
            |p: &PartyId| track.seats.iter().position(|s| world.seat(*s).party == *p).map_or(0, |k| 1 << k);
        let set = |list: &[PartyId]| list.iter().map(bit).sum::<u32>();
        let (may_refuse, vetoes, blocs) = match &track.rule {
            DecisionRule::Consensus => (Some(0), 0, Vec::new()),
            DecisionRule::AllBut { n, vetoes } => (Some(u32::from(*n)), set(vetoes), Vec::new()),
            DecisionRule::Majority => (None, 0, Vec::new()),
            DecisionRule::SufficientConsensus { blocs } => {
                (None, 0, blocs.iter().map(|b| set(&b.members)).collect())
            }
        };
        let votes: Vec<u32> = track.seats.iter().map(|s| world.seat(*s).weight).collect();
        let votes = if votes.iter().all(|v| *v == 1) { Vec::new() } else { votes };
        let consent = Consent { may_refuse, vetoes, blocs, votes };
        let formulate = Action::Formulate as usize;
        let formulates = track.mediators.iter().any(|m| world.mediator(*m).style[formulate] > 0.0);
        Self {
            order: tabling_order(world, id),
            consent,
            formulates,
            belief: world.belief(id),
            long_run: world.long_run(id),
        }
    }
}

/// Items in the order in which the agenda rule tables them; ties keep the order of the file.
fn tabling_order(world: &World, id: TrackId) -> Vec<ItemId> {
    let track = world.track(id);
    let mut order = track.items.clone();
    match track.agenda {
        AgendaRule::Listed | AgendaRule::AllAtOnce => {}
        AgendaRule::EasiestFirst => order.sort_by(|a, b| contest(world, *a).total_cmp(&contest(world, *b))),
        AgendaRule::HardestFirst => order.sort_by(|a, b| contest(world, *b).total_cmp(&contest(world, *a))),
    }
    order
}

/// How contested an item is: the smallest sum, over its options, of what the seats lose against their best options.
fn contest(world: &World, item: ItemId) -> f64 {
    let it = world.item(item);
    let seats = &world.track(it.track).seats;
    let best = |p: PartyId| it.options.iter().map(|o| o.points[p.at()]).fold(0.0, f64::max);
    let loss = |o: usize| -> f64 {
        seats.iter().map(|s| world.seat(*s).party).map(|p| best(p) - it.options[o].points[p.at()]).sum()
    };
    (0..it.options.len()).map(loss).fold(f64::INFINITY, f64::min)
}

/// Which instruments provide what.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Providers {
    pub verification: Vec<InstrumentId>,
    pub separation: Vec<InstrumentId>,
    pub joint_body: Vec<InstrumentId>,
}

impl Providers {
    pub(super) fn of(world: &World) -> Self {
        let all = |provides: fn(&Provisions) -> bool| {
            let texts = world.instruments.iter().enumerate().filter(|(_, n)| provides(&n.provides));
            texts.map(|(k, _)| InstrumentId::new(k)).collect()
        };
        Self {
            verification: all(|p| p.verification),
            separation: all(|p| p.separation),
            joint_body: all(|p| p.joint_body),
        }
    }
}

/// What a front's turn looks up.
#[derive(Clone, Debug)]
pub struct FrontTables {
    /// Spoilers that fight there.
    pub spoilers: Vec<SpoilerId>,
    /// Its belligerents, both in the order of their ids, so that the order of listing changes nothing.
    pub belligerents: Vec<PartyId>,
    /// The same as a bit set.
    pub fighting: Set,
}

/// Parties as a bit set.
pub type Set = u32;

/// These parties as a bit set.
pub(super) fn set(parties: &[PartyId]) -> Set {
    parties.iter().fold(0, |set, p| set | 1 << p.at())
}

impl FrontTables {
    pub(super) fn of(world: &World, id: FrontId) -> Self {
        let at = |s: &SpoilerId| world.spoiler(*s).fronts.contains(&id);
        let mut spoilers: Vec<SpoilerId> = (0..world.spoilers.len()).map(SpoilerId::new).filter(at).collect();
        spoilers.sort_by_key(|s| &world.spoiler(*s).name.id);
        let mut belligerents = world.front(id).belligerents.clone();
        belligerents.sort_by_key(|p| &world.party(*p).name.id);
        let fighting = set(&belligerents);
        Self { spoilers, belligerents, fighting }
    }
}

/// A party's own odds.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Firm, planned, flexible; sums to [`ONE`].
    pub mandate: [Weight; 3],
    /// Of going home to consult.
    pub consult: Weight,
}

impl Habits {
    pub(super) fn of(world: &World, party: PartyId) -> Self {
        let p = world.party(party);
        Self {
            mandate: normalised(&p.mandate.unwrap_or(world.dynamics.mandate)),
            consult: weight(p.consult.unwrap_or(world.dynamics.consult)),
        }
    }
}

/// For every set of feasible actions (as a bit set) their weights, summing to [`ONE`]; zero for the empty set.
pub(super) fn style_weights(style: &[f64; Action::COUNT]) -> Vec<[Weight; Action::COUNT]> {
    (0..1u32 << style.len())
        .map(|set| {
            let masked: [f64; Action::COUNT] =
                std::array::from_fn(|k| if set >> k & 1 == 1 { style[k] } else { 0.0 });
            normalised(&masked)
        })
        .collect()
}

/// The share that an action has of a mediator's style.
pub(super) fn share(style: &[f64; Action::COUNT], action: Action) -> Weight {
    weight(style[action as usize] / style.iter().sum::<f64>().max(f64::MIN_POSITIVE))
}

/// Weights in the given proportions that sum to [`ONE`] exactly; the rounding rest goes to the largest.
fn normalised<const N: usize>(shares: &[f64; N]) -> [Weight; N] {
    let total: f64 = shares.iter().sum();
    if total <= 0.0 {
        return [0; N];
    }
    let mut weights = shares.map(|s| weight(s / total));
    let largest = (0..N).rev().max_by_key(|k| weights[*k]).unwrap_or(0);
    let others: Weight = (0..N).filter(|k| *k != largest).map(|k| weights[k]).sum();
    weights[largest] = ONE - others;
    weights
}

/// Odds of passing and of being rejected, by the first ratifier and by the second where there is one.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct RatificationOdds {
    pub first: [Weight; 2],
    pub second: Option<[Weight; 2]>,
}

impl RatificationOdds {
    pub(super) fn of(ratify: &Ratification) -> Self {
        Self { first: decides(&ratify.first), second: ratify.second.as_ref().map(decides) }
    }
}

/// Odds of passing and of being rejected; together at most certain.
fn decides(ratifier: &Ratifier) -> [Weight; 2] {
    let passes = weight(ratifier.passes);
    [passes, weight(ratifier.rejects).min(ONE - passes)]
}
