//! Mediators and tracks.

use super::super::code::Code;
use super::super::shape::{AGENDAS, Agent, ITEM, MEDIATOR, PACKAGES, PROCEDURES, RULE, RULE_KINDS, TRACK};
use super::super::tree::{Node, Place, Value};
use super::Lowering;
use super::view::{View, references};
use crate::domain::{
    Action, AgendaRule, Bloc, DecisionRule, Inducement, ItemId, Mediator, MediatorId, ObserverId,
    PackageRule, PartyId, Procedure, SeatId, Track, TrackId,
};

impl<'t> Lowering<'t, '_> {
    /// Lowers the mediators.
    pub(super) fn mediators(&mut self) -> Vec<Mediator> {
        let serving = self.serving();
        let mediators = self.agents(Agent::Mediator, &MEDIATOR);
        let mut out = Vec::with_capacity(mediators.len());
        for (at, (name, place, view)) in mediators.into_iter().enumerate() {
            let partners = view.references("partners", Agent::Observer, self.ids);
            out.push(Mediator {
                name,
                track: serving.get(at).copied().flatten(),
                style: self.style(place, view),
                credibility: view.level("credibility"),
                leverage: view.level("leverage"),
                bias: self.party_of(view, "bias"),
                inducement: if view.word("inducement") == 0 { Inducement::Stick } else { Inducement::Carrot },
                partners: partners.into_iter().map(|(at, _)| ObserverId::new(at)).collect(),
            });
        }
        out
    }

    /// The track of every mediator; a second one is reported.
    fn serving(&mut self) -> Vec<Option<TrackId>> {
        let mut serving: Vec<Option<(TrackId, Place)>> = vec![None; self.ids.count(Agent::Mediator)];
        for (at, (_, _, view)) in self.agents(Agent::Track, &TRACK).into_iter().enumerate() {
            for (mediator, node) in view.references("mediators", Agent::Mediator, self.ids) {
                let Some((_, first)) = serving[mediator] else {
                    serving[mediator] = Some((TrackId::new(at), node.place));
                    continue;
                };
                let id = self.names.id(Agent::Mediator, mediator).to_owned();
                let first = self.report.span(first);
                self.report
                    .error(Code::MediatorTwice, node.place, format!("`{id}` mediates on two tracks"))
                    .label("again here")
                    .also(first, "first here")
                    .help("a mediator serves one track: add a second mediator for the other one");
            }
        }
        serving.into_iter().map(|s| s.map(|(track, _)| track)).collect()
    }

    fn style(&mut self, place: Place, view: View<'t>) -> [f64; 7] {
        let mut style = [0.0; 7];
        let Some(entry) = view.entry("style") else {
            style[Action::Facilitate as usize] = 1.0;
            return style;
        };
        let entries = entry.node.as_table().map_or(&[][..], |t| &t.entries);
        let mut sound = !entries.is_empty();
        for weight in entries {
            match (Action::NAMES.iter().position(|n| *n == weight.key), weight.node.as_number()) {
                (Some(at), Some(number)) => style[at] = number.max(0.0),
                _ => sound = false,
            }
        }
        if sound && style.iter().all(|w| *w <= 0.0) {
            let mediator = self.report.span(place);
            self.report
                .error(Code::NoAction, entry.key_place, "a mediator needs at least one action above 0")
                .label("every weight is 0")
                .also(mediator, "this mediator")
                .help("write a weight such as `facilitate = 1`");
        }
        style
    }

    /// Lowers the tracks.
    pub(super) fn tracks(&mut self) -> Vec<Track> {
        let tracks = self.agents(Agent::Track, &TRACK);
        let mut out = Vec::with_capacity(tracks.len());
        for (at, (name, _, view)) in tracks.into_iter().enumerate() {
            let id = TrackId::new(at);
            let seats = self.names.seats.iter().enumerate().filter(|(_, (_, t))| *t == id);
            let mediators = view.references("mediators", Agent::Mediator, self.ids);
            out.push(Track {
                name,
                seats: seats.map(|(at, _)| SeatId::new(at)).collect(),
                mediators: mediators.into_iter().map(|(at, _)| MediatorId::new(at)).collect(),
                items: self.agenda(id),
                procedure: procedure(PROCEDURES[view.word("procedure")]),
                rule: self.rule(view, id),
                package: package(PACKAGES[view.word("package")]),
                agenda: agenda(AGENDAS[view.word("agenda")]),
                at_most: view.maybe_small("at_most"),
                opens_when: self.condition(view, "opens_when"),
                suspended_when: self.condition(view, "suspended_when"),
                collapses_when: self.condition(view, "collapses_when"),
                deadline: view.maybe_small("deadline").unwrap_or(self.rounds),
                hard_deadline: view.flag("hard_deadline"),
            });
        }
        out
    }

    /// The items of a track in the order of the file.
    fn agenda(&self, track: TrackId) -> Vec<ItemId> {
        let all = 0..self.ids.count(Agent::Item);
        all.filter(|at| self.track_of(*at) == Some(track)).map(ItemId::new).collect()
    }

    /// The track of an item.
    pub(super) fn track_of(&self, item: usize) -> Option<TrackId> {
        let entry = self.root.table(Agent::Item.key())?.entries.get(item)?;
        let view = View::maybe(entry.node.as_table(), &ITEM);
        view.reference("track", Agent::Track, self.ids).map(TrackId::new)
    }

    fn rule(&mut self, view: View<'t>, track: TrackId) -> DecisionRule {
        let node = view.node("rule");
        let table = match node.map(|n| &n.value) {
            Some(Value::Text(text)) if text.text == "majority" => return DecisionRule::Majority,
            Some(Value::Table(table)) => View::new(table, &RULE),
            _ => return DecisionRule::Consensus,
        };
        match RULE_KINDS[table.word("kind")] {
            "majority" => DecisionRule::Majority,
            "all-but" => {
                let vetoes = table.references("vetoes", Agent::Party, self.ids);
                let vetoes = self.seated_parties(vetoes, Some(track), "it can have no veto there");
                DecisionRule::AllBut { n: table.small("n"), vetoes }
            }
            "sufficient-consensus" => DecisionRule::SufficientConsensus { blocs: self.blocs(table, track) },
            _ => DecisionRule::Consensus,
        }
    }

    fn blocs(&mut self, view: View<'t>, track: TrackId) -> Vec<Bloc> {
        let mut blocs = Vec::new();
        for entry in view.table("blocs").map_or(&[][..], |t| &t.entries) {
            let members = references(entry.node.as_list().unwrap_or(&[] as &[Node]), Agent::Party, self.ids);
            let members: Vec<PartyId> =
                self.seated_parties(members, Some(track), "it can be in no bloc there");
            blocs.push(Bloc { id: entry.key.clone(), members });
        }
        blocs
    }
}

fn procedure(word: &str) -> Procedure {
    if word == "vote" { Procedure::Vote } else { Procedure::ItemByItem }
}

fn package(word: &str) -> PackageRule {
    match word {
        "nothing-until-everything" => PackageRule::NothingUntilEverything,
        _ => PackageRule::StepByStep,
    }
}

fn agenda(word: &str) -> AgendaRule {
    match word {
        "easiest-first" => AgendaRule::EasiestFirst,
        "hardest-first" => AgendaRule::HardestFirst,
        "all-at-once" => AgendaRule::AllAtOnce,
        _ => AgendaRule::Listed,
    }
}
