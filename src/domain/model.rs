//! A scenario ready to run: the world with everything that can be computed beforehand.

use std::sync::Arc;

use super::layout::{Cell, CellInfo, Layout};
use super::odds::Odds;
use super::rule::Ground;
use super::tables::{RatificationOdds, Set, set, share, style_weights};
use super::worth::WorthTables;
use super::{
    Action, Addresses, Course, FrontId, FrontTables, Habits, Packages, PartyId, Providers, Quantity, Rules,
    SeatId, Span, Touch, TrackId, TrackTables, Turn, Weight, World, weight,
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
    /// By round: how its days stand to those that odds are for; the first is no round.
    pub spans: Vec<Span>,
    /// The odds of the rules.
    pub odds: Odds,
    /// What settlements are worth.
    pub worth: WorthTables,
    /// For each cell from which anything that a state remembers follows, what hangs on it.
    pub touches: Arc<[Touch]>,
    /// Compiled conditions and effects.
    pub rules: Rules,
    /// Per track: order of tabling, decision rule, chair.
    pub tracks: Vec<TrackTables>,
    /// Per track: its packages, where the parties exchange whole ones.
    pub packages: Vec<Option<Packages>>,
    /// Per mediator: the weights of its actions for every set of feasible ones.
    pub styles: Vec<Vec<[Weight; Action::COUNT]>>,
    /// Per mediator: the odds that it guarantees something where it can.
    pub guarantees: Vec<Weight>,
    /// Odds of firm, planned and flexible mandates, and of consulting, per party.
    pub habits: Vec<Habits>,
    /// Odds that an instrument passes and is rejected each round, where it must be ratified.
    pub ratification: Vec<Option<RatificationOdds>>,
    /// Per party: pressure on it as the file begins.
    pub pressure: Vec<u8>,
    /// Per party: the odds of a weak, an expected and a strong reserve, where it has one.
    pub reserves: Vec<Option<[Weight; 3]>>,
    /// Which instruments provide what.
    pub providers: Providers,
    /// Per front: who fights there besides its belligerents, and what they talk about.
    pub fronts: Vec<FrontTables>,
    /// Per instrument: whom it obliges, as a bit set.
    pub obliged: Vec<Set>,
    /// Per party: its seats.
    pub seats: Vec<Vec<SeatId>>,
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

impl Model {
    /// The turns of all rounds together.
    pub fn all_turns(&self) -> usize {
        self.turns.len() * usize::from(self.world.rounds)
    }

    /// Prepares a world for running.
    pub fn new(world: World) -> Self {
        let (layout, cells) = Layout::of(&world);
        let turns = Turn::schedule(&world);
        let worth = WorthTables::of(&world, &layout);
        let packages = (0..world.tracks.len()).map(TrackId::new).map(|t| {
            let offers = world.track(t).procedure.course() == Course::Offers;
            offers.then(|| Packages::of(&world, &worth, t))
        });
        let packages = packages.collect();
        let ground = Ground { layout: &layout, cells: &cells, world: &world };
        let spans = (0..=world.rounds).map(|r| Span::of(world.days_of(r), world.odds_days())).collect();
        Self {
            turns,
            spans,
            odds: Odds::of(&world.dynamics),
            touches: Touch::table(&world, &layout, &cells, &worth).into(),
            worth,
            packages,
            rules: Rules::of(&world, ground),
            tracks: (0..world.tracks.len()).map(|t| TrackTables::of(&world, TrackId::new(t))).collect(),
            styles: world.mediators.iter().map(|m| style_weights(&m.style)).collect(),
            guarantees: world.mediators.iter().map(|m| share(&m.style, Action::Guarantee)).collect(),
            habits: (0..world.parties.len()).map(|p| Habits::of(&world, PartyId::new(p))).collect(),
            ratification: world
                .instruments
                .iter()
                .map(|n| n.ratify.as_ref().map(RatificationOdds::of))
                .collect(),
            providers: Providers::of(&world),
            fronts: (0..world.fronts.len()).map(|f| FrontTables::of(&world, FrontId::new(f))).collect(),
            obliged: world.instruments.iter().map(|n| set(&n.obliges)).collect(),
            seats: (0..world.parties.len()).map(|p| world.seats_of(PartyId::new(p)).collect()).collect(),
            pressure: world.reference().parties.iter().map(|p| p.pressure as u8).collect(),
            reserves: world.parties.iter().map(|p| p.reserve.map(|r| r.odds.map(weight))).collect(),
            backers: (0..world.parties.len())
                .map(|p| {
                    world.backers_of(PartyId::new(p)).map(|b| layout.cell(Quantity::Support(b))).collect()
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

    /// What compiling a condition needs to know.
    pub fn ground(&self) -> Ground<'_> {
        Ground { layout: &self.layout, cells: &self.cells, world: &self.world }
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
