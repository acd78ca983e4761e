//! Verdicts on properties, as tables for other programs.

use crate::document::dataset::Dataset;
use crate::telling::claim::told;

use super::{Verification, word};

/// A row a property.
pub(super) fn tables(v: &Verification) -> Vec<Dataset> {
    let columns =
        &["property", "title", "claim", "finding", "called_for", "low", "high", "first_round", "first_turn"];
    let mut table = Dataset::new("properties", columns);
    for answer in &v.answers {
        let verdict = &answer.verdict;
        let bound = |of: fn(&crate::analysis::exact::Probability) -> f64| {
            verdict.chance.as_ref().map(|chance| of(&chance.probability).to_string()).unwrap_or_default()
        };
        let seen = verdict.sighting.as_ref();
        let turn = seen.filter(|s| s.round > 0).map(|s| v.model.turns[s.turn].name().to_owned());
        table.push([
            answer.id.clone(),
            answer.title.clone().unwrap_or_default(),
            told(&v.model.world, answer.claim),
            word(verdict.finding).into(),
            verdict.called_for.map(|called| called.to_string()).unwrap_or_default(),
            bound(|p| p.low),
            bound(|p| p.high),
            seen.map(|s| s.round.to_string()).unwrap_or_default(),
            turn.unwrap_or_default(),
        ]);
    }
    vec![table]
}
