//! The debrief as one JSON document.

use serde::Serialize;

use crate::analysis::debrief::Debrief;
use crate::domain::{Discussion, History};
use crate::drivers::Head;
use crate::render::typed::Typed;
use crate::studies::forms::{Form, Score, scores};
use crate::text::pretty;

use super::{Deed, Report};

/// The name of the format of [`json`].
pub const FORMAT: &str = "baraza-debrief/4";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head,
    run: u32,
    seats: &'a [String],
    level: f64,
    results: Vec<Watched>,
    decisions: Vec<Decided>,
    debrief: &'a Debrief,
    forms: &'a [Form],
    form_scores: Vec<Score>,
    discussion: &'a [Discussion],
    history: &'a [History],
    tables: Typed,
}

/// What is watched: `outcome` or `signed`, and the id.
#[derive(Serialize)]
struct Watched {
    kind: &'static str,
    id: String,
    title: String,
}

/// A decision of the branch.
#[derive(Serialize)]
struct Decided {
    round: u8,
    who: String,
    what: crate::kernel::What,
    choice: String,
    words: String,
    open: Vec<String>,
}

/// The debrief as JSON, ending in a line feed.
pub fn json(report: &Report) -> String {
    let (header, world) = (report.header(), &report.model().world);
    let decided = |m: &crate::session::Moment| Decided {
        round: m.round(),
        who: m.question.who.id(world).into_owned(),
        what: m.question.site.what,
        choice: m.question.picked(m.pick).map_or_else(String::new, |a| a.word.clone()),
        words: Deed::done(report.model(), m).past,
        open: m.question.alternatives.iter().map(|a| a.word.clone()).collect(),
    };
    let watched = report.debrief.turning.results.iter().map(|r| {
        let (kind, id) = report.id(*r);
        Watched { kind, id: id.to_owned(), title: report.short(*r) }
    });
    pretty(&Document {
        format: FORMAT,
        head: report.head(),
        run: header.run,
        seats: &header.seats,
        level: report.level,
        results: watched.collect(),
        decisions: report.played.moments().iter().map(decided).collect(),
        debrief: report.debrief,
        forms: report.forms,
        form_scores: scores(report.forms),
        discussion: world.exercise.as_ref().map_or(&[], |e| &e.discussion),
        history: &world.history,
        tables: Typed(super::tables(report)),
    })
}
