//! Weibull's law, fitted to times until something ends, of which some are not known to their end.

/// How long something was seen, and whether it ended then.
#[derive(Clone, Copy, Debug)]
pub struct Spell {
    /// What has a scale of its own.
    pub stratum: u64,
    /// Above 0.
    pub time: f64,
    pub ended: bool,
}

/// The shape that all strata share, by the largest likelihood, and the ends of its 95 % interval by the likelihood's ratio. Below 1 the
/// hazard falls with age.
pub fn shape(spells: &[Spell]) -> [f64; 3] {
    let likelihood = |k: f64| profile(spells, k);
    let (mut low, mut high) = (0.02f64, 8.0f64);
    // The profile is concave in the shape: thirds of the interval are cut off.
    for _ in 0..100 {
        let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if likelihood(a) < likelihood(b) { low = a } else { high = b }
    }
    let best = (low + high) / 2.0;
    let enough = likelihood(best) - 1.92;
    let end = |mut inside: f64, mut outside: f64| {
        for _ in 0..60 {
            let middle = (inside + outside) / 2.0;
            if likelihood(middle) >= enough { inside = middle } else { outside = middle }
        }
        inside
    };
    [end(best, 0.02), best, end(best, 8.0)]
}

/// The logarithm of the likelihood of a shape, with the best scale of each stratum.
fn profile(spells: &[Spell], k: f64) -> f64 {
    let mut strata: std::collections::BTreeMap<u64, [f64; 3]> = std::collections::BTreeMap::new();
    for spell in spells {
        let [ends, logs, powers] = strata.entry(spell.stratum).or_default();
        *powers += libm::pow(spell.time, k);
        if spell.ended {
            *ends += 1.0;
            *logs += libm::log(spell.time);
        }
    }
    let of = |[ends, logs, powers]: &[f64; 3]| match *ends > 0.0 {
        true => ends * (libm::log(k) + libm::log(ends / powers) - 1.0) + (k - 1.0) * logs,
        false => 0.0,
    };
    strata.values().map(of).sum()
}

#[test]
fn shapes_are_found_again() {
    let numbers = &mut crate::support::numbers::Numbers(7);
    for (truth, far) in [(0.6, 0.05), (1.0, 0.08), (1.7, 0.14)] {
        let spells: Vec<Spell> = (0..4000)
            .map(|n| {
                let stratum = n % 40;
                let uniform = (f64::from(numbers.within((1, 100_000))) - 0.5) / 100_000.0;
                let scale = 1.0 + stratum as f64;
                let time = scale * libm::pow(-libm::log(uniform), 1.0 / truth);
                Spell { stratum, time: time.min(20.0), ended: time < 20.0 }
            })
            .collect();
        let [low, best, high] = shape(&spells);
        assert!((best - truth).abs() < far && low < best && best < high, "{truth}: {low} {best} {high}");
    }
}
