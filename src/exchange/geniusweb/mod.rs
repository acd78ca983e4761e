//! GeniusWeb JSON, in the dialect of the Java classes and in that of the Python port. Utilities are between 0 and 1 as
//! they stand, weights sum to 1, and no agreement is worth what the reservation bid is worth (0 where there is none).

mod read;
mod write;

pub(super) use read::read;
pub use write::write;
