//! A class as tidy tables. Students stand in them by ids drawn at random.

use crate::analysis::debrief::{Debrief, Played};
use crate::document::dataset::Dataset;
use crate::domain::Quantity;
use crate::render::package::{self, PACKAGE, manifest, package};
use crate::studies::forms;

use super::Class;

/// What a class's tables are called in their package.
const NAME: &str = "class";

/// All tables.
pub(super) fn tables(class: &Class, groups: &[(Played, Debrief)]) -> Vec<Dataset> {
    vec![
        students(class),
        rounds(class, groups),
        orders(class),
        predictions(groups),
        guesses(class),
        what_ifs(class),
        votes(class),
        forms::table(&class.forms),
    ]
}

/// The files of the tables, with the package that says what they hold, and the manifest.
pub(super) fn files(class: &Class, sheets: &[Dataset]) -> Vec<(String, String)> {
    let head = class.sessions[0].header().head.clone();
    let study = package::Study::of_runs(NAME, head, 0, u64::from(class.runs), super::LEVEL);
    let texts: Vec<String> = sheets.iter().map(Dataset::csv).collect();
    let documents = [
        (PACKAGE.to_owned(), package(&study, sheets)),
        ("manifest.json".to_owned(), manifest(&study, sheets, &texts)),
    ];
    let tables = sheets.iter().map(package::file).zip(texts.iter().cloned());
    tables.chain(documents).collect()
}

/// Who was on which team last.
fn students(class: &Class) -> Dataset {
    let mut sheet = Dataset::new("students", &["student", "group", "role"]);
    for s in &class.register.students {
        let (group, role) = s.team.clone().map_or_else(Default::default, |(g, role)| (g.to_string(), role));
        sheet.push([s.who.clone(), group, role]);
    }
    sheet
}

/// Every round that was closed, on the branch that was played last.
fn rounds(class: &Class, groups: &[(Played, Debrief)]) -> Dataset {
    let mut sheet = Dataset::new("rounds", &["group", "round", "signed_off", "by_model", "outcome"]);
    for (k, (session, (played, _))) in class.sessions.iter().zip(groups).enumerate() {
        let (world, last) = (&session.model().world, session.closed().last().map(|r| r.round));
        let place = usize::from(played.table.state().get(session.model(), Quantity::Outcome));
        let outcome = place.checked_sub(1).map(|k| world.outcomes[k].name.id.clone());
        for closed in session.closed() {
            let ended = outcome.clone().filter(|_| Some(closed.round) == last);
            let signed: Vec<&str> = closed.sheets.keys().map(String::as_str).collect();
            sheet.push([
                (k + 1).to_string(),
                closed.round.to_string(),
                signed.join("; "),
                closed.model.join("; "),
                ended.unwrap_or_default(),
            ]);
        }
    }
    sheet
}

/// Every field that was decided.
fn orders(class: &Class) -> Dataset {
    let mut sheet = Dataset::new("orders", &["group", "round", "role", "field", "says"]);
    for (k, session) in class.sessions.iter().enumerate() {
        for closed in session.closed() {
            for (role, orders) in &closed.sheets {
                for (field, words) in orders.decided() {
                    let (group, round) = ((k + 1).to_string(), closed.round.to_string());
                    sheet.push([group, round, role.clone(), field.to_owned(), words.join("; ")]);
                }
            }
        }
    }
    sheet
}

/// Every prediction with its scores.
fn predictions(groups: &[(Played, Debrief)]) -> Dataset {
    let columns = &[
        "student",
        "group",
        "question",
        "round",
        "probability",
        "model",
        "decided",
        "happened",
        "brier",
        "log",
    ];
    let mut sheet = Dataset::new("predictions", columns);
    for (k, (_, found)) in groups.iter().enumerate() {
        for a in &found.predicted.answers {
            let scored = a.scored.as_ref();
            sheet.push([
                a.who.clone(),
                (k + 1).to_string(),
                a.question.clone(),
                a.round.to_string(),
                a.probability.to_string(),
                a.share.map_or_else(String::new, |s| s.to_string()),
                a.decided.to_string(),
                scored.map_or_else(String::new, |s| s.happened.to_string()),
                scored.map_or_else(String::new, |s| s.score.brier.to_string()),
                scored.map_or_else(String::new, |s| s.score.log.to_string()),
            ]);
        }
    }
    sheet
}

/// What was guessed of what-ifs.
fn guesses(class: &Class) -> Dataset {
    let mut sheet = Dataset::new("guesses", &["student", "what_if", "outcome"]);
    for g in &class.register.guesses {
        sheet.push([g.who.clone(), g.what_if.clone(), g.outcome.clone()]);
    }
    sheet
}

/// What was worked out of them: how often the talks ended with each outcome.
fn what_ifs(class: &Class) -> Dataset {
    let mut sheet = Dataset::new("what_ifs", &["what_if", "outcome", "pairs", "baseline", "changed"]);
    for found in &class.register.found {
        let pairs: u32 = found.ends.iter().map(|(_, without, _)| without).sum();
        let share = |n: u32| (f64::from(n) / f64::from(pairs.max(1))).to_string();
        for (outcome, without, with) in &found.ends {
            let (what_if, outcome) = (found.what_if.clone(), outcome.clone());
            sheet.push([what_if, outcome, pairs.to_string(), share(*without), share(*with)]);
        }
    }
    sheet
}

/// How votes went; nobody knows who voted for what.
fn votes(class: &Class) -> Dataset {
    let mut sheet = Dataset::new("votes", &["lesson_step", "voted_for", "votes"]);
    for vote in &class.register.votes {
        for (option, votes) in &vote.votes {
            sheet.push([vote.step.to_string(), option.clone(), votes.to_string()]);
        }
    }
    sheet
}
