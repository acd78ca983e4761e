//! Tornadoes: what one answer becomes when one assumption after the other is set low and high.

use crate::document::table::Table;

use super::axis::Unit;
use super::canvas::{Anchor, Key, MARGIN, SMALL};
use super::rows::{Axis, Form, Frame, Row, both};
use super::text::width;
use super::{Estimate, Head, Picture};

/// An assumption with the answers that its low and its high value give.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The path or the name of the assumption.
    pub label: String,
    /// The low value, as scenario files write it, and the answer.
    pub low: (String, Estimate),
    /// The high value and the answer.
    pub high: (String, Estimate),
}

/// A picture of swings.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// Its head.
    pub head: Head,
    /// What is measured, with its unit: the title of the axis.
    pub axis: String,
    /// What the figures are.
    pub unit: Unit,
    /// The answer as the scenario stands.
    pub base: f64,
    /// The swings in the order in which they are to be shown, the widest first as a rule.
    pub swings: Vec<Swing>,
}

impl Tornado {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        both(|form| self.frame(form), self.description(), self.table())
    }

    fn frame(&self, form: Form) -> Frame {
        let rows: Vec<Row> = self.swings.iter().map(|s| self.row(s)).collect();
        let ends = || self.swings.iter().flat_map(|s| [s.low.1, s.high.1]);
        let low = ends().map(|e| e.low).fold(self.base, f64::min);
        let high = ends().map(|e| e.high).fold(self.base, f64::max);
        let axis = Axis { title: &self.axis, low, high, unit: self.unit };
        let mut frame = Frame::new(&self.head, &Self::keys(), &rows, &axis, form);
        let base = frame.scale.at(self.base);
        for (swing, middle) in self.swings.iter().zip(frame.middles.clone()) {
            for (k, (at, e)) in [&swing.low, &swing.high].into_iter().enumerate() {
                let y = middle + if k == 0 { -20.0 } else { 1.0 };
                let end = frame.scale.at(e.value);
                let (class, hatch) = Self::fill(k);
                let (x, wide) = (base.min(end), (end - base).abs());
                let (low, high) = (frame.scale.at(e.low), frame.scale.at(e.high));
                let told = format!("{}, at {at}: {}", swing.label, e.tell(self.unit));
                frame.canvas.marked(&told, |canvas| {
                    canvas.filled(x, y, wide, 19.0, class, hatch);
                    canvas.whisker(low, high, y + 9.5, 4.0);
                });
            }
        }
        frame.upright(self.base, "zero");
        let said = format!("as it stands: {}", self.unit.tell(self.base));
        let half = width(&said, SMALL) / 2.0 + MARGIN;
        let x = base.clamp(half, frame.canvas.wide - half);
        frame.canvas.text(x, frame.top - 7.0, Anchor::Middle, "small", &said);
        frame
    }

    fn fill(k: usize) -> (&'static str, usize) {
        [("s5", 0), ("s4", 1)][k]
    }

    fn keys() -> Vec<Key> {
        let key = |(k, label): (usize, &str)| {
            let (class, hatch) = Self::fill(k);
            Key { class: class.into(), hatch, letter: String::new(), label: label.into() }
        };
        ["low value", "high value"].into_iter().enumerate().map(key).collect()
    }

    fn row(&self, swing: &Swing) -> Row {
        let figure = |(value, e): &(String, Estimate)| format!("{value}: {}", self.unit.tell(e.value));
        let figures = vec![figure(&swing.low), figure(&swing.high)];
        Row { label: swing.label.clone(), figures, height: 40.0 }
    }

    fn description(&self) -> String {
        let told = self.swings.iter().map(|s| {
            let (low, high) = (self.unit.tell(s.low.1.value), self.unit.tell(s.high.1.value));
            format!("{}: {low} at {}, {high} at {}", s.label, s.low.0, s.high.0)
        });
        let base = self.unit.tell(self.base);
        format!("Tornado around {base}. {}.", told.collect::<Vec<_>>().join("; "))
    }

    fn table(&self) -> Table {
        let mut table = Table::new(
            &self.head.title,
            ["assumption", "low value", "answer", "interval", "high value", "answer", "interval"],
        );
        for s in &self.swings {
            let cells = [&s.low, &s.high].into_iter().flat_map(|(value, e)| {
                let [answer, interval] = e.cells(self.unit);
                [value.clone(), answer, interval]
            });
            table.push(std::iter::once(s.label.clone()).chain(cells));
        }
        table
    }
}
