//! Plays a scenario once and says how it ended and why: `cargo run --example one_run`.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use baraza::domain::Model;
use baraza::drivers::{Sampler, record};
use baraza::kernel::Entry;
use baraza::scenario::{Source, fingerprint, load};
use baraza::telling::chronicle::{Detail, excerpt};
use baraza::telling::{Origin, Run};

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", told()?);
    Ok(())
}

/// What the program says.
pub fn told() -> Result<String, Box<dyn Error>> {
    let mut out = String::new();
    // A scenario is a text; the name is for messages about its mistakes.
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/2-mediator.toml");
    let source = Source { name: file.display().to_string(), text: std::fs::read_to_string(&file)? };

    // No changes, no what-if: the scenario as it stands. There is a world exactly if there is no mistake.
    let loaded = load(&source, &[], None);
    let Some(world) = loaded.world else {
        return Err(format!("{} has {} mistakes", source.name, loaded.diagnostics.len()).into());
    };

    // What a report names, so that whoever reads it can have the same run again.
    let (seed, run) = (1, 0);
    let origin = Origin { fingerprint: fingerprint(&world), seed, run, what_if: None, set: Vec::new() };

    // The model is the world with all that can be computed beforehand; chance decides in this run.
    let model = Model::new(world);
    let transcript = record(&model, &mut Sampler::new(seed, run));

    // What happened is a list of entries, each with its round and the turn in which it was noted.
    for (round, _, entry) in transcript.entries() {
        match entry {
            Entry::Agreed { item, option, .. } => {
                let item = model.world.item(item);
                writeln!(
                    out,
                    "Round {round}: {} {}.",
                    item.name.title,
                    item.options[option.at()].name.title
                )?;
            }
            Entry::Ends { outcome, .. } => {
                writeln!(
                    out,
                    "Round {round}: the talks end. {}.",
                    model.world.outcomes[outcome.at()].name.title
                )?;
            }
            _ => {}
        }
    }

    // The reasons, in words: the chronicle tells every entry, as much of it as is asked for.
    let run = Run { model: &model, transcript: &transcript, origin: &origin };
    writeln!(out, "\n{}", excerpt(&run, Detail::Normal, false))?;
    Ok(out)
}
