//! One round: its steps are told, then set out under headings.

use crate::domain::{TrackState, Turn};
use crate::drivers::Step;
use crate::text::writer::Writer;

use super::Detail;
use super::names::Names;
use super::story::{Section, Story, Told};
use super::turns;
use super::words::{capital, clean};

/// What is told of a round of which there is nothing to tell.
pub(crate) const NOTHING: &str = "Nothing of note.";

/// Tells the steps of one round; whether there was anything to tell.
pub(super) fn write(page: &mut Writer, story: &mut Story, steps: &[Step], detail: Detail) -> bool {
    let Some(round) = steps.first().map(|s| s.round) else { return false };
    let world = &story.model.world;
    let when = turns::when(world, round);
    page.heading(&format!("Round {round} of {} · {when}", world.rounds));
    story.met.fill(false);
    for step in steps {
        if let Some(track) = session(story, step.turn) {
            story.assemble(track);
        }
        story.advance(step);
        tell(story, step);
    }
    story.tell_kept();
    let told = std::mem::take(&mut story.told);
    let mut said = false;
    for section in sections(story) {
        let shown: Vec<_> = told
            .iter()
            .filter(|t| t.section == section && t.detail <= detail && !t.text.is_empty())
            .collect();
        if shown.is_empty() {
            continue;
        }
        if detail > Detail::Brief {
            page.section(&title(story, section));
        }
        said = true;
        shown.iter().for_each(|t| lines(page, story, t, detail));
    }
    if !said {
        page.item(NOTHING);
    }
    said
}

fn lines(page: &mut Writer, story: &mut Story, told: &Told, detail: Detail) {
    page.item(&story.introduce(&told.text));
    for (_, remark) in told.remarks.iter().filter(|(from, _)| *from <= detail) {
        page.remark(&story.introduce(remark));
    }
}

/// The sections of a round in order.
fn sections(story: &Story) -> Vec<Section> {
    let tracks = (0..story.model.world.tracks.len()).map(|t| Section::Track(t.into()));
    std::iter::once(Section::Start)
        .chain(tracks)
        .chain([Section::Ground, Section::Promises, Section::Events, Section::Toll, Section::Balance])
        .collect()
}

fn title(story: &Story, section: Section) -> String {
    match section {
        Section::Track(track) => {
            let title = capital(&clean(&story.world().track(track).name.title));
            match story.track_state(track) {
                TrackState::Suspended => format!("{title} (suspended)"),
                TrackState::Adjourned => format!("{title} (adjourned)"),
                _ => title,
            }
        }
        Section::Start => "What each side could count on".into(),
        Section::Ground => "On the ground".into(),
        Section::Promises => "Promises".into(),
        Section::Events => "Events".into(),
        Section::Toll => "What the round left behind".into(),
        Section::Balance => "Where things stand".into(),
    }
}

/// The track whose session the turn belongs to, once its seats have been called.
pub(super) fn session(story: &Story, turn: Turn) -> Option<crate::domain::TrackId> {
    let world = story.world();
    match turn {
        Turn::Instruct(s) => Some(world.seat(s).track),
        Turn::Table(t) | Turn::Offer(t, _) | Turn::Text(t) | Turn::Recess(t) => Some(t),
        Turn::Bargain(i) => Some(world.item(i).track),
        Turn::Mediate(m) => world.mediator(m).track,
        Turn::Conclude(n) => Some(world.instrument(n).track),
        _ => None,
    }
}

pub(super) fn tell(story: &mut Story, step: &Step) {
    match step.turn {
        Turn::Reserve(_) => story.plain(Section::Start, step),
        Turn::Open(t) => story.plain(Section::Track(t), step),
        Turn::Convene(s) => story.attendance(s, step),
        Turn::Instruct(s) => story.plain(Section::Track(story.world().seat(s).track), step),
        Turn::Table(t) => story.tabling(t, step),
        Turn::Bargain(i) => story.bargaining(i, step),
        Turn::Offer(t, _) => story.offering(t, step),
        Turn::Text(t) => story.texting(t, step),
        Turn::Recess(_) => {}
        Turn::Mediate(m) => story.mediation(m, step),
        Turn::Conclude(n) => story.signing(n, step),
        Turn::Front(f) => story.fighting(f, step),
        Turn::Spoiler(s) => story.spoiling(s, step),
        Turn::Backer(b) => story.backing(b, step),
        Turn::Observer(o) => story.observing(o, step),
        Turn::Comply(n) => story.complying(n, step),
        Turn::Event(e) => story.event(e, step),
        Turn::Endure(p) => story.enduring(p, step),
        Turn::Assess => story.balance(step),
    }
}
