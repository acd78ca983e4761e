//! `baraza resolve`: what agents could reach by deciding otherwise.

use std::path::{Path, PathBuf};

use crate::analysis::Held;
use crate::analysis::resolve::{Aim, Extreme, Question, Resolved, evaluate, resolve};
use crate::domain::{Condition, Model};
use crate::drivers::decider::{Decider, WORDED, alternatives};
use crate::drivers::enumerate::{Always, MINDS, Policy, TooLarge};
use crate::kernel::What;

use crate::scenario;
use crate::studies::resolve::{Case, Given, Resolution};

use super::args;
use super::exit::{Exit, Failure};
use super::single::Single;
use super::study::{Layers, catch_interrupts, pool, stopped};
use super::terminal::Terminal;
use super::{files, ids, memory};

/// Resolves and tells.
pub(super) fn carry_out(options: &args::Resolve, terminal: &Terminal) -> Result<Exit, Failure> {
    let inputs = std::iter::once(&options.subject.file).chain(&options.follow).map(PathBuf::as_path);
    let door = files::door(options.force, inputs);
    let kept = Single::new(&door, "--policy", options.policy.as_deref())?;
    let world = options.subject.world(terminal)?;
    let origin = options.subject.origin(&world);
    let model = Model::new(world);
    let deciders = deciders(options, &model)?;
    let (aims, words) = aims(options, &model, &deciders, terminal)?;
    let habits = habits(options, &model, &deciders)?;
    let given = options.follow.as_deref().map(|path| follow(path, &model, &deciders)).transpose()?;
    let room = memory::room(options.max_states);
    let question = Question { model: &model, deciders: &deciders, aims: &aims, room };
    catch_interrupts();
    let always = &Always(&habits);
    let policy = match &given {
        Some(given) => Some(given as &dyn Policy),
        None => (!habits.is_empty()).then_some(always as &dyn Policy),
    };
    let cases = pool(options.threads)?.install(|| cases(question, policy, options))?;
    if let (Some(given), Some(path)) = (&given, &options.follow) {
        say_what_was_met(given, path, terminal)?;
    }
    let resolution =
        Resolution { model: &model, origin: &origin, deciders: &deciders, aims: &words, cases: &cases };
    if let Some(case) = cases.first() {
        kept.put_table(options.excel, || crate::studies::resolve::sheet(&resolution, case).csv(), terminal)?;
    }
    terminal.print(&match options.json {
        true => crate::studies::resolve::json(&resolution),
        false => crate::studies::resolve::text(&resolution, terminal.paper()),
    })?;
    Ok(Exit::Fine)
}

/// Works out one way of deciding; it is told the states after every turn and says whether to go on.
type Work<'a> = &'a dyn Fn(&mut dyn FnMut(usize, usize) -> bool) -> Result<Resolved, TooLarge>;

/// The ways of deciding that are asked for: a given one, or the best and the worst; beside them what the scenario's odds come to.
fn cases(
    question: Question,
    policy: Option<&dyn Policy>,
    options: &args::Resolve,
) -> Result<Vec<Case>, Failure> {
    let work = |name: &'static str, run: Work| {
        let mut progress = Layers::new(question.model);
        let resolved = run(&mut |turns, states| {
            progress.show(turns, states, 0.0);
            !stopped()
        });
        progress.clear();
        match resolved {
            Ok(resolved) => Ok(Case { name, resolved }),
            Err(large) => Err(too_large(large, question, options)),
        }
    };
    let modelled = work("as the scenario has it", &|p| evaluate(question, &Always(&[]), p));
    let cases = if let Some(policy) = policy {
        vec![work("as given", &|p| evaluate(question, policy, p)), modelled]
    } else if question.deciders.len() > 1 {
        vec![work("each for itself", &|p| resolve(question, Extreme::Best, p)), modelled]
    } else {
        let best = work("at best", &|p| resolve(question, Extreme::Best, p));
        vec![best, modelled, work("at worst", &|p| resolve(question, Extreme::Worst, p))]
    };
    cases.into_iter().collect()
}

fn too_large(large: TooLarge, question: Question, options: &args::Resolve) -> Failure {
    if stopped() {
        let message = "stopped: nothing is known before the whole has been worked out";
        return Failure::new(Exit::Interrupted, message);
    }
    let message = format!(
        "too large: {} states by round {} of {}, more than the {} that may be kept, and all of them must be kept at once; leaving out fronts, backers or items, \
         fewer rounds, or weariness_odds of 0 or 1, makes scenarios smaller; --max-states allows more; `baraza export {} \
         --format drn --agent …` writes the decision process for a model checker",
        large.states,
        large.round,
        question.model.world.rounds,
        large.most,
        options.subject.named()
    );
    Failure::new(Exit::No, message)
}

fn deciders(options: &args::Resolve, model: &Model) -> Result<Vec<Decider>, Failure> {
    let mut found = Vec::new();
    for id in &options.agent {
        let decider = ids::decider("--agent", id, &model.world)?;
        if !found.contains(&decider) {
            found.push(decider);
        }
    }
    match found.len() {
        n if n > MINDS => Err(Failure::new(Exit::Usage, format!("at most {MINDS} agents can decide"))),
        _ => Ok(found),
    }
}

/// What each agent wants, with the words for it.
fn aims(
    options: &args::Resolve,
    model: &Model,
    deciders: &[Decider],
    terminal: &Terminal,
) -> Result<(Vec<Aim>, Vec<String>), Failure> {
    let one = deciders.len() == 1;
    refuse_idle_aims(options, model, deciders)?;
    let mut aims = Vec::new();
    for decider in deciders {
        let id = decider.id(&model.world);
        let given = options
            .aim
            .iter()
            .find(|(agent, _)| Decider::find(&model.world, agent).ok() == Some(*decider))
            .map(|(_, aim)| aim.as_str());
        aims.push(match (given, options.measure.as_deref(), options.outcome.as_deref(), decider) {
            (Some("points"), _, _, Decider::Party(p)) | (None, None, None, Decider::Party(p)) => {
                (Aim::Payoff(*p), "points of 100 in hand when the talks end".to_owned())
            }
            (Some("points"), _, _, Decider::Mediator(_)) => {
                let message = format!("--for {id}=points: a mediator has no points; name a condition");
                return Err(Failure::new(Exit::Usage, message));
            }
            (Some(text), ..) | (None, Some(text), ..) => condition(text, model, options.held, terminal)?,
            (None, None, Some(outcome), _) => {
                ids::outcome(outcome, &model.world)?;
                condition(&format!("outcome == {outcome}"), model, args::Held::Last, terminal)?
            }
            (None, None, None, Decider::Mediator(_)) if one => {
                let outcome = &model.world.outcomes[0].name.id;
                condition(&format!("outcome == {outcome}"), model, args::Held::Last, terminal)?
            }
            (None, None, None, Decider::Mediator(_)) => {
                let message = format!("say what {id} wants: --for {id}='CONDITION'");
                return Err(Failure::new(Exit::Usage, message));
            }
        });
    }
    Ok(aims.into_iter().unzip())
}

/// Refuses what would say nothing: an aim of an agent whose decisions are not open, two aims of one agent, an aim for all where each
/// has its own, and `--held ever` where no condition is asked for.
fn refuse_idle_aims(options: &args::Resolve, model: &Model, deciders: &[Decider]) -> Result<(), Failure> {
    let usage = |message: String| Err(Failure::new(Exit::Usage, message));
    let aims = &options.aim;
    for (k, (agent, _)) in aims.iter().enumerate() {
        if !Decider::find(&model.world, agent).is_ok_and(|found| deciders.contains(&found)) {
            return usage(format!("--for {agent}: its decisions are not open; add --agent {agent}"));
        }
        if aims[..k].iter().any(|other| other.0 == *agent) {
            return usage(format!("--for {agent} is given twice: an agent wants one thing"));
        }
    }
    let common = options.measure.as_deref().or(options.outcome.as_deref());
    if let (Some(common), true) = (common, aims.len() == deciders.len()) {
        return usage(format!("every agent has an aim of its own by --for: leave out `{common}`"));
    }
    let conditions = aims.iter().any(|(_, aim)| aim != "points") || options.measure.is_some();
    if options.held == args::Held::Ever && !conditions {
        return usage(
            "--held ever goes with a condition: --measure 'CONDITION' or --for ID='CONDITION'".into(),
        );
    }
    Ok(())
}

fn condition(
    text: &str,
    model: &Model,
    held: args::Held,
    terminal: &Terminal,
) -> Result<(Aim, String), Failure> {
    let compiled: Result<Condition, _> = scenario::parse_condition(text, &model.world);
    match compiled {
        Ok(condition) => {
            let when = Held::from(held).when();
            Ok((
                Aim::of(model, &condition, held == args::Held::Ever),
                format!("probability that {text} {when}"),
            ))
        }
        Err(diagnostics) => {
            terminal.remark(&crate::render::diagnostics::render(&diagnostics, terminal.styled_errors));
            Err(Failure::new(
                Exit::Usage,
                "an aim is a condition, such as 'outcome == peace-holding', or `points`",
            ))
        }
    }
}

/// Habits of the command line: `action=facilitate`.
fn habits(
    options: &args::Resolve,
    model: &Model,
    deciders: &[Decider],
) -> Result<Vec<(What, usize)>, Failure> {
    let usage = |message: String| Failure::new(Exit::Usage, message);
    let mut habits: Vec<(What, usize)> = Vec::new();
    for (what, choice) in &options.always {
        let known = WORDED.iter().find(|(word, _)| word == what);
        let Some((_, decision)) = known else {
            let words: Vec<&str> = WORDED.iter().map(|w| w.0).collect();
            return Err(usage(format!(
                "--always {what}={choice}: there is no decision `{what}`; possible: {}",
                words.join(", ")
            )));
        };
        if !deciders.iter().any(|d| decides(*d, *decision)) {
            let who = deciders[0].title(&model.world);
            let kind = if *decision == What::Action { "a mediator's" } else { "a party's" };
            let message = format!("--always {what}={choice}: that is {kind} decision, and {who} has none");
            return Err(usage(message));
        }
        if habits.iter().any(|habit| habit.0 == *decision) {
            return Err(usage(format!("--always {what}=… is given twice: a decision has one choice")));
        }
        let names = alternatives(*decision);
        let pick = names
            .iter()
            .position(|name| name == choice)
            .ok_or_else(|| usage(format!("--always {what}={choice}: possible are {}", names.join(", "))))?;
        habits.push((*decision, pick));
    }
    Ok(habits)
}

/// Whether an agent of this kind ever decides so.
fn decides(decider: Decider, what: What) -> bool {
    matches!(decider, Decider::Mediator(_)) == (what == What::Action)
}

/// The policy of a file.
fn follow<'a>(path: &Path, model: &'a Model, deciders: &'a [Decider]) -> Result<Given<'a>, Failure> {
    let failed = |e| Failure::new(Exit::Usage, format!("--follow {}, {e}", path.display()));
    crate::studies::resolve::read(model, deciders, &files::read(path)?).map_err(failed)
}

/// Says how much of a policy came up: a table of another scenario must not pass for one of this.
fn say_what_was_met(given: &Given, path: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let name = path.display();
    match given.met() {
        (all, 0) => Err(Failure::new(
            Exit::No,
            format!("--follow {name}: none of its {all} decisions comes up here: is it of another scenario?"),
        )),
        (all, met) => {
            terminal.remark(&format!(
                "{name}: {met} of {all} decisions come up; any other was left to the scenario's odds\n"
            ));
            Ok(())
        }
    }
}
