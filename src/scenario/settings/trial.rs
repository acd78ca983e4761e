//! Whether a change would be taken beside all else that a file says: it is tried.

use std::sync::Arc;

use crate::domain::World;

use super::super::change;
use super::super::evaluate::evaluate;
use super::super::report::Report;
use super::super::tree::Table;
use super::super::{Change, Source};

/// A file on which changes are tried.
pub(super) struct Trial<'a> {
    source: Arc<Source>,
    tree: &'a Table,
    world: &'a World,
}

impl<'a> Trial<'a> {
    /// A sound file, and the world that it describes.
    pub fn new(source: &Source, tree: &'a Table, world: &'a World) -> Self {
        Self { source: Arc::new(source.clone()), tree, world }
    }

    /// Whether a path takes a value.
    pub fn takes(&self, path: &str, value: &str) -> bool {
        let change = Change { path: path.to_owned(), value: value.to_owned() };
        let mut report = Report::new(vec![self.source.clone(), Arc::new(change::text(&change))]);
        let Some(edit) = change::read(&change, 1, &mut report) else { return false };
        let mut tree = self.tree.clone();
        if !change::apply(&mut tree, &edit, &mut report) {
            return false;
        }
        evaluate(&tree, Some(self.world), &mut report);
        report.errors() == 0
    }
}
