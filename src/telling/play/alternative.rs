//! What an alternative means, in the words of the scenario and the numbers of the role.

use crate::domain::{
    Action, DecisionRule, ItemId, ItemState, Lifecycle, OptionId, PackageRule, Quantity, SeatId,
};
use crate::drivers::decider;
use crate::kernel::{target, worth};
use crate::session::{About, Alternative, Question};
use crate::telling::chronicle::{clean, count, fine, of_hundred, percent};

use super::mediation;
use super::view::{View, points_of};

/// What an alternative means; empty where its word says all.
pub(super) fn meaning(view: &View, question: &Question, a: &Alternative) -> String {
    match question.about {
        About::Seat(s) => attendance(view, s, &a.word, &told(question, a)),
        About::Position(s, i) | About::Motion(s, i) => match a.option {
            Some(o) => option(view, s, i, o),
            None => "you accept nothing on this item today".into(),
        },
        About::Ballot(s, i, o, _) => match a.word.as_str() {
            "yes" => option(view, s, i, o),
            _ => told(question, a),
        },
        About::Standing(..) => match a.word.as_str() {
            "yes" => "the offer is agreed once all others accept it too".into(),
            _ => "you make an offer of your own in its place".into(),
        },
        About::Offer(_, i) => a.option.map_or_else(String::new, |o| titled(view, i, o)),
        About::Change(s, _, i, from, to) => match a.word.as_str() {
            "yes" => change(view, s, i, (from, to)),
            _ => "the text stays as it is on this item".into(),
        },
        About::Text(..) => match a.word.as_str() {
            "yes" => "the whole text is agreed once all others say yes".into(),
            _ => "the mediator goes on changing it".into(),
        },
        About::Proposal(s, _, i, o) => match a.word.as_str() {
            "yes" => option(view, s, i, o),
            _ => told(question, a),
        },
        About::Sign(_, n) => match a.word.as_str() {
            "sign" => told(question, a),
            _ => format!(
                "{}; if it is worth less to somebody than no agreement, it is opened again with odds of {} \
                 each round{}",
                told(question, a),
                percent(view.model.world.dynamics.reopen),
                if view.model.world.track(view.model.world.instrument(n).track).package
                    == PackageRule::StepByStep
                {
                    ""
                } else {
                    ", and the whole package with it"
                }
            ),
        },
        About::Keep(_, n) => match a.word.as_str() {
            "keep" => told(question, a),
            _ => format!("{}: {}", told(question, a), breach(view, n)),
        },
        About::Press(..) | About::BreakDown(..) | About::Guarantee(..) => told(question, a),
        About::Action(m, _) => Action::ALL
            .into_iter()
            .find(|action| action.name() == a.word)
            .map_or_else(String::new, |action| mediation::meaning(view, m, action)),
        About::Matter(..) => match a.item {
            Some(i) => format!("{} ({})", clean(&view.model.world.item(i).name.title), item_state(view, i)),
            None => "leave the text as it is this round".into(),
        },
        About::Formula(_, i, _) => a.option.map_or_else(String::new, |o| view.choice(i, o)),
    }
}

/// What the alternative is in itself.
fn told(question: &Question, a: &Alternative) -> String {
    decider::told(question.site.what).get(a.pick).map_or_else(String::new, |t| t.sentence.into())
}

/// What it is, with what follows from it here.
fn attendance(view: &View, seat: SeatId, word: &str, told: &str) -> String {
    let mandate = |k: u8| {
        let target = of_hundred(view.target_with(seat, k));
        format!("{told}: your delegation settles for no less than {target} of 100 points")
    };
    match word {
        "walk-out" => {
            let rule = &view.model.world.track(view.model.world.seat(seat).track).rule;
            let alone = match rule {
                DecisionRule::Consensus => ", and nothing is settled on this track without you",
                _ => "",
            };
            format!(
                "{told}{alone}; as modelled, a party that is out gives the talks up with odds of {} a round",
                percent(view.model.world.dynamics.withdraw)
            )
        }
        "firm" => mandate(0),
        "planned" => mandate(1),
        "flexible" => mandate(2),
        _ => told.into(),
    }
}

/// An option with its points, and whether the target is met by it.
fn option(view: &View, seat: SeatId, item: ItemId, option: OptionId) -> String {
    let mut state = view.state.clone();
    let p = target::position(view.model, &mut state, seat, item);
    let sees = p.sees(view.model, &view.state, item, option);
    let c = fine(p.needs, sees, p.of);
    let verdict = if p.accepts(view.model, &view.state, item, option, 0) {
        "enough".into()
    } else if sees == p.needs {
        "not quite enough".into()
    } else {
        format!("{} short", c.gap)
    };
    format!("{}; {verdict}", titled(view, item, option))
}

/// An option's title with its points.
fn titled(view: &View, item: ItemId, option: OptionId) -> String {
    let title = view.choice(item, option);
    match view.worth(item, option) {
        Some(worth) => format!("{title} – {worth}"),
        None => title,
    }
}

fn change(view: &View, seat: SeatId, item: ItemId, (from, to): (OptionId, OptionId)) -> String {
    let party = view.model.world.seat(seat).party;
    let credit = |o| worth::credit(view.model, &view.state, party, item, o);
    let (before, after) = (credit(from), credit(to));
    match after - before {
        0 => "it makes no difference to your points".into(),
        gain @ 1.. => format!("it gains you {}", points_of(gain)),
        loss => format!("it costs you {}", points_of(-loss)),
    }
}

fn breach(view: &View, text: crate::domain::InstrumentId) -> String {
    let limit = view.model.world.instrument(text).breach_limit;
    let so_far = view.get(Quantity::Breaches(text));
    let left = limit.saturating_sub(so_far);
    if left <= 1 {
        return "with this breach the text is broken for good".into();
    }
    let more = count(u64::from(left - 1), "more breach", "more breaches");
    format!("the text is suspended, and after {more} broken for good")
}

fn item_state(view: &View, item: ItemId) -> &'static str {
    ItemState::of(view.get(Quantity::ItemState(item))).name()
}
