//! What happened, and why: facts with the numbers that were compared. Words are made elsewhere.

use serde::Serialize;

use crate::domain::{
    Action, BackerId, EventId, FrontId, InstrumentId, InstrumentState, ItemId, ItemState, Mandate,
    MediatorId, ObserverId, OptionId, OutcomeId, PartyId, Portion, Quantity, RewardId, Score, SeatId,
    SeatState, SpoilerId, TrackId, TrackState, Turn, Weight,
};

/// Listens to the kernel.
pub trait Chronicle {
    /// Whether anybody reads the entries; where not, none is made.
    #[inline(always)]
    fn listens(&self) -> bool {
        true
    }
    /// Something happened.
    fn note(&mut self, turn: Turn, entry: Entry);
    /// A counted reward grew.
    #[inline(always)]
    fn count(&mut self, _reward: RewardId, _add: u32) {}
}

impl<K: Chronicle + ?Sized> Chronicle for &mut K {
    #[inline(always)]
    fn listens(&self) -> bool {
        (**self).listens()
    }
    #[inline(always)]
    fn note(&mut self, turn: Turn, entry: Entry) {
        (**self).note(turn, entry);
    }
    #[inline(always)]
    fn count(&mut self, reward: RewardId, add: u32) {
        (**self).count(reward, add);
    }
}

/// Nobody listens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Chronicle for Silent {
    #[inline(always)]
    fn listens(&self) -> bool {
        false
    }
    #[inline(always)]
    fn note(&mut self, _turn: Turn, _entry: Entry) {}
}

/// Keeps every entry.
#[derive(Debug, Default)]
pub struct Heard(pub Vec<Entry>);

impl Chronicle for Heard {
    fn note(&mut self, _turn: Turn, entry: Entry) {
        self.0.push(entry);
    }
}

/// Counts rewards and hears nothing else.
#[derive(Debug)]
pub struct Counting<F>(pub F);

impl<F: FnMut(RewardId, u32)> Chronicle for Counting<F> {
    #[inline(always)]
    fn listens(&self) -> bool {
        false
    }
    #[inline(always)]
    fn note(&mut self, _turn: Turn, _entry: Entry) {}
    #[inline]
    fn count(&mut self, reward: RewardId, add: u32) {
        (self.0)(reward, add);
    }
}

/// What a seat needs of a package and what it sees in it. Scores are in units of `POINT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Whose.
    pub seat: SeatId,
    /// The least it settles for.
    pub needs: Score,
    /// What the package gives it.
    pub sees: Score,
    /// What the best package would give it.
    pub of: Score,
    /// Whether the option crosses its red line.
    pub red_line: bool,
    /// Whether it is in the room.
    pub present: bool,
}

/// Stands for a score that decided nothing, or that the reader may not know.
pub const UNKNOWN_SCORE: Score = Score::MIN;

impl Assessment {
    /// Whose it is and whether that seat is in the room, and nothing else.
    pub fn without_numbers(self) -> Self {
        Self { needs: UNKNOWN_SCORE, sees: UNKNOWN_SCORE, of: UNKNOWN_SCORE, red_line: false, ..self }
    }
}

/// Why a party may walk out, with the odds each reason adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WalkOutReasons {
    /// Odds in all.
    pub odds: Weight,
    /// It trusts some other party of the track very little.
    pub distrust: bool,
    /// Active spoilers whose attacks it blames on another party of the track.
    pub attacks: u8,
    /// Its precondition does not hold.
    pub precondition: bool,
    /// Levels of audience above medium.
    pub audience: u8,
    /// Levels of stall.
    pub stall: u8,
}

/// How an item came to be agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The option of the zone of agreement with the best balance of gains.
    Balance,
    /// The proposer's favourite in the zone of agreement.
    Proposal(SeatId),
    /// A motion that passed.
    Vote(SeatId),
    /// An offer that all others accepted.
    Package(SeatId),
    /// A mediator's text, to which all said yes.
    Text(MediatorId),
    /// A mediator's formula.
    Formula(MediatorId),
    /// A mediator's pressure on, or inducement to, a party.
    Manipulation(MediatorId, PartyId),
}

/// Why a quantity changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A mediator's doing.
    Mediation(MediatorId),
    /// Heavy fighting.
    Fighting,
    /// A spoiler's attack, blamed on a party.
    Attack(SpoilerId),
    /// An observer's report.
    Report(ObserverId),
    /// A breach of an instrument.
    Breach(InstrumentId),
    /// A signature.
    Signing(InstrumentId),
    /// An event.
    Event(EventId),
    /// It fades by itself.
    Fading,
    /// A backer drew back under exposure and pressure.
    Exposed,
    /// An instrument entered into force, was suspended or broken.
    Force(InstrumentId),
    /// A party kept its promises.
    Kept,
    /// Fighting was seen for what it is.
    Learning,
    /// Its front was calm.
    Recovery,
    /// A party presses at this front.
    Pressing(FrontId),
    /// Somebody brought it into the talks from outside their rules.
    Injected,
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "entry")]
pub enum Entry {
    /// A round begins.
    Round {
        /// Which.
        round: u8,
    },
    /// A track changes its state.
    Track {
        /// Which.
        track: TrackId,
        /// Before.
        from: TrackState,
        /// After.
        to: TrackState,
    },
    /// A party at a seat changes its state.
    Seat {
        /// Which.
        seat: SeatId,
        /// Before.
        from: SeatState,
        /// After.
        to: SeatState,
        /// Why it may walk out, when it does.
        reasons: Option<WalkOutReasons>,
    },
    /// A party stays in spite of reasons to leave.
    Stays {
        /// Which seat.
        seat: SeatId,
        /// What spoke for leaving.
        reasons: WalkOutReasons,
    },
    /// A party stays out.
    StaysOut {
        /// Which seat.
        seat: SeatId,
        /// Odds that it would return.
        odds: Weight,
    },
    /// A delegation has its mandate.
    Mandate {
        /// Which seat.
        seat: SeatId,
        /// Which.
        mandate: Mandate,
    },
    /// An item changes its state without agreement.
    Item {
        /// Which.
        item: ItemId,
        /// Before.
        from: ItemState,
        /// After.
        to: ItemState,
    },
    /// An item cannot be tabled: its `requires` does not hold.
    Waits {
        /// Which.
        item: ItemId,
    },
    /// An item stays open: what came closest, and who is against it.
    Contested {
        /// Which.
        item: ItemId,
        /// The option with the smallest total shortfall, or the motion voted down.
        closest: OptionId,
        /// Who moved it, under a vote.
        moved_by: Option<SeatId>,
    },
    /// How a seat sees the option named just before.
    View {
        /// About which item.
        item: ItemId,
        /// About which option.
        option: OptionId,
        /// The numbers.
        assessment: Assessment,
        /// Whether it accepts.
        accepts: bool,
    },
    /// An option is agreed.
    Agreed {
        /// About which item.
        item: ItemId,
        /// Which.
        option: OptionId,
        /// How.
        way: Way,
    },
    /// A party makes an offer: what it needs of the whole agenda and what it leaves itself. Its options follow.
    Offers {
        /// The numbers.
        assessment: Assessment,
    },
    /// One option of the offer or of the text named just before.
    Drafted {
        /// About which item.
        item: ItemId,
        /// Which.
        option: OptionId,
    },
    /// A party answers the standing offer, or a mediator's text or change to it.
    Answers {
        /// The numbers; for a change, what it needs is the worth of the text before it less what it lets a change cost.
        assessment: Assessment,
        /// Whether it accepts.
        accepts: bool,
    },
    /// A standing offer lapses, since the party that made it is no longer in the room.
    Lapses {
        /// Whose offer.
        seat: SeatId,
    },
    /// A party walks out of an exchange of offers.
    WalksAway {
        /// What no agreement is worth to it, and what its best package is.
        assessment: Assessment,
        /// Whether because its deadline has passed.
        late: bool,
    },
    /// A mediator lays a first text before the parties. Its options follow.
    Drafts {
        /// Who.
        mediator: MediatorId,
    },
    /// A mediator proposes a change to its text.
    Revises {
        /// Who.
        mediator: MediatorId,
        /// On which item.
        item: ItemId,
        /// What the text said.
        from: OptionId,
        /// What it would say.
        to: OptionId,
        /// Whether all said yes.
        adopted: bool,
    },
    /// A mediator puts its text to the parties as a whole.
    Presents {
        /// Who.
        mediator: MediatorId,
        /// Whether all said yes.
        agreed: bool,
    },
    /// A party would not accept today what it agreed to.
    Doubts {
        /// Which item.
        item: ItemId,
        /// Who.
        seat: SeatId,
        /// What it needs of the package so far.
        needs: Score,
        /// What it sees.
        sees: Score,
        /// Whether the item is reopened.
        reopened: bool,
    },
    /// A mediator acts.
    Mediates {
        /// Who.
        mediator: MediatorId,
        /// What it does.
        action: Action,
        /// About which item.
        item: Option<ItemId>,
        /// Which option it floats.
        option: Option<OptionId>,
        /// On which party.
        party: Option<PartyId>,
    },
    /// A mediator has nothing it could usefully do.
    Idle {
        /// Who.
        mediator: MediatorId,
    },
    /// A quantity changed.
    Changed {
        /// Which.
        quantity: Quantity,
        /// Before.
        from: u8,
        /// After.
        to: u8,
        /// Why.
        cause: Cause,
    },
    /// An attempt that chance decided against.
    Failed {
        /// The quantity that would have changed.
        quantity: Quantity,
        /// The odds it had.
        odds: Weight,
        /// By whom.
        cause: Cause,
    },
    /// An instrument changes its state.
    Instrument {
        /// Which.
        instrument: InstrumentId,
        /// Before.
        from: InstrumentState,
        /// After.
        to: InstrumentState,
    },
    /// What is left open of a party's alternative is drawn.
    Reserve {
        /// Whose.
        party: PartyId,
        /// 0 weak, 1 expected, 2 strong.
        reserve: u8,
    },
    /// Somebody raises the fighting at a front.
    Presses {
        /// Where.
        front: FrontId,
        /// The belligerent.
        party: PartyId,
        /// The odds it had.
        odds: Weight,
        /// What the fighting is now.
        intensity: u8,
    },
    /// An offensive beats the other side back.
    BeatenBack {
        /// Where.
        front: FrontId,
        /// Who pressed.
        party: PartyId,
        /// The odds it had.
        odds: Weight,
    },
    /// A party breaks a ceasefire by pressing at a front.
    PressesOn {
        /// Which instrument it breaks.
        instrument: InstrumentId,
        /// Who.
        party: PartyId,
        /// Where.
        front: FrontId,
    },
    /// Talks without progress may stall further.
    Stalls {
        /// Which track.
        track: TrackId,
        /// Whether the moment was ripe.
        ripe: bool,
        /// The odds that the stall rises a level.
        odds: Weight,
        /// The level now.
        stall: u8,
    },
    /// A stalled track may break down.
    BreaksDown {
        /// Which track.
        track: TrackId,
        /// The odds it had.
        odds: Weight,
        /// Whether it does.
        broken: bool,
    },
    /// A suspended instrument is given up.
    GivenUp {
        /// Which.
        instrument: InstrumentId,
    },
    /// A signatory signs or refuses.
    Signs {
        /// Which instrument.
        instrument: InstrumentId,
        /// What it needs and sees of everything settled on the track, this text's items included.
        assessment: Assessment,
        /// What it sees in the text alone.
        text: Score,
        /// What the best options on the text's items would give it.
        text_of: Score,
        /// Odds of refusal for the sake of the audience.
        audience: Weight,
        /// Whether it signs.
        signs: bool,
    },
    /// A party keeps or breaks an instrument.
    Keeps {
        /// Which instrument.
        instrument: InstrumentId,
        /// Who.
        party: PartyId,
        /// Odds of a breach.
        odds: Weight,
        /// Whether it keeps its promise.
        keeps: bool,
    },
    /// A place changes hands.
    Captured {
        /// Which front.
        front: FrontId,
        /// Who held it.
        from: PartyId,
        /// Who holds it now.
        to: PartyId,
        /// The odds the offensive had.
        odds: Weight,
    },
    /// An offensive fails.
    Repelled {
        /// Which front.
        front: FrontId,
        /// Who attacked.
        attacker: PartyId,
        /// The odds it had.
        odds: Weight,
    },
    /// A spoiler attacks.
    Attacks {
        /// Who.
        spoiler: SpoilerId,
        /// The odds it had.
        odds: Weight,
        /// Whether a text that it opposes is near or signed.
        near: bool,
    },
    /// An observer reports on a backer, a front or a spoiler it watches.
    Reports {
        /// Who.
        observer: ObserverId,
    },
    /// Under exposure and pressure beyond its tolerance, a backer draws back or not.
    Strained {
        /// Who.
        backer: BackerId,
        /// Exposure and pressure together.
        load: u8,
        /// What it tolerates.
        tolerance: u8,
        /// Whether it draws back.
        withdraws: bool,
    },
    /// An event fires.
    Fires {
        /// Which.
        event: EventId,
    },
    /// An effect the state does not allow.
    NoEffect {
        /// Of what.
        cause: Cause,
        /// On what.
        quantity: Quantity,
    },
    /// Whether a track is ripe: a mutually hurting stalemate with a way out.
    Ripeness {
        /// Which track.
        track: TrackId,
        /// Whether the best feasible package gives enough parties more than they expect without agreement.
        ripe: bool,
    },
    /// How a seat stands at the end of a round.
    Stands {
        /// Which seat.
        seat: SeatId,
        /// Its alternative, in points of that round: above 100 it is more than any package gives it.
        alternative: Portion,
        /// What the best feasible package gives it, of its best.
        feasible: Portion,
    },
    /// The talks end.
    Ends {
        /// How.
        outcome: OutcomeId,
        /// Whether before the horizon.
        early: bool,
    },
}

impl Entry {
    /// Which text a party breaks by this, and which party; `None` where none is broken.
    pub fn breach(&self) -> Option<(InstrumentId, PartyId)> {
        match *self {
            Self::Keeps { instrument, party, keeps: false, .. }
            | Self::PressesOn { instrument, party, .. } => Some((instrument, party)),
            _ => None,
        }
    }
}
