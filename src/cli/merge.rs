//! `baraza merge`: adds up the shards of an ensemble or the parts of a study, or lays the parts of a design together.

use crate::cli::again::{made, profiles};
use crate::studies::design::Part;
use crate::studies::parted;
use crate::studies::sealed;
use crate::studies::shard::{Shard, join, sum};
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
    match texts.first() {
        Some((_, first)) if sealed::is::<Part>(first) => return design::merge(&texts, options, terminal),
        Some((_, first)) if sealed::is::<parted::Part>(first) => {
            return super::parted::merge(&texts, options, terminal);
        }
        _ => {}
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
    let study = origin.whole(world, options.level)?;
    let counts = sum(&study, &shards).map_err(|why| Failure::new(Exit::No, why))?;
    let mut words = profiles(&scenario, &options.profiles.parties);
    words.extend(changes(origin.head.what_if.as_deref(), &origin.head.set));
    words.extend(study.options().words(counts.runs));
    let made = made("ensemble", &scenario, words);
    let findings = study.findings(counts, &made).ok_or_else(nothing)?;
    options.outputs.tell(&*findings, false, &door, terminal)
}
