//! What an ensemble shows, as a page with pictures.

mod courses;
mod reserves;
mod seating;

use std::cmp::Reverse;

use crate::analysis::summary::{OutcomeShare, Share, Summary};
use crate::chart::bars::{Bars, Series};
use crate::chart::positions::{Position, Positions};
use crate::chart::{Estimate, Head, Picture, Unit};
use crate::document::table::Table;
use crate::document::{Answer, Block, Document, Section};
use crate::domain::{Track, TrackId, World};
use crate::studies::parts::{assumptions, bar, continued, foremost, lead, numbered, provenance};
use crate::telling::chronicle::length;
use crate::text::caveat::{CAVEAT, STANDING};
use crate::text::number::{percent_of, thousands};

use super::Ensemble;

/// The most bars of a picture that is to be projected.
const BARS: usize = 14;

/// The page of an ensemble.
pub(super) fn document(ensemble: &Ensemble) -> Document {
    let page = Page { world: ensemble.world, summary: &ensemble.summary };
    let runs = format!("{} runs", thousands(ensemble.summary.runs));
    Document {
        title: ensemble.world.title.clone(),
        kind: format!("{runs} of a simulated negotiation"),
        answer: Some(page.answer()),
        lead: lead(ensemble.world, ensemble.what_if, ensemble.set),
        sections: vec![
            page.outcomes(),
            page.reserves(),
            page.measures(),
            page.texts(),
            page.kept(),
            page.items(),
            page.talks(),
            page.fronts(),
            page.parties(),
            page.blocked(),
            page.events(),
            page.reading(),
            page.seating(),
            assumptions(ensemble.world),
        ],
        provenance: provenance(&ensemble.head().into(), &runs, ensemble.made),
    }
}

struct Page<'a> {
    world: &'a World,
    summary: &'a Summary,
}

impl Page<'_> {
    /// How the talks end, the commonest outcome first.
    fn answer(&self) -> Answer {
        let s = self.summary;
        let mut outcomes: Vec<&OutcomeShare> = s.outcomes.iter().filter(|o| o.share.runs > 0).collect();
        outcomes.sort_by_key(|o| Reverse(o.share.runs));
        let told: Vec<String> = outcomes
            .iter()
            .take(2)
            .map(|o| format!("“{}”: {}", o.title, Unit::Share.tell(o.share.share)))
            .collect();
        Answer {
            question: "How do these talks end?".into(),
            sentence: foremost("Most often", "No run was played.", &told),
            caption: self.of_runs(),
            bars: outcomes.iter().map(|o| bar(&o.title, &o.share)).collect(),
            caveat: CAVEAT.into(),
        }
    }

    fn reading(&self) -> Section {
        let s = self.summary;
        let mut section = Section::new("How to read this page");
        section.push(Block::Note(STANDING.into()));
        section.paragraph(format!(
            "The same talks were played {} times; only chance differed. Thin lines with caps, shaded bands and figures \
             in brackets are intervals: {} of 100 such intervals cover the share that infinitely many runs would show. \
             They say how much the number of runs leaves open, not how sure anybody can be about the world.",
            thousands(s.runs),
            percent_of(s.level)
        ));
        let world = self.world;
        section.paragraph(format!(
            "The talks last {}, from {} on. Below every picture its figures can be unfolded; what is \
             unfolded is printed too.",
            length(world),
            world.start
        ));
        section
    }

    fn seating(&self) -> Section {
        let mut section = Section::new("Who sits where");
        section.push(seating::picture(self.world));
        section
    }

    fn of_runs(&self) -> String {
        let level = percent_of(self.summary.level);
        format!("Share of {} runs, with {level}% intervals", thousands(self.summary.runs))
    }

    /// Bars with one share each.
    fn shares<'s>(
        &self,
        head: Head,
        of: &str,
        shares: impl IntoIterator<Item = (&'s str, &'s Share)>,
    ) -> Picture {
        let groups = shares.into_iter().map(|(label, share)| (label.to_owned(), vec![share.into()]));
        Bars {
            head,
            of: of.into(),
            axis: "Share of runs, in per cent".into(),
            unit: Unit::Share,
            series: Series::One,
            groups: groups.collect(),
        }
        .draw()
    }

    fn outcomes(&self) -> Section {
        let mut section = Section::new("How the talks ended");
        let head = Head::new(&["outcomes"], "How the talks ended", self.of_runs());
        let outcomes = self.summary.outcomes.iter().map(|o| (o.title.as_str(), &o.share));
        section.push(self.shares(head, "outcome", outcomes));
        if let Some(warning) = super::text::alike(self.summary) {
            section.push(Block::Note(warning));
        }
        section
    }

    fn measures(&self) -> Section {
        let mut section = Section::new("Your questions");
        if self.summary.measures.is_empty() {
            return section;
        }
        let groups = self.summary.measures.iter();
        let groups = groups.map(|m| (m.condition.clone(), vec![(&m.ever).into(), (&m.last).into()]));
        let names = ["held at the end of some round", "held at the end of the last round"];
        section.push(
            Bars {
                head: Head::new(&["measures"], "How often these conditions held", self.of_runs()),
                of: "condition".into(),
                axis: "Share of runs, in per cent".into(),
                unit: Unit::Share,
                series: Series::Named(names.map(String::from).to_vec()),
                groups: groups.collect(),
            }
            .draw(),
        );
        section
    }

    fn tracks(&self) -> impl Iterator<Item = (TrackId, &Track)> {
        self.world.tracks.iter().enumerate().map(|(k, track)| (TrackId::new(k), track))
    }

    fn parties(&self) -> Section {
        let mut section = Section::new("What each party had in hand");
        section.paragraph(
            "A party that holds less than its alternative at the end would, by the numbers of the model, have been no \
             worse off without agreement.",
        );
        let positions = self.summary.seats.iter().map(|s| Position {
            label: self.seat_label(&s.track, &s.title),
            points: s.points,
            alternative: s.alternative,
        });
        let subtitle = format!("Mean points of 100 at the end of {} runs", thousands(self.summary.runs));
        let head = Head::new(&["parties"], "Parties against their alternative", subtitle);
        section.push(
            Positions {
                head,
                axis: "Points of 100, mean of all runs".into(),
                positions: positions.collect(),
            }
            .draw(),
        );
        let mut table = Table::new(
            "Parties",
            ["party", "no worse off than without agreement", "interval", "rounds out of the room"],
        );
        for s in &self.summary.seats {
            let [share, interval] = told(&s.content);
            table.push([
                self.seat_label(&s.track, &s.title),
                share,
                interval,
                format!("{:.1}", s.rounds_out),
            ]);
        }
        section.push(Block::Table(table));
        self.absences().into_iter().for_each(|picture| section.push(picture));
        section
    }

    fn seat_label(&self, track: &str, party: &str) -> String {
        let track = self.world.tracks.iter().find(|t| t.name.id == track);
        format!("{party} in “{}”", track.map_or("", |t| &t.name.title))
    }

    fn blocked(&self) -> Section {
        let mut section = Section::new("Who stood against an agreement");
        for (id, track) in self.tracks() {
            let all = self.world.items.iter().zip(&self.summary.items);
            let open = all.filter(|(i, c)| i.track == id && c.blocked_by.iter().any(|b| b.share.runs > 0));
            let groups: Vec<(String, Vec<Estimate>)> = open
                .map(|(_, c)| (c.title.clone(), c.blocked_by.iter().map(|b| (&b.share).into()).collect()))
                .collect();
            if groups.is_empty() {
                continue;
            }
            let seats = track.seats.iter();
            let names = seats.map(|s| self.world.party(self.world.seat(*s).party).name.title.clone());
            let title = format!(
                "Items open at the end, and who was against the closest option: {}",
                track.name.title
            );
            section.push(
                Bars {
                    head: Head::new(&["blocked", &track.name.id], title, self.of_runs()),
                    of: "item".into(),
                    axis: "Share of all runs, in per cent".into(),
                    unit: Unit::Share,
                    series: Series::Named(names.collect()),
                    groups,
                }
                .draw(),
            );
        }
        if section.blocks.is_empty() {
            section.paragraph(
                "In no run did an item end open and on the table with a party against its closest option.",
            );
        }
        section
    }

    fn events(&self) -> Section {
        let mut section = Section::new("Which events happened");
        for (k, events) in self.summary.events.chunks(BARS).enumerate() {
            let title = format!("Events that happened at least once{}", continued(k));
            let head = Head::new(&["events", &numbered(k)], title, self.of_runs());
            section.push(self.shares(head, "event", events.iter().map(|e| (e.title.as_str(), &e.share))));
        }
        section
    }
}

/// A share and its interval.
fn told(share: &Share) -> [String; 2] {
    Estimate::from(share).cells(Unit::Share)
}
