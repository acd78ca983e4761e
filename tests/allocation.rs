//! No allocation inside a run when nobody is listening.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use baraza::domain::Model;
use baraza::drivers::Sampler;
use baraza::kernel::State;
use baraza::scenario::{Source, load};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

#[expect(unsafe_code, reason = "an allocator that counts has to be an allocator")]
// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn a_silent_run_allocates_nothing() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/doha-2025.toml");
    let text = std::fs::read_to_string(path).expect("the scenario is there");
    let world = load(&Source { name: path.into(), text }, &[], None).world.expect("the scenario loads");
    let model = Model::new(world);
    let mut state = State::new(&model);
    let offers = Model::new(offers());
    let mut exchange = State::new(&offers);
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    assert!(before > 0, "the allocator counts");
    for run in 0..1000 {
        state.reset(&model);
        Sampler::new(1, run).play(&model, &mut state);
    }
    for run in 0..100 {
        exchange.reset(&offers);
        Sampler::new(1, run).play(&offers, &mut exchange);
    }
    assert_eq!(ALLOCATIONS.load(Ordering::Relaxed), before);
}

/// Parties that exchange packages on one track and answer a mediator's text on another.
fn offers() -> baraza::domain::World {
    let mut text = "[scenario]\ntitle = \"Offers\"\nstart = 2025-01-01\nrounds = 6\n\
        [party.a]\nalternative = 30\ntactic = { kind = \"mixture\", parts = [{ kind = \"tit-for-tat\" }, { kind = \"boulware\" }] }\n\
        [party.b]\nalternative = 20\n[party.c]\ntactic = { kind = \"micro\" }\n[mediator.m]\n\
        [track.one]\nseats = [\"a\", \"b\", \"c\"]\nprocedure = \"alternating-offers\"\noffers = \"closest\"\n\
        [track.two]\nseats = [\"a\", \"b\"]\nprocedure = \"single-text\"\nmediators = [\"m\"]\n"
        .to_owned();
    for k in 0..4 {
        text += &format!(
            "[item.i{k}]\ntrack = \"one\"\noption.x = {{ a = 20, b = 5, exposes = {{ a = {{ to = \"b\", risk = 9 }} }} }}\n"
        );
        text += "option.y = { b = 20, c = 10 }\noption.z = { a = 7, b = 7, c = 25 }\n";
        text += &format!(
            "[item.j{k}]\ntrack = \"two\"\noption.x = {{ a = 5 }}\noption.y = {{ b = 5 }}\noption.z = {{ a = 3, b = 3 }}\n"
        );
    }
    load(&Source { name: "offers".into(), text }, &[], None).world.expect("the scenario loads")
}
