//! A session looked back on, as text, as JSON and as tables.

mod deed;
mod fields;
mod hidden;
mod json;
mod levels;
mod page;
mod sentences;
mod settled;
mod tables;
mod text;

use crate::analysis::debrief::{Debrief, Ending, Played};
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::Model;
use crate::drivers::Head;
use crate::render::package;
use crate::session::{Header, Moment, Session};
use crate::telling::chronicle::clean;
use crate::text::paper::Paper;

use super::forms::Form;
use super::study::{Findings, Made};

pub(crate) use hidden::{alternatives, closeness, mandates};
pub use json::{FORMAT, json};
pub(crate) use levels::{LEVELS, course, unchanged};
pub(crate) use sentences::{agenda, goal, luck, mean, missed, plain_points, precision, turned, verb, whole};
pub(crate) use settled::{EXPECTED, frontier_ends, hand, placed};
pub use tables::tables;
pub use text::text;
pub(crate) use text::{chance, differences, origin, outcome};

pub(crate) use deed::Deed;

/// What the figures are.
pub(crate) const NOTE: &str = "Chances are those of a teaching model under the scenario's assumptions, from a moment of the \
session on: exact where every way can be followed, else shares of runs. From there on the model plays every seat: what people decided later plays no part in them. They are \
no forecasts, and no judgement of the people who played.";

/// Where there is no turning point.
pub(crate) const UNMOVED: &str =
    "No decision moved any chance: each was what the model would have done, or led to the same.";

/// How turning points are ranked.
pub(crate) const SWING: &str = "A decision's swing is the largest shift, over all outcomes and all texts signed by the end, from \
before the decision (the model takes it by its own rule and odds) to after it. Where \
chances are sampled, each pair of runs has the same luck, and what is told is chosen in a first look and measured on other runs.";

/// How missed chances are ranked.
pub(crate) const MISSED: &str = "A party is taken to want points on settled items above its alternative, a mediator a settled \
agenda. A chance was missed where another alternative that was open would have given more of that on average, beyond what \
luck explains.";

/// In what unit options are told.
pub(crate) const UNITS: &str = "What options are worth is told in points of 100, which are the best options of a track together; a \
role's sheet has the scenario's own points.";

/// A debrief to be reported on.
pub struct Report<'a> {
    /// The session.
    pub session: &'a Session<'a>,
    /// The branch, played again.
    pub played: &'a Played<'a>,
    /// What was found.
    pub debrief: &'a Debrief,
    /// Predictions on forms, beside those of the log.
    pub forms: &'a [Form],
    /// Level of the intervals.
    pub level: f64,
    /// How many runs an alternative was given.
    pub runs: u32,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Findings for Report<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_runs("debrief", self.head(), 0, u64::from(self.runs), self.level)
    }

    fn document(&self, _: bool) -> Document {
        page::document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables(self)
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        text(self, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        json(self)
    }
}

impl Report<'_> {
    pub(crate) fn model(&self) -> &Model {
        self.played.model()
    }

    /// The head of what is written about it.
    pub fn head(&self) -> Head {
        Head { note: NOTE.into(), ..self.header().head.clone() }
    }

    pub(crate) fn header(&self) -> &Header {
        self.session.header()
    }

    pub(crate) fn moment(&self, decision: usize) -> &Moment {
        &self.played.moments()[decision]
    }

    /// A party at a track, by its title; where there is one track, the party alone.
    pub(crate) fn at(&self, party: &str, track: &str) -> String {
        let tracks = &self.model().world.tracks;
        let title = tracks.iter().find(|t| t.name.id == track).map_or(track, |t| &t.name.title);
        if tracks.len() == 1 { clean(party) } else { format!("{} in “{}”", clean(party), clean(title)) }
    }

    /// What a result is called within a sentence.
    pub(crate) fn ending(&self, ending: Ending) -> String {
        let w = &self.model().world;
        match ending {
            Ending::Outcome(k) => format!("the chance of the outcome “{}”", clean(&w.outcomes[k].name.title)),
            Ending::Text(k) => format!("the chance that “{}” is signed", clean(&w.instruments[k].name.title)),
        }
    }

    /// What a result is called in a table.
    pub(crate) fn short(&self, ending: Ending) -> String {
        let w = &self.model().world;
        match ending {
            Ending::Outcome(k) => clean(&w.outcomes[k].name.title),
            Ending::Text(k) => format!("signed: {}", clean(&w.instruments[k].name.title)),
        }
    }

    /// Its id in tables and documents: the kind and the id.
    pub(crate) fn id(&self, ending: Ending) -> (&'static str, &str) {
        let w = &self.model().world;
        match ending {
            Ending::Outcome(k) => ("outcome", &w.outcomes[k].name.id),
            Ending::Text(k) => ("signed", &w.instruments[k].name.id),
        }
    }
}
