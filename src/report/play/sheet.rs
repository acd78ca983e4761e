//! The role's own numbers in one place.

use crate::drivers::decider::Decider;
use crate::report::chronicle::{Names, capital, clean, count, level, list, sentence};
use crate::report::page::Page;

use super::items::items;
use super::view::View;

/// What the role is, what it has to lose and to win.
pub fn sheet(view: &View, styled: bool) -> String {
    let mut page = Page::new(styled);
    let world = &view.model.world;
    page.heading(&capital(&clean(view.role.title(world))));
    match view.role {
        Decider::Party(p) => {
            let party = world.party(p);
            for seat in world.seats_of(p) {
                let track = view.track(world.seat(seat).track);
                let points = u64::from(world.seat(seat).alternative);
                page.item(&sentence(&format!(
                    "on {track}: no agreement is worth {} of 100 to you at the start",
                    count(points, "point", "points")
                )));
            }
            let allies: Vec<String> = party.allies.iter().map(|a| view.party(*a)).collect();
            if !allies.is_empty() {
                page.item(&sentence(&format!("what they hold counts as yours: {}", list(&allies))));
            }
            for (front, points) in &party.stakes {
                let points = count(u64::from(*points), "point", "points");
                page.item(&sentence(&format!("{}: holding it adds {points} to your alternative", view.front(*front))));
            }
        }
        Decider::Mediator(m) => {
            let mediator = world.mediator(m);
            page.item(&sentence(&format!(
                "your credibility is {} and your leverage {} at the start",
                level(mediator.credibility as u8),
                level(mediator.leverage as u8)
            )));
        }
    }
    page.finish() + &items(view, None, styled)
}
