//! In which rounds something can come about at all, by the rules of a scenario alone, and what somebody would say of its timing who knew
//! these rules and nothing else.

mod needs;
mod reach;

use crate::domain::{Condition, Model, Operand, Quantity as Q};

use super::record::lasts;
use reach::Reach;

/// The rounds in which something can come about for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first: before it, the rules rule it out.
    pub first: u8,
    /// The last: after it, the rules rule it out.
    pub last: u8,
    /// Whether it has certainly come about by the last.
    pub certain: bool,
}

impl Window {
    /// The odds of the reference that it has come about by the end of a round: a flat hazard over the rounds of the window, such that it
    /// is as likely as not to come about at all. What is certain to come is spread evenly over them.
    pub fn odds_by(&self, round: usize) -> f64 {
        let rounds = f64::from(self.last) - f64::from(self.first) + 1.0;
        let part = ((round as f64 + 1.0 - f64::from(self.first)) / rounds).clamp(0.0, 1.0);
        if self.certain { part } else { 1.0 - libm::exp2(-part) }
    }
}

/// The window of a condition; `None` where the rules leave no round for it.
pub fn window(model: &Model, condition: &Condition) -> Option<Window> {
    match condition {
        // Something that lasts has come about once all its parts have, or one of them.
        Condition::All(parts) if lasts(&model.world, condition) => {
            let parts: Option<Vec<Window>> = parts.iter().map(|p| window(model, p)).collect();
            parts?.into_iter().reduce(|a, b| Window {
                first: a.first.max(b.first),
                last: a.last.max(b.last),
                certain: a.certain && b.certain,
            })
        }
        Condition::Any(parts) if lasts(&model.world, condition) => {
            parts.iter().filter_map(|p| window(model, p)).reduce(either)
        }
        Condition::Compare(state, _, Operand::Value(_)) if lasts(&model.world, condition) => {
            let state = match *state {
                Q::SignedEver(text) => Q::InstrumentState(text),
                other => other,
            };
            coming_about(model, state)
        }
        _ => holding(model, condition),
    }
}

/// What ends with the first of two.
fn either(a: Window, b: Window) -> Window {
    let sure = [a, b].into_iter().filter(|w| w.certain).map(|w| w.last).min();
    let last = a.last.max(b.last);
    Window { first: a.first.min(b.first), last: sure.map_or(last, |s| s.min(last)), certain: sure.is_some() }
}

/// The rounds in which a text can be signed, or an event happen, that has not before.
fn coming_about(model: &Model, state: Q) -> Option<Window> {
    let mut reach = Reach::new(model, Some(state));
    let mut window: Option<Window> = None;
    for round in 1..=model.world.rounds {
        let ends = reach.round(round);
        if reach.came() {
            window = seen(window, round);
        }
        if let Some(window) = window.as_mut().filter(|_| reach.certain()) {
            window.certain = window.first == window.last;
            break;
        }
        if ends {
            break;
        }
    }
    window
}

/// The rounds at whose end a condition can hold.
fn holding(model: &Model, condition: &Condition) -> Option<Window> {
    let mut reach = Reach::new(model, None);
    let mut window: Option<Window> = None;
    for round in 1..=model.world.rounds {
        reach.round(round);
        if reach.may(Some(condition)) {
            window = seen(window, round);
        }
    }
    window
}

fn seen(window: Option<Window>, round: u8) -> Option<Window> {
    let first = window.map_or(round, |w| w.first);
    Some(Window { first, last: round, certain: false })
}
