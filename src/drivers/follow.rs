//! Follows picks made before, then goes on with the likeliest alternatives.

use crate::domain::Weight;
use crate::kernel::{Chooser, Site};

/// Picks in the order in which choices are asked for.
#[derive(Clone, Debug)]
pub struct Follow<'a> {
    picks: &'a [usize],
    at: usize,
}

impl<'a> Follow<'a> {
    /// Follows these picks.
    pub fn new(picks: &'a [usize]) -> Self {
        Self { picks, at: 0 }
    }
}

impl Chooser for Follow<'_> {
    fn choose(&mut self, _site: Site, weights: &[Weight]) -> usize {
        self.at += 1;
        let heaviest = || (0..weights.len()).rev().max_by_key(|k| weights[*k]).unwrap_or(0);
        self.picks.get(self.at - 1).copied().unwrap_or_else(heaviest)
    }
}
