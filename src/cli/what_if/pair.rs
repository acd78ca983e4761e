//! One run of two worlds, side by side.

use crate::analysis::ensemble::Range;
use crate::analysis::pairs::{Pair, PairCounts, Player, compare};
use crate::analysis::what_if::shown;
use crate::cli::again::{made, profiles};
use crate::cli::args;
use crate::cli::exit::{Exit, Failure};
use crate::cli::pace::Pace;
use crate::cli::study::{catch_interrupts, pool, stopped};
use crate::cli::terminal::Terminal;
use crate::domain::{Model, World};
use crate::drivers::{Sampler, record};
use crate::store::Door;
use crate::studies::ids;
use crate::studies::what_if::Change;
use crate::studies::what_if::Worlds;
use crate::telling::chronicle::Detail;
use crate::telling::side_by_side::SideBySide;
use crate::text::command::changes;

/// The most runs between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 512;

/// Finds the run where a flip is asked for, plays it in both worlds, and lays them side by side.
pub(super) fn carry_out(
    options: &args::WhatIf,
    (baseline, fingerprint): (Model, &str),
    change: &Change,
    (door, terminal): (&Door, &Terminal),
) -> Result<Exit, Failure> {
    let asked = &options.asked;
    let pair = Pair::new(&baseline, &change.variant, Vec::new())
        .map_err(|e| Failure::new(Exit::Usage, format!("`{}`: {e}", change.id)))?;
    let run = match (options.pair, &options.show_flip) {
        (Some(run), _) => run,
        (None, Some((from, to))) => {
            let (a, b) = (ids::outcome(from, &baseline.world)?, ids::outcome(to, &baseline.world)?);
            if a == b {
                let message = format!("--show-flip takes two different outcomes, not `{from}` twice");
                return Err(Failure::new(Exit::Usage, message));
            }
            find(options, &pair, (a, b))?
        }
        (None, None) => 0,
    };
    let shown = shown(&pair, &mut Player::new(&pair), options.asked.seed, run);
    let transcripts =
        [&baseline, &change.variant].map(|m| record(m, &mut Sampler::new(options.asked.seed, run)));
    let told = SideBySide {
        pair: &pair,
        id: options.asked.set.is_empty().then_some(change.id.as_str()),
        title: &change.title,
        set: &change.set,
        fingerprint,
        seed: options.asked.seed,
        run,
        transcripts: transcripts.each_ref(),
        shown: shown.as_ref(),
        wanted: options.show_flip.as_ref().map(|(from, to)| [from.as_str(), to.as_str()]),
        detail: options.detail,
    };
    let mut words = profiles(&options.file, &options.profiles.parties);
    words.extend(asked.ids.iter().cloned());
    words.extend(changes(None, &asked.set));
    words.extend(["--seed".into(), asked.seed.to_string(), "--pair".into(), run.to_string()]);
    words.extend(options.detail.words(Detail::default()));
    let made = made("what-if", &options.file, words);
    options.outputs.tell(&Worlds { told, made: &made }, true, door, terminal)
}

/// The first run that shows a flip.
fn find(options: &args::WhatIf, pair: &Pair, (from, to): (usize, usize)) -> Result<u32, Failure> {
    let pool = pool(options.threads)?;
    catch_interrupts();
    let flip = from * pair.outcomes() + to;
    let mut counts = PairCounts::new(pair);
    let (mut pace, mut next) = (Pace::new(BATCH), 0);
    while next < options.asked.runs && !stopped() {
        let end = pace.next(next, options.asked.runs);
        let range = Range { seed: options.asked.seed, from: next, to: end };
        counts.merge(&pool.install(|| compare(pair, range)));
        if let Some(run) = counts.example[flip] {
            return Ok(run);
        }
        next = end;
    }
    if stopped() {
        let message = format!(
            "stopped after {} of {} runs; none of them goes from `{}` to `{}`",
            counts.pairs,
            options.asked.runs,
            pair.baseline.world.outcomes[from].name.id,
            pair.baseline.world.outcomes[to].name.id
        );
        return Err(Failure::new(Exit::Interrupted, message));
    }
    Err(Failure::new(Exit::No, none(&pair.baseline.world, &counts, (from, to))))
}

/// Says that no run shows the flip, and which flips there are.
fn none(world: &World, counts: &PairCounts, (from, to): (usize, usize)) -> String {
    let id = |o: usize| world.outcomes[o].name.id.as_str();
    let n = world.outcomes.len();
    let flips = &counts.ends.flips;
    let mut found: Vec<usize> = (0..n * n).filter(|k| k / n != k % n && flips[*k] > 0).collect();
    found.sort_by_key(|k| std::cmp::Reverse(flips[*k]));
    let list = found.iter().map(|k| format!("{}:{} ({})", id(k / n), id(k % n), flips[*k]));
    let list = list.collect::<Vec<_>>().join(", ");
    let others =
        if list.is_empty() { "no outcome flips at all".into() } else { format!("there are: {list}") };
    format!("none of {} runs goes from `{}` to `{}`; {others}", counts.pairs, id(from), id(to))
}
