//! What agents could reach at best, or at worst, if they knew everything and decided accordingly.

use crate::domain::rule::Rule;
use crate::domain::{Condition, Model, PartyId, Quantity as Q};
use crate::drivers::decider::Decider;
use crate::drivers::enumerate::{
    Goal, Induced, MINDS, MemoryBudget, Minds, Policy, Taken, TooLarge, Values, induce,
};
use crate::kernel::{State, holds, worth};

/// What an agent wants.
#[derive(Clone, Debug)]
pub enum Aim {
    /// That a condition holds when the talks end: worth 1, else 0.
    Holds(Rule),
    /// That a condition holds at the end of some round: worth 1, else 0.
    Ever(Rule),
    /// What a party has in hand at the end, in points of 100: see [`worth::payoff`].
    Payoff(PartyId),
}

impl Aim {
    /// The aim that a condition holds, when the talks end or at the end of some round.
    pub fn of(model: &Model, condition: &Condition, ever: bool) -> Self {
        let ground = model.ground();
        let rule = Rule::of(condition, ground);
        if ever { Self::Ever(rule) } else { Self::Holds(rule) }
    }
}

/// Whether the best or the worst is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// The best.
    Best,
    /// The worst.
    Worst,
}

/// What came of deciding so.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// What it comes to for each agent: a probability, or points.
    pub values: Vec<f64>,
    /// The same with the policy fixed and all that can then happen followed anew; short by the missing mass at most.
    pub checked: Vec<f64>,
    /// Mass that this check misses by rounding.
    pub missing: f64,
    /// The decisions under the policy.
    pub taken: Vec<Taken>,
    /// States, summed over all turns.
    pub states: u64,
}

/// Agents whose decisions are open, and what each wants.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The agents, at most [`MINDS`].
    pub deciders: &'a [Decider],
    /// What each wants, in the same order.
    pub aims: &'a [Aim],
    /// How much may be kept, over all turns together.
    pub room: MemoryBudget,
}

/// Every agent decides as is best, or worst, for what it wants, knowing the whole state; ties go to the alternative that comes first.
///
/// # Errors
/// When there are too many states.
pub fn resolve(
    question: Question,
    extreme: Extreme,
    progress: impl FnMut(usize, usize) -> bool,
) -> Result<Resolved, TooLarge> {
    let sign = if extreme == Extreme::Best { 1.0 } else { -1.0 };
    run(question, None, sign, progress)
}

/// A given policy: decisions are made as it says, where that is possible, and where it says nothing with the odds of the scenario.
///
/// # Errors
/// When there are too many states.
pub fn evaluate(
    question: Question,
    policy: &dyn Policy,
    progress: impl FnMut(usize, usize) -> bool,
) -> Result<Resolved, TooLarge> {
    run(question, Some(policy), 1.0, progress)
}

fn run(
    question: Question,
    policy: Option<&dyn Policy>,
    sign: f64,
    progress: impl FnMut(usize, usize) -> bool,
) -> Result<Resolved, TooLarge> {
    let Question { model, deciders, aims, room } = question;
    let minds = Minds { model, deciders, policy };
    let wants = Wants { model, aims, sign };
    let Induced { values, checked, missing, mut taken, states } = induce(minds, &wants, room, progress)?;
    let plain = |values: Values| values[..aims.len()].iter().map(|v| v * sign + 0.0).collect();
    taken.iter_mut().flat_map(|t| &mut t.decision.worth).for_each(|worth| worth.1 = worth.1 * sign + 0.0);
    Ok(Resolved { values: plain(values), checked: plain(checked), missing, taken, states })
}

/// Aims as a goal; turned round where the worst is looked for.
struct Wants<'a> {
    model: &'a Model,
    aims: &'a [Aim],
    sign: f64,
}

impl Wants<'_> {
    /// Places of the aims that must be remembered.
    fn remembered(&self) -> impl Iterator<Item = &Rule> {
        self.aims.iter().filter_map(|aim| match aim {
            Aim::Ever(rule) => Some(rule),
            _ => None,
        })
    }
}

impl Goal for Wants<'_> {
    fn worth(&self, state: &mut State, memory: u64) -> Values {
        let mut values = [0.0; MINDS];
        let mut place = 0;
        let last = self.model.world.rounds;
        let now = state.get(self.model, Q::Round);
        for (value, aim) in values.iter_mut().zip(self.aims) {
            let holds = |state: &State, rule: &Rule| holds(rule, self.model, state);
            let worth = match aim {
                Aim::Holds(rule) => f64::from(state.at_the_end_of(self.model, last, |s| holds(s, rule))),
                Aim::Ever(rule) => {
                    let seen = memory >> place & 1 == 1;
                    place += 1;
                    // After an early end the last state stands for the rounds that are left.
                    let later = (now..=last).any(|r| state.at_the_end_of(self.model, r, |s| holds(s, rule)));
                    f64::from(seen || later)
                }
                Aim::Payoff(party) => worth::payoff(self.model, state, *party),
            };
            *value = worth * self.sign;
        }
        values
    }

    fn width(&self) -> usize {
        self.remembered().count()
    }

    fn remember(&self, state: &mut State) -> u64 {
        let held = |rule: &Rule| u64::from(holds(rule, self.model, state));
        self.remembered().enumerate().map(|(k, rule)| held(rule) << k).sum()
    }
}
