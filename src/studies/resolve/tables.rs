//! What agents could reach, as tables for other programs.

use crate::document::dataset::Dataset;
use crate::telling::trace;

use super::Resolution;
use super::json::rows;

/// What every way of deciding comes to, and how its decisions fall.
pub(super) fn tables(r: &Resolution) -> Vec<Dataset> {
    vec![values(r), decisions(r)]
}

fn values(r: &Resolution) -> Dataset {
    let mut table =
        Dataset::new("values", &["policy", "agent", "aim", "expected_value", "checked", "states"]);
    for case in &r.cases {
        for (k, decider) in r.deciders.iter().enumerate() {
            table.push([
                case.name.into(),
                decider.id(&r.model.world).into_owned(),
                r.aims[k].clone(),
                case.resolved.values[k].to_string(),
                case.resolved.checked[k].to_string(),
                case.resolved.states.to_string(),
            ]);
        }
    }
    table
}

fn decisions(r: &Resolution) -> Dataset {
    let columns = &["policy", "round", "turn", "agent", "decider", "what", "choice", "probability_of"];
    let mut table = Dataset::new("policy_by_round", columns);
    for case in &r.cases {
        for row in rows(r, &case.resolved.taken) {
            table.push([
                case.name.into(),
                row.round.to_string(),
                row.turn.into(),
                row.agent,
                row.decider,
                trace::word(row.what),
                row.choice,
                row.probability.to_string(),
            ]);
        }
    }
    table
}
