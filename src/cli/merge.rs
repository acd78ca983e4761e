//! `baraza merge`: adds up the shards of an ensemble, or lays the parts of a design together.

use std::path::{Path, PathBuf};

use crate::cli::again::{made, profiles};
use crate::scenario::fingerprint;
use crate::studies::design::part::is_part;
use crate::studies::ensemble::{Options, Runs};
use crate::studies::shard::{Shard, join};
use crate::studies::study::Study;
use crate::text::command::changes;

use super::args;
use super::design;
use super::exit::{Exit, Failure};
use super::files;
use super::load;
use super::recorded;
use super::study::nothing;
use super::terminal::Terminal;

/// Reads the shards, sees that they are one whole, adds them up and tells.
pub(super) fn carry_out(options: &args::Merge, terminal: &Terminal) -> Result<Exit, Failure> {
    if options.shards.first().is_some_and(|first| files::read(first).is_ok_and(|text| is_part(&text))) {
        return design::merge(options, terminal);
    }
    if options.table.is_some() {
        let message = "--table is for parts of a design: a row a cell";
        return Err(Failure::new(Exit::Usage, message));
    }
    let shards: Vec<(String, Shard)> =
        options.shards.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let joined = join(&shards, options.runs).map_err(|e| Failure::new(Exit::No, e.to_string()))?;
    let Some(origin) = joined else {
        return Err(Failure::new(Exit::Usage, "name the shards to be added up"));
    };
    let named = options.scenario.as_deref();
    let scenario = recorded::of_work(Path::new(&shards[0].0), named, &origin.scenario)?;
    let inputs = options.shards.iter().chain([&scenario]).map(PathBuf::as_path);
    let door = options.outputs.door(inputs);
    options.outputs.check(&door)?;
    let world = load::world(
        &scenario,
        &options.profiles.parties,
        &origin.head.set,
        origin.head.what_if.as_deref(),
        terminal,
    )
    .map_err(|failure| recorded::moved(failure, named))?;
    let fingerprint = fingerprint(&world);
    if fingerprint != origin.head.fingerprint {
        let message = format!(
            "{} is not the scenario of the shards, or it was changed since: its fingerprint is {}, theirs is {}; name \
             theirs with `--scenario FILE`, or compute the shards again",
            scenario.display(),
            fingerprint,
            origin.head.fingerprint
        );
        return Err(Failure::new(Exit::No, message));
    }
    let asked = Options {
        to: Some(origin.to),
        seed: origin.head.seed,
        measure: origin.measures.clone(),
        level: options.level,
        ..Options::default()
    };
    let changed = (origin.head.what_if.as_deref(), origin.head.set.as_slice());
    let study = Runs::plan(world, changed, asked)?;
    let mut counts = study.begin();
    for (name, shard) in &shards {
        let part = shard.counts(&study.model, &study.plan);
        study.merge(&mut counts, part.map_err(|e| Failure::new(Exit::No, format!("{name}: {e}")))?);
    }
    let mut words = profiles(&scenario, &options.profiles.parties);
    words.extend(changes(changed.0, changed.1));
    words.extend(study.options().words(counts.runs));
    let made = made("ensemble", &scenario, words);
    let findings = study.findings(counts, &made).ok_or_else(nothing)?;
    options.outputs.tell(&*findings, false, &door, terminal)
}

fn read(path: &Path) -> Result<(String, Shard), Failure> {
    let name = path.display().to_string();
    match Shard::read(&files::read(path)?) {
        Ok(shard) => Ok((name, shard)),
        Err(refusal) => Err(Failure::new(Exit::No, format!("{name}: {refusal}"))),
    }
}
