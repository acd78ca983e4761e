//! What counting costs: bare runs beside an ensemble of the same runs, and its throughput on one and two threads.

use baraza::analysis::counters::{Counts, Measure, Plan};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::domain::rule::Rule;
use baraza::domain::{Model, Quantity};
use baraza::drivers::Sampler;
use baraza::kernel::State;
use baraza::scenario::{Source, load, parse_condition};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Runs in one go.
const RUNS: u32 = 2048;

/// Questions of one's own, of the kinds that are asked.
const QUESTIONS: [&str; 4] = [
    "any(front.*.intensity == offensive)",
    "item.prisoners.settled",
    "instrument.framework.signed",
    "round >= 6 and track.doha.ripe",
];

fn model() -> Model {
    let path = format!("{}/scenarios/doha-2025.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the scenario is there");
    Model::new(load(&Source { name: path, text }, &[], None).world.expect("the scenario loads"))
}

fn measures(model: &Model) -> Vec<Measure> {
    let ground = model.ground();
    let compile = |text: &&str| {
        let condition = parse_condition(text, &model.world).expect("a condition");
        Measure::new(*text, Rule::of(&condition, ground))
    };
    QUESTIONS.iter().map(compile).collect()
}

/// The runs alone, with nobody counting.
#[divan::bench]
fn bare_runs(bencher: Bencher) {
    let model = model();
    let mut state = State::new(&model);
    bencher.counter(ItemsCount::new(RUNS)).bench_local(|| {
        for run in 0..RUNS {
            state.reset(&model);
            Sampler::new(1, run).play(&model, &mut state);
            black_box(state.get(&model, Quantity::Outcome));
        }
    });
}

fn counted(bencher: Bencher, threads: usize, questions: bool) {
    let model = model();
    let measures = if questions { measures(&model) } else { Vec::new() };
    let plan = Plan::new(&model, measures.len());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let range = Range { seed: 1, from: 0, to: RUNS };
    bencher
        .counter(ItemsCount::new(RUNS))
        .bench_local(|| pool.install(|| ensemble(&model, &plan, &measures, black_box(range))));
}

/// The same runs, everything counted.
#[divan::bench(args = [1, 2])]
fn ensemble_on_threads(bencher: Bencher, threads: usize) {
    counted(bencher, threads, false);
}

/// The same with four questions, on one thread.
#[divan::bench]
fn ensemble_with_questions(bencher: Bencher) {
    counted(bencher, 1, true);
}

/// Adding up two sets of counts.
#[divan::bench]
fn merging(bencher: Bencher) {
    let model = model();
    let plan = Plan::new(&model, 0);
    let part = ensemble(&model, &plan, &[], Range { seed: 1, from: 0, to: 512 });
    let mut whole = Counts::new(&model, &plan);
    bencher.bench_local(|| whole.merge(black_box(&part)));
}
