//! How good stated probabilities were, once it is known what happened.

use libm::log;

use super::proportion::Proportion;

/// A probability that was stated, and whether the thing then happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// From 0 to 1.
    pub probability: f64,
    /// What came of it.
    pub happened: bool,
}

impl Forecast {
    /// Panics when the probability is none.
    pub fn new(probability: f64, happened: bool) -> Self {
        assert!((0.0..=1.0).contains(&probability), "{probability} is no probability");
        Self { probability, happened }
    }

    fn outcome(&self) -> f64 {
        if self.happened { 1.0 } else { 0.0 }
    }
}

/// Forecasts whose probability lies in one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Class {
    /// The lower bound, which belongs to the class.
    pub low: f64,
    /// The upper bound, which belongs to the next class, or to this when it is the last.
    pub high: f64,
    /// The mean probability stated; `None` when the class is empty.
    pub stated: Option<f64>,
    /// In how many of the forecasts of this class it happened.
    pub happened: Proportion,
}

/// The mean squared distance of probability and outcome: 0 is perfect, 0.25 is saying one half always, 1 is
/// always wrong with certainty. Brier (1950), *Monthly Weather Review* 78, 1–3, for two outcomes. `None`
/// without a forecast.
pub fn brier(forecasts: &[Forecast]) -> Option<f64> {
    mean(forecasts, |forecast| {
        let distance = forecast.probability - forecast.outcome();
        distance * distance
    })
}

/// The mean of −ln of the probability given to what happened, in nats: 0 is perfect, ln 2 ≈ 0.693 is saying
/// one half always. Good (1952), *Journal of the Royal Statistical Society B* 14, 107–114.
///
/// One certain forecast that fails would make it infinite, and an estimate from n runs never knows certainty:
/// every probability is clamped to `clamp`..1 − `clamp` first. 1/(2n) is a fitting clamp; say it beside the
/// score.
pub fn log_score(forecasts: &[Forecast], clamp: f64) -> Option<f64> {
    assert!(clamp > 0.0 && clamp <= 0.5, "a clamp lies between 0 and one half, not {clamp}");
    mean(forecasts, |forecast| {
        let probability = forecast.probability.clamp(clamp, 1.0 - clamp);
        -log(if forecast.happened { probability } else { 1.0 - probability })
    })
}

fn mean(forecasts: &[Forecast], score: impl Fn(&Forecast) -> f64) -> Option<f64> {
    let total: f64 = forecasts.iter().map(score).sum();
    (!forecasts.is_empty()).then(|| total / forecasts.len() as f64)
}

/// The calibration table: forecasts in `classes` equal classes of stated probability, with what happened in
/// each. Of what was given 30 %, three in ten should happen; the interval of `happened` says how surely it
/// did not.
pub fn calibration(forecasts: &[Forecast], classes: usize) -> Vec<Class> {
    assert!(classes > 0, "a table has classes");
    let bound = |index: usize| index as f64 / classes as f64;
    let class_of = |probability: f64| {
        let near = ((probability * classes as f64) as usize).min(classes - 1);
        // The product may round across a bound: the bounds themselves decide.
        if probability < bound(near) {
            near - 1
        } else if near + 1 < classes && probability >= bound(near + 1) {
            near + 1
        } else {
            near
        }
    };
    let mut members: Vec<Vec<Forecast>> = vec![Vec::new(); classes];
    for forecast in forecasts {
        members[class_of(forecast.probability)].push(*forecast);
    }
    let table = members.iter().enumerate().map(|(index, list)| Class {
        low: bound(index),
        high: bound(index + 1),
        stated: mean(list, |forecast| forecast.probability),
        happened: Proportion::new(
            list.iter().filter(|forecast| forecast.happened).count() as u64,
            list.len() as u64,
        ),
    });
    table.collect()
}
