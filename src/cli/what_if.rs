//! `baraza what-if`: what changes do, in pairs of worlds with the same luck.

use crate::analysis::ensemble::Range;
use crate::analysis::pairs::{Pair, PairCounts, compare};
use crate::analysis::what_if::{Effect, adjust, effect};
use crate::domain::{Model, WhatIf, World};
use crate::report;
use crate::report::what_if::{Answer, Comparison};
use crate::scenario;

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::pictures;
use super::study::{Progress, catch_interrupts, pool, stopped};
use super::terminal::Terminal;

/// Pairs between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 1024;

/// One change to be compared with the scenario as it stands.
struct Question {
    id: String,
    title: String,
    question: Option<String>,
    set: Vec<(String, String)>,
    again: String,
    variant: Model,
}

/// Plays pairs, counts and tells.
pub(super) fn carry_out(options: &args::WhatIf, terminal: &Terminal) -> Result<Exit, Failure> {
    options.pictures.refuse_to_overwrite()?;
    let world = load::world(&options.file, &[], None, terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let questions = questions(options, &world, terminal)?;
    let baseline = Model::new(world);
    let pool = pool(options.threads)?;
    catch_interrupts();
    let mut progress = Progress::new(u64::from(options.runs) * questions.len() as u64, "pairs");
    let mut effects = Vec::new();
    for (k, question) in questions.iter().enumerate() {
        let pair = Pair::new(&baseline, &question.variant, None)
            .map_err(|e| Failure::new(Exit::Usage, format!("`{}`: {e}", question.id)))?;
        let before = k as u64 * u64::from(options.runs);
        let counts = pool.install(|| play(&pair, options, before, &mut progress));
        effects.push(effect(&question.id, &pair, &counts, 1.0 - options.level));
    }
    progress.clear();
    adjust(&mut effects);
    if let Some(short) = effects.iter().find(|e| e.pairs < u64::from(options.runs)) {
        terminal
            .remark(&format!("stopped: `{}` and those after it have fewer pairs than asked for\n", short.id));
    }
    let answers = answers(questions, effects);
    let comparison = Comparison {
        world: &baseline.world,
        fingerprint: &fingerprint,
        file: &options.file.display().to_string(),
        seed: options.seed,
        level: options.level,
        answers: &answers,
    };
    terminal.print(&match options.json {
        true => report::what_if::json(&comparison),
        false => report::what_if::text(&comparison, terminal.styled),
    })?;
    if options.pictures.wanted() {
        let document = report::what_if_page::document(&comparison, &again(options));
        options.pictures.write(&document, terminal)?;
    }
    Ok(Exit::Fine)
}

/// The command that shows the same again.
fn again(options: &args::WhatIf) -> String {
    let mut words = vec!["baraza".into(), "what-if".into(), options.file.display().to_string()];
    words.extend(options.ids.iter().cloned());
    words.extend(options.set.iter().flat_map(|(path, value)| ["--set".into(), format!("{path}={value}")]));
    words.extend(["--runs".into(), options.runs.to_string(), "--seed".into(), options.seed.to_string()]);
    words.extend(["--level".into(), options.level.to_string()]);
    pictures::command(&words)
}

/// Plays the pairs batch by batch: whenever it stops, the pairs counted are the first ones.
fn play(pair: &Pair, options: &args::WhatIf, before: u64, progress: &mut Progress) -> PairCounts {
    let mut counts = PairCounts::new(pair);
    let mut from = 0;
    while from < options.runs && !stopped() {
        let to = options.runs.min(from.saturating_add(BATCH));
        counts.merge(&compare(pair, Range { seed: options.seed, from, to }));
        from = to;
        progress.show(before + u64::from(from));
    }
    counts
}

/// The what-ifs asked for: those named, or all of the file, or the changes of the command line.
fn questions(options: &args::WhatIf, world: &World, terminal: &Terminal) -> Result<Vec<Question>, Failure> {
    if !options.set.is_empty() {
        let variant = Model::new(load::world(&options.file, &options.set, None, terminal)?);
        let again: Vec<String> =
            options.set.iter().map(|(path, value)| format!("`--set '{path}={value}'`")).collect();
        return Ok(vec![Question {
            id: "--set".into(),
            title: "the changes of the command line".into(),
            question: None,
            set: options.set.clone(),
            again: again.join(" "),
            variant,
        }]);
    }
    if world.what_ifs.is_empty() {
        let message = "the scenario has no what-ifs: write some, or give changes with --set path=value";
        return Err(Failure::new(Exit::Usage, message));
    }
    let chosen: Vec<&WhatIf> = match options.ids.is_empty() {
        true => world.what_ifs.iter().collect(),
        false => options.ids.iter().map(|id| find(world, id)).collect::<Result<_, _>>()?,
    };
    chosen.into_iter().map(|w| question(options, w, terminal)).collect()
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a WhatIf, Failure> {
    world.what_ifs.iter().find(|w| w.name.id == id).ok_or_else(|| {
        let ids: Vec<&str> = world.what_ifs.iter().map(|w| w.name.id.as_str()).collect();
        let message = format!("the scenario has no what-if `{id}`; it has: {}", ids.join(", "));
        Failure::new(Exit::Usage, message)
    })
}

fn question(options: &args::WhatIf, what_if: &WhatIf, terminal: &Terminal) -> Result<Question, Failure> {
    let id = &what_if.name.id;
    Ok(Question {
        id: id.clone(),
        title: what_if.name.title.clone(),
        question: what_if.question.clone(),
        set: what_if.set.clone(),
        again: format!("`--what-if {id}`"),
        variant: Model::new(load::changed(&options.file, id, terminal)?),
    })
}

/// Questions with their effects, the one that flips most pairs first; ties keep the order of the file.
fn answers(questions: Vec<Question>, effects: Vec<Effect>) -> Vec<Answer> {
    let pairs = questions.into_iter().zip(effects);
    let mut answers: Vec<Answer> = pairs
        .map(|(q, effect)| Answer {
            title: q.title,
            question: q.question,
            set: q.set,
            effect,
            again: q.again,
        })
        .collect();
    let share = |a: &Answer| a.effect.flipped as f64 / a.effect.pairs.max(1) as f64;
    answers.sort_by(|a, b| share(b).total_cmp(&share(a)));
    answers
}
