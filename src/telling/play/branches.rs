//! The branches of a session: their tree, and two of them side by side.

use crate::domain::{Model, Quantity};
use crate::session::{Session, Table};
use crate::telling::chronicle::{clean, when};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

/// The tree of branches: where each parts, how far it has come, and which is played.
pub fn branches(session: &Session, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    page.section("Branches");
    below(&mut page, session, None, 0);
    page.finish()
}

fn below(page: &mut Writer, session: &Session, parent: Option<usize>, depth: usize) {
    for (k, branch) in session.branches().iter().enumerate() {
        if branch.parent.map(|(from, _)| from) != parent {
            continue;
        }
        let number = k + 1;
        let from = branch
            .parent
            .map_or_else(String::new, |(from, round)| format!("; parted in round {round} from {from}"));
        let stands = session.table_of(number).map_or_else(|_| String::new(), |t| stands(session.model(), &t));
        let here = if number == session.current() { " ◄ here" } else { "" };
        let label = format!("{}{number}", "  ".repeat(depth.min(12)));
        page.labelled(&label, label.len(), &format!("{stands}{from}{here}"));
        below(page, session, Some(number), depth + 1);
    }
}

fn stands(model: &Model, table: &Table) -> String {
    let place = usize::from(table.state().get(model, Quantity::Outcome));
    let decisions = table.moments().iter().filter(|m| !m.by_model).count();
    let word = if decisions == 1 { "decision" } else { "decisions" };
    match model.world.outcomes.get(place.wrapping_sub(1)) {
        Some(outcome) => {
            format!("ended in round {}: {} ({decisions} {word})", table.round(), clean(&outcome.name.title))
        }
        None => {
            format!("in round {}, {} ({decisions} {word})", table.round(), when(&model.world, table.round()))
        }
    }
}
