//! Turning points: the decisions that moved the chances of what followed most.
//!
//! From every decision the talks are played on with each alternative that was open, in the same runs: equal luck, so that
//! differences come from the decision alone. Later decisions of people play no part; the model decides in their place. How
//! much a decision moved is the largest difference, over outcomes and instruments, between the alternative that was picked and
//! another one, taken at the end of its paired interval that is nearer to nothing.

use crate::analysis::statistics::Interval;
use crate::analysis::statistics::paired::Pairs;
use crate::domain::{Model, Quantity, SeatId};
use crate::drivers::decider::Decider;
use crate::session::{Moment, Table};

use super::Settings;
use super::futures::{Chances, Future, Start, Thing, futures, pairs};

/// The chances as the talks went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Before the first decision, from the start of the talks.
    pub start: Chances,
    /// After each decision, in order.
    pub after: Vec<Chances>,
}

/// An alternative that was open, and what would have come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// The alternative, in the kernel's order.
    pub pick: usize,
    /// What it is called.
    pub word: String,
    /// What came of it.
    pub chances: Chances,
    /// The largest difference that it makes against the one that was picked; `None` for that one itself.
    pub swing: Option<Swing>,
}

/// A difference between the alternative that was picked and another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// On what, as a place in the list of things.
    pub thing: usize,
    /// The pairs: first the world of the alternative picked, second that of the other.
    pub pairs: Pairs,
    /// The difference, the picked one less the other, −1 to 1.
    pub difference: f64,
    /// Its interval (Newcombe's for pairs).
    pub interval: Interval,
}

impl Swing {
    /// How sure it moved at the least: the end of the interval nearer to nothing, 0 where the interval holds nothing.
    pub fn least(&self) -> f64 {
        let Interval { low, high } = self.interval;
        if low > 0.0 {
            low
        } else if high < 0.0 {
            -high
        } else {
            0.0
        }
    }
}

/// A decision and what moved by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Turning {
    /// Which, counted from 0 among the decisions of the branch.
    pub moment: usize,
    /// Everything that was open.
    pub open: Vec<Open>,
    /// The alternative that was picked, as a place among them.
    pub picked: usize,
    /// The other alternative against which the difference is largest, as a place among them.
    pub against: usize,
    /// That difference.
    pub swing: Swing,
    /// For a party: the seat of the track in question and the alternative that gave it most points on average, where it is not
    /// the one that was picked.
    pub most: Option<(SeatId, usize)>,
}

/// What the search needs.
pub(super) struct Work<'a> {
    pub model: &'a Model,
    pub table: &'a Table<'a>,
    pub things: &'a [Thing],
    pub seed: u64,
    pub settings: &'a Settings,
    pub watch: &'a (dyn Fn(u64, u64) -> bool + Sync),
}

impl Work<'_> {
    /// The course and the turning points; `None` where it was stopped.
    pub(super) fn out(&self) -> Option<(Course, Vec<Turning>)> {
        let moments = self.table.moments();
        let deeper = self.settings.points.saturating_mul(2).min(moments.len());
        let steps = 1 + 2 * moments.len() as u64 + deeper as u64;
        let mut done = 0;
        let mut go_on = || {
            done += 1;
            (self.watch)(done, steps)
        };
        let start = Start::Round(&self.model.initial);
        let start = Chances::of(&futures(self.model, self.things, start, self.seed, self.settings.runs));
        go_on().then_some(())?;
        let mut after = Vec::new();
        for moment in moments {
            let played = self.played(moment, moment.pick, self.settings.runs);
            after.push(Chances::of(&played));
            go_on().then_some(())?;
        }
        let mut screened = Vec::new();
        for k in 0..moments.len() {
            let least = self.weigh(k, self.settings.screening).map_or(0.0, |t| t.swing.difference.abs());
            screened.push((k, least));
            go_on().then_some(())?;
        }
        screened.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut turning = Vec::new();
        for (k, _) in screened.into_iter().take(deeper) {
            turning.extend(self.weigh(k, self.settings.runs));
            go_on().then_some(())?;
        }
        turning.retain(|t| t.swing.least() > 0.0);
        turning.sort_by(|a, b| b.swing.least().total_cmp(&a.swing.least()).then(a.moment.cmp(&b.moment)));
        turning.truncate(self.settings.points);
        Some((Course { start, after }, turning))
    }

    fn played(&self, moment: &Moment, pick: usize, runs: u32) -> Vec<Future> {
        futures(self.model, self.things, Start::Decision(moment, pick), self.seed, runs)
    }

    /// Every alternative of a decision against the one that was picked.
    fn weigh(&self, at: usize, runs: u32) -> Option<Turning> {
        let moment = &self.table.moments()[at];
        let picked = moment.question.alternatives.iter().position(|a| a.pick == moment.pick)?;
        let own = self.played(moment, moment.pick, runs);
        let open: Vec<Open> = moment
            .question
            .alternatives
            .iter()
            .map(|a| {
                let (chances, swing) = if a.pick == moment.pick {
                    (Chances::of(&own), None)
                } else {
                    let other = self.played(moment, a.pick, runs);
                    (Chances::of(&other), self.swing(&own, &other))
                };
                Open { pick: a.pick, word: a.word.clone(), chances, swing }
            })
            .collect();
        let swings = open.iter().enumerate().filter_map(|(k, o)| o.swing.map(|s| (k, s)));
        let by_size = |a: &(usize, Swing), b: &(usize, Swing)| {
            let least = a.1.least().total_cmp(&b.1.least());
            least.then(a.1.difference.abs().total_cmp(&b.1.difference.abs())).then(b.0.cmp(&a.0))
        };
        let (against, swing) = swings.max_by(by_size)?;
        let most = self.most(moment, &open).filter(|(_, k)| *k != picked);
        Some(Turning { moment: at, open, picked, against, swing, most })
    }

    /// The largest difference between two sets of futures.
    fn swing(&self, own: &[Future], other: &[Future]) -> Option<Swing> {
        let each = (0..self.things.len()).map(|thing| {
            let pairs = pairs(own, other, thing);
            let difference = pairs.difference().unwrap_or(0.0);
            Swing { thing, pairs, difference, interval: pairs.newcombe(self.settings.alpha) }
        });
        each.max_by(|a, b| a.least().total_cmp(&b.least()).then(b.thing.cmp(&a.thing)))
    }

    /// Which alternative gives the deciding party most points on the track in question.
    fn most(&self, moment: &Moment, open: &[Open]) -> Option<(SeatId, usize)> {
        let Decider::Party(party) = moment.question.who else { return None };
        let seat = self.model.world.seats_of(party).next()?;
        let best = (0..open.len()).rev().max_by_key(|k| open[*k].chances.points[seat.at()])?;
        Some((seat, best))
    }
}

/// A seat's alternative at the end of the talks, in points of 100.
pub(super) fn alternative(table: &Table, seat: SeatId) -> i32 {
    crate::kernel::worth::derived(table.model(), table.state(), Quantity::Alternative(seat))
}
