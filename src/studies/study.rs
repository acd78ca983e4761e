//! What every study is: something that can be worked on step by step, in parts and on several machines, and told in every form.

use std::ops::Range;

use serde::Serialize;

use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::Model;
use crate::drivers::Head;
use crate::render::typed::Typed;
use crate::render::{package, terminal};
use crate::text::command::{changes, command};
use crate::text::paper::Paper;
use crate::text::pretty;

use super::refusal::Refusal;

/// How far the work goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Runs, which can be played in any parts: what has been counted of them is added up.
    Runs {
        /// Which.
        range: Range<u32>,
        /// In how many worlds each is played.
        worlds: usize,
        /// What they are, in the plural.
        what: &'static str,
    },
    /// One piece of work that cannot be parted.
    Whole,
}

/// How far a piece of work has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// So many of so many.
    Of {
        /// How many are done.
        done: u64,
        /// Of how many.
        total: u64,
        /// What they are, in the plural.
        what: &'static str,
    },
    /// A sweep through states.
    Sweep {
        /// Turns that have been taken.
        turns: usize,
        /// Of how many.
        of: usize,
        /// States after the last.
        states: usize,
        /// Probability that was dropped.
        dropped: f64,
    },
    /// A piece of it has ended, and another begins.
    Over,
}

/// Looks on while a study is worked on.
pub trait Watch {
    /// Whether somebody wants the work to end.
    fn stopped(&self) -> bool;
    /// The work has come so far.
    fn progress(&self, progress: Progress);
}

/// Nobody looks on, and the work goes to its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn stopped(&self) -> bool {
        false
    }

    fn progress(&self, _: Progress) {}
}

/// A study, planned: all that is asked is known to make sense.
pub trait Study {
    /// What has been worked out so far.
    type Partial;

    /// What is to be said before the work begins.
    fn notes(&self) -> &[String] {
        &[]
    }

    /// How far the work goes.
    fn extent(&self) -> Extent;

    /// What the numbers of [`Extent::Runs`] count, in the plural.
    fn pieces(&self) -> &'static str {
        "runs"
    }

    /// Nothing yet.
    fn begin(&self) -> Self::Partial;

    /// Works on: plays the runs of `range` (those before it have been played), or does all there is to do.
    ///
    /// # Errors
    /// When it turns out that it cannot be done, or is stopped before there is anything to tell.
    fn step(&self, partial: &mut Self::Partial, range: Range<u32>, watch: &dyn Watch) -> Result<(), Refusal>;

    /// Adds another part; which of the two came first makes no difference.
    fn merge(&self, into: &mut Self::Partial, other: Self::Partial);

    /// Whether enough is known before the end; asked after the same runs however they are parted ([`LOOK`]).
    fn enough(&self, _partial: &Self::Partial) -> bool {
        false
    }

    /// Whether [`Study::enough`] can ever say yes, so that nobody knows how long the work takes.
    fn open(&self) -> bool {
        false
    }

    /// What came of it; nothing before there is anything to tell.
    fn findings<'a>(&'a self, partial: Self::Partial, made: &'a Made) -> Option<Box<dyn Findings + 'a>>;
}

/// A study that is one piece of work, such as a sweep: it has no parts, and is done or not.
pub trait Whole {
    /// What comes of the work.
    type Answer;

    /// Does it.
    ///
    /// # Errors
    /// When it turns out that it cannot be done, or is stopped before there is anything to tell.
    fn work(&self, watch: &dyn Watch) -> Result<Self::Answer, Refusal>;

    /// What came of it.
    fn told<'a>(&'a self, answer: Self::Answer, made: &'a Made) -> Box<dyn Findings + 'a>;
}

impl<W: Whole> Study for W {
    type Partial = Option<W::Answer>;

    fn extent(&self) -> Extent {
        Extent::Whole
    }

    fn begin(&self) -> Self::Partial {
        None
    }

    fn step(&self, answer: &mut Self::Partial, _: Range<u32>, watch: &dyn Watch) -> Result<(), Refusal> {
        *answer = Some(self.work(watch)?);
        Ok(())
    }

    fn merge(&self, into: &mut Self::Partial, other: Self::Partial) {
        *into = into.take().or(other);
    }

    fn findings<'a>(&'a self, answer: Self::Partial, made: &'a Made) -> Option<Box<dyn Findings + 'a>> {
        Some(self.told(answer?, made))
    }
}

/// A sweep through the states of a model that somebody looks on.
pub(super) struct Sweeping<'a> {
    watch: &'a dyn Watch,
    of: usize,
}

impl<'a> Sweeping<'a> {
    /// A sweep that begins.
    pub fn new(model: &Model, watch: &'a dyn Watch) -> Self {
        Self { watch, of: model.all_turns() }
    }

    /// After so many turns there are so many states, and so much has been dropped; whether to go on.
    pub fn goes_on(&self, turns: usize, states: usize, dropped: f64) -> bool {
        self.watch.progress(Progress::Sweep { turns, of: self.of, states, dropped });
        !self.watch.stopped()
    }
}

impl Drop for Sweeping<'_> {
    fn drop(&mut self) {
        self.watch.progress(Progress::Over);
    }
}

/// Runs between two questions whether it is enough: after the same ones on any number of threads.
pub const LOOK: u32 = 2048;

/// Carries a study out in one go, for those who wait for it.
///
/// # Errors
/// Those of its steps.
pub fn carry_out<S: Study>(study: &S, watch: &dyn Watch) -> Result<S::Partial, Refusal> {
    let range = match study.extent() {
        Extent::Whole => 0..0,
        Extent::Runs { range, .. } => range,
    };
    carry_out_of(study, range, watch)
}

/// The same for some of its runs.
///
/// # Errors
/// Those of its steps.
pub fn carry_out_of<S: Study>(
    study: &S,
    range: Range<u32>,
    watch: &dyn Watch,
) -> Result<S::Partial, Refusal> {
    let mut partial = study.begin();
    match study.extent() {
        Extent::Whole => study.step(&mut partial, 0..0, watch)?,
        Extent::Runs { worlds, .. } => {
            // A step plays as many runs of all worlds as are soon played; it is asked whether they are enough where the command asks.
            let most = (LOOK / u32::try_from(worlds).unwrap_or(LOOK).max(1)).max(1);
            let (mut from, mut look) = (range.start, range.start);
            while from < range.end && !watch.stopped() {
                if from == look {
                    if study.enough(&partial) {
                        break;
                    }
                    look = range.end.min(look.saturating_add(LOOK));
                }
                let to = look.min(from.saturating_add(most));
                study.step(&mut partial, from..to, watch)?;
                from = to;
            }
        }
    }
    Ok(partial)
}

/// How what a study says can be had again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// How the scenario's file is called.
    pub file: String,
    /// The command that makes the same again.
    pub command: String,
}

impl Made {
    /// By the command of this name, with the words after its name; `file` is how it calls the scenario's file.
    pub fn of(name: &str, file: &str, words: impl IntoIterator<Item = String>) -> Self {
        let all: Vec<String> = ["baraza", name].map(str::to_owned).into_iter().chain(words).collect();
        Self { file: file.to_owned(), command: command(&all) }
    }

    /// By a command about a file with changes, and the words that follow them.
    pub fn about(
        name: &str,
        file: &str,
        changed: (Option<&str>, &[(String, String)]),
        words: Vec<String>,
    ) -> Self {
        let all = changes(changed.0, changed.1).into_iter().chain(words);
        Self::by(name, file, all)
    }

    /// The same where the words come before the changes.
    pub fn before(
        name: &str,
        file: &str,
        words: Vec<String>,
        changed: (Option<&str>, &[(String, String)]),
    ) -> Self {
        Self::by(name, file, words.into_iter().chain(changes(changed.0, changed.1)))
    }

    fn by(name: &str, file: &str, words: impl IntoIterator<Item = String>) -> Self {
        Self::of(name, file, std::iter::once(file.to_owned()).chain(words))
    }

    /// A file with changes, as a command names it.
    pub fn named(file: &str, changed: (Option<&str>, &[(String, String)])) -> String {
        let words: Vec<String> =
            std::iter::once(file.to_owned()).chain(changes(changed.0, changed.1)).collect();
        command(&words)
    }
}

/// A file that a study can give beside what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// A table.
    Table(Dataset),
    /// A table whose columns are of the study's own making, as CSV.
    Csv(String),
    /// A text, and what it shows.
    Text(String, String),
    /// Nothing, and why.
    Missing(String),
}

/// What a study found, in every form that it can be had in.
pub trait Findings {
    /// Where it came from.
    fn source(&self) -> package::Study;

    /// The page, with everything or with what matters most.
    fn document(&self, full: bool) -> Document;

    /// The tables for other programs.
    fn tables(&self) -> Vec<Dataset>;

    /// The text for a terminal, with everything or with what matters most.
    fn text(&self, full: bool, paper: Paper) -> String {
        terminal::text(&self.document(full), paper)
    }

    /// The name of the format of [`Findings::json`].
    fn format(&self) -> &'static str;

    /// One JSON document, ending in a line feed.
    fn json(&self) -> String {
        let source = self.source();
        pretty(&Json {
            format: self.format(),
            head: &source.head,
            from: source.from,
            to: source.to,
            level: source.level,
            tables: Typed(self.tables()),
        })
    }

    /// Whether the answer is yes, where the question was one of yes or no.
    fn verdict(&self) -> bool {
        true
    }

    /// What is to be said beside the answer.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }

    /// A file beside it, by its name.
    fn artifact(&self, _name: &str) -> Option<Artifact> {
        None
    }
}

#[derive(Serialize)]
struct Json<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: &'a Head<Option<u64>>,
    from: Option<u64>,
    to: Option<u64>,
    level: Option<f64>,
    tables: Typed,
}
