//! What a role may know: the public record, what happens on its own tracks, and its own numbers.

use crate::domain::{
    Condition, ItemId, MediatorId, Model, PartyId, Quantity, SeatId, SpoilerId, TrackId, Weight, World,
};
use crate::drivers::decider::Decider;
use crate::drivers::{Step, Transcript};
use crate::kernel::{Assessment, Entry, State, UNKNOWN_SCORE, WalkOutReasons};

/// Stands for odds that the reader may not know.
pub const UNKNOWN_ODDS: Weight = Weight::MAX;

/// The eyes through which a run is seen: those of a party or mediator, or of the public.
///
/// Everybody sees what is done in the open: who comes and goes, what is signed, broken and fought over. Who sits or mediates
/// on a track also sees what is said there: which options are agreed on or refused and by whom, offers, texts. Only a
/// party itself knows what it needs, what things are worth to it, its mandate, trust, weariness and audience.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    world: &'a World,
    role: Option<Decider>,
}

impl<'a> Sight<'a> {
    /// What a party or mediator may know.
    pub fn of(world: &'a World, role: Decider) -> Self {
        Self { world, role: Some(role) }
    }

    /// What everybody may know.
    pub fn public(world: &'a World) -> Self {
        Self { world, role: None }
    }

    fn is(&self, party: PartyId) -> bool {
        self.role == Some(Decider::Party(party))
    }

    fn sits(&self, seat: SeatId) -> bool {
        self.is(self.world.seat(seat).party)
    }

    fn mediates(&self, mediator: MediatorId) -> bool {
        self.role == Some(Decider::Mediator(mediator))
    }

    /// Whether the role sits or mediates on a track.
    pub fn attends(&self, track: TrackId) -> bool {
        match self.role {
            Some(Decider::Party(p)) => self.world.seat_at(p, track).is_some(),
            Some(Decider::Mediator(m)) => self.world.track(track).mediators.contains(&m),
            None => false,
        }
    }

    fn debates(&self, item: ItemId) -> bool {
        self.attends(self.world.item(item).track)
    }

    /// Whether the role's alternative rests on a party's strength: its own, or that of one whom it measures itself against.
    fn measures(&self, party: PartyId) -> bool {
        let Some(Decider::Party(own)) = self.role else { return false };
        own == party || self.world.seats_of(own).any(|s| self.world.rivals(s).contains(&party))
    }

    /// Whether a quantity is known to the role.
    pub fn knows(&self, quantity: Quantity) -> bool {
        use Quantity as Q;
        match quantity {
            Q::Round
            | Q::Outcome
            | Q::Date
            | Q::SeatState(_)
            | Q::TrackState(_)
            | Q::MediatorState(_)
            | Q::InstrumentState(_)
            | Q::SignedEver(_)
            | Q::Breaches(_)
            | Q::Progress(..)
            | Q::Entered(_)
            | Q::Rejected(_)
            | Q::Procedure(_)
            | Q::Holder(_)
            | Q::Intensity(_)
            | Q::SpoilerState(_)
            | Q::Strength(_)
            | Q::Blame(_)
            | Q::PressedBy(_)
            | Q::Exposure(_)
            | Q::ObserverState(_)
            | Q::EventState(_)
            | Q::Ceasefire(_)
            | Q::Capability(_)
            | Q::Credibility(_) => true,
            Q::Weariness(p)
            | Q::Pressure(p)
            | Q::Audience(p)
            | Q::Trust(p, _)
            | Q::Reserve(p)
            | Q::Profile(p) => self.is(p),
            // It counts on what it takes its alternative for.
            Q::Optimism(p) => self.is(p),
            Q::Wronged(..) => false,
            Q::Stall(t) | Q::Advanced(t) => self.attends(t),
            Q::Conceded(_) => false,
            Q::Mandate(s) | Q::Memory(s, _) | Q::Alternative(s) | Q::Points(s) => self.sits(s),
            Q::Leverage(m) => self.mediates(m),
            Q::Support(b) => self.measures(self.world.backer(b).supports),
            Q::BackerPressure(b) => {
                self.is(self.world.backer(b).supports) || matches!(self.role, Some(Decider::Mediator(_)))
            }
            Q::Tolerance(_) | Q::Ripe(_) => false,
            Q::Tally(s, _) | Q::Assent(s) => self.attends(self.world.seat(s).track),
            Q::Offerer(t) | Q::Deadline(t) | Q::Settled(t) | Q::AgreedIn(t) => self.attends(t),
            Q::Draft(i)
            | Q::Refused(i)
            | Q::ItemState(i)
            | Q::ItemOption(i)
            | Q::Imposed(i)
            | Q::Guarantee(i)
            | Q::ItemSettled(i) => self.debates(i),
        }
    }

    /// Whether the role knows all that a condition speaks of, and so may know whether it holds.
    pub fn knows_all(&self, condition: &Condition) -> bool {
        condition.quantities().iter().all(|q| self.knows(*q))
    }

    /// Whether a condition may be told to the role at a state of the talks: it knows all that it speaks of, and of events the
    /// condition names those alone that came to pass or that everybody was told to be possible.
    pub fn hears_of(&self, model: &Model, state: &State, condition: &Condition) -> bool {
        let announced = self.world.exercise.as_ref().map_or(&[][..], |e| &e.events);
        let secret = |q: &Quantity| match *q {
            Quantity::EventState(e) => !announced.contains(&e) && state.get(model, *q) == 0,
            _ => false,
        };
        self.knows_all(condition) && !condition.quantities().iter().any(secret)
    }

    /// What spoke for leaving, as the party itself may know it: not whether a condition on others' secrets held, nor odds that
    /// would tell.
    fn reasons(&self, seat: SeatId, reasons: WalkOutReasons) -> Option<WalkOutReasons> {
        let party = self.world.party(self.world.seat(seat).party);
        if party.precondition.as_ref().is_none_or(|c| self.knows_all(c)) {
            return Some(reasons);
        }
        let known = WalkOutReasons { precondition: false, odds: UNKNOWN_ODDS, ..reasons };
        (known.distrust || known.attacks > 0 || known.audience > 0 || known.stall > 0).then_some(known)
    }

    /// An entry as the role may know it: with numbers that are not its own made unknown; `None` where all of it is hidden.
    pub fn entry(&self, entry: &Entry) -> Option<Entry> {
        use Entry as E;
        let shown = match *entry {
            E::Round { .. }
            | E::Track { .. }
            | E::Instrument { .. }
            | E::Reports { .. }
            | E::Fires { .. }
            | E::Ends { .. } => true,
            E::Seat { seat, from, to, reasons } => {
                let reasons = reasons.filter(|_| self.sits(seat)).and_then(|r| self.reasons(seat, r));
                return Some(E::Seat { seat, from, to, reasons });
            }
            E::Stays { seat, reasons } if self.sits(seat) => {
                return Some(E::Stays { seat, reasons: self.reasons(seat, reasons)? });
            }
            E::Stays { .. } => false,
            E::Mandate { seat, .. } => self.sits(seat),
            // Whether it returns depends on what the others could accept.
            E::StaysOut { seat, .. } => return Some(E::StaysOut { seat, odds: UNKNOWN_ODDS }),
            E::Item { item, .. } | E::Waits { item } | E::Contested { item, .. } | E::Agreed { item, .. } => {
                self.debates(item)
            }
            E::Drafted { item, .. } | E::Revises { item, .. } => self.debates(item),
            E::Drafts { mediator } | E::Presents { mediator, .. } | E::Idle { mediator } => {
                self.hears(mediator)
            }
            E::Mediates { mediator, .. } => self.hears(mediator),
            E::Lapses { seat } => self.attends(self.world.seat(seat).track),
            E::View { .. }
            | E::Offers { .. }
            | E::Answers { .. }
            | E::WalksAway { .. }
            | E::Doubts { .. } => {
                return self.said(entry);
            }
            E::Changed { quantity, .. } | E::NoEffect { quantity, .. } => self.knows(quantity),
            E::Failed { quantity, .. } => {
                self.knows(quantity) && matches!(self.role, Some(Decider::Mediator(_)))
            }
            // What is feasible depends on what the others could accept.
            E::Strained { .. } | E::Ripeness { .. } | E::Stands { .. } => false,
            E::Signs { .. } | E::Keeps { .. } => return self.promised(entry),
            E::PressesOn { .. } | E::GivenUp { .. } => true,
            E::Reserve { party, .. } => self.is(party),
            E::Stalls { track, stall, .. } if self.attends(track) => {
                // Whether the moment is ripe depends on what the others could accept, and so do the odds.
                return Some(E::Stalls { track, ripe: false, odds: UNKNOWN_ODDS, stall });
            }
            E::Stalls { .. } => false,
            E::BreaksDown { track, .. } => self.attends(track),
            E::Captured { .. }
            | E::Repelled { .. }
            | E::Presses { .. }
            | E::BeatenBack { .. }
            | E::Attacks { .. } => return Some(on_the_ground(entry)),
        };
        shown.then_some(*entry)
    }

    fn hears(&self, mediator: MediatorId) -> bool {
        self.mediates(mediator) || self.world.mediator(mediator).track.is_some_and(|t| self.attends(t))
    }

    fn odds(&self, own: bool, odds: Weight) -> Weight {
        if own { odds } else { UNKNOWN_ODDS }
    }

    /// What is seen of an assessment: all of one's own, of others only whether they are in the room.
    fn assessment(&self, a: Assessment) -> Assessment {
        if self.sits(a.seat) { a } else { a.without_numbers() }
    }

    /// What is said in the room: heard by those who are there, without the reasons of others.
    fn said(&self, entry: &Entry) -> Option<Entry> {
        use Entry as E;
        let (seat, masked) = match *entry {
            E::View { item, option, assessment: a, accepts } => {
                (a.seat, E::View { item, option, assessment: self.assessment(a), accepts })
            }
            E::Offers { assessment: a } => (a.seat, E::Offers { assessment: self.assessment(a) }),
            E::Answers { assessment: a, accepts } => {
                (a.seat, E::Answers { assessment: self.assessment(a), accepts })
            }
            E::WalksAway { assessment: a, late } => {
                let late = late && self.sits(a.seat);
                (a.seat, E::WalksAway { assessment: self.assessment(a), late })
            }
            E::Doubts { item, seat, needs, sees, reopened } => {
                let hide = |score| if self.sits(seat) { score } else { UNKNOWN_SCORE };
                (seat, E::Doubts { item, seat, needs: hide(needs), sees: hide(sees), reopened })
            }
            _ => return None,
        };
        self.attends(self.world.seat(seat).track).then_some(masked)
    }

    /// Signatures and breaches are public, the reasons for them are not.
    fn promised(&self, entry: &Entry) -> Option<Entry> {
        match *entry {
            Entry::Signs { instrument, assessment: a, text, text_of, audience, signs } => {
                let own = self.sits(a.seat);
                let hide = |score| if own { score } else { UNKNOWN_SCORE };
                Some(Entry::Signs {
                    instrument,
                    assessment: self.assessment(a),
                    text: hide(text),
                    text_of: hide(text_of),
                    audience: self.odds(own, audience),
                    signs,
                })
            }
            Entry::Keeps { instrument, party, odds, keeps } => {
                Some(Entry::Keeps { instrument, party, odds: self.odds(self.is(party), odds), keeps })
            }
            _ => None,
        }
    }

    /// A record as the role may know it: without the choices, hidden entries and changes.
    pub fn transcript(&self, model: &Model, transcript: &Transcript) -> Transcript {
        Transcript {
            steps: self.steps(model, &transcript.steps),
            rewards: Vec::new(),
            end: self.cells(model, &transcript.end),
        }
    }

    /// Steps of a record as the role may know them.
    pub fn steps(&self, model: &Model, steps: &[Step]) -> Vec<Step> {
        steps.iter().filter_map(|s| self.step(model, s).news()).collect()
    }

    /// A step of a record as the role may know it.
    pub fn step(&self, model: &Model, step: &Step) -> Step {
        Step {
            round: step.round,
            turn: step.turn,
            choices: Vec::new(),
            entries: step.entries.iter().filter_map(|e| self.entry(e)).collect(),
            changes: step.changes.iter().copied().filter(|c| self.knows(model.cells[c.0].quantity)).collect(),
        }
    }

    /// The cells of a state as the role may know them; those that are hidden are 0.
    pub fn cells(&self, model: &Model, cells: &[u8]) -> Vec<u8> {
        let known = model.cells.iter().map(|cell| self.knows(cell.quantity));
        cells.iter().zip(known).map(|(value, known)| if known { *value } else { 0 }).collect()
    }
}

/// What happens on the ground is seen by all; how likely it was is not.
fn on_the_ground(entry: &Entry) -> Entry {
    match *entry {
        Entry::Captured { front, from, to, .. } => Entry::Captured { front, from, to, odds: UNKNOWN_ODDS },
        Entry::Repelled { front, attacker, .. } => Entry::Repelled { front, attacker, odds: UNKNOWN_ODDS },
        Entry::Presses { front, party, intensity, .. } => {
            Entry::Presses { front, party, odds: UNKNOWN_ODDS, intensity }
        }
        Entry::BeatenBack { front, party, .. } => Entry::BeatenBack { front, party, odds: UNKNOWN_ODDS },
        Entry::Attacks { spoiler, near, .. } => attack(spoiler, near),
        other => other,
    }
}

fn attack(spoiler: SpoilerId, near: bool) -> Entry {
    Entry::Attacks { spoiler, odds: UNKNOWN_ODDS, near }
}
