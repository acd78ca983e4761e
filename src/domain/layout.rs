//! Where each quantity of the state is kept: one byte a cell, with bounds.

use super::{
    Action, Course, EventState, FrontId, HEAVY, InstrumentState, ItemState, Level, Lifecycle, Mandate,
    MediatorState, ObserverState, Party, PartyId, Quantity, Reference, Reserve, SeatState, SpoilerState,
    Tactic, TacticKind, TrackId, TrackState, World, believed_deadline,
};

/// A place in the state.
pub type Cell = usize;

/// One cell: what it holds, its largest value and its value at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellInfo {
    /// What it holds.
    pub quantity: Quantity,
    /// Its largest value; the smallest is 0.
    pub max: u8,
    /// Its value at the start.
    pub initial: u8,
}

/// Marks a block that a scenario does not have.
const NONE: u16 = u16::MAX;

/// The first cell of every block. Cells on which the worth of settlements depends come first ([`Layout::worth_end`]): what hangs on
/// which of them [`Touch`](super::Touch) says.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    parties: u16,
    round: u16,
    deadline: u16,
    weariness: u16,
    pressure: u16,
    trust: u16,
    holder: u16,
    support: u16,
    item_state: u16,
    item_option: u16,
    guarantee: u16,
    worth_end: u16,
    outcome: u16,
    seat_state: u16,
    mandate: u16,
    audience: u16,
    capability: u16,
    optimism: Vec<u16>,
    reserve: Vec<u16>,
    conceded: Vec<u16>,
    stall: Vec<u16>,
    advanced: Vec<u16>,
    pressed_by: Vec<u16>,
    wronged: Vec<u16>,
    ceasefire: u16,
    mediator_state: u16,
    leverage: u16,
    credibility: u16,
    track_state: u16,
    imposed: u16,
    instrument_state: u16,
    breaches: u16,
    intensity: u16,
    spoiler_state: u16,
    blame: u16,
    strength: u16,
    exposure: u16,
    backer_pressure: u16,
    tolerance: u16,
    observer_state: u16,
    event_state: u16,
    progress: Vec<u16>,
    entered: Vec<u16>,
    rejected: Vec<u16>,
    profile: Vec<u16>,
    procedure: Vec<u16>,
    agreed_in: Vec<u16>,
    memory: Vec<u16>,
    tally: Vec<u16>,
    assent: Vec<u16>,
    offerer: Vec<u16>,
    draft: Vec<u16>,
    refused: Vec<u16>,
}

impl Layout {
    /// Lays out the state of a world; also returns its cells in order.
    pub fn of(world: &World) -> (Self, Vec<CellInfo>) {
        let mut layout = Self { parties: world.parties.len() as u16, ..Self::default() };
        let mut plan = Plan::default();
        layout.profile = plan.some(&world.parties, |k, p| {
            let kept = !p.profiles.is_empty();
            kept.then_some((Quantity::Profile(id(k)), p.profiles.len() as u8, 0))
        });
        layout.credit_cells(world, &mut plan);
        layout.aim_cells(world, &mut plan);
        layout.worth_end = plan.next();
        layout.party_cells(world, &mut plan);
        layout.talks_cells(world, &mut plan);
        layout.package_cells(world, &mut plan);
        layout.ground_cells(world, &mut plan);
        (layout, plan.cells)
    }

    /// What credit on settled items depends on.
    fn credit_cells(&mut self, world: &World, plan: &mut Plan) {
        use Quantity as Q;
        let n = world.parties.len();
        self.trust = plan.block((0..n * n).map(|k| {
            let (p, q) = (k / n, k % n);
            let trust = if p == q { Level::VeryHigh } else { world.parties[p].trust[q] };
            level(Q::Trust(id(p), id(q)), trust)
        }));
        self.item_state = plan.each(&world.items, |k, _| state(Q::ItemState(id(k)), ItemState::Dormant));
        self.item_option = plan.each(&world.items, |k, i| (Q::ItemOption(id(k)), i.options.len() as u8, 0));
        self.guarantee = plan.each(&world.items, |k, i| level(Q::Guarantee(id(k)), i.guarantee));
        self.instrument_state =
            plan.each(&world.instruments, |k, _| state(Q::InstrumentState(id(k)), InstrumentState::Drafting));
    }

    /// What alternatives and targets depend on.
    fn aim_cells(&mut self, world: &World, plan: &mut Plan) {
        use Quantity as Q;
        self.round = plan.block([(Q::Round, world.rounds, 1)]);
        self.deadline = plan.each(&world.tracks, |k, t| (Q::Deadline(id(k)), 200, t.deadline));
        self.weariness = plan.each(&world.parties, |k, p| level(Q::Weariness(id(k)), p.weariness));
        self.pressure = plan.each(&world.parties, |k, p| level(Q::Pressure(id(k)), p.pressure));
        let last_party = world.parties.len().saturating_sub(1) as u8;
        self.holder = plan.each(&world.fronts, |k, f| (Q::Holder(id(k)), last_party, f.holder.0));
        self.support = plan.each(&world.backers, |k, b| level(Q::Support(id(k)), b.support));
        self.capability = plan.each(&world.parties, |k, p| level(Q::Capability(id(k)), p.capability));
        self.optimism = plan.some(&world.parties, |k, p| {
            let kept = p.optimism > Level::VeryLow || world.writes(Q::Optimism(id(k)));
            kept.then(|| level(Q::Optimism(id(k)), p.optimism))
        });
        self.reserve =
            plan.some(&world.parties, |k, p| p.reserve.map(|_| (Q::Reserve(id(k)), 2, Reserve::EXPECTED)));
        self.conceded = plan.some(&world.tracks, |k, _| {
            keeps_time(world, id(k)).then_some((Q::Conceded(id(k)), 200, conceded_at_first(world, id(k))))
        });
        if counts_company(world) {
            self.seat_cells(world, plan);
        }
        self.agreed_in = (0..world.tracks.len())
            .map(|t| plan.block_if(world.discounts(id(t)), [(Q::AgreedIn(id(t)), world.rounds, 0)]))
            .collect();
        self.memory = memory_slots(world)
            .enumerate()
            .map(|(seat, slots)| match slots {
                0 => NONE,
                n if counts_offers(world, seat) => {
                    plan.block((0..n).map(|k| (Q::Memory(id(seat), k), u8::MAX, 0)))
                }
                n => plan.block((0..n).map(|k| (Q::Memory(id(seat), k), 100, if k == 0 { 100 } else { 0 }))),
            })
            .collect();
    }

    fn seat_cells(&mut self, world: &World, plan: &mut Plan) {
        self.seat_state = plan.each(&world.seats, |k, s| {
            let barred = world.party(s.party).admitted_when.is_some();
            state(Quantity::SeatState(id(k)), if barred { SeatState::Barred } else { SeatState::Seated })
        });
    }

    fn party_cells(&mut self, world: &World, plan: &mut Plan) {
        use Quantity as Q;
        self.outcome = plan.block([(Q::Outcome, world.outcomes.len() as u8, 0)]);
        if !counts_company(world) {
            self.seat_cells(world, plan);
        }
        self.mandate = plan.each(&world.seats, |k, _| (Q::Mandate(id(k)), 2, Mandate::Planned as u8));
        self.audience = plan.each(&world.parties, |k, p| level(Q::Audience(id(k)), p.audience));
        self.ceasefire = plan.each(&world.parties, |k, p| (Q::Ceasefire(id(k)), 1, u8::from(p.ceasefire)));
    }

    fn talks_cells(&mut self, world: &World, plan: &mut Plan) {
        use Quantity as Q;
        self.mediator_state =
            plan.each(&world.mediators, |k, _| state(Q::MediatorState(id(k)), MediatorState::Facilitating));
        self.leverage = plan.each(&world.mediators, |k, m| level(Q::Leverage(id(k)), m.leverage));
        self.credibility = plan.each(&world.mediators, |k, m| level(Q::Credibility(id(k)), m.credibility));
        self.track_state = plan.each(&world.tracks, |k, _| state(Q::TrackState(id(k)), TrackState::Pending));
        let stalls = world.dynamics.stalling.rise > 0.0 || world.dynamics.stalling.ripe > 0.0;
        let stalling = |t: usize| stalls || world.writes(Q::Stall(id(t)));
        self.stall = plan.some(&world.tracks, |k, _| stalling(k).then_some((Q::Stall(id(k)), Level::MAX, 0)));
        self.advanced = plan.some(&world.tracks, |k, _| stalling(k).then_some((Q::Advanced(id(k)), 1, 0)));
        self.imposed = plan.each(&world.items, |k, _| (Q::Imposed(id(k)), 1, 0));
        self.breaches = plan.each(&world.instruments, |k, _| (Q::Breaches(id(k)), 9, 0));
        self.progress = (0..world.instruments.len())
            .map(|n| match world.instruments[n].phases {
                0 => NONE,
                phases => {
                    plan.block((0..world.parties.len()).map(|p| (Q::Progress(id(n), id(p)), phases, 0)))
                }
            })
            .collect();
        self.rejected = plan.some(&world.instruments, |k, n| {
            let second = n.ratify.as_ref().is_some_and(|r| r.second.is_some());
            second.then_some((Q::Rejected(id(k)), 1, 0))
        });
        self.procedure = plan.some(&world.tracks, |k, t| t.turns.map(|_| (Q::Procedure(id(k)), 1, 0)));
        self.entered = plan
            .some(&world.instruments, |k, n| n.expires_after.map(|_| (Q::Entered(id(k)), world.rounds, 0)));
    }

    /// The standing offer of tracks that exchange whole packages, and the mediator's text.
    fn package_cells(&mut self, world: &World, plan: &mut Plan) {
        use Quantity as Q;
        let offers = |t: TrackId| world.track(t).procedure.course() == Course::Offers;
        let text =
            |t: TrackId| world.track(t).procedure.course() == Course::Text || world.track(t).turns.is_some();
        let counted = |t: TrackId| {
            let mut seats = world.track(t).seats.iter();
            offers(t) && seats.any(|s| counts_offers(world, s.at()))
        };
        self.offerer = (0..world.tracks.len())
            .map(|t| {
                plan.block_if(offers(id(t)), [(Q::Offerer(id(t)), world.tracks[t].seats.len() as u8, 0)])
            })
            .collect();
        self.assent = (0..world.seats.len())
            .map(|s| plan.block_if(offers(world.seats[s].track), [(Q::Assent(id(s)), 1, 0)]))
            .collect();
        self.tally = (0..world.seats.len())
            .map(|s| {
                let kept = counted(world.seats[s].track) && !counts_offers(world, s);
                plan.block_if(kept, (0..5).map(|k| (Q::Tally(id(s), k), u8::MAX, 0)))
            })
            .collect();
        self.draft = (0..world.items.len())
            .map(|i| {
                let track = world.track(world.items[i].track);
                let kept = track.procedure.whole() || track.turns.is_some();
                plan.block_if(kept, [(Q::Draft(id(i)), world.items[i].options.len() as u8, 0)])
            })
            .collect();
        self.refused = (0..world.items.len())
            .map(|i| plan.block_if(text(world.items[i].track), [(Q::Refused(id(i)), 1, 0)]))
            .collect();
    }

    fn ground_cells(&mut self, world: &World, plan: &mut Plan) {
        use Quantity as Q;
        self.intensity = plan.each(&world.fronts, |k, f| (Q::Intensity(id(k)), Level::MAX, f.intensity));
        let presses = world.dynamics.fighting.pressed();
        let parties = world.parties.len() as u8;
        self.pressed_by = plan.some(&world.fronts, |k, _| {
            let kept = presses || world.writes(Q::PressedBy(id(k)));
            // One more than a party can be: beaten back.
            kept.then(|| (Q::PressedBy(id(k)), parties + 1, presser_at_start(world, id(k))))
        });
        self.wronged = (0..world.parties.len())
            .map(|p| {
                let bytes = world.parties.len().div_ceil(8) as u8;
                let kept = remembers_wrongs(world, id(p));
                plan.block_if(kept, (0..bytes).map(|k| (Q::Wronged(id(p), k), u8::MAX, 0)))
            })
            .collect();
        self.spoiler_state = plan.each(&world.spoilers, |k, s| {
            state(Q::SpoilerState(id(k)), if s.active { SpoilerState::Active } else { SpoilerState::Quiet })
        });
        self.blame = plan.each(&world.spoilers, |k, _| (Q::Blame(id(k)), 1, 0));
        self.strength = plan.each(&world.spoilers, |k, s| level(Q::Strength(id(k)), s.strength));
        self.exposure = plan.each(&world.backers, |k, b| level(Q::Exposure(id(k)), b.exposure));
        self.backer_pressure = plan.each(&world.backers, |k, b| level(Q::BackerPressure(id(k)), b.pressure));
        self.tolerance = plan.each(&world.backers, |k, b| level(Q::Tolerance(id(k)), b.tolerance));
        self.observer_state =
            plan.each(&world.observers, |k, _| state(Q::ObserverState(id(k)), ObserverState::Silent));
        self.event_state = plan.each(&world.events, |k, _| state(Q::EventState(id(k)), EventState::Waiting));
    }

    /// The cell of a stored quantity.
    ///
    /// # Panics
    /// For a derived quantity, and for one that its agent does not keep (memory, progress, an offer).
    #[inline(always)]
    pub fn cell(&self, quantity: Quantity) -> Cell {
        use Quantity as Q;
        match quantity {
            Q::Round => at(self.round, 0),
            Q::Outcome => at(self.outcome, 0),
            Q::SeatState(s) => at(self.seat_state, s.at()),
            Q::Mandate(s) => at(self.mandate, s.at()),
            Q::Tally(s, k) => at(self.tally[s.at()], k as usize),
            Q::Assent(s) => at(self.assent[s.at()], 0),
            Q::Offerer(t) => at(self.offerer[t.at()], 0),
            Q::AgreedIn(t) => at(self.agreed_in[t.at()], 0),
            Q::Draft(i) => at(self.draft[i.at()], 0),
            Q::Refused(i) => at(self.refused[i.at()], 0),
            Q::Memory(s, k) => at(self.memory[s.at()], k as usize),
            Q::Weariness(p) => at(self.weariness, p.at()),
            Q::Pressure(p) => at(self.pressure, p.at()),
            Q::Audience(p) => at(self.audience, p.at()),
            Q::Capability(p) => at(self.capability, p.at()),
            Q::Optimism(p) => at(self.optimism[p.at()], 0),
            Q::Reserve(p) => at(self.reserve[p.at()], 0),
            Q::Conceded(t) => at(self.conceded[t.at()], 0),
            Q::Stall(t) => at(self.stall[t.at()], 0),
            Q::Advanced(t) => at(self.advanced[t.at()], 0),
            Q::PressedBy(f) => at(self.pressed_by[f.at()], 0),
            Q::Wronged(p, k) => at(self.wronged[p.at()], k as usize),
            Q::Ceasefire(p) => at(self.ceasefire, p.at()),
            Q::Trust(p, q) => at(self.trust, p.at() * self.parties as usize + q.at()),
            Q::MediatorState(m) => at(self.mediator_state, m.at()),
            Q::Leverage(m) => at(self.leverage, m.at()),
            Q::Credibility(m) => at(self.credibility, m.at()),
            Q::TrackState(t) => at(self.track_state, t.at()),
            Q::Deadline(t) => at(self.deadline, t.at()),
            Q::ItemState(i) => at(self.item_state, i.at()),
            Q::ItemOption(i) => at(self.item_option, i.at()),
            Q::Imposed(i) => at(self.imposed, i.at()),
            Q::Guarantee(i) => at(self.guarantee, i.at()),
            Q::InstrumentState(n) => at(self.instrument_state, n.at()),
            Q::Breaches(n) => at(self.breaches, n.at()),
            Q::Progress(n, p) => at(self.progress[n.at()], p.at()),
            Q::Entered(n) => at(self.entered[n.at()], 0),
            Q::Rejected(n) => at(self.rejected[n.at()], 0),
            Q::Profile(p) => at(self.profile[p.at()], 0),
            Q::Procedure(t) => at(self.procedure[t.at()], 0),
            Q::Holder(f) => at(self.holder, f.at()),
            Q::Intensity(f) => at(self.intensity, f.at()),
            Q::SpoilerState(s) => at(self.spoiler_state, s.at()),
            Q::Blame(s) => at(self.blame, s.at()),
            Q::Strength(s) => at(self.strength, s.at()),
            Q::Support(b) => at(self.support, b.at()),
            Q::Exposure(b) => at(self.exposure, b.at()),
            Q::BackerPressure(b) => at(self.backer_pressure, b.at()),
            Q::Tolerance(b) => at(self.tolerance, b.at()),
            Q::ObserverState(o) => at(self.observer_state, o.at()),
            Q::EventState(e) => at(self.event_state, e.at()),
            Q::Date
            | Q::Alternative(_)
            | Q::Points(_)
            | Q::Ripe(_)
            | Q::Settled(_)
            | Q::ItemSettled(_)
            | Q::SignedEver(_) => panic!("a derived quantity has no cell"),
        }
    }

    /// Whether a quantity has a cell: some agents keep only what their scenario makes use of. One that is not kept never moves.
    #[inline(always)]
    pub fn keeps(&self, quantity: Quantity) -> bool {
        use Quantity as Q;
        let base = match quantity {
            Q::Optimism(p) => self.optimism[p.at()],
            Q::Reserve(p) => self.reserve[p.at()],
            Q::Conceded(t) => self.conceded[t.at()],
            Q::Stall(t) => self.stall[t.at()],
            Q::Advanced(t) => self.advanced[t.at()],
            Q::PressedBy(f) => self.pressed_by[f.at()],
            Q::Wronged(p, _) => self.wronged[p.at()],
            Q::Entered(n) => self.entered[n.at()],
            Q::Rejected(n) => self.rejected[n.at()],
            Q::Profile(p) => self.profile[p.at()],
            Q::Procedure(t) => self.procedure[t.at()],
            other => return !other.derived(),
        };
        base != NONE
    }

    /// Cells below this one decide the seats' credit, alternatives and targets.
    #[inline(always)]
    pub fn worth_end(&self) -> Cell {
        self.worth_end as usize
    }
}

#[inline(always)]
fn at(base: u16, offset: usize) -> Cell {
    base as usize + offset
}

/// How many bytes of memory the tactic of each seat keeps.
fn memory_slots(world: &World) -> impl Iterator<Item = u8> + '_ {
    world.seats.iter().map(|s| {
        let tactic = &world.party(s.party).tactic;
        match (&tactic.kind, tactic.imitates()) {
            (TacticKind::Micro, _) => 2,
            (_, Some((_, window, _))) => 2 + window,
            _ => 0,
        }
    })
}

/// Whether a track remembers how far time has brought its parties: where a soft deadline that is not wholly believed comes, or may
/// come to be, before the long run.
fn keeps_time(world: &World, id: TrackId) -> bool {
    let track = world.track(id);
    let deadline_moves = world.writes(Quantity::Deadline(id))
        || track.mediators.iter().any(|m| world.mediator(*m).style[Action::SetDeadline as usize] > 0.0);
    world.belief(id) < 1.0 && (track.deadline < world.long_run(id) || deadline_moves)
}

/// How far the parties of a track have come in the first round, in 1/200.
fn conceded_at_first(world: &World, id: TrackId) -> u8 {
    let deadline = believed_deadline(world.track(id).deadline, world.long_run(id), world.belief(id), 0);
    libm::round(200.0 / deadline.max(1.0)) as u8
}

/// Who presses at a front that starts in heavy fighting: the strongest belligerent against the holder that observes no ceasefire, the
/// one listed first of several; 0 for nobody, then 1 + its place.
fn presser_at_start(world: &World, id: FrontId) -> u8 {
    let front = world.front(id);
    if front.intensity < HEAVY {
        return 0;
    }
    let start = Reference::of(world);
    let against = |p: &&PartyId| !world.sides_with(front.holder, **p) && !world.party(**p).ceasefire;
    let strength = |p: &&PartyId| start.strength(world, **p);
    // `rev` makes ties go to the one listed first.
    front.belligerents.iter().filter(against).rev().max_by_key(strength).map_or(0, |p| p.0 + 1)
}

/// Whether it is remembered within a round whom a party has wronged: where keeping promises builds trust, or where two texts bind it
/// to the same other party.
fn remembers_wrongs(world: &World, id: PartyId) -> bool {
    let binding = || world.instruments.iter().filter(|n| n.obliges.contains(&id) && n.obliges.len() > 1);
    let twice = || {
        let others = (0..world.parties.len()).map(PartyId::new).filter(|q| *q != id);
        others.into_iter().any(|q| binding().filter(|n| n.obliges.contains(&q)).nth(1).is_some())
    };
    binding().next().is_some() && (world.dynamics.compliance.kept > 0.0 || twice())
}

/// Whether somebody's target depends on who is at the table.
fn counts_company(world: &World) -> bool {
    world.parties.iter().flat_map(Party::tactics).any(Tactic::counts_company)
}

/// Whether a seat's tactic counts offers.
fn counts_offers(world: &World, seat: usize) -> bool {
    world.party(world.seats[seat].party).tactic.kind == TacticKind::Micro
}

type Row = (Quantity, u8, u8);

fn level(quantity: Quantity, initial: Level) -> Row {
    (quantity, Level::MAX, initial as u8)
}

fn state<S: Lifecycle>(quantity: Quantity, initial: S) -> Row {
    (quantity, S::ALL.len() as u8 - 1, initial.number())
}

/// Makes an id from an index.
fn id<I: From<usize>>(index: usize) -> I {
    I::from(index)
}

#[derive(Default)]
struct Plan {
    cells: Vec<CellInfo>,
}

impl Plan {
    fn next(&self) -> u16 {
        self.cells.len() as u16
    }

    fn block(&mut self, rows: impl IntoIterator<Item = Row>) -> u16 {
        let base = self.next();
        self.cells.extend(rows.into_iter().map(|(quantity, max, initial)| CellInfo {
            quantity,
            max,
            initial,
        }));
        base
    }

    /// A block that only some agents have.
    fn block_if(&mut self, kept: bool, rows: impl IntoIterator<Item = Row>) -> u16 {
        if kept { self.block(rows) } else { NONE }
    }

    /// A block for each agent that keeps one.
    fn some<T>(&mut self, agents: &[T], row: impl Fn(usize, &T) -> Option<Row>) -> Vec<u16> {
        agents
            .iter()
            .enumerate()
            .map(|(k, agent)| row(k, agent).map_or(NONE, |row| self.block([row])))
            .collect()
    }

    fn each<T>(&mut self, agents: &[T], row: impl Fn(usize, &T) -> Row) -> u16 {
        self.block(agents.iter().enumerate().map(|(k, agent)| row(k, agent)))
    }
}
