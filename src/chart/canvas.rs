//! A picture in the making: shapes, texts, legends.

use std::fmt::Write;

use crate::document::table::Table;

use super::text::{escape, number, width, wrap};
use super::{Head, Picture, hatch};

/// Width of every picture.
pub(super) const WIDTH: f64 = 760.0;
/// Room left free at the sides.
pub(super) const MARGIN: f64 = 12.0;
/// Size of ordinary text.
pub(super) const SIZE: f64 = 14.0;
/// Size of small text.
pub(super) const SMALL: f64 = 12.0;
/// From one line of ordinary text to the next.
pub(super) const LEADING: f64 = 18.0;
/// Width of the variant of a picture for a phone.
pub(super) const NARROW: f64 = 380.0;

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// An entry of a legend.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The class of its swatch.
    pub class: String,
    /// The hatch of its swatch.
    pub hatch: usize,
    /// A letter in the swatch.
    pub letter: String,
    /// What it stands for.
    pub label: String,
}

/// A picture in the making.
pub(super) struct Canvas {
    head: Head,
    body: String,
    /// How wide it is.
    pub wide: f64,
    /// The lowest line that is in use.
    pub y: f64,
}

impl Canvas {
    /// A picture with its title and, under it, what is drawn.
    pub fn new(head: &Head) -> Self {
        Self::within(head, WIDTH)
    }

    /// The same of another width.
    pub fn within(head: &Head, wide: f64) -> Self {
        let mut canvas = Self { head: head.clone(), body: String::new(), wide, y: 10.0 };
        let room = wide - 2.0 * MARGIN;
        // Bold letters are wider.
        for line in wrap(&head.title, 18.0 * 1.1, room) {
            canvas.y += 22.0;
            canvas.text(MARGIN, canvas.y, Anchor::Start, "head", &line);
        }
        for line in wrap(&head.subtitle, SIZE, room) {
            canvas.y += if line.is_empty() { 0.0 } else { LEADING + 2.0 };
            canvas.text(MARGIN, canvas.y, Anchor::Start, "quiet", &line);
        }
        canvas.y += 14.0;
        canvas
    }

    /// Swatches with their meanings, as many on a line as fit.
    pub fn legend(&mut self, keys: &[Key]) {
        let (mut x, room) = (MARGIN, self.wide - 2.0 * MARGIN - 28.0);
        if keys.is_empty() {
            return;
        }
        self.y += 4.0;
        for key in keys {
            let lines = wrap(&key.label, SIZE, room);
            let wide = 28.0 + lines.iter().map(|l| width(l, SIZE)).fold(0.0, f64::max) + 18.0;
            if x > MARGIN && x + wide > self.wide - MARGIN {
                (x, self.y) = (MARGIN, self.y + 24.0);
            }
            self.filled(x, self.y, 20.0, 16.0, &key.class, key.hatch);
            self.rect(x, self.y, 20.0, 16.0, "box");
            self.text(x + 10.0, self.y + 12.5, Anchor::Middle, ink(&key.class), &key.letter);
            for (k, line) in lines.iter().enumerate() {
                self.text(x + 28.0, self.y + 13.0 + LEADING * k as f64, Anchor::Start, "", line);
            }
            self.y += LEADING * (lines.len() - 1) as f64;
            x += wide;
        }
        self.y += 30.0;
    }

    /// A text; nothing for an empty one.
    pub fn text(&mut self, x: f64, y: f64, anchor: Anchor, class: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let class = match anchor {
            Anchor::Start => attribute(class),
            Anchor::Middle => attribute(format!("{class} m").trim_start()),
            Anchor::End => attribute(format!("{class} e").trim_start()),
        };
        let (x, y, text) = (number(x), number(y), escape(text));
        let _ = writeln!(self.body, "<text x=\"{x}\" y=\"{y}\"{class}>{text}</text>");
    }

    /// Lines of text around the height `middle`.
    pub fn lines(&mut self, x: f64, middle: f64, anchor: Anchor, class: &str, lines: &[String]) {
        let first = middle + 5.0 - LEADING * (lines.len() as f64 - 1.0) / 2.0;
        for (k, line) in lines.iter().enumerate() {
            self.text(x, first + LEADING * k as f64, anchor, class, line);
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let [a, b, c, d] = [from.0, from.1, to.0, to.1].map(number);
        let _ =
            writeln!(self.body, "<line x1=\"{a}\" y1=\"{b}\" x2=\"{c}\" y2=\"{d}\"{}/>", attribute(class));
    }

    /// A rectangle; nothing without an area.
    pub fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, class: &str) {
        if w > 0.0 && h > 0.0 {
            let [x, y, w, h] = [x, y, w, h].map(number);
            let class = attribute(class);
            let _ = writeln!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{class}/>");
        }
    }

    /// A rectangle (left, top, width, height) with round corners.
    pub fn rounded(&mut self, (x, y, w, h): (f64, f64, f64, f64), round: f64, class: &str) {
        let [x, y, w, h, r] = [x, y, w, h, round].map(number);
        let class = attribute(class);
        let _ =
            writeln!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\"{class}/>");
    }

    /// A rectangle with a hatch over it.
    pub fn filled(&mut self, x: f64, y: f64, w: f64, h: f64, class: &str, hatch: usize) {
        self.rect(x, y, w, h, class);
        let lines = hatch::lines((x, y, w, h), hatch);
        if !lines.is_empty() {
            let _ = writeln!(self.body, "<path d=\"{lines}\" class=\"hatch\"/>");
        }
    }

    /// Something that tells its value where the pointer or the keyboard is on it.
    pub fn marked(&mut self, told: &str, draw: impl FnOnce(&mut Self)) {
        // The script takes what a mark tells in a narrow variant from the wide one: the marks are the same.
        let title =
            if self.wide < WIDTH { String::new() } else { format!("<title>{}</title>", escape(told)) };
        let _ = writeln!(self.body, "<g class=\"mark\">{title}");
        draw(self);
        self.body.push_str("</g>\n");
    }

    /// A place without a look of its own that can be pointed at.
    pub fn hit(&mut self, x: f64, y: f64, w: f64, h: f64) {
        self.rect(x, y, w, h, "hit");
    }

    /// A rectangle with so much of its colour, 0..=1.
    pub fn tinted(&mut self, x: f64, y: f64, w: f64, h: f64, class: &str, share: f64) {
        let [x, y, w, h] = [x, y, w, h].map(number);
        let tint = (share.clamp(0.0, 1.0) * 100.0).round() / 100.0;
        let _ = writeln!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill-opacity=\"{tint}\"{}/>",
            attribute(class)
        );
    }

    /// A circle.
    pub fn circle(&mut self, x: f64, y: f64, r: f64, class: &str) {
        let [x, y, r] = [x, y, r].map(number);
        let _ = writeln!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{}/>", attribute(class));
    }

    /// Many dots as one path: strokes without length and with round ends.
    pub fn dots(&mut self, points: &[(f64, f64)], class: &str) {
        if points.is_empty() {
            return;
        }
        let d: String = points.iter().map(|(x, y)| format!("M{} {}h0", number(*x), number(*y))).collect();
        let _ = writeln!(self.body, "<path d=\"{d}\"{}/>", attribute(class));
    }

    /// A path through points; `dash` as SVG's `stroke-dasharray`.
    pub fn path(&mut self, points: &[(f64, f64)], closed: bool, class: &str, dash: &str) {
        let mut d = String::new();
        for (k, (x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if k == 0 { "M" } else { "L" }, number(*x), number(*y));
        }
        let end = if closed { "Z" } else { "" };
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        let _ = writeln!(self.body, "<path d=\"{d}{end}\"{dash}{}/>", attribute(class));
    }

    /// An interval on a horizontal line: a stroke with caps.
    pub fn whisker(&mut self, low: f64, high: f64, y: f64, cap: f64) {
        if low.is_nan() {
            return;
        }
        let ([a, b, c, d], tall) = ([low, high, y, y - cap].map(number), number(2.0 * cap));
        let _ =
            writeln!(self.body, "<path d=\"M{a} {c}H{b}M{a} {d}v{tall}M{b} {d}v{tall}\" class=\"whisker\"/>");
    }

    /// Upright lines at these places, each from and to these heights, as one shape.
    pub fn uprights(&mut self, at: &[f64], spans: &[(f64, f64)], class: &str) {
        let mut d = String::new();
        for (from, to) in spans {
            for x in at {
                let _ = write!(d, "M{} {}V{}", number(*x), number(*from), number(*to));
            }
        }
        if !d.is_empty() {
            let _ = writeln!(self.body, "<path d=\"{d}\"{}/>", attribute(class));
        }
    }

    /// The finished picture: `description` says in words what it shows, `table` in figures.
    pub fn finish(self, description: String, table: Table) -> Picture {
        Picture {
            name: self.head.name,
            title: self.head.title,
            description,
            height: self.y.round() as u32,
            body: self.body,
            narrow: None,
            table,
        }
    }

    /// What is drawn and how high it is: the variant of a picture for a phone.
    pub fn variant(self) -> (u32, String) {
        (self.y.round() as u32, self.body)
    }
}

/// The class of a letter on this fill: light on dark, and over a hatch with room around it.
pub(super) fn ink(class: &str) -> &'static str {
    match class {
        "x0" => "small strong over on-pale",
        "x1" => "small light strong over",
        "base" => "small strong over on-base",
        class if is_dark(class) => "small light strong",
        _ => "small strong",
    }
}

/// Whether letters on this fill have to be light where the paper is.
fn is_dark(class: &str) -> bool {
    matches!(class, "i5" | "i6" | "f3" | "f4" | "s0" | "s2" | "s4" | "s6")
}

fn attribute(class: &str) -> String {
    if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") }
}
