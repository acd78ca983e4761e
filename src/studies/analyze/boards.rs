//! What of a scenario can be analysed.

use crate::analysis::bargaining::{Problem, study};
use crate::domain::{DecisionRule, Model, TrackId};
use crate::exchange::Finding;

use super::{Board, Names, Terms};

/// The tracks with an agenda that can be analysed, and what is to be said of the others.
pub fn boards(model: &Model) -> (Vec<Board>, Vec<TrackId>, Vec<Finding>) {
    let (mut boards, mut tracks, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    for (at, track) in model.world.tracks.iter().enumerate() {
        let id = TrackId::new(at);
        let mut odd = |what: &str| findings.push(finding(&track.name.title, what));
        let problem = Problem::of_track(model, id);
        match study(&problem) {
            _ if problem.issues.is_empty() => odd("has no items: there is nothing to analyse"),
            Ok(analysis) => {
                let (title, names) = (track.name.title.clone(), Names::of_track(&model.world, id));
                let terms = Terms::default();
                boards.push(Board { title, problem, analysis, names, terms, played: None });
                tracks.push(id);
            }
            Err(error) => odd(&format!("is left out: {error}")),
        }
        if matches!(track.rule, DecisionRule::SufficientConsensus { .. }) {
            odd("decides by sufficient consensus: the majority overall is counted, blocs are not");
        }
    }
    (boards, tracks, findings)
}

/// What is to be said of a track.
pub fn finding(track: &str, what: &str) -> Finding {
    Finding { file: String::new(), line: None, message: format!("track “{track}” {what}") }
}
