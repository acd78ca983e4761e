//! What bars, forest plots, tornadoes and positions share: a label to the left of each row, figures to the right, and
//! a scale between them. On a phone the label stands above its row instead.

use crate::document::table::Table;

use super::axis::{Scale, Unit};
use super::canvas::{Anchor, Canvas, Key, LEADING, MARGIN, NARROW, SIZE, SMALL, WIDTH};
use super::text::{width, wrap};
use super::{Head, Picture};

/// Room for labels.
const LABEL: f64 = 250.0;
/// The most room for figures; longer ones are wrapped.
const FIGURES: f64 = 190.0;

/// For which width a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Wide,
    Narrow,
}

impl Form {
    fn wide(self) -> f64 {
        if self == Self::Wide { WIDTH } else { NARROW }
    }

    /// Where labels end on the right, and how long their lines may be.
    fn label(self) -> f64 {
        if self == Self::Wide { LABEL } else { NARROW - 2.0 * MARGIN }
    }

    fn figures(self) -> f64 {
        if self == Self::Wide { FIGURES } else { 158.0 }
    }

    /// Where the scale begins.
    fn left(self) -> f64 {
        if self == Self::Wide { MARGIN + LABEL + 16.0 } else { MARGIN + 16.0 }
    }
}

/// The picture, drawn once for pages and once for phones.
pub(super) fn both(draw: impl Fn(Form) -> Frame, description: String, table: Table) -> Picture {
    let mut picture = draw(Form::Wide).canvas.finish(description, table);
    picture.narrow = Some(draw(Form::Narrow).canvas.variant());
    picture
}

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
    /// Where upright lines may be drawn: all the way, or between labels.
    spans: Vec<(f64, f64)>,
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
    fn of(row: &Row, form: Form) -> Self {
        let lines: Vec<Vec<String>> = row.figures.iter().map(|f| wrap(f, SIZE, form.figures())).collect();
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
    pub fn new(head: &Head, keys: &[Key], rows: &[Row], axis: &Axis, form: Form) -> Self {
        let mut canvas = Canvas::within(head, form.wide());
        canvas.legend(keys);
        let figures: Vec<Figures> = rows.iter().map(|row| Figures::of(row, form)).collect();
        let room = figures.iter().map(|f| f.wide()).fold(0.0, f64::max);
        let (left, right) = (form.left(), form.wide() - MARGIN - room - 14.0);
        let scale = Scale::new(axis.low, axis.high, left, right, axis.unit);
        let (top, mut y, mut middles) = (canvas.y, canvas.y, Vec::new());
        let labels: Vec<Vec<String>> = rows.iter().map(|r| wrap(&r.label, SIZE, form.label())).collect();
        // Above its row, or beside it.
        let above = |k: usize| match form {
            Form::Narrow => LEADING * labels[k].len() as f64 + 6.0,
            Form::Wide => 0.0,
        };
        let beside = |k: usize| if form == Form::Wide { LEADING * labels[k].len() as f64 } else { 0.0 };
        let high = |k: usize| figures[k].high().max(beside(k)) + 12.0 + above(k);
        let bottom: f64 = top + (0..rows.len()).map(high).sum::<f64>();
        let spans = (0..rows.len()).scan(top, |from, k| {
            let begin = *from + above(k);
            *from += high(k);
            Some((begin, *from))
        });
        let spans: Vec<(f64, f64)> = if form == Form::Wide { vec![(top, bottom)] } else { spans.collect() };
        let ticks: Vec<f64> = scale.ticks().iter().map(|(value, _)| scale.at(*value)).collect();
        canvas.uprights(&ticks, &spans, "grid");
        for (k, label) in labels.iter().enumerate() {
            let middle = y + above(k) + (high(k) - above(k)) / 2.0;
            match form {
                Form::Wide => canvas.lines(MARGIN + LABEL, middle, Anchor::End, "", label),
                Form::Narrow => canvas.lines(MARGIN, y + above(k) / 2.0, Anchor::Start, "", label),
            }
            let first = middle - figures[k].each * (figures[k].lines.len() as f64 - 1.0) / 2.0;
            for (n, lines) in figures[k].lines.iter().enumerate() {
                let middle = first + figures[k].each * n as f64;
                canvas.lines(form.wide() - MARGIN, middle, Anchor::End, "", lines);
            }
            middles.push(middle);
            y += high(k);
        }
        canvas.y = bottom;
        Self { canvas, scale, middles, top, bottom, spans, end: right }.with_axis(axis.title, left)
    }

    /// An upright line at a value, left out where labels stand.
    pub fn upright(&mut self, value: f64, class: &str) {
        self.canvas.uprights(&[self.scale.at(value)], &self.spans, class);
    }

    fn with_axis(mut self, title: &str, left: f64) -> Self {
        let (canvas, y) = (&mut self.canvas, self.bottom);
        let ticks = self.scale.ticks();
        let places: Vec<f64> = ticks.iter().map(|(value, _)| self.scale.at(*value)).collect();
        canvas.line((left, y), (self.end, y), "axis");
        canvas.uprights(&places, &[(y, y + 5.0)], "axis");
        let mut free = f64::NEG_INFINITY;
        for (x, (_, label)) in places.iter().zip(&ticks) {
            // Where the scale is short, figures that would touch are left out.
            let half = width(label, SMALL) / 2.0;
            if x - half > free {
                canvas.text(*x, y + 19.0, Anchor::Middle, "small", label);
                free = x + half + 2.0;
            }
        }
        // The title may need more room than the scale: it may run on to the right, where the axis row is free.
        let lines = wrap(title, SMALL, canvas.wide - MARGIN - left);
        for (k, line) in lines.iter().enumerate() {
            canvas.text(left, y + 40.0 + 16.0 * k as f64, Anchor::Start, "small", line);
        }
        canvas.y = y + 36.0 + 16.0 * lines.len() as f64;
        self
    }
}
