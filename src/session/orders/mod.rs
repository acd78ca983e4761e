//! Orders: what a role tells its people to do in a round, on one sheet, from which the choices of the round are answered.
//!
//! A sheet holds only what was decided. Every other choice is made as the model would make it, with the luck of the run, so that
//! an empty sheet, a team that is away and a seat that is left to the model come to the same.

mod answer;
mod field;
mod menu;
mod policy;
mod read;
mod release;
mod sheet;
mod weighed;

pub use answer::answer;
pub use field::{Field, Kind, Topic, fields, topics};
pub use menu::{Group, Menu, OffMenu};
pub use policy::{Ordered, Unseen};
pub use read::{Wrong, check};
pub use release::{Kept, Past};
pub use sheet::Sheet;
pub use weighed::weighed;
