//! Groups that played with the same luck, as branches of one tree: they differ by what they decided alone.

use crate::session::Session;

/// Sessions of the same talks in one.
pub(super) struct Tree<'a> {
    /// Their branches.
    pub session: Session<'a>,
    /// The groups whose sessions they are, from 0.
    pub groups: Vec<usize>,
}

/// Where a group's talks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// In which tree, from 0.
    pub tree: usize,
    /// On which branch, from 1.
    pub branch: usize,
}

/// The trees, and the place of every group.
pub(super) fn trees<'a>(sessions: &[Session<'a>]) -> (Vec<Tree<'a>>, Vec<Place>) {
    let mut trees: Vec<Tree> = Vec::new();
    let mut places = Vec::new();
    for (group, session) in sessions.iter().enumerate() {
        let taken = trees.iter_mut().enumerate().find_map(|(k, tree)| {
            let branch = tree.session.graft(session).ok()?;
            tree.groups.push(group);
            Some(Place { tree: k, branch })
        });
        places.push(taken.unwrap_or_else(|| {
            trees.push(Tree { session: session.clone(), groups: vec![group] });
            Place { tree: trees.len() - 1, branch: session.current() }
        }));
    }
    (trees, places)
}
