//! The kinds of whole number the kernel computes with: odds, scores, and portions of a party's best.

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

/// Points in units of 1/[`POINT`] of a point: credits and needs are compared in it.
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

/// A portion of what is best for a party, in units of 1/[`PORTION`] of a point of 100: alternatives and targets. It is so much
/// finer than a [`Score`] that what is a whole score on paper comes out as that score ([`at_least`], [`at_most`]).
pub type Portion = i64;

/// One point of 100 as a [`Portion`].
pub const PORTION: Portion = 100_000_000;

/// The portion nearest to a number of points of 100.
pub fn portion(points: f64) -> Portion {
    libm::round(points * PORTION as f64) as Portion
}

/// The portion nearest to what `score` is of `whole`.
pub fn portion_of(score: i64, whole: i64) -> Portion {
    let whole = whole.max(1);
    (score * 100 * PORTION + whole / 2).div_euclid(whole)
}

/// The points of 100 of a portion, for showing.
pub fn portion_points(portion: Portion) -> f64 {
    portion as f64 / PORTION as f64
}

/// Portions of a whole are reckoned in so many units to a score.
const UNITS: i64 = 100 * PORTION;
/// What is nearer to a score than a hundredth of it is that score: rounding of portions is much less.
const NEAR: i64 = UNITS / 100;

/// The least score that is at least this portion of a whole.
#[inline]
pub fn at_least(portion: Portion, whole: Score) -> Score {
    -((NEAR - portion * i64::from(whole)).div_euclid(UNITS)) as Score
}

/// The greatest score that is at most this portion of a whole.
#[inline]
pub fn at_most(portion: Portion, whole: Score) -> Score {
    (portion * i64::from(whole) + NEAR).div_euclid(UNITS) as Score
}

/// The greatest portion of a whole for which a score is enough.
pub fn most_portion(score: Score, whole: Score) -> Portion {
    (i64::from(score) * UNITS + NEAR).div_euclid(i64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_whole_score_on_paper_is_that_score() {
        // A third of 30 points is 10, from above as from below; two thirds of it are 20.
        let third = portion(100.0 / 3.0);
        assert_eq!((at_least(third, 30 * POINT), at_most(third, 30 * POINT)), (10 * POINT, 10 * POINT));
        let most = portion(200.0 / 3.0);
        assert_eq!((at_least(most, 30 * POINT), at_most(most, 30 * POINT)), (20 * POINT, 20 * POINT));
        // A third of a point lies between two scores.
        assert_eq!((at_least(third, POINT), at_most(third, POINT)), (3334, 3333));
        let whole = 30 * POINT;
        for score in [0, 1, 9_999, 10 * POINT, whole] {
            let most = most_portion(score, whole);
            assert_eq!((at_least(most, whole), at_least(most + 1, whole)), (score, score + 1));
        }
    }

    #[test]
    fn portions_of_large_agendas_fit() {
        // 64 items of 100 points, and an alternative that has grown to 1000 of 100.
        let (all, of) = (1000 * PORTION, 64 * 100 * POINT);
        assert_eq!((at_least(all, of), at_most(all, of)), (10 * of, 10 * of));
        assert_eq!(portion_of(i64::from(of) / 2, i64::from(of)), 50 * PORTION);
    }
}
