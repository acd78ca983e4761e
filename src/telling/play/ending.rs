//! The end of the talks, as the role may know it.

use crate::domain::{InstrumentState, Quantity, signed};
use crate::telling::chronicle::{Names, clean, list, sentence, tenths};
use crate::text::paper::Paper;
use crate::text::writer::Writer;

use super::view::View;

/// The outcome, the role's own points against its alternative, and what was signed.
pub fn ending(view: &View, paper: impl Into<Paper>) -> String {
    let world = &view.model.world;
    let mut page = Writer::new(paper);
    page.heading("The talks are over");
    let place = usize::from(view.get(Quantity::Outcome));
    if let Some(outcome) = world.outcomes.get(place.wrapping_sub(1)) {
        page.paragraph(&sentence(&format!(
            "{} (round {} of {})",
            clean(&outcome.name.title),
            view.round(),
            world.rounds
        )));
    }
    page.gap();
    if let Some(p) = view.own() {
        for seat in world.seats_of(p) {
            let (alternative, settled, _) = view.standing(seat);
            let gap = settled - alternative;
            let verdict = match tenths(gap.abs()) {
                same if same == "0" => "as much as".to_owned(),
                more if gap > 0.0 => format!("{more} more than"),
                less => format!("{less} less than"),
            };
            let (settled, alternative) = (tenths(settled), tenths(alternative));
            page.item(&format!(
                "{}, {}: {settled} of 100 points settled, {verdict} no agreement, which is worth {alternative}.",
                clean(&world.party(p).name.title),
                view.track(world.seat(seat).track)
            ));
        }
    }
    let (mut done, mut open) = (Vec::new(), Vec::new());
    for k in 0..world.instruments.len() {
        let state = InstrumentState::of(view.get(Quantity::InstrumentState(k.into())));
        let title = view.text(k.into());
        if signed(state) {
            let now = match state {
                InstrumentState::Signed => "signed, not in force",
                InstrumentState::Ratified => "ratified, not in force",
                InstrumentState::InForce => "in force",
                InstrumentState::Suspended => "suspended",
                _ => "broken",
            };
            done.push(format!("{title} ({now})"));
        } else {
            open.push(title);
        }
    }
    if !done.is_empty() {
        page.item(&sentence(&format!("Signed: {}", list(&done))));
    }
    if !open.is_empty() {
        page.item(&sentence(&format!("Not signed: {}", list(&open))));
    }
    page.finish()
}
