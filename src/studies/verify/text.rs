//! Verdicts on properties, as text for a terminal.

use crate::analysis::verify::{Effort, Finding, Rounding};
use crate::domain::Claim;
use crate::drivers::Transcript;
use crate::drivers::enumerate::Sighting;
use crate::studies::exact::number;
use crate::telling::claim::told;
use crate::telling::{Run, chronicle, parting};
use crate::text::number::thousands;
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::{Answer, Verification};

/// The verdicts as text.
pub(super) fn text(verification: &Verification, paper: Paper) -> String {
    let v = verification;
    let mut page = Writer::new(paper);
    page.heading(&v.model.world.title);
    page.paragraph(&scope(v));
    for answer in &v.answers {
        tell(&mut page, v, answer);
    }
    let mut text = page.finish();
    for answer in &v.answers {
        if let (Some(shown), Some(sighting)) = (&answer.shown, &answer.verdict.sighting) {
            text.push('\n');
            text.push_str(&way(v, answer, shown, sighting, paper));
        }
    }
    text
}

/// How many states were looked at, and whether these were all.
pub(super) fn scope(v: &Verification) -> String {
    let scope = match v.effort {
        Effort { stopped: true, .. } => "Stopped before every state had been looked at",
        Effort { complete: false, .. } => {
            "Not every state was looked at: there are too many for the memory, and the least likely were left out"
        }
        Effort { early: true, .. } => "The search ended as soon as everything asked had been found",
        _ => "Every state that can be reached was looked at",
    };
    format!(
        "{scope}: {} states over all turns, at most {} after one turn.",
        thousands(v.effort.states),
        thousands(v.effort.widest as u64)
    )
}

fn tell(page: &mut Writer, v: &Verification, answer: &Answer) {
    // A claim of the command line is its own title.
    match &answer.title {
        Some(title) => {
            page.heading(title);
            page.paragraph(&told(&v.model.world, answer.claim));
        }
        None => page.heading(&told(&v.model.world, answer.claim)),
    }
    page.section(&verdict(v, answer));
    if answer.verdict.called_for == Some(false) && answer.verdict.finding == Finding::Proved {
        page.paragraph("But it is never called for: what comes after `whenever` never holds, so that nothing had to follow.");
    }
    if let Some(chance) = &answer.verdict.chance {
        page.paragraph(&format!(
            "The probability is {}. {}",
            number(&chance.probability),
            rounding(chance.rounding)
        ));
    }
}

/// Which rounding is in a figure.
pub(super) fn rounding(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::None => "It was computed from the odds as they are written, without rounding.",
        Rounding::SomeOdds => {
            "It was computed from the odds as they are written; some of them are no decimals or simple fractions, and what they may be \
             off by is between the bounds."
        }
        Rounding::AllOdds => {
            "Odds are rounded to whole multiples of 2⁻³² in it; the verdict allows for that."
        }
    }
}

pub(super) fn verdict(v: &Verification, answer: &Answer) -> String {
    let possible = matches!(answer.claim, Claim::Possible(_));
    let states = thousands(v.effort.states);
    match (answer.verdict.finding, &answer.verdict.sighting) {
        (Finding::Proved, Some(s)) => format!("PROVED: it first happens {}.", when(v, s)),
        (Finding::Proved, None) => "PROVED".into(),
        (Finding::Refuted, Some(s)) => format!("REFUTED: it fails {}.", when(v, s)),
        (Finding::Refuted, None) if possible => "REFUTED: no state that can be reached shows it.".into(),
        (Finding::Refuted, None) => "REFUTED".into(),
        (Finding::Undecided, _) if answer.verdict.chance.is_some() => {
            "NOT DECIDED: the bound lies between what is known for certain, or within the rounding of the odds.".into()
        }
        (Finding::Undecided, _) if possible => format!("NOT DECIDED: no example in {states} states."),
        (Finding::Undecided, _) => format!("NOT DECIDED: no counterexample in {states} states."),
    }
}

/// When something is seen first. Where states were left out, it may happen earlier in one of these.
fn when(v: &Verification, sighting: &Sighting) -> String {
    let model = v.model;
    let first = if v.effort.complete { "at the earliest" } else { "in the states that were looked at" };
    match sighting.round {
        0 => "at the very start".into(),
        round => format!(
            "in round {round} {first}, on {}, {}",
            model.world.date_of(round),
            parting::after(&model.world, model.turns[sighting.turn])
        ),
    }
}

/// The chronicle of the way to a sighting.
fn way(v: &Verification, answer: &Answer, shown: &Transcript, sighting: &Sighting, paper: Paper) -> String {
    let mut page = Writer::new(paper);
    page.heading(&shows(answer));
    page.paragraph(shortest(v));
    let mut text = page.finish();
    text.push('\n');
    text.push_str(&excerpt(v, shown, sighting, paper));
    text
}

/// What a run is: an example of a property or one against it.
pub(super) fn shows(answer: &Answer) -> String {
    let kind = if answer.verdict.finding == Finding::Refuted { "A counterexample" } else { "An example" };
    format!("{kind} for “{}”", answer.title.as_deref().unwrap_or(&answer.id))
}

/// What is known of such a run.
pub(super) fn shortest(v: &Verification) -> &'static str {
    match v.effort.complete {
        true => "One of the shortest ways there, and of these the likeliest.",
        false => "One way there; since states were left out there may be shorter and likelier ones.",
    }
}

/// The run, told up to what it shows.
pub(super) fn excerpt(v: &Verification, shown: &Transcript, sighting: &Sighting, paper: Paper) -> String {
    let reached = |step: &crate::drivers::Step| {
        let turn = v.model.turns.iter().position(|t| *t == step.turn).unwrap_or(usize::MAX);
        (step.round, turn) <= (sighting.round, sighting.turn)
    };
    let steps = shown.steps.iter().filter(|s| reached(s)).cloned().collect();
    let part = Transcript { steps, ..shown.clone() };
    let run = Run { model: v.model, transcript: &part, origin: v.origin };
    chronicle::excerpt(&run, v.detail, paper)
}
