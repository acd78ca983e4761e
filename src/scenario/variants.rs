//! Many worlds of one file: it is parsed once, and each world sets some numbers and is checked and lowered anew.

use std::sync::Arc;

use crate::domain::{Assumption, World};

use super::change::{self, Act, Edit, matters_to_no_run};
use super::diagnostic::{Diagnostic, Severity};
use super::evaluate::evaluate;
use super::parse::{parse, parse_value};
use super::pipeline::{edits, sources};
use super::report::Report;
use super::tree::{Node, Place, Table, Text, Value};
use super::{Change, Source, proposals, range_check, ranges};

/// Where an assumption's range comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The file's `[ranges]`.
    File,
    /// The program's proposals.
    Proposed,
    /// The command line.
    Argument,
}

/// A file with its changes, ready to be varied. What-ifs, history, notes and sources are left out of the worlds: no
/// rule reads them.
pub struct Variants {
    tree: Table,
    /// The world as the file has it.
    file: Option<World>,
    sources: Vec<Arc<Source>>,
}

impl Variants {
    /// Prepares a file under changes, as [`super::load`] takes them.
    ///
    /// # Errors
    /// The mistakes that `load` would find in it.
    pub fn of(source: &Source, changes: &[Change], what_if: Option<&str>) -> Result<Self, Vec<Diagnostic>> {
        let sources = sources(source, changes);
        let mut report = Report::new(sources.clone());
        let Some(mut tree) = parse(&source.text, &mut report) else { return Err(report.finish()) };
        let file = evaluate(&tree, None, &mut report.sibling()).map(|l| l.world);
        for edit in edits(&tree, changes, what_if, &mut report) {
            change::apply(&mut tree, &edit, &mut report);
        }
        evaluate(&tree, file.as_ref(), &mut report);
        if report.errors() > 0 {
            return Err(report.finish());
        }
        tree.entries.retain(|e| !matters_to_no_run(&e.key));
        forget_prose(&mut tree, 0);
        Ok(Self { tree, file, sources })
    }

    /// Ranges for what a teacher would doubt, as far as the scenario takes them.
    pub fn proposals(&self) -> Vec<Assumption> {
        let takes = |a: &Assumption| [a.low, a.high].iter().all(|v| self.world(&[(a, *v)]).is_ok());
        let mut all = proposals::proposals(&self.tree);
        all.retain(takes);
        all
    }

    /// Reads a range from outside the file: a path and its two ends, as TOML or as a bare word.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn range(&self, path: &str, low: &str, high: &str) -> Result<Assumption, Vec<Diagnostic>> {
        let text = format!("{path}={low}..{high}");
        let mut sources = self.sources.clone();
        let at = sources.len() as u16;
        let end = text.len();
        sources.push(Arc::new(Source { name: "--range".to_owned(), text }));
        let mut report = Report::new(sources);
        let start = path.len() + 1;
        let node = |text: &str, offset: usize| {
            parse_value(text, at, offset).unwrap_or_else(|_| Node {
                place: Place::new(at, offset, offset + text.len()),
                value: Value::Text(Text::new(text, None)),
            })
        };
        let list = vec![node(low, start), node(high, start + low.len() + 2)];
        let edit = Edit {
            act: Act::Set,
            path: path.to_owned(),
            path_place: Place::new(at, 0, path.len()),
            inner: Some(0),
            node: Node { place: Place::new(at, start, end), value: Value::List(list) },
        };
        range_check::read_outside(&self.tree, &edit, &mut report).ok_or_else(|| report.finish())
    }

    /// The world with further changes, made after those it was prepared under.
    ///
    /// # Errors
    /// What is wrong with them, or why the scenario refuses them together.
    pub fn with(&self, changes: &[Change]) -> Result<World, Vec<Diagnostic>> {
        // Places in the tree point into the sources it was made from: those of the changes come after them.
        let mut all = self.sources.clone();
        all.extend(changes.iter().map(|c| Arc::new(change::text(c))));
        let mut report = Report::new(all);
        let mut tree = self.tree.clone();
        for (at, change) in changes.iter().enumerate() {
            if let Some(edit) = change::read(change, (self.sources.len() + at) as u16, &mut report) {
                change::apply(&mut tree, &edit, &mut report);
            }
        }
        self.lowered(&tree, report)
    }

    /// The world with some assumptions set to values.
    ///
    /// # Errors
    /// Why the scenario refuses this combination of values.
    pub fn world(&self, settings: &[(&Assumption, f64)]) -> Result<World, Vec<Diagnostic>> {
        let mut report = Report::new(self.sources.clone());
        let mut tree = self.tree.clone();
        for (assumption, number) in settings {
            let place = Place::new(0, 0, 0);
            let node = Node { place, value: ranges::value(assumption.scale, *number) };
            let edit =
                Edit { act: Act::Set, path: assumption.path.clone(), path_place: place, inner: None, node };
            change::apply(&mut tree, &edit, &mut report);
        }
        self.lowered(&tree, report)
    }

    fn lowered(&self, tree: &Table, mut report: Report) -> Result<World, Vec<Diagnostic>> {
        match evaluate(tree, self.file.as_ref(), &mut report) {
            Some(lowered) if report.errors() == 0 => Ok(lowered.world),
            _ => {
                let mistakes = report.finish();
                Err(mistakes.into_iter().filter(|d| d.severity == Severity::Error).collect())
            }
        }
    }
}

/// Takes out the texts of agents that nobody computes with: they would be copied with every world.
fn forget_prose(table: &mut Table, depth: usize) {
    // Below an agent's own table `note` could be an id; agents stand at depth 2.
    if depth == 2 {
        table
            .entries
            .retain(|e| !(matches!(e.key.as_str(), "note" | "source") && e.node.as_text().is_some()));
    }
    for entry in &mut table.entries {
        if let Value::Table(inner) = &mut entry.node.value {
            forget_prose(inner, depth + 1);
        }
    }
}
