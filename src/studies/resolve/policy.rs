//! A policy as a table: every decision in every state that is reached, written and read back.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::document::dataset::Dataset;
use crate::domain::{ItemId, Model, Quantity, Turn};
use crate::drivers::decider::{Decider, alternatives};
use crate::drivers::enumerate::{Policy, Taken};
use crate::kernel::{Site, What};
use crate::telling::trace;

use super::{Case, Resolution, word};

const COLUMNS: &[&str] = &[
    "round",
    "place",
    "turn",
    "agent",
    "earlier",
    "decider",
    "what",
    "choice",
    "probability",
    "worth",
    "alternatives",
    "state",
];

/// Every decision in every state that is reached under a policy.
pub fn policy(r: &Resolution, case: &Case) -> Dataset {
    let mut table = Dataset::new("policy", COLUMNS);
    for t in &case.resolved.taken {
        let d = &t.decision;
        let turn = r.model.turns[t.turn];
        let word = |pick: usize| word(r.model, r.deciders[d.decider], d.site, pick);
        let worth = d.worth.iter().find(|w| w.0 == d.pick).map_or(0.0, |w| w.1);
        let all: Vec<String> = d.worth.iter().map(|(pick, w)| format!("{}={w}", word(*pick))).collect();
        table.push([
            t.round.to_string(),
            (t.turn + 1).to_string(),
            turn.name().into(),
            turn.agent(&r.model.world).into(),
            d.earlier.iter().map(usize::to_string).collect::<Vec<_>>().join(" "),
            r.deciders[d.decider].id(&r.model.world).into_owned(),
            trace::word(d.site.what),
            word(d.pick),
            t.probability.to_string(),
            worth.to_string(),
            all.join("; "),
            state(r.model, t),
        ]);
    }
    table
}

/// The quantities that differ from the start.
fn state(model: &Model, taken: &Taken) -> String {
    let changed = model.cells.iter().zip(&taken.cells).filter(|(info, value)| info.initial != **value);
    let told = changed.map(|(info, value)| {
        format!("{}={}", model.world.path(info.quantity), model.value_name(info.quantity, *value))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// A policy that was read. A decision of which it says nothing, or something that is not possible, is left to the scenario's odds.
#[derive(Debug)]
pub struct Given<'a> {
    model: &'a Model,
    deciders: &'a [Decider],
    /// What is decided, by the cells of the state before the turn.
    rules: HashMap<Vec<u8>, Vec<Rule>>,
}

/// One line of the table.
#[derive(Debug)]
struct Rule {
    turn: Turn,
    earlier: Vec<usize>,
    what: What,
    choice: String,
    met: AtomicBool,
}

/// A line that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Mistake {
    /// The line, from 1; the first has the names of the columns.
    pub line: u64,
    /// What is wrong with it.
    pub what: String,
}

impl Given<'_> {
    /// How many decisions it has, and how many of them have come up so far.
    pub fn met(&self) -> (usize, usize) {
        let all = || self.rules.values().flatten();
        (all().count(), all().filter(|rule| rule.met.load(Ordering::Relaxed)).count())
    }
}

impl Policy for Given<'_> {
    fn pick(
        &self,
        site: Site,
        (cells, _): (&[u8], u64),
        earlier: &mut dyn Iterator<Item = usize>,
    ) -> Option<usize> {
        let rules = self.rules.get(cells)?;
        let earlier: Vec<usize> = earlier.collect();
        let here = |r: &&Rule| r.turn == site.turn && r.what == site.what && r.earlier == earlier;
        let rule = rules.iter().find(here)?;
        let decider = *self.deciders.iter().find(|d| d.owns(self.model, site))?;
        rule.met.store(true, Ordering::Relaxed);
        (0..=u8::MAX.into()).find(|pick| word(self.model, decider, site, *pick) == rule.choice)
    }
}

/// Reads the table that [`policy`] makes. The columns that only tell something (`probability`, `worth`, `alternatives`) may say
/// anything or be missing.
///
/// # Errors
/// When a line speaks of what the scenario does not have, or is decided by somebody else.
pub fn read<'a>(model: &'a Model, deciders: &'a [Decider], text: &str) -> Result<Given<'a>, Mistake> {
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter(text)).from_reader(text.as_bytes());
    let broken = |e: csv::Error| Mistake {
        line: e.position().map_or(1, csv::Position::line),
        what: "it has another number of cells than the first line".into(),
    };
    let head = table.headers().map_err(broken)?.clone();
    let mut given = Given { model, deciders, rules: HashMap::new() };
    for record in table.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let mistake = |what: String| Mistake { line, what };
        let (cells, rule) = Line { model, deciders, head: &head, record: &record }.rule().map_err(mistake)?;
        let rules = given.rules.entry(cells).or_default();
        let twice = |r: &Rule| (r.turn, r.what, &r.earlier) == (rule.turn, rule.what, &rule.earlier);
        if rules.iter().any(twice) {
            return Err(mistake("this decision in this state stands above already".into()));
        }
        rules.push(rule);
    }
    Ok(given)
}

/// What stands between the cells: spreadsheets write semicolons where the comma is for decimals.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    if head.contains(';') && !head.contains(',') { b';' } else { b',' }
}

/// A line being read.
struct Line<'a> {
    model: &'a Model,
    deciders: &'a [Decider],
    head: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
}

impl Line<'_> {
    fn cell(&self, column: &str) -> Result<&str, String> {
        let at = self.head.iter().position(|name| name == column);
        let cell = at.and_then(|at| self.record.get(at));
        cell.ok_or_else(|| format!("the column `{column}` is missing; `--policy` writes a table that has it"))
    }

    fn number(&self, column: &str, most: usize) -> Result<usize, String> {
        let text = self.cell(column)?;
        let number = text.parse().ok().filter(|n| (1..=most).contains(n));
        number.ok_or_else(|| format!("{column} `{text}`: write a number from 1 to {most}"))
    }

    /// The state and what is decided in it.
    fn rule(&self) -> Result<(Vec<u8>, Rule), String> {
        let world = &self.model.world;
        let round = self.number("round", world.rounds.into())?;
        let turn = self.model.turns[self.number("place", self.model.turns.len())? - 1];
        let named = (self.cell("turn")?, self.cell("agent")?);
        if named != (turn.name(), turn.agent(world)) {
            return Err(format!(
                "turn {} of a round is `{} {}` in this scenario, not `{} {}`: the table is of another one",
                self.cell("place")?,
                turn.name(),
                turn.agent(world),
                named.0,
                named.1
            ));
        }
        let id = self.cell("decider")?;
        if !self.deciders.iter().any(|d| d.id(world) == id) {
            return Err(format!("`{id}` decides here: leave its decisions open with --agent {id}"));
        }
        let what = self.what()?;
        let choice = self.cell("choice")?.to_owned();
        let known = choices(self.model, turn, what);
        if !known.contains(&choice) {
            return Err(format!("choice `{choice}`: possible are {}", known.join(", ")));
        }
        let earlier = self.cell("earlier")?.split_whitespace().map(str::parse);
        let earlier = earlier.collect::<Result<_, _>>().map_err(|_| {
            "`earlier` has the places of what was picked before in the same turn, numbers from 0".to_owned()
        })?;
        let mut cells = self.cells()?;
        cells[self.model.cell(Quantity::Round)] = round as u8;
        Ok((cells, Rule { turn, earlier, what, choice, met: AtomicBool::new(false) }))
    }

    fn what(&self) -> Result<What, String> {
        let word = self.cell("what")?;
        let known = serde_json::from_value(serde_json::Value::String(word.to_owned()));
        known.map_err(|_| format!("there is no decision `{word}`"))
    }

    /// The state: that of the start with the quantities that differ.
    fn cells(&self) -> Result<Vec<u8>, String> {
        let mut cells = self.model.initial.clone();
        for part in self.cell("state")?.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (path, value) =
                part.split_once('=').ok_or_else(|| format!("state: `{part}` is no PATH=VALUE"))?;
            let infos = &self.model.cells;
            let at = infos.iter().position(|info| self.model.world.path(info.quantity) == path);
            let at = at.ok_or_else(|| format!("state: the scenario has no quantity `{path}`"))?;
            let mut values = 0..=infos[at].max;
            let named = values.find(|v| self.model.value_name(infos[at].quantity, *v) == value);
            cells[at] = named.ok_or_else(|| format!("state: `{path}` is never `{value}`"))?;
        }
        Ok(cells)
    }
}

/// What may be chosen in a decision.
fn choices(model: &Model, turn: Turn, what: What) -> Vec<String> {
    let world = &model.world;
    let options = |item: ItemId| world.item(item).options.iter().map(|o| o.name.id.clone());
    let words = alternatives(what).iter().map(|word| (*word).to_owned());
    match (turn, what) {
        (Turn::Bargain(item), What::Position | What::Motion) => {
            options(item).chain(["none".to_owned()]).collect()
        }
        (Turn::Offer(track, _), What::Offer) => {
            world.track(track).items.iter().flat_map(|item| options(*item)).collect()
        }
        _ => words.collect(),
    }
}
