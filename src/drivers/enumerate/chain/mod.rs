//! The Markov chain behind a scenario, or the decision process where agents' decisions are left open, written down state by
//! state.
//!
//! A state of the chain is a turn of a round together with the state of the talks before it. States are numbered in layers,
//! a layer a turn, in the order in which they are first met; two layers are kept in memory. Talks that have ended are
//! absorbing states, one for each combination of labels, so that nothing that can be asked about is lost.

mod act;
mod layer;
mod walk;
mod way;

use crate::domain::rule::Rule;
use crate::domain::{Model, World};
use crate::drivers::decider::Decider;

use super::packing::{MARKS, Packing};
use super::sweep::LayerSize;
use super::tracked::TrackedCells;

pub use act::Act;

/// Hears of every state in the order of the numbers, of its actions after it, and of their transitions after each.
pub trait Visitor {
    /// What can go wrong.
    type Error;
    /// A state, numbered from 0 without gaps, and its labels by their places in [`labels`].
    ///
    /// # Errors
    /// When it cannot be taken.
    fn state(&mut self, id: u64, labels: &[usize]) -> Result<(), Self::Error>;
    /// An action of that state: a decision, or what chance alone does; and what each counted reward is expected to grow by.
    ///
    /// # Errors
    /// When it cannot be taken.
    fn action(&mut self, act: Option<Act>, rewards: &[f64]) -> Result<(), Self::Error>;
    /// A transition of that action. Targets of an action differ, grow, and their probabilities sum to one.
    ///
    /// # Errors
    /// When it cannot be taken.
    fn transition(&mut self, target: u64, probability: f64) -> Result<(), Self::Error>;
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Agents whose decisions are left open; none for a chain.
    pub deciders: &'a [Decider],
    /// Conditions looked at when rounds end.
    pub measures: &'a [&'a Rule],
    /// The most states there may be.
    pub max_states: u64,
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// States.
    pub states: u64,
    /// Actions of all states together.
    pub choices: u64,
    /// Transitions.
    pub transitions: u64,
}

/// Why not everything was written.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refused<E> {
    /// There are more states than there may be.
    #[error("there are more than {most} states: that many are known in round {round}")]
    TooManyStates {
        /// The most there may be.
        most: u64,
        /// The round in which there were more.
        round: u8,
    },
    /// More measures than can be remembered.
    #[error("{asked} measures are more than the {MARKS} that can be remembered at once")]
    TooManyMeasures {
        /// How many there are.
        asked: usize,
    },
    /// The probabilities of an action do not sum to one.
    #[error("the probabilities of an action of state {state} sum to {sum}")]
    Row {
        /// The state.
        state: u64,
        /// What they sum to.
        sum: f64,
    },
    /// It was told to stop.
    #[error("it was stopped")]
    Stopped,
    /// The visitor failed.
    #[error("{0}")]
    Visitor(E),
}

/// The names of all labels, made of letters, digits and underscores.
///
/// `init` marks the start and `end` the absorbing states; `outcome_ID` how talks ended. Between two rounds and at the end,
/// `signed_ID` says that a text is signed, and `measure_N`, from 1 in the order of asking, that a measure has held at the end of
/// some round; `measure_N_last` says at the end that it holds at the end of the last round. Other states have no labels: Storm takes
/// long to read many.
pub fn labels(world: &World, measures: usize) -> Vec<String> {
    let id = |kind: &str, id: &str| format!("{kind}_{}", id.replace('-', "_"));
    let mut names = vec!["init".to_owned(), "end".to_owned()];
    names.extend(world.outcomes.iter().map(|o| id("outcome", &o.name.id)));
    names.extend(world.instruments.iter().map(|n| id("signed", &n.name.id)));
    names.extend((1..=measures).map(|k| format!("measure_{k}")));
    names.extend((1..=measures).map(|k| format!("measure_{k}_last")));
    names
}

/// Where each kind of label begins in the list.
#[derive(Clone, Copy, Debug)]
struct Places {
    outcomes: usize,
    signed: usize,
    ever: usize,
    last: usize,
}

impl Places {
    const INIT: usize = 0;
    const END: usize = 1;

    fn new(world: &World, measures: usize) -> Self {
        let signed = Self::END + 1 + world.outcomes.len();
        let ever = signed + world.instruments.len();
        Self { outcomes: Self::END + 1, signed, ever, last: ever + measures }
    }
}

/// Shows every state that can be reached with its actions and transitions. `progress` hears of every layer and says whether to go
/// on.
///
/// # Errors
/// When there are too many states or measures, the visitor fails, or it is told to stop.
pub fn write<V: Visitor>(
    model: &Model,
    asked: Asked,
    visitor: &mut V,
    progress: &mut dyn FnMut(&LayerSize) -> bool,
) -> Result<Written, Refused<V::Error>> {
    if asked.measures.len() > MARKS {
        return Err(Refused::TooManyMeasures { asked: asked.measures.len() });
    }
    // Every cell has its place in the key: what has been shown cannot be taken back.
    let packing = Packing::new(model, &TrackedCells::all(model), asked.measures.len());
    match packing.words() {
        1..=2 => walk::walk::<2, V>(model, asked, &packing, visitor, progress),
        3..=4 => walk::walk::<4, V>(model, asked, &packing, visitor, progress),
        5..=8 => walk::walk::<8, V>(model, asked, &packing, visitor, progress),
        9..=24 => walk::walk::<24, V>(model, asked, &packing, visitor, progress),
        25..=64 => walk::walk::<64, V>(model, asked, &packing, visitor, progress),
        _ => walk::walk::<512, V>(model, asked, &packing, visitor, progress),
    }
}
