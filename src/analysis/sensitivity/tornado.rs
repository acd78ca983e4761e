//! One assumption at a time: the scenario with each at either end of its range, against the scenario as it stands.

use serde::Serialize;

use super::{Masks, Refused, Study, Watch, share};
use crate::analysis::statistics::paired::Pairs;
use crate::analysis::statistics::tornado as bar;

/// The runs behind a tornado.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// The scenario as it stands.
    pub baseline: Masks,
    /// The same runs with each assumption at its low and at its high end; fewer than there are assumptions if the
    /// study was stopped.
    pub ends: Vec<[Masks; 2]>,
}

/// Plays the scenario as it stands and with each assumption at either end, always the runs 0 to `runs`.
///
/// # Errors
/// When the scenario refuses an end.
pub fn bars(study: &Study, runs: u32, watch: Watch) -> Result<Option<Bars>, Refused> {
    let mut played = |settings: &[(usize, f64)]| {
        let masks = study.play(settings, 0, runs)?;
        masks.iter().for_each(|_| watch(u64::from(runs)));
        Ok(masks)
    };
    let Some(baseline) = played(&[])? else { return Ok(None) };
    let mut bars = Bars { baseline, ends: Vec::new() };
    for (at, assumption) in study.assumptions.iter().enumerate() {
        let Some(low) = played(&[(at, assumption.low)])? else { break };
        let Some(high) = played(&[(at, assumption.high)])? else { break };
        bars.ends.push([low, high]);
    }
    Ok(Some(bars))
}

/// The measure with an assumption at one end of its range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct End {
    /// The value there; the place on its scale for a word.
    pub value: f64,
    /// Share of runs.
    pub share: f64,
    /// Less the share of the scenario as it stands.
    pub difference: f64,
    /// Lower end of Newcombe's interval for the paired difference.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Runs that count here and not in the scenario as it stands, and the other way about.
    pub flipped: [u64; 2],
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Swing {
    /// The place of the assumption.
    #[serde(skip)]
    pub assumption: usize,
    /// Its path.
    pub path: String,
    /// At the low end.
    pub low: End,
    /// At the high end.
    pub high: End,
    /// From the smallest to the largest of low end, baseline and high end.
    pub swing: f64,
}

/// The bars of one measure, the widest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tornado {
    /// Runs at each end.
    pub runs: u64,
    /// Share of the scenario as it stands.
    pub baseline: f64,
    /// The bars.
    pub bars: Vec<Swing>,
}

/// The tornado of one measure, with intervals at level 1 − `alpha`.
pub fn tornado(study: &Study, bars: &Bars, measure: usize, alpha: f64) -> Tornado {
    let baseline = share(&bars.baseline, measure);
    let shares: Vec<(f64, f64)> =
        bars.ends.iter().map(|[low, high]| (share(low, measure), share(high, measure))).collect();
    let swings = bar::tornado(baseline, &shares).into_iter().map(|b| {
        let assumption = &study.assumptions[b.factor];
        let [low, high] = &bars.ends[b.factor];
        Swing {
            assumption: b.factor,
            path: assumption.path.clone(),
            low: end(assumption.low, low, &bars.baseline, measure, alpha),
            high: end(assumption.high, high, &bars.baseline, measure, alpha),
            swing: b.swing,
        }
    });
    Tornado { runs: bars.baseline.len() as u64, baseline, bars: swings.collect() }
}

fn end(value: f64, changed: &[u64], baseline: &[u64], measure: usize, alpha: f64) -> End {
    let mut pairs = Pairs::default();
    for (one, other) in changed.iter().zip(baseline) {
        match (one >> measure & 1 == 1, other >> measure & 1 == 1) {
            (true, true) => pairs.both += 1,
            (true, false) => pairs.first_only += 1,
            (false, true) => pairs.second_only += 1,
            (false, false) => pairs.neither += 1,
        }
    }
    let interval = pairs.newcombe(alpha);
    End {
        value,
        share: pairs.first().share().unwrap_or(0.0),
        difference: pairs.difference().unwrap_or(0.0),
        low: interval.low,
        high: interval.high,
        flipped: [pairs.first_only, pairs.second_only],
    }
}
