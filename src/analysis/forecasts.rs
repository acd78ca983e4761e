//! Scores of a backtest: how far the model's shares were from what the record says.
//!
//! Two families, because they answer two questions. The *entries* are things that were so: high shares score well, and
//! a model that holds everything likely would score best. The *timing* scores also what had not come about yet: at the
//! end of every round of which the record speaks, each claim had come about or had not.

use serde::Serialize;

use crate::drivers::philox::Stream;

use super::backtest::Entry;
use super::record::Claim;
use super::statistics::resample::percentile_intervals;
use super::statistics::scores::{Forecast, brier, calibration, log_score};
use super::summary::Share;
use super::windows::Window;

/// Resamples of a bootstrap.
const RESAMPLES: usize = 2000;
/// The seed of the bootstraps: the same counts give the same intervals.
const SEED: u64 = 1;
/// Classes of a calibration table.
pub const CLASSES: usize = 5;

/// An estimate with the interval of a bootstrap.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower end; `None` where there are too few to resample.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// A score beside that of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The model's: 0 is perfect.
    pub model: Estimate,
    /// The reference's.
    pub reference: f64,
    /// 1 − model / reference: 1 is perfect, 0 no better than the reference, below 0 worse. `None` where the reference is
    /// perfect.
    pub skill: Option<Estimate>,
}

/// How well the shares fit the entries. The reference is a coin: it says one half of each.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// How many entries lie within the rounds.
    pub entries: usize,
    /// Brier's score: the mean of (1 − share)².
    pub brier: Score,
    /// The mean of −ln share, in nats, with shares kept within `clamp` and 1 − `clamp`.
    pub log: Score,
    /// Entries to which the model gave less than one half: a coin does better on each of these.
    pub below_half: usize,
    /// One half of one run: the nearest to certainty that so many runs can show.
    pub clamp: f64,
}

/// When things that last came about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timing {
    /// The claims, in the order of the file.
    pub claims: Vec<Course>,
    /// The mean of the claims' Brier scores: a ranked probability score per round end. The reference knows the window of each claim
    /// ([`Window::odds_by`]).
    pub brier: Score,
    /// The same with the logarithmic score.
    pub log: Score,
    /// One half of one run.
    pub clamp: f64,
    /// Forecasts by class of their probability.
    pub calibration: Vec<ClassRow>,
}

/// A claim through the rounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// The condition.
    pub condition: String,
    /// Its name.
    pub title: Option<String>,
    /// The round in which it came about; `None`: not by the end of the last round of `by_round`.
    pub happened: Option<u8>,
    /// The first round in which the rules leave room for it; `None`: none does.
    pub first_possible: Option<u8>,
    /// The last one.
    pub last_possible: Option<u8>,
    /// Runs in which it had come about by the end of each round, as far as the record speaks of it.
    pub by_round: Vec<Share>,
    /// The reference's probabilities.
    pub reference: Vec<f64>,
    /// The mean over those round ends of (share − outcome)².
    pub brier: f64,
}

/// A class of a calibration table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ClassRow {
    /// The least probability.
    pub from: f64,
    /// The probability of the next class; 1 belongs to the last.
    pub to: f64,
    /// How many forecasts; those of one claim depend on each other.
    pub forecasts: usize,
    /// How many different claims they are about.
    pub claims: usize,
    /// Of how many forecasts it had come about.
    pub happened: u64,
    /// The mean probability.
    pub stated: Option<f64>,
    /// The share that had come about; its interval resamples whole claims.
    pub observed: Option<Estimate>,
}

/// The scores of the entries within the rounds; `None` without one.
pub fn score_entries(entries: &[Entry], runs: u64, alpha: f64) -> Option<Scores> {
    let shares = entries.iter().filter_map(Entry::forecast);
    let groups: Vec<Vec<Forecast>> = shares.map(|s| vec![Forecast::new(s.share, true)]).collect();
    let half: Vec<Vec<Forecast>> = groups.iter().map(|_| vec![Forecast::new(0.5, true)]).collect();
    let (brier, log) = scores(&groups, &half, clamp(runs), alpha)?;
    let below_half = entries.iter().filter_map(Entry::forecast).filter(|s| s.share < 0.5).count();
    Some(Scores { entries: groups.len(), brier, log, below_half, clamp: clamp(runs) })
}

/// A claim, the rounds in which the rules leave room for it, and the runs that had it by the end of each round of which the record speaks.
#[derive(Clone, Debug)]
pub struct Timed {
    /// What came about, and when.
    pub claim: Claim,
    /// When it can; `None`: never.
    pub window: Option<Window>,
    /// The runs.
    pub by_round: Vec<Share>,
}

/// The scores of claims; `None` without one.
pub fn score_timing(claims: Vec<Timed>, runs: u64, alpha: f64) -> Option<Timing> {
    let mut courses = Vec::new();
    let (mut model, mut reference) = (Vec::new(), Vec::new());
    for Timed { claim, window, by_round } in claims {
        let odds = |round| window.map_or(0.0, |w| w.odds_by(round));
        let law: Vec<f64> = (1..=by_round.len()).map(odds).collect();
        let outcome = |round: usize| claim.happened.is_some_and(|h| usize::from(h) <= round);
        let forecasts = |shares: &mut dyn Iterator<Item = f64>| -> Vec<Forecast> {
            (1..).zip(shares).map(|(round, p)| Forecast::new(p, outcome(round))).collect()
        };
        let own = forecasts(&mut by_round.iter().map(|s| s.share));
        reference.push(forecasts(&mut law.iter().copied()));
        courses.push(Course {
            condition: claim.text.clone(),
            title: claim.title.clone(),
            happened: claim.happened,
            first_possible: window.map(|w| w.first),
            last_possible: window.map(|w| w.last),
            brier: brier(&own).unwrap_or(0.0),
            by_round,
            reference: law,
        });
        model.push(own);
    }
    let (brier, log) = scores(&model, &reference, clamp(runs), alpha)?;
    let calibration = classes(&model, alpha);
    Some(Timing { claims: courses, brier, log, clamp: clamp(runs), calibration })
}

fn clamp(runs: u64) -> f64 {
    (0.5 / runs.max(1) as f64).min(0.5)
}

/// Both scores of groups of forecasts: means over groups of the means within them, so that every group weighs the same.
/// The bootstrap draws whole groups, since forecasts of one group depend on each other.
fn scores(
    model: &[Vec<Forecast>],
    reference: &[Vec<Forecast>],
    clamp: f64,
    alpha: f64,
) -> Option<(Score, Score)> {
    let each = |groups: &[Vec<Forecast>], score: &dyn Fn(&[Forecast]) -> Option<f64>| -> Vec<f64> {
        groups.iter().filter_map(|g| score(g)).collect()
    };
    let logs = |g: &[Forecast]| log_score(g, clamp);
    let brier = score(&each(model, &brier), &each(reference, &brier), alpha)?;
    let log = score(&each(model, &logs), &each(reference, &logs), alpha)?;
    Some((brier, log))
}

fn score(model: &[f64], reference: &[f64], alpha: f64) -> Option<Score> {
    let n = model.len();
    let all: Vec<usize> = (0..n).collect();
    let mean = |of: &[f64], rows: &[usize]| rows.iter().map(|r| of[*r]).sum::<f64>() / rows.len() as f64;
    let skill = |rows: &[usize]| 1.0 - mean(model, rows) / mean(reference, rows);
    if n == 0 {
        return None;
    }
    let estimate = |rows: &[usize]| vec![mean(model, rows), skill(rows)];
    let intervals = percentile_intervals(n, RESAMPLES, alpha, &mut Stream::new(SEED, 0), estimate);
    let with = |value: f64, k: usize| {
        let interval = intervals.get(k).filter(|i| n > 1 && i.low.is_finite() && i.high.is_finite());
        Estimate { value, low: interval.map(|i| i.low), high: interval.map(|i| i.high) }
    };
    Some(Score {
        model: with(mean(model, &all), 0),
        reference: mean(reference, &all),
        skill: Some(skill(&all)).filter(|s| s.is_finite()).map(|s| with(s, 1)),
    })
}

/// The calibration table. Its intervals draw whole claims.
fn classes(groups: &[Vec<Forecast>], alpha: f64) -> Vec<ClassRow> {
    let all: Vec<Forecast> = groups.iter().flatten().copied().collect();
    let table = calibration(&all, CLASSES);
    let parts: Vec<Vec<_>> = groups.iter().map(|g| calibration(g, CLASSES)).collect();
    let observed = |rows: &[usize]| -> Vec<f64> {
        let sum = |class: usize| {
            rows.iter().map(|r| parts[*r][class].happened).reduce(|a, b| a.merge(&b)).unwrap_or_default()
        };
        (0..CLASSES).map(|class| sum(class).share().unwrap_or(f64::NAN)).collect()
    };
    let random = &mut Stream::new(SEED, 1 << 64);
    let intervals = percentile_intervals(groups.len(), RESAMPLES, alpha, random, observed);
    let rows = table.iter().enumerate().map(|(k, class)| {
        let claims = parts.iter().filter(|p| p[k].happened.n > 0).count();
        let interval = Some(intervals[k]).filter(|i| claims > 1 && i.low.is_finite());
        ClassRow {
            from: class.low,
            to: class.high,
            forecasts: class.happened.n as usize,
            claims,
            happened: class.happened.successes,
            stated: class.stated,
            observed: class.happened.share().map(|value| Estimate {
                value,
                low: interval.map(|i| i.low),
                high: interval.map(|i| i.high),
            }),
        }
    });
    rows.collect()
}
