//! How much may be kept.

use super::layer::Layer;
use super::mass::Mass;

/// How much may be kept while everything that can happen is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryBudget {
    /// States after a turn; for an induction, which keeps those of all turns, all together.
    pub states: usize,
    /// Bytes in all.
    pub bytes: u64,
}

impl MemoryBudget {
    /// As much as there is.
    pub const ALL: Self = Self { states: usize::MAX, bytes: u64::MAX };

    /// So many states, whatever they take.
    pub const fn of(states: usize) -> Self {
        Self { states, ..Self::ALL }
    }

    /// So many bytes, whatever they hold.
    pub const fn bytes(bytes: u64) -> Self {
        Self { bytes, ..Self::ALL }
    }

    /// States that may be kept after a turn.
    pub(super) fn layer<const W: usize, M: Mass>(self) -> usize {
        self.states.min(Layer::<W, M>::fitting(self.bytes))
    }

    /// This part of the bytes.
    pub(super) fn part(self, part: u64, of: u64) -> Self {
        Self { bytes: (self.bytes / of).saturating_mul(part), ..self }
    }
}
