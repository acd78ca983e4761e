//! The utility plane of two parties: what packages give the one, across, and the other, up.

use crate::document::table::Table;
use crate::text::number::percent;

use super::axis::{Scale, Unit};
use super::canvas::{Anchor, Canvas, LEADING, MARGIN, SIZE, SMALL, WIDTH};
use super::labels::{high, spread};
use super::text::{width, wrap};
use super::{Head, Picture};

/// A package in the plane.
pub type Point = (f64, f64);

/// Where the square begins, and its side.
const LEFT: f64 = 66.0;
const SIDE: f64 = 410.0;
/// Where labels begin.
const LABEL: f64 = LEFT + SIDE + 44.0;
/// Cells along each side in which a large cloud keeps one dot.
const CELLS: usize = 72;
/// Points of the frontier beyond which its dots are smaller.
const MANY: usize = 100;
/// The radius of an agreement on which all runs agree.
const LARGEST: f64 = 17.0;

/// A package with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it is.
    pub label: String,
    /// Where it lies.
    pub at: Point,
    /// What it gives either party, as it is to be read.
    pub figures: [String; 2],
}

impl Mark {
    /// Its label with its figures.
    fn lines(&self) -> Vec<String> {
        let room = WIDTH - MARGIN - LABEL - 4.0;
        let figures = format!("{} and {}", self.figures[0], self.figures[1]);
        [wrap(&self.label, SIZE, room), wrap(&figures, SIZE, room)].concat()
    }
}

/// A picture of the utility plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// Its head.
    pub head: Head,
    /// What the axes show: across, up.
    pub axes: [String; 2],
    /// The least and the most that packages give: across, up.
    pub range: [(f64, f64); 2],
    /// Packages, thinned where there are many ([`thin`]).
    pub cloud: Vec<Point>,
    /// Packages that the decision rule passes though not all accept them, thinned in the same way.
    pub passing: Vec<Point>,
    /// Packages of the zone, thinned in the same way.
    pub zone: Vec<Point>,
    /// Packages of the frontier of all parties.
    pub frontier: Vec<Point>,
    /// What the frontier is called.
    pub frontier_name: String,
    /// The frontier of these two parties alone, from left to right.
    pub edge: Vec<Point>,
    /// What each gets without agreement.
    pub alternatives: [Option<f64>; 2],
    /// Packages with names.
    pub marks: Vec<Mark>,
    /// Packages on which runs agreed, with shares of all runs in 0..=1.
    pub agreements: Vec<(Point, f64)>,
}

/// The first point of every cell, of 72 by 72 over the range.
pub fn thin(points: impl Iterator<Item = Point>, range: [(f64, f64); 2]) -> Vec<Point> {
    let place = |value: f64, (low, high): (f64, f64)| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        ((share * CELLS as f64) as usize).min(CELLS - 1)
    };
    let mut taken = vec![false; CELLS * CELLS];
    let free = |p: &Point| {
        let cell = &mut taken[place(p.1, range[1]) * CELLS + place(p.0, range[0])];
        !std::mem::replace(cell, true)
    };
    points.filter(free).collect()
}

impl Plane {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        self.legend(&mut canvas);
        for line in wrap(&self.axes[1], SMALL, WIDTH - 2.0 * MARGIN) {
            canvas.text(MARGIN, canvas.y + 4.0, Anchor::Start, "small", &line);
            canvas.y += 16.0;
        }
        let top = canvas.y + 6.0;
        let labels: Vec<Vec<String>> = self.marks.iter().map(Mark::lines).collect();
        let side = SIDE.max(labels.iter().map(|l| high(l)).sum());
        let reach = |k: usize| {
            let (low, most) = self.range[k];
            self.alternatives[k].map_or((low, most), |a| (low.min(a), most.max(a)))
        };
        let across = Scale::new(reach(0).0, reach(0).1, LEFT, LEFT + SIDE, Unit::Number);
        let up = Scale::new(reach(1).0, reach(1).1, top + side, top, Unit::Number);
        let square = Square { across, up, top, side };
        square.grid(&mut canvas);
        self.packages(&mut canvas, &square);
        self.named(&mut canvas, &square, &labels);
        canvas.y = top + side + 24.0;
        for line in wrap(&self.axes[0], SMALL, WIDTH - MARGIN - LEFT) {
            canvas.y += 16.0;
            canvas.text(LEFT, canvas.y, Anchor::Start, "small", &line);
        }
        canvas.y += 12.0;
        canvas.finish(self.description(), self.table())
    }

    fn packages(&self, canvas: &mut Canvas, square: &Square) {
        let place = |p: &Point| square.at(*p);
        let places = |points: &[Point]| points.iter().map(place).collect::<Vec<_>>();
        if let [Some(a), Some(b)] = self.alternatives {
            let (x, y) = square.at((a, b));
            canvas.tinted(x, square.top, LEFT + SIDE - x, y - square.top, "s2", 0.14);
        }
        canvas.dots(&places(&self.cloud), "dots");
        canvas.path(&square.stairs(&self.edge), false, "s0 curve thin", "");
        let front = if self.frontier.len() > MANY { "dots front many" } else { "dots front" };
        canvas.dots(&places(&self.frontier), front);
        // Above the larger dots of the frontier, of which they may be a part.
        canvas.dots(&places(&self.passing), "dots passing");
        canvas.dots(&places(&self.zone), "dots inside");
        if let Some(a) = self.alternatives[0] {
            let x = square.across.at(a);
            canvas.line((x, square.top), (x, square.top + square.side), "dashed");
        }
        if let Some(b) = self.alternatives[1] {
            let y = square.up.at(b);
            canvas.line((LEFT, y), (LEFT + SIDE, y), "dashed");
        }
        if let [Some(a), Some(b)] = self.alternatives {
            cross(canvas, square.at((a, b)));
        }
        for (point, share) in &self.agreements {
            let (x, y) = square.at(*point);
            canvas.circle(x, y, radius(*share), if *share < 0.02 { "s4 curve thin" } else { "s4 curve" });
        }
    }

    fn named(&self, canvas: &mut Canvas, square: &Square, labels: &[Vec<String>]) {
        let places: Vec<Point> = self.marks.iter().map(|m| square.at(m.at)).collect();
        let wanted: Vec<f64> = places.iter().map(|p| p.1).collect();
        let heights: Vec<f64> = labels.iter().map(|l| high(l)).collect();
        for (k, y) in spread(&wanted, &heights, square.top, square.top + square.side).into_iter().enumerate()
        {
            canvas.line(places[k], (LABEL - 6.0, y), "leader");
            canvas.lines(LABEL, y, Anchor::Start, "", &labels[k]);
        }
        for (mark, place) in self.marks.iter().zip(places) {
            let told = format!("{}: {} and {}", mark.label, mark.figures[0], mark.figures[1]);
            canvas.marked(&told, |canvas| diamond(canvas, place));
        }
    }

    /// Marks with their meanings, as many on a line as fit.
    fn legend(&self, canvas: &mut Canvas) {
        type Draw = fn(&mut Canvas, Point);
        let mut keys: Vec<(Draw, String)> = vec![(|c, p| c.dots(&[p], "dots"), "package".into())];
        if !self.zone.is_empty() {
            keys.push((|c, p| c.dots(&[p], "dots inside"), "in the zone of agreement".into()));
        }
        if !self.passing.is_empty() {
            keys.push((
                |c, p| c.dots(&[p], "dots passing"),
                "passed by the rule, though not all accept it".into(),
            ));
        }
        keys.push((|c, p| c.dots(&[p], "dots front"), self.frontier_name.clone()));
        keys.push((
            |c, (x, y)| {
                let stairs = [(x - 9.0, y - 5.0), (x, y - 5.0), (x, y + 5.0), (x + 9.0, y + 5.0)];
                c.path(&stairs, false, "s0 curve thin", "");
            },
            "no package lies beyond, for these two".into(),
        ));
        if self.alternatives.iter().all(Option::is_some) {
            keys.push((cross, "no agreement: the alternatives".into()));
            keys.push((
                |c, (x, y)| c.tinted(x - 9.0, y - 8.0, 18.0, 16.0, "s2", 0.3),
                "better for both".into(),
            ));
        }
        if !self.marks.is_empty() {
            keys.push((diamond, "package with a name".into()));
        }
        if !self.agreements.is_empty() {
            let text = "agreed in simulated runs: the larger, the more often";
            keys.push((|c, (x, y)| c.circle(x, y, 7.0, "s4 curve"), text.into()));
        }
        let mut x = MARGIN;
        canvas.y += 4.0;
        for (draw, label) in keys {
            let lines = wrap(&label, SIZE, WIDTH - 2.0 * MARGIN - 28.0);
            let wide = 28.0 + lines.iter().map(|l| width(l, SIZE)).fold(0.0, f64::max) + 16.0;
            if x > MARGIN && x + wide > WIDTH - MARGIN {
                (x, canvas.y) = (MARGIN, canvas.y + 24.0);
            }
            draw(canvas, (x + 10.0, canvas.y + 8.0));
            for (k, line) in lines.iter().enumerate() {
                canvas.text(x + 28.0, canvas.y + 13.0 + LEADING * k as f64, Anchor::Start, "", line);
            }
            canvas.y += LEADING * (lines.len() - 1) as f64;
            x += wide;
        }
        canvas.y += 34.0;
    }

    fn description(&self) -> String {
        let marks = self.marks.iter().map(|m| format!("{}: {} and {}", m.label, m.figures[0], m.figures[1]));
        let agreed: f64 = self.agreements.iter().map(|a| a.1).sum();
        let agreed = match self.agreements.is_empty() {
            true => String::new(),
            false => format!(" Rings: agreements of {} of the runs.", percent(agreed)),
        };
        let marks: Vec<String> = marks.collect();
        let named = if marks.is_empty() {
            String::new()
        } else {
            format!(" Packages with names: {}.", marks.join("; "))
        };
        format!("Packages in the plane of {} and {}.{named}{agreed}", self.axes[0], self.axes[1])
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&self.head.title, ["package", &self.axes[0], &self.axes[1]]);
        for m in &self.marks {
            table.push([&m.label, &m.figures[0], &m.figures[1]]);
        }
        table
    }
}

/// Where the packages are drawn.
struct Square {
    across: Scale,
    up: Scale,
    top: f64,
    side: f64,
}

impl Square {
    fn at(&self, point: Point) -> Point {
        (self.across.at(point.0), self.up.at(point.1))
    }

    fn grid(&self, canvas: &mut Canvas) {
        let bottom = self.top + self.side;
        // Figures along the axis that would touch are left out.
        let mut free = f64::NEG_INFINITY;
        for (value, tick) in self.across.ticks() {
            let x = self.across.at(value);
            canvas.line((x, self.top), (x, bottom), "grid");
            let half = width(&tick, SMALL) / 2.0;
            if x - half > free {
                canvas.text(x, bottom + 19.0, Anchor::Middle, "small", &tick);
                free = x + half + 6.0;
            }
        }
        for (value, tick) in self.up.ticks() {
            let y = self.up.at(value);
            canvas.line((LEFT, y), (LEFT + SIDE, y), "grid");
            canvas.text(LEFT - 8.0, y + 4.0, Anchor::End, "small", &tick);
        }
        canvas.rect(LEFT, self.top, SIDE, self.side, "box");
    }

    /// The border of what these points leave behind them.
    fn stairs(&self, edge: &[Point]) -> Vec<Point> {
        let Some(first) = edge.first() else { return Vec::new() };
        let mut path = vec![(LEFT, self.up.at(first.1))];
        for (k, point) in edge.iter().enumerate() {
            let (x, y) = self.at(*point);
            path.push((x, y));
            let next = edge.get(k + 1).map_or(self.top + self.side, |p| self.up.at(p.1));
            path.push((x, next));
        }
        path
    }
}

fn radius(share: f64) -> f64 {
    (LARGEST * libm::sqrt(share.clamp(0.0, 1.0))).max(2.5)
}

fn cross(canvas: &mut Canvas, (x, y): Point) {
    canvas.line((x - 7.0, y - 7.0), (x + 7.0, y + 7.0), "zero");
    canvas.line((x - 7.0, y + 7.0), (x + 7.0, y - 7.0), "zero");
}

fn diamond(canvas: &mut Canvas, (x, y): Point) {
    let corners = [(x - 6.0, y), (x, y - 6.0), (x + 6.0, y), (x, y + 6.0)];
    canvas.path(&corners, true, "hollow", "");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_first_point() {
        let range = [(0.0, 72.0), (0.0, 72.0)];
        let points = [(0.2, 0.2), (0.9, 0.9), (1.1, 0.2), (72.0, 72.0), (71.5, 71.5)];
        assert_eq!(thin(points.into_iter(), range), [(0.2, 0.2), (1.1, 0.2), (72.0, 72.0)]);
        assert_eq!(thin([(5.0, 5.0), (5.0, 5.0)].into_iter(), [(5.0, 5.0); 2]).len(), 1);
    }
}
