//! PRIM, the patient rule induction method: boxes in which cases of interest are frequent. Friedman & Fisher (1999), *Statistics and
//! Computing* 9, 123–143; for scenarios Bryant & Lempert (2010), *Technological Forecasting and Social Change* 77, 34–49.
//!
//! Peeling takes away, again and again, the thin slice whose loss gains most: the gain in density by rows lost, which copes with words
//! and whole numbers (the lenient objective of Kwakkel & Jaxa-Rozen 2016, *Environmental Modelling & Software* 79, 311–321). Pasting
//! gives slices back while that gains density.

use super::cases::{Cases, Values};

/// What a box allows of one assumption.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// From one number to another, both included.
    Range(f64, f64),
    /// These words, by their places.
    Words(Vec<bool>),
}

/// A box: what it allows of every assumption, and the rows within it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// By assumption.
    pub limits: Vec<Limit>,
    /// The rows in it, in order.
    pub rows: Vec<usize>,
}

/// How boxes are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// The share of a box's rows that one peel takes away, 0..0.5.
    pub peel: f64,
    /// The share of the rows beside a box that one paste gives back, 0..0.5.
    pub paste: f64,
    /// The least share of all rows that a box holds.
    pub mass: f64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { peel: 0.05, paste: 0.05, mass: 0.05 }
    }
}

/// The way from all rows of `among` to a box, step by step: first what was peeled, then what was pasted.
pub fn trajectory(cases: &Cases, among: &[usize], patience: Patience) -> Vec<Cell> {
    let whole = cases.whole();
    let mut way = vec![Cell { limits: whole.clone(), rows: among.to_vec() }];
    let search = Search { cases, among, whole: &whole, patience };
    while let Some(next) = search.peeled(&way[way.len() - 1]) {
        way.push(next);
    }
    while let Some(next) = search.pasted(&way[way.len() - 1]) {
        way.push(next);
    }
    way
}

struct Search<'a> {
    cases: &'a Cases,
    among: &'a [usize],
    whole: &'a [Limit],
    patience: Patience,
}

impl Search<'_> {
    fn mass(&self, rows: &[usize]) -> f64 {
        rows.len() as f64 / self.cases.len() as f64
    }

    /// The best of candidates: the largest gain, then the fewest restrictions, then the first.
    fn best(&self, from: &Cell, candidates: Vec<Cell>) -> Option<(f64, Cell)> {
        let old = self.cases.density(&from.rows);
        let gain = |to: &Cell| {
            let new = self.cases.density(&to.rows);
            let moved = from.rows.len().abs_diff(to.rows.len());
            if moved == 0 { 0.0 } else { (new - old) / moved as f64 }
        };
        let free = |to: &Cell| to.limits.iter().zip(self.whole).filter(|(a, b)| a == b).count();
        let scored = candidates.into_iter().map(|to| (gain(&to), free(&to), to));
        let better = |a: &(f64, usize, Cell), b: &(f64, usize, Cell)| b.0 > a.0 || b.0 == a.0 && b.1 > a.1;
        let best = scored.reduce(|best, next| if better(&best, &next) { next } else { best })?;
        Some((best.0, best.2))
    }

    fn peeled(&self, from: &Cell) -> Option<Cell> {
        let (mut numbers, mut words) = (Vec::new(), Vec::new());
        for (k, column) in self.cases.columns.iter().enumerate() {
            match (&column.values, &from.limits[k]) {
                (Values::Numbers(values), Limit::Range(low, high)) => {
                    let inside: Vec<f64> = from.rows.iter().map(|row| values[*row]).collect();
                    let upper = quantile(inside.clone(), 1.0 - self.patience.peel);
                    let lower = quantile(inside, self.patience.peel);
                    numbers.push(self.within(from, k, Limit::Range(*low, upper)));
                    numbers.push(self.within(from, k, Limit::Range(lower, *high)));
                }
                (Values::Words(..), Limit::Words(allowed)) if allowed.iter().filter(|a| **a).count() > 1 => {
                    for word in (0..allowed.len()).filter(|word| allowed[*word]) {
                        let mut fewer = allowed.clone();
                        fewer[word] = false;
                        words.push(self.within(from, k, Limit::Words(fewer)));
                    }
                }
                _ => {}
            }
        }
        numbers.append(&mut words);
        let (gain, to) = self.best(from, numbers)?;
        let goes = self.mass(&to.rows) >= self.patience.mass && to.rows.len() < from.rows.len() && gain > 0.0;
        goes.then_some(to)
    }

    /// The same box with another limit, and those of its rows that keep to it.
    fn within(&self, from: &Cell, k: usize, limit: Limit) -> Cell {
        let rows = from.rows.iter().copied().filter(|row| self.cases.allows(k, &limit, *row)).collect();
        let mut limits = from.limits.clone();
        limits[k] = limit;
        Cell { limits, rows }
    }

    fn pasted(&self, from: &Cell) -> Option<Cell> {
        let restricted: Vec<usize> =
            (0..self.whole.len()).filter(|k| from.limits[*k] != self.whole[*k]).collect();
        let (mut numbers, mut words) = (Vec::new(), Vec::new());
        for k in &restricted {
            match (&from.limits[*k], &self.whole[*k]) {
                (Limit::Range(low, high), Limit::Range(least, most)) => {
                    let beside = |limit: Limit| self.beside(from, &restricted, *k, limit);
                    let below = beside(Limit::Range(*least, *low));
                    let new =
                        if below.is_empty() { *least } else { quantile(below, 1.0 - self.patience.paste) };
                    numbers.push(self.outside(from, &restricted, *k, Limit::Range(new, *high)));
                    let above = beside(Limit::Range(*high, *most));
                    let new = if above.is_empty() { *most } else { quantile(above, self.patience.paste) };
                    numbers.push(self.outside(from, &restricted, *k, Limit::Range(*low, new)));
                }
                (Limit::Words(allowed), _) => {
                    for word in (0..allowed.len()).filter(|word| !allowed[*word]) {
                        let mut more = allowed.clone();
                        more[word] = true;
                        words.push(self.outside(from, &restricted, *k, Limit::Words(more)));
                    }
                }
                _ => {}
            }
        }
        numbers.append(&mut words);
        let (gain, to) = self.best(from, numbers)?;
        let goes = self.mass(&to.rows) >= self.patience.mass && to.rows.len() > from.rows.len() && gain > 0.0;
        goes.then_some(to)
    }

    /// Values of an assumption in the rows that keep to all other limits, and to this one.
    fn beside(&self, from: &Cell, restricted: &[usize], k: usize, limit: Limit) -> Vec<f64> {
        let Values::Numbers(values) = &self.cases.columns[k].values else { return Vec::new() };
        self.outside(from, restricted, k, limit).rows.iter().map(|row| values[*row]).collect()
    }

    /// The box with another limit, with all rows that keep to its limits.
    fn outside(&self, from: &Cell, restricted: &[usize], k: usize, limit: Limit) -> Cell {
        let mut limits = from.limits.clone();
        limits[k] = limit;
        let keeps = |row: &usize| restricted.iter().all(|k| self.cases.allows(*k, &limits[*k], *row));
        let rows = self.among.iter().copied().filter(keeps).collect();
        Cell { limits, rows }
    }
}

/// The value between a slice of this share and the rest. Where many values are the same it moves on until it parts some.
fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() - 1) as f64 * share;
    let (mut lower, mut higher) = (libm::floor(at) as usize, libm::ceil(at) as usize);
    while values[lower] == values[higher] {
        match share > 0.5 {
            true if lower > 0 => lower -= 1,
            false if higher < values.len() - 1 => higher += 1,
            _ => break,
        }
    }
    (values[lower] + values[higher]) / 2.0
}
