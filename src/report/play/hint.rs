//! What the model's own tactic would do, as far as the role may know it.

use crate::domain::{Aim, Quantity, SeatId, TacticKind};
use crate::kernel::What;
use crate::report::chronicle::{capital, odds, percent};
use crate::report::page::Page;
use crate::session::{About, Alternative, Question};

use super::question::standing;
use super::view::View;

/// The model's own proposal, where it follows from what the role knows. A mediator's choice of items and options rests on what
/// the parties need, and whether a party returns on what others could give it: of these there is none.
pub fn proposal(question: &Question) -> Option<&Alternative> {
    match question.about {
        About::Matter(..) | About::Formula(..) => None,
        About::Seat(_) if question.site.what == What::Return => None,
        _ => Some(question.own()),
    }
}

/// Advice: what the model would do here and why.
pub fn hint(view: &View, question: &Question, styled: bool) -> String {
    let mut page = Page::new(styled);
    page.section("What the model would do in your place");
    match question.about {
        About::Matter(..) | About::Formula(..) => page.paragraph(
            "The model's mediator takes the item and the option that come closest to what all parties need. It reads their \
             numbers; you do not know them, so no advice is given. What they refuse and accept in the room tells you more.",
        ),
        About::Seat(s) if question.site.what == What::Return => returning(&mut page, view, s),
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

fn odds_of(page: &mut Page, question: &Question) {
    let sure = question.alternatives.iter().any(|a| a.weight == crate::domain::ONE);
    if sure {
        page.paragraph(&format!("{}.", capital(&question.own().word)));
        return;
    }
    for a in question.alternatives.iter().filter(|a| a.weight > 0) {
        page.item(&format!("{}: odds {}", a.word, odds(a.weight)));
    }
}

/// The part of the odds of a return that does not hang on what others could give.
fn returning(page: &mut Page, view: &View, seat: SeatId) {
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
    let how = match &tactic.kind {
        TacticKind::Polynomial { beta } | TacticKind::Exponential { beta } if *beta < 1.0 => {
            "Its target falls late, to its alternative at its deadline"
        }
        TacticKind::Polynomial { beta } | TacticKind::Exponential { beta } if *beta > 1.0 => {
            "Its target falls early, to its alternative at its deadline"
        }
        TacticKind::Polynomial { .. } | TacticKind::Exponential { .. } => {
            "Its target falls evenly, to its alternative at its deadline"
        }
        TacticKind::Resource { .. } => {
            "Its target falls as time runs out, to its alternative at its deadline"
        }
        TacticKind::Micro => {
            "It offers its packages one by one, best first, and a new one only in return for a new one"
        }
        TacticKind::Mixture { .. } => "Its target mixes several tactics",
        TacticKind::Hardliner => "Its target does not fall",
        TacticKind::Fixed { .. } => "Its demand is fixed: take it or leave it",
        TacticKind::TitForTat { .. } => "It answers the others' concessions with its own",
    };
    let track = world.seat(seat).track;
    let deadline = view.get(Quantity::Deadline(track)).min(tactic.deadline.unwrap_or(u8::MAX));
    match view.model.worth.seats[seat.at()].aim {
        Aim::Curve { .. } => format!("{how}, which is round {deadline}."),
        _ => format!("{how}."),
    }
}
