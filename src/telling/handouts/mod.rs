//! What an exercise hands out: the public briefing, a confidential sheet for every role, the teacher's guide.
//!
//! Each is a [`Document`], which can be had as Markdown, as a page and as text for the terminal. A role's sheet is made from
//! what is public and what is its own: nothing that another role keeps to itself moves a byte of it.

mod briefing;
mod decisions;
mod guide;
mod mediator;
mod numbers;
mod party;
mod words;

pub use briefing::briefing;
pub use guide::{Source, guide};

use crate::document::{Block, Document, Section};
use crate::domain::{Role, World};
use crate::drivers::decider::Decider;
use crate::render::{markdown, terminal};
use crate::text::paper::Paper;

/// What stands on every sheet.
const ASSUMED: &str = "All numbers of this exercise are teaching assumptions. No source gives any of them, and none is an \
estimate of the real world.";

/// What players of an exercise are told in which nobody goes back.
pub(crate) const ONE_WAY: &str = "Decisions stand: nobody goes back to an earlier round.";

/// The confidential sheet of a role.
pub fn sheet(world: &World, role: Role) -> Document {
    let sections = match role {
        Role::Party(party) => party::sections(world, party),
        Role::Mediator(mediator) => mediator::sections(world, mediator),
    };
    Document {
        title: words::title(world.role_name(role)),
        answer: None,
        kind: format!("Confidential sheet – {}", words::line(&world.title)),
        lead: vec!["For this role alone: do not show it to the others.".into(), ASSUMED.into()],
        sections,
        provenance: vec![("Program".into(), program())],
    }
}

/// The confidential sheet of a role as text for the terminal.
pub fn role(world: &World, role: Decider, paper: impl Into<Paper>) -> String {
    terminal::text(&sheet(world, role.into()), paper)
}

/// The public briefing as text for the terminal.
pub fn public(world: &World, paper: impl Into<Paper>) -> String {
    terminal::text(&briefing(world), paper)
}

/// Several documents as Markdown, one after the other.
pub fn markdown(documents: &[Document]) -> String {
    let texts: Vec<String> = documents.iter().map(markdown::text).collect();
    texts.join("\n---\n\n")
}

/// Several documents as one page: each begins on a new sheet where it is printed.
pub fn together(world: &World, documents: Vec<Document>) -> Document {
    let provenance = documents.last().map(|d| d.provenance.clone()).unwrap_or_default();
    let sections = documents.into_iter().map(|document| {
        let mut section = Section::new(format!("{} – {}", document.title, document.kind));
        section.fresh = true;
        document.lead.into_iter().for_each(|text| section.paragraph(text));
        for inner in document.sections.into_iter().filter(|s| !s.blocks.is_empty()) {
            section.push(Block::Heading(inner.heading));
            section.blocks.extend(inner.blocks);
        }
        section
    });
    Document {
        title: words::line(&world.title),
        answer: None,
        kind: "An exercise: sheets to hand out".into(),
        lead: vec![
            "Every part begins on a sheet of its own where this page is printed. Sheets of roles are confidential; the last \
             part is for the teacher."
                .into(),
        ],
        sections: sections.collect(),
        provenance,
    }
}

fn program() -> String {
    format!("baraza {}", env!("CARGO_PKG_VERSION"))
}
