//! What each party has in hand beside what it would have without agreement.

use crate::document::table::Table;

use super::axis::Unit;
use super::canvas::Key;
use super::rows::{Axis, Form, Frame, Row, both};
use super::{Head, Picture};

/// A party at a track.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// Who, and where.
    pub label: String,
    /// What the settled items give it, in points of 100.
    pub points: f64,
    /// What walking away is worth to it, in points of 100.
    pub alternative: f64,
}

/// A picture of positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Positions {
    /// Its head.
    pub head: Head,
    /// What is measured: the title of the axis.
    pub axis: String,
    /// The positions.
    pub positions: Vec<Position>,
}

impl Positions {
    /// Draws them.
    pub fn draw(&self) -> Picture {
        both(|form| self.frame(form), self.description(), self.table())
    }

    fn frame(&self, form: Form) -> Frame {
        let rows: Vec<Row> = self.positions.iter().map(row).collect();
        let axis = Axis { title: &self.axis, low: 0.0, high: 100.0, unit: Unit::Number };
        let mut frame = Frame::new(&self.head, &keys(), &rows, &axis, form);
        for (p, y) in self.positions.iter().zip(frame.middles.clone()) {
            let (points, alternative) = (frame.scale.at(p.points), frame.scale.at(p.alternative));
            let zero = frame.scale.at(0.0);
            frame.canvas.marked(&told(p), |canvas| {
                canvas.filled(zero, y - 8.0, points - zero, 16.0, "s0", 0);
                canvas.line((alternative, y - 15.0), (alternative, y + 15.0), "zero");
                canvas.rect(alternative - 4.0, y - 4.0, 8.0, 8.0, "hollow");
            });
        }
        frame.upright(0.0, "axis");
        frame
    }

    fn description(&self) -> String {
        let told: Vec<String> = self.positions.iter().map(told).collect();
        format!("Bars with marks. {}.", told.join("; "))
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&self.head.title, ["party", "points settled", "without agreement"]);
        for p in &self.positions {
            table.push([p.label.clone(), format!("{:.1}", p.points), format!("{:.1}", p.alternative)]);
        }
        table
    }
}

fn told(p: &Position) -> String {
    format!("{}: {:.0} points settled, {:.0} without agreement", p.label, p.points, p.alternative)
}

fn row(p: &Position) -> Row {
    let figure = format!("{:.0} beside {:.0}", p.points, p.alternative);
    Row { label: p.label.clone(), figures: vec![figure], height: 32.0 }
}

fn keys() -> Vec<Key> {
    let key = |class: &str, label: &str| Key {
        class: class.into(),
        hatch: 0,
        letter: String::new(),
        label: label.into(),
    };
    vec![
        key("s0", "what settled items give it"),
        key("hollow", "its alternative: what it would have without agreement"),
    ]
}
