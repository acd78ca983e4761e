//! The pictures of an analysis.

use crate::analysis::bargaining::{Agreements, Analysis, Concept, Packages, Problem, Ripeness, Standing};
use crate::analysis::summary::Share;
use crate::chart::bands::{Band, Bands};
use crate::chart::curves::{Curve, Curves};
use crate::chart::offers::{Offer, Offers};
use crate::chart::plane::{Mark, Plane, Point, thin};
use crate::chart::{Estimate, Head, Picture, name};

use super::{Board, Played, Report, figure, percent};

/// The most pairs of parties with a plane of their own.
pub(super) const MOST_PLANES: usize = 15;
/// The most named solutions in a plane: the textbook ones.
const NAMED: [Concept; 6] = [
    Concept::Nash,
    Concept::KalaiSmorodinsky,
    Concept::Egalitarian,
    Concept::Utilitarian,
    Concept::UtilitarianByRule,
    Concept::UtilitarianOverall,
];
/// Agreements that are named in a plane.
const FREQUENT: usize = 2;

/// The pairs of parties, by place.
pub(super) fn pairs(board: &Board) -> Vec<(usize, usize)> {
    let n = board.problem.parties.len();
    (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect()
}

/// The planes of the first pairs of parties.
pub(super) fn planes(board: &Board, report: &Report<'_>) -> Vec<Picture> {
    let pairs = pairs(board);
    if pairs.is_empty() {
        return Vec::new();
    }
    let packages = Packages::of(&board.problem, &board.analysis);
    pairs.into_iter().take(MOST_PLANES).map(|pair| plane(board, report, &packages, pair)).collect()
}

fn plane(board: &Board, report: &Report<'_>, packages: &Packages, (a, b): (usize, usize)) -> Picture {
    let (problem, names) = (&board.problem, &board.names);
    let two = problem.parties.len() == 2;
    let who = (!two).then(|| [a, b].map(|p| names.parties[p].as_str()));
    let parts: Vec<&str> = ["plane", &names.board].into_iter().chain(who.into_iter().flatten()).collect();
    let unit = if report.format.is_none() { POINTS } else { "utility" };
    let plane = plane_of(problem, &board.analysis, packages, (a, b), unit);
    Plane {
        head: Head { name: name(&parts), subtitle: subtitle(packages, report), ..plane.head },
        marks: marks(board, (a, b)),
        agreements: board.played.as_ref().map_or(Vec::new(), |p| rings(&p.agreements, (a, b))),
        ..plane
    }
    .draw()
}

/// In what a scenario's packages are weighed.
pub const POINTS: &str = "points of 100";

/// The plane of what packages give two parties, in `unit`, with the frontier, the zone and both alternatives, without marks.
pub fn plane_of(
    problem: &Problem,
    analysis: &Analysis,
    packages: &Packages,
    (a, b): (usize, usize),
    unit: &str,
) -> Plane {
    let range = [a, b].map(|p| (analysis.ranges[p].least, analysis.ranges[p].most));
    let at = |k: usize| (packages.utilities[a][k], packages.utilities[b][k]);
    let of = |standing: Standing| {
        let kept = packages.standing.iter().enumerate().filter(move |(_, s)| **s == standing);
        thin(kept.map(|(k, _)| at(k)), range)
    };
    let two = problem.parties.len() == 2;
    let [across, up] = [a, b].map(|p| problem.parties[p].name.as_str());
    let frontier = analysis.frontier_utilities.iter().map(|u| (u[a], u[b]));
    Plane {
        head: Head::new(&["plane"], format!("{across} and {up}"), ""),
        axes: [format!("Across: {across}, {unit}"), format!("Up: {up}, {unit}")],
        range,
        cloud: of(Standing::Outside),
        passing: of(Standing::Passing),
        zone: of(Standing::InZone),
        frontier: thin(frontier, range),
        frontier_name: if two { "Pareto frontier".into() } else { "Pareto frontier of all parties".into() },
        edge: packages.edge(a, b),
        alternatives: [a, b].map(|p| problem.parties[p].alternative.filter(|a| a.is_finite())),
        marks: Vec::new(),
        agreements: Vec::new(),
    }
}

fn subtitle(packages: &Packages, report: &Report<'_>) -> String {
    let count = |standing| packages.standing.iter().filter(|s| **s == standing).count() as u64;
    let (barred, all) = (count(Standing::Barred), packages.standing.len() as u64);
    let packages = super::text::counted(all, "package", "packages");
    let left = match barred {
        0 => String::new(),
        n => format!(", of which {} cross a red line and are left out", super::text::whole(n)),
    };
    let start = if report.format.is_none() { "; worth and alternatives of the start" } else { "" };
    format!("{packages}{left}{start}")
}

/// Solutions and frequent agreements with their names; what lies on one point shares a label.
fn marks(board: &Board, (a, b): (usize, usize)) -> Vec<Mark> {
    let mut marks: Vec<(Vec<f64>, Vec<String>)> = Vec::new();
    let mut add = |utilities: &[f64], name: String| match marks.iter_mut().find(|m| m.0 == utilities) {
        Some(mark) => mark.1.push(name),
        None => marks.push((utilities.to_vec(), vec![name])),
    };
    for solution in board.told().filter(|s| NAMED.contains(&s.concept)) {
        add(&solution.utilities[0], short(solution.concept).to_owned());
    }
    if let Some(played) = &board.played {
        for agreement in played.agreements.list.iter().take(FREQUENT) {
            let share = percent(agreement.runs, played.agreements.runs);
            add(&agreement.utilities, format!("agreed in {share} of runs"));
        }
    }
    let mark = |(utilities, names): (Vec<f64>, Vec<String>)| {
        let figures = [figure(utilities[a]), figure(utilities[b])];
        let mut label = names.join("; ");
        if let Some(first) = label.get(..1).filter(|f| f.is_ascii()) {
            label.replace_range(..1, &first.to_uppercase());
        }
        Mark { label, at: (utilities[a], utilities[b]), figures }
    };
    marks.into_iter().map(mark).collect()
}

fn short(concept: Concept) -> &'static str {
    match concept {
        Concept::KalaiSmorodinsky => "Kalai–Smorodinsky",
        concept => concept.title(),
    }
}

/// Agreements with their shares of all runs; those that lie on one point are added up.
fn rings(agreements: &Agreements, (a, b): (usize, usize)) -> Vec<(Point, f64)> {
    let mut points: Vec<(Point, u64)> =
        agreements.list.iter().map(|x| ((x.utilities[a], x.utilities[b]), x.runs)).collect();
    points.sort_by(|x, y| x.0.0.total_cmp(&y.0.0).then(x.0.1.total_cmp(&y.0.1)));
    points.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    let all = agreements.runs.max(1) as f64;
    points.into_iter().map(|(point, runs)| (point, runs as f64 / all)).collect()
}

/// How often the zone is open and the moment ripe; `None` where neither ever changes.
pub(super) fn openness(board: &Board, ripeness: &Ripeness, report: &Report<'_>) -> Option<Picture> {
    let share = |runs: u64| Estimate::from(&Share::of(runs, ripeness.runs, 1.0 - report.level));
    let by_round = |of: &dyn Fn(usize) -> u64| (1..ripeness.rounds.len()).map(of).collect::<Vec<u64>>();
    let (open, ripe) = (by_round(&|r| ripeness.rounds[r].open), by_round(&|r| ripeness.rounds[r].ripe));
    let still = |runs: &[u64]| runs.iter().all(|n| *n == 0) || runs.iter().all(|n| *n == ripeness.runs);
    if still(&open) && still(&ripe) {
        return None;
    }
    let curve = |label: &str, runs: &[u64]| Curve {
        label: label.into(),
        by_round: runs.iter().map(|n| share(*n)).collect(),
    };
    let title = format!("Is there a deal to be had? {}", board.title);
    let subtitle = "At the end of each round; open: some package suits all whose consent the rule needs; ripe: a \
                    package was found that gives enough parties more than they expect without it";
    let picture = Curves {
        head: Head::new(&["zone", &board.names.board], title, subtitle),
        dates: report.dates(),
        axis: format!("Share of {} runs", super::text::whole(ripeness.runs)),
        curves: vec![curve("The zone is open", &open), curve("The moment is ripe", &ripe)],
        records: Vec::new(),
    };
    Some(picture.draw())
}

/// How many packages the zone holds.
pub(super) fn room(board: &Board, ripeness: &Ripeness, report: &Report<'_>) -> Picture {
    let all = board.analysis.space.packages() as f64;
    let by_round = ripeness.rounds[1..].iter().map(|moment| {
        let [low, value, high] = moment.packages.map(|n| n as f64 / all);
        Estimate { value, low, high }
    });
    let title = format!("How much room is there? {}", board.title);
    let subtitle = "Packages in the zone at the end of each round: half of the runs have no more than the line, eight \
                    tenths lie in the band";
    Curves {
        head: Head::new(&["room", &board.names.board], title, subtitle),
        dates: report.dates(),
        axis: format!("Share of all {} packages", super::text::whole(board.analysis.space.packages() as u64)),
        curves: vec![Curve { label: "In the zone".into(), by_round: by_round.collect() }],
        records: Vec::new(),
    }
    .draw()
}

/// The parties' alternatives beside the best feasible package.
pub(super) fn alternatives(board: &Board, ripeness: &Ripeness, report: &Report<'_>) -> Picture {
    let band = |p: usize| Band {
        label: board.problem.parties[p].name.clone(),
        by_round: ripeness.rounds[1..]
            .iter()
            .map(|moment| {
                let a = moment.alternatives[p];
                Estimate { value: a.median, low: a.low, high: a.high }
            })
            .collect(),
        level: ripeness.feasible[p],
    };
    let title = format!("What no agreement is worth: {}", board.title);
    Bands {
        head: Head::new(
            &["alternatives", &board.names.board],
            title,
            "Points of 100, at the end of each round",
        ),
        dates: report.dates(),
        band: "alternatives: eight tenths of the runs lie in the band".into(),
        level: "what the best feasible package gives".into(),
        bands: (0..board.problem.parties.len()).map(band).collect(),
    }
    .draw()
}

/// The offers of one run.
pub(super) fn offers(board: &Board, played: &Played, report: &Report<'_>) -> Option<Picture> {
    let scenario = report.scenario.filter(|_| !played.offers.is_empty())?;
    let parties = board.problem.parties.len();
    let offer = |o: &crate::analysis::bargaining::Offer| {
        let utilities: Vec<f64> = (0..parties).map(|p| board.problem.utility(p, &o.package)).collect();
        Offer {
            round: o.round,
            by: o.by,
            figures: utilities.iter().map(|u| figure(*u)).collect(),
            utilities,
            stood: o.stood,
            agreed: o.agreed,
        }
    };
    let ranges = &board.analysis.ranges;
    let least = ranges.iter().map(|r| r.least.min(r.alternative.unwrap_or(r.least)));
    let most = ranges.iter().map(|r| r.most.max(r.alternative.unwrap_or(r.most)));
    let title =
        format!("One negotiation, run {} under seed {}: {}", scenario.run, scenario.seed, board.title);
    Some(
        Offers {
            head: Head::new(
                &["offers", &board.names.board],
                title,
                "What each offer was worth to each party",
            ),
            axis: "Points of 100, as at the start".into(),
            parties: board.problem.parties.iter().map(|p| (p.name.clone(), p.alternative)).collect(),
            mediator: played.mediator.clone().unwrap_or_else(|| "mediator".into()),
            range: (least.fold(f64::INFINITY, f64::min), most.fold(f64::NEG_INFINITY, f64::max)),
            offers: played.offers.iter().map(offer).collect(),
        }
        .draw(),
    )
}
