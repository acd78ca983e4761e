//! What a role can decide in a round, with the words for it, and what the program does where nobody plays the role.

use crate::document::table::Table;
use crate::document::{Block, Section};
use crate::domain::{Action, Mediator, PartyId, SeatId, World};
use crate::drivers::decider::told;
use crate::kernel::What;
use crate::telling::chronicle::{list, tenths};
use crate::telling::rules;

/// `stay` (take part), `walk-out` (leave).
fn choices(what: What) -> String {
    list(&told(what).iter().map(|t| format!("{} ({})", t.id, t.sentence)).collect::<Vec<_>>())
}

/// What a party decides, in the order of a round.
pub(super) fn party(world: &World, party: PartyId) -> Section {
    let mut section = Section::new("What you can decide");
    section.paragraph(
        "In the order of a round. The words in front of the brackets are those that the program knows. What you leave open, \
         the program decides for you by the rules of the model.",
    );
    let mut all = vec![
        format!("At the start of a session: {}.", choices(What::Attendance)),
        format!("Once you are out: {}.", choices(What::Return)),
        format!("Before the bargaining, your mandate: {}.", choices(What::Mandate)),
    ];
    all.extend(world.seats_of(party).map(|seat| bargaining(world, seat)));
    if world.instruments.iter().any(|n| n.signatories.contains(&party)) {
        all.push(format!("When a text is ready that needs your name: {}.", choices(What::Sign)));
    }
    if world.instruments.iter().any(|n| n.obliges.contains(&party)) {
        all.push(format!("Each round, for each text that binds you: {}.", choices(What::Keep)));
    }
    if world.presses(party) {
        all.push(format!("Each round, for each front where you fight: {}.", choices(What::Press)));
    }
    section.push(Block::List(all));
    section
}

fn bargaining(world: &World, seat: SeatId) -> String {
    let track = world.track(world.seat(seat).track);
    let place = super::words::title(&track.name);
    let what = match track.procedure.row().ballots {
        true => format!("; your vote: {}", choices(What::Ballot)),
        false => String::new(),
    };
    let how = track.procedure.told().sentence;
    format!("At the table ({place}): {how}{what}.")
}

/// What the program does in a party's place.
pub(super) fn tactic(world: &World, party: PartyId) -> Section {
    let mut section = Section::new("If the program decides for you");
    section.paragraph(format!("It bargains so: {}.", rules::tactic(&world.party(party).tactic)));
    section
}

/// What a mediator decides.
pub(super) fn mediator(world: &World, mediator: &Mediator) -> Section {
    let mut section = Section::new("What you can decide");
    section.paragraph(
        "One action a round, from those below. Some are possible only at times: nobody can be fetched back who has not left. \
         What you leave open, the program decides for you.",
    );
    let mut table = Table::new("Your actions", ["word", "what it does"]);
    for action in open(mediator) {
        table.push([action.name().into(), rules::action(world, mediator, action)]);
    }
    section.push(Block::Table(table));
    section
}

/// The actions within a mediator's style.
fn open(mediator: &Mediator) -> impl Iterator<Item = Action> + '_ {
    Action::ALL.into_iter().filter(|action| mediator.style[*action as usize] > 0.0)
}

/// What the program does in a mediator's place.
pub(super) fn style(mediator: &Mediator) -> Section {
    let mut section = Section::new("If the program decides for you");
    let sum: f64 = mediator.style.iter().sum();
    let all = open(mediator)
        .map(|a| format!("{} ({}%)", a.name(), tenths(mediator.style[a as usize] * 100.0 / sum)))
        .collect::<Vec<_>>();
    section.paragraph(format!(
        "It draws one of the actions that are possible, with these weights: {}.",
        list(&all)
    ));
    section
}
