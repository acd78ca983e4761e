//! What hangs on a cell: which of the numbers that a state remembers hold no more once it changes.

use super::layout::{Cell, CellInfo, Layout};
use super::{ItemId, PartyId, Quantity, SeatId, TrackId, World, WorthTables};

/// What hangs on a cell, as bit sets of the first seats and of tracks; a seat beyond them remembers nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touch {
    /// Seats whose credit on what is settled it decides.
    pub credit: u32,
    /// Seats whose alternative and target it decides.
    pub aim: u32,
    /// Tracks on which it decides what some way to settle an item is worth to somebody.
    pub tracks: u8,
    /// Whether it decides what packages are worth.
    pub packages: bool,
}

impl Touch {
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
        self.credit |= bit(seat);
        self.tracks |= 1 << world.seat(seat).track.at();
        self.packages = true;
        self
    }

    /// Something decides the alternative or the target of a seat.
    fn aim(mut self, seat: SeatId) -> Self {
        self.aim |= bit(seat);
        self
    }
}

fn bit(seat: SeatId) -> u32 {
    1u32.checked_shl(seat.at() as u32).unwrap_or(0)
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
            Q::Profile(p) => self.world.seats_of(p).fold(self.credits(self.world.seats_of(p)), Touch::aim),
            Q::Trust(p, _) => self.trust(p, self.layout.cell(quantity)),
            Q::ItemState(i) | Q::ItemOption(i) | Q::Guarantee(i) => self.on_tracks([i]),
            Q::InstrumentState(_) => self.on_tracks(self.hanging_on(self.layout.cell(quantity))),
            Q::Weariness(p) | Q::Pressure(p) | Q::Optimism(p) | Q::Reserve(p) => {
                self.world.seats_of(p).fold(Touch::default(), Touch::aim)
            }
            Q::Deadline(t) | Q::Conceded(t) | Q::AgreedIn(t) => self.aims_on(t),
            Q::SeatState(s) => self.aims_on(self.world.seat(s).track),
            Q::Memory(s, _) => Touch::default().aim(s),
            // The round, who holds what, and who is how strong: few changes, and they may decide any seat's.
            _ => (0..self.world.seats.len()).map(SeatId::new).fold(Touch::default(), Touch::aim),
        }
    }

    fn credits(&self, seats: impl Iterator<Item = SeatId>) -> Touch {
        seats.fold(Touch::default(), |touch, seat| touch.credit(self.world, seat))
    }

    fn aims_on(&self, track: TrackId) -> Touch {
        self.world.track(track).seats.iter().copied().fold(Touch::default(), Touch::aim)
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
        let seats = tracks.flat_map(|t| self.world.track(t).seats.iter().copied());
        self.credits(seats)
    }
}
