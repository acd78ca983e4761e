//! What a change does: outcomes with and without it, the pairs whose outcome it flips, and what led there.

use serde::Serialize;

use crate::domain::{Model, Turn};

use super::pairs::{Milestone, Pair, PairCounts};
use super::statistics::holm::holm;
use super::statistics::paired::Pairs;

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
    /// Lower end of Newcombe's interval for paired proportions.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// McNemar's exact two-sided p.
    pub p: f64,
    /// The same, adjusted by Holm over all what-ifs that are compared.
    pub p_adjusted: f64,
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
    /// That turn.
    #[serde(skip)]
    pub turn: Turn,
    /// Mean round in which they part.
    pub round: f64,
    /// What the changed world alone reached, most often first.
    pub gained: Vec<Reached>,
    /// What the unchanged world alone reached.
    pub lost: Vec<Reached>,
    /// The first run that shows it.
    pub example: u32,
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
}

/// The most milestones named for a flip.
const NAMED: usize = 3;

/// What the pairs of one what-if show, with intervals at level 1 − `alpha`. `p_adjusted` is still `p`: see [`adjust`].
pub fn effect(id: &str, pair: &Pair, counts: &PairCounts, alpha: f64) -> Effect {
    let outcomes = pair.baseline.world.outcomes.len();
    let mut flips: Vec<Flip> = (0..outcomes * outcomes)
        .filter(|k| k / outcomes != k % outcomes && counts.flips[*k] > 0)
        .map(|k| flip(pair, counts, k, outcomes))
        .collect();
    flips.sort_by_key(|f| std::cmp::Reverse(f.pairs));
    Effect {
        id: id.into(),
        pairs: counts.pairs,
        parted: counts.parted,
        flipped: counts.flipped(outcomes),
        outcomes: (0..outcomes).map(|o| outcome(pair.baseline, counts, o, alpha)).collect(),
        flips,
    }
}

fn outcome(model: &Model, counts: &PairCounts, o: usize, alpha: f64) -> OutcomeEffect {
    let [both, baseline, changed, neither] = counts.table(o, model.world.outcomes.len());
    // Newcombe's difference is first less second: the changed world comes first.
    let pairs = Pairs { both, first_only: changed, second_only: baseline, neither };
    let interval = pairs.newcombe(alpha);
    let p = pairs.mcnemar().exact;
    let name = &model.world.outcomes[o].name;
    OutcomeEffect {
        id: name.id.clone(),
        title: name.title.clone(),
        baseline: pairs.second().share().unwrap_or(0.0),
        changed: pairs.first().share().unwrap_or(0.0),
        difference: pairs.difference().unwrap_or(0.0),
        low: interval.low,
        high: interval.high,
        p,
        p_adjusted: p,
    }
}

fn flip(pair: &Pair, counts: &PairCounts, k: usize, outcomes: usize) -> Flip {
    let model = pair.baseline;
    let (from, to) = (k / outcomes, k % outcomes);
    let turns = &counts.turns[k];
    // `rev` makes ties go to the turn that comes first in a round.
    let at = (0..turns.len()).rev().max_by_key(|t| turns[*t]).unwrap_or(0);
    let turn = model.turns[at];
    let id = |o: usize| model.world.outcomes[o].name.id.clone();
    let parted: u64 = turns.iter().sum();
    Flip {
        from,
        to,
        outcomes: [id(from), id(to)],
        pairs: counts.flips[k],
        parts: (turn.name(), turn.agent(&model.world).into(), turns[at]),
        turn,
        round: counts.rounds[k] as f64 / parted.max(1) as f64,
        gained: reached(pair, counts.milestones[k].iter().map(|m| m.0)),
        lost: reached(pair, counts.milestones[k].iter().map(|m| m.1)),
        example: counts.example[k].unwrap_or(0),
    }
}

fn reached(pair: &Pair, counts: impl Iterator<Item = u64>) -> Vec<Reached> {
    let mut all: Vec<(Milestone, u64)> =
        pair.milestones().iter().copied().zip(counts).filter(|m| m.1 > 0).collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.1));
    all.truncate(NAMED);
    all.into_iter().map(|(milestone, pairs)| named(pair.baseline, milestone, pairs)).collect()
}

fn named(model: &Model, milestone: Milestone, pairs: u64) -> Reached {
    let w = &model.world;
    let mut track = None;
    let (what, id) = match milestone {
        Milestone::Signed(k) => ("signed", &w.instruments[k].name.id),
        Milestone::Broken(k) => ("broken", &w.instruments[k].name.id),
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
    Reached { what, id: id.clone(), track, pairs, milestone }
}

/// Adjusts the p-values of each outcome over all what-ifs compared (Holm's step-down).
pub fn adjust(effects: &mut [Effect]) {
    let outcomes = effects.first().map_or(0, |e| e.outcomes.len());
    for o in 0..outcomes {
        let p: Vec<f64> = effects.iter().map(|e| e.outcomes[o].p).collect();
        for (effect, adjusted) in effects.iter_mut().zip(holm(&p)) {
            effect.outcomes[o].p_adjusted = adjusted;
        }
    }
}
