//! Rules in words: what the table of `domain::told` says of them, with the numbers and names of the scenario.

use crate::domain::{
    Action, DecisionRule, Inducement, Mediator, PartyId, Tactic, TacticKind, Track, World, told,
};
use crate::report::chronicle::{clean, count, list, percent};

/// Whose consent a track asks for.
pub(super) fn consent(world: &World, track: &Track) -> String {
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
pub(super) fn agenda(track: &Track) -> String {
    let order = track.agenda.told().sentence;
    track.at_most.map_or_else(|| order.into(), |n| format!("{order}; at most {n} are discussed at a time"))
}

/// A tactic with its numbers.
pub(super) fn tactic(tactic: &Tactic) -> String {
    let mut out = tactic.told().sentence.to_owned();
    match &tactic.kind {
        TacticKind::Mixture { parts } => {
            let parts: Vec<String> = parts.iter().map(|(_, t)| self::tactic(t)).collect();
            return format!("{out} ({})", parts.join("; "));
        }
        TacticKind::Hardliner => {
            return format!("{out}: it never asks for less than {} of 100", percent_of(1.0 - tactic.kappa));
        }
        TacticKind::Fixed { demand } => return format!("{out} ({demand} of 100)"),
        TacticKind::Micro | TacticKind::TitForTat { .. } => return out,
        TacticKind::Exponential { beta } | TacticKind::Polynomial { beta } if *beta != 1.0 => {
            out = format!("{out} (`beta` is {beta})");
        }
        _ => {}
    }
    let deadline = tactic.deadline.map_or_else(String::new, |d| format!(", which is round {d}"));
    let at_once = match tactic.kappa > 0.0 {
        true => format!(", after giving {} at once", percent(tactic.kappa)),
        false => String::new(),
    };
    format!("{out}{deadline}{at_once}")
}

fn percent_of(share: f64) -> String {
    percent(share).trim_end_matches('%').to_owned()
}

/// What an action of a mediator is, with the numbers that everybody can read in the scenario's rules.
pub(super) fn action(world: &World, mediator: &Mediator, action: Action) -> String {
    let d = &world.dynamics;
    let m = &d.mediation;
    let points = |n: u8| count(u64::from(n), "point", "points");
    let what = action.told().sentence;
    let number = match action {
        Action::Formulate => format!("{} of 100", points(m.face_saving)),
        Action::Manipulate => match mediator.inducement {
            Inducement::Stick => {
                format!("you press: {}, {} of its alternative", stick(), points(d.pressure_points))
            }
            Inducement::Carrot => format!("you sweeten: {}, by {} of 100", carrot(), points(m.carrot)),
        },
        Action::Shuttle => format!(
            "the odds of a return rise by {}; messages work on trust at {} of the odds of `facilitate`",
            percent(d.returning.shuttle),
            percent(m.proximity)
        ),
        Action::Facilitate | Action::Guarantee | Action::PressBacker | Action::SetDeadline => {
            return what.into();
        }
    };
    format!("{what} ({number})")
}

fn stick() -> &'static str {
    told::INDUCEMENTS[Inducement::Stick as usize].sentence
}

fn carrot() -> &'static str {
    told::INDUCEMENTS[Inducement::Carrot as usize].sentence
}
