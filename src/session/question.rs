//! A decision that a person has to make: about what, and what is open.

use crate::agents::{matters, revisable};
use crate::domain::{
    Action, FrontId, InstrumentId, ItemId, MediatorId, Model, ONE, OptionId, PartyId, Quantity, SeatId,
    TrackId, Turn, Weight, shared_address,
};
use crate::drivers::decider::{Decider, alternative};
use crate::kernel::{Chooser, Entry, Site, State, Way, What, package, worth};

use super::chair::Due;

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Whether to come, to return, to walk away from an exchange of offers, with which mandate.
    Seat(SeatId),
    /// The worst option that a party accepts on an item today.
    Position(SeatId, ItemId),
    /// Which option of an item to move.
    Motion(SeatId, ItemId),
    /// A motion to vote on, and who moved it.
    Ballot(SeatId, ItemId, OptionId, SeatId),
    /// The standing offer of a track, and whose it is.
    Standing(SeatId, TrackId, SeatId),
    /// What to offer on an item.
    Offer(SeatId, ItemId),
    /// A mediator's change to its text: from which option to which.
    Change(SeatId, MediatorId, ItemId, OptionId, OptionId),
    /// A mediator's text as a whole.
    Text(SeatId, MediatorId, TrackId),
    /// What a mediator proposes on an item.
    Proposal(SeatId, MediatorId, ItemId, OptionId),
    /// Whether to sign.
    Sign(PartyId, InstrumentId),
    /// Whether to keep a promise this round.
    Keep(PartyId, InstrumentId),
    /// Whether to press at a front.
    Press(PartyId, FrontId),
    /// Whether a mediator ends talks that have stalled.
    BreakDown(MediatorId, TrackId),
    /// Whether a mediator guarantees something.
    Guarantee(MediatorId, TrackId),
    /// What a mediator does.
    Action(MediatorId, TrackId),
    /// Which item a mediator takes up; with what action, unless it is its text.
    Matter(MediatorId, TrackId, Option<Action>),
    /// Which option a mediator floats or writes; with what action, unless it is its text.
    Formula(MediatorId, ItemId, Option<Action>),
}

/// Something that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its place in the kernel's order.
    pub pick: usize,
    /// What one types: a word of the decision, or the id of an option or item.
    pub word: String,
    /// The odds by which the model's own rule would choose it: of [`crate::domain::ONE`] in all.
    pub weight: Weight,
    /// The option of the item in question.
    pub option: Option<OptionId>,
    /// The item.
    pub item: Option<ItemId>,
}

/// A decision that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Whose.
    pub who: Decider,
    /// Where in the talks.
    pub site: Site,
    /// About what.
    pub about: About,
    /// What is open, at least two.
    pub alternatives: Vec<Alternative>,
    /// The package in question, item by item, as it stands at this moment of the turn: the standing offer, or the mediator's
    /// text. Empty where the decision is not about one.
    pub package: Vec<(ItemId, OptionId)>,
}

impl Question {
    /// The place of the alternative that the model's rule takes by this chance, in the kernel's order.
    pub fn drawn<C: Chooser>(&self, chance: &mut C) -> usize {
        let places = self.alternatives.iter().map(|a| a.pick + 1).max().unwrap_or(0);
        let mut weights: Vec<Weight> = vec![0; places];
        self.alternatives.iter().for_each(|a| weights[a.pick] = a.weight);
        // A rule that would go beyond a red line, which nobody can: its odds are not all open.
        if weights.iter().sum::<Weight>() != ONE {
            return self.own().pick;
        }
        let pick = chance.choose(self.site, &weights);
        self.picked(pick).unwrap_or_else(|| self.own()).pick
    }

    /// What the model's own rule would most likely choose.
    pub fn own(&self) -> &Alternative {
        let heaviest = (0..self.alternatives.len()).rev().max_by_key(|k| self.alternatives[*k].weight);
        &self.alternatives[heaviest.unwrap_or(0)]
    }

    /// The alternative with a word, or with a number counted from 1.
    pub fn find(&self, typed: &str) -> Option<&Alternative> {
        let by_word = self.alternatives.iter().find(|a| a.word == typed);
        let number = || typed.parse::<usize>().ok()?.checked_sub(1);
        by_word.or_else(|| self.alternatives.get(number()?))
    }

    /// The alternative that the kernel knows by its place.
    pub fn picked(&self, pick: usize) -> Option<&Alternative> {
        self.alternatives.iter().find(|a| a.pick == pick)
    }
}

/// The alternatives that are open to whoever decides.
pub(super) fn legal(
    model: &Model,
    who: Decider,
    site: Site,
    weights: &[Weight],
) -> impl Iterator<Item = usize> {
    (0..weights.len()).filter(move |pick| who.open(model, site, *pick, weights[*pick]))
}

/// What a decision that is due asks. `state` is that before the turn; `tried` is what happens in it where the rest is left to
/// the rule, of which only what had been proposed before the decision is used.
pub(super) fn ask(model: &Model, state: &State, due: &Due, tried: &[Entry]) -> Option<Question> {
    let about = about(model, state, due, tried)?;
    let option = |pick: usize| OptionId::new(pick);
    let items: Vec<ItemId> = match about {
        About::Matter(_, track, Some(action)) => matters(model, state, track, action).collect(),
        About::Matter(_, track, None) => revisable(model, state, track).collect(),
        _ => Vec::new(),
    };
    let alternatives = legal(model, due.who, due.site, &due.weights).map(|pick| {
        let weight = due.weights[pick];
        let worded =
            |word: &str| Alternative { pick, word: word.to_owned(), weight, option: None, item: None };
        match about {
            About::Position(_, i) | About::Motion(_, i) | About::Offer(_, i) | About::Formula(_, i, _) => {
                match model.world.item(i).options.get(pick) {
                    Some(o) => {
                        Alternative { option: Some(option(pick)), item: Some(i), ..worded(&o.name.id) }
                    }
                    None => worded("none"),
                }
            }
            About::Matter(..) => match items.get(pick) {
                Some(i) => Alternative { item: Some(*i), ..worded(&model.world.item(*i).name.id) },
                None => worded("none"),
            },
            About::Standing(..) | About::Change(..) | About::Text(..) | About::Proposal(..) => {
                worded(if pick == 0 { "yes" } else { "no" })
            }
            _ => worded(alternative(due.site.what, pick).unwrap_or("")),
        }
    });
    let alternatives = alternatives.collect();
    let package = in_question(model, state, about, due.site.turn, tried);
    Some(Question { who: due.who, site: due.site, about, alternatives, package })
}

/// The package that a decision is about. A mediator's text may have been written or changed earlier in the same turn.
fn in_question(
    model: &Model,
    state: &State,
    about: About,
    turn: Turn,
    tried: &[Entry],
) -> Vec<(ItemId, OptionId)> {
    let track = match (about, turn) {
        (About::Standing(_, track, _), _) | (_, Turn::Text(track)) => track,
        _ => return Vec::new(),
    };
    let written = |item: ItemId| {
        let mut option =
            worth::settled_option(model, state, item).or_else(|| package::draft(model, state, item));
        let new = matches!(about, About::Text(..) | About::Change(..)) || model.world.track(track).by_vote();
        for entry in tried.iter().filter(|_| new) {
            match *entry {
                Entry::Drafted { item: i, option: o } if i == item => option = Some(o),
                Entry::Revises { item: i, to, adopted: true, .. }
                    if i == item && matches!(about, About::Text(..)) =>
                {
                    option = Some(to);
                }
                _ => {}
            }
        }
        Some((item, option?))
    };
    model.world.track(track).items.iter().filter_map(|i| written(*i)).collect()
}

/// Who made an offer in a turn.
fn offerer(tried: &[Entry]) -> Option<SeatId> {
    tried.iter().find_map(|e| match e {
        Entry::Offers { assessment } => Some(assessment.seat),
        _ => None,
    })
}

fn about(model: &Model, state: &State, due: &Due, tried: &[Entry]) -> Option<About> {
    let site = due.site;
    match due.who {
        Decider::Mediator(m) => mediates(model, site, m, tried),
        Decider::Party(p) => match (site.what, site.turn) {
            (_, Turn::Convene(s) | Turn::Instruct(s)) => Some(About::Seat(s)),
            (What::Sign, Turn::Conclude(n)) => Some(About::Sign(p, n)),
            (What::Keep, Turn::Comply(n)) => Some(About::Keep(p, n)),
            (What::Press, Turn::Front(f)) => Some(About::Press(p, f)),
            (what, Turn::Bargain(i)) => {
                let seat = model.world.seat_at(p, model.world.item(i).track)?;
                match what {
                    What::Position => Some(About::Position(seat, i)),
                    What::Motion => Some(About::Motion(seat, i)),
                    _ => ballot(seat, i, tried),
                }
            }
            (what, Turn::Offer(t, _)) => {
                let seat = model.world.seat_at(p, t)?;
                if what == What::WalkAway {
                    return Some(About::Seat(seat));
                }
                if what == What::Offer {
                    return Some(About::Offer(seat, due.who.offered(model, site)?));
                }
                // What is put to the vote was offered in the same turn.
                if model.world.track(t).by_vote() {
                    return Some(About::Standing(seat, t, offerer(tried)?));
                }
                let by = usize::from(state.get(model, Quantity::Offerer(t))).checked_sub(1)?;
                Some(About::Standing(seat, t, model.world.track(t).seats[by]))
            }
            (_, Turn::Text(t)) => text(model, site, model.world.seat_at(p, t)?, t, tried),
            (What::Answer, Turn::Mediate(m)) => {
                let seat = model.world.seat_at(p, model.world.mediator(m).track?)?;
                proposal(seat, m, tried)
            }
            _ => None,
        },
    }
}

fn mediates(model: &Model, site: Site, mediator: MediatorId, tried: &[Entry]) -> Option<About> {
    let track = model.world.mediator(mediator).track?;
    let action = tried.iter().find_map(|e| match e {
        Entry::Mediates { action, .. } => Some(*action),
        _ => None,
    });
    let action = action.filter(|_| matches!(site.turn, Turn::Mediate(_)));
    match site.what {
        What::Action => Some(About::Action(mediator, track)),
        What::Guarantee => Some(About::Guarantee(mediator, track)),
        What::BreakDown => Some(About::BreakDown(mediator, track)),
        What::Matter => Some(About::Matter(mediator, track, action)),
        _ => {
            let own = model.addresses.mediator[mediator.at()];
            let mut items = model.world.track(track).items.iter().copied();
            let item = items.find(|i| site.address == shared_address(own, model.addresses.item[i.at()]))?;
            Some(About::Formula(mediator, item, action))
        }
    }
}

/// The motion that was put before the vote.
fn ballot(seat: SeatId, item: ItemId, tried: &[Entry]) -> Option<About> {
    tried.iter().find_map(|e| match *e {
        Entry::Contested { item: about, closest, moved_by: Some(by) } if about == item => {
            Some(About::Ballot(seat, item, closest, by))
        }
        Entry::Agreed { item: about, option, way: Way::Vote(by) } if about == item => {
            Some(About::Ballot(seat, item, option, by))
        }
        _ => None,
    })
}

/// The option that a mediator floated or presses for, before anybody was asked.
fn proposal(seat: SeatId, mediator: MediatorId, tried: &[Entry]) -> Option<About> {
    tried.iter().find_map(|e| match *e {
        Entry::Mediates { mediator: m, item: Some(item), option: Some(option), .. } if m == mediator => {
            Some(About::Proposal(seat, mediator, item, option))
        }
        _ => None,
    })
}

/// What a mediator asks about its text: a change to an item of it, or the whole.
fn text(model: &Model, site: Site, seat: SeatId, track: TrackId, tried: &[Entry]) -> Option<About> {
    let own = model.addresses.seat[seat.at()];
    tried.iter().find_map(|e| match *e {
        Entry::Revises { mediator, item, from, to, .. }
            if site.address == shared_address(own, model.addresses.item[item.at()]) =>
        {
            Some(About::Change(seat, mediator, item, from, to))
        }
        Entry::Presents { mediator, .. }
            if site.address == shared_address(own, model.addresses.track[track.at()]) =>
        {
            Some(About::Text(seat, mediator, track))
        }
        _ => None,
    })
}

impl About {
    /// Whether the track of the decision settles its agenda as a whole.
    pub fn whole(&self, model: &Model) -> bool {
        let whole = |t: TrackId| model.world.track(t).procedure.whole();
        match *self {
            Self::Standing(_, t, _) | Self::Text(_, _, t) | Self::Action(_, t) | Self::Matter(_, t, _) => {
                whole(t)
            }
            Self::Offer(_, i) | Self::Change(_, _, i, ..) | Self::Formula(_, i, _) => {
                whole(model.world.item(i).track)
            }
            _ => false,
        }
    }
}
