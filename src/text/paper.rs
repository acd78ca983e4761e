//! What a text is written for: how wide it may be, and whether it has colours.

/// The columns of a text that is kept or goes through a pipe.
const USUAL: usize = 80;
/// The narrowest and the widest terminal that a text follows: longer lines are hard to read.
const LEAST: usize = 60;
const MOST: usize = 120;

/// How wide, and whether styled. A `bool` says whether styled, and means 80 columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    styled: bool,
    width: usize,
}

impl Paper {
    /// For a terminal of so many columns, within what can be read.
    pub fn of(styled: bool, columns: usize) -> Self {
        Self { styled, width: columns.clamp(LEAST, MOST) }
    }

    /// Whether it has colours.
    pub(crate) fn styled(self) -> bool {
        self.styled
    }

    /// Columns of a line.
    pub(crate) fn width(self) -> usize {
        self.width
    }

    /// The room for labels which on usual paper is so many columns: half of what a line is wider is theirs, and what it is narrower
    /// they give up as far as they can still be read.
    pub(crate) fn room(self, usual: usize) -> usize {
        match self.width.checked_sub(USUAL) {
            Some(more) => usual + more / 2,
            None => usual.saturating_sub(USUAL - self.width).max(usual.min(16)),
        }
    }

    /// Whether rows that are laid out for usual paper fit.
    pub(crate) fn takes_rows(self) -> bool {
        self.width >= USUAL
    }
}

impl From<bool> for Paper {
    fn from(styled: bool) -> Self {
        Self { styled, width: USUAL }
    }
}
