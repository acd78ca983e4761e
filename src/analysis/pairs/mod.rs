//! Pairs of worlds: the same run of a scenario and of a changed one, with the same luck, laid side by side.
//!
//! The scenario as it stands is played once a run and recorded turn by turn; every change is then played against that
//! record, turn by turn until the two part, and from there on by itself.

mod counts;
mod ends;
mod milestone;
mod play;
mod schedule;

pub use counts::{Combination, InteractionCounts, PairCounts, StudyCounts};
pub use ends::{Ends, Table};
pub use milestone::Milestone;
pub use play::{Comparison, Course, Player, compare, compare_all};
pub use schedule::Place;

use crate::domain::layout::Cell;
use crate::domain::rule::Rule;
use crate::domain::{Model, Name, Turn};

use super::reserves::Group;
use milestone::Mark;

/// A scenario and a changed one, with questions that may be asked of both.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// The scenario.
    pub baseline: &'a Model,
    /// The changed one.
    pub variant: &'a Model,
    /// Conditions, each compiled for the baseline and for the variant.
    pub questions: Vec<(Rule, Rule)>,
    milestones: Vec<Milestone>,
    /// For every milestone its place among all of the baseline, and how the variant shows it.
    marks: Vec<(usize, Mark)>,
    places: Vec<Place>,
    /// The parties of the baseline whose reserves are told together.
    groups: Vec<Group>,
    /// For every cell of the baseline that of the variant; `None` as a whole where they are the same.
    cells: Option<Vec<Option<Cell>>>,
}

/// The two scenarios do not have the same agents: their runs cannot be laid side by side.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the changed scenario has other {0} than the scenario itself")]
pub struct NotComparable(pub &'static str);

impl<'a> Pair<'a> {
    /// Lays two scenarios side by side. A change may add or remove seats and mediators of a track and so the turns
    /// they take; a walk-out is a milestone where both have the seat.
    ///
    /// # Errors
    /// When they do not have the same agents and outcomes.
    pub fn new(
        baseline: &'a Model,
        variant: &'a Model,
        questions: Vec<(Rule, Rule)>,
    ) -> Result<Self, NotComparable> {
        same_agents(baseline, variant)?;
        let mut milestones = Vec::new();
        let mut marks = Vec::new();
        for (place, milestone) in Milestone::all(baseline).into_iter().enumerate() {
            let theirs = match milestone {
                Milestone::WalkedOut(s) => schedule::seat(&baseline.world, s, &variant.world)
                    .map(|seat| Milestone::WalkedOut(seat.at())),
                other => Some(other),
            };
            if let Some(theirs) = theirs {
                milestones.push(milestone);
                marks.push((place, Mark::new(theirs, variant)));
            }
        }
        let cells = schedule::cells(baseline, variant);
        let same = baseline.cells.len() == variant.cells.len()
            && cells.iter().enumerate().all(|(k, c)| *c == Some(k));
        let places = schedule::schedule(baseline, variant);
        let cells = (!same).then_some(cells);
        let groups = Group::all(baseline);
        Ok(Self { baseline, variant, questions, milestones, marks, places, groups, cells })
    }

    /// The milestones that are compared, in order.
    pub fn milestones(&self) -> &[Milestone] {
        &self.milestones
    }

    /// The parties whose reserves are told together. A pair shares its luck, so its worlds draw the same unless the
    /// change touches the odds; it is filed under what the baseline draws.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The turns of a round: those of both worlds in the order which both keep.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The turn at a place, with the model whose turn it is: the baseline where it has it.
    pub fn turn(&self, place: usize) -> (Turn, &'a Model) {
        let at = self.places[place];
        match (at.baseline, at.variant) {
            (Some(k), _) => (self.baseline.turns[k], self.baseline),
            (None, k) => (self.variant.turns[k.unwrap_or(0)], self.variant),
        }
    }

    /// Where a place in the order of both stands among the turns of the baseline and of the variant; `None` where one does
    /// not take that turn.
    pub fn turns(&self, place: usize) -> [Option<usize>; 2] {
        let at = self.places[place];
        [at.baseline, at.variant]
    }

    /// How many outcomes both have.
    pub fn outcomes(&self) -> usize {
        self.baseline.world.outcomes.len()
    }
}

fn same_agents(one: &Model, other: &Model) -> Result<(), NotComparable> {
    fn ids<T>(list: &[T], name: impl Fn(&T) -> &Name) -> Vec<&str>
    where
        T: 'static,
    {
        list.iter().map(|x| name(x).id.as_str()).collect()
    }
    macro_rules! same {
        ($($field:ident: $what:literal),* $(,)?) => {$(
            if ids(&one.world.$field, |x| &x.name) != ids(&other.world.$field, |x| &x.name) {
                return Err(NotComparable($what));
            }
        )*};
    }
    same!(
        outcomes: "outcomes", parties: "parties", mediators: "mediators", items: "items", tracks: "tracks",
        instruments: "instruments", fronts: "fronts", spoilers: "spoilers", backers: "backers",
        observers: "observers", events: "events",
    );
    Ok(())
}
