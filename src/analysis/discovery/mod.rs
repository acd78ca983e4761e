//! Scenario discovery: which combinations of assumptions the cases of interest have in common. Boxes by PRIM, and as a second view a
//! tree by CART.

mod cases;
mod prim;
mod tree;

pub use cases::{Cases, Column, Values};
pub use prim::{Cell, Limit, Patience, trajectory};
pub use tree::{Leaf, leaves};

use crate::analysis::statistics::Proportion;
use crate::analysis::statistics::resample::below;
use crate::drivers::parallel;
use crate::drivers::philox::Stream;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How boxes are looked for.
    pub patience: Patience,
    /// The density that a box is to have, 0..1.
    pub density: f64,
    /// How many boxes at most, one after the other in what those before have left.
    pub boxes: usize,
    /// How often half of the cases are looked through again.
    pub resamples: u32,
    /// The seed of these halves.
    pub seed: u64,
}

/// A step on the way to a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Cases in it.
    pub cases: usize,
    /// Of these, how many are of interest.
    pub hits: usize,
    /// Of all that are of interest, the share that lies in it.
    pub coverage: f64,
    /// Of the cases in it, the share that is of interest.
    pub density: f64,
    /// Of all cases, the share that lies in it.
    pub mass: f64,
    /// How many assumptions it restricts.
    pub restricted: usize,
}

/// A restriction of a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Restriction {
    /// The place of the assumption.
    pub column: usize,
    /// What the box allows of it.
    pub limit: Limit,
    /// Quasi-p-values of the lower and the upper end, or of the words: how probable at least as many cases of interest would be in the
    /// box, did each have the odds of the box without that end.
    pub quasi_p: [Option<f64>; 2],
    /// The share of resamples whose box of the same coverage, and of the same density, restricts this assumption too.
    pub reproduced: [f64; 2],
}

/// A box that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxed {
    /// The way to it and on.
    pub way: Vec<Step>,
    /// The step that is the box.
    pub chosen: usize,
    /// What it restricts, the least quasi-p-value first.
    pub restrictions: Vec<Restriction>,
}

/// Looks for boxes. Nothing where no case, or every case, is of interest.
pub fn discover(cases: &Cases, asked: &Asked) -> Vec<Boxed> {
    let mut left: Vec<usize> = (0..cases.len()).collect();
    let mut found = Vec::new();
    let all = All::of(cases);
    while found.len() < asked.boxes && cases.hits(&left) > 0 {
        let way = trajectory(cases, &left, asked.patience);
        let steps: Vec<Step> = way.iter().map(|cell| all.step(cell)).collect();
        // The first that is dense enough covers most; where none is, the densest.
        let densest = steps.iter().map(|s| s.density).fold(0.0, f64::max);
        let enough = asked.density.min(densest);
        let chosen = steps.iter().position(|s| s.density >= enough).unwrap_or(0);
        let cell = &way[chosen];
        if steps[chosen].restricted == 0 {
            break;
        }
        let resamples = resampled(cases, &left, asked, &steps[chosen]);
        let restrictions = restrictions(&all, &left, cell, &resamples);
        left.retain(|row| cell.rows.binary_search(row).is_err());
        found.push(Boxed { way: steps, chosen, restrictions });
    }
    found
}

/// Cases, with what is asked of all of them again and again.
struct All<'a> {
    cases: &'a Cases,
    /// The limits that all keep to.
    whole: Vec<Limit>,
    /// How many are of interest.
    hits: usize,
}

impl<'a> All<'a> {
    fn of(cases: &'a Cases) -> Self {
        let hits = cases.interest.iter().filter(|hit| **hit).count();
        Self { cases, whole: cases.whole(), hits }
    }

    /// Which assumptions a box restricts.
    fn restricted(&self, cell: &Cell) -> Vec<usize> {
        (0..self.whole.len()).filter(|k| cell.limits[*k] != self.whole[*k]).collect()
    }

    fn step(&self, cell: &Cell) -> Step {
        let (hits, cases) = (self.cases.hits(&cell.rows), cell.rows.len());
        Step {
            cases,
            hits,
            coverage: hits as f64 / self.hits.max(1) as f64,
            density: if cases == 0 { 0.0 } else { hits as f64 / cases as f64 },
            mass: cases as f64 / self.cases.len().max(1) as f64,
            restricted: self.restricted(cell).len(),
        }
    }
}

fn restrictions(all: &All, among: &[usize], cell: &Cell, resamples: &[[Vec<usize>; 2]]) -> Vec<Restriction> {
    let (cases, whole) = (all.cases, &all.whole);
    let seen = Proportion::new(cases.hits(&cell.rows) as u64, cell.rows.len() as u64);
    // Without one end: how many there would be, and the odds of a case among them.
    let quasi = |k: usize, freed: Limit| {
        let mut limits = cell.limits.clone();
        limits[k] = freed;
        let keeps = |row: &usize| (0..limits.len()).all(|k| cases.allows(k, &limits[k], *row));
        let rows: Vec<usize> = among.iter().copied().filter(keeps).collect();
        seen.at_least_by_chance(cases.density(&rows))
    };
    let one = |k: usize| {
        let quasi_p = match (&cell.limits[k], &whole[k]) {
            (Limit::Range(low, high), Limit::Range(least, most)) => [
                (low > least).then(|| quasi(k, Limit::Range(*least, *high))),
                (high < most).then(|| quasi(k, Limit::Range(*low, *most))),
            ],
            _ => [Some(quasi(k, whole[k].clone())), None],
        };
        let reproduced = [0, 1].map(|way| {
            let n = resamples.iter().filter(|both| both[way].contains(&k)).count();
            n as f64 / resamples.len().max(1) as f64
        });
        Restriction { column: k, limit: cell.limits[k].clone(), quasi_p, reproduced }
    };
    let mut told: Vec<Restriction> = all.restricted(cell).into_iter().map(one).collect();
    let least = |r: &Restriction| r.quasi_p.iter().flatten().copied().fold(1.0, f64::min);
    told.sort_by(|a, b| least(a).total_cmp(&least(b)).then(a.column.cmp(&b.column)));
    told
}

/// What the boxes of random halves restrict: the one nearest in coverage, and the one nearest in density.
fn resampled(cases: &Cases, among: &[usize], asked: &Asked, like: &Step) -> Vec<[Vec<usize>; 2]> {
    let half = |k: usize| {
        let mut random = Stream::new(asked.seed, 0xd15c_u128 << 96 | (k as u128) << 64);
        let mut rows = among.to_vec();
        let n = rows.len() / 2;
        (0..n).for_each(|at| rows.swap(at, at + below(&mut random, among.len() - at)));
        rows.truncate(n);
        rows.sort_unstable();
        let part = cases.part(&rows);
        let every: Vec<usize> = (0..n).collect();
        let (all, way) = (All::of(&part), trajectory(&part, &every, asked.patience));
        let steps: Vec<Step> = way.iter().map(|cell| all.step(cell)).collect();
        let nearest = |of: fn(&Step) -> f64| {
            let distance = |k: &usize| (of(&steps[*k]) - of(like)).abs();
            // Of equals the last: what covers as much and is denser.
            let at =
                (0..steps.len()).reduce(|best, k| if distance(&k) <= distance(&best) { k } else { best });
            all.restricted(&way[at.unwrap_or(0)])
        };
        [nearest(|s| s.coverage), nearest(|s| s.density)]
    };
    if among.len() < 4 { Vec::new() } else { parallel::map(asked.resamples as usize, half) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred cases on a grid; those of interest lie in one corner.
    fn corner() -> Cases {
        let numbers = |of: fn(usize) -> usize| Values::Numbers((0..400).map(|k| of(k) as f64).collect());
        let words = (0..400).map(|k| k % 2).collect();
        let columns = vec![
            Column { name: "a".into(), values: numbers(|k| k % 20) },
            Column { name: "b".into(), values: numbers(|k| k / 20) },
            Column { name: "c".into(), values: Values::Words(vec!["x".into(), "y".into()], words) },
        ];
        Cases { columns, interest: (0..400).map(|k| k % 20 >= 12 && k / 20 < 8).collect() }
    }

    const ASKED: Asked = Asked {
        patience: Patience { peel: 0.05, paste: 0.05, mass: 0.05 },
        density: 0.9,
        boxes: 3,
        resamples: 10,
        seed: 1,
    };

    #[test]
    fn the_corner_is_found_and_nothing_else() {
        let cases = corner();
        let found = discover(&cases, &ASKED);
        let first = &found[0];
        let step = first.way[first.chosen];
        assert!(step.density >= 0.9 && step.coverage > 0.9, "{step:?}");
        let restricted: Vec<usize> = first.restrictions.iter().map(|r| r.column).collect();
        assert_eq!(step.restricted, restricted.len());
        assert!(restricted.contains(&0) && restricted.contains(&1), "{:?}", first.restrictions);
        for r in first.restrictions.iter().filter(|r| r.column < 2) {
            assert!(r.quasi_p.iter().flatten().any(|p| *p < 1e-6), "{r:?}");
            assert!(r.reproduced[0] > 0.9, "{r:?}");
        }
        assert_eq!(found, discover(&cases, &ASKED), "the same again");
    }

    #[test]
    fn a_tree_sees_the_corner_too() {
        let cases = corner();
        let leaves = leaves(&cases, 3, 0.05);
        let rows: usize = leaves.iter().map(|leaf| leaf.rows.len()).sum();
        assert_eq!(rows, 400, "every case lies in one leaf");
        let best = leaves.iter().max_by(|a, b| cases.density(&a.rows).total_cmp(&cases.density(&b.rows)));
        let best = best.expect("there are leaves");
        assert_eq!(cases.density(&best.rows), 1.0);
        assert_eq!(best.limits[0], Limit::Range(11.5, 19.0));
        assert_eq!(best.limits[1], Limit::Range(0.0, 7.5));
    }

    #[test]
    fn where_nothing_is_of_interest_there_is_no_box() {
        let none = Cases { interest: vec![false; 400], ..corner() };
        assert!(discover(&none, &ASKED).is_empty());
        let every = Cases { interest: vec![true; 400], ..corner() };
        assert!(discover(&every, &ASKED).is_empty());
    }
}
