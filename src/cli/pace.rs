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
        Self { runs: FIRST.min(most), most, began: None }
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
