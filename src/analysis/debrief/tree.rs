//! The branches of a session: where they part, and how their ends differ.

use serde::Serialize;

use crate::domain::{Model, OptionId};
use crate::kernel::{State, worth};
use crate::session::{Moment, Refused, Session, Table};

use super::settlement::{Settlement, settlement};

/// The end of a branch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BranchEnd {
    /// Its number from 1.
    pub branch: usize,
    /// The branch from which it parts.
    pub parent: Option<usize>,
    /// The round from which on it goes its own way.
    pub from: Option<u8>,
    /// How many decisions it holds, those before the parting included.
    pub decisions: usize,
    /// The outcome, as a place in the scenario's list; `None` while it goes on.
    pub outcome: Option<usize>,
    /// The round that was played last.
    pub round: u8,
    /// The titles of the instruments that were signed.
    pub signed: Vec<String>,
    /// Points of each seat.
    pub points: Vec<f64>,
    /// How it differs from the branch from which it parts; `None` for the first.
    pub parting: Option<Parting>,
}

/// How a branch differs from its parent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parting {
    /// The first decision that was taken otherwise, by its place on both branches from 0; `None` where none was.
    pub decision: Option<usize>,
    /// Who took it.
    pub who: Option<String>,
    /// The round.
    pub round: Option<u8>,
    /// The alternative that was taken on the parent and on this branch, each in a word.
    pub words: Option<(String, String)>,
    /// Titles of instruments signed here and not there.
    pub gained: Vec<String>,
    /// Titles of instruments signed there and not here.
    pub lost: Vec<String>,
    /// Titles of items settled otherwise, with the titles of their options there and here; `None`: open.
    pub items: Vec<(String, Option<String>, Option<String>)>,
}

/// Every branch of a session.
///
/// # Errors
/// When a branch cannot be played again.
pub fn tree(session: &Session) -> Result<Vec<BranchEnd>, Refused> {
    let numbers = 1..=session.branches().len();
    let tables = numbers.map(|b| session.table_of(b)).collect::<Result<Vec<Table>, _>>()?;
    let model = session.model();
    let ends: Vec<Settlement> =
        tables.iter().map(|t| settlement(model, t.state(), &t.transcript())).collect();
    let all = session.branches().iter().enumerate();
    let end = |(k, branch): (usize, &crate::session::Branch)| BranchEnd {
        branch: k + 1,
        parent: branch.parent.map(|p| p.0),
        from: branch.parent.map(|p| p.1),
        decisions: branch.decisions.iter().filter(|d| !d.by_model).count(),
        outcome: ends[k].outcome,
        round: ends[k].round,
        signed: signed(&ends[k]),
        points: ends[k].seats.iter().map(|s| s.points).collect(),
        parting: branch.parent.map(|(p, _)| {
            let differ = |a: usize, b: usize| missing(&signed(&ends[a]), &signed(&ends[b]));
            let first = first(tables[p - 1].moments(), tables[k].moments());
            Parting {
                decision: first.as_ref().map(|f| f.0),
                who: first.as_ref().map(|f| f.1.question.who.id(&model.world).into_owned()),
                round: first.as_ref().map(|f| f.1.round()),
                words: first.map(|(_, there, here)| (word(there), word(here))),
                gained: differ(k, p - 1),
                lost: differ(p - 1, k),
                items: items(model, tables[p - 1].state(), tables[k].state()),
            }
        }),
    };
    Ok(all.map(end).collect())
}

fn signed(end: &Settlement) -> Vec<String> {
    end.texts.iter().filter(|t| !t.signed.is_empty()).map(|t| t.title.clone()).collect()
}

fn missing(of: &[String], from: &[String]) -> Vec<String> {
    of.iter().filter(|t| !from.contains(t)).cloned().collect()
}

/// The first decision at the same place in which two branches differ.
fn first<'a>(there: &'a [Moment], here: &'a [Moment]) -> Option<(usize, &'a Moment, &'a Moment)> {
    let pairs = there.iter().zip(here).enumerate();
    let mut parted = pairs
        .map(|(k, (a, b))| (k, a, b))
        .filter(|(_, a, b)| (a.question.site, a.pick) != (b.question.site, b.pick));
    parted.next().filter(|(_, a, b)| a.question.site == b.question.site)
}

fn word(moment: &Moment) -> String {
    moment.question.picked(moment.pick).map_or_else(String::new, |a| a.word.clone())
}

fn items(model: &Model, there: &State, here: &State) -> Vec<(String, Option<String>, Option<String>)> {
    let ids = (0..model.world.items.len()).map(crate::domain::ItemId::new);
    ids.filter_map(|i| {
        let item = model.world.item(i);
        let [a, b] = [there, here].map(|s| worth::settled_option(model, s, i));
        let title = |o: OptionId| item.options[o.at()].name.title.clone();
        (a != b).then(|| (item.name.title.clone(), a.map(title), b.map(title)))
    })
    .collect()
}
