//! A class looked back on: its groups side by side, a page a group, and what everybody predicted.

mod students;
mod tables;
mod trees;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::debrief::{Debrief, Options, Played, debrief};
use crate::document::{Block, Document, Section, Table};
use crate::domain::Model;
use crate::render::html;
use crate::session::{Moment, Register, Session, group_log};
use crate::telling::chronicle::{clean, tenths};

use super::debrief::Report;
use super::forms::{self, Form};
use super::study::{Findings, Made};

/// The folder of a class's pages, within its own.
pub const PAGES: &str = "debrief";

/// Runs with each alternative, where nobody says how many: some hundred, so that a class does not wait long.
pub const RUNS: u32 = 200;

/// How often intervals cover.
const LEVEL: f64 = 0.95;

/// A class whose talks are looked back on.
pub struct Class<'a> {
    /// Its groups, the first of number 1.
    pub sessions: Vec<Session<'a>>,
    /// What its students did besides playing.
    pub register: Register,
    /// Predictions on forms, beside those of the logs.
    pub forms: Vec<Form>,
    /// Runs with each alternative that is measured closely.
    pub runs: u32,
}

/// The pages of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    pages: Vec<(String, String, String)>,
    students: String,
    tables: Vec<(String, String)>,
    own: BTreeMap<String, Vec<String>>,
}

impl Pages {
    /// The names of the pages with their titles, that of the class first.
    pub fn titles(&self) -> impl Iterator<Item = (&str, String)> {
        self.pages.iter().map(|(name, title, _)| (name.as_str(), title.clone()))
    }

    /// A page by its name.
    pub fn page(&self, name: &str) -> Option<&str> {
        self.pages.iter().find(|p| p.0 == name).map(|p| p.2.as_str())
    }

    /// The page of all students by their names, which is for the teacher alone.
    pub fn students(&self) -> &str {
        &self.students
    }

    /// Files to be written, with their texts: the pages but that of the students, the tables and what says what they hold.
    pub fn files(&self) -> impl Iterator<Item = (String, &str)> {
        let pages = self.pages.iter().map(|(name, _, text)| (format!("{name}.html"), text.as_str()));
        pages.chain(self.tables.iter().map(|(name, text)| (name.clone(), text.as_str())))
    }

    /// What a student predicted and what came of it, in sentences.
    pub fn own(&self, who: &str) -> &[String] {
        self.own.get(who).map_or(&[], Vec::as_slice)
    }
}

impl Class<'_> {
    /// Makes the pages. `progress` is told how far each group is; where it answers no, there are none.
    ///
    /// # Errors
    /// Why there are none.
    pub fn pages(&self, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<Pages, String> {
        let options = Options { runs: self.runs, top: 5, budget: 0, alpha: 1.0 - LEVEL };
        let (mut groups, mut pages) = (Vec::new(), Vec::new());
        let (trees, places) = trees::trees(&self.sessions);
        for (k, place) in places.into_iter().enumerate() {
            let tree = &trees[place.tree];
            let session = &tree.session;
            let played = Played::new(session, place.branch).map_err(|e| e.to_string())?;
            let found = debrief(session, &played, &options, progress).map_err(|e| e.to_string())?;
            let found = found.ok_or_else(|| "stopped".to_owned())?;
            let number = k + 1;
            let file = session.header().scenario.clone();
            let logs = tree.groups.iter().map(|group| group_log(group + 1));
            let rest = ["--scenario", &file, "--branch", &place.branch.to_string()].map(str::to_owned);
            let runs = ["--runs".to_owned(), self.runs.to_string()];
            let made = Made::of("debrief", &file, logs.chain(rest).chain(runs));
            let report = Report {
                session,
                played: &played,
                debrief: &found,
                forms: &[],
                level: LEVEL,
                runs: self.runs,
                made: &made,
            };
            pages.push((
                format!("group-{number}"),
                format!("Group {number}"),
                html::page(&report.document(true)),
            ));
            groups.push((played, found));
        }
        let own = self.own(&groups);
        pages.insert(
            0,
            ("class".into(), "The groups side by side".into(), html::page(&self.document(&groups))),
        );
        let students = html::page(&students::document(self, &own));
        let tables = tables::files(self, &tables::tables(self, &groups));
        Ok(Pages { pages, students, tables, own })
    }

    fn model(&self) -> &Model {
        self.sessions[0].model()
    }

    fn document(&self, groups: &[(Played, Debrief)]) -> Document {
        let world = &self.model().world;
        let mut document = Document {
            title: clean(&world.title),
            kind: "A class, looked back on".into(),
            lead: vec![
                "What the groups made of the same talks. A run is one story that the assumptions allow; a difference between two groups is \
                 a difference between two stories."
                    .into(),
            ],
            ..Document::default()
        };
        document.sections.push(self.ends(groups));
        document.sections.extend(self.partings(groups));
        document.sections.extend(self.predictions(groups));
        document.sections.extend(forms::section(&self.forms, self.model()));
        document.sections.extend(self.votes());
        if let Some(exercise) = &world.exercise {
            let mut section = Section::new("To discuss");
            for d in &exercise.discussion {
                section.push(Block::Question(clean(&d.question)));
            }
            document.sections.push(section);
        }
        document.provenance = self.provenance();
        document
    }

    fn provenance(&self) -> Vec<(String, String)> {
        let header = self.sessions[0].header();
        vec![
            ("Scenario".into(), clean(&header.scenario)),
            ("Fingerprint".into(), header.head.fingerprint.clone()),
            ("Seed".into(), header.head.seed.to_string()),
            ("Version".into(), header.head.version.clone()),
        ]
    }

    fn ends(&self, groups: &[(Played, Debrief)]) -> Section {
        let world = &self.model().world;
        let mut section = Section::new("How the groups ended");
        let columns = (1..=groups.len()).map(|n| format!("Group {n}"));
        let mut table =
            Table::new("The end of each group's talks", std::iter::once(String::new()).chain(columns));
        let mut row = |label: &str, cell: &dyn Fn(&Debrief) -> String| {
            table.push(std::iter::once(label.to_owned()).chain(groups.iter().map(|g| cell(&g.1))));
        };
        row("Outcome", &|d| match d.settlement.outcome {
            Some(k) => clean(&world.outcomes[k].name.title),
            None => "still under way".into(),
        });
        row("Last round", &|d| d.settlement.round.to_string());
        for (k, text) in world.instruments.iter().enumerate() {
            row(&clean(&text.name.title), &|d| {
                let end = &d.settlement.texts[k];
                if end.signed.is_empty() { "not signed".into() } else { "signed".into() }
            });
        }
        for (k, seat) in groups[0].1.settlement.seats.iter().enumerate() {
            let track =
                world.tracks.iter().find(|t| t.name.id == seat.track).filter(|_| world.tracks.len() > 1);
            let on = track.map_or_else(String::new, |t| format!(", {}", clean(&t.name.title)));
            row(&format!("{}{on}: points settled (alternative)", clean(&seat.title)), &|d| {
                let seat = &d.settlement.seats[k];
                format!("{} ({})", tenths(seat.points), tenths(seat.alternative))
            });
        }
        section.push(Block::Table(table));
        section
    }

    /// Where groups with the same luck parted from the first.
    fn partings(&self, groups: &[(Played, Debrief)]) -> Option<Section> {
        let same = |s: &Session| {
            let (a, b) = (self.sessions[0].header(), s.header());
            (a.head.seed, a.run, &a.head.fingerprint) == (b.head.seed, b.run, &b.head.fingerprint)
        };
        let mut entries = Vec::new();
        for (k, (played, _)) in groups.iter().enumerate().skip(1).filter(|(k, _)| same(&self.sessions[*k])) {
            let pairs = groups[0].0.table.moments().iter().zip(played.table.moments());
            let parted =
                pairs.into_iter().find(|(a, b)| (a.question.site, a.pick) != (b.question.site, b.pick));
            entries.push(match parted {
                Some((a, b)) if a.question.site == b.question.site => format!(
                    "Group {} parted from group 1 in round {}: {} chose “{}”, in group 1 “{}”.",
                    k + 1,
                    b.round(),
                    clean(b.question.who.title(&self.model().world)),
                    word(b),
                    word(a)
                ),
                Some((_, b)) => format!("Group {} parted from group 1 in round {}.", k + 1, b.round()),
                None => format!("Group {} decided as group 1 did.", k + 1),
            });
        }
        let mut section = Section::new("Where they parted");
        if entries.is_empty() {
            return None;
        }
        section.push(Block::Paragraph(
            "These groups had the same luck: what differs comes from what was decided.".into(),
        ));
        section.push(Block::List(entries));
        Some(section)
    }

    fn predictions(&self, groups: &[(Played, Debrief)]) -> Option<Section> {
        let answers: Vec<_> = groups
            .iter()
            .enumerate()
            .flat_map(|(k, g)| g.1.predicted.answers.iter().map(move |a| (k + 1, a)))
            .collect();
        if answers.is_empty() {
            return None;
        }
        let mut section = Section::new("What was predicted");
        section.push(Block::Paragraph(
            "The Brier score is the squared distance between a stated probability and what happened: 0 is perfect, saying one half each time \
             scores 0.25."
                .into(),
        ));
        let columns =
            ["Question", "Group", "Before round", "Answers", "Mean", "Model", "Came about", "Brier"];
        let mut table = Table::new("Predictions by question and group", columns);
        let keys: BTreeSet<(&str, u8, usize)> =
            answers.iter().map(|(g, a)| (a.question.as_str(), a.round, *g)).collect();
        for (question, round, group) in keys {
            let all: Vec<_> = answers
                .iter()
                .filter(|(g, a)| (a.question.as_str(), a.round, *g) == (question, round, group))
                .map(|(_, a)| *a)
                .collect();
            let mean = all.iter().map(|a| a.probability).sum::<f64>() / all.len() as f64;
            let scored: Vec<f64> =
                all.iter().filter_map(|a| a.scored.as_ref()).map(|s| s.score.brier).collect();
            let happened = all.iter().find_map(|a| a.scored.as_ref()).map(|s| s.happened);
            table.push([
                clean(&all[0].text),
                group.to_string(),
                round.to_string(),
                all.len().to_string(),
                format!("{:.0}%", mean * 100.0),
                all[0].share.map_or_else(|| "–".into(), |s| format!("{:.0}%", s * 100.0)),
                happened.map_or("–", |h| if h { "yes" } else { "no" }).to_owned(),
                if scored.is_empty() {
                    "–".into()
                } else {
                    format!("{:.2}", scored.iter().sum::<f64>() / scored.len() as f64)
                },
            ]);
        }
        section.push(Block::Table(table));
        let scores: Vec<f64> =
            answers.iter().filter_map(|(_, a)| a.scored.as_ref()).map(|s| s.score.brier).collect();
        if !scores.is_empty() {
            section.push(Block::Paragraph(format!(
                "The class as a whole: {:.2} over {} answers.",
                scores.iter().sum::<f64>() / scores.len() as f64,
                scores.len()
            )));
        }
        Some(section)
    }

    /// How the class voted.
    fn votes(&self) -> Option<Section> {
        let mut section = Section::new("How the class voted");
        for vote in &self.register.votes {
            let mut table = Table::new(format!("Step {} of the lesson", vote.step), ["Voted for", "Votes"]);
            vote.votes.iter().for_each(|(option, votes)| table.push([clean(option), votes.to_string()]));
            section.push(Block::Table(table));
        }
        (!self.register.votes.is_empty()).then_some(section)
    }

    /// Every student's own predictions.
    fn own(&self, groups: &[(Played, Debrief)]) -> BTreeMap<String, Vec<String>> {
        let mut own: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for answer in groups.iter().flat_map(|g| &g.1.predicted.answers) {
            let came = match &answer.scored {
                Some(s) => format!(
                    "it {}: Brier score {:.2}",
                    if s.happened { "came about" } else { "did not come about" },
                    s.score.brier
                ),
                None if answer.decided => "it had been decided by then".into(),
                None => "it is not known what comes of it".into(),
            };
            let model = answer.share.map_or_else(String::new, |s| format!(" (the model: {:.0}%)", s * 100.0));
            own.entry(answer.who.clone()).or_default().push(format!(
                "{} Before round {} you said {:.0}%{model}; {came}.",
                clean(&answer.text),
                answer.round,
                answer.probability * 100.0
            ));
        }
        own
    }
}

fn word(moment: &Moment) -> String {
    moment.question.picked(moment.pick).map_or_else(String::new, |a| a.word.clone())
}
