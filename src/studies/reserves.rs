//! How answers depend on what was drawn for reserves, as text, and the words that pages share with it.

use crate::analysis::reserves::Type;
use crate::analysis::summary::TypeShares;
use crate::analysis::what_if::{Subject, TypeEffect};
use crate::domain::World;
use crate::telling::chronicle::clean;
use crate::text::column::padded;
use crate::text::number::{percent, thousands};
use crate::text::share;
use crate::text::writer::Writer;

use super::what_if::points;

/// The title of what is told of it.
pub(crate) const TITLE: &str = "How the answer depends on reserves";

/// What a reserve is, and what its tables are for.
pub(crate) const ABOUT: &str = "What the file leaves open of a party's alternative, its reserve, is drawn once a run. That \
runs of one reserve end otherwise than those of another is no luck: nobody knows which of them the real talks were (structural \
uncertainty). Only within one of them is the rest chance.";

/// Columns for an outcome.
const LABEL: usize = 21;
/// Columns for a type.
const CELL: usize = 19;
/// The most types side by side.
const TYPES: usize = 3;
/// Columns for a type that is a row.
const ROW: usize = 22;

/// The names of its parties.
fn parties(world: &World, of: &Type) -> Vec<String> {
    let title = |id: &String| {
        let party = world.parties.iter().find(|p| p.name.id == *id);
        clean(party.map_or(id, |p| &p.name.title))
    };
    of.parties.iter().map(title).collect()
}

/// Whose reserves they are.
pub(crate) fn whose(world: &World, of: &Type) -> String {
    let parties = parties(world, of);
    let word = if parties.len() == 1 { "reserve" } else { "reserves" };
    format!("By the {word} of {}", parties.join(" and "))
}

/// What was drawn, where it has been said for whom.
pub(crate) fn drawn(of: &Type) -> String {
    of.drawn.join(", ")
}

/// What was drawn for whom.
pub(crate) fn named(world: &World, of: &Type) -> String {
    let each = parties(world, of).into_iter().zip(&of.drawn);
    each.map(|(party, drawn)| format!("{party}: {drawn}")).collect::<Vec<_>>().join("; ")
}

/// Whose reserves and what was drawn for each, in the same order, as cells of tidy tables.
pub(crate) fn cells(of: &Type) -> [String; 2] {
    [of.parties.join("+"), of.drawn.join("+")]
}

/// Types of the same parties, which stand one after the other.
pub(crate) fn groups<T>(types: &[T], of: impl Fn(&T) -> &Type) -> impl Iterator<Item = &[T]> {
    types.chunk_by(move |a, b| of(a).parties == of(b).parties)
}

/// The places of the outcomes that some of these runs end in.
pub(crate) fn occurring(group: &[TypeShares]) -> Vec<usize> {
    let outcomes = group.first().map_or(0, |of| of.outcomes.len());
    (0..outcomes).filter(|o| group.iter().any(|of| of.outcomes[*o].share.runs > 0)).collect()
}

/// Writes how the talks ended, by reserves; nothing where nobody has one.
pub(crate) fn outcomes(page: &mut Writer, world: &World, types: &[TypeShares]) {
    if types.is_empty() {
        return;
    }
    page.heading(TITLE);
    page.paragraph(ABOUT);
    page.paragraph("How the talks ended, in per cent of the runs in which this was drawn.");
    for group in groups(types, |t| &t.of) {
        page.section(&whose(world, &group[0].of));
        let occurring = occurring(group);
        group.chunks(TYPES).for_each(|some| table(page, some, &occurring));
    }
}

/// A few types side by side.
fn table(page: &mut Writer, types: &[TypeShares], outcomes: &[usize]) {
    let width = page.paper().room(LABEL);
    let row = |label: &str, cell: &dyn Fn(&TypeShares) -> String| {
        let cells: String = types.iter().map(|t| padded(&cell(t), CELL)).collect();
        format!("  {}{cells}", padded(label, width))
    };
    page.row(&row("", &|t| drawn(&t.of)));
    page.row(&row("runs", &|t| thousands(t.runs)));
    for o in outcomes {
        let title = types.first().map_or_else(String::new, |t| clean(&t.outcomes[*o].title));
        let mut lines = textwrap::wrap(&title, width - 2).into_iter();
        page.row(&row(&lines.next().unwrap_or_default(), &|t| {
            let s = &t.outcomes[*o].share;
            share::figures(s.share, s.low, s.high)
        }));
        lines.for_each(|line| page.row(&format!("    {line}")));
    }
}

/// Writes what a change does to a subject, called so, by reserves; nothing where nobody has one.
pub(crate) fn effects(
    page: &mut Writer,
    world: &World,
    (subject, called): (Subject, &str),
    types: &[TypeEffect],
) {
    for group in groups(types, |t| &t.of) {
        page.section(&format!("{}: {called}", whose(world, &group[0].of)));
        page.row(&format!(
            "  {:<ROW$} {:>9} {:>5} {:>7}  {}",
            "", "pairs", "as is", "changed", "difference, in points"
        ));
        for t in group {
            let Some(s) = t.on(subject) else { continue };
            page.row(&format!(
                "  {:<ROW$} {:>9} {:>5} {:>7}  {}",
                drawn(&t.of),
                thousands(t.pairs),
                percent(s.baseline),
                percent(s.changed),
                points(&s)
            ));
        }
    }
}
