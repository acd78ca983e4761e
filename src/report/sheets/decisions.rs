//! What a role can decide in a round, with the words for it, and what the program does where nobody plays the role.

use crate::domain::{Action, Mediator, PartyId, Procedure, SeatId, Tactic, TacticKind, World};
use crate::drivers::decider::{alternative, alternatives};
use crate::kernel::What;
use crate::report::chronicle::{count, list};
use crate::report::html::{Block, Section};
use crate::report::table::Table;

use super::words::points;

/// Each alternative of a decision with what it means.
const ATTENDANCE: [&str; 3] =
    ["take part in this session", "go home to consult, back in a later round", "leave the room in protest"];
const RETURN: [&str; 3] = ["wait outside", "take your seat again", "leave the talks for good"];
const MANDATE: [&str; 3] =
    ["ask for more, this round", "go on as planned", "be ready to settle for less, this round"];
const SIGN: [&str; 2] = ["put your name to it", "leave it unsigned for now"];
const KEEP: [&str; 2] = ["do what you promised, this round", "break your promise"];
const BALLOT: [&str; 2] = ["vote for the answer that is moved", "vote against it"];

fn meanings(what: What) -> &'static [&'static str] {
    match what {
        What::Attendance => &ATTENDANCE,
        What::Return => &RETURN,
        What::Mandate => &MANDATE,
        What::Sign => &SIGN,
        What::Keep => &KEEP,
        What::Ballot => &BALLOT,
        _ => &[],
    }
}

/// `stay` (take part), `walk-out` (leave).
fn choices(what: What) -> String {
    let words = alternatives(what).iter().zip(meanings(what));
    list(&words.map(|(word, meaning)| format!("{word} ({meaning})")).collect::<Vec<_>>())
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
    section.push(Block::List(all));
    section
}

fn bargaining(world: &World, seat: SeatId) -> String {
    let track = world.track(world.seat(seat).track);
    let place = super::words::title(&track.name);
    let what = match track.procedure {
        Procedure::ItemByItem => "for each question on the table, which answers you accept today".to_owned(),
        Procedure::Vote => {
            format!("when it is your turn, which answer you move; then {}", choices(What::Ballot))
        }
        Procedure::AlternatingOffers { .. } => {
            "accept the package on the table, or offer another: one answer to every question".to_owned()
        }
        Procedure::SingleText { .. } => {
            "whether you can live with the change to the draft, and with the draft as a whole: yes or no"
                .to_owned()
        }
    };
    format!("At the table ({place}): {what}.")
}

/// What the program does in a party's place.
pub(super) fn tactic(world: &World, party: PartyId) -> Section {
    let mut section = Section::new("If the program decides for you");
    section.paragraph(format!("It bargains so: {}.", told(&world.party(party).tactic)));
    section
}

/// A tactic in words.
pub(super) fn told(tactic: &Tactic) -> String {
    let openness = match tactic.kappa > 0.0 {
        true => format!(", after giving {}% at once", points(tactic.kappa * 100.0)),
        false => String::new(),
    };
    let by = tactic.deadline.map_or(String::new(), |d| format!(", by round {d}"));
    match &tactic.kind {
        TacticKind::Polynomial { beta } | TacticKind::Exponential { beta } => {
            let pace = match beta {
                b if *b < 1.0 => "late",
                b if *b > 1.0 => "early",
                _ => "steadily",
            };
            format!("it gives way {pace}, down to its alternative at the deadline{by}{openness}")
        }
        TacticKind::Resource { .. } => format!("it gives way as time runs out{by}{openness}"),
        TacticKind::Micro => {
            "it offers its packages one by one, a new one only when the others have made as many".into()
        }
        TacticKind::Mixture { parts } => {
            let parts: Vec<String> = parts.iter().map(|(_, t)| told(t)).collect();
            format!("it mixes {}: {}", count(parts.len() as u64, "tactic", "tactics"), parts.join("; "))
        }
        TacticKind::Hardliner => {
            format!("it never asks for less than {} of 100", points(100.0 * (1.0 - tactic.kappa)))
        }
        TacticKind::Fixed { demand } => format!("it asks for {demand} of 100, take it or leave it"),
        TacticKind::TitForTat { .. } => "it answers the others' concessions with its own".into(),
    }
}

/// What a mediator can do.
const ACTIONS: [&str; 7] = [
    "work on the trust between the two parties that are furthest apart on the question closest to agreement",
    "float the answer that leaves the least to be bridged, so that parties can move without losing face",
    "spend leverage on the party that stands in the way: pressure, or something to sweeten the answer",
    "spend leverage to cover a part of what is lost if a promise on a question is broken",
    "go to a party that has left, or carry messages between parties that will not meet",
    "put pressure on an outside power behind a party",
    "move the deadline of the talks one round nearer",
];

/// What a mediator decides.
pub(super) fn mediator(mediator: &Mediator) -> Section {
    let mut section = Section::new("What you can decide");
    section.paragraph(
        "One action a round, from those below. Some are possible only at times: nobody can be fetched back who has not left. \
         What you leave open, the program decides for you.",
    );
    let mut table = Table::new("Your actions", ["word", "what it does"]);
    for (k, meaning) in open(mediator) {
        table.push([alternative(What::Action, k).unwrap_or_default(), meaning]);
    }
    section.push(Block::Table(table));
    section
}

/// The actions within a mediator's style, with their places.
fn open(mediator: &Mediator) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    ACTIONS.into_iter().enumerate().filter(|(k, _)| mediator.style[*k] > 0.0)
}

/// What the program does in a mediator's place.
pub(super) fn style(mediator: &Mediator) -> Section {
    let mut section = Section::new("If the program decides for you");
    let sum: f64 = mediator.style.iter().sum();
    let all = open(mediator)
        .map(|(k, _)| format!("{} ({}%)", Action::NAMES[k], points(mediator.style[k] * 100.0 / sum)))
        .collect::<Vec<_>>();
    section.paragraph(format!(
        "It draws one of the actions that are possible, with these weights: {}.",
        list(&all)
    ));
    section
}
