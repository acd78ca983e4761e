//! The analysis as tidy tables.

use crate::analysis::bargaining::{Agreements, Offer, Ripeness, Spread, Use};
use crate::analysis::summary::Share;
use crate::document::dataset::Dataset;

use super::{Board, Report};

/// Every table of an analysis (docs/formats.md). What does not exist has no rows.
pub fn tables(report: &Report<'_>) -> Vec<Dataset> {
    let mut tables = Tables::new();
    for board in report.boards {
        tables.parties(board);
        tables.values(board);
        tables.frontier(board);
        tables.solutions(board);
        let Some(played) = &board.played else { continue };
        tables.agreements(board, &played.agreements, report);
        if let Some(ripeness) = &played.ripeness {
            tables.zone(board, ripeness, report);
        }
        tables.offers(board, &played.offers);
    }
    tables.all()
}

struct Tables {
    parties: Dataset,
    values: Dataset,
    frontier: Dataset,
    frontier_utilities: Dataset,
    solutions: Dataset,
    simulated: Dataset,
    agreements: Dataset,
    agreement_utilities: Dataset,
    agreed_by_round: Dataset,
    zone_by_round: Dataset,
    alternatives_by_round: Dataset,
    options_by_round: Dataset,
    offers: Dataset,
    offer_utilities: Dataset,
}

/// A number as it is: the shortest text that reads back as the same.
fn number(value: f64) -> String {
    value.to_string()
}

fn maybe(value: Option<f64>) -> String {
    value.map(number).unwrap_or_default()
}

fn flag(value: bool) -> String {
    value.to_string()
}

/// A package: `item=option; …`.
fn package(board: &Board, values: &[usize]) -> String {
    let names = &board.names;
    let parts = names.issues.iter().zip(&names.values).zip(values);
    parts.map(|((issue, options), v)| format!("{issue}={}", options[*v])).collect::<Vec<_>>().join("; ")
}

impl Tables {
    fn new() -> Self {
        Self {
            parties: Dataset::new(
                "parties",
                &[
                    "board",
                    "party",
                    "title",
                    "worst",
                    "best",
                    "alternative",
                    "disagreement",
                    "ideal",
                    "accepts",
                    "accepts_passing",
                    "alone_refuses",
                ],
            ),
            values: Dataset::new("issue_values", &["board", "issue", "value", "title", "status", "packages"]),
            frontier: Dataset::new("frontier", &["board", "point", "packages", "package"]),
            frontier_utilities: Dataset::new("frontier_utilities", &["board", "point", "party", "utility"]),
            solutions: Dataset::new(
                "solutions",
                &["board", "concept", "value", "point", "party", "utility", "packages", "package"],
            ),
            simulated: Dataset::new("simulated", &["board", "measure", "value"]),
            agreements: Dataset::new(
                "agreements",
                &[
                    "board",
                    "agreement",
                    "runs",
                    "share",
                    "efficient",
                    "in_zone",
                    "distance",
                    "left_over",
                    "nash",
                    "package",
                ],
            ),
            agreement_utilities: Dataset::new(
                "agreement_utilities",
                &["board", "agreement", "party", "utility"],
            ),
            agreed_by_round: Dataset::new("agreed_by_round", &["board", "round", "date", "runs", "share"]),
            zone_by_round: Dataset::new(
                "zone_by_round",
                &["board", "round", "date", "measure", "runs", "share", "low", "high", "packages"],
            ),
            alternatives_by_round: Dataset::new(
                "alternatives_by_round",
                &["board", "party", "round", "date", "measure", "value"],
            ),
            options_by_round: Dataset::new(
                "options_by_round",
                &["board", "item", "option_id", "round", "date", "runs", "share"],
            ),
            offers: Dataset::new(
                "offers",
                &["board", "offer", "round", "offered_by", "stood", "agreed", "package"],
            ),
            offer_utilities: Dataset::new("offer_utilities", &["board", "offer", "party", "utility"]),
        }
    }

    fn all(self) -> Vec<Dataset> {
        vec![
            self.parties,
            self.values,
            self.frontier,
            self.frontier_utilities,
            self.solutions,
            self.simulated,
            self.agreements,
            self.agreement_utilities,
            self.agreed_by_round,
            self.zone_by_round,
            self.alternatives_by_round,
            self.options_by_round,
            self.offers,
            self.offer_utilities,
        ]
    }

    fn parties(&mut self, board: &Board) {
        let zone = &board.analysis.zone;
        for (p, (party, range)) in board.problem.parties.iter().zip(&board.analysis.ranges).enumerate() {
            self.parties.push([
                board.names.board.clone(),
                board.names.parties[p].clone(),
                party.name.clone(),
                number(range.least),
                number(range.most),
                maybe(range.alternative),
                number(range.disagreement),
                maybe(range.ideal),
                zone.accepted[p].to_string(),
                zone.accepted_and_passing[p].to_string(),
                zone.alone_refused[p].to_string(),
            ]);
        }
    }

    fn values(&mut self, board: &Board) {
        for (i, issue) in board.problem.issues.iter().enumerate() {
            for (v, used) in board.analysis.zone.values[i].iter().enumerate() {
                let status = match used.status {
                    Use::Open => "open",
                    Use::Closed => "closed",
                    Use::Refused => "refused",
                };
                self.values.push([
                    board.names.board.clone(),
                    board.names.issues[i].clone(),
                    board.names.values[i][v].clone(),
                    issue.values[v].clone(),
                    status.to_owned(),
                    used.packages.to_string(),
                ]);
            }
        }
    }

    fn frontier(&mut self, board: &Board) {
        let points = board.analysis.frontier.points.iter().zip(&board.analysis.frontier_utilities);
        for (k, (point, utilities)) in points.enumerate() {
            let first = board.analysis.space.package(point.packages[0] as usize);
            self.frontier.push([
                board.names.board.clone(),
                (k + 1).to_string(),
                point.packages.len().to_string(),
                package(board, &first),
            ]);
            utility_rows(&mut self.frontier_utilities, board, k, utilities);
        }
    }

    fn solutions(&mut self, board: &Board) {
        for solution in &board.analysis.solutions {
            let first = board.analysis.space.package(solution.packages[0] as usize);
            for (k, utilities) in solution.utilities.iter().enumerate() {
                for (party, utility) in board.names.parties.iter().zip(utilities) {
                    self.solutions.push([
                        board.names.board.clone(),
                        name_of(&solution.concept),
                        number(solution.value),
                        (k + 1).to_string(),
                        party.clone(),
                        number(*utility),
                        solution.packages.len().to_string(),
                        if k == 0 { package(board, &first) } else { String::new() },
                    ]);
                }
            }
        }
    }

    fn agreements(&mut self, board: &Board, a: &Agreements, report: &Report<'_>) {
        let name = || board.names.board.clone();
        let whole = [
            ("runs", a.runs),
            ("agreed", a.agreed),
            ("held", a.held),
            ("partial", a.partial),
            ("none", a.none),
            ("efficient", a.efficient),
            ("in_zone", a.in_zone),
        ];
        whole.iter().for_each(|(what, n)| self.simulated.push([name(), (*what).into(), n.to_string()]));
        let mut spread = |what: &str, spread: &Spread| {
            let s = spread;
            for (of, value) in [
                ("mean", s.mean),
                ("tenth", s.tenth),
                ("median", s.median),
                ("ninetieth", s.ninetieth),
                ("most", s.most),
            ] {
                self.simulated.push([name(), format!("{what}_{of}"), number(value)]);
            }
        };
        a.distance.iter().for_each(|s| spread("distance", s));
        a.left.iter().for_each(|s| spread("left", s));
        a.nash.iter().for_each(|s| spread("nash", s));
        let by_party = board.names.parties.iter().zip(a.utilities.iter().flatten());
        by_party.for_each(|(party, s)| spread(&format!("utility.{party}"), s));
        for (k, x) in a.list.iter().enumerate() {
            self.agreements.push([
                name(),
                (k + 1).to_string(),
                x.runs.to_string(),
                share(x.runs, a.runs),
                flag(x.efficient),
                flag(x.in_zone),
                number(x.distance),
                number(x.left),
                maybe(x.nash),
                package(board, &board.analysis.space.package(x.package as usize)),
            ]);
            utility_rows(&mut self.agreement_utilities, board, k, &x.utilities);
        }
        for (r, (runs, date)) in a.by_round.iter().zip(report.dates()).enumerate() {
            let row = [name(), (r + 1).to_string(), date, runs.to_string(), share(*runs, a.runs)];
            self.agreed_by_round.push(row);
        }
    }

    fn zone(&mut self, board: &Board, ripeness: &Ripeness, report: &Report<'_>) {
        let (names, dates, runs) = (&board.names, report.dates(), ripeness.runs);
        for (round, moment) in ripeness.rounds.iter().enumerate() {
            let date = round.checked_sub(1).and_then(|r| dates.get(r).cloned()).unwrap_or_default();
            let at = || [names.board.clone(), round.to_string(), date.clone()];
            for (what, n) in [("open", moment.open), ("ripe", moment.ripe), ("ripe_and_open", moment.both)] {
                let s = Share::of(n, runs, 1.0 - report.level);
                let [board, round, date] = at();
                let figures = [s.share, s.low, s.high].map(number);
                let [value, low, high] = figures;
                let runs = n.to_string();
                self.zone_by_round.push([
                    board,
                    round,
                    date,
                    what.into(),
                    runs,
                    value,
                    low,
                    high,
                    String::new(),
                ]);
            }
            let quantiles = ["packages_tenth", "packages_median", "packages_ninetieth"];
            for (what, n) in quantiles.iter().zip(moment.packages) {
                let [board, round, date] = at();
                let none = String::new;
                self.zone_by_round.push([
                    board,
                    round,
                    date,
                    (*what).into(),
                    none(),
                    none(),
                    none(),
                    none(),
                    n.to_string(),
                ]);
            }
            for (p, (a, feasible)) in moment.alternatives.iter().zip(&ripeness.feasible).enumerate() {
                for (what, value) in [
                    ("mean", a.mean),
                    ("tenth", a.low),
                    ("median", a.median),
                    ("ninetieth", a.high),
                    ("feasible", *feasible),
                ] {
                    let [board, round, date] = at();
                    let party = names.parties[p].clone();
                    self.alternatives_by_round.push([board, party, round, date, what.into(), number(value)]);
                }
            }
            for (i, counts) in moment.options.iter().enumerate() {
                for (v, n) in counts.iter().enumerate() {
                    let [board, round, date] = at();
                    let (item, option) = (names.issues[i].clone(), names.values[i][v].clone());
                    let row = [board, item, option, round, date, n.to_string(), share(*n, runs)];
                    self.options_by_round.push(row);
                }
            }
        }
    }

    fn offers(&mut self, board: &Board, offers: &[Offer]) {
        for (k, offer) in offers.iter().enumerate() {
            self.offers.push([
                board.names.board.clone(),
                (k + 1).to_string(),
                offer.round.to_string(),
                offer.by.map_or(String::new(), |p| board.names.parties[p].clone()),
                flag(offer.stood),
                flag(offer.agreed),
                package(board, &offer.package),
            ]);
            let parties = 0..board.problem.parties.len();
            let utilities: Vec<f64> = parties.map(|p| board.problem.utility(p, &offer.package)).collect();
            utility_rows(&mut self.offer_utilities, board, k, &utilities);
        }
    }
}

/// One row a party.
fn utility_rows(sheet: &mut Dataset, board: &Board, k: usize, utilities: &[f64]) {
    for (party, utility) in board.names.parties.iter().zip(utilities) {
        let row = [board.names.board.clone(), (k + 1).to_string(), party.clone(), number(*utility)];
        sheet.push(row);
    }
}

fn share(runs: u64, of: u64) -> String {
    number(runs as f64 / of.max(1) as f64)
}

/// The name of a concept in data files.
fn name_of(concept: &crate::analysis::bargaining::Concept) -> String {
    serde_json::to_value(concept).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
