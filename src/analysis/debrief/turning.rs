//! Turning points: how far each decision moved the chances, and what another one would have brought.

use serde::Serialize;

use crate::analysis::statistics::Interval;
use crate::analysis::statistics::moments::Moments;
use crate::analysis::statistics::paired::Pairs;
use crate::analysis::summary::Share;
use crate::domain::{Model, probability};
use crate::session::{Alternative, Moment};

use super::Options;
use super::exact::{Known, known};
use super::futures::{End, Luck, by_rule, futures, unit};

/// The least exact shift of a chance that is told: two per cent.
const LEAST_SHIFT: f64 = 0.02;

/// The least exact gain that is told, in points of 100.
const LEAST_GAIN: f64 = 0.05;

/// Something that can come of the talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "place")]
pub enum Ending {
    /// They end with this outcome, as a place in the scenario's list.
    Outcome(usize),
    /// This instrument is signed when they end, as a place in the scenario's list.
    Text(usize),
}

impl Ending {
    /// Everything that is watched in a scenario: its outcomes, then its instruments.
    pub fn all(model: &Model) -> Vec<Self> {
        let outcomes = (0..model.world.outcomes.len()).map(Self::Outcome);
        outcomes.chain((0..model.world.instruments.len()).map(Self::Text)).collect()
    }

    pub(super) fn seen(self, end: &End) -> bool {
        match self {
            Self::Outcome(k) => usize::from(end.outcome) == k,
            Self::Text(k) => end.signed(k),
        }
    }
}

/// A difference of two shares in pairs of runs with the same luck.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shift {
    /// Of what.
    pub result: Ending,
    /// Its share with the first alternative.
    pub from: Share,
    /// With the second.
    pub to: Share,
    /// The difference, −1..=1.
    pub difference: f64,
    /// Lower end of its interval (Newcombe's for pairs).
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Shift {
    /// Of two exact chances.
    fn exact(result: Ending, from: f64, to: f64) -> Self {
        let difference = to - from;
        Self { result, from: certain(from), to: certain(to), difference, low: difference, high: difference }
    }

    pub(super) fn of(result: Ending, from: &[End], to: &[End], alpha: f64) -> Self {
        let mut pairs = Pairs::default();
        for (a, b) in to.iter().zip(from) {
            match (result.seen(a), result.seen(b)) {
                (true, true) => pairs.both += 1,
                (true, false) => pairs.first_only += 1,
                (false, true) => pairs.second_only += 1,
                (false, false) => pairs.neither += 1,
            }
        }
        let n = pairs.n();
        let Interval { low, high } = pairs.newcombe(alpha);
        Self {
            result,
            from: Share::of(pairs.both + pairs.second_only, n, alpha),
            to: Share::of(pairs.both + pairs.first_only, n, alpha),
            difference: pairs.difference().unwrap_or(0.0),
            low,
            high,
        }
    }
}

/// A mean, or a mean difference in pairs, with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Mean {
    /// One that is known.
    fn exact(value: f64, unit: i64) -> Self {
        let value = value / unit as f64;
        Self { value, low: value, high: value }
    }

    fn of(values: impl Iterator<Item = i64>, unit: i64, alpha: f64) -> Self {
        let mut moments = Moments::default();
        values.for_each(|v| moments.add(v));
        let scale = unit as f64;
        let value = moments.mean().unwrap_or(0.0) / scale;
        let interval =
            moments.mean_interval(alpha).unwrap_or(Interval { low: value * scale, high: value * scale });
        Self { value, low: interval.low / scale, high: interval.high / scale }
    }
}

/// What an alternative would have brought.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prospect {
    /// The alternative, in the order of the question.
    pub place: usize,
    /// Its word.
    pub word: String,
    /// The odds by which the model's own rule would have taken it, 0..=1.
    pub odds: f64,
    /// Whether it was taken.
    pub taken: bool,
    /// Shares of every result, in the order of [`Ending::all`].
    pub shares: Vec<Share>,
    /// The decider's goal.
    pub goal: Mean,
}

/// A decision, measured closely.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Its place among the decisions of the branch, from 0.
    pub decision: usize,
    /// Whether its chances and means are exact: intervals then have no width, and no runs stand behind shares.
    pub exact: bool,
    /// The result that it moved furthest when all decisions were looked at.
    pub shift: Shift,
    /// From before to after the decision, for every result.
    pub shifts: Vec<Shift>,
    /// Every alternative that was open.
    pub prospects: Vec<Prospect>,
    /// The alternative that was best for the decider's goal when all decisions were looked at, by place; `None` where none
    /// was better than the one taken.
    pub best: Option<usize>,
    /// What the best one would have added to the goal.
    pub missed: Mean,
}

/// The chances after each decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// The decision, from 0.
    pub decision: usize,
    /// Its round.
    pub round: u8,
    /// Whether its shares are exact.
    pub exact: bool,
    /// How far it moved the result that it moved furthest: exactly, or on the screening runs.
    pub screened: f64,
    /// Shares of every result after it, in the order of [`Ending::all`].
    pub shares: Vec<Share>,
}

/// What hung on the decisions of a branch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turning {
    /// What is watched.
    pub results: Vec<Ending>,
    /// Runs with each alternative of each decision in the first look.
    pub screening: u32,
    /// Runs with each alternative of the decisions that are measured closely, and after every decision.
    pub runs: u32,
    /// Shares before the first decision, every seat the model's.
    pub start: Vec<Share>,
    /// After each decision.
    pub course: Vec<Course>,
    /// The decisions that moved a result furthest, the furthest first.
    pub points: Vec<Point>,
    /// The decisions in which another alternative would have served the decider's goal best, the largest loss first.
    pub missed: Vec<Point>,
}

/// A first look at a decision.
struct Look {
    /// What it moved furthest, and how far.
    result: Ending,
    swing: f64,
    best: Option<usize>,
    gain: f64,
}

/// Every alternative with the same luck.
struct Fan {
    ends: Vec<Vec<End>>,
    before: Vec<End>,
    taken: usize,
}

impl Fan {
    fn of(model: &Model, moment: &Moment, luck: Luck) -> Self {
        let alternatives = &moment.question.alternatives;
        let ends: Vec<Vec<End>> = alternatives.iter().map(|a| futures(model, moment, a.pick, luck)).collect();
        let place = |pick: usize| alternatives.iter().position(|a| a.pick == pick).unwrap_or(0);
        let rule = by_rule(&moment.question, luck);
        let before = rule.iter().enumerate().map(|(run, pick)| ends[place(*pick)][run]).collect();
        Self { before, taken: taken(moment), ends }
    }

    fn after(&self) -> &[End] {
        &self.ends[self.taken]
    }

    fn goal(&self, place: usize) -> i64 {
        self.ends[place].iter().map(|e| e.goal).sum()
    }

    /// Counts decide, so that a tie is a tie on every platform; of equals the first in the list.
    fn look(&self, results: &[Ending]) -> Look {
        let count = |ends: &[End], r: Ending| ends.iter().filter(|e| r.seen(e)).count() as i64;
        let moved = |r: &Ending| (count(self.after(), *r) - count(&self.before, *r)).abs();
        let result = results.iter().rev().max_by_key(|r| moved(r)).copied().unwrap_or(Ending::Outcome(0));
        let n = self.before.len().max(1) as f64;
        let best = (0..self.ends.len()).rev().max_by_key(|a| self.goal(*a));
        let gain = best.map_or(0, |b| self.goal(b) - self.goal(self.taken));
        Look {
            result,
            swing: moved(&result) as f64 / n,
            best: best.filter(|_| gain > 0),
            gain: gain as f64 / n,
        }
    }
}

/// What the search needs.
struct Search<'a> {
    model: &'a Model,
    moments: &'a [Moment],
    results: &'a [Ending],
    known: &'a [Option<Known>],
    luck: Luck,
    alpha: f64,
}

/// A chance that is known: no runs stand behind it, and its interval has no width.
fn certain(share: f64) -> Share {
    Share { runs: 0, share, low: share, high: share }
}

impl Known {
    fn look(&self, results: &[Ending], taken: usize) -> Look {
        let n = results.len();
        let moved = |k: &usize| (self.ends[taken][*k] - self.before[*k]).abs();
        let furthest = (0..n).rev().max_by(|a, b| moved(a).total_cmp(&moved(b)));
        let goal = |a: usize| self.ends[a][n];
        let best = (0..self.ends.len()).rev().max_by(|a, b| goal(*a).total_cmp(&goal(*b)));
        let gain = best.map_or(0.0, |b| goal(b) - goal(taken));
        Look {
            result: furthest.map_or(Ending::Outcome(0), |k| results[k]),
            swing: furthest.map_or(0.0, |k| moved(&k)),
            best: best.filter(|_| gain > 0.0),
            gain,
        }
    }

    fn shares(values: &[f64], results: &[Ending]) -> Vec<Share> {
        values[..results.len()].iter().map(|v| certain(*v)).collect()
    }
}

/// The place of the alternative that was taken.
fn taken(moment: &Moment) -> usize {
    moment.question.alternatives.iter().position(|a| a.pick == moment.pick).unwrap_or(0)
}

/// Looks at every decision exactly or with a few runs, and closely at those on which most hung; `None` where `progress` said no.
pub fn turning(
    model: &Model,
    moments: &[Moment],
    seed: u64,
    options: &Options,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Option<Turning> {
    let results = Ending::all(model);
    let first = Luck { seed, from: 0, runs: options.screening() };
    // What is told is measured on other runs than those that chose it, so that it is not the largest by luck.
    let luck = Luck { seed, from: first.runs, runs: options.runs };
    let known = known(model, moments, &results, options.budget);
    let search = Search { model, moments, results: &results, known: &known, luck, alpha: options.alpha };
    let mut done = 0;
    let mut go_on = || {
        done += 1;
        progress(done, 2 * (moments.len() + options.top) as u64).then_some(())
    };
    let (mut looks, mut course, mut start) = (Vec::new(), Vec::new(), Vec::new());
    for (k, moment) in moments.iter().enumerate() {
        let look = search.look(k, first);
        go_on()?;
        let (before, shares) = search.around(k);
        let exact = known[k].is_some();
        course.push(Course { decision: k, round: moment.round(), exact, screened: look.swing, shares });
        if let Some(before) = before {
            start = before;
        }
        looks.push(look);
        go_on()?;
    }
    let scale = |k: usize| unit(model, moments[k].question.who) as f64;
    let mut points = Vec::new();
    for k in largest(&looks, options.top, |k| looks[k].swing) {
        points.push(search.point(k, &looks[k]));
        go_on()?;
    }
    // Measured on other runs, some first looks come to nothing; what is exact may be too little to be told.
    points.retain(|p| p.shift.low > 0.0 || p.shift.high < 0.0);
    points.retain(|p| !p.exact || p.shift.difference.abs() >= LEAST_SHIFT);
    points.sort_by(|a, b| b.shift.difference.abs().total_cmp(&a.shift.difference.abs()));
    let mut missed = Vec::new();
    for k in largest(&looks, options.top, |k| looks[k].gain / scale(k)) {
        missed.push(search.point(k, &looks[k]));
        go_on()?;
    }
    missed.retain(|p| p.missed.low > 0.0 && (!p.exact || p.missed.value >= LEAST_GAIN));
    missed.sort_by(|a, b| b.missed.value.total_cmp(&a.missed.value));
    Some(Turning { screening: first.runs, runs: luck.runs, start, course, points, missed, results })
}

/// The places with the largest positive figures, the largest first; of equals the earlier.
fn largest(looks: &[Look], top: usize, figure: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut places: Vec<usize> = (0..looks.len()).filter(|k| figure(*k) > 0.0).collect();
    places.sort_by(|a, b| figure(*b).total_cmp(&figure(*a)));
    places.truncate(top);
    places
}

/// The runs of a moment if the decision is left to the model; `taken` are those with the alternative that was taken.
fn before(model: &Model, moment: &Moment, luck: Luck, taken: Vec<End>) -> Vec<End> {
    let rule = by_rule(&moment.question, luck);
    let mut ends = taken;
    for alternative in moment.question.alternatives.iter().filter(|a| a.pick != moment.pick) {
        if rule.contains(&alternative.pick) {
            let other = futures(model, moment, alternative.pick, luck);
            let runs = rule.iter().enumerate().filter(|(_, pick)| **pick == alternative.pick);
            runs.for_each(|(run, _)| ends[run] = other[run]);
        }
    }
    ends
}

fn shares(results: &[Ending], ends: &[End], alpha: f64) -> Vec<Share> {
    let count = |r: &Ending| ends.iter().filter(|e| r.seen(e)).count() as u64;
    results.iter().map(|r| Share::of(count(r), ends.len() as u64, alpha)).collect()
}

impl Search<'_> {
    /// A first look at a decision.
    fn look(&self, decision: usize, first: Luck) -> Look {
        let moment = &self.moments[decision];
        match &self.known[decision] {
            Some(known) => known.look(self.results, taken(moment)),
            None => Fan::of(self.model, moment, first).look(self.results),
        }
    }

    /// Shares before a decision, told of the first one only, and after it.
    fn around(&self, decision: usize) -> (Option<Vec<Share>>, Vec<Share>) {
        let moment = &self.moments[decision];
        if let Some(known) = &self.known[decision] {
            let before = (decision == 0).then(|| Known::shares(&known.before, self.results));
            return (before, Known::shares(&known.ends[taken(moment)], self.results));
        }
        let after = futures(self.model, moment, moment.pick, self.luck);
        let told = shares(self.results, &after, self.alpha);
        let before = (decision == 0).then(|| before(self.model, moment, self.luck, after));
        (before.map(|ends| shares(self.results, &ends, self.alpha)), told)
    }

    /// Measures a decision closely.
    fn point(&self, decision: usize, look: &Look) -> Point {
        match &self.known[decision] {
            Some(known) => self.exact(decision, known, look),
            None => self.sampled(decision, look),
        }
    }

    fn exact(&self, decision: usize, known: &Known, look: &Look) -> Point {
        let (moment, n) = (&self.moments[decision], self.results.len());
        let (unit, taken) = (unit(self.model, moment.question.who), taken(moment));
        let prospect = |(place, a): (usize, &Alternative)| Prospect {
            place,
            word: a.word.clone(),
            odds: probability(a.weight),
            taken: place == taken,
            shares: Known::shares(&known.ends[place], self.results),
            goal: Mean::exact(known.ends[place][n], unit),
        };
        let shift = |k: usize| Shift::exact(self.results[k], known.before[k], known.ends[taken][k]);
        let told = self.results.iter().position(|r| *r == look.result).unwrap_or(0);
        Point {
            decision,
            exact: true,
            shift: shift(told),
            shifts: (0..n).map(shift).collect(),
            prospects: moment.question.alternatives.iter().enumerate().map(prospect).collect(),
            best: look.best,
            missed: Mean::exact(look.gain, unit),
        }
    }

    fn sampled(&self, decision: usize, look: &Look) -> Point {
        let (moment, alpha) = (&self.moments[decision], self.alpha);
        let fan = Fan::of(self.model, moment, self.luck);
        let unit = unit(self.model, moment.question.who);
        let prospect = |(place, a): (usize, &Alternative)| Prospect {
            place,
            word: a.word.clone(),
            odds: probability(a.weight),
            taken: place == fan.taken,
            shares: shares(self.results, &fan.ends[place], alpha),
            goal: Mean::of(fan.ends[place].iter().map(|e| e.goal), unit, alpha),
        };
        let best = look.best.unwrap_or(fan.taken);
        let gains = fan.ends[best].iter().zip(fan.after()).map(|(b, a)| b.goal - a.goal);
        let shift = |r: &Ending| Shift::of(*r, &fan.before, fan.after(), alpha);
        Point {
            decision,
            exact: false,
            shift: shift(&look.result),
            shifts: self.results.iter().map(shift).collect(),
            prospects: moment.question.alternatives.iter().enumerate().map(prospect).collect(),
            best: look.best,
            missed: Mean::of(gains, unit, alpha),
        }
    }
}
