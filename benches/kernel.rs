//! Turns and runs a second on one core, with nobody listening.

use baraza::agents::play;
use baraza::domain::{Model, ONE, Quantity, Weight};
use baraza::drivers::philox::block;
use baraza::drivers::{Sampler, record};
use baraza::kernel::{Chooser, Silent, Site, State};
use baraza::scenario::{Source, load};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const SCENARIOS: [&str; 4] =
    ["doha-2025", "tutorial/1-two-parties", "tutorial/2-mediator", "tutorial/3-spoiler-and-front"];

fn text(name: &str) -> Source {
    let path = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the scenario is there");
    Source { name: path, text }
}

fn model(name: &str) -> Model {
    Model::new(load(&text(name), &[], None).world.expect("the scenario loads"))
}

/// Whole runs, sampled.
#[divan::bench(args = SCENARIOS)]
fn runs(bencher: Bencher, name: &str) {
    let model = model(name);
    let mut state = State::new(&model);
    let mut run = 0;
    bencher.counter(ItemsCount::new(1u32)).bench_local(|| {
        run += 1;
        state.reset(&model);
        Sampler::new(1, run).play(&model, &mut state);
        black_box(state.get(&model, Quantity::Outcome))
    });
}

/// Turns, sampled: the same runs, counted by turns.
#[divan::bench(args = SCENARIOS)]
fn turns(bencher: Bencher, name: &str) {
    let model = model(name);
    let mut state = State::new(&model);
    let rounds: usize = (0..1000)
        .map(|run| {
            state.reset(&model);
            Sampler::new(1, run).play(&model, &mut state);
            usize::from(state.get(&model, Quantity::Round))
        })
        .sum();
    let turns = rounds * model.turns.len();
    bencher.counter(ItemsCount::new(turns)).bench_local(|| {
        for run in 0..1000 {
            state.reset(&model);
            Sampler::new(1, run).play(&model, &mut state);
        }
    });
}

/// Picks the likeliest alternative: the kernel without random numbers.
struct Likeliest;

impl Chooser for Likeliest {
    fn choose(&mut self, _site: Site, weights: &[Weight]) -> usize {
        weights.iter().position(|w| *w > ONE / 2).unwrap_or(0)
    }
}

/// Whole runs without random numbers.
#[divan::bench]
fn runs_without_chance(bencher: Bencher) {
    let model = model("doha-2025");
    let mut state = State::new(&model);
    bencher.counter(ItemsCount::new(1u32)).bench_local(|| {
        state.reset(&model);
        play(&model, &mut state, &mut Likeliest, &mut Silent);
        black_box(state.get(&model, Quantity::Outcome))
    });
}

/// A run that is recorded in full.
#[divan::bench]
fn recorded_run(bencher: Bencher) {
    let model = model("doha-2025");
    let mut run = 0;
    bencher.bench_local(|| {
        run += 1;
        record(&model, &mut Sampler::new(1, run))
    });
}

/// Reading, checking and preparing a scenario.
#[divan::bench]
fn loading(bencher: Bencher) {
    let source = text("doha-2025");
    bencher.bench_local(|| Model::new(load(black_box(&source), &[], None).world.expect("it loads")));
}

/// One block of random numbers.
#[divan::bench]
fn philox_block(bencher: Bencher) {
    let mut n = 0u32;
    bencher.bench_local(|| {
        n = n.wrapping_add(1);
        black_box(block([n, 1, 2, 3], [4, 5]))
    });
}
