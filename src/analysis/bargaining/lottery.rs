//! Two parties who may also agree on lotteries between packages: then the set of utilities is convex, the solutions are
//! single points, and they are those of the textbooks (Nash 1950; Kalai and Smorodinsky 1975; Kalai 1977).

use serde::Serialize;

/// Utilities of both parties under a lottery.
pub type Lottery = [f64; 2];

/// The solutions on the upper right edge of the convex hull.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Lotteries {
    /// Largest product of gains.
    pub nash: Lottery,
    /// Where the line from disagreement to the ideal point meets the edge.
    pub kalai_smorodinsky: Lottery,
    /// The largest smallest gain.
    pub egalitarian: Lottery,
}

/// The solutions for points of the frontier and a disagreement point; `None` where no lottery gives both parties at
/// least what disagreement gives.
pub fn lotteries(points: &[Lottery], disagreement: Lottery) -> Option<Lotteries> {
    let edge = clip(&edge(points), disagreement);
    let (first, last) = (*edge.first()?, *edge.last()?);
    let ideal = [last[0] - disagreement[0], first[1] - disagreement[1]];
    let gains = |p: Lottery| [p[0] - disagreement[0], p[1] - disagreement[1]];
    Some(Lotteries {
        nash: nash_lottery(points, disagreement, 0.5)?,
        kalai_smorodinsky: level(&edge, |p| {
            let gains = gains(p);
            gains[0] * ideal[1] - gains[1] * ideal[0]
        })?,
        egalitarian: level(&edge, |p| gains(p)[0] - gains(p)[1])?,
    })
}

/// The point with the largest (u₁ − d₁)^w · (u₂ − d₂)^(1 − w), 0 < w < 1: Nash's solution for parties of unequal
/// bargaining power (Harsanyi and Selten 1972); w = 1/2 is Nash's own.
pub fn nash_lottery(points: &[Lottery], disagreement: Lottery, power: f64) -> Option<Lottery> {
    let edge = clip(&edge(points), disagreement);
    let value = |p: &Lottery| {
        let gains = [p[0] - disagreement[0], p[1] - disagreement[1]].map(|g| g.max(0.0));
        libm::pow(gains[0], power) * libm::pow(gains[1], 1.0 - power)
    };
    let mut best = *edge.first()?;
    for pair in edge.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        // The derivative of the logarithm is zero here; dx > 0 > dy along the edge.
        let t = -(power * dx * (from[1] - disagreement[1])
            + (1.0 - power) * dy * (from[0] - disagreement[0]))
            / (dx * dy);
        let t = t.clamp(0.0, 1.0);
        for p in [to, [from[0] + t * dx, from[1] + t * dy]] {
            if value(&p) > value(&best) {
                best = p;
            }
        }
    }
    Some(best)
}

/// The upper right edge of the convex hull, the best for the second party first; strictly falling.
fn edge(points: &[Lottery]) -> Vec<Lottery> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| b[0].total_cmp(&a[0]).then(b[1].total_cmp(&a[1])));
    // From right to left: upwards only, and turning left only.
    let mut chain: Vec<Lottery> = Vec::new();
    for p in sorted {
        if chain.last().is_some_and(|last| p[1] <= last[1]) {
            continue;
        }
        while let [.., a, b] = chain[..]
            && (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) <= 0.0
        {
            chain.pop();
        }
        chain.push(p);
    }
    chain.reverse();
    chain
}

/// The part of the edge that gives both at least what disagreement gives. Utility can be thrown away, so the edge
/// goes on straight down from its last point and straight left from its first.
fn clip(edge: &[Lottery], d: Lottery) -> Vec<Lottery> {
    let (Some(first), Some(last)) = (edge.first(), edge.last()) else { return Vec::new() };
    if last[0] < d[0] || first[1] < d[1] {
        return Vec::new();
    }
    let mut out: Vec<Lottery> = Vec::new();
    for (k, p) in edge.iter().enumerate() {
        if k > 0 {
            let q = edge[k - 1];
            // Where the step from q to p crosses d₁ upwards or d₂ downwards.
            for (axis, crosses) in [(0, q[0] < d[0] && p[0] > d[0]), (1, q[1] > d[1] && p[1] < d[1])] {
                let t = (d[axis] - q[axis]) / (p[axis] - q[axis]);
                let mut cut = [q[0] + t * (p[0] - q[0]), q[1] + t * (p[1] - q[1])];
                cut[axis] = d[axis];
                if crosses && cut[1 - axis] >= d[1 - axis] {
                    out.push(cut);
                }
            }
        }
        if p[0] >= d[0] && p[1] >= d[1] {
            out.push(*p);
        }
    }
    out
}

/// Where a number that grows along the edge becomes zero; an end of the edge where it never does.
fn level(edge: &[Lottery], height: impl Fn(Lottery) -> f64) -> Option<Lottery> {
    for pair in edge.windows(2) {
        let [low, high] = [height(pair[0]), height(pair[1])];
        if low <= 0.0 && high >= 0.0 && low < high {
            let t = -low / (high - low);
            let [from, to] = [pair[0], pair[1]];
            return Some([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]);
        }
    }
    if height(*edge.first()?) > 0.0 { edge.first() } else { edge.last() }.copied()
}
