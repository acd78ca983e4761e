//! Turning points by field, in words.

use crate::analysis::debrief::FieldPoint;
use crate::document::dataset::Dataset;
use crate::document::{Block, Section};
use crate::drivers::decider::Decider;
use crate::kernel::State;
use crate::session::orders::fields;
use crate::telling::chronicle::clean;
use crate::telling::play::View;
use crate::telling::play::orders::told;
use crate::text::number::{percent, percent_of, thousands};

use super::Report;
use super::sentences::{plain_points, verb};

/// What turning points by field are.
fn about(report: &Report) -> String {
    let f = &report.debrief.fields;
    format!(
        "{} fields of sheets were decided. Each is set beside the same sheet without it, where its choices are left to the model, with the \
         same luck; all other orders of the round stand, and from the next round on the model plays every seat. First look {} runs of either \
         sheet, then {} with {}% intervals.",
        f.decided,
        thousands(u64::from(f.screening)),
        thousands(u64::from(f.runs)),
        percent_of(report.level)
    )
}

/// One sentence about a field.
fn sentence(report: &Report, point: &FieldPoint) -> String {
    let (model, s) = (report.model(), &point.shift);
    let found = Decider::find(&model.world, &point.role).ok();
    let who = found.map_or_else(|| point.role.clone(), |d| clean(d.title(&model.world)));
    let title =
        found.and_then(|role| title(report, role, &point.field)).unwrap_or_else(|| point.field.clone());
    format!(
        "In round {}, {who} wrote “{}” for “{}” ({}): beside leaving that to the model it {} {} from {} to {} ({} points, interval {} to {}).",
        point.round,
        point.words.join(", "),
        title.trim_end_matches('?'),
        point.field,
        verb(s),
        report.ending(s.result),
        percent(s.from.share),
        percent(s.to.share),
        plain_points(s.difference),
        plain_points(s.low),
        plain_points(s.high)
    )
}

/// What a field is called, as its role reads it at the start.
fn title(report: &Report, role: Decider, key: &str) -> Option<String> {
    let model = report.model();
    let view = View::new(model, role, State::new(model).cells());
    let field = fields(model, role, view.known()).into_iter().find(|f| f.key == key)?;
    Some(told(&view, &field).title)
}

/// Sentences on the fields on which most hung, with what they are before them; nothing where no field was decided.
pub(super) fn sentences(report: &Report) -> Option<(String, Vec<String>)> {
    let f = &report.debrief.fields;
    let all = f.points.iter().map(|p| sentence(report, p));
    (f.decided > 0).then(|| (about(report), all.collect()))
}

/// What is said where no field moved anything.
pub(super) const STILL: &str = "No single field moved any chance beyond what luck explains.";

/// The section of the page.
pub(super) fn section(report: &Report) -> Section {
    let Some((about, sentences)) = sentences(report) else { return Section::default() };
    let mut section = Section::new("Turning points by field");
    section.paragraph(about);
    match sentences.is_empty() {
        true => section.paragraph(STILL),
        false => section.push(Block::List(sentences)),
    }
    section
}

/// The fields that were measured closely, with every result.
pub(super) fn table(report: &Report) -> Dataset {
    let columns = &[
        "round",
        "who",
        "field",
        "says",
        "kind",
        "id",
        "runs",
        "as_model",
        "share",
        "difference",
        "low",
        "high",
    ];
    let mut sheet = Dataset::new("fields", columns);
    for p in &report.debrief.fields.points {
        for s in &p.shifts {
            let (kind, id) = report.id(s.result);
            sheet.push([
                p.round.to_string(),
                p.role.clone(),
                p.field.clone(),
                p.words.join("; "),
                kind.into(),
                id.into(),
                s.to.runs.to_string(),
                s.from.share.to_string(),
                s.to.share.to_string(),
                s.difference.to_string(),
                s.low.to_string(),
                s.high.to_string(),
            ]);
        }
    }
    sheet
}
