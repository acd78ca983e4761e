//! What was settled, and where that lies among all packages, in sentences.

use crate::analysis::debrief::{Distance, SeatEnd, TrackEnd};
use crate::telling::chronicle::{clean, tenths};

use super::sentences::{agenda, more, whole};

/// How to read the score that is expected.
pub(crate) const EXPECTED: &str = "The expected score is what the statement would score on average if the model's \
share were the chance; the least is that of the share itself. What the expected score is above the least was lost by \
judgement; the rest of the score is luck.";

/// What a seat has in hand: its points, and by how much they are better than no agreement.
pub(crate) fn hand(seat: &SeatEnd) -> (String, String) {
    (tenths(seat.points), more(seat.points - seat.alternative))
}

/// Utilities by party.
pub(crate) fn told(track: &TrackEnd, utilities: &[f64]) -> String {
    let each = track.parties.iter().zip(utilities).map(|(p, u)| format!("{} {}", clean(p), whole(*u)));
    each.collect::<Vec<_>>().join(", ")
}

/// Where what is settled lies.
pub(crate) fn placed(track: &TrackEnd, d: &Distance) -> String {
    match (d.efficient, &d.better) {
        (None, _) => {
            let open: Vec<String> = track.open.iter().map(|t| format!("“{}”", clean(t))).collect();
            format!(
                "While {} is open, what is settled is only a part of a package; whether it leads to the Pareto frontier is not \
                 known.",
                agenda(&open)
            )
        }
        (Some(true), _) | (_, None) => {
            "It is on the Pareto frontier: nobody could have more without another having less.".into()
        }
        (Some(false), Some(better)) => format!(
            "It is not on the Pareto frontier: another package would have given {}.",
            told(track, better)
        ),
    }
}

/// How far the frontier reaches, and why there is no picture of it where there is none.
pub(crate) fn frontier_ends(track: &TrackEnd, d: &Distance) -> String {
    let points = match d.frontier.len() {
        1 => "one point".to_owned(),
        n => format!("{n} points"),
    };
    let ends = |k: usize| {
        let best = d.frontier.iter().max_by(|a, b| a[k].total_cmp(&b[k]));
        best.map(|u| told(track, u)).unwrap_or_default()
    };
    match track.parties.len() {
        2 if d.frontier.len() > 1 => {
            format!("The frontier of the whole agenda has {points}, from {} to {}.", ends(0), ends(1))
        }
        2 => format!("The frontier of the whole agenda has {points}: {}.", ends(0)),
        n => format!("The frontier of the whole agenda has {points}; for {n} parties it cannot be drawn."),
    }
}
