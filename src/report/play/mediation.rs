//! What a mediator's actions do in this model, with the numbers of the scenario's rules.

use crate::domain::{Action, Inducement, MediatorId, Quantity};
use crate::report::chronicle::{count, level, percent};

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
    let points = |n: u8| count(u64::from(n), "point", "points");
    let spent = format!("costs a level of your leverage, which is {}", level(leverage));
    match action {
        Action::Facilitate => {
            format!(
                "raise trust both ways between two parties that trust each other least (odds to be believed: {odds})"
            )
        }
        Action::Formulate => format!(
            "float an option on a contested item: saving face eases everybody's need by {} of 100 for this turn",
            points(d.face_saving)
        ),
        Action::Manipulate => match who.inducement {
            Inducement::Stick => format!(
                "press the party hardest to move on an item: its pressure rises a level, {} points of its alternative; what is \
                 agreed so is likelier to be broken; {spent}",
                world.dynamics.pressure_points
            ),
            Inducement::Carrot => format!(
                "offer an inducement to the party hardest to move on an item, worth {} of 100 for this turn; what is agreed so is \
                 likelier to be broken; {spent}",
                points(d.carrot)
            ),
        },
        Action::Guarantee => {
            format!(
                "stand for the promises of an item: they count for more to whoever relies on them; {spent}"
            )
        }
        Action::Shuttle => format!(
            "go to a party that is out (its odds of a return rise by {}); if none is, carry messages between parties that will \
             not meet, at {} of the odds to be believed",
            percent(world.dynamics.returning.shuttle),
            percent(d.proximity)
        ),
        Action::PressBacker => format!(
            "put pressure on the backer that gives most support (odds {} at your leverage, which is {}); costs none of it",
            percent(d.press_backer[usize::from(leverage)]),
            level(leverage)
        ),
        Action::SetDeadline => {
            "move the deadline of the track one round nearer: parties that plan for it concede sooner".into()
        }
    }
}
