//! What the parties kept to themselves: values, red lines, tactics, mandates, and who would have accepted what.

use serde::Serialize;

use crate::domain::tactic::TacticRow;
use crate::domain::told::filled;
use crate::domain::{
    ItemId, Model, OptionId, POINT, Quantity, SeatId, SeatState, Tactic, TacticKind, Turn, points,
};
use crate::drivers::Transcript;
use crate::kernel::{Entry, State, target, worth};

/// What one seat kept to itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hidden {
    /// The id of the party.
    pub party: String,
    /// Its name.
    pub title: String,
    /// The id of the track.
    pub track: String,
    /// What no agreement was worth to it at the start, in points of 100.
    pub alternative_at_start: f64,
    /// At the end.
    pub alternative: f64,
    /// How its target falls over the rounds, by the scenario; people in the seat decide for themselves.
    pub tactic: String,
    /// The mandate of its delegation in each round that had one.
    pub mandates: Vec<(u8, &'static str)>,
    /// What its best options of the track come to together in the points of its sheet; they are the 100 of `options`.
    pub whole: f64,
    /// What every option is worth to it.
    pub options: Vec<OptionView>,
}

/// What an option is worth to a seat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionView {
    /// The id of the item.
    pub item: String,
    /// The id of the option.
    pub option: String,
    /// Title of the item.
    pub item_title: String,
    /// Title of the option.
    pub option_title: String,
    /// Points, of 100 of the best options of its track together.
    pub points: f64,
    /// Whether it crosses its red line.
    pub red_line: bool,
}

/// An item that was bargained over in vain, as it stood the last time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failure {
    /// The id of the item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// In how many rounds it failed.
    pub times: usize,
    /// The round of the last failure.
    pub round: u8,
    /// Whether it is open to this day.
    pub open: bool,
    /// The ids of the parties in the room, in the order of `accepts` and `short`.
    pub parties: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// Its options.
    pub options: Vec<Stand>,
    /// The option that came closest, as a place among them.
    pub closest: usize,
}

/// Who would have accepted an option by their targets of the round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stand {
    /// The id of the option.
    pub option: String,
    /// Its title.
    pub title: String,
    /// Who.
    pub accepts: Vec<bool>,
    /// By how many points of its sheet each falls short of its target; red lines have no number.
    pub short: Vec<Option<f64>>,
}

/// What every seat kept to itself, as it is known at the end.
pub fn hidden(model: &Model, state: &State, transcript: &Transcript) -> Vec<Hidden> {
    let start = State::new(model);
    (0..model.world.seats.len())
        .map(|s| of_seat(model, (&start, state), transcript, SeatId::new(s)))
        .collect()
}

fn of_seat(model: &Model, (start, state): (&State, &State), transcript: &Transcript, id: SeatId) -> Hidden {
    let w = &model.world;
    let seat = w.seat(id);
    let mandates = transcript.entries().filter_map(|(round, _, entry)| match entry {
        Entry::Mandate { seat, mandate } if seat == id => Some((round, mandate.name())),
        _ => None,
    });
    let who = worth::preferences(model, state, seat.party);
    let total = points(worth::table(model, state, id).total);
    let options = w.track(seat.track).items.iter().flat_map(|i| {
        let item = w.item(*i);
        item.options.iter().enumerate().map(move |(o, option)| {
            let worth = points(model.worth.points(who, *i, OptionId::new(o)));
            OptionView {
                item: item.name.id.clone(),
                option: option.name.id.clone(),
                item_title: item.name.title.clone(),
                option_title: option.name.title.clone(),
                points: if total > 0.0 { worth * 100.0 / total } else { 0.0 },
                red_line: model.worth.refuses(who, *i, OptionId::new(o)),
            }
        })
    });
    Hidden {
        party: w.party(seat.party).name.id.clone(),
        title: w.party(seat.party).name.title.clone(),
        track: w.track(seat.track).name.id.clone(),
        alternative_at_start: worth::alternative(model, start, id),
        alternative: worth::alternative(model, state, id),
        tactic: tactic(&w.party(seat.party).tactic),
        mandates: mandates.collect(),
        whole: total,
        options: options.collect(),
    }
}

/// A tactic in the field's words: a curve of time by how it is bent.
fn tactic(tactic: &Tactic) -> String {
    let row = tactic.kind.beta().map_or_else(|| tactic.row(), TacticRow::bent);
    filled(row.called, |place| match (place, &tactic.kind) {
        ("beta", kind) => kind.beta().map(|beta| beta.to_string()),
        ("rate", TacticKind::Resource { rate, .. }) => Some(rate.to_string()),
        ("resource", TacticKind::Resource { resource, .. }) => {
            Some(if resource.is_time() { "time".into() } else { "company at the table".into() })
        }
        ("demand", TacticKind::Fixed { demand }) => Some(demand.to_string()),
        ("parts", TacticKind::Mixture { parts }) => {
            let parts = parts.iter().map(|(share, t)| format!("{share} × {}", self::tactic(t)));
            Some(parts.collect::<Vec<_>>().join("; "))
        }
        _ => None,
    })
}

/// The last failure of every item that was bargained over in vain, with who would have accepted what.
pub fn failures(model: &Model, transcript: &Transcript) -> Vec<Failure> {
    let mut found: Vec<Option<Failure>> = vec![None; model.world.items.len()];
    let mut state = State::new(model);
    for step in &transcript.steps {
        if let Turn::Bargain(item) = step.turn {
            let contested = step.entries.iter().find_map(|e| match *e {
                Entry::Contested { item: about, closest, .. } if about == item => Some(closest),
                _ => None,
            });
            if let Some(closest) = contested {
                let times = found[item.at()].as_ref().map_or(0, |f| f.times) + 1;
                found[item.at()] = Some(failure(model, &mut state, item, (step.round, times), closest));
            }
        }
        step.changes.iter().for_each(|(cell, _, after)| state.put(*cell, *after));
    }
    let open = |f: &Failure| {
        let id = model.world.items.iter().position(|i| i.name.id == f.item).map(ItemId::new);
        id.is_some_and(|i| worth::settled_option(model, &state, i).is_none())
    };
    found.into_iter().flatten().map(|f| Failure { open: open(&f), ..f }).collect()
}

fn failure(
    model: &Model,
    state: &mut State,
    item: ItemId,
    (round, times): (u8, usize),
    closest: OptionId,
) -> Failure {
    let w = &model.world;
    let present =
        |s: &&SeatId| SeatState::of(state.get(model, Quantity::SeatState(**s))) == SeatState::Seated;
    let seats: Vec<SeatId> = w.track(w.item(item).track).seats.iter().filter(present).copied().collect();
    let positions: Vec<target::Position> =
        seats.iter().map(|s| target::position(model, state, *s, item)).collect();
    let stand = |(o, option): (usize, &crate::domain::Choice)| {
        let id = OptionId::new(o);
        let short = |p: &target::Position| {
            let gap = p.shortfall(model, state, item, id);
            (!worth::refuses(model, state, p.party, item, id)).then(|| f64::from(gap) / f64::from(POINT))
        };
        Stand {
            option: option.name.id.clone(),
            title: option.name.title.clone(),
            accepts: positions.iter().map(|p| p.accepts(model, state, item, id, 0)).collect(),
            short: positions.iter().map(short).collect(),
        }
    };
    Failure {
        item: w.item(item).name.id.clone(),
        title: w.item(item).name.title.clone(),
        times,
        round,
        open: true,
        parties: seats.iter().map(|s| w.party(w.seat(*s).party).name.id.clone()).collect(),
        names: seats.iter().map(|s| w.party(w.seat(*s).party).name.title.clone()).collect(),
        options: w.item(item).options.iter().enumerate().map(stand).collect(),
        closest: closest.at(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Resource;

    #[test]
    fn tactics_have_names() {
        let called = |kind| tactic(&Tactic { kind, kappa: 0.0, deadline: None, leaves: false });
        assert_eq!(called(TacticKind::Polynomial { beta: 0.4 }), "Boulware (β 0.4): concedes late");
        assert_eq!(called(TacticKind::Exponential { beta: 2.0 }), "Conceder (β 2): concedes early");
        assert!(called(TacticKind::Polynomial { beta: 1.0 }).contains("evenly"));
        let company = TacticKind::Resource { rate: 2.0, resource: Resource::Parties };
        assert_eq!(called(company), "concedes as company at the table runs out (μ 2)");
    }
}
