//! Sobol' indices: the variance of single runs, taken apart into assumptions, their interplay and luck.

use serde::Serialize;

use super::{Masks, Refused, Study, Watch, stream};
use crate::analysis::statistics::design::Design;
use crate::analysis::statistics::sobol::{self, Outputs, SETTLED_WIDTH, verdict};
use crate::drivers::parallel;

/// The use of random numbers for resampling.
const RESAMPLING: u64 = 4;
const RESAMPLES: usize = 1000;
/// Points played between two looks at the clock.
const BATCH: usize = 512;

/// The design and, for each of its points, how many of its runs each measure counts.
#[derive(Clone, Debug)]
pub struct Table {
    /// The design, with luck as its last factor.
    pub design: Design,
    /// Runs at each point.
    pub repeats: u32,
    masks: Vec<Vec<u64>>,
}

impl Table {
    /// The share of a point's runs that a measure counts, for every point in order.
    pub fn outputs(&self, measure: usize) -> Vec<f64> {
        self.masks.iter().map(|masks| super::share(masks, measure)).collect()
    }
}

/// Plays so many runs at every point of a design of so many rows. `None` if it was stopped: indices of part of a
/// design would be wrong.
///
/// # Errors
/// When the scenario refuses a point.
pub fn table(study: &Study, rows: usize, repeats: u32, watch: Watch) -> Result<Option<Table>, Refused> {
    let design = Design::scrambled(rows, study.assumptions.len(), study.seed as u32).with_chance();
    let mut masks = Vec::with_capacity(design.runs());
    for start in (0..design.runs()).step_by(BATCH) {
        let batch = parallel::map(BATCH.min(design.runs() - start), |k| {
            let point = design.point(start + k);
            let from = point.luck as u32 * repeats;
            study.play(&study.inside(&point.values), from, from + repeats)
        });
        let batch: Option<Vec<Masks>> = batch.into_iter().collect::<Result<_, Refused>>()?;
        let Some(batch) = batch else { return Ok(None) };
        watch(batch.len() as u64 * u64::from(repeats));
        masks.extend(batch);
    }
    Ok(Some(Table { design, repeats, masks }))
}

impl Table {
    /// The values of the assumptions at every point, in order, with the first of its runs.
    pub fn inputs<'a>(&'a self, study: &'a Study) -> impl Iterator<Item = (Vec<f64>, u32)> + 'a {
        self.design.points().map(move |point| {
            let values = study.inside(&point.values).into_iter().map(|(_, value)| value);
            (values.collect(), point.luck as u32 * self.repeats)
        })
    }
}

/// The indices of one assumption, or of luck.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Index {
    /// The place of the assumption.
    #[serde(skip)]
    pub assumption: Option<usize>,
    /// Its path; `chance` for luck.
    pub path: String,
    /// First-order index: what it does on its own.
    pub first: f64,
    /// The bootstrap interval of `first`.
    pub first_interval: [f64; 2],
    /// Total index: what it does alone and with others.
    pub total: f64,
    /// The bootstrap interval of `total`.
    pub total_interval: [f64; 2],
}

/// The variance of one measure, taken apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decomposition {
    /// Rows of the design.
    pub rows: usize,
    /// Runs at each point.
    pub repeats: u32,
    /// Points: rows × (assumptions + 3).
    pub points: usize,
    /// The assumptions, the largest total index first.
    pub indices: Vec<Index>,
    /// Luck.
    pub chance: Index,
    /// The widest interval of all.
    pub widest: f64,
    /// The width below which indices count as settled.
    pub settled_width: f64,
    /// Whether the widest interval is below it.
    pub converged: bool,
}

/// The indices of one measure; `None` where it never varies.
pub fn decomposition(study: &Study, table: &Table, measure: usize, alpha: f64) -> Option<Decomposition> {
    let mut random = stream(study.seed, RESAMPLING, measure as u64);
    let outputs = Outputs::new(&table.outputs(measure), table.design.indices());
    let found = outputs.indices(RESAMPLES, alpha, &mut random)?;
    let verdict = verdict(&found, SETTLED_WIDTH)?;
    let ends = |e: &sobol::Estimate| [e.interval.low, e.interval.high];
    let index = |(at, both): (usize, &sobol::Indices)| Index {
        assumption: study.assumptions.get(at).map(|_| at),
        path: study.assumptions.get(at).map_or("chance", |a| &a.path).to_owned(),
        first: both.first.value,
        first_interval: ends(&both.first),
        total: both.total.value,
        total_interval: ends(&both.total),
    };
    let mut indices: Vec<Index> = found.iter().enumerate().map(index).collect();
    let chance = indices.pop()?;
    indices.sort_by(|a, b| b.total.total_cmp(&a.total).then(a.assumption.cmp(&b.assumption)));
    Some(Decomposition {
        rows: table.design.runs() / (table.design.indices() + 2),
        repeats: table.repeats,
        points: table.design.runs(),
        indices,
        chance,
        widest: verdict.widest,
        settled_width: SETTLED_WIDTH,
        converged: verdict.converged,
    })
}
