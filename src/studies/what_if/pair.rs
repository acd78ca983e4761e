//! One run of two worlds as findings: what differs, round by round.

use crate::document::dataset::Dataset;
use crate::document::{Answer, Block, Document, Section};
use crate::render::package;
use crate::studies::parts::{assumptions, provenance};
use crate::studies::study::{Findings, Made};
use crate::telling::chronicle::clean;
use crate::telling::parting;
use crate::telling::side_by_side::{self, FORMAT, NOTE, SideBySide, head, outcomes, rounds, turns};
use crate::text::caveat::STANDING;
use crate::text::paper::Paper;

/// A pair of runs, and how it can be had again.
pub struct Worlds<'a> {
    /// The pair.
    pub told: SideBySide<'a>,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Worlds<'_> {
    fn answer(&self) -> Answer {
        let world = &self.told.pair.baseline.world;
        let [one, other] =
            outcomes(&self.told).map(|(_, title, round)| format!("“{}” in round {round}", clean(title)));
        let sentence = match self.told.shown {
            None => format!("Nothing differs in this run: it ends in {one} in both worlds."),
            Some(shown) => format!(
                "As it stands the talks end in {one}, with the change in {other}. The two part in round {} over {}.",
                shown.round,
                parting::turn(world, shown.at, &shown.agent)
            ),
        };
        Answer {
            question: format!("What if {}?", clean(self.told.title).trim_end_matches(['.', '?'])),
            sentence,
            caveat: NOTE.into(),
            ..Answer::default()
        }
    }
}

impl Findings for Worlds<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_run("pair", head(&self.told), self.told.run)
    }

    fn document(&self, _: bool) -> Document {
        let world = &self.told.pair.baseline.world;
        let (shared, rounds) = rounds(&self.told);
        let mut sections = Vec::new();
        if !rounds.rounds.is_empty() {
            let mut parted = Section::new("From where they part");
            parted.push(Block::Rounds(rounds));
            sections.push(parted);
        }
        if !shared.is_empty() {
            let mut common = Section::new("What both share before, in brief");
            common.push(Block::List(shared));
            sections.push(common);
        }
        let mut reading = Section::new("How to read this page");
        reading.push(Block::Note(STANDING.into()));
        reading.paragraph(
            "One run was played twice with the same luck: every draw of every agent is the same in both worlds, so that what differs comes \
             of the change. It is one run of many: how often a change does this, the comparison of many pairs says.",
        );
        sections.extend([reading, assumptions(world)]);
        let set = self.told.set.iter().map(|(path, value)| format!("Changed: {path} = {}.", clean(value)));
        Document {
            title: world.title.clone(),
            kind: "Two worlds side by side".into(),
            answer: Some(self.answer()),
            lead: set.collect(),
            sections,
            provenance: provenance(
                &self.source().head,
                &format!("run {} of each world", self.told.run),
                self.made,
            ),
        }
    }

    fn tables(&self) -> Vec<Dataset> {
        let mut table = Dataset::new("turns", &["round", "turn", "agent", "told_as_is", "told_changed"]);
        turns(&self.told).into_iter().for_each(|row| table.push(row));
        vec![table]
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        side_by_side::text(&self.told, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        side_by_side::json(&self.told)
    }
}
