//! What the model's own rule weighs at the choices of a sheet, as far as a role may know it.

use crate::agents::take_turn;
use crate::domain::{Model, TrackId, Turn};
use crate::drivers::decider::Decider;
use crate::drivers::{Sampler, record_turn};
use crate::kernel::{Silent, State};
use crate::session::Sight;
use crate::session::chair::Chair;
use crate::session::question::{About, Question, ask};

use super::Topic;

/// The seed of what others do meanwhile: it is that of no talks, so that nothing of their luck is seen.
const SEED: u64 = 0x6869_6e74;
/// The most choices of a role in one turn that are looked at.
const MOST: usize = 8;

/// The choices that fields decide, as they would come in the round to come, each once by the key of its field. `state` holds what the
/// role may know, and nothing else; every turn is looked at as things stand in it, once the tracks have met.
pub fn weighed(model: &Model, role: Decider, state: &State) -> Vec<(String, Question)> {
    let mut found: Vec<(String, Question)> = Vec::new();
    let mut state = state.clone();
    for (place, turn) in model.turns.iter().enumerate() {
        // Whether a track meets at all comes before everything else of a round. Where that hangs on what others hide, it is as it stands.
        if let Turn::Open(track) = *turn {
            if meets_openly(model, role, track) {
                take_turn(model, &mut state, *turn, &mut Sampler::new(SEED, 0), &mut Silent);
            }
            continue;
        }
        let mut decided = Vec::new();
        let asked = |decided: &[usize]| next(model, role, &state, place, decided);
        while let Some(question) = asked(&decided).filter(|_| decided.len() < MOST) {
            decided.push(question.own().pick);
            let key = topic(model, &question).map(|topic| topic.key(model));
            if let Some(key) = key.filter(|key| !found.iter().any(|(known, _)| known == key)) {
                found.push((key, question));
            }
        }
    }
    found
}

/// Whether a role knows all by which it is decided whether a track meets, and who has a seat there.
fn meets_openly(model: &Model, role: Decider, track: TrackId) -> bool {
    let (world, sight) = (&model.world, Sight::of(&model.world, role));
    let track = world.track(track);
    let own = [&track.opens_when, &track.suspended_when, &track.collapses_when];
    let parties = track.seats.iter().map(|seat| world.party(world.seat(*seat).party));
    let admission = parties.flat_map(|p| [&p.admitted_when, &p.suspended_when]);
    own.into_iter().chain(admission).flatten().all(|condition| sight.knows_all(condition))
}

/// What a role is asked next in a turn, once it has decided this much of it.
fn next(model: &Model, role: Decider, known: &State, place: usize, decided: &[usize]) -> Option<Question> {
    let (mut state, mut chance) = (known.clone(), Sampler::new(SEED, 0));
    let seats = [role];
    let mut chair =
        Chair { model, seats: &seats, orders: true, chance: &mut chance, decided, used: 0, due: None };
    let mut rewards = vec![0; model.world.rewards.len()];
    let step = record_turn(model, &mut state, place, &mut chair, &mut rewards);
    ask(model, known, &chair.due?, &step.entries)
}

/// The field that decides a choice, where its rule hangs on nothing that others hide.
fn topic(model: &Model, question: &Question) -> Option<Topic> {
    let seat = |party, text| model.world.seat_at(party, model.world.instrument(text).track);
    Some(match question.about {
        About::Seat(s) => Topic::of_seat(question.site.what, s),
        About::Position(s, i) => Topic::Accept(s, i),
        About::Sign(p, n) => Topic::Sign(seat(p, n)?, n),
        About::Keep(p, n) => Topic::Keep(seat(p, n)?, n),
        About::Press(_, f) => Topic::Press(f),
        About::BreakDown(m, _) => Topic::EndTalks(m),
        About::Guarantee(m, _) => Topic::Guarantee(m),
        About::Action(m, _) => Topic::Actions(m),
        _ => return None,
    })
}
