//! The analysis as one JSON document.

use serde::Serialize;

use crate::analysis::bargaining::{Concept, Concession, Lotteries, Stand, Unnamed, Use};
use crate::drivers::Head;
use crate::exchange::{Finding, Format};
use crate::render::typed::Typed;
use crate::text::pretty;

use super::json_runs::{Negotiation, Simulated, ZoneRow as MomentRow, negotiation, simulated, zone_by_round};
use super::{Board, Report};

/// The name of the format.
pub const FORMAT: &str = "baraza-analysis/3";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head<Option<u64>>,
    source: Option<Format>,
    runs: Option<u64>,
    level: f64,
    findings: Vec<Odd<'a>>,
    boards: Vec<BoardRow<'a>>,
    tables: Typed,
}

#[derive(Serialize)]
struct Odd<'a> {
    file: &'a str,
    line: Option<usize>,
    message: &'a str,
}

#[derive(Serialize)]
struct BoardRow<'a> {
    title: &'a str,
    packages: usize,
    rule: RuleRow<'a>,
    initial: Option<InitialRow<'a>>,
    parties: Vec<PartyRow<'a>>,
    issues: Vec<IssueRow<'a>>,
    zone: ZoneRow<'a>,
    frontier: FrontierRow<'a>,
    solutions: Vec<SolutionRow<'a>>,
    undefined: Vec<UndefinedRow>,
    lotteries: Option<Lotteries>,
    opposition: Option<f64>,
    opposition_in_zone: Option<f64>,
    opposition_relative: Option<f64>,
    simulated: Option<Simulated<'a>>,
    zone_by_round: Option<Vec<MomentRow<'a>>>,
    negotiation: Option<Negotiation<'a>>,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    may_refuse: usize,
    vetoes: Vec<&'a str>,
    strict: bool,
}

/// The deal on the table at the start; numbers by party.
#[derive(Serialize)]
struct InitialRow<'a> {
    package: Vec<&'a str>,
    utilities: &'a [f64],
    total: f64,
    accepted: &'a [bool],
    accepts: usize,
    passes: bool,
}

#[derive(Serialize)]
struct PartyRow<'a> {
    name: &'a str,
    worst: f64,
    best: f64,
    alternative: Option<f64>,
    disagreement: f64,
    ideal: Option<f64>,
    accepts: u64,
    accepts_passing: u64,
    alone_refuses: u64,
    discount: Option<f64>,
    step_discount: Option<f64>,
}

#[derive(Serialize)]
struct IssueRow<'a> {
    name: &'a str,
    values: Vec<ValueRow<'a>>,
}

#[derive(Serialize)]
struct ValueRow<'a> {
    name: &'a str,
    status: Use,
    packages: u64,
    refused_by: Vec<&'a str>,
}

#[derive(Serialize)]
struct ZoneRow<'a> {
    packages: u64,
    better: u64,
    passing: u64,
    by_acceptance: &'a [u64],
    concessions: Vec<ConcessionRow<'a>>,
}

#[derive(Serialize)]
struct ConcessionRow<'a> {
    party: &'a str,
    amount: f64,
    share: f64,
    package: Vec<&'a str>,
}

#[derive(Serialize)]
struct FrontierRow<'a> {
    packages: usize,
    points: usize,
    packages_in_zone: usize,
    points_in_zone: usize,
    packages_passing: usize,
    list: Vec<PointRow<'a>>,
}

#[derive(Serialize)]
struct PointRow<'a> {
    utilities: &'a [f64],
    packages: usize,
    package: Vec<&'a str>,
}

#[derive(Serialize)]
struct SolutionRow<'a> {
    concept: Concept,
    title: &'static str,
    formula: &'static str,
    source: &'static str,
    value: f64,
    utilities: &'a [Vec<f64>],
    packages: usize,
    package: Vec<&'a str>,
}

/// A rule that names nothing.
#[derive(Serialize)]
struct UndefinedRow {
    concept: Concept,
    title: &'static str,
    reason: String,
}

/// The document.
pub fn json(report: &Report<'_>) -> String {
    pretty(&Document {
        format: FORMAT,
        head: report.head(),
        source: report.format,
        runs: report.scenario.map(|s| s.runs),
        level: report.level,
        findings: report.findings.iter().map(odd).collect(),
        boards: report.boards.iter().map(|b| board(b, report)).collect(),
        tables: Typed(super::tables(report)),
    })
}

fn odd(finding: &Finding) -> Odd<'_> {
    Odd { file: &finding.file, line: finding.line, message: &finding.message }
}

fn board<'a>(board: &'a Board, report: &Report<'_>) -> BoardRow<'a> {
    let (problem, analysis) = (&board.problem, &board.analysis);
    let name = |p: &usize| problem.parties[*p].name.as_str();
    BoardRow {
        title: &board.title,
        packages: analysis.space.packages(),
        rule: RuleRow {
            may_refuse: problem.rule.may_refuse,
            vetoes: problem.rule.vetoes.iter().map(name).collect(),
            strict: problem.rule.strict,
        },
        initial: board.terms.initial.as_ref().map(|stand| initial(board, stand)),
        parties: parties(board),
        issues: issues(board),
        zone: zone(board),
        frontier: frontier(board),
        solutions: solutions(board),
        undefined: undefined(board),
        lotteries: board.lotteries(),
        opposition: analysis.opposition,
        opposition_in_zone: analysis.opposition_in_zone,
        opposition_relative: analysis.opposition_relative,
        simulated: simulated(board),
        zone_by_round: zone_by_round(board, report),
        negotiation: negotiation(board, report),
    }
}

fn initial<'a>(board: &'a Board, stand: &'a Stand) -> InitialRow<'a> {
    InitialRow {
        package: board.named(&stand.package),
        utilities: &stand.utilities,
        total: stand.utilities.iter().sum(),
        accepted: &stand.accepted,
        accepts: stand.accepted.iter().filter(|yes| **yes).count(),
        passes: stand.passes,
    }
}

fn parties(board: &Board) -> Vec<PartyRow<'_>> {
    let zone = &board.analysis.zone;
    let rows = board.problem.parties.iter().zip(&board.analysis.ranges).enumerate();
    rows.map(|(p, (party, range))| PartyRow {
        name: &party.name,
        worst: range.least,
        best: range.most,
        alternative: range.alternative,
        disagreement: range.disagreement,
        ideal: range.ideal,
        accepts: zone.accepted[p],
        accepts_passing: zone.accepted_and_passing[p],
        alone_refuses: zone.alone_refused[p],
        discount: board.terms.discount(p).0,
        step_discount: board.terms.discount(p).1,
    })
    .collect()
}

fn issues(board: &Board) -> Vec<IssueRow<'_>> {
    let name = |p: &usize| board.problem.parties[*p].name.as_str();
    let rows = board.problem.issues.iter().zip(&board.analysis.zone.values);
    rows.map(|(issue, uses)| IssueRow {
        name: &issue.name,
        values: issue
            .values
            .iter()
            .zip(uses)
            .map(|(value, used)| ValueRow {
                name: value,
                status: used.status,
                packages: used.packages,
                refused_by: used.refused_by.iter().map(name).collect(),
            })
            .collect(),
    })
    .collect()
}

fn zone(board: &Board) -> ZoneRow<'_> {
    let zone = &board.analysis.zone;
    let concession = |c: &Concession| ConcessionRow {
        party: &board.problem.parties[c.party].name,
        amount: c.amount,
        share: c.share,
        package: board.package(c.package),
    };
    ZoneRow {
        packages: zone.packages,
        better: zone.better,
        passing: zone.passing,
        by_acceptance: &zone.by_acceptance,
        concessions: zone.concessions.iter().map(concession).collect(),
    }
}

fn frontier(board: &Board) -> FrontierRow<'_> {
    let analysis = &board.analysis;
    let points = analysis.frontier.points.iter().zip(&analysis.frontier_utilities);
    FrontierRow {
        packages: analysis.frontier.packages(),
        points: analysis.frontier.points.len(),
        packages_in_zone: analysis.frontier_in_zone,
        points_in_zone: analysis.points_in_zone,
        packages_passing: analysis.frontier_passing,
        list: points
            .map(|(point, utilities)| PointRow {
                utilities,
                packages: point.packages.len(),
                package: board.package(point.packages[0]),
            })
            .collect(),
    }
}

fn solutions(board: &Board) -> Vec<SolutionRow<'_>> {
    let mut rows = Vec::new();
    for solution in &board.analysis.solutions {
        rows.push(SolutionRow {
            concept: solution.concept,
            title: solution.concept.title(),
            formula: solution.concept.formula(),
            source: solution.concept.source(),
            value: solution.value,
            utilities: &solution.utilities,
            packages: solution.packages.len(),
            package: board.package(solution.packages[0]),
        });
    }
    rows
}

fn undefined(board: &Board) -> Vec<UndefinedRow> {
    let row = |u: &Unnamed| UndefinedRow {
        concept: u.concept,
        title: u.concept.title(),
        reason: board.reason(u.why),
    };
    board.analysis.unnamed.iter().map(row).collect()
}
