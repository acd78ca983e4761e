//! The zone of agreement from round to round. Alternatives move with the ground, and so does what promises are worth; a
//! moment is ripe where every party sees a way out that is better than going on (Zartman 2000).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    Model, PORTION, Portion, Score, SeatId, TrackId, most_portion, portion_of, portion_points,
};
use crate::drivers::parallel;
use crate::kernel::{State, ripe, worth};

use super::problem::Rule;
use super::watch::{Watch, Watched};

/// The most different vectors of worth that a track's packages may have.
pub const MOST_POINTS: usize = 1 << 20;

/// The zone at the start and at the end of each round, over the runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Ripeness {
    /// How many runs.
    pub runs: u64,
    /// What the best feasible package ([`ripe::outlook`]) gives each seat at the start, by its credit, in points of 100.
    pub feasible: Vec<f64>,
    /// The start, then the end of each round.
    pub rounds: Vec<Moment>,
}

/// The zone at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Runs in which the zone is open: some package is accepted by the parties whose consent the rule needs.
    pub open: u64,
    /// Runs in which the track is ripe: the best feasible package gives enough parties more than they expect without agreement.
    pub ripe: u64,
    /// Runs in which both hold.
    pub both: u64,
    /// How many packages the zone holds: a tenth, half and nine tenths of the runs have no more.
    pub packages: [u64; 3],
    /// By seat.
    pub alternatives: Vec<Alternative>,
    /// By item and option: runs in which some package of the zone contains it.
    pub options: Vec<Vec<u64>>,
}

/// A seat's alternative at one moment, in points of 100 of that day: 101 where it is more than any agreement then gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alternative {
    /// The mean over the runs.
    pub mean: f64,
    /// A tenth of the runs have no more.
    pub low: f64,
    /// Half of them have no more.
    pub median: f64,
    /// Nine tenths have no more.
    pub high: f64,
}

/// Why a track's zone is not followed by round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFollowed {
    /// Its packages have too many different vectors of worth.
    #[error(
        "its packages differ in worth in more than {MOST_POINTS} ways: its zone is not followed by round"
    )]
    TooFine,
    /// Somebody wanted the work to end.
    #[error("was not looked at to the end: its zone is not followed by round")]
    Stopped,
}

/// Packages that look alike to every seat's alternative.
struct Class {
    /// By seat: the largest alternative at which it accepts these packages, −1 where it accepts them at none. Where no alternative lies
    /// between two of these, they are alike.
    upto: Box<[Portion]>,
    packages: u64,
    /// The options in them, as a bit set over the options of all items.
    options: Box<[u64]>,
}

/// What the zone is like on some ground.
struct Zone {
    packages: u64,
    options: Box<[u64]>,
}

impl Ripeness {
    /// The zone by round, from what was counted. `go_on` is asked before each ground on which the zone is worked out, on any thread,
    /// and told how many grounds there are.
    ///
    /// # Errors
    /// When the packages have too many different vectors of worth, or `go_on` says no.
    pub fn of(
        model: &Model,
        track: TrackId,
        rule: &Rule,
        watch: &Watch,
        watched: &Watched,
        go_on: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<Self, NotFollowed> {
        let mut grounds: BTreeMap<&[u8], BTreeSet<&[u8]>> = BTreeMap::new();
        for key in watched.ground.iter().flat_map(BTreeMap::keys) {
            grounds.entry(watch.read(key).1).or_default().insert(key);
        }
        let grounds: Vec<(&[u8], BTreeSet<&[u8]>)> = grounds.into_iter().collect();
        let zones = |k: usize| {
            if !go_on(grounds.len()) {
                return Err(NotFollowed::Stopped);
            }
            let (cells, keys) = &grounds[k];
            let classes = classes(model, watch, cells)?;
            let zone = |key: &&[u8]| (key.to_vec(), zone(&classes, rule, &watch.read(key).0));
            Ok(keys.iter().map(zone).collect::<Vec<_>>())
        };
        let found: Result<Vec<_>, NotFollowed> = parallel::map(grounds.len(), zones).into_iter().collect();
        let zones: BTreeMap<Vec<u8>, Zone> = found?.into_iter().flatten().collect();
        let start = State::new(model);
        let share = |s: &SeatId| {
            let credit = ripe::feasible(model, &start, *s);
            portion_of(credit.into(), model.worth.seats[s.at()].total.into())
        };
        let feasible: Vec<Portion> = watch.seats.iter().map(share).collect();
        let sizes: Vec<usize> = model.world.track(track).items.iter().map(|i| options(model, *i)).collect();
        let moment = |counts| Moment::of(watch, counts, &zones, &sizes);
        let rounds = watched.ground.iter().map(moment).collect();
        let feasible = feasible.into_iter().map(portion_points).collect();
        Ok(Self { runs: watched.runs(), rounds, feasible })
    }

    /// Whether anything that the zone depends on ever moves.
    pub fn moves(&self) -> bool {
        let ground = |m: &Moment| (m.open, m.packages, m.alternatives.clone(), m.options.clone());
        self.rounds.windows(2).any(|pair| ground(&pair[0]) != ground(&pair[1]))
            || self.rounds.iter().flat_map(|m| &m.alternatives).any(|a| a.low != a.high)
    }
}

fn options(model: &Model, item: crate::domain::ItemId) -> usize {
    model.world.item(item).options.len()
}

impl Moment {
    fn of(
        watch: &Watch,
        counts: &BTreeMap<Box<[u8]>, u64>,
        zones: &BTreeMap<Vec<u8>, Zone>,
        sizes: &[usize],
    ) -> Self {
        let mut moment = Self {
            open: 0,
            ripe: 0,
            both: 0,
            packages: [0; 3],
            alternatives: Vec::new(),
            options: sizes.iter().map(|n| vec![0; *n]).collect(),
        };
        let mut packages: BTreeMap<u64, u64> = BTreeMap::new();
        let mut bins: Vec<BTreeMap<Portion, u64>> = vec![BTreeMap::new(); watch.seats.len()];
        for (key, runs) in counts {
            let (alternatives, _, ripe) = watch.read(key);
            let Some(zone) = zones.get(&key[..]) else { continue };
            let open = zone.packages > 0;
            moment.open += runs * u64::from(open);
            moment.ripe += runs * u64::from(ripe);
            moment.both += runs * u64::from(open && ripe);
            *packages.entry(zone.packages).or_insert(0) += runs;
            for (bin, a) in bins.iter_mut().zip(alternatives) {
                *bin.entry(a).or_insert(0) += runs;
            }
            for (at, count) in moment.options.iter_mut().flatten().enumerate() {
                *count += runs * (zone.options[at / 64] >> (at % 64) & 1);
            }
        }
        let total = packages.values().sum();
        let rows = || packages.iter().map(|(n, runs)| (*n, *runs));
        moment.packages = [1, 5, 9].map(|tenths| quantile(rows(), total, tenths));
        moment.alternatives = bins.iter().map(|bin| Alternative::of(bin, total)).collect();
        moment
    }
}

impl Alternative {
    fn of(bin: &BTreeMap<Portion, u64>, runs: u64) -> Self {
        let rows = || bin.iter().map(|(a, n)| (*a, *n));
        let sum: f64 = rows().map(|(a, n)| portion_points(a) * n as f64).sum();
        let [low, median, high] = [1, 5, 9].map(|tenths| portion_points(quantile(rows(), runs, tenths)));
        Self { mean: sum / runs.max(1) as f64, low, median, high }
    }
}

/// The least value that is not below those of so many tenths of the runs; values in rising order.
fn quantile<T: Default>(rows: impl Iterator<Item = (T, u64)>, runs: u64, tenths: u64) -> T {
    let (mut seen, mut last) = (0, T::default());
    for (value, n) in rows.filter(|row| row.1 > 0) {
        (seen, last) = (seen + n, value);
        if seen * 10 >= runs * tenths {
            break;
        }
    }
    last
}

/// The packages of a track in classes, where the watched cells have these values.
fn classes(model: &Model, watch: &Watch, cells: &[u8]) -> Result<Vec<Class>, NotFollowed> {
    let mut state = State::new(model);
    watch.cells.iter().zip(cells).for_each(|(cell, value)| state.put(*cell, *value));
    let parties: Vec<_> = watch.seats.iter().map(|s| model.world.seat(*s).party).collect();
    let words = watch.items.iter().map(|i| options(model, *i)).sum::<usize>().div_ceil(64);
    // Sums of credit by seat; `None` beyond its red line.
    type Row = (Vec<Option<Score>>, u64, Box<[u64]>);
    let mut rows: Vec<Row> = vec![(vec![Some(0); parties.len()], 1, vec![0; words].into())];
    let mut first = 0;
    for item in watch.items.iter().copied() {
        let mut next: Vec<Row> = Vec::with_capacity(rows.len() * options(model, item));
        for (sums, packages, set) in &rows {
            for option in model.world.item(item).option_ids() {
                let credit = |(sum, p): (&Option<Score>, &crate::domain::PartyId)| {
                    let refused = worth::refuses(model, &state, *p, item, option);
                    (!refused).then_some((*sum)? + worth::credit(model, &state, *p, item, option))
                };
                let mut set = set.clone();
                set[(first + option.at()) / 64] |= 1 << ((first + option.at()) % 64);
                next.push((sums.iter().zip(&parties).map(credit).collect(), *packages, set));
            }
        }
        rows = merged(next, |row| &row.0, |into, row| fold(&mut into.1, &mut into.2, row.1, &row.2));
        first += options(model, item);
        if rows.len() > MOST_POINTS {
            return Err(NotFollowed::TooFine);
        }
    }
    let class = |(sums, packages, options): Row| {
        let upto = sums.iter().zip(&watch.seats);
        let upto = upto.map(|(sum, seat)| sum.map_or(-1, |sum| most_alternative(model, &state, *seat, sum)));
        Class { upto: upto.collect(), packages, options }
    };
    let classes = rows.into_iter().map(class).collect();
    Ok(merged(
        classes,
        |class| &class.upto,
        |into, class| fold(&mut into.packages, &mut into.options, class.packages, &class.options),
    ))
}

/// The largest alternative at which a seat accepts so much credit; −1 where there is none. To a seat that does not discount
/// alternatives are whole points.
fn most_alternative(model: &Model, state: &State, seat: SeatId, credit: Score) -> Portion {
    let table = worth::table(model, state, seat);
    if table.total <= 0 {
        // Nothing here is worth anything to it: it has no alternative, and none keeps it away.
        return Portion::MAX;
    }
    let most = most_portion(credit - Score::from(model.world.dynamics.strict), table.total);
    let most = if table.discount.is_empty() { most.div_euclid(PORTION) * PORTION } else { most };
    most.clamp(-1, 101 * PORTION)
}

fn fold(packages: &mut u64, options: &mut [u64], more: u64, also: &[u64]) {
    *packages += more;
    options.iter_mut().zip(also).for_each(|(a, b)| *a |= b);
}

/// Sorts rows and folds those with equal keys into one.
fn merged<T, K: Ord + ?Sized>(mut rows: Vec<T>, key: impl Fn(&T) -> &K, fold: impl Fn(&mut T, &T)) -> Vec<T> {
    rows.sort_unstable_by(|a, b| key(a).cmp(key(b)));
    rows.dedup_by(|row, into| {
        let same = key(row) == key(into);
        if same {
            fold(into, row);
        }
        same
    });
    rows
}

/// The zone where the seats' alternatives are these.
fn zone(classes: &[Class], rule: &Rule, alternatives: &[Portion]) -> Zone {
    let seats = alternatives.len();
    let words = classes.first().map_or(0, |c| c.options.len());
    let mut zone = Zone { packages: 0, options: vec![0; words].into() };
    for class in classes {
        let accepts = class.upto.iter().zip(alternatives).enumerate();
        let set = accepts.fold(0u64, |set, (p, (upto, a))| set | u64::from(upto >= a) << p);
        if rule.passes(set, seats) {
            fold(&mut zone.packages, &mut zone.options, class.packages, &class.options);
        }
    }
    zone
}
