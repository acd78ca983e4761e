//! The Pareto frontier: packages than which no other is as good for everybody and better for somebody.

use super::dominance::Dominance;

/// Boxes of the first pass over two-party packages.
const BOXES: usize = 1 << 14;

/// A point of the frontier: the packages that give every party the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What they give, party by party, on the parties' grids.
    pub levels: Vec<i64>,
    /// The packages, by index, in order; more than one where there are ties.
    pub packages: Vec<u32>,
}

/// All points that no package dominates, the best for the first party first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    /// The points.
    pub points: Vec<Point>,
}

impl Frontier {
    /// The frontier of packages with these levels: `levels[party][package]`.
    pub fn of(levels: &[Vec<i64>]) -> Self {
        let mut kept = match levels {
            [] => Vec::new(),
            [one] => {
                let most = one.iter().max();
                (0..one.len() as u32).filter(|k| Some(&one[*k as usize]) == most).collect()
            }
            [first, second] => two(first, second),
            _ => many(levels),
        };
        let key = |k: u32| levels.iter().map(move |row| row[k as usize]);
        kept.sort_unstable_by(|a, b| key(*b).cmp(key(*a)).then(a.cmp(b)));
        let mut points: Vec<Point> = Vec::new();
        for k in kept {
            match points.last_mut() {
                Some(point) if key(k).eq(point.levels.iter().copied()) => point.packages.push(k),
                _ => points.push(Point { levels: key(k).collect(), packages: vec![k] }),
            }
        }
        Self { points }
    }

    /// How many packages are on it, ties counted.
    pub fn packages(&self) -> usize {
        self.points.iter().map(|p| p.packages.len()).sum()
    }
}

/// Two parties: O(n) for the packages that are far from the frontier, O(k log k) for the k others.
fn two(first: &[i64], second: &[i64]) -> Vec<u32> {
    let mut near = near(first, second);
    near.sort_unstable_by_key(|k| std::cmp::Reverse((first[*k as usize], second[*k as usize])));
    let mut best: Option<(i64, i64)> = None;
    near.retain(|k| {
        let point = (first[*k as usize], second[*k as usize]);
        let kept = best.is_none_or(|b| point.1 > b.1 || point == b);
        if kept {
            best = Some(point);
        }
        kept
    });
    near
}

/// Packages that no package of a higher box (by the first party's utility) equals or beats for the second party.
fn near(first: &[i64], second: &[i64]) -> Vec<u32> {
    let (Some(least), Some(most)) = (first.iter().min(), first.iter().max()) else { return Vec::new() };
    let width = (most.saturating_sub(*least) / BOXES as i64).max(0) + 1;
    let place = |u: i64| (u.saturating_sub(*least) / width) as usize;
    // `best[b + 1]`: the best for the second party within box b; then: in box b + 1 or above.
    let mut best = vec![i64::MIN; BOXES + 2];
    for (a, b) in first.iter().zip(second) {
        let at = place(*a);
        best[at] = best[at].max(*b);
    }
    for at in (0..BOXES + 1).rev() {
        best[at] = best[at].max(best[at + 1]);
    }
    let all = first.iter().zip(second).enumerate();
    all.filter(|(_, (a, b))| **b > best[place(**a) + 1]).map(|(k, _)| k as u32).collect()
}

/// Any number of parties: distinct points by falling sum; a point is dominated only by one before it.
fn many(levels: &[Vec<i64>]) -> Vec<u32> {
    let parties = levels.len();
    let packages = levels[0].len();
    let mut rows = vec![0i64; parties * packages];
    for (p, column) in levels.iter().enumerate() {
        for (k, level) in column.iter().enumerate() {
            rows[k * parties + p] = *level;
        }
    }
    let row = |k: u32| &rows[k as usize * parties..(k as usize + 1) * parties];
    let sum = |k: u32| row(k).iter().map(|l| i128::from(*l)).sum::<i128>();
    let mut order: Vec<(i128, u32)> = (0..packages as u32).map(|k| (sum(k), k)).collect();
    order.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| row(a.1).cmp(row(b.1))).then(a.1.cmp(&b.1)));
    let mut tree = Dominance::new(parties);
    let mut kept: Vec<u32> = Vec::new();
    for (_, k) in order {
        // Equal points follow each other in the order.
        if kept.last().is_some_and(|last| row(*last) == row(k)) {
            kept.push(k);
        } else if !tree.covers(row(k)) {
            tree.insert(row(k));
            kept.push(k);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(levels: &[Vec<i64>]) -> Vec<u32> {
        let n = levels[0].len();
        let beats =
            |a: usize, b: usize| levels.iter().all(|l| l[a] >= l[b]) && levels.iter().any(|l| l[a] > l[b]);
        (0..n).filter(|b| !(0..n).any(|a| beats(a, *b))).map(|k| k as u32).collect()
    }

    proptest! {
        #[test]
        fn the_frontier_is_that_of_the_definition(
            parties in 1usize..5,
            cells in prop::collection::vec(0i64..12, 4..400),
            far in 1i64..1_000_000_000,
        ) {
            let n = cells.len() / parties;
            let levels: Vec<Vec<i64>> =
                (0..parties).map(|p| cells[p * n..(p + 1) * n].iter().map(|c| c * far - 3 * far).collect()).collect();
            let frontier = Frontier::of(&levels);
            let mut found: Vec<u32> = frontier.points.iter().flat_map(|p| p.packages.clone()).collect();
            found.sort_unstable();
            prop_assert_eq!(found, plain(&levels));
            for point in &frontier.points {
                for k in &point.packages {
                    prop_assert!(levels.iter().zip(&point.levels).all(|(l, q)| l[*k as usize] == *q));
                }
            }
        }
    }
}
