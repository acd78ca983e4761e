//! The answer: every probability between bounds that contain it for certain.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{Model, Name};
use crate::drivers::enumerate::{GaveUp, LayerSize, Mass, Swept};

use crate::analysis::counters::Measure;

use super::tally::Tally;

/// A probability between two bounds. Without dropped states they differ by rounding alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Probability {
    /// No less than this.
    pub low: f64,
    /// No more than this.
    pub high: f64,
    /// The exact fraction where it was asked for: numerator, and the exponent of two in the denominator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<(String, u32)>,
}

/// An expected value between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Expected {
    /// No less than this.
    pub low: f64,
    /// No more than this.
    pub high: f64,
}

/// Something with a name and a probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How likely.
    pub probability: Probability,
}

/// When an instrument is signed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstrumentChances {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Signed at the end of some round.
    pub signed: Probability,
    /// Signed by the end of each round.
    pub by_round: Vec<Probability>,
    /// The expected round of signing, of the runs that sign.
    pub round: Option<Expected>,
    /// In force at the end.
    pub in_force: Probability,
    /// Broken at the end.
    pub broken: Probability,
}

/// How an item ends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemEnd {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Not settled at the end.
    pub open: Probability,
    /// Settled at the end on each option.
    pub options: Vec<Named>,
}

/// How a seat ends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeatEnd {
    /// The party's id.
    pub party: String,
    /// The party's name.
    pub title: String,
    /// The track's id.
    pub track: String,
    /// Expected points of 100.
    pub points: Expected,
    /// Expected alternative.
    pub alternative: Expected,
    /// No worse off than without agreement.
    pub content: Probability,
}

/// Who holds a front at the end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrontEnd {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// By party.
    pub holders: Vec<Named>,
}

/// A counted reward.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RewardSum {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The expected sum over a run.
    pub expected: Expected,
}

/// A question of one's own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureChances {
    /// The condition.
    pub condition: String,
    /// Held at the end of some round.
    pub ever: Probability,
    /// Held at the end of the last round.
    pub last: Probability,
    /// Held at the end of each round.
    pub by_round: Vec<Probability>,
}

/// What stands behind the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// Whether every reachable state was visited and none dropped: the bounds then differ by rounding alone.
    pub complete: bool,
    /// Mass that no outcome accounts for: no bound is wider. Rounding and dropped states together.
    pub missing: f64,
    /// Of it, mass dropped with light states.
    pub dropped: f64,
    /// Whether masses were rounded at all; fractions are not.
    pub rounded: bool,
}

/// How much work it was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Size {
    /// States, summed over all turns of all rounds.
    pub states: u64,
    /// The most states after one turn.
    pub widest: usize,
    /// States that would have to be kept after a turn so as to drop none: those of the widest one where none were dropped; else
    /// an estimate, where there is one.
    pub wanted: Option<f64>,
    /// How many ways led to a state on average in the widest quarter of the layers: what merging saves at each turn.
    pub merging: f64,
    /// Bits of a state's key.
    pub bits: usize,
    /// Bytes that a state takes at most while it is kept.
    pub bytes_a_state: usize,
    /// Turn by turn.
    #[serde(skip)]
    pub layers: Vec<LayerSize>,
}

/// Exact answers about a scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exact {
    /// What stands behind the bounds.
    pub certificate: Certificate,
    /// How much work it was.
    pub size: Size,
    /// The dates on which the rounds begin.
    pub dates: Vec<String>,
    /// How the talks end.
    pub outcomes: Vec<Named>,
    /// The expected number of rounds.
    pub rounds: Expected,
    /// When the talks end, by round.
    pub ended: Vec<Probability>,
    /// When texts are signed.
    pub instruments: Vec<InstrumentChances>,
    /// How items end.
    pub items: Vec<ItemEnd>,
    /// How parties end.
    pub seats: Vec<SeatEnd>,
    /// Who holds what.
    pub fronts: Vec<FrontEnd>,
    /// Counted rewards.
    pub rewards: Vec<RewardSum>,
    /// Questions of one's own.
    pub measures: Vec<MeasureChances>,
}

/// Reads a finished sweep. `None` where it was given up.
pub fn answer<M: Mass>(model: &Model, measures: &[Measure], swept: &Swept<Tally<M>, M>) -> Option<Exact> {
    match swept.gave_up {
        Some(GaveUp::Hopeless | GaveUp::Stopped) => None,
        None => Some(Reader::new(model, &swept.sum).exact(measures, swept)),
    }
}

struct Reader<'a, M> {
    model: &'a Model,
    tally: &'a Tally<M>,
    /// What no outcome accounts for.
    lost: M,
    missing: f64,
    rounds: usize,
}

impl<'a, M: Mass> Reader<'a, M> {
    fn new(model: &'a Model, tally: &'a Tally<M>) -> Self {
        let mut sum = M::zero();
        tally.outcomes.iter().for_each(|m| sum.add(m));
        let lost = sum.missing();
        let missing = lost.bounds().1;
        Self { model, tally, lost, missing, rounds: model.world.rounds as usize }
    }

    fn exact(&self, measures: &[Measure], swept: &Swept<Tally<M>, M>) -> Exact {
        let w = &self.model.world;
        let t = self.tally;
        Exact {
            certificate: Certificate {
                complete: swept.dropped.is_zero(),
                missing: self.missing,
                dropped: swept.dropped.value(),
                rounded: self.lost.fraction().is_none(),
            },
            size: size(swept),
            dates: (1..=w.rounds).map(|r| w.date_of(r).to_string()).collect(),
            outcomes: self.named(w.outcomes.iter().map(|o| &o.name), &t.outcomes),
            rounds: self.mean(
                t.ended.iter().enumerate().map(|(r, m)| (r as f64 + 1.0, m)),
                1.0,
                self.rounds as f64,
            ),
            ended: t.ended.iter().map(|m| self.probability(m)).collect(),
            instruments: (0..w.instruments.len()).map(|k| self.instrument(k)).collect(),
            items: (0..w.items.len()).map(|k| self.item(k)).collect(),
            seats: (0..w.seats.len()).map(|k| self.seat(k)).collect(),
            fronts: (0..w.fronts.len()).map(|k| self.front(k)).collect(),
            rewards: (0..w.rewards.len()).map(|k| self.reward(k)).collect(),
            measures: measures.iter().enumerate().map(|(k, m)| self.measure(k, m)).collect(),
        }
    }

    fn probability(&self, mass: &M) -> Probability {
        let mut most = mass.clone();
        most.add(&self.lost);
        let fraction = mass.fraction().map(|(numerator, bits)| (numerator.to_string(), bits));
        Probability { low: mass.bounds().0, high: most.bounds().1.min(1.0), fraction }
    }

    fn named<'n>(&self, names: impl Iterator<Item = &'n Name>, masses: &[M]) -> Vec<Named> {
        let named = |(name, mass): (&Name, &M)| Named {
            id: name.id.clone(),
            title: name.title.clone(),
            probability: self.probability(mass),
        };
        names.zip(masses).map(named).collect()
    }

    /// A sum of values by mass; what is missing may have any value from `least` to `most`.
    fn mean<'m>(&self, values: impl Iterator<Item = (f64, &'m M)>, least: f64, most: f64) -> Expected
    where
        M: 'm,
    {
        let known: f64 = values.map(|(value, mass)| value * mass.value()).sum();
        Expected { low: known + self.missing * least, high: known + self.missing * most }
    }

    fn instrument(&self, k: usize) -> InstrumentChances {
        let name = &self.model.world.instruments[k].name;
        let by_round = &self.tally.signed[k];
        InstrumentChances {
            id: name.id.clone(),
            title: name.title.clone(),
            signed: self.probability(&by_round[self.rounds - 1]),
            by_round: by_round.iter().map(|m| self.probability(m)).collect(),
            round: self.signing_round(by_round),
            in_force: self.probability(&self.tally.in_force[k]),
            broken: self.probability(&self.tally.broken[k]),
        }
    }

    /// The mean round of those that sign; what is missing may sign in any round, or not at all.
    fn signing_round(&self, by_round: &[M]) -> Option<Expected> {
        let signed = by_round[self.rounds - 1].value();
        if signed <= 0.0 {
            return None;
        }
        let before = std::iter::once(0.0).chain(by_round.iter().map(M::value));
        let first = by_round.iter().zip(before).map(|(m, before)| m.value() - before);
        let sum: f64 = first.enumerate().map(|(r, first)| (r as f64 + 1.0) * first).sum();
        let whole = signed + self.missing;
        let bound = |round: f64| (sum + self.missing * round) / whole;
        Some(Expected { low: bound(1.0), high: bound(self.rounds as f64) })
    }

    fn item(&self, k: usize) -> ItemEnd {
        let item = &self.model.world.items[k];
        let masses = &self.tally.options[k];
        ItemEnd {
            id: item.name.id.clone(),
            title: item.name.title.clone(),
            open: self.probability(&masses[0]),
            options: self.named(item.options.iter().map(|o| &o.name), &masses[1..]),
        }
    }

    fn seat(&self, k: usize) -> SeatEnd {
        let w = &self.model.world;
        let seat = &w.seats[k];
        let party = &w.party(seat.party).name;
        fn values<M>(by: &BTreeMap<u64, M>) -> impl Iterator<Item = (f64, &M)> {
            by.iter().map(|(bits, m)| (f64::from_bits(*bits), m))
        }
        SeatEnd {
            party: party.id.clone(),
            title: party.title.clone(),
            track: w.track(seat.track).name.id.clone(),
            points: self.mean(values(&self.tally.points[k]), 0.0, 100.0),
            alternative: self.mean(values(&self.tally.alternatives[k]), 0.0, 100.0),
            content: self.probability(&self.tally.content[k]),
        }
    }

    fn front(&self, k: usize) -> FrontEnd {
        let w = &self.model.world;
        let name = &w.fronts[k].name;
        let mut holders = self.named(w.parties.iter().map(|p| &p.name), &self.tally.holders[k]);
        let at_stake = |p: usize| w.fronts[k].belligerents.iter().any(|b| b.at() == p);
        let mut p = 0;
        holders.retain(|h| {
            p += 1;
            at_stake(p - 1) || h.probability.low > 0.0
        });
        FrontEnd { id: name.id.clone(), title: name.title.clone(), holders }
    }

    fn reward(&self, k: usize) -> RewardSum {
        let reward = &self.model.world.rewards[k];
        let amounts = &self.tally.rewards[k];
        let most: u32 = self.model.rules.counts[k].iter().map(|(_, add)| *add).sum();
        let most = f64::from(most) * self.rounds as f64;
        RewardSum {
            id: reward.name.id.clone(),
            title: reward.name.title.clone(),
            unit: reward.unit.clone(),
            expected: self.mean(amounts.iter().map(|(add, m)| (f64::from(*add), m)), 0.0, most),
        }
    }

    fn measure(&self, k: usize, measure: &Measure) -> MeasureChances {
        let (held, ever) = (&self.tally.held[k], &self.tally.ever[k]);
        MeasureChances {
            condition: measure.text.clone(),
            ever: self.probability(&ever[self.rounds - 1]),
            last: self.probability(&held[self.rounds - 1]),
            by_round: held.iter().map(|m| self.probability(m)).collect(),
        }
    }
}

fn size<T, M: Mass>(swept: &Swept<T, M>) -> Size {
    let wide = swept.layers.iter().filter(|l| l.states * 4 >= swept.widest);
    let (ways, states) = wide.fold((0u64, 0u64), |(w, s), l| (w + l.ways, s + l.states as u64));
    Size {
        states: swept.states,
        widest: swept.widest,
        wanted: swept.dropped.is_zero().then_some(swept.widest as f64),
        merging: ways as f64 / states.max(1) as f64,
        bits: swept.key.0,
        bytes_a_state: swept.bytes_a_state,
        layers: swept.layers.clone(),
    }
}
