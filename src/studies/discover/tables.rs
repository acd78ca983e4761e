//! Boxes and leaves as tidy tables.

use crate::analysis::discovery::{Limit, Values};
use crate::document::dataset::Dataset;

use super::Discovered;

/// The tables `boxes`, `restrictions`, `trajectory` and `leaves` (docs/formats.md).
pub(super) fn tables(d: &Discovered) -> Vec<Dataset> {
    vec![boxes(d), restrictions(d), trajectory(d), leaves(d)]
}

fn boxes(d: &Discovered) -> Dataset {
    let columns =
        &["box_number", "step", "rows_inside", "of_interest", "coverage", "density", "mass", "restricted"];
    let mut sheet = Dataset::new("boxes", columns);
    for (k, found) in d.found.boxes.iter().enumerate() {
        sheet.push(step(k, found.chosen, &found.way[found.chosen]));
    }
    sheet
}

fn step(k: usize, at: usize, s: &crate::analysis::discovery::Step) -> [String; 8] {
    [
        (k + 1).to_string(),
        at.to_string(),
        s.cases.to_string(),
        s.hits.to_string(),
        s.coverage.to_string(),
        s.density.to_string(),
        s.mass.to_string(),
        s.restricted.to_string(),
    ]
}

fn trajectory(d: &Discovered) -> Dataset {
    let columns =
        &["box_number", "step", "rows_inside", "of_interest", "coverage", "density", "mass", "restricted"];
    let mut sheet = Dataset::new("trajectory", columns);
    for (k, found) in d.found.boxes.iter().enumerate() {
        found.way.iter().enumerate().for_each(|(at, s)| sheet.push(step(k, at, s)));
    }
    sheet
}

/// The ends of a limit that restrict, and the words it allows.
fn ends(d: &Discovered, column: usize, limit: &Limit) -> [String; 3] {
    let whole = &d.study.whole[column];
    match (limit, whole, &d.study.cases.columns[column].values) {
        (Limit::Range(low, high), Limit::Range(least, most), _) => {
            let end =
                |restricts: bool, value: &f64| if restricts { value.to_string() } else { String::new() };
            [end(low > least, low), end(high < most, high), String::new()]
        }
        (Limit::Words(allowed), _, Values::Words(words, _)) => {
            let allowed = words.iter().zip(allowed).filter(|(_, allowed)| **allowed);
            [
                String::new(),
                String::new(),
                allowed.map(|(word, _)| word.as_str()).collect::<Vec<_>>().join("; "),
            ]
        }
        _ => Default::default(),
    }
}

fn restrictions(d: &Discovered) -> Dataset {
    let columns = &[
        "box_number",
        "path",
        "from_value",
        "to_value",
        "words",
        "quasi_p_from",
        "quasi_p_to",
        "reproduced_coverage",
        "reproduced_density",
    ];
    let mut sheet = Dataset::new("restrictions", columns);
    for (k, found) in d.found.boxes.iter().enumerate() {
        for r in &found.restrictions {
            let [from, to, words] = ends(d, r.column, &r.limit);
            let p = r.quasi_p.map(|p| p.map_or_else(String::new, |p| p.to_string()));
            let [p_from, p_to] = p;
            let [coverage, density] = r.reproduced.map(|share| share.to_string());
            let path = d.study.cases.columns[r.column].name.clone();
            sheet.push([(k + 1).to_string(), path, from, to, words, p_from, p_to, coverage, density]);
        }
    }
    sheet
}

fn leaves(d: &Discovered) -> Dataset {
    let columns = &["leaf", "rows_inside", "of_interest", "coverage", "density", "mass", "told"];
    let mut sheet = Dataset::new("leaves", columns);
    let cases = &d.study.cases;
    let all = cases.interest.iter().filter(|hit| **hit).count().max(1);
    for (k, leaf) in d.found.leaves.iter().enumerate() {
        let hits = cases.hits(&leaf.rows);
        sheet.push([
            (k + 1).to_string(),
            leaf.rows.len().to_string(),
            hits.to_string(),
            (hits as f64 / all as f64).to_string(),
            cases.density(&leaf.rows).to_string(),
            (leaf.rows.len() as f64 / cases.len() as f64).to_string(),
            d.conditions(&leaf.limits),
        ]);
    }
    sheet
}
