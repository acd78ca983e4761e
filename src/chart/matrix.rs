//! Matrices of flips: how pairs of runs end as things stand, and how with a change.

use crate::document::table::Table;
use crate::text::number::thousands;

use super::canvas::{Anchor, Canvas, MARGIN, SIZE, SMALL, WIDTH};
use super::text::{width, wrap};
use super::{Head, Picture};

/// Room for the labels of rows.
const LABEL: f64 = 280.0;

/// A picture of a square of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// Its head.
    pub head: Head,
    /// What rows are, such as `As it stands`.
    pub rows: String,
    /// What columns are, such as `With the change`.
    pub columns: String,
    /// The labels of rows and columns.
    pub labels: Vec<String>,
    /// Counts, row by row; the diagonal is what does not change.
    pub counts: Vec<Vec<u64>>,
}

impl Matrix {
    /// Draws it. Columns are headed by the numbers that the rows carry, for titles would not fit.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        let n = self.labels.len().max(1);
        let left = MARGIN + LABEL + 12.0;
        let wide = ((WIDTH - MARGIN - left) / n as f64).min(110.0);
        let labels: Vec<Vec<String>> = self
            .labels
            .iter()
            .enumerate()
            .map(|(k, l)| wrap(&format!("{} {l}", k + 1), SIZE, LABEL))
            .collect();
        canvas.text(left, canvas.y + 6.0, Anchor::Start, "strong", &format!("{} →", self.columns));
        canvas.text(MARGIN, canvas.y + 28.0, Anchor::Start, "strong", &format!("{} ↓", self.rows));
        for k in 0..n {
            let x = left + wide * (k as f64 + 0.5);
            canvas.text(x, canvas.y + 28.0, Anchor::Middle, "strong", &(k + 1).to_string());
        }
        canvas.y += 38.0;
        // Shades tell flips apart; what stays as it was would outshine them.
        let off = (0..n).flat_map(|a| (0..n).map(move |b| (a, b))).filter(|(a, b)| a != b);
        let most = off.filter_map(|(a, b)| self.counts.get(a)?.get(b)).max().copied().unwrap_or(0).max(1);
        for (a, label) in labels.iter().enumerate() {
            let high = (label.len() as f64 * 18.0 + 12.0).max(44.0);
            let middle = canvas.y + high / 2.0;
            canvas.lines(MARGIN, middle, Anchor::Start, "", label);
            for b in 0..n {
                let (x, count) = (left + wide * b as f64, self.counts[a][b]);
                self.cell(&mut canvas, (x, wide, high), (a == b, count), most);
            }
            canvas.y += high;
        }
        canvas.y += 12.0;
        canvas.finish(self.description(), self.table())
    }

    fn cell(&self, canvas: &mut Canvas, (x, w, h): (f64, f64, f64), (same, count): (bool, u64), most: u64) {
        let y = canvas.y;
        if same {
            canvas.rect(x, y, w, h, "box");
            canvas.rect(x + 2.5, y + 2.5, w - 5.0, h - 5.0, "marked");
        } else {
            // Up to half the colour, so that ink stays readable on it.
            canvas.tinted(x, y, w, h, "heat", 0.55 * count as f64 / most as f64);
            canvas.rect(x, y, w, h, "box");
        }
        let text = if count == 0 { "·".to_owned() } else { thousands(count) };
        let class = if width(&text, SIZE) > w - 10.0 { "small" } else { "" };
        // In a very large square some figures do not fit; the shade and the table still have them.
        if width(&text, SMALL) <= w {
            canvas.text(x + w / 2.0, y + h / 2.0 + 5.0, Anchor::Middle, class, &text);
        }
    }

    fn description(&self) -> String {
        let mut flips: Vec<(u64, String)> = Vec::new();
        for (a, row) in self.counts.iter().enumerate() {
            for (b, count) in row.iter().enumerate().filter(|(b, count)| *b != a && **count > 0) {
                let told = format!("{} from “{}” to “{}”", thousands(*count), self.labels[a], self.labels[b]);
                flips.push((*count, told));
            }
        }
        flips.sort_by_key(|f| std::cmp::Reverse(f.0));
        let told: Vec<String> = flips.into_iter().map(|f| f.1).collect();
        let flips = if told.is_empty() { "none".into() } else { told.join("; ") };
        format!("Square of counts, {} by {}. Changed: {flips}.", self.rows, self.columns)
    }

    fn table(&self) -> Table {
        let columns = std::iter::once(format!("{} ↓ {} →", self.rows, self.columns));
        let mut table = Table::new(&self.head.title, columns.chain(self.labels.iter().cloned()));
        for (label, row) in self.labels.iter().zip(&self.counts) {
            table.push(std::iter::once(label.clone()).chain(row.iter().map(|c| thousands(*c))));
        }
        table
    }
}
