//! The debrief as text.

use crate::analysis::debrief::{BranchEnd, Distance, Point, TrackEnd};
use crate::analysis::predictions::CLAMP_NOTE;
use crate::drivers::decider::Decider;
use crate::studies::forms::{Kind, scores};
use crate::telling::chronicle::{clean, date, tenths, when};
use crate::text::column::{cut, padded};
use crate::text::number::{percent, thousands};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::fields;
use super::settled::told;
use super::{
    Deed, EXPECTED, MISSED, NOTE, Report, SWING, UNMOVED, agenda, frontier_ends, goal, hand, hidden, luck,
    mean, missed, placed, precision, turned,
};

/// Columns of a bar of shares.
const BAR: usize = 20;

/// The debrief as text.
pub fn text(report: &Report, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    let (header, d) = (report.header(), report.debrief);
    page.heading(&format!("Debrief: {}", clean(&report.model().world.title)));
    page.quiet(&format!(
        "Branch {} of {}, seed {}, run {}; seats of people: {}. {}",
        d.branch,
        d.branches.len(),
        header.head.seed,
        header.run,
        agenda(&header.seats),
        NOTE
    ));
    ended(&mut page, report);
    turning(&mut page, report);
    by_field(&mut page, report);
    hidden::write(&mut page, report);
    predictions(&mut page, report);
    forms(&mut page, report);
    branches(&mut page, report);
    discussion(&mut page, report);
    history(&mut page, report);
    page.finish()
}

/// How a branch ended, in a few words.
pub(crate) fn outcome(report: &Report, outcome: Option<usize>, round: u8) -> String {
    match outcome {
        Some(k) => {
            let title = clean(&report.model().world.outcomes[k].name.title);
            format!("“{title}”, in round {round}")
        }
        None => format!("still under way in round {round}"),
    }
}

fn ended(page: &mut Writer, report: &Report) {
    let s = &report.debrief.settlement;
    page.heading(if s.outcome.is_some() { "How it ended" } else { "How it stands" });
    page.paragraph(&format!("The talks: {}.", outcome(report, s.outcome, s.round)));
    for text in &s.texts {
        let world = &report.model().world;
        let dates: Vec<String> =
            text.signed.iter().map(|r| format!("round {r} ({})", when(world, *r))).collect();
        let signed =
            if dates.is_empty() { "not signed".into() } else { format!("signed in {}", agenda(&dates)) };
        page.item(&format!("{}: {signed}; now {}.", clean(&text.title), text.state.replace('-', " ")));
    }
    page.gap();
    page.section("What each party has in hand");
    for seat in &s.seats {
        let (points, better) = hand(seat);
        page.item(&format!(
            "{}: {points} of 100 points settled; without agreement {} ({} at the start): {better}.",
            report.at(&seat.title, &seat.track),
            tenths(seat.alternative),
            tenths(seat.alternative_at_start)
        ));
    }
    s.tracks.iter().for_each(|t| track(page, t));
}

fn track(page: &mut Writer, track: &TrackEnd) {
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

fn frontier(page: &mut Writer, track: &TrackEnd, d: &Distance) {
    let what = if d.complete { "Together worth" } else { "Settled so far" };
    page.item(&format!("{what}, in points of 100: {}.", told(track, &d.utilities)));
    page.item(&placed(track, d));
    page.item(&frontier_ends(track, d));
    for s in &d.solutions {
        let same = match d.complete {
            true if s.reached => " (the same as this settlement)",
            true => " (another package)",
            false => "",
        };
        page.remark(&format!("{}: {}{same}", s.title, told(track, &s.utilities)));
    }
}

fn turning(page: &mut Writer, report: &Report) {
    let t = &report.debrief.turning;
    page.heading("Turning points");
    if t.course.is_empty() {
        page.paragraph("Nobody has decided anything on this branch.");
        return;
    }
    page.quiet(&format!("{} decisions. {} {SWING}", t.course.len(), precision(report)));
    luck(report).iter().for_each(|told| page.paragraph(told));
    if t.points.is_empty() {
        page.paragraph(UNMOVED);
    }
    for (k, point) in t.points.iter().enumerate() {
        page.gap();
        page.paragraph(&format!("{}. {}", k + 1, turned(report, point)));
        page.remark(&missed(report, point));
    }
    missed_chances(page, report);
    chances(page, report);
}

fn missed_chances(page: &mut Writer, report: &Report) {
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
pub(crate) fn chance(report: &Report, point: &Point) -> String {
    let moment = report.moment(point.decision);
    let who = moment.question.who;
    let best = point.best.and_then(|b| moment.question.alternatives.get(b));
    let best = best.map_or_else(String::new, |a| Deed::new(report.model(), moment, a).plain);
    format!(
        "In round {}, {} {}. To {best} would have brought {} {}.",
        moment.round(),
        clean(who.title(&report.model().world)),
        Deed::done(report.model(), moment).past,
        mean(&point.missed, point.exact, report.level),
        goal(who)
    )
}

/// The chance of every result before the first decision and after the last.
fn chances(page: &mut Writer, report: &Report) {
    let t = &report.debrief.turning;
    let Some(last) = t.course.last() else { return };
    page.gap();
    page.section("Chances before the first decision, and after the last");
    let width = page.paper().room(42);
    for (k, result) in t.results.iter().enumerate() {
        let (start, end) = (&t.start[k], &last.shares[k]);
        let title = padded(&cut(&report.short(*result), width), width);
        let full = (end.share * BAR as f64).round() as usize;
        let bar = "█".repeat(full) + &"·".repeat(BAR - full.min(BAR));
        page.row(&format!("  {title} {:>4} → {:>4} {bar}", percent(start.share), percent(end.share)));
    }
}

fn by_field(page: &mut Writer, report: &Report) {
    let Some((about, sentences)) = fields::sentences(report) else { return };
    page.heading("Turning points by field");
    page.quiet(&about);
    if sentences.is_empty() {
        page.paragraph(fields::STILL);
    }
    sentences.iter().for_each(|told| page.item(told));
}

fn predictions(page: &mut Writer, report: &Report) {
    let p = &report.debrief.predicted;
    if p.answers.is_empty() {
        return;
    }
    page.heading("Predictions");
    page.quiet(&format!(
        "Lower scores are better; saying one half each time scores 0.25 (Brier) and 0.69 (logarithmic). The model's share: {} \
         runs from where the talks then stood. {EXPECTED} {CLAMP_NOTE}",
        thousands(u64::from(p.runs))
    ));
    for a in &p.answers {
        let came = match &a.scored {
            None if a.decided => "decided by then, and so not scored".into(),
            None => "not known yet".into(),
            Some(s) => {
                let happened = if s.happened { "it came about" } else { "it did not" };
                let expected = s.beside.as_ref().map_or_else(String::new, |b| {
                    let (e, l) = (b.expected, b.least);
                    format!(
                        " (expected {:.2} and {:.2}, least {:.2} and {:.2})",
                        e.brier, e.log, l.brier, l.log
                    )
                });
                format!("{happened}; Brier {:.2}, log {:.2}{expected}", s.score.brier, s.score.log)
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
        let model = s.total.beside.as_ref().map_or_else(String::new, |b| {
            format!(
                "; expected {:.3} and {:.3}, least {:.3} and {:.3}; the model {:.3} and {:.3}",
                b.expected.brier, b.expected.log, b.least.brier, b.least.log, b.model.brier, b.model.log
            )
        });
        let total = &s.total.score;
        page.paragraph(&format!(
            "{who}: {} answers, mean Brier {:.3}, log {:.3}{model}.",
            s.total.answers, total.brier, total.log
        ));
    }
}

/// Predictions on forms: the means, of events and of shares apart.
fn forms(page: &mut Writer, report: &Report) {
    let scores = scores(report.forms);
    if scores.is_empty() {
        return;
    }
    page.heading("Predictions handed in");
    for s in scores {
        let who = s.who.as_deref().map_or_else(|| "All together".into(), clean);
        let of = match s.kind {
            Kind::Event => "mean Brier score of events",
            Kind::Share => "mean squared distance of shares",
        };
        page.item(&format!("{who}: {of} {:.3} over {} (saying one half: {:.3}).", s.mean, s.forms, s.half));
    }
}

fn branches(page: &mut Writer, report: &Report) {
    let all = &report.debrief.branches;
    if all.len() < 2 {
        return;
    }
    page.heading("Branches");
    for b in all {
        page.item(&format!("Branch {}{}: {}.", b.branch, origin(b), outcome(report, b.outcome, b.round)));
        differences(report, b).iter().for_each(|d| page.remark(d));
    }
}

/// From where a branch goes its own way.
pub(crate) fn origin(b: &BranchEnd) -> String {
    match (b.parent, b.from) {
        (Some(parent), Some(round)) => format!(", from branch {parent} at round {round}"),
        _ => String::new(),
    }
}

/// How a branch differs from the one from which it parts. Of two branches one of which stops in the middle, what the other
/// came to later is no difference.
pub(crate) fn differences(report: &Report, b: &BranchEnd) -> Vec<String> {
    let (Some(p), Some(parent)) = (&b.parting, b.parent) else { return Vec::new() };
    let there = &report.debrief.branches[parent - 1];
    let mut told: Vec<String> = first(report, b).into_iter().collect();
    let stops = |end: &BranchEnd, other: &BranchEnd| end.outcome.is_none() && end.round <= other.round;
    let (here_stops, there_stops) = (stops(b, there), stops(there, b));
    for (end, other, yes) in [(b, there, here_stops), (there, b, there_stops)] {
        if yes && end.round < other.round {
            told.push(format!(
                "Branch {} stops in round {}; what branch {} came to after that is not compared.",
                end.branch, end.round, other.branch
            ));
        }
    }
    for (titles, what, skip) in
        [(&p.gained, "Signed here only", there_stops), (&p.lost, "Signed there only", here_stops)]
    {
        if !titles.is_empty() && !skip {
            told.push(format!("{what}: {}.", agenda(titles)));
        }
    }
    let open = |o: &Option<String>| o.as_ref().map_or_else(|| "open".into(), |t| clean(t));
    let known = |there: &Option<String>, here: &Option<String>| {
        !(here_stops && here.is_none() || there_stops && there.is_none())
    };
    told.extend(
        p.items
            .iter()
            .filter(|(_, there, here)| known(there, here))
            .map(|(i, there, here)| format!("{}: {} instead of {}.", clean(i), open(here), open(there))),
    );
    told
}

/// The first decision that was taken otherwise, in words.
fn first(report: &Report, b: &BranchEnd) -> Option<String> {
    let p = b.parting.as_ref()?;
    let (who, round, (there, here)) = (p.who.as_ref()?, p.round?, p.words.as_ref()?);
    let model = report.model();
    let title = Decider::find(&model.world, who).map_or(who.as_str(), |d| d.title(&model.world));
    let deeds = p.decision.zip(b.parent).and_then(|(k, parent)| {
        let of = |branch: usize| {
            let table = report.session.table_of(branch).ok()?;
            Some(Deed::done(model, table.moments().get(k)?).past)
        };
        Some((of(parent)?, of(b.branch)?))
    });
    let (there, here) = deeds.unwrap_or_else(|| (format!("chose {there}"), format!("chose {here}")));
    Some(format!("First parted in round {round}: {} {here}; on the other branch it {there}.", clean(title)))
}

fn discussion(page: &mut Writer, report: &Report) {
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

fn history(page: &mut Writer, report: &Report) {
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
        page.item(&format!("{}: {}", date(entry.date), clean(what)));
        if let Some(note) = &entry.note {
            page.remark(&clean(note));
        }
        if let Some(source) = &entry.source {
            page.remark(&format!("Source: {}", clean(source)));
        }
    }
}
