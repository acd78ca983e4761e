//! The same bytes on every machine, thread count and build: golden hashes of whole runs.

mod support;

use baraza::drivers::{Sampler, record};
use sha2::{Digest, Sha256};

/// A scenario of the tests' own, so that changes to the shipped ones do not touch the golden hashes.
const SCENARIO: &str = include_str!("support/golden.toml");

/// The runs of one seed as one hash over everything chosen, noted and changed.
fn hash(seed: u64) -> String {
    let model = support::model(SCENARIO);
    let mut hasher = Sha256::new();
    for run in 0..50 {
        let transcript = record(&model, &mut Sampler::new(seed, run));
        for step in &transcript.steps {
            for choice in &step.choices {
                hasher.update([choice.site.what as u8, choice.pick as u8]);
                hasher.update(choice.site.address.to_le_bytes());
                choice.weights.iter().for_each(|w| hasher.update(w.to_le_bytes()));
            }
            step.changes.iter().for_each(|(cell, from, to)| hasher.update([*cell as u8, *from, *to]));
        }
        hasher.update(&transcript.end);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn golden_runs() {
    insta::assert_snapshot!(format!("seed 1: {}\nseed 2: {}", hash(1), hash(2)));
}
