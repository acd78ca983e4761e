//! Decides for people by what they have decided, and for all others by chance; stops where a decision is missing.

use crate::domain::{Model, Weight};
use crate::drivers::Sampler;
use crate::drivers::decider::Decider;
use crate::kernel::{Chooser, Site};

use super::question::legal;

/// A decision that is due.
#[derive(Clone, Debug)]
pub(super) struct Due {
    /// Whose.
    pub who: Decider,
    /// Where.
    pub site: Site,
    /// What the rule would make of it.
    pub weights: Vec<Weight>,
}

/// The chooser of one turn.
pub(super) struct Chair<'a> {
    pub model: &'a Model,
    pub seats: &'a [Decider],
    /// Whether they give orders: these also decide whether a party walks away from an exchange of offers.
    pub orders: bool,
    pub chance: &'a mut Sampler,
    /// What people decided in this turn so far.
    pub decided: &'a [usize],
    /// How many of these were asked for.
    pub used: usize,
    /// The first decision that is missing.
    pub due: Option<Due>,
}

impl Chair<'_> {
    fn owner(&self, site: Site) -> Option<Decider> {
        let owns = |d: &&Decider| {
            d.owns(self.model, site)
                || d.writes(self.model, site)
                || d.consents(self.model, site)
                || self.orders && d.leaves(self.model, site)
        };
        self.seats.iter().find(owns).copied()
    }
}

impl Chooser for Chair<'_> {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        let Some(who) = self.owner(site) else { return self.chance.choose(site, weights) };
        let mut open = legal(self.model, who, site, weights);
        let rule = || (0..weights.len()).rev().max_by_key(|k| weights[*k]).unwrap_or(0);
        match (open.next(), open.next()) {
            // Nothing to decide.
            (None, _) => return rule(),
            (Some(only), None) => return only,
            _ => {}
        }
        if let Some(pick) = self.decided.get(self.used) {
            self.used += 1;
            return *pick;
        }
        // The turn is taken back; until its end it goes on in any possible way.
        self.due.get_or_insert_with(|| Due { who, site, weights: weights.to_vec() });
        rule()
    }

    fn takes(&self, site: Site) -> bool {
        self.owner(site).is_some()
    }
}
