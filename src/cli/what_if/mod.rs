//! `baraza what-if`: what changes do, in pairs of worlds with common random numbers.

mod each_pair;
mod pair;

use crate::analysis::ensemble::Range;
use crate::cli::again::{made, profiles};
use crate::domain::Model;
use crate::scenario;
use crate::studies::study::Study;
use crate::studies::what_if::Changes;
use crate::text::command::command;

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::parted;
use super::single::Single;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

/// Plays pairs, counts and tells.
pub(super) fn carry_out(options: &args::WhatIf, terminal: &Terminal) -> Result<Exit, Failure> {
    let (file, asked) = (&options.file, &options.asked);
    let door = options.outputs.door([file.as_path()]);
    options.outputs.check(&door)?;
    let each_pair = Single::new(&door, each_pair::FLAG, options.each_pair.as_deref())?;
    let source = load::announced(file, &options.profiles.parties, terminal)?;
    let world = load::of_source(&source, file, &[], None, terminal)?;
    if options.pair.is_some() || options.show_flip.is_some() {
        let fingerprint = scenario::fingerprint(&world);
        let change = Changes::only(asked, &world, &source)?;
        return pair::carry_out(options, (Model::new(world), &fingerprint), &change, (&door, terminal));
    }
    let named = profiles(file, &options.profiles.parties);
    let study = Changes::plan(&source, world, command(&named), asked.clone())?;
    if let Some(out) = &options.kept.out {
        let name = file.display().to_string();
        return parted::carry_out(&study, (&options.kept, out), (name, &door), options.threads, terminal);
    }
    let pool = pool(options.threads)?;
    let counts = conduct(&study, &pool, terminal)?;
    let full = options.detail == args::Detail::Full;
    let runs = counts.pairs.first().map_or(0, |c| c.pairs);
    let mut words = named;
    words.extend(asked.words(runs));
    if full {
        words.extend(["--detail".into(), "full".into()]);
    }
    let made = made("what-if", file, words);
    let findings = study.findings(counts, &made).ok_or_else(nothing)?;
    let exit = options.outputs.tell(&*findings, full, &door, terminal)?;
    let played = Range { seed: asked.seed, from: 0, to: runs as u32 };
    each_pair::write(&each_pair, &study, (played, &pool), options.outputs.excel, terminal)?;
    Ok(exit)
}
