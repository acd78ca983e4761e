//! What a sheet of orders says to a choice of the round.

use crate::domain::{
    InstrumentId, ItemId, MediatorId, Model, OptionId, PORTION, PartyId, Portion, Score, SeatId, TrackId,
    Turn, at_most,
};
use crate::kernel::{State, package, target, worth};
use crate::session::{About, Question};

use super::field::{BY_FLOOR, Topic};
use super::release::Release;
use super::{Past, Sheet};

/// The alternative that a sheet picks, in the kernel's order; `None` where the choice is left to the model: the sheet does not speak of
/// it, or what it says is not open. `state` is that before the turn, `past` what happened before it.
pub fn answer(model: &Model, state: &State, past: Past, question: &Question, sheet: &Sheet) -> Option<usize> {
    Reading { model, state, past, question, sheet }.pick()
}

struct Reading<'a> {
    model: &'a Model,
    state: &'a State,
    past: Past<'a>,
    question: &'a Question,
    sheet: &'a Sheet,
}

impl Reading<'_> {
    fn pick(&self) -> Option<usize> {
        match self.question.about {
            About::Seat(s) => self.word_of(Topic::of_seat(self.question.site.what, s)),
            About::Position(s, i) => self.position(s, i),
            About::Motion(s, i) => self.word_of(Topic::Motion(s, i)),
            About::Ballot(s, i, o, _) => self.yes(self.accepts(s, i, o)?),
            About::Proposal(s, _, i, o) => {
                self.word(Topic::Proposals(s)).filter(|word| *word == "yes")?;
                self.yes(self.accepts(s, i, o)?)
            }
            About::Standing(s, ..) | About::Text(s, ..) => self.yes(self.worth_the_floor(s)?),
            About::Offer(s, i) => self.offer(s, i),
            About::Change(s, _, i, from, to) => self.yes(self.tolerates(s, i, (from, to))?),
            About::Sign(p, n) => self.sign(p, n),
            About::Keep(p, n) => self.keep(p, n),
            About::Press(_, f) => self.word_of(Topic::Press(f)),
            About::BreakDown(m, _) => self.word_of(Topic::EndTalks(m)),
            About::Guarantee(m, _) => self.word_of(Topic::Guarantee(m)),
            About::Action(m, _) => self.words(Topic::Actions(m)).iter().find_map(|word| self.open(word)),
            About::Matter(m, _, Some(_)) => {
                self.words(Topic::Matters(m)).iter().find_map(|word| self.open(word.split(':').next()?))
            }
            About::Matter(m, t, None) => self.change(m, t),
            About::Formula(m, i, Some(_)) => self.pairs(m, i).find_map(|option| self.open(option)),
            About::Formula(m, i, None) => self.word_of(Topic::Text(m, i)),
        }
    }

    fn words(&self, topic: Topic) -> &[String] {
        self.sheet.words(&topic.key(self.model))
    }

    fn word(&self, topic: Topic) -> Option<&str> {
        self.words(topic).first().map(String::as_str)
    }

    /// The place of a word among what is open.
    fn open(&self, word: &str) -> Option<usize> {
        self.question.alternatives.iter().find(|a| a.word == word).map(|a| a.pick)
    }

    fn word_of(&self, topic: Topic) -> Option<usize> {
        self.open(self.word(topic)?)
    }

    fn yes(&self, yes: bool) -> Option<usize> {
        self.open(if yes { "yes" } else { "no" })
    }

    /// A share of 100 as the kernel counts it.
    fn share(&self, topic: Topic) -> Option<Portion> {
        portion(self.word(topic)?)
    }

    /// The worst option that the party accepts: the one named, else the worst of those that are worth the floor.
    fn position(&self, seat: SeatId, item: ItemId) -> Option<usize> {
        if let Some(named) = self.word_of(Topic::Accept(seat, item)) {
            return Some(named);
        }
        let enough = self.enough_on(seat, item)?;
        let party = self.model.world.seat(seat).party;
        let options = self.question.alternatives.iter().filter_map(|a| a.option);
        let worst = options.filter(|o| enough(*o)).min_by_key(|o| self.credit(party, item, *o));
        match worst {
            Some(option) => {
                self.question.alternatives.iter().find(|a| a.option == Some(option)).map(|a| a.pick)
            }
            None => self.open("none"),
        }
    }

    /// Whether the position on an item accepts an option; `None` where the sheet holds no position.
    fn accepts(&self, seat: SeatId, item: ItemId, option: OptionId) -> Option<bool> {
        let party = self.model.world.seat(seat).party;
        let options = &self.model.world.item(item).options;
        match self.word(Topic::Accept(seat, item)) {
            Some("none") => Some(false),
            Some(word) => {
                let worst = OptionId::new(options.iter().position(|o| o.name.id == word)?);
                Some(self.credit(party, item, option) >= self.credit(party, item, worst))
            }
            None => Some(self.enough_on(seat, item)?(option)),
        }
    }

    /// Whether the kernel finds an option of an item enough where the party needs the floor.
    fn enough_on(&self, seat: SeatId, item: ItemId) -> Option<impl Fn(OptionId) -> bool> {
        let floor = self.share(Topic::Floor(seat))?;
        let model = self.model;
        let position = target::position(model, &mut self.state.clone(), seat, item);
        let needs = worth::need(model, floor, position.of);
        Some(move |option| {
            !worth::refuses(model, self.state, position.party, item, option)
                && worth::enough(model, position.sees(model, self.state, item, option), needs)
        })
    }

    fn credit(&self, party: PartyId, item: ItemId, option: OptionId) -> Score {
        worth::credit(self.model, self.state, party, item, option)
    }

    /// Whether the package in question is worth the floor.
    fn worth_the_floor(&self, seat: SeatId) -> Option<bool> {
        let floor = self.share(Topic::Floor(seat))?;
        let party = self.model.world.seat(seat).party;
        let sees = self.question.package.iter().map(|(i, o)| self.credit(party, *i, *o)).sum();
        Some(worth::enough(self.model, sees, worth::need(self.model, floor, self.best(seat))))
    }

    /// What the best package of the whole agenda would give a seat.
    fn best(&self, seat: SeatId) -> Score {
        worth::table(self.model, self.state, seat).total
    }

    /// What is offered in this move; the last package that the sheet names repeats.
    fn offer(&self, seat: SeatId, item: ItemId) -> Option<usize> {
        let Turn::Offer(_, step) = self.question.site.turn else { return None };
        let words = self.words(Topic::Offer(seat, item));
        self.open(words.get(usize::from(step)).or(words.last())?)
    }

    fn tolerates(&self, seat: SeatId, item: ItemId, (from, to): (OptionId, OptionId)) -> Option<bool> {
        let tolerance = self.share(Topic::Tolerance(seat))?;
        let party = self.model.world.seat(seat).party;
        let loss = self.credit(party, item, from) - self.credit(party, item, to);
        Some(loss <= at_most(tolerance, self.best(seat)))
    }

    fn sign(&self, party: PartyId, text: InstrumentId) -> Option<usize> {
        let model = self.model;
        let seat = model.world.seat_at(party, model.world.instrument(text).track)?;
        let word = self.word(Topic::Sign(seat, text))?;
        if word != BY_FLOOR {
            return self.open(word);
        }
        let floor = self.share(Topic::Floor(seat))?;
        let seals = &model.world.instrument(text).seals;
        let (sees, of) = worth::in_hand(model, &mut self.state.clone(), seat, seals);
        self.open(if worth::enough(model, sees, worth::need(model, floor, of)) { "sign" } else { "refuse" })
    }

    fn keep(&self, party: PartyId, text: InstrumentId) -> Option<usize> {
        let seat = self.model.world.seat_at(party, self.model.world.instrument(text).track)?;
        let happened = |word: &String| {
            let release = Release::of(word, party, text);
            release.is_some_and(|r| self.past.has(self.model, self.question.site.round, r))
        };
        match self.words(Topic::Unless(seat, text)).iter().any(happened) {
            true => self.open("break"),
            false => self.word_of(Topic::Keep(seat, text)),
        }
    }

    /// The options that a mediator's ranked pairs name on an item, in their order.
    fn pairs(&self, mediator: MediatorId, item: ItemId) -> impl Iterator<Item = &str> {
        let id = &self.model.world.item(item).name.id;
        let words = self.words(Topic::Matters(mediator)).iter();
        words.filter_map(move |word| {
            word.split_once(':').filter(|(item, _)| item == id).map(|(_, option)| option)
        })
    }

    /// On which item a text is changed: the first, in the order of the sheet or else of the agenda, that says something else than is
    /// wanted of it.
    fn change(&self, mediator: MediatorId, track: TrackId) -> Option<usize> {
        let model = self.model;
        let items = &model.world.track(track).items;
        let id = |i: &ItemId| model.world.item(*i).name.id.as_str();
        let wanted = |i: &ItemId| self.word(Topic::Text(mediator, *i));
        items.iter().find(|i| wanted(i).is_some())?;
        let order = self.words(Topic::Changes(mediator));
        let first = order.iter().filter_map(|word| items.iter().find(|i| id(i) == word));
        let rest = items.iter().filter(|i| !order.iter().any(|word| word == id(i)));
        let differs = |i: &&ItemId| {
            let now = package::draft(model, self.state, **i);
            let now = now.map(|o| model.world.item(**i).options[o.at()].name.id.as_str());
            wanted(i).is_some_and(|wanted| now != Some(wanted))
        };
        let next = first.chain(rest).filter(differs).find_map(|i| self.open(id(i)));
        next.or_else(|| self.open("none"))
    }
}

/// A share as a sheet writes it, with at most one decimal: `45`, `62.5`.
pub(super) fn portion(text: &str) -> Option<Portion> {
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let whole: Portion = whole.parse().ok().filter(|n| (0..=100).contains(n))?;
    let tenth: Portion = tenth.parse().ok().filter(|n| tenth.len() == 1 && (0..=9).contains(n))?;
    (whole * 10 + tenth <= 1000).then_some(whole * PORTION + tenth * (PORTION / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read() {
        assert_eq!(portion("45"), Some(45 * PORTION));
        assert_eq!(portion("62.5"), Some(625 * PORTION / 10));
        assert_eq!(portion("100"), Some(100 * PORTION));
        for wrong in ["", "-1", "101", "100.1", "4.55", "x", "4.", ".5", "+4.-5", "1e1"] {
            assert_eq!(portion(wrong), None, "{wrong}");
        }
    }
}
