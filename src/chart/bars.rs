//! Bars with intervals, alone or grouped: how the talks ended, as is and changed; who stood against what.

use crate::document::table::Table;

use super::axis::Unit;
use super::canvas::Key;
use super::rows::{Axis, Form, Frame, Row, both};
use super::{Estimate, Head, Picture};

/// Height of a bar.
const BAR: f64 = 20.0;

/// What the bars of a group stand for, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Series {
    /// One bar a group.
    One,
    /// Two bars: the scenario as it stands in grey, then the changed one; what each is called.
    AsIsAndChanged(String, String),
    /// The scenario as it stands in grey, then any number by name; the first name is its.
    AsIsAndNamed(Vec<String>),
    /// Any number, by name.
    Named(Vec<String>),
}

impl Series {
    fn names(&self) -> Vec<&str> {
        match self {
            Self::One => Vec::new(),
            Self::AsIsAndChanged(as_is, changed) => vec![as_is, changed],
            Self::AsIsAndNamed(names) | Self::Named(names) => names.iter().map(String::as_str).collect(),
        }
    }

    /// The class and the hatch of a bar.
    fn fill(&self, k: usize) -> (String, usize) {
        match self {
            Self::One => ("s0".into(), 0),
            Self::AsIsAndChanged(..) | Self::AsIsAndNamed(_) if k == 0 => ("base".into(), 0),
            Self::AsIsAndChanged(..) => ("s0".into(), 0),
            Self::AsIsAndNamed(_) => (format!("s{}", (k - 1) % 8), k % 5),
            Self::Named(_) => (format!("s{}", k % 8), k % 5),
        }
    }
}

/// A picture of bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Its head.
    pub head: Head,
    /// What a group is about, such as `outcome`: the heading of the table's first column.
    pub of: String,
    /// What is measured, with its unit: the title of the axis.
    pub axis: String,
    /// What the figures are; shares begin at zero.
    pub unit: Unit,
    /// What the bars of a group stand for.
    pub series: Series,
    /// The groups: a label, and a value for each of the series.
    pub groups: Vec<(String, Vec<Estimate>)>,
}

impl Bars {
    /// Draws them.
    pub fn draw(&self) -> Picture {
        both(|form| self.frame(form), self.description(), self.table())
    }

    fn frame(&self, form: Form) -> Frame {
        let all = || self.groups.iter().flat_map(|(_, values)| values);
        let highest = all().map(|e| e.high.max(e.value)).fold(0.0, f64::max);
        let lowest = all().map(|e| e.low.min(e.value)).fold(0.0, f64::min);
        let rows: Vec<Row> = self.groups.iter().map(|group| self.row(group)).collect();
        let axis = Axis { title: &self.axis, low: lowest, high: highest, unit: self.unit };
        let mut frame = Frame::new(&self.head, &self.keys(), &rows, &axis, form);
        for ((label, values), middle) in self.groups.iter().zip(frame.middles.clone()) {
            let top = middle - each(values) * values.len() as f64 / 2.0;
            for (k, estimate) in values.iter().enumerate() {
                let (class, hatch) = self.series.fill(k);
                let (zero, end) = (frame.scale.at(0.0), frame.scale.at(estimate.value));
                let y = top + each(values) * k as f64 + (each(values) - BAR) / 2.0;
                let (x, wide) = (zero.min(end), (end - zero).abs());
                let (low, high) = (frame.scale.at(estimate.low), frame.scale.at(estimate.high));
                frame.canvas.marked(&self.told(label, k, estimate), |canvas| {
                    canvas.filled(x, y, wide, BAR, &class, hatch);
                    canvas.whisker(low, high, y + BAR / 2.0, 4.0);
                });
            }
        }
        frame.upright(0.0, "axis");
        frame
    }

    /// What a bar says by itself.
    fn told(&self, label: &str, k: usize, estimate: &Estimate) -> String {
        let value = estimate.tell(self.unit);
        match self.series.names().get(k) {
            Some(name) => format!("{label}, {name}: {value}"),
            None => format!("{label}: {value}"),
        }
    }

    fn row(&self, (label, values): &(String, Vec<Estimate>)) -> Row {
        let figures = values.iter().map(|e| e.tell(self.unit)).collect();
        Row { label: label.clone(), figures, height: each(values) * values.len() as f64 }
    }

    fn keys(&self) -> Vec<Key> {
        let names = self.series.names();
        let key = |(k, name): (usize, &&str)| {
            let (class, hatch) = self.series.fill(k);
            Key { class, hatch, letter: String::new(), label: (*name).into() }
        };
        names.iter().enumerate().map(key).collect()
    }

    fn description(&self) -> String {
        let names = self.series.names();
        let told = self.groups.iter().map(|(label, values)| {
            let values = values.iter().enumerate().map(|(k, e)| match names.get(k) {
                Some(name) => format!("{name} {}", self.unit.tell(e.value)),
                None => self.unit.tell(e.value),
            });
            format!("{label}: {}", values.collect::<Vec<_>>().join(", "))
        });
        format!("Bars. {}.", told.collect::<Vec<_>>().join("; "))
    }

    fn table(&self) -> Table {
        let mut columns = vec![self.of.clone()];
        match &self.series {
            Series::One => columns.extend(["value".into(), "interval".into()]),
            series => series.names().iter().for_each(|name| {
                columns.extend([(*name).to_owned(), format!("{name}: interval")]);
            }),
        }
        let mut table = Table::new(&self.head.title, columns);
        for (label, values) in &self.groups {
            let cells = values.iter().flat_map(|e| e.cells(self.unit));
            table.push(std::iter::once(label.clone()).chain(cells));
        }
        table
    }
}

/// Height of a bar with the gap to the next one of its group.
fn each(values: &[Estimate]) -> f64 {
    if values.len() > 1 { BAR + 3.0 } else { BAR }
}
