//! `baraza merge`: adds up the shards of an ensemble.

use std::path::{Path, PathBuf};

use crate::analysis::counters::Counts;
use crate::scenario::fingerprint;
use crate::studies::shard::{Shard, Study as Origin, join};

use super::again::{changes, command, profiles};
use super::args;
use super::ensemble::{Study, Told, tell};
use super::exit::{Exit, Failure};
use super::files;
use super::load;
use super::recorded;
use super::terminal::Terminal;

/// Reads the shards, sees that they are one whole, adds them up and tells.
pub(super) fn carry_out(options: &args::Merge, terminal: &Terminal) -> Result<Exit, Failure> {
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
    let study = Study::new(world, &origin.measures, terminal)?;
    let mut counts = Counts::new(&study.model, &study.plan);
    for (name, shard) in &shards {
        let part = shard.counts(&study.model, &study.plan);
        counts.merge(&part.map_err(|e| Failure::new(Exit::No, format!("{name}: {e}")))?);
    }
    let told = Told {
        study: &study,
        counts: &counts,
        from: 0,
        seed: origin.head.seed,
        what_if: origin.head.what_if.as_deref(),
        set: &origin.head.set,
        until: None,
        level: options.level,
        file: scenario.display().to_string(),
        again: again(options, &scenario, &origin, counts.runs),
    };
    tell(&told, &options.outputs, &door, terminal)?;
    Ok(Exit::Fine)
}

/// The command that shows the same again, in one piece.
fn again(options: &args::Merge, file: &Path, origin: &Origin, runs: u64) -> String {
    let mut words = vec!["baraza".into(), "ensemble".into()];
    words.extend(profiles(file, &options.profiles.parties));
    words.extend(["--runs".into(), runs.to_string(), "--seed".into(), origin.head.seed.to_string()]);
    words.extend(["--level".into(), options.level.to_string()]);
    words.extend(changes(origin.head.what_if.as_deref(), &origin.head.set));
    words.extend(origin.measures.iter().flat_map(|text| ["--measure".into(), text.clone()]));
    command(&words)
}

fn read(path: &Path) -> Result<(String, Shard), Failure> {
    let name = path.display().to_string();
    match Shard::read(&files::read(path)?) {
        Ok(shard) => Ok((name, shard)),
        Err(refusal) => Err(Failure::new(Exit::No, format!("{name}: {refusal}"))),
    }
}
