//! Pages: a study says what it has to say as a [`Document`], and one file turns it into HTML.
//!
//! A page is one file without fonts or anything else from elsewhere, so that it opens offline and stays what it is. It
//! follows the light or dark setting of its reader and prints. Its first screen is the answer, where the study has one; its one
//! script shows the same as slides, reads out marks, ranks and picks, and nothing is lost without it.

pub mod columns;
pub mod dataset;
mod picture;
mod rounds;
pub mod table;

pub use picture::Picture;
pub use rounds::{Round, Rounds};
pub use table::Table;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// The line above the title: what kind of study it is.
    pub kind: String,
    /// The answer, above everything else.
    pub answer: Option<Answer>,
    /// What the scenario is about and what is changed in it: under the title, or under the answer where there is one.
    pub lead: Vec<String>,
    /// Its sections; those without blocks are left out.
    pub sections: Vec<Section>,
    /// Where it came from and how to have it again, at the foot: what and its value.
    pub provenance: Vec<(String, String)>,
}

/// What a study answers, to be taken in at a glance and to be projected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: String,
    /// The answer in a sentence or two.
    pub sentence: String,
    /// What the bars show, with their unit.
    pub caption: String,
    /// The figures behind it, at most [`Answer::MOST`].
    pub bars: Vec<Bar>,
    /// What it is not, in a line.
    pub caveat: String,
}

impl Answer {
    /// The most bars: as many as can be read from the last row.
    pub const MOST: usize = 8;
}

/// A labelled figure as a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is the figure of.
    pub label: String,
    /// Its length, in thousandths of the longest that is possible.
    pub length: u16,
    /// The figure as it is read, with its interval.
    pub figure: String,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// What it comes to: its sentence is seen where the rest is folded, and all of it on a slide.
    pub answer: Option<Answer>,
    /// Whether it is folded until asked for; its heading and summary stay visible.
    pub folded: bool,
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
    /// Lines that are laid out already, such as a run that is told.
    Telling(String),
    /// What to look for in answers to the question before it: folded until asked for, open in print.
    Key(String),
    /// Two courses side by side, round by round.
    Rounds(Rounds),
}

impl From<Picture> for Block {
    fn from(picture: Picture) -> Self {
        Self::Picture(Box::new(picture))
    }
}

impl Section {
    /// A section without blocks.
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), ..Self::default() }
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
}
