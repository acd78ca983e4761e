//! Tables of what settlements are worth: points, red lines, exposures, stakes and concession curves.

use super::layout::{Cell, Layout};
use super::{
    Discounts, FrontId, ItemId, OptionId, PORTION, PartyId, Portion, Procedure, Profile, Quantity, Reference,
    Score, SeatId, Tactic, TacticKind, TrackId, World, portion, score,
};

/// The preferences of a party as it has them at the start, or by one of its profiles: a row of the tables of worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences(u16);

impl Preferences {
    #[inline(always)]
    fn at(self) -> usize {
        self.0 as usize
    }
}

impl From<PartyId> for Preferences {
    /// Those at the start.
    #[inline(always)]
    fn from(party: PartyId) -> Self {
        Self(party.0.into())
    }
}

/// What settlements are worth to whom. Points are of 100 over all of a party's items.
#[derive(Clone, Debug)]
pub struct WorthTables {
    /// First option of each item in the tables over options.
    first: Vec<u16>,
    parties: usize,
    /// By party: the row of its first profile; empty where no party has any. Rows of the initial preferences come first.
    profiles: Vec<u16>,
    items: usize,
    options: usize,
    points: Vec<Score>,
    /// By row and item: the first 32 options beyond its red lines, as a bit set. Tracks that settle item by item have no
    /// more options than that.
    red_lines: Vec<u32>,
    /// Whether an option is beyond a party's red lines, placed as points are.
    refused: Vec<bool>,
    best: Vec<Score>,
    /// Exposures of a party by an option, one range for each party and option.
    exposures: Vec<ExposureRow>,
    exposed: Vec<(u16, u16)>,
    exposed_items: u64,
    /// By item: the states of the texts that seal it, where options of it expose somebody and suspended texts let promises go.
    texts: Vec<Vec<Cell>>,
    /// By item: the states of the texts that seal it, where one of them expires.
    expiring: Vec<Vec<Cell>>,
    /// Whether some party at some table discounts.
    pub discounted: bool,
    /// Per seat, by the initial preferences.
    pub seats: Vec<SeatTables>,
    /// Per seat, by each profile of its party.
    seats_by_profile: Vec<Vec<SeatTables>>,
}

/// One exposure of a party by an option.
#[derive(Clone, Copy, Debug)]
pub struct ExposureRow {
    /// The cell of its trust in the promiser.
    pub trust: Cell,
    /// Whose promise it is.
    pub to: PartyId,
    /// The expected loss, by trust and guarantee.
    pub loss: [[Score; 5]; 5],
    /// What is lost where the promise is not kept, by guarantee.
    pub lost: [Score; 5],
}

/// What a seat's alternative moves with, and by how much.
#[derive(Clone, Debug)]
pub struct Fallback<'a> {
    world: &'a World,
    seat: SeatId,
    rivals: Vec<PartyId>,
}

impl<'a> Fallback<'a> {
    /// That of a seat.
    pub fn of(world: &'a World, seat: SeatId) -> Self {
        Self { world, seat, rivals: world.rivals(seat) }
    }

    /// The alternative that the file gives, with what the file's start contributes taken out, in points.
    pub fn base(&self, file: &Reference) -> i32 {
        self.base_of(self.world.seat(self.seat).alternative, file)
    }

    /// An alternative with what the file's start contributes taken out, in points.
    fn base_of(&self, alternative: u8, file: &Reference) -> i32 {
        i32::from(alternative) - self.moves(file)
    }

    /// What fronts, strength, weariness and pressure contribute at a start, in points.
    pub fn moves(&self, start: &Reference) -> i32 {
        let d = &self.world.dynamics;
        let party = self.world.seat(self.seat).party;
        let burden = start.parties[party.at()];
        let held = self.world.party(party).stakes.iter().filter(|(f, _)| self.counts(start.holders[f.at()]));
        held.map(|(_, points)| i32::from(*points)).sum::<i32>()
            + i32::from(d.strength_points) * self.lead(start)
            - i32::from(d.weariness_points) * burden.weariness as i32
            - i32::from(d.pressure_points) * burden.pressure as i32
    }

    /// Whether a party's holding of a front counts as the seat's own.
    fn counts(&self, holder: PartyId) -> bool {
        self.world.sides_with(self.world.seat(self.seat).party, holder)
    }

    /// Levels of capability and backing over the strongest rival, at a start.
    pub fn lead(&self, start: &Reference) -> i32 {
        let strength = |p: PartyId| start.strength(self.world, p);
        let party = self.world.seat(self.seat).party;
        strength(party) - self.rivals.iter().map(|p| strength(*p)).max().unwrap_or(0)
    }

    fn stakes(&self, layout: &Layout) -> Vec<(Cell, u32, i32)> {
        let party = self.world.party(self.world.seat(self.seat).party);
        let all = (0..self.world.parties.len()).map(PartyId::new);
        let friends = all.filter(|h| self.counts(*h)).fold(0u32, |set, h| set | 1 << h.at());
        let stake =
            |(f, points): &(FrontId, u8)| (layout.cell(Quantity::Holder(*f)), friends, i32::from(*points));
        party.stakes.iter().map(stake).collect()
    }
}

/// What a seat's worth is computed from.
#[derive(Clone, Debug)]
pub struct SeatTables {
    /// The alternative with what the file's start contributes taken out, in points.
    pub alternative: i32,
    /// Whose strength it measures itself against.
    pub rivals: Vec<PartyId>,
    /// Levels of strength that it has over the strongest of them as the file begins.
    pub lead: i32,
    /// Points by which its reserve lowers or raises the alternative; 0 without one.
    pub reserve: i32,
    /// Stakes: the cell of the front's holder, the parties whose holding counts, the points.
    pub stakes: Vec<(Cell, u32, i32)>,
    /// Points of all its best options on the track.
    pub total: Score,
    /// What a point agreed in each round is worth, d^(days/n) at r − 1; empty for a party that does not discount.
    pub discount: Vec<f64>,
    /// What time eats up.
    pub discounts: Discounts,
    /// The part of the target that the tactic decides.
    pub aim: Aim,
}

/// How a target is found.
#[derive(Clone, Debug)]
pub enum Aim {
    /// From a curve: the share conceded, by deadline and round.
    Curve {
        /// `curve[(deadline − 1) · rounds + round − 1]`
        curve: Vec<f64>,
        /// The share conceded, by what time has brought the track's parties to in 1/200, where that is kept; else empty.
        believed: Vec<f64>,
        /// The party's own deadline.
        deadline: Option<u8>,
    },
    /// From a curve by the number of others at the table: the share conceded.
    Company {
        /// `curve[others · rounds + round − 1]`
        curve: Vec<f64>,
    },
    /// Never below this demand; mandates move it.
    Floor(Portion),
    /// Exactly this demand; nothing moves it.
    Fixed(Portion),
    /// From the tactic's memory.
    Memory,
    /// The worth of the last package of its own order that it has offered.
    LastOffer,
    /// The weighted mean of several.
    Mean(Vec<(f64, Aim)>),
}

impl WorthTables {
    /// The tables of a world.
    pub(super) fn of(world: &World, layout: &Layout) -> Self {
        let (parties, items) = (world.parties.len(), world.items.len());
        let mut first = Vec::with_capacity(items);
        let mut options = 0;
        for item in &world.items {
            first.push(options as u16);
            options += item.options.len();
        }
        let (profiles, rows) = profile_rows(world);
        let mut tables = Self {
            first,
            parties,
            profiles,
            items,
            options,
            points: vec![0; rows * options],
            red_lines: vec![0; rows * items],
            refused: vec![false; rows * options],
            best: vec![0; rows * items],
            exposures: Vec::new(),
            exposed: Vec::with_capacity(parties * options),
            exposed_items: 0,
            texts: Vec::new(),
            expiring: (0..items).map(|i| expiring(world, layout, ItemId::new(i))).collect(),
            discounted: (0..world.tracks.len()).any(|t| world.discounts(TrackId::new(t))),
            seats: Vec::new(),
            seats_by_profile: Vec::new(),
        };
        tables.fill(world, layout);
        tables.fill_profiles(world);
        tables.find_best(world, rows);
        tables.texts = (0..items).map(|i| tables.sealing(world, layout, ItemId::new(i))).collect();
        let file = world.reference();
        let seats = || (0..world.seats.len()).map(SeatId::new);
        tables.seats = seats().map(|s| tables.seat(world, layout, &file, s)).collect();
        tables.seats_by_profile = seats().map(|s| tables.by_profile(world, layout, &file, s)).collect();
        tables
    }

    fn fill(&mut self, world: &World, layout: &Layout) {
        for (i, item) in world.items.iter().enumerate() {
            for (o, option) in item.options.iter().enumerate() {
                for p in 0..self.parties {
                    self.points[p * self.options + self.first[i] as usize + o] = score(option.points[p]);
                }
                for p in &option.red_line_of {
                    self.red_lines[p.at() * self.items + i] |= 1u32.checked_shl(o as u32).unwrap_or(0);
                    self.refused[p.at() * self.options + self.first[i] as usize + o] = true;
                }
                if !option.exposes.is_empty() {
                    self.exposed_items |= 1 << i;
                }
            }
        }
        for p in (0..self.parties).map(PartyId::new) {
            for option in world.items.iter().flat_map(|i| &i.options) {
                let start = self.exposures.len() as u16;
                self.exposures.extend(option.exposes.iter().filter(|e| e.party == p).map(|e| ExposureRow {
                    trust: layout.cell(Quantity::Trust(p, e.to)),
                    to: e.to,
                    loss: expected_loss(world, e.risk),
                    lost: world.dynamics.guarantee_cover.map(|cover| score((1.0 - cover) * e.risk)),
                }));
                self.exposed.push((start, self.exposures.len() as u16));
            }
        }
    }

    fn fill_profiles(&mut self, world: &World) {
        for (p, party) in world.parties.iter().enumerate() {
            for (k, profile) in party.profiles.iter().enumerate() {
                let row = usize::from(self.profiles[p]) + k;
                for (i, points) in profile.points.iter().enumerate() {
                    let start = row * self.options + self.first[i] as usize;
                    self.points[start..start + points.len()]
                        .iter_mut()
                        .zip(points)
                        .for_each(|(cell, p)| *cell = score(*p));
                }
                for (item, option) in &profile.red_lines {
                    let bit = 1u32.checked_shl(u32::from(option.0)).unwrap_or(0);
                    self.red_lines[row * self.items + item.at()] |= bit;
                    self.refused[row * self.options + self.first[item.at()] as usize + option.at()] = true;
                }
            }
        }
    }

    fn find_best(&mut self, world: &World, rows: usize) {
        for row in (0..rows as u16).map(Preferences) {
            for (i, item) in world.items.iter().enumerate() {
                let id = ItemId::new(i);
                let allowed = item.option_ids().filter(|o| !self.refuses(row, id, *o));
                let best = allowed.map(|o| self.points(row, id, o)).max().unwrap_or(0);
                self.best[row.at() * self.items + i] = best;
            }
        }
    }

    /// The preferences of a party by the number of its profile: 0 for the initial ones.
    #[inline(always)]
    pub fn preferences(&self, party: PartyId, profile: u8) -> Preferences {
        match profile {
            0 => party.into(),
            k => Preferences(self.profiles[party.at()] + u16::from(k) - 1),
        }
    }

    /// Whether some party can come to have other preferences than its initial ones.
    #[inline(always)]
    pub fn changing(&self) -> bool {
        !self.profiles.is_empty()
    }

    /// What a seat's worth is computed from, by the number of its party's profile.
    #[inline(always)]
    pub fn seat_of(&self, seat: SeatId, profile: u8) -> &SeatTables {
        match profile {
            0 => &self.seats[seat.at()],
            k => &self.seats_by_profile[seat.at()][usize::from(k) - 1],
        }
    }

    fn sealing(&self, world: &World, layout: &Layout, item: ItemId) -> Vec<Cell> {
        if world.dynamics.bare || !self.exposes(item) {
            return Vec::new();
        }
        let texts = world.instruments.iter().enumerate().filter(|(_, n)| n.seals.contains(&item));
        texts.map(|(k, _)| layout.cell(Quantity::InstrumentState(k.into()))).collect()
    }

    /// The cells of the states of the texts that seal an item, where it matters to what the item is worth that one is suspended.
    #[inline]
    pub fn texts(&self, item: ItemId) -> &[Cell] {
        &self.texts[item.at()]
    }

    /// The cells of the states of the texts that seal an item, where one of them expires.
    #[inline]
    pub fn expiring(&self, item: ItemId) -> &[Cell] {
        &self.expiring[item.at()]
    }

    fn seat(&self, world: &World, layout: &Layout, file: &Reference, id: SeatId) -> SeatTables {
        let seat = world.seat(id);
        let party = world.party(seat.party);
        let fallback = Fallback::of(world, id);
        let items = &world.track(seat.track).items;
        SeatTables {
            alternative: fallback.base(file),
            lead: fallback.lead(file),
            stakes: fallback.stakes(layout),
            reserve: party.reserve.map_or(0, |r| i32::from(r.points)),
            rivals: fallback.rivals,
            total: items.iter().map(|i| self.best(seat.party, *i)).sum(),
            discount: factors(party.discount, world),
            discounts: party.discounts,
            aim: aim(&party.tactic, &Forum::of(world, layout, seat.track)),
        }
    }

    /// What a seat's worth is computed from under each profile of its party.
    fn by_profile(&self, world: &World, layout: &Layout, file: &Reference, id: SeatId) -> Vec<SeatTables> {
        let seat = world.seat(id);
        let party = world.party(seat.party);
        let place = world.seats_of(seat.party).position(|s| s == id).unwrap_or(0);
        let fallback = Fallback::of(world, id);
        let initial = &self.seats[id.at()];
        let under = |(k, profile): (usize, &Profile)| {
            let row = self.preferences(seat.party, k as u8 + 1);
            let alternative = profile.alternative.get(place).copied().flatten().unwrap_or(seat.alternative);
            let aim = match &profile.tactic {
                Some(tactic) => aim(tactic, &Forum::of(world, layout, seat.track)),
                None => initial.aim.clone(),
            };
            SeatTables {
                alternative: fallback.base_of(alternative, file),
                total: world.track(seat.track).items.iter().map(|i| self.best(row, *i)).sum(),
                aim,
                ..initial.clone()
            }
        };
        party.profiles.iter().enumerate().map(under).collect()
    }

    /// Points of an option for a party.
    #[inline]
    pub fn points(&self, who: impl Into<Preferences>, item: ItemId, option: OptionId) -> Score {
        self.points[who.into().at() * self.options + self.first[item.at()] as usize + option.at()]
    }

    /// Points of all options of an item for a party, in order.
    #[inline]
    pub fn row(&self, who: impl Into<Preferences>, item: ItemId, options: usize) -> &[Score] {
        let start = who.into().at() * self.options + self.first[item.at()] as usize;
        &self.points[start..start + options]
    }

    /// The options of an item, of the first 32, that a party never accepts, as a bit set.
    #[inline]
    pub fn red_lines(&self, who: impl Into<Preferences>, item: ItemId) -> u32 {
        self.red_lines[who.into().at() * self.items + item.at()]
    }

    /// Whether an option crosses a party's red line.
    #[inline]
    pub fn refuses(&self, who: impl Into<Preferences>, item: ItemId, option: OptionId) -> bool {
        self.refused[who.into().at() * self.options + self.first[item.at()] as usize + option.at()]
    }

    /// Whether an option crosses a party's red line under its initial preferences and under every profile.
    pub fn never_accepts(&self, party: PartyId, item: ItemId, option: OptionId) -> bool {
        let profiles = self.profiles.get(party.at()).map_or(0..0, |first| {
            let next = self.profiles.get(party.at() + 1).copied();
            *first..next.unwrap_or((self.points.len() / self.options.max(1)) as u16)
        });
        self.refuses(party, item, option)
            && profiles.map(Preferences).all(|row| self.refuses(row, item, option))
    }

    /// A party's points for its best option of an item outside its red lines.
    #[inline]
    pub fn best(&self, who: impl Into<Preferences>, item: ItemId) -> Score {
        self.best[who.into().at() * self.items + item.at()]
    }

    /// The exposures of a party by an option.
    #[inline]
    pub fn exposures(&self, party: PartyId, item: ItemId, option: OptionId) -> &[ExposureRow] {
        let (start, end) =
            self.exposed[party.at() * self.options + self.first[item.at()] as usize + option.at()];
        &self.exposures[start as usize..end as usize]
    }

    /// Whether some option of the item leaves somebody exposed.
    #[inline]
    pub fn exposes(&self, item: ItemId) -> bool {
        self.exposed_items >> item.0 & 1 == 1
    }
}

/// By party the row of its first profile, where some party has any, and the number of rows.
fn profile_rows(world: &World) -> (Vec<u16>, usize) {
    let mut next = world.parties.len();
    let first = world.parties.iter().map(|p| {
        let first = next as u16;
        next += p.profiles.len();
        first
    });
    let first: Vec<u16> = first.collect();
    if next == world.parties.len() { (Vec::new(), next) } else { (first, next) }
}

/// The states of the texts that seal an item, where one of them expires.
fn expiring(world: &World, layout: &Layout, item: ItemId) -> Vec<Cell> {
    let texts = || world.instruments.iter().enumerate().filter(|(_, n)| n.seals.contains(&item));
    if texts().all(|(_, n)| n.expires_after.is_none()) {
        return Vec::new();
    }
    texts().map(|(k, _)| layout.cell(Quantity::InstrumentState(k.into()))).collect()
}

/// d^(days/n) for every round, by the days since the start of the talks and the n = `odds_days` that discounts are for; empty where d is 1.
fn factors(discount: f64, world: &World) -> Vec<f64> {
    if discount >= 1.0 {
        return Vec::new();
    }
    let periods = |r: u8| f64::from(world.day_of(r)) / f64::from(world.odds_days());
    (1..=world.rounds).map(|r| libm::pow(discount, periods(r))).collect()
}

/// (1 − guarantee) · odds of a broken promise · points at risk (Walter 1997), by trust and guarantee.
fn expected_loss(world: &World, risk: f64) -> [[Score; 5]; 5] {
    let d = &world.dynamics;
    d.broken_promise.map(|broken| d.guarantee_cover.map(|cover| score((1.0 - cover) * broken * risk)))
}

/// What curves are drawn for.
struct Forum {
    rounds: u8,
    seats: usize,
    /// Offers that two parties exchange in a round.
    offers: f64,
    /// The deadline at the start, where how far the parties have come is kept.
    believed: Option<u8>,
}

impl Forum {
    fn of(world: &World, layout: &Layout, id: TrackId) -> Self {
        let track = world.track(id);
        let moves = match track.procedure {
            Procedure::AlternatingOffers { steps, .. } => f64::from(steps) / track.seats.len() as f64,
            _ => 1.0,
        };
        Self {
            rounds: world.rounds,
            seats: track.seats.len(),
            offers: 2.0 * moves,
            believed: layout.keeps(Quantity::Conceded(id)).then_some(track.deadline),
        }
    }
}

fn aim(tactic: &Tactic, forum: &Forum) -> Aim {
    let rounds = forum.rounds;
    match &tactic.kind {
        TacticKind::Resource { .. } if tactic.counts_company() => Aim::Company {
            curve: (0..forum.seats)
                .flat_map(|n| (1..=rounds).map(move |t| (n, t)))
                .map(|(n, t)| tactic.conceded_among(t, n, forum.offers))
                .collect(),
        },
        TacticKind::Polynomial { .. } | TacticKind::Exponential { .. } | TacticKind::Resource { .. } => {
            Aim::Curve {
                curve: (1..=200)
                    .flat_map(|d| (1..=rounds).map(move |t| (d, t)))
                    .map(|(d, t)| tactic.conceded(t, d))
                    .collect(),
                believed: forum.believed.map_or_else(Vec::new, |d| {
                    (0..=200u8).map(|k| tactic.conceded_at(f64::from(k) / 200.0, d)).collect()
                }),
                deadline: tactic.deadline,
            }
        }
        TacticKind::Hardliner => Aim::Floor(portion(100.0 - 100.0 * tactic.kappa)),
        TacticKind::Fixed { demand } => Aim::Fixed(Portion::from(*demand) * PORTION),
        TacticKind::TitForTat { .. } => Aim::Memory,
        TacticKind::Micro => Aim::LastOffer,
        TacticKind::Mixture { parts } => {
            Aim::Mean(parts.iter().map(|(weight, tactic)| (*weight, aim(tactic, forum))).collect())
        }
    }
}
