//! How a branch ended: what was signed, what each party has in hand, and where a full settlement lies among all packages.

use serde::Serialize;

use crate::analysis::bargaining::{Concept, Problem, study};
use crate::domain::{
    InstrumentId, InstrumentState, ItemId, ItemState, Lifecycle, Model, Quantity, SeatId, TrackId,
};
use crate::drivers::Transcript;
use crate::kernel::{Entry, State, worth};

/// The solutions beside which a settlement is held.
const NAMED: [Concept; 4] =
    [Concept::Nash, Concept::KalaiSmorodinsky, Concept::Egalitarian, Concept::Utilitarian];

/// How a branch ended, or how it stands where it has not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settlement {
    /// The outcome, as a place in the scenario's list; `None` while the talks go on.
    pub outcome: Option<usize>,
    /// The round that was played last.
    pub round: u8,
    /// Whether they ended before the last round.
    pub early: bool,
    /// Instruments, in the order of the scenario.
    pub texts: Vec<TextEnd>,
    /// Seats, in the order of the scenario.
    pub seats: Vec<SeatEnd>,
    /// Tracks, in the order of the scenario.
    pub tracks: Vec<TrackEnd>,
}

/// What became of an instrument.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextEnd {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its state.
    pub state: &'static str,
    /// The rounds in which it was signed.
    pub signed: Vec<u8>,
    /// The first days of those rounds.
    pub dates: Vec<String>,
}

/// What a party has in hand at a track.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeatEnd {
    /// The id of the party.
    pub party: String,
    /// Its name.
    pub title: String,
    /// The id of the track.
    pub track: String,
    /// Its credit on settled items, in points of 100 of its best on the track.
    pub points: f64,
    /// What no agreement is worth to it there now.
    pub alternative: f64,
    /// What it was worth at the start.
    pub alternative_at_start: f64,
}

/// What a track came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrackEnd {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The parties at it, in the order of the utilities below.
    pub parties: Vec<String>,
    /// What is settled.
    pub settled: Vec<Settled>,
    /// The titles of the items that are open.
    pub open: Vec<String>,
    /// Where what is settled lies among all packages; `None` where that is not known.
    pub settlement: Option<Distance>,
    /// Why it is not.
    pub unknown: Option<String>,
}

/// A settled item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settled {
    /// The item.
    pub item: String,
    /// The option.
    pub option: String,
    /// Its state: `agreed`, `sealed` or `implemented`.
    pub state: &'static str,
    /// Whether a mediator's pressure brought it about.
    pub imposed: bool,
}

/// A settlement beside all packages of its track: utilities are credits in points of 100, by party.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distance {
    /// Whether all of the agenda is settled: else what is open counts as nothing.
    pub complete: bool,
    /// What it gives.
    pub utilities: Vec<f64>,
    /// What the parties fall back on.
    pub alternatives: Vec<f64>,
    /// The least and the most that any package gives, by party.
    pub range: Vec<(f64, f64)>,
    /// Whether no other package is as good for everybody and better for somebody; `None` while items are open.
    pub efficient: Option<bool>,
    /// The point of the frontier that is better for everybody by the largest sum; `None` where there is none, and while items
    /// are open.
    pub better: Option<Vec<f64>>,
    /// The points of the Pareto frontier.
    pub frontier: Vec<Vec<f64>>,
    /// Named solutions: the id of the rule, its title, what its first point gives, whether the settlement is one of its
    /// points.
    pub solutions: Vec<Named>,
}

/// A named solution beside the settlement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// The rule.
    pub concept: Concept,
    /// What it is called.
    pub title: &'static str,
    /// What its first point gives, by party.
    pub utilities: Vec<f64>,
    /// Whether the settlement gives everybody what one of its points gives.
    pub reached: bool,
}

/// How the talks ended, or stand, in a state.
pub fn settlement(model: &Model, state: &State, transcript: &Transcript) -> Settlement {
    let w = &model.world;
    let start = State::new(model);
    let outcome = usize::from(state.get(model, Quantity::Outcome)).checked_sub(1);
    let early = |e: &Entry| matches!(e, Entry::Ends { early: true, .. });
    let last = transcript.steps.last().map_or(1, |s| s.round);
    Settlement {
        outcome,
        round: last,
        early: transcript.entries().any(|(_, _, e)| early(&e)),
        texts: (0..w.instruments.len())
            .map(|n| text(model, state, transcript, InstrumentId::new(n)))
            .collect(),
        seats: (0..w.seats.len()).map(|s| seat(model, (&start, state), SeatId::new(s))).collect(),
        tracks: (0..w.tracks.len()).map(|t| track(model, state, TrackId::new(t))).collect(),
    }
}

fn text(model: &Model, state: &State, transcript: &Transcript, id: InstrumentId) -> TextEnd {
    let name = &model.world.instrument(id).name;
    let rounds = transcript.entries().filter_map(|(round, _, entry)| match entry {
        Entry::Instrument { instrument, to: InstrumentState::Signed, .. } if instrument == id => Some(round),
        _ => None,
    });
    let signed: Vec<u8> = rounds.collect();
    TextEnd {
        id: name.id.clone(),
        title: name.title.clone(),
        state: InstrumentState::of(state.get(model, Quantity::InstrumentState(id))).name(),
        dates: signed.iter().map(|r| model.world.date_of(*r).to_string()).collect(),
        signed,
    }
}

fn seat(model: &Model, (start, state): (&State, &State), id: SeatId) -> SeatEnd {
    let seat = model.world.seat(id);
    let name = &model.world.party(seat.party).name;
    SeatEnd {
        party: name.id.clone(),
        title: name.title.clone(),
        track: model.world.track(seat.track).name.id.clone(),
        points: worth::gained(model, state, id),
        alternative: worth::alternative(model, state, id),
        alternative_at_start: worth::alternative(model, start, id),
    }
}

fn track(model: &Model, state: &State, id: TrackId) -> TrackEnd {
    let (w, track) = (&model.world, model.world.track(id));
    let option = |i: &ItemId| worth::settled_option(model, state, *i);
    let settled = track.items.iter().filter_map(|i| {
        Some(Settled {
            item: w.item(*i).name.title.clone(),
            option: w.item(*i).options[option(i)?.at()].name.title.clone(),
            state: ItemState::of(state.get(model, Quantity::ItemState(*i))).name(),
            imposed: state.get(model, Quantity::Imposed(*i)) == 1,
        })
    });
    let package: Vec<Option<usize>> = track.items.iter().map(|i| option(i).map(|o| o.at())).collect();
    let (settlement, unknown) = match distance(model, state, id, &package) {
        Ok(distance) => (Some(distance), None),
        Err(why) => (None, Some(why)),
    };
    TrackEnd {
        id: track.name.id.clone(),
        title: track.name.title.clone(),
        parties: track.seats.iter().map(|s| w.party(w.seat(*s).party).name.title.clone()).collect(),
        settled: settled.collect(),
        open: track
            .items
            .iter()
            .filter(|i| option(i).is_none())
            .map(|i| w.item(*i).name.title.clone())
            .collect(),
        settlement,
        unknown,
    }
}

/// Two utilities that are one on paper.
fn same(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9)
}

/// What the settled values of a package give a party; an open issue counts as nothing.
fn so_far(problem: &Problem, party: usize, package: &[Option<usize>]) -> f64 {
    let party = &problem.parties[party];
    let worth = party.worth.iter().zip(package);
    worth.fold(party.constant, |sum, (row, value)| sum + value.map_or(0.0, |v| row[v]))
}

fn distance(
    model: &Model,
    state: &State,
    track: TrackId,
    package: &[Option<usize>],
) -> Result<Distance, String> {
    if package.is_empty() {
        return Err("nothing is on its agenda".into());
    }
    let problem = Problem::at(model, state, track);
    let analysis = study(&problem).map_err(|e| e.to_string())?;
    let complete = package.iter().all(Option::is_some);
    let utilities: Vec<f64> = (0..problem.parties.len()).map(|p| so_far(&problem, p, package)).collect();
    let sum = |u: &[f64]| u.iter().sum::<f64>();
    let covers =
        |u: &&Vec<f64>| u.iter().zip(&utilities).all(|(a, b)| *a >= b - 1e-9) && !same(u, &utilities);
    let better = analysis.frontier_utilities.iter().filter(covers).max_by(|a, b| sum(a).total_cmp(&sum(b)));
    let better = better.filter(|_| complete).cloned();
    let named = NAMED.iter().filter_map(|c| analysis.solutions.iter().find(|s| s.concept == *c));
    let named = named.filter_map(|s| {
        Some(Named {
            concept: s.concept,
            title: s.concept.title(),
            utilities: s.utilities.first()?.clone(),
            reached: complete && s.utilities.iter().any(|u| same(u, &utilities)),
        })
    });
    Ok(Distance {
        alternatives: analysis.ranges.iter().map(|r| r.alternative.unwrap_or(r.disagreement)).collect(),
        range: analysis.ranges.iter().map(|r| (r.least, r.most)).collect(),
        complete,
        efficient: complete.then_some(better.is_none()),
        better,
        solutions: named.collect(),
        frontier: analysis.frontier_utilities,
        utilities,
    })
}
