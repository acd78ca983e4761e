//! What simulated runs made of a track, as text.

use crate::analysis::bargaining::{Agreement, Agreements, Ripeness, Spread};
use crate::text::column::{cut, flush_right};
use crate::text::writer::Writer;

use super::text::{column, counted, whole};
use super::{Board, Played, Report, figure, percent};

/// The most packages that are told.
const SHOWN: usize = 5;
/// The most parties with a column of their own.
const COLUMNS: usize = 3;
/// Room for them in a line.
const COLUMN_ROOM: usize = 46;

/// The part of a track.
pub(super) fn played(page: &mut Writer, board: &Board, report: &Report<'_>) {
    let Some(played) = &board.played else { return };
    agreements(page, board, &played.agreements);
    if let Some(ripeness) = &played.ripeness {
        zone(page, board, ripeness);
    }
    offers(page, played, report);
}

fn agreements(page: &mut Writer, board: &Board, a: &Agreements) {
    page.gap();
    page.section("What simulated runs agreed on");
    page.paragraph(&found(a));
    if a.agreed == 0 {
        return;
    }
    page.paragraph(&efficiency(a));
    for text in [a.distance.as_ref().map(distance), a.left.as_ref().map(left), a.nash.as_ref().map(nash)] {
        text.iter().for_each(|text| page.item(text));
    }
    page.row(&format!(
        "  {:32}{:>10}{:>10}{:>10}{:>13}",
        "worth of agreements", "mean", "tenth", "nine t.", "alternative"
    ));
    let rows = board.problem.parties.iter().zip(a.utilities.iter().flatten());
    for (party, spread) in rows {
        page.row(&format!(
            "  {}{:>10}{:>10}{:>10}{:>13}",
            column(&party.name, 32),
            figure(spread.mean),
            figure(spread.tenth),
            figure(spread.ninetieth),
            party.alternative.map_or("none".into(), figure)
        ));
    }
    page.paragraph("Most often:");
    for agreement in a.list.iter().take(SHOWN) {
        page.item(&one(board, a, agreement));
        page.remark(&board.package(agreement.package).join("; "));
    }
    if a.list.len() > SHOWN {
        page.quiet(&format!(
            "  … and {} other packages; --json lists all",
            whole((a.list.len() - SHOWN) as u64)
        ));
    }
}

/// How many runs agreed.
pub(super) fn found(a: &Agreements) -> String {
    format!(
        "Of {}, {} ({}) settled every item, which {} of them still held at the end. In {} some items were settled at the \
         end, in {} none.",
        counted(a.runs, "run", "runs"),
        whole(a.agreed),
        percent(a.agreed, a.runs),
        whole(a.held),
        whole(a.partial),
        whole(a.none)
    )
}

/// How many agreements are efficient.
pub(super) fn efficiency(a: &Agreements) -> String {
    format!(
        "By the worth and the alternatives of the start, {} of {} agreements ({}) are Pareto-efficient and {} ({}) lie in \
         the zone.",
        whole(a.efficient),
        whole(a.agreed),
        percent(a.efficient, a.agreed),
        whole(a.in_zone),
        percent(a.in_zone, a.agreed)
    )
}

/// The distance to the frontier.
pub(super) fn distance(s: &Spread) -> String {
    format!("Distance to the frontier, the most that one package gives every party at once: {}", spread(s))
}

/// What is left on the table.
pub(super) fn left(s: &Spread) -> String {
    format!("Left on the table, the largest sum of gains that leaves nobody worse off: {}", spread(s))
}

/// The Nash product.
pub(super) fn nash(s: &Spread) -> String {
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    format!(
        "Product of gains, as a share of the largest: mean {}; a tenth of the agreements at most {}, half at most {}",
        percent(s.mean),
        percent(s.tenth),
        percent(s.median)
    )
}

fn spread(s: &Spread) -> String {
    if s.most == 0.0 {
        return "0 in every run that agreed".into();
    }
    format!(
        "mean {}; half of the agreements at most {}, nine tenths at most {}, the worst {}",
        figure(s.mean),
        figure(s.median),
        figure(s.ninetieth),
        figure(s.most)
    )
}

fn one(board: &Board, a: &Agreements, agreement: &Agreement) -> String {
    let names = board.problem.parties.iter().zip(&agreement.utilities);
    let worth: Vec<String> = names.map(|(p, u)| format!("{} {}", p.name, figure(*u))).collect();
    format!(
        "{} ({} of all): {}; {}",
        counted(agreement.runs, "run", "runs"),
        percent(agreement.runs, a.runs),
        worth.join(", "),
        judged(agreement)
    )
}

/// Where an agreement lies.
pub(super) fn judged(agreement: &Agreement) -> String {
    match (agreement.efficient, agreement.distance > 0.0) {
        (true, _) => "efficient".into(),
        (false, true) => format!("another package gives every party {} more", figure(agreement.distance)),
        (false, false) => {
            format!("another package gives some party more, together {}", figure(agreement.left))
        }
    }
}

fn zone(page: &mut Writer, board: &Board, ripeness: &Ripeness) {
    page.gap();
    page.section("The zone from round to round");
    if !ripeness.moves() {
        page.paragraph(&still(ripeness));
        return;
    }
    page.paragraph(
        "Alternatives move with the ground. Open: shares of runs in which some package suits all whose consent the rule \
         needs; ripe: in which a package was found that gives enough parties more than they expect without it; then the packages in the zone and \
         the parties' alternatives, of which half of the runs have no more.",
    );
    let shown = board.problem.parties.len().min(COLUMNS);
    let wide = COLUMN_ROOM / shown.max(1) - 2;
    let mut head = format!("  {:>5}{:>8}{:>8}{:>11}", "round", "open", "ripe", "packages");
    for party in board.problem.parties.iter().take(shown) {
        head += &format!("  {}", flush_right(&cut(&party.name, wide), wide));
    }
    page.row(&head);
    for (r, moment) in ripeness.rounds.iter().enumerate() {
        let round = if r == 0 { "start".to_owned() } else { r.to_string() };
        let mut row = format!(
            "  {:>5}{:>8}{:>8}{:>11}",
            round,
            percent(moment.open, ripeness.runs),
            percent(moment.ripe, ripeness.runs),
            whole(moment.packages[1])
        );
        moment.alternatives.iter().take(shown).for_each(|a| row += &format!("  {:>wide$}", a.median));
        page.row(&row);
    }
}

/// What is said where nothing moves.
pub(super) fn still(ripeness: &Ripeness) -> String {
    let moment = &ripeness.rounds[0];
    format!(
        "Neither alternatives nor the worth of promises move: in every round of every run the zone is {} ({}) and the \
         moment {}ripe.",
        if moment.open > 0 { "open" } else { "closed" },
        counted(moment.packages[1], "package", "packages"),
        if moment.ripe > 0 { "" } else { "not " }
    )
}

fn offers(page: &mut Writer, played: &Played, report: &Report<'_>) {
    let (Some(last), Some(scenario)) = (played.offers.last(), report.scenario) else { return };
    page.gap();
    page.section("One negotiation");
    let n = played.offers.len() as u64;
    let made = if played.mediator.is_some() {
        counted(n, "text or change to it", "texts or changes to them")
    } else {
        counted(n, "offer", "offers")
    };
    let agreed = played.offers.iter().rfind(|o| o.agreed);
    page.paragraph(&format!(
        "Run {} under seed {}: {made}, the last in round {}; {}. --json lists them, --html draws them.",
        scenario.run,
        scenario.seed,
        last.round,
        agreed.map_or("no agreement".to_owned(), |o| format!("agreed in round {}", o.round))
    ));
}
