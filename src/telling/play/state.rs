//! Where things stand, as far as the role may know.

use crate::domain::Quantity as Q;
use crate::telling::chronicle::{Names, capital, clean, intensity, level, subject};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::question::standing;
use super::view::View;

/// The public state and the role's own numbers.
pub fn state(view: &View, paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    let own = |q: Q| match q {
        Q::Weariness(_) | Q::Pressure(_) | Q::Audience(_) | Q::Trust(..) | Q::Support(_) | Q::Leverage(_) => {
            true
        }
        Q::Credibility(m) => view.role == crate::drivers::decider::Decider::Mediator(m),
        _ => false,
    };
    let rest = |q: Q| {
        matches!(
            q,
            Q::Capability(_) | Q::Ceasefire(_) | Q::Credibility(_) | Q::Exposure(_) | Q::BackerPressure(_)
        ) && !own(q)
    };
    page.heading("You");
    for track in view.tracks() {
        if let Some(seat) = view.seat_on(track) {
            page.item(&format!("{}: {}", title(&view.model.world.track(track).name), standing(view, seat)));
        }
    }
    lines(&mut page, view, own);
    page.heading("The talks");
    lines(&mut page, view, |q| {
        matches!(q, Q::TrackState(_) | Q::SeatState(_) | Q::MediatorState(_) | Q::Deadline(_))
    });
    lines(&mut page, view, |q| matches!(q, Q::InstrumentState(_)));
    page.heading("Beyond the room");
    lines(&mut page, view, |q| {
        matches!(q, Q::Holder(_) | Q::Intensity(_) | Q::SpoilerState(_) | Q::Strength(_))
    });
    lines(&mut page, view, rest);
    let fired: Vec<String> = (0..view.model.world.events.len())
        .filter(|e| view.get(Q::EventState((*e).into())) == 1)
        .map(|e| format!("“{}”", clean(&view.model.world.events[e].name.title)))
        .collect();
    if !fired.is_empty() {
        page.item(&format!("Came to pass: {}", fired.join(", ")));
    }
    page.finish()
}

fn title(name: &crate::domain::Name) -> String {
    capital(&clean(&name.title))
}

fn lines(page: &mut Writer, view: &View, wanted: impl Fn(Q) -> bool) {
    let trust_in_itself = |q: Q| matches!(q, Q::Trust(p, o) if p == o);
    let cells = view.model.cells.iter().map(|c| c.quantity);
    for q in cells.filter(|q| wanted(*q) && view.sight.knows(*q) && !trust_in_itself(*q)) {
        page.item(&line(view, q));
    }
}

fn line(view: &View, q: Q) -> String {
    let value = view.get(q);
    let named = || view.model.value_name(q, value).replace('-', " ");
    let world = &view.model.world;
    let text = match q {
        Q::Holder(f) => format!("{}: held by {}", view.front(f), view.party(crate::domain::PartyId(value))),
        Q::Intensity(f) => format!("fighting at {}: {}", view.front(f), intensity(value)),
        Q::Ceasefire(p) => {
            let what = if value == 1 { "observes a ceasefire" } else { "observes no ceasefire" };
            format!("{} {what}", view.party(p))
        }
        Q::SeatState(s) => format!("{} on {}: {}", view.seat(s), view.track(world.seat(s).track), named()),
        Q::Deadline(t) => format!("the deadline of {}: round {value}", view.track(t)),
        Q::Exposure(_) | Q::BackerPressure(_) | Q::Support(_) | Q::Trust(..) | Q::Capability(_) => {
            format!("{}: {}", subject(view.model, q), level(value))
        }
        _ => format!("{}: {}", subject(view.model, q), named()),
    };
    capital(&text)
}
