//! What the figures are, and are not: said once.

/// What every page says before its first figure.
pub(crate) const STANDING: &str = "This is a teaching model. Its numbers are assumptions that the scenario \
file states and that a reader may change. Shares are shares of runs under these assumptions: they are not chances of \
real events, and nothing here is a forecast.";

/// The same in a line, beside the answer.
pub(crate) const CAVEAT: &str =
    "Shares of runs of a teaching model under its assumptions: not chances of real events, and no forecast.";
