//! Which agent of one world is which of another: by kind and id, since a change may take agents away and add others.

use crate::domain::{Name, Quantity as Q, SeatId, World};

/// Two worlds, one of which is the other with changes.
#[derive(Clone, Copy)]
pub(super) struct Worlds<'w> {
    /// Where an agent is from.
    pub from: &'w World,
    /// Where its counterpart is looked for.
    pub to: &'w World,
}

/// The place of an agent of one list in another.
fn place<T>(from: &[T], at: usize, to: &[T], name: impl Fn(&T) -> &Name) -> Option<usize> {
    let id = &name(&from[at]).id;
    to.iter().position(|agent| name(agent).id == *id)
}

/// A method for each kind of agent: the place of its counterpart, made an id of its kind.
macro_rules! by_id {
    ($($kind:ident: $list:ident),+ $(,)?) => {$(
        pub fn $kind<I: From<usize>>(self, at: usize) -> Option<I> {
            place(&self.from.$list, at, &self.to.$list, |x| &x.name).map(I::from)
        }
    )+};
}

impl Worlds<'_> {
    by_id!(
        party: parties, mediator: mediators, track: tracks, item: items, instrument: instruments, front: fronts,
        spoiler: spoilers, backer: backers, observer: observers, event: events,
    );

    /// The seat of the same party at the same track.
    pub fn seat(self, seat: SeatId) -> Option<SeatId> {
        let wanted = self.from.seat(seat);
        let (party, track) = (self.party(wanted.party.at())?, self.track(wanted.track.at())?);
        self.to.seats.iter().position(|s| (s.party, s.track) == (party, track)).map(SeatId::new)
    }

    /// The same quantity of the counterpart.
    pub fn quantity(self, q: Q) -> Option<Q> {
        Some(match q {
            Q::Round | Q::Outcome | Q::Date => q,
            Q::SeatState(s) => Q::SeatState(self.seat(s)?),
            Q::Mandate(s) => Q::Mandate(self.seat(s)?),
            Q::Memory(s, k) => Q::Memory(self.seat(s)?, k),
            Q::Tally(s, k) => Q::Tally(self.seat(s)?, k),
            Q::Assent(s) => Q::Assent(self.seat(s)?),
            Q::Alternative(s) => Q::Alternative(self.seat(s)?),
            Q::Points(s) => Q::Points(self.seat(s)?),
            Q::Weariness(p) => Q::Weariness(self.party(p.at())?),
            Q::Pressure(p) => Q::Pressure(self.party(p.at())?),
            Q::Audience(p) => Q::Audience(self.party(p.at())?),
            Q::Capability(p) => Q::Capability(self.party(p.at())?),
            Q::Optimism(p) => Q::Optimism(self.party(p.at())?),
            Q::Reserve(p) => Q::Reserve(self.party(p.at())?),
            Q::Profile(p) => Q::Profile(self.party(p.at())?),
            Q::Wronged(p, k) => Q::Wronged(self.party(p.at())?, k),
            Q::Ceasefire(p) => Q::Ceasefire(self.party(p.at())?),
            Q::Trust(p, q) => Q::Trust(self.party(p.at())?, self.party(q.at())?),
            Q::MediatorState(m) => Q::MediatorState(self.mediator(m.at())?),
            Q::Leverage(m) => Q::Leverage(self.mediator(m.at())?),
            Q::Credibility(m) => Q::Credibility(self.mediator(m.at())?),
            Q::TrackState(t) => Q::TrackState(self.track(t.at())?),
            Q::Deadline(t) => Q::Deadline(self.track(t.at())?),
            Q::Procedure(t) => Q::Procedure(self.track(t.at())?),
            Q::Stall(t) => Q::Stall(self.track(t.at())?),
            Q::Advanced(t) => Q::Advanced(self.track(t.at())?),
            Q::Conceded(t) => Q::Conceded(self.track(t.at())?),
            Q::Offerer(t) => Q::Offerer(self.track(t.at())?),
            Q::AgreedIn(t) => Q::AgreedIn(self.track(t.at())?),
            Q::Ripe(t) => Q::Ripe(self.track(t.at())?),
            Q::Settled(t) => Q::Settled(self.track(t.at())?),
            Q::ItemState(i) => Q::ItemState(self.item(i.at())?),
            Q::ItemOption(i) => Q::ItemOption(self.item(i.at())?),
            Q::Imposed(i) => Q::Imposed(self.item(i.at())?),
            Q::Guarantee(i) => Q::Guarantee(self.item(i.at())?),
            Q::Draft(i) => Q::Draft(self.item(i.at())?),
            Q::Refused(i) => Q::Refused(self.item(i.at())?),
            Q::ItemSettled(i) => Q::ItemSettled(self.item(i.at())?),
            Q::InstrumentState(n) => Q::InstrumentState(self.instrument(n.at())?),
            Q::Breaches(n) => Q::Breaches(self.instrument(n.at())?),
            Q::Progress(n, p) => Q::Progress(self.instrument(n.at())?, self.party(p.at())?),
            Q::Entered(n) => Q::Entered(self.instrument(n.at())?),
            Q::Rejected(n) => Q::Rejected(self.instrument(n.at())?),
            Q::SignedEver(n) => Q::SignedEver(self.instrument(n.at())?),
            Q::Holder(f) => Q::Holder(self.front(f.at())?),
            Q::Intensity(f) => Q::Intensity(self.front(f.at())?),
            Q::PressedBy(f) => Q::PressedBy(self.front(f.at())?),
            Q::SpoilerState(s) => Q::SpoilerState(self.spoiler(s.at())?),
            Q::Blame(s) => Q::Blame(self.spoiler(s.at())?),
            Q::Strength(s) => Q::Strength(self.spoiler(s.at())?),
            Q::Support(b) => Q::Support(self.backer(b.at())?),
            Q::Exposure(b) => Q::Exposure(self.backer(b.at())?),
            Q::BackerPressure(b) => Q::BackerPressure(self.backer(b.at())?),
            Q::Tolerance(b) => Q::Tolerance(self.backer(b.at())?),
            Q::ObserverState(o) => Q::ObserverState(self.observer(o.at())?),
            Q::EventState(e) => Q::EventState(self.event(e.at())?),
        })
    }
}
