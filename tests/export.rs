//! The chain and the decision process behind a scenario: sound, the same as the exact answer, and never half-written.

mod support;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;

use assert_cmd::Command;
use baraza::analysis::counters::Measure;
use baraza::analysis::exact::{Exact, answer, exact};
use baraza::domain::rule::Rule;
use baraza::domain::{Model, ONE};
use baraza::drivers::decider::Decider;
use baraza::drivers::enumerate::{
    Act, Asked, Fixed, Limits, MemoryBudget, Refused, TrackedCells, Visitor, Written, labels, write,
};
use baraza::scenario::parse_condition;
use proptest::prelude::*;
use support::generate::{SMALL, Size, scenarios};
use support::model;

/// Scenarios in which everything acts, small enough to be walked through.
const BUSY: Size = Size { parties: 2, tracks: 1, items: 1, options: 2, rounds: 2, ground: true };
const MOST: u64 = 30_000;
const MEASURES: [&str; 2] = ["round >= 2 and outcome != none", "any(party.*.weariness >= medium)"];

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 200, ..ProptestConfig::default() }
}

/// An action as it was shown.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    act: Option<Act>,
    rewards: Vec<f64>,
    to: Vec<(u64, f64)>,
}

/// Everything that was shown, by state.
#[derive(Clone, Debug, Default, PartialEq)]
struct Book {
    labels: Vec<Vec<usize>>,
    choices: Vec<Vec<Choice>>,
}

impl Visitor for Book {
    type Error = Infallible;

    fn state(&mut self, id: u64, labels: &[usize]) -> Result<(), Infallible> {
        assert_eq!(id, self.labels.len() as u64, "numbers have no gaps");
        self.labels.push(labels.to_vec());
        self.choices.push(Vec::new());
        Ok(())
    }

    fn action(&mut self, act: Option<Act>, rewards: &[f64]) -> Result<(), Infallible> {
        let choice = Choice { act, rewards: rewards.to_vec(), to: Vec::new() };
        self.choices.last_mut().expect("a state comes first").push(choice);
        Ok(())
    }

    fn transition(&mut self, target: u64, probability: f64) -> Result<(), Infallible> {
        let choices = self.choices.last_mut().expect("a state comes first");
        choices.last_mut().expect("an action comes first").to.push((target, probability));
        Ok(())
    }
}

impl Book {
    /// Walks through a scenario; `None` where it has too many states.
    fn of(model: &Model, deciders: &[Decider], measures: &[Measure]) -> Option<(Self, Written)> {
        let rules: Vec<_> = measures.iter().map(|m| &m.rule).collect();
        let asked = Asked { deciders, measures: &rules, max_states: MOST };
        let mut book = Self::default();
        match write(model, asked, &mut book, &mut |_| true) {
            Ok(written) => Some((book, written)),
            Err(Refused::TooManyStates { .. }) => None,
            Err(other) => panic!("{other:?}"),
        }
    }

    fn absorbs(&self, state: usize) -> bool {
        let choices = &self.choices[state];
        choices.len() == 1 && choices[0].to == [(state as u64, 1.0)]
    }

    /// Values of all states, from the last to the first until nothing changes: a decision within a turn may lead to states that
    /// were numbered before it.
    fn solve(&self, goal: impl Fn(usize) -> f64, resolve: impl Fn(usize, &[Choice], &[f64]) -> f64) -> f64 {
        let mut values: Vec<f64> = (0..self.labels.len()).map(&goal).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for state in (0..self.labels.len()).rev().filter(|s| !self.absorbs(*s)) {
                let worth: Vec<f64> = self.choices[state]
                    .iter()
                    .map(|choice| choice.to.iter().map(|(to, p)| p * values[*to as usize]).sum())
                    .collect();
                let value = goal(state).max(resolve(state, &self.choices[state], &worth));
                changed |= value != values[state];
                values[state] = value;
            }
        }
        values[0]
    }

    fn has(&self, state: usize, label: usize) -> f64 {
        f64::from(u8::from(self.labels[state].contains(&label)))
    }

    /// The probability of reaching a label in a chain, or under the odds that the deciders' own rules give.
    fn reach(&self, label: usize) -> f64 {
        self.solve(|s| self.has(s, label), |_, choices, worth| by_rule(choices, worth))
    }

    /// The expected sum of a reward, under the same odds.
    fn gather(&self, reward: usize) -> f64 {
        let sum = |_: usize, choices: &[Choice], worth: &[f64]| {
            let worth: Vec<f64> = worth.iter().zip(choices).map(|(w, c)| w + c.rewards[reward]).collect();
            by_rule(choices, &worth)
        };
        self.solve(|_| 0.0, sum)
    }
}

/// The mean over actions by the odds of the agent's own rule.
fn by_rule(choices: &[Choice], worth: &[f64]) -> f64 {
    let share = |c: &Choice| c.act.map_or(1.0, |act| act.odds as f64 / ONE as f64);
    choices.iter().zip(worth).map(|(c, w)| share(c) * w).sum()
}

fn measures(model: &Model) -> Vec<Measure> {
    let world = &model.world;
    let ground = model.ground();
    let measure = |text: &str| {
        let condition = parse_condition(text, world).expect("a condition");
        Measure::new(text, Rule::of(&condition, ground))
    };
    MEASURES.map(measure).into()
}

fn solved(model: &Model, measures: &[Measure]) -> Exact {
    let limits = Limits { room: MemoryBudget::of(1_000_000), budget: 0.0, hopeless: 0.0 };
    let swept = exact::<Fixed>(model, measures, limits, &mut TrackedCells::guess(model), |_| true)
        .expect("few measures");
    answer(model, measures, &swept).expect("it is small")
}

/// Everybody who could decide.
fn everybody(model: &Model) -> Vec<Decider> {
    let parties = model.world.parties.iter().map(|p| &p.name.id);
    let ids = parties.chain(model.world.mediators.iter().map(|m| &m.name.id));
    ids.map(|id| Decider::find(&model.world, id).expect("it exists")).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * b.abs().max(1.0)
}

/// What the exact answer and a book say of the same things, by the names of labels and rewards.
fn agree(model: &Model, book: &Book, exact: &Exact, measured: bool) -> Result<(), TestCaseError> {
    let names = labels(&model.world, if measured { MEASURES.len() } else { 0 });
    let place = |name: String| {
        names.iter().position(|n| *n == name).unwrap_or_else(|| panic!("{name} is no label of {names:?}"))
    };
    let check = |name: &str, ours: f64, exact: f64| {
        prop_assert!(close(ours, exact), "{name}: {ours}, exact {exact}");
        Ok(())
    };
    for outcome in &exact.outcomes {
        let name = format!("outcome_{}", outcome.id.replace('-', "_"));
        check(&name, book.reach(place(name.clone())), outcome.probability.low)?;
    }
    for (k, reward) in exact.rewards.iter().enumerate() {
        check(&reward.id, book.gather(k), reward.expected.low)?;
    }
    for (k, measure) in exact.measures.iter().enumerate().filter(|_| measured) {
        check(&measure.condition, book.reach(place(format!("measure_{}", k + 1))), measure.ever.low)?;
        check("last", book.reach(place(format!("measure_{}_last", k + 1))), measure.last.low)?;
    }
    for text in &exact.instruments {
        let name = format!("signed_{}", text.id.replace('-', "_"));
        check(&name, book.reach(place(name.clone())), text.signed.low)?;
    }
    Ok(())
}

/// Every action leads to states that there are, each once, for certain; labels stand where they should.
fn sound(model: &Model, book: &Book, written: &Written) -> Result<(), TestCaseError> {
    let states = book.labels.len();
    let choices = || book.choices.iter().flatten();
    prop_assert_eq!(written.states, states as u64);
    prop_assert_eq!(written.choices, choices().count() as u64);
    prop_assert_eq!(written.transitions, choices().map(|c| c.to.len() as u64).sum::<u64>());
    let mut met = vec![false; states];
    met[0] = true;
    for (state, choices) in book.choices.iter().enumerate() {
        prop_assert!(!choices.is_empty(), "state {state} has no action");
        prop_assert_eq!(book.labels[state].contains(&0), state == 0, "init");
        prop_assert_eq!(book.labels[state].contains(&1), book.absorbs(state), "end");
        let named = choices.iter().filter(|c| c.act.is_some()).count();
        prop_assert!(named == choices.len() || (named == 0 && choices.len() == 1), "{choices:?}");
        for choice in choices {
            let sum: f64 = choice.to.iter().map(|(_, p)| p).sum();
            prop_assert!((sum - 1.0).abs() <= 1e-12, "state {state} sums to {sum}");
            prop_assert!(choice.to.windows(2).all(|pair| pair[0].0 < pair[1].0));
            prop_assert_eq!(choice.rewards.len(), model.world.rewards.len());
            for (to, p) in &choice.to {
                prop_assert!((*to as usize) < states && *p > 0.0);
                // Nothing leads back but the loops of ends and decisions within a turn.
                let back = book.absorbs(*to as usize) || choice.act.is_some();
                prop_assert!(back || *to as usize > state, "{state} leads to {to}");
                met[*to as usize] = true;
            }
        }
    }
    prop_assert!(met.into_iter().all(|m| m), "some state is never reached");
    Ok(())
}

proptest! {
    #![proptest_config(config(24))]

    /// A small solver over the exported chain finds what the exact answer says.
    #[test]
    fn the_chain_is_the_scenario(small in scenarios(SMALL), busy in scenarios(BUSY)) {
        for draft in [small, busy] {
            let model = model(&draft.text());
            let measures = measures(&model);
            let Some((book, written)) = Book::of(&model, &[], &measures) else { continue };
            sound(&model, &book, &written)?;
            prop_assert!(book.choices.iter().all(|c| c.len() == 1), "chance alone");
            agree(&model, &book, &solved(&model, &measures), true)?;
        }
    }

    /// With everybody's decisions open, and then taken by the odds that their rules give, the chain comes back; and the least and
    /// the greatest probability lie on either side of it.
    #[test]
    fn the_decision_process_contains_the_chain(small in scenarios(SMALL), busy in scenarios(BUSY)) {
        for draft in [small, busy] {
            let model = model(&draft.text());
            let deciders = everybody(&model);
            let Some((book, written)) = Book::of(&model, &deciders, &[]) else { continue };
            sound(&model, &book, &written)?;
            let exact = solved(&model, &[]);
            agree(&model, &book, &exact, false)?;
            for (k, outcome) in exact.outcomes.iter().enumerate() {
                let goal = |s: usize| book.has(s, 2 + k);
                let least = book.solve(goal, |_, _, worth| worth.iter().copied().fold(f64::INFINITY, f64::min));
                let most = book.solve(goal, |_, _, worth| worth.iter().copied().fold(0.0, f64::max));
                let p = outcome.probability.low;
                prop_assert!(least <= p + 1e-11 && p <= most + 1e-11, "{}: {least} {p} {most}", outcome.id);
            }
        }
    }

    /// Numbers do not depend on anything but the scenario.
    #[test]
    fn the_same_states_every_time(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        prop_assert_eq!(Book::of(&model, &[], &[]), Book::of(&model, &[], &[]));
    }
}

fn baraza() -> Command {
    Command::cargo_bin("baraza").expect("it is built")
}

const TUTORIAL: &str = "scenarios/tutorial/2-mediator.toml";
const SHORT: [&str; 2] = ["--set", "scenario.rounds=2"];

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<_> = entries.map(|e| e.file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn too_many_states_are_refused_and_nothing_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in ["drn", "prism-explicit"] {
        let out = folder.path().join("chain");
        let mut command = baraza();
        command.args(["export", TUTORIAL, "--format", format, "--max-states", "100", "--out"]).arg(&out);
        let output = command.output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("more than 100 states") && told.contains("--max-states"), "{told}");
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }
}

#[test]
fn files_that_exist_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (drn, lab) = (folder.path().join("chain.drn"), folder.path().join("chain.lab"));
    fs::write(&drn, "mine").expect("written");
    fs::write(&lab, "mine").expect("written");
    let export = |format: &str, out: &std::path::Path, force: bool| {
        let mut command = baraza();
        command.args(["export", TUTORIAL, "--format", format, "--out"]).arg(out).args(SHORT);
        command.args(force.then_some("--force"));
        command.output().expect("it runs")
    };
    let refused = export("drn", &drn, false);
    assert_eq!(refused.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--out"), "{refused:?}");
    assert_eq!(export("prism-explicit", &folder.path().join("chain"), false).status.code(), Some(3));
    assert_eq!(names(folder.path()), ["chain.drn", "chain.lab"]);
    assert_eq!(fs::read_to_string(&drn).expect("it is there"), "mine");
    assert_eq!(export("drn", &drn, true).status.code(), Some(0));
    assert_eq!(export("prism-explicit", &folder.path().join("chain.tra"), true).status.code(), Some(0));
    assert_eq!(names(folder.path()), ["chain.drn", "chain.lab", "chain.tra"]);
    assert!(fs::read_to_string(&drn).expect("it is there").contains("@type: DTMC"));
    assert!(fs::read_to_string(&lab).expect("it is there").starts_with("0=\"init\" 1=\"end\""));
    // A folder that does not exist is said to be missing.
    assert_eq!(export("drn", &folder.path().join("none/chain.drn"), false).status.code(), Some(3));
}

#[test]
fn an_unknown_agent_is_wrong_usage() {
    let output = baraza()
        .args(["export", TUTORIAL, "--format", "drn", "--agent", "nobody", "--out", "never.drn"])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("elders"), "{output:?}");
}

/// The two formats say the same, and what they say is what was walked through.
#[test]
fn both_formats_hold_the_same_decision_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let (drn, stem) = (folder.path().join("mdp.drn"), folder.path().join("mdp"));
    for (format, out) in [("drn", &drn), ("prism-explicit", &stem)] {
        let mut command = baraza();
        command.args(["export", TUTORIAL, "--format", format, "--agent", "elders", "--agent", "highlands"]);
        command.arg("--out").arg(out).args(SHORT).assert().code(0);
    }
    let tra = fs::read_to_string(folder.path().join("mdp.tra")).expect("transitions");
    let drn = fs::read_to_string(&drn).expect("states");
    let mut rows = tra.lines();
    let head: Vec<u64> = numbers(rows.next().expect("a head"));
    let body: Vec<&str> = drn.lines().skip_while(|l| *l != "@model").skip(1).collect();
    let count = |start: &str| body.iter().filter(|l| l.starts_with(start)).count() as u64;
    let (states, choices) = (count("state "), count("\taction "));
    assert_eq!(head, [states, choices, rows.clone().count() as u64]);
    assert!(drn.contains(&format!("@nr_states\n{states}\n@nr_choices\n{choices}\n@model\n")));
    let (mut state, mut choice, mut named) = (0, 0, 0);
    for line in body {
        if let Some(rest) = line.strip_prefix("state ") {
            state = rest.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
            choice = -1;
        } else if let Some(name) = line.strip_prefix("\taction ") {
            choice += 1;
            named += u64::from(name.starts_with("elders_") || name.starts_with("highlands_"));
        } else {
            let (to, p) = line.trim().split_once(" : ").expect("a transition");
            let start = format!("{state} {choice} {to} {p}");
            let row = rows.next().expect("as many rows");
            assert!(row == start || row.starts_with(&format!("{start} ")), "{row} and {start}");
        }
    }
    let actions: BTreeMap<&str, usize> =
        tra.lines().skip(1).filter_map(|l| l.split(' ').nth(4)).fold(BTreeMap::new(), |mut all, name| {
            *all.entry(name).or_insert(0) += 1;
            all
        });
    assert!(named > 0 && actions.contains_key("highlands_walk_out"), "{actions:?}");
}

fn numbers(line: &str) -> Vec<u64> {
    line.split(' ').map(|n| n.parse().expect("a number")).collect()
}

/// Writes generated scenarios as files into the folder that the variable names, for checks by other programs.
#[test]
#[ignore = "a tool: BARAZA_WRITE_SCENARIOS=FOLDER cargo test --test export -- --ignored write_scenarios"]
fn write_scenarios() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let folder = std::env::var("BARAZA_WRITE_SCENARIOS").expect("BARAZA_WRITE_SCENARIOS names a folder");
    let mut runner = TestRunner::deterministic();
    let mut written = 0;
    while written < 20 {
        let size = if written % 2 == 0 { SMALL } else { BUSY };
        let draft = scenarios(size).new_tree(&mut runner).expect("a scenario").current();
        let text = draft.text();
        // Plain ones and large ones teach little.
        match Book::of(&model(&text), &[], &[]) {
            Some((book, _)) if book.labels.len() > 200 => {
                let path = std::path::Path::new(&folder).join(format!("generated-{written:02}.toml"));
                fs::write(path, text).expect("the folder can be written to");
                written += 1;
            }
            _ => {}
        }
    }
}
