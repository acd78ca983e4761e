//! What can be so by when, whatever the odds and the parties do: the turns of a round are gone through in their order with sets of
//! possible states in place of states. A set holds at least what can be; so what is not in it is ruled out, and the reverse is not claimed.
//! Followed are tracks, seats, items, texts and events, which the rules move step by step; anything else can be anything.

use std::collections::BTreeMap;

use crate::domain::rule::Change;
use crate::domain::{
    Action, AgendaRule, Condition, EventId, EventState, InstrumentId, InstrumentState, ItemId, ItemState,
    Lifecycle, Model, ONE, Operand, PackageRule, Possibilities, Quantity as Q, Relation, SeatId, SeatState,
    Track, TrackId, TrackState, Turn, Values, sealed, settled, signed,
};
use crate::kernel;

use super::needs::{Items, Needs};

/// A set of states: bit *n* stands for the state of number *n*.
type Set = u16;

/// The possible states between two turns.
pub(super) struct Reach<'m> {
    model: &'m Model,
    possible: Possibilities<'m>,
    sets: BTreeMap<Q, Set>,
    needs: Needs,
    /// Sessions that each track could have had.
    sessions: Vec<u32>,
    /// Rounds in which each text could have taken a step of its implementation.
    steps: Vec<u8>,
    /// What is kept from coming about, to see when it could for the first time.
    held_back: Option<Q>,
    /// Whether that could have come about since this was last asked.
    came: bool,
    /// Whether the talks may have ended.
    over: bool,
}

impl<'m> Reach<'m> {
    /// The start of the talks. The text or event whose state is `held_back` is kept from being signed or happening.
    pub fn new(model: &'m Model, held_back: Option<Q>) -> Self {
        let world = &model.world;
        let mut reach = Self {
            model,
            possible: Possibilities::of(world),
            sets: BTreeMap::new(),
            needs: Needs::of(world),
            sessions: vec![0; world.tracks.len()],
            steps: vec![0; world.instruments.len()],
            held_back,
            came: false,
            over: false,
        };
        let followed = |q: Q| {
            matches!(
                q,
                Q::TrackState(_)
                    | Q::SeatState(_)
                    | Q::ItemState(_)
                    | Q::InstrumentState(_)
                    | Q::EventState(_)
                    | Q::Procedure(_)
            )
        };
        for (cell, info) in model.cells.iter().enumerate().filter(|(_, c)| followed(c.quantity)) {
            reach.put(info.quantity, 1 << model.initial[cell]);
        }
        for k in 0..world.tracks.len() {
            reach.follow_deadline(TrackId::new(k));
        }
        reach
    }

    /// Plays a round. Returns whether talks that had not ended before certainly end with it.
    pub fn round(&mut self, round: u8) -> bool {
        let exactly = |value| Values::between(value, value);
        self.possible.know(Q::Round, exactly(round.into()));
        self.possible.know(Q::Date, exactly(self.model.world.day_of(round)));
        for turn in &self.model.turns {
            self.turn(*turn);
        }
        self.end(round)
    }

    /// Whether what is held back could have come about since this was last asked.
    pub fn came(&mut self) -> bool {
        std::mem::take(&mut self.came)
    }

    /// Whether what is held back has certainly come about.
    pub fn certain(&self) -> bool {
        self.held_back.is_some_and(|q| self.set(q) == 0)
    }

    /// Whether a condition may hold.
    pub fn may(&mut self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|c| self.possible.can(c, true) && self.time_for(self.needs.condition(c)))
    }

    /// Whether the tracks have had the sessions in which so many items come to the table.
    fn time_for(&self, items: Items) -> bool {
        let enough = |(track, sessions): (&Track, &u32)| {
            let all_at_once = track.agenda == AgendaRule::AllAtOnce || track.turns.is_some();
            let here = track.items.iter().filter(|i| items >> i.at() & 1 == 1).count() as u32;
            all_at_once || here <= sessions.saturating_mul(track.opens.into())
        };
        self.model.world.tracks.iter().zip(&self.sessions).all(enough)
    }

    fn must(&mut self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|c| !self.possible.can(c, false))
    }

    fn set(&self, quantity: Q) -> Set {
        self.sets.get(&quantity).copied().unwrap_or(0)
    }

    fn has<S: Lifecycle>(&self, quantity: Q, states: &[S]) -> bool {
        self.set(quantity) & bits(states) != 0
    }

    fn put(&mut self, quantity: Q, set: Set) {
        let mut set = set;
        if self.held_back == Some(quantity) {
            let done = match quantity {
                Q::InstrumentState(_) => bits(&among(|s| signed(*s))),
                _ => bits(&[EventState::Fired]),
            };
            self.came |= set & done != 0;
            set &= !done;
        }
        self.sets.insert(quantity, set);
        self.possible.know(quantity, Values::of_bits(set));
        match quantity {
            Q::ItemState(item) => self.know_item(item, set),
            Q::InstrumentState(text) => {
                let known = truth(set, bits(&among(|s| signed(*s))));
                self.possible.know(Q::SignedEver(text), known);
            }
            _ => {}
        }
    }

    fn add<S: Lifecycle>(&mut self, quantity: Q, states: &[S]) {
        self.put(quantity, self.set(quantity) | bits(states));
    }

    fn remove<S: Lifecycle>(&mut self, quantity: Q, states: &[S]) {
        self.put(quantity, self.set(quantity) & !bits(states));
    }

    /// What follows of the possible states of an item: whether it is settled, how many of its track are, whether it has an option.
    fn know_item(&mut self, item: ItemId, set: Set) {
        let done = bits(&among(|s| settled(*s)));
        self.possible.know(Q::ItemSettled(item), truth(set, done));
        let without = bits(&[ItemState::Dormant, ItemState::Tabled, ItemState::Contested, ItemState::Parked]);
        if set & !without == 0 {
            self.possible.know(Q::ItemOption(item), Values::between(0, 0));
        } else {
            let options = self.model.world.item(item).options.len() as i32;
            self.possible.know(Q::ItemOption(item), Values::between(0, options));
        }
        let track = self.model.world.item(item).track;
        let sets = self.model.world.track(track).items.iter().map(|i| self.set(Q::ItemState(*i)));
        let (least, most) = sets.fold((0, 0), |(least, most), set| {
            (least + i32::from(set != 0 && set & !done == 0), most + i32::from(set & done != 0))
        });
        self.possible.know(Q::Settled(track), Values::between(least, most));
    }

    /// Mediators only bring a deadline nearer; an effect may do anything with it.
    fn follow_deadline(&mut self, track: TrackId) {
        let world = &self.model.world;
        let t = world.track(track);
        if world.writes(Q::Deadline(track)) {
            return;
        }
        let nearer = t.mediators.iter().any(|m| world.mediator(*m).style[Action::SetDeadline as usize] > 0.0);
        let deadline = i32::from(t.deadline);
        let least = if nearer { 1.min(deadline) } else { deadline };
        self.possible.know(Q::Deadline(track), Values::between(least, deadline));
    }

    fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Open(track) => self.open(track),
            Turn::Convene(seat) => self.convene(seat),
            Turn::Table(track) => self.table(track),
            Turn::Bargain(item) => self.bargain(item),
            Turn::Offer(track, _) | Turn::Text(track) => self.bargain_over_all(track),
            Turn::Conclude(text) => self.conclude(text),
            Turn::Comply(text) => self.comply(text),
            Turn::Event(event) => self.happen(event),
            // What these move is not followed.
            Turn::Reserve(_)
            | Turn::Instruct(_)
            | Turn::Recess(_)
            | Turn::Mediate(_)
            | Turn::Front(_)
            | Turn::Spoiler(_)
            | Turn::Backer(_)
            | Turn::Observer(_)
            | Turn::Endure(_)
            | Turn::Assess => {}
        }
    }

    /// Whether a track may meet.
    fn live(&self, track: TrackId) -> bool {
        self.has(Q::TrackState(track), &MEETING)
    }

    fn open(&mut self, id: TrackId) {
        let track = self.model.world.track(id);
        let q = Q::TrackState(id);
        let broke_down = self.has(q, &[TrackState::Collapsed]) && self.model.layout.keeps(Q::Stall(id));
        let past = Condition::Compare(Q::Deadline(id), Relation::Less, Operand::Quantity(Q::Round));
        let over = track.hard_deadline && self.must(Some(&past));
        if broke_down && !over || self.has(q, &[TrackState::Concluded]) && self.comes_apart(id) {
            self.add(q, &[TrackState::Open]);
        }
        if self.has(q, &[TrackState::Pending]) && self.may(track.opens_when.as_ref()) {
            self.add(q, &[TrackState::Open]);
            if self.must(track.opens_when.as_ref()) {
                self.remove(q, &[TrackState::Pending]);
            }
        }
        if let Some(collapses) = &track.collapses_when
            && self.has(q, &RUNNING)
            && self.may(Some(collapses))
        {
            self.add(q, &[TrackState::Collapsed]);
            if self.must(Some(collapses)) {
                self.remove(q, &RUNNING);
            }
        }
        if let Some(suspended) = &track.suspended_when {
            let (may, must) = (self.may(Some(suspended)), self.must(Some(suspended)));
            let (meets, waits) = (self.live(id), self.has(q, &[TrackState::Suspended]));
            if waits && !must {
                self.add(q, &[TrackState::Open]);
            }
            if meets && may {
                self.add(q, &[TrackState::Suspended]);
            }
            if must {
                self.remove(q, &MEETING);
            } else if !may {
                self.remove(q, &[TrackState::Suspended]);
            }
        }
        if self.live(id) {
            track.seats.iter().for_each(|seat| self.admit(*seat));
        }
    }

    fn admit(&mut self, seat: SeatId) {
        let party = self.model.world.party(self.model.world.seat(seat).party);
        let q = Q::SeatState(seat);
        let suspended = party.suspended_when.as_ref();
        let welcome = suspended.is_none_or(|c| self.possible.can(c, false));
        if self.has(q, &[SeatState::Barred]) && welcome && self.may(party.admitted_when.as_ref()) {
            self.add(q, &[SeatState::Seated]);
        }
        if suspended.is_some() && self.may(suspended) {
            self.step::<SeatState>(q, |_, to| to == SeatState::Barred);
        }
    }

    /// Whoever has been admitted may be anywhere.
    fn convene(&mut self, seat: SeatId) {
        let moves = |from, to| from != SeatState::Barred && to != SeatState::Barred;
        self.spread::<SeatState>(Q::SeatState(seat), moves);
    }

    fn table(&mut self, id: TrackId) {
        if !self.live(id) {
            return;
        }
        let track = self.model.world.track(id);
        let mut seats = track.seats.iter();
        let lost = seats.any(|s| self.has(Q::SeatState(*s), &[SeatState::Withdrawn]));
        self.add(Q::TrackState(id), &MEETING);
        self.sessions[id.at()] += 1;
        if lost {
            self.add(Q::TrackState(id), &[TrackState::Collapsed]);
        }
        let turned = self.set(Q::Procedure(id)) & 2 != 0;
        let mut places = match track.agenda {
            AgendaRule::AllAtOnce => usize::MAX,
            _ => track.opens.into(),
        };
        for item in &self.model.tracks[id.at()].order {
            let q = Q::ItemState(*item);
            let requires = self.model.world.item(*item).requires.as_ref();
            if !self.has(q, &[ItemState::Dormant]) {
                continue;
            }
            let next = places > 0 && self.time_for(self.needs.item(*item)) && self.may(requires);
            if next || turned {
                // A place is taken for certain by what is certainly next in the order.
                let taken = next && self.set(q) == bits(&[ItemState::Dormant]) && self.must(requires);
                places -= usize::from(taken);
                self.add(q, &[ItemState::Tabled]);
            }
        }
    }

    fn bargain(&mut self, item: ItemId) {
        let track = self.model.world.item(item).track;
        if self.has(Q::TrackState(track), &[TrackState::Open]) {
            let moves = |from, to| from != ItemState::Dormant && !sealed(from) && !sealed(to);
            self.spread::<ItemState>(Q::ItemState(item), moves);
        }
    }

    fn bargain_over_all(&mut self, track: TrackId) {
        let world = &self.model.world;
        world.track(track).items.iter().for_each(|item| self.bargain(*item));
        world.track(track).seats.iter().for_each(|seat| self.convene(*seat));
    }

    fn conclude(&mut self, id: InstrumentId) {
        let text = self.model.world.instrument(id);
        let q = Q::InstrumentState(id);
        if text.renews && self.has(q, &[InstrumentState::Lapsed]) {
            self.add(q, &[InstrumentState::Signed]);
        }
        let unsigned = self.has(q, &[InstrumentState::Drafting, InstrumentState::Ready]);
        if self.live(text.track) && unsigned && self.can_be_signed(id) {
            self.add(q, &[InstrumentState::Ready]);
            self.sign(id);
        }
    }

    fn can_be_signed(&mut self, id: InstrumentId) -> bool {
        let world = &self.model.world;
        let text = world.instrument(id);
        let track = world.track(text.track);
        let done = bits(&among(|s| settled(*s)));
        let agreed = |i: &ItemId| self.set(Q::ItemState(*i)) & done != 0;
        let whole = track.package == PackageRule::StepByStep || text.seals.is_empty();
        let settled = text.seals.iter().all(agreed) && (whole || track.items.iter().all(agreed));
        let seated = |s: SeatId| self.has(Q::SeatState(s), &[SeatState::Seated]);
        let present = text.signatories.iter().all(|p| world.seat_at(*p, text.track).is_some_and(seated));
        settled && present && self.time_for(self.needs.text(id)) && self.may(text.requires.as_ref())
    }

    fn sign(&mut self, id: InstrumentId) {
        let q = Q::InstrumentState(id);
        self.add(q, &[InstrumentState::Signed]);
        if !self.has(q, &[InstrumentState::Signed]) {
            return;
        }
        for item in &self.model.world.instrument(id).seals {
            self.step::<ItemState>(Q::ItemState(*item), |_, to| to == ItemState::Sealed);
        }
        let effects = &self.model.rules.instrument_effects[id.at()];
        effects.iter().for_each(|change| self.change(change, false));
    }

    fn comply(&mut self, id: InstrumentId) {
        use InstrumentState as I;
        let text = self.model.world.instrument(id);
        let q = Q::InstrumentState(id);
        self.steps[id.at()] = self.steps[id.at()].saturating_add(self.has(q, &[I::InForce]).into());
        self.step::<I>(q, |from, to| match (from, to) {
            (I::Drafting | I::Ready | I::Lapsed, _) => false,
            (I::Signed, I::InForce) => text.ratify.is_none(),
            (I::Signed, _) => text.ratify.is_some(),
            (I::InForce, I::Suspended | I::Broken) => !text.obliges.is_empty(),
            (_, I::Lapsed) => text.expires_after.is_some(),
            _ => true,
        });
        // At most one step of the implementation a round.
        let steps = text.phases.min(self.steps[id.at()]);
        for party in &text.obliges {
            self.possible.know(Q::Progress(id, *party), Values::between(0, steps.into()));
        }
        if text.phases > 0 && steps == text.phases {
            let carried_out = |from, to| from == ItemState::Sealed && to == ItemState::Implemented;
            text.seals.iter().for_each(|i| self.step::<ItemState>(Q::ItemState(*i), carried_out));
        }
        self.reopen(id);
    }

    /// Whether what a text seals can come back to the table.
    fn can_reopen(&self, id: InstrumentId) -> bool {
        let broken = self.has(Q::InstrumentState(id), &[InstrumentState::Broken]);
        broken || self.model.world.instrument(id).ratify.is_some()
    }

    fn reopen(&mut self, id: InstrumentId) {
        if !self.can_reopen(id) {
            return;
        }
        for item in &self.model.world.instrument(id).seals {
            if self.has(Q::ItemState(*item), &[ItemState::Sealed, ItemState::Implemented]) {
                self.add(Q::ItemState(*item), &[ItemState::Contested]);
            }
        }
    }

    /// Whether a sealed item of a track can come back to the table.
    fn comes_apart(&self, track: TrackId) -> bool {
        let mut texts = self.model.world.instruments.iter().enumerate();
        texts.any(|(k, text)| {
            let here = |i: &ItemId| self.model.world.item(*i).track == track;
            text.seals.iter().any(here) && self.can_reopen(InstrumentId::new(k))
        })
    }

    fn happen(&mut self, id: EventId) {
        let event = &self.model.world.events[id.at()];
        let odds = self.model.rules.events[id.at()].odds;
        let q = Q::EventState(id);
        if event.repeats && self.has(q, &[EventState::Fired]) {
            self.add(q, &[EventState::Waiting]);
        }
        if odds == 0 || !self.has(q, &[EventState::Waiting]) || !self.may(event.when.as_ref()) {
            return;
        }
        let waits = self.set(q) == bits(&[EventState::Waiting]);
        let certain = waits && odds >= ONE && !self.over && self.must(event.when.as_ref());
        if certain {
            self.put(q, bits(&[EventState::Fired]));
        } else {
            self.add(q, &[EventState::Fired]);
        }
        if self.has(q, &[EventState::Fired]) {
            let effects = &self.model.rules.events[id.at()].effects;
            effects.iter().for_each(|change| self.change(change, certain));
        }
    }

    /// An effect on what is followed.
    fn change(&mut self, change: &Change, certain: bool) {
        let q = change.target;
        let Some(before) = self.sets.get(&q).copied() else { return };
        let after = (0..16).filter(|from| before >> from & 1 == 1).fold(0, |set: Set, from| {
            let to = change.apply(from);
            let now = if kernel::allowed(q, from, to) { to } else { from };
            set | 1 << now
        });
        self.put(q, if certain { after } else { before | after });
        if let Q::InstrumentState(text) = q {
            self.reopen(text);
        }
    }

    /// The assessment. Returns whether talks that had not ended before certainly end with it.
    fn end(&mut self, round: u8) -> bool {
        let world = &self.model.world;
        for k in 0..world.tracks.len() {
            self.close(TrackId::new(k), round == world.rounds);
        }
        let mut certainly = false;
        for outcome in world.outcomes.iter().filter(|o| o.ends) {
            self.over |= self.may(outcome.when.as_ref());
            certainly |= self.must(outcome.when.as_ref());
        }
        certainly
    }

    fn close(&mut self, id: TrackId, last: bool) {
        let track = self.model.world.track(id);
        let q = Q::TrackState(id);
        let sealed = |i: &ItemId| self.has(Q::ItemState(*i), &[ItemState::Sealed, ItemState::Implemented]);
        let concludes = !track.items.is_empty() && track.items.iter().all(sealed);
        let running = self.has(q, &RUNNING);
        if concludes && self.live(id) {
            self.add(q, &[TrackState::Concluded]);
        }
        let late = Condition::Compare(Q::Deadline(id), Relation::AtMost, Operand::Quantity(Q::Round));
        if running && (last || track.hard_deadline && self.may(Some(&late))) {
            self.add(q, &[TrackState::Expired]);
            if last || self.must(Some(&late)) {
                self.remove(q, &RUNNING);
            }
        }
        if self.model.layout.keeps(Q::Stall(id)) && self.has(q, &RUNNING) {
            self.add(q, &[TrackState::Collapsed]);
        }
    }

    /// One move along the rows of a kind's table that are let through.
    fn step<S: Lifecycle>(&mut self, quantity: Q, lets: impl Fn(S, S) -> bool) {
        let before = self.set(quantity);
        let rows = S::TABLE.iter().filter(|t| before & bits(&[t.from]) != 0 && lets(t.from, t.to));
        let after = rows.fold(before, |set, t| set | bits(&[t.to]));
        if after != before {
            self.put(quantity, after);
        }
    }

    /// Any number of such moves.
    fn spread<S: Lifecycle>(&mut self, quantity: Q, lets: impl Fn(S, S) -> bool) {
        for _ in S::ALL {
            self.step(quantity, &lets);
        }
    }
}

const MEETING: [TrackState; 2] = [TrackState::Open, TrackState::Adjourned];
const RUNNING: [TrackState; 3] = [TrackState::Open, TrackState::Adjourned, TrackState::Suspended];

fn bits<S: Lifecycle>(states: &[S]) -> Set {
    states.iter().fold(0, |set, s| set | 1 << s.number())
}

/// The states of a kind of which something is so.
fn among<S: Lifecycle>(is: impl Fn(&S) -> bool) -> Vec<S> {
    S::ALL.iter().copied().filter(is).collect()
}

/// Whether it can be true and whether it can be false that a state is one of `those`.
fn truth(set: Set, those: Set) -> Values {
    Values::between(i32::from(set & !those == 0), i32::from(set & those != 0))
}
