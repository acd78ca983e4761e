//! Pages: a study says what it has to say as a [`Document`], and one file turns it into HTML.
//!
//! A page is one file without scripts, fonts or anything else from elsewhere, so that it opens offline and stays what it
//! is. It follows the light or dark setting of its reader and prints.

pub mod parts;
mod render;

use super::chart::Picture;
use super::table::Table;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// The line above the title: what kind of study it is.
    pub kind: String,
    /// The paragraphs under the title.
    pub lead: Vec<String>,
    /// Its sections; those without blocks are left out.
    pub sections: Vec<Section>,
    /// Where it came from and how to have it again, at the foot: what and its value.
    pub provenance: Vec<(String, String)>,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Whether it begins on a new sheet where it is printed.
    pub fresh: bool,
}

/// A part of a section. Texts are plain: whatever is in them is shown, never read as markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading within the section.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A table that is folded until asked for: its caption stays visible.
    Folded(Table),
    /// A picture, with the table of its figures folded beneath.
    Picture(Box<Picture>),
    /// A command to be copied.
    Command(String),
    /// A remark that must be seen.
    Note(String),
    /// A question put to the readers.
    Question(String),
}

impl From<Picture> for Block {
    fn from(picture: Picture) -> Self {
        Self::Picture(Box::new(picture))
    }
}

impl Section {
    /// A section without blocks.
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), blocks: Vec::new(), fresh: false }
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a block.
    pub fn push(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }
}

impl Document {
    /// Its pictures, in the order in which it shows them.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.sections.iter().flat_map(|s| &s.blocks).filter_map(|block| match block {
            Block::Picture(picture) => Some(&**picture),
            _ => None,
        })
    }

    /// The page as HTML, ending in a line feed.
    pub fn html(&self) -> String {
        render::html(self)
    }
}
