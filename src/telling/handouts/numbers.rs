//! Everything that is confidential, in tables for the teacher.

use crate::document::table::Table;
use crate::document::{Block, Section};
use crate::domain::{Action, Inducement, PartyId, TrackId, World};
use crate::telling::chronicle::{list, percent, tenths};
use crate::telling::rules;

use super::party::best;
use super::words::{level, title};

/// The section of all roles' numbers.
pub(super) fn section(world: &World) -> Section {
    let mut section = Section::new("All roles' numbers");
    section.paragraph(
        "What the sheets say one by one. A star is a red line; “a → b 3” says that a loses 3 points of the answer if b breaks \
         its word.",
    );
    for track in 0..world.tracks.len() {
        section.push(Block::Table(answers(world, TrackId::new(track))));
    }
    section.push(Block::Table(parties(world)));
    section.push(Block::Table(tactics(world)));
    section.push(Block::Table(trust(world)));
    if !world.mediators.is_empty() {
        section.push(Block::Table(mediators(world)));
    }
    section
}

/// What every answer on a track is worth to everybody who sits there.
fn answers(world: &World, id: TrackId) -> Table {
    let track = world.track(id);
    let seated: Vec<PartyId> = track.seats.iter().map(|s| world.seat(*s).party).collect();
    let name = |p: PartyId| title(&world.party(p).name);
    let mut columns = vec!["question".to_owned(), "answer".into()];
    columns.extend(seated.iter().map(|p| name(*p)));
    columns.push("at risk".into());
    let mut table = Table::new(format!("Points: {}", title(&track.name)), columns);
    for item in track.items.iter().map(|i| world.item(*i)) {
        for (k, option) in item.options.iter().enumerate() {
            let mut row = vec![if k == 0 { title(&item.name) } else { String::new() }, title(&option.name)];
            row.extend(seated.iter().map(|p| {
                let star = if option.red_line_of.contains(p) { "*" } else { "" };
                format!("{}{star}", tenths(option.points[p.at()]))
            }));
            let risks = option
                .exposes
                .iter()
                .map(|e| format!("{} → {} {}", name(e.party), name(e.to), tenths(e.risk)));
            row.push(risks.collect::<Vec<_>>().join("; "));
            table.push(row);
        }
    }
    let mut sum = vec!["Best answers together".to_owned(), String::new()];
    sum.extend(seated.iter().map(|p| tenths(best(world, *p, id))));
    sum.push(String::new());
    table.push(sum);
    table
}

fn parties(world: &World) -> Table {
    let columns = ["party", "alternative", "stakes", "audience", "weariness", "pressure", "capability"];
    let mut table = Table::new("Parties at the start", columns);
    for (p, party) in world.parties.iter().enumerate() {
        let alternatives = world.seats_of(PartyId::new(p));
        let alternatives = alternatives.map(|s| {
            let place = title(&world.track(world.seat(s).track).name);
            format!("{} ({place})", world.alternative_at_start(s))
        });
        let stakes = party.stakes.iter().map(|(f, n)| format!("{} {n}", title(&world.front(*f).name)));
        table.push([
            title(&party.name),
            list(&alternatives.collect::<Vec<_>>()),
            list(&stakes.collect::<Vec<_>>()),
            level(party.audience),
            level(party.weariness),
            level(party.pressure),
            level(party.capability),
        ]);
    }
    table
}

/// How the program bargains in a party's place.
fn tactics(world: &World) -> Table {
    let columns = ["party", "tactic", "firm mandate", "planned", "flexible"];
    let mut table = Table::new("If the program decides", columns);
    for party in &world.parties {
        let [firm, planned, flexible] = party.mandate.unwrap_or(world.dynamics.mandate).map(percent);
        table.push([title(&party.name), rules::tactic(&party.tactic), firm, planned, flexible]);
    }
    table
}

fn trust(world: &World) -> Table {
    let mut columns = vec!["trust of … in …".to_owned()];
    columns.extend(world.parties.iter().map(|p| title(&p.name)));
    let mut table = Table::new("Trust at the start", columns);
    for (p, party) in world.parties.iter().enumerate() {
        let mut row = vec![title(&party.name)];
        row.extend(party.trust.iter().enumerate().map(|(q, l)| if p == q { "–".into() } else { level(*l) }));
        table.push(row);
    }
    table
}

fn mediators(world: &World) -> Table {
    let columns = ["mediator", "credibility", "leverage", "leans towards", "presses with", "style"];
    let mut table = Table::new("Mediators at the start", columns);
    for mediator in &world.mediators {
        let sum: f64 = mediator.style.iter().sum();
        let style = Action::NAMES.iter().zip(mediator.style).filter(|(_, w)| *w > 0.0);
        let style = style.map(|(name, w)| format!("{name} {}%", tenths(w * 100.0 / sum)));
        table.push([
            title(&mediator.name),
            level(mediator.credibility),
            level(mediator.leverage),
            mediator.bias.map_or("nobody".into(), |p| title(&world.party(p).name)),
            match mediator.inducement {
                Inducement::Stick => "stick".into(),
                Inducement::Carrot => "carrot".into(),
            },
            list(&style.collect::<Vec<_>>()),
        ]);
    }
    table
}
