//! The analysis as text.

use crate::analysis::bargaining::{Solution, Use, ValueUse};
use crate::text::column::{cut, padded};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::{Board, Report, percent};

/// The most points of the frontier, findings, and values of an issue that are shown.
const SHOWN: usize = 12;

/// The text.
pub fn text(report: &Report<'_>, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    match report.format {
        Some(format) => page.heading(&format!("{} · {}", report.title, format.title())),
        None => page.heading(&format!("{} · as it stands at the start", report.title)),
    }
    for board in report.boards {
        one(&mut page, board, report);
    }
    if report.boards.iter().any(|b| !b.analysis.solutions.is_empty()) {
        sources(&mut page, report);
    }
    if !report.findings.is_empty() {
        page.gap();
        page.section(report.oddities());
        for finding in report.findings.iter().take(SHOWN * 2) {
            page.item(&finding.to_string());
        }
        if report.findings.len() > SHOWN * 2 {
            page.quiet(&format!("  … and {} more; --json lists all", report.findings.len() - SHOWN * 2));
        }
    }
    page.finish()
}

fn one(page: &mut Writer, board: &Board, report: &Report<'_>) {
    if report.boards.len() > 1 || report.format.is_none() {
        page.heading(&board.title);
    }
    let (problem, analysis) = (&board.problem, &board.analysis);
    page.paragraph(&format!(
        "{} from {} for {}.{}",
        counted(analysis.space.packages() as u64, "package", "packages"),
        counted(problem.issues.len() as u64, "issue", "issues"),
        counted(problem.parties.len() as u64, "party", "parties"),
        match report.format {
            Some(_) => format!(" Utilities are the file's own, before any discount for time.{}", board.time()),
            None if report.scenario.is_some_and(|s| s.imported) => {
                " Utilities are points of 100 of each party's best package, as `baraza import` writes them: they depart from \
                 the file's own."
                    .to_owned()
            }
            None => " Utilities are points of 100, less what broken promises are expected to cost.".to_owned(),
        }
    ));
    ranges(page, board);
    initial(page, board);
    zone(page, board);
    values(page, board);
    frontier(page, board);
    solutions(page, board);
    super::text_runs::played(page, board, report);
}

/// A whole number with its thousands set apart.
pub(super) fn whole(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

pub(super) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", whole(n), if n == 1 { one } else { many })
}

/// A utility: four decimals, fewer for large ones.
fn number(u: f64) -> String {
    let text = match u.abs() {
        size if size < 10.0 => format!("{u:.4}"),
        size if size < 1e9 => format!("{u:.2}"),
        _ => format!("{u:e}"),
    };
    // What rounds to nothing has no sign.
    match text.strip_prefix('-') {
        Some(bare) if bare.bytes().all(|b| matches!(b, b'0' | b'.')) => bare.to_owned(),
        _ => text,
    }
}

/// A name in so many columns.
pub(super) fn column(name: &str, width: usize) -> String {
    padded(&cut(name, width), width)
}

fn ranges(page: &mut Writer, board: &Board) {
    page.gap();
    page.section("What each party can get");
    page.row(&format!("  {:32}{:>9}{:>9}{:>13}{:>13}", "", "worst", "best", "alternative", "accepts"));
    let packages = board.analysis.space.packages() as u64;
    for (p, (party, range)) in board.problem.parties.iter().zip(&board.analysis.ranges).enumerate() {
        page.row(&format!(
            "  {}{:>9}{:>9}{:>13}{:>13}",
            column(&party.name, 32),
            number(range.least),
            number(range.most),
            range.alternative.map_or("none".into(), number),
            percent(board.analysis.zone.accepted[p], packages)
        ));
    }
    let (absolute, relative) = (board.analysis.opposition, board.analysis.opposition_relative);
    let aim = if absolute.is_some() { "utility 1 for everybody" } else { "giving every party its best" };
    if let Some(opposition) = absolute.or(relative) {
        page.paragraph(&format!(
            "Opposition: {opposition:.4}, the distance of the nearest package from {aim} (0: no conflict)."
        ));
    }
}

/// The deal with which a game begins: what it is worth to whom, and who accepts it.
fn initial(page: &mut Writer, board: &Board) {
    let Some(stand) = &board.terms.initial else { return };
    let problem = &board.problem;
    page.gap();
    page.section("The deal on the table at the start");
    page.paragraph(&format!(
        "{}: {} in all; {} of {} accept it, and the rule {}.",
        board.named(&stand.package).join("; "),
        number(stand.utilities.iter().sum()),
        stand.accepted.iter().filter(|yes| **yes).count(),
        counted(problem.parties.len() as u64, "party", "parties"),
        if stand.passes { "passes it" } else { "does not pass it" }
    ));
    for ((party, utility), accepts) in problem.parties.iter().zip(&stand.utilities).zip(&stand.accepted) {
        let answer = if *accepts { "accepts it" } else { "refuses it" };
        page.row(&format!("  {}{:>9}  {answer}", column(&party.name, 32), number(*utility)));
    }
}

fn zone(page: &mut Writer, board: &Board) {
    let (problem, zone) = (&board.problem, &board.analysis.zone);
    let packages = board.analysis.space.packages() as u64;
    page.gap();
    page.section("The zone of possible agreement");
    let bar = if problem.rule.strict { "above" } else { "at or above" };
    page.paragraph(&format!(
        "{} {bar} every party's alternative{}; {} above every one.",
        match zone.packages {
            0 => format!("None of {} is", counted(packages, "package", "packages")),
            n => format!(
                "{} of {} ({}) {}",
                whole(n),
                counted(packages, "package", "packages"),
                percent(n, packages),
                if n == 1 { "is" } else { "are" }
            ),
        },
        if board.red_lines() { " and cross no red line" } else { "" },
        match zone.better {
            0 => "none is".to_owned(),
            1 => "one is".to_owned(),
            n => format!("{} are", whole(n)),
        }
    ));
    if problem.rule.may_refuse > 0 {
        let names: Vec<&str> =
            problem.rule.vetoes.iter().map(|p| problem.parties[*p].name.as_str()).collect();
        let vetoes = match names[..] {
            [] => "nobody has a veto".to_owned(),
            _ => format!("with a veto: {}", names.join(", ")),
        };
        page.paragraph(&format!(
            "The rule lets {} refuse ({vetoes}): {} pass.",
            counted(problem.rule.may_refuse as u64, "party", "parties"),
            counted(zone.passing, "package", "packages")
        ));
    }
    for (p, alone) in zone.alone_refused.iter().enumerate().filter(|(_, n)| **n > 0) {
        page.item(&format!(
            "{} alone stands in the way of {}.",
            problem.parties[p].name,
            counted(*alone, "package", "packages")
        ));
    }
    if zone.packages > 0 {
        return;
    }
    if zone.concessions.is_empty() {
        page.paragraph("No single party could open the zone by asking for less.");
        return;
    }
    page.paragraph("Any one of these concessions would open it, if nobody else moved:");
    for concession in &zone.concessions {
        let more = if problem.rule.strict { "more than " } else { "" };
        page.item(&format!(
            "{}: {more}{} less ({:.1}% of its range), for {}",
            problem.parties[concession.party].name,
            number(concession.amount),
            concession.share * 100.0,
            board.package(concession.package).join("; ")
        ));
    }
}

fn values(page: &mut Writer, board: &Board) {
    page.gap();
    page.section("Issue by issue: what can be part of a package that all accept");
    for (issue, uses) in board.problem.issues.iter().zip(&board.analysis.zone.values) {
        let with = |status: Use| -> Vec<String> {
            let rows = issue.values.iter().zip(uses).filter(|(_, u)| u.status == status);
            rows.map(|(value, used)| described(value, used, board)).collect()
        };
        let (open, closed, refused) = (with(Use::Open), with(Use::Closed), with(Use::Refused));
        let mut parts = Vec::new();
        if open.len() == issue.values.len() {
            parts.push(format!("every one of its {} values", open.len()));
        } else if !open.is_empty() {
            parts.push(format!("can be: {}", some(&open)));
        }
        if closed.len() == issue.values.len() {
            parts.push("no value, though none is refused by itself".to_owned());
        } else if !closed.is_empty() {
            parts.push(format!("cannot be, though nobody refuses it by itself: {}", some(&closed)));
        }
        if !refused.is_empty() {
            parts.push(format!("refused whatever else is agreed: {}", some(&refused)));
        }
        page.item(&format!("{}: {}", issue.name, parts.join("; ")));
    }
}

fn described(value: &str, used: &ValueUse, board: &Board) -> String {
    if used.refused_by.is_empty() {
        return value.to_owned();
    }
    let names: Vec<&str> = used.refused_by.iter().map(|p| board.problem.parties[*p].name.as_str()).collect();
    format!("{value} (by {})", names.join(", "))
}

fn some(values: &[String]) -> String {
    let mut text = values.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" · ");
    if values.len() > SHOWN {
        text += &format!(" and {} more", values.len() - SHOWN);
    }
    text
}

fn numbers(utilities: &[f64]) -> String {
    utilities.iter().map(|u| number(*u)).collect::<Vec<_>>().join(", ")
}

fn frontier(page: &mut Writer, board: &Board) {
    let analysis = &board.analysis;
    page.gap();
    page.section("The Pareto frontier");
    let (packages, points) = (analysis.frontier.packages() as u64, analysis.frontier.points.len() as u64);
    let ties = match packages == points {
        true => String::new(),
        false => format!(" at {} (ties: packages worth the same to all)", counted(points, "point", "points")),
    };
    page.paragraph(&format!(
        "{}{}{ties}; {} in the zone.",
        counted(packages, "package", "packages"),
        if board.red_lines() { ", of those that cross no red line" } else { "" },
        match analysis.frontier_in_zone {
            0 => "none of them".to_owned(),
            n => whole(n as u64),
        }
    ));
    if analysis.frontier.points.len() > SHOWN {
        page.quiet("--json lists them.");
        return;
    }
    for (point, utilities) in analysis.frontier.points.iter().zip(&analysis.frontier_utilities) {
        page.item(&format!("{} – {}", numbers(utilities), board.package(point.packages[0]).join("; ")));
    }
}

fn solutions(page: &mut Writer, board: &Board) {
    page.gap();
    page.section("Solutions");
    let names: Vec<&str> = board.problem.parties.iter().map(|p| p.name.as_str()).collect();
    page.quiet(&format!("Utilities in the order: {}.", names.join(", ")));
    let mut told: Vec<(&Solution, String)> = Vec::new();
    for solution in board.told() {
        let title = solution.concept.title();
        // Concepts that single out the same packages are told together.
        match told.iter_mut().find(|(known, _)| known.packages == solution.packages) {
            Some((_, titles)) => *titles += &format!("; {title} ({})", number(solution.value)),
            None => told.push((solution, format!("{title} ({})", number(solution.value)))),
        }
    }
    for (solution, titles) in told {
        page.item(&titles);
        for utilities in solution.utilities.iter().take(3) {
            page.remark(&numbers(utilities));
        }
        let more = match solution.packages.len() {
            1 => String::new(),
            n => format!(" (the first of {} tied packages)", whole(n as u64)),
        };
        page.remark(&format!("{}{more}", board.package(solution.packages[0]).join("; ")));
    }
    for unnamed in &board.analysis.unnamed {
        page.item(&format!("{}: {}", unnamed.concept.title(), board.reason(unnamed.why)));
    }
    if board.analysis.zone.packages == 0 {
        page.paragraph("The zone is empty: the solutions that need one do not exist.");
    }
    if let Some(lotteries) = board.lotteries() {
        page.item(&format!(
            "With lotteries between packages: Nash {}; Kalai–Smorodinsky {}; egalitarian {}",
            numbers(&lotteries.nash),
            numbers(&lotteries.kalai_smorodinsky),
            numbers(&lotteries.egalitarian)
        ));
    }
}

fn sources(page: &mut Writer, report: &Report<'_>) {
    page.gap();
    page.section("What the names mean");
    page.quiet(
        "u: utility; a: alternative; d: the larger of the alternative and the worst package; i: the party's best in \
         the zone. In brackets above: the number that is largest or, for spreads and distances, smallest.",
    );
    let unnamed = report.boards.iter().flat_map(|b| &b.analysis.unnamed).map(|u| u.concept);
    let mut concepts: Vec<_> =
        report.boards.iter().flat_map(Board::told).map(|s| s.concept).chain(unnamed).collect();
    let mut known = Vec::new();
    concepts.retain(|c| {
        let new = !known.contains(c);
        known.push(*c);
        new
    });
    for concept in concepts {
        page.item(&format!("{}: {} ({})", concept.title(), concept.formula(), concept.source()));
    }
}
