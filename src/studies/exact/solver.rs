//! All states that can be reached, swept: exact values where they fit, else bounds.

use std::cell::Cell;

use crate::analysis::counters::Measure;
use crate::analysis::exact::{Exact, FeasibilityBound, Tally, answer, exact, extrapolation, feasibility};
use crate::domain::Model;
use crate::drivers::enumerate::{
    Fixed, Fraction, LayerSize, Limits, Mass, MemoryBudget, Swept, TrackedCells,
};
use crate::studies::refusal::{Refusal, Why};
use crate::studies::study::{Sweeping, Watch};

use super::text::to_close;

/// Beyond so much dropped mass bounds say nothing useful.
const HOPELESS: f64 = 0.25;
/// After so many states, over all turns, a sweep is a long one.
const LONG: usize = 4_000_000;
/// Where it is so before a quarter of its turns, it will be far longer.
const EARLY: usize = 4;
/// Bytes that a state takes at least.
const LEAN: u64 = 150;
/// States kept in the sweeps that say about how many there would be where there are far too many.
const AHEAD: usize = 5_000;
/// Ways a state may go in a turn, on average, before states are no more counted ahead.
const MANY: u64 = 64;
/// So many states go no more ways than are soon gone.
const FEW: usize = 1000;
/// The most states a layer may have where fractions are asked for: they grow with every turn.
const FRACTIONS: usize = 200_000;

/// What is to be solved.
pub(super) struct Solver<'a> {
    pub model: &'a Model,
    pub measures: &'a [Measure],
    /// Probability that may be dropped.
    pub budget: f64,
    /// How many states may be kept.
    pub room: MemoryBudget,
    /// Whether somebody has said how many: then nothing is given up for being too large.
    pub insisted: bool,
    /// The scenario and its changes as a command names them.
    pub named: &'a str,
    pub watch: &'a dyn Watch,
}

impl Solver<'_> {
    /// Exact values where all states fit, else bounds.
    pub fn bounds(&self) -> Result<Exact, Refusal> {
        let room = self.room;
        let tracked = &mut self.tracked();
        let limits = Limits { room, budget: self.budget, hopeless: HOPELESS };
        let (mut visited, mut asked, mut spread) = (0, self.insisted, None);
        let ahead = self.model.all_turns() / EARLY;
        let swept = self.sweep::<Fixed>(limits, tracked, |layer| {
            let so_far = visited + layer.states;
            if layer.over {
                visited = so_far;
            }
            if !asked && so_far >= LONG && layer.step <= ahead {
                // It will take long: whether it can come to anything is asked before.
                asked = true;
                let states = (room.bytes / LEAN) as usize;
                let feasibility = feasibility(self.model, states);
                spread = (feasibility.outside > HOPELESS).then(|| told(&feasibility, states));
            }
            spread.is_none()
        })?;
        if let Some(spread) = spread {
            let extrapolation = self.extrapolation(AHEAD, tracked)?;
            return Err(self.hopeless(&spread, extrapolation, swept.bytes_a_state));
        }
        let Some(mut exact) = self.answer(&swept) else {
            let extrapolation = self.extrapolation(swept.kept / 10, tracked)?;
            return Err(self.hopeless(&self.given_up(&swept), extrapolation, swept.bytes_a_state));
        };
        if swept.cramped {
            exact.size.wanted = self.closed(vec![(swept.kept, swept.wanted)], tracked)?;
        }
        Ok(exact)
    }

    fn tracked(&self) -> TrackedCells {
        TrackedCells::guess_while(self.model, || !self.watch.stopped())
    }

    /// Exact fractions, where all states fit.
    pub fn fractions(&self) -> Result<Exact, Refusal> {
        let room = self.room;
        let room = MemoryBudget { states: room.states.min(FRACTIONS), ..room };
        let tracked = &mut self.tracked();
        let limits = Limits { room, budget: 0.0, hopeless: 0.0 };
        let swept = self.sweep::<Fraction>(limits, tracked, |_| true)?;
        self.answer(&swept).ok_or_else(|| {
            let message = format!(
                "exact fractions are for small scenarios: more than {} states after a turn; without --rational the same is known \
                 to twenty places and more: `baraza exact {}`",
                swept.kept,
                self.named
            );
            Refusal::no(message)
        })
    }

    fn answer<M: Mass>(&self, swept: &Swept<Tally<M>, M>) -> Option<Exact> {
        answer(self.model, self.measures, swept)
    }

    fn sweep<M: Mass>(
        &self,
        limits: Limits,
        tracked: &mut TrackedCells,
        mut go_on: impl FnMut(&LayerSize) -> bool,
    ) -> Result<Swept<Tally<M>, M>, Refusal> {
        let sweeping = Sweeping::new(self.model, self.watch);
        let stopped = Cell::new(false);
        let swept = exact::<M>(self.model, self.measures, limits, tracked, |layer: &LayerSize| {
            stopped.set(!sweeping.goes_on(layer.step, layer.states, layer.dropped));
            !stopped.get() && go_on(layer)
        })
        .map_err(|e| Refusal::usage(e.to_string()))?;
        match (stopped.get() && swept.gave_up.is_some(), swept.layers.last()) {
            (true, layer) => {
                let (round, states) = layer.map_or((0, 0), |l| (l.round, l.states));
                let what = "nothing is exact before the sweep has ended";
                Err(Refusal::new(
                    Why::Stopped,
                    format!("stopped in round {round} with {states} states: {what}"),
                ))
            }
            _ => Ok(swept),
        }
    }

    /// How many states would have to be kept so as to drop none, from sweeps that keep so many, a tenth, and a tenth of that;
    /// `None` where that cannot be told.
    fn extrapolation(&self, kept: usize, tracked: &mut TrackedCells) -> Result<Option<f64>, Refusal> {
        match self.wanted(kept, tracked)? {
            Some(wanted) => self.closed(vec![(kept, wanted)], tracked),
            None => Ok(None),
        }
    }

    /// The same where the last of these sweeps has been made.
    fn closed(
        &self,
        mut tries: Vec<(usize, f64)>,
        tracked: &mut TrackedCells,
    ) -> Result<Option<f64>, Refusal> {
        for _ in 0..2 {
            let kept = (tries[0].0 / 10).max(1);
            let Some(wanted) = self.wanted(kept, tracked)? else { return Ok(None) };
            tries.insert(0, (kept, wanted));
        }
        Ok(extrapolation(&tries))
    }

    /// The states after a turn that there would be if none were dropped, by how those grow that are kept; `None` where a turn goes
    /// so many ways that this would take longer than it is worth.
    fn wanted(&self, kept: usize, tracked: &mut TrackedCells) -> Result<Option<f64>, Refusal> {
        let limits = Limits { room: MemoryBudget::of(kept), budget: 0.0, hopeless: 1.0 };
        let mut soon = true;
        let swept = self.sweep::<Fixed>(limits, tracked, |layer| {
            soon &= layer.ways <= MANY * kept.max(FEW) as u64;
            soon
        })?;
        Ok(soon.then_some(swept.wanted))
    }

    fn given_up(&self, swept: &Swept<Tally<Fixed>, Fixed>) -> String {
        let (round, dropped) = swept.layers.last().map_or((0, 0.0), |l| (l.round, l.dropped));
        format!(
            "too large: by round {round} of {} {:.0}% of the probability had to be dropped to keep {} states, and bounds that wide \
             say nothing",
            self.model.world.rounds,
            dropped * 100.0,
            swept.kept
        )
    }

    /// Says what it would take and what to do instead.
    fn hopeless(&self, what: &str, extrapolation: Option<f64>, bytes_a_state: usize) -> Refusal {
        let takes = match extrapolation {
            Some(wanted) => to_close(wanted, bytes_a_state),
            None => "How many states there are cannot be told: their number grew with every try, or a turn goes far too many ways.".into(),
        };
        let subject = self.named;
        Refusal::new(
            Why::No,
            format!(
                "{what}. {takes} `baraza ensemble {subject}` estimates the same with intervals of confidence; leaving out fronts, \
                 backers or items, or weariness_odds of 0 or 1, makes scenarios smaller; --max-states N takes more memory and tries \
                 at any rate"
            ),
        )
    }
}

/// Why so many states are too few.
fn told(feasibility: &FeasibilityBound, states: usize) -> String {
    format!(
        "too large: {} of {} sampled runs go on after round {}, in {} different states, and by that no {states} states, as many as \
         fit into memory, hold more than {:.0}% of the probability there",
        feasibility.going,
        feasibility.runs,
        feasibility.round,
        feasibility.different,
        (1.0 - feasibility.outside) * 100.0
    )
}
