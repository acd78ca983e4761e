//! How the chances of outcomes moved from decision to decision: shares stacked up, with the turning points marked.

use crate::document::table::Table;

use super::axis::{Scale, Unit};
use super::canvas::{Anchor, Canvas, Key, MARGIN, WIDTH};
use super::{Head, Picture};

/// Outcomes beyond which the rest is put together.
const MOST: usize = 7;
/// Where the field begins and ends, and how high it is.
const LEFT: f64 = 58.0;
const RIGHT: f64 = WIDTH - MARGIN - 8.0;
const HIGH: f64 = 280.0;
/// Room above the field for the numbers of turning points.
const FLAGS: f64 = 28.0;

/// A decision that is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The decision, from 0.
    pub decision: usize,
    /// The number in its mark.
    pub number: usize,
    /// What it was, for the table.
    pub label: String,
}

/// A picture of the course.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Its head.
    pub head: Head,
    /// What is stacked, from below.
    pub names: Vec<String>,
    /// Shares before the first decision and after each one, in the order of the names.
    pub shares: Vec<Vec<f64>>,
    /// The round of each decision.
    pub rounds: Vec<u8>,
    /// The decisions that are marked.
    pub flags: Vec<Flag>,
}

impl Course {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        let (names, shares) = self.few();
        let mut canvas = Canvas::new(&self.head);
        let key = |(k, name): (usize, &String)| Key {
            class: format!("s{k}"),
            hatch: k % 5,
            letter: String::new(),
            label: name.clone(),
        };
        canvas.legend(&names.iter().enumerate().map(key).collect::<Vec<_>>());
        let top = canvas.y + FLAGS;
        let bottom = top + HIGH;
        let up = Scale::new(0.0, 1.0, bottom, top, Unit::Share);
        let at = |k: usize| LEFT + (RIGHT - LEFT) * k as f64 / (shares.len().max(2) - 1) as f64;
        let mut below = vec![0.0; shares.len()];
        for name in 0..names.len() {
            let above: Vec<f64> = below.iter().zip(&shares).map(|(b, s)| (b + s[name]).min(1.0)).collect();
            let place = |heights: &[f64]| -> Vec<(f64, f64)> {
                heights.iter().enumerate().map(|(k, h)| (at(k), up.at(*h))).collect()
            };
            let mut outline = place(&above);
            outline.extend(place(&below).into_iter().rev());
            canvas.path(&outline, true, &format!("s{name} edge"), "");
            below = above;
        }
        for (value, tick) in up.ticks() {
            canvas.text(LEFT - 8.0, up.at(value) + 4.0, Anchor::End, "small", &tick);
        }
        canvas.rect(LEFT, top, RIGHT - LEFT, HIGH, "box");
        self.begins(&mut canvas, bottom, &at);
        let half = (RIGHT - LEFT) / shares.len().max(2) as f64 / 2.0;
        for (k, row) in shares.iter().enumerate() {
            let (from, to) = ((at(k) - half).max(LEFT), (at(k) + half).min(RIGHT));
            canvas.marked(&self.told(k, &names, row), |canvas| canvas.hit(from, top, to - from, HIGH));
        }
        for flag in &self.flags {
            let x = at(flag.decision + 1);
            canvas.line((x, top - 6.0), (x, bottom), "axis");
            canvas.circle(x, top - 15.0, 10.0, "hollow");
            canvas.text(x, top - 10.0, Anchor::Middle, "strong", &flag.number.to_string());
        }
        canvas.y = bottom + 42.0;
        canvas.finish(self.description(), self.table())
    }

    /// What the shares after a decision are.
    fn told(&self, k: usize, names: &[String], row: &[f64]) -> String {
        let when = match k.checked_sub(1) {
            None => "Before the first decision".to_owned(),
            Some(d) => format!("After decision {k}, round {}", self.rounds[d]),
        };
        let told = names.iter().zip(row).map(|(name, share)| format!("{name} {}", Unit::Share.tell(*share)));
        format!("{when}: {}", told.collect::<Vec<_>>().join("; "))
    }

    /// The names and shares that are drawn: the likeliest at the end, the rest together.
    fn few(&self) -> (Vec<String>, Vec<Vec<f64>>) {
        if self.names.len() <= MOST {
            return (self.names.clone(), self.shares.clone());
        }
        let most = |k: &usize| self.shares.iter().map(|s| s[*k]).fold(0.0, f64::max);
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_by(|a, b| most(b).total_cmp(&most(a)).then(a.cmp(b)));
        let mut kept = order[..MOST - 1].to_vec();
        kept.sort_unstable();
        let mut names: Vec<String> = kept.iter().map(|k| self.names[*k].clone()).collect();
        names.push("other outcomes".into());
        let row = |s: &Vec<f64>| {
            let mut row: Vec<f64> = kept.iter().map(|k| s[*k]).collect();
            row.push((1.0 - row.iter().sum::<f64>()).max(0.0));
            row
        };
        (names, self.shares.iter().map(row).collect())
    }

    /// Where rounds begin, as far as there is room for their numbers.
    fn begins(&self, canvas: &mut Canvas, bottom: f64, at: &dyn Fn(usize) -> f64) {
        let mut free = f64::MIN;
        for (k, round) in self.rounds.iter().enumerate() {
            if k > 0 && self.rounds[k - 1] == *round {
                continue;
            }
            let x = at(k);
            canvas.line((x, bottom), (x, bottom + 6.0), "axis");
            if x >= free {
                canvas.text(x, bottom + 20.0, Anchor::Middle, "small", &round.to_string());
                free = x + 22.0;
            }
        }
        let below = "Decision after decision; the figures stand where rounds begin";
        canvas.text(LEFT, bottom + 37.0, Anchor::Start, "small", below);
    }

    fn description(&self) -> String {
        let (Some(first), Some(last)) = (self.shares.first(), self.shares.last()) else {
            return String::new();
        };
        let told = self.names.iter().enumerate().map(|(k, name)| {
            format!(
                "{name}: {} before the first decision, {} after the last",
                Unit::Share.tell(first[k]),
                Unit::Share.tell(last[k])
            )
        });
        format!("Stacked shares from decision to decision. {}.", told.collect::<Vec<_>>().join("; "))
    }

    fn table(&self) -> Table {
        let head = ["after decision", "round", "turning point"].map(String::from);
        let mut table = Table::new(&self.head.title, head.into_iter().chain(self.names.clone()));
        for (k, shares) in self.shares.iter().enumerate() {
            let [number, round, label] = match k.checked_sub(1) {
                None => ["none yet".into(), String::new(), String::new()],
                Some(d) => {
                    let flag = self.flags.iter().find(|f| f.decision == d);
                    let label = flag.map_or_else(String::new, |f| format!("{}: {}", f.number, f.label));
                    [k.to_string(), self.rounds[d].to_string(), label]
                }
            };
            let told = shares.iter().map(|s| Unit::Share.tell(*s));
            table.push([number, round, label].into_iter().chain(told));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(outcomes: usize) -> Course {
        let share = 1.0 / outcomes as f64;
        Course {
            head: Head::new(&["course"], "Course", ""),
            names: (0..outcomes).map(|k| format!("outcome {k}")).collect(),
            shares: vec![vec![share; outcomes]; 4],
            rounds: vec![1, 1, 2],
            flags: vec![Flag { decision: 1, number: 1, label: "refused".into() }],
        }
    }

    #[test]
    fn the_rest_of_many_outcomes_is_put_together() {
        let (names, shares) = course(12).few();
        assert_eq!(names.len(), MOST);
        assert!(shares.iter().all(|s| (s.iter().sum::<f64>() - 1.0).abs() < 1e-9));
        assert_eq!(course(12).draw().table.columns.len(), 15, "the table keeps them all");
    }

    #[test]
    fn turning_points_are_marked_and_told() {
        let picture = course(3).draw();
        assert!(picture.inline().contains(">1</text>"));
        assert_eq!(picture.table.rows[2][2], "1: refused");
        assert_eq!(picture.table.rows.len(), 4);
    }
}
