//! What of a scenario can be changed: every path that a change takes, with what may stand there and what does.

mod trial;
mod walk;

use super::change::{self, matters_to_no_run};
use super::parse::parse;
use super::pipeline::{edits, sources};
use super::report::Report;
use super::shape::ROOT;
use super::{Change, Source};
use crate::domain::World;

use trial::Trial;
use walk::Walk;

/// A path that a change takes.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Setting {
    /// The path.
    pub path: String,
    /// The same with `ID` where ids stand: `party.ID.alternative`.
    pub pattern: String,
    /// What kind of value it has: `whole`, `number`, `flag`, `date`, `days`, `level`, `word`, `id`, `text`, `condition`, `effect`,
    /// `list` or `table`.
    pub kind: &'static str,
    /// What it may be, in words.
    pub takes: String,
    /// The least number or number of days, where there is one.
    pub least: Option<f64>,
    /// Whether the value must be above `least`.
    pub above: bool,
    /// The largest number or number of days.
    pub most: Option<f64>,
    /// The words that it may be as all else stands; for a level or an intensity in their order.
    pub words: Vec<&'static str>,
    /// From one value to the next: 1 for whole numbers, days and words that have an order.
    pub step: Option<u8>,
    /// What stands there, or holds where the file says nothing, as TOML.
    pub value: Option<String>,
    /// What holds where there is no value, in words.
    pub otherwise: Option<&'static str>,
    /// What it is, in a sentence or two.
    pub note: &'static str,
    /// What the author remarks of the table that it is in.
    pub remark: Option<String>,
    /// Where the facts of the table that it is in are documented.
    pub source: Option<String>,
}

/// The first parts of paths, in the order of [`settings`].
pub fn changeable() -> Vec<&'static str> {
    ROOT.keys.iter().map(|k| k.name).filter(|name| !matters_to_no_run(name)).collect()
}

/// Every path of a scenario under changes; ids in the order of the file, keys in that of the language. Tables come before their
/// entries. `world` is what the scenario comes to under these changes.
pub fn settings(source: &Source, changes: &[Change], what_if: Option<&str>, world: &World) -> Vec<Setting> {
    let mut report = Report::new(sources(source, changes));
    // What comes to a world can be read and changed.
    let Some(mut tree) = parse(&source.text, &mut report) else { return Vec::new() };
    for edit in edits(&tree, changes, what_if, &mut report) {
        change::apply(&mut tree, &edit, &mut report);
    }
    let trial = Trial::new(source, &tree, world);
    Walk::new(&tree, &trial).all()
}

#[cfg(test)]
mod tests;
