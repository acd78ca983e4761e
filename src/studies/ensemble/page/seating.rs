//! Who sits where: the scenario as a picture, in words that need no file.

use crate::chart::seating::{Entry, Frame, Layer, Seating, Shape};
use crate::chart::{Head, Picture};
use crate::domain::{Name, SpoilerKind, Track, TrackId, Watched, World};
use crate::telling::chronicle::clean;

/// The picture.
pub(super) fn picture(world: &World) -> Picture {
    let tracks = world.tracks.iter().enumerate().map(|(k, track)| room(world, TrackId::new(k), track));
    let mut frames: Vec<Frame> = tracks.collect();
    let outside = outside(world);
    if outside.layers.iter().any(|layer| !layer.entries.is_empty()) {
        frames.push(outside);
    }
    let subtitle =
        "A frame is a track: who mediates, who has a seat, what is talked about, what is to be signed";
    Seating { head: Head::new(&["seating"], "Who sits where", subtitle), frames }.draw()
}

fn entry(name: &Name, remark: String) -> Entry {
    Entry { title: clean(&name.title), remark }
}

fn layer(name: &str, shape: Shape, entries: impl Iterator<Item = Entry>) -> Layer {
    Layer { name: name.into(), shape, entries: entries.collect() }
}

fn room(world: &World, id: TrackId, track: &Track) -> Frame {
    let none = String::new;
    let mediators = world.mediators.iter().filter(|m| m.track == Some(id)).map(|m| entry(&m.name, none()));
    let seats = track.seats.iter().map(|s| entry(&world.party(world.seat(*s).party).name, none()));
    let items = world.items.iter().filter(|i| i.track == id).map(|i| entry(&i.name, none()));
    let texts = world.instruments.iter().filter(|n| n.track == id).map(|n| entry(&n.name, none()));
    Frame {
        title: clean(&track.name.title),
        layers: vec![
            layer("mediates", Shape::Mediator, mediators),
            layer("has a seat", Shape::Seat, seats),
            layer("on the agenda", Shape::Plain, items),
            layer("to be signed", Shape::Text, texts),
        ],
    }
}

/// Whoever and whatever is not in a room.
fn outside(world: &World) -> Frame {
    let party = |p| clean(&world.party(p).name.title);
    let backers = world.backers.iter().map(|b| {
        let denied = if b.denies { ", and denies it" } else { "" };
        entry(&b.name, format!("backs {}{denied}", party(b.supports)))
    });
    let fronts = world.fronts.iter().map(|f| {
        let others: Vec<String> =
            f.belligerents.iter().filter(|p| **p != f.holder).map(|p| party(*p)).collect();
        let against =
            if others.is_empty() { String::new() } else { format!("; contested by {}", others.join(", ")) };
        entry(&f.name, format!("held by {}{against}", party(f.holder)))
    });
    let spoilers = world.spoilers.iter().map(|s| {
        let kind = match s.kind {
            SpoilerKind::Limited => "stops once its grievance is met",
            SpoilerKind::Greedy => "wants more with every success",
            SpoilerKind::Total => "never stops",
        };
        let opposed: Vec<String> =
            s.opposes.iter().map(|n| clean(&world.instrument(*n).name.title)).collect();
        let against =
            if opposed.is_empty() { String::new() } else { format!("; against {}", opposed.join(", ")) };
        entry(&s.name, format!("{kind}{against}"))
    });
    let observers = world.observers.iter().map(|o| {
        let watched: Vec<String> = o.watches.iter().map(|w| watched(world, *w)).collect();
        entry(&o.name, format!("watches {}", watched.join(", ")))
    });
    // A seat that no track has, and a mediator without one.
    let seated = |p: usize| world.seats.iter().any(|s| s.party.at() == p);
    let unseated = world.parties.iter().enumerate().filter(|(k, _)| !seated(*k));
    let unseated = unseated.map(|(_, p)| entry(&p.name, String::new()));
    let waiting = world.mediators.iter().filter(|m| m.track.is_none()).map(|m| entry(&m.name, String::new()));
    Frame {
        title: "Outside the rooms".into(),
        layers: vec![
            layer("has no seat", Shape::Seat, unseated),
            layer("mediates nowhere yet", Shape::Mediator, waiting),
            layer("backs a party", Shape::Plain, backers),
            layer("where they fight", Shape::Plain, fronts),
            layer("armed, without a seat", Shape::Plain, spoilers),
            layer("watches and reports", Shape::Plain, observers),
        ],
    }
}

fn watched(world: &World, watched: Watched) -> String {
    let name = match watched {
        Watched::Backer(b) => &world.backer(b).name,
        Watched::Front(f) => &world.front(f).name,
        Watched::Spoiler(s) => &world.spoiler(s).name,
    };
    clean(&name.title)
}
