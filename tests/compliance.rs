//! Promises: with what odds they are broken, what a breach brings about, and what it never does.

mod support;

use baraza::domain::{
    InstrumentId, InstrumentState, ItemId, ItemState, Lifecycle, PartyId, Quantity as Q, weight,
};
use baraza::drivers::{Sampler, record};
use baraza::kernel::{Cause, Entry};
use support::model;

/// Two texts with a ceasefire each, both in force from the first round; an offensive ends the ceasefire of one party.
const TWO_TEXTS: &str = r#"
[scenario]
title = "Two ceasefires"
start = 2030-01-01
rounds = 5
[party.a]
[party.b]
[track.t]
seats = ["a", "b"]
[instrument.one]
track = "t"
provides = ["ceasefire"]
[instrument.two]
track = "t"
provides = ["ceasefire"]
[event.offensive]
when = "round == 2"
effect = ["party.a.ceasefire = false"]
[event.end]
when = "round == 3"
effect = ["instrument.one.state = END"]
[dynamics]
consult = 0
walk_out = { base = 0, distrust = 0 }
compliance = { base = 0, restore = 0 }
"#;

/// Who fights goes on fighting when one of two texts is suspended, given up or broken; who observes a ceasefire by the other text goes
/// on observing it.
#[test]
fn the_end_of_a_text_never_begins_a_ceasefire() {
    for end in ["suspended", "broken"] {
        let model = model(&TWO_TEXTS.replace("END", end));
        let run = record(&model, &mut Sampler::new(1, 0));
        let ceasefire = |p: usize| run.end[model.cell(Q::Ceasefire(PartyId::new(p)))];
        assert_eq!((ceasefire(0), ceasefire(1)), (0, 1), "{end}");
        let text = run.end[model.cell(Q::InstrumentState(InstrumentId::new(0)))];
        assert_eq!(InstrumentState::of(text).name(), end);
    }
    // Broken by a breach of its own, too.
    let text = TWO_TEXTS.replace("END", "suspended").replace("base = 0, restore", "base = 1, restore");
    let model = model(&text);
    for seed in 0..20 {
        let run = record(&model, &mut Sampler::new(seed, 0));
        for (round, _, entry) in run.entries() {
            let Entry::Changed { quantity: Q::Ceasefire(_), to: 1, cause, .. } = entry else { continue };
            assert!(matches!(cause, Cause::Force(_)) && round == 1, "{entry:?} in round {round}");
        }
    }
}

/// What a text had settled is open again once it is broken, whether it had been carried out or not.
#[test]
fn the_items_of_a_broken_text_are_open_again() {
    for (phases, before) in [(0, ItemState::Sealed), (1, ItemState::Implemented)] {
        let text = format!(
            "[scenario]\ntitle = \"Carried out\"\nstart = 2030-01-01\nrounds = 4\n[party.a]\n[party.b]\n\
             [track.t]\nseats = [\"a\", \"b\"]\n[item.i]\ntrack = \"t\"\n[item.i.option]\nx = {{ a = 100, b = 100 }}\n\
             [instrument.n]\ntrack = \"t\"\nseals = [\"i\"]\nphases = {phases}\n\
             [event.end]\nwhen = \"round == 4\"\neffect = [\"instrument.n.state = broken\"]\n\
             [dynamics]\nconsult = 0\nwalk_out = {{ base = 0, distrust = 0 }}\naudience_refusal = [0, 0, 0, 0, 0]\n\
             compliance = {{ base = 0, restore = 0 }}\n"
        );
        let model = model(&text);
        let run = record(&model, &mut Sampler::new(1, 0));
        let moves = run.entries().filter_map(|(round, _, entry)| match entry {
            Entry::Item { from, to, .. } => Some((round, from, to)),
            _ => None,
        });
        let last: Vec<_> = moves.filter(|(round, ..)| *round == 4).map(|(_, from, to)| (from, to)).collect();
        let breached = [(before, ItemState::Breached), (ItemState::Breached, ItemState::Contested)];
        assert_eq!(last, breached, "{phases} phases");
        assert_eq!(run.end[model.cell(Q::ItemOption(ItemId::new(0)))], 0, "{phases} phases");
    }
}

/// The coefficients count as they are written, and so do parts of points: h = base · exp(z).
#[test]
fn the_odds_of_a_breach_are_those_of_the_formula() {
    let text = r#"
[scenario]
title = "A promise"
start = 2030-01-01
rounds = 3
[party.a]
alternative = 40
[party.b]
[track.t]
seats = ["a", "b"]
[item.i]
track = "t"
[item.i.option]
only = { a = 40.5, b = 50 }
best = { a = 100, red_line_of = ["b"] }
rest = { b = 100, red_line_of = ["a"] }
[instrument.n]
track = "t"
seals = ["i"]
provides = ["verification"]
[dynamics]
consult = 0
mandate = { firm = 0, planned = 1, flexible = 0 }
walk_out = { base = 0, distrust = 0 }
audience_refusal = [0, 0, 0, 0, 0]
compliance = { base = 0.06, verification = 0.125, temptation = 0.025 }
"#;
    let text =
        text.replace("alternative = 40", "alternative = 40\ntactic = { kind = \"fixed\", demand = 0 }");
    let text = text.replace("[party.b]", "[party.b]\ntactic = { kind = \"fixed\", demand = 0 }");
    let model = model(&text);
    let run = record(&model, &mut Sampler::new(1, 0));
    let odds = run.entries().find_map(|(_, _, entry)| match entry {
        Entry::Keeps { party: PartyId(0), odds, .. } => Some(odds),
        _ => None,
    });
    // The alternative is half a point below what the text is worth.
    assert_eq!(odds, Some(weight(0.06 * libm::exp(0.025 * -0.5 - 0.125))));
    assert_eq!(model.world.item(ItemId::new(0)).options.len(), 3);
}
