//! Pairs of worlds: the same run of a scenario and of a changed one, with the same luck, laid side by side.
//!
//! The scenario as it stands is played once a run and recorded turn by turn; every change is then played against that
//! record, turn by turn until the two part, and from there on by itself.

mod breach;
mod counterpart;
mod counts;
mod each;
mod ends;
mod milestone;
mod play;
mod schedule;

pub use counts::{Combination, InteractionCounts, PairCounts, StudyCounts};
pub use each::{Ended, each};
pub use ends::{Ends, Table};
pub use milestone::Milestone;
pub use play::{Comparison, Course, Player, compare, compare_all};
pub use schedule::Place;

use crate::domain::layout::Cell;
use crate::domain::rule::Rule;
use crate::domain::{Model, Turn};

use super::reserves::Group;

use breach::Breaches;
use counterpart::Worlds;
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
    /// Where breaches in the variant stand among the milestones.
    breaches: Breaches,
    places: Vec<Place>,
    /// The parties of the baseline whose reserves are told together.
    groups: Vec<Group>,
    /// For every cell of the baseline that of the variant; `None` as a whole where they are the same.
    cells: Option<Vec<Option<Cell>>>,
}

/// The two scenarios differ in what their runs are told apart by: they cannot be laid side by side.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the changed scenario has other {0} than the scenario itself")]
pub struct NotComparable(pub &'static str);

impl<'a> Pair<'a> {
    /// Lays two scenarios side by side. A change may take agents away and add others, and so the turns they take; milestones are those of
    /// agents that both have. What cells hold are places of parties, and ends of talks their outcomes: those must be the same, but for
    /// parties that are added after the others.
    ///
    /// # Errors
    /// When they do not have the same outcomes, or the parties of the scenario come in another order, or not all.
    pub fn new(
        baseline: &'a Model,
        variant: &'a Model,
        questions: Vec<(Rule, Rule)>,
    ) -> Result<Self, NotComparable> {
        comparable(baseline, variant)?;
        let worlds = Worlds { from: &baseline.world, to: &variant.world };
        let (mut milestones, mut marks, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        for (place, milestone) in Milestone::all(baseline).into_iter().enumerate() {
            if let Some(theirs) = milestone.counterpart(worlds) {
                milestones.push(milestone);
                marks.push((place, Mark::new(theirs, variant)));
                seen.push(theirs);
            }
        }
        let cells = schedule::cells(baseline, variant);
        let same = baseline.cells.len() == variant.cells.len()
            && cells.iter().enumerate().all(|(k, c)| *c == Some(k));
        let places = schedule::schedule(baseline, variant);
        let cells = (!same).then_some(cells);
        let groups = Group::all(baseline);
        let breaches = Breaches::among(seen.into_iter());
        Ok(Self { baseline, variant, questions, milestones, marks, breaches, places, groups, cells })
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

fn comparable(one: &Model, other: &Model) -> Result<(), NotComparable> {
    let outcomes = |m: &Model| m.world.outcomes.iter().map(|o| o.name.id.clone()).collect::<Vec<_>>();
    let parties = |m: &Model| m.world.parties.iter().map(|p| p.name.id.clone()).collect::<Vec<_>>();
    if outcomes(one) != outcomes(other) {
        return Err(NotComparable("outcomes"));
    }
    match parties(other).starts_with(&parties(one)) {
        true => Ok(()),
        false => Err(NotComparable("parties")),
    }
}
