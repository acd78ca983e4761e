//! Who sits where: a frame for every track with its mediators, seats, agenda and texts, and below those who are not in the room.

use crate::document::table::Table;

use super::canvas::{Anchor, Canvas, LEADING, MARGIN, NARROW, SIZE, WIDTH};
use super::text::{width, wrap};
use super::{Head, Picture};

/// The widest a box may be, and one with a remark.
const BOX: f64 = 226.0;
const REMARKED: f64 = 344.0;
/// Room within a box, and between boxes.
const PAD: f64 = 8.0;
const GAP: f64 = 8.0;

/// Somebody or something, with what there is to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// What it does there: `backs AFC/M23`; may be empty.
    pub remark: String,
}

/// Entries of a kind, in a row or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What they are: `mediates`, `on the agenda`.
    pub name: String,
    /// How they are drawn.
    pub shape: Shape,
    /// The entries; a layer without any is left out.
    pub entries: Vec<Entry>,
}

/// How an entry is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Who has a seat.
    Seat,
    /// Who mediates: round.
    Mediator,
    /// What is talked about, and who is outside.
    Plain,
    /// A text: with a double edge.
    Text,
}

/// A frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What it is: a track, or what lies outside of all.
    pub title: String,
    /// Its layers, from above.
    pub layers: Vec<Layer>,
}

/// The picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seating {
    /// Its head.
    pub head: Head,
    /// The frames, from above.
    pub frames: Vec<Frame>,
}

impl Seating {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        let mut picture = self.canvas(WIDTH).finish(self.description(), self.table());
        picture.narrow = Some(self.canvas(NARROW).variant());
        picture
    }

    fn canvas(&self, wide: f64) -> Canvas {
        let mut canvas = Canvas::within(&self.head, wide);
        for frame in &self.frames {
            let top = canvas.y;
            canvas.y += 8.0;
            for line in wrap(&frame.title, SIZE * 1.1, wide - 4.0 * MARGIN) {
                canvas.y += LEADING;
                canvas.text(2.0 * MARGIN, canvas.y, Anchor::Start, "strong", &line);
            }
            canvas.y += 8.0;
            frame.layers.iter().filter(|l| !l.entries.is_empty()).for_each(|l| layer(&mut canvas, l));
            canvas.rect(MARGIN, top, wide - 2.0 * MARGIN, canvas.y - top, "box");
            canvas.y += 14.0;
        }
        canvas
    }

    fn description(&self) -> String {
        let told = self.frames.iter().map(|frame| {
            let layers = frame.layers.iter().filter(|l| !l.entries.is_empty()).map(|l| {
                let entries: Vec<String> = l.entries.iter().map(Entry::told).collect();
                format!("{}: {}", l.name, entries.join(", "))
            });
            format!("{}: {}", frame.title, layers.collect::<Vec<_>>().join("; "))
        });
        format!("{}.", told.collect::<Vec<_>>().join(". "))
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&self.head.title, ["where", "as what", "who or what", "remark"]);
        for frame in &self.frames {
            for layer in &frame.layers {
                for e in &layer.entries {
                    table.push([&frame.title, &layer.name, &e.title, &e.remark]);
                }
            }
        }
        table
    }
}

impl Entry {
    fn told(&self) -> String {
        if self.remark.is_empty() { self.title.clone() } else { format!("{} ({})", self.title, self.remark) }
    }

    /// The lines of its box: the title, then the remark.
    fn lines(&self, room: f64) -> (Vec<String>, Vec<String>) {
        let remark = if self.remark.is_empty() { Vec::new() } else { wrap(&self.remark, SIZE, room) };
        (wrap(&self.title, SIZE * 1.1, room), remark)
    }
}

/// A layer: its name, then its boxes from left to right, in as many rows as they need.
fn layer(canvas: &mut Canvas, layer: &Layer) {
    let left = 2.0 * MARGIN;
    let right = canvas.wide - 2.0 * MARGIN;
    canvas.y += LEADING;
    canvas.text(left, canvas.y - 4.0, Anchor::Start, "small quiet", &layer.name);
    let (mut x, mut high) = (left, 0.0_f64);
    for entry in &layer.entries {
        let most = if entry.remark.is_empty() { BOX } else { REMARKED };
        let (title, remark) = entry.lines(most.min(right - left) - 2.0 * PAD);
        let widest = |lines: &[String], size: f64| lines.iter().map(|l| width(l, size)).fold(0.0, f64::max);
        let wide = widest(&title, SIZE * 1.1).max(widest(&remark, SIZE)) + 2.0 * PAD;
        if x > left && x + wide > right {
            (x, canvas.y, high) = (left, canvas.y + high + GAP, 0.0);
        }
        let tall = LEADING * (title.len() + remark.len()) as f64 + 2.0 * PAD;
        let y = canvas.y;
        canvas.marked(&format!("{}: {}", layer.name, entry.told()), |canvas| {
            outline(canvas, layer.shape, (x, y, wide, tall));
            let class = if layer.shape == Shape::Seat { "strong" } else { "" };
            for (k, line) in title.iter().enumerate() {
                canvas.text(x + PAD, y + PAD + 13.0 + LEADING * k as f64, Anchor::Start, class, line);
            }
            for (k, line) in remark.iter().enumerate() {
                let y = y + PAD + 13.0 + LEADING * (title.len() + k) as f64;
                canvas.text(x + PAD, y, Anchor::Start, "small quiet", line);
            }
        });
        x += wide + GAP;
        high = high.max(tall);
    }
    canvas.y += high + GAP;
}

fn outline(canvas: &mut Canvas, shape: Shape, (x, y, w, h): (f64, f64, f64, f64)) {
    match shape {
        Shape::Seat => canvas.rounded((x, y, w, h), 0.0, "seat bold"),
        Shape::Mediator => canvas.rounded((x, y, w, h), 16.0, "seat"),
        Shape::Plain => canvas.rounded((x, y, w, h), 5.0, "seat faint"),
        Shape::Text => {
            canvas.rounded((x, y, w, h), 0.0, "seat faint");
            canvas.line((x + 3.5, y), (x + 3.5, y + h), "axis");
        }
    }
}
