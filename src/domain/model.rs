//! A scenario ready to run: the world with everything that can be computed beforehand.

use sha2::{Digest, Sha256};

use super::layout::{Cell, CellInfo, Layout};
use super::odds::Odds;
use super::rule::{Change, Ground, Rule};
use super::worth::WorthTables;
use super::{
    Action, AgendaRule, BackerId, Condition, DecisionRule, Effect, FrontId, InstrumentId, ItemId, ONE,
    PartyId, Provisions, Quantity, Ratification, SpoilerId, TrackId, Turn, Weight, World, weight,
};

/// A scenario ready to run. Built once, then only read.
#[derive(Clone, Debug)]
pub struct Model {
    /// Everything the scenario says.
    pub world: World,
    /// Where each quantity is kept.
    pub layout: Layout,
    /// The cells of the state in order.
    pub cells: Vec<CellInfo>,
    /// The turns of a round.
    pub turns: Vec<Turn>,
    /// The odds of the rules.
    pub odds: Odds,
    /// What settlements are worth.
    pub worth: WorthTables,
    /// Compiled conditions and effects.
    pub rules: Rules,
    /// Per track: order of tabling, decision rule, chair.
    pub tracks: Vec<TrackTables>,
    /// Per mediator: the weights of its actions for every set of feasible ones.
    pub styles: Vec<Vec<[Weight; 7]>>,
    /// Odds of firm, planned and flexible mandates, and of consulting, per party.
    pub habits: Vec<Habits>,
    /// Odds that an instrument passes and is rejected each round, where it must be ratified.
    pub ratification: Vec<Option<[Weight; 2]>>,
    /// Which instruments provide what.
    pub providers: Providers,
    /// Per front: who fights there besides its belligerents, and what they talk about.
    pub fronts: Vec<FrontTables>,
    /// Per party: the cells of its backers' support.
    pub backers: Vec<Vec<Cell>>,
    /// Each spoiler's own odds of attacking.
    pub spoiler_odds: Vec<Weight>,
    /// Each observer's odds of reporting.
    pub observer_odds: Vec<Weight>,
    /// Stable addresses of agents for random draws.
    pub addresses: Addresses,
    /// For each cell the value at the start.
    pub initial: Vec<u8>,
}

/// Compiled conditions and effects, each list parallel to the world's.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Rules {
    pub admitted: Vec<Option<Rule>>,
    pub suspended: Vec<Option<Rule>>,
    pub precondition: Vec<Option<Rule>>,
    pub track_opens: Vec<Option<Rule>>,
    pub track_suspended: Vec<Option<Rule>>,
    pub track_collapses: Vec<Option<Rule>>,
    pub item_requires: Vec<Option<Rule>>,
    pub instrument_requires: Vec<Option<Rule>>,
    pub instrument_effects: Vec<Vec<Change>>,
    pub grievance: Vec<Option<Rule>>,
    pub coopted: Vec<Option<Rule>>,
    pub events: Vec<EventRule>,
    pub outcome: Vec<Option<Rule>>,
    pub counts: Vec<Vec<(Option<Rule>, u32)>>,
}

/// When an event fires and what it changes.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct EventRule {
    pub when: Option<Rule>,
    pub odds: Weight,
    pub repeats: bool,
    pub effects: Vec<Change>,
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
    fn of(world: &World) -> Self {
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
    /// Tracks on which a belligerent has a seat.
    pub tracks: Vec<TrackId>,
}

impl FrontTables {
    fn of(world: &World, id: FrontId) -> Self {
        let front = world.front(id);
        let spoilers = world.spoilers.iter().enumerate().filter(|(_, s)| s.fronts.contains(&id));
        let tracks = (0..world.tracks.len()).map(TrackId::new);
        let talks = |t: &TrackId| front.belligerents.iter().any(|p| world.seat_at(*p, *t).is_some());
        Self {
            spoilers: spoilers.map(|(k, _)| SpoilerId::new(k)).collect(),
            tracks: tracks.filter(talks).collect(),
        }
    }
}

/// The backers of a party.
pub(super) fn backers_of(world: &World, party: PartyId) -> impl Iterator<Item = BackerId> + '_ {
    let all = world.backers.iter().enumerate();
    all.filter(move |(_, b)| b.supports == party).map(|(k, _)| BackerId::new(k))
}

/// What a track's turns look up.
#[derive(Clone, Debug)]
pub struct TrackTables {
    /// Items in the order in which the agenda rule tables them.
    pub order: Vec<ItemId>,
    /// The decision rule over seats, counted within the track.
    pub consent: Consent,
    /// Whether some mediator of the track formulates.
    pub formulates: bool,
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
            None => majority(accepting, members),
        };
        overall
            && self.blocs.iter().all(|bloc| bloc & members == 0 || majority(accepting & bloc, members & bloc))
    }
}

fn majority(accepting: u32, members: u32) -> bool {
    2 * accepting.count_ones() > members.count_ones()
}

/// A party's own odds.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Firm, planned, flexible; sums to [`ONE`].
    pub mandate: [Weight; 3],
    /// Of going home to consult.
    pub consult: Weight,
}

/// Stable addresses for random draws: a hash of the agent's kind and id, so that they do not depend on the order
/// in which agents are listed.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Addresses {
    pub party: Vec<u64>,
    pub seat: Vec<u64>,
    pub mediator: Vec<u64>,
    pub track: Vec<u64>,
    pub item: Vec<u64>,
    pub instrument: Vec<u64>,
    pub front: Vec<u64>,
    pub spoiler: Vec<u64>,
    pub backer: Vec<u64>,
    pub observer: Vec<u64>,
    pub event: Vec<u64>,
}

/// The address of an agent: the first eight bytes of SHA-256 of `kind.id`.
pub fn address(kind: &str, id: &str) -> u64 {
    let digest = Sha256::new().chain_update(kind).chain_update(".").chain_update(id).finalize();
    u64::from_le_bytes(std::array::from_fn(|k| digest[k]))
}

/// The address of a draw that two agents share, such as one party's keeping of one instrument.
#[inline]
pub fn shared_address(first: u64, second: u64) -> u64 {
    first.rotate_left(29) ^ second
}

impl Model {
    /// Prepares a world for running.
    pub fn new(world: World) -> Self {
        let (layout, cells) = Layout::of(&world);
        let turns = Turn::schedule(&world);
        let ground = Ground { layout: &layout, cells: &cells, round_days: world.round_days };
        Self {
            turns,
            odds: Odds::of(&world.dynamics),
            worth: WorthTables::of(&world, &layout),
            rules: Rules::of(&world, ground),
            tracks: (0..world.tracks.len()).map(|t| TrackTables::of(&world, TrackId::new(t))).collect(),
            styles: world.mediators.iter().map(|m| style_weights(&m.style)).collect(),
            habits: (0..world.parties.len()).map(|p| Habits::of(&world, PartyId::new(p))).collect(),
            ratification: world.instruments.iter().map(|n| n.ratify.as_ref().map(ratification)).collect(),
            providers: Providers::of(&world),
            fronts: (0..world.fronts.len()).map(|f| FrontTables::of(&world, FrontId::new(f))).collect(),
            backers: (0..world.parties.len())
                .map(|p| {
                    backers_of(&world, PartyId::new(p)).map(|b| layout.cell(Quantity::Support(b))).collect()
                })
                .collect(),
            spoiler_odds: world.spoilers.iter().map(|s| weight(s.odds)).collect(),
            observer_odds: world.observers.iter().map(|o| weight(o.odds)).collect(),
            addresses: Addresses::of(&world),
            initial: cells.iter().map(|c| c.initial).collect(),
            layout,
            cells,
            world,
        }
    }

    /// The cell of a stored quantity.
    #[inline(always)]
    pub fn cell(&self, quantity: Quantity) -> Cell {
        self.layout.cell(quantity)
    }

    /// The name of a stored quantity's value: a level, a state, an option, a party, or the number.
    pub fn value_name(&self, quantity: Quantity, value: u8) -> String {
        super::names::value_name(&self.world, quantity, value)
    }
}

impl Rules {
    fn of(world: &World, ground: Ground) -> Self {
        let rule = |c: &Option<Condition>| c.as_ref().map(|c| Rule::of(c, ground));
        let changes = |e: &[Effect]| e.iter().map(|e| Change::of(e, ground)).collect::<Vec<_>>();
        Self {
            admitted: world.parties.iter().map(|p| rule(&p.admitted_when)).collect(),
            suspended: world.parties.iter().map(|p| rule(&p.suspended_when)).collect(),
            precondition: world.parties.iter().map(|p| rule(&p.precondition)).collect(),
            track_opens: world.tracks.iter().map(|t| rule(&t.opens_when)).collect(),
            track_suspended: world.tracks.iter().map(|t| rule(&t.suspended_when)).collect(),
            track_collapses: world.tracks.iter().map(|t| rule(&t.collapses_when)).collect(),
            item_requires: world.items.iter().map(|i| rule(&i.requires)).collect(),
            instrument_requires: world.instruments.iter().map(|n| rule(&n.requires)).collect(),
            instrument_effects: world.instruments.iter().map(|n| changes(&n.effects)).collect(),
            grievance: world.spoilers.iter().map(|s| rule(&s.grievance)).collect(),
            coopted: world.spoilers.iter().map(|s| rule(&s.coopted_when)).collect(),
            events: world
                .events
                .iter()
                .map(|e| EventRule {
                    when: rule(&e.when),
                    odds: weight(e.odds),
                    repeats: e.repeats,
                    effects: changes(&e.effects),
                })
                .collect(),
            outcome: world.outcomes.iter().map(|o| rule(&o.when)).collect(),
            counts: world
                .rewards
                .iter()
                .map(|r| r.counts.iter().map(|c| (rule(&c.when), c.add)).collect())
                .collect(),
        }
    }
}

impl TrackTables {
    fn of(world: &World, id: TrackId) -> Self {
        let track = world.track(id);
        let bit =
            |p: &PartyId| track.seats.iter().position(|s| world.seat(*s).party == *p).map_or(0, |k| 1 << k);
        let set = |list: &[PartyId]| list.iter().map(bit).sum::<u32>();
        let consent = match &track.rule {
            DecisionRule::Consensus => Consent { may_refuse: Some(0), vetoes: 0, blocs: Vec::new() },
            DecisionRule::AllBut { n, vetoes } => {
                Consent { may_refuse: Some(u32::from(*n)), vetoes: set(vetoes), blocs: Vec::new() }
            }
            DecisionRule::Majority => Consent { may_refuse: None, vetoes: 0, blocs: Vec::new() },
            DecisionRule::SufficientConsensus { blocs } => Consent {
                may_refuse: None,
                vetoes: 0,
                blocs: blocs.iter().map(|b| set(&b.members)).collect(),
            },
        };
        let formulate = Action::Formulate as usize;
        let formulates = track.mediators.iter().any(|m| world.mediator(*m).style[formulate] > 0.0);
        Self { order: tabling_order(world, id), consent, formulates }
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

/// For every set of feasible actions (as a bit set) their weights, summing to [`ONE`]; zero for the empty set.
fn style_weights(style: &[f64; 7]) -> Vec<[Weight; 7]> {
    (0..1u32 << style.len())
        .map(|set| {
            let masked: [f64; 7] = std::array::from_fn(|k| if set >> k & 1 == 1 { style[k] } else { 0.0 });
            normalised(&masked)
        })
        .collect()
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

/// Odds of passing and of being rejected; together at most certain.
fn ratification(ratify: &Ratification) -> [Weight; 2] {
    let passes = weight(ratify.passes);
    [passes, weight(ratify.rejects).min(ONE - passes)]
}

impl Habits {
    fn of(world: &World, party: PartyId) -> Self {
        let p = world.party(party);
        Self {
            mandate: normalised(&p.mandate.unwrap_or(world.dynamics.mandate)),
            consult: weight(p.consult.unwrap_or(world.dynamics.consult)),
        }
    }
}

impl Addresses {
    fn of(world: &World) -> Self {
        macro_rules! of {
            ($list:ident, $kind:literal) => {
                world.$list.iter().map(|a| address($kind, &a.name.id)).collect()
            };
        }
        let seat = |s: &super::Seat| {
            shared_address(
                address("party", &world.party(s.party).name.id),
                address("track", &world.track(s.track).name.id),
            )
        };
        Self {
            party: of!(parties, "party"),
            seat: world.seats.iter().map(seat).collect(),
            mediator: of!(mediators, "mediator"),
            track: of!(tracks, "track"),
            item: of!(items, "item"),
            instrument: of!(instruments, "instrument"),
            front: of!(fronts, "front"),
            spoiler: of!(spoilers, "spoiler"),
            backer: of!(backers, "backer"),
            observer: of!(observers, "observer"),
            event: of!(events, "event"),
        }
    }
}
