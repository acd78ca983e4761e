//! Visits every alternative of every choice in a turn, by replaying the turn with all prefixes of picks.

use std::fmt::Debug;

use crate::agents::{take_turn, take_turn_with};
use crate::domain::{Model, ONE, RewardId, Turn, Weight};
use crate::drivers::decider::Decider;
use crate::kernel::{Chooser, Chronicle, Counting, Entry, Site, State, What};

use super::mass::Mass;

/// Set in the weight of an alternative that is open to whoever decides; the rule's own odds stand below it.
const OPEN: Weight = 1 << 63;

/// Follows picks made before, then takes the first possible alternative of each further choice.
#[derive(Clone, Debug, Default)]
pub struct Branches<'a> {
    picks: Vec<Pick>,
    weights: Vec<Weight>,
    at: usize,
    minds: Option<Minds<'a>>,
    /// The state before the turn, for a policy that asks for it, and what the policy remembers beside it.
    cells: Vec<u8>,
    memory: u64,
    forced: &'a [(Site, usize)],
    gone: Gone,
}

/// What came of the way just gone, beside the state that it leads to.
#[derive(Clone, Debug, Default)]
pub struct Gone {
    /// What counted rewards grew by.
    pub earned: Vec<(RewardId, u32)>,
    /// What a policy remembers after it.
    pub memory: u64,
    /// What happened, for a policy that heeds it.
    happened: Vec<Entry>,
}

impl Chronicle for Gone {
    fn note(&mut self, _turn: Turn, entry: Entry) {
        self.happened.push(entry);
    }

    fn count(&mut self, reward: RewardId, add: u32) {
        self.earned.push((reward, add));
    }
}

/// Agents whose decisions are not left to the odds of the scenario.
#[derive(Clone, Copy, Debug)]
pub struct Minds<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The agents.
    pub deciders: &'a [Decider],
    /// Where given, decisions are not open: they are made as this says, where that is possible, and where it says nothing they are
    /// left to the odds of the scenario.
    pub policy: Option<&'a dyn Policy>,
}

/// A given way of deciding.
pub trait Policy: Debug + Sync {
    /// What is picked at a site, if this says so: in the state before the turn, with what this remembers beside it, after these picks
    /// in the same turn.
    fn pick(
        &self,
        site: Site,
        known: (&[u8], u64),
        earlier: &mut dyn Iterator<Item = usize>,
    ) -> Option<usize>;
    /// Whether it decides a choice of an agent that a study leaves to the rule: what a mediator takes up, what a party answers it.
    fn also(&self, _model: &Model, _who: Decider, _site: Site) -> bool {
        false
    }
    /// Whether it is asked for every choice that it decides, also where it then says nothing. Else its answer tells whether it is.
    fn asked_always(&self) -> bool {
        false
    }
    /// Bits that it remembers beside the state, of what no state tells.
    fn width(&self) -> usize {
        0
    }
    /// What it remembers after a turn in which this happened; only asked where it remembers anything.
    fn heed(&self, memory: u64, _happened: &[Entry]) -> u64 {
        memory
    }
    /// With what memory the next round begins.
    fn next_round(&self, memory: u64) -> u64 {
        memory
    }
}

/// Decisions of these kinds are always made so.
#[derive(Clone, Copy, Debug)]
pub struct Always<'a>(pub &'a [(What, usize)]);

impl Policy for Always<'_> {
    fn pick(
        &self,
        site: Site,
        _known: (&[u8], u64),
        _earlier: &mut dyn Iterator<Item = usize>,
    ) -> Option<usize> {
        self.0.iter().find(|habit| habit.0 == site.what).map(|habit| habit.1)
    }
}

/// What becomes of a choice.
enum Fate {
    /// Chance decides by the scenario's odds.
    Odds,
    /// It is open to this agent.
    Open(By, Decider),
    /// It is made so where that is possible.
    Given(usize, Decider),
}

/// One choice on the way: where its weights stand, which is picked, and who decides.
#[derive(Clone, Copy, Debug)]
struct Pick {
    start: u32,
    pick: u32,
    by: By,
}

/// Who decides a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Chance.
    Chance,
    /// One of the agents whose decisions are left open, by its place in their list, and where it decides.
    Decider(usize, Site),
}

/// What lies behind the alternatives of a choice: each pick with its weight and its value. Where an agent decides, the weights
/// are the odds that its rule gives, 0 included.
pub type Alternatives<V> = Vec<(usize, Weight, V)>;

impl Chooser for Branches<'_> {
    #[inline]
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        if self.at == self.picks.len() {
            let start = self.weights.len() as u32;
            let by = self.extend(site, weights);
            let first = self.weights[start as usize..].iter().position(|w| *w > 0).unwrap_or(0);
            self.picks.push(Pick { start, pick: first as u32, by });
        }
        self.at += 1;
        self.picks[self.at - 1].pick as usize
    }

    #[inline]
    fn takes(&self, site: Site) -> bool {
        self.forced(site).is_some() || self.asked(site)
    }
}

impl<'a> Branches<'a> {
    /// Leaves decisions to agents.
    pub fn of(minds: Minds<'a>) -> Self {
        Self { minds: Some(minds), ..Self::default() }
    }

    /// Takes these picks for certain, even where the odds are zero, and leaves everything else to chance.
    pub fn forcing(forced: &'a [(Site, usize)]) -> Self {
        Self { forced, ..Self::default() }
    }

    /// Who decides a choice, by the place in the list, where it is not left to the odds.
    fn owner(&self, site: Site) -> Option<(Minds<'a>, usize)> {
        let minds = self.minds?;
        let also = |d: &Decider| minds.policy.is_some_and(|p| p.also(minds.model, *d, site));
        let owner = minds.deciders.iter().position(|d| d.owns(minds.model, site) || also(d))?;
        Some((minds, owner))
    }

    fn asked(&self, site: Site) -> bool {
        let Some((minds, owner)) = self.owner(site) else { return false };
        minds.policy.is_some_and(Policy::asked_always)
            || !matches!(self.decided(minds, owner, site), Fate::Odds)
    }

    fn fate(&self, site: Site) -> Fate {
        self.owner(site).map_or(Fate::Odds, |(minds, owner)| self.decided(minds, owner, site))
    }

    /// What becomes of a choice that is an agent's.
    fn decided(&self, minds: Minds<'a>, owner: usize, site: Site) -> Fate {
        let Some(policy) = minds.policy else {
            return Fate::Open(By::Decider(owner, site), minds.deciders[owner]);
        };
        let earlier = &mut self.picks[..self.at].iter().map(|p| p.pick as usize);
        let given = policy.pick(site, (&self.cells, self.memory), earlier);
        given.map_or(Fate::Odds, |pick| Fate::Given(pick, minds.deciders[owner]))
    }

    /// Before the first way through a turn.
    fn begin(&mut self, base: &[u8]) {
        self.clear();
        if self.minds.is_some_and(|m| m.policy.is_some()) {
            self.cells.clear();
            self.cells.extend_from_slice(base);
        }
    }

    fn forced(&self, site: Site) -> Option<usize> {
        self.forced.iter().find(|f| f.0 == site).map(|f| f.1)
    }

    /// What the policy remembers before the turns that are taken from now on.
    pub(super) fn recall(&mut self, memory: u64) {
        self.memory = memory;
    }

    /// Takes a turn as the picks say. The kernel is compiled for it here, once; a policy that heeds what happens has it told as well.
    #[inline(never)]
    fn take_turn(&mut self, model: &Model, state: &mut State, turn: Turn) {
        let mut gone = std::mem::take(&mut self.gone);
        gone.earned.clear();
        match self.minds.and_then(|m| m.policy).filter(|policy| policy.width() > 0) {
            None => {
                let count = |reward, add| gone.earned.push((reward, add));
                take_turn_with(model, state, turn, self, &mut Counting(count));
            }
            Some(policy) => {
                gone.happened.clear();
                take_turn(model, state, turn, self, &mut gone);
                gone.memory = policy.heed(self.memory, &gone.happened);
            }
        }
        self.gone = gone;
    }

    /// What came of the way just gone.
    pub(super) fn gone(&self) -> &Gone {
        &self.gone
    }

    /// Notes the weights of a choice, and who decides it.
    #[inline]
    fn extend(&mut self, site: Site, weights: &[Weight]) -> By {
        if let Some(pick) = self.forced(site) {
            self.weights.extend((0..weights.len()).map(|k| if k == pick { ONE } else { 0 }));
            return By::Chance;
        }
        let fate = self.fate(site);
        let model = self.minds.map(|m| m.model);
        let open = |who: Decider, (pick, weight): (usize, &Weight)| {
            model.is_some_and(|model| who.open(model, site, pick, *weight))
        };
        match fate {
            Fate::Given(pick, who) if weights.get(pick).is_some_and(|w| open(who, (pick, w))) => {
                self.weights.extend((0..weights.len()).map(|k| if k == pick { ONE } else { 0 }));
                By::Chance
            }
            Fate::Odds | Fate::Given(..) => {
                self.weights.extend_from_slice(weights);
                By::Chance
            }
            Fate::Open(by, who) => {
                let weigh = |place: (usize, &Weight)| if open(who, place) { place.1 | OPEN } else { 0 };
                self.weights.extend(weights.iter().enumerate().map(weigh));
                by
            }
        }
    }

    fn clear(&mut self) {
        self.picks.clear();
        self.weights.clear();
        self.at = 0;
    }

    /// Moves to the next combination of picks; `false` when all have been visited.
    fn advance(&mut self) -> bool {
        self.at = 0;
        while let Some(last) = self.picks.last_mut() {
            let alternatives = &self.weights[last.start as usize..];
            let next = (last.pick as usize + 1..alternatives.len()).find(|k| alternatives[*k] > 0);
            if let Some(next) = next {
                last.pick = next as u32;
                return true;
            }
            self.weights.truncate(last.start as usize);
            self.picks.pop();
        }
        false
    }

    /// What of a mass goes this way.
    #[inline]
    fn part<M: Mass>(&self, mass: &M) -> M {
        let mut part = mass.clone();
        for pick in &self.picks {
            let weight = self.weights[(pick.start + pick.pick) as usize];
            // Whoever decides may decide so for certain.
            part = part.part(if weight & OPEN == 0 { weight } else { ONE });
        }
        part
    }

    /// The picks of this way, in order.
    pub fn picks(&self) -> impl Iterator<Item = usize> + '_ {
        self.picks.iter().map(|p| p.pick as usize)
    }

    /// Takes a turn from `base` in every way it can go, and works out what it comes to: `leaf` values each state it leads to, given
    /// what else came of the way, `choice` each choice on the way, from what its alternatives come to. A choice is valued after all that lie behind it;
    /// it is given the picks before it.
    pub fn fold<V>(
        &mut self,
        (model, turn): (&Model, Turn),
        state: &mut State,
        base: &[u8],
        mut leaf: impl FnMut(&mut State, &Gone) -> V,
        mut choice: impl FnMut(By, &mut dyn Iterator<Item = usize>, Alternatives<V>) -> V,
    ) -> V {
        self.begin(base);
        let mut behind: Vec<Alternatives<V>> = Vec::new();
        loop {
            state.restore(base);
            self.take_turn(model, state, turn);
            behind.resize_with(self.picks.len(), Vec::new);
            let mut value = leaf(state, &self.gone);
            self.at = 0;
            loop {
                let Some(last) = self.picks.last_mut() else { return value };
                let alternatives = &self.weights[last.start as usize..];
                let pick = last.pick as usize;
                let depth = behind.len() - 1;
                behind[depth].push((pick, alternatives[pick] & !OPEN, value));
                let next = (pick + 1..alternatives.len()).find(|k| alternatives[*k] > 0);
                if let Some(next) = next {
                    last.pick = next as u32;
                    break;
                }
                let (start, by) = (last.start as usize, last.by);
                self.weights.truncate(start);
                self.picks.pop();
                let all = behind.pop().unwrap_or_default();
                value = choice(by, &mut self.picks.iter().map(|p| p.pick as usize), all);
            }
        }
    }

    /// Takes a turn from `base` in every way it can go, and shows each state it leads to with its part of the mass. `each` says
    /// whether to go on; where it does not and there are ways left, `false`: they are gone when this is called again, `begun`.
    #[inline]
    pub(super) fn visit<M: Mass>(
        &mut self,
        (model, turn): (&Model, Turn),
        state: &mut State,
        (base, begun): (&[u8], bool),
        mass: &M,
        mut each: impl FnMut(&Self, &mut State, M) -> bool,
    ) -> bool {
        if !begun {
            self.begin(base);
        }
        loop {
            state.restore(base);
            self.take_turn(model, state, turn);
            let go_on = each(self, state, self.part(mass));
            if !self.advance() {
                return true;
            }
            if !go_on {
                return false;
            }
        }
    }
}
