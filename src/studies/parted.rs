//! Parts of studies whose runs can be played anywhere: what was counted of some of the runs, sealed, to be added to the rest
//! (docs/formats.md).

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use crate::drivers::{Difference, Head};

use super::portion::{Piece, lay};
use super::sealed::{self, Sealed, Unusable};
use super::study::Study;

pub use super::shard::NOTE;

/// The name of the format.
pub const FORMAT: &str = "baraza-part/1";

/// A study that can be had in parts: what it counts can be written down.
pub trait Parted: Study<Partial: Serialize + DeserializeOwned> {
    /// The command that plays it.
    const COMMAND: &'static str;

    /// Its head, with the note of parts.
    fn head(&self) -> Head;

    /// What is asked, without the level of intervals, which is a matter of whoever adds the parts up: as JSON.
    fn asked(&self) -> String;

    /// How many pieces the whole has.
    fn total(&self) -> u32;

    /// Whether counts are those of some pieces of this study.
    fn fits(&self, counts: &Self::Partial, range: Range<u32>) -> bool;
}

/// Of which study it is, and which of its pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// As in every document.
    #[serde(flatten)]
    pub head: Head,
    /// The command that plays the whole.
    pub command: String,
    /// What they are, in the plural: runs, points.
    pub what: String,
    /// The file of the scenario, as the command line called it; it may have moved.
    pub scenario: String,
    /// What was asked, without the level of intervals, as JSON.
    pub asked: String,
    /// How many pieces the whole has.
    pub total: u32,
    /// The first piece of the part.
    pub from: u32,
    /// The piece after its last.
    pub to: u32,
}

impl Origin {
    /// That of a part of a study, for a scenario that the command line calls so.
    pub fn of<S: Parted>(study: &S, scenario: String, range: Range<u32>) -> Self {
        Self {
            head: study.head(),
            command: S::COMMAND.into(),
            what: study.pieces().into(),
            scenario,
            asked: study.asked(),
            total: study.total(),
            from: range.start,
            to: range.end,
        }
    }

    /// The first thing in which the studies behind two parts differ, their pieces and the names of files apart.
    pub fn differs(&self, other: &Self) -> Option<Difference> {
        let text = |what, here: &str, there: &str| {
            (here != there).then(|| (what, here.to_owned(), there.to_owned()))
        };
        text("command", &self.command, &other.command)
            .or_else(|| self.head.differs(&other.head))
            .or_else(|| text("list of options", &self.asked, &other.asked))
            .or_else(|| text("size", &self.total.to_string(), &other.total.to_string()))
    }

    /// Its pieces as a person counts.
    pub fn told(&self) -> String {
        told(self.from, self.to)
    }
}

/// Pieces as a person counts: both ends are among them.
fn told(from: u32, to: u32) -> String {
    if to - from == 1 { format!("{from}") } else { format!("{from} to {}", to.saturating_sub(1)) }
}

/// A part.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Of which study, and which pieces.
    pub origin: Origin,
    /// The piece after the last that was played.
    pub reached: u32,
    /// What was counted.
    counts: Box<RawValue>,
}

impl Sealed for Part {
    const FORMAT: &'static str = FORMAT;
    const WHAT: &'static str = "part of a study";

    fn head(&self) -> &Head {
        &self.origin.head
    }

    fn unsound(&self) -> Option<&'static str> {
        let Origin { from, to, total, .. } = self.origin;
        let sound = from < to && to <= total && (from..=to).contains(&self.reached);
        (!sound).then_some("its pieces")
    }
}

impl Part {
    /// What has been counted of the pieces before `reached`.
    pub fn new<S: Parted>(origin: Origin, reached: u32, counts: &S::Partial) -> Self {
        // Plain data: it always has a JSON text.
        let counts = to_raw_value(counts).unwrap_or_default();
        Self { origin, reached, counts }
    }

    /// Whether all its pieces were played.
    pub fn finished(&self) -> bool {
        self.reached == self.origin.to
    }

    fn piece<'a>(&self, name: &'a str) -> Piece<'a> {
        Piece { name, range: self.origin.from..self.origin.to, reached: self.reached }
    }

    /// The part as one line of JSON.
    pub fn write(&self) -> String {
        sealed::write(self)
    }

    /// What was counted, for the study that it is of.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn counts<S: Parted>(&self, study: &S) -> Result<S::Partial, Unusable> {
        let counts: Option<S::Partial> = serde_json::from_str(self.counts.get()).ok();
        let fits = |counts: &S::Partial| study.fits(counts, self.origin.from..self.reached);
        counts.filter(fits).ok_or(Unusable::Counts("the scenario"))
    }
}

/// The study that parts with their names make up: every piece once.
///
/// # Errors
/// When they are of different studies, unfinished, overlap or leave out pieces; all that are missing are named.
pub fn join(parts: &[(String, Part)]) -> Result<&Origin, String> {
    let [(first, one), rest @ ..] = parts else { return Err("name the parts to be added up".into()) };
    for (name, other) in rest {
        if let Some((what, here, there)) = other.origin.differs(&one.origin) {
            return Err(format!(
                "{name}: its {what} is {here}, that of {first} is {there}: they are no parts of one study"
            ));
        }
    }
    let pieces: Vec<Piece> = parts.iter().map(|(name, part)| part.piece(name)).collect();
    lay(&pieces, one.origin.total, (told, &one.origin.what))?;
    Ok(&one.origin)
}

/// Adds up the parts of a study that were seen to be one whole.
///
/// # Errors
/// When the counts of one do not fit.
pub fn sum<S: Parted>(study: &S, parts: &[(String, Part)]) -> Result<S::Partial, String> {
    let mut all = study.begin();
    for (name, part) in parts {
        study.merge(&mut all, part.counts(study).map_err(|why| format!("{name}: {why}"))?);
    }
    Ok(all)
}
