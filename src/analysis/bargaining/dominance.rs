//! A tree of points that answers whether one of them is at least as good as another point in every coordinate.

/// The most points of a leaf.
const LEAF: usize = 24;

enum Kind {
    /// Points, one after the other.
    Leaf(Vec<i64>),
    /// The lower and the upper half along a coordinate.
    Inner { axis: usize, cut: i64, low: usize, high: usize },
}

struct Node {
    /// The largest value of every coordinate.
    top: Box<[i64]>,
    kind: Kind,
}

/// Points of a fixed number of coordinates, in boxes that are split as they fill.
pub(super) struct Dominance {
    coordinates: usize,
    nodes: Vec<Node>,
}

impl Dominance {
    /// A tree without points.
    pub fn new(coordinates: usize) -> Self {
        let root = Node { top: vec![i64::MIN; coordinates].into(), kind: Kind::Leaf(Vec::new()) };
        Self { coordinates, nodes: vec![root] }
    }

    /// Whether some point of the tree is at least `point` in every coordinate.
    pub fn covers(&self, point: &[i64]) -> bool {
        self.covers_in(0, point)
    }

    fn covers_in(&self, node: usize, point: &[i64]) -> bool {
        let node = &self.nodes[node];
        if !at_least(&node.top, point) {
            return false;
        }
        match &node.kind {
            Kind::Leaf(points) => points.chunks_exact(self.coordinates).any(|q| at_least(q, point)),
            Kind::Inner { low, high, .. } => self.covers_in(*high, point) || self.covers_in(*low, point),
        }
    }

    /// Adds a point.
    pub fn insert(&mut self, point: &[i64]) {
        let mut at = 0;
        loop {
            let node = &mut self.nodes[at];
            node.top.iter_mut().zip(point).for_each(|(t, p)| *t = (*t).max(*p));
            match &mut node.kind {
                Kind::Inner { axis, cut, low, high } => at = if point[*axis] > *cut { *high } else { *low },
                Kind::Leaf(points) => {
                    points.extend_from_slice(point);
                    if points.len() > LEAF * self.coordinates {
                        self.split(at);
                    }
                    return;
                }
            }
        }
    }

    /// Splits a leaf along its widest coordinate, unless all of its points are one.
    fn split(&mut self, at: usize) {
        let n = self.coordinates;
        let Kind::Leaf(points) = &self.nodes[at].kind else { return };
        let width = |axis: usize| {
            let column = points.iter().skip(axis).step_by(n);
            column.clone().max().zip(column.min()).map_or(0, |(most, least)| most.saturating_sub(*least))
        };
        let Some(axis) = (0..n).max_by_key(|axis| width(*axis)).filter(|axis| width(*axis) > 0) else {
            return;
        };
        let mut column: Vec<i64> = points.iter().skip(axis).step_by(n).copied().collect();
        column.sort_unstable();
        let most = column[column.len() - 1];
        // Below the largest value, so that both halves get points.
        let cut = match column[column.len() / 2] {
            middle if middle < most => middle,
            _ => column.iter().copied().filter(|v| *v < most).max().unwrap_or(most),
        };
        let (mut low, mut high) = (Vec::new(), Vec::new());
        for point in points.chunks_exact(n) {
            if point[axis] > cut { &mut high } else { &mut low }.extend_from_slice(point);
        }
        let halves = [low, high].map(|points| self.leaf(points));
        self.nodes[at].kind = Kind::Inner { axis, cut, low: halves[0], high: halves[1] };
    }

    fn leaf(&mut self, points: Vec<i64>) -> usize {
        let mut top = vec![i64::MIN; self.coordinates];
        for point in points.chunks_exact(self.coordinates) {
            top.iter_mut().zip(point).for_each(|(t, p)| *t = (*t).max(*p));
        }
        self.nodes.push(Node { top: top.into(), kind: Kind::Leaf(points) });
        self.nodes.len() - 1
    }
}

#[inline]
fn at_least(a: &[i64], b: &[i64]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b)
}
