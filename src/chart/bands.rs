//! Values over the rounds, one panel for each party: a band over the runs, its middle, and a level to compare with.

use crate::document::table::Table;

use super::axis::{Rounds, Scale, Unit};
use super::canvas::{Anchor, Canvas, Key, LEADING, MARGIN, SIZE, WIDTH};
use super::labels::{high, spread};
use super::text::wrap;
use super::{Estimate, Head, Picture};

/// Where the columns of the rounds begin and end.
const LEFT: f64 = 206.0;
const RIGHT: f64 = 610.0;
/// Height of a panel, and from one to the next.
const PANEL: f64 = 104.0;
const GAP: f64 = 18.0;

/// A panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Whose.
    pub label: String,
    /// The middle and the ends of the band at the end of each round, in points of 100.
    pub by_round: Vec<Estimate>,
    /// What it is compared with, in points of 100.
    pub level: f64,
}

/// A picture of bands.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// Its head.
    pub head: Head,
    /// The first day of each round.
    pub dates: Vec<String>,
    /// What the band is, in the legend.
    pub band: String,
    /// What the level is, in the legend.
    pub level: String,
    /// The panels.
    pub bands: Vec<Band>,
}

impl Bands {
    /// Draws them.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        let key = |class: &str, label: &str| Key {
            class: class.into(),
            hatch: 0,
            letter: String::new(),
            label: label.into(),
        };
        canvas.legend(&[key("s1 band", &self.band)]);
        canvas.y -= 6.0;
        for (text, class, dash) in
            [("half of the runs above, half below", "s1 curve", ""), (&self.level, "s6 curve", "7 4")]
        {
            canvas.path(&[(MARGIN, canvas.y + 8.0), (MARGIN + 22.0, canvas.y + 8.0)], false, class, dash);
            for line in wrap(text, SIZE, WIDTH - 2.0 * MARGIN - 30.0) {
                canvas.text(MARGIN + 28.0, canvas.y + 13.0, Anchor::Start, "", &line);
                canvas.y += LEADING;
            }
            canvas.y += 6.0;
        }
        let rounds = Rounds { dates: &self.dates, left: LEFT, right: RIGHT };
        let mut top = canvas.y + 14.0;
        for band in &self.bands {
            top += panel(&mut canvas, &rounds, band, top) + GAP;
        }
        let bottom = top - GAP + 6.0;
        rounds.draw(&mut canvas, bottom);
        canvas.finish(self.description(), self.table())
    }

    fn description(&self) -> String {
        let told = self.bands.iter().map(|b| {
            let (first, last) = (b.by_round.first(), b.by_round.last());
            let figure = |e: Option<&Estimate>| e.map_or(0.0, |e| e.value);
            format!(
                "{}: {:.0} at first, {:.0} in the end, beside {:.0}",
                b.label,
                figure(first),
                figure(last),
                b.level
            )
        });
        format!("Bands over the rounds. {}.", told.collect::<Vec<_>>().join("; "))
    }

    fn table(&self) -> Table {
        let names = self.bands.iter().map(|b| format!("{} (beside {:.0})", b.label, b.level));
        let mut table =
            Table::new(&self.head.title, ["round".to_owned(), "first day".into()].into_iter().chain(names));
        for (r, date) in self.dates.iter().enumerate() {
            let cells = self.bands.iter().map(|b| match b.by_round.get(r) {
                Some(e) => format!("{:.0} ({:.0} to {:.0})", e.value, e.low, e.high),
                None => "–".into(),
            });
            table.push([(r + 1).to_string(), date.clone()].into_iter().chain(cells));
        }
        table
    }
}

/// Draws a panel and says how high it is.
fn panel(canvas: &mut Canvas, rounds: &Rounds, band: &Band, top: f64) -> f64 {
    let lines = wrap(&band.label, SIZE, LEFT - 52.0 - MARGIN);
    let tall = PANEL.max(high(&lines));
    let scale = Scale::new(0.0, 100.0, top + tall, top, Unit::Number);
    for value in [0.0, 50.0, 100.0] {
        let y = scale.at(value);
        canvas.line((LEFT, y), (RIGHT, y), "grid");
        canvas.text(LEFT - 8.0, y + 4.0, Anchor::End, "small", &format!("{value}"));
    }
    canvas.lines(MARGIN, top + tall / 2.0, Anchor::Start, "", &lines);
    let steps = |value: fn(&Estimate) -> f64| {
        let columns = band.by_round.iter().enumerate();
        let step = |(r, e): (usize, &Estimate)| {
            let y = scale.at(value(e));
            [(rounds.at(r), y), (rounds.at(r + 1), y)]
        };
        columns.flat_map(step).collect::<Vec<_>>()
    };
    let mut outline = steps(|e| e.high);
    outline.extend(steps(|e| e.low).into_iter().rev());
    canvas.path(&outline, true, "s1 band", "");
    canvas.path(&steps(|e| e.value), false, "s1 curve", "");
    let level = scale.at(band.level);
    canvas.path(&[(LEFT, level), (RIGHT, level)], false, "s6 curve", "7 4");
    for (r, e) in band.by_round.iter().enumerate() {
        let told = format!("{}, round {}: {:.0} ({:.0} to {:.0})", band.label, r + 1, e.value, e.low, e.high);
        canvas.marked(&told, |canvas| canvas.hit(rounds.at(r), top, rounds.wide(), tall));
    }
    let last = band.by_round.last().map_or(0.0, |e| e.value);
    let texts = [format!("alternative {last:.0}"), format!("best {:.0}", band.level)];
    let wanted = [scale.at(last), level];
    let heights = [24.0; 2];
    for (text, y) in texts.iter().zip(spread(&wanted, &heights, top, top + tall)) {
        canvas.text(RIGHT + 10.0, y + 5.0, Anchor::Start, "", text);
    }
    tall
}
