//! An exact answer as a page with pictures.

use crate::analysis::exact::{Expected, Named, Probability};
use crate::chart::bars::{Bars, Series};
use crate::chart::curves::{Curve, Curves, MOST};
use crate::chart::{Estimate, Head, Picture, Unit};
use crate::document::{self, Bar, Block, Document, Section, Table};
use crate::studies::parts::{assumptions, continued, foremost, lead, numbered, provenance, signed};
use crate::text::caveat::STANDING;

use super::text::{certificate, counted, expected, number};
use super::{Answer, NOTE};

/// What the axis of every picture shows.
const AXIS: &str = "Probability, in per cent";

/// The page of an exact answer.
pub(super) fn document(answer: &Answer) -> Document {
    let (world, exact) = (answer.world, &answer.exact);
    let sections = vec![
        outcomes(answer),
        measures(answer),
        texts(answer),
        items(answer),
        parties(answer),
        fronts(answer),
        rewards(answer),
        reading(answer),
        assumptions(world),
    ];
    Document {
        title: world.title.clone(),
        kind: match exact.certificate.complete {
            true => "Everything that can happen in a simulated negotiation".into(),
            false => "Nearly everything that can happen in a simulated negotiation".into(),
        },
        answer: Some(first_screen(answer)),
        lead: lead(world, answer.origin.what_if.as_deref(), &answer.origin.set),
        sections,
        provenance: provenance(&answer.head().into(), "", answer.made),
    }
}

/// How the talks end, the likeliest outcome first.
fn first_screen(answer: &Answer) -> document::Answer {
    let mut outcomes: Vec<&Named> =
        answer.exact.outcomes.iter().filter(|o| o.probability.high > 0.0).collect();
    outcomes.sort_by(|a, b| b.probability.low.total_cmp(&a.probability.low));
    let told: Vec<String> =
        outcomes.iter().take(2).map(|o| format!("“{}”: {}", o.title, per_cent(&o.probability))).collect();
    document::Answer {
        question: "How do these talks end, over everything that can happen?".into(),
        sentence: foremost("Most likely", "No outcome can be reached.", &told),
        caption: match answer.exact.certificate.complete {
            true => "Probability within the model, computed from every state that can be reached".into(),
            false => {
                "Bounds of the probability within the model: it lies between the two, for certain".into()
            }
        },
        bars: outcomes
            .iter()
            .take(document::Answer::MOST)
            .map(|o| Bar {
                label: o.title.clone(),
                length: (estimate(&o.probability).value * 1000.0).round() as u16,
                figure: per_cent(&o.probability),
            })
            .collect(),
        caveat: NOTE.into(),
    }
}

/// A probability in per cent: one figure where its bounds agree to two places, else both, rounded outwards.
fn per_cent(p: &Probability) -> String {
    let [low, high] = [p.low * 100.0, p.high * 100.0];
    match format!("{low:.2}") == format!("{high:.2}") {
        true => format!("{low:.2}%"),
        false => format!("{:.2}–{:.2}%", (low * 100.0).floor() / 100.0, (high * 100.0).ceil() / 100.0),
    }
}

/// The middle of the bounds with the bounds; where they agree there is nothing to be drawn beside it.
fn estimate(p: &Probability) -> Estimate {
    let value = (p.low + p.high) / 2.0;
    match p.high - p.low < 5e-5 {
        true => Estimate::bare(value),
        false => Estimate { value, low: p.low, high: p.high },
    }
}

fn bars<'a>(head: Head, of: &str, rows: impl Iterator<Item = (&'a str, &'a Probability)>) -> Picture {
    let groups = rows.map(|(label, p)| (label.to_owned(), vec![estimate(p)])).collect();
    Bars { head, of: of.into(), axis: AXIS.into(), unit: Unit::Share, series: Series::One, groups }.draw()
}

fn named(head: Head, of: &str, rows: &[Named]) -> Picture {
    bars(head, of, rows.iter().map(|n| (n.title.as_str(), &n.probability)))
}

fn outcomes(answer: &Answer) -> Section {
    let mut section = Section::new("How the talks end");
    let head = Head::new(&["outcomes"], "How the talks end", "Probability of every outcome");
    section.push(named(head, "outcome", &answer.exact.outcomes));
    let mut table = Table::new("The same to ten places", ["outcome", "probability"]);
    answer.exact.outcomes.iter().for_each(|o| table.push([o.title.clone(), number(&o.probability)]));
    section.push(Block::Folded(table));
    section.paragraph(format!("Expected rounds: {}.", expected(&answer.exact.rounds)));
    section
}

fn measures(answer: &Answer) -> Section {
    let mut section = Section::new("Your questions");
    for (k, m) in answer.exact.measures.iter().enumerate() {
        let head = Head::new(&["measure", &(k + 1).to_string()], m.condition.clone(), "How often it holds");
        let rows = [("at the end of some round", &m.ever), ("at the end of the last round", &m.last)];
        section.push(bars(head, "when", rows.into_iter()));
    }
    section
}

fn texts(answer: &Answer) -> Section {
    let mut section = Section::new("Which texts are signed, and by when");
    for (part, texts) in answer.exact.instruments.chunks(MOST).enumerate() {
        let curve = |text: &crate::analysis::exact::InstrumentChances| Curve {
            label: text.title.clone(),
            by_round: text.by_round.iter().map(estimate).collect(),
        };
        let title = format!("Signed by the end of the round{}", continued(part));
        let head = Head::new(&["signed", &numbered(part)], title, "Probability of being signed by then");
        let dates = answer.exact.dates.clone();
        let records = texts.iter().enumerate();
        let records = records.filter_map(|(k, t)| signed(answer.world, &t.id, k)).collect();
        let curves = texts.iter().map(curve).collect();
        section.push(Curves { head, dates, axis: AXIS.into(), curves, records }.draw());
    }
    let mut table = Table::new(
        "Texts at the end",
        ["text", "signed", "in force", "broken", "expected round of those that sign"],
    );
    for text in &answer.exact.instruments {
        let round = text.round.as_ref().map(expected).unwrap_or_default();
        let [signed, force, broken] = [&text.signed, &text.in_force, &text.broken].map(per_cent);
        table.push([text.title.clone(), signed, force, broken, round]);
    }
    if !table.rows.is_empty() {
        section.push(Block::Table(table));
    }
    section
}

fn items(answer: &Answer) -> Section {
    let mut section = Section::new("How the items end");
    let mut table = Table::new("Items at the end", ["item", "option", "probability"]);
    for item in &answer.exact.items {
        let settled = item.options.iter().filter(|o| o.probability.high > 0.0);
        settled.for_each(|o| table.push([item.title.clone(), o.title.clone(), per_cent(&o.probability)]));
        table.push([item.title.clone(), "not settled".into(), per_cent(&item.open)]);
    }
    if !table.rows.is_empty() {
        section.push(Block::Table(table));
    }
    section
}

fn parties(answer: &Answer) -> Section {
    let mut section = Section::new("What each party has in hand at the end");
    let columns = ["party", "talks", "points of 100", "without agreement", "no worse off than without"];
    let mut table = Table::new("Expected over everything that can happen", columns);
    for seat in &answer.exact.seats {
        let track = answer.world.tracks.iter().find(|t| t.name.id == seat.track);
        table.push([
            seat.title.clone(),
            track.map_or_else(String::new, |t| t.name.title.clone()),
            points(&seat.points),
            points(&seat.alternative),
            per_cent(&seat.content),
        ]);
    }
    section.push(Block::Table(table));
    section
}

fn points(e: &Expected) -> String {
    let [low, high] = [e.low, e.high].map(|x| format!("{x:.1}"));
    if low == high { low } else { format!("{low} to {high}") }
}

fn fronts(answer: &Answer) -> Section {
    let mut section = Section::new("Who holds what at the end");
    for front in &answer.exact.fronts {
        let head = Head::new(&["front", &front.id], front.title.clone(), "Who holds it at the end");
        section.push(named(head, "party", &front.holders));
    }
    section
}

fn rewards(answer: &Answer) -> Section {
    let mut section = Section::new("Expected to be counted in a run");
    let told = answer.exact.rewards.iter().map(counted).collect::<Vec<_>>();
    if !told.is_empty() {
        section.push(Block::List(told));
    }
    section
}

fn reading(answer: &Answer) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(
        "Nothing was drawn: the talks were followed along every way that they can take, equal states were put together, and their \
         probabilities added up.",
    );
    let told = certificate(&answer.exact.certificate, &answer.exact.size);
    told.into_iter().for_each(|text| section.paragraph(text));
    section
}
