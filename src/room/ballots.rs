//! Votes, kept so that nobody can tell who voted for what: by step who has voted, and how many voted for what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The name of the format.
pub(super) const FORMAT: &str = "baraza-ballots/1";

/// All votes of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballots {
    /// `baraza-ballots/1`.
    pub format: String,
    /// By the step of the lesson, from 1.
    pub steps: BTreeMap<usize, Ballot>,
}

/// The votes of one step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Who has voted, with the key of the form; in the order of ids, so that it says nothing of when.
    pub voted: BTreeMap<String, String>,
    /// How many voted for each option.
    pub votes: Vec<u32>,
}

impl Default for Ballots {
    fn default() -> Self {
        Self { format: FORMAT.into(), steps: BTreeMap::new() }
    }
}

impl Ballots {
    /// The votes of a step so far; nothing where nobody has voted.
    pub fn of(&self, step: usize) -> Option<&Ballot> {
        self.steps.get(&step)
    }

    /// Takes a vote for an option of so many.
    pub(super) fn vote(&mut self, step: usize, (who, key): (&str, &str), (option, options): (usize, usize)) {
        let ballot = self.steps.entry(step).or_default();
        ballot.votes.resize(options, 0);
        ballot.voted.insert(who.to_owned(), key.to_owned());
        if let Some(votes) = ballot.votes.get_mut(option) {
            *votes += 1;
        }
    }
}
