//! Paths to quantities.

use super::super::code::Code;
use super::super::names::Names;
use super::super::nearest::{list, or_list, suggest};
use super::super::report::shown;
use super::super::shape::Agent;
use super::Fault;
use super::token::Token;
use super::types::with_article;
use crate::domain::{
    BackerId, EventId, FrontId, InstrumentId, ItemId, MediatorId, ObserverId, PartyId, Quantity, SeatId,
    SpoilerId, TrackId,
};

/// The agent that `*` stands for.
pub(super) type Star = Option<(Agent, usize)>;

/// The quantities that belong to no agent.
const GLOBAL: [&str; 3] = ["round", "date", "outcome"];

/// The kinds of agent that have quantities.
pub(super) const KINDS: [Agent; 10] = [
    Agent::Party,
    Agent::Mediator,
    Agent::Track,
    Agent::Item,
    Agent::Instrument,
    Agent::Front,
    Agent::Spoiler,
    Agent::Backer,
    Agent::Observer,
    Agent::Event,
];

/// Whether a word is meant as a path.
pub(super) fn is_path(word: &str) -> bool {
    word.contains(['.', '*']) || GLOBAL.contains(&word)
}

/// The kind of agent whose `*` a word has.
pub(super) fn star_kind(word: &str) -> Option<Agent> {
    let mut parts = word.split('.');
    let kind = parts.next()?;
    let agent = KINDS.into_iter().find(|a| a.key() == kind)?;
    (parts.next() == Some("*")).then_some(agent)
}

/// The quantities of a kind of agent.
pub(super) fn attributes(agent: Agent) -> &'static [&'static str] {
    match agent {
        Agent::Party => &[
            "state",
            "mandate",
            "alternative",
            "points",
            "weariness",
            "pressure",
            "audience",
            "capability",
            "optimism",
            "reserve",
            "profile",
            "ceasefire",
            "trust",
            "at",
        ],
        Agent::Mediator => &["state", "leverage", "credibility"],
        Agent::Track => &["state", "procedure", "deadline", "stall", "ripe", "settled"],
        Agent::Item => &["state", "option", "imposed", "guarantee", "settled"],
        Agent::Instrument => &["state", "breaches", "progress", "signed"],
        Agent::Front => &["holder", "intensity", "pressed_by"],
        Agent::Spoiler => &["state", "blame", "strength"],
        Agent::Backer => &["support", "exposure", "pressure", "tolerance"],
        Agent::Observer | Agent::Event => &["state"],
        _ => &[],
    }
}

/// Finds the quantity of a path.
pub(super) fn resolve(word: Token<'_>, star: Star, names: &Names) -> Result<Quantity, Fault> {
    match word.text {
        "round" => return Ok(Quantity::Round),
        "date" => return Ok(Quantity::Date),
        "outcome" => return Ok(Quantity::Outcome),
        _ => {}
    }
    let mut at = word.at;
    let mut parts = Vec::new();
    for text in word.text.split('.') {
        parts.push(Part { text, at });
        at += text.len() + 1;
    }
    let kind = parts[0];
    let Some(agent) = KINDS.into_iter().find(|a| a.key() == kind.text) else {
        let help = suggest(kind.text, KINDS.iter().map(|a| a.key()).chain(GLOBAL), "a path begins with");
        return Err(kind.fault(format!("`{}` is not a kind of agent", shown(kind.text))).help(help));
    };
    let path = Path { word, parts, agent, names };
    let id = path.id(star)?;
    path.quantity(id)
}

#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    at: usize,
}

impl Part<'_> {
    fn fault(&self, message: String) -> Fault {
        Fault::new(Code::UnknownPath, (self.at, self.at + self.text.len()), message)
    }
}

struct Path<'a, 'n> {
    word: Token<'a>,
    parts: Vec<Part<'a>>,
    agent: Agent,
    names: &'n Names,
}

impl Path<'_, '_> {
    /// The part at a place; where the path ends before it, `wanted` says what is missing and what it can be.
    fn part<'p, I>(&'p self, at: usize, wanted: impl FnOnce() -> (String, I)) -> Result<Part<'p>, Fault>
    where
        I: IntoIterator<Item = &'p str>,
    {
        if let Some(part) = self.parts.get(at).filter(|p| !p.text.is_empty()) {
            return Ok(*part);
        }
        let (wanted, allowed) = wanted();
        let allowed = list(allowed);
        let help = if allowed.is_empty() { allowed } else { format!("possible: {allowed}") };
        Err(Fault::new(
            Code::UnknownPath,
            self.word.range(),
            format!("`{}` stops too early", shown(self.word.text)),
        )
        .label(format!("expected {wanted} after it"))
        .help(help))
    }

    /// The ids of a kind of agent.
    fn ids(&self, agent: Agent) -> impl Iterator<Item = &str> {
        self.names.all(agent).iter().map(String::as_str)
    }

    /// The agent of the second part.
    fn id(&self, star: Star) -> Result<usize, Fault> {
        let wanted = || (format!("the id of {}", with_article(self.agent)), self.ids(self.agent));
        let part = self.part(1, wanted)?;
        if part.text == "*" {
            return match star {
                Some((agent, at)) if agent == self.agent => Ok(at),
                _ => Err(Fault::new(
                    Code::Star,
                    (part.at, part.at + 1),
                    "`*` can stand only inside `any`, `all` or `count`",
                )
                .label("which one?")
                .help(format!("write `any({})` or `all({})`", self.word.text, self.word.text))),
            };
        }
        self.find(part, self.agent)
    }

    fn find(&self, part: Part<'_>, agent: Agent) -> Result<usize, Fault> {
        self.names.find(agent, part.text).ok_or_else(|| {
            if part.text == "*" {
                return Fault::new(
                    Code::Star,
                    (part.at, part.at + 1),
                    "`*` can stand only for the first id of a path",
                )
                .label("name one");
            }
            let ids = self.names.all(agent).iter().map(String::as_str);
            let help = if self.names.all(agent).is_empty() {
                format!("the scenario has no {}", agent.plural())
            } else {
                suggest(part.text, ids, agent.plural())
            };
            part.fault(format!("there is no {} `{}`", agent.key(), shown(part.text)))
                .label(format!("unknown {}", agent.key()))
                .help(help)
        })
    }

    fn quantity(&self, id: usize) -> Result<Quantity, Fault> {
        let allowed = attributes(self.agent);
        let part = self.part(2, || ("what is asked of it".to_owned(), allowed.iter().copied()))?;
        let quantity = match self.agent {
            Agent::Party => return self.of_party(PartyId::new(id), part),
            Agent::Instrument if part.text == "progress" => return self.progress(InstrumentId::new(id)),
            agent => plain(agent, id, part.text),
        };
        match quantity {
            Some(quantity) => self.ended(3, quantity),
            None => Err(self.unknown(part, allowed)),
        }
    }

    fn unknown(&self, part: Part<'_>, allowed: &[&str]) -> Fault {
        let help = suggest(part.text, allowed.iter().copied(), "possible here");
        part.fault(format!("{} has no `{}`", with_article(self.agent), shown(part.text)))
            .label("unknown quantity")
            .help(help)
    }

    /// Nothing may follow.
    fn ended(&self, at: usize, quantity: Quantity) -> Result<Quantity, Fault> {
        match self.parts.get(at) {
            None => Ok(quantity),
            Some(part) => Err(part
                .fault(format!("nothing can follow `{}`", shown(self.parts[at - 1].text)))
                .label("leave this out")),
        }
    }

    fn of_party(&self, party: PartyId, part: Part<'_>) -> Result<Quantity, Fault> {
        let quantity = match part.text {
            "weariness" => Quantity::Weariness(party),
            "pressure" => Quantity::Pressure(party),
            "audience" => Quantity::Audience(party),
            "capability" => Quantity::Capability(party),
            "optimism" => Quantity::Optimism(party),
            "reserve" => Quantity::Reserve(party),
            "profile" => Quantity::Profile(party),
            "ceasefire" => Quantity::Ceasefire(party),
            "trust" => return self.trust(party),
            "at" => return self.at_track(party),
            what if seat_quantity(SeatId::new(0), what).is_some() => {
                let seat = self.only_seat(party, part)?;
                return self.ended(3, seat_quantity(seat, what).unwrap_or(Quantity::Round));
            }
            _ => return Err(self.unknown(part, attributes(Agent::Party))),
        };
        self.ended(3, quantity)
    }

    fn trust(&self, party: PartyId) -> Result<Quantity, Fault> {
        let part = self.part(3, || ("the party that is trusted".to_owned(), self.ids(Agent::Party)))?;
        let other = PartyId::new(self.find(part, Agent::Party)?);
        if other == party {
            return Err(part
                .fault(format!("`{}` has no trust in itself", part.text))
                .label("name another party"));
        }
        self.ended(4, Quantity::Trust(party, other))
    }

    fn at_track(&self, party: PartyId) -> Result<Quantity, Fault> {
        let seats: Vec<_> = self.names.seats_of(party).collect();
        let tracks: Vec<&str> = seats.iter().map(|(_, t)| self.names.id(Agent::Track, t.at())).collect();
        let part = self.part(3, || ("a track".to_owned(), tracks.iter().copied()))?;
        let track = TrackId::new(self.find(part, Agent::Track)?);
        let lost = || (!self.names.sound[track.at()]).then_some((SeatId::new(0), track));
        let Some((seat, _)) = seats.iter().copied().find(|(_, t)| *t == track).or_else(lost) else {
            let id = self.names.id(Agent::Party, party.at());
            return Err(part
                .fault(format!("`{id}` has no seat on the track `{}`", part.text))
                .label("no seat there")
                .help(format!("its tracks: {}", list(tracks))));
        };
        let allowed = ["state", "mandate", "alternative", "points"];
        let what = self.part(4, || ("what is asked of the seat".to_owned(), allowed))?;
        match seat_quantity(seat, what.text) {
            Some(quantity) => self.ended(5, quantity),
            None => Err(what
                .fault(format!("a seat has no `{}`", shown(what.text)))
                .label("unknown quantity")
                .help(suggest(what.text, allowed, "possible here"))),
        }
    }

    fn only_seat(&self, party: PartyId, part: Part<'_>) -> Result<SeatId, Fault> {
        let seats: Vec<_> = self.names.seats_of(party).collect();
        let id = self.names.id(Agent::Party, party.at());
        let place = (self.word.at, self.word.range().1);
        match seats.as_slice() {
            [(seat, _)] => Ok(*seat),
            // Its seat may be lost to a mistake in a track; that has been told.
            [] if self.names.sound.contains(&false) => Ok(SeatId::new(0)),
            [] => Err(Fault::new(
                Code::Seats,
                place,
                format!("`{id}` has no seat, so it has no `{}`", part.text),
            )
            .label("no seat")),
            several => {
                let paths: Vec<String> = several
                    .iter()
                    .map(|(_, t)| {
                        format!("party.{id}.at.{}.{}", self.names.id(Agent::Track, t.at()), part.text)
                    })
                    .collect();
                Err(Fault::new(Code::Seats, place, format!("`{id}` has several seats"))
                    .label("at which one?")
                    .help(format!("write {}", or_list(paths.iter().map(String::as_str)))))
            }
        }
    }

    fn progress(&self, instrument: InstrumentId) -> Result<Quantity, Fault> {
        let obliged = self.names.obliged.get(instrument.at()).map_or(&[][..], Vec::as_slice);
        let ids: Vec<&str> = obliged.iter().map(|p| self.names.id(Agent::Party, p.at())).collect();
        let part = self.part(3, || ("a party that it obliges".to_owned(), ids.iter().copied()))?;
        let party = PartyId::new(self.find(part, Agent::Party)?);
        if !obliged.contains(&party) {
            return Err(part
                .fault(format!("`{}` is not obliged by `{}`", part.text, self.parts[1].text))
                .label("owes nothing here")
                .help(format!("obliged: {}", list(ids))));
        }
        self.ended(4, Quantity::Progress(instrument, party))
    }
}

fn seat_quantity(seat: SeatId, what: &str) -> Option<Quantity> {
    Some(match what {
        "state" => Quantity::SeatState(seat),
        "mandate" => Quantity::Mandate(seat),
        "alternative" => Quantity::Alternative(seat),
        "points" => Quantity::Points(seat),
        _ => return None,
    })
}

/// Quantities that are one word after the id.
fn plain(agent: Agent, id: usize, what: &str) -> Option<Quantity> {
    use Quantity as Q;
    Some(match (agent, what) {
        (Agent::Mediator, "state") => Q::MediatorState(MediatorId::new(id)),
        (Agent::Mediator, "leverage") => Q::Leverage(MediatorId::new(id)),
        (Agent::Mediator, "credibility") => Q::Credibility(MediatorId::new(id)),
        (Agent::Track, "state") => Q::TrackState(TrackId::new(id)),
        (Agent::Track, "procedure") => Q::Procedure(TrackId::new(id)),
        (Agent::Track, "deadline") => Q::Deadline(TrackId::new(id)),
        (Agent::Track, "stall") => Q::Stall(TrackId::new(id)),
        (Agent::Track, "ripe") => Q::Ripe(TrackId::new(id)),
        (Agent::Track, "settled") => Q::Settled(TrackId::new(id)),
        (Agent::Item, "state") => Q::ItemState(ItemId::new(id)),
        (Agent::Item, "option") => Q::ItemOption(ItemId::new(id)),
        (Agent::Item, "imposed") => Q::Imposed(ItemId::new(id)),
        (Agent::Item, "guarantee") => Q::Guarantee(ItemId::new(id)),
        (Agent::Item, "settled") => Q::ItemSettled(ItemId::new(id)),
        (Agent::Instrument, "state") => Q::InstrumentState(InstrumentId::new(id)),
        (Agent::Instrument, "breaches") => Q::Breaches(InstrumentId::new(id)),
        (Agent::Instrument, "signed") => Q::SignedEver(InstrumentId::new(id)),
        (Agent::Front, "holder") => Q::Holder(FrontId::new(id)),
        (Agent::Front, "intensity") => Q::Intensity(FrontId::new(id)),
        (Agent::Front, "pressed_by") => Q::PressedBy(FrontId::new(id)),
        (Agent::Spoiler, "state") => Q::SpoilerState(SpoilerId::new(id)),
        (Agent::Spoiler, "blame") => Q::Blame(SpoilerId::new(id)),
        (Agent::Spoiler, "strength") => Q::Strength(SpoilerId::new(id)),
        (Agent::Backer, "support") => Q::Support(BackerId::new(id)),
        (Agent::Backer, "exposure") => Q::Exposure(BackerId::new(id)),
        (Agent::Backer, "pressure") => Q::BackerPressure(BackerId::new(id)),
        (Agent::Backer, "tolerance") => Q::Tolerance(BackerId::new(id)),
        (Agent::Observer, "state") => Q::ObserverState(ObserverId::new(id)),
        (Agent::Event, "state") => Q::EventState(EventId::new(id)),
        _ => return None,
    })
}
