//! Studies over many runs. Everything is counted in whole numbers first; intervals and estimates come after.

pub mod alike;
pub mod backtest;
pub mod bargaining;
pub mod combine;
pub mod counters;
pub mod debrief;
pub mod design;
pub mod discovery;
pub mod draft;
pub mod ensemble;
pub mod exact;
pub mod family;
pub mod forecasts;
mod held;
pub mod pairs;
pub mod predictions;
mod reading;
pub mod record;
pub mod reserves;
pub mod resolve;
pub mod runs;
pub mod sensitivity;
pub mod statistics;
pub mod summary;
pub mod until;
pub mod verify;
pub mod what_if;
pub mod windows;

pub use held::Held;
