//! Profiles: other preferences that a party can come to have.

use super::super::code::Code;
use super::super::nearest::suggest;
use super::super::report::shown;
use super::super::shape::{Agent, ITEM, PARTY, PROFILE};
use super::super::tree::{Entry, Node, Place};
use super::Lowering;
use super::item::{best_of, factor};
use super::view::View;
use crate::domain::{
    Course, Item, ItemId, OptionId, Party, PartyId, Profile, SeatId, TacticKind, Track, TrackId,
};

impl<'t> Lowering<'t, '_> {
    /// Lowers the profiles of every party, with its items as the file writes them; with `normalise` the best options of each
    /// profile sum to 100 as well.
    pub(super) fn profiles(
        &mut self,
        (parties, tracks, items): (&[Party], &[Track], &[Item]),
        normalise: bool,
    ) -> Vec<Vec<Profile>> {
        let views = self.agents(Agent::Party, &PARTY);
        let mut out = Vec::with_capacity(views.len());
        for (at, (_, _, view)) in views.into_iter().enumerate() {
            let id = PartyId::new(at);
            let entries = view.table("profile").map_or(&[][..], |t| &t.entries);
            if let Some(first) = entries.first() {
                self.no_packages(id, first.key_place, tracks);
            }
            let profiles = entries.iter().map(|e| self.profile(e, (id, &parties[at]), items, normalise));
            out.push(profiles.collect());
        }
        out
    }

    /// Where whole packages are offered, each party's are put in order beforehand.
    fn no_packages(&mut self, party: PartyId, place: Place, tracks: &[Track]) {
        let offers = |(_, track): &(SeatId, TrackId)| tracks[track.at()].procedure.course() == Course::Offers;
        let Some((_, track)) = self.names.seats_of(party).find(offers) else { return };
        let on = self.names.id(Agent::Track, track.at());
        let message = format!("where whole packages are offered, as on the track `{on}`, preferences stay");
        self.report
            .error(Code::Profile, place, message)
            .label("this party has a seat there")
            .help("give the track another procedure, or leave the profiles out");
    }

    fn profile(
        &mut self,
        entry: &'t Entry,
        (id, party): (PartyId, &Party),
        items: &[Item],
        normalise: bool,
    ) -> Profile {
        let view = View::maybe(entry.node.as_table(), &PROFILE);
        let mut points = self.points(view, id, items);
        let red_lines = self.red_lines(view, id, items);
        if normalise {
            let refuses = |i: usize, o: usize| red_lines.contains(&(ItemId::new(i), OptionId::new(o)));
            let best = |(i, row): (usize, &Vec<f64>)| best_of(row, |o| refuses(i, o));
            let factor = factor(points.iter().enumerate().map(best).sum());
            points.iter_mut().flatten().for_each(|p| *p = (*p * factor).clamp(0.0, 100.0));
        }
        let tracks: Vec<TrackId> = self.names.seats_of(id).map(|(_, track)| track).collect();
        Profile {
            name: super::name(&entry.key, view),
            alternative: tracks.into_iter().map(|t| self.own_alternative(view, t)).collect(),
            points,
            red_lines,
            tactic: view.entry("tactic").map(|e| {
                let tactic = self.tactic(view);
                self.may_change(e.key_place, [&party.tactic.kind, &tactic.kind]);
                tactic
            }),
        }
    }

    /// A tactic that looks back has a memory which means nothing to another.
    fn may_change(&mut self, place: Place, kinds: [&TacticKind; 2]) {
        let looks_back = |kind: &&TacticKind| match kind {
            TacticKind::TitForTat { .. } | TacticKind::Micro => true,
            TacticKind::Mixture { parts } => parts.iter().any(|(_, t)| t.imitates().is_some()),
            _ => false,
        };
        if kinds.iter().any(looks_back) {
            self.report
                .error(Code::Profile, place, "a tactic that imitates or counts offers does not change")
                .label("this tactic, or the party's own")
                .help("leave `tactic` out of the profile, or choose tactics that go by time");
        }
    }

    /// Points of every option: those of the options, but where the profile gives others.
    fn points(&mut self, view: View<'t>, party: PartyId, items: &[Item]) -> Vec<Vec<f64>> {
        let own = |item: &Item| item.options.iter().map(|o| o.points[party.at()]).collect();
        let mut points: Vec<Vec<f64>> = items.iter().map(own).collect();
        for (item, node) in self.by_item(view, "points", party) {
            let weight = self.weight_of(item, party);
            for entry in node.as_table().map_or(&[][..], |t| &t.entries) {
                let option = self.option_of(item, &entry.key, entry.key_place);
                if let (Some(option), Some(number)) = (option, entry.node.as_number()) {
                    points[item.at()][option.at()] = number.clamp(0.0, 100.0) * weight;
                }
            }
        }
        points
    }

    /// What points are multiplied with where an item has weights.
    fn weight_of(&self, item: ItemId, party: PartyId) -> f64 {
        let entry = self.root.table(Agent::Item.key()).and_then(|t| t.entries.get(item.at()));
        let weights = View::maybe(entry.and_then(|e| e.node.as_table()), &ITEM).table("weight");
        let Some(weights) = weights else { return 1.0 };
        let weight = weights.get(self.names.id(Agent::Party, party.at())).and_then(Node::as_number);
        weight.unwrap_or(0.0).clamp(0.0, 100.0) / 100.0
    }

    fn red_lines(&mut self, view: View<'t>, party: PartyId, items: &[Item]) -> Vec<(ItemId, OptionId)> {
        if view.node("red_lines").is_none() {
            let own = |(i, item): (usize, &Item)| {
                let refused = item.options.iter().enumerate().filter(|(_, o)| o.red_line_of.contains(&party));
                refused.map(|(o, _)| (ItemId::new(i), OptionId::new(o))).collect::<Vec<_>>()
            };
            return items.iter().enumerate().flat_map(own).collect();
        }
        let mut out = Vec::new();
        for (item, node) in self.by_item(view, "red_lines", party) {
            for member in node.as_list().unwrap_or(&[]) {
                let Some(id) = member.as_str() else { continue };
                out.extend(self.option_of(item, id, member.place).map(|option| (item, option)));
            }
        }
        out
    }

    /// The entries of a table by items on tracks where the party has a seat; others are reported.
    fn by_item(&mut self, view: View<'t>, key: &str, party: PartyId) -> Vec<(ItemId, &'t Node)> {
        let mut out = Vec::new();
        for entry in view.table(key).map_or(&[][..], |t| &t.entries) {
            let Some(at) = self.ids.find(Agent::Item, &entry.key) else { continue };
            let track = self.track_of(at);
            if self.needs_seat(entry.key_place, party, track, "it is worth nothing to it there") {
                out.push((ItemId::new(at), &entry.node));
            }
        }
        out
    }

    /// The option of an item; one that there is not is reported.
    fn option_of(&mut self, item: ItemId, id: &str, place: Place) -> Option<OptionId> {
        let options = self.names.options.get(item.at())?;
        if let Some(at) = options.iter().position(|known| known == id) {
            return Some(OptionId::new(at));
        }
        let on = self.names.id(Agent::Item, item.at());
        let message = format!("the item `{on}` has no option `{}`", shown(id));
        let help = suggest(id, options.iter().map(String::as_str), "its options");
        self.report.error(Code::UnknownId, place, message).label("unknown option").help(help);
        None
    }
}
