//! What signing a text and keeping a promise mean to a party.

use crate::domain::{
    Effect, InstrumentId, InstrumentState, Operation, PartyId, Quantity, Ratification, Score,
};
use crate::kernel::worth;
use crate::telling::chronicle::{Names, count, fine, list, percent, sentence, subject};

use super::view::View;

/// What the signature gives.
pub(super) fn sign(view: &View, party: PartyId, id: InstrumentId) -> Vec<String> {
    let world = &view.model.world;
    let text = world.instrument(id);
    let mut lines = sealed(view, id);
    let [needs, sees, of] = numbers(view, party, id);
    if of > 0 {
        let c = fine(needs, sees, of);
        lines.push(format!(
            "To you all that is settled here gives {} of {} points; no agreement is worth {} of them.",
            c.sees, c.of, c.needs
        ));
    }
    let signatories: Vec<String> = text.signatories.iter().map(|p| view.party(*p)).collect();
    lines.push(sentence(&format!("signatories: {}", list(&signatories))));
    lines.extend(provides(view, id));
    lines.extend(text.expires_after.map(|days| expiry(view, id, days)));
    lines.extend(text.ratify.as_ref().map(|r| ratification(view, id, r)));
    if !text.effects.is_empty() {
        let effects: Vec<String> = text.effects.iter().map(|e| effect(view, e)).collect();
        lines.push(sentence(&format!("signing changes: {}", effects.join("; "))));
    }
    lines
}

/// How long it holds.
fn expiry(view: &View, id: InstrumentId, days: u16) -> String {
    let lapsed = view.get(Quantity::InstrumentState(id)) == InstrumentState::Lapsed as u8;
    let days = count(days.into(), "day", "days");
    match (lapsed, view.model.world.instrument(id).renews) {
        (true, _) => format!("It has lapsed; to sign renews it for {days}."),
        (false, true) => format!("It lapses {days} after it enters into force, and can be renewed then."),
        (false, false) => format!("It lapses {days} after it enters into force."),
    }
}

fn ratification(view: &View, id: InstrumentId, r: &Ratification) -> String {
    let again = r.second.is_some() && view.get(Quantity::Rejected(id)) == 1;
    let decides = r.second.as_ref().filter(|_| again).unwrap_or(&r.first);
    let by = decides.by.as_ref().map_or(String::new(), |by| format!(" by {by}"));
    format!(
        "It must be ratified{by}: each round it passes with odds of {} and is rejected with odds of {}.",
        percent(decides.passes),
        percent(decides.rejects)
    )
}

/// What is promised, and what a breach leads to.
pub(super) fn keep(view: &View, party: PartyId, id: InstrumentId) -> Vec<String> {
    let text = view.model.world.instrument(id);
    let mut lines = sealed(view, id);
    let [needs, sees, of] = numbers(view, party, id);
    if of > 0 {
        let c = fine(needs, sees, of);
        lines.push(format!(
            "To you all that is settled here gives {} of {} points; no agreement is worth {}.",
            c.sees, c.of, c.needs
        ));
    }
    if text.phases > 0 {
        let done = view.get(Quantity::Progress(id, party));
        lines.push(format!("You have taken {done} of {} of its steps.", text.phases));
    }
    let breaches = u64::from(view.get(Quantity::Breaches(id)));
    lines.push(format!(
        "So far: {}; after {} it is broken for good.",
        count(breaches, "breach", "breaches"),
        count(u64::from(text.breach_limit), "breach", "breaches")
    ));
    lines.extend(provides(view, id));
    lines
}

/// What the items of a text came to, with the role's own points. A text of another track is known by its title alone.
fn sealed(view: &View, id: InstrumentId) -> Vec<String> {
    let text = view.model.world.instrument(id);
    let settled = text.seals.iter().filter_map(|i| {
        let option = worth::settled_option(view.model, &view.state, *i)?;
        let worth = view.worth(*i, option).map_or_else(String::new, |w| format!(" ({w})"));
        Some(format!("– {}: {}{worth}", view.item(*i), view.option(*i, option)))
    });
    settled.collect()
}

/// What the party needs of everything settled on the text's track (no agreement's share of it), what it sees in it, and the best there
/// could be.
pub(super) fn numbers(view: &View, party: PartyId, id: InstrumentId) -> [Score; 3] {
    let text = view.model.world.instrument(id);
    let track = text.track;
    let Some(seat) = view.model.world.seat_at(party, track) else { return [0; 3] };
    let (mut sees, mut of) = (0, 0);
    for item in &view.model.world.track(track).items {
        let counts = text.seals.contains(item) || !worth::lapsed(view.model, &view.state, *item);
        if let Some(option) = worth::settled_option(view.model, &view.state, *item).filter(|_| counts) {
            sees += worth::credit(view.model, &view.state, party, *item, option);
            of += view.model.worth.best(worth::preferences(view.model, &view.state, party), *item);
        }
    }
    let alternative = worth::alternative_today(view.model, &view.state, seat);
    [worth::need(view.model, alternative, of), sees, of]
}

fn provides(view: &View, id: InstrumentId) -> Option<String> {
    let p = view.model.world.instrument(id).provides;
    let all = [
        (p.ceasefire, "a ceasefire of those it obliges"),
        (p.verification, "verification"),
        (p.separation, "separation of forces"),
        (p.joint_body, "a joint body"),
    ];
    let some: Vec<String> = all.iter().filter(|(on, _)| *on).map(|(_, what)| (*what).to_owned()).collect();
    (!some.is_empty()).then(|| sentence(&format!("in force it provides {}", list(&some))))
}

fn effect(view: &View, effect: &Effect) -> String {
    let what = subject(view.model, effect.target);
    let by = effect.value;
    match effect.operation {
        Operation::Set => {
            let value =
                u8::try_from(by).map_or_else(|_| by.to_string(), |v| view.model.value_name(effect.target, v));
            format!("{what} becomes {}", value.replace('-', " "))
        }
        Operation::Raise => format!("{what} rises by {by}"),
        Operation::Lower => format!("{what} falls by {by}"),
    }
}
