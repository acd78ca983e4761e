//! What players predict: the questions, what was stated, and the scores at the end.

use crate::analysis::predictions::{CLAMP_NOTE, Stated, Watch, scored, total};
use crate::domain::World;
use crate::drivers::decider::Decider;
use crate::session::{Session, Sight};
use crate::telling::chronicle::{clean, count};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

/// A question as it is put to a player, by its number, from 1.
pub fn question(world: &World, number: usize) -> String {
    let prediction = &world.predictions()[number - 1];
    let text = clean(&prediction.question);
    let by = match prediction.by {
        Some(round) if round < world.rounds && !text.contains(&format!("round {round}")) => {
            format!(" (by the end of round {round})")
        }
        _ => String::new(),
    };
    format!("{number}. {text}{by}")
}

/// What a seat has stated on the current branch; with what came of it once the talks are over.
pub fn stated(session: &Session, who: &str, paper: impl Into<Paper>) -> String {
    let model = session.model();
    let mut page = Writer::new(paper);
    let mine = session.predictions().iter().filter(|p| p.who == who);
    let mine: Vec<_> = mine.collect();
    if model.world.predictions().is_empty() {
        page.paragraph("The scenario has no questions to predict.");
        return page.finish();
    }
    page.section("Your predictions");
    if mine.is_empty() {
        page.paragraph("None so far. `predict` lists the questions, `predict QUESTION 30%` answers one.");
    }
    for p in mine {
        let Some(question) = model.world.exercise.as_ref().and_then(|e| e.prediction(&p.question)) else {
            continue;
        };
        page.item(&format!(
            "{} before round {}: {} ({})",
            percent(p.probability),
            p.round,
            clean(&question.question),
            p.question
        ));
    }
    page.finish()
}

/// The scores of a seat at the end of the current branch; nothing where it stated nothing or the talks go on.
pub fn scores(session: &Session, who: &str, paper: impl Into<Paper>) -> String {
    let model = session.model();
    let table = session.table();
    if !table.over() {
        return String::new();
    }
    let answers = answers(session, who);
    let scored = scored(&answers);
    let Some(total) = total(&scored) else { return String::new() };
    let mut page = Writer::new(paper);
    page.heading(&format!("The predictions of {who}"));
    for s in &scored {
        let question = &model.world.predictions()[s.question];
        let came = if s.happened { "came about" } else { "did not come about" };
        page.item(&format!(
            "{} before round {}: {} It {came}: Brier score {:.2}, logarithmic {:.2}.",
            percent(s.probability),
            s.before,
            clean(&question.question),
            s.score.brier,
            s.score.log
        ));
    }
    page.paragraph(&format!(
        "Means of {}: Brier {:.3}, logarithmic {:.3} (0 is perfect; saying 50% each time scores {:.2} and {:.2}).",
        count(total.answers as u64, "answer", "answers"),
        total.score.brier,
        total.score.log,
        total.half.brier,
        total.half.log
    ));
    page.quiet(CLAMP_NOTE);
    page.finish()
}

/// What a seat stated before it was decided, once it is known what came of it.
fn answers(session: &Session, who: &str) -> Vec<Stated> {
    let model = session.model();
    let (watch, transcript) = (Watch::new(model), session.table().transcript());
    let came = watch.of(model, &transcript).answers;
    let here = lineage(session);
    let mine = session.predictions().iter().filter(|p| p.who == who);
    let counted =
        mine.filter(|p| here.iter().any(|(branch, until)| p.branch == *branch && p.round <= *until));
    let stated = counted.filter_map(|p| {
        let question = model.world.predictions().iter().position(|q| q.name.id == p.question)?;
        let happened = (*came.get(question)?)?;
        let decided = watch.before(model, &transcript, p.round).1.answers[question].is_some();
        if decided {
            return None;
        }
        Some(Stated { question, before: p.round, probability: p.probability, happened, share: None })
    });
    let mut kept: Vec<Stated> = Vec::new();
    for s in stated {
        // The last word before a round counts.
        kept.retain(|k| (k.question, k.before) != (s.question, s.before));
        kept.push(s);
    }
    kept
}

/// Questions, by their places, that have been decided before a round, as the role may know it: it needs no foresight to answer them.
pub fn decided(session: &Session, role: Decider, round: u8) -> Vec<bool> {
    let model = session.model();
    let sight = Sight::of(&model.world, role);
    let seen = Watch::new(model).before(model, &session.table().transcript(), round).1;
    let known = model.world.predictions().iter().zip(seen.answers);
    known.map(|(p, answer)| answer.is_some() && p.that.quantities().iter().all(|q| sight.knows(*q))).collect()
}

/// The current branch and those from which it comes, each with the last round that they share with it.
pub fn lineage(session: &Session) -> Vec<(usize, u8)> {
    let mut found = vec![(session.current(), u8::MAX)];
    let mut at = session.current();
    let mut until = u8::MAX;
    while let Some((from, round)) = session.branches()[at - 1].parent {
        until = until.min(round);
        found.push((from, until));
        at = from;
    }
    found
}

/// A probability as a percentage.
pub fn percent(probability: f64) -> String {
    crate::telling::chronicle::percent(probability)
}
