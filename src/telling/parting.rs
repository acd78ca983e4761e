//! How turns and milestones of compared worlds are called.

use crate::analysis::pairs::Milestone;
use crate::analysis::what_if::Reached;
use crate::domain::{Action, Name, Turn, World};

use super::chronicle::clean;

/// A title in quotation marks.
pub(crate) fn quoted(name: &Name) -> String {
    format!("“{}”", clean(&name.title))
}

fn title(name: &Name) -> String {
    clean(&name.title)
}

/// What a turn is about, as the object of “over”. A seat is known by the id of its party, `agent`: a change may have
/// added it.
pub(crate) fn turn(world: &World, turn: Turn, agent: &str) -> String {
    let party = || {
        let found = world.parties.iter().find(|p| p.name.id == agent);
        found.map_or_else(|| agent.to_owned(), |p| title(&p.name))
    };
    match turn {
        Turn::Reserve(_) => format!("what {} could count on without agreement", party()),
        Turn::Open(t) => format!("the opening of {}", quoted(&world.track(t).name)),
        Turn::Convene(_) => format!("whether {} came", party()),
        Turn::Instruct(_) => format!("the mandate of {}", party()),
        Turn::Table(t) => format!("the agenda of {}", quoted(&world.track(t).name)),
        Turn::Recess(t) => format!("the end of a session of {}", quoted(&world.track(t).name)),
        Turn::Bargain(i) => format!("the bargaining on {}", quoted(&world.item(i).name)),
        Turn::Offer(t, _) => format!("an offer on {}", quoted(&world.track(t).name)),
        Turn::Text(t) => format!("the mediator's text on {}", quoted(&world.track(t).name)),
        Turn::Mediate(m) => format!("what {} did", title(&world.mediator(m).name)),
        Turn::Conclude(n) => format!("the signing of {}", quoted(&world.instrument(n).name)),
        Turn::Front(f) => format!("the fighting at {}", quoted(&world.front(f).name)),
        Turn::Spoiler(s) => format!("whether {} attacked", title(&world.spoiler(s).name)),
        Turn::Backer(b) if world.backer(b).denies => {
            format!("the support that {} denies giving", title(&world.backer(b).name))
        }
        Turn::Backer(b) => format!("the support by {}", title(&world.backer(b).name)),
        Turn::Observer(o) => format!("what {} reported", title(&world.observer(o).name)),
        Turn::Comply(n) => format!("the keeping of {}", quoted(&world.instrument(n).name)),
        Turn::Event(e) => format!("the event {}", quoted(&world.events[e.at()].name)),
        Turn::Endure(p) => format!("what the fighting cost {}", title(&world.party(p).name)),
        Turn::Assess => "the end of a round".into(),
    }
}

/// What a mediator did, as a verb in the past; `None` where it had nothing useful to do.
pub(crate) fn action(action: Option<Action>) -> &'static str {
    action.map_or("did nothing", |action| action.row().done)
}

/// A turn as the end of a sentence: after what.
pub(crate) fn after(world: &World, what: Turn) -> String {
    match what {
        Turn::Assess => "at the end of the round".into(),
        what => format!("after {}", turn(world, what, what.agent(world))),
    }
}

/// A milestone in words.
pub(crate) fn milestone(world: &World, reached: &Reached) -> String {
    match reached.milestone {
        Milestone::Signed(k) => format!("{} signed", quoted(&world.instruments[k].name)),
        Milestone::Breached(k, p) => {
            format!("{} broke {}", title(&world.parties[p].name), quoted(&world.instruments[k].name))
        }
        Milestone::Broken(k) => format!("{} broken for good", quoted(&world.instruments[k].name)),
        Milestone::Suspended(k) => format!("{} suspended", quoted(&world.instruments[k].name)),
        Milestone::Settled(k) => format!("{} settled at the end", quoted(&world.items[k].name)),
        Milestone::Captured(k) => format!("{} changed hands", quoted(&world.fronts[k].name)),
        Milestone::WalkedOut(k) => {
            let seat = &world.seats[k];
            let track = quoted(&world.track(seat.track).name);
            format!("{} walked out of {track}", title(&world.party(seat.party).name))
        }
        Milestone::DrewBack(k) if world.backers[k].denies => {
            format!("{}, which denies any backing, drew back", title(&world.backers[k].name))
        }
        Milestone::DrewBack(k) => format!("{} drew back", title(&world.backers[k].name)),
        Milestone::Fired(k) => format!("the event {}", quoted(&world.events[k].name)),
        Milestone::CoOpted(k) => format!("{} co-opted", title(&world.spoilers[k].name)),
    }
}

/// Milestones of one run in words, separated by semicolons.
pub(crate) fn milestones(world: &World, reached: &[Reached]) -> String {
    reached.iter().map(|r| milestone(world, r)).collect::<Vec<_>>().join("; ")
}
