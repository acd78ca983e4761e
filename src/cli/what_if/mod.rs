//! `baraza what-if`: what changes do, in pairs of worlds with the same luck.

mod changes;
mod pair;

use crate::analysis::combine::Combined;
use crate::analysis::counters::Measure;
use crate::analysis::ensemble::Range;
use crate::analysis::family::adjust;
use crate::analysis::pairs::{Combination, Pair, StudyCounts, compare_all};
use crate::analysis::what_if::{Effect, Estimate, Method, Subject, effect, show};
use crate::domain::Model;

use crate::render::package;
use crate::scenario;
use crate::studies::what_if::{Answer, Comparison};

use super::again::{changes, command, profiles};
use super::args;
use super::exit::{Exit, Failure};
use super::ids;
use super::load;
use super::pace::Pace;
use super::study::{Progress, catch_interrupts, measures, pool, stopped};
use super::terminal::Terminal;
use changes::{Change, Plan};

/// The most runs of all worlds between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 512;

/// Plays pairs, counts and tells.
pub(super) fn carry_out(options: &args::WhatIf, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = options.outputs.door([options.file.as_path()]);
    options.outputs.check(&door)?;
    let world = load::world(&options.file, &options.profiles.parties, &[], None, terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    if options.pair.is_some() || options.show_flip.is_some() {
        let change = changes::only(options, &world, terminal)?;
        return pair::carry_out(options, (Model::new(world), &fingerprint), &change, terminal);
    }
    let plan = changes::plan(options, &world, terminal)?;
    let baseline = Model::new(world);
    let (subject, measures) = subject(options, &baseline, terminal)?;
    let pairs = pairs(&baseline, &plan, &measures, terminal)?;
    let pool = pool(options.threads)?;
    catch_interrupts();
    let counts = pool.install(|| play(&pairs, &plan.combinations, options));
    let runs = counts.pairs.first().map_or(0, |c| c.pairs);
    if runs < u64::from(options.runs) {
        terminal.remark(&format!("stopped: what follows is runs 0 to {}\n", runs.saturating_sub(1)));
    }
    let estimate = Estimate { alpha: 1.0 - options.level, method: options.interval.into() };
    let (effects, combined) = effects(&plan, &pairs, &counts, &measures, subject, estimate, options.seed);
    let answers = answers(plan.changes, effects, subject);
    let comparison = Comparison {
        world: &baseline.world,
        fingerprint: &fingerprint,
        set: &options.set,
        file: &options.file.display().to_string(),
        named: &command(&profiles(&options.file, &options.profiles.parties)),
        seed: options.seed,
        level: options.level,
        method: options.interval.into(),
        subject,
        answers: &answers,
        combinations: &combined,
    };
    let study = package::Study {
        name: "what-if",
        head: comparison.head().into(),
        from: 0,
        to: runs,
        level: options.level,
    };
    let full = options.detail == args::Detail::Full;
    options.outputs.write(
        &door,
        &study,
        || crate::studies::what_if::tables::tables(&comparison),
        terminal,
    )?;
    terminal.print(&match options.outputs.json {
        true => crate::studies::what_if::json(&comparison),
        false => crate::studies::what_if::text(&comparison, full, terminal.paper()),
    })?;
    let pictures = &options.outputs.pictures;
    let document = |full| crate::studies::what_if::page::document(&comparison, full, &again(options, runs));
    if pictures.svg.is_some() {
        // Whoever asks for files of pictures gets all of them.
        pictures.write_pictures(&door, &document(true), terminal)?;
    }
    if pictures.wanted() {
        pictures.write_pages(&door, &document(full), terminal)?;
    }
    Ok(Exit::Fine)
}

/// The command that shows the same again.
fn again(options: &args::WhatIf, runs: u64) -> String {
    let mut words = vec!["baraza".into(), "what-if".into()];
    words.extend(profiles(&options.file, &options.profiles.parties));
    words.extend(options.ids.iter().cloned());
    words.extend(changes(None, &options.set));
    let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
    options.combine.iter().for_each(|c| named("--combine", c));
    options.measure.iter().for_each(|m| named("--measure", m));
    options.outcome.iter().for_each(|o| named("--outcome", o));
    options.rank_by.iter().for_each(|r| named("--rank-by", r));
    if options.held == args::Held::Ever {
        named("--held", "ever");
    }
    if options.interval == args::IntervalMethod::Tango {
        named("--interval", "tango");
    }
    if options.detail == args::Detail::Full {
        named("--detail", "full");
    }
    named("--runs", &runs.to_string());
    named("--seed", &options.seed.to_string());
    named("--level", &options.level.to_string());
    command(&words)
}

/// What to rank by, and all conditions to be asked.
fn subject(
    options: &args::WhatIf,
    baseline: &Model,
    terminal: &Terminal,
) -> Result<(Subject, Vec<Measure>), Failure> {
    let held = options.held.into();
    let mut texts = options.measure.clone();
    let subject = match (&options.outcome, &options.rank_by) {
        (Some(id), _) => Subject::Outcome(ids::outcome(id, &baseline.world)?),
        (None, None) if texts.is_empty() => Subject::Flips,
        (None, None) => Subject::Measure(0, held),
        (None, Some(by)) if by == "flips" => Subject::Flips,
        (None, Some(by)) => {
            let bare = by.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            match (ids::outcome(by, &baseline.world), texts.iter().position(|t| t == by)) {
                (Ok(outcome), _) => Subject::Outcome(outcome),
                (Err(_), Some(at)) => Subject::Measure(at, held),
                (Err(failure), None) if bare => return Err(failure),
                (Err(_), None) => {
                    texts.push(by.clone());
                    Subject::Measure(texts.len() - 1, held)
                }
            }
        }
    };
    Ok((subject, measures(&texts, baseline, terminal)?))
}

/// The changed worlds against the scenario as it stands: every change, then every two together.
fn pairs<'a>(
    baseline: &'a Model,
    plan: &'a Plan,
    asked: &[Measure],
    terminal: &Terminal,
) -> Result<Vec<Pair<'a>>, Failure> {
    let texts: Vec<String> = asked.iter().map(|m| m.text.clone()).collect();
    let alone = plan.changes.iter().map(|c| (&c.id, &c.variant));
    let together = plan.together.iter().map(|(id, model)| (id, model));
    alone
        .chain(together)
        .map(|(id, variant)| {
            let theirs = measures(&texts, variant, terminal)?;
            let questions = asked.iter().zip(theirs).map(|(ours, theirs)| (ours.rule.clone(), theirs.rule));
            Pair::new(baseline, variant, questions.collect())
                .map_err(|e| Failure::new(Exit::Usage, format!("`{id}`: {e}")))
        })
        .collect()
}

/// Plays the runs batch by batch: whenever it stops, the runs counted are the first ones.
fn play(pairs: &[Pair], combinations: &[Combination], options: &args::WhatIf) -> StudyCounts {
    let mut counts = StudyCounts::new(pairs, combinations);
    let worlds = pairs.len() as u64;
    let mut progress = Progress::new(u64::from(options.runs) * worlds, "pairs");
    let (mut pace, mut from) = (Pace::among(BATCH, pairs.len()), 0);
    while from < options.runs && !stopped() {
        let to = pace.next(from, options.runs);
        counts.merge(&compare_all(pairs, combinations, Range { seed: options.seed, from, to }));
        from = to;
        progress.show(u64::from(from) * worlds);
    }
    progress.clear();
    counts
}

/// What every change does, and every two together.
fn effects(
    plan: &Plan,
    pairs: &[Pair],
    counts: &StudyCounts,
    asked: &[Measure],
    subject: Subject,
    estimate: Estimate,
    seed: u64,
) -> (Vec<Effect>, Vec<Combined>) {
    let conditions: Vec<String> = asked.iter().map(|m| m.text.clone()).collect();
    let ids = plan.changes.iter().map(|c| &c.id).chain(plan.together.iter().map(|t| &t.0));
    let each = ids.zip(pairs.iter().zip(&counts.pairs)).map(|(id, (pair, counts))| {
        let mut effect = effect(id, pair, counts, &conditions, estimate);
        show(&mut effect, pair, seed);
        effect
    });
    let mut all: Vec<Effect> = each.collect();
    let combined = plan.combinations.iter().zip(&counts.combinations);
    let mut combined: Vec<Combined> = combined
        .map(|(c, counts)| {
            let three = [c.first, c.second, c.both].map(|k| &all[k]);
            Combined::of(&pairs[c.both], counts, three, estimate)
        })
        .collect();
    all.truncate(plan.changes.len());
    adjust(&mut all, &mut combined, subject, estimate.alpha);
    (all, combined)
}

/// Changes with their effects, the one that weighs most first; ties keep the order in which they were named.
fn answers(changes: Vec<Change>, effects: Vec<Effect>, subject: Subject) -> Vec<Answer> {
    let pairs = changes.into_iter().zip(effects);
    let mut answers: Vec<Answer> = pairs
        .map(|(c, effect)| Answer {
            title: c.title,
            question: c.question,
            set: c.set,
            effect,
            again: c.again,
        })
        .collect();
    answers.sort_by(|a, b| b.effect.weight(subject).total_cmp(&a.effect.weight(subject)));
    answers
}

impl From<args::IntervalMethod> for Method {
    fn from(method: args::IntervalMethod) -> Self {
        match method {
            args::IntervalMethod::Newcombe => Self::Newcombe,
            args::IntervalMethod::Tango => Self::Tango,
        }
    }
}
