//! Which choices are an agent's own decisions, for drivers that leave them open.

use std::borrow::Cow;

use crate::domain::{
    Action, ItemId, MediatorId, Model, OptionId, PartyId, Role, SeatId, Told, TrackId, Turn, Weight, World,
    shared_address, told,
};
use crate::kernel::{Site, What};

/// An agent whose decisions are left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decider {
    /// Attendance, mandate, position and motion, ballot, offers and answers, signature, keeping a promise, pressing at a front.
    Party(PartyId),
    /// What to do each round, what to guarantee, whether to end talks that have stalled.
    Mediator(MediatorId),
}

/// No party and no mediator has this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no party or mediator is called `{id}`; there are: {known}")]
pub struct Unknown {
    /// What was asked for.
    pub id: String,
    /// Those that there are.
    pub known: String,
}

impl From<Role> for Decider {
    fn from(role: Role) -> Self {
        match role {
            Role::Party(p) => Self::Party(p),
            Role::Mediator(m) => Self::Mediator(m),
        }
    }
}

impl From<Decider> for Role {
    fn from(decider: Decider) -> Self {
        match decider {
            Decider::Party(p) => Self::Party(p),
            Decider::Mediator(m) => Self::Mediator(m),
        }
    }
}

impl Decider {
    /// The party; `None` of a mediator.
    pub fn party(self) -> Option<PartyId> {
        match self {
            Self::Party(p) => Some(p),
            Self::Mediator(_) => None,
        }
    }

    /// The party or mediator of a name (see [`World::role`]).
    ///
    /// # Errors
    /// When there is none.
    pub fn find(world: &World, name: &str) -> Result<Self, Unknown> {
        world.role(name).map(Self::from).ok_or_else(|| {
            let known: Vec<_> = world.all_roles().map(|role| world.role_id(role)).collect();
            Unknown { id: name.to_owned(), known: known.join(", ") }
        })
    }

    /// The name by which it is found: its id, or `mediator.ID` where a party has the same.
    pub fn id(self, world: &World) -> Cow<'_, str> {
        world.role_id(self.into())
    }

    /// Its name.
    pub fn title(self, world: &World) -> &str {
        match self {
            Self::Party(p) => &world.party(p).name.title,
            Self::Mediator(m) => &world.mediator(m).name.title,
        }
    }

    /// Whether a choice is this agent's decision.
    pub fn owns(self, model: &Model, site: Site) -> bool {
        match (self, site.what) {
            (Self::Mediator(m), What::Action | What::Guarantee) => site.turn == Turn::Mediate(m),
            (Self::Mediator(m), What::BreakDown) => {
                let track = model.world.mediator(m).track;
                let own = model.addresses.mediator[m.at()];
                track.is_some_and(|t| site.address == shared_address(model.addresses.track[t.at()], own))
            }
            (Self::Party(p), What::Press) => match site.turn {
                Turn::Front(f) => {
                    let front = model.addresses.front[f.at()];
                    site.address == shared_address(front, model.addresses.party[p.at()])
                }
                _ => false,
            },
            (Self::Party(p), What::Attendance | What::Return | What::Mandate) => match site.turn {
                Turn::Convene(s) | Turn::Instruct(s) => model.world.seat(s).party == p,
                _ => false,
            },
            (Self::Party(p), What::Sign | What::Keep) => match site.turn {
                Turn::Conclude(n) | Turn::Comply(n) => {
                    let text = model.addresses.instrument[n.at()];
                    site.address == shared_address(text, model.addresses.party[p.at()])
                }
                _ => false,
            },
            (Self::Party(p), What::Position | What::Motion | What::Ballot) => match site.turn {
                Turn::Bargain(i) => {
                    let seat = model.world.seat_at(p, model.world.item(i).track);
                    let address = |s: SeatId| {
                        shared_address(model.addresses.seat[s.at()], model.addresses.item[i.at()])
                    };
                    seat.is_some_and(|s| site.address == address(s))
                }
                _ => false,
            },
            (Self::Party(p), What::Answer | What::Offer) => match site.turn {
                Turn::Offer(t, step) => self.answers(model, site, p, t, Some(step)),
                Turn::Text(t) => self.answers(model, site, p, t, None),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether an alternative is open to this agent, where the choice is its own. It may do what its rule gives no odds at all, sign
    /// what is worth too little to it for one; but a mediator acts within its style, on what is feasible, and a party accepts, moves and
    /// offers nothing beyond its red lines, whoever decides for it. (What others propose beyond them it is not even asked about.)
    pub fn open(self, model: &Model, site: Site, pick: usize, weight: Weight) -> bool {
        (weight > 0 || site.what != What::Action) && !self.refuses(model, site, pick)
    }

    /// Whether an alternative names an option beyond the party's red lines, whichever of its profiles it has. Of an item on which nothing else is left, one option has
    /// to be named all the same.
    fn refuses(self, model: &Model, site: Site, pick: usize) -> bool {
        let Self::Party(p) = self else { return false };
        let item = match (site.what, site.turn) {
            (What::Position | What::Motion, Turn::Bargain(item)) => Some(item),
            (What::Offer, Turn::Offer(..)) => self.offered(model, site),
            _ => None,
        };
        let Some(item) = item.filter(|i| pick < model.world.item(*i).options.len()) else { return false };
        let red = |option: OptionId| model.worth.never_accepts(p, item, option);
        red(OptionId::new(pick)) && model.world.item(item).option_ids().any(|o| !red(o))
    }

    /// Whether a choice is what this mediator's text says: which item it takes up and with which option. Only a person
    /// decides that; a study leaves it to the rule.
    pub fn writes(self, model: &Model, site: Site) -> bool {
        let Self::Mediator(m) = self else { return false };
        let own = model.addresses.mediator[m.at()];
        match (site.what, site.turn) {
            (What::Matter | What::Formula, Turn::Mediate(who)) => who == m,
            (What::Matter, Turn::Text(t)) => {
                site.address == shared_address(model.addresses.track[t.at()], own)
            }
            (What::Formula, Turn::Text(t)) => {
                let mut items = model.world.track(t).items.iter();
                items.any(|i| site.address == shared_address(own, model.addresses.item[i.at()]))
            }
            _ => false,
        }
    }

    /// Whether a choice is this party's answer to what a mediator proposes on an item. Only a person gives it: a study asks what
    /// the party accepts when the item is bargained over, and leaves it to the rule whether a mediator can ease that.
    pub fn consents(self, model: &Model, site: Site) -> bool {
        let (Self::Party(p), What::Answer, Turn::Mediate(m)) = (self, site.what, site.turn) else {
            return false;
        };
        let track = model.world.mediator(m).track;
        track.is_some_and(|track| self.answers(model, site, p, track, None))
    }

    /// Whether a choice is this party's to walk away from an exchange of offers. Only orders decide it: a study, and a person who decides
    /// move by move, leave it to the rule.
    pub fn leaves(self, model: &Model, site: Site) -> bool {
        let (Self::Party(p), What::WalkAway, Turn::Offer(t, step)) = (self, site.what, site.turn) else {
            return false;
        };
        let seat = model.world.seat_at(p, t).map(|s| model.addresses.seat[s.at()]);
        seat.is_some_and(|seat| site.address == shared_address(seat, u64::from(step) + 1))
    }

    /// The item on which an offer's decision names an option.
    pub fn offered(self, model: &Model, site: Site) -> Option<ItemId> {
        let (Self::Party(p), What::Offer, Turn::Offer(t, step)) = (self, site.what, site.turn) else {
            return None;
        };
        let seat = model.world.seat_at(p, t)?;
        let own = shared_address(model.addresses.seat[seat.at()], u64::from(step) + 1);
        let address = |i: &ItemId| shared_address(own, model.addresses.item[i.at()]);
        model.world.track(t).items.iter().copied().find(|i| address(i) == site.address)
    }

    /// Whether a move in an exchange of offers, or an answer to a mediator, is this party's.
    fn answers(self, model: &Model, site: Site, party: PartyId, track: TrackId, step: Option<u8>) -> bool {
        let Some(seat) = model.world.seat_at(party, track) else { return false };
        let seat = model.addresses.seat[seat.at()];
        let mut items = model.world.track(track).items.iter().map(|i| model.addresses.item[i.at()]);
        match step {
            Some(step) => {
                let own = shared_address(seat, u64::from(step) + 1);
                let offer = |item| site.address == shared_address(own, item);
                if site.what == What::Answer { site.address == own } else { items.any(offer) }
            }
            None => {
                let mut matters = items.chain([model.addresses.track[track.at()]]);
                matters.any(|about| site.address == shared_address(seat, about))
            }
        }
    }
}

/// An alternative in a word, in the order in which the kernel lists them; options of items have names of their own.
pub fn alternative(what: What, pick: usize) -> Option<&'static str> {
    alternatives(what).get(pick).copied()
}

/// The alternatives of a decision in a word each; none where they are options of an item.
pub fn alternatives(what: What) -> &'static [&'static str] {
    match what {
        What::Attendance => const { &told::ids(told::ATTENDANCE) },
        What::Return => const { &told::ids(told::RETURNING) },
        What::Mandate => const { &told::ids(told::MANDATES) },
        What::Action => &Action::NAMES,
        What::Sign => const { &told::ids(told::SIGNING) },
        What::Keep => const { &told::ids(told::KEEPING) },
        What::Press => const { &told::ids(told::PRESSING) },
        What::BreakDown => const { &told::ids(told::ENDING) },
        What::Guarantee => const { &told::ids(told::GUARANTEEING) },
        What::WalkAway => const { &told::ids(told::LEAVING) },
        What::Ballot | What::Answer => const { &told::ids(told::VOTES) },
        _ => &[],
    }
}

/// What each alternative of such a decision is; none where they are options of an item.
pub fn told(what: What) -> &'static [Told] {
    match what {
        What::Attendance => told::ATTENDANCE,
        What::Return => told::RETURNING,
        What::Mandate => told::MANDATES,
        What::Action => told::ACTIONS,
        What::Sign => told::SIGNING,
        What::Keep => told::KEEPING,
        What::Press => told::PRESSING,
        What::BreakDown => told::ENDING,
        What::Guarantee => told::GUARANTEEING,
        What::WalkAway => told::LEAVING,
        What::Ballot | What::Answer => told::VOTES,
        _ => &[],
    }
}

/// Decisions that have a word for each alternative, with the word for the decision.
pub const WORDED: [(&str, What); 11] = [
    ("attendance", What::Attendance),
    ("return", What::Return),
    ("mandate", What::Mandate),
    ("action", What::Action),
    ("sign", What::Sign),
    ("keep", What::Keep),
    ("press", What::Press),
    ("break-down", What::BreakDown),
    ("guarantee", What::Guarantee),
    ("ballot", What::Ballot),
    ("answer", What::Answer),
];
