//! What changes do, as tidy tables.

use crate::analysis::Held;
use crate::analysis::combine::Verdict;
use crate::analysis::what_if::Difference;
use crate::document::dataset::Dataset;
use crate::domain::World;
use crate::studies::reserves;

use super::{Answer, Comparison};

/// Outcomes and conditions with and without each change, the flips, what one of the two worlds alone reached, and every
/// two changes together.
pub fn tables(comparison: &Comparison) -> Vec<Dataset> {
    let mut outcomes = Dataset::new(
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
    let mut flips = Dataset::new(
        "flips",
        &[
            "what_if",
            "from_outcome",
            "to_outcome",
            "pairs",
            "turn",
            "agent",
            "pairs_parting_there",
            "mean_round",
            "example",
        ],
    );
    let mut reached = Dataset::new(
        "flip_milestones",
        &["what_if", "from_outcome", "to_outcome", "world", "what", "id", "track", "party", "pairs"],
    );
    for answer in &comparison.answers {
        for o in &answer.effect.outcomes {
            let [id, pairs] = [answer.effect.id.clone(), answer.effect.pairs.to_string()];
            let mut row = vec![id, o.id.clone(), o.title.clone(), pairs];
            row.extend(figures(&o.difference()));
            outcomes.rows.push(row);
        }
        tell_flips(comparison.world, answer, &mut flips, &mut reached);
    }
    let mut sheets = vec![outcomes, measures(comparison), flips, reached, combinations(comparison)];
    sheets.extend(by_reserve(comparison));
    sheets
}

/// Conditions of one's own, with and without each change.
fn measures(comparison: &Comparison) -> Dataset {
    let columns = &[
        "what_if",
        "condition_text",
        "held",
        "pairs",
        "baseline",
        "changed",
        "difference",
        "low",
        "high",
        "p",
        "p_adjusted",
    ];
    let mut sheet = Dataset::new("what_if_measures", columns);
    for effect in comparison.answers.iter().map(|a| &a.effect) {
        for m in &effect.measures {
            for (held, d) in [(Held::Ever, &m.ever), (Held::Last, &m.last)] {
                let [id, condition, pairs] =
                    [effect.id.clone(), m.condition.clone(), effect.pairs.to_string()];
                let mut row = vec![id, condition, held.word().to_owned(), pairs];
                row.extend(figures(d));
                sheet.rows.push(row);
            }
        }
    }
    sheet
}

/// What two changes do together, for every outcome and condition.
fn combinations(comparison: &Comparison) -> Dataset {
    let columns = &[
        "first_what_if",
        "second_what_if",
        "of_what",
        "title",
        "held",
        "pairs",
        "neither",
        "first_alone",
        "second_alone",
        "both_together",
        "interaction",
        "low",
        "high",
        "p",
        "p_adjusted",
        "verdict",
    ];
    let mut sheet = Dataset::new("combinations", columns);
    for combined in &comparison.combinations {
        let [first, second] = &combined.ids;
        for j in combined.outcomes.iter().chain(&combined.ever).chain(&combined.last) {
            let held = j.held.map_or("", Held::word).to_owned();
            let mut row = vec![first.clone(), second.clone(), j.id.clone(), j.title.clone(), held];
            row.push(j.counts.iter().sum::<u64>().to_string());
            let shares = [j.neither, j.first, j.second, j.both];
            let found = [j.interaction, j.low, j.high, j.p];
            row.extend(shares.iter().chain(&found).map(|f| f.to_string()));
            row.push(maybe(j.p_adjusted));
            row.push(j.verdict.map_or("", verdict).into());
            sheet.rows.push(row);
        }
    }
    sheet
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Help => "help",
        Verdict::Hinder => "hinder",
        Verdict::AddUp => "add-up",
    }
}

/// The figures of a difference; what is not tested has no adjusted p.
fn figures(d: &Difference) -> [String; 7] {
    let [baseline, changed, difference, low, high, p] =
        [d.baseline, d.changed, d.difference, d.low, d.high, d.p].map(|f| f.to_string());
    [baseline, changed, difference, low, high, p, maybe(d.p_adjusted)]
}

fn maybe(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// Outcomes and conditions by what was drawn for reserves; only where somebody has one.
fn by_reserve(comparison: &Comparison) -> Option<Dataset> {
    let columns = &[
        "what_if",
        "parties",
        "drawn",
        "of_what",
        "held",
        "pairs",
        "baseline",
        "changed",
        "difference",
        "low",
        "high",
    ];
    let mut sheet = Dataset::new("what_if_by_reserve", columns);
    for effect in comparison.answers.iter().map(|a| &a.effect) {
        for t in &effect.reserves {
            let [parties, drawn] = reserves::cells(&t.of);
            let outcomes = t.outcomes.iter().map(|o| (&o.id, "", &o.shift));
            let measures = t.measures.iter().flat_map(|m| {
                [(Held::Ever, &m.ever), (Held::Last, &m.last)].map(|(held, s)| (&m.condition, held.word(), s))
            });
            for (of_what, held, s) in outcomes.chain(measures) {
                let figures = [s.baseline, s.changed, s.difference, s.low, s.high];
                let mut row = vec![effect.id.clone(), parties.clone(), drawn.clone()];
                row.extend([of_what.clone(), held.to_owned(), t.pairs.to_string()]);
                row.extend(figures.map(|f| f.to_string()));
                sheet.rows.push(row);
            }
        }
    }
    (!sheet.rows.is_empty()).then_some(sheet)
}

fn tell_flips(world: &World, answer: &Answer, flips: &mut Dataset, reached: &mut Dataset) {
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
                    r.party.clone().unwrap_or_default(),
                    r.pairs.to_string(),
                ]);
            }
        }
    }
}
