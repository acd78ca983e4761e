//! What the model's own tactic would do, as far as the role may know it.

use std::collections::BTreeMap;

use crate::domain::{Aim, Quantity, SeatId, World};
use crate::kernel::What;
use crate::session::orders;
use crate::session::{About, Alternative, Question, Sight};
use crate::telling::chronicle::{capital, odds, percent};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::question::standing;
use super::view::View;

/// The model's own proposal, where it follows from what the role knows. A mediator's choice of items and options rests on what
/// the parties need, whether a party returns on what others could give it, and whether it comes may rest on a demand about what
/// others keep to themselves: of these there is none.
pub fn proposal<'q>(world: &World, question: &'q Question) -> Option<&'q Alternative> {
    match question.about {
        About::Matter(..) | About::Formula(..) => None,
        About::Seat(_) if question.site.what == What::Return => None,
        About::Seat(s) if demands_in_the_dark(world, question, s) => None,
        _ => Some(question.own()),
    }
}

/// Advice: what the model would do here and why.
pub fn hint(view: &View, question: &Question, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    page.section("What the model would do in your place");
    match question.about {
        About::Matter(..) | About::Formula(..) => page.paragraph(
            "The model's mediator takes the item and the option that come closest to what all parties need. It reads their \
             numbers; you do not know them, so no advice is given. What they refuse and accept in the room tells you more.",
        ),
        About::Seat(s) if question.site.what == What::Return => returning(&mut page, view, s),
        About::Seat(s) if demands_in_the_dark(&view.model.world, question, s) => page.paragraph(&format!(
            "It comes, unless it is called home or walks out. Walking out is likelier by {} where what your delegation demands for \
             staying does not hold. That hangs on what others keep to themselves, so no odds are given.",
            percent(view.model.world.dynamics.walk_out.precondition)
        )),
        _ => odds_of(&mut page, question),
    }
    if let Some(seat) = seat(view, question) {
        page.paragraph(&standing(view, seat));
        page.paragraph(&tactic(view, seat));
    }
    page.paragraph(
        "It is what the rules of the model come to, not good advice: it may well do worse than you.",
    );
    page.finish()
}

/// Whether a party's coming rests on a demand of which it cannot know whether it is met.
fn demands_in_the_dark(world: &World, question: &Question, seat: SeatId) -> bool {
    let demand = world.party(world.seat(seat).party).precondition.as_ref();
    question.site.what == What::Attendance
        && demand.is_some_and(|c| !Sight::of(world, question.who).knows_all(c))
}

fn odds_of(page: &mut Writer, question: &Question) {
    match &weights(question)[..] {
        [sure] => page.paragraph(&format!("{}.", capital(sure))),
        all => all.iter().for_each(|told| page.item(told)),
    }
}

/// What the rule would do for certain, or the odds of each alternative.
fn weights(question: &Question) -> Vec<String> {
    if question.alternatives.iter().any(|a| a.weight == crate::domain::ONE) {
        return vec![question.own().word.clone()];
    }
    let possible = question.alternatives.iter().filter(|a| a.weight > 0);
    possible.map(|a| format!("{}: odds {}", a.word, odds(a.weight))).collect()
}

/// What the model would weigh at the choices of the round to come, by the key of the field that decides each, where it follows from what
/// the role knows.
pub fn weighs(view: &View) -> BTreeMap<String, Vec<String>> {
    let all = orders::weighed(view.model, view.role, &view.state).into_iter();
    let told = all.filter(|(_, question)| proposal(&view.model.world, question).is_some());
    told.map(|(key, question)| (key, weights(&question))).collect()
}

/// The part of the odds of a return that does not hang on what others could give.
fn returning(page: &mut Writer, view: &View, seat: SeatId) {
    let world = &view.model.world;
    let d = &world.dynamics.returning;
    let place = world.seat(seat);
    let shuttles = world
        .track(place.track)
        .mediators
        .iter()
        .any(|m| view.get(Quantity::MediatorState(*m)) == crate::domain::MediatorState::Shuttling as u8);
    let weary = f64::from(view.get(Quantity::Weariness(place.party)));
    let least = (d.base + if shuttles { d.shuttle } else { 0.0 } + weary * d.weariness).min(1.0);
    page.item(&format!(
        "return: odds of at least {}; {} more if an agreement could give it more than its alternative",
        percent(least),
        percent(d.feasible)
    ));
    page.item(&format!("give-up: odds {}", percent(world.dynamics.withdraw)));
}

/// The role's own seat in a decision.
fn seat(view: &View, question: &Question) -> Option<SeatId> {
    super::question::track(view, question).and_then(|t| view.seat_on(t))
}

/// How the target moves.
fn tactic(view: &View, seat: SeatId) -> String {
    let world = &view.model.world;
    let tactic = &world.party(world.seat(seat).party).tactic;
    let how = capital(tactic.told().sentence);
    let track = world.seat(seat).track;
    let deadline = view.get(Quantity::Deadline(track)).min(tactic.deadline.unwrap_or(u8::MAX));
    match crate::kernel::worth::table(view.model, &view.state, seat).aim {
        Aim::Curve { .. } => format!("{how}, which is round {deadline}."),
        _ => format!("{how}."),
    }
}
