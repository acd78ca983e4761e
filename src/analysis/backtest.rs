//! The recorded history of a case against an ensemble: how likely the model held what the record says, by its date.
//!
//! Nothing here judges the model by one case. An entry is something that is known to have been so, and the model's
//! forecast of it is the share of runs in which it was so too.

use time::Date;

use serde::Serialize;

use crate::domain::rule::Rule;
use crate::domain::{BaseRate, Condition, History, Model, Rate, ReadAs};

use super::counters::{After, Measure, Reading};
use super::forecasts::{Scores, Timed, Timing, score_entries, score_timing};
use super::record::{Claim, claims};
use super::statistics::proportion::Proportion;
use super::summary::Share;
use super::windows::window;

/// What an ensemble must count for a backtest, in the order in which [`backtest`] reads it.
#[derive(Clone, Debug)]
pub struct Questions {
    /// The conditions: entries, then claims, then two for each base rate.
    pub measures: Vec<Measure>,
    claims: Vec<Claim>,
}

impl Questions {
    /// The questions of a scenario's history and base rates.
    pub fn of(model: &Model) -> Self {
        let world = &model.world;
        let claims = claims(world);
        let rule = |condition: &Condition| Rule::of(condition, model.ground());
        let mut measures: Vec<Measure> = Vec::new();
        measures.extend(world.history.iter().map(|h| Measure::new(&h.text, rule(&h.that))));
        measures.extend(claims.iter().map(|c| Measure::new(&c.text, rule(&c.condition))));
        for rate in &world.base_rates {
            let given = rate.given.clone().unwrap_or(Condition::Constant(true));
            let both = || Condition::All(vec![given.clone(), rate.about.clone()]);
            measures.push(match rate.within {
                Some(days) => Measure {
                    after: Some(After { given: rule(&given), days }),
                    ..Measure::new(&rate.text, rule(&rate.about))
                },
                None => Measure::new(&rate.text, rule(&both())),
            });
            measures.push(Measure::new(rate.given_text.as_deref().unwrap_or("true"), rule(&given)));
        }
        Self { measures, claims }
    }
}

/// A backtest: one history beside many runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    /// How many runs.
    pub runs: u64,
    /// How often intervals should cover.
    pub level: f64,
    /// The entries of the history, by date; entries of one day in the order of the file.
    pub entries: Vec<Entry>,
    /// How well the shares fit the entries within the rounds; `None` where there are none.
    pub scores: Option<Scores>,
    /// When things that last came about, against when the record has them; `None` where there are none.
    pub timing: Option<Timing>,
    /// Base rates beside the model's shares, in the order of the file.
    pub base_rates: Vec<RateBeside>,
}

/// Where a date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Before the first day of the first round.
    Before,
    /// Within the rounds.
    Within,
    /// After the last day of the last round.
    After,
}

/// What is to be remarked about a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extreme {
    /// No run had it.
    Impossible,
    /// Every run had it.
    Certain,
}

/// An entry of the history and how the runs stand to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The date of the record.
    pub date: String,
    /// Where that lies.
    pub place: Place,
    /// The round that contains it, from 1; `None` outside the rounds.
    pub round: Option<u8>,
    /// What it is called.
    pub title: Option<String>,
    /// The condition as the file writes it.
    pub condition: String,
    /// Where it is documented.
    pub source: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Which of the two shares is the forecast: `at` or `by`.
    pub reading: &'static str,
    /// Runs in which it held at the end of that round.
    pub at: Option<Share>,
    /// Runs in which it held at the end of some round up to and including that one.
    pub by: Option<Share>,
    /// Whether the forecast is none or all of the runs.
    pub extreme: Option<Extreme>,
}

impl Entry {
    /// The share that counts as the model's forecast; `None` outside the rounds.
    pub fn forecast(&self) -> Option<&Share> {
        if self.reading == ReadAs::By.word() { self.by.as_ref() } else { self.at.as_ref() }
    }
}

/// A base rate beside the model's share. One is a rate of real cases, the other of runs: neither corrects the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RateBeside {
    /// What was counted.
    pub title: String,
    /// What it is compared with.
    pub about: String,
    /// In which runs.
    pub given: Option<String>,
    /// The rate, 0..=1.
    pub share: f64,
    /// The cases in which it came about and all cases, where they are known.
    pub cases: Option<[u32; 2]>,
    /// Wilson's interval of the rate, where the cases are known.
    pub interval: Option<[f64; 2]>,
    /// The runs that are compared.
    pub given_runs: u64,
    /// Those of them in which the condition held at the end of the last round, or within the days that the rate counts; `None` where no
    /// run is compared.
    pub model: Option<Share>,
    /// The days that the rate counts, where it says so.
    pub within: Option<Within>,
    /// Where it is documented.
    pub source: String,
    /// A remark.
    pub note: Option<String>,
}

/// The days that a base rate counts, and those that the talks have for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Within {
    /// Those of the rate.
    pub days: u16,
    /// Those of the talks, from the first round to the end of the last.
    pub of_talks: u16,
    /// Of the runs that are compared those in which the last round ended before the days of the rate were over.
    pub cut_short: u64,
}

/// Reads the counts of an ensemble that was asked [`Questions::measures`]. Intervals miss at rate `alpha`.
pub fn backtest(model: &Model, questions: &Questions, counts: Reading, alpha: f64) -> Backtest {
    let world = &model.world;
    let n = world.history.len();
    let ask = |k: usize| Held { counts, measure: k, alpha };
    let mut entries: Vec<(Date, Entry)> =
        world.history.iter().enumerate().map(|(k, h)| (h.date, entry(model, h, ask(k)))).collect();
    entries.sort_by_key(|(date, _)| *date);
    let entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
    let shares = questions.claims.iter().enumerate().map(|(k, claim)| Timed {
        window: window(model, &claim.condition),
        by_round: (1..=usize::from(claim.known)).map(|round| ask(n + k).by(round)).collect(),
        claim: claim.clone(),
    });
    let timing = score_timing(shares.collect(), counts.runs(), alpha);
    let first = n + questions.claims.len();
    let rates = world.base_rates.iter().enumerate();
    Backtest {
        runs: counts.runs(),
        level: 1.0 - alpha,
        scores: score_entries(&entries, counts.runs(), alpha),
        entries,
        timing,
        base_rates: rates.map(|(k, rate)| beside(model, rate, counts, first + 2 * k, alpha)).collect(),
    }
}

/// A base rate beside the counts of its two measures, of which `at` is the first.
fn beside(model: &Model, rate: &BaseRate, counts: Reading, at: usize, alpha: f64) -> RateBeside {
    let last = |measure: usize| counts.held(measure).last().copied().unwrap_or(0);
    let ever = |measure: usize| counts.first(measure).iter().sum();
    let (both, given) = match rate.within {
        Some(_) => (ever(at), ever(at + 1)),
        None => (last(at), last(at + 1)),
    };
    let (share, cases) = match rate.rate {
        Rate::Share(share) => (share, None),
        Rate::Counts(k, n) => (f64::from(k) / f64::from(n), Some([k, n])),
    };
    let wilson = |[k, n]: [u32; 2]| Proportion::new(k.into(), n.into()).wilson(alpha);
    RateBeside {
        title: rate.title.clone(),
        about: rate.text.clone(),
        given: rate.given_text.clone(),
        share,
        cases,
        interval: cases.map(wilson).map(|i| [i.low, i.high]),
        given_runs: given,
        model: (given > 0).then(|| Share::of(both, given, alpha)),
        within: rate.within.map(|days| within(model, days, counts.first(at + 1))),
        source: rate.source.clone(),
        note: rate.note.clone(),
    }
}

/// What the talks leave of the days of a rate, by the runs in which they began with each round.
fn within(model: &Model, days: u16, began: &[u64]) -> Within {
    let world = &model.world;
    let end = i32::from(world.days());
    let short = |round: u8| end - world.day_of(round) < i32::from(days);
    let cut_short = (1..).zip(began).filter(|(round, _)| short(*round)).map(|(_, runs)| runs).sum();
    Within { days, of_talks: world.days(), cut_short }
}

/// How often a measure held. Rounds count from 1.
#[derive(Clone, Copy)]
struct Held<'a> {
    counts: Reading<'a>,
    measure: usize,
    alpha: f64,
}

impl Held<'_> {
    fn at(&self, round: usize) -> Share {
        Share::of(self.counts.held(self.measure)[round - 1], self.counts.runs(), self.alpha)
    }

    fn by(&self, round: usize) -> Share {
        let first = self.counts.first(self.measure)[..round].iter().sum();
        Share::of(first, self.counts.runs(), self.alpha)
    }
}

fn entry(model: &Model, history: &History, held: Held) -> Entry {
    let world = &model.world;
    let round = world.round_of(history.date);
    let place = match round {
        0 => Place::Before,
        r if r > world.rounds => Place::After,
        _ => Place::Within,
    };
    let round = (place == Place::Within).then_some(round);
    let mut entry = Entry {
        date: history.date.to_string(),
        place,
        round,
        title: history.title.clone(),
        condition: history.text.clone(),
        source: history.source.clone(),
        note: history.note.clone(),
        reading: history.reading.word(),
        at: round.map(|r| held.at(r.into())),
        by: round.map(|r| held.by(r.into())),
        extreme: None,
    };
    entry.extreme = entry.forecast().and_then(|share| match share.runs {
        0 => Some(Extreme::Impossible),
        runs if runs == held.counts.runs() => Some(Extreme::Certain),
        _ => None,
    });
    entry
}
