//! What a change does by what was drawn for reserves, as a part of the page of a comparison.

use crate::chart::forest::Forest;
use crate::chart::{Estimate, Head, Unit};
use crate::document::table::Table;
use crate::document::{Block, Section};
use crate::studies::parts::{continued, numbered};
use crate::studies::reserves::named;
use crate::text::number::{percent_of, thousands};

use super::page::MOST;
use super::{Answer, Comparison};

/// Tells it of what is asked about, or of the outcome that the change moves most; nothing where nobody has a reserve.
pub(crate) fn tell(comparison: &Comparison, answer: &Answer, section: &mut Section) {
    let e = &answer.effect;
    let subject = e.foremost(comparison.subject);
    let Some(about) = comparison.called(subject).filter(|_| !e.reserves.is_empty()) else { return };
    let types = || e.reserves.iter().filter_map(|t| Some((t, t.on(subject)?)));
    section.push(Block::Heading("By reserves".into()));
    let mut table = Table::new(
        format!("Share of {about} by what was drawn, differences in percentage points"),
        ["drawn", "pairs", "as it stands", "with the change", "difference", "interval"],
    );
    for (t, s) in types() {
        table.push([
            named(comparison.world, &t.of),
            thousands(t.pairs),
            Unit::Share.tell(s.baseline),
            Unit::Share.tell(s.changed),
            Unit::Difference.tell(s.difference),
            Unit::Difference.interval(s.low, s.high),
        ]);
    }
    section.push(Block::Table(table));
    let rows: Vec<(String, Estimate)> = types()
        .map(|(t, s)| {
            let estimate = Estimate { value: s.difference, low: s.low, high: s.high };
            (named(comparison.world, &t.of), estimate)
        })
        .collect();
    let subtitle =
        format!("Change of the share of {about}, with {}% intervals", percent_of(comparison.level));
    for (k, rows) in rows.chunks(MOST).enumerate() {
        let title = format!("By what was drawn for reserves: {}{}", answer.title, continued(k));
        section.push(
            Forest {
                head: Head::new(&["reserves", &e.id, &numbered(k)], title, &subtitle),
                of: "drawn".into(),
                axis: "Difference, changed less as it stands, in percentage points".into(),
                unit: Unit::Difference,
                rows: rows.to_vec(),
            }
            .draw(),
        );
    }
}
