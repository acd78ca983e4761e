//! Whole packages of a track: every combination of one option an item, numbered in mixed radix.

use super::{ItemId, OptionId, PartyId, Score, TrackId, World, WorthTables};

/// The most packages that a track can have whose procedure deals in whole packages.
pub const MOST_PACKAGES: u64 = 1 << 22;

/// The packages of a track and how each seat ranks them by its points. Built only where the procedure deals in
/// packages; a package's number counts options with the first item of the agenda as the highest digit.
#[derive(Clone, Debug)]
pub struct Packages {
    items: Vec<ItemId>,
    /// For each item its number of options and the packages that share one of them in a row.
    radix: Vec<(u32, u32)>,
    /// By seat of the track.
    seats: Vec<Ranking>,
}

/// How a seat ranks packages.
#[derive(Clone, Debug)]
struct Ranking {
    party: PartyId,
    /// Packages beyond none of its red lines, those with the most points first; ties in the order listed.
    order: Vec<u32>,
    /// The points of each package of the order.
    points: Vec<Score>,
    /// For each item and past the last one: what it and those after it give at least and at most outside the red lines.
    rest: Vec<(Score, Score)>,
    /// Whether some option leaves it exposed, so that credit may be less than points.
    exposed: bool,
}

impl Packages {
    /// The packages of a track.
    pub(super) fn of(world: &World, worth: &WorthTables, track: TrackId) -> Self {
        let track = world.track(track);
        let items = track.items.clone();
        let mut radix = vec![(1, 1); items.len()];
        let mut stride = 1u32;
        for (digit, item) in radix.iter_mut().zip(&items).rev() {
            let options = world.item(*item).options.len() as u32;
            *digit = (options, stride);
            stride = stride.saturating_mul(options);
        }
        let seats = track.seats.iter().map(|s| Ranking::of(world, worth, &items, world.seat(*s).party));
        let seats = seats.collect();
        Self { items, radix, seats }
    }

    /// The items of a package, in the order of the agenda.
    pub fn items(&self) -> &[ItemId] {
        &self.items
    }

    /// The option of a package on its `k`-th item.
    #[inline]
    pub fn option(&self, package: u32, k: usize) -> OptionId {
        let (options, stride) = self.radix[k];
        OptionId((package / stride % options) as u8)
    }

    /// What an option on the `k`-th item adds to a package's number.
    pub fn part(&self, k: usize, option: OptionId) -> u32 {
        self.radix[k].1 * u32::from(option.0)
    }

    /// The packages that the `seat`-th seat of the track can offer, those with the most points first.
    pub fn order(&self, seat: usize) -> &[u32] {
        &self.seats[seat].order
    }

    /// The points of each package of [`Packages::order`].
    pub fn ranked_points(&self, seat: usize) -> &[Score] {
        &self.seats[seat].points
    }

    /// What the items from the `k`-th on give the `seat`-th seat at least and at most, outside its red lines.
    pub fn rest(&self, seat: usize, k: usize) -> (Score, Score) {
        self.seats[seat].rest[k]
    }

    /// Whether credit may be less than points for the `seat`-th seat.
    pub fn exposed(&self, seat: usize) -> bool {
        self.seats[seat].exposed
    }

    /// Points of a package for the `seat`-th seat.
    #[inline]
    pub fn points(&self, worth: &WorthTables, seat: usize, package: u32) -> Score {
        let party = self.seats[seat].party;
        let items = self.items.iter().enumerate();
        items.map(|(k, item)| worth.points(party, *item, self.option(package, k))).sum()
    }

    /// The place of a package in the order of the `seat`-th seat; `None` beyond its red lines.
    pub fn rank(&self, worth: &WorthTables, seat: usize, package: u32) -> Option<usize> {
        let points = self.points(worth, seat, package);
        let Ranking { order, points: ranked, .. } = &self.seats[seat];
        let start = ranked.partition_point(|p| *p > points);
        let end = start + ranked[start..].partition_point(|p| *p == points);
        order[start..end].binary_search(&package).ok().map(|at| start + at)
    }
}

impl Ranking {
    fn of(world: &World, worth: &WorthTables, items: &[ItemId], party: PartyId) -> Self {
        let mut sums: Vec<Option<Score>> = vec![Some(0)];
        for item in items {
            let options: Vec<Option<Score>> = world
                .item(*item)
                .option_ids()
                .map(|o| (!worth.refuses(party, *item, o)).then(|| worth.points(party, *item, o)))
                .collect();
            sums = sums.iter().flat_map(|sum| options.iter().map(|o| Some((*sum)? + (*o)?))).collect();
        }
        // Points are never negative: with their complement on top, whole numbers sort by points, then by number.
        let keyed = |(package, sum): (usize, &Option<Score>)| {
            sum.map(|sum| u64::from(u32::MAX - sum as u32) << 32 | package as u64)
        };
        let mut keys: Vec<u64> = sums.iter().enumerate().filter_map(keyed).collect();
        keys.sort_unstable();
        let exposes = |item: ItemId| {
            let mut options = world.item(item).option_ids();
            options.any(|o| !worth.exposures(party, item, o).is_empty())
        };
        Self {
            party,
            order: keys.iter().map(|key| *key as u32).collect(),
            points: keys.iter().map(|key| (u32::MAX - (key >> 32) as u32) as Score).collect(),
            rest: rest(world, worth, items, party),
            exposed: items.iter().any(|item| exposes(*item)),
        }
    }
}

/// What each item and those after it give a party at least and at most, outside its red lines.
fn rest(world: &World, worth: &WorthTables, items: &[ItemId], party: PartyId) -> Vec<(Score, Score)> {
    let mut rest = vec![(0, 0); items.len() + 1];
    for (k, item) in items.iter().enumerate().rev() {
        let allowed = world.item(*item).option_ids().filter(|o| !worth.refuses(party, *item, *o));
        let least = allowed.map(|o| worth.points(party, *item, o)).min().unwrap_or(0);
        rest[k] = (rest[k + 1].0 + least, rest[k + 1].1 + worth.best(party, *item));
    }
    rest
}
