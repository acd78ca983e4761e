//! Instruments.

use super::super::code::Code;
use super::super::shape::{Agent, INSTRUMENT, INSTRUMENT_KINDS, PROVISIONS, RATIFIER, RATIFY};
use super::super::tree::{Node, Place};
use super::Lowering;
use super::party::rounded;
use super::view::View;
use crate::domain::{
    Instrument, InstrumentKind, ItemId, PartyId, Provisions, Ratification, Ratifier, TrackId,
};

impl<'t> Lowering<'t, '_> {
    /// Lowers the instruments.
    pub(super) fn instruments(&mut self, breach_limit: u8) -> Vec<Instrument> {
        let instruments = self.agents(Agent::Instrument, &INSTRUMENT);
        let mut out = Vec::with_capacity(instruments.len());
        for (name, _, view) in instruments {
            let track = view.reference("track", Agent::Track, self.ids).map(TrackId::new);
            let signatories = self.signatories(view, track);
            out.push(Instrument {
                name,
                track: track.unwrap_or(TrackId::new(0)),
                kind: kind(INSTRUMENT_KINDS[view.word("kind")]),
                seals: self.seals(view, track),
                obliges: self.obliges(view, track, &signatories),
                signatories,
                requires: self.condition(view, "requires"),
                effects: self.effects(view),
                provides: provisions(&view.words("provides")),
                ratify: self.ratification(view),
                phases: view.small("phases"),
                matched: view.flag("matched"),
                breach_limit: view.maybe_small("breach_limit").unwrap_or(breach_limit),
                expires_after: view.days("expires_after"),
                renews: self.renews(view),
            });
        }
        out
    }

    fn signatories(&mut self, view: View<'t>, track: Option<TrackId>) -> Vec<PartyId> {
        if view.node("signatories").is_some() {
            let listed = view.references("signatories", Agent::Party, self.ids);
            return self.seated_parties(listed, track, "it cannot sign");
        }
        let seats = self.names.seats.iter().filter(|(_, t)| Some(*t) == track);
        seats.map(|(party, _)| *party).collect()
    }

    fn obliges(&mut self, view: View<'t>, track: Option<TrackId>, signatories: &[PartyId]) -> Vec<PartyId> {
        if view.node("obliges").is_none() {
            return signatories.to_vec();
        }
        let listed = view.references("obliges", Agent::Party, self.ids);
        self.seated_parties(listed, track, "it cannot be obliged")
    }

    fn seals(&mut self, view: View<'t>, track: Option<TrackId>) -> Vec<ItemId> {
        let mut out = Vec::new();
        for (at, node) in view.references("seals", Agent::Item, self.ids) {
            out.push(ItemId::new(at));
            let on = self.track_of(at);
            if let (Some(on), Some(track)) = (on, track)
                && on != track
            {
                self.other_track(node, at, on, track);
            }
        }
        out
    }

    fn other_track(&mut self, node: &Node, item: usize, on: TrackId, track: TrackId) {
        let (id, on) = (self.names.id(Agent::Item, item), self.names.id(Agent::Track, on.at()));
        let own = self.names.id(Agent::Track, track.at());
        let message = format!("`{id}` is on the track `{on}`, this instrument on `{own}`");
        let item_span = self.ids.place(Agent::Item, item).map(|p| self.report.span(p));
        let diagnostic = self
            .report
            .error(Code::OtherTrack, node.place, message)
            .label("on another track")
            .help("an instrument seals items of its own track");
        if let Some(span) = item_span {
            diagnostic.also(span, "this item");
        }
    }

    fn renews(&mut self, view: View<'t>) -> bool {
        let renews = view.flag("renews");
        if let Some(entry) =
            view.entry("renews").filter(|_| renews && view.table.get("expires_after").is_none())
        {
            self.report
                .error(Code::UnusedKey, entry.key_place, "a text that does not lapse is never renewed")
                .label("without `expires_after`")
                .help("add `expires_after = \"60 days\"`, or leave `renews` out");
        }
        renews
    }

    fn ratification(&mut self, view: View<'t>) -> Option<Ratification> {
        let entry = view.entry("ratify")?;
        let view = View::new(entry.node.as_table()?, &RATIFY);
        let second = view
            .entry("second")
            .and_then(|e| Some(self.ratifier(e.key_place, View::new(e.node.as_table()?, &RATIFIER))));
        Some(Ratification { first: self.ratifier(entry.key_place, view), second })
    }

    fn ratifier(&mut self, place: Place, view: View<'t>) -> Ratifier {
        let (passes, rejects) = (view.number("passes"), view.number("rejects"));
        if passes + rejects > 1.0 + 1e-6 {
            self.report
                .error(Code::OddsSum, place, "the odds of passing and being rejected exceed 1")
                .label(format!("they sum to {}", rounded(passes + rejects)))
                .help("lower one of them; what is left of 1 stays pending for another round");
        }
        Ratifier { by: view.text("by"), passes, rejects }
    }
}

fn kind(word: &str) -> InstrumentKind {
    match word {
        "declaration" => InstrumentKind::Declaration,
        "mechanism" => InstrumentKind::Mechanism,
        "framework" => InstrumentKind::Framework,
        "comprehensive" => InstrumentKind::Comprehensive,
        _ => InstrumentKind::Protocol,
    }
}

fn provisions(words: &[usize]) -> Provisions {
    let has = |word: &str| words.iter().any(|at| PROVISIONS[*at] == word);
    Provisions {
        ceasefire: has("ceasefire"),
        verification: has("verification"),
        separation: has("separation"),
        joint_body: has("joint-body"),
    }
}
