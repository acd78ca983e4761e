//! Whether a file's `[ranges]` are sound: each by itself, and whether the scenario takes their ends.

use std::collections::HashSet;

use super::change::{self, Edit};
use super::code::Code;
use super::consequences::{Key, adopt_new, keys};
use super::evaluate::evaluate;
use super::kinds::describe;
use super::lower::Lowered;
use super::nearest::or_list;
use super::ranges::{Fault, Written, ends, find, read};
use super::report::{Report, shown};
use super::shape::{Kind, MOST_RANGES, ROOT};
use super::tree::{Place, Table};
use crate::domain::{Assumption, Scale};

/// Reports the mistakes of the file's ranges; `read`: all of the file could be read.
///
/// Whether the scenario takes the ends is tried on all ranges at once, for that is rarely in vain. Every rule over several numbers asks for a
/// sum, so what holds at the lowest and at the highest corner holds between them.
pub(super) fn check(root: &Table, base: Option<&Lowered>, read: bool, report: &mut Report) {
    let entries = root.table("ranges").map_or(&[][..], |t| &t.entries);
    let written: Vec<Written> =
        entries.iter().filter_map(|e| ends(&change::of_entry(e, report))).take(MOST_RANGES).collect();
    if base.is_none() || written.is_empty() {
        return;
    }
    let known = keys(report);
    let sound = read && report.errors() == 0;
    let mut fine = Vec::new();
    for range in &written {
        // A path that leads nowhere is reported once, at its low end.
        if change::apply(&mut root.clone(), &range.low, report) && reads(root, range, report, sound) {
            fine.push(range);
        }
    }
    let lows: Vec<&Edit> = fine.iter().map(|r| &r.low).collect();
    let highs: Vec<&Edit> = fine.iter().map(|r| &r.high).collect();
    blame(root, &lows, &known, report);
    blame(root, &highs, &known, report);
}

/// Reports the changes that the scenario refuses: half by half, so that the few are found without trying all. Where
/// both halves alone are taken, what is wrong is that they come together.
fn blame(root: &Table, edits: &[&Edit], known: &HashSet<Key>, report: &mut Report) {
    if takes(root, edits, known, false, report) {
        return;
    }
    let before = report.errors();
    if edits.len() > 1 {
        let (first, second) = edits.split_at(edits.len() / 2);
        blame(root, first, known, report);
        blame(root, second, known, report);
    }
    if report.errors() == before {
        takes(root, edits, known, true, report);
    }
}

/// Whether the scenario takes the changes; `tell`: reports the mistakes that they cause.
fn takes(root: &Table, edits: &[&Edit], known: &HashSet<Key>, tell: bool, report: &mut Report) -> bool {
    let mut tree = root.clone();
    let mut after = report.sibling();
    let applied: Vec<Place> = edits.iter().map(|e| e.place()).collect();
    for edit in edits {
        change::apply(&mut tree, edit, &mut after);
    }
    evaluate(&tree, None, &mut after);
    let mut new = report.sibling();
    adopt_new(&after, known, &applied, &mut new);
    if tell {
        new.diagnostics().iter().for_each(|d| report.adopt(d.clone()));
    }
    new.errors() == 0
}

/// Reports what is wrong with a range itself; whether nothing is. `doubts`: also warns about a range without the
/// file's own value.
fn reads(root: &Table, range: &Written, report: &mut Report, doubts: bool) -> bool {
    let path = shown(&range.low.path);
    match read(root, range) {
        Ok(a) => {
            if let Some(own) = a.value.filter(|v| doubts && (*v < a.low || *v > a.high)) {
                report
                    .warning(
                        Code::RangeExcludes,
                        range.place,
                        format!("the range of `{path}` leaves out the value of the scenario"),
                    )
                    .label(format!("{} is not in it", a.plain(own)))
                    .help("a study then compares worlds that do not surround the scenario; widen the range");
            }
            return true;
        }
        Err(Fault::NoScale) => {
            report
                .error(
                    Code::RangeScale,
                    range.low.path_place,
                    format!("`{path}` has no range: it is neither a number nor a level"),
                )
                .label("nothing lies between two of its values")
                .help("name a number, a level or an intensity, such as party.north.alternative");
        }
        Err(Fault::Table(entries)) => {
            let one = entries.first().map_or("KEY", String::as_str);
            report
                .error(Code::RangeScale, range.low.path_place, format!("`{path}` is a table in this file"))
                .label("several numbers")
                .help(format!("name one of its numbers, such as {path}.{one}"));
        }
        Err(Fault::NoValue) => {
            let kind = find(root, &ROOT, &range.low.path).map(|f| match f.scale {
                Scale::Whole => "whole numbers".to_owned(),
                Scale::Number => "numbers".to_owned(),
                Scale::Words(words) => format!("of {}", or_list(words.iter().copied())),
            });
            report
                .error(Code::RangeEnds, range.place, format!("these are no ends for `{path}`"))
                .label("from the lower to the higher value")
                .help(format!("both ends are {}", kind.unwrap_or_else(|| describe(&Kind::Any))));
        }
        Err(Fault::Order) => {
            report
                .error(Code::RangeEnds, range.place, format!("the range of `{path}` has no room"))
                .label("from the lower to the higher value")
                .help("write the lower end first and a higher one after it, such as [30, 60]");
        }
    }
    false
}

/// Reads a range from outside the file and tries its ends.
pub(super) fn read_outside(root: &Table, whole: &Edit, report: &mut Report) -> Option<Assumption> {
    let range = ends(whole)?;
    if !change::apply(&mut root.clone(), &range.low, report) || !reads(root, &range, report, false) {
        return None;
    }
    let known = HashSet::new();
    let low = takes(root, &[&range.low], &known, true, report);
    let high = takes(root, &[&range.high], &known, true, report);
    if low && high { read(root, &range).ok() } else { None }
}
