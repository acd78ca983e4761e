//! The trace: every choice of a run, one JSON line a turn, so that the run can be had again (docs/formats.md).
//!
//! A trace is read back strictly. Its last line carries a hash of all lines before it; and since a replay gives the
//! same lines again, the first line that was tampered with can be named.

mod lines;
mod read;
mod refusal;
mod write;

pub use lines::{ChangeLine, ChoiceLine, Footer, Header, TurnLine};
pub use read::{Trace, read, replay};
pub use refusal::Refusal;
pub(crate) use write::word;
pub use write::write;
pub(crate) use write::{changes, track_of};

use super::{Origin, Run};

/// The name of the format.
pub const FORMAT: &str = "baraza-trace/2";

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
