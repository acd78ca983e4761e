//! `baraza serve`: a class at the table.

use std::io::{BufRead, IsTerminal, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::again::choose;
use crate::domain::{Model, World, hex};
use crate::drivers::{GENERATOR, Head};
use crate::room::{CLASS, FORMAT, Folder, Header, Lesson, Luck, Opened, Plan, Room, TEACHER};
use crate::scenario::{self, Source};
use crate::serve::{Password, Settings, Stop, addresses, qr, start};
use crate::session::NOTE;
use crate::store::Door;
use crate::studies::load::{in_one_sentence, world as of_source};
use crate::studies::refusal::Refusal;
use crate::studies::values::setting;
use crate::text::command::command;

use super::args;
use super::exit::{Exit, Failure};
use super::study::{catch_interrupts, stopped};
use super::terminal::Terminal;
use super::{files, load};

/// The letters of codes: none that can be taken for another.
const LETTERS: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// Opens the room, or goes on with it, and serves it until Ctrl-C.
pub(super) fn carry_out(options: &args::Serve, terminal: &Terminal) -> Result<Exit, Failure> {
    if options.file.as_os_str() == files::STDIN {
        return Err(Failure::new(
            Exit::Usage,
            "a class cannot take its scenario from standard input: name a file",
        ));
    }
    let password = options.password.then(password).transpose()?;
    let source = load::source(&options.file, &options.profiles.parties)?;
    let what_if = options.what_if.as_deref();
    let world = load::of_source(&source, &options.file, &options.set, what_if, terminal)?;
    let lesson = lesson(options, &world)?;
    let plan = Plan {
        most: usize::from(options.students),
        choose: options.choose,
        roster: options
            .roster
            .as_deref()
            .map(|file| roster(file, &world, options.groups))
            .transpose()?
            .unwrap_or_default(),
        ahead: options.ahead,
    };
    let folder = options.folder.clone().unwrap_or_else(|| own_name(&options.file));
    let opened = opened(options, &folder, &world, &lesson, terminal)?;
    // The program ends with the room: it may keep the scenario as long as it runs.
    let model: &'static Model = Box::leak(Box::new(Model::new(world)));
    let room = Room::open(model, opened, lesson, plan, Box::new(|| u64::from_le_bytes(bits())))
        .map_err(|e| no(&e))?;
    let (code, secret) = (room.header().code.clone(), room.people().teacher());
    let worlds = worlds(source, options.set.clone(), options.what_if.clone());
    let addresses = addresses(options.bind);
    let settings = Settings {
        room,
        model,
        worlds: Arc::new(worlds),
        bind: options.bind,
        port: options.port,
        addresses: addresses.clone(),
        show_secrets: options.show_secrets,
        password,
    };
    catch_interrupts();
    let stop: Stop = Arc::new(stopped);
    let mut told = Ok(());
    let served = start(settings, &stop, |port| {
        told = teacher_file(&folder, port, &secret).and_then(|()| {
            let link = format!("http://127.0.0.1:{port}/teacher/link/{secret}");
            terminal.print(&welcome(options, &folder, (&addresses, port), &code, &link))
        });
    });
    told?;
    served.map_err(|e| {
        let place = SocketAddr::new(options.bind, options.port);
        Failure::new(
            Exit::Files,
            format!(
                "cannot listen on {place}: {}; another port is named with --port",
                crate::store::plain(&e)
            ),
        )
    })?;
    terminal.print(&format!(
        "\nEverything is kept in {}. The same command goes on; `baraza debrief {}` looks back.\n",
        folder.display(),
        command(&[folder.display().to_string()])
    ))?;
    let _ = std::io::stdout().flush();
    Ok(Exit::Fine)
}

/// Asks for the password of the console, twice where somebody types it.
fn password() -> Result<Password, Failure> {
    let failed = |e: std::io::Error| {
        Failure::new(Exit::Files, format!("the password cannot be read: {}", crate::store::plain(&e)))
    };
    let text = if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password for the console: ").map_err(failed)?;
        if rpassword::prompt_password("The same again: ").map_err(failed)? != first {
            return Err(Failure::new(Exit::Usage, "these were two different passwords: begin again"));
        }
        first
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    Password::new(&text).map_err(|weak| Failure::new(Exit::Usage, weak.to_string()))
}

/// Makes the changed worlds of what-ifs in class: of the file's own ids, or of values that the teacher moves.
fn worlds(
    source: Source,
    set: Vec<(String, String)>,
    base: Option<String>,
) -> impl Fn(&str) -> Result<Model, String> + Send + Sync {
    move |asked| {
        let (mut set, mut what_if) = (set.clone(), base.clone());
        if asked.contains('=') {
            let moved = asked.split(';').map(str::trim).filter(|part| !part.is_empty());
            set.extend(moved.map(setting).collect::<Result<Vec<_>, _>>()?);
        } else {
            what_if = Some(base.iter().map(String::as_str).chain([asked]).collect::<Vec<_>>().join("+"));
        }
        let (world, _) = of_source(&source, what_if.as_deref(), &set).map_err(|refusal| told(&refusal))?;
        Ok(Model::new(world))
    }
}

/// What is wrong with a change, in one line.
fn told(refusal: &Refusal) -> String {
    refusal.diagnostics.first().map_or_else(|| refusal.message.clone(), in_one_sentence)
}

/// Random bits of the operating system.
fn bits<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without them no seat would be safe, and nothing is served.
    if let Err(error) = getrandom::fill(&mut bytes) {
        panic!("the operating system gives no random bits: {error}");
    }
    bytes
}

fn no(problem: &dyn std::fmt::Display) -> Failure {
    Failure::new(Exit::No, problem.to_string())
}

fn own_name(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}-class", file.file_stem().unwrap_or_default().to_string_lossy()))
}

fn lesson(options: &args::Serve, world: &World) -> Result<Lesson, Failure> {
    Lesson::find(world, options.lesson.as_deref()).ok_or_else(|| {
        let known: Vec<String> = Lesson::all(world).into_iter().map(|l| l.id).collect();
        let asked = options.lesson.clone().unwrap_or_default();
        Failure::new(
            Exit::Usage,
            format!("the scenario has no lesson `{asked}`; there are: {}", known.join(", ")),
        )
    })
}

/// Opens the folder of a class that goes on, or begins one.
fn opened(
    options: &args::Serve,
    folder: &Path,
    world: &World,
    lesson: &Lesson,
    terminal: &Terminal,
) -> Result<Opened, Failure> {
    let fingerprint = scenario::fingerprint(world);
    if !Folder::exists(folder) {
        let header = header(options, world, &fingerprint, lesson);
        let secret = hex(&bits::<32>());
        drop(
            Folder::begin(folder, &header, &Room::headers(&header), &secret)
                .map_err(|e| Failure::new(Exit::Files, e.to_string()))?,
        );
    }
    let opened = Folder::open(folder).map_err(|e| Failure::new(Exit::Files, e.to_string()))?;
    let header = &opened.header;
    let place = folder.join(CLASS);
    if header.head.fingerprint != fingerprint || header.head.generator != GENERATOR {
        return Err(Failure::new(
            Exit::No,
            format!(
                "{}: the class was begun with another scenario or version of the program: put that back, or name a new --folder",
                place.display()
            ),
        ));
    }
    if header.groups != usize::from(options.groups) || header.lesson != lesson.id {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "{}: the class was begun with --groups {} and the lesson `{}`: go on with these, or name a new --folder",
                place.display(),
                header.groups,
                header.lesson
            ),
        ));
    }
    if opened.torn > 0 {
        terminal.remark(&format!(
            "{}: {} torn line(s) at the end of a log were dropped\n",
            folder.display(),
            opened.torn
        ));
    }
    Ok(opened)
}

fn header(options: &args::Serve, world: &World, fingerprint: &str, lesson: &Lesson) -> Header {
    let code = bits::<6>().iter().map(|b| char::from(LETTERS[usize::from(*b) % LETTERS.len()])).collect();
    // What is small enough is a number to every program that reads the log.
    let seed = u64::from_le_bytes(bits()) >> 11;
    let head = Head::new(&world.title, fingerprint, seed, NOTE);
    Header {
        format: FORMAT.into(),
        head: head.changed(options.what_if.as_deref(), &options.set),
        scenario: options.file.display().to_string(),
        roles: world.roles().iter().map(|role| world.role_id(*role).into_owned()).collect(),
        groups: usize::from(options.groups),
        luck: if options.own_luck { Luck::Own } else { Luck::Shared },
        lesson: lesson.id.clone(),
        code,
    }
}

/// Reads a roster.
fn roster(file: &Path, world: &World, groups: u8) -> Result<Vec<(String, usize, String)>, Failure> {
    let text = files::read(file)?;
    let name = file.display();
    let wrong = |line: usize, what: String| Failure::new(Exit::No, format!("{name}:{line}: {what}"));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| wrong(1, e.to_string()))?.clone();
    let column = |wanted: &str| headers.iter().position(|h| h.eq_ignore_ascii_case(wanted));
    let (Some(who), Some(group), Some(role)) = (column("name"), column("group"), column("role")) else {
        return Err(wrong(1, "a roster has the columns name, group and role".into()));
    };
    let known: Vec<String> = world.roles().iter().map(|r| world.role_id(*r).into_owned()).collect();
    let mut all: Vec<(String, usize, String)> = Vec::new();
    for (k, record) in reader.records().enumerate() {
        let line = k + 2;
        let record = record.map_err(|e| wrong(line, e.to_string()))?;
        let cell = |k: usize| record.get(k).unwrap_or("").to_owned();
        let number: usize =
            cell(group).parse().ok().filter(|n| (1..=usize::from(groups)).contains(n)).ok_or_else(|| {
                wrong(line, format!("`{}` is no group; there are: 1 to {groups} (--groups)", cell(group)))
            })?;
        if !known.contains(&cell(role)) {
            return Err(wrong(
                line,
                format!("there is no role `{}`; there are: {}", cell(role), known.join(", ")),
            ));
        }
        if cell(who).is_empty()
            || all.iter().any(|(name, ..)| name.to_lowercase() == cell(who).to_lowercase())
        {
            return Err(wrong(line, "a name is missing, or stands here twice".into()));
        }
        all.push((cell(who), number, cell(role)));
    }
    if all.is_empty() {
        return Err(wrong(1, "the roster names nobody".into()));
    }
    Ok(all)
}

/// Writes the file that leads the teacher's browser to the console: the secret is in no terminal that may be projected.
fn teacher_file(folder: &Path, port: u16, secret: &str) -> Result<(), Failure> {
    let link = format!("http://127.0.0.1:{port}/teacher/link/{secret}");
    let text = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<meta charset=\"utf-8\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={link}\">\n<title>The teacher's console</title>\n\
         <p><a href=\"{link}\" rel=\"noreferrer\">The teacher's console</a></p>\n</html>\n"
    );
    Door::new(true).private().put(&folder.join(TEACHER), &text).map_err(files::refused(""))
}

/// What is printed once the room is open.
fn welcome(
    options: &args::Serve,
    folder: &Path,
    (addresses, port): (&[IpAddr], u16),
    code: &str,
    link: &str,
) -> String {
    let url = |ip: &IpAddr| format!("http://{}", SocketAddr::new(*ip, port));
    let mut text = String::from("The room is open. Students join at one of these addresses:\n\n");
    for address in addresses {
        let note = if address.is_loopback() { "  (this computer only)" } else { "" };
        text += &format!("  {}{note}\n", url(address));
    }
    text += &format!("\n  with the code  {code}\n\n");
    if let Some(first) = addresses.first() {
        text += &qr(&format!("{}/j/{code}", url(first)));
        text += &format!("\nCan a phone reach this computer? Open {}/check on it.\n", url(first));
    }
    text += &format!("The teacher opens {} on this computer.\n", folder.join(TEACHER).display());
    if let Some(first) = addresses.first().filter(|_| options.password) {
        text += &format!("On any other it opens at {}/teacher by the password.\n", url(first));
    }
    if options.show_secrets {
        text += &format!("The teacher's link, which nobody else may see: {link}\n");
    }
    let mut again = vec!["baraza".to_owned(), "serve".into(), options.file.display().to_string()];
    again.extend(choose(&options.profiles.parties));
    if options.groups != 1 {
        again.extend(["--groups".into(), options.groups.to_string()]);
    }
    if let Some(folder) = &options.folder {
        again.extend(["--folder".into(), folder.display().to_string()]);
    }
    if options.password {
        again.push("--password".into());
    }
    text += &format!(
        "It listens on {} and speaks plain http: whoever is in the same network can overhear it.\nEverything is kept in {}; Ctrl-C ends, and \
         `{}` goes on.\n",
        if options.bind.is_unspecified() {
            "all addresses of this computer".to_owned()
        } else {
            options.bind.to_string()
        },
        folder.display(),
        command(&again)
    );
    text
}
