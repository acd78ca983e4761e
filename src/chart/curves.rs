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
/// How long a line of a label of the record may be.
const RECORD: f64 = WIDTH - MARGIN - RIGHT - 6.0;
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
    /// When things really happened.
    pub records: Vec<Record>,
}

/// An entry of the record: an upright line through its round, labelled above the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The curve that it belongs to, from 0.
    pub curve: usize,
    /// The round, from 0.
    pub round: usize,
    /// Its date and what happened.
    pub label: String,
}

impl Curves {
    /// Draws them.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        let dotted = if self.records.is_empty() { "" } else { "; dotted: when by the record" };
        canvas.text(MARGIN, canvas.y + 4.0, Anchor::Start, "small", &format!("{}{dotted}", self.axis));
        let records = self.labelled();
        let top = canvas.y + 20.0 + records.iter().map(|(_, lines)| high(lines)).sum::<f64>();
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
        self.happened(&mut canvas, &rounds, &records, (top, bottom));
        for r in 0..self.dates.len() {
            canvas.marked(&self.told(r), |canvas| canvas.hit(rounds.at(r), top, rounds.wide(), bottom - top));
        }
        canvas.y = bottom;
        rounds.draw(&mut canvas, bottom);
        canvas.finish(self.description(), self.table())
    }

    /// What the curves say of a round.
    fn told(&self, r: usize) -> String {
        let values = self
            .curves
            .iter()
            .filter_map(|c| Some(format!("{} {}", c.label, Unit::Share.tell(c.by_round.get(r)?.value))));
        format!("Round {} ({}): {}", r + 1, self.dates[r], values.collect::<Vec<_>>().join("; "))
    }

    /// The record with its labels in lines.
    fn labelled(&self) -> Vec<(&Record, Vec<String>)> {
        let mut records: Vec<_> = self.records.iter().map(|r| (r, wrap(&r.label, SIZE, RECORD))).collect();
        // The later, the lower: no label stands across another's line.
        records.sort_by_key(|(record, _)| record.round);
        records
    }

    /// Each label above the field beside the line that it heads, one below the other.
    fn happened(
        &self,
        canvas: &mut Canvas,
        rounds: &Rounds,
        records: &[(&Record, Vec<String>)],
        (top, bottom): (f64, f64),
    ) {
        let mut y = top - records.iter().map(|(_, lines)| high(lines)).sum::<f64>();
        for (record, lines) in records {
            let x = rounds.at(record.round) + rounds.wide() / 2.0;
            let class = format!("s{} curve thin", record.curve % 8);
            canvas.path(&[(x, y + 3.0), (x, bottom)], false, &class, "2 3");
            canvas.lines(x + 6.0, y + high(lines) / 2.0, Anchor::Start, "", lines);
            y += high(lines);
        }
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
        let record: String = self.records.iter().map(|r| format!(" Marked: {}.", r.label)).collect();
        format!("Step curves over the rounds. {}.{record}", told.collect::<Vec<_>>().join("; "))
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
