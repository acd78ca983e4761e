//! How many states would have to be kept for bounds to close, estimated from sweeps that kept fewer.

/// Beyond so many, in powers of ten, an estimate means nothing.
const FAR: f64 = 18.0;
/// The least by which each further power of ten may be said to help less than the one before.
const LEAST: f64 = 0.3;

/// The number of states after a turn that would have to be kept so as to drop none. `tries` are sweeps that kept more and more: the
/// states kept, and those that there would have been by how those kept grew. The more are kept, the less that overstates: its
/// logarithm falls by less and less with that of the states kept, and where both meet nothing is dropped. `None` where it does
/// not fall.
pub fn extrapolation(tries: &[(usize, f64)]) -> Option<f64> {
    let logs: Vec<(f64, f64)> =
        tries.iter().map(|(kept, wanted)| (libm::log10(*kept as f64), libm::log10(*wanted))).collect();
    let slope = |a: (f64, f64), b: (f64, f64)| (b.1 - a.1) / (b.0 - a.0);
    let [.., before, last] = logs.as_slice() else { return None };
    let mut steep = slope(*before, *last);
    let flattens = match logs.as_slice() {
        [.., first, _, _] if slope(*first, *before) < steep => (steep / slope(*first, *before)).max(LEAST),
        _ => 1.0,
    };
    let (mut x, mut y) = *last;
    // Also refuses what is no number.
    while steep < 0.0 && x < FAR {
        steep *= flattens;
        if y + steep <= x + 1.0 {
            return Some(libm::pow(10.0, x + (y - x) / (1.0 - steep)));
        }
        (x, y) = (x + 1.0, y + steep);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sweeps() {
        // The second lesson and the core of the Doha talks, whose widest turns have 407,388 and 12.6 million states.
        let lesson =
            extrapolation(&[(1_000, 4.546e11), (10_000, 2.753e8), (100_000, 2.513e6)]).expect("an estimate");
        assert!((2e5..8e5).contains(&lesson), "{lesson}");
        let core = extrapolation(&[(1_000, 1.379e28), (10_000, 7.816e19), (100_000, 8.843e13)])
            .expect("an estimate");
        assert!((5e6..4e7).contains(&core), "{core}");
    }

    #[test]
    fn what_does_not_fall_has_no_end() {
        assert_eq!(extrapolation(&[(1_000, 1e119), (10_000, 1e133), (50_000, 1e146)]), None);
        assert_eq!(extrapolation(&[(1_000, 1e119), (10_000, f64::NAN)]), None);
        assert_eq!(extrapolation(&[(1_000, 1e119)]), None);
    }
}
