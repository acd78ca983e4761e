//! A reservation as a package: the cheapest one that a party accepts, by which it accepts the same ones.

/// What a package must be worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bar {
    /// So much or more.
    AtLeast(f64),
    /// More than so much.
    Above(f64),
}

/// A package, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No package that passes the bar is worth less.
    Cheapest(Vec<usize>),
    /// It passes the bar, and there are too many packages to look for a cheaper one.
    Cheap(Vec<usize>),
    /// No package passes the bar; none is worth more.
    Best(Vec<usize>),
}

impl Found {
    /// Its values, issue by issue.
    pub fn package(&self) -> &[usize] {
        let (Self::Cheapest(package) | Self::Cheap(package) | Self::Best(package)) = self;
        package
    }
}

/// The most packages of either half of the issues that are listed.
const MOST_HALF: f64 = 2_000_000.0;
/// What is the same on paper differs by no more than this, where utilities lie within 0 and 1.
const SAME: f64 = 5e-13;

/// The cheapest package that passes a bar; `worth[issue][value]`, no row empty. Half of the issues are listed by worth, and each
/// package of the others takes the cheapest of these that does.
pub(super) fn cheapest(worth: &[Vec<f64>], bar: Bar) -> Found {
    let needed = match bar {
        Bar::AtLeast(u) => u - SAME,
        Bar::Above(u) => u + SAME,
    };
    let best: Vec<usize> = worth.iter().map(|row| extreme(row, f64::total_cmp)).collect();
    if total(worth, &best) < needed {
        return Found::Best(best);
    }
    let size = |rows: &[Vec<f64>]| rows.iter().map(|row| row.len() as f64).product::<f64>();
    let larger = |at: &usize| size(&worth[..*at]).max(size(&worth[*at..]));
    let cut = (0..=worth.len()).min_by(|a, b| larger(a).total_cmp(&larger(b))).unwrap_or(0);
    if larger(&cut) > MOST_HALF {
        return Found::Cheap(lowered(worth, best, needed));
    }
    let (ones, mut others) = (sums(&worth[..cut]), sums(&worth[cut..]));
    others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let partner = |(one, first): &(f64, usize)| {
        let at = others.partition_point(|(other, _)| one + other < needed);
        others.get(at).map(|(other, second)| (one + other, *first, *second))
    };
    let found = ones.iter().filter_map(partner).min_by(|a, b| a.0.total_cmp(&b.0));
    match found {
        Some((_, first, second)) => {
            Found::Cheapest([values(&worth[..cut], first), values(&worth[cut..], second)].concat())
        }
        None => Found::Best(best),
    }
}

/// The place of the largest number under an order; of equals the first.
fn extreme(row: &[f64], order: impl Fn(&f64, &f64) -> std::cmp::Ordering) -> usize {
    (0..row.len()).rev().max_by(|a, b| order(&row[*a], &row[*b])).unwrap_or(0)
}

fn total(worth: &[Vec<f64>], package: &[usize]) -> f64 {
    worth.iter().zip(package).map(|(row, v)| row[*v]).sum()
}

/// What every package is worth, with its number; the last issue changes fastest.
fn sums(worth: &[Vec<f64>]) -> Vec<(f64, usize)> {
    let mut sums = vec![0.0];
    for row in worth {
        sums = sums.iter().flat_map(|sum| row.iter().map(move |w| sum + w)).collect();
    }
    sums.into_iter().enumerate().map(|(k, sum)| (sum, k)).collect()
}

/// The values of a package by its number.
fn values(worth: &[Vec<f64>], mut number: usize) -> Vec<usize> {
    let mut out = vec![0; worth.len()];
    for (value, row) in out.iter_mut().zip(worth).rev() {
        *value = number % row.len();
        number /= row.len();
    }
    out
}

/// A package with each value in turn made as cheap as the others leave room for.
fn lowered(worth: &[Vec<f64>], mut package: Vec<usize>, needed: f64) -> Vec<usize> {
    for at in 0..worth.len() {
        let rest = total(worth, &package) - worth[at][package[at]];
        let row: Vec<f64> =
            worth[at].iter().map(|w| if rest + w >= needed { *w } else { f64::INFINITY }).collect();
        package[at] = extreme(&row, |a, b| b.total_cmp(a));
    }
    package
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_hand(worth: &[Vec<f64>], bar: Bar) -> Option<f64> {
        let passes = |u: &f64| match bar {
            Bar::AtLeast(least) => *u >= least - SAME,
            Bar::Above(least) => *u > least + SAME,
        };
        sums(worth).into_iter().map(|s| s.0).filter(passes).min_by(f64::total_cmp)
    }

    #[test]
    fn the_cheapest_package_is_found() {
        let worth = vec![vec![0.3, 0.0, 0.1], vec![0.0, 0.25], vec![0.2, 0.05, 0.0, 0.1], vec![0.25, 0.2]];
        for hundredths in 0..=101 {
            for bar in
                [Bar::AtLeast(f64::from(hundredths) / 100.0), Bar::Above(f64::from(hundredths) / 100.0)]
            {
                let found = cheapest(&worth, bar);
                let value = total(&worth, found.package());
                match by_hand(&worth, bar) {
                    Some(u) => {
                        assert!(matches!(found, Found::Cheapest(_)) && (u - value).abs() < 1e-12, "{bar:?}");
                    }
                    None => assert_eq!(found, Found::Best(vec![0, 1, 0, 0]), "{bar:?}"),
                }
            }
        }
    }

    #[test]
    fn where_there_are_too_many_a_cheap_one_will_do() {
        let worth = vec![vec![0.0, 0.01, 0.02]; 40];
        let found = cheapest(&worth, Bar::AtLeast(0.345));
        assert!(matches!(found, Found::Cheap(_)));
        assert!((0.345..0.36).contains(&total(&worth, found.package())));
    }
}
