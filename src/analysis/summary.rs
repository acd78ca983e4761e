//! What an ensemble says: shares with their intervals, times to signature, what was open and who stood against it.

use serde::Serialize;

use crate::domain::{InstrumentState, ItemState, Lifecycle, Model, SeatState, TrackState};

use super::counters::{Measure, Reading};
use super::reserves::{Group, Type};
use super::statistics::Interval;
use super::statistics::anytime::survival_sequence;
use super::statistics::proportion::Proportion;
use super::statistics::sequence::{Mixture, confidence_sequence};
use super::statistics::survival::{Lifetimes, Step};

/// What kind of intervals: it depends on what decided how many runs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Wilson's, for a number of runs that was fixed beforehand.
    #[default]
    Wilson,
    /// The confidence sequence, for runs that were stopped because of what they showed: Wilson's would then cover less
    /// often than it says.
    Anytime,
}

impl Method {
    /// The interval of a share at level 1 − `alpha`.
    pub fn interval(self, seen: Proportion, alpha: f64) -> Interval {
        match self {
            Method::Wilson => seen.wilson(alpha),
            Method::Anytime => confidence_sequence(seen, alpha, Mixture::UNIFORM),
        }
    }

    /// The limits of survival after each step, at level 1 − `alpha`.
    fn survival(self, steps: &[Step], horizon: usize, alpha: f64) -> Vec<Interval> {
        match self {
            Method::Wilson => steps.iter().map(|step| step.interval).collect(),
            Method::Anytime => survival_sequence(steps, horizon, alpha),
        }
    }
}

/// A share of runs with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Runs that had it.
    pub runs: u64,
    /// Of all runs, 0..=1.
    pub share: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Share {
    /// So many of so many runs, with Wilson's interval at level 1 − `alpha`.
    pub fn of(runs: u64, n: u64, alpha: f64) -> Self {
        Self::by(Method::Wilson, runs, n, alpha)
    }

    /// The same with another kind of interval.
    pub fn by(method: Method, runs: u64, n: u64, alpha: f64) -> Self {
        let proportion = Proportion::new(runs, n);
        let interval = method.interval(proportion, alpha);
        Self { runs, share: proportion.share().unwrap_or(0.0), low: interval.low, high: interval.high }
    }
}

/// How often the talks ended so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeShare {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How often.
    pub share: Share,
}

/// When an instrument was signed, and how it fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstrumentTimes {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Runs in which it was signed.
    pub signed: Share,
    /// Share of all runs in which it had been signed by the end of each round (cumulative incidence): a run that ends
    /// early without it counts as one that never signs.
    pub incidence: Vec<Share>,
    /// The round by whose end half of all runs had signed, where that many did; then its limits.
    pub incidence_median: [Option<usize>; 3],
    /// Chance of being signed by the end of each round had no talks ended early: one minus Kaplan and Meier's estimate.
    /// A run that ends early without it counts as censored, as if it might have signed later like the others.
    pub by_round: Vec<Share>,
    /// The round by which that chance reaches one half, where it does; then its limits.
    pub median_round: [Option<usize>; 3],
    /// The names of the states, in the order of the shares below.
    pub states: &'static [&'static str],
    /// Share of runs in each state, at the end of each round.
    pub state_by_round: Vec<Vec<f64>>,
    /// Breaches in an average run up to the end of each round.
    pub breaches_by_round: Vec<f64>,
    /// Breaches in an average run.
    pub breaches: f64,
    /// Runs in which it is broken at the end.
    pub broken: Share,
}

/// Where an item stood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemCourse {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The names of the states, in the order of the shares below.
    pub states: &'static [&'static str],
    /// Share of runs in each state, at the end of each round.
    pub by_round: Vec<Vec<f64>>,
    /// Runs that ended with it settled.
    pub settled: Share,
    /// How often each option was the one agreed at the end.
    pub options: Vec<OutcomeShare>,
    /// Of all runs: how often it was open at the end and this party had stood against the closest option, or stayed
    /// away, when it was last bargained over.
    pub blocked_by: Vec<OutcomeShare>,
    /// Of all runs: how often it was open at the end without a failure to agree, since it never came to the table or
    /// had been settled and came apart.
    pub unopposed: Share,
}

/// How a seat fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeatCourse {
    /// The party's id.
    pub party: String,
    /// The party's name.
    pub title: String,
    /// The track's id.
    pub track: String,
    /// Mean points of 100 at the end.
    pub points: f64,
    /// Mean alternative at the end.
    pub alternative: f64,
    /// Runs that end with no less than the alternative.
    pub content: Share,
    /// Share of runs in which it was out (walked out, withdrawn or barred), at the end of each round.
    pub out_by_round: Vec<f64>,
    /// Rounds out in an average run.
    pub rounds_out: f64,
}

/// How a front fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrontCourse {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Share of runs at each intensity, at the end of each round.
    pub intensity: Vec<Vec<f64>>,
    /// Share of runs in which each party holds it, at the end of each round.
    pub holders: Vec<Vec<f64>>,
    /// Who holds it at the end.
    pub held_by: Vec<OutcomeShare>,
}

/// How a track fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrackCourse {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The names of the states, in the order of the shares below.
    pub states: &'static [&'static str],
    /// Share of runs in each state, at the end of each round.
    pub by_round: Vec<Vec<f64>>,
    /// Share of runs in which it was ripe, at the end of each round.
    pub ripe: Vec<f64>,
}

/// A counted reward.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RewardMean {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it counts.
    pub unit: String,
    /// Mean over runs.
    pub mean: f64,
    /// Standard error of the mean.
    pub error: f64,
    /// Mean in 30 days of talks: the count of all runs over their days.
    pub per_30_days: f64,
}

/// A question of one's own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureShare {
    /// The condition.
    pub condition: String,
    /// Runs in which it held at the end of some round.
    pub ever: Share,
    /// Runs in which it held at the end of the last round.
    pub last: Share,
    /// Share of runs in which it held at the end of each round.
    pub by_round: Vec<f64>,
}

/// How the talks ended where this was drawn for reserves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeShares {
    /// What was drawn for whom.
    #[serde(flatten)]
    pub of: Type,
    /// Runs in which it was.
    pub runs: u64,
    /// Of these runs: outcomes in the order of the scenario.
    pub outcomes: Vec<OutcomeShare>,
}

/// Everything an ensemble says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// How many runs.
    pub runs: u64,
    /// Level of the intervals, such as 0.95.
    pub level: f64,
    /// Their kind.
    pub intervals: Method,
    /// First day of every round.
    pub dates: Vec<String>,
    /// Outcomes in the order of the scenario.
    pub outcomes: Vec<OutcomeShare>,
    /// Share of runs that ended in each round.
    pub ended: Vec<f64>,
    /// Tracks.
    pub tracks: Vec<TrackCourse>,
    /// How often each event happened at least once.
    pub events: Vec<OutcomeShare>,
    /// Instruments.
    pub instruments: Vec<InstrumentTimes>,
    /// Items.
    pub items: Vec<ItemCourse>,
    /// Seats.
    pub seats: Vec<SeatCourse>,
    /// Fronts.
    pub fronts: Vec<FrontCourse>,
    /// Counted rewards.
    pub rewards: Vec<RewardMean>,
    /// Questions of one's own.
    pub measures: Vec<MeasureShare>,
    /// Every type of reserves that was drawn in some run, first of each party by itself. Empty where nobody has a reserve.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reserves: Vec<TypeShares>,
}

impl Summary {
    /// How many runs a plain share stands for: shares come from whole numbers of runs, far fewer than a double holds.
    pub fn runs_of(&self, share: f64) -> u64 {
        (share * self.runs as f64).round() as u64
    }
}

/// Works out what the counts of a fixed number of runs say, with intervals at level 1 − `alpha`.
pub fn summarise(model: &Model, measures: &[Measure], reading: Reading, alpha: f64) -> Summary {
    summarise_by(Method::Wilson, model, measures, reading, alpha)
}

/// The same with another kind of intervals.
pub fn summarise_by(
    method: Method,
    model: &Model,
    measures: &[Measure],
    reading: Reading,
    alpha: f64,
) -> Summary {
    let told = Told { model, reading, alpha, method };
    let w = &model.world;
    Summary {
        runs: reading.runs(),
        level: 1.0 - alpha,
        intervals: method,
        dates: (1..=w.rounds).map(|r| w.date_of(r).to_string()).collect(),
        outcomes: told.outcomes(),
        ended: reading.ended().iter().map(|n| told.plain(*n)).collect(),
        tracks: (0..w.tracks.len()).map(|k| told.track(k)).collect(),
        events: w
            .events
            .iter()
            .enumerate()
            .map(|(k, e)| told.named(&e.name, reading.event(k).iter().sum()))
            .collect(),
        instruments: (0..w.instruments.len()).map(|k| told.instrument(k)).collect(),
        items: (0..w.items.len()).map(|k| told.item(k)).collect(),
        seats: (0..w.seats.len()).map(|k| told.seat(k)).collect(),
        fronts: (0..w.fronts.len()).map(|k| told.front(k)).collect(),
        rewards: (0..w.rewards.len()).map(|k| told.reward(k)).collect(),
        measures: measures.iter().enumerate().map(|(k, m)| told.measure(k, m)).collect(),
        reserves: reading.groups().iter().enumerate().flat_map(|(k, g)| told.reserves(k, g)).collect(),
    }
}

struct Told<'a> {
    model: &'a Model,
    reading: Reading<'a>,
    alpha: f64,
    method: Method,
}

impl Told<'_> {
    fn share(&self, runs: u64) -> Share {
        Share::by(self.method, runs, self.reading.runs(), self.alpha)
    }

    fn plain(&self, runs: u64) -> f64 {
        if self.reading.runs() == 0 { 0.0 } else { runs as f64 / self.reading.runs() as f64 }
    }

    fn rounds(&self) -> std::ops::Range<usize> {
        0..self.reading.rounds()
    }

    fn outcomes(&self) -> Vec<OutcomeShare> {
        let counts = self.reading.outcomes(self.model);
        let outcomes = self.model.world.outcomes.iter().zip(counts);
        outcomes.map(|(o, n)| self.named(&o.name, *n)).collect()
    }

    fn named(&self, name: &crate::domain::Name, runs: u64) -> OutcomeShare {
        OutcomeShare { id: name.id.clone(), title: name.title.clone(), share: self.share(runs) }
    }

    fn track(&self, k: usize) -> TrackCourse {
        let name = &self.model.world.tracks[k].name;
        let shares = |counts: &[u64]| counts.iter().map(|n| self.plain(*n)).collect();
        TrackCourse {
            id: name.id.clone(),
            title: name.title.clone(),
            states: TrackState::NAMES,
            by_round: self.rounds().map(|r| shares(self.reading.track(k, r))).collect(),
            ripe: shares(self.reading.ripe(k)),
        }
    }

    fn instrument(&self, k: usize) -> InstrumentTimes {
        let name = &self.model.world.instruments[k].name;
        let (events, censored) = (self.reading.signed(k), self.reading.unsigned(k));
        let by_round = self.kaplan_meier(&Lifetimes::new(events, censored));
        let mut signed = 0;
        let incidence: Vec<Share> = events
            .iter()
            .map(|n| {
                signed += n;
                self.share(signed)
            })
            .collect();
        let shares = |counts: &[u64]| counts.iter().map(|n| self.plain(*n)).collect();
        let breaches = |r: usize| self.reading.breaches(k, r).iter().zip(0..).map(|(n, b)| n * b).sum();
        let breaches_by_round: Vec<f64> = self.rounds().map(|r| self.plain(breaches(r))).collect();
        let last = self.reading.rounds() - 1;
        InstrumentTimes {
            id: name.id.clone(),
            title: name.title.clone(),
            signed: self.share(signed),
            incidence_median: median(&incidence),
            incidence,
            median_round: median(&by_round),
            by_round,
            states: InstrumentState::NAMES,
            state_by_round: self.rounds().map(|r| shares(self.reading.text(k, r))).collect(),
            breaches: breaches_by_round[last],
            breaches_by_round,
            broken: self.share(self.reading.text(k, last)[InstrumentState::Broken as usize]),
        }
    }

    /// One minus Kaplan and Meier's estimate, for every round up to the horizon.
    fn kaplan_meier(&self, lifetimes: &Lifetimes) -> Vec<Share> {
        let steps = lifetimes.kaplan_meier(self.alpha);
        let limits = self.method.survival(&steps, self.reading.rounds(), self.alpha);
        let mut signed = 0;
        let mut by_round: Vec<Share> = steps
            .iter()
            .zip(limits)
            .map(|(step, limits)| {
                signed += step.events;
                let limits = limits.complement();
                Share { runs: signed, share: 1.0 - step.survival, low: limits.low, high: limits.high }
            })
            .collect();
        // Once no run is at risk the estimate stays what it was.
        let stays = by_round.last().copied().unwrap_or(Share::by(self.method, 0, 0, self.alpha));
        by_round.resize(self.reading.rounds(), stays);
        by_round
    }

    fn item(&self, k: usize) -> ItemCourse {
        let item = &self.model.world.items[k];
        let shares = |counts: &[u64]| counts.iter().map(|n| self.plain(*n)).collect();
        let options = self.reading.options(k, item.options.len());
        let blocks = self.reading.blocks(k, self.model.world.seats.len());
        let seats = self.model.world.track(item.track).seats.iter();
        ItemCourse {
            id: item.name.id.clone(),
            title: item.name.title.clone(),
            states: ItemState::NAMES,
            by_round: self.rounds().map(|r| shares(self.reading.item(k, r))).collect(),
            settled: self.share(self.reading.runs() - options[0]),
            options: item.options.iter().zip(&options[1..]).map(|(o, n)| self.named(&o.name, *n)).collect(),
            blocked_by: seats
                .map(|s| {
                    self.named(&self.model.world.party(self.model.world.seat(*s).party).name, blocks[s.at()])
                })
                .collect(),
            unopposed: self.share(self.reading.unopposed(k)),
        }
    }

    fn seat(&self, k: usize) -> SeatCourse {
        let seat = &self.model.world.seats[k];
        let party = &self.model.world.party(seat.party).name;
        let mean = |sum: f64| sum / self.reading.runs().max(1) as f64;
        let out = [SeatState::WalkedOut, SeatState::Withdrawn, SeatState::Barred];
        let out = |r: usize| out.iter().map(|s| self.reading.seat(k, r)[*s as usize]).sum::<u64>();
        let out_by_round: Vec<f64> = self.rounds().map(|r| self.plain(out(r))).collect();
        SeatCourse {
            party: party.id.clone(),
            title: party.title.clone(),
            track: self.model.world.track(seat.track).name.id.clone(),
            points: mean(self.reading.points(k)),
            alternative: mean(self.reading.alternatives(k)),
            content: self.share(self.reading.content(k)),
            rounds_out: out_by_round.iter().sum(),
            out_by_round,
        }
    }

    fn front(&self, k: usize) -> FrontCourse {
        let w = &self.model.world;
        let name = &w.fronts[k].name;
        let shares = |counts: &[u64]| counts.iter().map(|n| self.plain(*n)).collect::<Vec<_>>();
        let last = self.reading.holder(k, self.reading.rounds() - 1, w.parties.len());
        let at_stake = |p: usize| w.fronts[k].belligerents.iter().any(|b| b.at() == p) || last[p] > 0;
        FrontCourse {
            id: name.id.clone(),
            title: name.title.clone(),
            intensity: self.rounds().map(|r| shares(self.reading.intensity(k, r))).collect(),
            holders: self.rounds().map(|r| shares(self.reading.holder(k, r, w.parties.len()))).collect(),
            held_by: (0..w.parties.len())
                .filter(|p| at_stake(*p))
                .map(|p| self.named(&w.parties[p].name, last[p]))
                .collect(),
        }
    }

    /// Days that a run lasted, on average.
    fn days(&self) -> f64 {
        let ended = self.reading.ended().iter().zip(1u8..);
        let days = ended.map(|(runs, round)| *runs as f64 * f64::from(self.model.world.day_of(round + 1)));
        days.sum::<f64>() / self.reading.runs().max(1) as f64
    }

    fn reward(&self, k: usize) -> RewardMean {
        let reward = &self.model.world.rewards[k];
        let (sum, squares) = self.reading.reward(k);
        let n = self.reading.runs().max(1) as f64;
        let mean = sum as f64 / n;
        let variance = (squares as f64 / n - mean * mean).max(0.0) * n / (n - 1.0).max(1.0);
        RewardMean {
            id: reward.name.id.clone(),
            title: reward.name.title.clone(),
            unit: reward.unit.clone(),
            mean,
            error: libm::sqrt(variance / n),
            per_30_days: mean * 30.0 / self.days().max(1.0),
        }
    }

    /// The types of a group that were drawn at all.
    fn reserves(&self, k: usize, group: &Group) -> Vec<TypeShares> {
        let outcomes = &self.model.world.outcomes;
        let types = self.reading.drawn(self.model, k).chunks(outcomes.len().max(1)).enumerate();
        let drawn = types.map(|(number, counts)| (number, counts, counts.iter().sum::<u64>()));
        let shares = |(number, counts, runs): (usize, &[u64], u64)| TypeShares {
            of: group.named(self.model, number),
            runs,
            outcomes: outcomes
                .iter()
                .zip(counts)
                .map(|(o, n)| OutcomeShare {
                    id: o.name.id.clone(),
                    title: o.name.title.clone(),
                    share: Share::by(self.method, *n, runs, self.alpha),
                })
                .collect(),
        };
        drawn.filter(|(.., runs)| *runs > 0).map(shares).collect()
    }

    fn measure(&self, k: usize, measure: &Measure) -> MeasureShare {
        let held = self.reading.held(k);
        MeasureShare {
            condition: measure.text.clone(),
            ever: self.share(self.reading.first(k).iter().sum()),
            last: self.share(held[held.len() - 1]),
            by_round: held.iter().map(|n| self.plain(*n)).collect(),
        }
    }
}

/// The round (from 1) in which a curve first reaches one half, and those in which its upper and its lower limits do
/// (Brookmeyer & Crowley 1982): the earliest and the latest that the median may be.
fn median(curve: &[Share]) -> [Option<usize>; 3] {
    // A share may miss a half by a rounding: an exact half counts as reached.
    const HALF: f64 = 0.5 - 1e-12;
    let first = |value: fn(&Share) -> f64| curve.iter().position(|s| value(s) >= HALF).map(|r| r + 1);
    [first(|s| s.share), first(|s| s.high), first(|s| s.low)]
}
