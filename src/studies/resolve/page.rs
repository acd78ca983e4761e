//! What agents could reach, as a page.

use crate::chart::bars::{Bars, Series};
use crate::chart::{Estimate, Head, Unit};
use crate::document::{self, Bar, Block, Document, Section, Table};
use crate::studies::parts::{assumptions, lead, provenance};
use crate::text::caveat::STANDING;

use super::text::{OFTEN, checked, decisions, fall};
use super::{Case, NOTE, Resolution};

/// The most rows of decisions that are not folded.
const ROWS: usize = 12;

/// The page of a resolution.
pub(super) fn document(r: &Resolution) -> Document {
    let world = &r.model.world;
    let mut sections: Vec<Section> = (0..r.deciders.len()).map(|k| reach(r, k)).collect();
    sections.extend(r.cases.iter().filter(|c| !c.resolved.taken.is_empty()).map(|case| policy(r, case)));
    sections.extend([reading(r), assumptions(world)]);
    Document {
        title: world.title.clone(),
        kind: "What could be reached by deciding otherwise".into(),
        answer: Some(first_screen(r)),
        lead: lead(world, r.origin.what_if.as_deref(), &r.origin.set),
        sections,
        provenance: provenance(&r.head().into(), "", r.made),
    }
}

fn title(r: &Resolution, k: usize) -> String {
    r.deciders[k].title(&r.model.world).to_owned()
}

/// A value: a probability in per cent, or points.
fn value(r: &Resolution, k: usize, value: f64) -> String {
    match r.is_share(k) {
        true => format!("{:.1}%", value * 100.0),
        false => format!("{value:.1} points of 100"),
    }
}

fn first_screen(r: &Resolution) -> document::Answer {
    let told = r.cases.iter().map(|case| format!("{} {}", case.name, value(r, 0, case.resolved.values[0])));
    let told: Vec<String> = told.collect();
    let scale = if r.is_share(0) { 1.0 } else { 100.0 };
    document::Answer {
        question: format!("What could {} reach?", title(r, 0)),
        sentence: format!("{}: {}.", sentence(&r.aims[0]), told.join("; ")),
        caption: "By a policy that sees everything; worked out exactly".into(),
        bars: r
            .cases
            .iter()
            .map(|case| Bar {
                label: case.name.into(),
                length: (case.resolved.values[0] / scale * 1000.0).round().clamp(0.0, 1000.0) as u16,
                figure: value(r, 0, case.resolved.values[0]),
            })
            .collect(),
        caveat: NOTE.into(),
    }
}

fn sentence(text: &str) -> String {
    crate::telling::chronicle::capital(text)
}

fn reach(r: &Resolution, k: usize) -> Section {
    let mut section = Section::new(format!("What it comes to for {}", title(r, k)));
    let share = r.is_share(k);
    let head = Head::new(&["reach", &r.deciders[k].id(&r.model.world)], title(r, k), r.aims[k].clone());
    let bar = |case: &Case| (case.name.to_owned(), vec![Estimate::bare(case.resolved.values[k])]);
    let picture = Bars {
        head,
        of: "policy".into(),
        axis: if share { "Probability, in per cent".into() } else { "Points of 100".into() },
        unit: if share { Unit::Share } else { Unit::Number },
        series: Series::One,
        groups: r.cases.iter().map(bar).collect(),
    };
    section.push(picture.draw());
    let mut table = Table::new("The same to ten places", ["policy", "value"]);
    r.cases
        .iter()
        .for_each(|case| table.push([case.name.to_owned(), format!("{:.10}", case.resolved.values[k])]));
    section.push(Block::Folded(table));
    section
}

fn policy(r: &Resolution, case: &Case) -> Section {
    let mut section = Section::new(format!("The decisions: {}", case.name));
    section.paragraph(OFTEN);
    let mut table = Table::new("How each decision falls", ["decision", "round", "choices"]);
    for ((matter, round), choices) in decisions(r, &case.resolved.taken) {
        table.push([matter, round.to_string(), fall(&choices)]);
    }
    section.push(if table.rows.len() > ROWS { Block::Folded(table) } else { Block::Table(table) });
    section
}

fn reading(r: &Resolution) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(NOTE);
    section.paragraph(checked(r));
    section
}
