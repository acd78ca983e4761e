//! A class in its folder, looked back on: `baraza debrief FOLDER`, `baraza forget FOLDER`.

use std::path::{Path, PathBuf};

use crate::domain::{Model, World};
use crate::room::{CLASS, Folder, NAMES, keep_pages};
use crate::scenario;
use crate::session::{Register, Session, Written, group_log};
use crate::store::Door;
use crate::studies::class::{Class, PAGES, Pages, RUNS};
use crate::studies::forms::Known;

use super::args;
use super::debrief::{finished, fits, log, resume};
use super::exit::{Exit, Failure};
use super::files;
use super::recorded;
use super::study::{Progress, catch_interrupts, pool, stopped};
use super::terminal::Terminal;

/// What a folder holds, before its scenario is compiled.
struct Kept {
    register: Register,
    world: World,
    logs: Vec<(PathBuf, Written)>,
}

/// Which scenario a class was played with, where the folder does not lead to it.
struct Named<'a> {
    scenario: Option<&'a Path>,
    parties: &'a [String],
}

/// Looks back on a class: its groups side by side and a page a group, in a folder beside the logs.
pub(super) fn debrief(options: &args::Debrief, terminal: &Terminal) -> Result<Exit, Failure> {
    let [folder] = &options.sessions[..] else {
        return Err(Failure::new(
            Exit::Usage,
            "a class is looked back on alone: name its folder and nothing else",
        ));
    };
    let door = Door::new(options.outputs.force);
    let out = folder.join(PAGES);
    door.check_folder(&out).map_err(files::refused("--force overwrites it"))?;
    let named = Named { scenario: options.scenario.as_deref(), parties: &options.profiles.parties };
    let Kept { register, world, logs } = kept(folder, &named, terminal)?;
    let model = Model::new(world);
    let sessions = sessions(&model, &logs)?;
    sessions.iter().try_for_each(|session| finished(options, session, session.current()))?;
    let forms = match &options.predictions {
        Some(place) => {
            let talks: Vec<_> = sessions.iter().map(|s| (s.header().head.seed, s.table())).collect();
            super::debrief::forms(place, &Known::of(&model, &talks))?
        }
        None => Vec::new(),
    };
    let made = pages(Class { sessions, register, forms, runs: options.runs }, options.threads)?;
    let count = keep(door, &out, &made)?;
    terminal.print(&format!("{count} files are in {}: begin with class.html\n", out.display()))?;
    Ok(Exit::Fine)
}

/// Deletes the names of a class, and makes its pages anew where there are any.
pub(super) fn forget(options: &args::Forget, terminal: &Terminal) -> Result<Exit, Failure> {
    let folder = &options.folder;
    if !Folder::exists(folder) {
        return Err(Failure::new(
            Exit::Usage,
            format!("{} is no folder of a class: there is no {CLASS} in it", folder.display()),
        ));
    }
    // Whoever serves the class has its names in memory, and would write them again.
    let held = Folder::open(folder).map_err(|e| {
        Failure::new(Exit::Files, format!("{e}; names can be forgotten once nobody serves the class"))
    })?;
    let (out, names) = (folder.join(PAGES), held.names.len());
    let anew = if out.exists() {
        let named = Named { scenario: options.scenario.as_deref(), parties: &options.profiles.parties };
        let Kept { register, world, logs } = kept(folder, &named, terminal)?;
        let model = Model::new(world);
        let sessions = sessions(&model, &logs)?;
        let (register, runs) = (register.nameless(), options.runs.unwrap_or(RUNS));
        let class = Class { sessions, register, forms: Vec::new(), runs };
        // First the pages: where that fails, the names are there still, and the command can be given again.
        let count = keep(Door::new(true), &out, &pages(class, options.threads)?)?;
        format!("; {count} files in {} are made anew without them", out.display())
    } else {
        String::new()
    };
    let gone = held.folder.forget().map_err(files::refused(""))?;
    let place = folder.join(NAMES);
    terminal.print(&match gone {
        true => format!("{} forgotten: {} is deleted{anew}\n", names_are(names), place.display()),
        false => format!("there were no names any more: {} is not there{anew}\n", place.display()),
    })?;
    Ok(Exit::Fine)
}

fn names_are(n: usize) -> String {
    if n == 1 { "1 name is".into() } else { format!("{n} names are") }
}

/// Writes the pages; how many files there are.
fn keep(door: Door, out: &Path, made: &Pages) -> Result<usize, Failure> {
    keep_pages(out, door, made.files(), made.students()).map_err(files::refused(""))
}

/// Reads a class's folder, and the scenario that its log names.
fn kept(folder: &Path, named: &Named, terminal: &Terminal) -> Result<Kept, Failure> {
    let (class, register) = Folder::look(folder).map_err(|e| Failure::new(Exit::No, e.to_string()))?;
    let places: Vec<PathBuf> = (1..=class.groups).map(|n| folder.join(group_log(n))).collect();
    let file = recorded::of_work(&folder.join(CLASS), named.scenario, &class.scenario)?;
    let world = recorded::world(&file, named.scenario, named.parties, &class.head, terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let mut logs = Vec::new();
    for place in places {
        let written = log(&place, terminal)?;
        fits(&place, &written.header, &fingerprint)?;
        logs.push((place, written));
    }
    Ok(Kept { register, world, logs })
}

fn sessions<'a>(model: &'a Model, logs: &[(PathBuf, Written)]) -> Result<Vec<Session<'a>>, Failure> {
    logs.iter().map(|(place, written)| resume(place, model, written)).collect()
}

/// Works a class's pages out, with progress and Ctrl-C.
fn pages(class: Class, threads: usize) -> Result<Pages, Failure> {
    let pool = pool(threads)?;
    catch_interrupts();
    let mut progress: Option<Progress> = None;
    let mut step = |done: u64, of: u64| {
        progress.get_or_insert_with(|| Progress::new(of, "steps")).show(done);
        !stopped()
    };
    let made = pool.install(|| class.pages(&mut step));
    progress.iter().for_each(Progress::clear);
    made.map_err(|why| Failure::new(if stopped() { Exit::Interrupted } else { Exit::No }, why))
}
