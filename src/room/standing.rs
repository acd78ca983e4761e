//! Where a role stands between two rounds: what of its page changes only when the talks go on, worked out once and kept until then.

use std::sync::Arc;

use crate::document::Document;
use crate::session::Session;
use crate::session::orders::{Field, fields};
use crate::telling::handouts;
use crate::telling::play::lines::{Item, News, agenda, news};
use crate::telling::play::orders::{Told, told};
use crate::telling::play::{View, weighs};

/// A track of the agenda: its title, where the role stands on it, its items.
pub type Agenda = (String, String, Vec<Item>);

/// Where a role stands.
#[derive(Debug)]
pub(super) struct Standing {
    /// The fields of the sheet for the round that is due, in words, with what the model would weigh; none where the talks are over.
    pub fields: Vec<(Field, Told, Vec<String>)>,
    /// The agenda.
    pub agenda: Vec<Agenda>,
    /// What happened in the last round.
    pub news: Vec<News>,
    /// The confidential handout.
    pub handout: Document,
}

impl Standing {
    /// Where a role of a session stands; `None` where it has no such seat.
    pub fn of(session: &Session, role: &str) -> Option<Arc<Self>> {
        let place = session.header().seats.iter().position(|id| id == role)?;
        let (model, decider, table) = (session.model(), session.seats()[place], session.table());
        let view = View::new(model, decider, table.state().cells());
        let fields = if table.over() { Vec::new() } else { fields(model, decider, view.known()) };
        let mut weighs = if table.over() { Default::default() } else { weighs(&view) };
        let field = |field: Field| {
            let (told, weighs) = (told(&view, &field), weighs.remove(&field.key).unwrap_or_default());
            (field, told, weighs)
        };
        let last = if table.over() { table.round() } else { table.round().saturating_sub(1) };
        Some(Arc::new(Self {
            fields: fields.into_iter().map(field).collect(),
            agenda: agenda(&view),
            news: news(model, Some(decider), table.steps(), last.max(1)),
            handout: handouts::sheet(&model.world, decider.into()),
        }))
    }
}
