//! The offers of one negotiation in the order in which they were made, and what each party would have had of them.

use crate::document::table::Table;

use super::axis::{Scale, Unit};
use super::canvas::{Anchor, Canvas, MARGIN, SIZE, SMALL, WIDTH};
use super::labels::{high, spread};
use super::text::{width, wrap};
use super::{Head, Picture};

/// Where offers begin and end.
const LEFT: f64 = 66.0;
const RIGHT: f64 = 520.0;
/// Where labels begin.
const LABEL: f64 = 554.0;
/// Dashes that tell curves apart in grey.
const DASHES: [&str; 6] = ["", "8 4", "2 3", "12 3 2 3", "5 2", "6 2 1 2 1 2"];

/// An offer, or a mediator's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// In which round, from 1.
    pub round: u8,
    /// The party that made it, by place; `None`: a mediator's.
    pub by: Option<usize>,
    /// What it gives, by party.
    pub utilities: Vec<f64>,
    /// The same as it is to be read.
    pub figures: Vec<String>,
    /// Whether it stood; what is refused at once does not.
    pub stood: bool,
    /// Whether it was agreed.
    pub agreed: bool,
}

/// A picture of offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offers {
    /// Its head.
    pub head: Head,
    /// What is measured: the title of the axis.
    pub axis: String,
    /// The parties, with what they have without agreement.
    pub parties: Vec<(String, Option<f64>)>,
    /// What a mediator's offers are called.
    pub mediator: String,
    /// The least and the most that packages give.
    pub range: (f64, f64),
    /// The offers in order.
    pub offers: Vec<Offer>,
}

impl Offers {
    /// Draws them.
    pub fn draw(&self) -> Picture {
        let mut canvas = Canvas::new(&self.head);
        for line in wrap(&self.axis, SMALL, WIDTH - 2.0 * MARGIN) {
            canvas.text(MARGIN, canvas.y + 4.0, Anchor::Start, "small", &line);
            canvas.y += 16.0;
        }
        let labels: Vec<Vec<String>> = (0..self.parties.len()).map(|p| self.label(p)).collect();
        let top = canvas.y + 26.0;
        let bottom = top + labels.iter().map(|l| high(l)).sum::<f64>().max(320.0);
        let scale = Scale::new(self.range.0, self.range.1, bottom, top, Unit::Number);
        for (value, tick) in scale.ticks() {
            let y = scale.at(value);
            canvas.line((LEFT, y), (RIGHT, y), "grid");
            canvas.text(LEFT - 8.0, y + 4.0, Anchor::End, "small", &tick);
        }
        self.rounds(&mut canvas, top, bottom);
        self.agreement(&mut canvas, top, bottom);
        for p in (0..self.parties.len()).rev() {
            self.curve(&mut canvas, &scale, p);
        }
        for k in 0..self.offers.len() {
            let each = (RIGHT - LEFT) / self.offers.len().max(1) as f64;
            let left = self.at(k) - each / 2.0;
            canvas.marked(&self.told(k), |canvas| canvas.hit(left, top, each, bottom - top));
        }
        let last = |p: usize| self.standing().last().map_or(0.0, |(_, o)| o.utilities[p]);
        let ends: Vec<f64> = (0..self.parties.len()).map(|p| scale.at(last(p))).collect();
        let heights: Vec<f64> = labels.iter().map(|l| high(l)).collect();
        for (k, y) in spread(&ends, &heights, top, bottom).into_iter().enumerate() {
            canvas.path(
                &[(RIGHT + 2.0, ends[k]), (RIGHT + 10.0, ends[k]), (LABEL - 18.0, y)],
                false,
                "leader",
                "",
            );
            let swatch = [(LABEL - 18.0, y), (LABEL - 2.0, y)];
            canvas.path(&swatch, false, &format!("s{} curve", k % 8), DASHES[k % DASHES.len()]);
            canvas.lines(LABEL + 4.0, y, Anchor::Start, "", &labels[k]);
        }
        canvas.y = bottom + 66.0;
        canvas.finish(self.description(), self.table())
    }

    /// The offers that stood, with their numbers.
    fn standing(&self) -> impl DoubleEndedIterator<Item = (usize, &Offer)> {
        self.offers.iter().enumerate().filter(|(_, o)| o.stood)
    }

    /// What an offer gives, and what became of it.
    fn told(&self, k: usize) -> String {
        let offer = &self.offers[k];
        let by = offer.by.map_or(&self.mediator, |p| &self.parties[p].0);
        let given = self.parties.iter().zip(&offer.figures).map(|(p, f)| format!("{} {f}", p.0));
        let end = match (offer.agreed, offer.stood) {
            (true, _) => "; agreed",
            (false, true) => "",
            (false, false) => "; refused",
        };
        format!(
            "Offer {}, round {}, by {by}: {}{end}",
            k + 1,
            offer.round,
            given.collect::<Vec<_>>().join(", ")
        )
    }

    fn at(&self, k: usize) -> f64 {
        LEFT + (RIGHT - LEFT) * (k as f64 + 0.5) / self.offers.len().max(1) as f64
    }

    fn label(&self, p: usize) -> Vec<String> {
        let last = self.standing().last().map_or(String::new(), |(_, o)| format!(": {}", o.figures[p]));
        wrap(&format!("{}{last}", self.parties[p].0), SIZE, WIDTH - MARGIN - LABEL - 4.0)
    }

    fn curve(&self, canvas: &mut Canvas, scale: &Scale, p: usize) {
        let class = format!("s{}", p % 8);
        if let Some(alternative) = self.parties[p].1 {
            let y = scale.at(alternative);
            canvas.path(&[(LEFT, y), (RIGHT, y)], false, &format!("{class} curve thin"), "2 4");
        }
        let place = |(k, o): (usize, &Offer)| (self.at(k), scale.at(o.utilities[p]));
        let points: Vec<_> = self.standing().map(place).collect();
        canvas.path(&points, false, &format!("{class} curve"), DASHES[p % DASHES.len()]);
        let size = if self.offers.len() <= 60 { 5.0 } else { 2.5 };
        for (k, offer) in self.offers.iter().enumerate() {
            let (x, y) = place((k, offer));
            if offer.by == Some(p) {
                canvas.circle(x, y, size, &class);
            } else if !offer.stood {
                canvas.rect(x - 3.5, y - 3.5, 7.0, 7.0, "hollow");
            } else if offer.by.is_none() {
                canvas.circle(x, y, size * 0.8, &class);
            }
        }
    }

    /// Where rounds begin, with their numbers, as many as fit.
    fn rounds(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        canvas.line((LEFT, bottom), (RIGHT, bottom), "axis");
        let each = (RIGHT - LEFT) / self.offers.len().max(1) as f64;
        let (mut round, mut free, mut ruled) = (0, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (k, offer) in self.offers.iter().enumerate() {
            if offer.round == round {
                continue;
            }
            round = offer.round;
            let same = self.offers[k..].iter().take_while(|o| o.round == round).count();
            let (x, middle) = (LEFT + each * k as f64, LEFT + each * (k as f64 + same as f64 / 2.0));
            if x - ruled >= 8.0 {
                canvas.line((x, top), (x, bottom + 5.0), "grid");
                ruled = x;
            }
            let text = round.to_string();
            let half = width(&text, SMALL) / 2.0;
            if middle - half > free {
                canvas.text(middle, bottom + 19.0, Anchor::Middle, "small", &text);
                free = middle + half + 6.0;
            }
        }
        let said = match self.offers.iter().any(|o| o.by.is_some()) {
            true => "Offers by round; a dot on the line of the party that made the offer",
            false => "Texts by round; squares: changes that were refused",
        };
        canvas.text(LEFT, bottom + 40.0, Anchor::Start, "small", said);
        let said = "Thin dotted lines: what each party has without agreement";
        canvas.text(LEFT, bottom + 56.0, Anchor::Start, "small", said);
    }

    fn agreement(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        let agreed = self.offers.iter().rposition(|o| o.agreed);
        let text = if agreed.is_some() { "agreed" } else { "no agreement" };
        let x = agreed.map_or(RIGHT, |k| self.at(k));
        if agreed.is_some() {
            canvas.line((x, top - 6.0), (x, bottom), "zero");
        }
        let half = width(text, SMALL) * 0.55;
        canvas.text(x.clamp(LEFT + half, RIGHT - half), top - 11.0, Anchor::Middle, "small strong", text);
    }

    fn description(&self) -> String {
        let agreed = self.offers.iter().rfind(|o| o.agreed);
        let n = self.offers.len();
        let how = match agreed {
            None => "No agreement".to_owned(),
            Some(offer) => {
                let told = self.parties.iter().zip(&offer.figures).map(|(p, f)| format!("{} {f}", p.0));
                format!("Agreed in round {}: {}", offer.round, told.collect::<Vec<_>>().join(", "))
            }
        };
        format!("Lines over {n} offers, one for each party. {how}.")
    }

    fn table(&self) -> Table {
        let names = self.parties.iter().map(|p| p.0.clone());
        let first = ["offer", "round", "by", "answer"].map(String::from);
        let mut table = Table::new(&self.head.title, first.into_iter().chain(names));
        for (k, offer) in self.offers.iter().enumerate() {
            let by = offer.by.map_or(self.mediator.clone(), |p| self.parties[p].0.clone());
            let answer = match (offer.agreed, offer.stood) {
                (true, _) => "agreed",
                (false, true) => "",
                (false, false) => "refused",
            };
            let row = [(k + 1).to_string(), offer.round.to_string(), by, answer.to_owned()];
            table.push(row.into_iter().chain(offer.figures.iter().cloned()));
        }
        table
    }
}
