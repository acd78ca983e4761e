//! What a turn comes to: a distribution over the states after it, or a decision between such.

use std::hash::{Hash, Hasher};

use crate::domain::{ONE, Weight};

use super::act::Act;
use crate::drivers::enumerate::branches::Alternatives;

/// A distribution over numbered states, and what each reward is expected to grow by on the way (empty: nothing).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Way {
    pub to: Vec<(u64, f64)>,
    pub rewards: Vec<f64>,
}

/// Actions, each with where it leads.
pub(super) type Actions = Vec<(Option<Act>, Way)>;

/// What a turn comes to.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Chance alone goes on.
    Way(Way),
    /// Somebody decides first.
    Decision(Actions),
}

impl Way {
    /// Leads to one state for certain.
    pub fn to(state: u64) -> Self {
        Self { to: vec![(state, 1.0)], rewards: Vec::new() }
    }

    /// The mixture of ways by their weights.
    pub fn mixed(ways: impl Iterator<Item = (Weight, Way)>) -> Self {
        let mut mixed = Self::default();
        for (weight, way) in ways {
            let share = weight as f64 / ONE as f64;
            mixed.to.extend(way.to.iter().map(|(state, p)| (*state, p * share)));
            if mixed.rewards.len() < way.rewards.len() {
                mixed.rewards.resize(way.rewards.len(), 0.0);
            }
            mixed.rewards.iter_mut().zip(&way.rewards).for_each(|(sum, r)| *sum += r * share);
        }
        mixed.to.sort_by_key(|(state, _)| *state);
        mixed.to.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 += later.1;
            }
            same
        });
        mixed
    }

    /// What the probabilities sum to.
    pub fn sum(&self) -> f64 {
        self.to.iter().map(|(_, p)| p).sum()
    }
}

impl Node {
    /// The value of a choice that chance makes; decisions behind it become states of their own by `settle`.
    pub fn chance(all: Alternatives<Node>, mut settle: impl FnMut(Node) -> Way) -> Self {
        Node::Way(Way::mixed(all.into_iter().map(|(_, weight, node)| (weight, settle(node)))))
    }

    /// The value of a choice that an agent makes: nothing to decide where one alternative is open only.
    pub fn decision(
        mut all: Alternatives<Node>,
        act: impl Fn(usize, Weight) -> Act,
        mut settle: impl FnMut(Node) -> Way,
    ) -> Self {
        match (all.len(), all.pop()) {
            (1, Some((.., node))) => node,
            (_, last) => {
                let all = all.into_iter().chain(last);
                Node::Decision(all.map(|(pick, w, node)| (Some(act(pick, w)), settle(node))).collect())
            }
        }
    }
}

/// A hash of a decision: equal ones in a layer are one state.
pub(super) fn hash(labels: &[usize], actions: &Actions) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    labels.hash(&mut hasher);
    for (act, way) in actions {
        act.hash(&mut hasher);
        for (state, p) in &way.to {
            (state, p.to_bits()).hash(&mut hasher);
        }
        way.rewards.iter().for_each(|r| r.to_bits().hash(&mut hasher));
    }
    hasher.finish()
}
