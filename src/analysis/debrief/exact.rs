//! Exact chances from a decision on: every way the talks can go is followed, equal states once.
//!
//! Turn by turn the states that can be reached are gathered, each with the odds of what comes next; then values are worked
//! out from the end back. What is known of a state at the start of a round serves all earlier decisions.

use std::collections::HashMap;
use std::rc::Rc;

use crate::domain::{Model, ONE, Quantity, Weight, probability};
use crate::drivers::decider::Decider;
use crate::drivers::enumerate::Branches;
use crate::kernel::{Site, State};
use crate::session::Moment;

use super::futures::End;
use super::turning::Ending;

/// Turns that are played over all decisions of a branch before the others are left to sampling: well below a second.
pub const BUDGET: u64 = 500_000;

/// Shares of all results, then every decider's mean goal.
type Value = Rc<[f64]>;

/// The exact chances at a decision: shares of all results, then the decider's mean goal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    /// With each alternative, in the order of the question.
    pub ends: Vec<Vec<f64>>,
    /// With the decision left to the model.
    pub before: Vec<f64>,
}

/// A state on the way.
struct Node {
    cells: Box<[u8]>,
    /// Places among the nodes after the next turn, with their odds.
    ways: Vec<(f64, usize)>,
    value: Option<Value>,
}

/// The states before one turn, each once.
#[derive(Default)]
struct Layer {
    nodes: Vec<Node>,
    places: HashMap<Box<[u8]>, usize>,
}

/// Follows every way, as far as the budget goes.
pub(super) struct Solver<'a> {
    model: &'a Model,
    results: &'a [Ending],
    deciders: Vec<Decider>,
    /// Values at the start of rounds.
    known: HashMap<Box<[u8]>, Value>,
    left: u64,
}

/// The exact chances at each decision; `None` from where, going back from the last one, the budget is spent.
pub(super) fn known(
    model: &Model,
    moments: &[Moment],
    results: &[Ending],
    budget: u64,
) -> Vec<Option<Known>> {
    let mut deciders: Vec<Decider> = Vec::new();
    for who in moments.iter().map(|m| m.question.who) {
        if !deciders.contains(&who) {
            deciders.push(who);
        }
    }
    let mut solver = Solver { model, results, deciders, known: HashMap::new(), left: budget };
    let mut found: Vec<Option<Known>> = vec![None; moments.len()];
    // The late decisions have the shortest way to the end.
    for k in (0..moments.len()).rev() {
        found[k] = solver.decision(&moments[k]);
        if found[k].is_none() {
            break;
        }
    }
    found
}

impl Solver<'_> {
    fn decision(&mut self, moment: &Moment) -> Option<Known> {
        let question = &moment.question;
        let mut forced: Vec<(Site, usize)> = moment.earlier.iter().map(|d| (d.site, d.pick)).collect();
        let mut first = Layer::default();
        let mut ways = Vec::new();
        for alternative in &question.alternatives {
            forced.push((question.site, alternative.pick));
            let mut branches = Branches::forcing(&forced);
            ways.push(self.ways(&mut branches, moment.turn, &moment.cells, &mut first)?);
            forced.pop();
        }
        let values = self.follow(first, moment.turn + 1)?;
        let goal = self.deciders.iter().position(|d| *d == question.who).unwrap_or(0);
        let ends: Vec<Vec<f64>> = ways.iter().map(|w| self.told(&mixed(w, &values), goal)).collect();
        let odds: Vec<f64> = question.alternatives.iter().map(|a| probability(a.weight)).collect();
        let own = question.alternatives.iter().position(|a| a.pick == question.own().pick).unwrap_or(0);
        let before = match question.alternatives.iter().map(|a| a.weight).sum::<Weight>() {
            ONE => (0..ends[0].len())
                .map(|k| round(odds.iter().zip(&ends).map(|(p, e)| p * e[k]).sum()))
                .collect(),
            // The rule would do what is not open to a person, such as nothing at all.
            _ => ends[own].clone(),
        };
        Some(Known { ends, before })
    }

    /// The part of a value that concerns a decider.
    fn told(&self, value: &[f64], goal: usize) -> Vec<f64> {
        let n = self.results.len();
        value[..n].iter().chain([&value[n + goal]]).map(|v| round(*v)).collect()
    }

    /// Takes a turn in every way it can go; `None` once the budget is spent.
    fn ways(
        &mut self,
        branches: &mut Branches,
        turn: usize,
        cells: &[u8],
        next: &mut Layer,
    ) -> Option<Vec<(f64, usize)>> {
        let (model, mut state) = (self.model, State::new(self.model));
        let mut taken = 0;
        let mut leaf = |state: &mut State, _: &_| {
            taken += 1;
            vec![(1.0, next.place(state.cells()))]
        };
        let ways = branches.fold((model, model.turns[turn]), &mut state, cells, &mut leaf, |_, _, all| {
            all.into_iter()
                .flat_map(|(_, weight, ways)| {
                    ways.into_iter().map(move |(p, to)| (p * probability(weight), to))
                })
                .collect()
        });
        self.left = self.left.checked_sub(taken)?;
        Some(ways)
    }

    /// The values of the states before a turn.
    fn follow(&mut self, first: Layer, first_turn: usize) -> Option<Vec<Value>> {
        let (mut layers, mut layer, mut turn) = (Vec::new(), first, first_turn);
        while !layer.nodes.is_empty() {
            if turn == self.model.turns.len() {
                self.close(&mut layer);
                turn = 0;
            }
            let mut next = Layer::default();
            for node in layer.nodes.iter_mut().filter(|n| n.value.is_none()) {
                node.ways = self.ways(&mut Branches::default(), turn, &node.cells, &mut next)?;
            }
            layers.push((turn, layer.nodes));
            (layer, turn) = (next, turn + 1);
        }
        Some(self.back(layers))
    }

    /// The end of a round: what the talks came to where they are over, what is known where they go on.
    fn close(&self, layer: &mut Layer) {
        let outcome = self.model.cell(Quantity::Outcome);
        for node in &mut layer.nodes {
            node.value = match node.cells[outcome] {
                0 => self.known.get(&node.cells).cloned(),
                _ => Some(self.end(&node.cells)),
            };
        }
    }

    fn end(&self, cells: &[u8]) -> Value {
        let mut state = State::new(self.model);
        state.restore(cells);
        let ends: Vec<End> = self.deciders.iter().map(|who| End::of(self.model, &state, *who)).collect();
        let seen = self.results.iter().map(|r| f64::from(u8::from(r.seen(&ends[0]))));
        seen.chain(ends.iter().map(|e| e.goal as f64)).collect()
    }

    /// From the last layer back to the first.
    fn back(&mut self, layers: Vec<(usize, Vec<Node>)>) -> Vec<Value> {
        let mut after: Vec<Value> = Vec::new();
        for (turn, nodes) in layers.into_iter().rev() {
            let mut values = Vec::with_capacity(nodes.len());
            for node in nodes {
                let value = node.value.unwrap_or_else(|| mixed(&node.ways, &after).into());
                values.push(value.clone());
                if turn == 0 {
                    self.known.insert(node.cells, value);
                }
            }
            after = values;
        }
        after
    }
}

impl Layer {
    fn place(&mut self, cells: &[u8]) -> usize {
        if let Some(place) = self.places.get(cells) {
            return *place;
        }
        let (cells, place) = (Box::<[u8]>::from(cells), self.nodes.len());
        self.places.insert(cells.clone(), place);
        self.nodes.push(Node { cells, ways: Vec::new(), value: None });
        place
    }
}

/// The mean of values by their odds.
fn mixed(ways: &[(f64, usize)], values: &[Value]) -> Vec<f64> {
    let mut sum = vec![0.0; values.first().map_or(0, |v| v.len())];
    for (p, to) in ways {
        sum.iter_mut().zip(values[*to].iter()).for_each(|(s, v)| *s += p * v);
    }
    sum
}

/// Rounded far below what is told, so that what is equal on paper is equal here.
fn round(value: f64) -> f64 {
    libm::round(value * 1e10) / 1e10
}
