//! Calibration plots: how often what was given some share came about.

use crate::document::table::Table;
use crate::text::number::thousands;

use super::axis::{Scale, Unit};
use super::canvas::{Anchor, Canvas, MARGIN, SIZE, SMALL, WIDTH};
use super::text::{width, wrap};
use super::{Estimate, Head, Picture};

/// Side of the square.
const SIDE: f64 = 420.0;
/// Where the square begins.
const LEFT: f64 = 150.0;

/// Statements that were given about the same share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The mean share they were given, 0..=1.
    pub given: f64,
    /// The share that came about; [`Estimate::bare`] where its interval is not known.
    pub observed: Estimate,
    /// How many statements.
    pub statements: u64,
}

/// A picture of calibration.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Its head.
    pub head: Head,
    /// Groups of statements by the share they were given.
    pub bins: Vec<Bin>,
}

impl Bin {
    fn told(&self) -> String {
        let (given, seen) = (Unit::Share.tell(self.given), Unit::Share.tell(self.observed.value));
        format!("{} statements given {given}: {seen} came about", thousands(self.statements))
    }
}

impl Calibration {
    /// Draws it. On the diagonal, things come about as often as their share says.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        let top = canvas.y + 10.0;
        let across = Scale::new(0.0, 1.0, LEFT, LEFT + SIDE, Unit::Share);
        let up = Scale::new(0.0, 1.0, top + SIDE, top, Unit::Share);
        for (value, tick) in across.ticks() {
            let (x, y) = (across.at(value), up.at(value));
            canvas.line((x, top), (x, top + SIDE), "grid");
            canvas.line((LEFT, y), (LEFT + SIDE, y), "grid");
            canvas.text(x, top + SIDE + 19.0, Anchor::Middle, "small", &tick);
            canvas.text(LEFT - 8.0, y + 4.0, Anchor::End, "small", &tick);
        }
        canvas.line((LEFT, top + SIDE), (LEFT + SIDE, top), "dashed");
        canvas.rect(LEFT, top, SIDE, SIDE, "box");
        let aside = wrap("On the dashed line: as often as the share says", SMALL, WIDTH - LEFT - SIDE - 30.0);
        for (k, line) in aside.iter().enumerate() {
            canvas.text(LEFT + SIDE + 14.0, top + 12.0 + 16.0 * k as f64, Anchor::Start, "small", line);
        }
        let said = wrap("Share of statements that came about", SMALL, LEFT - 56.0 - MARGIN);
        canvas.lines(MARGIN, top + SIDE / 2.0, Anchor::Start, "small", &said);
        for bin in &self.bins {
            let (x, y) = (across.at(bin.given), up.at(bin.observed.value));
            canvas.marked(&bin.told(), |canvas| {
                if !bin.observed.low.is_nan() {
                    let (low, high) = (up.at(bin.observed.low), up.at(bin.observed.high));
                    canvas.line((x, low), (x, high), "whisker");
                    [low, high].into_iter().for_each(|y| canvas.line((x - 5.0, y), (x + 5.0, y), "whisker"));
                }
                canvas.circle(x, y, 6.0, "s0");
            });
            let label = thousands(bin.statements);
            // To the left of its point where it would leave the square.
            let room = x + 12.0 + width(&label, SIZE) < LEFT + SIDE;
            let (x, anchor) = if room { (x + 10.0, Anchor::Start) } else { (x - 10.0, Anchor::End) };
            canvas.text(x, y - 8.0, anchor, "strong", &label);
        }
        let below = "Share of runs in which the statement holds (figures: number of statements)";
        canvas.text(LEFT, top + SIDE + 40.0, Anchor::Start, "small", below);
        canvas.y = top + SIDE + 52.0;
        canvas.finish(self.description(), self.table())
    }

    fn description(&self) -> String {
        let told: Vec<String> = self.bins.iter().map(Bin::told).collect();
        format!("Calibration plot. {}.", told.join("; "))
    }

    fn table(&self) -> Table {
        let columns = ["mean share given", "statements", "came about", "interval"];
        let mut table = Table::new(&self.head.title, columns);
        for b in &self.bins {
            let o = &b.observed;
            let [observed, interval] = o.cells(Unit::Share);
            table.push([Unit::Share.tell(b.given), thousands(b.statements), observed, interval]);
        }
        table
    }
}
