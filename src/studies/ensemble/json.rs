//! What an ensemble shows, as JSON.

use serde::Serialize;

use crate::analysis::alike;
use crate::analysis::summary::Summary;
use crate::drivers::Head;
use crate::render::typed::Typed;
use crate::text::pretty;

use super::tables::tables;
use super::{Ensemble, FORMAT, Until};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head,
    from: u32,
    to: u64,
    until: Option<&'a Until>,
    alike: Option<Alike<'a>>,
    summary: &'a Summary,
    tables: Typed,
}

/// What nearly all runs have in common, by ids.
#[derive(Serialize)]
struct Alike<'a> {
    outcome: &'a str,
    signed: Vec<&'a str>,
    open: Vec<Open<'a>>,
}

/// An item that nearly always stays open, and the party most often in the way.
#[derive(Serialize)]
struct Open<'a> {
    item: &'a str,
    blocked_by: Option<&'a str>,
}

impl<'a> Alike<'a> {
    fn of(summary: &'a Summary) -> Option<Self> {
        let alike = alike::alike(summary)?;
        let open = alike.open.iter().map(|(k, seat)| {
            let item = &summary.items[*k];
            Open { item: &item.id, blocked_by: seat.map(|at| item.blocked_by[at].id.as_str()) }
        });
        Some(Self {
            outcome: &summary.outcomes[alike.outcome].id,
            signed: alike.signed.iter().map(|k| summary.instruments[*k].id.as_str()).collect(),
            open: open.collect(),
        })
    }
}

/// The ensemble as JSON, ending in a line feed.
pub(super) fn json(ensemble: &Ensemble) -> String {
    let document = Document {
        format: FORMAT,
        head: ensemble.head(),
        from: ensemble.from,
        to: u64::from(ensemble.from) + ensemble.summary.runs,
        until: ensemble.until.as_ref(),
        alike: Alike::of(&ensemble.summary),
        summary: &ensemble.summary,
        tables: Typed(tables(ensemble.world, &ensemble.summary)),
    };
    pretty(&document)
}
