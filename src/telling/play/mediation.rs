//! What a mediator's actions do in this model, with the numbers of the scenario's rules.

use crate::domain::dynamics::Figure;
use crate::domain::told::filled;
use crate::domain::{Action, MediatorId, Quantity};
use crate::telling::chronicle::{level, percent};
use crate::telling::rules;

use super::view::View;

/// What an action does.
pub(super) fn meaning(view: &View, mediator: MediatorId, action: Action) -> String {
    let world = &view.model.world;
    let d = &world.dynamics;
    let who = world.mediator(mediator);
    let leverage = view.get(Quantity::Leverage(mediator));
    let partners = who.partners.len() as f64 * d.mediation.partner;
    let believed = |credibility: u8| (d.mediation.believed[usize::from(credibility)] + partners).min(1.0);
    let credibility = view.get(Quantity::Credibility(mediator));
    let odds = match who.bias {
        None => percent(believed(credibility)),
        Some(_) => format!(
            "{} from the party you favour, {} from others",
            percent(believed((credibility + 1).min(4))),
            percent(believed(credibility.saturating_sub(1)))
        ),
    };
    let means = filled(action.row().means, |place| match (place, d.figure(place)) {
        ("believed", _) => Some(odds.clone()),
        ("leverage", _) => Some(level(leverage)),
        (_, Some(Figure::ByLevel(odds))) => Some(percent(odds[usize::from(leverage)])),
        _ => rules::number(world, place),
    });
    format!("{}{means}", rules::action(world, who, action))
}
