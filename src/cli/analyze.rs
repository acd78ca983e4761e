//! `baraza analyze`: the zone of agreement, the frontier and the classical solutions; for scenarios also what simulated
//! runs make of them.

use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::analysis::bargaining::{Problem, TooLarge, study};
use crate::cli::again::{made, profiles};
use crate::domain::{Model, TrackId, hex};
use crate::exchange::Finding;
use crate::scenario;
use crate::store::Door;
use crate::studies::analyze::{self, Board, Names, Onlookers, RUNS, Report, Runs, Scenario, Terms, boards};
use crate::studies::study::Made;
use crate::text::command::changes;

use super::args::Analyze;
use super::exit::{Exit, Failure};
use super::pace::Pace;
use super::study::{Progress, catch_interrupts, pool, stopped};
use super::terminal::Terminal;
use super::{folder, foreign, load};

/// Runs between two looks at the clock and at Ctrl-C.
const BATCH: u32 = 2048;

/// Analyses a domain, or every track of a scenario.
pub(super) fn carry_out(options: &Analyze, terminal: &Terminal) -> Result<Exit, Failure> {
    let file = options.path.extension().is_some_and(|e| e == "toml") || options.path.as_os_str() == "-";
    // A domain that is to be played or changed is taken as the scenario that `import` makes of it.
    let plays = options.runs.is_some_and(|n| n > 0);
    let scenario = file || plays || !options.set.is_empty() || options.what_if.is_some();
    options.outputs.check(&door(options))?;
    if scenario { of_scenario(options, terminal) } else { of_domain(options, terminal) }
}

fn door(options: &Analyze) -> Door {
    options.outputs.door([options.path.as_path()])
}

/// The failure of a problem that is too large.
fn too_large(error: &TooLarge) -> Failure {
    Failure::new(Exit::No, error.to_string())
}

fn of_domain(options: &Analyze, terminal: &Terminal) -> Result<Exit, Failure> {
    let domain = foreign::domain(&options.path, &options.parties)?;
    let problem = Problem::of_domain(&domain).map_err(|e| too_large(&e))?;
    let analysis = study(&problem).map_err(|e| too_large(&e))?;
    let names = Names::of_domain(&domain.name, &problem);
    let fingerprint = fingerprint(&problem);
    let terms = Terms::of_domain(&domain, &problem);
    let boards = [Board { title: domain.name.clone(), problem, analysis, names, terms, played: None }];
    let report = Report {
        title: &domain.name,
        format: Some(domain.format),
        findings: &domain.findings,
        boards: &boards,
        fingerprint: &fingerprint,
        level: options.level,
        scenario: None,
        made: &again(options, None),
    };
    options.outputs.tell(&report, false, &door(options), terminal)
}

/// What a domain says, as a fingerprint: issues, values, and what they are worth to whom, bit for bit.
fn fingerprint(problem: &Problem) -> String {
    let mut hash = Sha256::new();
    let mut line = |text: String| hash.update(format!("{}:{text}\n", text.len()));
    for issue in &problem.issues {
        line(issue.name.clone());
        issue.values.iter().for_each(|value| line(value.clone()));
    }
    for party in &problem.parties {
        line(party.name.clone());
        let alone = [Some(party.constant), party.ceiling, party.alternative];
        let worth = party.worth.iter().flatten().map(|w| Some(*w));
        alone.into_iter().chain(worth).for_each(|w| line(format!("{:?}", w.map(f64::to_bits))));
    }
    line(format!("{:?}", problem.rule));
    hex(&hash.finalize())
}

fn of_scenario(options: &Analyze, terminal: &Terminal) -> Result<Exit, Failure> {
    let world =
        load::world(&options.path, &options.parties, &options.set, options.what_if.as_deref(), terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let (mut boards, tracks, mut findings) = boards(&model);
    let runs = play(options, &model, (&mut boards, &tracks), &mut findings, terminal)?;
    let report = Report {
        title: &model.world.title,
        format: None,
        findings: &findings,
        boards: &boards,
        fingerprint: &fingerprint,
        level: options.level,
        scenario: Some(Scenario {
            world: &model.world,
            what_if: options.what_if.as_deref(),
            set: &options.set,
            seed: options.seed,
            runs,
            run: options.run,
            imported: folder::is_domain(&options.path),
        }),
        made: &again(options, Some(runs)),
    };
    options.outputs.tell(&report, false, &door(options), terminal)
}

/// Plays the scenario and adds what its runs made of every track; says how many runs were played.
fn play(
    options: &Analyze,
    model: &Model,
    boards: (&mut [Board], &[TrackId]),
    findings: &mut Vec<Finding>,
    terminal: &Terminal,
) -> Result<u64, Failure> {
    let runs = options.runs.unwrap_or(RUNS);
    let pool = pool(options.threads)?;
    catch_interrupts();
    let line: Mutex<(u64, Option<Progress>)> = Mutex::default();
    let go_on = |situations: usize| {
        let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
        let (done, progress) = &mut *line;
        progress.get_or_insert_with(|| Progress::new(situations as u64, "situations")).show(*done);
        *done += 1;
        !stopped()
    };
    let asked = Runs { seed: options.seed, runs, run: options.run };
    let played = pool.install(|| {
        let (mut progress, mut pace) = (Progress::new(u64::from(runs), "runs"), Pace::new(BATCH));
        let mut next = |from: u32, to: u32| {
            progress.show(u64::from(from));
            if stopped() { from } else { pace.next(from, to) }
        };
        let played =
            analyze::play(model, boards, findings, asked, Onlookers { next: &mut next, go_on: &go_on });
        progress.clear();
        played
    });
    if let (_, Some(progress)) = &*line.lock().unwrap_or_else(PoisonError::into_inner) {
        progress.clear();
    }
    if played < u64::from(runs) && stopped() {
        terminal.remark(&format!("stopped: what follows is {played} runs\n"));
    }
    Ok(played)
}

/// How the same can be had again: of a scenario that was played so often, of a domain that was not.
fn again(options: &Analyze, runs: Option<u64>) -> Made {
    let mut words = profiles(&options.path, &options.parties);
    if let Some(runs) = runs {
        words.extend(["--runs".into(), runs.to_string(), "--seed".into(), options.seed.to_string()]);
        words.extend(["--run".into(), options.run.to_string(), "--level".into(), options.level.to_string()]);
    }
    words.extend(changes(options.what_if.as_deref(), &options.set));
    made("analyze", &options.path, words)
}
