//! An experiment: the scenario in many worlds (cells), the same runs with the same luck in each.
//!
//! The words are the field's: what-ifs are levers, ranges are uncertainties, the scenario's rules are the relations, and what is
//! estimated of every cell are outcomes and measures (Lempert, Popper & Bankes 2003, *Shaping the Next One Hundred Years*).

mod cells;
mod page;
pub mod part;
mod rows;
pub mod script;
mod tables;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::analysis::design::{Counted, Measured, Sampling, measured, play};
use crate::analysis::ensemble;
use crate::analysis::statistics::design::Design as Saltelli;
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::{Assumption, Model, World};
use crate::drivers::{Head, parallel};
use crate::render::package;
use crate::scenario::{self, Origin, Source, Variants};

use super::questions::measures;
use super::ranges;
use super::refusal::Refusal;
use super::study::{Artifact, Extent, Findings, Made, Study, Watch};
#[cfg(feature = "cli")]
use super::values;
use super::{ids, load};

pub use super::portion::Portion;
pub use super::sheet::Sheet;
pub use cells::Cell;
pub use part::Part;
pub use rows::Rows;

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-design/1";

/// What the figures are, and are not.
const NOTE: &str = "Shares and means of runs of a teaching model under many sets of assumptions; nothing about the real world.";

/// What is said where nobody gave ranges.
const PROPOSED: &str = "the scenario has no [ranges]: points lie in proposed ones, which `baraza sensitivity FILE --list` prints";

/// Which what-ifs are crossed with the points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Levers {
    /// Each what-if of the file alone
    Each,
    /// Each alone, and every two together
    Pairs,
}

/// What is asked of a design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// Choose points in the scenario's ranges
    #[cfg_attr(feature = "cli", arg(long, value_enum, value_name = "HOW"))]
    pub sample: Option<Sampling>,
    /// How many points `--sample lhs` and `--sample sobol` choose
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().points, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_536)))]
    pub points: u32,
    /// How many values of each range `--sample factorial` takes, both ends among them; a range with fewer has all of its own
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().steps, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100)))]
    pub steps: u32,
    /// A range of your own, added to the others or in place of one of them; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATH=LOW..HIGH", value_parser = values::range, requires = "sample"))]
    pub range: Vec<(String, String, String)>,
    /// Only the ranges whose path matches; `*` stands for anything; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATTERN", requires = "sample"))]
    pub only: Vec<String>,
    /// Cross the points with the file's what-ifs
    #[cfg_attr(feature = "cli", arg(long, value_enum, value_name = "WHICH"))]
    pub levers: Option<Levers>,
    /// Cross them with this what-if, or two as A+B; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "ID"))]
    pub lever: Vec<String>,
    /// How many runs each cell has; run 7 has the same luck in all of them
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().runs, value_name = "N", value_parser = clap::value_parser!(u32).range(1..)))]
    pub runs: u32,
    /// The seed of all chance, and of the points
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().seed, value_name = "N"))]
    pub seed: u64,
    /// A question of your own: a condition, counted in every cell; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "CONDITION"))]
    pub measure: Vec<String>,
    /// How often intervals should cover, more than 0.5 and less than 1
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().level, value_name = "SHARE", value_parser = values::level))]
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            sample: None,
            points: 64,
            steps: 3,
            range: Vec::new(),
            only: Vec::new(),
            levers: None,
            lever: Vec::new(),
            runs: 1_000,
            seed: 1,
            measure: Vec::new(),
            level: 0.95,
        }
    }
}

impl Options {
    /// The same as words of a command; `cells` is the file of the cells, if there is one.
    pub fn words(&self, cells: Option<&str>) -> Vec<String> {
        let mut words = self.words_of_cells(cells);
        words.extend(["--level".into(), self.level.to_string()]);
        words
    }

    /// The same without what matters to intervals alone: the words that a part is played by.
    pub fn words_of_cells(&self, cells: Option<&str>) -> Vec<String> {
        let mut words = Vec::new();
        let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
        cells.iter().for_each(|file| named("--cells", file));
        match self.sample {
            Some(sampling @ (Sampling::Lhs | Sampling::Sobol)) => {
                named("--sample", if sampling == Sampling::Lhs { "lhs" } else { "sobol" });
                named("--points", &self.points.to_string());
            }
            Some(Sampling::Factorial) => {
                named("--sample", "factorial");
                named("--steps", &self.steps.to_string());
            }
            None => {}
        }
        self.range.iter().for_each(|(path, low, high)| named("--range", &format!("{path}={low}..{high}")));
        self.only.iter().for_each(|pattern| named("--only", pattern));
        self.levers.iter().for_each(|l| named("--levers", if *l == Levers::Each { "each" } else { "pairs" }));
        self.lever.iter().for_each(|id| named("--lever", id));
        named("--runs", &self.runs.to_string());
        named("--seed", &self.seed.to_string());
        self.measure.iter().for_each(|text| named("--measure", text));
        words
    }
}

/// What is varied, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The scenario's text.
    pub source: &'a Source,
    /// The what-if in force in every cell.
    pub what_if: Option<&'a str>,
    /// The changes in force in every cell.
    pub set: &'a [(String, String)],
    /// A table of cells: a column a path that `--set` takes, and perhaps `what_if`.
    pub sheet: Option<&'a Sheet>,
}

/// A design, planned.
pub struct Design {
    /// The scenario, as all cells have it before their own changes.
    pub world: World,
    /// Its fingerprint.
    pub fingerprint: String,
    /// All cells, those of other parts among them.
    pub cells: Vec<Cell>,
    /// What is estimated of each.
    pub measured: Vec<Measured>,
    options: Options,
    what_if: Option<String>,
    set: Vec<(String, String)>,
    /// The file of the cells.
    sheet: Option<String>,
    /// The scenario under each lever.
    variants: BTreeMap<Option<String>, Variants>,
    /// Which of the cells are to be played.
    range: Range<u32>,
    notes: Vec<String>,
}

impl Design {
    /// What a scenario is asked; `world` is it with the changes that all cells have. Whether it takes every cell is not yet known:
    /// [`Design::try_all`].
    ///
    /// # Errors
    /// When a question is no condition, a table or a range makes no sense, or there are too many cells.
    pub fn plan(world: World, asked: Asked, options: Options) -> Result<Self, Refusal> {
        let base = variants(&asked, None)?;
        let mut notes = Vec::new();
        let ranges: Vec<Assumption> = match options.sample {
            Some(_) => {
                let most = Saltelli::MOST_FACTORS;
                let all = ranges::in_use(&world, &base, &options.range, &options.only, most)?;
                if all.iter().any(|(_, origin)| *origin == Origin::Proposed) {
                    notes.push(PROPOSED.to_owned());
                }
                all.into_iter().map(|(assumption, _)| assumption).collect()
            }
            None => Vec::new(),
        };
        let cells = cells::cells(&options, asked.sheet, &ranges, &world)?;
        let mut levers: BTreeMap<Option<String>, Variants> = BTreeMap::from([(None, base)]);
        for (k, cell) in cells.iter().enumerate() {
            if !levers.contains_key(&cell.what_if) {
                for id in cell.what_if.iter().flat_map(|both| both.split('+')) {
                    ids::place("what-if", id, world.what_ifs.iter().map(|w| &w.name)).map_err(|refusal| {
                        Refusal { message: format!("cell {k}: {}", refusal.message), ..refusal }
                    })?;
                }
                levers.insert(cell.what_if.clone(), variants(&asked, cell.what_if.as_deref())?);
            }
        }
        let fingerprint = scenario::fingerprint(&world);
        let model = Model::new(world);
        measures(&options.measure, &model)?;
        let measured = measured(&model.world, &options.measure);
        let range = 0..cells.len() as u32;
        let (what_if, set) = (asked.what_if.map(str::to_owned), asked.set.to_vec());
        let sheet = asked.sheet.map(|sheet| sheet.name.clone());
        let world = model.world;
        Ok(Self {
            world,
            fingerprint,
            cells,
            measured,
            options,
            what_if,
            set,
            sheet,
            variants: levers,
            range,
            notes,
        })
    }

    /// The cells as a table that [`Sheet`] reads again.
    pub fn list(&self) -> String {
        tables::list(&self.cells)
    }

    /// Only the cells of one part.
    ///
    /// # Errors
    /// When there are more parts than cells.
    pub fn portion(mut self, portion: Portion) -> Result<Self, Refusal> {
        self.range = portion.within(self.cells.len() as u32, ("the design", "cells"))?;
        Ok(self)
    }

    /// Which cells are to be played.
    pub fn range(&self) -> Range<u32> {
        self.range.clone()
    }

    /// What was asked.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The command's words for it, after those for the scenario.
    pub fn words(&self) -> Vec<String> {
        self.options.words(self.sheet.as_deref())
    }

    /// The same for a part of it.
    pub fn words_of_cells(&self) -> Vec<String> {
        self.options.words_of_cells(self.sheet.as_deref())
    }

    /// Sees whether the scenario takes every cell that is to be played, before the first is.
    ///
    /// # Errors
    /// The first that it refuses, with the reason.
    pub fn try_all(&self) -> Result<(), Refusal> {
        let first = self.range.start as usize;
        let tried = parallel::map(self.range.len(), |k| self.world_of(first + k).err());
        tried.into_iter().flatten().next().map_or(Ok(()), Err)
    }

    fn world_of(&self, cell: usize) -> Result<World, Refusal> {
        let Cell { what_if, set } = &self.cells[cell];
        let world = self.varied(cell, what_if, set)?;
        if measured(&world, &self.options.measure) == self.measured {
            return Ok(world);
        }
        Err(Refusal::no(format!(
            "cell {cell} ({}) has other outcomes, texts or items than the scenario: cells of a design have the same",
            self.cells[cell].told()
        )))
    }

    fn varied(
        &self,
        cell: usize,
        what_if: &Option<String>,
        set: &[(String, String)],
    ) -> Result<World, Refusal> {
        self.variants[what_if].with(&load::changes(set)).map_err(|mistakes| {
            let place = match &self.sheet {
                // The first line of the table has the names, and a cell is a line where no value has lines of its own.
                Some(name) => format!("cell {cell} (row {} of {name})", cell / self.levers() + 1),
                None => format!("cell {cell} ({})", self.cells[cell].told()),
            };
            Refusal::no(format!("the scenario refuses {place}: change it, or narrow a range")).at(mistakes)
        })
    }

    /// How many cells stand at each point.
    fn levers(&self) -> usize {
        if self.options.levers.is_none() && self.options.lever.is_empty() {
            return 1;
        }
        self.variants.len()
    }

    /// A cell's scenario, ready to be played.
    ///
    /// # Errors
    /// When the scenario refuses it.
    pub fn model(&self, cell: usize) -> Result<Model, Refusal> {
        Ok(Model::new(self.world_of(cell)?))
    }

    fn count(&self, cell: usize) -> Result<Counted, Refusal> {
        let model = self.model(cell)?;
        let questions = measures(&self.options.measure, &model)?;
        let runs = ensemble::Range { seed: self.options.seed, from: 0, to: self.options.runs };
        Ok(play(&model, &questions, &self.measured, runs))
    }
}

fn variants(asked: &Asked, lever: Option<&str>) -> Result<Variants, Refusal> {
    let both: Vec<&str> = asked.what_if.into_iter().chain(lever).collect();
    let what_if = (!both.is_empty()).then(|| both.join("+"));
    Variants::of(asked.source, &load::changes(asked.set), what_if.as_deref()).map_err(|mistakes| {
        let which = lever.map_or_else(|| "as it stands".to_owned(), |id| format!("under the what-if `{id}`"));
        Refusal::no(format!("the scenario cannot be varied {which}")).at(mistakes)
    })
}

impl Study for Design {
    /// The cells that have been played, by their numbers.
    type Partial = BTreeMap<u32, Counted>;

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn extent(&self) -> Extent {
        Extent::Runs { range: self.range.clone(), worlds: self.options.runs as usize, what: "runs" }
    }

    fn pieces(&self) -> &'static str {
        "cells"
    }

    fn begin(&self) -> Self::Partial {
        BTreeMap::new()
    }

    fn step(&self, played: &mut Self::Partial, range: Range<u32>, _: &dyn Watch) -> Result<(), Refusal> {
        let first = range.start as usize;
        let counted: Result<Vec<Counted>, Refusal> =
            parallel::map(range.len(), |k| self.count(first + k)).into_iter().collect();
        played.extend(range.zip(counted?));
        Ok(())
    }

    fn merge(&self, into: &mut Self::Partial, other: Self::Partial) {
        into.extend(other);
    }

    fn findings<'a>(&'a self, played: Self::Partial, made: &'a Made) -> Option<Box<dyn Findings + 'a>> {
        (!played.is_empty()).then(|| -> Box<dyn Findings + 'a> {
            Box::new(Designed {
                world: &self.world,
                fingerprint: &self.fingerprint,
                what_if: self.what_if.as_deref(),
                set: &self.set,
                options: &self.options,
                cells: &self.cells,
                measured: &self.measured,
                played: Cow::Owned(played),
                made,
            })
        })
    }
}

/// A design to be reported on.
#[derive(Clone, Debug)]
pub struct Designed<'a> {
    /// The scenario.
    pub world: &'a World,
    /// Its fingerprint, with the changes that all cells have.
    pub fingerprint: &'a str,
    /// The what-if in force in all cells.
    pub what_if: Option<&'a str>,
    /// The changes in force in all cells.
    pub set: &'a [(String, String)],
    /// What was asked.
    pub options: &'a Options,
    /// All cells.
    pub cells: &'a [Cell],
    /// What is estimated of each.
    pub measured: &'a [Measured],
    /// What was counted, by cell.
    pub played: Cow<'a, BTreeMap<u32, Counted>>,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Designed<'_> {
    /// The head of what is written about it.
    pub fn head(&self) -> Head {
        Head::new(&self.world.title, self.fingerprint, self.options.seed, NOTE)
            .changed(self.what_if, self.set)
    }

    /// The cells that have been played, with what was counted.
    fn told(&self) -> impl Iterator<Item = (u32, &Cell, &Counted)> {
        self.played.iter().map(|(k, counted)| (*k, &self.cells[*k as usize], counted))
    }
}

impl Findings for Designed<'_> {
    fn source(&self) -> package::Study {
        package::Study::of_runs("design", self.head(), 0, self.options.runs.into(), self.options.level)
    }

    fn document(&self, _: bool) -> Document {
        page::document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables::tables(self)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn artifact(&self, name: &str) -> Option<Artifact> {
        (name == "table").then(|| Artifact::Csv(tables::wide(self)))
    }
}
