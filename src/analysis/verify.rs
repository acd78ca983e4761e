//! Properties, proved over all states that can be reached, or refuted by a shortest counterexample.

use serde::Serialize;

use crate::domain::rule::{Ground, Rule};
use crate::domain::{Claim, Condition, Model, Quantity as Q};
use crate::drivers::enumerate::{
    Fixed, Foresight, Fraction, LayerSize, Limits, MARKS, Mass, Room, Searched, Sighting, Watch, search,
};
use crate::kernel::{State, holds};

use super::counters::Measure;
use super::exact::{Exact, Probability, answer, exact};

/// The most states after a turn for which probabilities are computed as fractions where rounding leaves a bound open.
const FRACTIONS: usize = 20_000;

/// What is known of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It holds: every reachable state was looked at, or, for `possible`, one that shows it was found.
    Proved,
    /// It does not hold.
    Refuted,
    /// No counterexample was found, and for `possible` no example, but not every state was looked at.
    Undecided,
}

/// What came of a property.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What is known.
    pub finding: Finding,
    /// For a refuted `always`, `never` or `whenever` the counterexample; for `possible` the example.
    pub sighting: Option<Sighting>,
    /// For `whenever`: whether what calls for it ever holds at the end of a round. Where it never does, nothing had to follow.
    pub called_for: Option<bool>,
    /// For probabilities: the bounds that were computed.
    pub probability: Option<Probability>,
}

/// What was done to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// Whether no reachable state was left out as far as the search went.
    pub complete: bool,
    /// Whether it ended before the talks did, since every claim had been decided by then.
    pub early: bool,
    /// Whether somebody stopped it.
    pub stopped: bool,
    /// States looked at, summed over all turns.
    pub states: u64,
    /// The most states after one turn.
    pub widest: usize,
}

/// The claims remember more than fits beside a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "these properties remember more than {MARKS} bits: verify fewer at a time, or with a smaller `within`"
)]
pub struct TooMuch;

/// Verifies claims in one sweep, and probabilities in another, with so much room. `progress` hears how many turns have been taken
/// and the states after the last one, and says whether to go on.
///
/// # Errors
/// When the claims remember too much.
pub fn verify(
    model: &Model,
    claims: &[&Claim],
    room: Room,
    mut progress: impl FnMut(usize, usize) -> bool,
) -> Result<(Vec<Verdict>, Effort), TooMuch> {
    let hunt = Hunt::new(model, claims);
    if hunt.width() > MARKS || hunt.findings() > 64 {
        return Err(TooMuch);
    }
    let searched = if hunt.findings() > 0 {
        search(model, &hunt, hunt.findings(), room, &mut progress)
    } else {
        Searched::default()
    };
    let mut effort = Effort {
        complete: searched.complete,
        early: searched.early,
        stopped: searched.stopped,
        states: searched.states,
        widest: searched.widest,
    };
    let bounds = probabilities(model, claims, room, &mut progress, &mut effort);
    let mut bounds = bounds.into_iter();
    let mut sightings = searched.sightings.into_iter();
    let verdicts = claims.iter().map(|claim| match claim {
        Claim::Probability { at_least, at_most, .. } => {
            bounded(bounds.next().flatten(), at_least.unwrap_or(0.0), at_most.unwrap_or(1.0))
        }
        Claim::Possible(_) => seen(sightings.next().flatten(), searched.complete, true),
        Claim::Whenever { .. } => {
            let verdict = seen(sightings.next().flatten(), searched.complete, false);
            Verdict { called_for: Some(sightings.next().flatten().is_some()), ..verdict }
        }
        Claim::Always(_) | Claim::Never(_) => seen(sightings.next().flatten(), searched.complete, false),
    });
    Ok((verdicts.collect(), effort))
}

fn seen(sighting: Option<Sighting>, complete: bool, wanted: bool) -> Verdict {
    let finding = match (sighting.is_some() == wanted, sighting.is_some() || complete) {
        (true, true) => Finding::Proved,
        (false, true) => Finding::Refuted,
        (_, false) => Finding::Undecided,
    };
    Verdict { finding, sighting, called_for: None, probability: None }
}

fn bounded(probability: Option<Probability>, at_least: f64, at_most: f64) -> Verdict {
    let finding = probability.as_ref().map_or(Finding::Undecided, |p| within(p, at_least, at_most));
    Verdict { finding, sighting: None, called_for: None, probability }
}

/// Whether a probability lies within bounds, as far as it is known.
fn within(p: &Probability, at_least: f64, at_most: f64) -> Finding {
    if p.low >= at_least && p.high <= at_most {
        Finding::Proved
    } else if p.high < at_least || p.low > at_most {
        Finding::Refuted
    } else {
        Finding::Undecided
    }
}

/// The probability that each claim of that kind holds when the talks end.
fn probabilities(
    model: &Model,
    claims: &[&Claim],
    room: Room,
    progress: &mut impl FnMut(usize, usize) -> bool,
    effort: &mut Effort,
) -> Vec<Option<Probability>> {
    let measures: Vec<Measure> = claims
        .iter()
        .filter_map(|claim| match claim {
            Claim::Probability { of, .. } => Some(Measure { text: String::new(), rule: rule(model, of) }),
            _ => None,
        })
        .collect();
    if measures.is_empty() {
        return Vec::new();
    }
    let foresight = &mut Foresight::guess(model);
    let Some(exact) = swept::<Fixed>(model, &measures, room, (foresight, progress), effort) else {
        effort.complete = false;
        return vec![None; measures.len()];
    };
    effort.complete &= exact.certificate.complete;
    let found: Vec<Probability> = exact.measures.into_iter().map(|m| m.last).collect();
    // A bound that is met exactly lies within the rounding of the sweep: fractions have none.
    let close = claims.iter().filter_map(|claim| match claim {
        Claim::Probability { at_least, at_most, .. } => Some((at_least, at_most)),
        _ => None,
    });
    let close = close.zip(&found).any(|((at_least, at_most), p)| {
        within(p, at_least.unwrap_or(0.0), at_most.unwrap_or(1.0)) == Finding::Undecided
    });
    let fractions = (close && exact.certificate.complete && effort.widest <= FRACTIONS)
        .then(|| {
            let room = Room::of(room.states.min(FRACTIONS));
            swept::<Fraction>(model, &measures, room, (foresight, progress), effort)
        })
        .flatten()
        .filter(|exact| exact.certificate.complete);
    match fractions {
        Some(exact) => exact.measures.into_iter().map(|m| Some(m.last)).collect(),
        None => found.into_iter().map(Some).collect(),
    }
}

/// The exact answer about measures, where a sweep comes to one.
fn swept<M: Mass>(
    model: &Model,
    measures: &[Measure],
    room: Room,
    (foresight, progress): (&mut Foresight, &mut impl FnMut(usize, usize) -> bool),
    effort: &mut Effort,
) -> Option<Exact> {
    let limits = Limits { room, budget: 0.0, hopeless: 1.0 };
    let progress = |layer: &LayerSize| progress(layer.step, layer.states);
    let swept = exact::<M>(model, measures, limits, foresight, progress).ok()?;
    effort.states += swept.states;
    effort.widest = effort.widest.max(swept.widest);
    answer(model, measures, &swept)
}

fn rule(model: &Model, condition: &Condition) -> Rule {
    let ground = Ground { layout: &model.layout, cells: &model.cells, round_days: model.world.round_days };
    Rule::of(condition, ground)
}

/// Claims as findings: one for a state that decides `always`, `never` or `possible`; two for `whenever`, that it fails and
/// that it is called for.
struct Hunt<'a> {
    model: &'a Model,
    states: Vec<(usize, Rule, bool)>,
    answers: Vec<Answers>,
    findings: usize,
}

/// A `whenever` claim with what it remembers: for how many rounds its answer has been due, in `width` bits from `at` on.
struct Answers {
    first: Rule,
    then: Rule,
    within: Option<u8>,
    finding: usize,
    at: usize,
    width: usize,
}

impl<'a> Hunt<'a> {
    fn new(model: &'a Model, claims: &[&Claim]) -> Self {
        let mut hunt = Self { model, states: Vec::new(), answers: Vec::new(), findings: 0 };
        let mut at = 0;
        for claim in claims {
            let finding = hunt.findings;
            match claim {
                Claim::Always(c) => hunt.states.push((finding, rule(model, c), false)),
                Claim::Never(c) | Claim::Possible(c) => hunt.states.push((finding, rule(model, c), true)),
                Claim::Whenever { first, then, within } => {
                    // Counts up to `within` + 1 rounds; without a bound, one bit says that it is due.
                    let most = within.map_or(1, |n| u32::from(n.min(model.world.rounds)) + 1);
                    let width = (32 - most.leading_zeros()) as usize;
                    let (first, then) = (rule(model, first), rule(model, then));
                    hunt.answers.push(Answers { first, then, within: *within, finding, at, width });
                    at += width;
                    hunt.findings += 1;
                }
                Claim::Probability { .. } => continue,
            }
            hunt.findings += 1;
        }
        hunt
    }

    fn findings(&self) -> usize {
        self.findings
    }
}

impl Watch for Hunt<'_> {
    fn width(&self) -> usize {
        self.answers.iter().map(|a| a.width).sum()
    }

    fn after_turn(&self, state: &mut State) -> u64 {
        let found = |set, (finding, rule, when): &(usize, Rule, bool)| {
            set | u64::from(holds(rule, self.model, state) == *when) << finding
        };
        self.states.iter().fold(0, found)
    }

    fn after_round(&self, memory: u64, state: &mut State, ends: bool) -> (u64, u64) {
        let (mut next, mut found) = (0, 0);
        for answers in &self.answers {
            let due = memory >> answers.at & ((1 << answers.width) - 1);
            let (due, called, fails) = answers.round(self.model, state, due, ends);
            next |= due << answers.at;
            found |= u64::from(fails) << answers.finding | u64::from(called) << (answers.finding + 1);
        }
        (next, found)
    }
}

impl Answers {
    /// For how many rounds the answer is due now, whether it was called for, and whether it has failed to come.
    fn round(&self, model: &Model, state: &mut State, due: u64, ends: bool) -> (u64, bool, bool) {
        let called = holds(&self.first, model, state);
        let due = match (holds(&self.then, model, state), due > 0 || called) {
            (true, _) | (_, false) => return (0, called, false),
            _ if self.within.is_none() => 1,
            _ => due + 1,
        };
        let late = |due: u64| self.within.is_some_and(|n| due > u64::from(n));
        if late(due) {
            return (0, called, true);
        }
        // After the end the last state stands: only the round goes on.
        let mut comes = || {
            let now = state.get(model, Q::Round);
            (now + 1..=model.world.rounds)
                .take_while(|r| !late(due + u64::from(r - now) - 1))
                .any(|r| state.at_the_end_of(model, r, |s| holds(&self.then, model, s)))
        };
        match ends {
            true => (0, called, !comes()),
            false => (due, called, false),
        }
    }
}
