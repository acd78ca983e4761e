//! Labels beside a picture, none over another.

use super::canvas::LEADING;

/// How high a label of so many lines is.
pub(super) fn high(lines: &[String]) -> f64 {
    LEADING * lines.len() as f64 + 6.0
}

/// Places for labels of these heights as near as may be to where they belong, none over another, all between `top`
/// and `bottom` (where there is room for all).
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut places = wanted.to_vec();
    let mut free = top;
    for k in &order {
        places[*k] = places[*k].max(free + heights[*k] / 2.0);
        free = places[*k] + heights[*k] / 2.0;
    }
    let mut free = bottom;
    for k in order.iter().rev() {
        places[*k] = places[*k].min(free - heights[*k] / 2.0);
        free = places[*k] - heights[*k] / 2.0;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn labels_do_not_overlap(
            labels in proptest::collection::vec((0.0..300.0, 1..4u8), 1..6),
        ) {
            let wanted: Vec<f64> = labels.iter().map(|l| l.0).collect();
            let heights: Vec<f64> = labels.iter().map(|l| f64::from(l.1) * 18.0 + 6.0).collect();
            let bottom = heights.iter().sum::<f64>().max(300.0);
            let places = spread(&wanted, &heights, 0.0, bottom);
            for a in 0..places.len() {
                prop_assert!(places[a] - heights[a] / 2.0 >= -1e-9);
                prop_assert!(places[a] + heights[a] / 2.0 <= bottom + 1e-9);
                for b in 0..a {
                    let apart = (places[a] - places[b]).abs();
                    prop_assert!(apart >= (heights[a] + heights[b]) / 2.0 - 1e-9);
                }
            }
        }
    }
}
