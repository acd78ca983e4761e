//! What a mediator's actions do in this model, with the numbers of the scenario's rules.

use crate::domain::{Action, MediatorId, Quantity};
use crate::report::chronicle::{level, percent};
use crate::report::rules;

use super::view::View;

/// What an action does.
pub(super) fn meaning(view: &View, mediator: MediatorId, action: Action) -> String {
    let world = &view.model.world;
    let d = &world.dynamics.mediation;
    let who = world.mediator(mediator);
    let leverage = view.get(Quantity::Leverage(mediator));
    let partners = who.partners.len() as f64 * d.partner;
    let believed = |credibility: u8| (d.believed[usize::from(credibility)] + partners).min(1.0);
    let credibility = view.get(Quantity::Credibility(mediator));
    let odds = match who.bias {
        None => percent(believed(credibility)),
        Some(_) => format!(
            "{} from the party you favour, {} from others",
            percent(believed((credibility + 1).min(4))),
            percent(believed(credibility.saturating_sub(1)))
        ),
    };
    let what = rules::action(world, who, action);
    let spent = format!("it costs a level of your leverage, which is {}", level(leverage));
    match action {
        Action::Facilitate => format!("{what} (odds to be believed: {odds})"),
        Action::Manipulate | Action::Guarantee => format!("{what}; {spent}"),
        Action::PressBacker => format!(
            "{what} (odds {} at your leverage, which is {})",
            percent(d.press_backer[usize::from(leverage)]),
            level(leverage)
        ),
        Action::Formulate | Action::Shuttle | Action::SetDeadline => what,
    }
}
