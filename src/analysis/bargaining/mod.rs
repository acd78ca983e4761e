//! Negotiation analysis of a set of packages: the zone of possible agreement, the Pareto frontier, the classical
//! bargaining solutions and what stands in their way.
//!
//! A [`Problem`] is what is written on the board: issues with their values, and for every party what each value is
//! worth and what it falls back on. [`study`] visits every package once. Utilities of one party are compared after
//! rounding to [`DIGITS`] significant digits of the largest one (never coarser than 12 decimals below 1), so that sums
//! which are equal on paper are equal here.
//!
//! A scenario can be played besides: [`watch`] counts what many runs agree on and how the ground moves, [`Agreements`]
//! measures the packages agreed on against the frontier, [`Ripeness`] follows the zone from round to round, and
//! [`offers()`] reads the course of one run.

mod agreements;
mod dominance;
mod frontier;
mod lottery;
mod offers;
mod packages;
mod problem;
mod ripeness;
mod solution;
mod space;
mod standing;
mod study;
mod track;
mod watch;
mod zone;

pub use agreements::{Agreement, Agreements, Spread};
pub use frontier::{Frontier, Point};
pub use lottery::{Lotteries, Lottery, lotteries, nash_lottery};
pub use offers::{Offer, offers};
pub use packages::{Packages, Standing};
pub use problem::{Issue, MOST_CELLS, Party, Problem, Rule, TooLarge};
pub use ripeness::{Alternative, MOST_POINTS, Moment, NotFollowed, Ripeness};
pub use solution::{Concept, Solution, Unnamed, Why};
pub use space::{DIGITS, Grid, Space};
pub use standing::Stand;
pub use study::{Analysis, Range, study};
pub use watch::{Watch, Watched, watch};
pub use zone::{Concession, Use, ValueUse, Zone};
