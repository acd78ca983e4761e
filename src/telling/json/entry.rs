//! Entries of the chronicle as data.

use serde_json::Value;

use crate::domain::{
    INTENSITIES, ItemId, Level, Lifecycle, MediatorId, Model, OptionId, PartyId, Quantity, RESERVES, Score,
    SeatId, Weight, World, points, portion_points, probability,
};
use crate::kernel::{Assessment, Cause, Entry, WalkOutReasons, Way};

use super::fields::Fields;

/// An entry as an object; the one that begins a round is said by the document's own structure.
pub(super) fn fields(model: &Model, entry: &Entry) -> Option<Fields> {
    Some(match *entry {
        Entry::Round { .. } => return None,
        Entry::Track { .. }
        | Entry::Seat { .. }
        | Entry::Stays { .. }
        | Entry::StaysOut { .. }
        | Entry::Mandate { .. }
        | Entry::Stands { .. }
        | Entry::Ripeness { .. }
        | Entry::Ends { .. } => room(&model.world, entry),
        Entry::Item { .. }
        | Entry::Waits { .. }
        | Entry::Contested { .. }
        | Entry::View { .. }
        | Entry::Agreed { .. }
        | Entry::Doubts { .. } => table(&model.world, entry),
        Entry::Offers { .. }
        | Entry::Drafted { .. }
        | Entry::Answers { .. }
        | Entry::Lapses { .. }
        | Entry::WalksAway { .. }
        | Entry::Drafts { .. }
        | Entry::Revises { .. }
        | Entry::Presents { .. } => packages(&model.world, entry),
        Entry::Instrument { .. }
        | Entry::Signs { .. }
        | Entry::Keeps { .. }
        | Entry::PressesOn { .. }
        | Entry::GivenUp { .. } => texts(&model.world, entry),
        Entry::Reserve { .. } | Entry::Stalls { .. } | Entry::BreaksDown { .. } => talks(&model.world, entry),
        Entry::Mediates { .. }
        | Entry::Idle { .. }
        | Entry::Changed { .. }
        | Entry::Failed { .. }
        | Entry::NoEffect { .. } => moves(model, entry),
        Entry::Captured { .. }
        | Entry::Repelled { .. }
        | Entry::Presses { .. }
        | Entry::BeatenBack { .. }
        | Entry::Attacks { .. }
        | Entry::Reports { .. }
        | Entry::Strained { .. }
        | Entry::Fires { .. } => ground(&model.world, entry),
    })
}

fn named(entry: &'static str) -> Fields {
    Fields::new("entry", entry)
}

fn odds(weight: Weight) -> Value {
    Value::from(probability(weight))
}

fn score(value: Score) -> Value {
    Value::from(points(value))
}

fn party(world: &World, id: PartyId) -> Value {
    world.party(id).name.id.clone().into()
}

fn option(world: &World, item: ItemId, id: OptionId) -> Value {
    world.item(item).options[id.at()].name.id.clone().into()
}

fn item(world: &World, id: ItemId) -> Value {
    world.item(id).name.id.clone().into()
}

/// A seat: its party and its track.
fn seat(world: &World, id: SeatId) -> Fields {
    let seat = world.seat(id);
    Fields::new("party", party(world, seat.party)).with("track", world.track(seat.track).name.id.clone())
}

fn assessment(world: &World, a: &Assessment) -> Fields {
    seat(world, a.seat)
        .with("needs", score(a.needs))
        .with("sees", score(a.sees))
        .with("of", score(a.of))
        .with("red_line", a.red_line)
        .with("present", a.present)
}

fn reasons(r: &WalkOutReasons) -> Fields {
    Fields::new("odds", odds(r.odds))
        .with("distrust", r.distrust)
        .with("attacks", r.attacks)
        .with("precondition", r.precondition)
        .with("audience", r.audience)
        .with("stall", r.stall)
}

fn way(world: &World, way: Way) -> Fields {
    match way {
        Way::Balance => Fields::new("kind", "balance"),
        Way::Proposal(s) => Fields::new("kind", "proposal").and(seat(world, s)),
        Way::Vote(s) => Fields::new("kind", "vote").and(seat(world, s)),
        Way::Package(s) => Fields::new("kind", "package").and(seat(world, s)),
        Way::Text(m) => Fields::new("kind", "text").with("mediator", world.mediator(m).name.id.clone()),
        Way::Formula(m) => Fields::new("kind", "formula").with("mediator", world.mediator(m).name.id.clone()),
        Way::Manipulation(m, p) => Fields::new("kind", "manipulation")
            .with("mediator", world.mediator(m).name.id.clone())
            .with("party", party(world, p)),
    }
}

fn cause(world: &World, cause: Cause) -> Fields {
    let of = |kind: &'static str, id: &str| Fields::new("kind", kind).with("agent", id.to_owned());
    match cause {
        Cause::Mediation(m) => of("mediation", &world.mediator(m).name.id),
        Cause::Fighting => Fields::new("kind", "fighting"),
        Cause::Attack(s) => of("attack", &world.spoiler(s).name.id),
        Cause::Report(o) => of("report", &world.observer(o).name.id),
        Cause::Breach(n) => of("breach", &world.instrument(n).name.id),
        Cause::Signing(n) => of("signing", &world.instrument(n).name.id),
        Cause::Event(e) => of("event", &world.events[e.at()].name.id),
        Cause::Fading => Fields::new("kind", "fading"),
        Cause::Exposed => Fields::new("kind", "exposed"),
        Cause::Force(n) => of("force", &world.instrument(n).name.id),
        Cause::Kept => Fields::new("kind", "kept"),
        Cause::Learning => Fields::new("kind", "learning"),
        Cause::Recovery => Fields::new("kind", "recovery"),
        Cause::Pressing(f) => of("pressing", &world.front(f).name.id),
        Cause::Injected => Fields::new("kind", "injected"),
    }
}

/// Who is in the room, and how the talks stand.
fn room(world: &World, entry: &Entry) -> Fields {
    match *entry {
        Entry::Track { track, from, to } => named("track")
            .with("track", world.track(track).name.id.clone())
            .with("from", from.name())
            .with("to", to.name()),
        Entry::Seat { seat: s, from, to, reasons: r } => named("seat")
            .and(seat(world, s))
            .with("from", from.name())
            .with("to", to.name())
            .maybe("reasons", r.map(|r| reasons(&r))),
        Entry::Stays { seat: s, reasons: r } => {
            named("stays").and(seat(world, s)).maybe("reasons", Some(reasons(&r)))
        }
        Entry::StaysOut { seat: s, odds: o } => named("stays-out").and(seat(world, s)).with("odds", odds(o)),
        Entry::Mandate { seat: s, mandate } => {
            named("mandate").and(seat(world, s)).with("mandate", mandate.name())
        }
        Entry::Stands { seat: s, alternative, feasible } => named("stands")
            .and(seat(world, s))
            .with("alternative", portion_points(alternative))
            .with("feasible", portion_points(feasible)),
        Entry::Ripeness { track, ripe } => {
            named("ripeness").with("track", world.track(track).name.id.clone()).with("ripe", ripe)
        }
        Entry::Ends { outcome, early } => {
            named("ends").with("outcome", world.outcomes[outcome.at()].name.id.clone()).with("early", early)
        }
        _ => Fields::default(),
    }
}

/// Bargaining.
fn table(world: &World, entry: &Entry) -> Fields {
    match *entry {
        Entry::Item { item: i, from, to } => {
            named("item").with("item", item(world, i)).with("from", from.name()).with("to", to.name())
        }
        Entry::Waits { item: i } => named("waits").with("item", item(world, i)),
        Entry::Contested { item: i, closest, moved_by } => named("contested")
            .with("item", item(world, i))
            .with("closest", option(world, i, closest))
            .maybe("moved_by", moved_by.map(|s| seat(world, s))),
        Entry::View { item: i, option: o, assessment: a, accepts } => named("view")
            .with("item", item(world, i))
            .with("option", option(world, i, o))
            .and(assessment(world, &a))
            .with("accepts", accepts),
        Entry::Agreed { item: i, option: o, way: w } => named("agreed")
            .with("item", item(world, i))
            .with("option", option(world, i, o))
            .maybe("way", Some(way(world, w))),
        Entry::Doubts { item: i, seat: s, needs, sees, reopened } => named("doubts")
            .with("item", item(world, i))
            .and(seat(world, s))
            .with("needs", score(needs))
            .with("sees", score(sees))
            .with("reopened", reopened),
        _ => Fields::default(),
    }
}

/// Offers and answers, and a mediator's text.
fn packages(world: &World, entry: &Entry) -> Fields {
    let mediator = |m: MediatorId| world.mediator(m).name.id.clone();
    match *entry {
        Entry::Offers { assessment: a } => named("offers").and(assessment(world, &a)),
        Entry::Drafted { item: i, option: o } => {
            named("drafted").with("item", item(world, i)).with("option", option(world, i, o))
        }
        Entry::Answers { assessment: a, accepts } => {
            named("answers").and(assessment(world, &a)).with("accepts", accepts)
        }
        Entry::Lapses { seat: s } => named("lapses").and(seat(world, s)),
        Entry::WalksAway { assessment: a, late } => {
            named("walks-away").and(assessment(world, &a)).with("late", late)
        }
        Entry::Drafts { mediator: m } => named("drafts").with("mediator", mediator(m)),
        Entry::Revises { mediator: m, item: i, from, to, adopted } => named("revises")
            .with("mediator", mediator(m))
            .with("item", item(world, i))
            .with("from", option(world, i, from))
            .with("to", option(world, i, to))
            .with("adopted", adopted),
        Entry::Presents { mediator: m, agreed } => {
            named("presents").with("mediator", mediator(m)).with("agreed", agreed)
        }
        _ => Fields::default(),
    }
}

/// Signing and keeping.
fn texts(world: &World, entry: &Entry) -> Fields {
    match *entry {
        Entry::Instrument { instrument, from, to } => named("instrument")
            .with("instrument", world.instrument(instrument).name.id.clone())
            .with("from", from.name())
            .with("to", to.name()),
        Entry::Signs { instrument, assessment: a, text, text_of, audience, signs } => named("signs")
            .with("instrument", world.instrument(instrument).name.id.clone())
            .and(assessment(world, &a))
            .with("text_sees", score(text))
            .with("text_of", score(text_of))
            .with("audience_odds", odds(audience))
            .with("signs", signs),
        Entry::Keeps { instrument, party: p, odds: o, keeps } => named("keeps")
            .with("instrument", world.instrument(instrument).name.id.clone())
            .with("party", party(world, p))
            .with("odds", odds(o))
            .with("keeps", keeps),
        Entry::PressesOn { instrument, party: p, front } => named("presses-on")
            .with("instrument", world.instrument(instrument).name.id.clone())
            .with("party", party(world, p))
            .with("front", world.front(front).name.id.clone()),
        Entry::GivenUp { instrument } => {
            named("given-up").with("instrument", world.instrument(instrument).name.id.clone())
        }
        _ => Fields::default(),
    }
}

/// Mediation, and changes of quantities.
fn moves(model: &Model, entry: &Entry) -> Fields {
    let world = &model.world;
    let value = |quantity: Quantity, value: u8| model.value_name(quantity, value);
    match *entry {
        Entry::Mediates { mediator, action, item: i, option: o, party: p } => named("mediates")
            .with("mediator", world.mediator(mediator).name.id.clone())
            .with("action", action.name())
            .with("item", i.map_or(Value::Null, |i| item(world, i)))
            .with("option", i.zip(o).map_or(Value::Null, |(i, o)| option(world, i, o)))
            .with("party", p.map_or(Value::Null, |p| party(world, p))),
        Entry::Idle { mediator } => named("idle").with("mediator", world.mediator(mediator).name.id.clone()),
        Entry::Changed { quantity, from, to, cause: c } => named("changed")
            .with("path", world.path(quantity))
            .with("from", value(quantity, from))
            .with("to", value(quantity, to))
            .maybe("cause", Some(cause(world, c))),
        Entry::Failed { quantity, odds: o, cause: c } => named("failed")
            .with("path", world.path(quantity))
            .with("odds", odds(o))
            .maybe("cause", Some(cause(world, c))),
        Entry::NoEffect { cause: c, quantity } => {
            named("no-effect").with("path", world.path(quantity)).maybe("cause", Some(cause(world, c)))
        }
        _ => Fields::default(),
    }
}

/// What is drawn at the start, and talks that stall.
fn talks(world: &World, entry: &Entry) -> Fields {
    match *entry {
        Entry::Reserve { party: p, reserve } => named("reserve")
            .with("party", party(world, p))
            .with("reserve", RESERVES[usize::from(reserve).min(RESERVES.len() - 1)]),
        Entry::Stalls { track, ripe, odds: o, stall } => named("stalls")
            .with("track", world.track(track).name.id.clone())
            .with("ripe", ripe)
            .with("odds", odds(o))
            .with("stall", Level::NAMES[usize::from(stall).min(4)]),
        Entry::BreaksDown { track, odds: o, broken } => named("breaks-down")
            .with("track", world.track(track).name.id.clone())
            .with("odds", odds(o))
            .with("broken", broken),
        _ => Fields::default(),
    }
}

/// The world outside the room.
fn ground(world: &World, entry: &Entry) -> Fields {
    match *entry {
        Entry::Captured { front, from, to, odds: o } => named("captured")
            .with("front", world.front(front).name.id.clone())
            .with("from", party(world, from))
            .with("to", party(world, to))
            .with("odds", odds(o)),
        Entry::Repelled { front, attacker, odds: o } => named("repelled")
            .with("front", world.front(front).name.id.clone())
            .with("attacker", party(world, attacker))
            .with("odds", odds(o)),
        Entry::Presses { front, party: p, odds: o, intensity } => named("presses")
            .with("front", world.front(front).name.id.clone())
            .with("party", party(world, p))
            .with("odds", odds(o))
            .with("intensity", INTENSITIES[usize::from(intensity).min(4)]),
        Entry::BeatenBack { front, party: p, odds: o } => named("beaten-back")
            .with("front", world.front(front).name.id.clone())
            .with("party", party(world, p))
            .with("odds", odds(o)),
        Entry::Attacks { spoiler, odds: o, near } => named("attacks")
            .with("spoiler", world.spoiler(spoiler).name.id.clone())
            .with("odds", odds(o))
            .with("near", near),
        Entry::Reports { observer } => {
            named("reports").with("observer", world.observer(observer).name.id.clone())
        }
        Entry::Strained { backer, load, tolerance, withdraws } => named("strained")
            .with("backer", world.backer(backer).name.id.clone())
            .with("load", load)
            .with("tolerance", tolerance)
            .with("withdraws", withdraws),
        Entry::Fires { event } => named("fires").with("event", world.events[event.at()].name.id.clone()),
        _ => Fields::default(),
    }
}
