//! The debrief as text of at most 80 columns.

use crate::analysis::debrief::{BranchEnd, Distance, Point, TrackEnd};
use crate::analysis::predictions::CLAMP_NOTE;
use crate::report::chronicle::clean;
use crate::report::ensemble::{percent, thousands};
use crate::report::page::Page;

use super::{Deed, MISSED, NOTE, Report, SWING, agenda, goal, hidden, mean, missed, turned};

/// Columns of a bar of shares.
const BAR: usize = 20;

/// The debrief as text.
pub fn text(report: &Report, styled: bool) -> String {
    let mut page = Page::new(styled);
    let (header, d) = (report.header(), report.debrief);
    page.heading(&format!("Debrief: {}", clean(&report.model().world.title)));
    page.quiet(&format!(
        "Branch {} of {}, seed {}, run {}; seats of people: {}. {}",
        d.branch,
        d.branches.len(),
        header.seed,
        header.run,
        agenda(&header.seats),
        NOTE
    ));
    ended(&mut page, report);
    turning(&mut page, report);
    hidden::write(&mut page, report);
    predictions(&mut page, report);
    branches(&mut page, report);
    discussion(&mut page, report);
    history(&mut page, report);
    page.finish()
}

/// How a branch ended, in a few words.
pub(in crate::report) fn outcome(report: &Report, outcome: Option<usize>, round: u8) -> String {
    match outcome {
        Some(k) => {
            let title = clean(&report.model().world.outcomes[k].name.title);
            format!("“{title}”, in round {round}")
        }
        None => format!("still under way in round {round}"),
    }
}

fn ended(page: &mut Page, report: &Report) {
    let s = &report.debrief.settlement;
    page.heading(if s.outcome.is_some() { "How it ended" } else { "How it stands" });
    page.paragraph(&format!("The talks: {}.", outcome(report, s.outcome, s.round)));
    for text in &s.texts {
        let dates: Vec<String> =
            text.signed.iter().zip(&text.dates).map(|(r, d)| format!("round {r} (from {d})")).collect();
        let signed =
            if dates.is_empty() { "not signed".into() } else { format!("signed in {}", agenda(&dates)) };
        page.item(&format!("{}: {signed}; now {}.", clean(&text.title), text.state.replace('-', " ")));
    }
    page.gap();
    page.section("What each party has in hand");
    for seat in &s.seats {
        let better = seat.points - seat.alternative;
        page.item(&format!(
            "{}: {} of 100 points settled; without agreement {} ({} at the start): {better:+}.",
            report.at(&seat.title, &seat.track),
            seat.points,
            seat.alternative,
            seat.alternative_at_start
        ));
    }
    s.tracks.iter().for_each(|t| track(page, t));
}

fn track(page: &mut Page, track: &TrackEnd) {
    page.gap();
    page.section(&format!("{}: what was settled", clean(&track.title)));
    for item in &track.settled {
        let imposed = if item.imposed { ", imposed" } else { "" };
        page.item(&format!("{}: {} ({}{imposed})", clean(&item.item), clean(&item.option), item.state));
    }
    if !track.open.is_empty() {
        let open: Vec<String> = track.open.iter().map(|t| clean(t)).collect();
        page.item(&format!("Open: {}.", agenda(&open)));
    }
    if let Some(distance) = &track.settlement {
        frontier(page, track, distance);
    }
    if let Some(why) = &track.unknown {
        page.quiet(&format!("Where this lies among all packages is not known: {why}."));
    }
}

fn frontier(page: &mut Page, track: &TrackEnd, d: &Distance) {
    let told = |u: &[f64]| {
        let each = track.parties.iter().zip(u).map(|(p, u)| format!("{} {u:.0}", clean(p)));
        each.collect::<Vec<_>>().join(", ")
    };
    page.item(&format!("Together worth, in points of 100: {}.", told(&d.utilities)));
    match &d.better {
        None => {
            page.item("It is on the Pareto frontier: nobody could have more without another having less.")
        }
        Some(better) => page.item(&format!(
            "It is not on the Pareto frontier: another package would have given {}.",
            told(better)
        )),
    }
    for s in &d.solutions {
        let same = if s.reached { "the same as this settlement" } else { "another package" };
        page.remark(&format!("{}: {} ({same})", s.title, told(&s.utilities)));
    }
}

fn turning(page: &mut Page, report: &Report) {
    let t = &report.debrief.turning;
    page.heading("Turning points");
    if t.course.is_empty() {
        page.paragraph("Nobody has decided anything on this branch.");
        return;
    }
    page.quiet(&format!(
        "{} decisions. {SWING} First look: {} runs an alternative; then {}.",
        t.course.len(),
        thousands(u64::from(t.screening)),
        thousands(u64::from(t.runs))
    ));
    if t.points.is_empty() {
        page.paragraph(
            "No decision moved any chance: each was what the model would have done, or led to the same.",
        );
    }
    for (k, point) in t.points.iter().enumerate() {
        page.gap();
        page.paragraph(&format!("{}. {}", k + 1, turned(report, point)));
        page.remark(&missed(report, point));
    }
    missed_chances(page, report);
    chances(page, report);
}

fn missed_chances(page: &mut Page, report: &Report) {
    let missed = &report.debrief.turning.missed;
    page.gap();
    page.section("Missed chances");
    page.quiet(MISSED);
    if missed.is_empty() {
        page.paragraph("None was found.");
    }
    missed.iter().for_each(|p| page.item(&chance(report, p)));
}

/// A missed chance in a sentence.
pub(in crate::report) fn chance(report: &Report, point: &Point) -> String {
    let moment = report.moment(point.decision);
    let who = moment.question.who;
    let best = point.best.and_then(|b| moment.question.alternatives.get(b));
    let best = best.map_or_else(String::new, |a| Deed::new(report.model(), moment, a).plain);
    format!(
        "In round {}, {} {}. To {best} would have brought {} {}.",
        moment.round(),
        clean(who.title(&report.model().world)),
        Deed::done(report.model(), moment).past,
        mean(&point.missed, report.level),
        goal(who)
    )
}

/// The chance of every result before the first decision and after the last.
fn chances(page: &mut Page, report: &Report) {
    let t = &report.debrief.turning;
    let Some(last) = t.course.last() else { return };
    page.gap();
    page.section("Chances before the first decision, and after the last");
    for (k, result) in t.results.iter().enumerate() {
        let (start, end) = (&t.start[k], &last.shares[k]);
        let title = cut(&report.short(*result), 42);
        let full = (end.share * BAR as f64).round() as usize;
        let bar = "█".repeat(full) + &"·".repeat(BAR - full.min(BAR));
        page.row(&format!("  {title:<42} {:>4} → {:>4} {bar}", percent(start.share), percent(end.share)));
    }
}

/// A title of at most so many characters.
fn cut(title: &str, most: usize) -> String {
    if title.chars().count() <= most {
        return title.to_owned();
    }
    title.chars().take(most - 1).chain(['…']).collect()
}

fn predictions(page: &mut Page, report: &Report) {
    let p = &report.debrief.predicted;
    if p.answers.is_empty() {
        return;
    }
    page.heading("Predictions");
    page.quiet(&format!(
        "Lower scores are better; saying one half each time scores 0.25 (Brier) and 0.69 (logarithmic). The model's share: {} \
         runs from where the talks then stood. {CLAMP_NOTE}",
        thousands(u64::from(p.runs))
    ));
    for a in &p.answers {
        let came = match &a.scored {
            None => "not known yet".into(),
            Some(s) => {
                let happened = if s.happened { "it came about" } else { "it did not" };
                format!("{happened}; Brier {:.2}, log {:.2}", s.score.brier, s.score.log)
            }
        };
        let share = a.share.map_or_else(String::new, |s| format!(", the model {}", percent(s)));
        page.item(&format!(
            "{} before round {}: {} said {}{share}: {came}.",
            a.who,
            a.round,
            clean(&a.text),
            percent(a.probability)
        ));
    }
    for s in &p.scores {
        let who = s.who.as_deref().unwrap_or("All players");
        let model =
            s.total.beside.as_ref().map_or_else(String::new, |b| {
                format!("; the model {:.3} and {:.3}", b.model.brier, b.model.log)
            });
        let total = &s.total.score;
        page.paragraph(&format!(
            "{who}: {} answers, mean Brier {:.3}, log {:.3}{model}.",
            s.total.answers, total.brier, total.log
        ));
    }
}

fn branches(page: &mut Page, report: &Report) {
    let all = &report.debrief.branches;
    if all.len() < 2 {
        return;
    }
    page.heading("Branches");
    for b in all {
        page.item(&format!("Branch {}{}: {}.", b.branch, origin(b), outcome(report, b.outcome, b.round)));
        differences(b).iter().for_each(|d| page.remark(d));
    }
}

/// From where a branch goes its own way.
pub(in crate::report) fn origin(b: &BranchEnd) -> String {
    match (b.parent, b.from) {
        (Some(parent), Some(round)) => format!(", from branch {parent} at round {round}"),
        _ => String::new(),
    }
}

/// How a branch differs from the one from which it parts.
pub(in crate::report) fn differences(b: &BranchEnd) -> Vec<String> {
    let Some(p) = &b.parting else { return Vec::new() };
    let mut told = Vec::new();
    if let (Some(who), Some(round), Some((there, here))) = (&p.who, p.round, &p.words) {
        told.push(format!("First parted in round {round}: {who} chose {here} instead of {there}."));
    }
    for (titles, what) in [(&p.gained, "Signed here only"), (&p.lost, "Signed there only")] {
        if !titles.is_empty() {
            told.push(format!("{what}: {}.", agenda(titles)));
        }
    }
    let open = |o: &Option<String>| o.as_ref().map_or_else(|| "open".into(), |t| clean(t));
    told.extend(
        p.items
            .iter()
            .map(|(i, there, here)| format!("{}: {} instead of {}.", clean(i), open(here), open(there))),
    );
    told
}

fn discussion(page: &mut Page, report: &Report) {
    let Some(exercise) = &report.model().world.exercise else { return };
    if exercise.discussion.is_empty() {
        return;
    }
    page.heading("For discussion");
    for d in &exercise.discussion {
        page.item(&clean(&d.question));
        if let Some(look) = &d.look_for {
            page.remark(&format!("Look for: {}", clean(look)));
        }
    }
}

fn history(page: &mut Page, report: &Report) {
    let history = &report.model().world.history;
    if history.is_empty() {
        return;
    }
    page.heading("What really happened");
    page.quiet(
        "By the record that the scenario's author gives, with its sources. A session is no retelling of it.",
    );
    for entry in history {
        let what = entry.title.as_ref().unwrap_or(&entry.text);
        page.item(&format!("{}: {}", entry.date, clean(what)));
        if let Some(note) = &entry.note {
            page.remark(&clean(note));
        }
        if let Some(source) = &entry.source {
            page.remark(&format!("Source: {}", clean(source)));
        }
    }
}
