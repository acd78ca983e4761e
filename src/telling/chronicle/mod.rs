//! The chronicle: a run told in words, round by round, each move with the numbers that were compared.
//!
//! Agents' names come from the scenario and may be singular or plural, so sentences about them stand in the past
//! tense, which is the same for both.

mod attendance;
mod bargaining;
mod change;
mod compliance;
mod condition;
mod ending;
mod ground;
mod header;
mod mediation;
mod names;
mod opening;
mod package;
mod round;
mod signing;
mod since;
mod stall;
mod story;
mod turns;
mod words;

use serde::{Deserialize, Serialize};

use crate::domain::{Condition, Model};
use crate::drivers::Step;
use crate::session::Sight;
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::Run;

pub(crate) use names::{Names, intensity, level};
pub(crate) use opening::{ended, mattered, told};
pub(crate) use round::NOTHING;
use story::Story;
pub(crate) use turns::{Said, Teller, by_turn, by_turn_seen, length, when};
pub(crate) use words::{
    capital, clean, count, date, fine, list, odds, of_hundred, percent, sentence, tenths,
};

/// A condition as a clause, for readers who do not know the language of scenario files.
pub(crate) fn in_words(model: &Model, condition: &Condition) -> String {
    Story::new(model).condition(condition)
}

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Detail {
    /// Agreements, signatures, breaches, captures, walk-outs and events
    Brief,
    /// Also who refused what and why, mediation, and the ground
    #[default]
    Normal,
    /// Everything, with mandates, odds and attempts that failed
    Full,
}

impl Detail {
    /// As `--detail` takes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Brief => "brief",
            Self::Normal => "normal",
            Self::Full => "full",
        }
    }

    /// The words of a command that ask for it, where it is not what is told anyway.
    pub fn words(self, usual: Self) -> Vec<String> {
        if self == usual { Vec::new() } else { vec!["--detail".into(), self.word().into()] }
    }
}

/// The rounds of a run alone, without its head and its end; rounds in a row of which there is nothing to tell are told together.
pub fn excerpt(run: &Run, detail: Detail, paper: impl Into<Paper>) -> String {
    let paper = paper.into();
    let mut page = Writer::new(paper);
    let mut story = Story::new(run.model);
    let mut quiet = Quiet::default();
    for steps in run.transcript.steps.chunk_by(|a, b| a.round == b.round) {
        let mut round = Writer::new(paper);
        match round::write(&mut round, &mut story, steps, detail) {
            true => {
                quiet.tell(&mut page);
                page.gap();
                page.append(round);
            }
            false => quiet.add(steps[0].round, round),
        }
    }
    quiet.tell(&mut page);
    page.finish()
}

/// Rounds in a row of which there is nothing to tell.
#[derive(Default)]
struct Quiet {
    rounds: Vec<u8>,
    last: Option<Writer>,
}

impl Quiet {
    fn add(&mut self, round: u8, page: Writer) {
        self.rounds.push(round);
        self.last = Some(page);
    }

    fn tell(&mut self, page: &mut Writer) {
        let last = self.last.take();
        match (self.rounds.as_slice(), last) {
            ([from, .., to], _) => {
                page.gap();
                page.paragraph(&format!("Rounds {from} to {to}: nothing of note."));
            }
            ([_], Some(only)) => {
                page.gap();
                page.append(only);
            }
            _ => {}
        }
        self.rounds.clear();
    }
}

/// The text of a run; with escape codes for a terminal where `paper`.
pub fn chronicle(run: &Run, detail: Detail, paper: impl Into<Paper>) -> String {
    let paper = paper.into();
    let mut page = Writer::new(paper);
    let mut story = Story::new(run.model);
    let mut told = Writer::new(paper);
    rounds(&mut told, &mut story, run, detail);
    header::write(&mut page, run);
    opening::write(&mut page, &story, run);
    if detail > Detail::Brief {
        page.gap();
        header::guide(&mut page);
    }
    page.gap();
    page.append(told);
    ending::write(&mut page, &story, run, detail);
    page.finish()
}

/// What a role may know of steps of a run: those from `from` on, told round by round.
pub fn seen(
    model: &Model,
    sight: Sight,
    steps: &[Step],
    from: usize,
    detail: Detail,
    paper: impl Into<Paper>,
) -> String {
    let mut page = Writer::new(paper);
    let mut story = Story::seen(model, sight);
    let (before, news) = steps.split_at(from.min(steps.len()));
    for step in before {
        story.advance(&sight.step(model, step));
    }
    let news: Vec<Step> = news.iter().filter_map(|s| sight.step(model, s).news()).collect();
    for steps in news.chunk_by(|a, b| a.round == b.round) {
        round::write(&mut page, &mut story, steps, detail);
    }
    page.finish()
}

fn rounds<'a>(page: &mut Writer, story: &mut Story<'a>, run: &Run<'a>, detail: Detail) {
    let mut rest = run.transcript.steps.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|s| s.round == first.round).count();
        let (steps, later) = rest.split_at(length);
        round::write(page, story, steps, detail);
        rest = later;
    }
}

/// A quantity as the subject of a sentence, such as `trust of A in B`.
pub(crate) fn subject(model: &crate::domain::Model, quantity: crate::domain::Quantity) -> String {
    Story::new(model).what(quantity)
}
