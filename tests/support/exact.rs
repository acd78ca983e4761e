//! A small exhaustive walk through a scenario, for tests: every alternative of every choice, equal states merged
//! after every turn.

use std::collections::BTreeMap;

use baraza::agents::take_turn;
use baraza::domain::{Model, ONE, Quantity, Weight};
use baraza::kernel::{Chooser, Silent, Site, State};

/// Follows a prefix of picks, then takes the first possible alternative of each further choice.
#[derive(Default)]
struct Prefix {
    picks: Vec<usize>,
    seen: Vec<Vec<Weight>>,
    at: usize,
}

impl Chooser for Prefix {
    fn choose(&mut self, _site: Site, weights: &[Weight]) -> usize {
        if self.at == self.picks.len() {
            self.picks.push(weights.iter().position(|w| *w > 0).expect("some alternative is possible"));
        }
        self.seen.push(weights.to_vec());
        self.at += 1;
        self.picks[self.at - 1]
    }
}

impl Prefix {
    /// Moves to the next combination of picks; `false` when all have been visited.
    fn advance(&mut self) -> bool {
        while let Some(last) = self.picks.pop() {
            let weights = &self.seen[self.picks.len()];
            if let Some(next) = (last + 1..weights.len()).find(|k| weights[*k] > 0) {
                self.picks.push(next);
                self.seen.clear();
                self.at = 0;
                return true;
            }
        }
        false
    }

    fn probability(&self) -> f64 {
        self.picks.iter().zip(&self.seen).map(|(k, w)| w[*k] as f64 / ONE as f64).product()
    }
}

/// Every state that a turn can lead to.
pub fn successors(model: &Model, cells: &[u8], turn: baraza::domain::Turn) -> Vec<Vec<u8>> {
    let (mut state, mut prefix, mut next) = (State::new(model), Prefix::default(), Vec::new());
    loop {
        state.restore(cells);
        take_turn(model, &mut state, turn, &mut prefix, &mut Silent);
        next.push(state.cells().to_vec());
        if !prefix.advance() {
            return next;
        }
    }
}

/// The probability of every end, as a map from the cells of the last state; `None` when there are more than `limit`
/// states in a layer.
pub fn ends(model: &Model, limit: usize) -> Option<BTreeMap<Vec<u8>, f64>> {
    let mut ends = BTreeMap::new();
    let mut layer = BTreeMap::from([(State::new(model).cells().to_vec(), 1.0)]);
    let outcome = model.cell(Quantity::Outcome);
    let mut state = State::new(model);
    while !layer.is_empty() {
        for turn in &model.turns {
            let mut next = BTreeMap::new();
            for (cells, p) in &layer {
                let mut prefix = Prefix::default();
                loop {
                    state.restore(cells);
                    take_turn(model, &mut state, *turn, &mut prefix, &mut Silent);
                    *next.entry(state.cells().to_vec()).or_insert(0.0) += p * prefix.probability();
                    if !prefix.advance() {
                        break;
                    }
                }
            }
            if next.len() > limit {
                return None;
            }
            layer = next;
        }
        let (done, going): (BTreeMap<_, _>, BTreeMap<_, _>) =
            layer.into_iter().partition(|(c, _)| c[outcome] != 0);
        for (cells, p) in done {
            *ends.entry(cells).or_insert(0.0) += p;
        }
        layer = going;
    }
    Some(ends)
}

/// The probability of every outcome by its id.
pub fn outcomes(model: &Model, limit: usize) -> Option<BTreeMap<String, f64>> {
    let outcome = model.cell(Quantity::Outcome);
    let mut by_id = BTreeMap::new();
    for (cells, p) in ends(model, limit)? {
        let id = model.world.outcomes[cells[outcome] as usize - 1].name.id.clone();
        *by_id.entry(id).or_insert(0.0) += p;
    }
    Some(by_id)
}
