//! The fields of a sheet: one table of what a role can decide.

use crate::domain::{
    Action, Course, FrontId, InstrumentId, InstrumentState, ItemId, ItemState, MediatorId, Model, Object,
    Procedure, Quantity, SeatId, SeatState, TrackId,
};
use crate::drivers::decider::{Decider, alternatives};
use crate::kernel::{State, What};

/// What a field decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Whether a seated party comes.
    Attendance(SeatId),
    /// Whether a party that is out returns.
    Return(SeatId),
    /// Whether it walks away from an exchange of offers.
    Leave(SeatId),
    /// With which mandate.
    Mandate(SeatId),
    /// The least share of the best package that the party accepts on a track: positions, answers, and texts that are signed by it.
    Floor(SeatId),
    /// The worst option that is accepted on an item.
    Accept(SeatId, ItemId),
    /// Whether mediators' proposals on items of a track are answered by the position, too.
    Proposals(SeatId),
    /// Which option of an item to move.
    Motion(SeatId, ItemId),
    /// What is offered on an item, move by move.
    Offer(SeatId, ItemId),
    /// How much a change to a single text may cost.
    Tolerance(SeatId),
    /// Whether to sign a text.
    Sign(SeatId, InstrumentId),
    /// Whether to keep a text.
    Keep(SeatId, InstrumentId),
    /// What ends keeping it.
    Unless(SeatId, InstrumentId),
    /// Whether to press at a front.
    Press(FrontId),
    /// What a mediator does, in order of preference.
    Actions(MediatorId),
    /// Which items and options it takes up, in order of preference.
    Matters(MediatorId),
    /// Whether it guarantees something.
    Guarantee(MediatorId),
    /// Whether it ends talks that have stalled.
    EndTalks(MediatorId),
    /// What its text says on an item.
    Text(MediatorId, ItemId),
    /// In which order it changes its text.
    Changes(MediatorId),
}

/// What can be written into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these words.
    One(Vec<String>),
    /// Some of these words, in an order that counts.
    Ranked(Vec<String>),
    /// Some of these words.
    Several(Vec<String>),
    /// One of these words for each of so many moves; the last one repeats.
    Moves(Vec<String>, u8),
    /// A number from 0 to 100, of 100.
    Share,
}

/// A field as a sheet of this round has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it decides.
    pub topic: Topic,
    /// Its key: ids, never numbers.
    pub key: String,
    /// What can be written into it.
    pub kind: Kind,
    /// Whether it stands at the top; the others are folded away.
    pub open: bool,
}

/// The most fields that stand at the top of a sheet.
const OPEN: usize = 5;

/// Words of [`Topic::Unless`].
pub(super) const UNLESS: [&str; 3] = ["broken", "lost", "offensive"];
/// The word of [`Topic::Sign`] for signing by the floor.
pub(super) const BY_FLOOR: &str = "floor";

impl Topic {
    /// The one that decides a choice about a seat.
    pub(super) fn of_seat(what: What, seat: SeatId) -> Self {
        match what {
            What::Attendance => Self::Attendance(seat),
            What::Return => Self::Return(seat),
            What::WalkAway => Self::Leave(seat),
            _ => Self::Mandate(seat),
        }
    }

    /// The key by which sheets and logs call the field.
    pub fn key(self, model: &Model) -> String {
        let world = &model.world;
        let track = |seat: SeatId| world.track(world.seat(seat).track).name.id.as_str();
        let item = |i: ItemId| world.item(i).name.id.as_str();
        let text = |n: InstrumentId| world.instrument(n).name.id.as_str();
        match self {
            Self::Attendance(s) => format!("attendance.{}", track(s)),
            Self::Return(s) => format!("return.{}", track(s)),
            Self::Leave(s) => format!("leave.{}", track(s)),
            Self::Mandate(s) => format!("mandate.{}", track(s)),
            Self::Floor(s) => format!("floor.{}", track(s)),
            Self::Accept(_, i) => format!("accept.{}", item(i)),
            Self::Proposals(s) => format!("proposals.{}", track(s)),
            Self::Motion(_, i) => format!("motion.{}", item(i)),
            Self::Offer(_, i) => format!("offer.{}", item(i)),
            Self::Tolerance(s) => format!("tolerance.{}", track(s)),
            Self::Sign(_, n) => format!("sign.{}", text(n)),
            Self::Keep(_, n) => format!("keep.{}", text(n)),
            Self::Unless(_, n) => format!("unless.{}", text(n)),
            Self::Press(f) => format!("press.{}", world.front(f).name.id),
            Self::Actions(_) => "actions".into(),
            Self::Matters(_) => "matters".into(),
            Self::Guarantee(_) => "guarantee".into(),
            Self::EndTalks(_) => "end-talks".into(),
            Self::Text(_, i) => format!("text.{}", item(i)),
            Self::Changes(_) => "changes".into(),
        }
    }

    /// What can be written into it.
    pub fn kind(self, model: &Model) -> Kind {
        let world = &model.world;
        let words = |what: What| Kind::One(alternatives(what).iter().map(|w| (*w).to_owned()).collect());
        let options = |i: ItemId| world.item(i).options.iter().map(|o| o.name.id.clone()).collect::<Vec<_>>();
        let agenda = |m: MediatorId| world.mediator(m).track.map_or(&[][..], |t| &world.track(t).items);
        match self {
            Self::Attendance(_) => words(What::Attendance),
            Self::Return(_) => words(What::Return),
            Self::Leave(_) => words(What::WalkAway),
            Self::Mandate(_) => words(What::Mandate),
            Self::Floor(_) | Self::Tolerance(_) => Kind::Share,
            Self::Accept(_, i) => Kind::One([options(i), vec!["none".into()]].concat()),
            Self::Proposals(_) => Kind::One(vec!["yes".into()]),
            Self::Motion(_, i) | Self::Text(_, i) => Kind::One(options(i)),
            Self::Offer(s, i) => {
                let steps = world.track(world.seat(s).track).procedure.steps().unwrap_or(1);
                Kind::Moves(options(i), steps)
            }
            Self::Sign(..) => match words(What::Sign) {
                Kind::One(mut words) => {
                    words.push(BY_FLOOR.into());
                    Kind::One(words)
                }
                other => other,
            },
            Self::Keep(..) => words(What::Keep),
            Self::Unless(..) => Kind::Several(UNLESS.map(str::to_owned).to_vec()),
            Self::Press(_) => words(What::Press),
            Self::Actions(m) => {
                let known = Action::ALL
                    .into_iter()
                    .filter(|a| *a != Action::Guarantee && world.mediator(m).style[*a as usize] > 0.0);
                Kind::Ranked(known.map(|a| a.name().to_owned()).collect())
            }
            Self::Matters(m) => {
                let pairs = agenda(m).iter().flat_map(|i| {
                    let id = &world.item(*i).name.id;
                    options(*i).into_iter().map(move |o| pair(id, &o))
                });
                Kind::Ranked(pairs.collect())
            }
            Self::Guarantee(_) => words(What::Guarantee),
            Self::EndTalks(_) => words(What::BreakDown),
            Self::Changes(m) => {
                Kind::Ranked(agenda(m).iter().map(|i| world.item(*i).name.id.clone()).collect())
            }
        }
    }
}

/// An item with an option, as a field of ranked pairs writes it.
pub(super) fn pair(item: &str, option: &str) -> String {
    format!("{item}:{option}")
}

/// Everything that a role can ever decide, in the order in which a sheet lists it.
pub fn topics(model: &Model, role: Decider) -> Vec<Topic> {
    match role {
        Decider::Party(party) => {
            let seats: Vec<SeatId> = model.world.seats_of(party).collect();
            let mut topics: Vec<Topic> = seats.iter().flat_map(|s| of_seat(model, *s)).collect();
            let fronts = (0..model.world.fronts.len()).map(FrontId::new);
            topics.extend(
                fronts.filter(|f| model.world.front(*f).belligerents.contains(&party)).map(Topic::Press),
            );
            topics
        }
        Decider::Mediator(m) => of_mediator(model, m),
    }
}

fn of_seat(model: &Model, seat: SeatId) -> Vec<Topic> {
    let world = &model.world;
    let (party, track) = (world.seat(seat).party, world.seat(seat).track);
    let rules = world.track(track);
    let course = rules.procedure.course();
    let texts = may_be_a_text(model, track);
    let mut topics =
        vec![Topic::Attendance(seat), Topic::Return(seat), Topic::Mandate(seat), Topic::Floor(seat)];
    topics.extend((course == Course::Offers).then_some(Topic::Leave(seat)));
    for item in rules.items.iter().copied() {
        if course == Course::Items {
            topics.push(Topic::Accept(seat, item));
            topics.extend((rules.procedure == Procedure::Vote).then_some(Topic::Motion(seat, item)));
        }
        topics.extend((course == Course::Offers).then_some(Topic::Offer(seat, item)));
    }
    let mediated = !rules.mediators.is_empty();
    topics.extend((course == Course::Items && mediated).then_some(Topic::Proposals(seat)));
    topics.extend(texts.then_some(Topic::Tolerance(seat)));
    for n in (0..world.instruments.len()).map(InstrumentId::new) {
        let text = world.instrument(n);
        if text.track != track {
            continue;
        }
        topics.extend(text.signatories.contains(&party).then_some(Topic::Sign(seat, n)));
        if text.obliges.contains(&party) {
            topics.extend([Topic::Keep(seat, n), Topic::Unless(seat, n)]);
        }
    }
    topics
}

fn of_mediator(model: &Model, mediator: MediatorId) -> Vec<Topic> {
    let Some(track) = model.world.mediator(mediator).track else { return Vec::new() };
    let rules = model.world.track(track);
    let mut topics = vec![Topic::Actions(mediator)];
    let style = &model.world.mediator(mediator).style;
    let about_items =
        Action::ALL.into_iter().any(|a| style[a as usize] > 0.0 && a.row().object != Object::Nothing);
    topics.extend(about_items.then_some(Topic::Matters(mediator)));
    topics.extend((model.guarantees[mediator.at()] > 0).then_some(Topic::Guarantee(mediator)));
    topics.push(Topic::EndTalks(mediator));
    if may_be_a_text(model, track) {
        topics.extend(rules.items.iter().map(|i| Topic::Text(mediator, *i)));
        topics.push(Topic::Changes(mediator));
    }
    topics
}

/// Whether a track settles its agenda by a mediator's single text, or may turn to one.
fn may_be_a_text(model: &Model, track: TrackId) -> bool {
    let rules = model.world.track(track);
    rules.procedure.course() == Course::Text || rules.turns.is_some()
}

/// The sheet of a role for the round to come. `state` holds what the role may know, and nothing else.
pub fn fields(model: &Model, role: Decider, state: &State) -> Vec<Field> {
    let mut ranks: Vec<(u8, Topic)> = Vec::new();
    for topic in topics(model, role) {
        ranks.extend(rank(model, state, topic).map(|rank| (rank, topic)));
    }
    let mut first: Vec<(u8, usize)> = ranks.iter().enumerate().map(|(k, (rank, _))| (*rank, k)).collect();
    first.sort_unstable();
    let top: Vec<usize> = first.iter().filter(|(rank, _)| *rank < FOLDED).take(OPEN).map(|f| f.1).collect();
    let field = |(k, (_, topic)): (usize, (u8, Topic))| Field {
        topic,
        key: topic.key(model),
        kind: topic.kind(model),
        open: top.contains(&k),
    };
    ranks.into_iter().enumerate().map(field).collect()
}

/// Whether a field can come up in the round to come. `state` holds what the role may know, and nothing else.
pub(super) fn comes_up(model: &Model, state: &State, topic: Topic) -> bool {
    rank(model, state, topic).is_some()
}

/// The rank from which on fields are folded away.
const FOLDED: u8 = 9;

/// How much a field matters this round, 0 most; from [`FOLDED`] on it is folded away, since it hardly comes up. `None` where it
/// cannot.
fn rank(model: &Model, state: &State, topic: Topic) -> Option<u8> {
    let seat = |s: SeatId| SeatState::of(state.get(model, Quantity::SeatState(s)));
    let item = |i: ItemId| ItemState::of(state.get(model, Quantity::ItemState(i)));
    let text = |n: InstrumentId| InstrumentState::of(state.get(model, Quantity::InstrumentState(n)));
    let tabled = |i: ItemId| matches!(item(i), ItemState::Tabled | ItemState::Contested);
    let first = |rank: u8, now: bool| Some(if now { rank } else { FOLDED });
    match topic {
        Topic::Return(s) => first(0, seat(s) == SeatState::WalkedOut),
        Topic::Mandate(s) => first(3, matches!(seat(s), SeatState::Seated | SeatState::Consulting)),
        Topic::Floor(_) => Some(2),
        // An item that is still dormant may well be opened at the beginning of this round.
        Topic::Accept(_, i) | Topic::Offer(_, i) | Topic::Text(_, i) => match item(i) {
            ItemState::Dormant => Some(5),
            _ => first(1, tabled(i)),
        },
        Topic::Tolerance(_) => Some(4),
        Topic::Sign(_, n) => match text(n) {
            InstrumentState::Ready => Some(0),
            state => first(1, state == InstrumentState::Lapsed),
        },
        Topic::Keep(_, n) => match text(n) {
            InstrumentState::Broken => None,
            state => first(3, state == InstrumentState::InForce),
        },
        Topic::Unless(_, n) => (text(n) != InstrumentState::Broken).then_some(FOLDED),
        Topic::Actions(_) => Some(0),
        Topic::Matters(_) => Some(1),
        Topic::Guarantee(_) => Some(2),
        Topic::Attendance(_)
        | Topic::Leave(_)
        | Topic::Motion(..)
        | Topic::Proposals(_)
        | Topic::Changes(_)
        | Topic::Press(_)
        | Topic::EndTalks(_) => Some(FOLDED),
    }
}
