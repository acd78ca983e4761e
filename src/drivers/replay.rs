//! Decides by a record: the same run again.

use thiserror::Error;

use crate::domain::{Model, Weight};
use crate::kernel::{Chooser, Site, What};

use super::transcript::{Transcript, record};

/// Why a record does not fit the scenario.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Mismatch {
    /// The record ends before the talks do.
    #[error("the record ends in round {round}, before the talks do")]
    TooShort {
        /// The round in which a choice is missing.
        round: u8,
    },
    /// The talks end before the record does.
    #[error("the talks end, but the record goes on for {left} more choices")]
    TooLong {
        /// Choices left over.
        left: usize,
    },
    /// The record holds a choice that the talks do not ask for.
    #[error("choice {at}, in round {round}: the record says `{recorded}`, the talks ask for `{asked}`")]
    OtherChoice {
        /// Which choice, counted from 1.
        at: usize,
        /// The round.
        round: u8,
        /// What was recorded.
        recorded: What,
        /// What was asked for.
        asked: What,
    },
    /// The record picks an alternative that does not exist here.
    #[error("choice {at}, in round {round}: the record picks alternative {pick} of {alternatives}")]
    NoSuchAlternative {
        /// Which choice, counted from 1.
        at: usize,
        /// The round.
        round: u8,
        /// What was picked, counted from 1.
        pick: usize,
        /// How many alternatives there are.
        alternatives: usize,
    },
}

/// A recorded choice: what was chosen and which alternative was picked.
pub type Recorded = (What, usize);

/// Reads recorded choices.
struct Reader<'a> {
    record: &'a [Recorded],
    next: usize,
    problem: Option<Mismatch>,
}

impl Chooser for Reader<'_> {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        if self.problem.is_none() {
            match self.read(site, weights) {
                Ok(pick) => return pick,
                Err(problem) => self.problem = Some(problem),
            }
        }
        // The run is of no use any more; it goes on, in any possible way, to its end.
        weights.iter().position(|w| *w > 0).unwrap_or(0)
    }
}

impl Reader<'_> {
    fn read(&mut self, site: Site, weights: &[Weight]) -> Result<usize, Mismatch> {
        let (at, round) = (self.next + 1, site.round);
        let &(recorded, pick) = self.record.get(self.next).ok_or(Mismatch::TooShort { round })?;
        if recorded != site.what {
            return Err(Mismatch::OtherChoice { at, round, recorded, asked: site.what });
        }
        if weights.get(pick).is_none_or(|w| *w == 0) {
            return Err(Mismatch::NoSuchAlternative {
                at,
                round,
                pick: pick + 1,
                alternatives: weights.len(),
            });
        }
        self.next += 1;
        Ok(pick)
    }
}

/// Plays the talks by a record.
///
/// # Errors
/// When the record does not fit the scenario.
pub fn replay(model: &Model, choices: &[Recorded]) -> Result<Transcript, Mismatch> {
    let mut reader = Reader { record: choices, next: 0, problem: None };
    let transcript = record(model, &mut reader);
    match (reader.problem, choices.len() - reader.next) {
        (Some(problem), _) => Err(problem),
        (None, 0) => Ok(transcript),
        (None, left) => Err(Mismatch::TooLong { left }),
    }
}
