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
        let key = |p: u32| (-self.points(worth, seat, p), p);
        let order = self.order(seat);
        let at = order.partition_point(|p| key(*p) < (-points, package));
        (order.get(at) == Some(&package)).then_some(at)
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
            order: keys.into_iter().map(|key| key as u32).collect(),
            exposed: items.iter().any(|item| exposes(*item)),
        }
    }
}
