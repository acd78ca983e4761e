//! A party's own sheet: what answers are worth to it, what it falls back on, whom it trusts, what it can decide.

use crate::document::table::Table;
use crate::document::{Block, Section};
use crate::domain::{Choice, Item, ItemId, Level, Model, PartyId, Role, SeatId, TrackId, World};
use crate::telling::chronicle::{in_words, percent, sentence, tenths};
use crate::telling::rules;

use super::decisions;
use super::words::{level, line, names, paragraphs, parties, title};

/// The sections of its sheet.
pub(super) fn sections(world: &World, party: PartyId) -> Vec<Section> {
    let model = Model::new(world.clone());
    let role = Role::Party(party);
    let mut sections = vec![who(world, party), hints(world, role)];
    sections.extend(world.seats_of(party).map(|seat| worth(world, seat)));
    sections.extend([
        red_lines(world, party),
        alternative(world, party),
        trust(world, party),
        home(&model, party),
        profiles(world, party),
        decisions::party(world, party),
        decisions::tactic(world, party),
    ]);
    sections
}

/// What it may come to want in place of what it wants at first.
fn profiles(world: &World, id: PartyId) -> Section {
    let mut section = Section::new("What you may come to want");
    let party = world.party(id);
    if party.profiles.is_empty() {
        return section;
    }
    section.paragraph(
        "Events can change what you want. From then on what stands here counts in place of what you want at first; what was agreed and \
         signed stays so. The others do not know.",
    );
    for profile in &party.profiles {
        section.push(Block::Heading(title(&profile.name)));
        profile
            .name
            .note
            .as_deref()
            .into_iter()
            .flat_map(paragraphs)
            .for_each(|text| section.paragraph(text));
        let mut table = Table::new("Points that are others", ["item", "answer", "points", "before"]);
        for (item, points) in world.items.iter().zip(&profile.points) {
            for (option, points) in item.options.iter().zip(points) {
                let before = option.points[id.at()];
                if *points != before {
                    table.push([title(&item.name), title(&option.name), tenths(*points), tenths(before)]);
                }
            }
        }
        section.push(Block::Table(table));
        let refused = profile.red_lines.iter().map(|(i, o)| {
            let item = world.item(*i);
            format!("{}: {}", title(&item.name), title(&item.options[o.at()].name))
        });
        let refused: Vec<String> = refused.map(|r| format!("never: {r}")).collect();
        if !refused.is_empty() {
            section.push(Block::List(refused));
        }
        let own = world.seats_of(id).zip(&profile.alternative);
        for (seat, alternative) in own.filter_map(|(seat, a)| a.map(|a| (seat, a))) {
            let track = title(&world.track(world.seat(seat).track).name);
            section.paragraph(format!(
                "No agreement ({track}) is worth {alternative} points of 100 to you then."
            ));
        }
        if let Some(tactic) = &profile.tactic {
            section.paragraph(format!(
                "If the program decides for you, it bargains so then: {}.",
                rules::tactic(tactic)
            ));
        }
    }
    section
}

fn who(world: &World, id: PartyId) -> Section {
    let mut section = Section::new("Who you are");
    let party = world.party(id);
    section.paragraph(format!("You are {}.", title(&party.name)));
    told(world, Role::Party(id), &mut section);
    let tracks = names(world.seats_of(id).map(|s| &world.track(world.seat(s).track).name));
    if !tracks.is_empty() {
        section.paragraph(format!("You have a seat at these talks: {tracks}."));
    }
    if !party.allies.is_empty() {
        section.paragraph(format!(
            "Your allies: {}. What they hold counts as yours.",
            parties(world, party.allies.iter().copied())
        ));
    }
    section
}

/// The confidential text of a role, or the author's remark where there is none.
pub(super) fn told(world: &World, role: Role, section: &mut Section) {
    let own = world.exercise.as_ref().and_then(|e| e.sheet(role)).and_then(|s| s.text.as_deref());
    let text = own.or(world.role_name(role).note.as_deref());
    text.into_iter().flat_map(paragraphs).for_each(|text| section.paragraph(text));
    if let Some(source) = &world.role_name(role).source {
        section.paragraph(format!("Behind this: {}", line(source)));
    }
}

/// The advice for a role.
pub(super) fn hints(world: &World, role: Role) -> Section {
    let mut section = Section::new("Advice");
    let hints = world.exercise.as_ref().and_then(|e| e.sheet(role)).map_or(&[][..], |s| &s.hints);
    if !hints.is_empty() {
        section.push(Block::List(hints.iter().map(|h| line(h)).collect()));
    }
    section
}

/// What every answer on a track is worth to a seat.
fn worth(world: &World, seat: SeatId) -> Section {
    let (party, track) = (world.seat(seat).party, world.track(world.seat(seat).track));
    let several = world.seats_of(party).nth(1).is_some();
    let mut section = Section::new(match several {
        true => format!("What answers are worth to you: {}", title(&track.name)),
        false => "What answers are worth to you".into(),
    });
    if track.items.is_empty() {
        return section;
    }
    section.paragraph(
        "In points. More points matter more to you; others have other points, which you do not know. Where an answer rests on \
         a promise, the points in the last column are lost if the promise is broken.",
    );
    let mut table = Table::new("Your points", ["question", "answer", "points", "at risk"]);
    for item in track.items.iter().map(|i| world.item(*i)) {
        for (k, option) in item.options.iter().enumerate() {
            let question = if k == 0 { title(&item.name) } else { String::new() };
            let own = match option.red_line_of.contains(&party) {
                true => "never".into(),
                false => tenths(option.points[party.at()]),
            };
            table.push([question, title(&option.name), own, risk(world, option, party)]);
        }
    }
    section.push(Block::Table(table));
    section.paragraph(format!(
        "Your best answers here are worth {} points together.",
        tenths(best(world, party, world.seat(seat).track))
    ));
    section
}

fn risk(world: &World, option: &Choice, party: PartyId) -> String {
    let own = option.exposes.iter().filter(|e| e.party == party);
    let all: Vec<String> = own
        .map(|e| format!("{} if {} breaks its word", tenths(e.risk), title(&world.party(e.to).name)))
        .collect();
    all.join("; ")
}

/// The points of a party's best answers on a track, its red lines aside.
pub(super) fn best(world: &World, party: PartyId, track: TrackId) -> f64 {
    let of = |item: &Item| {
        let open = item.options.iter().filter(|o| !o.red_line_of.contains(&party));
        open.map(|o| o.points[party.at()]).fold(0.0, f64::max)
    };
    world.track(track).items.iter().map(|i: &ItemId| of(world.item(*i))).sum()
}

fn red_lines(world: &World, party: PartyId) -> Section {
    let mut section = Section::new("Your red lines");
    let mut lines = Vec::new();
    for item in &world.items {
        let never = item.options.iter().filter(|o| o.red_line_of.contains(&party));
        lines.extend(never.map(|o| format!("{}: {}", title(&item.name), title(&o.name))));
    }
    if lines.is_empty() {
        section
            .paragraph("None: there is no answer that you could never accept. Some are worth little to you.");
    } else {
        section.paragraph("You never accept these answers, whatever is offered for them:");
        section.push(Block::List(lines));
    }
    section
}

fn alternative(world: &World, id: PartyId) -> Section {
    let mut section = Section::new("What you can fall back on");
    let party = world.party(id);
    for seat in world.seats_of(id) {
        let (alternative, track) = (world.alternative_at_start(seat), world.seat(seat).track);
        let best = best(world, id, track);
        section.paragraph(format!(
            "{}: no agreement is worth {} of 100 to you as things stand at the start, where 100 are your best answers together; \
             that is as much as {} points. Do not sign less.",
            title(&world.track(track).name),
            alternative,
            tenths(f64::from(alternative) * best / 100.0)
        ));
    }
    if !party.stakes.is_empty() {
        let all = party.stakes.iter().map(|(f, n)| format!("{}: {n}", title(&world.front(*f).name)));
        section.paragraph("This changes with the ground. If you or your allies win or lose one of these places, it rises or falls by so much:");
        section.push(Block::List(all.collect()));
    }
    let d = &world.dynamics;
    section.paragraph(format!(
        "It falls by {} for each level of war-weariness that you gain and by {} for each level of outside pressure on you. At \
         the start you are at these levels: weariness {}, pressure {}. Your military capability: {}.",
        d.weariness_points,
        d.pressure_points,
        level(party.weariness),
        level(party.pressure),
        level(party.capability)
    ));
    section
}

fn trust(world: &World, id: PartyId) -> Section {
    let mut section = Section::new("Whom you trust");
    if world.parties.len() < 2 {
        return section;
    }
    let own = world.party(id);
    section.paragraph(
        "The less you trust somebody, the likelier you hold it that a promise of theirs is broken, and the less an answer is \
         worth to you that rests on it. A guarantee by a mediator covers a part of the loss.",
    );
    let mut table =
        Table::new("Your trust at the start", ["party", "trust", "a promise is held to be broken"]);
    for (p, party) in world.parties.iter().enumerate().filter(|(p, _)| *p != id.at()) {
        let level: Level = own.trust[p];
        let odds = world.dynamics.broken_promise[level as usize];
        table.push([
            title(&party.name),
            super::words::level(level),
            format!("{} of the time", percent(odds)),
        ]);
    }
    section.push(Block::Table(table));
    section
}

fn home(model: &Model, id: PartyId) -> Section {
    let mut section = Section::new("Your capital and your people");
    let (world, party) = (&model.world, model.world.party(id));
    let d = &world.dynamics;
    let refusal = d.audience_refusal[party.audience as usize];
    section.paragraph(format!(
        "How firmly your audience at home holds you to your demands: {}. A text that gives nothing of what you first asked for \
         would be refused by it {} of the time; the more it gives, the less often.",
        level(party.audience),
        percent(refusal)
    ));
    let [firm, planned, flexible] = party.mandate.unwrap_or(d.mandate);
    section.paragraph(format!(
        "Before each session your capital may change your mandate. Firm: ask for {} points of 100 more than planned ({} of \
         the time). As planned ({}). Flexible: settle for {} less ({}). A mandate lasts for one round.",
        d.firm_points,
        percent(firm),
        percent(planned),
        d.flexible_points,
        percent(flexible)
    ));
    if let Some(condition) = &party.precondition {
        let what = in_words(model, condition);
        section.paragraph(sentence(&format!("what you demand for staying in the room: {what}")));
    }
    section
}
