//! Predictions of the session, once it is known what happened, beside the model's shares from where the talks then stood.

use rayon::prelude::*;
use serde::Serialize;

use crate::agents::play_round;
use crate::analysis::predictions::{Scored, Seen, Stated, Total, Watch, scored, total};
use crate::domain::{Model, Quantity};
use crate::drivers::{Sampler, Transcript};
use crate::kernel::{Silent, State};
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
    /// Its scores; `None` while it is not known what comes of it.
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
    let happened = of_branch(model, &watch, &transcript).answers;
    let mut known: Vec<(u8, Vec<f64>)> = Vec::new();
    let mut answers = Vec::new();
    for p in session.predictions().iter().filter(|p| belongs(session, played.branch, p)) {
        let Some(question) = model.world.predictions().iter().position(|q| q.name.id == p.question) else {
            continue;
        };
        if !known.iter().any(|(round, _)| *round == p.round) {
            let luck = (session.header().seed, options.runs);
            known.push((p.round, shares(model, &watch, &transcript, p.round, luck)));
        }
        let share = known.iter().find(|(round, _)| *round == p.round).map(|(_, shares)| shares[question]);
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
            scored: happened[question].and_then(|h| scored(&[stated(h)]).pop()),
        });
    }
    Predicted { scores: scores(&answers), answers, runs: options.runs }
}

/// Whether a prediction was stated on the way to a branch: on it, or on one from which it parts, before it did.
fn belongs(session: &Session, mut branch: usize, prediction: &Prediction) -> bool {
    let mut before = u8::MAX;
    loop {
        if prediction.branch == branch {
            return prediction.round <= before;
        }
        match session.branches()[branch - 1].parent {
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

/// What became of the questions on a branch. The round under way, if any, has not ended, so nothing is read from it.
fn of_branch(model: &Model, watch: &Watch, transcript: &Transcript) -> Seen {
    let mut seen = watch.begin();
    walk(model, watch, transcript, u8::MAX, &mut seen);
    seen
}

/// Follows a record through the rounds before one, and looks at the end of each that was played to its end.
fn walk(model: &Model, watch: &Watch, transcript: &Transcript, before: u8, seen: &mut Seen) -> State {
    let mut state = State::new(model);
    let mut steps = transcript.steps.iter().peekable();
    while let Some(step) = steps.next_if(|s| s.round < before) {
        step.changes.iter().for_each(|(cell, _, after)| state.put(*cell, *after));
        let ended = steps.peek().map_or_else(
            || state.get(model, Quantity::Outcome) != 0 || state.get(model, Quantity::Round) > step.round,
            |next| next.round != step.round,
        );
        if ended {
            watch.look(model, &mut state, step.round, seen);
        }
    }
    state
}

/// The share of continuations from before a round in which each question comes true, every seat the model's.
fn shares(
    model: &Model,
    watch: &Watch,
    transcript: &Transcript,
    round: u8,
    (seed, runs): (u64, u32),
) -> Vec<f64> {
    let mut begun = watch.begin();
    let from = walk(model, watch, transcript, round, &mut begun);
    let one = |run: u32| {
        let (mut state, mut seen) = (from.clone(), begun.clone());
        let mut chance = Sampler::new(seed, run);
        while state.get(model, Quantity::Outcome) == 0 {
            let round = state.get(model, Quantity::Round);
            play_round(model, &mut state, &mut chance, &mut Silent);
            watch.look(model, &mut state, round, &mut seen);
        }
        seen.answers.iter().map(|a| u64::from(*a == Some(true))).collect::<Vec<_>>()
    };
    let add = |a: Vec<u64>, b: Vec<u64>| a.iter().zip(&b).map(|(a, b)| a + b).collect();
    let none = || vec![0; begun.answers.len()];
    let counts = (0..runs).into_par_iter().map(one).reduce(none, add);
    counts.iter().map(|n| *n as f64 / f64::from(runs.max(1))).collect()
}
