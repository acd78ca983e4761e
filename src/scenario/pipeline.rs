//! From text to world: the steps of a load in their order.

use std::sync::Arc;

use crate::domain::World;

use super::change::{self, Edit};
use super::code::Code;
use super::consequences::{adopt_new, is_new, key, keys};
use super::diagnostic::{Diagnostic, Severity};
use super::evaluate::{evaluate, warn};
use super::ids::Ids;
use super::lower::Lowered;
use super::nearest::suggest;
use super::report::Report;
use super::shape::Agent;
use super::tree::{Entry, Place, Table};
use super::{Change, Loaded, Source, lint, parse, range_check};

/// Loads a file; see [`super::load`].
pub(super) fn load(source: &Source, changes: &[Change], what_if: Option<&str>) -> Loaded {
    let mut report = Report::new(sources(source, changes));
    let Some(tree) = parse::parse(&source.text, &mut report) else {
        return Loaded { world: None, diagnostics: report.finish() };
    };
    let mut base = report.sibling();
    let lowered = evaluate(&tree, None, &mut base);
    // Where something could not be read, what the rest amounts to is not doubted.
    let read = report.errors() == 0;
    what_ifs(&tree, lowered.as_ref(), read, &mut base);
    range_check::check(&tree, lowered.as_ref(), read, &mut base);
    let edits = edits(&tree, changes, what_if, &mut report);
    let lowered = match edits.is_empty() && report.errors() == 0 {
        true => {
            warn(&tree, lowered.as_ref(), &mut base);
            base.diagnostics().iter().for_each(|d| report.adopt(d.clone()));
            lowered
        }
        false => changed(&tree, lowered.as_ref().map(|l| &l.world), &edits, &base, &mut report),
    };
    let world = lowered.filter(|_| report.errors() == 0).map(|l| l.world);
    Loaded { world, diagnostics: report.finish() }
}

/// A file and its changes, each a text of its own, as far as places can number them.
pub(super) fn sources(source: &Source, changes: &[Change]) -> Vec<Arc<Source>> {
    let changes = changes.iter().take(usize::from(u16::MAX) - 1).map(change::text);
    std::iter::once(source.clone()).chain(changes).map(Arc::new).collect()
}

/// The changes that are asked for: those of the what-if, then those of the command line.
pub(super) fn edits(
    tree: &Table,
    changes: &[Change],
    what_if: Option<&str>,
    report: &mut Report,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    if let Some(id) = what_if {
        // Ids have no `+`: two what-ifs together are written with one between them.
        for id in id.split('+') {
            match tree.table("what-if").and_then(|t| t.table(id)) {
                Some(what_if) => edits.extend(change::of_what_if(what_if, report)),
                None => unknown_what_if(tree, id, report),
            }
        }
    }
    for (at, change) in changes.iter().enumerate() {
        edits.extend(change::read(change, (at + 1) as u16, report));
    }
    edits
}

fn unknown_what_if(tree: &Table, id: &str, report: &mut Report) {
    let ids = Ids::of(tree);
    let (place, help) = match tree.entry("what-if") {
        Some(entry) => (entry.key_place, suggest(id, ids.all(Agent::WhatIf), "it has")),
        None => (Place::new(0, 0, 0), "it has none; add one as [what-if.ID]".to_owned()),
    };
    report.error(Code::UnknownWhatIf, place, format!("the scenario has no what-if `{id}`")).help(help);
}

/// The world with the changes; mistakes that only the changes cause point at them.
fn changed(
    tree: &Table,
    file: Option<&World>,
    edits: &[Edit],
    base: &Report,
    report: &mut Report,
) -> Option<Lowered> {
    lint::calendar::deadlines_stay(tree, edits, report);
    let mut tree = tree.clone();
    let mut applied = Vec::new();
    for edit in edits {
        if change::apply(&mut tree, edit, report) {
            applied.push(edit.place());
        }
    }
    let mut after = report.sibling();
    let lowered = evaluate(&tree, file, &mut after);
    if after.errors() == 0 && base.errors() == 0 {
        warn(&tree, lowered.as_ref(), &mut after);
    }
    let known = keys(base);
    let old = after.diagnostics().iter().filter(|d| !is_new(d, &known));
    old.for_each(|d| report.adopt(d.clone()));
    adopt_new(&after, &known, &applied, report);
    // Mistakes inside what-ifs and ranges are mistakes of the file, whatever is asked of it now.
    let told = keys(&after);
    for diagnostic in base.diagnostics() {
        let new = diagnostic.severity == Severity::Error && !told.contains(&key(diagnostic));
        if new && is_about_changes(&tree, diagnostic) {
            report.adopt(diagnostic.clone());
        }
    }
    lowered
}

/// Whether a diagnostic stands in a what-if or in the ranges of the file.
fn is_about_changes(tree: &Table, diagnostic: &Diagnostic) -> bool {
    let range = &diagnostic.primary.span.range;
    let what_ifs = tree.tables("what-if").flat_map(|(_, w)| {
        ["set", "unset", "add"].into_iter().filter_map(|key| w.entry(key)).collect::<Vec<_>>()
    });
    what_ifs.chain(tree.table("ranges").map_or(&[][..], |t| &t.entries)).any(|e| {
        let within = |e: &Entry| {
            let (start, end) = (e.key_place.start as usize, e.node.place.end as usize);
            start <= range.start && range.end <= end
        };
        within(e) || e.node.as_table().is_some_and(|t| t.entries.iter().any(within))
    })
}

/// Tries every what-if of the file: its mistakes are reported, and that it changes nothing.
fn what_ifs(tree: &Table, base: Option<&Lowered>, read: bool, report: &mut Report) {
    let Some(base) = base else { return };
    let known = keys(report);
    let sound = read && report.errors() == 0;
    for (entry, table) in tree.tables("what-if") {
        let edits = change::of_what_if(table, report);
        if edits.is_empty() {
            continue;
        }
        let mut changed = tree.clone();
        let before = report.errors();
        let mut applied = Vec::new();
        for edit in &edits {
            if change::apply(&mut changed, edit, report) {
                applied.push(edit.place());
            }
        }
        lint::calendar::deadlines_stay(tree, &edits, report);
        let mut after = report.sibling();
        let lowered = evaluate(&changed, Some(&base.world), &mut after);
        adopt_new(&after, &known, &applied, report);
        let same = lowered.is_some_and(|l| l.world == base.world);
        if same && sound && report.errors() == before {
            report
                .warning(
                    Code::ChangesNothing,
                    entry.key_place,
                    format!("the what-if `{}` changes nothing", entry.key),
                )
                .label("the file says all of this already")
                .help("set a value that differs from the file's");
        }
    }
}
