//! What simulated runs made of a track, as parts of the JSON document.

use serde::Serialize;

use crate::analysis::bargaining::{Agreements, Moment, Offer, Ripeness, Spread};
use crate::analysis::summary::Share;

use super::{Board, Played, Report};

/// Simulated agreements.
#[derive(Serialize)]
pub(super) struct Simulated<'a> {
    runs: u64,
    agreed: u64,
    held: u64,
    partial: u64,
    none: u64,
    by_round: &'a [u64],
    efficient: u64,
    in_zone: u64,
    distance: Option<Spread>,
    left: Option<Spread>,
    nash: Option<Spread>,
    utilities: Option<&'a [Spread]>,
    packages: Vec<Agreed<'a>>,
}

#[derive(Serialize)]
struct Agreed<'a> {
    runs: u64,
    utilities: &'a [f64],
    efficient: bool,
    in_zone: bool,
    distance: f64,
    left: f64,
    nash: Option<f64>,
    package: Vec<&'a str>,
}

/// The zone at one moment.
#[derive(Serialize)]
pub(super) struct ZoneRow<'a> {
    round: usize,
    date: Option<String>,
    open: Share,
    ripe: Share,
    ripe_and_open: u64,
    packages: [u64; 3],
    parties: Vec<AlternativeRow<'a>>,
    options: Vec<OptionRow<'a>>,
}

#[derive(Serialize)]
struct AlternativeRow<'a> {
    party: &'a str,
    mean: f64,
    tenth: f64,
    median: f64,
    ninetieth: f64,
    feasible: f64,
}

#[derive(Serialize)]
struct OptionRow<'a> {
    issue: &'a str,
    value: &'a str,
    runs: u64,
}

/// The offers of one run.
#[derive(Serialize)]
pub(super) struct Negotiation<'a> {
    run: u32,
    offers: Vec<OfferRow<'a>>,
}

#[derive(Serialize)]
struct OfferRow<'a> {
    round: u8,
    by: Option<&'a str>,
    mediator: Option<&'a str>,
    stood: bool,
    agreed: bool,
    utilities: Vec<f64>,
    package: Vec<&'a str>,
}

/// The agreements of a track.
pub(super) fn simulated(board: &Board) -> Option<Simulated<'_>> {
    let a: &Agreements = &board.played.as_ref()?.agreements;
    let packages = a.list.iter().map(|x| Agreed {
        runs: x.runs,
        utilities: &x.utilities,
        efficient: x.efficient,
        in_zone: x.in_zone,
        distance: x.distance,
        left: x.left,
        nash: x.nash,
        package: board.package(x.package),
    });
    Some(Simulated {
        runs: a.runs,
        agreed: a.agreed,
        held: a.held,
        partial: a.partial,
        none: a.none,
        by_round: &a.by_round,
        efficient: a.efficient,
        in_zone: a.in_zone,
        distance: a.distance,
        left: a.left,
        nash: a.nash,
        utilities: a.utilities.as_deref(),
        packages: packages.collect(),
    })
}

/// The zone of a track by round.
pub(super) fn zone_by_round<'a>(board: &'a Board, report: &Report<'_>) -> Option<Vec<ZoneRow<'a>>> {
    let ripeness = board.played.as_ref()?.ripeness.as_ref()?;
    let dates = report.dates();
    let rows = ripeness.rounds.iter().enumerate();
    Some(
        rows.map(|(round, moment)| {
            let date = round.checked_sub(1).and_then(|r| dates.get(r).cloned());
            row(board, report, ripeness, (round, date), moment)
        })
        .collect(),
    )
}

fn row<'a>(
    board: &'a Board,
    report: &Report<'_>,
    ripeness: &Ripeness,
    (round, date): (usize, Option<String>),
    moment: &Moment,
) -> ZoneRow<'a> {
    let share = |runs: u64| Share::of(runs, ripeness.runs, 1.0 - report.level);
    let seats = board.problem.parties.iter().zip(&moment.alternatives).zip(&ripeness.feasible);
    let issues = board.problem.issues.iter().zip(&moment.options);
    ZoneRow {
        round,
        date,
        open: share(moment.open),
        ripe: share(moment.ripe),
        ripe_and_open: moment.both,
        packages: moment.packages,
        parties: seats
            .map(|((party, a), feasible)| AlternativeRow {
                party: &party.name,
                mean: a.mean,
                tenth: a.low,
                median: a.median,
                ninetieth: a.high,
                feasible: *feasible,
            })
            .collect(),
        options: issues
            .flat_map(|(issue, counts)| {
                let values = issue.values.iter().zip(counts);
                values.map(|(value, runs)| OptionRow { issue: &issue.name, value, runs: *runs })
            })
            .collect(),
    }
}

/// The offers of one run of a track; `None` where single items are bargained over.
pub(super) fn negotiation<'a>(board: &'a Board, report: &Report<'_>) -> Option<Negotiation<'a>> {
    let played: &Played = board.played.as_ref()?;
    let run = report.scenario?.run;
    let offers: Vec<_> = played.offers.iter().map(|offer| told(board, played, offer)).collect();
    (!offers.is_empty()).then_some(Negotiation { run, offers })
}

fn told<'a>(board: &'a Board, played: &'a Played, offer: &Offer) -> OfferRow<'a> {
    let (problem, parties) = (&board.problem, board.problem.parties.len());
    OfferRow {
        round: offer.round,
        by: offer.by.map(|p| problem.parties[p].name.as_str()),
        mediator: if offer.by.is_none() { played.mediator.as_deref() } else { None },
        stood: offer.stood,
        agreed: offer.agreed,
        utilities: (0..parties).map(|p| problem.utility(p, &offer.package)).collect(),
        package: problem.issues.iter().zip(&offer.package).map(|(i, v)| i.values[*v].as_str()).collect(),
    }
}
