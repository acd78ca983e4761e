//! Negotiation domains in the formats of other programs.

use crate::cli::args::{Export, ExportFormat};
use crate::cli::exit::{Exit, Failure};
use crate::cli::terminal::Terminal;
use crate::cli::{files, folder, foreign};
use crate::domain::{TrackId, World};
use crate::exchange::{Domain, Text, genius, geniusweb, of_track};
use crate::store::File;
use crate::studies::ids;

/// Writes the files, and says what the format cannot say.
pub(super) fn carry_out(options: &Export, terminal: &Terminal) -> Result<Exit, Failure> {
    let (domain, more) = domain(options, terminal)?;
    let written = match options.format {
        ExportFormat::Genius => genius::write(&domain),
        _ => geniusweb::write(&domain),
    };
    let remarks = domain.findings.iter().map(|f| format!("note: {f}\n"));
    let losses = more.iter().chain(&written.losses).map(|loss| format!("changed: {loss}\n"));
    terminal.remark(&remarks.chain(losses).collect::<String>());
    let file = |file: &Text| File { name: file.name.clone(), text: file.text.clone() };
    let files: Vec<File> = written.files.iter().map(file).collect();
    let door = files::door(options.force, [options.subject.file.as_path()]);
    door.put_in(&options.out, &files).map_err(files::refused("--out"))?;
    terminal.print(&format!("Wrote {} files to {}.\n", files.len(), options.out.display()))?;
    Ok(Exit::Fine)
}

/// The domain to write, and what it does not say of the scenario that it was made of.
fn domain(options: &Export, terminal: &Terminal) -> Result<(Domain, Vec<String>), Failure> {
    let usage = |what: &str| Failure::new(Exit::Usage, what);
    if !options.agent.is_empty() || !options.measure.is_empty() {
        return Err(usage("--agent and --measure go with drn and prism-explicit: a domain has no chain"));
    }
    let subject = &options.subject;
    if folder::is_domain(&subject.file) {
        if options.track.is_some() || !subject.set.is_empty() || subject.what_if.is_some() {
            return Err(usage(
                "--track, --set and --what-if are for scenarios: a domain is written as its files stand",
            ));
        }
        return Ok((foreign::domain(&subject.file, &subject.profiles.parties)?, Vec::new()));
    }
    let world = options.subject.world(terminal)?;
    let track = track(&world, options.track.as_deref())?;
    Ok(of_track(&world, track))
}

/// The track that is meant: the one named, or the only one with items.
fn track(world: &World, named: Option<&str>) -> Result<TrackId, Failure> {
    let all = || world.tracks.iter().enumerate().filter(|(_, t)| !t.items.is_empty());
    let fits = |id: &str| named.is_none_or(|n| n == id);
    let mut fitting = all().filter(|(_, t)| fits(&t.name.id)).map(|(at, _)| TrackId::new(at));
    match (fitting.next(), fitting.next(), named) {
        (Some(track), None, _) => return Ok(track),
        (None, _, None) => {
            return Err(Failure::new(
                Exit::No,
                "no track of this scenario has items: there is nothing to write",
            ));
        }
        _ => {}
    }
    let known: Vec<&str> = all().map(|(_, t)| t.name.id.as_str()).collect();
    let usage = |what: String| Failure::new(Exit::Usage, what);
    Err(match named {
        Some(id) => ids::unknown("track with items called", id, &known).into(),
        None => usage(format!(
            "a domain is one track, and this scenario has several: name one with --track ({})",
            known.join(", ")
        )),
    })
}
