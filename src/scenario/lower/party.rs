//! Parties, their seats and tactics.

use super::super::code::Code;
use super::super::shape::{
    Agent, DISCOUNTS, IMITATIONS, MANDATE, PART, PART_KINDS, PARTY, POINTS, RESERVE, RESOURCES, RULE,
    RULE_KINDS, TACTIC, TACTIC_KINDS, TRACK,
};
use super::super::tree::{Node, Place, Table, Value};
use super::Lowering;
use super::view::{View, number};
use crate::domain::tactic::{Family, TACTICS};
use crate::domain::{
    Discounts, FrontId, Imitation, Level, Party, PartyId, Reserve, Resource, Seat, Tactic, TacticKind,
    TrackId,
};

impl<'t> Lowering<'t, '_> {
    /// Lowers the parties.
    pub(super) fn parties(&mut self) -> Vec<Party> {
        let parties = self.agents(Agent::Party, &PARTY);
        parties.into_iter().map(|(name, _, view)| self.party(name, view)).collect()
    }

    fn party(&mut self, name: crate::domain::Name, view: View<'t>) -> Party {
        let mandate = view.entry("mandate").and_then(|e| Some((e.key_place, e.node.as_table()?)));
        Party {
            name,
            capability: view.level("capability"),
            trust: self.trust(view),
            audience: view.level("audience"),
            weariness: view.level("weariness"),
            pressure: view.level("pressure"),
            reserve: self.reserve(view),
            optimism: view.level("optimism"),
            allies: self.parties_of(view, "allies"),
            stakes: self.stakes(view),
            tactic: self.tactic(view),
            discount: view.number("discount"),
            discounts: match DISCOUNTS[view.word("discounts")] {
                "both" => Discounts::Both,
                _ => Discounts::Agreement,
            },
            mandate: mandate.and_then(|(place, table)| self.mandate(place, table)),
            consult: view.maybe_number("consult"),
            ceasefire: view.flag("ceasefire"),
            admitted_when: self.condition(view, "admitted_when"),
            suspended_when: self.condition(view, "suspended_when"),
            precondition: self.condition(view, "precondition"),
            profiles: Vec::new(),
        }
    }

    fn trust(&self, view: View<'t>) -> Vec<Level> {
        let mut trust = vec![Level::Medium; self.ids.count(Agent::Party)];
        for entry in view.table("trust").map_or(&[][..], |t| &t.entries) {
            let party = self.ids.find(Agent::Party, &entry.key);
            if let (Some(at), Some(level)) = (party, entry.node.as_str().and_then(Level::parse)) {
                trust[at] = level;
            }
        }
        trust
    }

    fn reserve(&mut self, view: View<'t>) -> Option<Reserve> {
        let entry = view.entry("reserve")?;
        let view = View::new(entry.node.as_table()?, &RESERVE);
        let odds = view.three("odds");
        let sum: f64 = odds.iter().sum();
        if (sum - 1.0).abs() > 1e-6 {
            let place = view.entry("odds").map_or(entry.key_place, |e| e.key_place);
            self.report
                .error(Code::OddsSum, place, "the odds of the three reserves must sum to 1")
                .label(format!("they sum to {}", rounded(sum)))
                .help("raise or lower one of them: weak, expected, strong");
        }
        Some(Reserve { points: view.maybe_small("points")?, odds })
    }

    fn stakes(&self, view: View<'t>) -> Vec<(FrontId, u8)> {
        let entries = view.table("stake").map_or(&[][..], |t| &t.entries);
        let stake = |e: &super::super::tree::Entry| {
            let front = self.ids.find(Agent::Front, &e.key)?;
            Some((FrontId::new(front), number(&e.node, &POINTS)? as u8))
        };
        entries.iter().filter_map(stake).collect()
    }

    /// Odds of a firm, planned and flexible mandate.
    pub(super) fn mandate(&mut self, place: Place, table: &Table) -> Option<[f64; 3]> {
        let view = View::new(table, &MANDATE);
        let odds =
            [view.maybe_number("firm")?, view.maybe_number("planned")?, view.maybe_number("flexible")?];
        let sum: f64 = odds.iter().sum();
        if (sum - 1.0).abs() > 1e-6 {
            self.report
                .error(Code::OddsSum, place, "the odds of the three mandates must sum to 1")
                .label(format!("they sum to {}", rounded(sum)))
                .help("raise or lower one of `firm`, `planned` and `flexible`");
        }
        Some(odds)
    }

    /// The tactic of a party or of a profile.
    pub(super) fn tactic(&mut self, view: View<'t>) -> Tactic {
        let view = View::maybe(view.table("tactic"), &TACTIC);
        self.tactic_of(view, TACTIC_KINDS)
    }

    /// The parts of a mixture; a second one that imitates is reported.
    fn parts(&mut self, view: View<'t>) -> Vec<(f64, Tactic)> {
        let mut parts: Vec<(f64, Tactic)> = Vec::new();
        for node in view.node("parts").and_then(Node::as_list).unwrap_or(&[]) {
            let part = View::maybe(node.as_table(), &PART);
            let tactic = self.tactic_of(part, PART_KINDS);
            if tactic.imitates().is_some() && parts.iter().any(|(_, t)| t.imitates().is_some()) {
                self.report
                    .error(Code::TwoImitate, node.place, "a mixture can have one part that imitates")
                    .label("this is the second")
                    .help("leave one of them out");
                continue;
            }
            parts.push((part.number("weight"), tactic));
        }
        if parts.is_empty() {
            parts.push((
                1.0,
                Tactic {
                    kind: TacticKind::Polynomial { beta: 1.0 },
                    kappa: 0.0,
                    deadline: None,
                    leaves: false,
                },
            ));
        }
        parts
    }

    fn tactic_of(&mut self, view: View<'t>, kinds: &[&str]) -> Tactic {
        let row = &TACTICS[TACTIC_KINDS.iter().position(|k| *k == kinds[view.word("kind")]).unwrap_or(0)];
        let beta = view.maybe_number("beta").filter(|_| row.has("beta")).unwrap_or(row.beta);
        let tactic = match row.family {
            Family::Polynomial => TacticKind::Polynomial { beta },
            Family::Exponential => TacticKind::Exponential { beta },
            Family::Resource => self.resource(view),
            Family::Hardliner => TacticKind::Hardliner,
            Family::Fixed => TacticKind::Fixed { demand: view.small("demand") },
            Family::Imitation => self.tit_for_tat(view),
            Family::Micro => TacticKind::Micro,
            Family::Mixture => TacticKind::Mixture { parts: self.parts(view) },
        };
        let kappa = view.maybe_number("kappa").filter(|_| row.has("kappa")).unwrap_or(row.kappa);
        if let (TacticKind::Exponential { .. }, true, Some(node)) =
            (&tactic, kappa <= 0.0, view.node("kappa"))
        {
            self.report
                .error(Code::OutOfRange, node.place, "`kappa` must be above 0 in an exponential tactic")
                .label("0 would never concede anything")
                .help("write a small number such as 0.05");
        }
        Tactic {
            kind: tactic,
            kappa,
            deadline: view.maybe_small("deadline"),
            leaves: view.flag("walks_away"),
        }
    }

    fn tit_for_tat(&mut self, view: View<'t>) -> TacticKind {
        let imitation = match IMITATIONS[view.word("imitation")] {
            "random-absolute" => Imitation::RandomAbsolute,
            "averaged" => Imitation::Averaged,
            _ => Imitation::Relative,
        };
        let window = view.small("window").max(1);
        if view.node("spread").is_some() && imitation != Imitation::RandomAbsolute {
            self.unused_by_imitation(view, "spread", "random-absolute");
        }
        let usual = if imitation == Imitation::RandomAbsolute { 5 } else { 0 };
        TacticKind::TitForTat { imitation, window, spread: view.maybe_small("spread").unwrap_or(usual) }
    }

    fn resource(&mut self, view: View<'t>) -> TacticKind {
        let resource = match RESOURCES[view.word("resource")] {
            "parties" => Resource::Parties,
            "patience" => Resource::Patience,
            _ => Resource::Time,
        };
        if let (true, Some(entry)) = (resource != Resource::Time, view.entry("deadline")) {
            self.report
                .error(Code::UnusedKey, entry.key_place, "`deadline` means nothing to this resource")
                .label("used where `resource` is `time`")
                .help("leave it out, or write resource = \"time\"");
        }
        TacticKind::Resource { rate: view.number("rate"), resource }
    }

    fn unused_by_imitation(&mut self, view: View<'t>, key: &str, used: &str) {
        let Some(entry) = view.entry(key) else { return };
        self.report
            .error(Code::UnusedKey, entry.key_place, format!("`{key}` means nothing to this imitation"))
            .label(format!("used where `imitation` is `{used}`"))
            .help(format!("leave it out, or write imitation = \"{used}\""));
    }

    /// The seats with their alternatives.
    pub(super) fn seats(&mut self) -> Vec<Seat> {
        let parties = self.agents(Agent::Party, &PARTY);
        let weights = self.votes();
        let seat = |(party, track): &(PartyId, TrackId)| {
            let view = parties.get(party.at()).map(|(_, _, view)| *view);
            let alternative = view.and_then(|v| self.own_alternative(v, *track)).unwrap_or(0);
            let weight = weights.iter().find(|(p, t, _)| (p, t) == (party, track)).map_or(1, |found| found.2);
            Seat { party: *party, track: *track, alternative, weight }
        };
        self.names.seats.iter().map(seat).collect()
    }

    /// What a party, or a profile, says of no agreement on a track.
    pub(super) fn own_alternative(&self, view: View<'t>, track: TrackId) -> Option<u8> {
        let node = view.node("alternative")?;
        let node = match &node.value {
            Value::Table(by_track) => by_track.get(self.names.id(Agent::Track, track.at())),
            _ => Some(node),
        };
        node.and_then(|n| number(n, &POINTS)).map(|n| n as u8)
    }

    /// The votes that the tracks give to seats.
    fn votes(&mut self) -> Vec<(PartyId, TrackId, u32)> {
        let mut out = Vec::new();
        for (at, (_, _, view)) in self.agents(Agent::Track, &TRACK).into_iter().enumerate() {
            let track = TrackId::new(at);
            let Some(entry) = view.entry("weight") else { continue };
            if !counts_votes(view) {
                self.report
                    .error(Code::UnusedKey, entry.key_place, "votes count where the rule is a majority")
                    .label("this track's rule counts no votes")
                    .help("leave `weight` out, or write rule = \"majority\"");
            }
            for vote in entry.node.as_table().map_or(&[][..], |t| &t.entries) {
                let Some(party) = self.ids.find(Agent::Party, &vote.key).map(PartyId::new) else { continue };
                let votes = vote.node.as_number().filter(|n| (0.0..=1e9).contains(n));
                if self.needs_seat(vote.key_place, party, Some(track), "it has no vote there")
                    && let Some(votes) = votes
                {
                    out.push((party, track, votes as u32));
                }
            }
        }
        out
    }
}

/// Whether a track's rule counts votes.
fn counts_votes(track: View<'_>) -> bool {
    let word = match track.node("rule").map(|n| &n.value) {
        Some(Value::Text(text)) => text.text.as_str(),
        Some(Value::Table(table)) => RULE_KINDS[View::new(table, &RULE).word("kind")],
        _ => "consensus",
    };
    matches!(word, "majority" | "sufficient-consensus")
}

/// A number with at most four decimals, for messages.
pub(super) fn rounded(n: f64) -> f64 {
    (n * 1e4).round() / 1e4
}
