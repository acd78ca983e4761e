//! What players predicted on the way to a branch, against what happened and against the model's shares.

use crate::analysis::predictions::{Scored, Seen, Stated, Total, Watch, scored, total};
use crate::domain::Quantity;
use crate::kernel::State;
use crate::session::{Prediction, Session, Table};

use super::Settings;
use super::futures::answers;

/// One player's scores.
#[derive(Clone, Debug)]
pub struct PlayerScores {
    /// The id of the seat.
    pub who: String,
    /// Every stated probability whose question was answered.
    pub scored: Vec<Scored>,
    /// The means; `None` where nothing could be scored.
    pub total: Option<Total>,
}

/// All predictions that belong to a branch.
#[derive(Clone, Debug, Default)]
pub struct Forecasts {
    /// By player, in the order of the seats.
    pub players: Vec<PlayerScores>,
    /// Predictions whose question is still open on this branch.
    pub open: usize,
}

/// Scores the predictions of a branch: those stated on it, and those stated on the branches from which it parts before it did.
pub(super) fn forecasts(session: &Session, branch: usize, table: &Table, settings: &Settings) -> Forecasts {
    let model = session.model();
    let questions = model.world.predictions();
    let happened = Watch::new(model).of(model, &table.transcript());
    let mut out = Forecasts::default();
    for seat in session.seats() {
        let who = seat.id(&model.world);
        let own = session.predictions().iter().filter(|p| p.who == who && belongs(session, branch, p));
        let mut stated = Vec::new();
        for prediction in own {
            let Some(question) = questions.iter().position(|q| q.name.id == prediction.question) else {
                continue;
            };
            let Some(happened) = happened.answers[question] else {
                out.open += 1;
                continue;
            };
            let share = share(table, prediction.round, question, session.header().seed, settings.runs);
            let (before, probability) = (prediction.round, prediction.probability);
            stated.push(Stated { question, before, probability, happened, share });
        }
        let scored = scored(&stated);
        let total = total(&scored);
        out.players.push(PlayerScores { who: who.to_owned(), scored, total });
    }
    out
}

/// Whether a prediction was stated on the way to a branch.
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

/// The model's share for a question from where the talks stood when a round began.
fn share(table: &Table, round: u8, question: usize, seed: u64, runs: u32) -> Option<f64> {
    let (cells, seen) = at_the_start_of(table, round.max(1))?;
    let came = answers(table.model(), &cells, &seen, seed, runs)[question];
    (runs > 0).then(|| came as f64 / f64::from(runs))
}

/// The state at the beginning of a round, and what was known of the questions by then.
fn at_the_start_of(table: &Table, round: u8) -> Option<(Vec<u8>, Seen)> {
    let model = table.model();
    let watch = Watch::new(model);
    let (mut state, mut seen) = (State::new(model), watch.begin());
    for rounds in table.steps().chunk_by(|a, b| a.round == b.round) {
        if rounds[0].round >= round {
            break;
        }
        for (cell, _, after) in rounds.iter().flat_map(|s| &s.changes) {
            state.put(*cell, *after);
        }
        watch.look(model, &mut state, rounds[0].round, &mut seen);
    }
    (state.get(model, Quantity::Round) == round).then(|| (state.cells().to_vec(), seen))
}
