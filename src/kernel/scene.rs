//! What an agent has before it when its turn comes: the model, the state, who decides and who listens.

use crate::domain::rule::{Read, Rule};
use crate::domain::{
    InstrumentId, InstrumentState, ItemId, ItemState, Lifecycle, Model, ONE, Quantity, SeatId, SeatState,
    Span, SpoilerId, SpoilerState, TrackId, TrackState, Turn, Weight, sealed, settled,
};

use super::choice::{Chooser, Site, What, certain};
use super::chronicle::{Cause, Chronicle, Entry};
use super::state::State;

/// One turn in progress.
pub struct Scene<'a, C, K> {
    /// The scenario.
    pub model: &'a Model,
    /// The talks.
    pub state: &'a mut State,
    /// Whose turn it is.
    pub turn: Turn,
    chooser: &'a mut C,
    chronicle: &'a mut K,
}

impl<'a, C: Chooser, K: Chronicle> Scene<'a, C, K> {
    /// Sets the scene for a turn.
    #[inline(always)]
    pub fn new(
        model: &'a Model,
        state: &'a mut State,
        turn: Turn,
        chooser: &'a mut C,
        chronicle: &'a mut K,
    ) -> Self {
        Self { model, state, turn, chooser, chronicle }
    }

    /// The value of a stored quantity.
    #[inline(always)]
    pub fn get(&self, quantity: Quantity) -> u8 {
        self.state.get(self.model, quantity)
    }

    /// Sets a stored quantity.
    #[inline(always)]
    pub fn put(&mut self, quantity: Quantity, value: u8) {
        self.state.put(self.model.cell(quantity), value);
    }

    /// The round.
    #[inline(always)]
    pub fn round(&self) -> u8 {
        self.get(Quantity::Round)
    }

    /// Chooses among weighted alternatives.
    #[inline(always)]
    pub fn choose(&mut self, what: What, address: u64, weights: &[Weight]) -> usize {
        let site = Site { turn: self.turn, what, round: self.round(), address };
        match certain(weights) {
            Some(only) if !self.chooser.takes(site) => only,
            _ => self.chooser.choose(site, weights),
        }
    }

    /// Whether somebody takes a choice whose outcome the rule alone would settle.
    #[inline(always)]
    pub fn taken(&self, what: What, address: u64) -> bool {
        self.chooser.takes(Site { turn: self.turn, what, round: self.round(), address })
    }

    /// Whether something with these odds happens.
    #[inline(always)]
    pub fn chance(&mut self, what: What, address: u64, odds: Weight) -> bool {
        let odds = odds.min(ONE);
        self.choose(what, address, &[ONE - odds, odds]) == 1
    }

    /// How this round's days stand to those that odds are for.
    #[inline(always)]
    pub fn span(&self) -> Span {
        self.model.spans[usize::from(self.round())]
    }

    /// Whether something happens before the next session, whose odds are for the days of [`World::odds_days`](crate::domain::World::odds_days).
    #[inline(always)]
    pub fn chance_between(&mut self, what: What, address: u64, odds: Weight) -> bool {
        let odds = self.span().odds(odds.min(ONE));
        self.chance(what, address, odds)
    }

    /// The value of a quantity that some scenarios do not keep; 0 there.
    #[inline(always)]
    pub fn kept(&self, quantity: Quantity) -> u8 {
        if self.model.layout.keeps(quantity) { self.get(quantity) } else { 0 }
    }

    /// Whether an effect has turned a track from item by item to a mediator's single text.
    #[inline]
    pub fn by_text(&self, track: TrackId) -> bool {
        self.kept(Quantity::Procedure(track)) == 1
    }

    /// A track that ends otherwise than by breaking down is not reconvened.
    pub fn forget_stall(&mut self, track: TrackId) {
        if self.model.layout.keeps(Quantity::Stall(track)) {
            self.put(Quantity::Stall(track), 0);
        }
    }

    /// Something has got further on a track.
    #[inline]
    pub fn advance_talks(&mut self, track: TrackId) {
        if self.model.layout.keeps(Quantity::Advanced(track)) {
            self.put(Quantity::Advanced(track), 1);
        }
    }

    /// Writes an entry if somebody listens.
    #[inline(always)]
    pub fn note(&mut self, entry: impl FnOnce(&Self) -> Entry) {
        if self.listens() {
            let entry = entry(self);
            self.chronicle.note(self.turn, entry);
        }
    }

    /// Whether somebody listens: where not, explanations need not be worked out.
    #[inline(always)]
    pub fn listens(&self) -> bool {
        self.chronicle.listens()
    }

    /// Counts a reward.
    #[inline(always)]
    pub fn count(&mut self, reward: crate::domain::RewardId, add: u32) {
        self.chronicle.count(reward, add);
    }

    /// Moves a level by one step up or down inside 0..=4, and notes it. Returns whether it moved.
    pub fn shift(&mut self, quantity: Quantity, up: bool, cause: Cause) -> bool {
        let from = self.get(quantity);
        let to = if up { (from + 1).min(4) } else { from.saturating_sub(1) };
        self.set(quantity, to, cause)
    }

    /// Sets a quantity and notes it. Returns whether it changed.
    pub fn set(&mut self, quantity: Quantity, to: u8, cause: Cause) -> bool {
        let from = self.get(quantity);
        if from != to {
            self.put(quantity, to);
            self.note(|_| Entry::Changed { quantity, from, to, cause });
        }
        from != to
    }

    /// Whether a compiled condition holds; a missing one holds always.
    #[inline]
    pub fn holds(&self, rule: Option<&Rule>) -> bool {
        rule.is_none_or(|rule| holds(rule, self.model, self.state))
    }

    /// The state of a seat.
    #[inline(always)]
    pub fn seat(&self, seat: SeatId) -> SeatState {
        SeatState::of(self.get(Quantity::SeatState(seat)))
    }

    /// The state of a track.
    #[inline(always)]
    pub fn track(&self, track: TrackId) -> TrackState {
        TrackState::of(self.get(Quantity::TrackState(track)))
    }

    /// Whether the track meets this round, in full or with too few.
    #[inline(always)]
    pub fn live(&self, track: TrackId) -> bool {
        matches!(self.track(track), TrackState::Open | TrackState::Adjourned)
    }

    /// The state of an item.
    #[inline(always)]
    pub fn item(&self, item: ItemId) -> ItemState {
        ItemState::of(self.get(Quantity::ItemState(item)))
    }

    /// The state of an instrument.
    #[inline(always)]
    pub fn instrument(&self, instrument: InstrumentId) -> InstrumentState {
        InstrumentState::of(self.get(Quantity::InstrumentState(instrument)))
    }

    /// The state of a spoiler.
    #[inline(always)]
    pub fn spoiler(&self, spoiler: SpoilerId) -> SpoilerState {
        SpoilerState::of(self.get(Quantity::SpoilerState(spoiler)))
    }

    /// Moves an agent along a row of its table.
    ///
    /// # Panics
    /// When the table has no such row: the kernel makes no other moves.
    #[inline]
    fn advance<S: Lifecycle>(&mut self, quantity: Quantity, from: S, to: S) {
        assert!(from.may_become(to), "no transition {} -> {} for {}", from.name(), to.name(), S::KIND);
        self.put(quantity, to.number());
    }

    /// Moves a seat.
    pub fn move_seat(
        &mut self,
        seat: SeatId,
        to: SeatState,
        reasons: Option<super::chronicle::WalkOutReasons>,
    ) {
        let from = self.seat(seat);
        self.advance(Quantity::SeatState(seat), from, to);
        self.note(|_| Entry::Seat { seat, from, to, reasons });
    }

    /// Moves a track.
    pub fn move_track(&mut self, track: TrackId, to: TrackState) {
        let from = self.track(track);
        self.advance(Quantity::TrackState(track), from, to);
        self.note(|_| Entry::Track { track, from, to });
    }

    /// Moves an item; agreement is noted by whoever brings it about.
    pub fn move_item(&mut self, item: ItemId, to: ItemState) {
        let from = self.item(item);
        self.advance(Quantity::ItemState(item), from, to);
        self.date_agreement(item);
        match to {
            ItemState::Agreed => self.advance_talks(self.model.world.item(item).track),
            _ => self.note(|_| Entry::Item { item, from, to }),
        }
    }

    /// Remembers in which round the whole agenda of the item's track came to be agreed, where a party there discounts.
    #[inline]
    pub(super) fn date_agreement(&mut self, item: ItemId) {
        if self.model.worth.discounted {
            let track = self.model.world.item(item).track;
            if self.model.world.discounts(track) {
                self.date(track);
            }
        }
    }

    fn date(&mut self, track: TrackId) {
        let mut items = self.model.world.track(track).items.iter();
        let whole = items.all(|i| settled(self.item(*i)));
        let round = match (whole, self.get(Quantity::AgreedIn(track))) {
            (true, 0) => self.round(),
            (true, agreed) => agreed,
            (false, _) => 0,
        };
        self.put(Quantity::AgreedIn(track), round);
    }

    /// Moves an instrument.
    pub fn move_instrument(&mut self, instrument: InstrumentId, to: InstrumentState) {
        let from = self.instrument(instrument);
        self.advance(Quantity::InstrumentState(instrument), from, to);
        self.note(|_| Entry::Instrument { instrument, from, to });
    }

    /// Moves an agent of a kind whose moves explain themselves.
    pub fn move_quietly<S: Lifecycle>(&mut self, quantity: Quantity, from: S, to: S) {
        if from != to {
            self.advance(quantity, from, to);
        }
    }

    /// Puts an item back on the table, from whatever settled it.
    pub fn reopen(&mut self, item: ItemId) {
        if sealed(self.item(item)) {
            self.move_item(item, ItemState::Breached);
        }
        if matches!(self.item(item), ItemState::Breached | ItemState::Agreed) {
            self.move_item(item, ItemState::Contested);
        }
        self.put(Quantity::ItemOption(item), 0);
        self.put(Quantity::Imposed(item), 0);
    }
}

/// Whether a compiled condition holds in a state.
#[inline]
pub fn holds(rule: &Rule, model: &Model, state: &State) -> bool {
    match rule {
        Rule::Among(cell, set) => set >> (state.cell(*cell) & 63) & 1 == 1,
        other => holds_at_length(other, model, state),
    }
}

fn holds_at_length(rule: &Rule, model: &Model, state: &State) -> bool {
    match rule {
        Rule::Among(..) => holds(rule, model, state),
        Rule::Constant(value) => *value,
        Rule::Compare(left, relation, right) => {
            relation.holds(read(*left, model, state), read(*right, model, state))
        }
        Rule::All(parts) => parts.iter().all(|r| holds(r, model, state)),
        Rule::Any(parts) => parts.iter().any(|r| holds(r, model, state)),
        Rule::Not(part) => !holds(part, model, state),
        Rule::Count(parts, relation, n) => {
            relation.holds(parts.iter().filter(|r| holds(r, model, state)).count() as i32, *n)
        }
    }
}

fn read(what: Read, model: &Model, state: &State) -> i32 {
    match what {
        Read::Cell(cell) => i32::from(state.cell(cell)),
        Read::Value(value) => value,
        Read::Derived(quantity) => super::derived::derived(model, state, quantity),
    }
}
