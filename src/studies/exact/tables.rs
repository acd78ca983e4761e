//! An exact answer as tables for other programs.

use crate::analysis::exact::{Expected, Probability};
use crate::document::dataset::Dataset;

use super::Answer;

/// All tables but that of the states.
pub(super) fn tables(answer: &Answer) -> Vec<Dataset> {
    vec![probabilities(answer), expectations(answer), layers(answer)]
}

/// Every probability that was computed: what it is of, and the bounds between which it lies for certain.
fn probabilities(answer: &Answer) -> Dataset {
    let columns = &["measure", "id", "value", "title", "round", "low", "high", "fraction"];
    let mut table = Dataset::new("probabilities", columns);
    let mut push = |measure: &str, [id, value, title]: [&str; 3], round: Option<usize>, p: &Probability| {
        let fraction = p.fraction.as_ref().map(|(numerator, bits)| format!("{numerator}/2^{bits}"));
        table.push([
            measure.into(),
            id.into(),
            value.into(),
            title.into(),
            round.map(|r| r.to_string()).unwrap_or_default(),
            p.low.to_string(),
            p.high.to_string(),
            fraction.unwrap_or_default(),
        ]);
    };
    let exact = &answer.exact;
    exact.outcomes.iter().for_each(|o| push("outcome", [&o.id, "", &o.title], None, &o.probability));
    for m in &exact.measures {
        push("ever", [&m.condition, "", ""], None, &m.ever);
        push("last", [&m.condition, "", ""], None, &m.last);
        m.by_round
            .iter()
            .enumerate()
            .for_each(|(r, p)| push("holds", [&m.condition, "", ""], Some(r + 1), p));
    }
    for t in &exact.instruments {
        push("signed", [&t.id, "", &t.title], None, &t.signed);
        t.by_round
            .iter()
            .enumerate()
            .for_each(|(r, p)| push("signed", [&t.id, "", &t.title], Some(r + 1), p));
        push("in-force", [&t.id, "", &t.title], None, &t.in_force);
        push("broken", [&t.id, "", &t.title], None, &t.broken);
    }
    for item in &exact.items {
        item.options.iter().for_each(|o| push("settled", [&item.id, &o.id, &o.title], None, &o.probability));
        push("open", [&item.id, "", &item.title], None, &item.open);
    }
    exact.seats.iter().for_each(|s| push("content", [&s.party, &s.track, &s.title], None, &s.content));
    for front in &exact.fronts {
        front.holders.iter().for_each(|h| push("held", [&front.id, &h.id, &h.title], None, &h.probability));
    }
    exact.ended.iter().enumerate().for_each(|(r, p)| push("ended", ["", "", ""], Some(r + 1), p));
    table
}

/// Every mean.
fn expectations(answer: &Answer) -> Dataset {
    let mut table = Dataset::new("expectations", &["measure", "id", "value", "title", "unit", "low", "high"]);
    let mut push = |measure: &str, [id, value, title, unit]: [&str; 4], e: &Expected| {
        let texts = [measure, id, value, title, unit].map(str::to_owned);
        let [measure, id, value, title, unit] = texts;
        table.push([measure, id, value, title, unit, e.low.to_string(), e.high.to_string()]);
    };
    let exact = &answer.exact;
    push("rounds", ["", "", "", "rounds"], &exact.rounds);
    for text in &exact.instruments {
        text.round.iter().for_each(|round| push("round-signed", [&text.id, "", &text.title, "round"], round));
    }
    for seat in &exact.seats {
        push("points", [&seat.party, &seat.track, &seat.title, "of 100"], &seat.points);
        push("alternative", [&seat.party, &seat.track, &seat.title, "of 100"], &seat.alternative);
    }
    exact.rewards.iter().for_each(|r| push("reward", [&r.id, "", &r.title, &r.unit], &r.expected));
    table
}

/// The states after every turn.
pub(super) fn layers(answer: &Answer) -> Dataset {
    let columns = &["step", "round", "turn", "agent", "states", "ways", "merging", "dropped"];
    let mut sheet = Dataset::new("layers", columns);
    for layer in &answer.exact.size.layers {
        sheet.push([
            layer.step.to_string(),
            layer.round.to_string(),
            layer.turn.name().into(),
            layer.turn.agent(answer.world).into(),
            layer.states.to_string(),
            layer.ways.to_string(),
            format!("{:.4}", layer.ways as f64 / layer.states.max(1) as f64),
            layer.dropped.to_string(),
        ]);
    }
    sheet
}
