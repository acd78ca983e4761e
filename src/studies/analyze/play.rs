//! What simulated runs make of the tracks of a scenario.

use crate::analysis::bargaining::{Agreements, NotFollowed, Ripeness, Rule, Watch, Watched, offers, watch};
use crate::analysis::ensemble::Range;
use crate::domain::{Course, Model, TrackId};
use crate::drivers::{Sampler, Transcript, record};
use crate::exchange::Finding;

use super::{Board, Played, finding};

/// Runs where nobody says how many.
pub const RUNS: u32 = 1_000;

/// Which runs are played, and which of them has its offers told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    /// The seed.
    pub seed: u64,
    /// How many.
    pub runs: u32,
    /// The run whose offers are told.
    pub run: u32,
}

/// Who looks on.
pub struct Onlookers<'a> {
    /// Asked before every batch of runs, with the first run and the one after the last: where the batch ends; the first run itself ends the
    /// work there.
    pub next: &'a mut dyn FnMut(u32, u32) -> u32,
    /// Asked before each of so many situations is followed, on any thread: whether to go on.
    pub go_on: &'a (dyn Fn(usize) -> bool + Sync),
}

/// Plays a scenario and adds to the boards what its runs made of every track; to the findings what could not be followed. Says how many
/// runs were played: the first ones, where somebody stopped it.
pub fn play(
    model: &Model,
    (boards, tracks): (&mut [Board], &[TrackId]),
    findings: &mut Vec<Finding>,
    asked: Runs,
    onlookers: Onlookers,
) -> u64 {
    if asked.runs == 0 || boards.is_empty() {
        return 0;
    }
    let watches: Vec<Watch> = tracks.iter().map(|t| Watch::new(model, *t)).collect();
    let watched = watch_all(model, &watches, asked, onlookers.next);
    let played = watched.first().map_or(0, Watched::runs);
    if played == 0 {
        return 0;
    }
    let transcript = record(model, &mut Sampler::new(asked.seed, asked.run));
    for (((board, track), watch), watched) in boards.iter_mut().zip(tracks).zip(&watches).zip(&watched) {
        let rule: &Rule = &board.problem.rule;
        let ripeness: Result<Ripeness, NotFollowed> =
            Ripeness::of(model, *track, rule, watch, watched, onlookers.go_on);
        let ripeness = ripeness.map_err(|e| findings.push(finding(&board.title, &e.to_string()))).ok();
        let agreements = Agreements::of(&board.problem, &board.analysis, watched);
        board.played = Some(seen(model, *track, agreements, ripeness, &transcript));
    }
    played
}

fn seen(
    model: &Model,
    track: TrackId,
    agreements: Agreements,
    ripeness: Option<Ripeness>,
    transcript: &Transcript,
) -> Played {
    let world = &model.world;
    let text = world.track(track).procedure.course() == Course::Text;
    let lead = world.track(track).mediators.first().filter(|_| text);
    Played {
        agreements,
        ripeness,
        offers: offers(model, track, transcript),
        mediator: lead.map(|m| world.mediator(*m).name.title.clone()),
    }
}

/// Plays batch by batch: whenever it stops, the runs watched are the first ones.
fn watch_all(
    model: &Model,
    watches: &[Watch],
    asked: Runs,
    next: &mut dyn FnMut(u32, u32) -> u32,
) -> Vec<Watched> {
    let mut all: Vec<Watched> = Vec::new();
    let mut from = 0;
    while from < asked.runs {
        let to = next(from, asked.runs);
        if to <= from {
            break;
        }
        let more = watch(model, watches, Range { seed: asked.seed, from, to });
        match all.is_empty() {
            true => all = more,
            false => all.iter_mut().zip(&more).for_each(|(a, b)| a.merge(b)),
        }
        from = to;
    }
    all
}
