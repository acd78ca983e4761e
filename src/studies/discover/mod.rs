//! Scenario discovery: which combinations of assumptions cases of interest have in common.

mod page;
mod table;
mod tables;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::analysis::discovery::{Asked, Boxed, Cases, Leaf, Limit, Patience, Values, discover, leaves};
use crate::document::Document;
use crate::document::dataset::Dataset;
use crate::domain::hex;
use crate::drivers::Head;
use crate::render::package;

use super::refusal::Refusal;
use super::study::{Findings, Made, Watch, Whole};

pub use super::sheet::Sheet;

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-discovery/1";

/// What the figures are, and are not.
const NOTE: &str =
    "What cells of a design of a teaching model have in common; cells are no sample of the world.";

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct Options {
    /// What makes a row one of interest, such as 'outcome.stalemate >= 0.5'
    #[cfg_attr(feature = "cli", arg(long, value_name = "CONDITION"))]
    pub of: String,
    /// Only these columns are assumptions; `*` stands for anything; may be given several times
    #[cfg_attr(feature = "cli", arg(long, value_name = "PATTERN"))]
    pub only: Vec<String>,
    /// The share of interest that a box is to have
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().density, value_name = "SHARE", value_parser = super::values::share))]
    pub density: f64,
    /// The least share of all rows that a box, or a leaf of the tree, holds
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().mass, value_name = "SHARE", value_parser = super::values::slice))]
    pub mass: f64,
    /// The share of a box's rows that one step of peeling takes away
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().peel, value_name = "SHARE", value_parser = super::values::slice))]
    pub peel: f64,
    /// The share of the rows beside a box that one step of pasting gives back
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().paste, value_name = "SHARE", value_parser = super::values::slice))]
    pub paste: f64,
    /// How many boxes at most, one after the other in what those before have left
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().boxes, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20)))]
    pub boxes: u32,
    /// How often a random half of the rows is looked through again
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().resamples, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000)))]
    pub resamples: u32,
    /// How many splits lead to a leaf of the tree at most
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().depth, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10)))]
    pub depth: u32,
    /// The seed of the random halves
    #[cfg_attr(feature = "cli", arg(long, default_value_t = Options::default().seed, value_name = "N"))]
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            of: String::new(),
            only: Vec::new(),
            density: 0.8,
            mass: 0.05,
            peel: 0.05,
            paste: 0.05,
            boxes: 2,
            resamples: 20,
            depth: 3,
            seed: 1,
        }
    }
}

impl Options {
    /// The same as words of a command.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut named = |flag: &str, value: &str| words.extend([flag.to_owned(), value.to_owned()]);
        named("--of", &self.of);
        self.only.iter().for_each(|pattern| named("--only", pattern));
        for (flag, share) in [
            ("--density", self.density),
            ("--mass", self.mass),
            ("--peel", self.peel),
            ("--paste", self.paste),
        ] {
            named(flag, &share.to_string());
        }
        for (flag, n) in [("--boxes", self.boxes), ("--resamples", self.resamples), ("--depth", self.depth)] {
            named(flag, &n.to_string());
        }
        named("--seed", &self.seed.to_string());
        words
    }
}

/// A table and what is asked of it.
#[derive(Debug)]
pub struct Discovery {
    name: String,
    fingerprint: String,
    cases: Cases,
    /// The limits that all cases keep to.
    whole: Vec<Limit>,
    options: Options,
}

impl Discovery {
    /// What a table is asked.
    ///
    /// # Errors
    /// When it is no table, or has nothing that is asked about.
    pub fn plan(sheet: &Sheet, options: Options) -> Result<Self, Refusal> {
        let cases = table::cases(sheet, &options.of, &options.only)?;
        let fingerprint = hex(&Sha256::digest(sheet.text.as_bytes()));
        let whole = cases.whole();
        Ok(Self { name: sheet.name.clone(), fingerprint, cases, whole, options })
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    boxes: Vec<Boxed>,
    leaves: Vec<Leaf>,
}

impl Whole for Discovery {
    type Answer = Found;

    fn work(&self, _: &dyn Watch) -> Result<Found, Refusal> {
        let o = &self.options;
        let asked = Asked {
            patience: Patience { peel: o.peel, paste: o.paste, mass: o.mass },
            density: o.density,
            boxes: o.boxes as usize,
            resamples: o.resamples,
            seed: o.seed,
        };
        Ok(Found {
            boxes: discover(&self.cases, &asked),
            leaves: leaves(&self.cases, o.depth as usize, o.mass),
        })
    }

    fn told<'a>(&'a self, found: Found, made: &'a Made) -> Box<dyn Findings + 'a> {
        Box::new(Discovered { study: self, found, made })
    }
}

/// A discovery to be reported on.
struct Discovered<'a> {
    study: &'a Discovery,
    found: Found,
    made: &'a Made,
}

impl Discovered<'_> {
    /// What a limit says of an assumption, in words.
    fn said(&self, column: usize, limit: &Limit) -> String {
        let of = &self.study.cases.columns[column];
        let whole = &self.study.whole[column];
        match (limit, whole, &of.values) {
            (Limit::Range(low, high), Limit::Range(least, most), _) => {
                let [from, to] = [low, high].map(|end| short(*end));
                match (low > least, high < most) {
                    (true, true) => format!("{} from {from} to {to}", of.name),
                    (true, false) => format!("{} from {from} on", of.name),
                    _ => format!("{} up to {to}", of.name),
                }
            }
            (Limit::Words(allowed), _, Values::Words(words, _)) => {
                let allowed = words.iter().zip(allowed).filter(|(_, allowed)| **allowed);
                let words: Vec<&str> =
                    allowed.map(|(word, _)| if word.is_empty() { "none" } else { word.as_str() }).collect();
                format!("{} {}", of.name, words.join(" or "))
            }
            _ => of.name.clone(),
        }
    }
}

/// A number with three decimals at most.
fn short(value: f64) -> String {
    format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Findings for Discovered<'_> {
    fn source(&self) -> package::Study {
        let head = Head::new(&self.study.name, &self.study.fingerprint, (), NOTE);
        package::Study {
            head: Head { seed: Some(self.study.options.seed), ..head.into() },
            ..package::Study::of_all("discover", Head::new("", "", (), ""))
        }
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
}
