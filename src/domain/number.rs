//! The two kinds of exact number the kernel computes with: odds and scores.

/// A share of certainty in units of 2⁻³²; [`ONE`] is certain. Weights of one choice sum to [`ONE`].
pub type Weight = u64;

/// Certainty: 2³².
pub const ONE: Weight = 1 << 32;

/// The weight nearest to a probability; values outside 0..1 are clamped.
pub fn weight(probability: f64) -> Weight {
    let clamped = probability.clamp(0.0, 1.0);
    libm::round(clamped * ONE as f64) as Weight
}

/// The probability of a weight, for showing.
pub fn probability(weight: Weight) -> f64 {
    weight as f64 / ONE as f64
}

/// Points in units of 1/[`POINT`] of a point: credits, needs and targets are compared in it, without rounding.
pub type Score = i32;

/// One point as a [`Score`].
pub const POINT: Score = 10_000;

/// The score nearest to a number of points.
pub fn score(points: f64) -> Score {
    libm::round(points * f64::from(POINT)) as Score
}

/// The points of a score, for showing.
pub fn points(score: Score) -> f64 {
    f64::from(score) / f64::from(POINT)
}
