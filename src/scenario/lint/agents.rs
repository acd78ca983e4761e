//! Doubts about parties, talks and fronts.

use super::super::code::Code;
use super::super::ids::Ids;
use super::super::lower::{Lowered, best_sum};
use super::super::nearest::list;
use super::super::report::Report;
use super::super::shape::Agent;
use super::super::tree::{Node, Place, Table};
use crate::domain::{Choice, Condition, ItemId, Operand, PartyId, Quantity, World};

/// Reports the doubts.
pub(super) fn lint(root: &Table, ids: &Ids, lowered: &Lowered, report: &mut Report) {
    let mut lint = Lint { root, ids, world: &lowered.world, report };
    lint.parties(lowered);
    lint.items();
    lint.mediators();
    lint.fronts();
}

struct Lint<'a> {
    root: &'a Table,
    ids: &'a Ids,
    world: &'a World,
    report: &'a mut Report,
}

impl Lint<'_> {
    fn place(&self, agent: Agent, at: usize) -> Place {
        self.ids.place(agent, at).unwrap_or(Place::new(0, 0, 0))
    }

    fn parties(&mut self, lowered: &Lowered) {
        for (at, party) in self.world.parties.iter().enumerate() {
            let (id, place) = (PartyId::new(at), self.place(Agent::Party, at));
            self.points(id, place);
            if !used(id, lowered) {
                self.report
                    .warning(
                        Code::UnusedParty,
                        place,
                        format!("nothing refers to the party `{}`", party.name.id),
                    )
                    .label("no seat, no front, no part in anything")
                    .help("give it a seat on a track, or leave it out");
            }
            let own = self.root.table("party").and_then(|t| t.table(&party.name.id));
            if let Some(entry) = own.and_then(|p| p.table("trust")).and_then(|t| t.entry(&party.name.id)) {
                self.report
                    .warning(
                        Code::SelfTrust,
                        entry.key_place,
                        format!("`{}` is asked to trust itself", party.name.id),
                    )
                    .label("this is never read")
                    .help("leave it out, or name another party");
            }
        }
    }

    /// The best options of a party with a say should sum to 100.
    fn points(&mut self, party: PartyId, place: Place) {
        let has_say = self.world.seats_of(party).any(|s| {
            let track = self.world.seat(s).track;
            !self.world.track(track).items.is_empty()
        });
        let sum = best_sum(&self.world.items, party);
        // Who writes `normalise = false` means it.
        let meant = self.root.table("scenario").and_then(|t| t.entry("normalise")).is_some();
        if !has_say || meant || (sum - 100.0).abs() <= 0.5 {
            return;
        }
        let id = &self.world.party(party).name.id;
        let help = match sum > 0.0 {
            true => "change the points, or write normalise = true in [scenario] to have them scaled",
            false => "give it points in the options of its items, or it is indifferent to everything",
        };
        self.report
            .warning(Code::PointSum, place, format!("the best options of `{id}` should sum to 100 points"))
            .label(format!("they sum to {}", (sum * 100.0).round() / 100.0))
            .help(help);
    }

    fn items(&mut self) {
        let sealing: Vec<Vec<usize>> =
            (0..self.world.items.len()).map(|i| self.sealing(ItemId::new(i))).collect();
        let none = self.world.instruments.is_empty();
        for (at, item) in self.world.items.iter().enumerate() {
            let (id, place) = (item.name.id.as_str(), self.place(Agent::Item, at));
            match sealing[at].as_slice() {
                // A scenario without any instrument is about agreement, not about texts.
                [] if none => {}
                [] => {
                    self.report
                        .warning(Code::Unsealed, place, format!("no instrument seals the item `{id}`"))
                        .label("it can be agreed, but never signed")
                        .help(format!("add it to the `seals` of an instrument: seals = [\"{id}\"]"));
                }
                [_] => {}
                [first, second, ..] => self.sealed_twice(id, *first, *second),
            }
            self.options(at);
            self.without_points(at);
        }
    }

    /// Options that count nothing for a party because nobody wrote what they are worth to it. Who has points for no option of an
    /// item is indifferent to it.
    fn without_points(&mut self, at: usize) {
        let (world, root) = (self.world, self.root);
        let item = &world.items[at];
        let table = root.table("item").and_then(|t| t.table(&item.name.id)).and_then(|t| t.table("option"));
        let Some(table) = table else { return };
        for seat in &world.track(item.track).seats {
            let party = world.seat(*seat).party;
            let id = world.party(party).name.id.as_str();
            let told = |o: &Choice| {
                let option = table.table(&o.name.id);
                option.is_some_and(|t| t.get(id).is_some()) || o.red_line_of.contains(&party)
            };
            let silent: Vec<&Choice> = item.options.iter().filter(|o| !told(o)).collect();
            let Some(first) = silent.first().filter(|_| silent.len() < item.options.len()) else { continue };
            let place = table.entry(&first.name.id).map_or(Place::new(0, 0, 0), |entry| entry.key_place);
            let options = list(silent.iter().map(|o| o.name.id.as_str()));
            let message = format!("`{id}` has no points for {options} of the item `{}`", item.name.id);
            self.report
                .warning(Code::MissingPoints, place, message)
                .label("counts as 0 for it")
                .help(format!("write what it is worth to it, if only {id} = 0"));
        }
    }

    fn sealing(&self, item: ItemId) -> Vec<usize> {
        let all = self.world.instruments.iter().enumerate();
        all.filter(|(_, n)| n.seals.contains(&item)).map(|(at, _)| at).collect()
    }

    fn sealed_twice(&mut self, item: &str, first: usize, second: usize) {
        let node = |at: usize| {
            let id = &self.world.instruments[at].name.id;
            let table = self.root.table("instrument").and_then(|t| t.table(id));
            let members = table.and_then(|t| t.get("seals")).and_then(Node::as_list).unwrap_or(&[]);
            members.iter().find(|m| m.as_str() == Some(item)).map(|m| m.place)
        };
        let (first, second) = (node(first), node(second));
        let place = second.unwrap_or(Place::new(0, 0, 0));
        let first = self.report.span(first.unwrap_or(place));
        self.report
            .warning(Code::SealedTwice, place, format!("several instruments seal the item `{item}`"))
            .label("sealed here too")
            .also(first, "sealed here")
            .help("the first to be signed seals it; leave it out of the other if that is not meant");
    }

    fn options(&mut self, at: usize) {
        let item = &self.world.items[at];
        let table =
            self.root.table("item").and_then(|t| t.table(&item.name.id)).and_then(|t| t.table("option"));
        let seats = &self.world.track(item.track).seats;
        let parties: Vec<PartyId> = seats.iter().map(|s| self.world.seat(*s).party).collect();
        if let [only] = item.options.as_slice() {
            let place = self.place(Agent::Item, at);
            self.report
                .warning(
                    Code::SingleOption,
                    place,
                    format!("the item `{}` has a single option", item.name.id),
                )
                .label(format!("only `{}`", only.name.id))
                .help("add another way to settle it, even if few would like it");
        }
        for option in &item.options {
            let refused = parties.iter().all(|p| option.red_line_of.contains(p));
            if !refused || parties.is_empty() {
                continue;
            }
            let place = table.and_then(|t| t.entry(&option.name.id)).map(|e| e.key_place);
            let place = place.unwrap_or_else(|| self.place(Agent::Item, at));
            self.report
                .warning(
                    Code::RefusedByAll,
                    place,
                    format!("every party refuses the option `{}`", option.name.id),
                )
                .label("a red line of every seat")
                .help("it can never be agreed: leave it out, or take a party from `red_line_of`");
        }
    }

    fn mediators(&mut self) {
        for (at, mediator) in self.world.mediators.iter().enumerate() {
            if mediator.track.is_none() {
                let place = self.place(Agent::Mediator, at);
                let tracks = list(self.ids.all(Agent::Track));
                self.report
                    .warning(
                        Code::IdleMediator,
                        place,
                        format!("`{}` mediates on no track", mediator.name.id),
                    )
                    .label("it never acts")
                    .help(format!("add it to the `mediators` of a track: {tracks}"));
            }
        }
    }

    fn fronts(&mut self) {
        for (at, front) in self.world.fronts.iter().enumerate() {
            if front.belligerents.contains(&front.holder) {
                continue;
            }
            let table = self.root.table("front").and_then(|t| t.table(&front.name.id));
            let holder = table.and_then(|t| t.get("holder")).map(|n| n.place);
            let place = holder.unwrap_or_else(|| self.place(Agent::Front, at));
            let id = &self.world.party(front.holder).name.id;
            self.report
                .warning(
                    Code::HolderAbsent,
                    place,
                    format!("`{id}` holds `{}` but does not fight there", front.name.id),
                )
                .label("not among the belligerents")
                .help(format!("add `{id}` to `belligerents`"));
        }
    }
}

/// Whether anything refers to a party, trust aside.
fn used(party: PartyId, lowered: &Lowered) -> bool {
    let world = &lowered.world;
    world.seats_of(party).next().is_some()
        || world.fronts.iter().any(|f| f.holder == party || f.belligerents.contains(&party))
        || world.backers.iter().any(|b| b.supports == party || b.party == Some(party))
        || world.spoilers.iter().any(|s| s.victim == Some(party) || s.blamed_on == Some(party))
        || world.mediators.iter().any(|m| m.bias == Some(party))
        || world.parties.iter().any(|p| p.allies.contains(&party))
        || lowered.conditions.iter().any(|w| mentions(&w.condition, party))
}

fn mentions(condition: &Condition, party: PartyId) -> bool {
    let named = |q: &Quantity| match q {
        Quantity::Weariness(p) | Quantity::Pressure(p) | Quantity::Audience(p) => *p == party,
        Quantity::Capability(p) | Quantity::Ceasefire(p) => *p == party,
        Quantity::Trust(p, q) => *p == party || *q == party,
        _ => false,
    };
    match condition {
        Condition::Constant(_) => false,
        Condition::Compare(Quantity::Holder(_), _, Operand::Value(at)) => *at == i32::from(party.0),
        Condition::Compare(left, _, right) => {
            named(left) || matches!(right, Operand::Quantity(right) if named(right))
        }
        Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, ..) => {
            parts.iter().any(|p| mentions(p, party))
        }
        Condition::Not(part) => mentions(part, party),
    }
}
