//! `baraza sensitivity`: which assumption matters.

use crate::analysis::sensitivity::{
    Answer, Evidence, MOST_CONDITIONS, Measure, Refused, Study, answer, bars, scatter, table, walks,
};
use crate::analysis::statistics::design::Design;
use crate::domain::{Assumption, Condition, World};
use crate::drivers::parallel;
use crate::scenario::{self, Variants};
use crate::studies;
use crate::studies::questions::condition;
use crate::studies::sensitivity::{Effort, Sensitivity};
use crate::studies::{ids, ranges};

use super::args::{self, Method};
use super::exit::{Exit, Failure};
use super::load;
use super::single::Single;
use super::study::{Progress, catch_interrupts, pool, stopped};
use super::terminal::Terminal;

/// Points, and runs at each, for the share of chance.
const SCATTER: (u32, u32) = (128, 50);

/// Finds the ranges, plays and tells.
pub(super) fn carry_out(options: &args::Sensitivity, terminal: &Terminal) -> Result<Exit, Failure> {
    if options.table.is_some() && !wants(options, Method::Sobol) {
        return Err(Failure::new(
            Exit::Usage,
            "--table writes the points of --method sobol: ask for that too",
        ));
    }
    let subject = &options.subject;
    let door = options.outputs.door([subject.file.as_path()]);
    options.outputs.check(&door)?;
    let kept = Single::new(&door, "--table", options.table.as_deref())?;
    let source = load::source(&subject.file, &subject.profiles.parties)?;
    let what_if = subject.what_if.as_deref();
    let world = load::of_source(&source, &subject.file, &subject.set, what_if, terminal)?;
    let variants = Variants::of(&source, &studies::load::changes(&subject.set), what_if)
        .map_err(|mistakes| refused("the scenario cannot be varied", &mistakes, terminal))?;
    let ranges = ranges::in_use(&world, &variants, &options.range, &options.only, Design::MOST_FACTORS)?;
    if options.list {
        terminal.print(&crate::studies::sensitivity::list(&ranges))?;
        return Ok(Exit::Fine);
    }
    let conditions = conditions(options, &world)?;
    let asked = asked(options, &world)?;
    let assumptions: Vec<Assumption> = ranges.iter().map(|(a, _)| a.clone()).collect();
    let study = Study {
        variants: &variants,
        assumptions: &assumptions,
        conditions: &conditions,
        outcomes: world.outcomes.len(),
        seed: options.seed,
        go_on: &|| !stopped(),
    };
    let pool = pool(options.threads)?;
    catch_interrupts();
    let evidence = pool
        .install(|| play(&study, options))
        .map_err(|refusal| refused(&format!("{refusal}: narrow a range"), &refusal.diagnostics, terminal))?;
    if stopped() {
        terminal.remark("stopped: only what was finished is told\n");
    }
    match (kept.path(), &evidence.table) {
        (Some(path), None) => {
            terminal
                .remark(&format!("{} is not written: not all of its points were played\n", path.display()));
        }
        (_, Some(table)) => {
            let text = || crate::studies::sensitivity::table(&study, table, &names(&study, &world, options));
            kept.put_table(options.outputs.excel, text, terminal)?;
        }
        (None, None) => {}
    }
    let all: Vec<usize> = (0..study.measures().len()).collect();
    let outputs = &options.outputs;
    let whole = outputs.json || outputs.csv.is_some() || outputs.pictures.wanted();
    let told = if whole { all } else { vec![asked] };
    let answers = pool.install(|| answers(&study, &evidence, &told, &world, options));
    let fingerprint = scenario::fingerprint(&world);
    let made = subject.made("sensitivity", words(options));
    let sensitivity = Sensitivity {
        world: &world,
        fingerprint: &fingerprint,
        seed: options.seed,
        level: options.level,
        what_if,
        set: &subject.set,
        ranges: &ranges,
        effort: effort(options, stopped()),
        asked: told.iter().position(|at| *at == asked).unwrap_or(0),
        answers: &answers,
        made: &made,
    };
    outputs.tell(&sensitivity, false, &door, terminal)
}

/// What follows the scenario in the command that shows the same again.
fn words(options: &args::Sensitivity) -> Vec<String> {
    let mut words = Vec::new();
    let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
    options.outcome.iter().for_each(|id| named("--outcome", id));
    options.measure.iter().for_each(|text| named("--measure", text));
    if options.held == args::Held::Ever {
        named("--held", "ever");
    }
    let methods = options.method.iter().filter_map(clap::ValueEnum::to_possible_value);
    named("--method", &methods.map(|m| m.get_name().to_owned()).collect::<Vec<_>>().join(","));
    for (path, low, high) in &options.range {
        named("--range", &format!("{path}={low}..{high}"));
    }
    options.only.iter().for_each(|pattern| named("--only", pattern));
    let counts = [
        (Method::Tornado, "--runs", options.runs),
        (Method::Morris, "--walks", options.walks),
        (Method::Morris, "--walk-runs", options.walk_runs),
        (Method::Sobol, "--rows", options.rows),
        (Method::Sobol, "--repeats", options.repeats),
    ];
    for (_, flag, n) in counts.iter().filter(|(method, ..)| wants(options, *method)) {
        named(flag, &n.to_string());
    }
    named("--seed", &options.seed.to_string());
    named("--level", &options.level.to_string());
    words
}

fn refused(message: &str, mistakes: &[scenario::Diagnostic], terminal: &Terminal) -> Failure {
    terminal.remark(&crate::render::diagnostics::render(mistakes, terminal.styled_errors));
    Failure::new(Exit::No, message)
}

fn conditions(options: &args::Sensitivity, world: &World) -> Result<Vec<Condition>, Failure> {
    if options.measure.len() > MOST_CONDITIONS {
        let message = format!("--measure can be given {MOST_CONDITIONS} times at most");
        return Err(Failure::new(Exit::Usage, message));
    }
    options.measure.iter().map(|text| Ok(condition(text, world)?)).collect()
}

/// The place of the measure that is told: the condition, the outcome, or the first outcome.
fn asked(options: &args::Sensitivity, world: &World) -> Result<usize, Failure> {
    if !options.measure.is_empty() {
        return Ok(world.outcomes.len() + usize::from(options.held == args::Held::Ever));
    }
    let Some(id) = &options.outcome else { return Ok(0) };
    Ok(ids::outcome(id, world)?)
}

fn wants(options: &args::Sensitivity, method: Method) -> bool {
    options.method.contains(&method) || options.method.contains(&Method::All)
}

/// Plays what the methods need; what Ctrl-C leaves unfinished is missing.
fn play(study: &Study, options: &args::Sensitivity) -> Result<Evidence, Refused> {
    let [tornado, morris, sobol] =
        [Method::Tornado, Method::Morris, Method::Sobol].map(|method| wants(options, method));
    let n = study.assumptions.len() as u64;
    let total = u64::from(SCATTER.0) * u64::from(SCATTER.1)
        + u64::from(tornado) * u64::from(options.runs) * (2 * n + 1)
        + u64::from(morris) * u64::from(options.walks) * u64::from(options.walk_runs) * (n + 1)
        + u64::from(sobol) * u64::from(options.rows) * u64::from(options.repeats) * (n + 3);
    let mut progress = Progress::new(total, "runs");
    let mut done = 0;
    let mut watch = |runs: u64| {
        done += runs;
        progress.show(done);
    };
    let mut evidence = Evidence::default();
    if tornado {
        evidence.bars = bars(study, options.runs, &mut watch)?;
    }
    if morris {
        evidence.walks = Some(walks(study, options.walks, options.walk_runs, &mut watch)?);
    }
    evidence.scatter = scatter(study, SCATTER.0 as usize, SCATTER.1, &mut watch)?;
    if sobol {
        evidence.table = table(study, options.rows as usize, options.repeats, &mut watch)?;
    }
    progress.clear();
    Ok(evidence)
}

/// Id and title of every measure; a condition is its own name.
fn names(study: &Study, world: &World, options: &args::Sensitivity) -> Vec<(String, String)> {
    let name = |measure: &Measure| match measure {
        Measure::Outcome(o) => {
            let name = &world.outcomes[*o].name;
            (name.id.clone(), name.title.clone())
        }
        Measure::Condition(c, held) => {
            let name = format!("{} ({})", options.measure[*c], held.when());
            (name.clone(), name)
        }
    };
    study.measures().iter().map(name).collect()
}

fn answers(
    study: &Study,
    evidence: &Evidence,
    told: &[usize],
    world: &World,
    options: &args::Sensitivity,
) -> Vec<Answer> {
    let names = names(study, world, options);
    let alpha = 1.0 - options.level;
    parallel::map(told.len(), |k| answer(study, evidence, told[k], names[told[k]].clone(), alpha))
}

fn effort(options: &args::Sensitivity, stopped: bool) -> Effort {
    Effort {
        runs: options.runs,
        walks: options.walks,
        walk_runs: options.walk_runs,
        rows: options.rows,
        repeats: options.repeats,
        chance_points: SCATTER.0,
        chance_runs: SCATTER.1,
        stopped,
    }
}
