//! A share beside its interval, in every text, table and picture: both with one decimal, so that rounding leaves the share
//! within its interval.

/// The share.
pub(crate) fn share(share: f64) -> String {
    format!("{}%", tenths(share))
}

/// The ends of its interval.
pub(crate) fn interval(low: f64, high: f64) -> String {
    format!("{}–{}%", tenths(low), tenths(high))
}

/// Both without the sign, where a table says that they are in per cent.
pub(crate) fn figures(share: f64, low: f64, high: f64) -> String {
    format!("{} ({}–{})", tenths(share), tenths(low), tenths(high))
}

fn tenths(share: f64) -> String {
    // A hair below zero is zero.
    let text = format!("{:.1}", share * 100.0);
    if text == "-0.0" { "0.0".into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> f64 {
        text.trim_end_matches('%').parse().expect("a number")
    }

    proptest! {
        #[test]
        fn a_share_is_told_within_its_interval(low in 0.0f64..1.0, up in 0.0f64..0.02, more in 0.0f64..0.02) {
            let (value, high) = ((low + up).min(1.0), (low + up + more).min(1.0));
            let ends = interval(low, high);
            let (from, to) = ends.split_once('–').expect("two ends");
            let told = share(value);
            prop_assert!(read(from) <= read(&told) && read(&told) <= read(to), "{told} ({ends})");
        }
    }

    #[test]
    fn one_decimal_even_where_it_is_nothing() {
        assert_eq!((share(0.0324).as_str(), interval(0.0322, 0.0371).as_str()), ("3.2%", "3.2–3.7%"));
        assert_eq!((share(0.0).as_str(), interval(-1e-9, 1.0).as_str()), ("0.0%", "0.0–100.0%"));
    }
}
