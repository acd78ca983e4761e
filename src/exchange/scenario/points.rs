//! Utilities as points, reservations as alternatives.

use super::super::domain::{Domain, Format, Profile, Reservation};
use super::super::error::shown;

/// A party's points.
pub(super) struct Scale {
    /// `points[issue][value]`, as the file has them times one factor.
    pub points: Vec<Vec<f64>>,
    /// In whole points of 100 of the best package.
    pub alternative: u8,
}

/// A party's worth before scaling: every value counted from 0 up.
struct Raw {
    worth: Vec<Vec<f64>>,
    /// What was taken out: constants, and each issue's worst value where some are below 0.
    shift: f64,
    total: f64,
}

/// Packages up to which acceptance is counted.
const MOST_COUNTED: f64 = 1_048_576.0;
/// Talks compare points in units of 1/10,000.
const UNIT: f64 = 1e4;
/// The least that a party's best package comes to under one factor for all; below, each party has its own.
const LEAST_TOTAL: f64 = 10.0;

/// The points of every party. One factor for all keeps utilities comparable; weights are not normalised.
pub(super) fn scales(domain: &Domain, losses: &mut Vec<String>) -> Vec<Scale> {
    let raws: Vec<Raw> = domain.profiles.iter().map(|p| raw(domain, p, losses)).collect();
    let common = common(domain, &raws);
    let too_small = |raw: &Raw| raw.total > 0.0 && raw.total * common < LEAST_TOTAL;
    let own = raws.iter().any(too_small);
    if own {
        losses.push("utilities are of very different sizes: each party's best package is 100 points".into());
    } else if (common - 100.0).abs() > 1e-9 && (common - 1.0).abs() > 1e-9 {
        losses.push(format!("a utility of 1 is {} points", short(common)));
    }
    let mut off = 0.0f64;
    let mut out = Vec::with_capacity(raws.len());
    for (raw, profile) in raws.iter().zip(&domain.profiles) {
        let factor = match own {
            true if raw.total > 0.0 => 100.0 / raw.total,
            true => 1.0,
            false => common,
        };
        let scaled = |u: &f64| (u * factor).min(100.0);
        let points: Vec<Vec<f64>> = raw.worth.iter().map(|row| row.iter().map(scaled).collect()).collect();
        let rounded = |p: &f64| (libm::round(p * UNIT) / UNIT - p).abs();
        off = points.iter().flatten().map(rounded).fold(off, f64::max);
        let alternative = alternative(domain, profile, raw, &points, factor, losses);
        out.push(Scale { points, alternative });
    }
    if off > 1e-12 {
        losses.push(format!(
            "points stand as they are; talks compare them in units of 1/10,000, off by {off:.6} at most"
        ));
    }
    out
}

/// Points for a utility of 1: 100 where no value is worth more than 1, as they are for games of 100 points.
fn common(domain: &Domain, raws: &[Raw]) -> f64 {
    let most = raws.iter().flat_map(|r| r.worth.iter().flatten()).copied().fold(0.0, f64::max);
    let largest = raws.iter().map(|r| r.total).fold(0.0, f64::max);
    match domain.format {
        _ if largest <= 0.0 => 1.0,
        Format::Scoreable if most <= 100.0 && largest >= LEAST_TOTAL => 1.0,
        Format::Scoreable => 100.0 / largest,
        _ if most <= 1.0 + 1e-9 => 100.0,
        _ => 100.0 / largest,
    }
}

fn raw(domain: &Domain, profile: &Profile, losses: &mut Vec<String>) -> Raw {
    let mut lose = |what: String| losses.push(format!("{}: {what}", shown(&profile.name)));
    let mut worth = profile.worth(&domain.issues);
    let mut shift = profile.constant;
    let least = |row: &[f64]| row.iter().copied().fold(f64::INFINITY, f64::min);
    if profile.constant != 0.0 || worth.iter().any(|row| least(row) < 0.0) {
        for row in &mut worth {
            let least = least(row);
            shift += least;
            row.iter_mut().for_each(|u| *u -= least);
        }
        lose("utilities below 0 or with a constant: points are counted from each issue's worst value".into());
    }
    let total: f64 = worth.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).sum();
    if total <= 0.0 {
        lose("it is indifferent to everything: all its points are 0".into());
    }
    if let Some(ceiling) = profile.ceiling
        && shift + total > ceiling + 1e-9
    {
        lose(format!(
            "its best values sum to {}, and no package is worth more than {ceiling} in the file; here it is",
            short(shift + total)
        ));
    }
    Raw { worth, shift, total }
}

/// A number for a message.
pub(super) fn short(number: f64) -> String {
    format!("{}", libm::round(number * 1e6) / 1e6)
}

/// The alternative in whole points of 100: of the two next to the exact one that by which the party accepts, as nearly
/// as can be, the packages that it accepts in the file.
fn alternative(
    domain: &Domain,
    profile: &Profile,
    raw: &Raw,
    points: &[Vec<f64>],
    factor: f64,
    losses: &mut Vec<String>,
) -> u8 {
    let mut lose = |what: String| losses.push(format!("{}: {what}", shown(&profile.name)));
    if profile.reservation == Reservation::None {
        return 0;
    }
    let least = profile.alternative(&domain.issues).unwrap_or(0.0) - raw.shift;
    if raw.total <= 0.0 {
        if least > 0.0 {
            lose("no package is worth its reservation; here all are".into());
        }
        return 0;
    }
    let exact = least / raw.total * 100.0;
    if exact > 100.0 + 1e-9 {
        lose("its reservation is above its best package: here that package is good enough".into());
        return 100;
    }
    if exact < 0.0 {
        lose("its reservation is below its worst package: the alternative is 0".into());
        return 0;
    }
    let (low, high) = (libm::floor(exact + 1e-9), libm::ceil(exact - 1e-9));
    if low == high {
        return low as u8;
    }
    let nearest = if exact - low <= high - exact { [low, high] } else { [high, low] };
    let wrong = |whole: f64| differing(domain, points, least * factor, whole);
    let [first, second] = nearest.map(|whole| (whole, wrong(whole)));
    let (whole, wrong) = if second.1 < first.1 { second } else { first };
    let how = match wrong {
        _ if domain.packages() > MOST_COUNTED => String::new(),
        0 => ", by which it accepts the same packages".into(),
        1 => ", by which its answer to 1 package differs".into(),
        n => format!(", by which its answers to {n} packages differ"),
    };
    lose(format!("the alternative of {} points of 100 is {whole}{how}", short(exact)));
    whole as u8
}

/// How many packages are accepted under the exact reservation, in points, but not under a whole alternative as talks
/// compare it, or the other way round; 0 where there are too many to count.
fn differing(domain: &Domain, points: &[Vec<f64>], least: f64, whole: f64) -> usize {
    if domain.packages() > MOST_COUNTED {
        return 0;
    }
    let best = |row: &Vec<f64>| row.iter().map(|p| libm::round(p * UNIT)).fold(0.0, f64::max);
    let needs = libm::floor(whole * points.iter().map(best).sum::<f64>() / 100.0);
    let mut sums = vec![(0.0f64, 0.0f64)];
    for row in points {
        let longer = |(a, b): &(f64, f64)| {
            let (a, b) = (*a, *b);
            row.iter().map(move |p| (a + p, b + libm::round(p * UNIT)))
        };
        sums = sums.iter().flat_map(longer).collect();
    }
    // Sums that are equal on paper are equal here.
    let accepts = |sum: f64| if domain.strict { sum > least + 1e-9 } else { sum >= least - 1e-9 };
    let meets = |sum: f64| if domain.strict { sum > needs } else { sum >= needs };
    sums.iter().filter(|(exact, score)| accepts(*exact) != meets(*score)).count()
}
