//! What agents could reach by deciding otherwise, as text, JSON and a table of every decision.

mod policy;

use crate::text::paper::Paper;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::resolve::Resolved;
use crate::domain::{Model, Turn};
use crate::drivers::Head;
use crate::drivers::decider::{Decider, alternative};
use crate::drivers::enumerate::Taken;
use crate::kernel::{Site, What};

use crate::telling::{Origin, parting};
use crate::text::number::thousands;
use crate::text::pretty;
use crate::text::writer::Writer;

pub use policy::{Given, Mistake, read, sheet};

/// The name of the format of [`json`].
pub const FORMAT: &str = "baraza-resolve/2";

/// One way of deciding, and what it comes to.
#[derive(Clone, Debug)]
pub struct Case {
    /// `at best`, `at worst`, `each for itself`, `as the scenario has it`, `as given`.
    pub name: &'static str,
    /// What came of it.
    pub resolved: Resolved,
}

/// A resolution to be reported on.
#[derive(Clone, Copy, Debug)]
pub struct Resolution<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Where it came from.
    pub origin: &'a Origin,
    /// Whose decisions are open.
    pub deciders: &'a [Decider],
    /// What each wants, in words.
    pub aims: &'a [String],
    /// The ways of deciding.
    pub cases: &'a [Case],
}

/// How often a decision falls so, in one round and turn.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Row {
    round: u8,
    turn: &'static str,
    agent: String,
    decider: String,
    what: What,
    choice: String,
    /// The probability that it is asked for and decided so.
    probability: f64,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head<()>,
    agents: Vec<Agent<'a>>,
    cases: Vec<CaseRow>,
}

#[derive(Serialize)]
struct Agent<'a> {
    id: String,
    aim: &'a str,
}

#[derive(Serialize)]
struct CaseRow {
    name: &'static str,
    values: Vec<f64>,
    checked: Vec<f64>,
    missing: f64,
    states: u64,
    policy: Vec<Row>,
}

const NOTE: &str = "Such a policy sees the whole state, what others keep to themselves included, and knows every odds: a bound \
for what anybody could reach in this model, and no advice to a real mediator or party.";

/// The resolution as JSON, ending in a line feed.
pub fn json(resolution: &Resolution) -> String {
    let r = resolution;
    let cases = r.cases.iter().map(|case| CaseRow {
        name: case.name,
        values: case.resolved.values.clone(),
        checked: case.resolved.checked.clone(),
        missing: case.resolved.missing,
        states: case.resolved.states,
        policy: rows(r, &case.resolved.taken),
    });
    let ids = r.deciders.iter().map(|d| d.id(&r.model.world).into_owned());
    pretty(&Document {
        format: FORMAT,
        head: r.origin.head(&r.model.world.title, NOTE),
        agents: ids.zip(r.aims).map(|(id, aim)| Agent { id, aim }).collect(),
        cases: cases.collect(),
    })
}

/// The resolution as text.
pub fn text(resolution: &Resolution, paper: impl Into<Paper>) -> String {
    let r = resolution;
    let mut page = Writer::new(paper);
    page.heading(&r.model.world.title);
    let titles: Vec<&str> = r.deciders.iter().map(|d| d.title(&r.model.world)).collect();
    page.paragraph(&format!("The decisions of {} are left open.", titles.join(" and of ")));
    page.paragraph(NOTE);
    page.heading("What it comes to");
    for (k, aim) in r.aims.iter().enumerate() {
        page.section(&format!("{}: {aim}", titles[k]));
        for case in r.cases {
            page.row(&format!("  {:<34}{:>16.10}", case.name, case.resolved.values[k]));
        }
    }
    let states = r.cases.iter().map(|c| c.resolved.states).max().unwrap_or(0);
    let off = r.cases.iter().flat_map(|c| c.resolved.values.iter().zip(&c.resolved.checked));
    let off = off.map(|(value, checked)| (value - checked).abs()).fold(0.0, f64::max);
    page.paragraph(&format!(
        "{} states over all turns. Each figure was worked out backwards from the ends, and again forwards with the policy \
         fixed; the two differ by {off:.1e} at most. Ties go to the alternative that is listed first.",
        thousands(states)
    ));
    for case in r.cases.iter().filter(|c| !c.resolved.taken.is_empty()) {
        page.heading(&format!("The decisions: {}", case.name));
        page.paragraph("By round: how often each decision is asked for and falls so, per cent of all runs.");
        policy(&mut page, r, &case.resolved.taken);
    }
    page.finish()
}

fn policy(page: &mut Writer, r: &Resolution, taken: &[Taken]) {
    let mut by_matter: BTreeMap<(String, u8), Vec<(String, f64)>> = BTreeMap::new();
    for t in taken {
        let matter = matter(r, t);
        let choices = by_matter.entry((matter, t.round)).or_default();
        let choice = word(r.model, r.deciders[t.decision.decider], t.decision.site, t.decision.pick);
        match choices.iter_mut().find(|c| c.0 == choice) {
            Some(known) => known.1 += t.probability,
            None => choices.push((choice, t.probability)),
        }
    }
    let mut last = String::new();
    for ((matter, round), mut choices) in by_matter {
        if matter != last {
            page.section(&matter);
            last = matter;
        }
        choices.sort_by(|a, b| b.1.total_cmp(&a.1));
        let told = choices.iter().map(|(choice, p)| format!("{choice} {:.1}%", p * 100.0));
        page.item(&format!("round {round}: {}", told.collect::<Vec<_>>().join(", ")));
    }
}

/// What a decision is about, in words.
fn matter(r: &Resolution, taken: &Taken) -> String {
    let world = &r.model.world;
    let who = r.deciders[taken.decision.decider].title(world);
    let turn = r.model.turns[taken.turn];
    match taken.decision.site.what {
        What::Attendance | What::Return => format!("{who}: whether to come to {}", track(r.model, turn)),
        What::Mandate => format!("{who}: the mandate for {}", track(r.model, turn)),
        What::Action => format!("{who}: what to do"),
        What::Sign => format!("{who}: {}", parting::turn(world, turn, turn.agent(world))),
        What::Keep => format!("{who}: {}", parting::turn(world, turn, turn.agent(world))),
        What::Position => format!("{who}: the worst it accepts on {}", item(r.model, turn)),
        What::Motion => format!("{who}: what to move on {}", item(r.model, turn)),
        What::Ballot => format!("{who}: the answer to a motion on {}", item(r.model, turn)),
        _ => format!("{who}: {}", parting::turn(world, turn, turn.agent(world))),
    }
}

fn track(model: &Model, turn: Turn) -> String {
    match turn {
        Turn::Convene(s) | Turn::Instruct(s) => {
            parting::quoted(&model.world.track(model.world.seat(s).track).name)
        }
        _ => "the talks".into(),
    }
}

fn item(model: &Model, turn: Turn) -> String {
    match turn {
        Turn::Bargain(i) => parting::quoted(&model.world.item(i).name),
        _ => "the agenda".into(),
    }
}

/// An alternative of a decision in a word, or its place in the list, from 1, where there is none.
fn word(model: &Model, decider: Decider, site: Site, pick: usize) -> String {
    let item = match site.turn {
        Turn::Bargain(i) => Some(i),
        _ => decider.offered(model, site),
    };
    let option = || Some(model.world.item(item?).options.get(pick)?.name.id.as_str());
    let none = if item.is_some() { "none".to_owned() } else { (pick + 1).to_string() };
    alternative(site.what, pick).or_else(option).map_or(none, str::to_owned)
}

fn rows(r: &Resolution, taken: &[Taken]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut places: BTreeMap<(u8, usize, usize, u8, u64, usize), usize> = BTreeMap::new();
    for t in taken {
        let d = &t.decision;
        let place = (t.round, t.turn, d.decider, d.site.what as u8, d.site.address, d.pick);
        let at = *places.entry(place).or_insert_with(|| {
            let turn = r.model.turns[t.turn];
            rows.push(Row {
                round: t.round,
                turn: turn.name(),
                agent: turn.agent(&r.model.world).to_owned(),
                decider: r.deciders[d.decider].id(&r.model.world).into_owned(),
                what: d.site.what,
                choice: word(r.model, r.deciders[d.decider], d.site, d.pick),
                probability: 0.0,
            });
            rows.len() - 1
        });
        rows[at].probability += t.probability;
    }
    rows
}
