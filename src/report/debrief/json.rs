//! The debrief as one JSON document.

use serde::Serialize;

use crate::analysis::debrief::Debrief;
use crate::domain::{Discussion, History};
use crate::drivers::GENERATOR;
use crate::report::pretty;

use super::{Deed, NOTE, Report};

/// The name of the format of [`json`].
pub const FORMAT: &str = "baraza-debrief/1";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: &'static str,
    generator: &'static str,
    title: &'a str,
    fingerprint: &'a str,
    seed: u64,
    run: u32,
    what_if: Option<&'a str>,
    set: Vec<Setting<'a>>,
    seats: &'a [String],
    level: f64,
    note: &'static str,
    results: Vec<Watched>,
    decisions: Vec<Decided>,
    debrief: &'a Debrief,
    discussion: &'a [Discussion],
    history: &'a [History],
}

#[derive(Serialize)]
struct Setting<'a> {
    path: &'a str,
    value: &'a str,
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
        who: m.question.who.id(world).to_owned(),
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
        version: env!("CARGO_PKG_VERSION"),
        generator: GENERATOR,
        title: &world.title,
        fingerprint: &header.fingerprint,
        seed: header.seed,
        run: header.run,
        what_if: header.what_if.as_deref(),
        set: header.set.iter().map(|(path, value)| Setting { path, value }).collect(),
        seats: &header.seats,
        level: report.level,
        note: NOTE,
        results: watched.collect(),
        decisions: report.played.moments().iter().map(decided).collect(),
        debrief: report.debrief,
        discussion: world.exercise.as_ref().map_or(&[], |e| &e.discussion),
        history: &world.history,
    })
}
