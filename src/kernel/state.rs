//! What moves: one byte a quantity.

use std::sync::Arc;

use crate::domain::layout::Cell;
use crate::domain::{Halves, Model, Portion, Quantity, Seat, TacticKind, Touch};

use super::outlook::Memo;

/// The complete state of the talks between two turns: what happens next depends on it and the turn alone.
///
/// Two states are equal when every quantity is; what is remembered beside the cells is derived from them.
#[derive(Clone, Debug)]
pub struct State {
    cells: Box<[u8]>,
    /// By cell, those first on which anything hangs that is remembered.
    touches: Arc<[Touch]>,
    standings: Box<[Standing]>,
    halves: Box<[Halves]>,
    outlooks: Box<[Memo]>,
    fresh: Fresh,
    changes: u32,
}

/// Which seats' remembered numbers still hold, as bit sets.
#[derive(Clone, Copy, Debug, Default)]
struct Fresh {
    credit: u32,
    alternative: u32,
    target: u32,
    outlooks: u8,
    halves: u128,
}

impl Fresh {
    #[inline(always)]
    fn forget(&mut self, touch: &Touch) {
        self.credit &= !touch.credit;
        self.alternative &= !touch.alternative;
        self.target &= !touch.target;
        self.outlooks &= !touch.tracks;
        if touch.packages {
            self.halves = 0;
        }
    }
}

/// What a seat has in hand, remembered until a cell on which it depends changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Credit on settled items.
    pub banked: i32,
    /// Points of the best options of settled items.
    pub bankable: i32,
    /// Credit on those of them that are sealed.
    pub sealed: i32,
    /// Points of the best options of those.
    pub sealable: i32,
    /// The alternative today.
    pub alternative: Portion,
    /// The target on a planned mandate.
    pub target: Portion,
}

impl State {
    /// The state in which a scenario starts.
    pub fn new(model: &Model) -> Self {
        Self {
            cells: model.initial.clone().into_boxed_slice(),
            touches: model.touches.clone(),
            standings: vec![Standing::default(); model.world.seats.len()].into_boxed_slice(),
            halves: model.world.seats.iter().map(|seat| room(model, seat)).collect(),
            outlooks: (0..model.world.tracks.len()).map(|t| Memo::of(model, t.into())).collect(),
            fresh: Fresh::default(),
            changes: 0,
        }
    }

    /// Back to the start, without allocating.
    pub fn reset(&mut self, model: &Model) {
        self.cells.copy_from_slice(&model.initial);
        self.fresh = Fresh::default();
    }

    /// Takes over cells recorded elsewhere.
    ///
    /// # Panics
    /// When there are more or fewer cells than this state has.
    pub fn restore(&mut self, cells: &[u8]) {
        self.cells.copy_from_slice(cells);
        self.fresh = Fresh::default();
    }

    /// Every cell, in the order of the model's layout.
    #[inline]
    pub fn cells(&self) -> &[u8] {
        &self.cells
    }

    /// The value of a cell.
    #[inline(always)]
    pub fn cell(&self, cell: Cell) -> u8 {
        self.cells[cell]
    }

    /// The value of a stored quantity.
    #[inline(always)]
    pub fn get(&self, model: &Model, quantity: Quantity) -> u8 {
        self.cells[model.cell(quantity)]
    }

    /// Changes a cell.
    #[inline(always)]
    pub fn put(&mut self, cell: Cell, value: u8) {
        if self.cells[cell] != value {
            if let Some(touch) = self.touches.get(cell) {
                self.fresh.forget(touch);
            }
            self.cells[cell] = value;
            self.changes = self.changes.wrapping_add(1);
        }
    }

    /// How often a cell has been changed by [`State::put`], round and round: where it is the same before and after a turn, the turn
    /// did nothing.
    #[inline(always)]
    pub fn changes(&self) -> u32 {
        self.changes
    }

    /// Looks at the state as it is at the end of a round, before the next begins: conditions that speak of the
    /// round see the one that has just been played.
    pub fn at_the_end_of<T>(&mut self, model: &Model, round: u8, look: impl FnOnce(&mut Self) -> T) -> T {
        let cell = model.cell(Quantity::Round);
        let now = self.cell(cell);
        self.put(cell, round);
        let seen = look(self);
        self.put(cell, now);
        seen
    }

    /// What a seat has in hand: what is remembered where it still holds, else worked out and remembered.
    #[inline(always)]
    pub(super) fn standing(
        &mut self,
        seat: usize,
        credit: impl FnOnce(&Self) -> Standing,
        alternative: impl FnOnce(&Self) -> Portion,
        target: impl FnOnce(&Self, Portion) -> Portion,
    ) -> Standing {
        let bit = Touch::bit(seat);
        if self.fresh.credit & bit == 0 {
            let Standing { alternative, target, .. } = self.standings[seat];
            self.standings[seat] = Standing { alternative, target, ..credit(self) };
            self.fresh.credit |= bit;
        }
        let alternative = self.alternative(seat, alternative);
        if self.fresh.target & bit == 0 {
            self.standings[seat].target = target(self, alternative);
            self.fresh.target |= bit;
        }
        self.standings[seat]
    }

    /// The alternative of a seat today, remembered likewise.
    #[inline(always)]
    pub(super) fn alternative(&mut self, seat: usize, alternative: impl FnOnce(&Self) -> Portion) -> Portion {
        let bit = Touch::bit(seat);
        if self.fresh.alternative & bit == 0 {
            self.standings[seat].alternative = alternative(self);
            self.fresh.alternative |= bit;
        }
        self.standings[seat].alternative
    }

    /// What is remembered of a track's outlook, and whether credits are still those of then. It is to be given back.
    pub(super) fn lend(&mut self, track: usize) -> (Memo, bool) {
        (std::mem::take(&mut self.outlooks[track]), self.fresh.outlooks >> track & 1 == 1)
    }

    /// Takes back what was lent, brought up to date.
    pub(super) fn give_back(&mut self, track: usize, memo: Memo) {
        self.outlooks[track] = memo;
        self.fresh.outlooks |= 1 << track;
    }

    /// Asks a seat's packages: those remembered where they still hold, else they are filled in and remembered.
    pub(super) fn halves<T>(
        &mut self,
        seat: usize,
        fill: impl FnOnce(&Self, &mut Halves),
        question: impl FnOnce(&Self, &mut Halves) -> T,
    ) -> T {
        let bit = 1u128.checked_shl(seat as u32).unwrap_or(0);
        let mut halves = std::mem::take(&mut self.halves[seat]);
        if self.fresh.halves & bit == 0 {
            fill(self, &mut halves);
            self.fresh.halves |= bit;
        }
        let answer = question(self, &mut halves);
        self.halves[seat] = halves;
        answer
    }
}

/// Room for a seat's packages, where its track deals in them.
fn room(model: &Model, seat: &Seat) -> Halves {
    let ordered = model.world.party(seat.party).tactic.kind == TacticKind::Micro;
    model.packages[seat.track.at()].as_ref().map_or_else(Halves::default, |packages| packages.room(ordered))
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.cells == other.cells
    }
}

impl Eq for State {}

impl std::hash::Hash for State {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.cells.hash(state);
    }
}
