//! `baraza import`: a scenario from a negotiation domain of another program.

use crate::analysis::bargaining::{Problem, Zone, study};
use crate::cli::again::named;
use crate::domain::{Model, TrackId};
use crate::exchange::{
    Domain,
    scenario::{self as writer, Style, Talks},
};
use crate::scenario::{self, Source};

use super::args::Import;
use super::exit::{Exit, Failure};
use super::terminal::Terminal;
use super::{files, foreign};

/// Writes the scenario, and says what it cannot say.
pub(super) fn carry_out(options: &Import, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = files::door(false, [options.path.as_path()]);
    if let Some(file) = &options.out {
        door.check(file).map_err(files::refused_new("--out"))?;
    }
    let domain = foreign::domain(&options.path, &options.parties)?;
    let failed = |e: crate::exchange::Error| {
        Failure::new(Exit::No, format!("{} is not imported: {e}", options.path.display()))
    };
    let scenario = writer::write(&domain, &talks(options)?).map_err(failed)?;
    let mut remarks: Vec<String> = domain.findings.iter().map(|f| format!("note: {f}")).collect();
    remarks.extend(scenario.losses.iter().map(|loss| format!("changed: {loss}")));
    remarks.extend(moved(&domain, &scenario.text).map(|what| format!("changed: {what}")));
    terminal.remark(&remarks.iter().map(|r| format!("{r}\n")).collect::<String>());
    match &options.out {
        None => terminal.print(&scenario.text)?,
        Some(file) => {
            door.put(file, &scenario.text).map_err(files::refused_new("--out"))?;
            let (name, again) = (file.display(), named(file));
            terminal.print(&format!("Wrote {name}. Play it with `baraza run {again}`.\n"))?;
        }
    }
    Ok(Exit::Fine)
}

/// How the talks are held, by the options.
fn talks(options: &Import) -> Result<Talks, Failure> {
    let tactic = |said: &String| -> Result<(Option<String>, Style), Failure> {
        let (name, word) = match said.rsplit_once('=') {
            Some((name, word)) => (Some(name.to_owned()), word),
            None => (None, said.as_str()),
        };
        let known = Style::ALL.iter().find(|(_, w)| *w == word);
        let words = Style::ALL.map(|(_, w)| w);
        let advice = || scenario::suggest(word, &words, "tactics");
        let wrong = || {
            Failure::new(Exit::Usage, format!("--tactic {said}: there is no tactic `{word}`; {}", advice()))
        };
        Ok((name, known.ok_or_else(wrong)?.0))
    };
    let tactics = options.tactic.iter().map(tactic).collect::<Result<_, _>>()?;
    Ok(Talks { rounds: options.rounds, steps: options.steps, tactics })
}

/// What rounding does to the zone of agreement, where it can be counted.
fn moved(domain: &Domain, text: &str) -> Option<String> {
    let source = Source { name: "imported".into(), text: text.into() };
    let world = scenario::load(&source, &[], None).world?;
    let zone = |problem: &Problem| -> Option<Zone> { Some(study(problem).ok()?.zone) };
    let before = zone(&Problem::of_domain(domain).ok()?)?;
    let after = zone(&Problem::of_track(&Model::new(world), TrackId::new(0)))?;
    let (had, has) = (before.packages, after.packages);
    (had != has).then(|| {
        format!("the zone of possible agreement has {had} packages in the files and {has} in the scenario")
    })
}
