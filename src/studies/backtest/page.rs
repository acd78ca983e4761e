//! A backtest as a page with pictures.

use crate::analysis::backtest::{Entry, Place, RateBeside};
use crate::analysis::forecasts::{ClassRow, Course, Estimate as Figure, Score, Timing};
use crate::analysis::summary::Share;
use crate::chart::bars::{Bars, Series};
use crate::chart::calibration::{Bin, Calibration};
use crate::chart::curves;
use crate::chart::curves::{Curve, Curves, Record};
use crate::chart::{Estimate, Head, Picture, Unit};
use crate::document::table::Table;
use crate::document::{Answer, Block, Document, Section};
use crate::studies::parts::{assumptions, bar, continued, lead, numbered, provenance};
use crate::text::caveat::{CAVEAT, STANDING};
use crate::text::number::{percent, percent_of, thousands};

use super::{LIMITS, NOTE, RATES, REFERENCE, Report, coin, days, estimate, extremes, label, possible};

/// The most entries of one picture.
const MOST: usize = 12;

/// The page of a backtest.
pub(super) fn document(report: &Report) -> Document {
    let runs = format!("{} runs", thousands(report.backtest.runs));
    Document {
        title: report.world.title.clone(),
        kind: "What really happened, beside many simulated runs".into(),
        answer: Some(first_screen(report)),
        lead: lead(report.world, report.what_if, report.set),
        sections: vec![
            record(report),
            remarkable(report),
            fit(report),
            timing(report),
            calibration(report),
            base_rates(report),
            limits(),
            reading(report),
            assumptions(report.world),
        ],
        provenance: provenance(&report.head().into(), &runs, report.made),
    }
}

/// In how many runs each entry of the record was so.
fn first_screen(report: &Report) -> Answer {
    let told: Vec<(&Entry, &Share)> =
        report.backtest.entries.iter().filter_map(|e| Some((e, e.forecast()?))).collect();
    let often = told.iter().filter(|(_, share)| share.share > 0.5).count();
    Answer {
        question: "Do the simulated talks go as the real ones went?".into(),
        sentence: format!(
            "In more than half of the runs {often} of {} dated entries of the record had come about by their date.",
            told.len()
        ),
        caption: format!(
            "Share of {} runs, with {}% intervals",
            thousands(report.backtest.runs),
            percent_of(report.backtest.level)
        ),
        bars: told.iter().map(|(e, share)| bar(&titled(e), share)).collect(),
        caveat: CAVEAT.into(),
    }
}

fn reading(report: &Report) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(format!(
        "The scenario's author wrote down what really happened, each entry with its date and source. The talks were then \
         played {} times without looking at the record, and every entry is held against the runs: in what share of them was \
         it so by then? A date counts for the round that contains it, and the state is read at that round's end.",
        thousands(report.backtest.runs)
    ));
    section.paragraph(format!(
        "Thin lines with caps and figures in brackets are {}% intervals. They say how much the number of runs leaves open. \
         Below every picture its figures can be unfolded; what is unfolded is printed too.",
        percent_of(report.backtest.level)
    ));
    section.paragraph(NOTE);
    section
}

fn record(report: &Report) -> Section {
    let mut section = Section::new("What the record says, and in how many runs it was so");
    let entries = &report.backtest.entries;
    let within: Vec<&Entry> = entries.iter().filter(|e| e.forecast().is_some()).collect();
    let subtitle = format!(
        "Share of {} runs, with {}% intervals (Wilson's)",
        thousands(report.backtest.runs),
        percent_of(report.backtest.level)
    );
    for (k, part) in within.chunks(MOST).enumerate() {
        let title = format!("In how many runs it was as the record says{}", continued(k));
        let groups = part.iter().filter_map(|e| Some((titled(e), vec![e.forecast()?.into()])));
        section.push(
            Bars {
                head: Head::new(&["history", &numbered(k)], title, &subtitle),
                of: "entry".into(),
                axis: "Share of runs, in per cent".into(),
                unit: Unit::Share,
                series: Series::One,
                groups: groups.collect(),
            }
            .draw(),
        );
    }
    section.paragraph(
        "“by”: it may have come about at the end of any round up to that one. “at”: it was so at the end of that very round.",
    );
    let columns = ["date", "round", "read", "what the model calls it", "share", "interval", "source"];
    let mut table = Table::new("The record, entry by entry", columns);
    for e in entries {
        let round = e.round.map_or_else(|| outside(e.place).to_owned(), |r| r.to_string());
        let cells = e.forecast().map(|s| Estimate::from(s).cells(Unit::Share));
        let [share, interval] = cells.unwrap_or_else(|| ["–".into(), "–".into()]);
        let read = if e.round.is_some() { e.reading } else { "–" };
        let [what, source] = [label(e), e.source.clone().unwrap_or_default()];
        table.push([e.date.clone(), round, read.to_owned(), what, share, interval, source]);
    }
    section.push(Block::Table(table));
    section
}

/// An entry beside its bar: its date and what it is called.
fn titled(entry: &Entry) -> String {
    let condition = || entry.condition.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}: {}", entry.date, entry.title.clone().unwrap_or_else(condition))
}

fn outside(place: Place) -> &'static str {
    if place == Place::Before { "before the first" } else { "after the last" }
}

fn remarkable(report: &Report) -> Section {
    let mut section = Section::new("Look at these");
    let all = extremes(&report.backtest.entries);
    if !all.is_empty() {
        section.push(Block::List(all));
    }
    section
}

/// An estimate with true minus signs.
fn told(score: &Figure) -> String {
    estimate(score).replace('-', "−")
}

fn scores(caption: &str, brier: &Score, log: &Score) -> Table {
    let mut table = Table::new(caption, ["score", "the model", "reference", "skill"]);
    for (name, score) in [("Brier score", brier), ("log score, in nats", log)] {
        let skill = score.skill.as_ref().map_or_else(|| "–".into(), told);
        table.push([name.to_owned(), told(&score.model), format!("{:.3}", score.reference), skill]);
    }
    table
}

fn fit(report: &Report) -> Section {
    let mut section = Section::new("How well the shares fit the entries");
    let Some(found) = &report.backtest.scores else { return section };
    section.paragraph(format!(
        "{} entries lie within the rounds. 0 is perfect; the reference is a coin, which says one half of each. Skill: 1 is \
         perfect, 0 no better than the reference, below 0 worse. In brackets: bootstrap intervals over entries as if these \
         were independent, which they are not.",
        found.entries
    ));
    section.push(Block::Table(scores("Scores of the entries", &found.brier, &found.log)));
    coin(found).into_iter().for_each(|sentence| section.paragraph(sentence));
    section.paragraph(format!(
        "Every entry is something that was so: who holds everything likely scores best here. Shares of 0 or 1 count as half \
         a run from it ({:.5}) in the logarithmic score.",
        found.clamp
    ));
    section
}

fn timing(report: &Report) -> Section {
    let mut section = Section::new("When things that last came about");
    let Some(timing) = &report.backtest.timing else { return section };
    section.paragraph(
        "Signed texts, events that do not repeat, and entries read as “by”. A date says more than one thing: up to the round \
         before, it had not come about; from then on, it had. A curve that rises in the round of the record fits it best.",
    );
    let rounds = timing.claims.iter().map(|c| c.by_round.len()).max().unwrap_or(0);
    let whole: Vec<&Course> = timing.claims.iter().filter(|c| c.by_round.len() == rounds).collect();
    for (k, part) in whole.chunks(curves::MOST).enumerate() {
        section.push(courses(report, k, part));
    }
    if whole.len() < timing.claims.len() {
        section.paragraph(
            "The record of the others ends earlier; they are in the table and in the scores, not in the pictures.",
        );
    }
    section.push(Block::Table(dates(timing)));
    section.push(Block::Table(scores("Scores of the timing", &timing.brier, &timing.log)));
    section.paragraph(REFERENCE);
    section
}

fn courses(report: &Report, part: usize, claims: &[&Course]) -> Picture {
    let last = claims.first().map_or(0, |c| c.by_round.len());
    let curve = |c: &&Course| Curve {
        label: format!(
            "{} (record: {})",
            name(c),
            c.happened.map_or("not so".into(), |h| format!("round {h}"))
        ),
        by_round: c.by_round.iter().map(Estimate::from).collect(),
    };
    let rounds = (1..=last).map(|r| report.world.date_of(r as u8).to_string());
    let subtitle = format!(
        "Share of {} runs by round; the record's own round is named",
        thousands(report.backtest.runs)
    );
    Curves {
        head: Head::new(
            &["timing", &numbered(part)],
            format!("When it came about in the runs, and when by the record{}", continued(part)),
            subtitle,
        ),
        dates: rounds.collect(),
        axis: "Share of runs in which it had come about".into(),
        curves: claims.iter().map(curve).collect(),
        records: claims.iter().enumerate().filter_map(|(k, c)| recorded(report, c, k)).collect(),
    }
    .draw()
}

/// When a claim came about by the record.
fn recorded(report: &Report, course: &Course, curve: usize) -> Option<Record> {
    let round = usize::from(course.happened?).checked_sub(1)?;
    let entry = report.backtest.entries.iter().find(|e| e.condition == course.condition)?;
    Some(Record { curve, round, label: format!("{} {}", entry.date, name(course)) })
}

fn name(course: &Course) -> String {
    course.title.clone().unwrap_or_else(|| course.condition.clone())
}

/// For every claim its round in the record, and by when so many runs had it.
fn dates(timing: &Timing) -> Table {
    let columns = [
        "what",
        "round of the record",
        "when it can be",
        "runs that had it by then",
        "runs that had it the round before",
        "Brier score",
    ];
    let mut table = Table::new("The record's round, and the runs", columns);
    for c in &timing.claims {
        let at = |round: usize| match round {
            0 => "–".to_owned(),
            r => c.by_round.get(r - 1).map_or_else(|| "–".into(), |s| percent(s.share)),
        };
        let happened = c.happened.map(usize::from);
        let when = happened.map_or_else(|| format!("not by {}", c.by_round.len()), |h| h.to_string());
        let (then, before) =
            (at(happened.unwrap_or(c.by_round.len())), happened.map_or("–".into(), |h| at(h - 1)));
        table.push([name(c), when, possible(c), then, before, format!("{:.3}", c.brier)]);
    }
    table
}

fn calibration(report: &Report) -> Section {
    let mut section = Section::new("Of what was given so much, how much came about");
    let Some(timing) = &report.backtest.timing else { return section };
    let bin = |c: &ClassRow| {
        let observed = c.observed.as_ref()?;
        let with = |(low, high)| Estimate { value: observed.value, low, high };
        let observed = observed.low.zip(observed.high).map_or_else(|| Estimate::bare(observed.value), with);
        Some(Bin { given: c.stated?, observed, statements: c.forecasts as u64 })
    };
    let bins: Vec<Bin> = timing.calibration.iter().filter_map(bin).collect();
    if bins.is_empty() {
        return section;
    }
    section.paragraph(
        "One statement for each thing that lasts and each round end. Statements about one thing depend on each other, so a \
         point rests on fewer claims than statements; intervals resample whole claims, and a point that rests on one claim \
         has none.",
    );
    let subtitle = format!(
        "Points: statements given about the same share; {}% bootstrap intervals",
        percent_of(report.backtest.level)
    );
    let head = Head::new(&["calibration"], "Calibration", subtitle);
    section.push(Calibration { head, bins }.draw());
    let mut table = Table::new(
        "Classes of statements",
        ["given", "statements", "claims", "mean", "came about", "interval"],
    );
    for c in &timing.calibration {
        let share = |s: Option<f64>| s.map_or_else(|| "–".into(), percent);
        let observed = c.observed.as_ref().map(|o| match o.low.zip(o.high) {
            Some((low, high)) => Estimate { value: o.value, low, high }.cells(Unit::Share),
            None => Estimate::bare(o.value).cells(Unit::Share),
        });
        let [observed, interval] = observed.unwrap_or_else(|| ["–".into(), "–".into()]);
        table.push([
            format!("{:.0}–{:.0}%", c.from * 100.0, c.to * 100.0),
            c.forecasts.to_string(),
            c.claims.to_string(),
            share(c.stated),
            observed,
            interval,
        ]);
    }
    section.push(Block::Table(table));
    section
}

fn base_rates(report: &Report) -> Section {
    let mut section = Section::new("Base rates of other cases, beside the model's shares");
    let rates = &report.backtest.base_rates;
    if rates.is_empty() {
        return section;
    }
    section.paragraph(RATES);
    let comparable: Vec<_> = rates
        .iter()
        .filter_map(|r| Some((r.title.clone(), vec![elsewhere(r), r.model.as_ref()?.into()])))
        .collect();
    let subtitle = format!(
        "Shares with {}% intervals (Wilson's) where the number of cases is known",
        percent_of(report.backtest.level)
    );
    for (k, groups) in comparable.chunks(MOST).enumerate() {
        section.push(
            Bars {
                head: Head::new(
                    &["base-rates", &numbered(k)],
                    format!("Other cases and the model's runs{}", continued(k)),
                    &subtitle,
                ),
                of: "what was counted".into(),
                axis: "Share, in per cent".into(),
                unit: Unit::Share,
                series: Series::AsIsAndChanged("other cases".into(), "the model's runs".into()),
                groups: groups.to_vec(),
            }
            .draw(),
        );
    }
    let columns =
        ["what was counted", "cases", "rate", "compared with", "the model's share", "remark", "source"];
    let mut table = Table::new("Base rates and what they are compared with", columns);
    for r in rates {
        let cases = r.cases.map_or_else(|| "–".into(), |[k, n]| format!("{k} of {n}"));
        let given = r.given.as_ref().map_or_else(String::new, |given| {
            format!(", in the {} runs with {given}", thousands(r.given_runs))
        });
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let model = r.model.as_ref().map_or_else(|| "no run to compare".into(), |m| percent(m.share));
        let note = r.note.as_deref().map(words);
        let remark = days(r).into_iter().chain(note).collect::<Vec<_>>().join(". ");
        let about = format!("{}{given}", words(&r.about));
        table.push([r.title.clone(), cases, percent(r.share), about, model, remark, r.source.clone()]);
    }
    section.push(Block::Table(table));
    section
}

fn elsewhere(rate: &RateBeside) -> Estimate {
    match rate.interval {
        Some([low, high]) => Estimate { value: rate.share, low, high },
        None => Estimate::bare(rate.share),
    }
}

fn limits() -> Section {
    let mut section = Section::new("What this can show, and what it cannot");
    section.push(Block::List(LIMITS.map(String::from).to_vec()));
    section
}
