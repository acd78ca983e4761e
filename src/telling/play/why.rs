//! Why things stand as they do, as far as the role may know.

use crate::domain::{InstrumentId, InstrumentState, ItemId, ItemState, Lifecycle, Quantity, SeatState};
use crate::drivers::Step;
use crate::kernel::Entry;
use crate::telling::chronicle::{Names, capital, fine, list, sentence};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::view::View;

/// What came closest on every open item and who refused it, and what every unsigned text waits for. `steps` are those so far.
pub fn why(view: &View, steps: &[Step], paper: impl Into<Paper>) -> String {
    let mut page = Writer::new(paper);
    let steps = view.sight.steps(view.model, steps);
    for track in view.tracks() {
        page.heading(&capital(&crate::telling::chronicle::clean(&view.model.world.track(track).name.title)));
        absent(&mut page, view, track);
        for item in view.model.world.track(track).items.clone() {
            about(&mut page, view, &steps, item);
        }
        for (k, text) in view.model.world.instruments.iter().enumerate().filter(|(_, n)| n.track == track) {
            let state = InstrumentState::of(view.get(Quantity::InstrumentState(k.into())));
            if matches!(state, InstrumentState::Drafting | InstrumentState::Ready) {
                waits(&mut page, view, k.into(), text);
            }
        }
    }
    page.finish()
}

fn absent(page: &mut Writer, view: &View, track: crate::domain::TrackId) {
    let seats = view.model.world.track(track).seats.iter();
    let out = seats.filter(|s| view.get(Quantity::SeatState(**s)) != SeatState::Seated as u8);
    for seat in out {
        let state = SeatState::of(view.get(Quantity::SeatState(*seat))).name().replace('-', " ");
        page.item(&sentence(&format!(
            "{}: {state}; a delegation that is out agrees to nothing",
            view.seat(*seat)
        )));
    }
}

/// The last time an item was bargained over.
fn about(page: &mut Writer, view: &View, steps: &[Step], item: ItemId) {
    let state = ItemState::of(view.get(Quantity::ItemState(item)));
    match state {
        ItemState::Dormant => {
            if let Some(requires) = &view.model.world.item(item).requires {
                page.item(&sentence(&format!("{} is tabled {}", view.item(item), view.clause(requires))));
            }
        }
        ItemState::Tabled | ItemState::Contested => {
            let last = steps.iter().rev().find_map(|step| {
                let contested = step.entries.iter().find_map(|e| match e {
                    Entry::Contested { item: about, closest, .. } if *about == item => Some(*closest),
                    _ => None,
                })?;
                Some((step, contested))
            });
            let Some((step, closest)) = last else { return };
            page.item(&format!(
                "{}: in round {} {} came closest.",
                view.item(item),
                step.round,
                view.option(item, closest)
            ));
            for e in &step.entries {
                if let Entry::View { item: of, assessment: a, accepts: false, .. } = e
                    && *of == item
                {
                    page.remark(&sentence(&refused(view, a)));
                }
            }
        }
        _ => {}
    }
}

fn refused(view: &View, a: &crate::kernel::Assessment) -> String {
    let who = view.seat(a.seat);
    if !a.present {
        return format!("{who}: no delegation in the room");
    }
    if a.needs == crate::kernel::UNKNOWN_SCORE {
        return format!("{who} refused");
    }
    if a.red_line {
        return format!("{who} refused: a red line");
    }
    let c = fine(a.needs, a.sees, a.of);
    format!("{who} refused: needed {} of {} points and saw {}, {} short", c.needs, c.of, c.sees, c.gap)
}

fn waits(page: &mut Writer, view: &View, id: InstrumentId, text: &crate::domain::Instrument) {
    let open: Vec<String> = text
        .seals
        .iter()
        .filter(|i| {
            let state = ItemState::of(view.get(Quantity::ItemState(**i)));
            !crate::domain::settled(state)
        })
        .map(|i| view.item(*i))
        .collect();
    let title = view.text(id);
    if !open.is_empty() {
        page.item(&sentence(&format!("{title} waits for agreement on {}", list(&open))));
    } else if let Some(requires) = &text.requires {
        page.item(&sentence(&format!("{title} is ready {}", view.clause(requires))));
    } else {
        page.item(&sentence(&format!("{title} waits for its signatories")));
    }
}
