//! How the talks ended and the turns that mattered, before the rounds are told.

use crate::domain::{InstrumentId, InstrumentState, Quantity, SeatState, TrackState};
use crate::drivers::Step;
use crate::kernel::Entry;
use crate::telling::Run;
use crate::text::writer::Writer;

use super::Detail;
use super::ending;
use super::story::Story;
use super::turns::{Said, Teller, by_turn, when};

/// The most turns that are named.
const TURNS: usize = 5;

/// Writes the end in a sentence and the turns that mattered, in their order.
pub(super) fn write(page: &mut Writer, end: &Story, run: &Run) {
    page.heading("In short");
    ending::outcome(page, end, run);
    let turns = mattered(run);
    if turns.is_empty() {
        return;
    }
    page.gap();
    page.section("The turns that mattered");
    turns.iter().for_each(|text| page.item(text));
}

/// How the talks ended and when, in a sentence.
pub(crate) fn ended(run: &Run) -> String {
    ending::ended(&run.model.world, run).unwrap_or_default()
}

/// The turns that mattered, each with its round and its date.
pub(crate) fn mattered(run: &Run) -> Vec<String> {
    let world = &run.model.world;
    let tell = |said: Said| format!("Round {} ({}): {}", said.round, when(world, said.round), said.text);
    turns(run).into_iter().map(tell).collect()
}

/// All of it by rounds: what each is called, and what is told of it. Rounds of which nothing is told are left out.
pub(crate) fn told(run: &Run, detail: Detail) -> Vec<(String, Vec<String>)> {
    let world = &run.model.world;
    let mut teller = Teller::new(run.model);
    let said = by_turn(run.model, run.transcript, detail);
    let rounds = said.chunk_by(|a, b| a.round == b.round);
    rounds
        .map(|round| {
            let entries = round.iter().flat_map(|said| {
                let remarks = said.remarks.iter().map(|remark| format!("– {}", teller.tell(remark)));
                let remarks: Vec<String> = remarks.collect();
                std::iter::once(teller.tell(&said.text)).chain(remarks).collect::<Vec<_>>()
            });
            let number = round[0].round;
            (format!("Round {number} of {} · {}", world.rounds, when(world, number)), entries.collect())
        })
        .collect()
}

/// The turns whose news weighs most; of equals the later.
fn turns(run: &Run) -> Vec<Said> {
    let steps = &run.transcript.steps;
    let weigh = |said: &Said| {
        let step = steps.iter().find(|s| (s.round, s.turn) == (said.round, said.turn));
        step.map_or(0, |step| weight(run, step))
    };
    let mut told: Vec<(u32, Said)> = Vec::new();
    for said in by_turn(run.model, run.transcript, Detail::Brief) {
        let known = told.last().is_some_and(|(_, t)| (t.round, t.turn) == (said.round, said.turn));
        match weigh(&said) {
            weight if weight > 0 && !known => told.push((weight, said)),
            _ => {}
        }
    }
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|k| std::cmp::Reverse((told[*k].0, *k)));
    order.truncate(TURNS);
    order.sort_unstable();
    order.into_iter().map(|k| told[k].1.clone()).collect()
}

/// How much the news of a turn weighs: what becomes of texts first, the more so the more outcomes ask for
/// them; then who holds what, who leaves the table, and what happened from outside.
fn weight(run: &Run, step: &Step) -> u32 {
    let entries = step.entries.iter().map(|entry| match entry {
        Entry::Instrument { instrument, from, to } => {
            let weight = match (from, to) {
                (_, InstrumentState::Broken) => 9,
                (InstrumentState::Suspended, InstrumentState::InForce) => 3,
                (_, InstrumentState::Signed | InstrumentState::InForce) => 7,
                (_, InstrumentState::Suspended | InstrumentState::Lapsed) => 6,
                _ => 0,
            };
            weight * (1 + outcomes_about(run, *instrument))
        }
        Entry::Track { to: TrackState::Collapsed, .. } => 20,
        Entry::Captured { .. } => 8,
        Entry::Track { to: TrackState::Suspended, .. } => 8,
        Entry::Seat { to: SeatState::WalkedOut | SeatState::Withdrawn, .. } => 5,
        Entry::Fires { .. } => 3,
        Entry::Agreed { .. } => 2,
        _ => 0,
    });
    entries.max().unwrap_or(0)
}

/// How many outcomes of the scenario ask for the state of a text.
fn outcomes_about(run: &Run, text: InstrumentId) -> u32 {
    let conditions = run.model.world.outcomes.iter().filter_map(|o| o.when.as_ref());
    conditions.filter(|when| when.quantities().contains(&Quantity::InstrumentState(text))).count() as u32
}
