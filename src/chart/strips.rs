//! Strips: one a thing, a column a round, in it the shares of runs in each state stacked up. For the states of items
//! and tracks and for the intensity of fronts.

use crate::document::table::Table;

use super::axis::{Rounds, Unit};
use super::canvas::{Anchor, Canvas, Key, LEADING, MARGIN, SIZE, WIDTH, ink};
use super::text::wrap;
use super::{Head, Picture};

/// The most strips that one picture can hold and still be printed on a page.
pub const MOST: usize = 8;
/// Height of a strip.
const HIGH: f64 = 60.0;
/// Where the columns of the rounds begin and end.
const LEFT: f64 = 58.0;
const RIGHT: f64 = 590.0;

/// A state in its order: the first stands on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name.
    pub name: String,
    /// The letter in its part of a column; states must differ in it.
    pub letter: char,
    /// What kind of state it is.
    pub tone: Tone,
}

/// What kind of state it is, which decides its colour and its hatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// How far it is on the way to its goal, 0 to 6: the further, the darker on white.
    Course(usize),
    /// How fierce the fighting is, 0 to 4.
    Intensity(usize),
    /// Held up, and it may go on.
    HeldUp,
    /// Broken, breached, given up.
    Failed,
    /// Over without having failed: its time ran out.
    Over,
}

impl Tone {
    /// The class and the hatch. What went wrong is hatched, so that it can be told from everything else in grey.
    pub(super) fn fill(self) -> (String, usize) {
        match self {
            Self::Course(k) => (format!("i{}", k.min(6)), 0),
            Self::Intensity(k) => (format!("f{}", k.min(4)), 0),
            Self::HeldUp => ("x0".into(), 2),
            Self::Failed => ("x1".into(), 1),
            Self::Over => ("base".into(), 3),
        }
    }
}

/// A strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// What it is about.
    pub label: String,
    /// A remark to its right.
    pub remark: String,
    /// Shares in each state at the end of each round.
    pub by_round: Vec<Vec<f64>>,
}

/// A picture of strips.
#[derive(Clone, Debug, PartialEq)]
pub struct Strips {
    /// Its head.
    pub head: Head,
    /// What a strip is about, such as `item`: the heading of the table's first column.
    pub of: String,
    /// The first day of each round.
    pub dates: Vec<String>,
    /// The states.
    pub states: Vec<State>,
    /// The strips, at most [`MOST`] for a picture that fits a page.
    pub strips: Vec<Strip>,
}

impl Strips {
    /// Draws them.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        canvas.legend(&self.keys());
        let rounds = Rounds { dates: &self.dates, left: LEFT, right: RIGHT };
        for strip in &self.strips {
            for line in wrap(&strip.label, SIZE * 1.1, WIDTH - 2.0 * MARGIN) {
                canvas.y += LEADING;
                canvas.text(MARGIN, canvas.y - 2.0, Anchor::Start, "strong", &line);
            }
            let top = canvas.y + 6.0;
            for (y, label) in [(top + 5.0, "100%"), (top + HIGH, "0%")] {
                canvas.text(LEFT - 6.0, y + 2.0, Anchor::End, "small quiet", label);
            }
            for (r, shares) in strip.by_round.iter().enumerate() {
                canvas.marked(&self.told(strip, r, shares), |canvas| {
                    self.column(canvas, rounds.at(r), rounds.wide(), top, shares);
                });
            }
            canvas.rect(LEFT, top, RIGHT - LEFT, HIGH, "box");
            let lines = wrap(&strip.remark, SIZE, WIDTH - MARGIN - RIGHT - 14.0);
            let high = lines.len() as f64 * LEADING;
            canvas.lines(RIGHT + 14.0, top + high.max(HIGH) / 2.0, Anchor::Start, "", &lines);
            canvas.y = top + high.max(HIGH) + 14.0;
        }
        let y = canvas.y;
        rounds.draw(&mut canvas, y);
        canvas.finish(self.description(), self.table())
    }

    fn column(&self, canvas: &mut Canvas, x: f64, wide: f64, top: f64, shares: &[f64]) {
        // Where columns are narrow, gaps between them would be all there is to see.
        let gap = if wide > 8.0 { 1.5 } else { 0.0 };
        let mut y = top;
        for (k, share) in shares.iter().enumerate() {
            let high = share * HIGH;
            let (class, hatch) = self.states[k].tone.fill();
            canvas.filled(x + gap / 2.0, y, wide - gap, high, &class, hatch);
            if high >= 13.0 && wide >= 15.0 {
                let (x, y) = (x + wide / 2.0, y + high / 2.0 + 4.0);
                canvas.text(x, y, Anchor::Middle, ink(&class), &self.states[k].letter.to_string());
            }
            y += high;
        }
    }

    /// What a column says by itself.
    fn told(&self, strip: &Strip, r: usize, shares: &[f64]) -> String {
        let states = shares.iter().zip(&self.states).filter(|(share, _)| **share > 0.0);
        let states = states.map(|(share, state)| format!("{} {}", state.name, Unit::Share.tell(*share)));
        format!("{}, round {}: {}", strip.label, r + 1, states.collect::<Vec<_>>().join(", "))
    }

    fn keys(&self) -> Vec<Key> {
        let key = |(_, state): (usize, &State)| {
            let (class, hatch) = state.tone.fill();
            Key { class, hatch, letter: state.letter.to_string(), label: state.name.clone() }
        };
        self.states.iter().enumerate().filter(|(k, _)| self.occurs(*k)).map(key).collect()
    }

    fn occurs(&self, state: usize) -> bool {
        self.strips.iter().flat_map(|s| &s.by_round).any(|shares| shares.get(state) > Some(&0.0))
    }

    fn description(&self) -> String {
        let told = self.strips.iter().filter_map(|strip| {
            let last = strip.by_round.last()?;
            let states = (0..last.len()).filter(|k| last[*k] > 0.0);
            let states = states.map(|k| format!("{} {}", self.states[k].name, Unit::Share.tell(last[k])));
            Some(format!("{}: {}", strip.label, states.collect::<Vec<_>>().join(", ")))
        });
        format!(
            "Stacked shares of runs in each state, by round. At the end of the last round: {}.",
            told.collect::<Vec<_>>().join("; ")
        )
    }

    fn table(&self) -> Table {
        let occurring: Vec<usize> = (0..self.states.len()).filter(|k| self.occurs(*k)).collect();
        let names = occurring.iter().map(|k| self.states[*k].name.clone());
        let columns = [self.of.clone(), "round".into(), "first day".into()].into_iter().chain(names);
        let mut table = Table::new(&self.head.title, columns);
        for strip in &self.strips {
            for (r, (shares, date)) in strip.by_round.iter().zip(&self.dates).enumerate() {
                let cells = occurring.iter().map(|k| Unit::Share.tell(shares[*k]));
                table.push([strip.label.clone(), (r + 1).to_string(), date.clone()].into_iter().chain(cells));
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::style::lightness;

    /// Every kind of state there is in one strip.
    fn tones() -> Vec<Tone> {
        let courses = (0..7).map(Tone::Course);
        courses.chain([Tone::HeldUp, Tone::Failed, Tone::Over]).collect()
    }

    #[test]
    fn what_went_wrong_is_told_apart_in_grey() {
        for (k, one) in tones().into_iter().enumerate() {
            for other in tones().into_iter().take(k) {
                let ((a, hatch), (b, with)) = (one.fill(), other.fill());
                for dark in [false, true] {
                    let far = (lightness(&a, dark) - lightness(&b, dark)).abs();
                    assert!(far > 0.03 || hatch != with, "{one:?} and {other:?}: {far}");
                }
            }
        }
        assert!([Tone::HeldUp, Tone::Failed, Tone::Over].iter().all(|t| t.fill().1 > 0));
    }

    #[test]
    fn what_failed_has_no_colour_of_success() {
        let failed = Tone::Failed.fill().0;
        assert!((0..7).all(|k| Tone::Course(k).fill().0 != failed));
    }
}
