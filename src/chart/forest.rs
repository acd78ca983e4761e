//! Forest plots: differences with their intervals beside a line at zero.

use crate::document::table::Table;

use super::axis::Unit;
use super::rows::{Axis, Form, Frame, Row, both};
use super::{Estimate, Head, Picture};

/// A picture of differences.
#[derive(Clone, Debug, PartialEq)]
pub struct Forest {
    /// Its head.
    pub head: Head,
    /// What a row is about, such as `what-if`: the heading of the table's first column.
    pub of: String,
    /// What differs, with its unit and what a plus means: the title of the axis.
    pub axis: String,
    /// What the figures are.
    pub unit: Unit,
    /// The differences with their labels. A mark is hollow where the interval holds zero.
    pub rows: Vec<(String, Estimate)>,
}

impl Forest {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        both(|form| self.frame(form), self.description(), self.table())
    }

    fn frame(&self, form: Form) -> Frame {
        let rows: Vec<Row> = self.rows.iter().map(|row| self.row(row)).collect();
        let low = self.rows.iter().map(|r| r.1.low).fold(0.0, f64::min);
        let high = self.rows.iter().map(|r| r.1.high).fold(0.0, f64::max);
        let axis = Axis { title: &self.axis, low, high, unit: self.unit };
        let mut frame = Frame::new(&self.head, &[], &rows, &axis, form);
        frame.upright(0.0, "zero");
        for ((label, e), y) in self.rows.iter().zip(frame.middles.clone()) {
            let at = |value| frame.scale.at(value);
            let (low, high, value) = (at(e.low), at(e.high), at(e.value));
            let hollow = e.low <= 0.0 && e.high >= 0.0;
            frame.canvas.marked(&format!("{label}: {}", e.tell(self.unit)), |canvas| {
                canvas.whisker(low, high, y, 5.0);
                canvas.circle(value, y, 5.0, if hollow { "hollow" } else { "s0" });
            });
        }
        frame
    }

    fn row(&self, (label, e): &(String, Estimate)) -> Row {
        Row { label: label.clone(), figures: vec![e.tell(self.unit)], height: 20.0 }
    }

    fn description(&self) -> String {
        let told = self.rows.iter().map(|(label, e)| format!("{label}: {}", self.unit.tell(e.value)));
        format!("Forest plot. {}. {}.", self.axis, told.collect::<Vec<_>>().join("; "))
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&self.head.title, [self.of.as_str(), "difference", "interval"]);
        for (label, e) in &self.rows {
            let [value, interval] = e.cells(self.unit);
            table.push([label.clone(), value, interval]);
        }
        table
    }
}
