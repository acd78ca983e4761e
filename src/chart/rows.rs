//! What bars, forest plots, tornadoes and positions share: a label to the left of each row, figures to the right, and
//! a scale between them.

use super::Head;
use super::axis::{Scale, Unit};
use super::canvas::{Anchor, Canvas, Key, LEADING, MARGIN, SIZE, SMALL, WIDTH};
use super::text::{width, wrap};

/// Room for labels.
const LABEL: f64 = 250.0;
/// The most room for figures; longer ones are wrapped.
const FIGURES: f64 = 190.0;

/// A row before it is drawn.
pub(super) struct Row {
    pub label: String,
    /// The figures to its right, a line each.
    pub figures: Vec<String>,
    /// How high it has to be at least.
    pub height: f64,
}

/// The axis under the rows.
pub(super) struct Axis<'a> {
    pub title: &'a str,
    pub low: f64,
    pub high: f64,
    pub unit: Unit,
}

/// A picture with everything but its marks.
pub(super) struct Frame {
    pub canvas: Canvas,
    pub scale: Scale,
    /// The middle of each row.
    pub middles: Vec<f64>,
    /// Where the rows begin and end.
    pub top: f64,
    pub bottom: f64,
    end: f64,
}

/// The figures of a row, wrapped.
struct Figures {
    lines: Vec<Vec<String>>,
    /// From one figure to the next: they keep to the bars they belong to.
    each: f64,
    least: f64,
}

impl Figures {
    fn of(row: &Row) -> Self {
        let lines: Vec<Vec<String>> = row.figures.iter().map(|f| wrap(f, SIZE, FIGURES)).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let each = (row.height / lines.len().max(1) as f64).max(LEADING * most as f64);
        Self { lines, each, least: row.height }
    }

    fn wide(&self) -> f64 {
        self.lines.iter().flatten().map(|line| width(line, SIZE)).fold(0.0, f64::max)
    }

    fn high(&self) -> f64 {
        self.least.max(self.each * self.lines.len() as f64)
    }
}

impl Frame {
    /// Draws titles, legend, labels, figures, grid and axis.
    pub fn new(head: &Head, keys: &[Key], rows: &[Row], axis: &Axis) -> Self {
        let mut canvas = Canvas::new(head);
        canvas.legend(keys);
        let figures: Vec<Figures> = rows.iter().map(Figures::of).collect();
        let room = figures.iter().map(|f| f.wide()).fold(0.0, f64::max);
        let (left, right) = (MARGIN + LABEL + 16.0, WIDTH - MARGIN - room - 14.0);
        let scale = Scale::new(axis.low, axis.high, left, right, axis.unit);
        let (top, mut y, mut middles) = (canvas.y, canvas.y, Vec::new());
        let labels: Vec<Vec<String>> = rows.iter().map(|r| wrap(&r.label, SIZE, LABEL)).collect();
        let high = |k: usize| figures[k].high().max(LEADING * labels[k].len() as f64) + 12.0;
        let bottom: f64 = top + (0..rows.len()).map(high).sum::<f64>();
        for (value, _) in scale.ticks() {
            canvas.line((scale.at(value), top), (scale.at(value), bottom), "grid");
        }
        for (k, label) in labels.iter().enumerate() {
            let middle = y + high(k) / 2.0;
            canvas.lines(MARGIN + LABEL, middle, Anchor::End, "", label);
            let first = middle - figures[k].each * (figures[k].lines.len() as f64 - 1.0) / 2.0;
            for (n, lines) in figures[k].lines.iter().enumerate() {
                let middle = first + figures[k].each * n as f64;
                canvas.lines(WIDTH - MARGIN, middle, Anchor::End, "", lines);
            }
            middles.push(middle);
            y += high(k);
        }
        canvas.y = bottom;
        Self { canvas, scale, middles, top, bottom, end: right }.with_axis(axis.title, left)
    }

    fn with_axis(mut self, title: &str, left: f64) -> Self {
        let (canvas, y) = (&mut self.canvas, self.bottom);
        canvas.line((left, y), (self.end, y), "axis");
        for (value, label) in self.scale.ticks() {
            let x = self.scale.at(value);
            canvas.line((x, y), (x, y + 5.0), "axis");
            canvas.text(x, y + 19.0, Anchor::Middle, "small", &label);
        }
        // The title may need more room than the scale: it may run on to the right, where the axis row is free.
        let lines = wrap(title, SMALL, WIDTH - MARGIN - left);
        for (k, line) in lines.iter().enumerate() {
            canvas.text(left, y + 40.0 + 16.0 * k as f64, Anchor::Start, "small", line);
        }
        canvas.y = y + 36.0 + 16.0 * lines.len() as f64;
        self
    }
}
