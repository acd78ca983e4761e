//! How many runs are played between two looks at the clock and at Ctrl-C.

use std::time::{Duration, Instant};

/// Runs of the first batch: nobody knows yet how long one takes.
const FIRST: u32 = 16;
/// Batches that take less grow, and those that take more than four times that shrink.
const SOON: Duration = Duration::from_millis(100);

/// Batches of as many runs as are soon played. What is counted does not depend on how it is cut into batches.
pub(super) struct Pace {
    runs: u32,
    most: u32,
    began: Option<Instant>,
}

impl Pace {
    /// Batches of so many runs at most.
    pub(super) fn new(most: u32) -> Self {
        Self::among(most, 1)
    }

    /// The same where a run is played in so many worlds: the first batch is as short.
    pub(super) fn among(most: u32, worlds: usize) -> Self {
        let first = FIRST / u32::try_from(worlds).unwrap_or(FIRST).max(1);
        Self { runs: first.clamp(1, most.max(1)), most, began: None }
    }

    /// Where the batch ends that begins with this run, of those before `end`; the one before it has been played.
    pub(super) fn next(&mut self, from: u32, end: u32) -> u32 {
        match self.began.map(|began| began.elapsed()) {
            Some(took) if took < SOON => self.runs = self.runs.saturating_mul(2).min(self.most),
            Some(took) if took > SOON * 4 => self.runs = (self.runs / 2).max(1),
            _ => {}
        }
        self.began = Some(Instant::now());
        end.min(from.saturating_add(self.runs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_batch_is_short_however_many_worlds_there_are() {
        for (worlds, first) in [(1, 16), (2, 8), (5, 3), (64, 1), (100_000, 1)] {
            assert_eq!(Pace::among(512, worlds).next(10, 6_000), 10 + first, "{worlds} worlds");
        }
        assert_eq!(Pace::new(4).next(0, 3), 3);
    }
}
