//! How a branch ended, or where it stands.

use crate::domain::{InstrumentId, Model, OutcomeId, Quantity, SeatId};
use crate::kernel::{Entry, worth};
use crate::session::Table;

use super::turning::alternative;

/// A seat at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub seat: SeatId,
    /// What is settled is worth to it, in points of 100.
    pub points: i32,
    /// What no agreement is worth to it now, in points of 100.
    pub alternative: i32,
}

/// A branch at its end, or where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The last round.
    pub round: u8,
    /// How the talks ended; `None` while they go on.
    pub outcome: Option<OutcomeId>,
    /// Instruments that were signed, each with the first round in which it was.
    pub signed: Vec<(InstrumentId, u8)>,
    /// Every seat.
    pub standings: Vec<Standing>,
    /// How many decisions people took.
    pub decisions: usize,
}

impl Ended {
    pub(super) fn of(model: &Model, table: &Table) -> Self {
        let outcome = usize::from(table.state().get(model, Quantity::Outcome)).checked_sub(1);
        let mut signed: Vec<(InstrumentId, u8)> = Vec::new();
        for step in table.steps() {
            for entry in &step.entries {
                if let Entry::Instrument { instrument, to: crate::domain::InstrumentState::Signed, .. } =
                    entry
                    && !signed.iter().any(|(n, _)| n == instrument)
                {
                    signed.push((*instrument, step.round));
                }
            }
        }
        let standing = |seat: SeatId| Standing {
            seat,
            points: worth::derived(model, table.state(), Quantity::Points(seat)),
            alternative: alternative(table, seat),
        };
        Self {
            round: table.steps().last().map_or(1, |s| s.round),
            outcome: outcome.map(OutcomeId::new),
            signed,
            standings: (0..model.world.seats.len()).map(|s| standing(SeatId::new(s))).collect(),
            decisions: table.moments().len(),
        }
    }
}
