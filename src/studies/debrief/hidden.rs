//! What the parties kept to themselves, as text.

use crate::analysis::debrief::{Failure, Hidden};
use crate::telling::chronicle::{clean, tenths};
use crate::text::writer::Writer;

use super::{LEVELS, Report, UNITS, agenda, course, unchanged};

/// Writes it all.
pub(super) fn write(page: &mut Writer, report: &Report) {
    page.heading("What the others were hiding");
    page.quiet(UNITS);
    for seat in &report.debrief.hidden {
        page.section(&report.at(&seat.title, &seat.track));
        page.item(&alternatives(seat));
        if let Some(mandates) = mandates(seat) {
            page.item(&mandates);
        }
        values(seat).iter().for_each(|line| page.remark(line));
        page.gap();
    }
    courses(page, report);
    let failures = &report.debrief.failures;
    if failures.is_empty() {
        return;
    }
    page.section("Bargained over in vain: who would have accepted what");
    page.quiet("At the last failure of each item, by the parties' targets of that round, in points of their sheets; people may have \
         wanted otherwise.");
    failures.iter().for_each(|f| failure(page, f));
}

/// What a seat had without agreement, how it bargains, and in what unit its options are told.
pub(crate) fn alternatives(seat: &Hidden) -> String {
    let unit = match seat.whole {
        whole if (whole - 100.0).abs() < 1e-9 => String::new(),
        whole => format!(" 100 points here are {whole:.1} on its sheet."),
    };
    format!(
        "Without agreement {} of 100 points at the start, {} in the end. Tactic: {}.{unit}",
        tenths(seat.alternative_at_start),
        tenths(seat.alternative),
        seat.tactic
    )
}

/// The levels that were hidden.
fn courses(page: &mut Writer, report: &Report) {
    if report.debrief.levels.is_empty() {
        return;
    }
    page.section("How moods and means moved unseen");
    page.quiet(LEVELS);
    for level in report.debrief.levels.iter().filter(|c| !c.changes.is_empty()) {
        let [what, start, end, changes] = course(report, level);
        page.item(&format!("{what}: {start} → {end} ({changes})"));
    }
    unchanged(report).iter().for_each(|still| page.item(still));
    page.gap();
}

/// The mandates of a seat, rounds put together.
pub(crate) fn mandates(seat: &Hidden) -> Option<String> {
    let of = |name: &str| {
        let rounds: Vec<String> =
            seat.mandates.iter().filter(|m| m.1 == name).map(|m| m.0.to_string()).collect();
        (!rounds.is_empty()).then(|| format!("{name} in {}", agenda(&rounds)))
    };
    let told: Vec<String> = ["firm", "planned", "flexible"].iter().filter_map(|n| of(n)).collect();
    (!told.is_empty()).then(|| format!("Mandates by round: {}.", told.join("; ")))
}

/// What every option is worth to a seat, an item a line.
fn values(seat: &Hidden) -> Vec<String> {
    let items = seat.options.chunk_by(|a, b| a.item == b.item);
    items
        .map(|options| {
            let each = options.iter().map(|o| {
                let line = if o.red_line { ", red line" } else { "" };
                format!("{} {:.0}{line}", clean(&o.option_title), o.points)
            });
            format!("{}: {}", clean(&options[0].item_title), each.collect::<Vec<_>>().join("; "))
        })
        .collect()
}

fn failure(page: &mut Writer, f: &Failure) {
    let later = if f.open { "open at the end" } else { "settled later" };
    let times = if f.times == 1 { "once".into() } else { format!("{} times", f.times) };
    page.item(&format!(
        "{}: failed {times}, last in round {}; {later}. {}",
        clean(&f.title),
        f.round,
        closeness(f)
    ));
    for stand in &f.options {
        let each = f.names.iter().map(|n| clean(n)).zip(stand.accepts.iter().zip(&stand.short)).map(
            |(party, (yes, short))| match (yes, short) {
                (true, _) => format!("{party} yes"),
                (false, None) => format!("{party} no (red line)"),
                (false, Some(gap)) => format!("{party} no ({gap:.1} short)"),
            },
        );
        page.remark(&format!("{}: {}", clean(&stand.title), each.collect::<Vec<_>>().join(", ")));
    }
}

/// How close an item was, in a sentence.
pub(crate) fn closeness(f: &Failure) -> String {
    let all = f.options.iter().filter(|o| o.accepts.iter().all(|a| *a)).count();
    if all > 0 {
        return format!("{all} of its options suited all in the room by their targets.");
    }
    let closest = &f.options[f.closest];
    let lacking: Vec<String> = f
        .names
        .iter()
        .map(|n| clean(n))
        .zip(closest.accepts.iter().zip(&closest.short))
        .filter(|(_, (yes, _))| !**yes)
        .map(|(p, (_, short))| short.map_or_else(|| format!("{p} (red line)"), |s| format!("{p} {s:.1}")))
        .collect();
    format!("Closest: “{}”; points short: {}.", clean(&closest.title), agenda(&lacking))
}
