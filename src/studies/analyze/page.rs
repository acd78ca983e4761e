//! The analysis as a page with pictures.

use crate::analysis::bargaining::{Agreements, Moment, Ripeness, Solution, Use};
use crate::document::table::Table;
use crate::document::{Answer, Bar, Block, Document, Section};
use crate::studies::parts::{assumptions, lead, provenance};
use crate::text::caveat::STANDING;

use super::text::{counted, whole};
use super::text_runs::{distance, efficiency, found, judged, left, nash, still};
use super::{Board, NOTE, Played, Report, figure, percent, pictures};

/// The most rows of a table of packages.
const ROWS: usize = 12;
/// The most rows of a folded table of packages.
const FOLDED: usize = 400;

/// The page.
pub fn document(report: &Report<'_>) -> Document {
    let mut sections = Vec::new();
    for board in report.boards {
        let page = Page { board, report, several: report.boards.len() > 1 };
        sections.extend([page.parties(), page.planes(), page.solutions(), page.values()]);
        if let Some(played) = &board.played {
            sections.extend([
                page.agreements(&played.agreements),
                page.zone(played.ripeness.as_ref()),
                page.offers(played),
            ]);
        }
    }
    sections.extend([meanings(report), findings(report), reading(report)]);
    sections.extend(report.scenario.map(|s| assumptions(s.world)));
    Document {
        title: report.title.to_owned(),
        answer: first_screen(report),
        kind: "Negotiation analysis".into(),
        lead: report.scenario.map_or(Vec::new(), |s| lead(s.world, s.what_if, s.set)),
        sections,
        provenance: foot(report),
    }
}

/// How much of what can be agreed on everybody would accept: by party, or by track where there are several.
fn first_screen(report: &Report<'_>) -> Option<Answer> {
    let sentence: Vec<String> =
        report.boards.iter().take(Answer::MOST).map(|b| accepted(b, report)).collect();
    let bars = match report.boards {
        [] => return None,
        [board] => {
            let parties = board.problem.parties.iter().zip(&board.analysis.zone.accepted);
            let parties = parties.map(|(party, n)| part(&party.name, *n, board)).take(Answer::MOST - 1);
            parties.chain([part("All of them", board.analysis.zone.packages, board)]).collect()
        }
        boards => {
            boards.iter().take(Answer::MOST).map(|b| part(&b.title, b.analysis.zone.packages, b)).collect()
        }
    };
    Some(Answer {
        question: "Is there anything that all would accept?".into(),
        sentence: sentence.join(" "),
        caption: "Share of all packages that are worth at least the alternative".into(),
        bars,
        caveat: NOTE.into(),
    })
}

/// How large a track's zone is, and how often runs found something in it.
fn accepted(board: &Board, report: &Report<'_>) -> String {
    let zone = &board.analysis.zone;
    let whose = if report.boards.len() > 1 { format!("{}: ", board.title) } else { String::new() };
    let all = counted(board.analysis.space.packages() as u64, "package", "packages");
    let mut told = match zone.packages {
        0 => format!("{whose}None: of {all} each is worth less than the alternative to somebody."),
        n => format!("{whose}Yes, {} of {all}.", whole(n)),
    };
    if board.problem.rule.may_refuse > 0 {
        told += &format!(" The rule lets {} pass.", whole(zone.passing));
    }
    if let Some(played) = &board.played {
        let a = &played.agreements;
        told += &format!(" In {} of {} runs every item was settled.", whole(a.agreed), whole(a.runs));
    }
    told
}

fn part(label: &str, packages: u64, board: &Board) -> Bar {
    let all = board.analysis.space.packages() as u64;
    Bar {
        label: label.into(),
        length: (packages as f64 * 1000.0 / all.max(1) as f64).round() as u16,
        figure: percent(packages, all),
    }
}

/// A domain that is not played has no seed.
fn foot(report: &Report<'_>) -> Vec<(String, String)> {
    let runs = report.scenario.map(|s| counted(s.runs, "run", "runs")).unwrap_or_default();
    let mut entries = provenance(&report.head(), &runs, report.made);
    if report.scenario.is_none() {
        entries[0].0 = "Domain".into();
    }
    entries
}

fn reading(report: &Report<'_>) -> Section {
    let mut section = Section::new("How to read this page");
    if let Some(scenario) = report.scenario {
        section.push(Block::Note(STANDING.into()));
        section.paragraph(
            "A package settles every item of a track. Its worth is in points of 100 of a party's best, less what broken \
             promises are expected to cost. The zone of agreement, the frontier and the solutions are those of the start.",
        );
        if scenario.imported {
            section.paragraph(
                "It is a domain of another program, played as `baraza import` writes it: a party's best package is 100 points \
                 here, and its alternative a whole number of them. Figures depart from the file's own, which `baraza analyze` \
                 shows without --runs, --set and --what-if.",
            );
        }
        if scenario.runs > 0 {
            section.paragraph(format!(
                "The scenario was then played {} times; only chance differed. What the runs agreed on is measured with the \
                 worth and the alternatives of the start, so that it can be held against the frontier.",
                whole(scenario.runs)
            ));
        }
    } else {
        section.paragraph(format!(
            "A package gives every issue one of its values. Utilities are the file's own, before any discount for time.{}",
            report.boards.first().map(Board::time).unwrap_or_default()
        ));
    }
    section.paragraph("Below every picture its figures can be unfolded; what is unfolded is printed too.");
    section
}

struct Page<'a> {
    board: &'a Board,
    report: &'a Report<'a>,
    several: bool,
}

impl Page<'_> {
    fn section(&self, heading: &str) -> Section {
        match self.several {
            true => Section::new(format!("{}: {heading}", self.board.title)),
            false => Section::new(capital(heading)),
        }
    }

    fn names(&self) -> impl Iterator<Item = String> {
        self.board.problem.parties.iter().map(|p| p.name.clone())
    }

    fn parties(&self) -> Section {
        let (board, analysis) = (self.board, &self.board.analysis);
        let mut section = self.section("what each party can get");
        let all = analysis.space.packages() as u64;
        section.paragraph(format!(
            "{} from {} for {}. {} {} acceptable to all, {} on the frontier.",
            counted(all, "package", "packages"),
            counted(board.problem.issues.len() as u64, "issue", "issues"),
            counted(board.problem.parties.len() as u64, "party", "parties"),
            whole(analysis.zone.packages),
            if analysis.zone.packages == 1 { "is" } else { "are" },
            whole(analysis.frontier.packages() as u64),
        ));
        let mut table = Table::new(
            "What each party can get",
            ["party", "worst", "best", "alternative", "accepts", "stands alone against"],
        );
        for (p, (party, range)) in board.problem.parties.iter().zip(&analysis.ranges).enumerate() {
            table.push([
                party.name.clone(),
                figure(range.least),
                figure(range.most),
                range.alternative.map_or("–".into(), figure),
                percent(analysis.zone.accepted[p], all),
                whole(analysis.zone.alone_refused[p]),
            ]);
        }
        section.push(Block::Table(table));
        if board.problem.rule.may_refuse > 0 {
            section.paragraph(format!(
                "The rule lets {} refuse: {} pass.",
                counted(board.problem.rule.may_refuse as u64, "party", "parties"),
                counted(analysis.zone.passing, "package", "packages")
            ));
        }
        let concessions = analysis.zone.concessions.iter().map(|c| {
            format!(
                "If {} alone were content with {} less ({:.1}% of its range), this would do: {}.",
                board.problem.parties[c.party].name,
                figure(c.amount),
                c.share * 100.0,
                board.package(c.package).join("; ")
            )
        });
        let concessions: Vec<String> = concessions.collect();
        if !concessions.is_empty() {
            section.paragraph("The zone is empty. What would open it, the smallest share of a range first:");
            section.push(Block::List(concessions));
        }
        section
    }

    fn planes(&self) -> Section {
        let mut section = self.section("the utility plane");
        let pairs = pictures::pairs(self.board).len();
        if pairs > pictures::MOST_PLANES {
            section.paragraph(format!(
                "There are {pairs} pairs of parties; the first {} are drawn.",
                pictures::MOST_PLANES
            ));
        }
        for picture in pictures::planes(self.board, self.report) {
            section.push(picture);
        }
        section
    }

    fn solutions(&self) -> Section {
        let (board, analysis) = (self.board, &self.board.analysis);
        let mut section = self.section("solutions");
        let columns = ["solution", "package"].map(String::from).into_iter().chain(self.names());
        let mut table = Table::new("Classical solutions", columns);
        // Concepts that single out the same packages share a row.
        let mut told: Vec<(&Solution, String)> = Vec::new();
        for solution in &analysis.solutions {
            let title = solution.concept.title();
            match told.iter_mut().find(|(known, _)| known.packages == solution.packages) {
                Some((_, titles)) => *titles += &format!("; {title}"),
                None => told.push((solution, title.to_owned())),
            }
        }
        for (solution, titles) in told {
            let more = match solution.packages.len() {
                1 => String::new(),
                n => format!(" (the first of {} tied packages)", whole(n as u64)),
            };
            let package = format!("{}{more}", board.package(solution.packages[0]).join("; "));
            table.push([titles, package].into_iter().chain(solution.utilities[0].iter().map(|u| figure(*u))));
        }
        for unnamed in &analysis.unnamed {
            section.paragraph(format!("{}: {}.", unnamed.concept.title(), board.reason(unnamed.why)));
        }
        if analysis.zone.packages == 0 {
            section.paragraph("The zone is empty: the solutions that need one do not exist.");
        }
        section.push(Block::Table(table));
        let points = analysis.frontier.points.iter().zip(&analysis.frontier_utilities);
        let caption = match analysis.frontier.points.len() {
            n if n > FOLDED => format!("The Pareto frontier: the first {FOLDED} of {n} points"),
            _ => "The Pareto frontier".to_owned(),
        };
        let columns = ["package".to_owned(), "ties".into()].into_iter().chain(self.names());
        let mut table = Table::new(caption, columns);
        for (point, utilities) in points.take(FOLDED) {
            let package = board.package(point.packages[0]).join("; ");
            let row = [package, point.packages.len().to_string()];
            table.push(row.into_iter().chain(utilities.iter().map(|u| figure(*u))));
        }
        section.push(Block::Folded(table));
        section
    }

    fn values(&self) -> Section {
        let board = self.board;
        let mut section = self.section("issue by issue");
        let columns = ["issue", "value", "packages of the zone with it", "refused whatever else is agreed"];
        let mut table = Table::new("What can be part of a package that all accept", columns);
        for (issue, uses) in board.problem.issues.iter().zip(&board.analysis.zone.values) {
            for (v, (value, used)) in issue.values.iter().zip(uses).enumerate() {
                let by = used.refused_by.iter().map(|p| board.problem.parties[*p].name.as_str());
                table.push([
                    if v == 0 { issue.name.clone() } else { String::new() },
                    value.clone(),
                    if used.status == Use::Open { whole(used.packages) } else { "–".into() },
                    match used.refused_by.is_empty() {
                        true => String::new(),
                        false => format!("by {}", by.collect::<Vec<_>>().join(", ")),
                    },
                ]);
            }
        }
        section.push(if table.rows.len() > 40 { Block::Folded(table) } else { Block::Table(table) });
        section
    }

    fn agreements(&self, a: &Agreements) -> Section {
        let mut section = self.section("what simulated runs agreed on");
        section.paragraph(found(a));
        if a.agreed == 0 {
            return section;
        }
        section.paragraph(efficiency(a));
        let told = [a.distance.as_ref().map(distance), a.left.as_ref().map(left), a.nash.as_ref().map(nash)];
        section.push(Block::List(told.into_iter().flatten().map(|text| format!("{text}.")).collect()));
        let columns = ["package", "runs", "of all", "judged"].map(String::from).into_iter();
        let mut table = Table::new("The most frequent agreements", columns.chain(self.names()));
        for x in a.list.iter().take(ROWS) {
            let package = self.board.package(x.package).join("; ");
            let row = [package, whole(x.runs), percent(x.runs, a.runs), judged(x)];
            table.push(row.into_iter().chain(x.utilities.iter().map(|u| figure(*u))));
        }
        section.push(Block::Table(table));
        let mut table = Table::new(
            "What agreements give",
            ["party", "mean", "a tenth at most", "half at most", "nine tenths at most", "alternative"],
        );
        for (party, s) in self.board.problem.parties.iter().zip(a.utilities.iter().flatten()) {
            let alternative = party.alternative.map_or("–".into(), figure);
            let figures = [s.mean, s.tenth, s.median, s.ninetieth].map(figure);
            table.push([party.name.clone()].into_iter().chain(figures).chain([alternative]));
        }
        section.push(Block::Table(table));
        section
    }

    fn zone(&self, ripeness: Option<&Ripeness>) -> Section {
        let mut section = self.section("the zone from round to round");
        let Some(ripeness) = ripeness else { return section };
        if !ripeness.moves() {
            section.paragraph(still(ripeness));
            return section;
        }
        section.paragraph(
            "Alternatives move with the ground: with who holds what, who backs whom, with weariness and pressure. Where \
             a package can be found that gives enough parties more than they expect without it, promises being worth what they \
             are believed to be, the moment is called ripe: there is a way out. Where the zone is open, there is besides a package that nobody whose \
             consent is needed would refuse.",
        );
        match pictures::openness(self.board, ripeness, self.report) {
            Some(picture) => section.push(picture),
            None => section.paragraph(format!("{}.", always(ripeness))),
        }
        section.push(pictures::room(self.board, ripeness, self.report));
        section.push(pictures::alternatives(self.board, ripeness, self.report));
        let mut table = Table::new(
            "Packages in the zone",
            ["moment", "a tenth of the runs at most", "half at most", "nine tenths at most", "ripe and open"],
        );
        for (r, moment) in ripeness.rounds.iter().enumerate() {
            let at = if r == 0 { "start".to_owned() } else { format!("end of round {r}") };
            let share = percent(moment.both, ripeness.runs);
            table.push([at].into_iter().chain(moment.packages.map(whole)).chain([share]));
        }
        section.push(Block::Folded(table));
        section.push(Block::Folded(self.options(ripeness)));
        section
    }

    /// In how many runs each option is part of some package of the zone.
    fn options(&self, ripeness: &Ripeness) -> Table {
        let rounds = (0..ripeness.rounds.len()).map(|r| if r == 0 { "start".into() } else { r.to_string() });
        let columns = ["item".to_owned(), "option".into()].into_iter().chain(rounds);
        let caption = "Share of runs in which an option is part of some package of the zone, by round";
        let mut table = Table::new(caption, columns);
        for (i, issue) in self.board.problem.issues.iter().enumerate() {
            for (v, value) in issue.values.iter().enumerate() {
                let item = if v == 0 { issue.name.clone() } else { String::new() };
                let shares = ripeness.rounds.iter().map(|m| percent(m.options[i][v], ripeness.runs));
                table.push([item, value.clone()].into_iter().chain(shares));
            }
        }
        table
    }

    fn offers(&self, played: &Played) -> Section {
        let mut section = self.section("one negotiation");
        pictures::offers(self.board, played, self.report).into_iter().for_each(|p| section.push(p));
        section
    }
}

/// With a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What is said where the zone is open, and the moment ripe, at the end of every round or of none.
fn always(ripeness: &Ripeness) -> String {
    let said = |of: fn(&Moment) -> u64| ripeness.rounds[1..].iter().any(|m| of(m) > 0);
    format!(
        "At the end of every round of every run the zone was {} and the moment {}ripe",
        if said(|m| m.open) { "open" } else { "closed" },
        if said(|m| m.ripe) { "" } else { "not " }
    )
}

fn meanings(report: &Report<'_>) -> Section {
    let mut section = Section::new("What the names mean");
    let mut table = Table::new("Solutions", ["name", "formula", "source"]);
    let mut known = Vec::new();
    for solution in report.boards.iter().flat_map(Board::told) {
        let concept = solution.concept;
        if !known.contains(&concept) {
            known.push(concept);
            table.push([concept.title(), concept.formula(), concept.source()]);
        }
    }
    if !table.rows.is_empty() {
        section.paragraph(
            "u: utility; a: alternative; d: the larger of the alternative and the worst package; i: the party's best in \
             the zone.",
        );
        section.push(Block::Table(table));
    }
    section
}

fn findings(report: &Report<'_>) -> Section {
    let mut section = Section::new(report.oddities());
    let list: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    if !list.is_empty() {
        section.push(Block::List(list));
    }
    section
}
