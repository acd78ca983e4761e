//! One run as findings: how it ended, the turns that mattered, and all of it round by round.

use crate::document::dataset::Dataset;
use crate::document::{Answer, Block, Document, Section};
use crate::render::package;
use crate::telling::chronicle::{Detail, chronicle, ended, mattered, told};
use crate::telling::{Run, json};
use crate::text::caveat::STANDING;
use crate::text::paper::Paper;

use super::parts::{assumptions, lead, provenance};
use super::study::{Findings, Made};

/// A run, and how much of it is told.
pub struct OneRun<'a> {
    /// The run.
    pub run: Run<'a>,
    /// How much is told.
    pub detail: Detail,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Findings for OneRun<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_run("run", self.run.head(), self.run.origin.run)
    }

    fn document(&self, _: bool) -> Document {
        let (world, origin) = (&self.run.model.world, self.run.origin);
        let mut turns = Section::new("The turns that mattered");
        turns.push(Block::List(mattered(&self.run)));
        let mut sections = vec![turns];
        sections.extend(told(&self.run, self.detail).into_iter().map(|(round, entries)| {
            let mut section = Section::new(round);
            section.push(Block::List(entries));
            section
        }));
        let mut reading = Section::new("How to read this page");
        reading.push(Block::Note(STANDING.into()));
        reading.paragraph(
            "This is one run of many that could be: with another seed or run number chance falls otherwise.",
        );
        sections.extend([reading, assumptions(world)]);
        Document {
            title: world.title.clone(),
            kind: "One run of a simulated negotiation".into(),
            answer: Some(Answer {
                question: "How do these talks go, this once?".into(),
                sentence: ended(&self.run),
                caveat: self.source().head.note,
                ..Answer::default()
            }),
            lead: lead(world, origin.what_if.as_deref(), &origin.set),
            sections,
            provenance: provenance(&self.source().head, &format!("run {}", origin.run), self.made),
        }
    }

    fn tables(&self) -> Vec<Dataset> {
        let mut table = Dataset::new("turns", &["round", "date", "turn", "agent", "told"]);
        for said in crate::telling::chronicle::by_turn(self.run.model, self.run.transcript, self.detail) {
            let world = &self.run.model.world;
            table.push([
                said.round.to_string(),
                world.date_of(said.round).to_string(),
                said.turn.name().into(),
                said.turn.agent(world).into(),
                crate::telling::chronicle::clean(&said.text),
            ]);
        }
        vec![table]
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        chronicle(&self.run, self.detail, paper)
    }

    fn format(&self) -> &'static str {
        json::FORMAT
    }

    fn json(&self) -> String {
        json::json(&self.run)
    }
}
