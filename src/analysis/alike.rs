//! An ensemble in which nearly every run ends alike: a scenario that leaves little open, and what decides it.

use super::summary::Summary;

/// The share of runs above which they end nearly all alike.
pub const NEARLY_ALL: f64 = 0.95;
/// Fewer runs say too little about that.
const FEW: u64 = 100;

/// What nearly all runs have in common. Places in the lists of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The outcome.
    pub outcome: usize,
    /// Texts that nearly all runs sign.
    pub signed: Vec<usize>,
    /// Items that stay open in nearly all runs, each with the seat that is most often in the way.
    pub open: Vec<(usize, Option<usize>)>,
}

/// What the runs have in common where nearly all end alike; `None` where they do not.
pub fn alike(summary: &Summary) -> Option<Alike> {
    let many = |share: f64| share > NEARLY_ALL;
    let outcome =
        summary.outcomes.iter().position(|o| many(o.share.share)).filter(|_| summary.runs >= FEW)?;
    let texts = summary.instruments.iter().enumerate();
    let signed = texts.filter(|(_, t)| t.incidence.last().is_some_and(|s| many(s.share))).map(|(k, _)| k);
    let items = summary.items.iter().enumerate();
    let open = items.filter(|(_, i)| many(1.0 - i.settled.share)).map(|(k, item)| {
        let against = item.blocked_by.iter().enumerate().filter(|(_, b)| b.share.runs > 0);
        (k, against.max_by_key(|(at, b)| (b.share.runs, std::cmp::Reverse(*at))).map(|(at, _)| at))
    });
    Some(Alike { outcome, signed: signed.collect(), open: open.collect() })
}
