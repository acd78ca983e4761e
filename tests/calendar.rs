//! The same sessions on other days: what happens between sessions happens as often in a month, whatever the days between them.

mod support;

use baraza::agents::play;
use baraza::domain::{Model, Quantity, Turn};
use baraza::drivers::Sampler;
use baraza::kernel::{Chronicle, Entry, State};
use support::shipped;

const RUNS: u32 = 1_500;

/// Counts what happens between sessions: attacks, somebody pressing at a front, broken promises.
#[derive(Default)]
struct Between([u32; 3]);

impl Chronicle for Between {
    fn note(&mut self, _: Turn, entry: Entry) {
        match entry {
            Entry::Attacks { .. } => self.0[0] += 1,
            Entry::Presses { .. } => self.0[1] += 1,
            Entry::Keeps { keeps: false, .. } => self.0[2] += 1,
            _ => {}
        }
    }
}

/// How often each happens in 30 days.
fn a_month(model: &Model) -> [f64; 3] {
    let (mut state, mut counted, mut days) = (State::new(model), Between::default(), 0);
    for run in 0..RUNS {
        state.reset(model);
        play(model, &mut state, &mut Sampler::new(3, run), &mut counted);
        days += model.world.day_of(state.get(model, Quantity::Round) + 1);
    }
    counted.0.map(|n| f64::from(n) * 30.0 / f64::from(days))
}

/// Doha with its thirteen sessions every three weeks, as the file has them; every week; every fortnight; and in pairs, five days and five
/// weeks apart. Without conversion a week would bring three times as much in a month. What is left is that more than one attack between
/// two sessions counts once, and that talks are another thing where they take three months.
#[test]
fn what_is_per_month_stays_per_month() {
    let pairs = "[2025-07-09, 2025-07-14, 2025-08-20, 2025-08-25, 2025-10-01, 2025-10-06, 2025-11-12, 2025-11-17, 2025-12-24, \
                 2025-12-29, 2026-02-04, 2026-02-09, 2026-03-18]";
    let file = a_month(&shipped("doha-2025", &[]));
    println!("attacks, pressing, breaches in 30 days: {file:.3?}");
    for (calendar, change) in [
        ("a week", ("scenario.round_days", "7")),
        ("a fortnight", ("scenario.round_days", "14")),
        ("in pairs", ("scenario.sessions", pairs)),
    ] {
        let other = a_month(&shipped("doha-2025", &[change]));
        let ratios = [0, 1, 2].map(|k| other[k] / file[k]);
        println!("{calendar}: {other:.3?}, {ratios:.2?} of the file's");
        assert!(ratios.iter().all(|r| (0.75..=1.33).contains(r)), "{calendar}: {ratios:?}");
    }
}
