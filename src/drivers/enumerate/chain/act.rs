//! The names of decisions.

use crate::domain::World;
use crate::drivers::decider::{Decider, alternative};
use crate::kernel::What;

/// A decision: who decides (by place in the list of deciders), what, which alternative, and the odds that the agent's own rule
/// gives it, in units of 2⁻³².
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Act {
    /// Who.
    pub decider: usize,
    /// What is decided.
    pub what: What,
    /// Which alternative.
    pub pick: usize,
    /// The rule's own odds.
    pub odds: u64,
}

impl Act {
    /// Its name, made of letters, digits and underscores: the agent's id and the alternative, as in `elders_press_backer`.
    pub fn name(&self, world: &World, deciders: &[Decider]) -> String {
        let id = deciders[self.decider].id(world);
        let name = alternative(self.what, self.pick)
            .map_or_else(|| format!("{id}-{}", self.pick), |a| format!("{id}-{a}"));
        name.replace('-', "_").replace('.', "__")
    }
}
