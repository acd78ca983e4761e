//! Random play: every alternative equally likely, so that corners are reached which chance seldom visits.

mod support;

use std::collections::BTreeSet;

use baraza::domain::{Lifecycle, Model, ONE, Quantity as Q, Weight};
use baraza::drivers::{Choice, Transcript, philox::Stream, record};
use baraza::kernel::{Chooser, Entry, Site};
use baraza::scenario::{Change, Source, load};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rand::Rng;
use support::generate::{LARGE, scenarios};
use support::luck::{luck, repeated};

/// The scenarios that the program ships.
const SHIPPED: [&str; 7] = [
    "scenarios/doha-2025.toml",
    "scenarios/camp-david-1978.toml",
    "scenarios/scoreable.toml",
    "scenarios/tutorial/1-two-parties.toml",
    "scenarios/tutorial/2-mediator.toml",
    "scenarios/tutorial/3-spoiler-and-front.toml",
    "scenarios/tutorial/4-shrinking-harvest.toml",
];

/// Picks any possible alternative, all equally likely.
struct Player(Stream);

impl Chooser for Player {
    fn choose(&mut self, _site: Site, weights: &[Weight]) -> usize {
        let possible: Vec<_> = (0..weights.len()).filter(|k| weights[*k] > 0).collect();
        possible[self.0.next_u32() as usize % possible.len()]
    }
}

fn shipped(path: &str, changes: &[Change], what_if: Option<&str>) -> Model {
    let text =
        std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("it is shipped");
    let loaded = load(&Source { name: path.into(), text }, changes, what_if);
    let problems = baraza::render::diagnostics::render(&loaded.diagnostics, false);
    // A what-if may well make an event impossible; the scenario itself gives no cause for doubt.
    assert!(loaded.diagnostics.is_empty() || what_if.is_some(), "{problems}");
    Model::new(loaded.world.expect("it loads"))
}

fn check(model: &Model, transcript: &Transcript) {
    for (cell, info) in model.cells.iter().enumerate() {
        assert!(transcript.end[cell] <= info.max, "{}", model.world.path(info.quantity));
    }
    assert_ne!(transcript.end[model.cell(Q::Outcome)], 0, "every run has an outcome");
    for Choice { site, weights, pick } in transcript.steps.iter().flat_map(|s| &s.choices) {
        assert_eq!(weights.iter().sum::<Weight>(), ONE, "{site:?}");
        assert!(weights[*pick] > 0, "{site:?}");
    }
}

#[test]
fn shipped_scenarios_and_their_what_ifs_play_to_the_end() {
    for path in SHIPPED {
        let ids: Vec<_> = shipped(path, &[], None).world.what_ifs.iter().map(|w| w.name.id.clone()).collect();
        for what_if in ids.iter().map(|id| Some(id.as_str())).chain([None]) {
            let model = shipped(path, &[], what_if);
            for seed in 0..40 {
                check(&model, &record(&model, &mut Player(Stream::new(seed, 0))));
            }
        }
    }
}

/// Changing one agent by `--set` or by a what-if leaves every draw of the other agents as it was.
#[test]
fn a_change_to_one_agent_leaves_the_luck_of_others() {
    let base = shipped(SHIPPED[0], &[], None);
    let change = Change { path: "backer.rwanda.tolerance".into(), value: "very-high".into() };
    let ids = base.world.what_ifs.iter().map(|w| w.name.id.clone());
    let mut worlds: Vec<Model> = ids.map(|id| shipped(SHIPPED[0], &[], Some(&id))).collect();
    worlds.push(shipped(SHIPPED[0], &[change], None));
    let ours = luck(&base, 3, 0..20);
    for changed in &worlds {
        let (mut compared, mut anew) = (0, 0);
        for (one, other) in ours.iter().zip(luck(changed, 3, 0..20)) {
            for (whose, draw) in one {
                if let Some(same) = other.get(whose) {
                    assert_eq!(draw, same, "{whose}");
                    compared += 1;
                }
            }
            anew += repeated(one);
        }
        assert!(compared > 400 && anew <= 2, "{compared} compared, {anew} drawn twice");
    }
}

/// Every row of every transition table that the rules themselves can take is taken by some generated scenario.
#[test]
fn every_transition_is_reached() {
    // These need an effect of a scenario; the rules alone never take them.
    let by_effect_only = [
        "mediator facilitating -> suspended",
        "mediator shuttling -> suspended",
        "mediator pressing -> suspended",
        "mediator suspended -> facilitating",
        "spoiler co-opted -> quiet",
        "instrument suspended -> broken",
    ];
    let missing = |seen: &BTreeSet<Row>| {
        let mut missing = Vec::new();
        missing.extend(unseen::<baraza::domain::SeatState>(seen));
        missing.extend(unseen::<baraza::domain::MediatorState>(seen));
        missing.extend(unseen::<baraza::domain::ItemState>(seen));
        missing.extend(unseen::<baraza::domain::InstrumentState>(seen));
        missing.extend(unseen::<baraza::domain::TrackState>(seen));
        missing.extend(unseen::<baraza::domain::SpoilerState>(seen));
        missing.extend(unseen::<baraza::domain::ObserverState>(seen));
        missing.extend(unseen::<baraza::domain::EventState>(seen));
        missing.retain(|row| !by_effect_only.contains(&row.as_str()));
        missing
    };
    let mut seen = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for seed in 0..20_000 {
        // Once every row has been taken, more scenarios would show nothing new.
        if seed % 1000 == 0 && missing(&seen).is_empty() {
            break;
        }
        let draft = scenarios(LARGE).new_tree(&mut runner).expect("a scenario").current();
        let model = support::model(&draft.text());
        let transcript = record(&model, &mut Player(Stream::new(seed, 0)));
        check(&model, &transcript);
        collect(&model, &transcript, &mut seen);
    }
    let missing = missing(&seen);
    assert!(missing.is_empty(), "never taken: {missing:#?}");
}

type Row = (&'static str, u8, u8);

fn collect(model: &Model, transcript: &Transcript, seen: &mut BTreeSet<Row>) {
    for (_, _, entry) in transcript.entries() {
        seen.extend(match entry {
            Entry::Seat { from, to, .. } => Some(("party", from as u8, to as u8)),
            Entry::Track { from, to, .. } => Some(("track", from as u8, to as u8)),
            Entry::Item { from, to, .. } => Some(("item", from as u8, to as u8)),
            Entry::Instrument { from, to, .. } => Some(("instrument", from as u8, to as u8)),
            _ => None,
        });
    }
    for (cell, from, to) in transcript.steps.iter().flat_map(|s| &s.changes) {
        let kind = match model.cells[*cell].quantity {
            Q::MediatorState(_) => "mediator",
            Q::ItemState(_) => "item",
            Q::SpoilerState(_) => "spoiler",
            Q::ObserverState(_) => "observer",
            Q::EventState(_) => "event",
            _ => continue,
        };
        seen.insert((kind, *from, *to));
    }
}

fn unseen<S: Lifecycle>(seen: &BTreeSet<Row>) -> Vec<String> {
    let rows = S::TABLE.iter().filter(|t| !seen.contains(&(S::KIND, t.from.number(), t.to.number())));
    rows.map(|t| format!("{} {} -> {}", S::KIND, t.from.name(), t.to.name())).collect()
}
