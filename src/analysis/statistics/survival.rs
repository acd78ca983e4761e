//! How long until something happens, when the horizon ends some runs before it does.

use libm::{exp, fabs, log, pow, sqrt};

use super::interval::Interval;
use super::proportion::Proportion;
use super::special::critical;

/// The event times of many runs, by round; element r stands for round r, in whatever way the caller counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifetimes {
    events: Vec<u64>,
    censored: Vec<u64>,
}

/// One round of the estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The round.
    pub round: usize,
    /// Runs in which it had not happened before this round and that were still watched.
    pub at_risk: u64,
    /// Runs in which it happened in this round.
    pub events: u64,
    /// The estimated chance that it has not happened by the end of this round, from 0 to 1.
    pub survival: f64,
    /// Greenwood's variance of `survival`.
    pub variance: f64,
    /// The limits of `survival`.
    pub interval: Interval,
}

/// The round by which it has happened in half the runs, with its limits; `None` where that lies beyond what
/// was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Median {
    /// The first round at which survival is at most one half.
    pub round: Option<usize>,
    /// The first round at which the lower limit of survival is.
    pub low: Option<usize>,
    /// The first round at which the upper limit of survival is.
    pub high: Option<usize>,
}

impl Lifetimes {
    /// From the counts of each round: in how many runs it happened in it, and how many were last watched in
    /// it without. The shorter list counts as padded with zeros.
    pub fn new(events: &[u64], censored: &[u64]) -> Self {
        let mut all = Self::default();
        for (round, &runs) in events.iter().enumerate() {
            all.happened(round, runs);
        }
        for (round, &runs) in censored.iter().enumerate() {
            all.unseen(round, runs);
        }
        all
    }

    /// It happened in this round, in so many runs.
    pub fn happened(&mut self, round: usize, runs: u64) {
        self.reach(round);
        self.events[round] += runs;
    }

    /// It had not happened by the end of this round, the last that was watched, in so many runs.
    pub fn unseen(&mut self, round: usize, runs: u64) {
        self.reach(round);
        self.censored[round] += runs;
    }

    /// Takes in all that the other has seen.
    pub fn merge(&mut self, other: &Self) {
        for round in 0..other.events.len() {
            self.happened(round, other.events[round]);
            self.unseen(round, other.censored[round]);
        }
    }

    /// How many runs.
    pub fn runs(&self) -> u64 {
        self.events.iter().sum::<u64>() + self.censored.iter().sum::<u64>()
    }

    fn reach(&mut self, round: usize) {
        if round >= self.events.len() {
            self.events.resize(round + 1, 0);
            self.censored.resize(round + 1, 0);
        }
    }

    /// The estimate of Kaplan & Meier (1958), *JASA* 53, 457–481, for every round with runs at risk: the
    /// product of 1 − events/at risk so far, runs censored in a round counting as at risk in it. Its variance
    /// after Greenwood (1926): S² Σ events/(at risk · (at risk − events)). Its limits on the scale of
    /// log(−log S) (Kalbfleisch & Prentice 1980), S^exp(±z √Σ / log S), which stay between 0 and 1.
    ///
    /// Where that scale ends the limits are, before any event, Clopper & Pearson's for none of the runs at
    /// risk, and once none is left, from 0 to the lower of the previous upper limit and Clopper & Pearson's
    /// for none of the last runs at risk. Events from here mean the one kind that is asked about: there are
    /// no competing ones.
    pub fn kaplan_meier(&self, alpha: f64) -> Vec<Step> {
        let z = critical(alpha);
        let mut at_risk = self.runs();
        let (mut survival, mut greenwood, mut ceiling) = (1.0_f64, 0.0_f64, 1.0_f64);
        let mut steps = Vec::with_capacity(self.events.len());
        for (round, (&events, &censored)) in self.events.iter().zip(&self.censored).enumerate() {
            if at_risk == 0 {
                break;
            }
            let left = at_risk - events;
            survival *= left as f64 / at_risk as f64;
            if left > 0 {
                greenwood += events as f64 / (at_risk as f64 * left as f64);
            }
            let interval = if survival == 1.0 {
                Proportion::new(0, at_risk).clopper_pearson(alpha).complement()
            } else if left == 0 || survival == 0.0 {
                let last = Proportion::new(0, at_risk).clopper_pearson(alpha);
                Interval { low: 0.0, high: last.high.min(ceiling) }
            } else {
                let spread = exp(z * sqrt(greenwood) / fabs(log(survival)));
                Interval { low: pow(survival, spread), high: pow(survival, 1.0 / spread) }
            };
            ceiling = interval.high;
            let variance = survival * survival * greenwood;
            steps.push(Step { round, at_risk, events, survival, variance, interval });
            at_risk = left - censored;
        }
        steps
    }

    /// The median time with the limits of Brookmeyer & Crowley (1982), *Biometrics* 38, 29–41: where the
    /// limits of the curve pass one half.
    pub fn median(&self, alpha: f64) -> Median {
        // The product of ratios may miss a half by a rounding: an exact half counts as reached.
        const HALF: f64 = 0.5 + 1e-12;
        let steps = self.kaplan_meier(alpha);
        let first =
            |level: fn(&Step) -> f64| steps.iter().find(|step| level(step) <= HALF).map(|step| step.round);
        Median {
            round: first(|step| step.survival),
            low: first(|step| step.interval.low),
            high: first(|step| step.interval.high),
        }
    }
}
