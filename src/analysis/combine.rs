//! Two changes together: whether they do more than each alone added up, or less.

use serde::Serialize;

use super::Held;
use super::pairs::{InteractionCounts, Pair};
use super::statistics::interaction::Interaction;
use super::what_if::{Effect, Estimate, Subject};

/// What two changes do together to the share of one thing, in shares of 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Joint {
    /// The id of an outcome, or a condition as written.
    pub id: String,
    /// Its title; of a condition the condition.
    pub title: String,
    /// For a condition: whether it held at the end of some round or of the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// Share as the scenario stands.
    pub neither: f64,
    /// Share with the first change alone.
    pub first: f64,
    /// Share with the second alone.
    pub second: f64,
    /// Share with both.
    pub both: f64,
    /// Runs by (both − second) − (first − neither), from −2 to 2.
    pub counts: [u64; 5],
    /// Its mean: what both do together beyond the two differences added up.
    pub interaction: f64,
    /// Lower end of its interval: normal theory with one run of −1 and one of +1 added.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Two-sided p by the same theory.
    pub p: f64,
    /// The same, adjusted by Holm: see [`super::family`]. `None` where it is not tested.
    pub p_adjusted: Option<f64>,
    /// What can be said of it, where it is tested.
    pub verdict: Option<Verdict>,
}

/// How two changes go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Together they move the share further than the two differences added up.
    Help,
    /// Together they move it less far than that, or back.
    Hinder,
    /// No difference from the two added up was seen.
    AddUp,
}

/// Two changes and both together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Combined {
    /// The ids of the two.
    pub ids: [String; 2],
    /// What both together do, against the scenario as it stands. No test is made of it, and reserves are left out.
    pub effect: Effect,
    /// For every outcome.
    pub outcomes: Vec<Joint>,
    /// For every condition, at the end of some round.
    pub ever: Vec<Joint>,
    /// For every condition, at the end of the last round.
    pub last: Vec<Joint>,
}

impl Combined {
    /// From the effects of the first change, the second and both.
    pub fn of(
        pair: &Pair,
        counts: &InteractionCounts,
        [first, second, both]: [&Effect; 3],
        estimate: Estimate,
    ) -> Self {
        let all = [first, second, both];
        let outcome = |(o, counts): (usize, &[u64; 5])| {
            let name = &pair.baseline.world.outcomes[o].name;
            joint((&name.id, &name.title, None), Subject::Outcome(o), all, *counts, estimate)
        };
        let measures = |held: Held, counts: &[[u64; 5]]| -> Vec<Joint> {
            let each = counts.iter().enumerate().map(|(m, counts)| {
                let text = &both.measures[m].condition;
                joint((text, text, Some(held)), Subject::Measure(m, held), all, *counts, estimate)
            });
            each.collect()
        };
        Self {
            ids: [first.id.clone(), second.id.clone()],
            effect: Effect { reserves: Vec::new(), ..both.clone() },
            outcomes: counts.outcomes.iter().enumerate().map(outcome).collect(),
            ever: measures(Held::Ever, &counts.ever),
            last: measures(Held::Last, &counts.last),
        }
    }

    /// What is said of a subject; `None` for flips.
    pub fn on(&self, subject: Subject) -> Option<&Joint> {
        match subject {
            Subject::Flips => None,
            Subject::Outcome(o) => self.outcomes.get(o),
            Subject::Measure(m, Held::Ever) => self.ever.get(m),
            Subject::Measure(m, Held::Last) => self.last.get(m),
        }
    }
}

fn joint(
    (id, title, held): (&str, &str, Option<Held>),
    subject: Subject,
    effects: [&Effect; 3],
    counts: [u64; 5],
    estimate: Estimate,
) -> Joint {
    let seen = Interaction { counts };
    let interval = seen.interval(estimate.alpha);
    let [first, second, both] = effects.map(|e| e.on(subject).map_or(0.0, |d| d.changed));
    Joint {
        id: id.into(),
        title: title.into(),
        held,
        neither: effects[2].on(subject).map_or(0.0, |d| d.baseline),
        first,
        second,
        both,
        counts,
        interaction: seen.mean().unwrap_or(0.0),
        low: interval.low,
        high: interval.high,
        p: seen.p(),
        p_adjusted: None,
        verdict: None,
    }
}

impl Combined {
    /// Draws the verdicts on what was tested.
    pub(super) fn judge(&mut self, alpha: f64) {
        for joint in self.outcomes.iter_mut().chain(&mut self.ever).chain(&mut self.last) {
            joint.verdict = joint.p_adjusted.map(|p| verdict(joint, p, alpha));
        }
    }
}

/// Only where the adjusted test says so is anything claimed: the two help each other where what they do together goes
/// further in the direction of the two differences added up, and hinder each other where it goes the other way.
fn verdict(j: &Joint, p_adjusted: f64, alpha: f64) -> Verdict {
    let added_up = j.first + j.second - 2.0 * j.neither;
    if p_adjusted >= alpha || (j.low <= 0.0 && j.high >= 0.0) {
        Verdict::AddUp
    } else if added_up * j.interaction >= 0.0 {
        Verdict::Help
    } else {
        Verdict::Hinder
    }
}
