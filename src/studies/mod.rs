//! What is asked of a scenario, one folder a study: what it says as text, page, tables and JSON. What it computes is in `analysis`.

pub mod analyze;
pub mod backtest;
pub mod class;
pub mod debrief;
pub mod design;
pub mod discover;
pub mod ensemble;
pub mod exact;
pub mod ids;
pub mod load;
pub mod pairs;
pub mod parts;
pub mod questions;
pub mod ranges;
pub mod refusal;
pub(crate) mod reserves;
pub mod resolve;
pub mod run;
pub mod runs;
pub mod sealed;
pub mod sensitivity;
pub mod shard;
pub mod study;
pub mod values;
pub mod verify;
pub mod what_if;
