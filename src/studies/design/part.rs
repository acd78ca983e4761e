//! A part of a design: some of its cells, with what was counted of them, to be laid beside the others (docs/formats.md).
//!
//! It holds its cells and whole numbers, so that parts are the whole, bit for bit, without the table or the ranges they came from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::design::{Counted, Measured};
use crate::domain::World;
use crate::drivers::{Difference, Head, measures_differ};
use crate::studies::portion::{Piece, lay};
use crate::studies::sealed::{self, Sealed, Unusable};

use super::{Cell, Design, Designed, Options, cells};
use crate::studies::study::Made;

/// The name of the format.
pub const FORMAT: &str = "baraza-design-part/1";

/// What counts are, and are not.
const NOTE: &str =
    "Counts of runs of a teaching model in some cells of a design; not chances of real events.";

/// Of which design it is, and which of its cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// As in every document.
    #[serde(flatten)]
    pub head: Head,
    /// The file of the scenario, as the command line called it; it may have moved.
    pub scenario: String,
    /// The table of cells, as the command line called it.
    pub table: Option<String>,
    /// What was asked; the level of intervals is a matter of whoever lays the parts together.
    pub options: Options,
    /// How many cells the design has.
    pub total: u32,
    /// The SHA-256 of all its cells.
    pub design: String,
    /// The first cell of the part.
    pub from: u32,
    /// The cell after its last.
    pub to: u32,
}

impl Origin {
    /// That of a design's part, for a scenario that the command line calls so.
    pub fn of(design: &Design, scenario: String) -> Self {
        let head = Head::new(&design.world.title, &design.fingerprint, design.options.seed, NOTE);
        Self {
            head: head.changed(design.what_if.as_deref(), &design.set),
            scenario,
            table: design.sheet.clone(),
            options: Options { level: Options::default().level, ..design.options.clone() },
            total: design.cells.len() as u32,
            design: cells::digest(&design.cells),
            from: design.range.start,
            to: design.range.end,
        }
    }

    /// The first thing in which two designs differ, the names of files and their cells apart.
    pub fn differs(&self, other: &Self) -> Option<Difference> {
        let number = |what, here: u32, there: u32| {
            (here != there).then(|| (what, here.to_string(), there.to_string()))
        };
        let cells = || {
            let what = "list of cells (its SHA-256)";
            (self.design != other.design).then(|| (what, self.design.clone(), other.design.clone()))
        };
        let (here, there) = (&self.options, &other.options);
        self.head
            .differs(&other.head)
            .or_else(|| number("number of runs a cell", here.runs, there.runs))
            .or_else(|| measures_differ(&here.measure, &there.measure))
            .or_else(|| number("number of cells", self.total, other.total))
            .or_else(cells)
    }

    /// Both ends of its cells as a person counts.
    pub fn told(&self) -> String {
        told(self.from, self.to)
    }
}

fn told(from: u32, to: u32) -> String {
    if to - from == 1 { format!("cell {from}") } else { format!("cells {from} to {}", to.saturating_sub(1)) }
}

/// A part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Of which design, and which cells.
    pub origin: Origin,
    /// What is estimated of each cell.
    measured: Vec<Measured>,
    /// Its cells, those that are not played yet among them.
    cells: Vec<Cell>,
    /// What was counted, cell by cell from the first; fewer where the part was stopped.
    counted: Vec<Counted>,
}

impl Sealed for Part {
    const FORMAT: &'static str = FORMAT;
    const WHAT: &'static str = "part of a design";

    fn head(&self) -> &Head {
        &self.origin.head
    }

    fn unsound(&self) -> Option<&'static str> {
        let o = &self.origin;
        let sound = o.from < o.to
            && o.to <= o.total
            && self.cells.len() == (o.to - o.from) as usize
            && self.counted.len() <= self.cells.len()
            && self.counted.iter().all(|c| c.runs == u64::from(o.options.runs) && c.fits(&self.measured));
        (!sound).then_some("its cells")
    }
}

impl Part {
    /// What has been played of a design's part.
    pub fn new(origin: Origin, design: &Design, played: &BTreeMap<u32, Counted>) -> Self {
        let counted: Vec<Counted> =
            (origin.from..origin.to).map_while(|cell| played.get(&cell).cloned()).collect();
        let cells = design.cells[origin.from as usize..origin.to as usize].to_vec();
        Self { origin, measured: design.measured.clone(), cells, counted }
    }

    /// The cell after the last that was played.
    pub fn reached(&self) -> u32 {
        self.origin.from + self.counted.len() as u32
    }

    /// Whether all its cells were played.
    pub fn finished(&self) -> bool {
        self.reached() == self.origin.to
    }

    /// What was counted, by cell.
    pub fn played(&self) -> BTreeMap<u32, Counted> {
        (self.origin.from..).zip(self.counted.iter().cloned()).collect()
    }

    fn piece<'a>(&self, name: &'a str) -> Piece<'a> {
        Piece { name, range: self.origin.from..self.origin.to, reached: self.reached() }
    }

    /// The part as one line of JSON, which [`Part::read`] reads.
    pub fn write(&self) -> String {
        sealed::write(self)
    }

    /// Reads a part that this version of the program has written.
    ///
    /// # Errors
    /// When it is none, damaged, or another version's.
    pub fn read(text: &str) -> Result<Self, Unusable> {
        sealed::read(text)
    }
}

/// Parts laid together: a whole design.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Of which design they are.
    pub origin: Origin,
    /// All cells.
    pub cells: Vec<Cell>,
    /// What is estimated of each.
    pub measured: Vec<Measured>,
    /// What was counted.
    pub played: BTreeMap<u32, Counted>,
}

impl Whole {
    /// The whole, to be told of the scenario that it is of.
    pub fn designed<'a>(&'a self, world: &'a World, options: &'a Options, made: &'a Made) -> Designed<'a> {
        let head = &self.origin.head;
        Designed {
            world,
            fingerprint: &head.fingerprint,
            what_if: head.what_if.as_deref(),
            set: &head.set,
            options,
            cells: &self.cells,
            measured: &self.measured,
            played: Cow::Borrowed(&self.played),
            made,
        }
    }
}

/// The design that parts with their names make up: every cell once.
///
/// # Errors
/// When they are of different designs, unfinished, overlap or leave out cells; all that are missing are named.
pub fn join(parts: &[(String, Part)]) -> Result<Whole, String> {
    let [(first, one), rest @ ..] = parts else { return Err("name the parts to be laid together".into()) };
    for (name, other) in rest {
        if let Some((what, here, there)) = other.origin.differs(&one.origin) {
            return Err(format!(
                "{name}: its {what} is {here}, that of {first} is {there}: they are no parts of one design"
            ));
        }
    }
    let laid: Vec<Piece> = parts.iter().map(|(name, part)| part.piece(name)).collect();
    let total = one.origin.total;
    lay(&laid, total, (told, "cells"))?;
    let mut order: Vec<&(String, Part)> = parts.iter().collect();
    order.sort_by_key(|(_, part)| part.origin.from);
    let cells: Vec<Cell> = order.iter().flat_map(|(_, part)| part.cells.iter().cloned()).collect();
    if cells::digest(&cells) != one.origin.design {
        return Err("the cells of the parts are not those of their design; compute them again".into());
    }
    Ok(Whole {
        origin: Origin { from: 0, to: total, ..one.origin.clone() },
        cells,
        measured: one.measured.clone(),
        played: order.iter().flat_map(|(_, part)| part.played()).collect(),
    })
}
