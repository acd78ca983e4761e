//! Mediators and tracks.

use super::super::code::Code;
use super::super::shape::{
    AGENDAS, Agent, ITEM, Kind, MEDIATOR, PACKAGES, PARTY, PROCEDURES, RULE, RULE_KINDS, TACTIC,
    TACTIC_KINDS, TRACK,
};
use super::super::tree::{Node, Place, Value};
use super::Lowering;
use super::view::{View, references};
use crate::domain::{
    Action, AgendaRule, Bloc, Course, DecisionRule, Inducement, ItemId, MOST_PACKAGES, Mediator, MediatorId,
    ObserverId, PackageRule, PartyId, Procedure, Quantity, SeatId, Settings, Track, TrackId, World,
};

/// The most options of an item, except where whole packages are offered.
const MOST_BY_ITEM: usize = 32;

/// Where a procedure's settings stand, with how many moves a round has if nothing is said.
struct OfTrack<'t> {
    view: View<'t>,
    seats: u8,
}

impl Settings for OfTrack<'_> {
    fn whole(&self, key: &str) -> u8 {
        self.view.maybe_small(key).unwrap_or(self.seats)
    }

    fn word(&self, key: &str) -> usize {
        self.view.word(key)
    }
}

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
                actions: view.small("actions"),
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

    fn style(&mut self, place: Place, view: View<'t>) -> [f64; Action::COUNT] {
        let read = |node: &Node, _: &Kind| {
            let entries = node.as_table().map(|t| &t.entries).filter(|e| !e.is_empty())?;
            let mut style = [0.0; Action::COUNT];
            for weight in entries {
                let at = Action::NAMES.iter().position(|n| *n == weight.key)?;
                style[at] = weight.node.as_number()?.max(0.0);
            }
            Some(style)
        };
        let style = view.pick("style", read).unwrap_or_default();
        if let Some(entry) = view.entry("style").filter(|_| style.iter().all(|w| *w <= 0.0)) {
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
            let mediators = view.references("mediators", Agent::Mediator, self.ids);
            let procedure = self.procedure(view, id);
            if procedure.whole() {
                self.whole_agenda(view, id, procedure);
            }
            self.counting(id, procedure);
            self.options(id, procedure);
            self.dated.extend(view.date("deadline").map(|day| (at, day)));
            let seats = self.names.seats.iter().enumerate().filter(|(_, (_, t))| *t == id);
            out.push(Track {
                name,
                seats: seats.map(|(at, _)| SeatId::new(at)).collect(),
                mediators: mediators.into_iter().map(|(at, _)| MediatorId::new(at)).collect(),
                items: self.agenda(id),
                procedure,
                rule: self.rule(view, id),
                package: package(PACKAGES[view.word("package")]),
                agenda: match procedure.whole() {
                    true => AgendaRule::AllAtOnce,
                    false => agenda(AGENDAS[view.word("agenda")]),
                },
                opens: view.small("opens").max(1),
                at_most: view.maybe_small("at_most").filter(|_| !procedure.whole()),
                opens_when: self.condition(view, "opens_when"),
                suspended_when: self.condition(view, "suspended_when"),
                collapses_when: self.condition(view, "collapses_when"),
                deadline: view.maybe_small("deadline").unwrap_or(self.rounds),
                hard_deadline: view.flag("hard_deadline"),
                belief: view.maybe_number("belief"),
                long_run: view.maybe_small("long_run"),
                turns: None,
            });
        }
        out
    }

    /// What a single text needs of a track that an effect turns to it.
    pub(super) fn can_turn(&mut self, track: TrackId, place: Place) {
        let tracks = self.agents(Agent::Track, &TRACK);
        let Some((_, at, view)) = tracks.get(track.at()) else { return };
        let word = PROCEDURES[view.word("procedure")];
        let wrong = if !Procedure::BY_ITEM.contains(&word) {
            Some((Code::ProcedureRule, format!("a track of `{word}` cannot be turned to a single text")))
        } else if view.node("rule").is_some_and(|rule| !by_consensus(rule)) {
            Some((Code::ProcedureRule, "a single text goes by consensus only".to_owned()))
        } else if view.references("mediators", Agent::Mediator, self.ids).is_empty() {
            Some((Code::NoAuthor, "a single text needs a mediator to write it".to_owned()))
        } else {
            None
        };
        let Some((code, message)) = wrong else { return };
        let also = self.report.span(*at);
        self.report
            .error(code, place, message)
            .label("this effect turns the track to one")
            .also(also, "this track")
            .help("leave the effect out, or give the track what a single text needs");
    }

    /// The tracks that some effect turns to a single text, with what one change of it may cost a party; a tolerance that nothing asks
    /// for is reported.
    pub(super) fn turns(&mut self, world: &World) -> Vec<(usize, Option<u8>)> {
        let mut out = Vec::new();
        for (at, (_, _, view)) in self.agents(Agent::Track, &TRACK).into_iter().enumerate() {
            if world.tracks[at].procedure.course() != Course::Items {
                continue;
            }
            if world.writes(Quantity::Procedure(TrackId::new(at))) {
                out.push((at, view.maybe_small("tolerance")));
            } else if let Some(entry) = view.entry("tolerance") {
                self.report
                    .error(
                        Code::UnusedKey,
                        entry.key_place,
                        "`tolerance` means nothing without a single text",
                    )
                    .label("no effect turns this track to one")
                    .help("leave it out, or write procedure = \"single-text\"");
            }
        }
        out
    }

    fn procedure(&self, view: View<'t>, track: TrackId) -> Procedure {
        let seats = self.names.seats.iter().filter(|(_, t)| *t == track).count().max(1);
        let from = OfTrack { view, seats: seats as u8 };
        Procedure::read(PROCEDURES[view.word("procedure")], &from).unwrap_or(Procedure::ItemByItem)
    }

    /// What a procedure needs that settles the whole agenda at once.
    fn whole_agenda(&mut self, view: View<'t>, track: TrackId, procedure: Procedure) {
        let Some(chosen) = view.entry("procedure").map(|e| e.node.place) else { return };
        let word = PROCEDURES[view.word("procedure")];
        if procedure.course() == Course::Text
            && let Some(rule) = view.entry("rule")
            && !by_consensus(&rule.node)
        {
            let also = self.report.span(chosen);
            self.report
                .error(Code::ProcedureRule, rule.node.place, format!("`{word}` goes by consensus only"))
                .label("another rule")
                .also(also, "with this procedure")
                .help("leave `rule` out, or write procedure = \"alternating-offers\" or \"vote\"");
        }
        if procedure.course() == Course::Text
            && view.references("mediators", Agent::Mediator, self.ids).is_empty()
            && view.node("mediators").and_then(Node::as_list).is_none_or(<[Node]>::is_empty)
        {
            self.report
                .error(Code::NoAuthor, chosen, "a single text needs a mediator to write it")
                .label("nobody mediates on this track")
                .help("add `mediators = [\"…\"]`");
        }
        self.waiting(track, chosen, word);
        let options = |item: &ItemId| self.names.options[item.at()].len().max(1) as u64;
        let packages = self.agenda(track).iter().map(options).fold(1, u64::saturating_mul);
        if procedure.course() == Course::Offers && packages > MOST_PACKAGES {
            self.report
                .error(
                    Code::TooMany,
                    chosen,
                    format!("too many packages: at most {MOST_PACKAGES} are possible"),
                )
                .label(if packages == u64::MAX {
                    "far more".into()
                } else {
                    format!("the agenda has {packages}")
                })
                .help("give the track fewer items or options, or write procedure = \"item-by-item\"");
        }
    }

    /// Items of a whole agenda that wait for something are reported.
    fn waiting(&mut self, track: TrackId, chosen: Place, word: &str) {
        for item in self.agenda(track) {
            let items = self.root.table(Agent::Item.key());
            let table = items.and_then(|t| t.entries.get(item.at())).and_then(|e| e.node.as_table());
            let Some(entry) = View::maybe(table, &ITEM).entry("requires") else { continue };
            let also = self.report.span(chosen);
            self.report
                .error(Code::ItemWaits, entry.key_place, "an item of a whole agenda cannot wait")
                .label(format!("`{word}` settles all items at once"))
                .also(also, "with this procedure")
                .help("leave `requires` out, or open the track later with `opens_when`");
        }
    }

    /// Items with more options than a bit set holds are for offers of whole packages.
    fn options(&mut self, track: TrackId, procedure: Procedure) {
        if procedure.course() == Course::Offers {
            return;
        }
        for item in self.agenda(track) {
            let items = self.root.table(Agent::Item.key());
            let table = items.and_then(|t| t.entries.get(item.at())).and_then(|e| e.node.as_table());
            let options = View::maybe(table, &ITEM).table("option");
            let Some(beyond) = options.and_then(|t| t.entries.get(MOST_BY_ITEM)) else { continue };
            self.report
                .error(
                    Code::TooMany,
                    beyond.key_place,
                    format!("too many options: at most {MOST_BY_ITEM} are possible here"),
                )
                .label(format!("this is number {}", MOST_BY_ITEM + 1))
                .help("write procedure = \"alternating-offers\" for the track, where 254 are possible");
        }
    }

    /// Parties that count offers where none are made are reported.
    fn counting(&mut self, track: TrackId, procedure: Procedure) {
        if procedure.course() == Course::Offers {
            return;
        }
        let on = self.names.id(Agent::Track, track.at()).to_owned();
        for (party, (_, _, view)) in self.agents(Agent::Party, &PARTY).into_iter().enumerate() {
            let tactic = View::maybe(view.table("tactic"), &TACTIC);
            let Some(kind) = tactic.entry("kind") else { continue };
            if TACTIC_KINDS[tactic.word("kind")] == "micro" && self.seat(PartyId::new(party), track).is_some()
            {
                let message = format!("`micro` counts offers, and on the track `{on}` none are made");
                self.report
                    .error(Code::NoOffers, kind.node.place, message)
                    .label("this tactic")
                    .help("write procedure = \"alternating-offers\" there, or choose another tactic");
            }
        }
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

/// Whether a `rule` as the file writes it asks for consensus; one that cannot be read has been reported.
fn by_consensus(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => text.text != "majority",
        Value::Table(table) => RULE_KINDS[View::new(table, &RULE).word("kind")] == "consensus",
        _ => true,
    }
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
