//! Single runs as a table, a row a run: what NetLogo's and EMA's users know from their experiments.

use crate::analysis::counters::Measure;
use crate::analysis::reserves::Group;
use crate::analysis::runs::Run;
use crate::domain::Model;

use super::reserves;

/// A table of runs in the making: the line of names, then as many rows as there are runs.
#[derive(Debug)]
pub struct Runs<'a> {
    model: &'a Model,
    groups: &'a [Group],
    measures: usize,
}

/// An id as part of a column's name that SQL reads without quotes.
fn plain(id: &str) -> String {
    id.replace('-', "_")
}

impl<'a> Runs<'a> {
    /// The table of a scenario's runs.
    pub fn new(model: &'a Model, groups: &'a [Group], measures: &[Measure]) -> Self {
        Self { model, groups, measures: measures.len() }
    }

    /// The names of the columns: `run`; `outcome`, its id; `rounds`, the last that was played; `signed_TEXT`, the round in which a
    /// text was first signed, empty if never; `points_PARTY_TRACK`, what a seat has settled at the end, in points of 100;
    /// `reserve_PARTY`, what was drawn; `measure_N_ever` and `measure_N_last`, 1 where the N-th measure held at the end of some
    /// round, and of the last, else 0.
    pub fn names(&self) -> Vec<String> {
        let w = &self.model.world;
        let mut names: Vec<String> = ["run", "outcome", "rounds"].map(String::from).into();
        names.extend(w.instruments.iter().map(|n| format!("signed_{}", plain(&n.name.id))));
        names.extend(w.seats.iter().map(|s| {
            let [party, track] = [&w.party(s.party).name.id, &w.track(s.track).name.id].map(|id| plain(id));
            format!("points_{party}_{track}")
        }));
        names.extend(reserve_names(self.model, self.groups));
        let both = |m| ["ever", "last"].map(|when| format!("measure_{m}_{when}"));
        names.extend((1..=self.measures).flat_map(both));
        names
    }

    /// The line of names, ending in a line feed.
    pub fn head(&self) -> String {
        line(self.names().into_iter())
    }

    /// The row of a run, ending in a line feed. None of its cells needs quotes.
    pub fn row(&self, run: &Run) -> String {
        let w = &self.model.world;
        let first = [run.run.to_string(), w.outcomes[run.outcome].name.id.clone(), run.rounds.to_string()];
        let signed = run.signed.iter().map(|round| round.map_or_else(String::new, |r| r.to_string()));
        let points = run.points.iter().map(f64::to_string);
        let drawn = drawn(self.model, self.groups, &run.drawn);
        let held = run.held.iter().flatten().map(|held| u8::from(*held).to_string());
        line(first.into_iter().chain(signed).chain(points).chain(drawn).chain(held))
    }
}

/// The names of the columns of what was drawn for reserves.
pub(super) fn reserve_names(model: &Model, groups: &[Group]) -> Vec<String> {
    let parties = |g: &Group| reserves::cells(&g.named(model, 0))[0].clone();
    groups.iter().map(|g| format!("reserve_{}", plain(&parties(g)).replace('+', "_"))).collect()
}

/// The cells of what was drawn for reserves; `numbers` are the types, group by group.
pub(super) fn drawn(model: &Model, groups: &[Group], numbers: &[usize]) -> Vec<String> {
    let each = groups.iter().zip(numbers);
    each.map(|(group, number)| reserves::cells(&group.named(model, *number))[1].clone()).collect()
}

/// Cells as a line of a table.
pub(super) fn line(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(",") + "\n"
}
