//! `baraza merge`: adds up the shards of an ensemble or the parts of a study, or lays the parts of a design together.

use crate::cli::again::{made, profiles};
use crate::studies::design::Part;
use crate::studies::ensemble::{Options, Runs};
use crate::studies::parted;
use crate::studies::sealed;
use crate::studies::shard::{Shard, join};
use crate::studies::study::Study;
use crate::text::command::changes;

use super::args;
use super::design;
use super::exit::{Exit, Failure};
use super::files;
use super::parts::{all, of_scenario};
use super::study::nothing;
use super::terminal::Terminal;

/// Reads the shards, sees that they are one whole, adds them up and tells.
pub(super) fn carry_out(options: &args::Merge, terminal: &Terminal) -> Result<Exit, Failure> {
    let texts = options.shards.iter().map(|path| Ok((path.display().to_string(), files::read(path)?)));
    let texts: Vec<(String, String)> = texts.collect::<Result<_, Failure>>()?;
    if texts.first().is_some_and(|(_, first)| sealed::is::<Part>(first)) {
        return design::merge(&texts, options, terminal);
    }
    if texts.first().is_some_and(|(_, first)| sealed::is::<parted::Part>(first)) {
        return super::parted::merge(&texts, options, terminal);
    }
    if options.table.is_some() {
        let message = "--table is for parts of a design: a row a cell";
        return Err(Failure::new(Exit::Usage, message));
    }
    let shards: Vec<(String, Shard)> = all(&texts)?;
    let joined = join(&shards, options.runs).map_err(|e| Failure::new(Exit::No, e.to_string()))?;
    let Some(origin) = joined else {
        return Err(Failure::new(Exit::Usage, "name the shards to be added up"));
    };
    let (scenario, door, world) =
        of_scenario(options, &shards[0].0, (&origin.scenario, &origin.head), "shards", terminal)?;
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
