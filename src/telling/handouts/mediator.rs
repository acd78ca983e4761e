//! A mediator's own sheet: its track, its means, its actions.

use crate::document::{Block, Section};
use crate::domain::{Action, Mediator, MediatorId, Model, Role, World};
use crate::telling::chronicle::{capital, list, percent};

use super::words::{level, names, title};
use super::{briefing, decisions, party};

/// The sections of its sheet.
pub(super) fn sections(world: &World, id: MediatorId) -> Vec<Section> {
    let role = Role::Mediator(id);
    let mediator = world.mediator(id);
    vec![
        who(world, role, mediator),
        party::hints(world, role),
        means(world, mediator),
        decisions::mediator(world, mediator),
        decisions::style(mediator),
    ]
}

fn who(world: &World, role: Role, mediator: &Mediator) -> Section {
    let mut section = Section::new("Who you are");
    section.paragraph(format!("You are {}, a mediator.", title(&mediator.name)));
    party::told(world, role, &mut section);
    match mediator.track {
        Some(track) => {
            let track = world.track(track);
            section.paragraph(format!("You mediate at these talks: {}.", title(&track.name)));
            section.paragraph(briefing::forum(&Model::new(world.clone()), track));
        }
        None => section.paragraph("You serve no track."),
    }
    section.paragraph(
        "You have no points of your own. What answers are worth to the parties is theirs to know, and yours to find out.",
    );
    section
}

fn means(world: &World, mediator: &Mediator) -> Section {
    let mut section = Section::new("Your means");
    let m = &world.dynamics.mediation;
    let spending = Action::ALL.iter().flat_map(|action| action.row().leverage.costs());
    let spending: Vec<String> = spending.map(|what| (*what).to_owned()).collect();
    let mut all = vec![
        format!(
            "Credibility: {}. When you work on trust, you are believed {} of the time.",
            level(mediator.credibility),
            percent(m.believed[mediator.credibility as usize])
        ),
        format!(
            "Leverage: {}. {} spend one level each.",
            level(mediator.leverage),
            capital(&list(&spending))
        ),
    ];
    if let Some(bias) = mediator.bias {
        let party = title(&world.party(bias).name);
        all.push(format!(
            "You lean towards {party}: your word counts a level more there, and a level less elsewhere."
        ));
    }
    if !mediator.partners.is_empty() {
        let partners = names(mediator.partners.iter().map(|o| &world.observer(*o).name));
        all.push(format!(
            "Your partners: {partners}. Each adds {} to the odds of being believed.",
            percent(m.partner)
        ));
    }
    section.push(Block::List(all));
    section
}
