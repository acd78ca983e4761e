//! A debrief as a page with pictures.

use crate::analysis::debrief::{Distance, Ending, Point, TrackEnd};
use crate::analysis::predictions::{CLAMP_NOTE, Pair, Scored};
use crate::analysis::statistics::scores::{Forecast, calibration};
use crate::chart::bars::{Bars, Series};
use crate::chart::calibration::{Bin, Calibration};
use crate::chart::course::{Course, Flag};
use crate::chart::plane::{Mark, Plane};
use crate::chart::positions::{Position, Positions};
use crate::chart::{Estimate, Head, Unit};
use crate::document::table::Table;
use crate::document::{Answer, Bar, Block, Document, Section};
use crate::studies::forms;
use crate::studies::parts::{assumptions, lead, provenance};
use crate::telling::chronicle::{capital, clean, date, when};
use crate::text::caveat::STANDING;
use crate::text::number::{percent, percent_of, thousands};

use super::{
    Deed, EXPECTED, LEVELS, MISSED, NOTE, Report, SWING, UNITS, UNMOVED, agenda, alternatives, chance,
    closeness, differences, frontier_ends, goal, luck, mandates, mean, missed, origin, outcome, placed,
    plain_points, precision, turned, unchanged, verb, whole,
};

/// The page of a debrief.
pub(super) fn document(report: &Report) -> Document {
    let (header, world) = (report.header(), &report.model().world);
    let runs = match report.debrief.turning.course.iter().all(|c| c.exact) {
        true => "exact chances".to_owned(),
        false => format!("{} runs an alternative", thousands(u64::from(report.debrief.turning.runs))),
    };
    Document {
        title: world.title.clone(),
        answer: Some(first_screen(report)),
        kind: format!(
            "Debrief of a session, branch {} of {}",
            report.debrief.branch,
            report.debrief.branches.len()
        ),
        lead: lead(world, header.head.what_if.as_deref(), &header.head.set),
        sections: vec![
            ended(report),
            course(report),
            turning(report),
            super::fields::section(report),
            missed_chances(report),
            hidden(report),
            failures(report),
            predictions(report),
            forms::section(report.forms, report.model()).unwrap_or_default(),
            branches(report),
            discussion(report),
            history(report),
            reading(report),
            assumptions(world),
        ],
        provenance: provenance(&report.head().into(), &runs, report.made),
    }
}

/// The decisions that moved the chances most.
fn first_screen(report: &Report) -> Answer {
    let (s, points) = (&report.debrief.settlement, &report.debrief.turning.points);
    let question = match s.outcome {
        Some(_) => "Which decisions made the talks end as they did?",
        None => "Which decisions have moved the talks so far?",
    };
    let moved = match points.first() {
        Some(point) => most(report, point),
        None => UNMOVED.into(),
    };
    let told = std::iter::once(format!("The talks: {}.", outcome(report, s.outcome, s.round)));
    Answer {
        question: question.into(),
        sentence: told.chain([luck(report).unwrap_or(moved)]).collect::<Vec<_>>().join(" "),
        caption: "Turning points: how far each moved the chance that it moved furthest (in brackets), in points of 100".into(),
        bars: points.iter().take(Answer::MOST).map(|point| turning_point(report, point)).collect(),
        caveat: "Chances in a teaching model under its assumptions, every seat the model's from there on: no judgement of the people \
                 who played."
            .into(),
    }
}

/// What the decision did that moved most.
fn most(report: &Report, point: &Point) -> String {
    let (moment, shift) = (report.moment(point.decision), &point.shift);
    format!(
        "The decision that moved most was one of {} in round {}: it {} {} from {} to {}.",
        clean(moment.question.who.title(&report.model().world)),
        moment.round(),
        verb(shift),
        report.ending(shift.result),
        percent(shift.from.share),
        percent(shift.to.share),
    )
}

fn turning_point(report: &Report, point: &Point) -> Bar {
    let (moment, shift) = (report.moment(point.decision), &point.shift);
    let who = clean(moment.question.who.title(&report.model().world));
    let deed = Deed::done(report.model(), moment).past;
    Bar {
        label: format!("Round {}: {who} {deed} ({})", moment.round(), report.short(shift.result)),
        length: (shift.difference.abs() * 1000.0).round() as u16,
        figure: plain_points(shift.difference),
    }
}

fn reading(report: &Report) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(NOTE);
    let seats = agenda(&report.header().seats);
    section
        .paragraph(format!("Seats of people: {seats}. This page shows what the roles hid from each other."));
    section
}

fn ended(report: &Report) -> Section {
    let (s, world) = (&report.debrief.settlement, &report.model().world);
    let mut section = Section::new(if s.outcome.is_some() { "How it ended" } else { "How it stands" });
    section.paragraph(format!("The talks: {}.", outcome(report, s.outcome, s.round)));
    if !s.texts.is_empty() {
        let mut table = Table::new("Texts", ["text", "signed in round", "its days", "now"]);
        for t in &s.texts {
            let rounds: Vec<String> = t.signed.iter().map(u8::to_string).collect();
            let none = |text: String| if text.is_empty() { "–".into() } else { text };
            table.push([
                clean(&t.title),
                none(rounds.join(", ")),
                none(t.signed.iter().map(|r| when(world, *r)).collect::<Vec<_>>().join("; ")),
                t.state.replace('-', " "),
            ]);
        }
        section.push(Block::Table(table));
    }
    let positions = s.seats.iter().map(|seat| Position {
        label: report.at(&seat.title, &seat.track),
        points: seat.points,
        alternative: seat.alternative,
    });
    let head = Head::new(
        &["parties"],
        "Parties against their alternative",
        "Points of 100 at the end of this branch",
    );
    section.push(Positions { head, axis: "Points of 100".into(), positions: positions.collect() }.draw());
    s.tracks.iter().for_each(|t| track(&mut section, t));
    section
}

fn track(section: &mut Section, track: &TrackEnd) {
    section.push(Block::Heading(format!("What was settled: {}", clean(&track.title))));
    let settled = track.settled.iter().map(|i| {
        let imposed = if i.imposed { ", imposed" } else { "" };
        format!("{}: {} ({}{imposed})", clean(&i.item), clean(&i.option), i.state)
    });
    let open = track.open.iter().map(|i| format!("{}: open", clean(i)));
    section.push(Block::List(settled.chain(open).collect()));
    if let Some(d) = &track.settlement {
        frontier(section, track, d);
    }
    if let Some(why) = &track.unknown {
        section.paragraph(format!("Where this lies among all packages is not known: {why}."));
    }
}

fn frontier(section: &mut Section, track: &TrackEnd, d: &Distance) {
    section.paragraph(placed(track, d));
    section.paragraph(frontier_ends(track, d));
    if let [across, up] = &d.utilities[..] {
        section.push(plane(track, d, (*across, *up)).draw());
    }
    let columns = ["package".to_owned()].into_iter().chain(track.parties.iter().map(|p| clean(p)));
    let mut table = Table::new("What is settled beside named solutions, in points of 100", columns);
    let mut row = |name: &str, utilities: &[f64]| {
        table.push(std::iter::once(name.to_owned()).chain(utilities.iter().map(|u| whole(*u))));
    };
    row(settled(d), &d.utilities);
    row("without agreement", &d.alternatives);
    d.better.iter().for_each(|better| row("better for all", better));
    d.solutions.iter().for_each(|s| row(s.title, &s.utilities));
    section.push(Block::Table(table));
}

/// What the point of the talks is called.
fn settled(d: &Distance) -> &'static str {
    if d.complete { "this settlement" } else { "settled so far" }
}

fn plane(track: &TrackEnd, d: &Distance, settlement: (f64, f64)) -> Plane {
    let point = |u: &[f64]| (u[0], u[1]);
    let figures = |u: &[f64]| [whole(u[0]), whole(u[1])];
    let mut marks: Vec<Mark> =
        vec![Mark { label: capital(settled(d)), at: settlement, figures: figures(&d.utilities) }];
    for s in d.solutions.iter().filter(|s| !s.reached) {
        match marks.iter_mut().find(|m| m.at == point(&s.utilities)) {
            Some(mark) => mark.label = format!("{}; {}", mark.label, s.title),
            None => marks.push(Mark {
                label: s.title.to_owned(),
                at: point(&s.utilities),
                figures: figures(&s.utilities),
            }),
        }
    }
    let mut edge: Vec<(f64, f64)> = d.frontier.iter().map(|u| point(u)).collect();
    edge.sort_by(|a, b| a.0.total_cmp(&b.0));
    let named = |k: usize| format!("{}, points of 100", clean(&track.parties[k]));
    Plane {
        head: Head::new(
            &["settlement", &track.id],
            format!("What was settled among all packages: {}", clean(&track.title)),
            "Points of the Pareto frontier, named solutions and what is settled; worth and alternatives of the end",
        ),
        axes: [format!("Across: {}", named(0)), format!("Up: {}", named(1))],
        range: [0, 1].map(|k| (d.range[k].0.min(d.alternatives[k]).min(d.utilities[k]), d.range[k].1)),
        cloud: Vec::new(),
        passing: Vec::new(),
        zone: Vec::new(),
        frontier: edge.clone(),
        frontier_name: "Pareto frontier".into(),
        edge,
        alternatives: [Some(d.alternatives[0]), Some(d.alternatives[1])],
        marks,
        agreements: Vec::new(),
    }
}

fn course(report: &Report) -> Section {
    let mut section = Section::new("How the chances moved");
    let t = &report.debrief.turning;
    let Some(last) = t.course.last() else { return section };
    let outcomes: Vec<usize> =
        (0..t.results.len()).filter(|k| matches!(t.results[*k], Ending::Outcome(_))).collect();
    let row =
        |shares: &[crate::analysis::summary::Share]| outcomes.iter().map(|k| shares[*k].share).collect();
    let flags = t.points.iter().enumerate().map(|(k, p)| Flag {
        decision: p.decision,
        number: k + 1,
        label: Deed::done(report.model(), report.moment(p.decision)).past,
    });
    section.push(
        Course {
            head: Head::new(
                &["course"],
                "The chance of each outcome, from decision to decision",
                "Every seat the model's from there on; numbers: turning points",
            ),
            names: outcomes.iter().map(|k| report.short(t.results[*k])).collect(),
            shares: std::iter::once(row(&t.start)).chain(t.course.iter().map(|c| row(&c.shares))).collect(),
            rounds: t.course.iter().map(|c| c.round).collect(),
            flags: flags.collect(),
        }
        .draw(),
    );
    let groups =
        t.results.iter().enumerate().map(|(k, r)| {
            (report.short(*r), vec![Estimate::from(&t.start[k]), Estimate::from(&last.shares[k])])
        });
    let names = ["before the first decision", "after the last"].map(String::from);
    section.push(
        Bars {
            head: Head::new(&["chances"], "Outcomes and texts, before and after", "Chances"),
            of: "result".into(),
            axis: "Chance, in per cent".into(),
            unit: Unit::Share,
            series: Series::Named(names.to_vec()),
            groups: groups.collect(),
        }
        .draw(),
    );
    section
}

fn turning(report: &Report) -> Section {
    let mut section = Section::new("Turning points");
    let t = &report.debrief.turning;
    section.paragraph(format!("{} decisions were looked at. {} {SWING}", t.course.len(), precision(report)));
    luck(report).into_iter().for_each(|told| section.paragraph(told));
    if t.points.is_empty() {
        section.paragraph(UNMOVED);
    }
    for (k, point) in t.points.iter().enumerate() {
        section.push(Block::Heading(format!("{}. {}", k + 1, turned(report, point))));
        section.paragraph(missed(report, point));
        section.push(prospects(report, (k + 1, point)).draw());
    }
    section
}

/// Every alternative of a decision by the result that it moved.
fn prospects(report: &Report, (number, point): (usize, &Point)) -> Bars {
    let (t, moment) = (&report.debrief.turning, report.moment(point.decision));
    let place = t.results.iter().position(|r| *r == point.shift.result).unwrap_or(0);
    let groups = point.prospects.iter().zip(&moment.question.alternatives).map(|(p, a)| {
        let taken = if p.taken { " — taken" } else { "" };
        let odds = percent(p.odds);
        (
            format!("{}{taken} (by the model: {odds})", Deed::new(report.model(), moment, a).plain),
            vec![Estimate::from(&p.shares[place])],
        )
    });
    Bars {
        head: Head::new(
            &["turning", &number.to_string()],
            format!("{number}. What else was open in round {}", moment.round()),
            match point.exact {
                true => format!("{}, after each alternative, exact", report.ending(t.results[place])),
                false => format!(
                    "{}, after each alternative, with {}% intervals",
                    report.ending(t.results[place]),
                    percent_of(report.level)
                ),
            },
        ),
        of: "alternative".into(),
        axis: "Chance, in per cent".into(),
        unit: Unit::Share,
        series: Series::One,
        groups: groups.collect(),
    }
}

fn missed_chances(report: &Report) -> Section {
    let mut section = Section::new("Missed chances");
    section.paragraph(MISSED);
    let missed = &report.debrief.turning.missed;
    if missed.is_empty() {
        section.paragraph("None was found.");
        return section;
    }
    section.push(Block::List(missed.iter().map(|p| chance(report, p)).collect()));
    for p in missed {
        let moment = report.moment(p.decision);
        let caption = format!(
            "Round {}: {}, and what else was open",
            moment.round(),
            Deed::done(report.model(), moment).past
        );
        let goal = goal(moment.question.who);
        let mut table = Table::new(caption, ["alternative", "by the model", goal, "taken"]);
        for (prospect, a) in p.prospects.iter().zip(&moment.question.alternatives) {
            let taken = if prospect.taken { "yes" } else { "" };
            let deed = Deed::new(report.model(), moment, a).plain;
            table.push([
                deed,
                percent(prospect.odds),
                mean(&prospect.goal, p.exact, report.level),
                taken.into(),
            ]);
        }
        section.push(Block::Folded(table));
    }
    section
}

fn hidden(report: &Report) -> Section {
    let mut section = Section::new("What the others were hiding");
    section.paragraph(UNITS);
    for seat in &report.debrief.hidden {
        section.push(Block::Heading(report.at(&seat.title, &seat.track)));
        let mandates = mandates(seat).map_or_else(String::new, |m| format!(" {m}"));
        section.paragraph(format!("{}{mandates}", alternatives(seat)));
        let mut table =
            Table::new("What every option was worth to it", ["item", "option", "points of 100", "red line"]);
        for o in &seat.options {
            let line = if o.red_line { "red line" } else { "" };
            table.push([
                clean(&o.item_title),
                clean(&o.option_title),
                format!("{:.0}", o.points),
                line.into(),
            ]);
        }
        section.push(Block::Folded(table));
    }
    levels(&mut section, report);
    section
}

/// The course of what moved unseen.
fn levels(section: &mut Section, report: &Report) {
    let all = &report.debrief.levels;
    if all.is_empty() {
        return;
    }
    section.push(Block::Heading("How moods and means moved unseen".into()));
    section.paragraph(LEVELS);
    let moved = all.iter().filter(|c| !c.changes.is_empty());
    let mut table = Table::new("Levels that changed", ["what", "at the start", "in the end", "changes"]);
    moved.for_each(|c| table.push(super::course(report, c)));
    section.push(Block::Table(table));
    unchanged(report).into_iter().for_each(|still| section.paragraph(still));
}

fn failures(report: &Report) -> Section {
    let mut section = Section::new("Who would have accepted what");
    let failures = &report.debrief.failures;
    if failures.is_empty() {
        return section;
    }
    section.paragraph(
        "Items that were bargained over in vain, at their last failure, by the parties' targets of that round and in points of their sheets. \
         People may have wanted otherwise.",
    );
    for f in failures {
        let later = if f.open { "open at the end" } else { "settled later" };
        let caption = format!("{}, round {} ({later}). {}", clean(&f.title), f.round, closeness(f));
        let columns = ["option".to_owned()].into_iter().chain(f.names.iter().map(|n| clean(n)));
        let mut table = Table::new(caption, columns);
        for stand in &f.options {
            let cells = stand.accepts.iter().zip(&stand.short).map(|(yes, short)| match (yes, short) {
                (true, _) => "accepts".to_owned(),
                (false, None) => "red line".into(),
                (false, Some(gap)) => format!("{gap:.1} short"),
            });
            table.push(std::iter::once(clean(&stand.title)).chain(cells));
        }
        section.push(Block::Table(table));
    }
    section
}

fn predictions(report: &Report) -> Section {
    let mut section = Section::new("Predictions");
    let p = &report.debrief.predicted;
    if p.answers.is_empty() {
        return section;
    }
    section.paragraph(format!(
        "Lower scores are better; saying one half each time scores 0.25 (Brier) and 0.69 (logarithmic). The model's share: \
         {} runs from where the talks then stood. {EXPECTED} {CLAMP_NOTE}",
        thousands(u64::from(p.runs))
    ));
    let mut totals = Table::new(
        "Mean scores, Brier and logarithmic",
        ["who", "answers", "scored", "expected", "least", "the model"],
    );
    for s in &p.scores {
        let beside = s.total.beside.as_ref();
        let pair = |pair: Option<Pair>| {
            pair.map_or_else(|| "–".into(), |p| format!("{:.3} and {:.3}", p.brier, p.log))
        };
        totals.push([
            s.who.clone().unwrap_or_else(|| "all players".into()),
            s.total.answers.to_string(),
            pair(Some(s.total.score)),
            pair(beside.map(|b| b.expected)),
            pair(beside.map(|b| b.least)),
            pair(beside.map(|b| b.model)),
        ]);
    }
    section.push(Block::Table(totals));
    calibrated(&mut section, report);
    let columns = [
        "who",
        "before round",
        "question",
        "said",
        "the model",
        "came about",
        "Brier",
        "expected",
        "least",
        "log",
    ];
    let mut table = Table::new("Every prediction", columns);
    for a in &p.answers {
        let scored = a.scored.as_ref();
        let figure = |of: fn(&Scored) -> Option<f64>| {
            scored.and_then(of).map_or_else(|| "–".into(), |figure| format!("{figure:.2}"))
        };
        table.push([
            a.who.clone(),
            a.round.to_string(),
            clean(&a.text),
            percent(a.probability),
            a.share.map_or_else(|| "–".into(), percent),
            match scored {
                Some(s) if s.happened => "yes",
                Some(_) => "no",
                None if a.decided => "decided by then",
                None => "not known yet",
            }
            .into(),
            figure(|s| Some(s.score.brier)),
            figure(|s| s.beside.as_ref().map(|b| b.expected.brier)),
            figure(|s| s.beside.as_ref().map(|b| b.least.brier)),
            figure(|s| Some(s.score.log)),
        ]);
    }
    section.push(Block::Folded(table));
    section
}

fn calibrated(section: &mut Section, report: &Report) {
    let scored = report.debrief.predicted.answers.iter().filter_map(|a| a.scored.as_ref());
    let forecasts: Vec<Forecast> = scored.map(|s| Forecast::new(s.probability, s.happened)).collect();
    let bins = calibration(&forecasts, 5).into_iter().filter_map(|class| {
        let interval = class.happened.wilson(1.0 - report.level);
        let observed = Estimate { value: class.happened.share()?, low: interval.low, high: interval.high };
        Some(Bin { given: class.stated?, observed, statements: class.happened.n })
    });
    let bins: Vec<Bin> = bins.collect();
    if !bins.is_empty() {
        let subtitle =
            "Points: predictions of about the same probability; few predictions of one session prove little";
        let head = Head::new(&["calibration"], "Of what was given so much, how much came about", subtitle);
        section.push(Calibration { head, bins }.draw());
    }
}

fn branches(report: &Report) -> Section {
    let mut section = Section::new("Branches");
    let all = &report.debrief.branches;
    if all.len() < 2 {
        return section;
    }
    for b in all {
        let told = outcome(report, b.outcome, b.round);
        section.paragraph(format!("Branch {}{}: {told}.", b.branch, origin(b)));
        let differences = differences(report, b);
        if !differences.is_empty() {
            section.push(Block::List(differences));
        }
    }
    section
}

fn discussion(report: &Report) -> Section {
    let mut section = Section::new("For discussion");
    let exercise = report.model().world.exercise.as_ref();
    for d in exercise.iter().flat_map(|e| &e.discussion) {
        section.push(Block::Question(clean(&d.question)));
        if let Some(look) = &d.look_for {
            section.push(Block::Key(clean(look)));
        }
    }
    section
}

fn history(report: &Report) -> Section {
    let mut section = Section::new("What really happened");
    let history = &report.model().world.history;
    if history.is_empty() {
        return section;
    }
    section.paragraph(
        "By the record that the scenario's author gives, with its sources. A session is no retelling of it.",
    );
    let mut table = Table::new("The record", ["date", "what", "remark", "source"]);
    for entry in history {
        let text = |t: &Option<String>| t.as_deref().map_or_else(String::new, clean);
        let what = clean(entry.title.as_ref().unwrap_or(&entry.text));
        table.push([date(entry.date), what, text(&entry.note), text(&entry.source)]);
    }
    section.push(Block::Table(table));
    section
}
