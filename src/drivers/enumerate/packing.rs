//! States as short keys: as many bits a cell as its bound needs, and none for cells that never change.

use crate::domain::layout::Cell;
use crate::domain::{Model, Quantity};

use super::tracked::TrackedCells;

/// A key of `W` words. Two states have the same key exactly if every cell and every mark is the same.
pub type Key<const W: usize> = [u64; W];

/// The most marks a key can carry.
pub const MARKS: usize = 64;

/// A cell was found to change although it has no place in the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unforeseen(pub Cell);

/// Where a cell is kept in the key.
#[derive(Clone, Copy, Debug)]
struct Field {
    cell: u16,
    word: u16,
    shift: u8,
    mask: u8,
}

/// No place in the key.
const NONE: u16 = u16::MAX;

/// How the states of a scenario are packed. Which cells change is first guessed ([`TrackedCells`]); packing a change to any other
/// cell is refused ([`Unforeseen`]), and the sweep starts again with that cell in the key. So a key is always the whole state.
#[derive(Clone, Debug)]
pub struct Packing {
    fields: Vec<Field>,
    /// For each cell its field, or `NONE`.
    place: Vec<u16>,
    round: Cell,
    marks: Option<(usize, u32)>,
    bits: usize,
    words: usize,
}

impl Packing {
    /// Packs the cells that change, with room for so many marks beside them.
    pub(super) fn new(model: &Model, tracked: &TrackedCells, marks: usize) -> Self {
        let round = model.cell(Quantity::Round);
        let mut packing = Self {
            fields: Vec::new(),
            place: vec![NONE; model.cells.len()],
            round,
            marks: None,
            bits: 0,
            words: 0,
        };
        let mut room = MemoryBudget::default();
        for (cell, info) in model.cells.iter().enumerate() {
            let width = 8 - info.max.leading_zeros() as usize;
            // The round is the same in all states of a layer.
            if cell != round && tracked.changes(cell) && width > 0 {
                let (word, shift) = room.take(width);
                packing.place[cell] = packing.fields.len() as u16;
                let mask = (1u16 << width) as u8;
                packing.fields.push(Field {
                    cell: cell as u16,
                    word: word as u16,
                    shift: shift as u8,
                    mask: mask.wrapping_sub(1),
                });
            }
        }
        if marks > 0 {
            let (word, shift) = room.take(marks.min(MARKS));
            packing.marks = Some((word, shift));
        }
        (packing.words, packing.bits) = (room.words.max(1), room.bits);
        packing
    }

    /// Whether a cell has a place in the key.
    pub(super) fn holds(&self, cell: Cell) -> bool {
        self.place[cell] != NONE
    }

    /// Words of a key.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Bits of a key that are in use.
    pub fn bits(&self) -> usize {
        self.bits
    }

    /// Writes the cells of a key over `cells`, which must hold the values of all cells that never change.
    #[inline]
    pub(super) fn unpack<const W: usize>(&self, key: &Key<W>, cells: &mut [u8]) {
        for field in &self.fields {
            cells[field.cell as usize] = (key[field.word as usize] >> field.shift) as u8 & field.mask;
        }
    }

    /// The key of a state that differs from the one before, whose key is known.
    #[inline]
    pub(super) fn repack<const W: usize>(
        &self,
        mut key: Key<W>,
        before: &[u8],
        after: &[u8],
    ) -> Result<Key<W>, Unforeseen> {
        let ((old, old_rest), (new, new_rest)) = (before.as_chunks::<8>(), after.as_chunks::<8>());
        for (k, (old, new)) in old.iter().zip(new).enumerate() {
            // Eight cells at a time: most are as they were.
            let mut differs = u64::from_le_bytes(*old) ^ u64::from_le_bytes(*new);
            while differs != 0 {
                let offset = differs.trailing_zeros() as usize / 8;
                self.change(&mut key, k * 8 + offset, old[offset] ^ new[offset])?;
                differs &= !(0xff << (offset * 8));
            }
        }
        let first = old.len() * 8;
        for (offset, (a, b)) in old_rest.iter().zip(new_rest).enumerate() {
            self.change(&mut key, first + offset, a ^ b)?;
        }
        Ok(key)
    }

    /// Flips the bits of a cell in which it differs.
    #[inline]
    fn change<const W: usize>(&self, key: &mut Key<W>, cell: Cell, differs: u8) -> Result<(), Unforeseen> {
        if differs == 0 || cell == self.round {
            return Ok(());
        }
        let place = self.place[cell];
        if place == NONE {
            return Err(Unforeseen(cell));
        }
        let field = self.fields[place as usize];
        key[field.word as usize] ^= u64::from(differs) << field.shift;
        Ok(())
    }

    /// The marks of a key.
    #[inline]
    pub(super) fn marks<const W: usize>(&self, key: &Key<W>) -> u64 {
        // Marks have the last bits that are taken, so that nothing stands above them.
        self.marks.map_or(0, |(word, shift)| key[word] >> shift)
    }

    /// The key with these marks.
    #[inline]
    pub(super) fn mark<const W: usize>(&self, mut key: Key<W>, marks: u64) -> Key<W> {
        if let Some((word, shift)) = self.marks {
            key[word] = key[word] & ((1 << shift) - 1) | marks << shift;
        }
        key
    }
}

/// Hands out bits of words; a field never straddles two.
#[derive(Default)]
struct MemoryBudget {
    words: usize,
    used: u32,
    bits: usize,
}

impl MemoryBudget {
    fn take(&mut self, width: usize) -> (usize, u32) {
        if self.words == 0 || self.used as usize + width > 64 {
            self.words += 1;
            self.used = 0;
        }
        let shift = self.used;
        self.used += width as u32;
        self.bits += width;
        (self.words - 1, shift)
    }
}
