//! What a role may know, as a row of numbers.

use crate::domain::{Model, Quantity, SeatId};
use crate::drivers::decider::Decider;
use crate::kernel::{State, worth};

use super::sight::Sight;

/// Which numbers a role sees: every quantity of the state that [`Sight`] lets it know, as a share of its largest value, then what each of
/// its seats has without agreement and has settled, as shares of 100. All lie between 0 and 1, and always in the same order.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The cells that it knows, with their largest values.
    cells: Vec<(usize, u8)>,
    /// The cells that it does not know.
    hidden: Vec<usize>,
    seats: Vec<SeatId>,
    names: Vec<String>,
}

impl Observation {
    /// What a role sees of talks under a model.
    pub fn of(model: &Model, role: Decider) -> Self {
        let sight = Sight::of(&model.world, role);
        let (known, hidden): (Vec<usize>, Vec<usize>) =
            (0..model.cells.len()).partition(|k| sight.knows(model.cells[*k].quantity));
        let moves = known.into_iter().filter(|k| model.cells[*k].max > 0);
        let cells: Vec<(usize, u8)> = moves.map(|k| (k, model.cells[k].max)).collect();
        let seats = role.party().map_or_else(Vec::new, |p| model.world.seats_of(p).collect());
        let path = |quantity: Quantity| model.world.path(quantity);
        let mut names: Vec<String> = cells.iter().map(|(k, _)| path(model.cells[*k].quantity)).collect();
        names.extend(seats.iter().flat_map(|s| [Quantity::Alternative(*s), Quantity::Points(*s)]).map(path));
        Self { cells, hidden, seats, names }
    }

    /// The paths of the numbers, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The state as the role may know it: what is hidden is 0.
    pub fn known(&self, state: &State, known: &mut State) {
        known.restore(state.cells());
        self.hidden.iter().for_each(|cell| known.put(*cell, 0));
    }

    /// Writes the numbers of a state of which nothing is left but what the role may know ([`Observation::known`]).
    ///
    /// # Panics
    /// When there is room for fewer than [`Observation::names`] says.
    pub fn write(&self, model: &Model, known: &State, out: &mut [f32]) {
        let (cells, seats) = out.split_at_mut(self.cells.len());
        for ((cell, max), out) in self.cells.iter().zip(cells) {
            *out = f32::from(known.cell(*cell)) / f32::from(*max);
        }
        let share = |points: f64| (points / 100.0).clamp(0.0, 1.0) as f32;
        for (seat, out) in self.seats.iter().zip(seats.chunks_exact_mut(2)) {
            out[0] = share(worth::alternative(model, known, *seat));
            out[1] = share(worth::gained(model, known, *seat));
        }
    }
}
