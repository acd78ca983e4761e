//! Properties, proved over all states that can be reached, or refuted by a shortest counterexample.

use serde::Serialize;

use crate::domain::rule::Rule;
use crate::domain::{Claim, Condition, Model, ONE, Quantity as Q};
use crate::drivers::enumerate::{
    AsWritten, Fixed, LayerSize, Limits, MARKS, Mass, MemoryBudget, Searched, Sighting, Swept, TrackedCells,
    Watch, decimal, search,
};
use crate::kernel::{State, holds};

use super::counters::Measure;
use super::exact::{Probability, Tally, answer, exact};

/// The most states after a turn for which probabilities are computed as fractions where rounding leaves a bound open.
const FRACTIONS: usize = 20_000;
/// By so much, in units of 2⁻³², the choices of a turn are taken to be off at most where odds are rounded.
const ROUNDED: f64 = 32.0;

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
    /// For probabilities: what was computed.
    pub chance: Option<Chance>,
}

/// A probability that was held against a bound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chance {
    /// The bounds that were computed.
    #[serde(flatten)]
    pub probability: Probability,
    /// What is rounded in it.
    pub rounding: Rounding,
}

/// What is rounded in a probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Nothing: odds are fractions as the scenario writes them, and so is what was computed.
    None,
    /// Some odds are no decimals or simple fractions: what they round to is between the bounds.
    SomeOdds,
    /// All odds, to units of 2⁻³², which is not between the bounds; a bound that is nearer than that can reach is left undecided.
    AllOdds,
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
    room: MemoryBudget,
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
    let mut chances = chances(model, claims, room, &mut progress, &mut effort).into_iter();
    let mut sightings = searched.sightings.into_iter();
    let verdicts = claims.iter().map(|claim| match claim {
        Claim::Probability { .. } => {
            let (finding, chance) = chances.next().unwrap_or((Finding::Undecided, None));
            Verdict { finding, sighting: None, called_for: None, chance }
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
    Verdict { finding, sighting, called_for: None, chance: None }
}

/// Between which bounds a probability is claimed to lie.
struct Bounded {
    at_least: f64,
    at_most: f64,
}

impl Bounded {
    /// Whether it is so, where the probability lies between these.
    fn finding<T: PartialOrd>(&self, low: T, high: T, exactly: impl Fn(f64) -> T) -> Finding {
        let (at_least, at_most) = (exactly(self.at_least), exactly(self.at_most));
        if low >= at_least && high <= at_most {
            Finding::Proved
        } else if high < at_least || low > at_most {
            Finding::Refuted
        } else {
            Finding::Undecided
        }
    }

    /// The same, where rounded odds may have moved it by so much. Nothing is less than 0 or more than 1.
    fn near(&self, p: &Probability, reach: f64) -> Finding {
        self.finding((p.low - reach).max(0.0), (p.high + reach).min(1.0), |bound| bound)
    }
}

/// What is known of each claim about a probability when the talks end.
fn chances(
    model: &Model,
    claims: &[&Claim],
    room: MemoryBudget,
    progress: &mut impl FnMut(usize, usize) -> bool,
    effort: &mut Effort,
) -> Vec<(Finding, Option<Chance>)> {
    let asked = claims.iter().filter_map(|claim| match claim {
        Claim::Probability { of, at_least, at_most } => {
            let bounded = Bounded { at_least: at_least.unwrap_or(0.0), at_most: at_most.unwrap_or(1.0) };
            Some((bounded, Measure::new(String::new(), rule(model, of))))
        }
        _ => None,
    });
    let (bounded, measures): (Vec<Bounded>, Vec<Measure>) = asked.unzip();
    if measures.is_empty() {
        return Vec::new();
    }
    let tracked = &mut TrackedCells::guess_while(model, || progress(0, 1));
    let swept = swept::<Fixed>(model, &measures, room, (tracked, progress), effort);
    let Some(exact) = swept.and_then(|swept| answer(model, &measures, &swept)) else {
        effort.complete = false;
        return bounded.iter().map(|_| (Finding::Undecided, None)).collect();
    };
    effort.complete &= exact.certificate.complete;
    let turns = f64::from(model.world.rounds) * model.turns.len() as f64;
    let reach = turns * ROUNDED / ONE as f64;
    let rounded: Vec<(Finding, Option<Chance>)> = bounded
        .iter()
        .zip(exact.measures)
        .map(|(claim, m)| {
            let finding = claim.near(&m.last, reach);
            (finding, Some(Chance { probability: m.last, rounding: Rounding::AllOdds }))
        })
        .collect();
    let close = rounded.iter().any(|(finding, _)| *finding == Finding::Undecided);
    if !close || !exact.certificate.complete || effort.widest > FRACTIONS {
        return rounded;
    }
    // Odds and bounds are compared as they are written: then a bound that is met exactly is met.
    let room = MemoryBudget::of(room.states.min(FRACTIONS));
    let swept = self::swept::<AsWritten>(model, &measures, room, (tracked, progress), effort);
    match swept.filter(|swept| swept.gave_up.is_none() && swept.dropped.is_zero()) {
        Some(swept) => bounded.iter().enumerate().map(|(k, claim)| written(&swept.sum, k, claim)).collect(),
        None => rounded,
    }
}

/// What is known of a claim where odds are taken as they are written.
fn written(tally: &Tally<AsWritten>, k: usize, claim: &Bounded) -> (Finding, Option<Chance>) {
    let mut ended = AsWritten::zero();
    tally.outcomes.iter().for_each(|mass| ended.add(mass));
    let mut mass = tally.held[k].last().cloned().unwrap_or_else(AsWritten::zero);
    mass.high += ended.missing().high;
    let rounding = if mass.low == mass.high { Rounding::None } else { Rounding::SomeOdds };
    let (low, high) = mass.bounds();
    let probability = Probability { low, high: high.min(1.0), fraction: None };
    (claim.finding(mass.low, mass.high, decimal), Some(Chance { probability, rounding }))
}

/// A sweep that adds up what is measured, where it comes to an end.
fn swept<M: Mass>(
    model: &Model,
    measures: &[Measure],
    room: MemoryBudget,
    (tracked, progress): (&mut TrackedCells, &mut impl FnMut(usize, usize) -> bool),
    effort: &mut Effort,
) -> Option<Swept<Tally<M>, M>> {
    let limits = Limits { room, budget: 0.0, hopeless: 1.0 };
    let progress = |layer: &LayerSize| progress(layer.step, layer.states);
    let swept = exact::<M>(model, measures, limits, tracked, progress).ok()?;
    effort.states += swept.states;
    effort.widest = effort.widest.max(swept.widest);
    Some(swept)
}

fn rule(model: &Model, condition: &Condition) -> Rule {
    let ground = model.ground();
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
