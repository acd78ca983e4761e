//! Hatches as lines of their own: patterns would be printed as images of their screen's resolution.

use std::fmt::Write;

use super::text::number;

/// From one line of a hatch to the next.
const STEP: f64 = 8.0;

/// The path of a hatch over a rectangle (left, top, width, height); nothing for kind 0 or without an area. There are five kinds.
pub(super) fn lines(area: (f64, f64, f64, f64), kind: usize) -> String {
    let (x, y, w, h) = area;
    let mut d = String::new();
    if !(w > 0.0 && h > 0.0) {
        return d;
    }
    let mut line = |from: (f64, f64), to: (f64, f64)| {
        let [a, b, c, d0] = [x + from.0, y + from.1, to.0 - from.0, to.1 - from.1].map(number);
        // Writing to a string does not fail.
        let _ = match (c.as_str(), d0.as_str()) {
            ("0", "0") => Ok(()),
            ("0", _) => write!(d, "M{a} {b}v{d0}"),
            (_, "0") => write!(d, "M{a} {b}h{c}"),
            _ => write!(d, "M{a} {b}l{c} {d0}"),
        };
    };
    let along = |most: f64| (0..).map(|k| STEP * (f64::from(k) + 0.5)).take_while(move |t| *t < most);
    match kind % 5 {
        // Lines that rise to the right, cut at the edges.
        1 => along(w + h).for_each(|t| line((t.min(w), (t - w).max(0.0)), ((t - h).max(0.0), t.min(h)))),
        // Lines that fall to the right.
        2 => along(w + h)
            .for_each(|t| line(((w - t).max(0.0), (t - w).max(0.0)), ((w - t + h).min(w), t.min(h)))),
        3 => along(h).for_each(|t| line((0.0, t), (w, t))),
        4 => {
            along(h).for_each(|t| line((0.0, t), (w, t)));
            along(w).for_each(|t| line((t, 0.0), (t, h)));
        }
        _ => {}
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The ends of all lines of a path.
    fn ends(d: &str) -> Vec<(f64, f64)> {
        let numbers =
            |text: &str| text.split([' ', 'l']).map(|n| n.parse().expect("a number")).collect::<Vec<f64>>();
        let mut found = Vec::new();
        for line in d.split('M').skip(1) {
            let (from, by) = match line.split_once(['v', 'h', 'l']) {
                Some((from, by)) => (numbers(from), by),
                None => panic!("{line}"),
            };
            let by = match line.chars().find(|c| "vhl".contains(*c)) {
                Some('v') => (0.0, numbers(by)[0]),
                Some('h') => (numbers(by)[0], 0.0),
                _ => (numbers(by)[0], numbers(by)[1]),
            };
            found.extend([(from[0], from[1]), (from[0] + by.0, from[1] + by.1)]);
        }
        found
    }

    proptest! {
        #[test]
        fn hatches_stay_within_what_they_are_over(
            x in 0.0..500.0, y in 0.0..500.0, w in 0.0..400.0, h in 0.0..60.0, kind in 0..5usize,
        ) {
            let d = lines((x, y, w, h), kind);
            prop_assert!(kind > 0 || d.is_empty());
            prop_assert!(kind == 0 || w < 8.0 || h < 8.0 || !d.is_empty());
            for (a, b) in ends(&d) {
                prop_assert!(a >= x - 0.2 && a <= x + w + 0.2 && b >= y - 0.2 && b <= y + h + 0.2, "{}", d);
            }
        }
    }
}
