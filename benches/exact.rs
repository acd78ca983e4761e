//! States a second of the sweep through all that can happen, on one thread and on two.

use baraza::analysis::exact::exact;
use baraza::domain::Model;
use baraza::drivers::enumerate::{Fixed, Limits, MemoryBudget, TrackedCells};
use baraza::scenario::{Change, Source, load};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The second lesson, with so many rounds.
fn model(rounds: u8) -> Model {
    let path = format!("{}/scenarios/tutorial/2-mediator.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the scenario is there");
    let source = Source { name: "2-mediator.toml".into(), text };
    let change = Change { path: "scenario.rounds".into(), value: rounds.to_string() };
    Model::new(load(&source, &[change], None).world.expect("it has no mistakes"))
}

fn states(model: &Model) -> u64 {
    let all = Limits { room: MemoryBudget::ALL, budget: 0.0, hopeless: 0.0 };
    exact::<Fixed>(model, &[], all, &mut TrackedCells::guess(model), |_| true).expect("no measures").states
}

#[divan::bench(args = [(8, 1), (10, 1), (10, 2)], sample_count = 5)]
fn sweep(bencher: Bencher, (rounds, threads): (u8, usize)) {
    let model = model(rounds);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let n = pool.install(|| states(&model));
    bencher.counter(ItemsCount::new(n)).bench(|| pool.install(|| states(black_box(&model))));
}
