//! `baraza play`: people take seats.

mod act;
mod console;
mod forecast;
mod game;
mod log;
mod order;
mod rounds;

use std::path::{Path, PathBuf};

use crate::cli::again::choose;
use crate::domain::{Model, World};
use crate::drivers::{GENERATOR, Head};
use crate::scenario;
use crate::session::{FORMAT, Header, NOTE, Pace, Session};
use crate::studies::ids;

use super::args;
use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{files, load, recorded};

pub use console::{Console, Line};
pub use game::Game;
pub use log::Keep;
use rounds::Rounds;

/// Begins a session or goes on with one, and plays.
pub(super) fn carry_out(options: &args::Play, terminal: &Terminal) -> Result<Exit, Failure> {
    match &options.resume {
        Some(path) => resume(options, path, terminal),
        None => begin(options, terminal),
    }
}

fn begin(options: &args::Play, terminal: &Terminal) -> Result<Exit, Failure> {
    let file = options.file.as_deref().unwrap_or(Path::new(files::STDIN));
    if file.as_os_str() == files::STDIN {
        let message = "a session cannot take its scenario from standard input: name a file";
        return Err(Failure::new(Exit::Usage, message));
    }
    let world =
        load::world(file, &options.profiles.parties, &options.set, options.what_if.as_deref(), terminal)?;
    let header = header(options, file, &world)?;
    let path = options.session.clone().unwrap_or_else(|| own_name(file, &header));
    let model = Model::new(world);
    let session =
        Session::new(&model, header.clone()).map_err(|e| Failure::new(Exit::Usage, e.to_string()))?;
    let mut log = log::begin(&path, &header)?;
    let mut console = console::open(*terminal)?;
    if options.by == Pace::Round {
        Rounds::new(session, &mut log, console.as_mut()).play()?;
        return Ok(Exit::Fine);
    }
    let mut game = Game::new(session, &mut log, console.as_mut());
    game.asks = !options.no_predict;
    game.besides = besides(&path, file, options);
    game.play()?;
    Ok(Exit::Fine)
}

fn header(options: &args::Play, file: &Path, world: &World) -> Result<Header, Failure> {
    let usage = |message: String| Failure::new(Exit::Usage, message);
    let mut seats: Vec<String> = Vec::new();
    for id in &options.seats {
        let name = ids::decider("--as", id, world)?.id(world).into_owned();
        if !seats.contains(&name) {
            seats.push(name);
        }
    }
    if seats.is_empty() {
        let roles: Vec<_> = world.roles().iter().map(|role| world.role_id(*role)).collect();
        return Err(usage(format!("say whom you play with --as ID; there are: {}", roles.join(", "))));
    }
    let head = Head::new(&world.title, &scenario::fingerprint(world), options.seed, NOTE);
    Ok(Header {
        format: FORMAT.into(),
        head: head.changed(options.what_if.as_deref(), &options.set),
        run: options.run,
        scenario: file.display().to_string(),
        seats,
        by: options.by,
    })
}

/// What a command must say beside the log's name: the scenario's file, where a log does not open it by itself, and profiles.
fn besides(log: &Path, file: &Path, options: &args::Play) -> Vec<String> {
    let scenario = match recorded::is_beside(log, file) {
        true => Vec::new(),
        false => vec!["--scenario".into(), file.display().to_string()],
    };
    [scenario, choose(&options.profiles.parties)].concat()
}

/// `doha-2025-qatar-1-0.session.jsonl`
fn own_name(file: &Path, header: &Header) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let roles = header.seats.join("+");
    PathBuf::from(format!("{stem}-{roles}-{}-{}.session.jsonl", header.head.seed, header.run))
}

fn resume(options: &args::Play, path: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    if options.session.is_some() && options.lines.is_none() {
        let message = "a session goes on in its own log: --session goes with --resume only where --lines begins a new one";
        return Err(Failure::new(Exit::Usage, message));
    }
    let (basis, written) = log::basis(path, options.lines)?;
    let header = written.header.clone();
    let name = path.display();
    let named = options.scenario.as_deref();
    let file = recorded::of_log(path, named, &header.scenario)?;
    let world = recorded::world(&file, named, &options.profiles.parties, &header.head, terminal)?;
    let no = |message: String| Failure::new(Exit::No, format!("{name}: {message}"));
    if header.head.generator != GENERATOR {
        return Err(no(format!(
            "the session was played with the random generator `{}`, this program has `{GENERATOR}`: resume it with version {}",
            header.head.generator, header.head.version
        )));
    }
    if header.head.fingerprint != scenario::fingerprint(&world) {
        return Err(no(format!(
            "{} is not the scenario as it was when the session began: put that version back, or name it with \
             `--scenario FILE`; with this one, begin a new session",
            file.display()
        )));
    }
    let model = Model::new(world);
    let session = Session::resume(&model, header, &written.events).map_err(|(event, refused)| {
        // The header is the first line.
        let offer = log::offer(path, event);
        no(format!("line {} does not fit the talks: {refused}{offer}", event + 1))
    })?;
    let mut log = basis.go_on(&written, options.session.as_deref())?;
    let mut console = console::open(*terminal)?;
    if let Some(line) = written.torn {
        console.show(&format!("Line {line} of the log was not written to its end and is dropped.\n"))?;
    }
    if options.lines.is_some() {
        console.show(&format!("The session goes on in {}; {name} stays as it is.\n", log.place()))?;
    }
    if session.header().by == Pace::Round {
        Rounds::new(session, &mut log, console.as_mut()).play()?;
        return Ok(Exit::Fine);
    }
    let mut game = Game::resumed(session, &mut log, console.as_mut());
    game.asks = !options.no_predict;
    game.besides = besides(path, &file, options);
    game.play()?;
    Ok(Exit::Fine)
}
