//! `baraza sensitivity`: which assumption matters.

use crate::studies::sensitivity::{Assumptions, Method, Parts, list};
use crate::studies::study::Findings;

use super::args;
use super::exit::{Exit, Failure};
use super::load;
use super::parted;
use super::single::Single;
use super::study::{Progress, catch_interrupts, pool, stopped};
use super::terminal::Terminal;

/// Finds the ranges, plays and tells.
pub(super) fn carry_out(options: &args::Sensitivity, terminal: &Terminal) -> Result<Exit, Failure> {
    let (subject, asked, outputs) = (&options.subject, &options.asked, &options.outputs);
    if options.table.is_some() && !asked.wants(Method::Sobol) {
        return Err(Failure::new(
            Exit::Usage,
            "--table writes the points of --method sobol: ask for that too",
        ));
    }
    let door = outputs.door([subject.file.as_path()]);
    outputs.check(&door)?;
    let kept = Single::new(&door, "--table", options.table.as_deref())?;
    let source = load::source(&subject.file, &subject.profiles.parties)?;
    let what_if = subject.what_if.as_deref();
    let world = load::of_source(&source, &subject.file, &subject.set, what_if, terminal)?;
    let study = Assumptions::plan(&source, world, subject.changed(), asked.clone())?;
    if options.list {
        terminal.print(&list(&study.ranges))?;
        return Ok(Exit::Fine);
    }
    if let Some(out) = &options.kept.out {
        let (study, place) = (Parts::of(study)?, (subject.name(), &door));
        return parted::carry_out(&study, (&options.kept, out), place, options.threads, terminal);
    }
    let whole = outputs.json || outputs.wants_tables() || outputs.pictures.wanted();
    let pool = pool(options.threads)?;
    catch_interrupts();
    let mut line: Option<Progress> = None;
    let mut progress = |done, total| line.get_or_insert_with(|| Progress::new(total, "runs")).show(done);
    let found = pool.install(|| study.play(whole, &|| !stopped(), &mut progress));
    if let Some(line) = line {
        line.clear();
    }
    let found = found?;
    if found.stopped {
        terminal.remark("stopped: only what was finished is told\n");
    }
    let made = subject.made("sensitivity", asked.words());
    let findings = study.told(&found, &made);
    match (kept.path(), findings.artifact("table")) {
        (Some(path), None) => {
            let name = path.display();
            terminal.remark(&format!("{name} is not written: not all of its points were played\n"));
        }
        (_, table) => kept.put_artifact(table, outputs.excel, terminal)?,
    }
    outputs.tell(&findings, false, &door, terminal)
}
