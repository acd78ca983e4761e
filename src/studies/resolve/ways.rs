//! Whose decisions are open, what they want, and the ways of deciding that are compared.

use crate::analysis::Held;
use crate::analysis::resolve::{Aim, Extreme, Question, Resolved, evaluate, resolve};
use crate::domain::Model;
use crate::drivers::decider::{Decider, WORDED, alternatives};
use crate::drivers::enumerate::{Always, MINDS, Policy, TooLarge};
use crate::kernel::What;
use crate::scenario;
use crate::studies::ids;
use crate::studies::refusal::{Refusal, Why};
use crate::studies::study::{Sweeping, Watch};

use super::{Case, Options};

/// Works out one way of deciding; it is told the states after every turn and says whether to go on.
type Work<'a> = &'a dyn Fn(&mut dyn FnMut(usize, usize) -> bool) -> Result<Resolved, TooLarge>;

/// The ways of deciding that are asked for: a given one, or the best and the worst; beside them what the scenario's odds come to.
pub(super) fn cases(
    question: Question,
    policy: Option<&dyn Policy>,
    named: &str,
    watch: &dyn Watch,
) -> Result<Vec<Case>, Refusal> {
    let work = |name: &'static str, run: Work| {
        let sweeping = Sweeping::new(question.model, watch);
        match run(&mut |turns, states| sweeping.goes_on(turns, states, 0.0)) {
            Ok(resolved) => Ok(Case { name, resolved }),
            Err(large) => Err(too_large(large, question, named, watch)),
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

fn too_large(large: TooLarge, question: Question, named: &str, watch: &dyn Watch) -> Refusal {
    if watch.stopped() {
        let message = "stopped: nothing is known before the whole has been worked out";
        return Refusal::new(Why::Stopped, message);
    }
    let message = format!(
        "too large: {} states by round {} of {}, more than the {} that may be kept, and all of them must be kept at once; leaving out fronts, backers or items, \
         fewer rounds, or weariness_odds of 0 or 1, makes scenarios smaller; --max-states allows more; `baraza export {} \
         --format drn --agent …` writes the decision process for a model checker",
        large.states, large.round, question.model.world.rounds, large.most, named
    );
    Refusal::no(message)
}

pub(super) fn deciders(options: &Options, model: &Model) -> Result<Vec<Decider>, Refusal> {
    let mut found = Vec::new();
    for id in &options.agent {
        let decider = ids::decider("--agent", id, &model.world)?;
        if !found.contains(&decider) {
            found.push(decider);
        }
    }
    match found.len() {
        n if n > MINDS => Err(Refusal::usage(format!("at most {MINDS} agents can decide"))),
        _ => Ok(found),
    }
}

/// What each agent wants, with the words for it.
pub(super) fn aims(
    options: &Options,
    model: &Model,
    deciders: &[Decider],
) -> Result<(Vec<Aim>, Vec<String>), Refusal> {
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
                return Err(Refusal::usage(message));
            }
            (Some(text), ..) | (None, Some(text), ..) => condition(text, model, options.held)?,
            (None, None, Some(outcome), _) => ending(ids::outcome(outcome, &model.world)?, model)?,
            (None, None, None, Decider::Mediator(_)) if one => ending(0, model)?,
            (None, None, None, Decider::Mediator(_)) => {
                let message = format!("say what {id} wants: --for {id}='CONDITION'");
                return Err(Refusal::usage(message));
            }
        });
    }
    Ok(aims.into_iter().unzip())
}

/// Refuses what would say nothing: an aim of an agent whose decisions are not open, two aims of one agent, an aim for all where each
/// has its own, and `--held ever` where no condition is asked for.
fn refuse_idle_aims(options: &Options, model: &Model, deciders: &[Decider]) -> Result<(), Refusal> {
    let usage = |message: String| Err(Refusal::usage(message));
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
    if options.held == Held::Ever && !conditions {
        return usage(
            "--held ever goes with a condition: --measure 'CONDITION' or --for ID='CONDITION'".into(),
        );
    }
    Ok(())
}

/// That the talks end so.
fn ending(outcome: usize, model: &Model) -> Result<(Aim, String), Refusal> {
    let name = &model.world.outcomes[outcome].name;
    let (aim, _) = condition(&format!("outcome == {}", name.id), model, Held::Last)?;
    Ok((aim, format!("probability that the talks end in “{}”", name.title)))
}

fn condition(text: &str, model: &Model, held: Held) -> Result<(Aim, String), Refusal> {
    let condition = scenario::parse_condition(text, &model.world).map_err(|diagnostics| {
        Refusal::usage("an aim is a condition, such as 'outcome == peace-holding', or `points`")
            .at(diagnostics)
    })?;
    let aim = Aim::of(model, &condition, held == Held::Ever);
    Ok((aim, format!("probability that {text} {}", held.when())))
}

/// Habits of the command line: `action=facilitate`.
pub(super) fn habits(
    options: &Options,
    model: &Model,
    deciders: &[Decider],
) -> Result<Vec<(What, usize)>, Refusal> {
    let usage = |message: String| Refusal::usage(message);
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
