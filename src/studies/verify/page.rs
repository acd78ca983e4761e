//! Verdicts on properties, as a page.

use crate::analysis::verify::Finding;
use crate::document::{self, Block, Document, Section, Table};
use crate::studies::parts::{assumptions, lead, provenance};
use crate::telling::claim::told;
use crate::text::caveat::STANDING;

use super::text::{excerpt, rounding, scope, shortest, shows, verdict};
use super::{Answer, NOTE, Verification, word};

/// The page of verdicts.
pub(super) fn document(v: &Verification) -> Document {
    let world = &v.model.world;
    let mut sections = vec![all(v)];
    sections.extend(v.answers.iter().map(|answer| one(v, answer)));
    sections.extend([reading(v), assumptions(world)]);
    Document {
        title: world.title.clone(),
        kind: "Properties of a simulated negotiation, proved or refuted".into(),
        answer: Some(first_screen(v)),
        lead: lead(world, v.origin.what_if.as_deref(), &v.origin.set),
        sections,
        provenance: provenance(&v.head().into(), "", v.made),
    }
}

/// How many properties hold, and which do not.
fn first_screen(v: &Verification) -> document::Answer {
    let of = |finding: Finding| -> Vec<&Answer> {
        v.answers.iter().filter(|a| a.verdict.finding == finding).collect()
    };
    let names = |answers: &[&Answer]| {
        let names: Vec<String> = answers.iter().map(|a| format!("“{}”", called(a))).collect();
        names.join(", ")
    };
    let (proved, refuted, open) = (of(Finding::Proved), of(Finding::Refuted), of(Finding::Undecided));
    let mut sentence = match (proved.len(), v.answers.len()) {
        (n, all) if n == all && all == 1 => "It holds, whatever happens.".to_owned(),
        (n, all) if n == all => format!("All {all} hold, whatever happens."),
        (n, all) => format!("{n} of {all} hold, whatever happens."),
    };
    if !refuted.is_empty() {
        sentence += &format!(" Refuted: {}.", names(&refuted));
    }
    if !open.is_empty() {
        sentence += &format!(" Not decided: {}.", names(&open));
    }
    document::Answer {
        question: match v.answers.as_slice() {
            [only] => format!("Does it hold that {}?", called(only)),
            _ => "Do these properties hold in everything that can happen?".into(),
        },
        sentence,
        caption: scope(v),
        bars: Vec::new(),
        caveat: NOTE.into(),
    }
}

/// The title of a property; a claim of the command line is its own.
fn called<'a>(answer: &'a Answer) -> &'a str {
    answer.title.as_deref().unwrap_or(&answer.id)
}

fn all(v: &Verification) -> Section {
    let mut section = Section::new("The verdicts");
    let mut table = Table::new("Every property with its verdict", ["property", "claim", "verdict"]);
    for answer in &v.answers {
        let row = [
            called(answer).to_owned(),
            told(&v.model.world, answer.claim),
            word(answer.verdict.finding).into(),
        ];
        table.push(row);
    }
    section.push(Block::Table(table));
    section
}

fn one(v: &Verification, answer: &Answer) -> Section {
    let mut section = Section::new(called(answer));
    let holds = verdict(v, answer);
    section.answer = Some(document::Answer {
        question: told(&v.model.world, answer.claim),
        sentence: holds,
        ..document::Answer::default()
    });
    if let Some(chance) = &answer.verdict.chance {
        section.paragraph(format!(
            "The probability is {}. {}",
            crate::studies::exact::number(&chance.probability),
            rounding(chance.rounding)
        ));
    }
    if let (Some(shown), Some(sighting)) = (&answer.shown, &answer.verdict.sighting) {
        section.push(Block::Heading(shows(answer)));
        section.paragraph(shortest(v));
        section.push(Block::Telling(excerpt(v, shown, sighting, false.into())));
    }
    if section.blocks.is_empty() {
        section.paragraph(told(&v.model.world, answer.claim));
    }
    section
}

fn reading(v: &Verification) -> Section {
    let mut section = Section::new("How to read this page");
    section.push(Block::Note(STANDING.into()));
    section.paragraph(scope(v));
    section.paragraph(
        "“always”, “never” and “possible” look at the state after every turn, “whenever” at the ends of rounds, “P” at the end of the \
         talks. Proved means: in every way that these talks can go, under the assumptions of the file.",
    );
    section
}
