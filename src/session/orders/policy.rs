//! Orders as a given policy: what a fixed sheet a round is worth, for drivers that follow everything that can happen.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::agents::take_turn;
use crate::domain::{Model, ONE, Weight};
use crate::drivers::decider::Decider;
use crate::drivers::enumerate::{MARKS, MINDS, Policy};
use crate::kernel::{Chooser, Entry, Heard, Site, State};
use crate::session::Closed;
use crate::session::chair::Due;
use crate::session::question::{Question, ask};

use super::field::{Topic, topics};
use super::release::Release;
use super::{Kept, Past, Sheet, answer};

/// The sheets of some roles, round by round. Every other choice of theirs is left to the odds of the scenario, as in a session.
#[derive(Debug)]
pub struct Ordered<'a> {
    model: &'a Model,
    deciders: &'a [Decider],
    sheets: BTreeMap<(u8, usize), Sheet>,
    /// What ends keeping a text by any of the sheets: it is remembered beside the state, which does not tell.
    releases: Vec<Release>,
    met: AtomicBool,
}

/// The most conditions that can be remembered, two bits each, beside what agents want.
const MOST: usize = (MARKS - MINDS) / 2;

/// A sheet that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    /// Too much ends keeping texts to remember all of it.
    #[error(
        "the sheets have {0} different conditions that end keeping a text (`unless`), of which {most} can be followed at once: take out the rest",
        most = MOST
    )]
    Many(usize),
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
        let mut releases: Vec<Release> = Vec::new();
        let ids: Vec<String> = deciders.iter().map(|d| d.id(&model.world).into_owned()).collect();
        for closed in rounds {
            for (place, role) in ids.iter().enumerate() {
                let Some(sheet) = closed.sheets.get(role) else { continue };
                let new: Vec<_> =
                    named(model, deciders[place], sheet).filter(|r| !releases.contains(r)).collect();
                releases.extend(new);
                sheets.insert((closed.round, place), sheet.clone());
            }
        }
        if sheets.is_empty() {
            return Err(Unseen::None(ids.join(", ")));
        }
        if releases.len() > MOST {
            return Err(Unseen::Many(releases.len()));
        }
        Ok(Self { model, deciders, sheets, releases, met: AtomicBool::new(false) })
    }

    fn kept(&self, bits: u64) -> Kept<'_> {
        Kept { of: &self.releases, bits }
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
    fn pick(
        &self,
        site: Site,
        (cells, memory): (&[u8], u64),
        earlier: &mut dyn Iterator<Item = usize>,
    ) -> Option<usize> {
        let decides = |d: &Decider| d.owns(self.model, site) || self.also(self.model, *d, site);
        let place = self.deciders.iter().position(decides)?;
        let sheet = self.sheets.get(&(site.round, place))?;
        let (question, state) = self.question(self.deciders[place], site, cells, earlier.collect())?;
        let pick = answer(self.model, &state, Past::Kept(self.kept(memory)), &question, sheet);
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

    fn width(&self) -> usize {
        2 * self.releases.len()
    }

    fn heed(&self, memory: u64, happened: &[Entry]) -> u64 {
        self.kept(memory).after(self.model, happened)
    }

    fn next_round(&self, memory: u64) -> u64 {
        self.kept(memory).next_round()
    }
}

/// What ends keeping a text by a role's sheet.
fn named<'a>(model: &'a Model, role: Decider, sheet: &'a Sheet) -> impl Iterator<Item = Release> + 'a {
    topics(model, role).into_iter().flat_map(move |topic| {
        let of = move |word: &String| match topic {
            Topic::Unless(seat, text) => Release::of(word, model.world.seat(seat).party, text),
            _ => None,
        };
        sheet.words(&topic.key(model)).iter().filter_map(of)
    })
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
