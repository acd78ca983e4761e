//! Whole packages of a track: every combination of one option an item, numbered in mixed radix.

use super::{Halves, ItemId, OptionId, PartyId, Score, TrackId, World, WorthTables};

/// The most packages that a track can have whose procedure deals in whole packages.
pub const MOST_PACKAGES: u64 = 1 << 22;

/// Offers that a state can count.
const MOST_COUNTED: usize = 1 << 16;

/// The packages of a track and what they are worth to each seat by its points. Built only where the procedure deals in
/// packages; a package's number counts options with the first item of the agenda as the highest digit.
#[derive(Clone, Debug)]
pub struct Packages {
    items: Vec<ItemId>,
    /// The number of options of each item.
    options: Vec<u32>,
    /// For each item the packages that share one of its options in a row.
    stride: Vec<u32>,
    /// Where the second half of the agenda begins.
    middle: usize,
    /// By seat of the track.
    seats: Vec<Ranking>,
}

/// What packages are worth to a seat.
#[derive(Clone, Debug)]
struct Ranking {
    party: PartyId,
    /// Packages beyond none of its red lines, by their points.
    halves: Halves,
    /// Whether some option leaves it exposed, so that credit may be less than points.
    exposed: bool,
}

impl Packages {
    /// The packages of a track.
    pub(super) fn of(world: &World, worth: &WorthTables, track: TrackId) -> Self {
        let track = world.track(track);
        let items = track.items.clone();
        let options: Vec<u32> = items.iter().map(|i| world.item(*i).options.len() as u32).collect();
        let mut stride = vec![1u32; items.len()];
        for k in (1..items.len()).rev() {
            stride[k - 1] = stride[k].saturating_mul(options[k]);
        }
        let middle = middle(&options);
        let mut packages = Self { items, options, stride, middle, seats: Vec::new() };
        let seats = track.seats.iter().map(|s| packages.ranking(world, worth, world.seat(*s).party));
        packages.seats = seats.collect();
        packages
    }

    fn ranking(&self, world: &World, worth: &WorthTables, party: PartyId) -> Ranking {
        let mut halves = Halves::default();
        halves.fill(self.halved(), |k, option| {
            let item = self.items[k];
            (!worth.refuses(party, item, option)).then(|| worth.points(party, item, option))
        });
        let exposes = |item: ItemId| {
            let mut options = world.item(item).option_ids();
            options.any(|o| !worth.exposures(party, item, o).is_empty())
        };
        Ranking { party, halves, exposed: self.items.iter().any(|item| exposes(*item)) }
    }

    /// The items of a package, in the order of the agenda.
    pub fn items(&self) -> &[ItemId] {
        &self.items
    }

    /// How many options the items of each half of the agenda have.
    pub fn halved(&self) -> [&[u32]; 2] {
        let (first, second) = self.options.split_at(self.middle);
        [first, second]
    }

    /// The option of a package on its `k`-th item.
    #[inline]
    pub fn option(&self, package: u32, k: usize) -> OptionId {
        OptionId((package / self.stride[k] % self.options[k]) as u8)
    }

    /// What an option on the `k`-th item adds to a package's number.
    pub fn part(&self, k: usize, option: OptionId) -> u32 {
        self.stride[k] * u32::from(option.0)
    }

    /// The packages that the `seat`-th seat of the track can offer, by their points.
    pub fn halves(&self, seat: usize) -> &Halves {
        &self.seats[seat].halves
    }

    /// Room for the packages of a seat as things stand; where it goes down its own order, for as many of that as can be counted.
    pub fn room(&self, ordered: bool) -> Halves {
        Halves::with_room(self.halved(), if ordered { 2 * MOST_COUNTED } else { 0 })
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

    /// The place of a package in the order of the `seat`-th seat, those with the most points first and ties in the order
    /// listed; `None` beyond its red lines.
    pub fn rank(&self, worth: &WorthTables, seat: usize, package: u32) -> Option<usize> {
        let Ranking { party, halves, .. } = &self.seats[seat];
        let mut items = self.items.iter().enumerate();
        let crossed = items.any(|(k, item)| worth.refuses(*party, *item, self.option(package, k)));
        (!crossed).then(|| halves.rank(self.points(worth, seat, package), package))
    }
}

/// Where to part the agenda so that its halves have the fewest ways together.
fn middle(options: &[u32]) -> usize {
    let ways = |half: &[u32]| half.iter().map(|n| u64::from(*n)).product::<u64>();
    let both = |k: &usize| ways(&options[..*k]) + ways(&options[*k..]);
    (0..=options.len()).min_by_key(both).unwrap_or(0)
}
