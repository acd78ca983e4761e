//! Orders as a given policy: what a fixed sheet a round is worth, for drivers that follow everything that can happen.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::agents::take_turn;
use crate::domain::{Model, ONE, Weight};
use crate::drivers::decider::Decider;
use crate::drivers::enumerate::Policy;
use crate::kernel::{Chooser, Heard, Site, State};
use crate::session::Closed;
use crate::session::chair::Due;
use crate::session::question::{Question, ask};

use super::{Sheet, answer};

/// The sheets of some roles, round by round. Every other choice of theirs is left to the odds of the scenario, as in a session.
#[derive(Debug)]
pub struct Ordered<'a> {
    model: &'a Model,
    deciders: &'a [Decider],
    sheets: BTreeMap<(u8, usize), Sheet>,
    met: AtomicBool,
}

/// A sheet that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    /// What ends keeping a text is what happened, of which a state knows nothing.
    #[error(
        "the sheet of `{role}` for round {round} has `{key}`: whether that comes true hangs on what happened before, and no state tells; \
         take it out to know what the rest is worth"
    )]
    Happened {
        /// The role.
        role: String,
        /// The round.
        round: u8,
        /// The field.
        key: String,
    },
    /// There are no orders of any of the roles.
    #[error("there are no orders of {0} in it")]
    None(String),
}

impl<'a> Ordered<'a> {
    /// The orders by which these rounds were played, as far as they are those of `deciders`.
    ///
    /// # Errors
    /// When one cannot be followed, or there are none.
    pub fn of(model: &'a Model, deciders: &'a [Decider], rounds: &[Closed]) -> Result<Self, Unseen> {
        let mut sheets = BTreeMap::new();
        let ids: Vec<String> = deciders.iter().map(|d| d.id(&model.world).into_owned()).collect();
        for closed in rounds {
            for (place, role) in ids.iter().enumerate() {
                let Some(sheet) = closed.sheets.get(role) else { continue };
                if let Some((key, _)) = sheet.decided().find(|(key, _)| key.starts_with("unless.")) {
                    let (role, key) = (role.clone(), key.to_owned());
                    return Err(Unseen::Happened { role, round: closed.round, key });
                }
                sheets.insert((closed.round, place), sheet.clone());
            }
        }
        if sheets.is_empty() {
            return Err(Unseen::None(ids.join(", ")));
        }
        Ok(Self { model, deciders, sheets, met: AtomicBool::new(false) })
    }

    /// Whether anything of it has come up so far.
    pub fn met(&self) -> bool {
        self.met.load(Ordering::Relaxed)
    }

    /// What was asked at a site, after these picks in the same turn.
    fn question(
        &self,
        who: Decider,
        site: Site,
        cells: &[u8],
        picks: Vec<usize>,
    ) -> Option<(Question, State)> {
        let mut state = State::new(self.model);
        state.restore(cells);
        let mut again = Again { ordered: self, picks: picks.into_iter(), site, weights: None };
        let mut heard = Heard::default();
        take_turn(self.model, &mut state, site.turn, &mut again, &mut heard);
        let due = Due { who, site, weights: again.weights? };
        state.restore(cells);
        let question = ask(self.model, &state, &due, &heard.0)?;
        Some((question, state))
    }
}

impl Policy for Ordered<'_> {
    fn pick(&self, site: Site, cells: &[u8], earlier: &mut dyn Iterator<Item = usize>) -> Option<usize> {
        let decides = |d: &Decider| d.owns(self.model, site) || self.also(self.model, *d, site);
        let place = self.deciders.iter().position(decides)?;
        let sheet = self.sheets.get(&(site.round, place))?;
        let (question, state) = self.question(self.deciders[place], site, cells, earlier.collect())?;
        let pick = answer(self.model, &state, &[], &question, sheet);
        if pick.is_some() {
            self.met.store(true, Ordering::Relaxed);
            return pick;
        }
        // As where a session leaves a choice to the model: a rule that would go beyond a red line, which nobody can.
        let open: Weight = question.alternatives.iter().map(|a| a.weight).sum();
        (open != ONE).then(|| question.own().pick)
    }

    fn also(&self, model: &Model, who: Decider, site: Site) -> bool {
        who.writes(model, site) || who.consents(model, site) || who.leaves(model, site)
    }

    fn asked_always(&self) -> bool {
        true
    }
}

/// Takes a turn again up to a choice.
struct Again<'a> {
    ordered: &'a Ordered<'a>,
    picks: std::vec::IntoIter<usize>,
    site: Site,
    weights: Option<Vec<Weight>>,
}

impl Chooser for Again<'_> {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        if let Some(pick) = self.picks.next() {
            return pick;
        }
        if site == self.site && self.weights.is_none() {
            self.weights = Some(weights.to_vec());
        }
        (0..weights.len()).rev().max_by_key(|k| weights[*k]).unwrap_or(0)
    }

    fn takes(&self, site: Site) -> bool {
        let model = self.ordered.model;
        self.ordered.deciders.iter().any(|d| d.owns(model, site) || self.ordered.also(model, *d, site))
    }
}
