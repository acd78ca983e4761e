//! Verdicts on properties, as text and as JSON.

use crate::text::paper::Paper;
use serde::Serialize;

use crate::analysis::verify::{Chance, Effort, Finding, Rounding, Verdict};
use crate::domain::{Claim, Model};
use crate::drivers::{Head, Transcript, enumerate::Sighting};
use crate::scenario::print_condition;

use crate::telling::chronicle;
use crate::telling::chronicle::Detail;
use crate::telling::{Origin, Run};
use crate::text::number::thousands;
use crate::text::pretty;
use crate::text::writer::Writer;

/// The name of the format of [`json`].
pub const FORMAT: &str = "baraza-verify/2";

/// What the verdicts are, and are not.
const NOTE: &str = "Verdicts on a teaching model under its assumptions, not on the real world.";

/// A property with its verdict.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// Its id, or the text of the command line.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// What is claimed.
    pub claim: &'a Claim,
    /// What came of it.
    pub verdict: Verdict,
    /// The run that shows it, completed by the likeliest choices.
    pub shown: Option<Transcript>,
}

/// Verdicts to be reported on.
#[derive(Clone, Copy, Debug)]
pub struct Verification<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Where it came from.
    pub origin: &'a Origin,
    /// What was done.
    pub effort: Effort,
    /// The properties.
    pub answers: &'a [Answer<'a>],
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head<()>,
    effort: Effort,
    properties: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: Option<&'a str>,
    claim: String,
    finding: Finding,
    #[serde(skip_serializing_if = "Option::is_none")]
    called_for: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<&'a Chance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    round: u8,
    turn: &'static str,
    agent: String,
    picks: Vec<usize>,
}

/// The verdicts as JSON, ending in a line feed.
pub fn json(verification: &Verification) -> String {
    let v = verification;
    let row = |a: &'_ Answer| -> (String, Option<Place>) {
        (claim(v.model, a.claim), a.verdict.sighting.as_ref().map(|s| place(v.model, s)))
    };
    let properties = v.answers.iter().map(|a| {
        let (claim, shown) = row(a);
        Row {
            id: &a.id,
            title: a.title.as_deref(),
            claim,
            finding: a.verdict.finding,
            called_for: a.verdict.called_for,
            probability: a.verdict.chance.as_ref(),
            shown,
        }
    });
    pretty(&Document {
        format: FORMAT,
        head: v.origin.head(&v.model.world.title, NOTE),
        effort: v.effort,
        properties: properties.collect(),
    })
}

fn place(model: &Model, sighting: &Sighting) -> Place {
    let turn = model.turns[sighting.turn];
    let (name, agent) = match sighting.round {
        0 => ("start", String::new()),
        _ => (turn.name(), turn.agent(&model.world).to_owned()),
    };
    Place { round: sighting.round, turn: name, agent, picks: sighting.picks.clone() }
}

/// The verdicts as text.
pub fn text(verification: &Verification, detail: Detail, paper: impl Into<Paper>) -> String {
    let paper = paper.into();
    let v = verification;
    let mut page = Writer::new(paper);
    page.heading(&v.model.world.title);
    let scope = match v.effort {
        Effort { stopped: true, .. } => "Stopped before every state had been looked at",
        Effort { complete: false, .. } => {
            "Not every state was looked at: there are too many for the memory, and the least likely were left out"
        }
        Effort { early: true, .. } => "The search ended as soon as everything asked had been found",
        _ => "Every state that can be reached was looked at",
    };
    page.paragraph(&format!(
        "{scope}: {} states over all turns, at most {} after one turn.",
        thousands(v.effort.states),
        thousands(v.effort.widest as u64)
    ));
    for answer in v.answers {
        tell(&mut page, v, answer);
    }
    let mut text = page.finish();
    for answer in v.answers {
        if let (Some(shown), Some(sighting)) = (&answer.shown, &answer.verdict.sighting) {
            text.push('\n');
            text.push_str(&way(v, answer, shown, sighting, detail, paper));
        }
    }
    text
}

fn tell(page: &mut Writer, v: &Verification, answer: &Answer) {
    // A claim of the command line is its own title.
    match &answer.title {
        Some(title) => {
            page.heading(title);
            page.paragraph(&claim(v.model, answer.claim));
        }
        None => page.heading(&claim(v.model, answer.claim)),
    }
    page.section(&verdict(v, answer));
    if answer.verdict.called_for == Some(false) && answer.verdict.finding == Finding::Proved {
        page.paragraph("But it is never called for: what comes after `whenever` never holds, so that nothing had to follow.");
    }
    if let Some(chance) = &answer.verdict.chance {
        page.paragraph(&format!(
            "The probability is {}. {}",
            super::exact::number(&chance.probability),
            rounding(chance.rounding)
        ));
    }
}

/// Which rounding is in a figure.
fn rounding(rounding: Rounding) -> &'static str {
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

fn verdict(v: &Verification, answer: &Answer) -> String {
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
            crate::telling::parting::after(&model.world, model.turns[sighting.turn])
        ),
    }
}

/// The chronicle of the way to a sighting.
fn way(
    v: &Verification,
    answer: &Answer,
    shown: &Transcript,
    sighting: &Sighting,
    detail: Detail,
    paper: Paper,
) -> String {
    let mut page = Writer::new(paper);
    let kind = if answer.verdict.finding == Finding::Refuted { "A counterexample" } else { "An example" };
    page.heading(&format!("{kind} for “{}”", answer.title.as_deref().unwrap_or(&answer.id)));
    page.paragraph(match v.effort.complete {
        true => "One of the shortest ways there, and of these the likeliest.",
        false => "One way there; since states were left out there may be shorter and likelier ones.",
    });
    let reached = |step: &crate::drivers::Step| {
        let turn = v.model.turns.iter().position(|t| *t == step.turn).unwrap_or(usize::MAX);
        (step.round, turn) <= (sighting.round, sighting.turn)
    };
    let steps = shown.steps.iter().filter(|s| reached(s)).cloned().collect();
    let part = Transcript { steps, ..shown.clone() };
    let run = Run { model: v.model, transcript: &part, origin: v.origin };
    let mut text = page.finish();
    text.push('\n');
    text.push_str(&chronicle::excerpt(&run, detail, paper));
    text
}

/// The claim as the command line writes it.
fn claim(model: &Model, claim: &Claim) -> String {
    let print = |c| print_condition(c, &model.world);
    match claim {
        Claim::Always(c) => format!("always {}", print(c)),
        Claim::Never(c) => format!("never {}", print(c)),
        Claim::Possible(c) => format!("possible {}", print(c)),
        Claim::Whenever { first, then, within } => {
            let within = within.map_or(String::new(), |n| format!(" within {n} rounds"));
            format!("whenever {} then {}{within}", print(first), print(then))
        }
        Claim::Probability { of, at_least, at_most } => {
            let of = print(of);
            let least = at_least.map(|p| format!("P({of}) >= {p}"));
            let most = at_most.map(|p| format!("P({of}) <= {p}"));
            least.into_iter().chain(most).collect::<Vec<_>>().join(" and ")
        }
    }
}
