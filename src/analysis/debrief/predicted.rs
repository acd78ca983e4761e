//! Predictions of the session, once it is known what happened, beside the model's shares from where the talks then stood.

use serde::Serialize;

use crate::analysis::predictions::{Scored, Seen, Stated, Total, Watch, scored, total};
use crate::domain::{Model, Quantity};
use crate::drivers::{Sampler, parallel};
use crate::kernel::State;
use crate::session::{Prediction, Session};

use super::{Options, Played};

/// A prediction and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The id of the seat.
    pub who: String,
    /// The id of the question.
    pub question: String,
    /// The question as it was put.
    pub text: String,
    /// The branch on which it was stated.
    pub branch: usize,
    /// The round before which it was stated.
    pub round: u8,
    /// The probability that was stated.
    pub probability: f64,
    /// The model's share from where the talks then stood, every seat the model's.
    pub share: Option<f64>,
    /// Whether the question had been decided by then: no foresight was needed.
    pub decided: bool,
    /// Its scores; `None` while it is not known what comes of it, and where it had been decided.
    pub scored: Option<Scored>,
}

/// Scores of one player.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// The id of the seat; `None`: all players together.
    pub who: Option<String>,
    /// Means.
    pub total: Total,
}

/// All predictions of a branch.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Predicted {
    /// In the order in which they were stated.
    pub answers: Vec<Answer>,
    /// Player by player, and then all together where there are several.
    pub scores: Vec<Scores>,
    /// Runs behind each of the model's shares.
    pub runs: u32,
}

/// Scores the predictions that were stated on the way to the end of a branch, by what happened on it.
pub fn predicted(session: &Session, played: &Played, options: &Options) -> Predicted {
    let (model, transcript) = (played.model(), played.table.transcript());
    let watch = Watch::new(model);
    // The round under way, if any, has not ended, so nothing is read from it.
    let happened = watch.of(model, &transcript).answers;
    // By round: what had been decided before it, and the model's shares from there.
    let mut known: Vec<(u8, Seen, Vec<f64>)> = Vec::new();
    let mut answers = Vec::new();
    for p in session.predictions().iter().filter(|p| belongs(session, played.branch, p)) {
        let Some(question) = model.world.predictions().iter().position(|q| q.name.id == p.question) else {
            continue;
        };
        if !known.iter().any(|(round, ..)| *round == p.round) {
            let luck = (session.header().head.seed, options.runs);
            let (state, then) = watch.before(model, &transcript, p.round);
            let shares = shares(model, &watch, (&state, &then), luck);
            known.push((p.round, then, shares));
        }
        let then = known.iter().find(|(round, ..)| *round == p.round);
        let share = then.map(|(.., shares)| shares[question]);
        let decided = then.is_some_and(|(_, seen, _)| seen.answers[question].is_some());
        let stated =
            |happened| Stated { question, before: p.round, probability: p.probability, happened, share };
        answers.push(Answer {
            who: p.who.clone(),
            question: p.question.clone(),
            text: model.world.predictions()[question].question.clone(),
            branch: p.branch,
            round: p.round,
            probability: p.probability,
            share,
            decided,
            scored: happened[question].filter(|_| !decided).and_then(|h| scored(&[stated(h)]).pop()),
        });
    }
    Predicted { scores: scores(&answers), answers, runs: options.runs }
}

/// Whether a prediction was stated on the way to a branch: on it, or on one from which the same people parted, before they did.
fn belongs(session: &Session, mut branch: usize, prediction: &Prediction) -> bool {
    let mut before = u8::MAX;
    loop {
        if prediction.branch == branch {
            return prediction.round <= before;
        }
        let one = &session.branches()[branch - 1];
        match one.parent.filter(|_| !one.grafted) {
            Some((parent, round)) => (branch, before) = (parent, before.min(round)),
            None => return false,
        }
    }
}

fn scores(answers: &[Answer]) -> Vec<Scores> {
    let mut names: Vec<&String> = Vec::new();
    answers.iter().for_each(|a| {
        if !names.contains(&&a.who) {
            names.push(&a.who)
        }
    });
    let of = |who: Option<&String>| {
        let own = answers.iter().filter(|a| who.is_none_or(|w| *w == a.who)).filter_map(|a| a.scored);
        total(&own.collect::<Vec<_>>()).map(|total| Scores { who: who.cloned(), total })
    };
    let mut all: Vec<Scores> = names.iter().filter_map(|who| of(Some(*who))).collect();
    if all.len() > 1 {
        all.extend(of(None));
    }
    all
}

/// The share of continuations from a state, with what had been decided by then, in which each question comes true, every seat the model's.
fn shares(
    model: &Model,
    watch: &Watch,
    (from, begun): (&State, &Seen),
    (seed, runs): (u64, u32),
) -> Vec<f64> {
    let add = |counts: &mut Vec<u64>, run: usize| {
        let (mut state, mut seen) = (from.clone(), begun.clone());
        let mut chance = Sampler::new(seed, run as u32);
        while state.get(model, Quantity::Outcome) == 0 {
            let round = state.get(model, Quantity::Round);
            chance.play_round(model, &mut state);
            watch.look(model, &mut state, round, &mut seen);
        }
        counts.iter_mut().zip(&seen.answers).for_each(|(n, a)| *n += u64::from(*a == Some(true)));
    };
    let join = |a: &mut Vec<u64>, b: Vec<u64>| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    let counts = parallel::sum(runs as usize, || vec![0; begun.answers.len()], add, join);
    counts.iter().map(|n| *n as f64 / f64::from(runs.max(1))).collect()
}
