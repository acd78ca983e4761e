//! One assumption at a time: how far the measure swings when each goes to the ends of its range.

/// One bar of the tornado.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which factor, by its place in the list given.
    pub factor: usize,
    /// The measure with the factor at the low end of its range, the others as they are.
    pub low: f64,
    /// The measure with the factor at the high end.
    pub high: f64,
    /// From the smallest to the largest of low end, baseline and high end, in the unit of the measure.
    pub swing: f64,
}

/// The bars from the widest to the narrowest; equal swings stay in the order given. `ends` holds the measure
/// at the low and at the high end of each factor. The baseline counts, so that a factor which lowers the
/// measure at both ends is not overlooked. Howard (1988), *Management Science* 34, 679–695.
pub fn tornado(baseline: f64, ends: &[(f64, f64)]) -> Vec<Bar> {
    let bar = |(factor, &(low, high)): (usize, &(f64, f64))| Bar {
        factor,
        low,
        high,
        swing: low.max(high).max(baseline) - low.min(high).min(baseline),
    };
    let mut bars: Vec<Bar> = ends.iter().enumerate().map(bar).collect();
    bars.sort_by(|a, b| b.swing.total_cmp(&a.swing).then(a.factor.cmp(&b.factor)));
    bars
}
