//! What a change does: some thousand pairs of runs with the same luck, and the interval of the difference:
//! `cargo run --release --example what_if_pairs`.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use baraza::analysis::ensemble::Range;
use baraza::analysis::pairs::{Pair, compare};
use baraza::analysis::what_if::{Estimate, Method, effect};
use baraza::domain::Model;
use baraza::scenario::{Source, load};

/// A what-if of the scenario's file: the elders who mediate are not believed any more.
const CHANGE: &str = "no-elders";

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", told()?);
    Ok(())
}

/// What the program says.
pub fn told() -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/2-mediator.toml");
    let source = Source { name: file.display().to_string(), text: std::fs::read_to_string(&file)? };
    let model = |what_if| load(&source, &[], what_if).world.map(Model::new).ok_or("the file has mistakes");
    let (baseline, variant) = (model(None)?, model(Some(CHANGE))?);

    // Run k of both worlds draws the same numbers for the same agents, purposes and rounds. So whatever differs
    // between them comes of the change, and far fewer runs are needed than if each world had its own luck.
    let pair = Pair::new(&baseline, &variant, Vec::new())?;
    let counts = compare(&pair, Range { seed: 1, from: 0, to: 4000 });

    // Intervals at 95 %, made for pairs. They measure the luck of the draws, not whether the numbers are right.
    let effect = effect(CHANGE, &pair, &counts, &[], Estimate { alpha: 0.05, method: Method::Newcombe });
    writeln!(out, "{} pairs; in {} the talks end in another way.", effect.pairs, effect.flipped)?;
    let percent = |share: f64| 100.0 * share;
    for outcome in &effect.outcomes {
        writeln!(
            out,
            "{}: {:.1} % as is, {:.1} % with the change, {:+.1} points (from {:+.1} to {:+.1})",
            outcome.title,
            percent(outcome.baseline),
            percent(outcome.changed),
            percent(outcome.difference),
            percent(outcome.low),
            percent(outcome.high),
        )?;
    }

    // The commonest flip, and a run that shows it: `baraza what-if FILE no-elders --pair N` lays it side by side.
    if let Some(flip) = effect.flips.first() {
        let [from, to] = &flip.outcomes;
        writeln!(out, "Most often from {from} to {to}, in {} pairs: see run {}.", flip.pairs, flip.example)?;
    }
    Ok(out)
}
