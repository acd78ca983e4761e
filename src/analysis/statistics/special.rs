//! The few special functions that intervals need, from portable mathematics alone.

use libm::{erfc, exp, fabs, lgamma, log, log1p};

/// Bisection halves at most this often: enough for any root of ordinary size to the last bit.
const HALVINGS: usize = 200;
/// The continued fraction of the incomplete beta function needs about √(a + b) terms; this is enough for 10¹²
/// runs.
const TERMS: usize = 2_000_000;

/// Panics unless `alpha` is a rate strictly between 0 and 1.
pub(super) fn check_alpha(alpha: f64) {
    assert!(alpha > 0.0 && alpha < 1.0, "alpha is a rate between 0 and 1, not {alpha}");
}

/// The point of `low..=high` where `before` turns from true to false, found by halving.
pub(super) fn bisect(mut low: f64, mut high: f64, before: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if before(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}

/// The two-sided critical value of the standard normal distribution: P(|Z| > z) = `alpha`; 1.96 for 0.05.
pub(super) fn critical(alpha: f64) -> f64 {
    check_alpha(alpha);
    bisect(0.0, 40.0, |z| erfc(z * core::f64::consts::FRAC_1_SQRT_2) > alpha)
}

/// ln B(a, b), for positive a and b.
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    lgamma(a) + lgamma(b) - lgamma(a + b)
}

/// The regularised incomplete beta function Iₓ(a, b): the chance that a Beta(a, b) variable is at most `x`.
///
/// The continued fraction of DLMF 8.17.22, evaluated by the method of Lentz as modified by Thompson &
/// Barnett.
pub(super) fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = exp(a * log(x) + b * log1p(-x) - ln_beta(a, b));
    if x < (a + 1.0) / (a + b + 2.0) {
        (front * fraction(x, a, b) / a).min(1.0)
    } else {
        (1.0 - front * fraction(1.0 - x, b, a) / b).max(0.0)
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if fabs(value) < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for term in 1..TERMS {
        let m = term as f64;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        result *= d * c;
        if fabs(d * c - 1.0) < 1e-15 {
            break;
        }
    }
    result
}

/// The point that a Beta(a, b) variable stays below with probability `p`.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    bisect(0.0, 1.0, |x| beta_cdf(x, a, b) < p)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64, tolerance: f64) {
        assert!(fabs(value - expected) <= tolerance * fabs(expected), "{value} is not {expected}");
    }

    /// Critical values as every table has them.
    #[test]
    fn critical_values() {
        close(critical(0.05), 1.959_963_984_540_054, 1e-14);
        close(critical(0.10), 1.644_853_626_951_472_2, 1e-14);
        close(critical(0.01), 2.575_829_303_548_900_4, 1e-14);
        close(critical(1e-12), 7.130_506_848_171_299, 1e-12);
    }

    /// Closed forms: I_x(1, b) = 1 − (1 − x)^b, I_x(a, 1) = x^a, and I_½(a, a) = ½.
    #[test]
    fn incomplete_beta() {
        for (x, a) in [(0.1, 3.0), (0.5, 12.5), (0.93, 0.4)] {
            close(beta_cdf(x, a, 1.0), libm::pow(x, a), 1e-13);
            close(beta_cdf(x, 1.0, a), 1.0 - libm::pow(1.0 - x, a), 1e-13);
            close(beta_cdf(0.5, a, a), 0.5, 1e-13);
            close(beta_quantile(beta_cdf(x, a, 2.5), a, 2.5), x, 1e-12);
        }
        assert_eq!((beta_cdf(0.0, 2.0, 3.0), beta_cdf(1.0, 2.0, 3.0)), (0.0, 1.0));
        close(beta_cdf(0.5, 5e6, 5e6), 0.5, 1e-7);
    }
}
