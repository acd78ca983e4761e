//! Pictures: pure functions from plain data to SVG. One kind a file.
//!
//! A [`Picture`] can stand alone as a file ([`Picture::alone`]: white, colours written out) or within a page
//! ([`Picture::inline`]: light or dark with the page). It carries its title, a description for those who cannot see it,
//! and the table of its figures. Equal data give equal bytes.

mod axis;
pub mod bands;
pub mod bars;
pub mod calibration;
mod canvas;
pub mod course;
pub mod curves;
pub mod forest;
mod hatch;
mod labels;
pub mod matrix;
pub mod offers;
pub mod plane;
pub mod positions;
mod rows;
pub mod seating;
pub mod strips;
mod style;
mod text;
pub mod tornado;

pub use crate::document::Picture;
pub use axis::Unit;
pub(crate) use style::{FONTS, shared, variables};
pub use text::escape;

/// The name, the title and the line under the title of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The name of its file without `.svg`, and of its parts within a page; see [`name`].
    pub name: String,
    /// Its title.
    pub title: String,
    /// What is drawn and what the marks mean; may be empty.
    pub subtitle: String,
}

impl Head {
    /// A head; `parts` make the name.
    pub fn new(parts: &[&str], title: impl Into<String>, subtitle: impl Into<String>) -> Self {
        Self { name: name(parts), title: title.into(), subtitle: subtitle.into() }
    }
}

/// A name of letters, digits, `_`, `.`, `+` and `-`, which files, ids and references can have. Other characters
/// become `-`.
pub fn name(parts: &[&str]) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "_.+-".contains(c) { c } else { '-' };
    let parts = parts.iter().map(|p| p.chars().map(plain).collect::<String>());
    let parts = parts.map(|p| p.trim_matches(['-', '.']).to_owned()).filter(|p| !p.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// A value with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// A value whose interval nobody knows: no whisker is drawn, and none is told.
    pub fn bare(value: f64) -> Self {
        Self { value, low: f64::NAN, high: f64::NAN }
    }

    /// The value, with its interval in brackets where there is one.
    pub fn tell(&self, unit: Unit) -> String {
        match self.cells(unit) {
            [value, _] if self.low.is_nan() => value,
            [value, interval] => format!("{value} ({interval})"),
        }
    }

    /// The value and its interval, as the cells of a table; a dash where nobody knows the interval.
    pub fn cells(&self, unit: Unit) -> [String; 2] {
        let value = if self.low.is_nan() { unit.tell(self.value) } else { unit.beside(self.value) };
        [value, unit.interval(self.low, self.high)]
    }
}

impl Picture {
    /// The picture as a file of its own, ending in a line feed.
    pub fn alone(&self) -> String {
        let size = format!(
            " xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\"",
            canvas::WIDTH,
            self.height
        );
        let style = format!("<style>{}</style>\n", style::alone());
        let white = "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
        self.element(&size, &style, white)
    }

    /// The picture as part of a page that has the style sheet of pictures; where there is a variant for a phone, both, of which the
    /// page shows one.
    pub fn inline(&self) -> String {
        match &self.narrow {
            None => self.element("", "", ""),
            Some((height, body)) => format!(
                "{}<svg class=\"chart narrow\" viewBox=\"0 0 {} {height}\" role=\"img\" \
                 aria-labelledby=\"{name}-title {name}-desc\">\n{body}</svg>\n",
                self.element("", "", "").replacen("class=\"chart\"", "class=\"chart wide\"", 1),
                canvas::NARROW,
                name = self.name
            ),
        }
    }

    fn element(&self, attributes: &str, style: &str, background: &str) -> String {
        let Self { name, height, body, .. } = self;
        let (title, description) = (escape(&self.title), escape(&self.description));
        format!(
            "<svg{attributes} class=\"chart\" viewBox=\"0 0 {} {height}\" role=\"img\" \
             aria-labelledby=\"{name}-title {name}-desc\">\n<title id=\"{name}-title\">{title}</title>\n\
             <desc id=\"{name}-desc\">{description}</desc>\n{style}{background}{body}</svg>\n",
            canvas::WIDTH
        )
    }
}

#[cfg(test)]
mod tests;
