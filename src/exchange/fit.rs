//! Utilities within 0 and 1, for formats that know no others: of points and sums, by one affine map each.

use super::domain::{Domain, Evaluation, Issue, Profile, Reservation, Values};
use super::error::shown;

/// The least that a party's best package comes to under one divisor for all; below, each party has its own.
const LEAST_BEST: f64 = 0.1;

/// How a party's utilities become those that are written: less `shift`, then divided.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Map {
    shift: f64,
    divisor: f64,
}

/// The domain with utilities (u − shift) / divisor within 0 and 1, alternatives likewise; as it is where they are so
/// already. Party by party they stay in proportion where nothing is below 0 and there is no constant; one divisor for all
/// keeps them comparable, unless that leaves a party next to nothing.
pub(super) fn fitted(domain: &Domain, losses: &mut Vec<String>) -> Domain {
    let ranges: Vec<(f64, f64)> = domain.profiles.iter().map(|p| range(p, &domain.issues)).collect();
    let within =
        |p: &Profile, best: f64| p.constant == 0.0 && best <= 1.0 + 1e-9 && nowhere_below(p, &domain.issues);
    if domain.profiles.iter().zip(&ranges).all(|(p, (_, best))| within(p, *best)) {
        return domain.clone();
    }
    let maps = maps(domain, &ranges);
    losses.push(told(domain, &maps));
    for (profile, (_, best)) in domain.profiles.iter().zip(&ranges) {
        if let Some(ceiling) = profile.ceiling.filter(|c| best - *c > 1e-9) {
            losses.push(format!(
                "{}: its best values sum to {}, and no package is worth more than {ceiling} in the file; here the best are told \
                 apart",
                shown(&profile.name),
                short(*best)
            ));
        }
    }
    let mut out = domain.clone();
    for (profile, map) in out.profiles.iter_mut().zip(&maps) {
        map_profile(profile, &domain.issues, *map);
    }
    out
}

/// Whether no value of a profile takes anything away.
fn nowhere_below(profile: &Profile, issues: &[Issue]) -> bool {
    profile.worth(issues).iter().flatten().all(|w| *w >= 0.0)
}

/// The worst and the best package.
fn range(profile: &Profile, issues: &[Issue]) -> (f64, f64) {
    let worth = profile.worth(issues);
    let sum = |pick: fn(f64, f64) -> f64, start: f64| {
        worth.iter().map(|row| row.iter().copied().fold(start, pick)).fold(profile.constant, |a, b| a + b)
    };
    (sum(f64::min, f64::INFINITY), sum(f64::max, f64::NEG_INFINITY))
}

fn maps(domain: &Domain, ranges: &[(f64, f64)]) -> Vec<Map> {
    let shift = |p: &Profile, worst: f64| {
        if p.constant == 0.0 && nowhere_below(p, &domain.issues) { 0.0 } else { worst }
    };
    let shifts: Vec<f64> =
        domain.profiles.iter().zip(ranges).map(|(p, (worst, _))| shift(p, *worst)).collect();
    let spans: Vec<f64> = ranges.iter().zip(&shifts).map(|((_, best), shift)| best - shift).collect();
    let most = spans.iter().copied().fold(0.0, f64::max);
    let own = spans.iter().any(|s| *s > 0.0 && *s < LEAST_BEST * most);
    let divisor = |span: f64| match own {
        true if span > 0.0 => span,
        false if most > 0.0 => most,
        _ => 1.0,
    };
    shifts.iter().zip(spans).map(|(shift, span)| Map { shift: *shift, divisor: divisor(span) }).collect()
}

/// The one line that says what became of utilities.
fn told(domain: &Domain, maps: &[Map]) -> String {
    let how = |map: &Map| match map.shift {
        0.0 => format!("u / {}", short(map.divisor)),
        shift => format!("(u − {}) / {}", short(shift), short(map.divisor)),
    };
    let same = maps.iter().all(|m| *m == maps[0]);
    let all = if same {
        format!("{} here", how(&maps[0]))
    } else {
        let each =
            domain.profiles.iter().zip(maps).map(|(p, m)| format!("{} for {}", how(m), shown(&p.name)));
        format!("here {}", each.collect::<Vec<_>>().join(", "))
    };
    format!("utilities lie within 0 and 1 in this format: u is {all}, what no agreement is worth likewise")
}

/// A number for a message.
fn short(number: f64) -> String {
    format!("{}", (number * 1e6).round() / 1e6)
}

fn map_profile(profile: &mut Profile, issues: &[Issue], map: Map) {
    let worth = profile.worth(issues);
    let moved = |u: f64| (u - map.shift) / map.divisor;
    let alternative = profile.alternative(issues);
    let whole = |package: &[Option<u64>]| package.iter().all(Option::is_some);
    match (&profile.reservation, alternative) {
        (Reservation::Utility(u), _) => profile.reservation = Reservation::Utility(moved(*u)),
        // Issues that are left open count nothing, and nothing is not what it was where utilities are shifted.
        (Reservation::Package(package), Some(u)) if map.shift != 0.0 && !whole(package) => {
            profile.reservation = Reservation::Utility(moved(u));
        }
        _ => {}
    }
    profile.constant = 0.0;
    profile.ceiling = None;
    for (at, (row, issue)) in worth.iter().zip(issues).enumerate() {
        let base = if map.shift == 0.0 { 0.0 } else { row.iter().copied().fold(f64::INFINITY, f64::min) };
        let span = row.iter().copied().fold(0.0, |most: f64, w| most.max(w - base));
        let weight = profile.weights[at];
        profile.evaluations[at] =
            evaluation(&profile.evaluations[at], &issue.values, row, weight, (base, span));
        profile.weights[at] = span / map.divisor;
    }
}

/// What values are worth above `base`, as shares of `span`.
fn evaluation(
    old: &Evaluation,
    values: &Values,
    row: &[f64],
    weight: f64,
    (base, span): (f64, f64),
) -> Evaluation {
    if span <= 0.0 {
        return Evaluation::Constant(0.0);
    }
    match (values, old) {
        (
            Values::Integer { .. } | Values::Real { .. },
            Evaluation::Linear { slope, from, offset, clamped: false },
        ) => Evaluation::Linear {
            slope: weight * slope / span,
            from: *from,
            offset: (weight * offset - base) / span,
            clamped: true,
        },
        (Values::Real { .. }, Evaluation::Triangle { .. }) if base == 0.0 && weight == span => old.clone(),
        (Values::Stepped { .. }, Evaluation::Between { low, high }) => {
            let share = |u: f64| (weight * u - base) / span;
            Evaluation::Between { low: (low.0, share(low.1)), high: (high.0, share(high.1)) }
        }
        _ => Evaluation::Table {
            numbers: row.iter().map(|w| Some((w - base) / span)).collect(),
            extra: Vec::new(),
            divided: false,
        },
    }
}

/// A domain of utilities within 0 and 1, with weights that sum to 1 and evaluations within 0 and 1: where they are not so, what
/// each issue adds is kept.
pub(super) fn weights_of_one(domain: &Domain) -> Domain {
    let mut out = domain.clone();
    for profile in &mut out.profiles {
        let sum: f64 = profile.weights.iter().sum();
        let within = |u: f64| (-1e-9..=1.0 + 1e-9).contains(&u);
        let rows = profile.evaluations.iter().zip(&domain.issues);
        let plain = profile.weights.iter().all(|w| *w >= 0.0)
            && rows.flat_map(|(e, issue)| e.evaluate(&issue.values)).all(within);
        if !plain || (sum - 1.0).abs() > 1e-9 {
            spread(profile, &domain.issues);
        }
    }
    out
}

/// Weights in proportion to what the best value of each issue adds, and evaluations that keep every utility.
fn spread(profile: &mut Profile, issues: &[Issue]) {
    let worth = profile.worth(issues);
    let best: Vec<f64> = worth.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).collect();
    let sum: f64 = best.iter().sum();
    let fine = sum <= 1.0 + 1e-9 && worth.iter().flatten().all(|w| *w >= 0.0);
    if !fine {
        return;
    }
    if sum <= 0.0 {
        // Nothing is worth anything: any weights will do.
        profile.weights = vec![1.0 / issues.len() as f64; issues.len()];
        profile.evaluations = issues.iter().map(|_| Evaluation::Constant(0.0)).collect();
        return;
    }
    for (at, (row, issue)) in worth.iter().zip(issues).enumerate() {
        let weight = best[at] / sum;
        let old = profile.weights[at];
        profile.evaluations[at] =
            evaluation(&profile.evaluations[at], &issue.values, row, old, (0.0, weight));
        profile.weights[at] = weight;
    }
}
