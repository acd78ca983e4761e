//! What changes do, as tidy tables.

use crate::domain::World;

use super::sheet::Sheet;
use super::what_if::{Answer, Comparison};

/// Outcomes with and without each change, the flips, and what one of the two worlds alone reached.
pub fn sheets(comparison: &Comparison) -> Vec<Sheet> {
    let mut outcomes = Sheet::new(
        "what_if_outcomes",
        &[
            "what_if",
            "outcome",
            "title",
            "pairs",
            "baseline",
            "changed",
            "difference",
            "low",
            "high",
            "p",
            "p_adjusted",
        ],
    );
    let mut flips = Sheet::new(
        "flips",
        &["what_if", "from", "to", "pairs", "turn", "agent", "pairs_parting_there", "mean_round", "example"],
    );
    let mut reached =
        Sheet::new("flip_milestones", &["what_if", "from", "to", "world", "what", "id", "track", "pairs"]);
    for answer in comparison.answers {
        for o in &answer.effect.outcomes {
            let [id, pairs] = [answer.effect.id.clone(), answer.effect.pairs.to_string()];
            let figures = [o.baseline, o.changed, o.difference, o.low, o.high, o.p, o.p_adjusted];
            let mut row = vec![id, o.id.clone(), o.title.clone(), pairs];
            row.extend(figures.map(|f| f.to_string()));
            outcomes.rows.push(row);
        }
        tell_flips(comparison.world, answer, &mut flips, &mut reached);
    }
    vec![outcomes, flips, reached]
}

fn tell_flips(world: &World, answer: &Answer, flips: &mut Sheet, reached: &mut Sheet) {
    let id = &answer.effect.id;
    let outcome = |o: usize| world.outcomes[o].name.id.clone();
    for flip in &answer.effect.flips {
        let (turn, agent, parting) = &flip.parts;
        flips.push([
            id.clone(),
            outcome(flip.from),
            outcome(flip.to),
            flip.pairs.to_string(),
            (*turn).to_owned(),
            agent.clone(),
            parting.to_string(),
            flip.round.to_string(),
            flip.example.to_string(),
        ]);
        for (whose, list) in [("changed", &flip.gained), ("baseline", &flip.lost)] {
            for r in list {
                reached.push([
                    id.clone(),
                    outcome(flip.from),
                    outcome(flip.to),
                    whose.to_owned(),
                    r.what.to_owned(),
                    r.id.clone(),
                    r.track.clone().unwrap_or_default(),
                    r.pairs.to_string(),
                ]);
            }
        }
    }
}
