//! What a change does: outcomes with and without it, the pairs whose outcome it flips, and what led there.

mod types;

use serde::{Deserialize, Serialize};

use crate::domain::{Action, Model, Turn};
use crate::drivers::{Sampler, record_turn};
use crate::kernel::{Entry, State};

use super::Held;
use super::pairs::{Milestone, Pair, PairCounts, Player};
use super::statistics::paired::Pairs;

pub use types::{MeasureShift, OutcomeShift, Shift, TypeEffect};

/// How the interval of a difference of paired shares is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Method {
    /// Newcombe's, from the two Wilson intervals: quick, and close to its level.
    #[default]
    Newcombe,
    /// Tango's, by inverting the score test.
    Tango,
}

/// How differences are estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// One less the level of the intervals.
    pub alpha: f64,
    /// How the interval of a difference is computed.
    pub method: Method,
}

/// What changes are ranked by, and what is said of combinations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// The share of pairs whose outcome flips.
    #[default]
    Flips,
    /// The outcome at this place.
    Outcome(usize),
    /// The condition at this place.
    Measure(usize, Held),
}

/// A share with and without the change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Share of pairs in which it is so as the scenario stands, 0..=1.
    pub baseline: f64,
    /// Share in which it is so with the change.
    pub changed: f64,
    /// Changed less baseline.
    pub difference: f64,
    /// Lower end of the interval for the difference.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// McNemar's exact two-sided p.
    pub p: f64,
    /// The same, adjusted by Holm: see [`super::family`]. `None` where it is not tested.
    pub p_adjusted: Option<f64>,
}

impl Difference {
    /// From pairs in which it is so in both, in the baseline alone, in the variant alone, in neither.
    pub fn of([both, baseline, changed, neither]: [u64; 4], estimate: Estimate) -> Self {
        // The difference is first less second: the changed world comes first.
        let pairs = Pairs { both, first_only: changed, second_only: baseline, neither };
        let interval = match estimate.method {
            Method::Newcombe => pairs.newcombe(estimate.alpha),
            Method::Tango => pairs.tango(estimate.alpha),
        };
        Self {
            baseline: pairs.second().share().unwrap_or(0.0),
            changed: pairs.first().share().unwrap_or(0.0),
            difference: pairs.difference().unwrap_or(0.0),
            low: interval.low,
            high: interval.high,
            p: pairs.mcnemar().exact,
            p_adjusted: None,
        }
    }
}

/// A condition of one's own with and without the change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureEffect {
    /// The condition as written.
    pub condition: String,
    /// Whether it held at the end of some round.
    pub ever: Difference,
    /// Whether it held at the end of the last round. After an early end the last state counts.
    pub last: Difference,
}

/// One outcome with and without the change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeEffect {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Share of pairs in which the scenario as it stands ends so, 0..=1.
    pub baseline: f64,
    /// Share in which the changed one does.
    pub changed: f64,
    /// Changed less baseline.
    pub difference: f64,
    /// Lower end of the interval for the difference.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// McNemar's exact two-sided p.
    pub p: f64,
    /// The same, adjusted by Holm: see [`super::family`]. `None` where it is not tested.
    pub p_adjusted: Option<f64>,
}

impl OutcomeEffect {
    /// Whether the outcome comes about in any pair, in either world.
    pub fn occurs(&self) -> bool {
        self.baseline > 0.0 || self.changed > 0.0
    }

    /// Its figures alone.
    pub fn difference(&self) -> Difference {
        let Self { baseline, changed, difference, low, high, p, p_adjusted, .. } = *self;
        Difference { baseline, changed, difference, low, high, p, p_adjusted }
    }
}

/// A milestone and in how many pairs one of the two worlds alone reached it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reached {
    /// What kind of milestone.
    pub what: &'static str,
    /// The id of its agent (for walk-outs, the party's; see `track`).
    pub id: String,
    /// The track, for walk-outs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// Who broke it, for breaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// In how many pairs.
    pub pairs: u64,
    /// The milestone itself.
    #[serde(skip)]
    pub milestone: Milestone,
}

/// The pairs that end in one outcome as things stand and in another with the change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flip {
    /// Place of the outcome as things stand.
    #[serde(skip)]
    pub from: usize,
    /// Place of the outcome with the change.
    #[serde(skip)]
    pub to: usize,
    /// Their ids.
    pub outcomes: [String; 2],
    /// How many pairs.
    pub pairs: u64,
    /// The turn in which most of them part: its kind, its agent, how many pairs.
    pub parts: (&'static str, String, u64),
    /// That turn. Where a change adds seats, that of a seat may stand at a place of the changed scenario: its party is
    /// named in `parts`.
    #[serde(skip)]
    pub turn: Turn,
    /// Mean round in which they part.
    pub round: f64,
    /// What the changed world alone reached, most often first.
    pub gained: Vec<Reached>,
    /// What the unchanged world alone reached.
    pub lost: Vec<Reached>,
    /// A run that shows it: the first that parts in that turn and gains the commonest milestone of those that any such
    /// run gains.
    pub example: u32,
    /// What that run shows; there once [`show`] has looked.
    pub shown: Option<Shown>,
}

/// What one run shows of a flip, so that it can be checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// The round in which its two worlds part.
    pub round: u8,
    /// The kind of the turn in which they do.
    pub turn: &'static str,
    /// The agent whose turn it is; empty for the end of a round.
    pub agent: String,
    /// Every milestone that the changed world alone reaches.
    pub gained: Vec<Reached>,
    /// Every milestone that the unchanged world alone reaches.
    pub lost: Vec<Reached>,
    /// Where they part over what a mediator did: its action in the unchanged and in the changed world, if any.
    pub actions: Option<[Option<Action>; 2]>,
    /// The turn itself, as in [`Flip::turn`].
    #[serde(skip)]
    pub at: Turn,
}

/// What one change does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The what-if's id.
    pub id: String,
    /// How many pairs.
    pub pairs: u64,
    /// Pairs whose worlds part at all.
    pub parted: u64,
    /// Pairs whose outcome changes.
    pub flipped: u64,
    /// Outcomes in the order of the scenario.
    pub outcomes: Vec<OutcomeEffect>,
    /// Flips, the commonest first.
    pub flips: Vec<Flip>,
    /// Conditions of one's own, in the order in which they were asked.
    pub measures: Vec<MeasureEffect>,
    /// The same for every type of reserves that the scenario as it stands drew in some pair, first of each party by
    /// itself. Empty where nobody has a reserve.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reserves: Vec<TypeEffect>,
}

impl Effect {
    /// What it does to a subject; `None` for flips, which are no difference.
    pub fn on(&self, subject: Subject) -> Option<Difference> {
        match subject {
            Subject::Flips => None,
            Subject::Outcome(o) => Some(self.outcomes[o].difference()),
            Subject::Measure(m, Held::Ever) => Some(self.measures[m].ever),
            Subject::Measure(m, Held::Last) => Some(self.measures[m].last),
        }
    }

    /// What is told of it for every type of reserves: the subject, or where none was chosen the outcome that it moves most.
    pub fn foremost(&self, subject: Subject) -> Subject {
        let size = |o: &usize| self.outcomes[*o].difference.abs();
        match subject {
            // `rev` makes ties go to the first.
            Subject::Flips => (0..self.outcomes.len())
                .rev()
                .max_by(|a, b| size(a).total_cmp(&size(b)))
                .map_or(subject, Subject::Outcome),
            chosen => chosen,
        }
    }

    /// How much it weighs in a ranking by a subject, 0..=1: the share of pairs that flip, or the size of the
    /// difference.
    pub fn weight(&self, subject: Subject) -> f64 {
        match self.on(subject) {
            Some(d) => d.difference.abs(),
            None => self.flipped as f64 / self.pairs.max(1) as f64,
        }
    }
}

/// The most milestones named for a flip.
const NAMED: usize = 3;

/// What the pairs of one what-if show. `conditions` are the pair's questions as they were written. Nothing
/// counts as tested yet: see [`super::family`].
pub fn effect(
    id: &str,
    pair: &Pair,
    counts: &PairCounts,
    conditions: &[String],
    estimate: Estimate,
) -> Effect {
    let outcomes = pair.outcomes();
    let mut flips: Vec<Flip> = (0..outcomes * outcomes)
        .filter(|k| k / outcomes != k % outcomes && counts.ends.flips[*k] > 0)
        .map(|k| flip(pair, counts, k, outcomes))
        .collect();
    flips.sort_by_key(|f| std::cmp::Reverse(f.pairs));
    let measures = conditions.iter().enumerate().map(|(k, condition)| MeasureEffect {
        condition: condition.clone(),
        ever: Difference::of(counts.ends.ever[k], estimate),
        last: Difference::of(counts.ends.last[k], estimate),
    });
    Effect {
        id: id.into(),
        pairs: counts.pairs,
        parted: counts.parted,
        flipped: counts.ends.flipped(),
        outcomes: (0..outcomes).map(|o| outcome(pair.baseline, counts, o, estimate)).collect(),
        flips,
        measures: measures.collect(),
        reserves: types::effects(pair, counts, conditions, estimate),
    }
}

fn outcome(model: &Model, counts: &PairCounts, o: usize, estimate: Estimate) -> OutcomeEffect {
    let d = Difference::of(counts.ends.table(o), estimate);
    let name = &model.world.outcomes[o].name;
    OutcomeEffect {
        id: name.id.clone(),
        title: name.title.clone(),
        baseline: d.baseline,
        changed: d.changed,
        difference: d.difference,
        low: d.low,
        high: d.high,
        p: d.p,
        p_adjusted: d.p_adjusted,
    }
}

fn flip(pair: &Pair, counts: &PairCounts, k: usize, outcomes: usize) -> Flip {
    let (from, to) = (k / outcomes, k % outcomes);
    let turns = &counts.turns[k];
    // `rev` makes ties go to the turn that comes first in a round.
    let at = (0..turns.len()).rev().max_by_key(|t| turns[*t]).unwrap_or(0);
    let (turn, model) = pair.turn(at);
    let id = |o: usize| pair.baseline.world.outcomes[o].name.id.clone();
    let parted: u64 = turns.iter().sum();
    Flip {
        from,
        to,
        outcomes: [id(from), id(to)],
        pairs: counts.ends.flips[k],
        parts: (turn.name(), turn.agent(&model.world).into(), turns[at]),
        turn,
        round: counts.rounds[k] as f64 / parted.max(1) as f64,
        gained: commonest(pair, counts.milestones[k].iter().map(|m| m.0)),
        lost: commonest(pair, counts.milestones[k].iter().map(|m| m.1)),
        example: example(counts, k, at),
        shown: None,
    }
}

/// The run that is named for a flip: it parts where most do, and gains what most gain as far as any such run does.
fn example(counts: &PairCounts, flip: usize, turn: usize) -> u32 {
    let gained = &counts.milestones[flip];
    let mut order: Vec<usize> = (0..gained.len()).filter(|m| gained[*m].0 > 0).collect();
    order.sort_by_key(|m| std::cmp::Reverse(gained[*m].0));
    let with = order.into_iter().find_map(|m| counts.first(flip, turn, Some(m)));
    with.or_else(|| counts.first(flip, turn, None)).or(counts.example[flip]).unwrap_or(0)
}

/// Plays the runs that an effect names, and notes what each of them shows.
pub fn show(effect: &mut Effect, pair: &Pair, seed: u64) {
    let mut player = Player::new(pair);
    for flip in &mut effect.flips {
        flip.shown = shown(pair, &mut player, seed, flip.example);
    }
}

/// What one run shows; `None` where its worlds do not part.
pub fn shown(pair: &Pair, player: &mut Player, seed: u64, run: u32) -> Option<Shown> {
    let seen = player.play(seed, run);
    let (round, place) = seen.parted?;
    let (turn, model) = pair.turn(place);
    let (one, other) = (&seen.reached.0, &seen.reached.1);
    let only = |here: &[bool], there: &[bool]| {
        let milestones = pair.milestones().iter().zip(here.iter().zip(there));
        let alone = milestones.filter(|(_, (here, there))| **here && !**there);
        alone.map(|(m, _)| named(pair.baseline, *m, 1)).collect()
    };
    Some(Shown {
        round,
        turn: turn.name(),
        agent: turn.agent(&model.world).into(),
        gained: only(other, one),
        lost: only(one, other),
        actions: actions(pair, place, seed, run, round),
        at: turn,
    })
}

/// What a mediator did in both worlds in the turn at a place of a round; `None` where the turn is no mediator's or is
/// not taken in both.
fn actions(pair: &Pair, place: usize, seed: u64, run: u32, round: u8) -> Option<[Option<Action>; 2]> {
    let [unchanged, changed] = pair.turns(place);
    let (unchanged, changed) = (unchanged?, changed?);
    if !matches!(pair.baseline.turns[unchanged], Turn::Mediate(_)) {
        return None;
    }
    let action = |model: &Model, turn: usize| {
        let (mut state, mut chance) = (State::new(model), Sampler::new(seed, run));
        (1..round).for_each(|_| chance.play_round(model, &mut state));
        for earlier in &model.turns[..turn] {
            chance.take_turn(model, &mut state, *earlier, &mut []);
        }
        let mut rewards = vec![0; model.world.rewards.len()];
        let step = record_turn(model, &mut state, turn, &mut chance, &mut rewards);
        step.entries.iter().find_map(|entry| match entry {
            Entry::Mediates { action, .. } => Some(*action),
            _ => None,
        })
    };
    Some([action(pair.baseline, unchanged), action(pair.variant, changed)])
}

fn commonest(pair: &Pair, counts: impl Iterator<Item = u64>) -> Vec<Reached> {
    let mut all: Vec<(Milestone, u64)> =
        pair.milestones().iter().copied().zip(counts).filter(|m| m.1 > 0).collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.1));
    all.truncate(NAMED);
    all.into_iter().map(|(milestone, pairs)| named(pair.baseline, milestone, pairs)).collect()
}

fn named(model: &Model, milestone: Milestone, pairs: u64) -> Reached {
    let w = &model.world;
    let (mut track, mut party) = (None, None);
    let (what, id) = match milestone {
        Milestone::Signed(k) => ("signed", &w.instruments[k].name.id),
        Milestone::Breached(k, p) => {
            party = Some(w.parties[p].name.id.clone());
            ("breached", &w.instruments[k].name.id)
        }
        Milestone::Broken(k) => ("broken", &w.instruments[k].name.id),
        Milestone::Suspended(k) => ("suspended", &w.instruments[k].name.id),
        Milestone::Settled(k) => ("settled", &w.items[k].name.id),
        Milestone::Captured(k) => ("captured", &w.fronts[k].name.id),
        Milestone::WalkedOut(k) => {
            track = Some(w.track(w.seats[k].track).name.id.clone());
            ("walked-out", &w.party(w.seats[k].party).name.id)
        }
        Milestone::DrewBack(k) => ("drew-back", &w.backers[k].name.id),
        Milestone::Fired(k) => ("fired", &w.events[k].name.id),
        Milestone::CoOpted(k) => ("co-opted", &w.spoilers[k].name.id),
    };
    Reached { what, id: id.clone(), track, party, pairs, milestone }
}
