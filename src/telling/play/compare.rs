//! Two branches side by side, from where they part, as the role may know them.

use crate::domain::{Model, Quantity};
use crate::drivers::decider::Decider;
use crate::session::{Sight, Table};
use crate::telling::chronicle::{Detail, Said, by_turn_seen, clean, when};
use crate::telling::side_by_side::{columns, ended, rule, side};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

/// The two branches with these numbers.
pub fn compare(role: Decider, branches: [usize; 2], tables: [&Table; 2], paper: impl Into<Paper>) -> String {
    let model = tables[0].model();
    let sight = Sight::of(&model.world, role);
    let said = tables.map(|t| by_turn_seen(model, sight, t.steps(), Detail::Normal));
    let mut page = Writer::new(paper);
    let width = side(page.paper());
    page.heading(&format!("Branch {} beside branch {}", branches[0], branches[1]));
    let last = tables.map(|t| t.steps().last().map_or(0, |s| s.round));
    let how = tables.map(|t| if t.over() { "ended in" } else { "under way, in" });
    let (mut differ, mut said_so) = (false, [false; 2]);
    for round in 1..=last[0].max(last[1]) {
        let rows = rows(model, &said, round, width);
        if rows.is_empty() {
            continue;
        }
        if !differ {
            page.paragraph(&format!("To you they are the same before round {round}."));
        }
        differ = true;
        page.heading(&format!("Round {round} of {} · {}", model.world.rounds, when(&model.world, round)));
        head(&mut page, branches);
        let [one, other] = [0, 1].map(|k| ended(how[k], last[k], round, &mut said_so[k]));
        if !one.is_empty() || !other.is_empty() {
            columns(&mut page, &one, &other);
        }
        for [one, other] in rows {
            columns(&mut page, &one, &other);
        }
    }
    if !differ {
        page.paragraph("To you nothing differs between them so far.");
    }
    page.heading("Where they stand");
    head(&mut page, branches);
    let [one, other] = tables.map(|t| wrapped(&stands(model, t), "", "", width));
    columns(&mut page, &one, &other);
    page.finish()
}

fn head(page: &mut Writer, branches: [usize; 2]) {
    columns(page, &[format!("Branch {}", branches[0])], &[format!("Branch {}", branches[1])]);
    rule(page);
}

/// The turns of a round of which otherwise is told.
fn rows(model: &Model, said: &[Vec<Said>; 2], round: u8, width: usize) -> Vec<[Vec<String>; 2]> {
    let mut rows = Vec::new();
    for turn in &model.turns {
        let [one, other] = [0, 1].map(|k| {
            let here = said[k].iter().filter(|s| s.round == round && s.turn == *turn);
            let lines = here.flat_map(|s| {
                let remarks = s.remarks.iter().flat_map(|r| wrapped(r, "  – ", "    ", width));
                wrapped(&s.text, "• ", "  ", width).into_iter().chain(remarks)
            });
            lines.collect::<Vec<String>>()
        });
        if one != other {
            rows.push([one, other]);
        }
    }
    rows
}

fn wrapped(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(rest);
    textwrap::wrap(text, options).into_iter().map(String::from).collect()
}

fn stands(model: &Model, table: &Table) -> String {
    let place = usize::from(table.state().get(model, Quantity::Outcome));
    match model.world.outcomes.get(place.wrapping_sub(1)) {
        Some(outcome) => format!("{} (round {})", clean(&outcome.name.title), table.round()),
        None => format!("In round {}", table.round()),
    }
}
