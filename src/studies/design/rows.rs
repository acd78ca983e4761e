//! Single runs of a design as a table, a row a run of a cell.

use std::ops::Range;

use crate::analysis::ensemble;
use crate::analysis::reserves::Group;
use crate::analysis::runs::runs;
use crate::domain::Model;
use crate::drivers::parallel;
use crate::studies::questions::measures;
use crate::studies::refusal::Refusal;
use crate::studies::runs::Runs;

use super::Design;

/// The rows of a design's runs, in the making.
pub struct Rows<'a> {
    design: &'a Design,
    head: String,
}

impl<'a> Rows<'a> {
    /// Those of a design. The columns are `cell` and those of runs (docs/formats.md).
    ///
    /// # Errors
    /// When the scenario refuses a cell, or it has other columns than the first.
    pub fn new(design: &'a Design) -> Result<Self, Refusal> {
        let first = design.range.start as usize;
        let heads = parallel::map(design.range.len(), |k| head(design, &design.model(first + k)?));
        let heads: Vec<String> = heads.into_iter().collect::<Result<_, Refusal>>()?;
        if let Some(k) = heads.iter().position(|head| *head != heads[0]) {
            let (cell, told) = (first + k, design.cells[first + k].told());
            let what = "its runs have other columns than those of the first, since it draws other reserves";
            return Err(Refusal::no(format!("--each-run: cell {cell} ({told}): {what}")));
        }
        Ok(Self { design, head: heads.into_iter().next().unwrap_or_default() })
    }

    /// The line of names, ending in a line feed.
    pub fn head(&self) -> String {
        self.head.clone()
    }

    /// The rows of some cells, in order, one text a cell.
    pub fn of(&self, cells: Range<u32>) -> Vec<String> {
        let cell = |k: usize| self.cell(cells.start as usize + k);
        // All of them have been tried.
        parallel::map(cells.len(), cell).into_iter().flatten().collect()
    }

    fn cell(&self, cell: usize) -> Result<String, Refusal> {
        let model = self.design.model(cell)?;
        let options = self.design.options();
        let (questions, groups) = (measures(&options.measure, &model)?, Group::all(&model));
        let lines = Runs::new(&model, &groups, &questions);
        let range = ensemble::Range { seed: options.seed, from: 0, to: options.runs };
        let played = runs(&model, &questions, &groups, range);
        Ok(played.iter().map(|run| format!("{cell},{}", lines.row(run))).collect())
    }
}

fn head(design: &Design, model: &Model) -> Result<String, Refusal> {
    let (questions, groups) = (measures(&design.options.measure, model)?, Group::all(model));
    Ok(format!("cell,{}", Runs::new(model, &groups, &questions).head()))
}
