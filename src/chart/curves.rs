//! Shares over the rounds: steps with bands, each labelled at its end.

use crate::document::table::Table;

use super::axis::{Rounds, Scale, Unit};
use super::canvas::{Anchor, Canvas, MARGIN, SIZE, WIDTH};
use super::labels::{high, spread};
use super::text::wrap;
use super::{Estimate, Head, Picture};

/// The most curves that one picture can hold and still be read.
pub const MOST: usize = 6;
/// Where the columns of the rounds begin and end.
const LEFT: f64 = 66.0;
const RIGHT: f64 = 500.0;
/// Where labels begin.
const LABEL: f64 = 534.0;
/// Dashes that tell curves apart in grey.
const DASHES: [&str; MOST] = ["", "8 4", "2 3", "12 3 2 3", "5 2", "6 2 1 2 1 2"];

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it is about.
    pub label: String,
    /// Its value at the end of each round, in 0..=1.
    pub by_round: Vec<Estimate>,
}

/// A picture of curves.
#[derive(Clone, Debug, PartialEq)]
pub struct Curves {
    /// Its head.
    pub head: Head,
    /// The first day of each round.
    pub dates: Vec<String>,
    /// What is measured: the title of the axis.
    pub axis: String,
    /// The curves, at most [`MOST`] for a picture that can be read.
    pub curves: Vec<Curve>,
}

impl Curves {
    /// Draws them.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        canvas.text(MARGIN, canvas.y + 4.0, Anchor::Start, "small", &self.axis);
        let top = canvas.y + 20.0;
        let labels: Vec<Vec<String>> = self.curves.iter().map(Self::label).collect();
        let needed: f64 = labels.iter().map(|l| high(l)).sum();
        let bottom = top + needed.max(300.0);
        let scale = Scale::new(0.0, 1.0, bottom, top, Unit::Share);
        let rounds = Rounds { dates: &self.dates, left: LEFT, right: RIGHT };
        for (value, tick) in scale.ticks() {
            let y = scale.at(value);
            canvas.line((LEFT, y), (RIGHT, y), "grid");
            canvas.text(LEFT - 8.0, y + 4.0, Anchor::End, "small", &tick);
        }
        for band in [true, false] {
            for (k, curve) in self.curves.iter().enumerate() {
                draw(&mut canvas, &rounds, &scale, (k, curve), band);
            }
        }
        let ends: Vec<f64> = self.curves.iter().map(|c| scale.at(end(c).value)).collect();
        let heights: Vec<f64> = labels.iter().map(|l| high(l)).collect();
        for (k, y) in spread(&ends, &heights, top, bottom).into_iter().enumerate() {
            let points = [(RIGHT + 2.0, ends[k]), (RIGHT + 10.0, ends[k]), (LABEL - 18.0, y)];
            canvas.path(&points, false, "leader", "");
            let swatch = [(LABEL - 18.0, y), (LABEL - 2.0, y)];
            canvas.path(&swatch, false, &format!("s{} curve", k % 8), DASHES[k % MOST]);
            canvas.lines(LABEL + 4.0, y, Anchor::Start, "", &labels[k]);
        }
        canvas.y = bottom;
        rounds.draw(&mut canvas, bottom);
        canvas.finish(self.description(), self.table())
    }

    fn label(curve: &Curve) -> Vec<String> {
        let text = format!("{}: {}", curve.label, Unit::Share.tell(end(curve).value));
        wrap(&text, SIZE, WIDTH - MARGIN - LABEL - 4.0)
    }

    fn description(&self) -> String {
        let told = self.curves.iter().map(|c| {
            let half = c.by_round.iter().position(|e| e.value >= 0.5);
            let half = half.map_or(String::new(), |r| format!(", half by round {}", r + 1));
            format!("{}: {} in the end{half}", c.label, Unit::Share.tell(end(c).value))
        });
        format!("Step curves over the rounds. {}.", told.collect::<Vec<_>>().join("; "))
    }

    fn table(&self) -> Table {
        let labels = self.curves.iter().map(|c| c.label.clone());
        let columns = ["round".into(), "first day".into()].into_iter().chain(labels);
        let mut table = Table::new(&self.head.title, columns);
        for (r, date) in self.dates.iter().enumerate() {
            let cells = self.curves.iter().map(|c| match c.by_round.get(r) {
                Some(e) => e.tell(Unit::Share),
                None => "–".into(),
            });
            table.push([(r + 1).to_string(), date.clone()].into_iter().chain(cells));
        }
        table
    }
}

/// Draws the band or the line of a curve: level through the column of each round, for its value is that of the end of
/// the round.
fn draw(canvas: &mut Canvas, rounds: &Rounds, scale: &Scale, (k, curve): (usize, &Curve), band: bool) {
    let steps = |value: fn(&Estimate) -> f64| {
        let columns = curve.by_round.iter().enumerate();
        columns
            .flat_map(|(r, e)| [(rounds.at(r), scale.at(value(e))), (rounds.at(r + 1), scale.at(value(e)))])
            .collect::<Vec<_>>()
    };
    if band {
        let mut outline = steps(|e| e.high);
        outline.extend(steps(|e| e.low).into_iter().rev());
        canvas.path(&outline, true, &format!("s{} band", k % 8), "");
    } else {
        canvas.path(&steps(|e| e.value), false, &format!("s{} curve", k % 8), DASHES[k % MOST]);
    }
}

fn end(curve: &Curve) -> Estimate {
    curve.by_round.last().copied().unwrap_or(Estimate { value: 0.0, low: 0.0, high: 0.0 })
}
