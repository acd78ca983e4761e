//! `baraza design`: one scenario in many worlds.

mod each_run;
mod part;
mod script;

use crate::cli::args;
use crate::studies::design::{Asked, Design, Sheet};
use crate::studies::study::Study;

use super::exit::{Exit, Failure};
use super::files;
use super::load;
use super::single::Single;
use super::study::{conduct, nothing, pool};
use super::terminal::Terminal;

pub(super) use part::merge;

/// Plans, plays and tells; or keeps a part, lists the cells, prints a script.
pub(super) fn carry_out(options: &args::Design, terminal: &Terminal) -> Result<Exit, Failure> {
    let subject = &options.subject;
    let inputs = [Some(subject.file.as_path()), options.cells.as_deref()];
    let door = options.outputs.door(inputs.into_iter().flatten());
    if options.skip_existing && part::is_there(options, terminal)? {
        return Ok(Exit::Fine);
    }
    if options.script.is_none() {
        options.outputs.check(&door)?;
    }
    let table = Single::new(&door, "--table", options.table.as_deref())?;
    let design = plan(options, terminal)?;
    if options.list {
        terminal.print(&design.list())?;
        return Ok(Exit::Fine);
    }
    if let Some(scheduler) = options.script {
        return script::print(options, &design, scheduler, terminal);
    }
    let pool = pool(options.threads)?;
    pool.install(|| design.try_all())?;
    let each_run = each_run::Table::new(options, &door, &design, &pool)?;
    if let Some(out) = &options.out {
        return part::carry_out(options, (out, &door), &design, (&each_run, &pool), terminal);
    }
    let played = conduct(&design, &pool, terminal)?;
    let cells = design.range().start..played.keys().next_back().map_or(0, |last| last + 1);
    let made = subject.made("design", design.words());
    let findings = design.findings(played, &made).ok_or_else(nothing)?;
    let exit = options.outputs.tell(&*findings, false, &door, terminal)?;
    table.put_artifact(findings.artifact("table"), options.outputs.excel, terminal)?;
    each_run.write(cells, &pool, terminal)?;
    Ok(exit)
}

fn plan(options: &args::Design, terminal: &Terminal) -> Result<Design, Failure> {
    let subject = &options.subject;
    let what_if = subject.what_if.as_deref();
    let source = load::announced(&subject.file, &subject.profiles.parties, terminal)?;
    let world = load::of_source(&source, &subject.file, &subject.set, what_if, terminal)?;
    let sheet = match &options.cells {
        Some(path) => Some(Sheet { name: path.display().to_string(), text: files::read(path)? }),
        None => None,
    };
    let asked = Asked { source: &source, what_if, set: &subject.set, sheet: sheet.as_ref() };
    let design = Design::plan(world, asked, options.asked.clone())?;
    Ok(match options.part {
        Some(portion) => design.portion(portion)?,
        None => design,
    })
}
