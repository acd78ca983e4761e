//! Visits everything that can happen: all states that can be reached, each once a turn, with exact mass.
//!
//! After every turn equal states are merged, so that the work grows with the number of different states and not with the
//! number of ways to them. Two layers are kept. Mass is counted in whole numbers that are rounded down: every figure is a
//! lower bound, and what is missing of the whole in the end bounds rounding and dropped states together.

mod as_written;
mod branches;
mod chain;
mod induction;
mod layer;
mod mass;
mod memory;
mod packing;
mod search;
mod sweep;
mod tracked;

pub use as_written::{AsWritten, decimal};
pub use branches::{Alternatives, Always, Branches, By, Minds, Policy};
pub use chain::{Act, Asked, Refused, Visitor, Written, labels, write};
pub use induction::{Decision, Goal, Induced, MINDS, Taken, TooLarge, Values, induce};
pub use mass::{Fixed, Fraction, Mass};
pub use memory::MemoryBudget;
pub use packing::MARKS;
pub use search::{Searched, Sighting, Watch, search};
pub use sweep::{GaveUp, LayerSize, Limits, Look, Swept, sweep};
pub use tracked::TrackedCells;
