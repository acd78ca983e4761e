//! The numbers of the rules.

use super::super::shape::{Kind, THRESHOLDS};
use super::super::tree::Node;
use super::Lowering;
use super::view::View;
use crate::domain::Dynamics;
use crate::domain::dynamics::Reading;

impl<'t> Lowering<'t, '_> {
    /// Lowers `[dynamics]`.
    pub(super) fn dynamics(&mut self, view: View<'t>) -> Dynamics {
        if let Some((place, table)) =
            view.entry("mandate").and_then(|e| Some((e.key_place, e.node.as_table()?)))
        {
            // Odds that do not sum to 1 are reported.
            self.mandate(place, table);
        }
        Dynamics::of(&view)
    }
}

impl Reading for View<'_> {
    fn fraction(&self, key: &str) -> f64 {
        self.number(key)
    }

    fn whole(&self, key: &str) -> u8 {
        self.small(key)
    }

    fn five(&self, key: &str) -> [f64; 5] {
        View::five(self, key)
    }

    fn mandates(&self, key: &str) -> [f64; 3] {
        let odds = |node: &Node, _: &Kind| {
            let table = node.as_table()?;
            let of = |word: &str| table.get(word).and_then(Node::as_number);
            Some([of("firm")?, of("planned")?, of("flexible")?])
        };
        self.pick(key, odds).unwrap_or_default()
    }

    fn strict(&self, key: &str) -> bool {
        THRESHOLDS[self.word(key)] == "above"
    }

    fn flag(&self, key: &str) -> bool {
        View::flag(self, key)
    }

    fn says(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    fn within(&self, key: &str) -> Self {
        self.nested(key)
    }
}
