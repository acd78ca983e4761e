//! A confidence sequence: intervals of a share that may be looked at after every run.

use libm::{log, log1p};

use super::interval::Interval;
use super::proportion::Proportion;
use super::special::{bisect, check_alpha, ln_beta};

/// The beta distribution that mixes the alternatives: Beta(`a`, `b`), both positive. It says where the
/// intervals are to be narrow, never whether they hold: they are valid whatever it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mixture {
    /// The weight towards one.
    pub a: f64,
    /// The weight towards zero.
    pub b: f64,
}

impl Mixture {
    /// Every share alike: Robbins' own choice.
    pub const UNIFORM: Self = Self { a: 1.0, b: 1.0 };
}

/// The interval after `seen` of a confidence sequence: with probability at least 1 − `alpha` it covers the
/// true share after *every* run at once, so one may stop whenever it is narrow enough.
///
/// It holds every p whose mixture likelihood ratio, ∫ qˢ(1 − q)ᶠ dBeta(q; a, b) / pˢ(1 − p)ᶠ = B(a + s, b +
/// f) / B(a, b) / pˢ(1 − p)ᶠ, is below 1/`alpha`: that ratio is a martingale that starts at one, and Ville's
/// inequality bounds its maximum. Robbins (1970), *Annals of Mathematical Statistics* 41, 1397–1409; Howard,
/// Ramdas, McAuliffe & Sekhon (2021), *Annals of Statistics* 49, 1055–1080. The ratio is log-convex in p with
/// its minimum at the share seen, so both ends are found by bisection of its logarithm. Without a run: all of
/// 0 to 1.
pub fn confidence_sequence(seen: Proportion, alpha: f64, mixture: Mixture) -> Interval {
    check_alpha(alpha);
    assert!(mixture.a > 0.0 && mixture.b > 0.0, "a beta distribution has positive weights");
    let Some(share) = seen.share() else { return Interval::UNIT };
    let (successes, failures) = (seen.successes as f64, (seen.n - seen.successes) as f64);
    let constant =
        ln_beta(mixture.a + successes, mixture.b + failures) - ln_beta(mixture.a, mixture.b) + log(alpha);
    let outside = |p: f64| {
        let hit = if successes > 0.0 { successes * log(p) } else { 0.0 };
        let miss = if failures > 0.0 { failures * log1p(-p) } else { 0.0 };
        constant - hit - miss >= 0.0
    };
    Interval {
        low: if successes == 0.0 { 0.0 } else { bisect(0.0, share, outside) },
        high: if failures == 0.0 { 1.0 } else { bisect(share, 1.0, |p| !outside(p)) },
    }
}
