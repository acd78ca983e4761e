//! Changes of quantities in words, and every entry that needs no more than itself to be told.

use crate::domain::{
    EventState, InstrumentState, ItemState, Lifecycle, PartyId, Quantity, SpoilerState, TrackState,
};
use crate::drivers::Step;
use crate::kernel::{Cause, Entry};

use super::Detail;
use super::names::{Names, intensity, level};
use super::story::{Section, Story};
use super::words::{count, odds};

impl Story<'_> {
    /// Tells every entry of a step by itself.
    pub(super) fn plain(&mut self, section: Section, step: &Step) {
        for entry in &step.entries {
            self.entry(section, step, entry);
        }
    }

    /// Tells one entry by itself.
    pub(super) fn entry(&mut self, section: Section, step: &Step, entry: &Entry) {
        match *entry {
            // Said elsewhere: in headings, with the entry before them, or at the end.
            Entry::Round { .. } | Entry::View { .. } | Entry::Ends { .. } | Entry::Stands { .. } => {}
            Entry::Track { track, from, to } => self.track_moves(section, track, from, to),
            Entry::Seat { seat, from, to, reasons } => self.seat_moves(section, seat, (from, to), reasons),
            Entry::Stays { seat, reasons } => {
                let text = format!("{} stayed in spite of reasons to walk out", self.seat(seat));
                let why = self.reasons(seat, &reasons);
                self.tell(section, Detail::Full, text).remark(Detail::Full, why);
            }
            Entry::StaysOut { seat, odds: o } => {
                let text = format!("{} stayed away (odds of a return: {})", self.seat(seat), odds(o));
                self.tell(section, Detail::Normal, text);
            }
            Entry::Mandate { seat, mandate } => self.mandate(section, seat, mandate),
            Entry::Item { item, from, to } => self.item_moves(section, item, from, to),
            Entry::Waits { item } => {
                let text = format!("{} could not be tabled yet", self.item(item));
                self.tell(section, Detail::Full, text);
            }
            Entry::Contested { item, .. } | Entry::Agreed { item, .. } | Entry::Doubts { item, .. } => {
                self.bargained(section, item, step);
            }
            Entry::Offers { .. }
            | Entry::Drafted { .. }
            | Entry::Answers { .. }
            | Entry::Lapses { .. }
            | Entry::WalksAway { .. }
            | Entry::Drafts { .. }
            | Entry::Revises { .. }
            | Entry::Presents { .. } => {}
            Entry::Mediates { .. } | Entry::Idle { .. } => {}
            Entry::Changed { quantity, from, to, cause } => {
                let change = self.change(quantity, from, to);
                let faded =
                    cause == Cause::Fading && to < from && !matches!(quantity, Quantity::SpoilerState(_));
                let text = if faded { format!("{change}, with time") } else { change };
                self.tell(section, Detail::Normal, text);
            }
            Entry::Failed { quantity, odds: o, .. } => {
                let text =
                    format!("{} stayed as it was (odds of a change: {})", self.what(quantity), odds(o));
                self.tell(section, Detail::Full, text);
            }
            Entry::Instrument { instrument, from, to } => {
                self.text_moves(section, instrument, from, to, step)
            }
            Entry::Signs { .. } | Entry::Keeps { .. } | Entry::PressesOn { .. } => {}
            Entry::Captured { .. } | Entry::Repelled { .. } | Entry::Attacks { .. } => {}
            Entry::Presses { .. } | Entry::BeatenBack { .. } => {}
            Entry::Reserve { party, reserve } => self.reserve(section, party, reserve),
            Entry::Stalls { track, ripe, odds, stall } => self.stalls(section, track, ripe, (odds, stall)),
            Entry::BreaksDown { track, odds, broken } => self.breaks_down(section, track, odds, broken),
            Entry::GivenUp { instrument } => {
                let o = odds(self.model.odds.give_up);
                let text = format!("{} was given up for good (odds of it: {o})", self.text(instrument));
                self.tell(section, Detail::Brief, text);
            }
            Entry::Reports { .. } | Entry::Strained { .. } | Entry::Fires { .. } => {}
            Entry::NoEffect { quantity, .. } => {
                let text = format!("no effect on {}: things stood otherwise", self.subject(quantity));
                self.tell(section, Detail::Full, text);
            }
            Entry::Ripeness { .. } => {}
        }
    }

    fn track_moves(
        &mut self,
        section: Section,
        track: crate::domain::TrackId,
        from: TrackState,
        to: TrackState,
    ) {
        use TrackState as T;
        let title = self.track(track);
        let (detail, what) = match (from, to) {
            (T::Pending, _) => (Detail::Brief, "opened"),
            (T::Concluded, T::Open) => (Detail::Brief, "met again: a sealed item was open once more"),
            (T::Suspended, T::Open) => (Detail::Normal, "resumed"),
            (_, T::Open) => (Detail::Normal, "could meet again: enough parties were in the room"),
            (_, T::Adjourned) => (Detail::Normal, "adjourned: too few parties were in the room"),
            (_, T::Suspended) => (Detail::Normal, "was suspended"),
            (_, T::Concluded) => (Detail::Brief, "concluded: its whole agenda was sealed"),
            (_, T::Collapsed) => (Detail::Brief, "collapsed"),
            (_, T::Expired) => (Detail::Normal, "ended without conclusion: its time had run out"),
            (_, T::Pending) => (Detail::Normal, "was put off"),
        };
        let mut text = format!("{title} {what}");
        let world = self.world();
        let rule = match to {
            T::Suspended => world.track(track).suspended_when.as_ref(),
            T::Collapsed => world.track(track).collapses_when.as_ref(),
            _ => None,
        };
        if let Some(rule) = rule.filter(|rule| self.hears_of(rule)) {
            text = format!("{text}. The scenario's rule for it: {}", self.condition(rule));
        }
        self.tell(section, detail, text);
    }

    fn item_moves(&mut self, section: Section, item: crate::domain::ItemId, from: ItemState, to: ItemState) {
        use ItemState as I;
        let title = self.item(item);
        let (detail, what) = match (from, to) {
            (_, I::Tabled) => (Detail::Normal, "was tabled"),
            // What stood against agreement is told at once.
            (I::Tabled, I::Contested) => return,
            (_, I::Parked) => (Detail::Normal, "was put aside"),
            (I::Parked, I::Contested) => (Detail::Normal, "was taken up again"),
            // Told with the doubts that led to it.
            (I::Agreed, I::Contested) => return,
            (_, I::Contested) => (Detail::Brief, "was back on the table"),
            (_, I::Sealed) => (Detail::Normal, "was sealed"),
            (_, I::Implemented) => (Detail::Brief, "was carried out"),
            (_, I::Breached) => (Detail::Normal, "was no longer settled"),
            (_, I::Agreed) => (Detail::Normal, "was agreed"),
            (_, I::Dormant) => (Detail::Normal, "was taken off the agenda"),
        };
        self.tell(section, detail, format!("{title} {what}"));
    }

    /// A change as a clause.
    pub(super) fn change(&self, quantity: Quantity, from: u8, to: u8) -> String {
        use Quantity as Q;
        let what = self.what(quantity);
        match quantity {
            Q::Ceasefire(_) => {
                let verb = if to == 1 { "began to observe" } else { "no longer observed" };
                format!("{what} {verb} a ceasefire")
            }
            Q::Intensity(_) => {
                let verb = if to > from { "rose" } else { "fell" };
                format!("{what} {verb} from {} to {}", intensity(from), intensity(to))
            }
            Q::Holder(_) => {
                let (from, to) = (self.party(PartyId(from)), self.party(PartyId(to)));
                format!("{what} passed from {from} to {to}")
            }
            Q::Deadline(_) => {
                let verb = if to > from { "was put off" } else { "was brought forward" };
                format!("{what} {verb} from round {from} to round {to}")
            }
            Q::Breaches(_) => format!("{what}: {to} so far"),
            Q::Profile(p) => match to.checked_sub(1) {
                None => format!("{what} came back to what it wanted at first"),
                Some(at) => {
                    let profile = &self.world().party(p).profiles[usize::from(at)].name;
                    format!("{what} came to want something else: {}", super::names::name(profile))
                }
            },
            Q::Procedure(_) => {
                format!("{what} turned to a single text of the mediator, from its next session on")
            }
            Q::Progress(n, _) => {
                let phases = self.world().instrument(n).phases;
                format!("{what} took step {to} of {phases}")
            }
            Q::SpoilerState(_) => {
                let verb = match SpoilerState::of(to) {
                    SpoilerState::Quiet => "held fire",
                    SpoilerState::Active => "took up arms",
                    SpoilerState::CoOpted => "joined an arrangement and stopped fighting",
                };
                format!("{what} {verb}")
            }
            Q::Blame(s) => match (to, self.world().spoiler(s).blamed_on) {
                (0, Some(party)) => {
                    format!("{} no longer blamed for the attacks of {what}", self.party(party))
                }
                (_, Some(party)) => format!("{} blamed for the attacks of {what}", self.party(party)),
                _ => format!("blame for the attacks of {what} changed"),
            },
            Q::Imposed(_) => format!("{what} counted as {}", if to == 1 { "imposed" } else { "free" }),
            Q::SeatState(_)
            | Q::MediatorState(_)
            | Q::TrackState(_)
            | Q::ItemState(_)
            | Q::InstrumentState(_)
            | Q::EventState(_)
            | Q::ObserverState(_) => self.moved(quantity, from, to),
            _ => {
                let verb = if to > from { "rose" } else { "fell" };
                format!("{what} {verb} from {} to {}", level(from), level(to))
            }
        }
    }

    /// A change of state that an effect brought about.
    fn moved(&self, quantity: Quantity, from: u8, to: u8) -> String {
        use Quantity as Q;
        fn past<S: Lifecycle>(from: u8, to: u8) -> &'static str {
            let (from, to) = (S::ALL[from as usize], S::ALL[to as usize]);
            S::TABLE.iter().find(|t| t.from == from && t.to == to).map_or("changed", |t| t.cause)
        }
        let what = self.what(quantity);
        let how = match quantity {
            Q::SeatState(_) => past::<crate::domain::SeatState>(from, to),
            Q::MediatorState(_) => past::<crate::domain::MediatorState>(from, to),
            Q::TrackState(_) => past::<TrackState>(from, to),
            Q::ItemState(_) => past::<ItemState>(from, to),
            Q::InstrumentState(_) => past::<InstrumentState>(from, to),
            Q::ObserverState(_) => past::<crate::domain::ObserverState>(from, to),
            _ => past::<EventState>(from, to),
        };
        let how = match how {
            "its condition holds and its odds come up" => "came to pass",
            "can happen again" => "became possible again",
            _ => return format!("{what} {}", past_tense(how)),
        };
        format!("{what} {how}")
    }

    /// A quantity as the subject of a sentence.
    pub(super) fn what(&self, quantity: Quantity) -> String {
        use Quantity as Q;
        let world = self.world();
        match quantity {
            Q::Weariness(p) => format!("weariness of {}", self.party(p)),
            Q::Pressure(p) => format!("pressure on {}", self.party(p)),
            Q::Audience(p) => format!("the weight of the audience at home of {}", self.party(p)),
            Q::Capability(p) => format!("military capability of {}", self.party(p)),
            Q::Optimism(p) => format!("optimism of {}", self.party(p)),
            Q::Profile(p) => self.party(p),
            Q::Reserve(p) => format!("what {} can count on without agreement", self.party(p)),
            Q::Stall(t) => format!("the stall in {}", self.track(t)),
            Q::PressedBy(f) => format!("who presses at {}", self.front(f)),
            Q::Trust(p, q) => format!("trust of {} in {}", self.party(p), self.party(q)),
            Q::Leverage(m) => format!("leverage of {}", self.mediator(m)),
            Q::Credibility(m) => format!("credibility of {}", self.mediator(m)),
            Q::Guarantee(i) => format!("the guarantee on {}", self.item(i)),
            Q::Deadline(t) => format!("the deadline of {}", self.track(t)),
            Q::Breaches(n) => format!("breaches of {}", self.text(n)),
            Q::Strength(s) => format!("strength of {}", self.spoiler(s)),
            Q::Support(b) => {
                format!("support of {} for {}", self.backer(b), self.party(world.backer(b).supports))
            }
            Q::Exposure(b) => format!("exposure of {}", self.backer(b)),
            Q::BackerPressure(b) => format!("pressure on {}", self.backer(b)),
            Q::Tolerance(b) => format!("tolerance of {}", self.backer(b)),
            _ => self.subject(quantity),
        }
    }

    /// Whom or what a quantity is about.
    fn subject(&self, quantity: Quantity) -> String {
        use Quantity as Q;
        let world = self.world();
        match quantity {
            Q::Tally(s, _) | Q::Assent(s) => self.seat(s),
            Q::Offerer(t) | Q::AgreedIn(t) => self.track(t),
            Q::Draft(i) | Q::Refused(i) => self.item(i),
            Q::SeatState(s) | Q::Mandate(s) | Q::Memory(s, _) | Q::Alternative(s) | Q::Points(s) => {
                self.seat(s)
            }
            Q::Weariness(p)
            | Q::Pressure(p)
            | Q::Audience(p)
            | Q::Capability(p)
            | Q::Optimism(p)
            | Q::Reserve(p)
            | Q::Profile(p)
            | Q::Wronged(p, _)
            | Q::Ceasefire(p)
            | Q::Trust(p, _)
            | Q::Progress(_, p) => self.party(p),
            Q::MediatorState(m) | Q::Leverage(m) | Q::Credibility(m) => self.mediator(m),
            Q::TrackState(t)
            | Q::Procedure(t)
            | Q::Deadline(t)
            | Q::Stall(t)
            | Q::Advanced(t)
            | Q::Conceded(t)
            | Q::Ripe(t)
            | Q::Settled(t) => self.track(t),
            Q::ItemState(i) | Q::ItemOption(i) | Q::Imposed(i) | Q::Guarantee(i) | Q::ItemSettled(i) => {
                self.item(i)
            }
            Q::InstrumentState(n) | Q::Breaches(n) | Q::SignedEver(n) | Q::Entered(n) | Q::Rejected(n) => {
                self.text(n)
            }
            Q::Holder(f) | Q::PressedBy(f) => self.front(f),
            Q::Intensity(f) => format!("fighting at {}", self.front(f)),
            Q::SpoilerState(s) | Q::Blame(s) | Q::Strength(s) => self.spoiler(s),
            Q::Support(b) | Q::Exposure(b) | Q::BackerPressure(b) | Q::Tolerance(b) => self.backer(b),
            Q::ObserverState(o) => super::names::name(&world.observer(o).name),
            Q::EventState(e) => super::words::quoted(&world.events[e.at()].name.title),
            Q::Round | Q::Date | Q::Outcome => "the talks".into(),
        }
    }
}

/// The causes of the tables of transitions, told afterwards.
fn past_tense(cause: &str) -> String {
    let (first, rest) = cause.split_once(' ').unwrap_or((cause, ""));
    let verb = match first {
        "goes" => "went",
        "comes" => "came",
        "walks" => "walked",
        "returns" => "returned",
        "gives" => "gave",
        "is" => "was",
        "has" => "had",
        "suspends" => "suspended",
        "resumes" => "resumed",
        "collapses" => "collapsed",
        "attacks" => "attacked",
        "holds" => "held",
        "leaves" => "left",
        "enters" => "entered",
        _ => return format!("changed ({cause})"),
    };
    format!("{verb} {rest}").trim_end().to_string()
}

/// `3 steps`.
pub(super) fn steps(n: u8) -> String {
    count(u64::from(n), "step", "steps")
}
