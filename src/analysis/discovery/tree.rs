//! CART: a tree that parts cases, split by split, where that makes either side purest (Breiman, Friedman, Olshen & Stone 1984).

use super::cases::{Cases, Values};
use super::prim::Limit;

/// A leaf: what leads to it, and the cases in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// What it allows of every assumption.
    pub limits: Vec<Limit>,
    /// The rows in it, in order.
    pub rows: Vec<usize>,
}

/// The leaves of a tree of so many levels at most, each with at least this share of all cases. A split is at the middle between two
/// neighbouring numbers, or between one word and the others; it is the one that lowers Gini's impurity most, the first of equals.
pub fn leaves(cases: &Cases, depth: usize, mass: f64) -> Vec<Leaf> {
    let least = libm::ceil(mass * cases.len() as f64) as usize;
    let root = Leaf { limits: cases.whole(), rows: (0..cases.len()).collect() };
    grown(cases, root, depth, least.max(1))
}

fn grown(cases: &Cases, leaf: Leaf, depth: usize, least: usize) -> Vec<Leaf> {
    let best = if depth == 0 { None } else { split(cases, &leaf, least) };
    let Some([left, right]) = best else { return vec![leaf] };
    let mut leaves = grown(cases, left, depth - 1, least);
    leaves.extend(grown(cases, right, depth - 1, least));
    leaves
}

/// Gini's impurity times the number of cases, of `hits` among `n`.
fn impurity(hits: usize, n: usize) -> f64 {
    let (hits, n) = (hits as f64, n as f64);
    if n == 0.0 { 0.0 } else { 2.0 * hits * (n - hits) / n }
}

fn split(cases: &Cases, leaf: &Leaf, least: usize) -> Option<[Leaf; 2]> {
    let whole = impurity(cases.hits(&leaf.rows), leaf.rows.len());
    let mut best: Option<(f64, usize, Limit, Limit)> = None;
    let mut offer = |gain: f64, column: usize, left: Limit, right: Limit| {
        if gain > 1e-12 && best.as_ref().is_none_or(|(most, ..)| gain > *most) {
            best = Some((gain, column, left, right));
        }
    };
    for (k, column) in cases.columns.iter().enumerate() {
        match (&column.values, &leaf.limits[k]) {
            (Values::Numbers(values), Limit::Range(low, high)) => {
                let mut rows = leaf.rows.clone();
                rows.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
                let (hits, n) = (cases.hits(&rows), rows.len());
                let mut left = 0;
                for at in 1..n {
                    left += usize::from(cases.interest[rows[at - 1]]);
                    let (below, above) = (values[rows[at - 1]], values[rows[at]]);
                    if below == above || at < least || n - at < least {
                        continue;
                    }
                    let gain = whole - impurity(left, at) - impurity(hits - left, n - at);
                    let middle = (below + above) / 2.0;
                    offer(gain, k, Limit::Range(*low, middle), Limit::Range(middle, *high));
                }
            }
            (Values::Words(_, places), Limit::Words(allowed)) => {
                for word in (0..allowed.len()).filter(|word| allowed[*word]) {
                    let (one, others): (Vec<usize>, Vec<usize>) =
                        leaf.rows.iter().partition(|row| places[**row] == word);
                    if one.len() < least || others.len() < least {
                        continue;
                    }
                    let gain = whole
                        - impurity(cases.hits(&one), one.len())
                        - impurity(cases.hits(&others), others.len());
                    let alone: Vec<bool> = (0..allowed.len()).map(|w| w == word).collect();
                    let rest: Vec<bool> = (0..allowed.len()).map(|w| allowed[w] && w != word).collect();
                    offer(gain, k, Limit::Words(alone), Limit::Words(rest));
                }
            }
            _ => {}
        }
    }
    let (_, column, left, right) = best?;
    Some([left, right].map(|limit| {
        let rows = leaf.rows.iter().copied().filter(|row| cases.allows(column, &limit, *row)).collect();
        let mut limits = leaf.limits.clone();
        limits[column] = limit;
        Leaf { limits, rows }
    }))
}
