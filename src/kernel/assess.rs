//! How a seat sees a whole package: what it needs, what it would have, and whether that is enough.

use crate::domain::{ItemId, Model, OptionId, Score, SeatId, at_least};

use super::chronicle::Assessment;
use super::package::draft;
use super::state::State;
use super::target::target;
use super::worth::{self, credit, expected, need};

/// How a seat sees a package: what it needs of the whole agenda, and its credit for these options.
pub fn assess(
    model: &Model,
    state: &mut State,
    seat: SeatId,
    needs: Score,
    option: impl Fn(&State, usize, ItemId) -> Option<OptionId>,
) -> Assessment {
    let party = model.world.seat(seat).party;
    let of = worth::table(model, state, seat).total;
    let (mut sees, mut red_line) = (0, false);
    for (k, item) in model.world.track(model.world.seat(seat).track).items.iter().enumerate() {
        if let Some(option) = option(state, k, *item) {
            sees += credit(model, state, party, *item, option);
            red_line |= worth::refuses(model, state, party, *item, option);
        }
    }
    Assessment { seat, needs, sees, of, red_line, present: true }
}

/// How a seat sees the standing offer or the mediator's text.
pub fn assess_draft(model: &Model, state: &mut State, seat: SeatId) -> Assessment {
    let needs = needs(model, state, seat);
    assess(model, state, seat, needs, |state, _, item| draft(model, state, item))
}

/// What a seat needs of a package of the whole agenda today.
pub fn needs(model: &Model, state: &mut State, seat: SeatId) -> Score {
    let target = target(model, state, seat);
    need(model, target, worth::table(model, state, seat).total)
}

/// What no agreement is worth to a seat, as a package of the whole agenda.
pub fn floor(model: &Model, state: &mut State, seat: SeatId) -> Score {
    let alternative = expected(model, state, seat);
    at_least(alternative, worth::table(model, state, seat).total)
}

/// What the standing offer gives a seat, in points of 100 of its best.
pub fn offered(model: &Model, state: &mut State, seat: SeatId) -> u8 {
    let of = worth::table(model, state, seat).total.max(1);
    let sees = assess_draft(model, state, seat).sees.max(0);
    (i64::from(sees) * 100 / i64::from(of)).clamp(0, 100) as u8
}

/// How far the mediator's text, with one item's option changed, falls short of what a seat needs; `None` beyond its red line.
pub fn shortfall_with(
    model: &Model,
    state: &mut State,
    seat: SeatId,
    change: Option<(ItemId, OptionId)>,
) -> Option<Score> {
    let needs = needs(model, state, seat);
    let a = assess(model, state, seat, needs, |state, _, item| match change {
        Some((changed, option)) if changed == item => Some(option),
        _ => draft(model, state, item),
    });
    let party = model.world.seat(seat).party;
    let crossed = change.is_some_and(|(i, o)| worth::refuses(model, state, party, i, o));
    (!crossed).then_some((a.needs - a.sees).max(0))
}

/// Whether a seat sees enough in a package.
pub fn acceptable(model: &Model, a: &Assessment) -> bool {
    !a.red_line && worth::enough(model, a.sees, a.needs)
}
