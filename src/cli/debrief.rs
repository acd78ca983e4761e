//! `baraza debrief`: a session looked back on.

use std::path::{Path, PathBuf};

use crate::analysis::debrief::{BUDGET, Debrief, Options, Played, debrief};
use crate::cli::again::{choose, made};
use crate::domain::Model;
use crate::drivers::GENERATOR;
use crate::room::Folder;
use crate::scenario;
use crate::session::{self, Header, Session, Written};
use crate::store;
use crate::studies::debrief::Report;
use crate::studies::forms::{self, Form, Known};

use super::args;
use super::class;
use super::exit::{Exit, Failure};
use super::files;
use super::recorded;
use super::study::{Progress, catch_interrupts, pool, stopped};
use super::terminal::Terminal;

/// Reads the log and its scenario, plays on from its decisions, and tells.
pub(super) fn carry_out(options: &args::Debrief, terminal: &Terminal) -> Result<Exit, Failure> {
    if options.sessions.iter().any(|place| Folder::exists(place)) {
        return class::debrief(options, terminal);
    }
    let first =
        options.sessions.first().ok_or_else(|| Failure::new(Exit::Usage, "name the log of a session"))?;
    let written = log(first, terminal)?;
    let header = &written.header;
    let named = options.scenario.as_deref();
    let file = recorded::of_log(first, named, &header.scenario)?;
    let logs = options.sessions.iter().map(PathBuf::as_path);
    let inputs = logs.chain([file.as_path()]).chain(options.predictions.as_deref());
    let door = options.outputs.door(inputs);
    options.outputs.check(&door)?;
    let world = recorded::world(&file, named, &options.profiles.parties, &header.head, terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    fits(first, header, &fingerprint)?;
    let model = Model::new(world);
    let mut session = resume(first, &model, &written)?;
    for place in &options.sessions[1..] {
        let written = log(place, terminal)?;
        fits(place, &written.header, &fingerprint)?;
        let other = resume(place, &model, &written)?;
        // What it shows would be read by those who still play.
        finished(options, &other, other.current())?;
        session.graft(&other).map_err(|e| Failure::new(Exit::No, format!("{}: {e}", place.display())))?;
    }
    let branch = options.branch.unwrap_or(session.current());
    let played = Played::new(&session, branch).map_err(|e| Failure::new(Exit::Usage, e.to_string()))?;
    finished(options, &session, branch)?;
    let forms = match &options.predictions {
        Some(place) => forms(place, &Known::of(&model, &[(header.head.seed, &played.table)]))?,
        None => Vec::new(),
    };
    let Some(found) = compute(options, &session, &played)? else {
        return Err(Failure::new(
            Exit::Interrupted,
            "stopped: nothing is told of a part of the decisions".to_owned(),
        ));
    };
    let made = made("debrief", Path::new(&header.scenario), words(options, found.branch));
    let told = Report {
        session: &session,
        played: &played,
        debrief: &found,
        forms: &forms,
        level: options.level,
        runs: options.runs,
        made: &made,
    };
    options.outputs.tell(&told, false, &door, terminal)
}

/// Reads a table of predictions on forms.
pub(super) fn forms(place: &Path, known: &Known) -> Result<Vec<Form>, Failure> {
    forms::read(&files::read(place)?, known)
        .map_err(|e| Failure::new(Exit::No, format!("--predictions {}, {e}", place.display())))
}

/// Reads a session's log.
pub(super) fn log(place: &Path, terminal: &Terminal) -> Result<Written, Failure> {
    let name = place.display();
    let text = store::read(place).map_err(files::refused(""))?;
    let read = session::read(&text);
    let written = read.map_err(|problem| Failure::new(Exit::No, format!("{name}: {problem}")))?;
    if let Some(line) = written.torn {
        terminal.remark(&format!("{name}: line {line} was not written to its end and is left out\n"));
    }
    Ok(written)
}

/// Refuses a log of another scenario or of another generator: the same decisions would give other talks.
pub(super) fn fits(place: &Path, header: &Header, fingerprint: &str) -> Result<(), Failure> {
    let name = place.display();
    let refused = |what: String| Err(Failure::new(Exit::No, format!("{name}: {what}")));
    if header.head.fingerprint != fingerprint {
        return refused(format!(
            "the session was played with another scenario: fingerprint {}, here {fingerprint}; name the file it was \
             played with by `--scenario FILE`",
            header.head.fingerprint
        ));
    }
    if header.head.generator != GENERATOR {
        let theirs = &header.head.generator;
        return refused(format!(
            "the session was played with the generator {theirs}, this program has {GENERATOR}"
        ));
    }
    Ok(())
}

/// Takes what a log holds.
pub(super) fn resume<'a>(place: &Path, model: &'a Model, written: &Written) -> Result<Session<'a>, Failure> {
    Session::resume(model, written.header.clone(), &written.events).map_err(|(event, refused)| {
        // The header is the first line.
        let line = event + 1;
        Failure::new(Exit::No, format!("{}: line {line} does not fit: {refused}", place.display()))
    })
}

/// Refuses talks that are not over, unless that is meant: players would read what others still hide.
pub(super) fn finished(options: &args::Debrief, session: &Session, branch: usize) -> Result<(), Failure> {
    let table = session.table_of(branch).map_err(|e| Failure::new(Exit::Usage, e.to_string()))?;
    if table.over() || options.now {
        return Ok(());
    }
    let message = format!(
        "the talks are not over (branch {branch}, round {} of {}), and a debrief shows what the roles hide from each other: play \
         on, or add --now",
        table.round(),
        session.model().world.rounds
    );
    Err(Failure::new(Exit::Usage, message))
}

fn compute(options: &args::Debrief, session: &Session, played: &Played) -> Result<Option<Debrief>, Failure> {
    let pool = pool(options.threads)?;
    catch_interrupts();
    let how = Options { runs: options.runs, top: options.top, budget: BUDGET, alpha: 1.0 - options.level };
    let mut progress: Option<Progress> = None;
    let mut step = |done: u64, of: u64| {
        progress.get_or_insert_with(|| Progress::new(of, "steps")).show(done);
        !stopped()
    };
    let found = pool.install(|| debrief(session, played, &how, &mut step));
    progress.iter().for_each(Progress::clear);
    found.map_err(|e| Failure::new(Exit::No, e.to_string()))
}

/// What follows the name of the command that shows the same again.
fn words(options: &args::Debrief, branch: usize) -> Vec<String> {
    let mut words: Vec<String> = options.sessions.iter().map(|place| place.display().to_string()).collect();
    words.extend(options.scenario.iter().flat_map(|f| ["--scenario".into(), f.display().to_string()]));
    words.extend(choose(&options.profiles.parties));
    words.extend(options.predictions.iter().flat_map(|f| ["--predictions".into(), f.display().to_string()]));
    words.extend(options.now.then(|| "--now".into()));
    words.extend(["--branch".into(), branch.to_string(), "--runs".into(), options.runs.to_string()]);
    words.extend(["--top".into(), options.top.to_string(), "--level".into(), options.level.to_string()]);
    words
}
