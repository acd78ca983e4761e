//! The chain or the decision process behind a scenario, for model checkers.

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::args::{self, ExportFormat};
use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::cli::study::{Layers, catch_interrupts, stopped};
use crate::cli::terminal::Terminal;
use crate::domain::{Model, World};
use crate::drivers::decider::Decider;
use crate::drivers::enumerate::{Act, Asked, Refused, Visitor, Written, labels, write};
use crate::exchange::drn::{self, Kind};
use crate::exchange::prism;
use crate::scenario;
use crate::store::{Body, Staged, publish};
use crate::studies::ids;
use crate::studies::questions::measures;

/// What is written, and where.
struct Job<'a> {
    world: &'a World,
    deciders: &'a [Decider],
    kind: Kind,
    labels: &'a [String],
    rewards: &'a [String],
    remarks: Vec<String>,
}

/// Writes in the format asked for.
pub(super) fn carry_out(options: &args::Export, terminal: &Terminal) -> Result<Exit, Failure> {
    let world = options.subject.world(terminal)?;
    let fingerprint = scenario::fingerprint(&world);
    let model = Model::new(world);
    let world = &model.world;
    let measures = measures(&options.measure, &model)?;
    let deciders = deciders(world, &options.agent)?;
    let rules: Vec<_> = measures.iter().map(|m| &m.rule).collect();
    let mut remarks = vec![
        format!(
            "written by baraza {} from a scenario with the fingerprint {fingerprint}",
            env!("CARGO_PKG_VERSION")
        ),
        "a teaching model under its assumptions: no chances of real events".to_owned(),
    ];
    remarks.extend(options.measure.iter().enumerate().map(|(k, text)| {
        format!("measure_{}: {}", k + 1, text.split_whitespace().collect::<Vec<_>>().join(" "))
    }));
    let job = Job {
        world,
        deciders: &deciders,
        kind: if deciders.is_empty() { Kind::Chain } else { Kind::DecisionProcess },
        labels: &labels(world, measures.len()),
        rewards: &world.rewards.iter().map(|r| r.name.id.replace('-', "_")).collect::<Vec<_>>(),
        remarks,
    };
    let asked = Asked { deciders: &deciders, measures: &rules, max_states: options.max_states };
    let (written, paths) = match options.format {
        ExportFormat::Drn => to_drn(&job, &model, asked, options)?,
        _ => to_prism(&job, &model, asked, options)?,
    };
    terminal.print(&told(&written, &paths, job.kind))?;
    Ok(Exit::Fine)
}

/// The agents whose decisions are left open.
fn deciders(world: &World, ids: &[String]) -> Result<Vec<Decider>, Failure> {
    let mut found = Vec::new();
    for id in ids {
        let decider = ids::decider("--agent", id, world)?;
        if !found.contains(&decider) {
            found.push(decider);
        }
    }
    Ok(found)
}

fn told(written: &Written, paths: &[PathBuf], kind: Kind) -> String {
    let paths: Vec<_> = paths.iter().map(|p| p.display().to_string()).collect();
    let what = match kind {
        Kind::Chain => "a Markov chain",
        Kind::DecisionProcess => "a Markov decision process",
    };
    let choices = match kind {
        Kind::Chain => String::new(),
        Kind::DecisionProcess => format!(", {} choices", written.choices),
    };
    format!(
        "Wrote {}:\n{what} of {} states{choices}, {} transitions.\n",
        paths.join(", "),
        written.states,
        written.transitions
    )
}

/// Walks through the chain and says what went wrong in the words of the command line.
fn walk<V: Visitor<Error = io::Error>>(
    model: &Model,
    asked: Asked,
    visitor: &mut V,
    (options, staged): (&args::Export, &Staged),
) -> Result<Written, Failure> {
    catch_interrupts();
    let mut progress = Layers::new(model.all_turns());
    let mut last = None;
    let result = write(model, asked, visitor, &mut |layer| {
        if last.replace((layer.round, layer.turn)) != Some((layer.round, layer.turn)) {
            progress.show(layer.step, layer.states, 0.0);
        }
        !stopped()
    });
    progress.clear();
    result.map_err(|refused| match refused {
        Refused::Visitor(e) => files::refused("--out")(staged.failed(e)),
        Refused::TooManyMeasures { .. } => Failure::new(Exit::Usage, refused.to_string()),
        Refused::TooManyStates { .. } => Failure::new(
            Exit::No,
            format!(
                "{refused} of {}, and nothing was written; leaving out fronts, backers or items, fewer rounds, or weariness_odds \
                 of 0 or 1, makes scenarios smaller; --max-states allows more; `baraza exact {}` needs no file",
                model.world.rounds,
                options.subject.named()
            ),
        ),
        Refused::Row { .. } => Failure::new(Exit::No, format!("{refused}, and nothing was written")),
        Refused::Stopped => Failure::new(Exit::Interrupted, format!("{refused}, and nothing was written")),
    })
}

/// One file for Storm.
struct ToDrn<'a> {
    job: &'a Job<'a>,
    body: drn::Body<'a, Body>,
}

impl Visitor for ToDrn<'_> {
    type Error = io::Error;

    fn state(&mut self, id: u64, labels: &[usize]) -> io::Result<()> {
        self.body.state(id, labels)
    }

    fn action(&mut self, act: Option<Act>, rewards: &[f64]) -> io::Result<()> {
        let name = act.map(|a| a.name(self.job.world, self.job.deciders));
        self.body.action(name.as_deref(), rewards)
    }

    fn transition(&mut self, target: u64, probability: f64) -> io::Result<()> {
        self.body.transition(target, probability)
    }
}

fn to_drn(
    job: &Job,
    model: &Model,
    asked: Asked,
    options: &args::Export,
) -> Result<(Written, Vec<PathBuf>), Failure> {
    let door = files::door(options.force, [options.subject.file.as_path()]);
    let refused = files::refused("--out");
    door.check(&options.out).map_err(&refused)?;
    let mut staged = door.stage(&options.out).map_err(&refused)?;
    let body = staged.body().map_err(&refused)?;
    let mut visitor = ToDrn { job, body: drn::Body::new(body, job.kind, job.labels) };
    let written = walk(model, asked, &mut visitor, (options, &staged))?;
    let head = drn::head(job.kind, &job.remarks, job.rewards, written.states, written.choices);
    staged.finish(&head, visitor.body.into_inner()).map_err(&refused)?;
    publish(vec![staged]).map_err(&refused)?;
    Ok((written, vec![options.out.clone()]))
}

/// Several files for PRISM.
struct ToPrism<'a> {
    job: &'a Job<'a>,
    body: prism::Body<Body>,
}

impl Visitor for ToPrism<'_> {
    type Error = io::Error;

    fn state(&mut self, id: u64, labels: &[usize]) -> io::Result<()> {
        self.body.state(id, labels)
    }

    fn action(&mut self, act: Option<Act>, rewards: &[f64]) -> io::Result<()> {
        let name = act.map(|a| a.name(self.job.world, self.job.deciders));
        self.body.action(name.as_deref(), rewards)
    }

    fn transition(&mut self, target: u64, probability: f64) -> io::Result<()> {
        self.body.transition(target, probability)
    }
}

/// The files that PRISM reads together: transitions, labels, and one for each reward, numbered where there are several.
fn prism_paths(out: &Path, kind: Kind, rewards: usize) -> Vec<PathBuf> {
    let stem = match out.extension() {
        Some(e) if e == "tra" => out.with_extension(""),
        _ => out.to_owned(),
    };
    let with = |end: String| {
        let mut name = stem.clone().into_os_string();
        name.push(end);
        PathBuf::from(name)
    };
    let kind = if kind == Kind::Chain { "srew" } else { "trew" };
    let mut paths = vec![with(".tra".into()), with(".lab".into())];
    match rewards {
        1 => paths.push(with(format!(".{kind}"))),
        _ => paths.extend((1..=rewards).map(|k| with(format!("{k}.{kind}")))),
    }
    paths
}

fn to_prism(
    job: &Job,
    model: &Model,
    asked: Asked,
    options: &args::Export,
) -> Result<(Written, Vec<PathBuf>), Failure> {
    let paths = prism_paths(&options.out, job.kind, job.rewards.len());
    let door = files::door(options.force, [options.subject.file.as_path()]);
    let refused = files::refused("--out");
    let fine = door.may_be(&options.out).and_then(|()| paths.iter().try_for_each(|path| door.check(path)));
    fine.map_err(&refused)?;
    let (mut staged, mut bodies) = (Vec::new(), Vec::new());
    for path in &paths {
        let file = door.stage(path).map_err(&refused)?;
        bodies.push(file.body().map_err(&refused)?);
        staged.push(file);
    }
    let rewards = bodies.split_off(2);
    let mut two = bodies.into_iter();
    let (Some(transitions), Some(states)) = (two.next(), two.next()) else {
        unreachable!("there are always transitions and labels")
    };
    let mut visitor = ToPrism { job, body: prism::Body::new(job.kind, transitions, states, rewards) };
    let written = walk(model, asked, &mut visitor, (options, &staged[0]))?;
    let Written { states, choices, transitions } = written;
    let (tra, lab, rewards) = visitor.body.into_inner();
    let mut finish = |at: usize, head: &str, body| staged[at].finish(head, body).map_err(&refused);
    finish(0, &prism::transitions_head(job.kind, states, choices, transitions), tra)?;
    finish(1, &prism::labels_head(job.labels), lab)?;
    for ((at, entries), name) in (2..).zip(rewards).zip(job.rewards) {
        finish(at, &prism::rewards_head(job.kind, name, states, choices, entries.entries), entries.out)?;
    }
    publish(staged).map_err(&refused)?;
    Ok((written, paths))
}
