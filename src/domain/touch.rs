//! What hangs on a cell: which of the numbers that a state remembers hold no more once it changes.

use super::layout::{Cell, CellInfo, Layout};
use super::{ItemId, PartyId, Quantity, SeatId, TrackId, World, WorthTables};

/// What hangs on a cell, as bit sets of the first seats and of tracks; a seat beyond them remembers nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touch {
    /// Seats whose credit on what is settled it decides.
    pub credit: u32,
    /// Seats whose alternative it decides; their targets follow from that.
    pub alternative: u32,
    /// Seats whose target it decides.
    pub target: u32,
    /// Tracks on which it decides what some way to settle an item is worth to somebody.
    pub tracks: u8,
    /// Whether it decides what packages are worth.
    pub packages: bool,
}

impl Touch {
    /// A seat as a bit; none of one beyond the first.
    #[inline(always)]
    pub fn bit(seat: usize) -> u32 {
        1u32.checked_shl(seat as u32).unwrap_or(0)
    }

    /// For each cell from which anything that is remembered follows, what hangs on it; those come first in a state.
    pub(super) fn table(
        world: &World,
        layout: &Layout,
        cells: &[CellInfo],
        worth: &WorthTables,
    ) -> Vec<Self> {
        let about = About { world, layout, worth };
        cells[..layout.worth_end()].iter().map(|cell| about.touch(cell.quantity)).collect()
    }

    /// Something decides the credit of a seat, and with it what ways to settle items of its track are worth.
    fn credit(mut self, world: &World, seat: SeatId) -> Self {
        self.credit |= Self::bit(seat.at());
        self.tracks |= 1 << world.seat(seat).track.at();
        self.packages = true;
        self
    }

    /// Something decides the alternative of a seat.
    fn alternative(mut self, seat: SeatId) -> Self {
        self.alternative |= Self::bit(seat.at());
        self.target(seat)
    }

    /// Something decides the target of a seat.
    fn target(mut self, seat: SeatId) -> Self {
        self.target |= Self::bit(seat.at());
        self
    }
}

struct About<'a> {
    world: &'a World,
    layout: &'a Layout,
    worth: &'a WorthTables,
}

impl About<'_> {
    fn touch(&self, quantity: Quantity) -> Touch {
        use Quantity as Q;
        match quantity {
            Q::Profile(p) => {
                self.world.seats_of(p).fold(self.credits(self.world.seats_of(p)), Touch::alternative)
            }
            Q::Trust(p, _) => self.trust(p, self.layout.cell(quantity)),
            Q::ItemState(i) | Q::ItemOption(i) | Q::Guarantee(i) => self.on_tracks([i]),
            Q::InstrumentState(_) => self.on_tracks(self.hanging_on(self.layout.cell(quantity))),
            Q::Weariness(p) | Q::Pressure(p) | Q::Optimism(p) | Q::Reserve(p) => {
                self.world.seats_of(p).fold(Touch::default(), Touch::alternative)
            }
            Q::AgreedIn(t) => self.on(t).fold(Touch::default(), Touch::alternative),
            Q::Deadline(t) | Q::Conceded(t) => self.on(t).fold(Touch::default(), Touch::target),
            Q::SeatState(s) => self.on(self.world.seat(s).track).fold(Touch::default(), Touch::target),
            Q::Memory(s, _) => Touch::default().target(s),
            Q::Round => self.seats().fold(Touch::default(), |touch, seat| {
                match self.world.discounts(self.world.seat(seat).track) {
                    true => touch.alternative(seat),
                    false => touch.target(seat),
                }
            }),
            // Who holds what, and who is how strong: few changes, and they may decide any seat's.
            _ => self.seats().fold(Touch::default(), Touch::alternative),
        }
    }

    fn credits(&self, seats: impl Iterator<Item = SeatId>) -> Touch {
        seats.fold(Touch::default(), |touch, seat| touch.credit(self.world, seat))
    }

    fn seats(&self) -> impl Iterator<Item = SeatId> {
        (0..self.world.seats.len()).map(SeatId::new)
    }

    fn on(&self, track: TrackId) -> impl Iterator<Item = SeatId> + '_ {
        self.world.track(track).seats.iter().copied()
    }

    /// Seats on tracks where some option exposes the party to the one that it trusts by this cell.
    fn trust(&self, party: PartyId, cell: Cell) -> Touch {
        let exposed = |item: &ItemId| {
            let mut options = self.world.item(*item).option_ids();
            options.any(|o| self.worth.exposures(party, *item, o).iter().any(|row| row.trust == cell))
        };
        let hangs = |seat: &SeatId| self.world.track(self.world.seat(*seat).track).items.iter().any(exposed);
        self.credits(self.world.seats_of(party).filter(hangs))
    }

    /// Items of which it depends on a text what they are worth.
    fn hanging_on(&self, text: Cell) -> impl Iterator<Item = ItemId> + '_ {
        let items = (0..self.world.items.len()).map(ItemId::new);
        items.filter(move |i| self.worth.texts(*i).contains(&text) || self.worth.expiring(*i).contains(&text))
    }

    /// All seats of the tracks of these items.
    fn on_tracks(&self, items: impl IntoIterator<Item = ItemId>) -> Touch {
        let tracks = items.into_iter().map(|i| self.world.item(i).track);
        self.credits(tracks.flat_map(|t| self.on(t)))
    }
}
