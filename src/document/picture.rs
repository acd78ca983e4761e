//! Pictures as documents hold them; `chart` draws them.

use super::table::Table;

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The name of its file without `.svg`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// What it shows, in figures.
    pub table: Table,
    /// Its height in the units of its drawing.
    pub(crate) height: u32,
    /// What is drawn, as SVG.
    pub(crate) body: String,
    /// The same for a phone, where there is such a variant: its height and what is drawn.
    pub(crate) narrow: Option<(u32, String)>,
}
