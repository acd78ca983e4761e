//! `baraza export`: what other programs read, a scenario's chain or a negotiation domain.

mod chain;
mod domain;

use super::args::{Export, ExportFormat};
use super::exit::{Exit, Failure};
use super::terminal::Terminal;

/// Writes in the format asked for.
pub(super) fn carry_out(options: &Export, terminal: &Terminal) -> Result<Exit, Failure> {
    match options.format {
        ExportFormat::Drn | ExportFormat::PrismExplicit => chain::carry_out(options, terminal),
        ExportFormat::Genius | ExportFormat::Geniusweb => domain::carry_out(options, terminal),
    }
}
