//! What everybody is told: the situation, who takes part, the agenda, the texts, the ground, the calendar, the sources.

use crate::document::table::Table;
use crate::document::{Block, Document, Section};
use crate::domain::{Condition, INTENSITIES, Instrument, Item, Model, SeatId, Track, World};
use crate::telling::chronicle::{capital, count, in_words, length, list, sentence};
use crate::telling::rules;

use super::words::{line, names, paragraphs, parties, public, title};

/// The public briefing.
pub fn briefing(world: &World) -> Document {
    let model = Model::new(world.clone());
    Document {
        title: line(&world.title),
        answer: None,
        kind: "Briefing for everybody".into(),
        lead: world.summary.iter().flat_map(|text| paragraphs(text)).collect(),
        sections: vec![
            situation(world),
            who(world),
            talks(&model),
            texts(world),
            ground(world),
            events(world),
            calendar(world),
            questions(world),
            sources(world),
        ],
        provenance: vec![("Program".into(), super::program())],
    }
}

fn situation(world: &World) -> Section {
    let mut section = Section::new("The situation");
    let text = world.exercise.iter().filter_map(|e| e.briefing.as_deref()).flat_map(paragraphs);
    text.for_each(|text| section.paragraph(text));
    section.push(Block::Note(super::ASSUMED.into()));
    section
}

fn who(world: &World) -> Section {
    let mut section = Section::new("Who takes part");
    let mut table =
        Table::new("Around the table and outside the room", ["who", "part", "where, and with whom"]);
    let tracks = |seats: &mut dyn Iterator<Item = SeatId>| {
        names(seats.map(|s| &world.track(world.seat(s).track).name))
    };
    for (p, party) in world.parties.iter().enumerate() {
        let seats = tracks(&mut world.seats_of(crate::domain::PartyId::new(p)));
        let part = if seats.is_empty() { "takes no seat" } else { "party" };
        table.push([title(&party.name), part.into(), seats]);
    }
    for mediator in &world.mediators {
        let track = mediator.track.map(|t| title(&world.track(t).name)).unwrap_or_default();
        let partners = names(mediator.partners.iter().map(|o| &world.observer(*o).name));
        let with = if partners.is_empty() { track } else { format!("{track}; works with {partners}") };
        table.push([title(&mediator.name), "mediator".into(), with]);
    }
    for observer in &world.observers {
        table.push([title(&observer.name), "observer".into(), "reports what it sees".into()]);
    }
    for backer in &world.backers {
        let client = title(&world.party(backer.supports).name);
        let says = if backer.denies {
            format!("is said to back {client}; denies it")
        } else {
            format!("backs {client}")
        };
        table.push([title(&backer.name), "outside power".into(), says]);
    }
    for spoiler in &world.spoilers {
        let fronts = names(spoiler.fronts.iter().map(|f| &world.front(*f).name));
        let place = if fronts.is_empty() {
            "without a seat".into()
        } else {
            format!("without a seat; active at {fronts}")
        };
        table.push([title(&spoiler.name), "armed group".into(), place]);
    }
    section.push(Block::Table(table));
    section
}

fn talks(model: &Model) -> Section {
    let world = &model.world;
    let mut section = Section::new("The talks and their agenda");
    for track in &world.tracks {
        section.push(Block::Heading(title(&track.name)));
        section.paragraph(forum(model, track));
        if track.items.is_empty() {
            continue;
        }
        let mut table = Table::new("Agenda", ["question", "possible answers", "opens"]);
        for item in track.items.iter().map(|i| world.item(*i)) {
            let opens = opens(model, item);
            for (k, option) in item.options.iter().enumerate() {
                let (question, opens) =
                    if k == 0 { (title(&item.name), opens.clone()) } else { Default::default() };
                table.push([question, title(&option.name), opens]);
            }
        }
        section.push(Block::Table(table));
    }
    section
}

fn opens(model: &Model, item: &Item) -> String {
    match &item.requires {
        None => "from the start".into(),
        Some(condition) => when(model, condition),
    }
}

fn when(model: &Model, condition: &Condition) -> String {
    if public(condition) {
        format!("once {}", in_words(model, condition))
    } else {
        "when its time has come".into()
    }
}

/// A track in a few sentences.
pub(super) fn forum(model: &Model, track: &Track) -> String {
    let world = &model.world;
    let mut out =
        vec![format!("{} sit here", parties(world, track.seats.iter().map(|s| world.seat(*s).party)))];
    if !track.mediators.is_empty() {
        let who = names(track.mediators.iter().map(|m| &world.mediator(*m).name));
        out.push(format!("mediation: {who}"));
    }
    out.push(track.procedure.told().sentence.into());
    out.push(rules::consent(world, track));
    out.push(track.package.told().sentence.into());
    if !track.procedure.whole() {
        out.push(rules::agenda(track));
    }
    if let Some(condition) = &track.opens_when {
        out.push(format!("these talks open {}", when(model, condition)));
    }
    if let Some(condition) = track.suspended_when.as_ref().filter(|c| public(c)) {
        out.push(format!("there is no session while {}", in_words(model, condition)));
    }
    out.push(match track.hard_deadline {
        true => format!("the talks end after round {}", track.deadline),
        false => format!("the parties plan to settle by round {}", track.deadline),
    });
    out.iter().map(|text| sentence(text)).collect::<Vec<_>>().join(" ")
}

fn texts(world: &World) -> Section {
    let mut section = Section::new("The texts that may be signed");
    if world.instruments.is_empty() {
        return section;
    }
    let columns = ["text", "settles", "signed by", "in force it provides", "carried out"];
    let mut table = Table::new("Texts, in the order in which they come up", columns);
    for text in &world.instruments {
        let settles = names(text.seals.iter().map(|i| &world.item(*i).name));
        let signed = parties(world, text.signatories.iter().copied());
        let holds = text.expires_after.map(|days| lapses(days, text.renews));
        let carried_out = std::iter::once(steps(text)).chain(holds).collect::<Vec<_>>().join("; ");
        table.push([title(&text.name), settles, signed, provides(text), carried_out]);
    }
    section.push(Block::Table(table));
    section
}

fn provides(text: &Instrument) -> String {
    let p = text.provides;
    let all = [
        (p.ceasefire, "a ceasefire"),
        (p.verification, "verification"),
        (p.separation, "separation of forces"),
        (p.joint_body, "a joint body"),
    ];
    list(&all.iter().filter(|(is, _)| *is).map(|(_, what)| (*what).to_owned()).collect::<Vec<_>>())
}

fn steps(text: &Instrument) -> String {
    match (text.phases, text.matched) {
        (0, _) => "by keeping it".into(),
        (n, false) => format!("in {}", count(u64::from(n), "step", "steps")),
        (n, true) => format!("in {}, each after the other side's", count(u64::from(n), "step", "steps")),
    }
}

fn lapses(days: u16, renews: bool) -> String {
    let after = format!("lapses after {}", count(days.into(), "day", "days"));
    if renews { format!("{after} and can be renewed") } else { after }
}

fn ground(world: &World) -> Section {
    let mut section = Section::new("The ground");
    if world.fronts.is_empty() {
        return section;
    }
    let mut table =
        Table::new("Contested places at the start", ["place", "held by", "fighting", "who fights there"]);
    for front in &world.fronts {
        table.push([
            title(&front.name),
            title(&world.party(front.holder).name),
            INTENSITIES[usize::from(front.intensity).min(4)].into(),
            parties(world, front.belligerents.iter().copied()),
        ]);
    }
    section.push(Block::Table(table));
    section
}

fn events(world: &World) -> Section {
    let mut section = Section::new("What may happen");
    let known = world.exercise.as_ref().map_or(&[][..], |e| &e.events);
    if !known.is_empty() {
        section.paragraph("Nobody knows whether or when; other things may happen too.");
        let titles = known.iter().map(|e| capital(&title(&world.events[e.at()].name)));
        section.push(Block::List(titles.collect()));
    }
    section
}

fn calendar(world: &World) -> Section {
    let mut section = Section::new("Rounds and dates");
    section.paragraph(format!(
        "A round is one session of talks and the interval that follows it. There are {}.",
        length(world)
    ));
    if world.one_way() {
        section.paragraph(super::ONE_WAY);
    }
    let mut table = Table::new("Calendar", ["round", "days"]);
    for round in 1..=world.rounds {
        table.push([round.to_string(), crate::telling::chronicle::when(world, round)]);
    }
    section.push(Block::Table(table));
    section
}

fn questions(world: &World) -> Section {
    let mut section = Section::new("What do you expect?");
    if world.predictions().is_empty() {
        return section;
    }
    section.paragraph(
        "Write down how likely you hold each of these, from 0% (certainly not) to 100% (certainly): before the first round, \
         and again before the rounds named. Say what you believe: the scores that are used later reward nothing else.",
    );
    let mut table = Table::new("Predictions", ["question", "before round", "how likely"]);
    for prediction in world.predictions() {
        for (k, round) in prediction.checkpoints.iter().enumerate() {
            let question = if k == 0 { line(&prediction.question) } else { String::new() };
            table.push([question, round.to_string(), "........ %".into()]);
        }
    }
    section.push(Block::Table(table));
    section
}

fn sources(world: &World) -> Section {
    let mut section = Section::new("Sources");
    if !world.sources.is_empty() {
        section.push(Block::List(world.sources.iter().map(|s| line(s)).collect()));
    }
    section
}
