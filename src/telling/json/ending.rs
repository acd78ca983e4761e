//! How a run ended, as data.

use serde::Serialize;

use crate::domain::{InstrumentId, InstrumentState, Model, Quantity};
use crate::kernel::{Entry, State, worth};
use crate::telling::Run;

/// The end of the talks.
#[derive(Debug, Serialize)]
pub(super) struct End<'a> {
    outcome: &'a str,
    title: &'a str,
    round: u8,
    early: bool,
    seats: Vec<Seat<'a>>,
    instruments: Vec<Instrument<'a>>,
    items: Vec<Item<'a>>,
    fronts: Vec<Front<'a>>,
    rewards: Vec<Reward<'a>>,
}

#[derive(Debug, Serialize)]
struct Seat<'a> {
    party: &'a str,
    track: &'a str,
    points: f64,
    alternative: f64,
}

#[derive(Debug, Serialize)]
struct Instrument<'a> {
    instrument: &'a str,
    title: &'a str,
    state: String,
    signed: Option<Signing>,
}

#[derive(Debug, Serialize)]
struct Signing {
    round: u8,
    date: String,
}

#[derive(Debug, Serialize)]
struct Item<'a> {
    item: &'a str,
    title: &'a str,
    state: String,
    option: Option<String>,
}

#[derive(Debug, Serialize)]
struct Front<'a> {
    front: &'a str,
    holder: String,
    intensity: String,
}

#[derive(Debug, Serialize)]
struct Reward<'a> {
    reward: &'a str,
    title: &'a str,
    unit: &'a str,
    total: u64,
}

impl<'a> End<'a> {
    /// The end of a run.
    pub fn of(run: &Run<'a>) -> Self {
        let (model, world) = (run.model, &run.model.world);
        let mut state = State::new(model);
        state.restore(&run.transcript.end);
        let value = |q: Quantity| model.value_name(q, state.get(model, q));
        let place = usize::from(state.get(model, Quantity::Outcome)).saturating_sub(1);
        let outcome = &world.outcomes[place];
        let early = run.transcript.entries().any(|(_, _, e)| matches!(e, Entry::Ends { early: true, .. }));
        Self {
            outcome: &outcome.name.id,
            title: &outcome.name.title,
            round: state.get(model, Quantity::Round),
            early,
            seats: seats(model, &state),
            instruments: (0..world.instruments.len()).map(|n| instrument(run, n.into(), value)).collect(),
            items: world
                .items
                .iter()
                .enumerate()
                .map(|(k, item)| Item {
                    item: &item.name.id,
                    title: &item.name.title,
                    state: value(Quantity::ItemState(k.into())),
                    option: worth::settled_option(model, &state, k.into())
                        .map(|o| item.options[o.at()].name.id.clone()),
                })
                .collect(),
            fronts: world
                .fronts
                .iter()
                .enumerate()
                .map(|(k, front)| Front {
                    front: &front.name.id,
                    holder: value(Quantity::Holder(k.into())),
                    intensity: value(Quantity::Intensity(k.into())),
                })
                .collect(),
            rewards: world
                .rewards
                .iter()
                .zip(&run.transcript.rewards)
                .map(|(r, total)| Reward {
                    reward: &r.name.id,
                    title: &r.name.title,
                    unit: &r.unit,
                    total: *total,
                })
                .collect(),
        }
    }
}

fn seats<'a>(model: &'a Model, state: &State) -> Vec<Seat<'a>> {
    let world = &model.world;
    let seat = |(k, seat): (usize, &crate::domain::Seat)| Seat {
        party: &world.party(seat.party).name.id,
        track: &world.track(seat.track).name.id,
        points: worth::gained(model, state, k.into()),
        alternative: worth::alternative(model, state, k.into()),
    };
    world.seats.iter().enumerate().map(seat).collect()
}

/// A text and the round in which it was signed last.
fn instrument<'a>(run: &Run<'a>, id: InstrumentId, value: impl Fn(Quantity) -> String) -> Instrument<'a> {
    let world = &run.model.world;
    let signing = run.transcript.entries().filter_map(|(round, _, entry)| match entry {
        Entry::Instrument { instrument, to: InstrumentState::Signed, .. } if instrument == id => Some(round),
        _ => None,
    });
    let signed = signing.last().map(|round| Signing { round, date: world.date_of(round).to_string() });
    let text = world.instrument(id);
    Instrument {
        instrument: &text.name.id,
        title: &text.name.title,
        state: value(Quantity::InstrumentState(id)),
        signed,
    }
}
