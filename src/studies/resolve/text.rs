//! What agents could reach, as text for a terminal.

use std::collections::BTreeMap;

use crate::domain::{Model, Turn};
use crate::drivers::decider::{Decider, alternative};
use crate::drivers::enumerate::Taken;
use crate::kernel::{Site, What};
use crate::telling::parting;
use crate::text::number::thousands;
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::{NOTE, Resolution};

/// The resolution as text.
pub(super) fn text(resolution: &Resolution, paper: Paper) -> String {
    let r = resolution;
    let mut page = Writer::new(paper);
    page.heading(&r.model.world.title);
    let titles: Vec<&str> = r.deciders.iter().map(|d| d.title(&r.model.world)).collect();
    page.paragraph(&format!("The decisions of {} are left open.", titles.join(" and of ")));
    page.paragraph(NOTE);
    page.heading("What it comes to");
    for (k, aim) in r.aims.iter().enumerate() {
        page.section(&format!("{}: {aim}", titles[k]));
        for case in &r.cases {
            page.row(&format!("  {:<34}{:>16.10}", case.name, case.resolved.values[k]));
        }
    }
    page.paragraph(&checked(r));
    for case in r.cases.iter().filter(|c| !c.resolved.taken.is_empty()) {
        page.heading(&format!("The decisions: {}", case.name));
        page.paragraph(OFTEN);
        policy(&mut page, r, &case.resolved.taken);
    }
    page.finish()
}

/// How the figures were worked out, and how far both ways differ.
pub(super) fn checked(r: &Resolution) -> String {
    let states = r.cases.iter().map(|c| c.resolved.states).max().unwrap_or(0);
    let off = r.cases.iter().flat_map(|c| c.resolved.values.iter().zip(&c.resolved.checked));
    let off = off.map(|(value, checked)| (value - checked).abs()).fold(0.0, f64::max);
    format!(
        "{} states over all turns. Each figure was worked out backwards from the ends, and again forwards with the policy \
         fixed; the two differ by {off:.1e} at most. Ties go to the alternative that is listed first.",
        thousands(states)
    )
}

/// What the paragraph before decisions says.
pub(super) const OFTEN: &str =
    "By round: how often each decision is asked for and falls so, per cent of all runs.";

/// Decisions by what they are about and by round: how often each falls so, the commonest first.
pub(super) fn decisions(r: &Resolution, taken: &[Taken]) -> BTreeMap<(String, u8), Vec<(String, f64)>> {
    let mut by_matter: BTreeMap<(String, u8), Vec<(String, f64)>> = BTreeMap::new();
    for t in taken {
        let choices = by_matter.entry((matter(r, t), t.round)).or_default();
        let choice = word(r.model, r.deciders[t.decision.decider], t.decision.site, t.decision.pick);
        match choices.iter_mut().find(|c| c.0 == choice) {
            Some(known) => known.1 += t.probability,
            None => choices.push((choice, t.probability)),
        }
    }
    by_matter.values_mut().for_each(|choices| choices.sort_by(|a, b| b.1.total_cmp(&a.1)));
    by_matter
}

/// How decisions of one matter and round fall, in a line.
pub(super) fn fall(choices: &[(String, f64)]) -> String {
    let told = choices.iter().map(|(choice, p)| format!("{choice} {:.1}%", p * 100.0));
    told.collect::<Vec<_>>().join(", ")
}

fn policy(page: &mut Writer, r: &Resolution, taken: &[Taken]) {
    let mut last = String::new();
    for ((matter, round), choices) in decisions(r, taken) {
        if matter != last {
            page.section(&matter);
            last = matter;
        }
        page.item(&format!("round {round}: {}", fall(&choices)));
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
pub(super) fn word(model: &Model, decider: Decider, site: Site, pick: usize) -> String {
    let item = match site.turn {
        Turn::Bargain(i) => Some(i),
        _ => decider.offered(model, site),
    };
    let option = || Some(model.world.item(item?).options.get(pick)?.name.id.as_str());
    let none = if item.is_some() { "none".to_owned() } else { (pick + 1).to_string() };
    alternative(site.what, pick).or_else(option).map_or(none, str::to_owned)
}
