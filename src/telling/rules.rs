//! Rules in words: what the table of `domain::told` says of them, with the numbers and names of the scenario.

use crate::domain::dynamics::Figure;
use crate::domain::told::{INDUCEMENTS, filled};
use crate::domain::{
    Action, AgendaRule, DecisionRule, Inducement, Mediator, PartyId, Seat, Tactic, TacticKind, Track, World,
};

use super::chronicle::{clean, count, list, percent};

/// Whose consent a track asks for.
pub(crate) fn consent(world: &World, track: &Track) -> String {
    let votes = votes(world, track).map_or(String::new(), |votes| format!("; votes: {votes}"));
    format!("{}{votes}", whose(world, track))
}

/// The votes of each seat, where they are not one each.
fn votes(world: &World, track: &Track) -> Option<String> {
    let seats = || track.seats.iter().map(|s| world.seat(*s));
    let told = |s: &Seat| format!("{} {}", clean(&world.party(s.party).name.title), s.weight);
    seats().any(|s| s.weight != 1).then(|| list(&seats().map(told).collect::<Vec<_>>()))
}

fn whose(world: &World, track: &Track) -> String {
    let names = |parties: &[PartyId]| -> String {
        list(&parties.iter().map(|p| clean(&world.party(*p).name.title)).collect::<Vec<_>>())
    };
    match &track.rule {
        DecisionRule::AllBut { n, vetoes } => {
            let all = format!("all parties but {n} must accept");
            if vetoes.is_empty() {
                return all;
            }
            format!("{all}; without {} nothing is agreed", names(vetoes))
        }
        rule @ DecisionRule::SufficientConsensus { blocs } => {
            let blocs: Vec<String> =
                blocs.iter().map(|b| format!("{} ({})", clean(&b.id), names(&b.members))).collect();
            format!("{}: {}", rule.told().sentence, list(&blocs))
        }
        rule => rule.told().sentence.into(),
    }
}

/// The order in which a track opens its items.
pub(crate) fn agenda(track: &Track) -> String {
    let mut order = track.agenda.told().sentence.to_owned();
    if track.opens > 1 && track.agenda != AgendaRule::AllAtOnce {
        order += &format!("; {} are opened in a session", track.opens);
    }
    track.at_most.map_or(order.clone(), |n| format!("{order}; at most {n} are discussed at a time"))
}

/// A tactic with its numbers.
pub(crate) fn tactic(tactic: &Tactic) -> String {
    let row = tactic.row();
    let what = row.told.sentence;
    let detail = filled(row.detail, |place| match (place, &tactic.kind) {
        ("beta", kind) => kind.beta().filter(|beta| *beta != 1.0).map(|beta| format!("(`beta` is {beta})")),
        ("least", _) => Some(percent_of(1.0 - tactic.kappa)),
        ("demand", TacticKind::Fixed { demand }) => Some(demand.to_string()),
        ("parts", TacticKind::Mixture { parts }) => {
            let parts: Vec<String> = parts.iter().map(|(_, t)| self::tactic(t)).collect();
            Some(parts.join("; "))
        }
        _ => None,
    });
    if !row.has("deadline") {
        return format!("{what}{detail}");
    }
    let deadline = tactic.deadline.map_or_else(String::new, |d| format!(", which is round {d}"));
    let at_once = match tactic.kappa > 0.0 {
        true => format!(", after giving {} at once", percent(tactic.kappa)),
        false => String::new(),
    };
    format!("{what}{detail}{deadline}{at_once}")
}

fn percent_of(share: f64) -> String {
    percent(share).trim_end_matches('%').to_owned()
}

/// What an action of a mediator is, with the numbers that everybody can read in the scenario's rules.
pub(crate) fn action(world: &World, mediator: &Mediator, action: Action) -> String {
    let row = action.row();
    let numbers = filled(row.numbers.of(mediator, false), |place| number(world, place));
    let what = row.told.sentence;
    if numbers.is_empty() { what.into() } else { format!("{what} ({numbers})") }
}

/// A number of the scenario's rules by its key in `[dynamics]`, or the sentence of a way to move parties.
pub(crate) fn number(world: &World, place: &str) -> Option<String> {
    match place {
        "stick" => Some(INDUCEMENTS[Inducement::Stick as usize].sentence.into()),
        "carrot" => Some(INDUCEMENTS[Inducement::Carrot as usize].sentence.into()),
        key => match world.dynamics.figure(key)? {
            Figure::Points(n) => Some(count(u64::from(n), "point", "points")),
            Figure::Share(share) => Some(percent(share)),
            Figure::ByLevel(_) => None,
        },
    }
}
