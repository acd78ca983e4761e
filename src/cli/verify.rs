//! `baraza verify`: properties proved over all reachable states, or refuted.

use crate::analysis::verify::{Finding, verify};
use crate::domain::{Claim, Model, Property};
use crate::drivers::{Follow, record};
use crate::scenario;
use crate::studies::verify::{Answer, Verification};
use crate::telling::{Origin, Run, trace};

use super::args;
use super::exit::{Exit, Failure};
use super::single::Single;
use super::study::{Layers, catch_interrupts, pool, stopped};
use super::terminal::Terminal;
use super::{files, ids, memory};

/// A property to be verified.
struct Asked {
    id: String,
    title: Option<String>,
    claim: Claim,
}

/// Verifies and tells.
pub(super) fn carry_out(options: &args::Verify, terminal: &Terminal) -> Result<Exit, Failure> {
    let door = files::door(options.force, [options.subject.file.as_path()]);
    let kept = Single::new(&door, "--trace", options.trace.as_deref())?;
    let world = options.subject.world(terminal)?;
    let origin = options.subject.origin(&world);
    let model = Model::new(world);
    let asked = asked(options, &model, terminal)?;
    let claims: Vec<&Claim> = asked.iter().map(|a| &a.claim).collect();
    let room = memory::room(options.max_states);
    let mut progress = Layers::new(&model);
    catch_interrupts();
    let verified = pool(options.threads)?.install(|| {
        verify(&model, &claims, room, |turns, states| {
            progress.show(turns, states, 0.0);
            !stopped()
        })
    });
    progress.clear();
    let (verdicts, effort) = verified.map_err(|e| Failure::new(Exit::Usage, e.to_string()))?;
    let answers: Vec<Answer> = asked
        .iter()
        .zip(verdicts)
        .map(|(asked, verdict)| Answer {
            id: asked.id.clone(),
            title: asked.title.clone(),
            claim: &asked.claim,
            shown: verdict.sighting.as_ref().map(|s| record(&model, &mut Follow::new(&s.picks))),
            verdict,
        })
        .collect();
    keep_trace((options, &kept), (&model, &origin), &answers, terminal)?;
    let verification = Verification { model: &model, origin: &origin, effort, answers: &answers };
    terminal.print(&match options.json {
        true => crate::studies::verify::json(&verification),
        false => crate::studies::verify::text(&verification, options.detail.into(), terminal.paper()),
    })?;
    let proved = answers.iter().all(|a| a.verdict.finding == Finding::Proved);
    Ok(if proved { Exit::Fine } else { Exit::No })
}

/// Writes the first run that shows something, for `baraza replay`.
fn keep_trace(
    (options, kept): (&args::Verify, &Single),
    (model, origin): (&Model, &Origin),
    answers: &[Answer],
    terminal: &Terminal,
) -> Result<(), Failure> {
    let Some(path) = kept.path() else { return Ok(()) };
    // A counterexample before an example.
    let refuted = |a: &&Answer| a.verdict.finding == Finding::Refuted && a.shown.is_some();
    let shown = answers.iter().find(refuted).or_else(|| answers.iter().find(|a| a.shown.is_some()));
    let Some(answer) = shown else {
        terminal.remark("there is no run to keep: --trace wrote nothing\n");
        return Ok(());
    };
    if let Some(transcript) = &answer.shown {
        let run = Run { model, transcript, origin };
        kept.put(|| trace::write(&run, &options.subject.name()))?;
        terminal.remark(&format!("{} shows `{}`\n", path.display(), answer.id));
    }
    Ok(())
}

/// The properties of the command line, or those named, or all of the file.
fn asked(options: &args::Verify, model: &Model, terminal: &Terminal) -> Result<Vec<Asked>, Failure> {
    let world = &model.world;
    let of = |p: &Property| Asked {
        id: p.name.id.clone(),
        title: Some(p.name.title.clone()),
        claim: p.claim.clone(),
    };
    let mut asked = Vec::new();
    for id in &options.ids {
        let place = ids::place("property", id, world.properties.iter().map(|p| &p.name))?;
        asked.push(of(&world.properties[place]));
    }
    for text in &options.property {
        let claim = scenario::parse_claim(text, world).map_err(|diagnostics| {
            terminal.remark(&crate::render::diagnostics::render(&diagnostics, terminal.styled_errors));
            Failure::new(
                Exit::Usage,
                "--property takes a claim, such as 'never item.water.state == breached'",
            )
        })?;
        asked.push(Asked { id: text.clone(), title: None, claim });
    }
    if options.ids.is_empty() && options.property.is_empty() {
        asked.extend(world.properties.iter().map(of));
    }
    if asked.is_empty() {
        let message = "the scenario has no properties: write some, or give one with --property 'always C'";
        return Err(Failure::new(Exit::Usage, message));
    }
    Ok(asked)
}
